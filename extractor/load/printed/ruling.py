"""Ruling lines of a page become tables of cells: which places of the lattice have no line between them is one cell."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from extractor.load.printed.turning import Matrix, box_moved

# Points. A printed line is thinner than _THIN; ends that miss each other by less than _NEAR meet.
_THIN, _NEAR, _SHORT = 3.0, 2.5, 4.0
_DASHES = 4  # make a line


class Line(NamedTuple):
    """A straight line: `at` across its direction, from `low` to `high` along it."""

    at: float
    low: float
    high: float

    def times(self, scale: float) -> Line:
        """The line in another unit of length."""
        return Line(self.at * scale, self.low * scale, self.high * scale)


class Box(NamedTuple):
    """A merged cell of a lattice: rows [top, bottom) and columns [left, right), and where it is on the page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    bbox: tuple[float, float, float, float]


class Lattice(NamedTuple):
    """A ruled table of one page: the columns' and rows' lines, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Where the table stands on the page."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def times(self, scale: float) -> Lattice:
        """The table in another unit of length."""
        boxes = []
        for box in self.boxes:
            x0, y0, x1, y1 = box.bbox
            boxes.append(box._replace(bbox=(x0 * scale, y0 * scale, x1 * scale, y1 * scale)))
        return Lattice(tuple(x * scale for x in self.xs), tuple(y * scale for y in self.ys), tuple(boxes))


def from_lines(across: list[Line], down: list[Line]) -> list[Lattice]:
    """The tables that horizontal and vertical lines make, top to bottom; lengths in points."""
    across, down = whole_lines(across), whole_lines(down)
    found = [
        lattice for group in _groups(across, down) if (lattice := _lattice(across, down, group)) is not None
    ]
    return sorted(found, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


class _Strokes:
    """What is drawn, as lines across and down, and the short strokes of either direction."""

    def __init__(self, matrix: Matrix | None) -> None:
        self.matrix = matrix
        self.across: list[Line] = []
        self.down: list[Line] = []
        self.short: tuple[list[Line], list[Line]] = ([], [])

    def add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A stroke between two corners."""
        if self.matrix is not None:
            x0, y0, x1, y1 = box_moved((x0, y0, x1, y1), self.matrix)
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        wide, tall = x1 - x0, y1 - y0
        if tall <= _THIN and wide > _SHORT:
            self.across.append(Line((y0 + y1) / 2, x0, x1))
        elif wide <= _THIN and tall > _SHORT:
            self.down.append(Line((x0 + x1) / 2, y0, y1))
        elif wide > 2 * tall:
            self.short[0].append(Line((y0 + y1) / 2, x0, x1))
        elif tall > 2 * wide:
            self.short[1].append(Line((x0 + x1) / 2, y0, y1))


def drawn_lines(drawings: Iterable[dict[str, Any]], matrix: Matrix | None) -> tuple[list[Line], list[Line]]:
    """Every line across and down that is drawn, as a line, a thin bar or the edge of a frame.

    `drawings` are as PyMuPDF's `get_cdrawings` gives them, `matrix` turns them.
    """
    strokes = _Strokes(matrix)
    add = strokes.add
    for drawing in drawings:
        stroked = "s" in (drawing.get("type") or "")
        for item in drawing["items"]:
            if item[0] == "l":
                add(*item[1], *item[2])
            elif item[0] == "re":
                x0, y0, x1, y1 = item[1]
                if abs(x1 - x0) <= _THIN or abs(y1 - y0) <= _THIN:
                    add(x0, y0, x1, y1)
                elif stroked:
                    _frame(add, x0, y0, x1, y1)
            elif item[0] == "qu" and stroked:
                (x0, y0), (x1, y1) = item[1][0], item[1][3]
                _frame(add, x0, y0, x1, y1)
    flat, upright = (_dashed(dashes) for dashes in strokes.short)
    return [*set(strokes.across), *flat], [*set(strokes.down), *upright]


def _frame(add: Any, x0: float, y0: float, x1: float, y1: float) -> None:
    for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        add(*edge)


