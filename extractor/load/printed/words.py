"""Words of a page become printed lines, and lines become the text a reader would type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.patterns import lazy

_SAME_LINE = 0.6  # times the height: how far the middles of a line's words may lie apart
_WIDE_GAP = 2.0  # times the height: what a typist makes with a tabulator
_OVERLAP = 0.1  # times the height: boxes of neighbours touch
# What a space makes between two digits, where a digit or a character meets a character (a typesetter puts 0.2 there), and beside
# a Chinese mark, whose box may be narrower than its place.
_DIGIT_GAP, _WORD_GAP, _MARK_GAP = 0.12, 0.27, 0.8
_DASHES = "—–─"
_LOOSE = 0.6  # of a character: how much more room than its first piece a full line may leave
_PIECES = 8  # words that a piece may be cut into
_CLOSING = "”’）》〉】」，。、；：！？)％‰℃"  # marks that no typesetter begins a line with
# What no typesetter breaks: a run of Latin letters and digits, or one character, with the marks that cling to it. Some
# take a quotation mark to cling to both its neighbours.
_UNIT = rf"[“‘（《〈【「(]*(?:[A-Za-z0-9.,%+/:*~·-]+|.)[{_CLOSING}]*"
_UNBROKEN = lazy(rf"{_UNIT}(?:(?:(?<=[“”])|(?=[“”])){_UNIT})*")
WHOLE_LABEL = lazy(
    r".*(?:指标|目标|情况|[)）])"
)  # a label that no line below it completes, but for a bracket
_NARROW = 5  # characters: what is set in a cell that holds fewer may be two short numbers
_OPEN_GROUP = lazy(r"\d{1,3}(?:,\d{3})*,(?:\d\|\d\d|\d\d\|\d)(?:,\d{3})*(?:\.\d+)?")
_OPEN_DECIMALS = lazy(r"\d[\d,]*\.\d\|\d[%％]?")
# A goal's number whose unit stands in the line below it: two numbers would each have their own.
_OPEN_GOAL = lazy(r"[≥≤<>＜＞]\d{2,}\|\d+(?:\.\d+)?[^\W\d_]{1,3}")


class Word(NamedTuple):
    """A run of characters and its box in points; `sure` and `covered` tell how a scan was read and whether a seal lies on it."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    sure: float = 1.0
    covered: bool = False

    @property
    def height(self) -> float:
        """How tall the box is."""
        return self.y1 - self.y0


Row = list[Word]
Region = tuple[float, float, float, float]  # of a page, in points

Characters = Callable[[Region], Sequence[Word]]


def printed_rows(words: Sequence[Word], characters: Characters) -> list[Row]:
    """Words by the line they stand on, top to bottom, each line from left to right; `characters` are those of a region."""
    if len(words) < 2:
        return [list(words)] if words else []
    rows: list[Row] = []
    row: Row = []
    low = high = start = tall = 0.0
    for middle, _, n in sorted([((w.y0 + w.y1) / 2, w.x0, n) for n, w in enumerate(words)]):
        word = words[n]
        height = word.y1 - word.y0
        if row and low <= middle <= high and middle - start < _SAME_LINE * max(height, tall):
            row.append(word)
            low, high = min(low, word.y0), max(high, word.y1)
        else:
            row, low, high, start, tall = [word], word.y0, word.y1, middle, height
            rows.append(row)
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda word: word.x0)
            if any(other.x0 < one.x1 - _OVERLAP * one.height for one, other in pairwise(row)):
                row[:] = _unravelled(row, characters)
    return rows


def _unravelled(row: Row, characters: Characters) -> Row:
    """The characters of a line whose words lie over each other: quotation marks of another font stand in their gaps."""
    low, high = min(word.y0 for word in row), max(word.y1 for word in row)
    near = [
        piece
        for piece in characters((row[0].x0, low, max(word.x1 for word in row), high))
        if low <= (piece.y0 + piece.y1) / 2 <= high
    ]
    found = {id(piece): piece for word in row for piece in near if within(piece, word)}
    return sorted(found.values(), key=lambda piece: piece.x0)


def within(piece: Word, word: Word) -> bool:
    """Whether a character is of a word: between its ends, and on its line, whose box may reach into the next."""
    across = word.x0 <= (piece.x0 + piece.x1) / 2 <= word.x1
    return across and abs(piece.y0 + piece.y1 - word.y0 - word.y1) < 0.5 * word.height


def between(one: Word, other: Word) -> str:
    """What stands between two neighbours of a line: nothing, a space or a tab."""
    gap = (other.x0 - one.x1) / max(min(one.height, other.height), 1.0)
    if gap >= _WIDE_GAP:
        return "\t"
    left, right = one.text[-1], other.text[0]
    if left.isascii() and right.isascii():
        return " " if gap >= _DIGIT_GAP else ""
    return " " if gap >= (_WORD_GAP if _fills(left) and _fills(right) else _MARK_GAP) else ""


def _fills(sign: str) -> bool:
    """Whether a sign's box is its place."""
    return sign.isalnum() or sign.isascii() or sign in _DASHES


def runs_on(row: Row, following: Row, room: float) -> bool:
    """Whether a line ends where the next one's first piece had no room left."""
    first = following[0]
    letter = (first.x1 - first.x0) / breadth(first.text)
    if row[-1].text[-1].isdigit() and first.text[0].isdigit():
        whole = all(not between(one, other) for one, other in pairwise(row))
        text = "".join(word.text for word in row)
        rest = "".join(word.text for word in following)
        return (
            whole and room <= _LOOSE * letter and (_one_number(text, first.text) or _one_number(text, rest))
        )
    text = "".join(word.text for word in following[:_PIECES])
    if text[0] in _CLOSING:
        return True
    return room <= (breadth(_piece(text)) + _LOOSE) * letter


def _one_number(text: str, rest: str) -> bool:
    """Whether digits of two lines are one number for certain: its thousands, its decimals or its unit are missing."""
    both = f"{text}|{rest}"
    if _OPEN_GROUP.fullmatch(both) or _OPEN_GOAL.fullmatch(both):
        return True
    return len(text) >= _NARROW and _OPEN_DECIMALS.fullmatch(both) is not None


def _piece(text: str) -> str:
    found = _UNBROKEN.match(text)
    return found[0] if found else text[:1]


def breadth(text: str) -> float:
    """How broad a text is, in Chinese characters."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)
