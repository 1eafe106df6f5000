"""Tables without any rule: columns that hardly a word crosses, rows that a column of values counts.

Nothing is guessed: every line of every cell must hang in its row in one way (from its top, in its middle or on its foot), else
the words stay lines of text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.load.printed.gutters import Strip, strips
from extractor.load.printed.hanging import Group, Rung, from_foot, from_middle, from_top
from extractor.load.printed.ruling import Box, Lattice
from extractor.load.printed.words import Characters, Row, Word, printed_rows
from extractor.patterns import lazy

_PIECE, _GUTTER = 0.45, 0.3  # times the height of the print: between the pieces of a line, between columns
_COLUMNS, _ROWS, _APART = 3, 3, 14  # the fewest columns and lines; lines between two that show the columns
_WIDE, _TABLES = 3.0, 2.5  # times the height and the other gutters: what parts two tables side by side
_VALUE = lazy(r"[≥≤<>＜＞=~±]*[-\d][\d,.%％‰~-]*[^\W\d_]{0,4}|[-—–/]{1,2}")
_OPEN = ".,，~"  # ends no whole number
_FILLED = 2  # texts in each row, besides labels over several rows


def aligned(rows: Sequence[Row], characters: Characters) -> list[Lattice]:
    """The tables among a page's lines that nothing rules, top to bottom."""
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
        heads = [[w.text for w in zone[0] if w.x1 < right], [w.text for w in zone[0] if w.x0 > left]]
        wide = heads[0] == heads[1] or right - left > max(_WIDE * height, _TABLES * usual)
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
    for hangs in (from_top, from_middle, from_foot):
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
) -> list[list[Rung]] | None:
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
        [Rung(min(w.y0 for w in row), max(w.y1 for w in row), row) for row in printed_rows(own, characters)]
        for own in held
    ]


def _anchor(columns: list[list[Rung]] | None) -> list[Rung] | None:
    """The lines of the column that counts the rows: under its head nothing but values, one to a row."""
    found: list[list[Rung]] = []
    for rungs in columns or ():
        values = [n for n, rung in enumerate(rungs) if _VALUE.fullmatch(rung.text)]
        if len(values) < _ROWS - 1 or values[0] == 0 or len(values) != len(rungs) - values[0]:
            continue
        if any(rungs[n].text[-1] in _OPEN for n in values):
            continue  # the rest of a number stands in the line below
        head = rungs[: values[0]]
        found.append([Rung(head[0].top, head[-1].bottom, head[0].row), *(rungs[n] for n in values)])
    counts = Counter(len(own) for own in found)
    return max(found, key=lambda own: (counts[len(own)], len(own)), default=None)


def _made(
    zone: Sequence[Row],
    gutters: Sequence[Strip],
    columns: Sequence[Sequence[Group]],
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
    filled = Counter(group.row for groups in columns for group in groups)
    if any(filled[row] < _FILLED for row in range(count)):
        return None
    boxes.sort(key=lambda box: (box.row, box.col))
    return Lattice(tuple(xs), tuple(bounds), tuple(boxes))
