"""The cells of one printed row under the columns of its block."""

from __future__ import annotations

from extractor.document import Document
from extractor.segment.align import align, fit
from extractor.segment.atoms import BLANK, LEVEL1, Atom, join
from extractor.segment.costs import cost
from extractor.segment.forms import Row


def place(document: Document, row: list[Atom], roles: tuple[str, ...]) -> tuple[Row, bool]:
    """The cells of a row under its columns, and whether their columns had to be inferred."""
    n = len(roles)
    filled = [a for a in row if not a.kind & BLANK]
    if len(filled) == 1 and filled[0].kind & LEVEL1 and "level1" in roles and len(row) < n:
        return _filled_up(filled, roles.index("level1"), n), True
    padded = list(row[:n]) if all(not a.text for a in row[n:]) else None
    printed, missing = 99.0, 0
    if padded is not None:
        printed = fit(padded, roles)
        missing = sum(1 for r in roles[len(padded) :] if r not in _OPTIONAL)
        if printed < 4.0 and not missing:
            return _filled_up(padded, 0, n), False
    shift, shifted = _shift(row, roles)
    if shift and shifted < 3.0 and shifted + 2.0 < printed + 1.5 * missing:
        exact = len(row) == n - shift and fit(row, roles[shift:]) < _EXACT
        return _filled_up(
            row, shift, n
        ), not exact  # the row ends where its head ends: only merged cells were not printed
    aligned = align(filled, roles, one_row=True, join_cost=4.0)
    if padded is not None and printed + 1.5 * missing <= aligned.cost + 3.0:
        return _filled_up(padded, 0, n), False
    cells: Row = (
        [join(document, cell) if cell else None for cell in aligned.rows[0]] if aligned.rows else [None] * n
    )
    return cells, True


_EXACT = 2.0
_OPTIONAL = ("reason", "blank", "frame", "any", "criteria", "deduct", "grade")


def _filled_up(row: list[Atom], shift: int, n: int) -> Row:
    """`row` moved right by `shift` columns and cut or filled to `n` cells."""
    cells: Row = [*([None] * shift), *row[: n - shift]]
    return [*cells, *([None] * (n - len(cells)))]


def _shift(row: list[Atom], roles: tuple[str, ...]) -> tuple[int, float]:
    """How far right the row as a whole fits its columns best, where leading merged cells were not printed; and the fit."""
    last = max((k for k, a in enumerate(row) if a.text), default=0)
    best = (0, 99.0)
    for shift in range(1, len(roles) - last):
        lead = sum(cost(role, BLANK) for role in roles[:shift])
        value = lead + fit(row[: len(roles) - shift], roles[shift:])
        value += sum(cost(role, BLANK) for role in roles[shift + len(row) :])
        if value < best[1]:
            best = (shift, value)
    return best
