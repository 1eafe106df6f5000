"""The rows of one block of a stream: printed whole where empty cells are printed too, else by the cheapest alignment."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.segment.align import align, fit
from extractor.segment.atoms import (
    BLANK,
    LEVEL1,
    LEVEL2,
    LIKE_PAGE,
    LONG,
    NUM,
    PAGE,
    PCT,
    QTY,
    SENTENCE,
    SIGN,
    TEXT,
    TOTAL,
    Atom,
)
from extractor.segment.costs import cost, skips
from extractor.segment.forms import Row
from extractor.segment.settling import RATE_POINTS, headless, paid, scored

_JOIN_COST = {"flat": 1.0, "spaced": 1.0, "cell_lines": 2.5, "pipe_cells": 3.5, "tab_led": 4.0}
_PASSED, _NO_OPENING = 1.0, 4.0  # what it costs to pass over a page's number, and that a number opens a row
_MERGED = ("level1", "level2")
_MAY_BE_EMPTY = frozenset(("actual", "score", "points"))


def stream_rows(atoms: list[Atom], roles: tuple[str, ...], kind: str) -> list[tuple[list[list[Atom]], bool]]:
    """Rows of a block, and whether each was printed whole: where empty cells are printed too, every row has one width."""
    if not any(a.kind & BLANK for a in atoms):
        return _aligned(atoms, roles, kind)
    out: list[tuple[list[list[Atom]], bool]] = []
    pending: list[Atom] = []
    widths = [roles[k:] for k in range(_merged(roles) + 1)]
    i = 0
    while i < len(atoms):
        row, taken = _next_row(atoms, i, widths)
        if row is None and out and not pending and len(atoms) - i < len(roles):
            row, taken = _last_row(atoms[i:], out[-1][0], widths)
        if row is None:
            pending.append(atoms[i])
            i += 1
            continue
        out += _aligned(pending, roles, kind)
        pending = []
        i += taken
        out.append(([[] for _ in range(len(roles) - len(row))] + [[a] for a in row], True))
    return out + _aligned(pending, roles, kind)


def _last_row(
    atoms: list[Atom], above: list[list[Atom]], widths: Sequence[tuple[str, ...]]
) -> tuple[list[Atom] | None, int]:
    """All that is left as the last row: the empty cells at its end, as at that of the row `above`, end the table unseen."""
    filled = max((k for k, cell in enumerate(above) if any(a.text for a in cell)), default=-1)
    end = atoms[-1].end
    padded, found = list(atoms), []
    for _ in range(len(above) - 1 - filled):
        padded.append(Atom("", ((end, end),), 0, BLANK))
        row, taken = _next_row(padded, 0, widths)
        if row is not None and taken == len(padded):
            found.append((fit(row, widths[0][-len(row) :]), row, taken))
    _, best, size = min(found, key=lambda each: each[0], default=(0.0, None, 0))
    return best, size


def _merged(roles: tuple[str, ...]) -> int:
    """How many columns at the left may be merged cells, which a copied table prints in their first row only."""
    levels = "level3" in roles
    count = 0
    while count < len(roles) - 1 and (roles[count] == "frame" or (levels and roles[count] in _MERGED)):
        count += 1
    return count


def _aligned(atoms: list[Atom], roles: tuple[str, ...], kind: str) -> list[tuple[list[list[Atom]], bool]]:
    """Rows of undelimited atoms; a second pass knows which columns this form leaves empty throughout."""
    if not any(a.text and not a.kind & PAGE for a in atoms):
        return []
    join_cost, stay = _JOIN_COST.get(kind, 2.5), 3.0 if kind == "spaced" else 1.2
    rows = align(atoms, roles, one_row=False, join_cost=join_cost, stay_cost=stay).rows
    if (unfilled := _unfilled(atoms, rows, roles, join_cost, stay)) is not None:
        rows = unfilled
    elif len(rows) > 3:
        base = skips(roles)
        filled = [
            sum(1 for row in rows if any(a.text for a in row[b])) / len(rows) for b in range(len(roles))
        ]
        skip = tuple(
            s if f > 0.3 or role not in _MAY_BE_EMPTY else min(s, 0.1)
            for s, f, role in zip(base, filled, roles, strict=True)
        )
        if skip != base:
            rows = align(atoms, roles, one_row=False, join_cost=join_cost, skip=skip, stay_cost=stay).rows
    if headless(rows, roles):
        rows = align(atoms, (*roles, "deduct"), one_row=False, join_cost=join_cost, stay_cost=stay).rows
        rows = [row[:-1] for row in rows]
    return [(row, False) for row in paid(scored(rows, roles), roles)]


def _unfilled(
    atoms: list[Atom], read: list[list[list[Atom]]], roles: tuple[str, ...], join_cost: float, stay: float
) -> list[list[list[Atom]]] | None:
    """Rows of a form that nobody has filled in yet: nothing at all stands under what was done, spent and scored."""
    money = "executed" in roles
    empty = {"executed", "rate", "score"} if money else {"actual", "score"}
    if not empty <= set(roles) or "points" not in roles or (money and any(a.kind & PCT for a in atoms)):
        return None
    given = sum(1 for row in read if any(a.text for a in row[roles.index("score")]))
    if given * 5 > len(read) * 3:
        return None
    skip = tuple(
        0.1 if role in empty else 1.5 if money and role == "points" else s
        for s, role in zip(skips(roles), roles, strict=True)
    )
    rows = align(atoms, roles, one_row=False, join_cost=join_cost, skip=skip, stay_cost=stay).rows
    columns = [b for b, role in enumerate(roles) if role in empty]
    if len(rows) < 3 or any(a.text for row in rows for b in columns for a in row[b]):
        return None
    points = [a.text for row in rows for a in row[roles.index("points")] if a.text]
    return rows if not money or (points and set(points) <= RATE_POINTS) else None


def _next_row(atoms: list[Atom], i: int, widths: Sequence[tuple[str, ...]]) -> tuple[list[Atom] | None, int]:
    """The whole row that begins at an atom and how many atoms it takes; a page's number inside it is passed over."""
    for width in widths:
        near = atoms[i : i + len(width) + 1]
        found = (
            [(_misfit(row, width, atoms, i + len(row)), row, len(row))]
            if (row := _whole(near, 0, width))
            else []
        )
        for k, atom in enumerate(near):
            if k and atom.kind & (PAGE | LIKE_PAGE) and (row := _whole(near[:k] + near[k + 1 :], 0, width)):
                found.append(
                    (
                        _misfit(row, width, atoms, i + len(near))
                        + (_PASSED if atom.kind & PAGE else 2 * _PASSED),
                        row,
                        len(near),
                    )
                )
        found = [each for each in found if not _swallows(each[1], atoms[i + each[2] : i + each[2] + 1])]
        if width[0] in ("level2", "level3"):
            found = [each for each in found if _ends(each[1], atoms[i + each[2] : i + each[2] + 1])]
        if found:
            _, row, taken = min(found, key=lambda each: each[0])
            return row, taken
    return None, 0


