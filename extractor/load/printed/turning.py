"""Pages whose text stands on its side: turned upright to be read, and every place turned back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from extractor.load.printed.words import Word

Matrix = tuple[float, float, float, float, float, float]
Direction = tuple[int, int]

_LONG, _TALL = 3, 1.5  # characters; times the width


def moved(word: Word, matrix: Matrix) -> Word:
    """The word where the matrix, of quarter turns, brings it."""
    x0, y0, x1, y1 = box_moved((word.x0, word.y0, word.x1, word.y1), matrix)
    return word._replace(x0=x0, y0=y0, x1=x1, y1=y1)


def box_moved(box: tuple[float, float, float, float], matrix: Matrix) -> tuple[float, float, float, float]:
    """The box around where the matrix brings a box."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    corners = ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def after(first: Matrix | None, second: Matrix | None) -> Matrix | None:
    """What two matrices do, one after the other; None leaves a place where it is."""
    if first is None or second is None:
        return first or second
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def sideways(matrix: Matrix | None) -> bool:
    """Whether the matrix makes a page's height its width."""
    return matrix is not None and abs(matrix[1]) > abs(matrix[0])


def on_its_side(words: Sequence[Word]) -> bool:
    """Whether most of a page's text runs up or down."""
    tall = long = 0
    for word in words:
        if (size := len(word.text)) >= _LONG:
            long += size
            if word.y1 - word.y0 > _TALL * (word.x1 - word.x0):
                tall += size
    return 2 * tall > long


def upright(
    directions: Callable[[], Iterable[Direction]], width: float, height: float
) -> tuple[Matrix, Matrix] | None:
    """The matrix that turns a page of this size so that its text reads from left to right, and the one that leads back."""
    ((across, down), _), *_ = Counter(directions()).most_common(1) or [((1, 0), 0)]
    if across:
        return None
    if down < 0:
        return (0, 1, -1, 0, height, 0), (0, -1, 1, 0, 0, height)
    return (0, -1, 1, 0, 0, width), (0, 1, -1, 0, width, 0)
