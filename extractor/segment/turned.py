"""Money printed across: the sources stand side by side, and below them one row each for what was planned and what was spent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.profiles.columns import role_of
from extractor.segment.align import Column
from extractor.segment.atoms import BLANK, FRAME, ITEM, LONG, NA, NUM, PCT, QTY, TEXT, Atom
from extractor.segment.forms import Builder, Row

_VALUES = NUM | PCT | QTY | NA
_AMOUNTS = ("initial", "annual", "executed")
_MOST, _NEAR = 10, 30  # sources; atoms among which the blank cells of such a table show


class Turned(NamedTuple):
    """The sources, the rows of amounts with their labels, and one past the last atom."""

    items: list[Atom]
    rows: list[tuple[Atom, list[Atom]]]
    end: int


def turned_money(atoms: Sequence[Atom], i: int) -> Turned | None:
    """The table of money printed across that begins at atom `i`: 项目资金 | 合计 | 中央资金, 预算安排 | 540 | 300, 实际支出 | 513 | 300."""
    if atoms[i + 1 : i + 2] and any(a.kind & BLANK for a in atoms[i : i + _NEAR]):
        places = [k for k in range(i, min(len(atoms), i + _MOST * _MOST)) if not atoms[k].kind & BLANK]
        found = turned_money([atoms[k] for k in places], 0)
        return found._replace(end=places[found.end - 1] + 1) if found is not None else None
    at = i
    while at < len(atoms) and atoms[at].kind & FRAME and at - i < 2:
        at += 1
    first = at
    while at < len(atoms) and at - first < _MOST and _is_source(atoms[at]):
        at += 1
    size = (
        at - first - (at < len(atoms) and bool(atoms[at].kind & _VALUES))
    )  # the last is the first row's label
    if size < 2 or sum(1 for a in atoms[first : first + size] if a.kind & ITEM) * 2 < size:
        return None
    rows: list[tuple[Atom, list[Atom]]] = []
    at = first + size
    while at + size < len(atoms) and _is_label(atoms[at]):
        values = list(atoms[at + 1 : at + 1 + size])
        if any(not a.kind & _VALUES for a in values):
            break
        rows.append((atoms[at], values))
        at += 1 + size
    roles = {role_of("money", label.text) for label, _ in rows}
    if len(rows) < 2 or "executed" not in roles or not roles & {"annual", "initial"}:
        return None
    return Turned(list(atoms[first : first + size]), rows, at)


def _is_source(atom: Atom) -> bool:
    return bool(atom.kind & TEXT) and not atom.kind & (_VALUES | LONG) and len(atom.text) <= 14


def _is_label(atom: Atom) -> bool:
    return bool(atom.kind & TEXT) and not atom.kind & (_VALUES | LONG)


def put_turned(builder: Builder, found: Turned) -> None:
    """A block of money with a row for each source."""
    roles: list[str] = []
    for label, _ in found.rows:
        role = role_of("money", label.text)
        roles.append(role if role in (*_AMOUNTS, "rate", "points", "score") and role not in roles else "any")
    header: Row = [None, *(label for label, _ in found.rows)]
    columns = (Column("item", None), *(Column(r, a) for r, (a, _) in zip(roles, found.rows, strict=True)))
    builder.header("money", columns, [header])
    at = builder.grid([None, *found.items])
    for label, values in found.rows:
        builder.grid([label, *values])
    for k, item in enumerate(found.items):
        builder.row([item, *(values[k] for _, values in found.rows)], at)
    builder.block = None
