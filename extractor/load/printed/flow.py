"""The pages written out as one canonical text, with the place of every word and the grid of every table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extractor.document import Page, Span, Table, TableCell
from extractor.document import Word as Placed
from extractor.load.blocks import Grid, GridCell, compact
from extractor.load.printed.joining import continues, joined
from extractor.load.printed.sheet import CellText, PageTable, PageText
from extractor.load.printed.turning import Matrix, box_moved, sideways
from extractor.load.printed.words import Row, Word, between, runs_on
from extractor.load.stretches import stretches
from extractor.patterns import lazy

_NARROWEST = 0.6  # of the page: lines that all end before it were never full
_NUMBERED = lazy(r"#{1,6}|[(（]?[一二三四五六七八九十]{1,3}[)）、.]|\d{1,2}[、.．](?!\d)|附件|附表")
# A table's further pages say so above it, perhaps with its unit.
_AGAIN = lazy(
    r"[（(]?续\s*(?:上\s*|前\s*)?(?:表|页)?\s*[\d一二三四五六七八九十.-]*[)）]?|.{0,40}(?:[（(]续(?:上?表)?[\d一二三四五六七八九十]*[)）]|续表\d*)"
)
_UNIT = lazy(r"[（(]?(?:金额)?单位[:：].{1,6}")
_MOST_AGAIN = 3
_OUTSIDE = 24.0  # points by which tables reach out of the type area, and the last character that had no room
_INDENT = 0.8  # times the height: a line that starts further in begins a paragraph


class Flow:
    """Collects the text; `words` are in its order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.words: list[Placed] = []
        self.grids: list[Table] = []
        self.bounds: dict[int, tuple[int, int]] = {}
        self._back: dict[int, Matrix] = {}

    @property
    def text(self) -> str:
        """The canonical text."""
        return "".join(self.parts)

    def pages(self, pages: list[PageText]) -> tuple[Page, ...]:
        """The pages of the contract; a page without text stands where the one before ends."""
        out, end = [], 0
        for page in pages:
            start, end = self.bounds.get(page.number, (end, end))
            turned = (page.height, page.width) if sideways(page.back) else (page.width, page.height)
            width, height = page.shown or turned
            out.append(
                Page(
                    number=page.number, width=width, height=height, rotation=page.rotation,
                    source=page.source, start=start, end=end,
                )
            )  # fmt: skip
        return tuple(out)

    def write(self, pages: list[PageText]) -> None:
        """Everything on the pages, tables that go on over a page break joined."""
        margins = _margins(pages)
        self._back = {page.number: page.back for page in pages if page.back is not None}
        open_table: PageTable | None = None
        before: Row | None = None
        for page in pages:
            blocks = _blocks(page)
            if open_table is not None:
                blocks = _without_again(blocks, open_table)
                first = blocks[0] if blocks else None
                if isinstance(first, PageTable) and continues(open_table, first):
                    open_table = joined(open_table, first)
                    blocks = blocks[1:]
                if not blocks:
                    continue
                self._table(open_table)
                open_table, before = None, None
            blocks = _without_frames(blocks)
            left, right = margins[page.width]
            for n, block in enumerate(blocks):
                if isinstance(block, PageTable):
                    self._end_line(before)
                    before = None
                    if n == len(blocks) - 1:
                        open_table = block
                    else:
                        self._table(block)
                else:
                    self._line(page.number, block, before, left, right)
                    before = block
        if open_table is not None:
            self._table(open_table)
        self._end_line(before)

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def _end_line(self, before: Row | None) -> None:
        if before is not None:
            self._put("\n")

    def _line(self, page: int, row: Row, before: Row | None, left: float, right: float) -> None:
        if before is not None:
            flush = row[0].x0 <= left + _INDENT * row[0].height and not _NUMBERED.match(row[0].text)
            if not (flush and runs_on(before, row, right - before[-1].x1)):
                self._put("\n")
        self._words(page, row)

    def _words(self, page: int, row: Row, *, tabs: bool = True) -> None:
        last: Word | None = None
        first, back = self.at, self._back.get(page)
        at, put, keep = first, self.parts.append, self.words.append
        for word in row:
            if last is not None and (gap := between(last, word)):
                put(gap if tabs else " ")
                at += 1
            x0, y0, x1, y1, text, sure, covered = word
            put(text)
            box = (x0, y0, x1, y1) if back is None else box_moved((x0, y0, x1, y1), back)
            keep(Placed(at, at + len(text), page, box, sure, covered))
            at += len(text)
            last = word
        self.at = at
        low, _ = self.bounds.get(page, (first, 0))
        self.bounds[page] = (low, self.at)

    def _table(self, table: PageTable) -> None:
        """A table; the rows of one text that stand above, below or between its others are lines."""
        cells = sorted(table.cells, key=lambda cell: (cell.row, cell.col))
        sources = {(cell.row, cell.col): cell for cell in cells}
        for stretch in stretches(Grid(table.n_rows, [_grid_cell(cell) for cell in cells])):
            if stretch.table:
                self._rows(
                    stretch.rows, [sources[cell.row, cell.col] for row in stretch.rows for cell in row]
                )
            elif stretch.rows[0]:
                (cell, *_) = stretch.rows[0]
                self._alone(sources[cell.row, cell.col])

    def _rows(self, stretch: Sequence[Sequence[GridCell]], sources: list[CellText]) -> None:
        """Rows with a tab between their places, as many in each; a place that a merged cell covers is empty."""
        cells, width = compact(stretch)
        start, ident = self.at, f"g{len(self.grids) + 1}"
        placed: list[TableCell] = []
        row = col = 0
        for cell, source in zip(cells, sources, strict=True):
            while row < cell.row:
                self._put("\t" * (width - 1 - col) + "\n")
                row, col = row + 1, 0
            self._put("\t" * (cell.col - col))
            col = cell.col
            placed.append(self._cell(cell, source, ident, " "))
        self._put("\t" * (width - 1 - col) + "\n" * (len(stretch) - row))
        self._keep(placed, len(stretch), width, start, sources)

    def _alone(self, source: CellText) -> None:
        """The lines of a cell that stands alone in its row: a grid of one cell."""
        start = self.at
        placed = self._cell(GridCell(0, 0), source, f"g{len(self.grids) + 1}", "\n")
        self._put("\n")
        self._keep([placed], 1, 1, start, [source])

    def _keep(
        self, cells: list[TableCell], n_rows: int, n_cols: int, start: int, sources: list[CellText]
    ) -> None:
        pages = {page for source in sources for page, _ in source.lines}
        self.grids.append(
            Table(
                id=f"g{len(self.grids) + 1}", title="", kind="other", scope="", n_rows=n_rows, n_cols=n_cols,
                header_rows=0, pages=tuple(sorted(pages)), span=Span(start=start, end=self.at - 1), cells=tuple(cells),
            )
        )  # fmt: skip

    def _cell(self, cell: GridCell, source: CellText, ident: str, line_break: str) -> TableCell:
        begin = self.at
        before: Row | None = None
        for page, row in source.lines:
            printed = bool(row[0].text)  # else the mark of a seal on an empty cell
            if before is not None and printed and not runs_on(before, row, source.room(before)):
                self._put(line_break)
            self._words(page, row, tabs=False)
            before = row if printed else before
        return TableCell(
            id=f"{ident}r{cell.row}c{cell.col}", row=cell.row, col=cell.col, rowspan=cell.rowspan,
            colspan=cell.colspan, text=source.text, span=Span(start=begin, end=self.at),
        )  # fmt: skip


