"""What of a table is table and what is prose set into it: rows of one text stand alone above, below and between the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from extractor.load.blocks import Grid, GridCell
from extractor.patterns import lazy

_PARAGRAPHS, _LONG = (
    3,
    60,
)  # so many rows of one text each, one of them so long, are prose even inside a table
_SHORT, _SAYS = 30, "：:。；;"
_GAP = 5  # a form has no more blank rows in a row
# A title, an annex or a heading over the whole width begins something new.
_OPENS = lazy(
    r"表\s*(?:[(（].{0,30}[)）]|[一二三四五六七八九十\d]{0,2})\s*$|^\s*附[件表]|^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])"
)


class Stretch(NamedTuple):
    """Rows that are written together: a table, one row of one text, or one without any."""

    rows: tuple[tuple[GridCell, ...], ...]
    table: bool


class _Row(NamedTuple):
    cells: tuple[GridCell, ...]
    kind: str  # row, line (one text), gap


def stretches(grid: Grid) -> Iterator[Stretch]:
    """The table and the prose of a grid in reading order."""
    runs = [
        (tabular, list(rows)) for tabular, rows in groupby(_rows(grid), key=lambda row: row.kind == "row")
    ]
    table: list[_Row] = []
    for n, (tabular, run) in enumerate(runs):
        if tabular or (table and n < len(runs) - 1 and not _ends(run)):
            table += run
            continue
        if table:
            labels = list(takewhile(_is_label, run))
            yield Stretch(tuple(row.cells for row in (*table, *labels)), True)
            table = []
            del run[: len(labels)]
        for row in run:
            yield Stretch((tuple(cell for cell in row.cells if cell.lines),), False)
    if table:
        yield Stretch(tuple(row.cells for row in table), True)


def _ends(run: Sequence[_Row]) -> bool:
    """Whether rows between rows of a table stand outside of it: a long gap, what opens something new, paragraphs of prose."""
    texts = [" ".join(cell.lines) for row in run for cell in row.cells if cell.lines]
    gaps = sum(row.kind == "gap" for row in run)
    if gaps > _GAP or any(_opens(text) for text in texts):
        return True
    return any(len(text) >= _LONG for text in texts) and (gaps > 0 or len(texts) >= _PARAGRAPHS)


def _is_label(row: _Row) -> bool:
    """Whether a row of one text is a label whose values are left blank: short, and it says nothing."""
    text = " ".join(line for cell in row.cells for line in cell.lines)
    return 0 < len(text) < _SHORT and not any(mark in text for mark in _SAYS) and not _opens(text)


def _opens(text: str) -> bool:
    return len(text) < _LONG and _OPENS.search(text) is not None


def _rows(grid: Grid) -> list[_Row]:
    by_row: list[list[GridCell]] = [[] for _ in range(grid.n_rows)]
    reached = [0] * grid.n_rows  # cells from above
    for cell in grid.cells:
        by_row[cell.row].append(cell)
        for row in range(cell.row + 1, min(cell.row + cell.rowspan, grid.n_rows)):
            reached[row] += 1
    rows = [_Row(tuple(cells), _kind(cells, over)) for cells, over in zip(by_row, reached, strict=True)]
    if all(
        sum(bool(cell.lines) for cell in row.cells) < 2 for row in rows
    ):  # it never sets two texts side by side
        return [row._replace(kind="line" if any(cell.lines for cell in row.cells) else "gap") for row in rows]
    return rows


def _kind(cells: Sequence[GridCell], over: int) -> str:
    """A row of one text is a line when it has no other cell, or when no label would read so."""
    texts = [" ".join(cell.lines) for cell in cells if cell.lines]
    if not texts:
        return "row" if over else "gap"
    if len(texts) > 1 or over:
        return "row"
    return "line" if len(cells) == 1 or len(texts[0]) >= _LONG or _opens(texts[0]) else "row"
