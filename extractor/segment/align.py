"""Which printed piece belongs to which column: one alignment for every layout.

A row is a path through the columns from left to right; a path that goes back opens a new row. Each (column role, nature of an
atom) has a cost, each column passed over has a cost, and the cheapest path wins (Viterbi). Where rows are printed the path is
bound to one row; where they are not (flat lines, one cell a line) the same search infers the row ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.segment.atoms import (
    BLANK,
    DATE,
    FRAME,
    ITEM,
    LEVEL1,
    LEVEL2,
    LONG,
    NA,
    NUM,
    PCT,
    QTY,
    QUAL,
    SIGN,
    TEXT,
    TINY,
    TOTAL,
    Atom,
)  # fmt: skip

FAR = 1e6
NUMERIC = NUM | PCT | QTY


class Column(NamedTuple):
    """A column of a block: its role, and its printed head when it has one."""

    role: str
    head: Atom | None


# role → costs in this order of first match: (mask, cost), then the cost of anything else
_COSTS: dict[str, tuple[tuple[tuple[int, float], ...], float]] = {
    "frame": (((FRAME, 0.0), (BLANK, 0.0), (TINY, 6.0)), 9.0),
    "level1": (((LEVEL1, 0.0), (BLANK, 0.1), (LONG, 12.0), (NUM | PCT | QTY | NA, 12.0), (LEVEL2, 4.0), (TINY, 6.0)), 7.0),
    "level2": (((LEVEL2, 0.0), (BLANK, 0.1), (LONG, 9.0), (NUM | PCT | QTY | NA, 12.0), (LEVEL1, 3.0), (QUAL, 3.0)), 5.0),
    "level3": (((TOTAL | SIGN, 12.0), (NUM, 9.0), (PCT, 7.0), (DATE, 4.0), (QTY, 5.0), (NA, 3.0), (BLANK, 2.0), (LEVEL2, 1.5), (LEVEL1, 2.0)), 0.0),
    "target": (((TOTAL, 9.0), (SIGN, 2.5), (PCT | QTY, 0.0), (NUM, 0.3), (BLANK, 1.0), (NA, 0.5), (LEVEL1 | LEVEL2, 5.0), (QUAL, 0.3), (LONG, 1.6)), 0.9),
    "points": (((NUM, 0.0), (BLANK, 0.5), (NA, 0.5), (PCT, 2.0), (QTY, 5.0)), 9.0),
    "reason": (((BLANK | NA, 0.0), (SIGN, 8.0), (NUM, 4.0), (PCT, 3.0), (QTY, 2.0), (TOTAL, 9.0), (LEVEL1, 8.0), (LEVEL2, 7.0)), 0.1),
    "sign": (((SIGN, 0.0), (BLANK, 0.3), (TINY, 2.5), (QUAL, 4.0)), 9.0),
    "unit": (((BLANK, 0.3), (SIGN, 6.0), (TINY, 0.3), (NA, 0.5), (PCT, 4.0)), 6.0),
    "criteria": (((BLANK | NA, 0.1), (SIGN | LEVEL1 | LEVEL2 | TOTAL, 6.0), (NUM, 1.5)), 0.3),
    "deduct": (((NUM, 0.0), (BLANK | NA, 0.1), (PCT, 2.0)), 8.0),
    "seq": (((NUM, 0.0), (TOTAL, 0.0), (BLANK, 0.2), (TINY, 1.0)), 9.0),
    "amount": (((NUM, 0.0), (QTY, 0.5), (BLANK | NA, 0.2), (PCT, 6.0)), 9.0),
    "rate": (((PCT, 0.0), (NUM, 0.7), (BLANK | NA, 0.2), (QTY, 4.0)), 9.0),
    "item": (((ITEM, 0.0), (NUM | PCT, 9.0), (BLANK, 1.0), (FRAME, 1.0)), 1.0),
    "label": (((ITEM, 0.0), (NUM | PCT, 9.0), (BLANK, 0.2)), 0.5),
    "name": (((NUM, 6.0), (PCT, 8.0), (BLANK, 2.0), (QTY, 4.0)), 0.0),
    "text": (((NUM | PCT, 7.0), (BLANK, 0.3), (QTY, 3.0)), 0.2),
    "grade": (((BLANK | NA, 0.0), (NUM | PCT, 5.0), (TINY, 0.0)), 2.0),
    "any": (((BLANK, 0.1),), 1.0),
}  # fmt: skip
_CLASS = {
    "actual": "target", "score": "points", "initial": "amount", "annual": "amount", "executed": "amount", "adjust": "amount",
    "quota": "amount", "on_duty": "amount", "headcount": "amount", "retired": "amount", "prev_final": "amount",
    "budget_initial": "amount", "exec": "amount", "other": "amount", "unit_name": "text", "duty": "text", "progress": "text",
}  # fmt: skip
_SKIP = {
    "frame": 0.0, "level1": 0.2, "level2": 0.4, "level3": 5.0, "target": 2.5, "actual": 1.5, "points": 2.0, "score": 1.5,
    "reason": 0.1, "criteria": 0.3, "sign": 0.6, "unit": 0.6, "deduct": 0.3, "seq": 0.5, "rate": 0.7, "item": 4.0, "label": 0.3, "name": 5.0,
    "text": 0.7, "grade": 0.3, "adjust": 0.3, "amount": 1.0, "any": 0.5, "unit_name": 0.5, "duty": 0.7, "progress": 0.3, "blank": 0.0,
}  # fmt: skip
_MONEY_SKIP = {"points": 0.4, "score": 0.4, "rate": 0.4, "initial": 1.3, "annual": 1.3, "executed": 1.3}  # sub-rows carry no points
_LONELY = {"level2": 3.0, "item": 1.5, "label": 1.5, "level3": 7.0}  # a row may end right after its label: nothing was filled in
_JOINABLE = frozenset(("level3", "target", "actual", "reason", "criteria", "item", "label", "name", "unit_name", "duty", "level2", "level1"))


@lru_cache(maxsize=65536)
def cost(role: str, kind: int) -> float:
    """How ill an atom of nature `kind` sits in a column of `role`."""
    if role == "blank":
        return 0.0 if kind & BLANK else 5.0
    table, rest = _COSTS[_CLASS.get(role, role)] if _CLASS.get(role, role) in _COSTS else _COSTS["any"]
    for mask, value in table:
        if kind & mask:
            return value
    return rest


@lru_cache(maxsize=256)
def _skips(roles: tuple[str, ...]) -> tuple[tuple[tuple[float, ...], ...], tuple[float, ...], tuple[float, ...]]:
    """(within[a][b]: cost of going from column a to b>a; start[b]; rest[a]: cost of ending a row after a)."""
    money = "level3" not in roles and ("annual" in roles or "executed" in roles)
    skip = [(_MONEY_SKIP if money else _SKIP).get(role, _SKIP.get(role, _SKIP.get(_CLASS.get(role, "any"), 0.5))) for role in roles]
    n = len(roles)
    start = tuple(sum(skip[:b]) for b in range(n))
    rest = tuple(min(sum(skip[a + 1 :]), _LONELY.get(roles[a], FAR)) for a in range(n))
    within = tuple(tuple(sum(skip[a + 1 : b]) if b > a else FAR for b in range(n)) for a in range(n))
    return within, start, rest


_OPENS = LEVEL1 | LEVEL2 | ITEM  # a piece that is a label by itself never continues another label
_LABELS = frozenset(("level1", "level2", "item", "label"))


class Aligned(NamedTuple):
    """Rows of atoms-lists per column, and what the cheapest path cost."""

    rows: list[list[list[Atom]]]
    cost: float


def align(atoms: Sequence[Atom], roles: tuple[str, ...], *, one_row: bool, join_cost: float) -> Aligned:
    """The cheapest assignment of `atoms`, in order, to columns; `join_cost` is the price of two atoms in one cell."""
    within, start, rest = _skips(roles)
    n = len(roles)
    joinable = [role in _JOINABLE for role in roles]
    best: list[float] = []
    back: list[list[int]] = []  # per atom and column: previous column; n + a: new row after a; -1 start; -2 same cell
    for index, atom in enumerate(atoms):
        emit = [cost(role, atom.kind) for role in roles]
        if index == 0:
            best = [start[b] + emit[b] for b in range(n)]
            back.append([-1] * n)
            continue
        opening = min(range(n), key=lambda a: best[a] + rest[a])
        break_cost = FAR if one_row else best[opening] + rest[opening] + (0.0 if atom.gap else 0.6)
        stay = 0.0 if one_row or not atom.gap else 1.2
        now, origin = [], []
        blank = atom.kind & BLANK
        for b in range(n):
            value, came = break_cost + start[b], n + opening
            for a in range(b):
                through = best[a] + within[a][b] + stay
                if through < value:
                    value, came = through, a
            value += emit[b]
            if blank:
                same = best[b] + 0.6
            elif joinable[b] and atom.kind & TEXT and not (atom.kind & _OPENS and roles[b] in _LABELS):
                same = best[b] + join_cost
                if roles[b] == "level3" and atoms[index - 1].kind & (LEVEL1 | LEVEL2):
                    same += 2.0
            else:
                same = FAR
            if same < value:
                value, came = same, -2
            now.append(value)
            origin.append(came)
        best = now
        back.append(origin)
    if not atoms:
        return Aligned([], 0.0)
    last = min(range(n), key=lambda a: best[a] + rest[a])
    return Aligned(_trace(atoms, back, last, n), best[last] + rest[last])


def _trace(atoms: Sequence[Atom], back: list[list[int]], column: int, n: int) -> list[list[list[Atom]]]:
    rows: list[list[list[Atom]]] = [[[] for _ in range(n)]]
    for index in range(len(atoms) - 1, -1, -1):
        rows[-1][column].append(atoms[index])
        came = back[index][column]
        if came == -2:
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
    return sum(cost(role, atom.kind) for role, atom in zip(roles, cells, strict=False))
