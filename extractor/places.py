"""Where on the page, or in which cell of the file, each span of a review stands: the last step, for sources that have such places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from typing import Any

from extractor.document import BBox, Document, Span, SpanPart, Word
from extractor.records import R, Record, replace

_SLACK = 0.3  # characters by which a place inside a line may be off


def placed(record: R, document: Document) -> R:
    """The record with page and box, or the file's own address, on every span that has one."""
    places = _Places(document)
    return places.in_record(record) if places.known else record


class _Places:
    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.words = document.words
        self.starts = [word.start for word in document.words]
        cells = [cell.span for grid in document.grids for cell in grid.cells if cell.span.address]
        self.cells = sorted(cells, key=lambda span: span.start)
        self.cell_starts = [span.start for span in self.cells]
        self.known = bool(self.words or self.cells)
        self._spans: dict[Span, Span] = {}

    def in_record(self, record: R) -> R:
        changed = {
            name: new for name, value in vars(record).items() if (new := self._within(value)) is not value
        }
        return replace(record, **changed) if changed else record

    def _within(self, value: Any) -> Any:
        if isinstance(value, Span):
            if value not in self._spans:
                self._spans[value] = self._span(value)
            return self._spans[value]
        if isinstance(value, Record):
            return self.in_record(value)
        if isinstance(value, tuple) and value:
            new = tuple(self._within(each) for each in value)
            return value if all(a is b for a, b in zip(value, new, strict=True)) else new
        return value

    def _span(self, span: Span) -> Span:
        parts = span.parts or (SpanPart(start=span.start, end=span.end),)
        found = [piece for part in parts for piece in self._pieces(part)]
        first = found[0]
        if len(found) == 1:
            return replace(span, page=first.page, bbox=first.bbox, address=first.address)
        on_page = [piece.bbox for piece in found if piece.page == first.page and piece.bbox]
        return replace(
            span, page=first.page, bbox=_around(on_page), address=first.address, parts=tuple(found)
        )

    def _pieces(self, part: SpanPart) -> list[SpanPart]:
        """The part with its place; one piece for each page it stands on."""
        address = self._address(part)
        words = self._words(part)
        pages = [(page, list(own)) for page, own in groupby(words, key=lambda word: word.page)]
        if not pages:
            return [replace(part, address=address)]
        starts = [part.start, *(own[0].start for _, own in pages[1:])]
        return [
            SpanPart(
                start=start, end=end, page=page, address=address,
                bbox=_around([self._box(word, part.start, part.end) for word in own]),
            )
            for (page, own), start, end in zip(pages, starts, [*starts[1:], part.end], strict=True)
        ]  # fmt: skip

    def _words(self, part: SpanPart) -> tuple[Word, ...]:
        first = max(bisect_right(self.starts, part.start) - 1, 0)
        last = bisect_left(self.starts, part.end)
        return tuple(word for word in self.words[first:last] if word.end > part.start)

    def _box(self, word: Word, start: int, end: int) -> BBox:
        """The box of what of a printed word lies in [start, end): a line of Chinese is one word."""
        x0, y0, x1, y1 = word.bbox
        if (start <= word.start and word.end <= end) or y1 - y0 > x1 - x0:
            return word.bbox
        from extractor.load.printed.words import breadth  # noqa: PLC0415 - only files with pages need it

        before = breadth(self.text[word.start : max(start, word.start)])
        within = breadth(self.text[max(start, word.start) : min(end, word.end)])
        behind = breadth(self.text[min(end, word.end) : word.end])
        letter = (x1 - x0) / (before + within + behind)
        left, right = x0 + letter * (before - _SLACK), x0 + letter * (before + within + _SLACK)
        return max(x0, left), y0, min(x1, right), y1

    def _address(self, part: SpanPart) -> str | None:
        n = bisect_right(self.cell_starts, part.start) - 1
        if n >= 0 and part.end <= self.cells[n].end:
            return self.cells[n].address
        return None


def _around(boxes: list[BBox]) -> BBox | None:
    if not boxes:
        return None
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
