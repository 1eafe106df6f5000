"""Which found row is which expected row: the assignment that makes the rows agree most (Kuhn and Munkres)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

_FAR = float("inf")


def assign(likeness: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Expected row → found row, one to one, with the greatest sum of `likeness`; pairs it does not name are never made."""
    out: dict[int, int] = {}
    for rows, columns in _components(likeness):
        wide = len(columns) + len(rows)  # a row may stay alone: one empty column each
        cost = [[0.0] * wide for _ in rows]
        for i, row in enumerate(rows):
            for j, column in enumerate(columns):
                cost[i][j] = -likeness.get((row, column), 0.0)
        for i, j in enumerate(cheapest(cost)):
            if j < len(columns) and (rows[i], columns[j]) in likeness:
                out[rows[i]] = columns[j]
    return out


def _components(likeness: Mapping[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """The rows and columns that hang together: nearly always one of each, so that large tables stay cheap."""
    of_row: dict[int, list[int]] = defaultdict(list)
    of_column: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(likeness):
        of_row[row].append(column)
        of_column[column].append(row)
    seen: set[int] = set()
    out = []
    for first in of_row:
        if first in seen:
            continue
        rows, columns, todo = {first}, set[int](), [first]
        while todo:
            for column in of_row[todo.pop()]:
                columns.add(column)
                fresh = [row for row in of_column[column] if row not in rows]
                rows.update(fresh)
                todo += fresh
        seen |= rows
        out.append((sorted(rows), sorted(columns)))
    return out


def cheapest(cost: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row in the cheapest assignment of a matrix with at least as many columns as rows."""
    rows, columns = len(cost), len(cost[0]) if cost else 0
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken, before = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken[0] = row
        least, done = [_FAR] * (columns + 1), [False] * (columns + 1)
        at = 0
        while taken[at]:
            done[at] = True
            here, step, following = taken[at], _FAR, 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                slack = cost[here - 1][column - 1] - of_row[here] - of_column[column]
                if slack < least[column]:
                    least[column], before[column] = slack, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if done[column]:
                    of_row[taken[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            taken[at] = taken[before[at]]
            at = before[at]
    out = [0] * rows
    for column in range(1, columns + 1):
        if taken[column]:
            out[taken[column] - 1] = column - 1
    return out
