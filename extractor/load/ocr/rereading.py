"""Lines whose numbers are in doubt are read again, drawn out and with more around them: what no two readings agree on is no number."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractor.load.ocr import engine
from extractor.load.ocr.engine import Character
from extractor.load.ocr.picture import Image
from extractor.load.ocr.pieces import Rect
from extractor.patterns import lazy

VOTED, UNREAD = 0.6, 0.3  # how sure a number is that one reading contradicts, and one that no two agree on
DOUBT = 0.9  # a digit less sure is read again
PAD = 2  # pixels of white around what is read
_CROWDED = 0.5  # characters to a column of the reader: with more, it loses some
_COLUMNS = 6.0  # columns of the reader for a line as long as it is high
# How far a line is drawn out: the second time, the third time, and one too long to gain by it, which gets a margin of pixels instead.
_SECOND, _THIRD, _LONG, _MARGIN = 1.5, 2.0, 12.0, 8
_BEYOND = 0.35  # of the height: how much of what lies beyond a cell's edge is looked at
_DARK, _CROSSES, _BORDER = 128, 3, 0.7  # of grey; pixels of print on an edge; of the edge
_NUMBER = lazy(r"-?\d+(?:[.,]\d+)*%?")
_STROKES = frozenset("1lI|丨")
Line = list[Character]


def agreed(gray: Image, rects: Sequence[Rect], said: Sequence[Line]) -> list[Line]:
    """What each piece of the page says, its doubtful numbers read two or three times."""
    out = list(said)
    edges = [_crossed(gray, rect) for rect in rects]
    doubtful = [n for n, rect in enumerate(rects) if _doubtful(out[n], rect, any(edges[n]))]
    second = engine.texts([_drawn(gray, rects[n], edges[n], _SECOND) for n in doubtful])
    split = []
    for n, other in zip(doubtful, second, strict=True):
        if _numbers(out[n]) == _numbers(other):
            out[n] = max(out[n], other, key=_sure)
        else:
            split.append((n, out[n], other))
    third = engine.texts([_drawn(gray, rects[n], edges[n], _THIRD) for n, _, _ in split])
    for (n, *two), last in zip(split, third, strict=True):
        out[n] = _voted([*two, last])
    for n in doubtful:
        if _is_cut(gray, rects[n], edges[n], out[n]) or (_sure(out[n]) < DOUBT and _is_stroke(out[n])):
            out[n] = _at_most(out[n], UNREAD)
    return out


def _is_stroke(line: Line) -> bool:
    """Whether a line is upright strokes alone: 1, or what is left of a border."""
    return _STROKES.issuperset(c.text for c in line)


def _is_cut(gray: Image, rect: Rect, crossed: tuple[bool, bool], line: Line) -> bool:
    """Whether a border runs through the digit at either end of a line: a % cut in two looks like a 9."""
    x0, y0, x1, y1 = rect
    beyond = round(_BEYOND * (y1 - y0))
    for over, at, end in (
        (crossed[0], slice(max(0, x0 - beyond), x0), 0),
        (crossed[1], slice(x1, x1 + beyond), -1),
    ):
        if over and line and line[end].text.isdigit():
            ink = gray[y0:y1, at] < _DARK
            if ink.size and ink.mean(axis=0).max() > _BORDER:
                return True
    return False


def cut(gray: Image, rect: Rect, margin: int) -> Image:
    """The picture of a piece, with white around it."""
    x0, y0, x1, y1 = rect
    return np.pad(gray[y0:y1, x0:x1], margin, constant_values=255)


def _doubtful(line: Line, rect: Rect, crossed: bool) -> bool:
    """Whether a line holds a number that should be read again."""
    if not any(c.text.isdigit() for c in line):
        return False
    x0, y0, x1, y1 = rect
    columns = _COLUMNS * (x1 - x0 + 2 * PAD) / (y1 - y0 + 2 * PAD)
    return crossed or len(line) > _CROWDED * columns or any(c.text.isdigit() and c.sure < DOUBT for c in line)


def _drawn(gray: Image, rect: Rect, crossed: tuple[bool, bool], times: float) -> Image:
    """A piece drawn out across, with what print of it lies beyond its edges; a long one with a margin instead."""
    x0, y0, x1, y1 = rect
    beyond = round(_BEYOND * (y1 - y0))
    x0, x1 = max(0, x0 - beyond * crossed[0]), min(gray.shape[1], x1 + beyond * crossed[1])
    if x1 - x0 > _LONG * (y1 - y0):
        return cut(gray, (x0, y0, x1, y1), round(_MARGIN * times))
    whole = cut(gray, (x0, y0, x1, y1), PAD)
    return cv2.resize(whole, None, fx=times, fy=1.0, interpolation=cv2.INTER_CUBIC)


def _crossed(gray: Image, rect: Rect) -> tuple[bool, bool]:
    """Whether print runs over the left and the right edge of a piece: part of it was cut off."""
    x0, y0, x1, y1 = rect
    ink = gray[y0 + PAD : y1 - PAD, x0:x1] < _DARK
    printed = np.flatnonzero(ink[:, 2 * PAD : -2 * PAD].any(axis=1))
    if not printed.size:
        return False, False
    return _runs_over(ink[:, :PAD], printed), _runs_over(ink[:, -PAD:], printed)


def _runs_over(edge: Image, printed: Image) -> bool:
    """Whether what darkens an edge is of the print in those rows; a border darkens other rows too, or all."""
    rows = np.flatnonzero(edge.any(axis=1))
    if not _CROSSES <= rows.size < _BORDER * len(edge):
        return False
    return bool(printed[0] - 1 <= rows[0] and rows[-1] <= printed[-1] + 1)


def _numbers(line: Line) -> list[str]:
    return _NUMBER.findall("".join(c.text for c in line))


def _sure(line: Line) -> float:
    return min((c.sure for c in line), default=0.0)


def _voted(readings: Sequence[Line]) -> Line:
    """The surer of the two readings that agree on their numbers, believed by half; the surest of three that do not, not believed."""
    for one in readings:
        alike = [other for other in readings if _numbers(other) == _numbers(one)]
        if len(alike) > 1:
            return _at_most(max(alike, key=_sure), VOTED)
    return _at_most(max(readings, key=_sure), UNREAD)


def _at_most(line: Line, most: float) -> Line:
    return [c._replace(sure=min(c.sure, most)) for c in line]
