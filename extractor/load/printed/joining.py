"""Tables that go on over pages made one: repeated heads dropped, rows cut by the page break rejoined."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.load.printed.sheet import CellText, PageTable
from extractor.load.printed.words import runs_on
from extractor.patterns import lazy

_EDGE, _NEAR = 6.0, 3.5  # points by which the edges and the columns of two pages may differ
_MOST_HEAD, _SEARCHED = 6, 60  # rows
_BRACKET, _BRACKET_END = lazy(r"[（(][^（()）]+[)）]"), lazy(r"[^（()）]*[)）]")
_VALUE = lazy(r"[≥≤<>=±+-]*[\d.,%‰]+[^\W\d_]{0,3}")


def continues(above: PageTable, below: PageTable) -> bool:
    """Whether the table at the top of a page is the rest of the one at the foot of the page before."""
    beside = max(abs(above.xs[0] - below.xs[0]), abs(above.xs[-1] - below.xs[-1]))
    if beside <= _NEAR:
        return True  # blocks of a form share its edges, not its columns
    few, many = sorted((above.xs, below.xs), key=len)
    return beside <= _EDGE and all(any(abs(x - y) <= _NEAR for y in many) for x in few)


def joined(above: PageTable, below: PageTable) -> PageTable:
    """Both as one table over the columns of both."""
    xs = _merged(above.xs, below.xs)
    upper, lower = _over(above, xs), _over(below, xs)
    repeated = _repeated_head(upper, above.n_rows, lower, below.n_rows)
    lower = [cell for cell in lower if cell.row >= repeated]
    offset = above.n_rows - repeated
    _close_brackets(upper, above.n_rows - 1, lower, repeated)
    if _is_cut(upper, above.n_rows - 1, lower, repeated):
        offset -= 1
        lower = _into(upper, above.n_rows - 1, lower, repeated)
    for cell in lower:
        cell.row += offset
    return PageTable(xs, below.n_rows + offset, upper + lower, above.top, below.bottom)


def _merged(one: Sequence[float], other: Sequence[float]) -> list[float]:
    out = list(one)
    out += [x for x in other if all(abs(x - y) > _NEAR for y in one)]
    return sorted(out)


def _over(table: PageTable, xs: Sequence[float]) -> list[CellText]:
    """The cells of a table with their columns counted in `xs`."""
    place = [min(range(len(xs)), key=lambda k: abs(xs[k] - x)) for x in table.xs]
    for cell in table.cells:
        end = place[cell.col + cell.colspan]
        cell.col = place[cell.col]
        cell.colspan = max(1, end - cell.col)
    return table.cells


def _row(cells: Sequence[CellText], row: int) -> list[CellText]:
    return [cell for cell in cells if cell.row == row]


def _texts(cells: Sequence[CellText], row: int) -> list[tuple[int, str]]:
    return [(cell.col, cell.text) for cell in _row(cells, row)]


def _repeated_head(upper: list[CellText], upper_rows: int, lower: list[CellText], lower_rows: int) -> int:
    """How many of the lower part's first rows print a run of the upper part's rows again."""
    first = _texts(lower, 0)
    filled = sum(bool(text) for _, text in first)
    if not filled:
        return 0
    for start in range(min(upper_rows, _SEARCHED)):
        if _texts(upper, start) != first:
            continue
        count = 1
        while count < min(_MOST_HEAD, lower_rows, upper_rows - start) and _texts(
            upper, start + count
        ) == _texts(lower, count):
            count += 1
        if filled > 1 or _first(upper, start + count) != _first(lower, count):
            return count
    return 0


def _first(cells: Sequence[CellText], row: int) -> str:
    """The first text of a row: another form of the same title goes on with the same label and another value."""
    return next((text for _, text in _texts(cells, row) if text), "")


def _is_cut(upper: list[CellText], last: int, lower: list[CellText], first: int) -> bool:
    """Whether the first row below is the rest of the last row above: it adds to long cells and to no short one."""
    above = {cell.col: cell for cell in upper if cell.row + cell.rowspan - 1 == last}
    below = _row(lower, first)
    filled = [cell for cell in below if cell.text]
    if not filled or any(cell.col not in above for cell in below):
        return False
    blank_beside = any(not cell.text and above[cell.col].text for cell in below)
    both = [(above[cell.col], cell) for cell in filled if above[cell.col].text]
    return blank_beside and len(both) == len(filled) and all(_goes_on(one, other) for one, other in both)


def _close_brackets(upper: list[CellText], last: int, lower: list[CellText], first: int) -> None:
    """Give merged cells that reach over the page break the bracket that their first part opens, or that follows it."""
    above = {(cell.col, cell.colspan): cell for cell in upper if cell.row + cell.rowspan - 1 == last}
    for cell in _row(lower, first):
        over = above.get((cell.col, cell.colspan))
        if over is None or not over.text or max(cell.rowspan, over.rowspan) == 1:
            continue
        opened = over.text.count("（") + over.text.count("(") > over.text.count("）") + over.text.count(")")
        if _BRACKET.fullmatch(cell.text) or (opened and _BRACKET_END.fullmatch(cell.text)):
            over.lines += cell.lines
            cell.lines = []


def _goes_on(cell: CellText, rest: CellText) -> bool:
    """Whether `rest` may be the end of a cell: never a value of its own behind a value."""
    if _is_full(cell, rest):
        return True
    if _VALUE.fullmatch(cell.text):
        return rest.text[0] in "%‰" or cell.text[-1] in ".-~"
    return not _ends(cell)


def _is_full(cell: CellText, rest: CellText) -> bool:
    """Whether a cell's last line has no room for what the rest begins with."""
    (_, last), (_, first) = cell.lines[-1], rest.lines[0]
    return runs_on(last, first, cell.room(last))


def _ends(cell: CellText) -> bool:
    """Whether a cell's last line stops well short of its right edge: then nothing of it goes on."""
    last = cell.lines[-1][1][-1]
    return last.x1 < cell.right - 2.5 * last.height


def _into(upper: list[CellText], last: int, lower: list[CellText], first: int) -> list[CellText]:
    """The rest of a cut row put into the row above; the other rows of the lower part."""
    above = {cell.col: cell for cell in upper if cell.row + cell.rowspan - 1 == last}
    for cell in _row(lower, first):
        above[cell.col].lines += cell.lines
        above[cell.col].rowspan = max(above[cell.col].rowspan, cell.rowspan + above[cell.col].rowspan - 1)
    return [cell for cell in lower if cell.row != first]
