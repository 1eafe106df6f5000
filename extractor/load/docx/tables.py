"""Word tables as grids: cells that span columns, cells merged downwards, edges that a hand dragged a hair apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

from extractor.load.blocks import Grid, GridCell
from extractor.load.docx.runs import WRAPPERS
from extractor.load.package import attribute, child, local

_HAIR = 100  # twentieths of a point: edges nearer than this are one edge
_MOST_COLUMNS = 1000


def read_table(table: Any, read: Callable[[Any], list[str | Grid]]) -> Grid:
    """The grid of a `w:tbl`; `read` gives the blocks of a cell."""
    snap = _snapped(table)
    cells: list[GridCell] = []
    open_cells: dict[int, GridCell] = {}  # by column, what goes on downwards
    row_number = 0
    for row in _inside(table, "tr"):
        if child(row, "trPr", "del") is not None:
            continue
        column = _count(child(row, "trPr", "gridBefore"), 0)
        going_on: dict[int, GridCell] = {}
        last: GridCell | None = None
        for cell in _inside(row, "tc"):
            span = _count(child(cell, "tcPr", "gridSpan"), 1)
            start, end = snap(column), snap(column + span)
            column += span
            if _goes_on(cell, "hMerge") and last is not None:
                last.colspan = max(last.colspan, end - last.col)
                continue
            above = open_cells.get(start) if _goes_on(cell, "vMerge") else None
            if above is not None:
                above.rowspan = row_number - above.row + 1
                going_on[start] = last = above
                continue
            last = GridCell(row_number, start, 1, max(1, end - start), read(cell))
            cells.append(last)
            if child(cell, "tcPr", "vMerge") is not None:
                going_on[start] = last
        open_cells = going_on
        row_number += 1
    return Grid(row_number, cells)


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, content controls and insertions opened."""
    for element in parent:
        name = local(element)
        if name == wanted:
            yield element
        elif name in WRAPPERS:
            yield from _inside(element, wanted)


def _goes_on(cell: Any, direction: str) -> bool:
    merge = child(cell, "tcPr", direction)
    return merge is not None and attribute(merge, "val") in (None, "continue")


def _count(element: Any | None, default: int) -> int:
    value = attribute(element, "val") if element is not None else None
    return min(int(value), _MOST_COLUMNS) if value and value.isdecimal() else default


def _snapped(table: Any) -> Callable[[int], int]:
    """Which edge stands for each edge of the table's grid; edges a hair apart are one, unless a cell would vanish."""
    grid = child(table, "tblGrid")
    widths = [_width(column) for column in grid if local(column) == "gridCol"] if grid is not None else []
    edges = list(accumulate(widths, initial=0))
    first = list(range(len(edges)))
    for n in range(1, len(edges)):
        if edges[n] - edges[first[n - 1]] < _HAIR:
            first[n] = first[n - 1]
    if any(start == end for start, end in _cell_edges(table, first)):
        return lambda edge: edge
    return lambda edge: first[edge] if edge < len(first) else edge


def _cell_edges(table: Any, first: list[int]) -> Iterator[tuple[int, int]]:
    for row in _inside(table, "tr"):
        column = _count(child(row, "trPr", "gridBefore"), 0)
        for cell in _inside(row, "tc"):
            end = column + _count(child(cell, "tcPr", "gridSpan"), 1)
            if end < len(first):
                yield first[column], first[end]
            column = end


def _width(column: Any) -> int:
    value = (attribute(column, "w") or "").partition(".")[0]
    return min(int(value), 1_000_000) if value.isdecimal() else _HAIR