def _grid_cell(cell: CellText) -> GridCell:
    lines: list[str | Grid] = ["".join(word.text for word in row) for _, row in cell.lines]
    return GridCell(cell.row, cell.col, cell.rowspan, cell.colspan, lines)


def _blocks(page: PageText) -> list[Row | PageTable]:
    """Lines and tables of a page from top to bottom."""
    blocks: list[Row | PageTable] = [*page.rows, *page.tables]
    return sorted(blocks, key=lambda block: block.top if isinstance(block, PageTable) else block[0].y0)


def _without_frames(blocks: list[Row | PageTable]) -> list[Row | PageTable]:
    """The blocks with the text of a frame as lines."""
    first = blocks[0] if blocks else None
    if isinstance(first, PageTable) and first.is_frame:
        return [*(row for cell in first.cells for _, row in cell.lines), *blocks[1:]]
    return blocks


def _without_again(blocks: list[Row | PageTable], above: PageTable) -> list[Row | PageTable]:
    """The blocks of a page without the lines that only say that the table above goes on."""
    lines = list(takewhile(lambda block: not isinstance(block, PageTable), blocks[:_MOST_AGAIN]))
    if not lines or len(lines) == len(blocks):
        return blocks
    below = blocks[len(lines)]
    texts = ["".join(word.text for word in line) for line in lines if not isinstance(line, PageTable)]
    again = [_AGAIN.fullmatch(text) is not None for text in texts]
    rest = all(said or _UNIT.fullmatch(text) for said, text in zip(again, texts, strict=True))
    if any(again) and rest and isinstance(below, PageTable) and continues(above, below):
        return blocks[len(lines) :]
    return blocks


def _margins(pages: list[PageText]) -> dict[float, tuple[float, float]]:
    """Left and right edge of the type area, for each width of page; the text of a table keeps off the table's edges."""
    lines: dict[float, list[tuple[float, float]]] = {}
    tables: dict[float, list[tuple[float, float]]] = {}
    for page in pages:
        lines.setdefault(page.width, []).extend((row[0].x0, row[-1].x1) for row in page.rows)
        tables.setdefault(page.width, []).extend((table.xs[0], table.xs[-1]) for table in page.tables)
    out: dict[float, tuple[float, float]] = {}
    for width, own in lines.items():
        edges = own + tables[width]
        left = min((edge[0] for edge in edges), default=0.0)
        right = max((edge[1] for edge in edges), default=width)
        printed = max((edge[1] for edge in own), default=right)
        if printed > right - _OUTSIDE:
            right = printed
        out[width] = (left, max(right, _NARROWEST * width))
    return out
