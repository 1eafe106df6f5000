"""Rows whose first columns were printed without tabs: 一级指标 二级指标 三级指标⇥年度指标值⇥…, and cells below them alike."""

from __future__ import annotations

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import role_of
from extractor.segment.atoms import FRAME, TOTAL, Atom, atom_of
from extractor.segment.heads import family_roles
from extractor.segment.kinds import is_over_money

_PIECE = lazy(r"\S+")
_LEVELS = frozenset(("level1", "level2", "level3"))
_LEAST = 3  # cells of a row below whose heads others are spread


def untabbed(document: Document, rows: list[list[Atom]]) -> list[list[Atom]]:
    """`rows` with the first cell of such heads, and of the rows below them, in as many cells as it has heads."""
    out: list[list[Atom]] = []
    width = 1
    for row in rows:
        pieces = _pieces(document, row[0]) if len(row) >= _LEAST else []
        if len(pieces) > 1 and _are_heads(pieces):
            width = len(pieces)
            out.append([*pieces, *row[1:]])
        elif width > 1 and pieces and not row[0].kind & TOTAL and family_roles(row) is None:
            out.append([*_under(document, pieces, width), *row[1:]])
        else:
            width = width if row and row[0].kind & TOTAL else 1
            out.append(row)
    return out


def _pieces(document: Document, atom: Atom) -> list[Atom]:
    """What white space parts in one printed cell."""
    if len(atom.parts) != 1 or not atom.text:
        return []
    start, end = atom.parts[0]
    if " " not in document.folded[start:end]:
        return [atom]
    found = _PIECE.finditer(document.folded, start, end)
    return [atom_of(document, [match.span()], 0 if k else atom.gap) for k, match in enumerate(found)]


def _are_heads(pieces: list[Atom]) -> bool:
    """Whether pieces are levels of indicators, or the label of a form's money and the first of its columns."""
    if all(role_of("indicator", piece.text) in _LEVELS for piece in pieces):
        return True
    first, *rest = pieces
    over = bool(first.kind & FRAME) and is_over_money(first)
    return over and all(role_of("money", piece.text) is not None for piece in rest)


def _under(document: Document, pieces: list[Atom], width: int) -> list[Atom]:
    """The pieces below so many heads: merged cells to their left were not printed, and the last may hold blanks."""
    if len(pieces) > width:
        last = atom_of(document, [(pieces[width - 1].start, pieces[-1].end)])
        return [*pieces[: width - 1], last]
    blank = atom_of(document, [(pieces[0].start, pieces[0].start)])
    return [*([blank] * (width - len(pieces))), *pieces]
