"""What the table and sentence readers make of a few lines of text, for tests."""

from __future__ import annotations

from extractor.document import Document, slices
from extractor.extract.rules.sentences import read_sentences
from extractor.extract.rules.tables import TableFacts, read_tables
from extractor.schema import Cell, Fund, Indicator
from extractor.segment import layout

VALUES = ("target", "actual", "points", "score")
MONEY = ("initial", "annual", "executed", "points", "rate", "score")


def document(text: str) -> Document:
    """A document of the given canonical text."""
    return Document("report.txt", "text/plain", "0" * 64, "text", text)


def facts(text: str) -> TableFacts:
    """The facts of the tables; every cell's raw must be what stands at its span."""
    read = document(text)
    found = read_tables(read, layout(read))
    for row in (*found.indicators, *found.funds, *found.projects):
        for cell in vars(row).values():
            if isinstance(cell, Cell):
                assert cell.raw == slices(text, cell.span)
    return found


def sentences(text: str) -> list[Indicator]:
    """Indicators written as sentences."""
    read = document(text)
    return read_sentences(read, layout(read).passages)


def texts(row: Indicator | Fund, *roles: str) -> list[str | None]:
    """The texts of some cells of a row; None where the form has no such column."""
    cells = [getattr(row, role) for role in roles]
    return [None if cell is None else cell.text for cell in cells]


def flags(row: Indicator | Fund, role: str) -> tuple[str, ...]:
    """The flags of a cell."""
    cell = getattr(row, role)
    return tuple(cell.evidence.flags)
