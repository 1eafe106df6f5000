"""The cells of one printed row under the columns of its block."""

from __future__ import annotations

from extractor.document import Document
from extractor.segment.align import align, fit
from extractor.segment.atoms import BLANK, LEVEL1, LEVEL2, NA, Atom, join
from extractor.segment.costs import cost
from extractor.segment.forms import Row


def place(document: Document, row: list[Atom], roles: tuple[str, ...]) -> tuple[Row, bool]:
    """The cells of a row under its columns, and whether their columns had to be inferred."""
    n = len(roles)
    filled = [a for a in row if not a.kind & BLANK]
    beside = next((k for k, a in enumerate(row) if a.text), 0)
    below = beside < n and roles[beside] in ("level2", "level3")  # its merged 一级 is printed blank
    lone = len(filled) == 1 and filled[0].kind & LEVEL1 and "level1" in roles and len(row) < n
    if lone and not below and not (filled[0].kind & LEVEL2 and filled[0].text.endswith("指标")):
        return _filled_up(filled, roles.index("level1"), n), True
    padded = list(row[:n]) if all(not a.text for a in row[n:]) else None
    printed, missing = 99.0, 0
    if padded is not None:
        printed = fit(padded, roles)
        missing = sum(1 for r in roles[len(padded) :] if r not in _OPTIONAL)
        aligned_left = not row[0].text and len(row) == n  # merged cells are printed blank: nothing is moved
        if printed < (_BLANK_LED if aligned_left else 4.0) and not missing:
            return _filled_up(padded, 0, n), False
    shift, shifted = _shift(row, roles)
    if shift and shifted < 3.0 and shifted + 2.0 < printed + 1.5 * missing:
        exact = len(row) == n - shift and fit(row, roles[shift:]) < _EXACT
        cells = _filled_up(row, shift, n)
        # the row ends where its head ends: only merged cells were not printed
        return (cells, False) if exact else (dashes_in_place(cells, roles), True)
    aligned = align(filled, roles, one_row=True, join_cost=4.0)
    if padded is not None and printed + 1.5 * missing <= aligned.cost + 3.0:
        return _filled_up(padded, 0, n), False
    cells = (
        [join(document, cell) if cell else None for cell in aligned.rows[0]] if aligned.rows else [None] * n
    )
    return dashes_in_place(cells, roles), True


def dashes_in_place(cells: Row, roles: tuple[str, ...]) -> Row:
    """A row of money that holds nothing but one or two dashes: forms print them under 分值 and 得分, which no part of it has."""
    under = [roles.index(role) for role in ("points", "score") if role in roles]
    values = [k for k, role in enumerate(roles) if role in _AMOUNTS]
    filled = [k for k in values if (a := cells[k]) is not None and a.text]
    dashes = [k for k in filled if (a := cells[k]) is not None and a.kind & NA]
    if len(under) < 2 or len(values) < 4 or filled != dashes or not 0 < len(dashes) <= len(under):
        return cells
    out = [None if k in dashes else atom for k, atom in enumerate(cells)]
    for k, place_ in zip(dashes, under, strict=False):
        out[place_] = cells[k]
    return out


_EXACT, _BLANK_LED = 2.0, 9.0
_AMOUNTS = ("initial", "annual", "executed", "rate", "points", "score")
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
