"""Rows of tabs that a line break inside a cell cut in pieces: the tabs of the pieces together are those of a whole row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.document import Document
from extractor.profiles.columns import role_of
from extractor.segment.apart import is_head_row
from extractor.segment.atoms import (
    FRAME,
    ITEM,
    LEVEL1,
    LEVEL2,
    NUM,
    PCT,
    TOTAL,
    Atom,
    join,
    kind_of,
    split_atoms,
)
from extractor.segment.lines import Line, closes_table

_WIDTH, _ROWS, _MOST = 4, 3, 9  # tabs of a whole row, rows that show it, lines of one row
_HEADS, _LEVELS = 3, ("level1", "level2", "level3")
_LABEL = LEVEL1 | LEVEL2 | ITEM | FRAME | TOTAL


def stitched_rows(document: Document, lines: Sequence[Line]) -> dict[int, tuple[int, list[Atom]]]:
    """First line → (one past the last line, cells) of every row printed in pieces."""
    tabs = [document.folded.count("\t", line.start, line.end) if line.cls == "T" else 0 for line in lines]
    counted = Counter(n for n, line in zip(tabs, lines, strict=True) if line.cls == "T")
    width, shown = max(counted.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    if shown < _ROWS:
        width = 0
    out: dict[int, tuple[int, list[Atom]]] = {}
    k = 0
    while k < len(lines):
        size = 0
        whole = tabs[k] >= _WIDTH and is_head_row(lines[k].text.split("\t"))
        cut = _cut_heads(document, lines, tabs, k, sorted(counted, key=lambda n: -counted[n]))
        if cut:
            size = cut
            width = sum(tabs[k : k + size])
        elif whole:
            width = tabs[k]
        elif width >= _WIDTH:
            size = _pieces(document, lines, tabs, k, width)
        if size:
            out[k] = k + size, _row(document, lines[k : k + size])
        k += max(1, size)
    return out


def _cut_heads(
    document: Document, lines: Sequence[Line], tabs: Sequence[int], k: int, widths: Sequence[int]
) -> int:
    """How many lines from `k` on make one row of heads, of a width that other rows have."""
    told = [cell for each in lines[k].text.split("\t") if (cell := each.strip())]
    if len(told) < _HEADS or not any(role_of("indicator", cell) in _LEVELS for cell in told[:3]):
        return 0
    for width in widths:
        if width < _WIDTH or width <= tabs[k]:
            continue
        size = _pieces(document, lines, tabs, k, width)
        if size > 1 and is_head_row([cell.text for cell in _row(document, lines[k : k + size])]):
            return size
    return 0


def _pieces(document: Document, lines: Sequence[Line], tabs: Sequence[int], k: int, width: int) -> int:
    """How many lines from `k` on make one row of `width` tabs; 0 when line `k` is no piece of one."""
    if lines[k].cls not in "Tp" or tabs[k] >= width or closes_table(lines[k].text):
        return 0
    first = _first(document, lines[k])
    if role_of("head", first) is not None or (not tabs[k] and kind_of(first) & TOTAL):
        return 0
    apart = not tabs[k] and k + 1 < len(lines) and not _one_label(first, _first(document, lines[k + 1]))
    if apart and _pieces(document, lines, tabs, k + 1, width):
        return 0  # the row begins below: this is the rest of the one above
    total, end = tabs[k], k + 1
    while total < width and end < min(len(lines), k + _MOST):
        line = lines[end]
        piece = _first(document, line)
        above = _last(document, lines[end - 1])
        if line.cls not in "Tp" or not piece or closes_table(line.text) or _opens(above, piece):
            return 0
        if tabs[end] == width and not _one_label(above, piece):
            return 0  # a whole row below what ends the row above
        total += tabs[end]
        end += 1
    return end - k if total == width else 0


def _one_label(above: str, below: str) -> bool:
    """Whether two pieces make a label that neither is: 资金情况(万 and 元)."""
    return bool(kind_of(above + below) & _LABEL) and not kind_of(below) & _LABEL


def _opens(above: str, piece: str) -> bool:
    """Whether a piece is the first cell of a row of its own rather than the rest of the cell above it."""
    if not above or role_of("head", piece) is not None:
        return True
    kind = kind_of(piece)
    if kind & (NUM | PCT):
        return not (above[-1].isdigit() or above[-1] in ".,≥≤=<>")
    opening = kind & (_LABEL & ~LEVEL2) or (kind & LEVEL2 and piece.endswith("指标"))
    return bool(opening) and not kind_of(above + piece) & _LABEL


def _first(document: Document, line: Line) -> str:
    return document.folded[line.start : line.end].split("\t", 1)[0].strip()


def _last(document: Document, line: Line) -> str:
    return document.folded[line.start : line.end].rsplit("\t", 1)[-1].strip()


def _row(document: Document, lines: Sequence[Line]) -> list[Atom]:
    cells: list[Atom] = []
    for line in lines:
        pieces = split_atoms(document, line.start, line.end, "\t")
        cells = [*cells[:-1], join(document, [cells[-1], pieces[0]]), *pieces[1:]] if cells else pieces
    return cells
