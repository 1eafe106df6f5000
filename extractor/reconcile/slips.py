"""UNI-02 and UNI-06: slips of the pen in set phrases, and phrases printed twice."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.findings import Check
from extractor.patterns import lazy
from extractor.profiles.slips import Slip, slips
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import literal, numbered, readable, spot, standing
from extractor.reconcile.values import Words, words_of

_TWICE = lazy(r"([^\W\x00-\x7f]{4,24})\1")
# A whole cell that is one name twice may be short and numbered.
_WHOLE = lazy(r"((?=.*[^\W\x00-\x7f]{2}).{3,40})\1")
_SHORTEST, _LONGEST_CELL = 6, 120
_BEFORE = 2


@check("UNI-02", "错别字", "P2", "没有可检查的文字")
def misspellings(case: Case) -> Iterator[Check]:
    """Set phrases of these reports in a spelling that no sentence calls for."""
    if not case.plain_text:
        return
    found: list[Words] = []
    by_word = {slip.wrong: slip for slip in slips()}
    for word in standing(case, by_word):
        found += _places(case, by_word[word])
    if found:
        yield line("UNI-02", "fail", numbered("text", sorted(found, key=lambda each: each.spans[0].start)))
    else:
        yield passed("UNI-02", "未见词典所列错别字")


def _places(case: Case, slip: Slip) -> Iterator[Words]:
    for span in literal(case, slip.wrong):
        around = case.words(max(0, span.start - _BEFORE), span.end + _BEFORE)
        if slip.unless is None or not slip.unless.search(around):
            yield spot(span.start, span.end, f"“{slip.wrong}”疑为“{slip.right}”")


@check("UNI-06", "词语重复", "I", "没有指标名称")
def doubled_phrases(case: Case) -> Iterator[Check]:
    """A phrase of four letters or more printed twice on end in one cell, or a name that is its cell twice over."""
    cells = {
        cell.id: cell
        for row in case.report.indicators
        for cell in (row.level3, row.target, row.actual)
        if cell is not None
        and _SHORTEST <= len(cell.text) <= _LONGEST_CELL
        and (readable(cell) or (cell is row.level3 and "glued" not in cell.evidence.flags))
    }
    found = [words_of(cell, f"“{name}”") for cell in cells.values() if (name := _doubled(cell.text))]
    if found:
        yield line("UNI-06", "fail", numbered("text", found))
    elif cells:
        yield passed("UNI-06", "指标未见重复词语")


def _doubled(text: str) -> str | None:
    """What a cell says twice on end."""
    match = _WHOLE.fullmatch(text) or _TWICE.search(text)
    return None if match is None else match[1]
