"""Tables without any rule: columns that hardly a word crosses, rows that a column of values counts.

Nothing is guessed: every line of every cell must hang in its row in one way (from its top, in its middle or on its foot), else
the words stay lines of text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from extractor.load.printed.gutters import Strip, strips
from extractor.load.printed.ruling import Box, Lattice
from extractor.load.printed.words import WHOLE_LABEL, Characters, Row, Word, printed_rows, runs_on
from extractor.patterns import lazy

_PIECE, _GUTTER = 0.45, 0.3  # times the height of the print: between the pieces of a line, between columns
_COLUMNS, _ROWS, _APART = 3, 3, 14  # the fewest columns and lines; lines between two that show the columns
_WIDE, _TABLES = 3.0, 2.5  # times the height and the other gutters: what parts two tables side by side
_ON, _BELOW = 0.35, 2.2  # times the height: on the same line; the next line of a cell
_OFF = 0.3  # times the height: how far a cell's middle may lie from its row's
_VALUE = lazy(r"[≥≤<>＜＞=~±]*[-\d][\d,.%％‰~-]*[^\W\d_]{0,4}|[-—–/]{1,2}")
_LABEL = 8  # lines of one label
_DENSE = 0.7  # of the rows: a column that has a text in so many of them


class _Rung(NamedTuple):
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


class _Group(NamedTuple):
    """The lines of one cell and the rows it reaches over."""

    rungs: list[_Rung]
    row: int
    end: int


_Cells = tuple[list[list[_Group]], list[float]]  # of each column, and where the rows part


def aligned(words: Sequence[Word], characters: Characters) -> list[Lattice]:
    """The tables of a page's words that nothing rules, top to bottom."""
    rows = printed_rows(words, characters)
    if len(rows) < _ROWS or sum(_pieces(row) >= _COLUMNS for row in rows) < _ROWS:
        return []
    parts = (part for zone in _zones(rows) for part in _beside(zone, characters))
    return [lattice for part in parts if (lattice := _lattice(part, characters)) is not None]


def _pieces(row: Row) -> int:
    return 1 + sum(b.x0 - a.x1 > _PIECE * min(a.height, b.height) for a, b in pairwise(row))


