"""Tables that are ruled across alone: their columns are the gutters that no word crosses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractor.load.printed.ruling import Line
from extractor.load.printed.words import Word

_SAME = 3.0  # points by which the ends of a table's rules may differ
_RULES, _COLUMNS = 3, 3
_GUTTER = 0.5  # times the height of the print


def closed(
    across: Sequence[Line], down: Sequence[Line], words: Sequence[Word]
) -> tuple[list[Line], list[Line]]:
    """The lines that such tables lack, across and down; none where a line down touches their rules."""
    flat: list[Line] = []
    upright: list[Line] = []
    for rules in _stacks(across):
        left, right = rules[0].low, rules[0].high
        top, bottom = rules[0].at, rules[-1].at
        if any(left - _SAME <= d.at <= right + _SAME and d.high > top and d.low < bottom for d in down):
            continue
        inside = [w for w in words if top < (w.y0 + w.y1) / 2 < bottom and w.x1 > left and w.x0 < right]
        gutters = _gutters(inside, left, right)
        if len(gutters) + 1 < _COLUMNS:
            continue
        edges = [left, *gutters, right]
        upright += [Line(x, top, bottom) for x in edges]
        heights = {line.at for line in across if left - _SAME < line.low and line.high < right + _SAME}
        for above, below in pairwise(sorted(y for y in heights if top <= y <= bottom)):
            own = [w for w in inside if above < (w.y0 + w.y1) / 2 < below]
            flat += [Line(y, left, right) for y in _rows(own, edges)]
    return flat, upright


def _stacks(across: Iterable[Line]) -> list[list[Line]]:
    """Rules of the same ends under each other, each stack from top to bottom."""
    stacks: list[list[Line]] = []
    for line in sorted(across):
        for stack in stacks:
            if abs(stack[0].low - line.low) < _SAME and abs(stack[0].high - line.high) < _SAME:
                stack.append(line)
                break
        else:
            stacks.append([line])
    return [stack for stack in stacks if len(stack) >= _RULES]


def _gutters(words: Sequence[Word], left: float, right: float) -> list[float]:
    """The middles of the strips between the words of neighbouring columns."""
    out: list[float] = []
    reached = left
    for word in sorted(words, key=lambda word: word.x0):
        if reached > left and word.x0 - reached > _GUTTER * (word.y1 - word.y0):
            out.append((reached + word.x0) / 2)
        reached = max(reached, word.x1)
    return out if words and reached <= right + _SAME else []


def _rows(words: Sequence[Word], edges: Sequence[float]) -> list[float]:
    """Where the rows between two rules part: above a printed line that fills most of the columns."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.y0 + word.y1):
        if lines and word.y0 < (lines[-1][0].y0 + lines[-1][0].y1) / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    out: list[float] = []
    for before, line in pairwise(lines):
        filled = {sum(edge < (word.x0 + word.x1) / 2 for edge in edges) for word in line}
        if 2 * len(filled) > len(edges) - 1:
            out.append((max(w.y1 for w in before) + min(w.y0 for w in line)) / 2)
    return out