def _swallows(row: list[Atom], following: Sequence[Atom]) -> bool:
    """Whether a row ends in the name of the next one: words that a comparison or a value follows."""
    last = row[-1].kind
    named = last & TEXT and not last & (LONG | SENTENCE | SIGN)
    return bool(named) and any(a.kind & (SIGN | PCT | QTY) for a in following)


def _ends(row: list[Atom], following: Sequence[Atom]) -> bool:
    """Whether a row without its merged cells ends where it must: no short label ends it, and another can open behind it."""
    last = row[-1].kind
    if all(a.text for a in row):
        return False  # nothing shows that this row prints its empty cells
    return bool(not last & TEXT or last & (LONG | SENTENCE)) and all(a.kind & TEXT for a in following)


def _misfit(row: list[Atom], roles: tuple[str, ...], atoms: list[Atom], after: int) -> float:
    """How ill a whole row sits, and how ill the atom behind it opens another."""
    opens = after >= len(atoms) or not atoms[after].kind & (NUM | PCT) or atoms[after].kind & PAGE
    return fit(row, roles) + (0.0 if opens else _NO_OPENING)


def _whole(atoms: list[Atom], i: int, roles: tuple[str, ...]) -> list[Atom] | None:
    """The next `len(roles)` atoms when they fit the columns as they stand and a row could begin after them."""
    row = atoms[i : i + len(roles)]
    if len(row) == len(roles) and _is_unfilled(row, roles, atoms[i + len(roles) : i + len(roles) + 1]):
        return row
    if len(row) < len(roles) or fit(row, roles) > 3.2 or sum(1 for a in row if a.text) < 2:
        return None
    name = next((k for k, r in enumerate(roles) if r in ("item", "level3", "name")), 0)
    beside = row[name - 1].text if name and roles[name - 1] == "level2" else ""
    if roles[name] == "level3" and not beside and _is_level(row[name]):
        return None
    return row if row[name].text or fit(row, roles) <= 2.1 else None


def _is_unfilled(row: list[Atom], roles: tuple[str, ...], following: list[Atom]) -> bool:
    """Whether a row holds a 二级 label, perhaps behind its 一级, and nothing else, and another label opens the row behind it."""
    labels = _unfilled_labels(row, roles)
    alone = 0 < labels < len(row) - 2 and not any(a.text for a in row[labels:])
    return alone and all(a.kind & (LEVEL1 | LEVEL2 | TOTAL) for a in following)


def _unfilled_labels(row: list[Atom], roles: tuple[str, ...]) -> int:
    """How many cells at the left of a row are its labels; none when the last of them is no 二级."""
    if roles[0] == "level2":
        return int(bool(row[0].kind & LEVEL2))
    both = roles[:2] == _MERGED and row[0].kind & LEVEL1 and row[1].kind & LEVEL2
    return 2 if both else 0


def _is_level(atom: Atom) -> bool:
    """Whether an atom is the label of a level and can be no name of a row: 质量指标."""
    return bool(atom.kind & (LEVEL1 | LEVEL2)) and atom.text.endswith("指标")


def is_sure(cells: Row, roles: tuple[str, ...]) -> bool:
    """A row whose every value column holds just what its role expects leaves no doubt about its columns."""
    return all(
        cell is not None and cell.text != "" and cost(role, cell.kind) < 1.0
        for cell, role in zip(cells, roles, strict=True)
        if role
        in (
            "level3",
            "target",
            "actual",
            "points",
            "score",
            "initial",
            "annual",
            "executed",
            "rate",
            "item",
            "name",
        )
    )
