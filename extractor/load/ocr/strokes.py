"""What is printed as a single stroke: a dash, the sign of a number, a slash; no model tells them from 一 and 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractor.load.ocr.engine import Character
from extractor.load.ocr.picture import Image
from extractor.load.ocr.pieces import Rect

UNBELIEVED = 0.5  # how sure a reading is that another one contradicts
_INKED, _CONTRAST = 160, 50  # of grey
_BORDER = 0.7  # of the height: what darkens so much of a column is a border
_FLAT, _LENGTHY = 7, 1.4  # pixels; times the height: what a dash looks like
_MINUS = 15  # pixels: a longer dash is no sign of a number
_TALL, _LEANS, _LEANS_MOST, _SLIM = (
    12,
    0.24,
    0.8,
    0.25,
)  # pixels; what a slash looks like, in parts of its height
_UPRIGHT = "1lI|丨丿/"


def stroke(gray: Image, rect: Rect, line: Sequence[Character]) -> Character | None:
    """The character that a line of one stroke is, None where more is printed; 一 is none, and a slash was read as one sign."""
    x0, y0, x1, y1 = rect
    ink = gray[y0:y1, x0:x1] < _INKED
    ink[:, ink.mean(axis=0) > _BORDER] = False
    if wide := _dash(ink):
        # A short one may be the sign of a number: it is never believed at once.
        sure = max((c.sure for c in line), default=UNBELIEVED)
        return Character("-", 0.5, UNBELIEVED) if wide <= _MINUS else Character("—", 0.5, sure)
    if (
        len(line) == 1
        and line[0].text in _UPRIGHT
        and (_is_slash(ink) or _is_slash(_pale(gray[y0:y1, x0:x1])))
    ):
        return Character("/", 0.5, max(line[0].sure, UNBELIEVED))
    return None


def _pale(gray: Image) -> Image:
    """The ink of a thin stroke that blur has made pale: what is nearer to its darkest grey than to the paper's."""
    paper, darkest = float(np.median(gray)), float(gray.min())
    if paper - darkest < _CONTRAST:
        return np.zeros_like(gray, dtype=bool)
    ink = gray < (paper + darkest) / 2
    ink[:, ink.mean(axis=0) > _BORDER] = False
    return ink


def _dash(ink: Image) -> int:
    """The width of a dash, never the number 一 or 一一 or the sign =, where nothing but a flat stroke is printed; else 0."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return 0
    tall, wide = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    return wide if rows.size == tall <= _FLAT and wide >= _LENGTHY * tall else 0


def _is_slash(ink: Image) -> bool:
    """Whether nothing but a slim stroke is printed that leans as no digit does."""
    rows = np.flatnonzero(ink.any(axis=1))
    if rows.size < _TALL:
        return False
    tall = int(rows[-1] - rows[0]) + 1
    places = [np.flatnonzero(ink[row]) for row in rows]
    if max(int(place[-1] - place[0]) + 1 for place in places) > _SLIM * tall:
        return False
    middles = [float(place.mean()) for place in places]
    third = rows.size // 3
    leaning = (sum(middles[:third]) - sum(middles[-third:])) / third / (tall - third)
    return _LEANS <= leaning <= _LEANS_MOST
