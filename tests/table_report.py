"""Tables read from small printed texts, for the tests of the table readers."""

from __future__ import annotations

from extractor.document import Document, slices
from extractor.extract.rules.tables import TableFacts, read_tables
from extractor.schema import Cell
from extractor.segment import Layout, layout


def document_of(text: str) -> Document:
    return Document("x.txt", "text/plain", "", "text", text)


def read(text: str) -> tuple[Layout, TableFacts]:
    document = document_of(text)
    found = layout(document)
    return found, read_tables(document, found)


def shown(cell: Cell | None) -> str:
    """`·` where the form has no such column, `~` behind what was inferred."""
    if cell is None:
        return "·"
    return cell.text + ("" if cell.evidence.certain else "~")


def indicators(text: str, *keys: str) -> list[str]:
    keys = keys or ("level1", "level2", "level3", "target", "actual", "points", "score")
    return ["|".join(shown(getattr(row, key)) for key in keys) for row in read(text)[1].indicators]


def funds(text: str) -> list[str]:
    keys = ("item", "initial", "annual", "executed", "points", "rate", "score")
    return ["|".join(shown(getattr(row, key)) for key in keys) for row in read(text)[1].funds]


def all_cells(facts: TableFacts) -> list[Cell]:
    records = [*facts.indicators, *facts.funds, *facts.projects]
    cells = [value for record in records for value in vars(record).values() if isinstance(value, Cell)]
    return [
        *cells,
        *(c.cell for row in facts.base_data for c in row.cells),
        *(r.item for r in facts.base_data),
    ]


def check_slices(text: str) -> None:
    """Every cell is what the text prints at its place; grids have one cell a place."""
    found, facts = read(text)
    for cell in all_cells(facts):
        assert slices(text, cell.span) == cell.raw
        assert 0 <= cell.span.start <= cell.span.end <= len(text)
    for table in found.tables:
        places = [
            (cell.row + r, cell.col + c)
            for cell in table.cells
            for r in range(cell.rowspan)
            for c in range(cell.colspan)
        ]
        assert len(places) == len(set(places))
        assert all(row < table.n_rows and col < table.n_cols for row, col in places)
