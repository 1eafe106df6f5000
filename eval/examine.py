"""One case through the product, as a result that can be saved: its counts, its misses with their places, what went wrong."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.answers import said
from eval.cases import Case, Lot, hash_of
from eval.findings import Findings, score_findings
from eval.gold import Gold
from eval.grounding import Grounding, count
from eval.measures import counts
from eval.measures.counts import Counts
from eval.measures.judge import judge
from eval.measures.places import place_counts
from eval.measures.slots import Slot
from eval.scorers import in_words
from extractor.errors import InputError
from extractor.ground import cells_of
from extractor.pipeline import Stages, review
from extractor.reconcile import RULES
from extractor.review import Review
from extractor.settings import Settings

KNOWN = frozenset(RULES)
_AROUND = 36  # characters of the report shown before and after a missed value
_LAYOUT = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
# What the result of a case depends on besides the case.
_CODE = (
    "extractor/**/*",
    "prompts/**/*",
    "eval/measures/*.py",
    "eval/gold.py",
    "eval/findings.py",
    "eval/examine.py",
)


@dataclass
class Result:
    """What became of one case; `state` is ok, refused, crashed or ungraded, and only an ok case has counts."""

    name: str
    group: str
    form: str
    key: str
    state: str = "ok"
    error: str = ""
    counts: Counts = field(default_factory=dict)
    misses: list[dict[str, Any]] = field(default_factory=list)
    said: list[list[str]] = field(
        default_factory=list
    )  # of a generated report, to be compared with its twin's
    planted: list[list[str]] = field(default_factory=list)  # the codes that answer each planted error
    twin: str = ""
    digital: bool = True
    source: str = ""  # of a report that lies in a file
    notes: list[str] = field(default_factory=list)  # findings missed, forbidden ones that fired, accusations

    def record(self) -> dict[str, Any]:
        """The result as JSON."""
        return asdict(self)


def code_version() -> str:
    """A short hash of everything but the case that a result depends on."""
    return hash_of(*_CODE)


def key_of(lot: Lot, settings: Settings) -> str:
    """What a result depends on: the case, the product and the scorers, the engine."""
    return f"{lot.key}-{code_version()}-{settings.engine}"


def examine(case: Case, settings: Settings | None = None, key: str = "") -> Result:
    """Review the case and count; a refusal, a crash and a gold that does not fit the report are told apart from wrong values."""
    settings = settings or Settings()
    out = Result(case.name, case.group, case.form, key, twin=case.twin, digital=case.digital)
    out.source = str(case.source) if isinstance(case.source, Path) else ""
    out.planted = [list(codes) for codes in case.planted]
    stages = Stages()
    start = time.perf_counter()
    try:
        result = review(case.source, settings, file_name=case.file_name, stages=stages)
    except InputError as error:
        return _stopped(out, "refused", str(error))
    except (
        Exception
    ) as error:  # a crash is a result too: it is told with its place, and any one fails the gate
        if settings.debug:
            raise
        return _stopped(out, "crashed", "".join(traceback.format_exception(error)[-3:]))
    out.counts["seconds"] = [time.perf_counter() - start, 1.0]
    assert stages.document is not None
    gold = case.gold_in(stages.document)
    if case.place is None and (wrong := gold.misplaced(result.document.text)):
        return _stopped(out, "ungraded", f"标准答案与原文不符，共 {len(wrong)} 处，如 {wrong[0]}")
    if case.place is not None:
        out.said = sorted(map(list, said(result)))
    _count(out, case, gold, result)
    return out


def _stopped(out: Result, state: str, error: str) -> Result:
    out.state, out.error, out.counts = state, error, {}
    return out


def _count(out: Result, case: Case, gold: Gold, result: Review) -> None:
    slots = judge(result.report, gold)
    text = result.document.text
    findings = score_findings(case.name, result, case.findings, KNOWN)
    for part in (
        counts.value_counts(slots),
        counts.row_counts(slots),
        counts.edit_counts(slots),
        place_counts(slots, text),
        counts.confidence_counts(slots),
        {f"finding/{key}": vector for key, vector in findings.counts.items()},
        {"fabricated": _fabricated(result, case.printed)},
        _usage(result),
    ):
        out.counts |= part
    out.misses = [_miss(slot, text) for slot in slots if slot.verdict not in ("right", "blank")]
    out.notes = _notes(findings)


def _notes(findings: Findings) -> list[str]:
    return [
        *(f"未触发 {label}" for label in findings.missed),
        *(f"不应触发 {label}" for label in findings.forbidden),
        *(f"误报 {label}" for label in findings.accused),
    ]


def _fabricated(result: Review, shown: str | None) -> list[float]:
    """[values whose digits do not stand in the source, of]; of a picture the source is what it shows."""
    grounding = Grounding()
    count(result, grounding)
    broken = grounding.broken
    if shown is not None:
        there = set(_DIGITS.findall(shown))
        broken += sum(1 for raw in _raws(result) for number in _DIGITS.findall(raw) if number not in there)
    return [float(broken), float(grounding.values)]


def _raws(result: Review) -> list[str]:
    cells = [cell.raw for cell in cells_of(result.report) if cell.value is not None]
    return cells + [figure.amount.raw for figure in result.report.figures]


def _usage(result: Review) -> Counts:
    usage = result.run.log.usage
    return {
        "tokens": [float(usage.input_tokens + usage.output_tokens), 1.0],
        "cost": [float(usage.cost or 0), 1.0],
    }


def _miss(slot: Slot, text: str) -> dict[str, Any]:
    """A slot that is not right, with the piece of the report around it."""
    ranges: Sequence[tuple[int, int]] = slot.got.ranges if slot.got is not None else ()
    if slot.want is not None and slot.want.start >= 0:
        ranges = ((slot.want.start, slot.want.end),)
    start, end = (ranges[0][0], ranges[-1][1]) if ranges else (0, 0)
    around = (text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND])
    return {
        "group": slot.group,
        "verdict": slot.verdict,
        "said": in_words(slot),
        "at": start,
        "page": slot.got.boxes[0][0] if slot.got is not None and slot.got.boxes else None,
        "excerpt": [_LAYOUT.sub(" ", piece) for piece in around],
    }
