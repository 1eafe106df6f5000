"""A picture of a page read: upright, straight, without its seals; every run of characters with its place and how sure it is."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extractor.load.canonical import canonical
from extractor.load.ocr import engine
from extractor.load.ocr.engine import Character
from extractor.load.ocr.lines import ink_of, ruled
from extractor.load.ocr.picture import Image, Turned, sized, without_seals
from extractor.load.ocr.pieces import Rect, pieces
from extractor.load.ocr.strokes import UNBELIEVED, stroke
from extractor.load.printed.ruling import Lattice, from_lines
from extractor.load.printed.sheet import PageTable, PageText, arranged
from extractor.load.printed.turning import Matrix, after
from extractor.load.printed.words import Region, Word

_LONG, _LINES = 3.0, 8  # times the height; lines enough to tell which way a page stands
_COVERED, _HIDES = 0.08, 0.1  # of a character's box; of an empty cell
_WIDE = 1.2  # times the height: a gap that no typesetter leaves inside a run
_BROAD, _SLIM = 0.5, 0.3  # times the height: half the breadth of a Chinese character and of a digit
_LEAST = 0.5  # below this, what stands outside a table is a stain
_DOUBT, _AGAIN = 0.9, 8  # a digit less sure is read again, from a picture with this margin
_PAD = 2
_DARK, _CROSSES, _BORDER = 128, 3, 0.7  # of grey; pixels of print on an edge; of the edge


def read(image: Image, number: int, width: float, height: float) -> PageText:
    """The page that a picture (blue, green, red) shows; `width` and `height` are the page's in points."""
    page = Turned(*without_seals(sized(image)))
    found = _upright(page)
    if page.quarters % 2:
        width, height = height, width
    points = width / page.gray.shape[1]
    flat, down = ([line.times(points) for line in lines] for lines in ruled(page.gray))
    tables = [table for table in from_lines(flat, down) if not _is_character(table.times(1 / points), found)]
    rects = pieces(found, [table.times(1 / points) for table in tables], ink_of(page.gray))
    lines = _lines(page, rects, points)
    single = [character for line in lines for character in line]
    words = [_word(run) for line in lines for run in _runs(line)]
    rows, grids = arranged(words, tables, lambda region: _near(single, region), number)
    for grid in grids:
        _mark_sealed(grid, page.seal, points, number)
    back = _back(page, width, height, points)
    return PageText(number, width, height, 0, rows, grids, source="ocr", back=back)


def _upright(page: Turned) -> list[Rect]:
    """Turn the page as it is to be read and take its skew out; the detected lines of print."""
    found = engine.boxes(page.gray)
    wide = sum(x1 - x0 for x0, y0, x1, y1 in found if x1 - x0 > _LONG * (y1 - y0))
    tall = sum(y1 - y0 for x0, y0, x1, y1 in found if y1 - y0 > _LONG * (x1 - x0))
    if tall > wide:
        page.quarter(1)
        found = engine.boxes(page.gray)
    longest = sorted((r for r in found if r[2] - r[0] > _LONG * (r[3] - r[1])), key=lambda r: r[0] - r[2])
    if engine.on_their_heads([page.gray[y0:y1, x0:x1] for x0, y0, x1, y1 in longest[:_LINES]]):
        page.quarter(2)
        bottom, right = page.gray.shape
        found = [(right - x1, bottom - y1, right - x0, bottom - y0) for x0, y0, x1, y1 in reversed(found)]
    return found


def _is_character(table: Lattice, found: Sequence[Rect]) -> bool:
    """Whether a box of lines lies in one detected line of print: a large 目 or 田; `table` is in pixels."""
    left, top, right, bottom = table.bbox
    return any(
        x0 - _PAD <= left and right <= x1 + _PAD and y0 - _PAD <= top and bottom <= y1 + _PAD
        for x0, y0, x1, y1 in found
    )


def _back(page: Turned, width: float, height: float, points: float) -> Matrix | None:
    """The matrix that leads from places of the picture as it is read to those of the page as it is shown, in points."""
    quarter: Matrix | None = {
        0: None,
        1: (0.0, -1.0, 1.0, 0.0, 0.0, width),
        2: (-1.0, 0.0, 0.0, -1.0, width, height),
        3: (0.0, 1.0, -1.0, 0.0, height, 0.0),
    }[page.quarters]
    if page.skewed is None:
        return quarter
    (a, c, e), (b, d, f) = page.skewed.tolist()
    return after((a, b, c, d, e * points, f * points), quarter)


