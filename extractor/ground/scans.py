"""What was read from a picture is marked so: how sure its least sure character is, whether a seal lay on it, what proves it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from extractor.document import Document, Span, SpanPart, Word
from extractor.ground.proof import proven
from extractor.ground.walk import cells_of, with_cells
from extractor.records import replace
from extractor.schema import Cell, Evidence, Figure, Flag, Report

_TRUSTED = 0.9  # a number less sure proves nothing, and is unreadable under a seal
_LEAST = 0.5  # a number less sure is none


class _Seen(NamedTuple):
    """How the words of a span were read from a picture."""

    sure: float
    covered: bool

    @property
    def trusted(self) -> bool:
        """Whether an identity may rest on it."""
        return self.sure >= _TRUSTED and not self.covered

    @property
    def readable(self) -> bool:
        """Whether a number read so is one."""
        return self.sure >= (_TRUSTED if self.covered else _LEAST)


def weighed(document: Document, report: Report) -> Report:
    """The report with the evidence of everything that stands on a scanned page."""
    words = _Words(document, frozenset(page.number for page in document.pages if page.source == "ocr"))
    seen = {cell.id: found for cell in cells_of(report) if (found := words.seen(cell.span)) is not None}
    sound = frozenset(
        cell.id for cell in cells_of(report) if (found := seen.get(cell.id)) is None or found.trusted
    )
    sure = proven(report, sound)
    report = with_cells(
        report, lambda cell: _cell(cell, seen[cell.id], cell.id in sure) if cell.id in seen else cell
    )
    figures = (
        figure if (found := words.seen(figure.span)) is None else _figure(figure, found)
        for figure in report.figures
    )
    return replace(report, figures=tuple(figures))


class _Words:
    """The words of scanned pages, by the place of their text."""

    def __init__(self, document: Document, scanned: frozenset[int]) -> None:
        self.words = [word for word in document.words if word.page in scanned]
        self.starts = [word.start for word in self.words]

    def seen(self, span: Span) -> _Seen | None:
        """How a span was read; None when no word of it stands on a scanned page."""
        parts = span.parts or (SpanPart(start=span.start, end=span.end),)
        found = [word for part in parts for word in self._of(part.start, part.end)]
        if not found:
            return None
        return _Seen(min(word.confidence for word in found), any(word.covered for word in found))

    def _of(self, start: int, end: int) -> list[Word]:
        """The words that `[start, end)` touches; for an empty place the mark of a seal that lies there."""
        if start == end:
            low, high = bisect_left(self.starts, start), bisect_right(self.starts, start)
            return [word for word in self.words[low:high] if word.end == start]
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_left(self.starts, end)
        return [word for word in self.words[first:last] if word.end > start]


def _cell(cell: Cell, seen: _Seen, sure: bool) -> Cell:
    empty = cell.kind == "blank" and seen.covered
    if empty or (cell.value is not None and not seen.readable):
        return replace(
            cell, value=None, kind="unreadable", evidence=_marked(cell.evidence, seen, "unreadable")
        )
    return replace(
        cell, evidence=replace(_marked(cell.evidence, seen), certain=sure and cell.evidence.certain)
    )


def _figure(figure: Figure, seen: _Seen) -> Figure:
    flags: tuple[Flag, ...] = () if seen.readable or figure.amount.value is None else ("unreadable",)
    return replace(figure, evidence=_marked(figure.evidence, seen, *flags))


def _marked(evidence: Evidence, seen: _Seen, *more: Flag) -> Evidence:
    flags: tuple[Flag, ...] = ("ocr", "seal") if seen.covered else ("ocr",)
    added = tuple(flag for flag in (*flags, *more) if flag not in evidence.flags)
    return replace(
        evidence,
        confidence=min(evidence.confidence, round(seen.sure, 4)),
        certain=False,
        flags=(*evidence.flags, *added),
    )
