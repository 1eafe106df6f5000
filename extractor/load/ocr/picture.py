"""What is done to a picture of a page before it is read: seals lifted off, skew measured and taken out."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

Image = Any  # numpy array: height × width of grey, or × 3 of blue, green and red

_REDDER, _BRIGHT = 45, 90  # how much red must exceed green and blue, and how bright it is
# Pixels of 200 dpi: what is red and as large as a seal is one; smaller or wider, it is print. `_STRIP` is what a page's edge leaves of one.
_LEAST_SEAL, _MOST_SEAL, _STRIP, _JOIN = 100, 600, 20, 4
_BLACK, _PALEST = (
    60,
    15,
)  # the red of black print under a seal; the percentile of a seal's red that is made white
# Pixels: what closes the gaps that print leaves in a seal's strokes; of grey; how much of what is beside a seal is print where any
# is; how much of that shows through.
_STROKE, _PRINT, _PRINTED, _THROUGH = 15, 110, 0.004, 0.25
_SMALL = 900  # pixels: the skew is measured on a picture of this width
_TILT = 0.08  # degrees that need no straightening
# Pixels: the longer side of a picture is brought between these, so that print has about the size it has at 200 dpi.
_SHORTEST, _LONGEST, _USUAL = 1700, 3400, 2339
# Times the width: what is longer is several pages; the height of a page; pages in a strip that are read at their full size.
STRIP, _PAGE, _MOST_JOINED = 2.3, 1.414, 8


def measure(width: float, height: float) -> float:
    """The longer side of a picture; of a long strip, pages joined one below the other, that of one of its pages."""
    if height <= STRIP * width:
        return max(width, height)
    return max(_PAGE * width, height / _MOST_JOINED)


def sized(image: Image) -> Image:
    """The picture as large as a page at about 200 dpi."""
    longest = measure(image.shape[1], image.shape[0])
    if _SHORTEST <= longest <= _LONGEST:
        return image
    scale = (_USUAL if longest < _SHORTEST else _LONGEST) / longest
    by = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=by)


def without_seals(image: Image) -> tuple[Image, Image, bool]:
    """The picture in grey without its red seals, where they were (0 or 1), and whether they cover what is printed under them.

    Black print under a seal that lets it through stays, and so does red print.
    """
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    blue, green, red = cv2.split(image)
    over = cv2.subtract(red, cv2.max(blue, green))
    mask = ((over > _REDDER) & (red > _BRIGHT)).astype(np.uint8)
    seal = np.zeros_like(mask)
    if not mask.any():
        return gray, seal, False
    for x0, y0, x1, y1 in _seals(mask):
        seal[y0:y1, x0:x1] |= mask[y0:y1, x0:x1]
    where = cv2.dilate(seal, np.ones((5, 5), np.uint8)) > 0
    if where.any():
        ink = float(np.percentile(red[seal > 0], _PALEST))
        lifted = (red[where].astype(np.float32) - _BLACK) * (255.0 / max(ink - _BLACK, 1.0))
        gray[where] = np.clip(lifted, 0, 255).astype(np.uint8)
    return gray, seal, _covers(gray, seal)


def _covers(gray: Image, seal: Image) -> bool:
    """Whether print stands beside the strokes of the seals and next to none under them."""
    closed = cv2.morphologyEx(seal, cv2.MORPH_CLOSE, np.ones((_STROKE, _STROKE), np.uint8))
    around = cv2.dilate(closed, np.ones((_STROKE, _STROKE), np.uint8)) > closed
    inner = cv2.erode(closed, np.ones((3, 3), np.uint8)) > 0
    if not inner.any() or not around.any():
        return False
    beside = float((gray[around] < _PRINT).mean())
    return beside > _PRINTED and float((gray[inner] < _PRINT).mean()) < _THROUGH * beside


def _seals(mask: Image) -> list[tuple[int, int, int, int]]:
    """Boxes of what is red and has the size of a seal."""
    height, width = mask.shape
    small = cv2.resize(mask, (width // _JOIN + 1, height // _JOIN + 1), interpolation=cv2.INTER_AREA)
    joined = cv2.dilate((small > 0).astype(np.uint8), np.ones((5, 5), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    out = []
    for x, y, w, h in ([int(v) * _JOIN for v in row[:4]] for row in stats[1:]):
        at_edge = x <= _STRIP or y <= _STRIP or x + w >= width - _STRIP or y + h >= height - _STRIP
        least = _STRIP if at_edge else _LEAST_SEAL
        if min(w, h) >= least and _LEAST_SEAL <= max(w, h) <= _MOST_SEAL:
            out.append((x, y, x + w, y + h))
    return out


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


class Turned:
    """A page's picture as it is read, its seals, and what was done to bring it upright."""

    def __init__(self, gray: Image, seal: Image, opaque: bool = False) -> None:
        self._given = self.gray, self.seal = gray, seal
        self.opaque = opaque  # whether the seals cover what is printed under them
        self.quarters = 0  # turns by 90 degrees clockwise
        self.skewed: Image | None = None  # leads from a straightened place to the one before
        self._straighten()

    def quarter(self, times: int) -> None:
        """Turn by `times` × 90 degrees clockwise and take the skew out."""
        self._given = tuple(np.ascontiguousarray(np.rot90(each, -times)) for each in self._given)
        self.quarters = (self.quarters + times) % 4
        self._straighten()

    def _straighten(self) -> None:
        self.gray, self.seal = self._given
        self.skewed = None
        turn = skew(self.gray)
        if abs(turn) < _TILT:
            return
        height, width = self.gray.shape
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
        self.gray = cv2.warpAffine(self.gray, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
        self.seal = cv2.warpAffine(self.seal, matrix, (width, height), flags=cv2.INTER_NEAREST)
        self.skewed = cv2.invertAffineTransform(matrix)
