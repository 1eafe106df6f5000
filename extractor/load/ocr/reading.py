"""A picture of a page read: upright, straight, without its seals; every run of characters with its place and how sure it is."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from extractor.load.canonical import canonical
from extractor.load.ocr import engine
from extractor.load.ocr.engine import Character
from extractor.load.ocr.lines import ink_of, ruled
from extractor.load.ocr.picture import Image, Turned, sized, without_seals
from extractor.load.ocr.pieces import Rect, pieces
from extractor.load.ocr.rereading import PAD, agreed, cut
from extractor.load.ocr.strokes import stroke
from extractor.load.printed.ruling import Lattice, from_lines
from extractor.load.printed.sheet import PageTable, PageText, arranged
from extractor.load.printed.turning import Matrix, after
from extractor.load.printed.words import Region, Word

_LONG, _LINES = 3.0, 8  # times the height; lines enough to tell which way a page stands
_COVERED, _HIDES = 0.08, 0.1  # of a character's box; of an empty cell
_WIDE = 1.2  # times the height: a gap that no typesetter leaves inside a run
_BROAD, _SLIM = 0.5, 0.3  # times the height: half the breadth of a Chinese character and of a digit
_LEAST = 0.5  # below this, what stands outside a table is a stain
_BESIDE, _TOUCHED, _LOST = (
    2.0,
    0.02,
    0.4,
)  # beside a covering seal: times a character's reach; of its box; how sure it is


def read(image: Image, number: int, width: float, height: float) -> PageText:
    """The page that a picture (blue, green, red) shows; `width` and `height` are the page's in points."""
    page = Turned(*without_seals(sized(image)))
    found = _upright(page)
    if page.quarters % 2:
        width, height = height, width
    points = width / page.gray.shape[1]
    flat, down = ([line.times(points) for line in lines] for lines in ruled(page.gray, page.seal))
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
        x0 - PAD <= left and right <= x1 + PAD and y0 - PAD <= top and bottom <= y1 + PAD
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
    seen = engine.texts([cut(page.gray, rect, PAD) for rect in rects])
    stains = [_is_stain(line) for line in seen]
    said = agreed(page.gray, rects, seen)
    out = []
    for rect, line, stain in zip(rects, said, stains, strict=True):
        single = stroke(page.gray, rect, line) if line else None
        characters = _placed(rect, [single] if single else line, page, points)
        if characters and (single or not stain):
            out.append(characters)
    return out


def _is_stain(line: Sequence[Character]) -> bool:
    """Whether a line is too unsure to be print."""
    return not _is_bracket(line) and statistics.fmean([c.sure for c in line] or [0.0]) < _LEAST


def _is_bracket(line: Sequence[Character]) -> bool:
    """Whether a line is a bracket alone: seldom sure, and never a stain."""
    return len(line) == 1 and line[0].text in "()（）"


def _placed(rect: Rect, line: Sequence[Character], page: Turned, points: float) -> list[Word]:
    """Characters with their boxes: each reaches halfway to its neighbours, no further than a character is broad.

    A digit beside a seal that lets no print through may have lost its neighbour, and is not believed.
    """
    x0, y0, x1, y1 = rect
    middles = [x0 + c.at * (x1 - x0) for c in line]
    halves = [(a + b) / 2 for a, b in pairwise(middles)]
    out = []
    for n, (character, middle) in enumerate(zip(line, middles, strict=True)):
        reach = (y1 - y0) * (_SLIM if character.text.isascii() else _BROAD)
        left = max(middle - reach, halves[n - 1] if n else x0)
        right = min(middle + reach, halves[n] if n < len(halves) else x1)
        covered = _share(page.seal, y0, y1, left, right) > _COVERED
        sure = character.sure
        if page.opaque and _of_number(character.text):
            beside = _share(page.seal, y0, y1, middle - _BESIDE * reach, middle + _BESIDE * reach)
            covered |= beside > _TOUCHED
            sure = min(sure, _LOST) if covered else sure
        if text := canonical(character.text).strip():
            box = (left * points, y0 * points, right * points, y1 * points)
            out.append(Word(*box, text, sure, covered))
    return out


def _share(seal: Image, y0: int, y1: int, left: float, right: float) -> float:
    """How much of a box lies under a seal."""
    under = seal[y0:y1, max(int(left), 0) : int(right) + 1]
    return float(under.mean()) if under.size else 0.0


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
