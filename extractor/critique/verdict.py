"""The proposal of CHECKS 0.19: 退回重报, 修改后通过 or 通过, with the recomputed score; a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.document import Document
from extractor.findings import SEVERITIES, Check, Note, Severity, Status
from extractor.profiles import Rules, rules
from extractor.reconcile.case import Case
from extractor.reconcile.scoresheet import recomputed_score
from extractor.review import Counts, Overall, Verdict
from extractor.schema import Report

_STATUSES: tuple[Status, ...] = ("pass", "fail", "rounding", "unverified", "not_applicable")
_DISCLAIMER = "系统建议，以审核人签批为准。"
_SCORES = ("SCO-02", "SCO-03", "SCO-04", "SCO-10", "CON-03")


def overall(
    report: Report,
    checks: Sequence[Check],
    notes: Sequence[Note],
    document: Document,
    profile: Rules | None = None,
) -> Overall:
    """The verdict over a ledger and its open notes."""
    case = Case(document, None, report, profile or rules())
    score, grade = recomputed_score(case, checks)
    verdict, reason = _verdict(case, checks, notes)
    return Overall(
        verdict=verdict,
        reason=reason + _DISCLAIMER,
        recomputed_score=score,
        recomputed_grade=grade,
        counts=_counts(checks, notes),
    )


def _verdict(case: Case, checks: Sequence[Check], notes: Sequence[Note]) -> tuple[Verdict, str]:
    standing = [note for note in notes if note.state != "dismissed"]
    hard = {
        c.id for c in checks if c.severity == "P0" and c.status == "fail" and c.code in case.profile.returning
    }
    grave = [note for note in standing if note.severity == "P0" and hard.intersection(note.checks)]
    if grave:
        kinds = ["同一口径资金总额矛盾"] if any(note.code not in _SCORES for note in grave) else []
        kinds += ["总分或等级无法成立"] if any(note.code in _SCORES for note in grave) else []
        return "退回重报", f"{'、'.join(kinds)}（{len(grave)}条）。"
    told: Counter[Severity] = Counter(note.severity for note in standing if note.severity != "I")
    open_codes = sorted({check.code for check in checks if check.status == "unverified"})
    missing = (
        f"另有{len(open_codes)}项核对因数据缺失无法验证（{'、'.join(open_codes)}）。" if open_codes else ""
    )
    if told:
        counts = "、".join(f"{level} {told[level]}条" for level in SEVERITIES if told[level])
        return "修改后通过", f"有需修改或说明的意见：{counts}。{missing}"
    if _nothing_ran(checks):
        return "修改后通过", "核心检查因数据缺失无法验证。"
    if missing:
        return "修改后通过", f"未发现不一致，但{missing.removeprefix('另')}"
    return "通过", "未发现不一致，核心检查均已执行。"


def _nothing_ran(checks: Sequence[Check]) -> bool:
    return not any(check.status in ("pass", "fail", "rounding") for check in checks)


def _counts(checks: Sequence[Check], notes: Sequence[Note]) -> Counts:
    by_status: Counter[Status] = Counter(check.status for check in checks)
    by_level: Counter[Severity] = Counter(note.severity for note in notes)
    return Counts(
        checks={status: by_status[status] for status in _STATUSES},
        notes={level: by_level[level] for level in SEVERITIES},
    )
