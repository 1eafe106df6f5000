"""Tables that go on over pages made one: repeated heads dropped, rows and labels cut by the page break rejoined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extractor.load.printed.cutting import completes, continues_label, is_cut
from extractor.load.printed.sheet import CellText, PageTable
from extractor.patterns import lazy

_EDGE, _NEAR = 6.0, 3.5  # points by which the edges and the columns of two pages may differ
_MOST_HEAD, _SEARCHED = 6, 60  # rows
_BRACKET, _BRACKET_END = lazy(r"[（(][^（()）]+[)）]"), lazy(r"[^（()）]*[)）]")


def continues(above: PageTable, below: PageTable) -> bool:
    """Whether the table at the top of a page is the rest of the one at the foot of the page before."""
    beside = max(abs(above.xs[0] - below.xs[0]), abs(above.xs[-1] - below.xs[-1]))
    if beside <= _NEAR:
        return True  # blocks of a form share its edges, not its columns
    few, many = sorted((above.xs, below.xs), key=len)
    return beside <= _EDGE and all(any(abs(x - y) <= _NEAR for y in many) for x in few)


def joined(above: PageTable, below: PageTable) -> PageTable:
    """Both as one table over the columns of both; the cells of `above` are the new table's, so that many pages cost their sum."""
    xs = _merged(above.xs, below.xs)
    if xs is not above.xs:
        _over(above, xs)
        above.shown = None
    _over(below, xs)
    repeated = _repeated_head(above, below)
    reaching = {
        (cell.col, cell.colspan): cell
        for cell in above.cells[above.tail :]
        if cell.row + cell.rowspan == above.n_rows
    }
    lower = [cell for cell in below.cells if cell.row >= repeated]
    first = list(takewhile(lambda cell: cell.row == repeated, lower))
    _close_brackets(reaching, first)
    offset = above.n_rows - repeated
    pairs = _pairs(reaching, first)
    if is_cut(pairs):
        offset -= 1
        for over, cell in pairs:
            over.lines += cell.lines if cell.text else []
            over.rowspan += cell.rowspan - 1
            over.top, over.bottom = cell.top, cell.bottom
        gone = {id(cell) for cell in first}
    else:
        gone = {id(cell) for cell in first if _rejoined(reaching, cell)}
    for cell in lower:
        cell.row += offset
    n_rows = below.n_rows + offset
    tail = len(above.cells)
    for n in range(above.tail, len(above.cells)):
        if above.cells[n].row + above.cells[n].rowspan == n_rows:
            tail = n
            break
    above.cells += [cell for cell in lower if id(cell) not in gone]
    shown = above.shown if n_rows > above.n_rows >= _SEARCHED + _MOST_HEAD else None
    return PageTable(xs, n_rows, above.cells, above.top, below.bottom, tail, shown)


def _merged(one: list[float], other: list[float]) -> list[float]:
    new = [x for x in other if all(abs(x - y) > _NEAR for y in one)]
    return sorted(one + new) if new else one


def _over(table: PageTable, xs: Sequence[float]) -> None:
    """Count the columns of a table's cells in `xs`."""
    place = [min(range(len(xs)), key=lambda k: abs(xs[k] - x)) for x in table.xs]
    if place == list(range(len(xs))):
        return
    for cell in table.cells:
        end = place[cell.col + cell.colspan]
        cell.col = place[cell.col]
        cell.colspan = max(1, end - cell.col)


def _texts(table: PageTable, rows: int) -> list[list[tuple[int, str]]]:
    """The texts of a table's first rows with their columns."""
    out: list[list[tuple[int, str]]] = [[] for _ in range(min(rows, table.n_rows))]
    for cell in takewhile(lambda cell: cell.row < len(out), table.cells):
        out[cell.row].append((cell.col, cell.text))
    return out


def _repeated_head(above: PageTable, below: PageTable) -> int:
    """How many of the lower part's first rows print a run of the upper part's rows again."""
    if above.shown is None:
        above.shown = _texts(above, _SEARCHED + _MOST_HEAD)
    upper, lower = above.shown, _texts(below, _MOST_HEAD + 1)
    first = lower[0]
    filled = sum(bool(text) for _, text in first)
    if not filled:
        return 0
    for start in range(min(len(upper), _SEARCHED)):
        if upper[start] != first:
            continue
        most = min(_MOST_HEAD, len(lower), len(upper) - start)
        count = next((n for n in range(1, most) if upper[start + n] != lower[n]), most)
        if filled > 1 or _first(upper, start + count) != _first(lower, count):
            return count
    return 0


def _first(rows: Sequence[list[tuple[int, str]]], row: int) -> str:
    """The first text of a row: another form of the same title goes on with the same label and another value."""
    return next((text for _, text in rows[row] if text), "") if row < len(rows) else ""


Reaching = dict[tuple[int, int], CellText]  # the cells that end with the upper part, by column and width


def _pairs(reaching: Reaching, first: Sequence[CellText]) -> list[tuple[CellText, CellText]]:
    """Each cell of the first row below with the one that ends above it; none where a column is missing there."""
    columns = {col: over for (col, _), over in reversed(reaching.items())}
    if any(cell.col not in columns for cell in first):
        return []
    return [(reaching.get((cell.col, cell.colspan)) or columns[cell.col], cell) for cell in first]


def _close_brackets(reaching: Reaching, first: Sequence[CellText]) -> None:
    """Give merged cells that reach over the page break the bracket that their first part opens, or that follows it."""
    for cell in first:
        over = reaching.get((cell.col, cell.colspan))
        if over is None or not over.text:
            continue
        text, merged = over.text, max(cell.rowspan, over.rowspan) > 1
        opened = text.count("（") + text.count("(") > text.count("）") + text.count(")")
        if (merged and _BRACKET.fullmatch(cell.text)) or (opened and _BRACKET_END.fullmatch(cell.text)):
            over.lines += cell.lines if cell.text else []
            cell.lines = []


def _rejoined(reaching: Reaching, cell: CellText) -> bool:
    """Whether a cell below is the rest of a merged cell above, which then takes its lines and its rows."""
    over = reaching.get((cell.col, cell.colspan))
    if over is None or not over.text:
        return False
    if max(cell.rowspan, over.rowspan) == 1 and not completes(over.text, cell.text):
        return False
    if cell.text and not continues_label(over, cell):
        return False
    over.lines += cell.lines if cell.text else []
    over.rowspan += cell.rowspan
    return True
