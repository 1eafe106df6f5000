"""An indicator row by its words, and its printed cells counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.reconcile.values import Value, of_cell
from extractor.schema import Cell, Indicator


def text_of(cell: Cell | None) -> str:
    """The text of a cell, empty when there is none."""
    return "" if cell is None else cell.text


def name_of(row: Indicator) -> str:
    """What the notes call an indicator."""
    return text_of(row.level3) or text_of(row.level2) or text_of(row.level1)


def distinct(cells: Iterable[tuple[Cell | None, str]]) -> Iterator[Value]:
    """Values of cells, one for each place printed on."""
    seen: set[tuple[int, int]] = set()
    for cell, role in cells:
        place = None if cell is None else (cell.span.start, cell.span.end)
        if place is None or place in seen:
            continue
        value = of_cell(cell, role)
        if value is not None:
            seen.add(place)
            yield value
