"""What is done to a picture of a page before it is read, and the lines its tables are ruled with."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from extractor.load.printed.ruling import Line

Image = Any  # numpy array, height × width (× 3, blue-green-red)

_REDDER, _BRIGHT = 45, 90  # how much red must exceed green and blue, and how bright it is
_SMALL = 900  # pixels: the skew is measured on a picture of this width
# Pixels of 200 dpi: lines shorter than _STRONG are strokes of characters, breaks up to _BREAK are noise.
_STRONG, _BREAK, _THICK = 50, 30, 14
_TILT = 0.08  # degrees that need no straightening


def without_seals(image: Image) -> tuple[Image, Image]:
    """The picture with everything red made white, and where that was; black print under a seal stays."""
    blue, green, red = (image[:, :, n].astype(np.int16) for n in range(3))
    mask = (red - np.maximum(green, blue) > _REDDER) & (red > _BRIGHT)
    mask = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8))
    out = image.copy()
    out[mask > 0] = 255
    return out, mask


def skew(gray: Image) -> float:
    """By how many degrees the lines of a page fall to the right: the turn that makes its rows of ink sharpest."""
    scale = min(1.0, _SMALL / gray.shape[1])
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < 0.75 * float(np.median(small))).astype(np.float32)
    best = 0.0
    for span, step in ((5.0, 0.5), (0.5, 0.1), (0.1, 0.02)):
        turns = np.arange(best - span, best + span + step / 2, step)
        best = float(max(turns, key=lambda turn: _sharpness(ink, float(turn))))
    return best


def _sharpness(ink: Image, turn: float) -> float:
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    rows = cv2.warpAffine(ink, matrix, (width, height)).sum(axis=1)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def straightened(image: Image, turn: float) -> tuple[Image, Image]:
    """The picture turned by `turn` degrees, and the matrix that leads back to the one before."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    if abs(turn) < _TILT:
        return image, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    turned = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    return turned, cv2.invertAffineTransform(matrix)


def ruled(gray: Image, points: float) -> tuple[list[Line], list[Line]]:
    """The long straight lines of a page, across and down, in points (`points` to a pixel)."""
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 10)
    flat = [Line((y + h / 2) * points, x * points, (x + w) * points) for x, y, w, h in _bars(ink)]
    upright = [Line((x + w / 2) * points, y * points, (y + h) * points) for y, x, h, w in _bars(ink.T)]
    return flat, upright


def _bars(ink: Image) -> list[tuple[int, int, int, int]]:
    """Boxes (x, y, width, height) of the horizontal lines."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, _STRONG), np.uint8))
    whole = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((3, _BREAK), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    boxes = [tuple(int(v) for v in stats[n, :4]) for n in range(1, count)]
    return [box for box in boxes if box[3] <= _THICK]  # type: ignore[misc]
