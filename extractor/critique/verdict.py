"""The proposal of CHECKS 0.19: 退回重报, 修改后通过 or 通过, with the recomputed score; a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.findings import SEVERITIES, Check, Note, Severity, Status
from extractor.reconcile.case import Case
from extractor.reconcile.scoresheet import recomputed_score
from extractor.review import Counts, Overall, Verdict

_STATUSES: tuple[Status, ...] = ("pass", "fail", "rounding", "unverified", "not_applicable")
_DISCLAIMER = "系统建议，以审核人签批为准。"
_MOST_NAMED = 12
# What a report must let us recompute before it may pass: at least one check of each group.
_GROUPS = {
    "资金": frozenset((
        "SUM-01", "SUM-02", "SUM-05", "SUM-06", "SUM-10", "RAT-01", "CON-01", "CON-02", "REA-01", "SUM-03", "SUM-04", "SUM-11",
    )),
    "得分": frozenset(("SCO-01", "SCO-02", "SCO-03", "SCO-04", "SCO-10", "CON-03")),
}  # fmt: skip
_TARGET_GROUPS = {"分值": frozenset(("SCO-03", "SCO-04"))}
# The sixty codes of CHECKS B11 whose silence stands between a report and a plain 通过.
_CORE = frozenset((
    "SUM-01", "SUM-02", "SUM-05", "SUM-06", "SUM-08", "SUM-09", "SUM-10", "RAT-01", "RAT-02", "RAT-06", "SCO-01", "SCO-02", "SCO-03",
    "SCO-04", "SCO-06", "SCO-07", "SCO-10", "SCO-13", "SCO-16", "CON-01", "CON-02", "CON-03", "CON-06", "CON-07", "CMP-01", "CMP-02",
    "REA-01", "REA-02", "REA-10", "UNI-01", "SUM-03", "SUM-04", "SUM-07", "SUM-11", "SUM-12", "SUM-13", "SUM-14", "RAT-03", "RAT-04",
    "RAT-05", "RAT-07", "RAT-12", "SCO-05", "SCO-09", "SCO-11", "SCO-12", "SCO-14", "CON-04", "CON-05", "CON-08", "CON-10", "CON-11",
    "CMP-06", "REA-03", "REA-05", "REA-06", "REA-07", "INT-01", "INT-03", "INT-05",
))  # fmt: skip
_SCORES = ("SCO-02", "SCO-03", "SCO-04", "SCO-10", "CON-03")


def overall(case: Case, checks: Sequence[Check], notes: Sequence[Note]) -> Overall:
    """The verdict over a ledger and its open notes."""
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
    standing = [note for note in notes if note.state != "dismissed" and note.origin != "model"]
    hard = {
        c.id for c in checks if c.severity == "P0" and c.status == "fail" and c.code in case.profile.returning
    }
    grave = [note for note in standing if note.severity == "P0" and hard.intersection(note.checks)]
    if grave:
        kinds = ["同一口径资金总额矛盾"] if any(note.code not in _SCORES for note in grave) else []
        kinds += ["总分或等级无法成立"] if any(note.code in _SCORES for note in grave) else []
        return "退回重报", f"{'、'.join(kinds)}（{len(grave)}条）。"
    told: Counter[Severity] = Counter(note.severity for note in standing if note.severity != "I")
    gaps = _unread(case, checks) + _unverified(checks)
    refused = sum(n.state == "dismissed" and n.origin != "model" and n.severity != "I" for n in notes)
    nothing = f"审核人未采纳所提的{refused}条意见" if refused else "未发现不一致"
    if told:
        counts = "、".join(f"{level} {told[level]}条" for level in SEVERITIES if told[level])
        return "修改后通过", f"有需修改或说明的意见：{counts}。{gaps}"
    if gaps:
        return "修改后通过", f"{nothing}，但{gaps}不能据此认定报告无误。"
    return "通过", f"{nothing}，核心检查均已执行。"


def _unread(case: Case, checks: Sequence[Check]) -> str:
    """What a report of its kind should let us recompute and this one does not, in words; a target form has no results yet."""
    ran = {check.code for check in checks if check.status in ("pass", "fail", "rounding") and check.operands}
    wanted = _TARGET_GROUPS if case.report.kind == "target" else _GROUPS
    silent = [name for name, codes in wanted.items() if not ran & codes]
    if len(silent) == len(wanted):
        kind = "未能识别报告类型，" if case.report.kind == "unknown" else ""
        return f"{kind}没有读到可复算的数据，核心检查因数据缺失无法验证。"
    return f"{'、'.join(silent)}的核心检查因数据缺失无法验证。" if silent else ""


def _unverified(checks: Sequence[Check]) -> str:
    codes = sorted({check.code for check in checks if check.status == "unverified" and check.code in _CORE})
    if not codes:
        return ""
    named = "、".join(codes[:_MOST_NAMED]) + ("等" if len(codes) > _MOST_NAMED else "")
    return f"{len(codes)}项核对（{named}）因口径不明或数据缺失无法验证。"


def _counts(checks: Sequence[Check], notes: Sequence[Note]) -> Counts:
    by_status: Counter[Status] = Counter(check.status for check in checks)
    by_level: Counter[Severity] = Counter(note.severity for note in notes if note.state != "dismissed")
    return Counts(
        checks={status: by_status[status] for status in _STATUSES},
        notes={level: by_level[level] for level in SEVERITIES},
    )
