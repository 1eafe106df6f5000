"""What a page holds before it is text: lines and tables in reading order, tables inside cells, tables that only lay out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class GridCell:
    """A cell with what stands in it; it stands at its top-left place. `address` is what its file calls it, if anything."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    blocks: list[str | Grid] = field(default_factory=list)
    address: str | None = None

    lines: list[str] = field(init=False)  # its own, without those of tables inside it

    def __post_init__(self) -> None:
        self.lines = [block for block in self.blocks if isinstance(block, str) and block.strip()]


@dataclass(slots=True)
class Grid:
    """A table; `cells` in reading order."""

    n_rows: int
    cells: list[GridCell]

    @property
    def inner(self) -> Iterator[Grid]:
        """The tables inside its cells."""
        return (block for cell in self.cells for block in cell.blocks if isinstance(block, Grid))

    @property
    def lays_out(self) -> bool:
        """Whether it only arranges other tables: it has some inside and hardly ever sets three texts side by side."""
        filled = [0] * self.n_rows
        for cell in self.cells:
            filled[cell.row] += bool(cell.lines)
        return any(True for _ in self.inner) and sum(count > 2 for count in filled) < 2


def flowing(blocks: list[str | Grid]) -> Iterator[str | Grid]:
    """Lines and tables of values in reading order: a table that lays out gives its cells' contents, an inner one follows its outer."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        elif block.lays_out:
            for cell in block.cells:
                yield from flowing(cell.blocks)
        else:
            yield block
            for inner in block.inner:
                yield from flowing([inner])


def compact(rows: Sequence[Sequence[GridCell]]) -> tuple[list[GridCell], int]:
    """The cells of some rows of a grid, counted from the first of them, over the columns in which one of them begins."""
    starts = sorted({cell.col for row in rows for cell in row})
    place = {col: n for n, col in enumerate(starts)}
    out = []
    for n, row in enumerate(rows):
        for cell in row:
            end = cell.col + cell.colspan
            width = sum(cell.col <= col < end for col in starts) if cell.colspan > 1 else 1
            height = min(cell.rowspan, len(rows) - n)
            out.append(GridCell(n, place[cell.col], height, max(1, width), cell.blocks, cell.address))
    return out, len(starts)
