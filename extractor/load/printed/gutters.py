"""The strips between columns that hardly a word crosses, and where a word that touches its neighbour may be cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.load.printed.words import Characters, Row, Word, within

_ONE_IN = 8  # so many lines may have one whose words touch across a gutter
_INNER = frozenset("0123456789.,，％%")

Strip = tuple[float, float]


def strips(rows: Sequence[Row], narrowest: float, characters: Characters) -> list[Strip]:
    """The strips that part the words of all lines but a few, each wider than `narrowest`; left to right.

    A strip that a word covers counts only where one of the word's characters ends and no number is cut.
    """
    events = sorted(event for row in rows for word in row for event in ((word.x0, 1), (word.x1, -1)))
    ends = [(row[0].x1, row[-1].x0) for row in rows if row]
    out: list[Strip] = []
    begun: float | None = None
    depth = 0
    for n, (x, step) in enumerate(events):
        depth += step
        if depth and n + 1 < len(events):
            at = (x + events[n + 1][0]) / 2
            is_open = depth <= sum(low <= at <= high for low, high in ends) // _ONE_IN
        else:
            is_open = not depth
        if is_open and begun is None:
            begun = x
        elif not is_open and begun is not None:
            out.append((begun, x))
            begun = None
    first = min((word.x0 for row in rows for word in row), default=0.0)
    words = [word for row in rows for word in row]
    return [
        strip
        for strip in out
        if strip[0] > first
        and strip[1] - strip[0] > narrowest
        and all(
            cut_at(word, strip, characters) is not None for word in words if _covers(word, sum(strip) / 2)
        )
    ]


def _covers(word: Word, x: float) -> bool:
    return word.x0 < x < word.x1


def cut_at(word: Word, strip: Strip, characters: Characters) -> float | None:
    """Where within the strip a word that covers it parts into two for certain; None where a number might be cut."""
    pieces = [
        c for c in characters((word.x0, word.y0, word.x1, word.y1)) if within(c, word) and c.text.strip()
    ]
    pieces.sort(key=lambda piece: piece.x0)
    found = [
        (one.x1 + other.x0) / 2
        for one, other in pairwise(pieces)
        if strip[0] - 1 <= one.x1 <= other.x0 + 1 and other.x0 <= strip[1] + 1
        if not (one.text[-1] in _INNER and other.text[0] in _INNER)
    ]
    return found[0] if len(found) == 1 else None
