"""Whether what stands first behind a page break is the rest of what stood last before it: by the print first, then by its words."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.load.printed.sheet import CellText
from extractor.load.printed.words import WHOLE_LABEL, runs_on
from extractor.patterns import lazy

_VALUE = lazy(r"[≥≤<>=±+-]*[\d.,%‰]+[^\W\d_]{0,3}")
# A whole label of a row of money.
_SOURCE = lazy(
    r"(?:[^，,。；;]{2,12}(?:资金|拨款|总额|收入|基金|补助|结转|结余|经费)|[^，,。；;]{0,6}(?:合计|小计))[:：]?"
)
_OWN = lazy(
    r"(?:[数质]量|时效|成本|产出|绩效|(?:经济|社会|生态)?效益|满意度)指标"
)  # no rest of another label
_ASKED, _BRACKET = lazy(r"(?:对象|公众|群众)$"), lazy(r"[（(][^（()）]*[)）]$")
_OPEN = "≥≤<>=＜＞＝±~.-"  # what a value begins or goes on with
_END, _TAIL, _LABEL = (
    2,
    5,
    10,
)  # characters: no label; the rest of a label; the most of one whose row is left blank
_WHOLE_ROW = 4  # texts
_TIGHT = 1.2  # times the height of a line: less room below it than another line needs
_CENTRED = 0.35  # times the height: how far the gaps on both sides of a centred line may differ
_LOWER = 1.0  # points by which the upper part of a row without print is lower than the other part

Pair = tuple[CellText, CellText]  # a cell that ends above the page break, and the one below it


def is_cut(pairs: Sequence[Pair]) -> bool:
    """Whether the first row below is the rest of the last row above: it adds to long cells and to no short one."""
    if _is_strip(pairs):
        return True
    filled = [pair for pair in pairs if pair[1].text]
    if not filled:
        return False
    blank_beside = any(not cell.text and over.text for over, cell in pairs)
    if not blank_beside or not all(over.text for over, _ in filled):
        return False
    over, rest = filled[0]
    if len(filled) == 1 and _SOURCE.fullmatch(over.text) and _SOURCE.fullmatch(rest.text):
        return False  # the label of a row left blank
    if len(filled) == 1 and sum(bool(each.text) for each, _ in pairs) >= _WHOLE_ROW:
        columns = [each.col for each, _ in pairs if each.text]
        if over.col == min(columns) and _END < len(rest.text) <= _LABEL >= len(over.text):
            return completes(over.text, rest.text) and _is_full(over, rest)
        # No row is a remark alone.
        if over.col == max(columns) and _is_tight(over) and not _VALUE.fullmatch(over.text):
            return True
    # A cell goes on only where it is as deep as any: one line less where a paragraph keeps two together.
    own = [each for each, cell in pairs if each.rowspan == cell.rowspan == 1]
    deep = max((_deep(each) for each in own), default=1)
    return all(
        _goes_on(each, cell) and (all(each is not one for one in own) or _deep(each) >= deep - 1)
        for each, cell in filled
    )


def continues_label(over: CellText, rest: CellText) -> bool:
    """Whether a text is the rest of a merged label, neither of which is whole."""
    if not _is_full(over, rest) or WHOLE_LABEL.fullmatch(over.text) or _VALUE.fullmatch(over.text):
        return False
    return _is_tight(over) or completes(over.text, rest.text)


def completes(text: str, rest: str) -> bool:
    """Whether a few characters, no label of their own, make a whole label of another text."""
    rest = _BRACKET.sub("", rest)
    own = _OWN.fullmatch(rest) and not (_ASKED.search(text) and rest.startswith("满意度"))
    return 0 < len(rest) <= _TAIL and not own and WHOLE_LABEL.fullmatch(text + rest) is not None


def _is_strip(pairs: Sequence[Pair]) -> bool:
    """Whether one of the two rows is the room left above or below a row's print; the one above is lower than the other."""
    own = [pair for pair in pairs if pair[0].rowspan == pair[1].rowspan == 1]
    if own and not any(cell.text for _, cell in own) and any(over.text for over, _ in own):
        return True
    lower = all(_tall(over) < _tall(cell) - _LOWER for over, cell in own)
    return len(own) >= _WHOLE_ROW and lower and not any(over.text for over, _ in own)


def _deep(cell: CellText) -> int:
    """How many lines are printed in a cell's part of the page."""
    return sum(cell.top - 1 <= line[0].y0 and line[0].y1 <= cell.bottom + 1 for _, line in cell.lines)


def _tall(cell: CellText) -> float:
    return cell.bottom - cell.top


def _is_tight(cell: CellText) -> bool:
    """Whether a cell has no room for another line."""
    last = cell.lines[-1][1][0]
    return cell.bottom - last.y1 < _TIGHT * last.height


def _goes_on(cell: CellText, rest: CellText) -> bool:
    """Whether `rest` may be the end of a cell: never a value of its own behind a label or a value."""
    if cell.text[-1] in _OPEN:
        return True
    if _VALUE.fullmatch(cell.text):
        return _is_full(cell, rest) or rest.text[0] in "%‰"
    short = len(cell.text) <= _LABEL and len(cell.lines) == 1
    if short and _VALUE.fullmatch(rest.text):
        return False
    return _is_full(cell, rest) or not (short or _ends(cell))


def _is_full(cell: CellText, rest: CellText) -> bool:
    """Whether a cell's last line has no room for what the rest begins with; a centred line has room on both sides."""
    (_, last), (_, first) = cell.lines[-1], rest.lines[0]
    left, right = last[0].x0 - cell.left, cell.right - last[-1].x1
    room = cell.room(last)
    if abs(left - right) <= _CENTRED * last[0].height:
        room += max(0.0, left - (right - room))  # less the margin that `room` leaves out
    return runs_on(last, first, room)


def _ends(cell: CellText) -> bool:
    """Whether a cell's last line stops well short of its right edge: then nothing of it goes on."""
    last = cell.lines[-1][1][-1]
    return last.x1 < cell.right - 2.5 * last.height
