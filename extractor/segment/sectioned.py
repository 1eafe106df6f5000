"""Rows of one label above the rows they hold: 二、产出指标(50分) in a form without a column for its 一级指标."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.segment.atoms import LEVEL1, LONG, NA, NUM, PCT, QTY, TEXT, TOTAL, Atom
from extractor.segment.lines import is_heading

_VALUES = NUM | PCT | QTY
_LONGEST = 24
_POINTS = lazy(r"\(\d+(?:\.\d+)?分\)$")


def is_section(atom: Atom, roles: Sequence[str]) -> bool:
    """Whether an atom that stands alone is the 一级 of the rows below it, which have no column for it."""
    if atom.kind & (_VALUES | LONG | TOTAL) or len(atom.text) > _LONGEST or "level1" in roles:
        return False
    if atom.kind & LEVEL1:
        return True
    return "level2" not in roles and (is_heading(atom.text) or _POINTS.search(atom.text) is not None)


def by_section(data: list[Atom], roles: Sequence[str]) -> list[tuple[Atom | None, list[Atom]]]:
    """The atoms of a stream behind the label of each section; one part without a label where the form has none."""
    if "level1" in roles or "level3" not in roles:
        return [(None, data)]
    opening = [k for k, atom in enumerate(data) if is_heading(atom.text) and is_section(atom, roles)]
    if len(opening) < 2:
        return [(None, data)]
    parts = [(data[a], data[a + 1 : b]) for a, b in zip(opening, [*opening[1:], len(data)], strict=True)]
    return [(None, data[: opening[0]]), *parts]


def without_headings(data: list[Atom]) -> list[Atom]:
    """The atoms of base data without the headings between its rows: 一、人员情况, which no number follows."""
    following = [*data[1:], None][: len(data)]
    return [
        atom
        for atom, after in zip(data, following, strict=True)
        if not (
            is_heading(atom.text)
            and (after is None or (after.kind & TEXT and not after.kind & (_VALUES | NA)))
        )
    ]
