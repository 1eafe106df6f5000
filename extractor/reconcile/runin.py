"""The chapters of a report whose paragraphs a converter ran together: headings that stand inside the line."""

from __future__ import annotations

from typing import NamedTuple

from extractor.document import Span
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.memo import per_case

_HEADING = lazy(
    r"([一二三四五六七八九十]{1,3})、[^。;,、:!?\s\d]{2,24}?(?:情况|分析|问题|原因|措施|建议|结论|应用|公开|概况|经验|做法|打算|结果)"
    r"(?=[\s(]|[\u4e00-\u9fff\d])"
)
_LEAST, _MOST_LINES = 3, 3


class RunIn(NamedTuple):
    """A heading inside a line: its numeral, its words, and where it stands."""

    numeral: str
    words: str
    span: Span


@per_case
def run_in(case: Case) -> tuple[RunIn, ...]:
    """The headings of a text on so few lines that no heading has one of its own, where there are several of them."""
    text = case.document.folded.strip()
    if text.count("\n") >= _MOST_LINES or any(section.level > 0 for section in case.report.sections):
        return ()
    found = tuple(
        RunIn(match[1], match[0], Span(start=match.start(), end=match.end()))
        for match in _HEADING.finditer(case.document.folded)
    )
    return found if len(found) >= _LEAST else ()
