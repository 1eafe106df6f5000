"""Rows between pipes that line breaks inside cells cut in pieces: 1 | 规划 | / 基础信息 | 完整性 | 3 | / 3 |."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.profiles.columns import role_of
from extractor.segment.atoms import FRAME, ITEM, LEVEL1, LEVEL2, TOTAL, Atom
from extractor.segment.lines import is_title

# Lines that tell the width of all rows, cells of such a row, rows that come out, at least.
_FULL, _WIDTH, _ROWS = 2, 4, 5
_NAMES = ("project_name", "department", "implementing_unit")
_TOLD = (*_NAMES, "unit_name", "other")


def rechained(rows: Sequence[list[Atom]]) -> list[list[Atom]] | None:
    """The rows put together again, or None where the pieces do not make rows of one width; the last may be shorter.

    A converter that fills every row up to one width leaves shorter lines only where it broke a row.
    """
    width = max((len(row) for row in rows), default=0)
    full = sum(1 for row in rows if len(row) == width)
    if width < _WIDTH or full < _FULL or full == len(rows):
        return None
    out: list[list[Atom]] = []
    piece: list[Atom] = []
    for row in rows:
        if (piece and _opens_row(row[0])) or (len(row) == 1 and is_title(row[0].text)):
            return None
        piece = [*piece, *row]
        if len(piece) > width:
            return None
        if len(piece) == width:
            out.append(piece)
            piece = []
    out += [piece] if piece else []
    return out if len(out) >= _ROWS and len(out) > full + 1 else None


def _opens_row(atom: Atom) -> bool:
    """Whether a piece begins with what only a row of its own begins with: 项目名称, 年度资金总额, 总分."""
    framed = atom.kind & FRAME and not atom.kind & (LEVEL1 | LEVEL2)
    if framed or atom.kind & (ITEM | TOTAL) or is_title(atom.text):
        return True
    label, told, _ = atom.text.partition(":")
    return role_of("head", label) in (_NAMES if not told else _TOLD)
