"""Labels of a stream told by their number: between one row's score and the next row's points stand its levels, its target and its result."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.segment.atoms import (
    BLANK,
    LEVEL1,
    LEVEL2,
    LONG,
    NA,
    NAMED,
    NUM,
    PCT,
    QTY,
    SENTENCE,
    TEXT,
    TOTAL,
    Atom,
)
from extractor.segment.solving import number_of

_LEVELS = ("level1", "level2", "level3")
_COUNTED = ("level1", "level_points", "level2", "level_points", "level3", "points")
_BETWEEN = frozenset(("target", "actual"))
_VALUES = NUM | PCT | QTY | NA


def counted_labels(atoms: list[Atom], roles: Sequence[str]) -> list[Atom]:
    """`atoms` in which the labels of a row that lost no points are marked by how many stand before its values.

    Only where every row prints all its values and nothing but a reason, which such a row does not need, may follow its score.
    """
    if tuple(role for role in roles if role != "frame")[:6] == _COUNTED:
        return _counted_levels(atoms)
    shape = _shape(roles)
    if shape is None or any(atom.kind & BLANK for atom in atoms):
        return atoms
    out, last = list(atoms), -1  # the last atom of the row before
    full = True
    for k in range(len(atoms) - 1):
        if not (atoms[k].kind & atoms[k + 1].kind & NUM) or k <= last + shape:
            continue
        points, score = number_of(atoms[k].text), number_of(atoms[k + 1].text)
        if points is None or score is None or score > points:
            return atoms
        labels = range(last + 1, k - shape)
        told = [atoms[n] for n in labels]
        if full and len(told) in (2, 3) and all(map(_may_be_label, told)) and not _named_otherwise(told):
            for n, kind in zip(labels, (LEVEL1, LEVEL2, 0)[-len(labels) :], strict=True):
                out[n] = atoms[n]._replace(kind=atoms[n].kind & ~(LEVEL1 | LEVEL2) | kind)
        full, last = points == score, k + 1
    return out


def _named_otherwise(told: Sequence[Atom]) -> bool:
    """Whether the first label's own name contradicts its number: a 二级 whose row is empty, or a 一级 without a 二级."""
    wrong, right = (LEVEL2, LEVEL1) if len(told) == len(_LEVELS) else (LEVEL1, LEVEL2)
    return (
        bool(told[0].kind & wrong)
        and not told[0].kind & right
        and told[0].text.partition("(")[0].endswith("指标")
    )


def _counted_levels(atoms: list[Atom]) -> list[Atom]:
    """`atoms` in which the first of three names that a number each follows is a 一级 and the second a 二级 label."""
    out = list(atoms)
    for k in range(len(atoms) - 5):
        names, numbers = atoms[k : k + 6 : 2], atoms[k + 1 : k + 6 : 2]
        opens = k == 0 or bool(atoms[k - 1].kind & NUM)  # behind the score of the row before
        if opens and all(_may_be_label(a) for a in names) and all(a.kind & NUM for a in numbers):
            out[k] = names[0]._replace(kind=names[0].kind & ~LEVEL2 | LEVEL1)
            out[k + 2] = names[1]._replace(kind=names[1].kind & ~LEVEL1 | LEVEL2)
    return out


def _shape(roles: Sequence[str]) -> int | None:
    """How many values a row prints between its name and its points; None where rows may print fewer."""
    plain = [role for role in roles if role not in ("frame", "reason")]
    if tuple(plain[:3]) != _LEVELS or plain[-2:] != ["points", "score"]:
        return None
    if roles[-1] not in ("score", "reason"):
        return None
    between = plain[3:-2]
    return (
        len(between) if between and set(between) <= _BETWEEN and len(set(between)) == len(between) else None
    )


def _may_be_label(atom: Atom) -> bool:
    return bool(atom.kind & TEXT) and not atom.kind & (_VALUES | TOTAL | LONG | SENTENCE | NAMED)
