"""One page: its ruled tables with the words in each cell, and the printed lines outside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractor.load.printed.aligned import aligned
from extractor.load.printed.ruling import Lattice
from extractor.load.printed.turning import Matrix
from extractor.load.printed.words import Characters, Row, Word, printed_rows, within

_ASPECT = 0.15  # of a word's height: how far a word may reach over a line and still be one word

_MARGIN = 6.0  # points: no cell keeps more free at its sides


Source = Literal["text", "ocr"]


@dataclass(slots=True)
class CellText:
    """A cell's place in its table and the lines printed in it, each with its page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    lines: list[tuple[int, Row]] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    @property
    def text(self) -> str:
        """The words without any space: what repeated heads are compared by."""
        if len(self.lines) == 1 and len(self.lines[0][1]) == 1:
            return self.lines[0][1][0].text
        return "".join([word.text for _, row in self.lines for word in row])

    def room(self, row: Row) -> float:
        """How much of the cell is free behind a line, but for the margin that all its lines keep on the left."""
        margin = min((line[0].x0 - self.left for _, line in self.lines), default=0.0)
        return self.right - row[-1].x1 - min(max(margin, 0.0), _MARGIN)


@dataclass(slots=True)
class PageTable:
    """A ruled table of one page, or of several joined; `tail` is where the cells begin of which some end in the last row."""

    xs: list[float]
    n_rows: int
    cells: list[CellText]
    top: float
    bottom: float
    tail: int = 0
    shown: list[list[tuple[int, str]]] | None = None  # the texts of its first rows

    @property
    def is_frame(self) -> bool:
        """Whether only one of its cells, or none, holds a text."""
        return sum(bool(cell.lines) for cell in self.cells) < 2


@dataclass(slots=True)
class PageText:
    """What a page prints, before headers and footers are told apart; `width` and `height` as it is read.

    `back` leads from its places to those of the page as it is shown; None where they are the same. `aside` is what lies
    across the print: a watermark.
    """

    number: int
    width: float
    height: float
    rotation: int
    rows: list[Row]
    tables: list[PageTable]
    source: Source = "text"
    back: Matrix | None = None
    shown: tuple[float, float] | None = None
    aside: str = ""

    @property
    def characters(self) -> int:
        """How much is printed on the page."""
        outside = sum(len(word.text) for row in self.rows for word in row)
        return outside + sum(len(cell.text) for table in self.tables for cell in table.cells)


def arranged(
    words: Iterable[Word], found: Sequence[Lattice], characters: Characters, number: int
) -> tuple[list[Row], list[PageTable]]:
    """The lines outside the tables, and the ruled and unruled tables with their words; `characters` are those of a region."""
    outside, tables = _filled(words, found, characters, number)
    rows = printed_rows(outside, characters)
    if unruled := aligned(rows, characters):
        outside, more = _filled(outside, unruled, characters, number)
        tables = sorted([*tables, *more], key=lambda table: table.top)
        rows = printed_rows(outside, characters)
    return rows, tables


def _filled(
    words: Iterable[Word], found: Sequence[Lattice], characters: Characters, number: int
) -> tuple[list[Word], list[PageTable]]:
    """The words in none of the tables, and the tables that hold more than one text."""
    inside: list[list[Word]] = [[] for _ in found]
    outside: list[Word] = []
    frames = [(lattice.bbox, own) for lattice, own in zip(found, inside, strict=True)]
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for (x0, y0, x1, y1), own in frames:
            if x0 <= x <= x1 and y0 <= y <= y1:
                own.append(word)
                break
        else:
            outside.append(word)
    tables = []
    for lattice, own in zip(found, inside, strict=True):
        table = _table(characters, lattice, own, number) if own else None
        # A frame around one text is no table; the first of a page may be the rest of the page before's.
        if table is not None and (not table.is_frame or (lattice is found[0] and len(lattice.xs) > 2)):
            tables.append(table)
        else:
            outside += own
    return outside, tables


def _table(characters: Characters, lattice: Lattice, words: list[Word], number: int) -> PageTable:
    """The table with every word in its cell; a word that lies across a line is cut there by its characters."""
    held = _held(characters, lattice, words)
    cells = [
        CellText(
            box.row, box.col, box.rowspan, box.colspan,
            [(number, row) for row in printed_rows(own, characters)],
            box.bbox[0], box.bbox[2], box.bbox[1], box.bbox[3],
        )
        for box, own in zip(lattice.boxes, held, strict=True)
    ]  # fmt: skip
    return PageTable(list(lattice.xs), len(lattice.ys) - 1, cells, lattice.ys[0], lattice.ys[-1])


def _held(characters: Characters, lattice: Lattice, words: list[Word]) -> list[list[Word]]:
    """The words in each of the lattice's boxes, those that reach over a box's edge taken apart at it."""
    boxes = lattice.boxes
    columns = len(lattice.xs) - 1
    at = [0] * (columns * (len(lattice.ys) - 1))
    for n, box in enumerate(boxes):
        for r in range(box.row, box.row + box.rowspan):
            start = r * columns + box.col
            at[start : start + box.colspan] = [n] * box.colspan
    rights, lows = lattice.xs[1:-1], lattice.ys[1:-1]

    def place(word: Word) -> int:
        row, col = bisect_right(lows, (word.y0 + word.y1) / 2), bisect_right(rights, (word.x0 + word.x1) / 2)
        return at[row * columns + col]

    held: list[list[Word]] = [[] for _ in boxes]
    for word in words:
        n = place(word)
        left, _, right, _ = boxes[n].bbox
        slack = _ASPECT * (word.y1 - word.y0)
        if word.x0 >= left - slack and word.x1 <= right + slack:
            held[n].append(word)
            continue
        pieces: dict[int, list[Word]] = {}
        for piece in characters((word.x0, word.y0, word.x1, word.y1)):
            if within(piece, word):
                pieces.setdefault(place(piece), []).append(piece)
        for n, own in pieces.items():
            held[n].append(_whole(own))
    return held


def _whole(pieces: list[Word]) -> Word:
    """Characters of one line as a word."""
    return Word(
        pieces[0].x0, pieces[0].y0, pieces[-1].x1, pieces[-1].y1, "".join(each.text for each in pieces),
        min(each.sure for each in pieces), any(each.covered for each in pieces),
    )  # fmt: skip