def _dashed(dashes: list[Line]) -> list[Line]:
    """Lines drawn as many short dashes; a few short strokes are no line."""
    if len(dashes) < _DASHES:
        return []
    out: list[Line] = []
    for at, group in _clusters(dashes, _THIN / 2):
        group.sort(key=lambda line: line.low)
        run = [group[0]]
        for line in group[1:]:
            if line.low > run[-1].high + _SHORT:
                out += [Line(at, run[0].low, run[-1].high)] if len(run) >= _DASHES else []
                run = []
            run.append(line)
        out += [Line(at, run[0].low, run[-1].high)] if len(run) >= _DASHES else []
    return out


def whole_lines(lines: list[Line]) -> list[Line]:
    """Pieces of one printed line made one: borders are drawn cell by cell."""
    out: list[Line] = []
    for at, group in _clusters(lines, _NEAR):
        group.sort(key=lambda line: line.low)
        low, high = group[0].low, group[0].high
        for line in group:
            if line.low > high + _NEAR:
                out.append(Line(at, low, high))
                low, high = line.low, line.high
            high = max(high, line.high)
        out.append(Line(at, low, high))
    return out


def _clusters(lines: list[Line], near: float) -> Iterable[tuple[float, list[Line]]]:
    group: list[Line] = []
    for line in sorted(lines):
        if group and line.at > group[-1].at + near:
            yield sum(each.at for each in group) / len(group), group
            group = []
        group.append(line)
    if group:
        yield sum(each.at for each in group) / len(group), group


def _groups(across: list[Line], down: list[Line]) -> list[tuple[list[int], list[int]]]:
    """Which lines hang together: the indices of each connected set."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    order = sorted(range(len(across)), key=lambda i: across[i].at)
    heights = [across[i].at for i in order]
    for j, line in enumerate(down):
        first = bisect_left(heights, line.low - _NEAR)
        last = bisect_left(heights, line.high + _NEAR)
        for i in order[first:last]:
            if across[i].low - _NEAR <= line.at <= across[i].high + _NEAR:
                parent[root(i)] = root(len(across) + j)
    sets: dict[int, tuple[list[int], list[int]]] = {}
    for n in range(len(parent)):
        group = sets.setdefault(root(n), ([], []))
        group[n >= len(across)].append(n if n < len(across) else n - len(across))
    return list(sets.values())


def _lattice(across: list[Line], down: list[Line], group: tuple[list[int], list[int]]) -> Lattice | None:
    """The cells of one connected set of lines, None when it encloses fewer than two."""
    flat, upright = [across[i] for i in group[0]], [down[j] for j in group[1]]
    if len(flat) < 2 or len(upright) < 1:
        return None
    left, right = min(line.low for line in flat), max(line.high for line in flat)
    xs = _places([line.at for line in upright] + [left, right])
    ys = _places([line.at for line in flat])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns < 2:
        return None
    # wall[r][c]: a line right of place (r, c); floor[r][c]: a line below it. A form open at its sides is closed there.
    wall = _covered(upright, xs, ys)
    floor = _covered(flat, ys, xs)
    boxes: list[Box] = []
    taken = [[False] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            wide = 1
            while c + wide < columns and not wall[c + wide][r] and not taken[r][c + wide]:
                wide += 1
            tall = 1
            while r + tall < rows and not any(floor[r + tall][c + k] for k in range(wide)):
                tall += 1
            for i in range(r, r + tall):
                for k in range(c, c + wide):
                    taken[i][k] = True
            boxes.append(Box(r, c, tall, wide, (xs[c], ys[r], xs[c + wide], ys[r + tall])))
    return Lattice(tuple(xs), tuple(ys), tuple(boxes))


def _places(values: Sequence[float]) -> list[float]:
    """Distinct positions, those nearer than a line's thickness taken as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value > out[-1] + _NEAR:
            out.append(value)
    return out


def _covered(lines: list[Line], positions: list[float], steps: list[float]) -> list[list[bool]]:
    """`out[p][s]`: whether a line at `positions[p]` covers the middle of step s."""
    out = [[False] * (len(steps) - 1) for _ in positions]
    middles = [(a + b) / 2 for a, b in itertools.pairwise(steps)]
    between = [(a + b) / 2 for a, b in itertools.pairwise(positions)]
    for line in lines:
        low, high = bisect_left(middles, line.low), bisect_left(middles, line.high)
        out[bisect_left(between, line.at)][low:high] = [True] * (high - low)
    return out