def _lines(page: Turned, rects: Sequence[Rect], points: float) -> list[list[Word]]:
    """The recognised characters of each piece of the page, their places in points."""
    said = engine.texts([_cut(page.gray, rect, _PAD) for rect in rects])
    doubtful = [n for n, line in enumerate(said) if any(c.text.isdigit() and c.sure < _DOUBT for c in line)]
    second = engine.texts([_cut(page.gray, rects[n], _AGAIN) for n in doubtful])
    for n, other in zip(doubtful, second, strict=True):
        said[n] = _surer(said[n], other)
    out = []
    for rect, line in zip(rects, said, strict=True):
        if line and (single := stroke(page.gray, rect, line)):
            line[:] = [single]
        _doubt_cut(page.gray, rect, line)
        characters = _placed(rect, line, page.seal, points)
        if characters and (_is_bracket(line) or statistics.fmean(c.sure for c in characters) >= _LEAST):
            out.append(characters)
    return out


def _is_bracket(line: Sequence[Character]) -> bool:
    """Whether a line is a bracket alone: seldom sure, and never a stain."""
    return len(line) == 1 and line[0].text in "()（）"


def _cut(gray: Image, rect: Rect, margin: int) -> Image:
    """The picture of a piece, with white around it."""
    x0, y0, x1, y1 = rect
    return np.pad(gray[y0:y1, x0:x1], margin, constant_values=255)


def _surer(one: list[Character], other: list[Character]) -> list[Character]:
    """The surer of two readings; where they differ, neither is believed."""
    if [c.text for c in one] == [c.text for c in other]:
        return one
    best = max(one, other, key=lambda line: min((c.sure for c in line), default=0.0))
    return [c._replace(sure=min(c.sure, UNBELIEVED)) for c in best]


def _doubt_cut(gray: Image, rect: Rect, line: list[Character]) -> None:
    """Doubt the first and the last character of a line where print runs over the edge of its cell: part of it was cut off."""
    x0, y0, x1, y1 = rect
    for at, n in ((slice(x0, x0 + 2), 0), (slice(x1 - 2, x1), -1)):
        rows = (gray[y0 + _PAD : y1 - _PAD, at] < _DARK).any(axis=1)
        # A border that stands on its edge darkens all of it.
        if line and rows.size and _CROSSES <= rows.sum() < _BORDER * rows.size:
            line[n] = line[n]._replace(sure=min(line[n].sure, UNBELIEVED))


def _placed(rect: Rect, line: Sequence[Character], seal: Image, points: float) -> list[Word]:
    """Characters with their boxes: each reaches halfway to its neighbours, no further than a character is broad."""
    x0, y0, x1, y1 = rect
    middles = [x0 + c.at * (x1 - x0) for c in line]
    halves = [(a + b) / 2 for a, b in pairwise(middles)]
    out = []
    for n, (character, middle) in enumerate(zip(line, middles, strict=True)):
        reach = (y1 - y0) * (_SLIM if character.text.isascii() else _BROAD)
        left = max(middle - reach, halves[n - 1] if n else x0)
        right = min(middle + reach, halves[n] if n < len(halves) else x1)
        under = seal[y0:y1, int(left) : int(right) + 1]
        covered = bool(under.size) and float(under.mean()) > _COVERED
        if text := canonical(character.text).strip():
            box = (left * points, y0 * points, right * points, y1 * points)
            out.append(Word(*box, text, character.sure, covered))
    return out


def _runs(line: Sequence[Word]) -> list[list[Word]]:
    """A line's characters, parted where a wide gap is and between what belongs to a number and what does not."""
    runs: list[list[Word]] = []
    for word in line:
        last = runs[-1][-1] if runs else None
        if (
            last
            and word.x0 - last.x1 <= _WIDE * word.height
            and _of_number(last.text) == _of_number(word.text)
        ):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _of_number(text: str) -> bool:
    return text in "0123456789.,%-"


def _word(run: Sequence[Word]) -> Word:
    """A run of characters as one word, as sure as its least sure one."""
    return Word(
        min(w.x0 for w in run), min(w.y0 for w in run), max(w.x1 for w in run), max(w.y1 for w in run),
        "".join(w.text for w in run), min(w.sure for w in run), any(w.covered for w in run),
    )  # fmt: skip


def _mark_sealed(grid: PageTable, seal: Image, points: float, number: int) -> None:
    """Give empty cells under a seal a word without characters: what was printed there cannot be known."""
    for cell in grid.cells:
        if cell.lines:
            continue
        box = cell.left, cell.top, cell.right, cell.bottom
        x0, y0, x1, y1 = (int(v / points) for v in box)
        under = seal[y0:y1, x0:x1]
        if under.size and float(under.mean()) > _HIDES:
            cell.lines = [(number, [Word(*box, "", 0.0, covered=True)])]


def _near(single: Sequence[Word], region: Region) -> list[Word]:
    x0, y0, x1, y1 = region
    return [c for c in single if c.x1 >= x0 and c.x0 <= x1 and c.y1 >= y0 and c.y0 <= y1]