def _zones(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of lines from one that shows columns to the last that does, with the short lines of cells between and below."""
    zone: list[Row] = []
    last = 0
    for row in rows:
        shows = _pieces(row) >= _COLUMNS
        if zone and (
            len(zone) - last > _APART or (not shows and _is_prose(row, zone)) or _far(zone[-1], row)
        ):
            yield zone
            zone = []
        if shows or zone:
            zone.append(row)
        if shows:
            last = len(zone)
    if zone:
        yield zone


def _is_prose(row: Row, zone: Sequence[Row]) -> bool:
    """Whether a line runs over half of the table's width without a gap."""
    left, right = min(line[0].x0 for line in zone), max(line[-1].x1 for line in zone)
    return any(word.x1 - word.x0 > (right - left) / 2 for word in row)


def _far(above: Row, below: Row) -> bool:
    return below[0].y0 - above[0].y1 > 3 * below[0].height


def _beside(zone: list[Row], characters: Characters) -> Iterator[list[Row]]:
    """The zone, or the tables that stand in it side by side."""
    height = zone[0][0].height
    showing = [row for row in zone if _pieces(row) >= _COLUMNS]
    found = strips(showing, _GUTTER * height, characters)
    widths = sorted(right - left for left, right in found)
    for n, (left, right) in enumerate(found):
        usual = widths[len(widths) // 2]
        wide = right - left > max(_WIDE * height, _TABLES * usual)
        if wide and min(n, len(found) - 1 - n) >= 1:
            middle = (left + right) / 2
            sides = (
                ([w for w in row if w.x1 < middle] for row in zone),
                ([w for w in row if w.x0 > middle] for row in zone),
            )
            for side in sides:
                yield [row for row in side if row]
            return
    yield zone


def _lattice(zone: list[Row], characters: Characters) -> Lattice | None:
    """The table of a zone; None where its columns or rows cannot be told."""
    height = sorted(word.height for row in zone for word in row)[sum(map(len, zone)) // 2]
    most = max(map(_pieces, zone))
    showing = [row for row in zone if _pieces(row) > most // 2]
    if len(showing) < _ROWS:
        return None
    gutters = strips(showing, _GUTTER * height, characters)
    while zone and _crosses(zone[-1], gutters):
        zone = zone[:-1]
    while zone and _crosses(zone[0], gutters):
        zone = zone[1:]
    gutters = strips(zone, _GUTTER * height, characters)
    if len(gutters) + 1 < _COLUMNS or len(zone) < _ROWS:
        return None
    columns = _columns(zone, gutters, characters)
    anchor = _anchor(columns)
    if columns is None or anchor is None:
        return None
    for hangs in (_from_top, _from_middle, _from_foot):
        cells = hangs(columns, anchor, height)
        if cells is not None and (made := _made(zone, gutters, *cells)) is not None:
            return made
    return None


def _crosses(row: Row, gutters: Sequence[Strip]) -> bool:
    """Whether a word covers two gutters, or one of them wholly: a line of text above or below the table."""
    return any(
        sum(word.x0 < left and word.x1 > right for left, right in gutters) >= (1 if len(row) == 1 else 2)
        for word in row
    )


def _columns(
    zone: Sequence[Row], gutters: Sequence[Strip], characters: Characters
) -> list[list[_Rung]] | None:
    """The printed lines of each column, top to bottom; None where a word lies in two columns and nothing parts it."""
    middles = [(left + right) / 2 for left, right in gutters]
    held: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for word in (word for row in zone for word in row):
        first, last = bisect_right(middles, word.x0), bisect_right(middles, word.x1)
        if last - first > 1:
            return None
        if first == last:
            held[first].append(word)
            continue
        for piece in characters((word.x0, word.y0, word.x1, word.y1)):
            if word.x0 <= (piece.x0 + piece.x1) / 2 <= word.x1 and piece.y0 < word.y1 and piece.y1 > word.y0:
                held[bisect_right(middles, (piece.x0 + piece.x1) / 2)].append(piece)
    return [
        [_Rung(min(w.y0 for w in row), max(w.y1 for w in row), row) for row in printed_rows(own, characters)]
        for own in held
    ]


def _anchor(columns: list[list[_Rung]] | None) -> list[_Rung] | None:
    """The lines of the column that counts the rows: under its head nothing but values, one to a row."""
    best: list[_Rung] | None = None
    for rungs in columns or ():
        values = [n for n, rung in enumerate(rungs) if _VALUE.fullmatch(rung.text)]
        if len(values) < _ROWS - 1 or values[0] == 0 or len(values) != len(rungs) - values[0]:
            continue
        head = rungs[: values[0]]
        own = [_Rung(head[0].top, head[-1].bottom, head[0].row), *(rungs[n] for n in values)]
        if best is None or len(own) > len(best):
            best = own
    return best


def _dense(rungs: Sequence[_Rung], anchor: Sequence[_Rung], height: float) -> bool:
    on = sum(any(abs(rung.middle - each.middle) < _ON * height for rung in rungs) for each in anchor[1:])
    return on >= _DENSE * (len(anchor) - 1)


def _hung(
    columns: Sequence[Sequence[_Rung]], tops: Sequence[float], height: float
) -> list[list[_Group]] | None:
    """Each column's cells when their first lines stand on those of the rows; `tops` are the rows' first lines."""
    out = []
    for rungs in columns:
        right = max((rung.row[-1].x1 for rung in rungs), default=0.0)
        on = [
            next((r for r, top in enumerate(tops) if abs(rung.top - top) < _ON * height), None)
            for rung in rungs
        ]
        dense = sum(r is not None for r in set(on)) >= _DENSE * len(tops)
        groups: list[_Group] = []
        for rung, row in zip(rungs, on, strict=True):
            above = groups[-1].rungs[-1] if groups else None
            near = above is not None and rung.top - above.top < _BELOW * height
            runs = above is not None and near and runs_on(above.row, rung.row, right - above.row[-1].x1)
            if row is not None and (dense or row == 1 or not (runs and _is_half(groups[-1], rung))):
                groups.append(_Group([rung], row, row + 1))
            elif near:
                groups[-1].rungs.append(rung)
            elif rung.middle < tops[1] - _ON * height:
                groups.append(_Group([rung], 0, 1))
            else:
                return None
        out.append(groups)
    return out


def _is_half(group: _Group, rung: _Rung) -> bool:
    """Whether a label is not complete without the line below it."""
    return rung.text[0] in "（(" or not WHOLE_LABEL.fullmatch("".join(each.text for each in group.rungs))


def _from_top(columns: Sequence[Sequence[_Rung]], anchor: Sequence[_Rung], height: float) -> _Cells | None:
    head = min(rungs[0].top for rungs in columns if rungs)
    tops = [head, *(rung.top for rung in anchor[1:])]
    cells = _hung(columns, tops, height)
    foot = max(rungs[-1].bottom for rungs in columns if rungs)
    return (cells, [*(top - 1 for top in tops), foot + 1]) if cells is not None else None


def _from_foot(columns: Sequence[Sequence[_Rung]], anchor: Sequence[_Rung], height: float) -> _Cells | None:
    """Each column's cells when their last lines stand on those of the rows."""
    out = []
    for rungs in columns:
        groups: list[_Group] = []
        waiting: list[_Rung] = []
        for rung in rungs:
            if waiting and rung.top - waiting[-1].top >= _BELOW * height:
                return None
            waiting.append(rung)
            row = next(
                (r for r, each in enumerate(anchor) if abs(rung.bottom - each.bottom) < _ON * height), None
            )
            if row is not None:
                groups.append(_Group(waiting, row, row + 1))
                waiting = []
        if waiting:
            return None
        out.append(groups)
    head = min(rungs[0].top for rungs in columns if rungs)
    return out, [head - 1, *(rung.bottom + 1 for rung in anchor)]


def _from_middle(columns: Sequence[Sequence[_Rung]], anchor: Sequence[_Rung], height: float) -> _Cells | None:
    """Each column's cells when their middles stand on those of the rows; labels over several rows tile them."""
    out = [_centred(rungs, anchor, height) for rungs in columns]
    full = [n for n, groups in enumerate(out) if groups and len(groups) >= _DENSE * len(anchor)]
    if not full:
        return None
    bounds = _bounds([groups for groups in out[full[0] :] if groups is not None], len(anchor))
    if bounds is None:
        return None
    whole: list[list[_Group]] = []
    for n, (rungs, groups) in enumerate(zip(columns, out, strict=True)):
        done = groups if n >= full[0] else _tiled(rungs, bounds, height)
        if done is None:
            return None
        whole.append(done)
    return whole, bounds


def _centred(rungs: Sequence[_Rung], anchor: Sequence[_Rung], height: float) -> list[_Group] | None:
    """The one way to deal a column's lines to rows so that each cell's middle is its row's; None where there is none."""
    groups: list[_Group] = []
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
        groups.append(_Group(list(rungs[n:end]), at, at + 1))
        n, row = end, at + 1
    return groups


def _tiled(rungs: Sequence[_Rung], bounds: Sequence[float], height: float) -> list[_Group] | None:
    """Labels in the middles of the rows they belong to, where one ends the next begins; None unless in one way alone."""
    head = [rung for rung in rungs if rung.middle < bounds[1]]
    groups = [_Group(head, 0, 1)] if head else []
    ways = list(islice(_tilings(rungs[len(head) :], 1, bounds, height), 2))
    return [*groups, *ways[0]] if len(ways) == 1 else None


def _tilings(
    rungs: Sequence[_Rung], start: int, bounds: Sequence[float], height: float
) -> Iterator[list[_Group]]:
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
                    yield [_Group(list(rungs[:n]), start, end), *rest]


def _bounds(columns: Sequence[Sequence[_Group]], count: int) -> list[float] | None:
    """Where the rows part; None where the lines of two rows lie over each other."""
    tops, feet = [float("inf")] * count, [float("-inf")] * count
    for group in (group for groups in columns for group in groups):
        tops[group.row] = min(tops[group.row], group.rungs[0].top)
        feet[group.end - 1] = max(feet[group.end - 1], group.rungs[-1].bottom)
    middles = [(a + b) / 2 for a, b in zip(feet, tops[1:], strict=False)]
    if any(foot > top + 2 for foot, top in zip(feet, tops[1:], strict=False)):
        return None
    return [tops[0] - 1, *middles, feet[-1] + 1]


def _made(
    zone: Sequence[Row],
    gutters: Sequence[Strip],
    columns: Sequence[Sequence[_Group]],
    bounds: Sequence[float],
) -> Lattice | None:
    """The lattice of cells whose rows are known; None where they lie over each other."""
    count = len(bounds) - 1
    left, right = min(row[0].x0 for row in zone) - 1, max(row[-1].x1 for row in zone) + 1
    xs = [left, *((a + b) / 2 for a, b in gutters), right]
    boxes = []
    for c, groups in enumerate(columns):
        ends: dict[int, int] = {}
        for group in groups:
            first = bisect_right(bounds, group.rungs[0].middle) - 1
            last = bisect_right(bounds, group.rungs[-1].middle)
            if group.row in ends or not group.row <= first < last <= count:
                return None
            ends[group.row] = max(group.end, last)
        row = 0
        while row < count:
            end = ends.get(row, row + 1)
            if any(row < other < end for other in ends):
                return None
            boxes.append(Box(row, c, end - row, 1, (xs[c], bounds[row], xs[c + 1], bounds[end])))
            row = end
    boxes.sort(key=lambda box: (box.row, box.col))
    return Lattice(tuple(xs), tuple(bounds), tuple(boxes))
