"""The lines a page's tables are ruled with, and the ink that is none of them."""

from __future__ import annotations

import cv2
import numpy as np

from extractor.load.ocr.picture import Image
from extractor.load.printed.ruling import Line

# Pixels of 200 dpi, odd so that nothing moves: lines shorter than _STRONG may be strokes of characters, breaks up to _BREAK are
# noise, what is one line lies within _TOUCH;
# the end of a short line meets the middle of another within _MEETS, which no character of a low row does.
_STRONG, _WEAK, _BREAK, _THICK, _TOUCH, _MEETS = 51, 19, 31, 14, 7, 3
# Pixels that a seal's ring covers where it runs along a line; of the gap; what is no stroke of the seal itself.
_SEALED, _MOSTLY, _SURELY = 250, 0.6, 120
_FAINT, _DARK = 10, 30  # how much darker than their surroundings a line and a character are
Bar = tuple[int, int, int, int]  # x, y, width, height


def ruled(gray: Image, seal: Image | None = None) -> tuple[list[Line], list[Line]]:
    """The straight lines of a page, across and down, in pixels: long ones, and short ones that join two others.

    What a seal (1, else 0) covers of a line is taken to be there.
    """
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, _FAINT)
    flat, upright = _bars(ink, _STRONG), _bars(ink.T, _STRONG)
    if seal is not None and seal.any():
        flat, upright = _mended(flat, seal), _mended(upright, seal.T)
    flat, upright = (
        flat + _joining(_bars(ink, _WEAK), flat, upright),
        upright + _joining(_bars(ink.T, _WEAK), upright, flat),
    )
    across = [Line(y + h / 2, x, x + w) for x, y, w, h in flat]
    down = [Line(x + w / 2, y, y + h) for y, x, h, w in upright]
    return across, down


def ink_of(gray: Image) -> Image:
    """Where something is printed: 1, else 0."""
    smooth = cv2.GaussianBlur(gray, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, _DARK)


def _bars(ink: Image, least: int) -> list[Bar]:
    """Boxes of the horizontal lines of at least `least` pixels."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    whole = (
        cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((3, _BREAK), np.uint8)) if least == _STRONG else kept
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    boxes = ((int(row[0]), int(row[1]), int(row[2]), int(row[3])) for row in stats[1:])
    return [box for box in boxes if box[3] <= _THICK]


def _mended(bars: list[Bar], seal: Image) -> list[Bar]:
    """The bars, two that a seal parts made one."""
    out: list[Bar] = []
    for x, y, w, h in sorted(bars):
        for n, (a, b, c, d) in enumerate(out):
            apart, level = x - a - c, abs(y + h / 2 - b - d / 2) <= _TOUCH
            if not level or not 0 < apart <= _SEALED or min(w, c) < max(apart, _SURELY):
                continue
            top, bottom = min(y, b), max(y + h, b + d)
            if seal[max(0, top - 1) : bottom + 1, a + c : x].any(axis=0).mean() > _MOSTLY:
                out[n] = (a, top, x + w - a, bottom - top)
                break
        else:
            out.append((x, y, w, h))
    return out


def _joining(short: list[Bar], known: list[Bar], crossing: list[Bar]) -> list[Bar]:
    """Of short lines those that are no part of a known one and reach from one crossing line to another."""
    out = []
    for x, y, w, h in short:
        if w >= _STRONG or any(
            a - _TOUCH <= x and x + w <= a + c + _TOUCH and abs(b - y) <= _TOUCH for a, b, c, _ in known
        ):
            continue
        ends = [False, False]
        for (
            b,
            a,
            d,
            c,
        ) in crossing:  # of the other direction: its place along this one is a, its reach b to b + d
            if b - _TOUCH <= y + h / 2 <= b + d + _TOUCH:
                ends[0] |= abs(a + c / 2 - x) <= _MEETS
                ends[1] |= abs(a + c / 2 - (x + w)) <= _MEETS
        if all(ends):
            out.append((x, y, w, h))
    return out
