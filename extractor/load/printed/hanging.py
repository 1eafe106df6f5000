"""How the cells of a table without rules hang in its rows: from their first lines, in their middles, or on their last lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from extractor.load.printed.words import WHOLE_LABEL, Row, runs_on
from extractor.profiles.columns import is_word

_ON, _BELOW = 0.35, 2.2  # times the height: on the same line; the next line of a cell
_OFF = 0.3  # times the height: how far a cell's middle may lie from its row's
_LABEL = 8  # lines of one label
DENSE = 0.7  # of the rows: a column that has a text in so many of them


class Rung(NamedTuple):
    """A printed line of one column."""

    top: float
    bottom: float
    row: Row

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.row)


class Group(NamedTuple):
    """The lines of one cell and the rows it reaches over."""

    rungs: list[Rung]
    row: int
    end: int


Cells = tuple[list[list[Group]], list[float]]  # of each column, and where the rows part


def _hung(
    columns: Sequence[Sequence[Rung]], tops: Sequence[float], height: float
) -> list[list[Group]] | None:
    """Each column's cells when their first lines stand on those of the rows; `tops` are the rows' first lines."""
    out = []
    for rungs in columns:
        right = max((rung.row[-1].x1 for rung in rungs), default=0.0)
        on = [
            next((r for r, top in enumerate(tops) if abs(rung.top - top) < _ON * height), None)
            for rung in rungs
        ]
        dense = sum(r is not None for r in set(on)) >= DENSE * len(tops)
        groups: list[Group] = []
        for rung, row in zip(rungs, on, strict=True):
            above = groups[-1].rungs[-1] if groups else None
            near = above is not None and rung.top - above.top < _BELOW * height
            runs = above is not None and near and runs_on(above.row, rung.row, right - above.row[-1].x1)
            if row is not None and (dense or row == 1 or not (runs and _is_half(groups[-1], rung))):
                groups.append(Group([rung], row, row + 1))
            elif near:
                groups[-1].rungs.append(rung)
            elif rung.middle < tops[1] - _ON * height:
                groups.append(Group([rung], 0, 1))
            else:
                return None
        out.append(groups)
    return out


def _is_half(group: Group, rung: Rung) -> bool:
    """Whether a label is not complete without the line below it."""
    return rung.text[0] in "（(" or not WHOLE_LABEL.fullmatch("".join(each.text for each in group.rungs))


def from_top(columns: Sequence[Sequence[Rung]], anchor: Sequence[Rung], height: float) -> Cells | None:
    head = min(rungs[0].top for rungs in columns if rungs)
    tops = [head, *(rung.top for rung in anchor[1:])]
    if rest := [rung for rungs in columns for rung in _below_heads(rungs, tops[1] - _ON * height)]:
        tops.insert(1, min(rung.top for rung in rest))
    cells = _hung(columns, tops, height)
    foot = max(rungs[-1].bottom for rungs in columns if rungs)
    return (cells, [*(top - 1 for top in tops), foot + 1]) if cells is not None else None


def _below_heads(rungs: Sequence[Rung], end: float) -> Sequence[Rung]:
    """The lines between a column's head and the first row that begins on the page: the rest of a row of the page before."""
    above = [rung for rung in rungs if rung.top < end]
    if is_word("".join(rung.text for rung in above)):
        return []
    for n in range(len(above) - 1, 0, -1):
        if is_word("".join(rung.text for rung in above[:n])):
            return above[n:]
    return []


def from_foot(columns: Sequence[Sequence[Rung]], anchor: Sequence[Rung], height: float) -> Cells | None:
    """Each column's cells when their last lines stand on those of the rows."""
    out = []
    for rungs in columns:
        groups: list[Group] = []
        waiting: list[Rung] = []
        for rung in rungs:
            if waiting and rung.top - waiting[-1].top >= _BELOW * height:
                return None
            waiting.append(rung)
            row = next(
                (r for r, each in enumerate(anchor) if abs(rung.bottom - each.bottom) < _ON * height), None
            )
            if row is not None:
                groups.append(Group(waiting, row, row + 1))
                waiting = []
        if waiting:
            return None
        out.append(groups)
    head = min(rungs[0].top for rungs in columns if rungs)
    return out, [head - 1, *(rung.bottom + 1 for rung in anchor)]


