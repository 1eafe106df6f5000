"""Which parts of a page are read, one by one: detected lines cut at the borders of cells, and print in cells that was not detected."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractor.load.ocr.picture import Image
from extractor.load.printed.ruling import Box, Lattice

Rect = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels
# Pixels of 200 dpi: what a border takes on each side, the least a character measures, the margin around print.
_BORDER, _LOW, _NARROW, _SPECKS, _PAD = 3, 9, 3, 14, 5
# A dash, and a minus sign that was printed on a line of its own above its number.
_DASH_WIDE, _DASH_LOW, _DASH_HIGH, _LENGTHY, _CLEAR = 6, 2, 9, 1.4, 5
_RIM, _FULL = (
    5,
    0.7,
)  # pixels that a thick or slanting border may take more; of a cell's height, what a border darkens
_SQUARE = 0.9  # times the width: a character is as high
_NEAR, _FLAT = 0.5, 19  # of the height: a gap within a run; pixels, margin included: a dash
_OVER = 0.35  # of a line's height: how far print may reach over a border and still be read whole
_SHARED = 0.5  # of the height of the lower one of two that are on one line
_STROKE, _FOREIGN = (
    2,
    0.6,
)  # pixels of a row that are no speck; of a line's height, what reaches into its box from the next
_TALL = 1.6  # times the width: a column of characters, or a narrow one
_PAIR, _WHOLE = (
    1.2,
    15,
)  # times the width: two characters, not one; pixels: no half of a character in a table is as high


def pieces(found: Sequence[Rect], tables: Sequence[Lattice], ink: Image) -> list[Rect]:
    """What is to be read: `found` are the detected lines, `ink` is 1 where something is printed; all in pixels."""
    out: list[Rect] = []
    loose: list[Rect] = []
    cells = [[_inside(box, ink) for box in table.boxes] for table in tables]
    held: list[list[list[Rect]]] = [[[] for _ in own] for own in cells]
    for rect in found:
        n = next((n for n, table in enumerate(tables) if _is_in(rect, table)), None)
        if n is None:
            loose.append(_trimmed(rect, ink))
        else:
            _share(rect, cells[n], held[n])
    held = [[[_trimmed(part, ink) for part in parts] for parts in own] for own in held]
    out += [part for rect in loose for part in _stacked(rect, ink)]
    for own, parts in zip(cells, held, strict=True):
        missed = _missed(own, parts, ink)
        for cell, printed in zip(own, parts, strict=True):
            whole = _joined(_lines(printed), missed.get(cell, ()))
            out += [part for rect in whole for part in _stacked(rect, ink)]
    return [rect for rect in out if rect[2] - rect[0] >= _NARROW and rect[3] - rect[1] >= _NARROW]


def _inside(box: Box, ink: Image) -> Rect:
    """A cell without its borders, however thick or slanting they are."""
    left, top, right, bottom = box.bbox
    x0, y0 = round(left) + _BORDER, round(top) + _BORDER
    x1, y1 = round(right) - _BORDER + 1, round(bottom) - _BORDER + 1
    held = ink[y0:y1, x0:x1]
    x0, x1 = x0 + _rim(held), x1 - _rim(held[:, ::-1])
    held = ink[y0:y1, x0:x1].T
    return x0, y0 + _rim(held), x1, y1 - _rim(held[:, ::-1])


def _rim(ink: Image) -> int:
    """How many columns on the left are a border's: two side by side darken most of the height."""
    if not ink.shape[0]:
        return 0
    most = min(_RIM, ink.shape[1] - 1)
    return max((n + 1 for n in range(most) if ink[:, n : n + 2].any(axis=1).mean() > _FULL), default=0)


def _is_in(rect: Rect, table: Lattice) -> bool:
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    x0, y0, x1, y1 = table.bbox
    return x0 <= x <= x1 and y0 <= y <= y1


def _share(rect: Rect, cells: Sequence[Rect], held: list[list[Rect]]) -> None:
    """Give each cell the part of a detected line that is printed in it."""
    x0, y0, x1, y1 = rect
    for n, (left, top, right, bottom) in enumerate(cells):
        wide, tall = min(x1, right) - max(x0, left), min(y1, bottom) - max(y0, top)
        if wide <= 0 or tall <= 0:
            continue
        height = y1 - y0
        if tall >= _SHARED * min(height, bottom - top) and wide >= min(
            _OVER * min(height, bottom - top), x1 - x0
        ):
            held[n].append((max(x0, left), max(y0, top), min(x1, right), min(y1, bottom)))


def _trimmed(rect: Rect, ink: Image) -> Rect:
    """A line without what of the lines above and below it reaches into its box."""
    x0, y0, x1, y1 = rect
    if y1 - y0 >= _TALL * (x1 - x0):
        return rect
    bands = _bands(np.count_nonzero(ink[y0:y1, x0:x1], axis=1) >= _STROKE)
    if len(bands) < 2:
        return rect
    low, high = max(bands, key=lambda band: band[1] - band[0])
    most = _FOREIGN * (high - low)
    top, bottom = y0, y1
    first, last = bands[0], bands[-1]
    if first[0] <= 1 and first[1] < low and first[1] - first[0] < most:
        top = y0 + (first[1] + bands[1][0]) // 2
    if last[1] >= y1 - y0 - 1 and last[0] > high and last[1] - last[0] < most:
        bottom = y0 + (bands[-2][1] + last[0]) // 2
    return x0, top, x1, bottom


def _lines(parts: list[Rect]) -> list[Rect]:
    """A cell's parts without those that lie in another one."""
    return [
        part for n, part in enumerate(parts)
        if not any(_within(part, other) and (part != other or n > m) for m, other in enumerate(parts) if m != n)
    ]  # fmt: skip


