"""PDF files whose tables are known cell by cell: generated reports, and fixtures that LibreOffice typeset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from eval.cases import fixture_cases
from eval.generate import draw
from eval.generate.canvas import Slot
from eval.generate.draw import Rendered, render
from eval.generate.grid import Cell, Grid
from eval.gold import squeeze
from eval.sheets import Sheet, pieces_of
from eval.typeset import FORMS, as_pdf
from extractor.document import BBox
from extractor.load import load
from extractor.settings import Settings

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MANY = {"heldout": 16, "fixtures": 6}


class Known(NamedTuple):
    """A printed cell: its words without white space and, where the printer kept it, (page, box)."""

    text: str
    place: tuple[int, BBox] | None = None


class TableCase(NamedTuple):
    """A PDF, the rows of its tables from top to bottom, and every number it prints."""

    name: str
    pdf: bytes
    rows: tuple[tuple[Known, ...], ...]
    numbers: frozenset[str]


def table_cases() -> Iterator[TableCase]:
    """The cases on which every reader of tables is measured."""
    yield from _generated(MANY["heldout"])
    if "PDF" in FORMS:  # LibreOffice is there
        yield from _typeset(MANY["fixtures"])


def _generated(many: int) -> Iterator[TableCase]:
    """Reports of the held-out draw, each of another layout, set as PDF."""
    seen: set[str] = set()
    for item in draw("heldout", 500, pictures=0.0):
        if item.format != "pdf" or item.sinful or item.layout in seen or len(seen) == many:
            continue
        made = render(item)
        rows = tuple(_rows(made))
        if rows:
            seen.add(item.layout)
            yield TableCase(item.name, made.data, rows, _numbers(rows, made.shown.splitlines()))


def _numbers(rows: Iterable[Sequence[Known]], lines: Iterable[str]) -> frozenset[str]:
    """Every number that a cell or a line of text prints; white space between cells parts numbers, inside one it does not."""
    texts = [cell.text for row in rows for cell in row]
    texts += [squeeze(piece) for line in lines for piece in line.split("\t")]
    return frozenset(NUMBER.findall("\n".join(texts)))


def _rows(made: Rendered) -> Iterator[tuple[Known, ...]]:
    for block in made.made.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                cells = tuple(_known(cell, made) for cell in row.cells if squeeze(cell.plain))
                if cells:
                    yield cells


def _known(cell: Cell, made: Rendered) -> Known:
    """The cell with the place of its first printed value; what is no value has none."""
    places = made.places or {}
    boxes = [box for part in cell.parts if isinstance(part, Slot) for box in places.get(id(part), ())]
    return Known(squeeze(cell.plain), boxes[0] if boxes else None)


def _typeset(many: int) -> Iterator[TableCase]:
    """Fixtures as Word files printed by LibreOffice; where a cell came to stand nobody wrote down."""
    cases = [case for case in fixture_cases() if case.name.startswith(("clean", "correct"))]
    for case in cases[:: max(1, len(cases) // many)][:many]:
        pieces = pieces_of(load(case.source, Settings(), case.file_name))
        rows = tuple(
            cells
            for piece in pieces
            if isinstance(piece, Sheet)
            for row in piece.rows
            if (cells := tuple(Known(squeeze(cell.text)) for cell in row if squeeze(cell.text)))
        )
        texts = [piece for piece in pieces if isinstance(piece, str)]
        yield TableCase(f"{case.name}-pdf", as_pdf(pieces), rows, _numbers(rows, texts))