def from_middle(columns: Sequence[Sequence[Rung]], anchor: Sequence[Rung], height: float) -> Cells | None:
    """Each column's cells when their middles stand on those of the rows; labels over several rows tile them."""
    out = [_centred(rungs, anchor, height) for rungs in columns]
    full = [n for n, groups in enumerate(out) if groups and len(groups) >= DENSE * len(anchor)]
    if not full:
        return None
    bounds = _bounds([groups for groups in out[full[0] :] if groups is not None], len(anchor))
    if bounds is None:
        return None
    whole: list[list[Group]] = []
    for n, (rungs, groups) in enumerate(zip(columns, out, strict=True)):
        done = groups if n >= full[0] else _tiled(rungs, bounds, height)
        if done is None:
            return None
        whole.append(done)
    return whole, bounds


def _centred(rungs: Sequence[Rung], anchor: Sequence[Rung], height: float) -> list[Group] | None:
    """The one way to deal a column's lines to rows so that each cell's middle is its row's; None where there is none."""
    groups: list[Group] = []
    n = row = 0
    while n < len(rungs):
        found = None
        for end in range(n + 1, len(rungs) + 1):
            if end > n + 1 and rungs[end - 1].top - rungs[end - 2].top > _BELOW * height:
                break
            middle = (rungs[n].top + rungs[end - 1].bottom) / 2
            at = next(
                (r for r in range(row, len(anchor)) if abs(anchor[r].middle - middle) < _OFF * height), None
            )
            if at is not None:
                found = end, at
                break
        if found is None:
            return None
        end, at = found
        groups.append(Group(list(rungs[n:end]), at, at + 1))
        n, row = end, at + 1
    return groups


def _tiled(rungs: Sequence[Rung], bounds: Sequence[float], height: float) -> list[Group] | None:
    """Labels in the middles of the rows they belong to, where one ends the next begins; None unless in one way alone."""
    head = [rung for rung in rungs if rung.middle < bounds[1]]
    groups = [Group(head, 0, 1)] if head else []
    ways = list(islice(_tilings(rungs[len(head) :], 1, bounds, height), 2))
    return [*groups, *ways[0]] if len(ways) == 1 else None


def _tilings(
    rungs: Sequence[Rung], start: int, bounds: Sequence[float], height: float
) -> Iterator[list[Group]]:
    if not rungs:
        if start in (1, len(bounds) - 1):
            yield []
        return
    for n in range(1, min(len(rungs), _LABEL) + 1):
        if n > 1 and rungs[n - 1].top - rungs[n - 2].top > _BELOW * height:
            return
        middle = (rungs[0].top + rungs[n - 1].bottom) / 2
        for end in range(start + 1, len(bounds)):
            if abs((bounds[start] + bounds[end]) / 2 - middle) < _OFF * height:
                for rest in _tilings(rungs[n:], end, bounds, height):
                    yield [Group(list(rungs[:n]), start, end), *rest]


def _bounds(columns: Sequence[Sequence[Group]], count: int) -> list[float] | None:
    """Where the rows part; None where the lines of two rows lie over each other."""
    tops, feet = [float("inf")] * count, [float("-inf")] * count
    for group in (group for groups in columns for group in groups):
        tops[group.row] = min(tops[group.row], group.rungs[0].top)
        feet[group.end - 1] = max(feet[group.end - 1], group.rungs[-1].bottom)
    middles = [(a + b) / 2 for a, b in zip(feet, tops[1:], strict=False)]
    if any(foot > top + 2 for foot, top in zip(feet, tops[1:], strict=False)):
        return None
    return [tops[0] - 1, *middles, feet[-1] + 1]
