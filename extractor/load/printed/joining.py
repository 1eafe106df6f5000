"""Tables that go on over pages made one: repeated heads dropped, rows and labels cut by the page break rejoined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extractor.load.printed.sheet import CellText, PageTable
from extractor.load.printed.words import WHOLE_LABEL, runs_on
from extractor.patterns import lazy

_EDGE, _NEAR = 6.0, 3.5  # points by which the edges and the columns of two pages may differ
_MOST_HEAD, _SEARCHED = 6, 60  # rows
_BRACKET, _BRACKET_END = lazy(r"[（(][^（()）]+[)）]"), lazy(r"[^（()）]*[)）]")
_VALUE = lazy(r"[≥≤<>=±+-]*[\d.,%‰]+[^\W\d_]{0,3}")
_SOURCE = lazy(r"[^，,。；;]{2,8}(?:资金|拨款|总额|收入)[:：]?|合计|小计")  # a whole label of a row of money
_TAIL, _LABEL = 2, 10  # characters: the rest of a label; the most of one whose row is left blank
_WHOLE_ROW = 4  # texts
_TIGHT = 1.2  # times the height of a line: less room below it than another line needs


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
    if _is_cut(reaching, first):
        offset -= 1
        for cell in first:
            over = _above(reaching, cell)
            over.lines += cell.lines if cell.text else []
            over.rowspan += cell.rowspan - 1
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


def _above(reaching: Reaching, cell: CellText) -> CellText:
    return reaching.get((cell.col, cell.colspan)) or next(
        over for (col, _), over in reaching.items() if col == cell.col
    )


def _is_cut(reaching: Reaching, first: Sequence[CellText]) -> bool:
    """Whether the first row below is the rest of the last row above: it adds to long cells and to no short one."""
    columns = {col for col, _ in reaching}
    filled = [cell for cell in first if cell.text]
    if not filled or any(cell.col not in columns for cell in first):
        return False
    pairs = [(_above(reaching, cell), cell) for cell in first]
    blank_beside = any(not cell.text and over.text for over, cell in pairs)
    both = [(over, cell) for over, cell in pairs if cell.text and over.text]
    if not blank_beside or len(both) != len(filled):
        return False
    over, rest = both[0]
    if len(both) == 1 and _SOURCE.fullmatch(over.text) and _SOURCE.fullmatch(rest.text):
        return False  # the label of a row left blank
    if len(both) == 1 and sum(bool(each.text) for each, _ in pairs) >= _WHOLE_ROW:
        columns_filled = [each.col for each, _ in pairs if each.text]
        if over.col == min(columns_filled) and _TAIL < len(rest.text) <= _LABEL >= len(over.text):
            return False
        # No row is a remark alone.
        if over.col == max(columns_filled) and _is_tight(over) and not _VALUE.fullmatch(over.text):
            return True
    return all(_goes_on(over, cell) for over, cell in both)


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
    if max(cell.rowspan, over.rowspan) == 1 and not _completes(over.text, cell.text):
        return False
    if cell.text and not (_is_full(over, cell) and _is_tight(over) and _is_half(over.text)):
        return False
    over.lines += cell.lines if cell.text else []
    over.rowspan += cell.rowspan
    return True


def _completes(text: str, rest: str) -> bool:
    """Whether one or two characters make a whole label of another text."""
    return 0 < len(rest) <= _TAIL and WHOLE_LABEL.fullmatch(text + rest) is not None


def _is_half(text: str) -> bool:
    """Whether a text may be the beginning of a label, neither a whole one nor a value."""
    return not WHOLE_LABEL.fullmatch(text) and not _VALUE.fullmatch(text)


def _is_tight(cell: CellText) -> bool:
    """Whether a cell has no room for another line."""
    last = cell.lines[-1][1][0]
    return cell.bottom - last.y1 < _TIGHT * last.height


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
