"""Which printed piece belongs to which column: one alignment for every layout.

A row is a path through the columns from left to right; a path that goes back opens a new row. Each (column role, nature of an
atom) has a cost, each column passed over has a cost, and the cheapest path wins (Viterbi). Where rows are printed the path is
bound to one row; where they are not (flat lines, one cell a line) the same search infers the row ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from extractor.segment.atoms import (
    BLANK,
    LEVEL1,
    LEVEL2,
    LIKE_PAGE,
    NAMED,
    NUM,
    PAGE,
    PCT,
    QTY,
    SIGN,
    TEXT,
    Atom,
)
from extractor.segment.costs import FAR, JOINABLE, LABELS, OPENS, cost, costs, endings, skips

_BREAK = 0.6  # a row that opens where the print shows no break
_STAY = 1.2  # a row that goes on over a printed break
_BLANK = 0.6  # two empty atoms in one cell
_PAGES = PAGE | LIKE_PAGE
_OTHER = 0.05  # a score other than its points, where a number may be that of a page
_DROP = {0: FAR, PAGE: 1.2, LIKE_PAGE: 2.0}  # a lone number taken for a page's
_VALUES = frozenset(("target", "actual"))


class Column(NamedTuple):
    """A column of a block: its role, and its printed head when it has one."""

    role: str
    head: Atom | None


class Aligned(NamedTuple):
    """Rows of atoms-lists per column, and what the cheapest path cost."""

    rows: list[list[list[Atom]]]
    cost: float


def align(
    atoms: Sequence[Atom],
    roles: tuple[str, ...],
    *,
    one_row: bool,
    join_cost: float,
    skip: tuple[float, ...] | None = None,
    stay_cost: float = _STAY,
) -> Aligned:
    """The cheapest assignment of `atoms`, in order, to columns.

    `join_cost` is the price of two atoms in one cell, `skip` the price of each column left empty,
    `stay_cost` that of a row that goes on over a printed break.
    """
    if not atoms:
        return Aligned([], 0.0)
    skip = skip or skips(roles)
    start = tuple(accumulate(skip, initial=0.0))
    rest = endings(roles, skip)
    n = len(roles)
    columns = range(n)
    emit = costs(roles, atoms[0].kind)
    best = [start[b] + emit[b] for b in columns]
    back: list[list[int]] = [
        [-1] * n
    ]  # per atom and column: previous column; n + a: new row after a; -1 start; -2 same cell; -3 no cell at all
    scored = roles.index("score") if "score" in roles and any(a.kind & _PAGES for a in atoms) else -1
    for index in range(1, len(atoms)):
        atom = atoms[index]
        emit, drop = costs(roles, atom.kind), _DROP[atom.kind & _PAGES]
        if one_row:
            opening, opened, stay = 0, FAR, 0.0
        else:
            opened, opening = min((best[a] + rest[a], a) for a in columns)
            opened += 0.0 if atom.gap else _BREAK
            stay = stay_cost if atom.gap else 0.0
        near = (atoms[index - 1].text, atoms[index - 2].text)
        same = _same_cell(atoms[index - 1], atom, roles, emit, join_cost, stay)
        now, origin = [], []
        through, left = FAR, -1
        for b in columns:
            if b and best[b - 1] - start[b] < through:
                through, left = best[b - 1] - start[b], b - 1
            value, came = opened + start[b], n + opening
            if through + start[b] + stay < value:
                value, came = through + start[b] + stay, left
            value += emit[b] + (_OTHER if b == scored and atom.text not in near else 0.0)
            if best[b] + same[b] < value:
                value, came = best[b] + same[b], -2
            if best[b] + drop < value:
                value, came = best[b] + drop, -3
            now.append(value)
            origin.append(came)
        best = now
        back.append(origin)
    total, last = min((best[a] + rest[a], a) for a in columns)
    return Aligned(_trace(atoms, back, last, n), total)


def _same_cell(
    before: Atom, atom: Atom, roles: tuple[str, ...], emit: tuple[float, ...], join_cost: float, stay: float
) -> list[float]:
    """What it costs, per column, that `atom` continues the cell that `before` ends."""
    if atom.kind & BLANK:
        return [_BLANK] * len(roles)
    signed = before.kind & SIGN and atom.kind & (NUM | PCT | QTY)
    if not atom.kind & TEXT and not signed:
        return [FAR] * len(roles)
    out = []
    for role, value in zip(roles, emit, strict=True):
        if signed:
            out.append(0.2 if role in _VALUES else FAR)
        elif (
            role not in JOINABLE
            or value >= 9.0
            or atom.kind & NAMED
            or (atom.kind & OPENS and (role in LABELS or role in _VALUES))
        ):
            out.append(FAR)
        else:
            price = 2.0 if before.kind & NUM and not atom.kind & NUM else 0.0
            price += max(join_cost, 3.4) if role == "item" else join_cost
            price += stay
            if role in ("level1", "level2") and before.kind & (LEVEL1 | LEVEL2) and atom.text[0] not in "([":
                price += 3.0  # the label before is complete
            out.append(price + (2.0 if role == "level3" and before.kind & (LEVEL1 | LEVEL2) else 0.0))
    return out


def _trace(atoms: Sequence[Atom], back: list[list[int]], column: int, n: int) -> list[list[list[Atom]]]:
    rows: list[list[list[Atom]]] = [[[] for _ in range(n)]]
    for index in range(len(atoms) - 1, -1, -1):
        came = back[index][column]
        if came != -3:
            rows[-1][column].append(atoms[index])
        if came in (-2, -3):
            continue
        if came >= n:
            rows.append([[] for _ in range(n)])
            column = came - n
        elif came >= 0:
            column = came
    for row in rows:
        for cell in row:
            cell.reverse()
    rows.reverse()
    return rows


def fit(cells: Sequence[Atom], roles: tuple[str, ...]) -> float:
    """What it costs to read `cells` column by column as printed."""
    return sum(map(cost, roles, [atom.kind for atom in cells]))
