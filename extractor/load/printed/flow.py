"""The pages written out as one canonical text, with the place of every word and the grid of every table."""

from __future__ import annotations

from extractor.document import Page, Span, Table, TableCell
from extractor.document import Word as Placed
from extractor.load.printed.joining import continues, joined
from extractor.load.printed.sheet import CellText, PageTable, PageText
from extractor.load.printed.words import Row, Word, between, runs_on
from extractor.patterns import lazy

CELL_BREAK = "\n"
_NARROWEST = 0.6  # of the page: lines that all end before it were never full
_NUMBERED = lazy(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.]|\d{1,2}[、.．](?!\d)|附件|附表")
_INDENT = 0.8  # times the height: a line that starts further in begins a paragraph


class Flow:
    """Collects the text; `words` are in its order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.words: list[Placed] = []
        self.grids: list[Table] = []
        self.bounds: dict[int, tuple[int, int]] = {}

    @property
    def text(self) -> str:
        """The canonical text."""
        return "".join(self.parts)

    def pages(self, pages: list[PageText]) -> tuple[Page, ...]:
        """The pages of the contract; a page without text stands where the one before ends."""
        out, end = [], 0
        for page in pages:
            start, end = self.bounds.get(page.number, (end, end))
            out.append(
                Page(
                    number=page.number, width=page.width, height=page.height, rotation=page.rotation,
                    source=page.source, start=start, end=end,
                )
            )  # fmt: skip
        return tuple(out)

    def write(self, pages: list[PageText]) -> None:
        """Everything on the pages, tables that go on over a page break joined."""
        margins = _margins(pages)
        open_table: PageTable | None = None
        before: Row | None = None
        for page in pages:
            blocks = _blocks(page)
            if open_table is not None:
                first = blocks[0] if blocks else None
                if isinstance(first, PageTable) and continues(open_table, first):
                    open_table = joined(open_table, first)
                    blocks = blocks[1:]
                    if not blocks:
                        continue
                elif not blocks:
                    continue
                self._table(open_table)
                open_table, before = None, None
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
            if not (flush and runs_on(before, row, right)):
                self._put("\n")
        self._words(page, row)

    def _words(self, page: int, row: Row, *, tabs: bool = True) -> None:
        last: Word | None = None
        for word in row:
            if last is not None and (gap := between(last, word)):
                self._put(gap if tabs else " ")
            start = self.at
            self._put(word.text)
            box = (word.x0, word.y0, word.x1, word.y1)
            self.words.append(Placed(start, self.at, page, box, word.sure, word.covered))
            low, _ = self.bounds.get(page, (start, 0))
            self.bounds[page] = (low, self.at)
            last = word

    def _table(self, table: PageTable) -> None:
        ident = f"g{len(self.grids) + 1}"
        cells: list[TableCell] = []
        start, row = self.at, 0
        numbers: set[int] = set()
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
            if cells:
                self._put("\t" if cell.row == row else "\n")
            row = cell.row
            begin = self.at
            self._cell(cell)
            numbers.update(page for page, _ in cell.lines)
            cells.append(
                TableCell(
                    id=f"{ident}r{cell.row}c{cell.col}", row=cell.row, col=cell.col, rowspan=cell.rowspan,
                    colspan=cell.colspan, text=cell.text,
                    span=Span(start=begin, end=self.at),
                )
            )  # fmt: skip
        self.grids.append(
            Table(
                id=ident, title="", kind="other", scope="", n_rows=table.n_rows, n_cols=len(table.xs) - 1,
                header_rows=0, pages=tuple(sorted(numbers)), span=Span(start=start, end=self.at), cells=tuple(cells),
            )
        )  # fmt: skip
        self._put("\n")

    def _cell(self, cell: CellText) -> None:
        before: Row | None = None
        for page, row in cell.lines:
            if before is not None and not runs_on(before, row, cell.right):
                self._put(CELL_BREAK)
            self._words(page, row, tabs=False)
            before = row


def _blocks(page: PageText) -> list[Row | PageTable]:
    """Lines and tables of a page from top to bottom."""
    blocks: list[Row | PageTable] = [*page.rows, *page.tables]
    return sorted(blocks, key=lambda block: block.top if isinstance(block, PageTable) else block[0].y0)


def _margins(pages: list[PageText]) -> dict[float, tuple[float, float]]:
    """Left and right edge of the type area, for each width of page."""
    out: dict[float, tuple[float, float]] = {}
    for page in pages:
        edges = [(row[0].x0, row[-1].x1) for row in page.rows]
        edges += [(table.xs[0], table.xs[-1]) for table in page.tables]
        if page.width in out:
            edges.append(out[page.width])
        left = min((edge[0] for edge in edges), default=0.0)
        right = max((edge[1] for edge in edges), default=page.width)
        out[page.width] = (left, max(right, _NARROWEST * page.width))
    return out
