"""One page of a PDF: its ruled tables with the words in each cell, and the printed lines outside them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

import pymupdf

from extractor.load.canonical import canonical
from extractor.load.pdf.ruling import Box, Lattice, lattices
from extractor.load.pdf.words import Row, Word, printed_rows

_FLAGS = pymupdf.TEXTFLAGS_WORDS
_ASPECT = 0.5  # of a word's height: how far a word may reach over a line and still be one word


@dataclass(slots=True)
class CellText:
    """A cell's place in its table and the lines printed in it, each with its page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    lines: list[tuple[int, Row]] = field(default_factory=list)
    right: float = 0.0

    @property
    def text(self) -> str:
        """The words without any space: what repeated heads are compared by."""
        return "".join(word.text for _, row in self.lines for word in row)


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
    has_image: bool = False


def read_page(page: Any, number: int) -> PageText:
    """The tables and lines of a PyMuPDF page."""
    textpage = page.get_textpage(flags=_FLAGS)
    words = [
        Word(x0, y0, x1, y1, text)
        for x0, y0, x1, y1, printed, *_ in textpage.extractWORDS()
        if (text := canonical(printed).strip())
    ]
    found = lattices(page.get_cdrawings()) if words else []
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
        if own and (table := _table(textpage, lattice, own, number)) is not None
    ]
    return PageText(
        number,
        page.rect.width,
        page.rect.height,
        page.rotation,
        printed_rows(outside),
        tables,
        has_image=not words and bool(page.get_images()),
    )


def _table(textpage: Any, lattice: Lattice, words: list[Word], number: int) -> PageTable | None:
    """The table with every word in its cell; a word that lies across a line is cut there by its characters."""
    at = {}
    for box in lattice.boxes:
        for r in range(box.row, box.row + box.rowspan):
            for c in range(box.col, box.col + box.colspan):
                at[r, c] = box
    held: dict[Box, list[Word]] = {}
    for word in _cut(textpage, lattice, at, words):
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
            [(number, row) for row in printed_rows(held.get(box, ()))],
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


def _cut(textpage: Any, lattice: Lattice, at: dict[tuple[int, int], Box], words: list[Word]) -> list[Word]:
    """The words, those that reach over a cell's edge taken apart at it."""
    out: list[Word] = []
    characters: list[Any] | None = None
    for word in words:
        box = at[_place(lattice, word)]
        slack = _ASPECT * word.height
        if word.x0 >= box.bbox[0] - slack and word.x1 <= box.bbox[2] + slack:
            out.append(word)
            continue
        pieces: dict[Box, list[Any]] = {}
        if characters is None:
            characters = _characters(textpage)
        for char in characters:
            if not _within(char, word):
                continue
            x0, y0, x1, y1 = char["bbox"]
            piece = Word(x0, y0, x1, y1, char["c"])
            pieces.setdefault(at[_place(lattice, piece)], []).append(piece)
        out += [
            Word(own[0].x0, own[0].y0, own[-1].x1, own[-1].y1, "".join(each.text for each in own))
            for own in pieces.values()
        ]
    return out


def _characters(textpage: Any) -> list[Any]:
    """Every printed character of the page with its box."""
    return [
        char
        for block in textpage.extractRAWDICT()["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for char in span["chars"]
        if char["c"].strip()
    ]


def _within(char: Any, word: Word) -> bool:
    x0, y0, x1, y1 = char["bbox"]
    across: bool = word.x0 <= (x0 + x1) / 2 <= word.x1
    down: bool = word.y0 <= (y0 + y1) / 2 <= word.y1
    return across and down
