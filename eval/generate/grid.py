"""Tables as cells with row and column spans, and the blocks a report is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from eval.generate.canvas import Part, Slot


@dataclass(eq=False)
class Cell:
    """One printed cell; role names its column (level3, target, annual …) or is empty for labels."""

    parts: list[Part]
    colspan: int = 1
    rowspan: int = 1
    role: str = ""

    @property
    def plain(self) -> str:
        """The text of the cell without layout."""
        return "".join(p.text if isinstance(p, Slot) else p for p in self.parts)


@dataclass(eq=False)
class Row:
    """One row: its kind, its own cells (cells covered from above are absent) and its truth record."""

    kind: str
    cells: list[Cell]
    record: dict[str, Any] | None = None


@dataclass(eq=False)
class Grid:
    """A table with its caption lines before and note lines after; table is its truth record."""

    rows: list[Row]
    table: dict[str, Any] | None
    before: list[list[Part]] = field(default_factory=list)
    after: list[list[Part]] = field(default_factory=list)

    def matrix(self) -> list[list[tuple[Cell, bool]]]:
        """Every position of the table with its cell and whether the cell starts there."""
        covered: dict[tuple[int, int], Cell] = {}
        rows: list[list[tuple[Cell, bool]]] = []
        for r, row in enumerate(self.rows):
            line: list[tuple[Cell, bool]] = []
            waiting = list(row.cells)
            while waiting or (r, len(line)) in covered:
                column = len(line)
                if (r, column) in covered:
                    line.append((covered[r, column], False))
                    continue
                cell = waiting.pop(0)
                for i in range(cell.rowspan):
                    for j in range(cell.colspan):
                        covered[r + i, column + j] = cell
                line.append((cell, True))
            rows.append(line)
        return rows

    def values(self) -> Iterator[tuple[int, int, Slot]]:
        """Every value with the row and the column at which its cell starts."""
        for r, line in enumerate(self.matrix()):
            for c, (cell, starts) in enumerate(line):
                yield from ((r, c, part) for part in cell.parts if starts and isinstance(part, Slot))

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(line) for line in self.matrix()), default=0)


@dataclass(eq=False)
class Text:
    """A paragraph or heading (level 1 to 4; 0 is body text; title is -1)."""

    parts: list[Part]
    level: int = 0


Block: TypeAlias = Text | Grid
Addresses: TypeAlias = dict[int, str]  # id of a slot → what its file calls the cell it is printed in


def addressed(grid: Grid, number: int, rows: range | None = None) -> Addresses:
    """What the cells of the `number`th table of a file are called, which prints these rows of the grid."""
    rows = rows or range(len(grid.rows))
    return {
        id(slot): f"table {number} row {r - rows[0] + 1} col {c + 1}"
        for r, c, slot in grid.values()
        if r in rows
    }


def label(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    """A cell that carries no value of the truth."""
    return Cell([text], colspan, rowspan)


def value(slot: Slot, role: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    """A cell that carries one value of the truth."""
    return Cell([slot], colspan, rowspan, role)
