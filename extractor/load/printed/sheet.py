"""One page: its ruled tables with the words in each cell, and the printed lines outside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractor.load.printed.ruling import Box, Lattice
from extractor.load.printed.words import Characters, Row, Word, printed_rows, within

_ASPECT = 0.15  # of a word's height: how far a word may reach over a line and still be one word

_MARGIN = 6.0  # points: no cell keeps more free at its sides


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

    @property
    def text(self) -> str:
        """The words without any space: what repeated heads are compared by."""
        return "".join(word.text for _, row in self.lines for word in row)

    def room(self, row: Row) -> float:
        """How much of the cell is free behind a line, but for the margin that all its lines keep on the left."""
        margin = min((line[0].x0 - self.left for _, line in self.lines), default=0.0)
        return self.right - row[-1].x1 - min(max(margin, 0.0), _MARGIN)


@dataclass(slots=True)
class PageTable:
    """A ruled table of one page."""

    xs: list[float]
    n_rows: int
    cells: list[CellText]
    top: float
    bottom: float


@dataclass(slots=True)
class PageText:
    """What a page prints, before headers and footers are told apart."""

    number: int
    width: float
    height: float
    rotation: int
    rows: list[Row]
    tables: list[PageTable]
    source: Literal["text", "ocr"] = "text"

    @property
    def characters(self) -> int:
        """How much is printed on the page."""
        outside = sum(len(word.text) for row in self.rows for word in row)
        return outside + sum(len(cell.text) for table in self.tables for cell in table.cells)


def arranged(
    words: Iterable[Word], found: Sequence[Lattice], characters: Characters, number: int
) -> tuple[list[Row], list[PageTable]]:
    """The lines outside the ruled tables, and the tables with their words; `characters` are all of the page's, one by one."""
    inside: list[list[Word]] = [[] for _ in found]
    outside: list[Word] = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for n, lattice in enumerate(found):
            x0, y0, x1, y1 = lattice.bbox
            if x0 <= x <= x1 and y0 <= y <= y1:
                inside[n].append(word)
                break
        else:
            outside.append(word)
    tables = [
        table
        for lattice, own in zip(found, inside, strict=True)
        if own and (table := _table(characters, lattice, own, number)) is not None
    ]
    return printed_rows(outside, characters), tables


def _table(characters: Characters, lattice: Lattice, words: list[Word], number: int) -> PageTable | None:
    """The table with every word in its cell; a word that lies across a line is cut there by its characters."""
    at = {}
    for box in lattice.boxes:
        for r in range(box.row, box.row + box.rowspan):
            for c in range(box.col, box.col + box.colspan):
                at[r, c] = box
    held: dict[Box, list[Word]] = {}
    for word in _cut(characters, lattice, at, words):
        box = at[_place(lattice, word)]
        held.setdefault(box, []).append(word)
    if len(held) < 2:
        return None
    cells = [
        CellText(
            box.row,
            box.col,
            box.rowspan,
            box.colspan,
            [(number, row) for row in printed_rows(held.get(box, ()), characters)],
            box.bbox[0],
            box.bbox[2],
        )
        for box in lattice.boxes
    ]
    return PageTable(list(lattice.xs), len(lattice.ys) - 1, cells, lattice.ys[0], lattice.ys[-1])


def _place(lattice: Lattice, word: Word) -> tuple[int, int]:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    row = min(max(bisect_right(lattice.ys, y) - 1, 0), len(lattice.ys) - 2)
    col = min(max(bisect_right(lattice.xs, x) - 1, 0), len(lattice.xs) - 2)
    return row, col


def _cut(
    characters: Characters, lattice: Lattice, at: dict[tuple[int, int], Box], words: list[Word]
) -> list[Word]:
    """The words, those that reach over a cell's edge taken apart at it."""
    out: list[Word] = []
    for word in words:
        box = at[_place(lattice, word)]
        slack = _ASPECT * word.height
        if word.x0 >= box.bbox[0] - slack and word.x1 <= box.bbox[2] + slack:
            out.append(word)
            continue
        pieces: dict[Box, list[Word]] = {}
        for piece in characters():
            if within(piece, word):
                pieces.setdefault(at[_place(lattice, piece)], []).append(piece)
        out += [
            Word(
                own[0].x0, own[0].y0, own[-1].x1, own[-1].y1, "".join(each.text for each in own),
                min(each.sure for each in own), any(each.covered for each in own),
            )
            for own in pieces.values()
        ]  # fmt: skip
    return out