def _joined(held: Sequence[Rect], missed: Sequence[Rect]) -> list[Rect]:
    """A cell's lines, each with the print beside it that was not detected: a digit must not be read apart from its number."""
    out = list(held)
    for rect in missed:
        belongs = _is_beside if rect[3] - rect[1] > _FLAT else _is_stroke_of
        beside = [part for part in out if belongs(rect, part)]
        out = [part for part in out if part not in beside]
        xs, ys, ends, bottoms = zip(rect, *beside, strict=True)
        out.append((min(xs), min(ys), max(ends), max(bottoms)))
    return out


def _is_beside(rect: Rect, part: Rect) -> bool:
    """Whether two are on one line without a gap between them."""
    tall = min(rect[3], part[3]) - max(rect[1], part[1])
    apart = max(rect[0], part[0]) - min(rect[2], part[2])
    low = min(rect[3] - rect[1], part[3] - part[1])
    return tall >= _SHARED * low and apart <= _NEAR * low


def _is_stroke_of(rect: Rect, part: Rect) -> bool:
    """Whether a flat stroke is the top or the foot of a column of characters, or of a single one."""
    column = part[3] - part[1] >= _SQUARE * (part[2] - part[0])
    apart = max(rect[1], part[1]) - min(rect[3], part[3])
    return column and part[0] <= rect[0] + _PAD and rect[2] - _PAD <= part[2] and apart <= _PAD


def _within(part: Rect, other: Rect) -> bool:
    return part[0] >= other[0] and part[1] >= other[1] and part[2] <= other[2] and part[3] <= other[3]


def _stacked(rect: Rect, ink: Image) -> list[Rect]:
    """A column of characters set one under the other as single ones; any other rect as it is."""
    x0, y0, x1, y1 = rect
    if y1 - y0 < _PAIR * (x1 - x0):
        return [rect]
    bands = [band for band in _bands(ink[y0:y1, x0:x1].any(axis=1)) if band[1] - band[0] >= _LOW]
    if len(bands) < 2 or (y1 - y0 < _TALL * (x1 - x0) and not _is_pair(bands)):
        return [rect]
    merged: list[tuple[int, int]] = []
    for low, high in bands:  # parts of one character: 二 and 三 have gaps
        if merged and high - merged[-1][0] <= x1 - x0:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return [(x0, max(y0, y0 + low - 2), x1, min(y1, y0 + high + 2)) for low, high in merged]


def _is_pair(bands: Sequence[tuple[int, int]]) -> bool:
    """Whether two characters stand one under the other: neither is the half of one."""
    return len(bands) == 2 and all(high - low >= _WHOLE for low, high in bands)


def _bands(rows: Image) -> list[tuple[int, int]]:
    """Runs of true values: [start, end)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _missed(cells: Sequence[Rect], held: Sequence[Sequence[Rect]], ink: Image) -> dict[Rect, list[Rect]]:
    """Lines of print in cells that no detected line covers."""
    out: dict[Rect, list[Rect]] = {}
    for cell, parts in zip(cells, held, strict=True):
        x0, y0, x1, y1 = cell
        if x1 - x0 < _LOW or y1 - y0 < _LOW:
            continue
        left = ink[y0:y1, x0:x1].copy()
        for a, b, c, d in parts:
            left[max(0, b - y0 - 2) : d - y0 + 2, max(0, a - x0 - 2) : c - x0 + 2] = 0
        if int(left.sum()) < _SPECKS:
            continue
        if lines := _printed(left, [(a - x0, b - y0, c - x0, d - y0) for a, b, c, d in parts]):
            out[cell] = [(x0 + a, y0 + b, x0 + c, y0 + d) for a, b, c, d in lines]
    return out


def _printed(ink: Image, held: Sequence[Rect]) -> list[Rect]:
    """The lines that characters and dashes among `ink` stand on; what touches a border or a held line is no dash but a part of it."""
    height, width = ink.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    whole = [
        (int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, area in stats[1:] if area >= _SPECKS // 2
    ]
    marks = [
        mark for mark in whole
        if (mark[3] - mark[1] >= _LOW and mark[2] - mark[0] >= _NARROW) or _is_dash(mark, width, height, held)
    ]  # fmt: skip
    lines: list[list[Rect]] = []
    for mark in sorted(marks, key=lambda mark: mark[1]):
        if lines and mark[1] < max(each[3] for each in lines[-1]):
            lines[-1].append(mark)
        else:
            lines.append([mark])
    return [
        (
            max(0, min(m[0] for m in line) - _PAD), max(0, min(m[1] for m in line) - _PAD),
            min(width, max(m[2] for m in line) + _PAD), min(height, max(m[3] for m in line) + _PAD),
        )
        for line in lines
    ]  # fmt: skip


def _is_dash(mark: Rect, width: int, height: int, held: Sequence[Rect]) -> bool:
    """Whether a mark in a cell of this size is flat, and clear of its borders and of what was detected."""
    x0, y0, x1, y1 = mark
    wide, tall = x1 - x0, y1 - y0
    flat = _DASH_LOW <= tall <= _DASH_HIGH and wide >= max(_DASH_WIDE, _LENGTHY * tall)
    inside = y0 > _BORDER and y1 < height - _BORDER and x0 > _BORDER and x1 < width - _BORDER
    return flat and inside and not any(
        a - _CLEAR < x1 and x0 < c + _CLEAR and b - _CLEAR < y1 and y0 < d + _CLEAR for a, b, c, d in held
    )  # fmt: skip
