"""Lines and tables written out as one canonical text; every cell of a table knows where it stands and what it is called."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Span, Table, TableCell
from extractor.load.blocks import Grid, GridCell, compact, flowing
from extractor.load.canonical import canonical
from extractor.load.checks import check_length
from extractor.load.stretches import stretches
from extractor.patterns import lazy
from extractor.settings import Settings

_BREAK = lazy(r"\s*\n\s*|\t")


class Writer:
    """Collects the text; a table is a line per row, its cells separated by tabs, a line break inside a cell a blank."""

    def __init__(self, file_name: str, settings: Settings) -> None:
        self.file_name, self.settings = file_name, settings
        self.parts: list[str] = []
        self.at = 0
        self.grids: list[Table] = []
        self._tables = 0

    @property
    def text(self) -> str:
        """The canonical text so far."""
        return "".join(self.parts)

    def blocks(self, blocks: list[str | Grid]) -> None:
        """Everything in reading order; a cell without a name is called by its table's number, its row and its column."""
        for block in flowing(blocks):
            if isinstance(block, str):
                self.line(block)
                continue
            self._tables += 1
            for cell in block.cells:
                if cell.address is None:
                    cell.address = f"table {self._tables} row {cell.row + 1} col {cell.col + 1}"
            for stretch in stretches(block):
                if stretch.table:
                    cells, width = compact(stretch.rows)
                    self._table(cells, len(stretch.rows), width)
                elif stretch.rows[0]:
                    self._alone(stretch.rows[0][0])
                else:
                    self.line("")

    def line(self, text: str) -> None:
        """A paragraph; its own line breaks end lines."""
        self._put(canonical(text) + "\n")

    def _alone(self, cell: GridCell) -> None:
        """The lines of a cell that stands alone in its row: a grid of one cell, so that they can be found."""
        start, text = self.at, canonical("\n".join(cell.lines))
        self.line(text)
        self._keep([_placed(cell, f"g{len(self.grids) + 1}", (0, 0), start, text)], 1, 1, start)

    def _table(self, cells: Sequence[GridCell], n_rows: int, n_cols: int) -> None:
        """A table; a place that a merged cell covers is empty."""
        ident, start = f"g{len(self.grids) + 1}", self.at
        rows: list[dict[int, GridCell]] = [{} for _ in range(n_rows)]
        for cell in cells:
            rows[cell.row][cell.col] = cell
        out: list[TableCell] = []
        for r, row in enumerate(rows):
            for c in range(n_cols):
                if c:
                    self._put("\t")
                if c in row:
                    text = _BREAK.sub(" ", canonical("\n".join(row[c].lines)).strip("\n"))
                    out.append(_placed(row[c], ident, (r, c), self.at, text))
                    self._put(text)
            self._put("\n")
        self._keep(out, n_rows, n_cols, start)

    def _keep(self, cells: list[TableCell], n_rows: int, n_cols: int, start: int) -> None:
        self.grids.append(
            Table(
                id=f"g{len(self.grids) + 1}", title="", kind="other", scope="", n_rows=n_rows, n_cols=n_cols,
                header_rows=0, span=Span(start=start, end=self.at - 1), cells=tuple(cells),
            )
        )  # fmt: skip

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)
        check_length(self.at, self.file_name, self.settings)


def _placed(cell: GridCell, ident: str, place: tuple[int, int], start: int, text: str) -> TableCell:
    row, col = place
    span = Span(start=start, end=start + len(text), address=cell.address)
    return TableCell(
        id=f"{ident}r{row}c{col}", row=row, col=col, rowspan=cell.rowspan, colspan=cell.colspan, text=text, span=span
    )  # fmt: skip
