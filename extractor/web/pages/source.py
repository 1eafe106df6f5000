"""The source of a review as a person looks at it: running text, tables as the file prints them, sheets, or pages with boxes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from extractor.document import BBox, Document, Page, Span, Table, TableCell
from extractor.patterns import lazy
from extractor.places import placed
from extractor.records import Record
from extractor.render.html import places, spots
from extractor.render.marks import Marked, ranges
from extractor.review import Review

WAYS = {"pages": "页面", "sheet": "表格", "flow": "版面", "text": "文字"}
_ADDRESS = lazy(r"(.+)!([A-Z]{1,3})(\d+)")
_SHEETS = "spreadsheetml"


class Shown(NamedTuple):
    """A cell as it is drawn: its text in pieces with the offset of each."""

    pieces: list[tuple[int, Markup]]
    rowspan: int = 1
    colspan: int = 1


class Row(NamedTuple):
    """A row, under the name that the file gives it."""

    name: str
    cells: list[Shown]


class Part(NamedTuple):
    """A stretch of text, or a table with the names of its columns."""

    start: int
    text: Markup | None
    title: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


class Box(NamedTuple):
    """A place on a page: the range of the text it stands for, and the kinds of place it is."""

    start: int
    end: int
    bbox: BBox
    kinds: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.bbox[2] - self.bbox[0], self.bbox[3] - self.bbox[1]


class Sheet(NamedTuple):
    """A page and the boxes on it, large ones first so that small ones can be reached."""

    page: Page
    boxes: list[Box]


def ways(document: Document) -> dict[str, str]:
    """How this source can be looked at, the best way first."""
    names: tuple[str, ...] = ("text",)
    if document.pages and (
        document.media_type == "application/pdf" or document.media_type.startswith("image/")
    ):
        names = ("pages", "text")
    elif _SHEETS in document.media_type and document.grids:
        names = ("sheet", "text")
    elif document.grids:
        names = ("flow", "text")
    return {name: WAYS[name] for name in names}


def sheets(document: Document, review: Review) -> list[Sheet]:
    """Every page with its boxes, one for each printed line that a place touches."""
    kinds: dict[tuple[int, int], set[str]] = defaultdict(set)
    for start, end, kind in places(spots(review, review.notes)):
        kinds[start, end].add(kind)
    found = [(piece, range_) for range_ in kinds for piece in _pieces(document, *range_)]
    drawn = placed(_Spots(spans=tuple(piece for piece, _ in found)), document).spans
    boxes: dict[int, list[Box]] = defaultdict(list)
    for span, (_, range_) in zip(drawn, found, strict=True):
        if span.page is not None and span.bbox is not None:
            boxes[span.page].append(Box(*range_, span.bbox, " ".join(sorted(kinds[range_]))))
    return [
        Sheet(page, sorted(boxes[page.number], key=lambda box: -box.size[0] * box.size[1]))
        for page in document.pages
    ]


class _Spots(Record):
    spans: tuple[Span, ...]


def _pieces(document: Document, start: int, end: int) -> list[Span]:
    """The range cut at the words of the page, each of which stands on one line."""
    words = document.words
    first = max(bisect_right(words, start, key=lambda word: word.start) - 1, 0)
    last = bisect_left(words, end, key=lambda word: word.start)
    return [Span(start=max(w.start, start), end=min(w.end, end)) for w in words[first:last] if w.end > start]


def parts(document: Document, review: Review, way: str) -> Iterator[Part]:
    """The source as text, as text with tables, or as sheets."""
    text = Marked(document.text, places(spots(review, review.notes)))
    if way == "sheet":
        yield from _workbook(document, text)
    elif way == "flow":
        yield from _flow(document, text)
    else:
        yield Part(0, text.stretch(0, len(document.text)))


def _flow(document: Document, text: Marked) -> Iterator[Part]:
    at = 0
    for grid in sorted(document.grids, key=lambda grid: grid.span.start):
        if grid.span.start < at:
            continue
        yield from _stretch(text, at, grid.span.start)
        rows = [Row("", cells) for cells in _rows(grid, text)]
        yield Part(grid.span.start, None, grid.title, rows=tuple(rows))
        at = grid.span.end
    yield from _stretch(text, at, len(document.text))


def _stretch(text: Marked, start: int, end: int) -> Iterator[Part]:
    """The text between two tables, without the empty lines around it."""
    while start < end and text.text[start].isspace():
        start += 1
    while start < end and text.text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Part(start, text.stretch(start, end))


def _rows(grid: Table, text: Marked) -> Iterator[list[Shown]]:
    by_row: dict[int, list[TableCell]] = defaultdict(list)
    for cell in grid.cells:
        by_row[cell.row].append(cell)
    for row in range(grid.n_rows):
        yield [_shown(c, text) for c in sorted(by_row[row], key=lambda c: c.col)]


def _shown(cell: TableCell, text: Marked, colspan: int | None = None) -> Shown:
    pieces = [(start, text.stretch(start, end)) for start, end in ranges(cell.span)]
    return Shown(pieces or [(cell.span.start, Markup())], cell.rowspan, colspan or cell.colspan)


def _workbook(document: Document, text: Marked) -> Iterator[Part]:
    """Every sheet by rows and columns as its program numbers them; rows without a word are left out."""
    found: dict[str, dict[int, dict[int, TableCell]]] = defaultdict(lambda: defaultdict(dict))
    for cell in (cell for grid in document.grids for cell in grid.cells):
        place = _ADDRESS.match(cell.span.address or "")
        if place is not None:
            found[place[1]][int(place[3])][_column(place[2])] = cell
    for name, rows in found.items():
        width = max(n + cell.colspan for row in rows.values() for n, cell in row.items())
        drawn = tuple(Row(str(number), _drawn(rows, number, width, text)) for number in sorted(rows))
        yield Part(0, None, name, tuple(_letters(n) for n in range(width)), drawn)


def _drawn(rows: dict[int, dict[int, TableCell]], number: int, width: int, text: Marked) -> list[Shown]:
    """A row of a sheet; a lone cell takes its whole width, as its program lets it run over the empty ones."""
    row = rows[number]
    covered = {
        n + k
        for above, cells in rows.items()
        if above < number
        for n, cell in cells.items()
        if above + cell.rowspan > number
        for k in range(cell.colspan)
    }
    if len(row) == 1 and not covered and min(row) == 0:
        return [_shown(row[0], text, width)]
    out, at = [], 0
    while at < width:
        cell = row.get(at)
        if cell is not None:
            out.append(_shown(cell, text))
            at += cell.colspan
            continue
        if at not in covered:
            out.append(Shown([]))
        at += 1
    return out


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(column: int) -> str:
    out, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out
