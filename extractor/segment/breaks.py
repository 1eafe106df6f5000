"""The printed lines outside the tables, and the breaks that are only layout: page marks, running heads, hard wraps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.amounts import UNIT
from extractor.document import Document
from extractor.patterns import lazy

SENTENCE_END = "。!?;:…"
_CLOSERS = "\"')]>》」』*"
_PAGE = lazy(
    r"(?:[-~·.]+\s*\d{1,4}\s*[-~·.]+|[-~]\s*第?\s*\d{1,4}\s*页?\s*[-~]|第\s*\d{1,4}\s*页(?:\s*[,/]?\s*(?:共|总)\s*\d{1,4}\s*页)?|"
    r"共\s*\d{1,4}\s*页\s*[,/]?\s*第\s*\d{1,4}\s*页|\d{1,4}\s*/\s*\d{1,4}|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)",
    re.IGNORECASE,
)
_HEADED = lazy(
    r".{2,60}(?:\s{2,}|\t)[-~·]\s*\d{1,4}\s*[-~·]"
)  # a running head and the page's number beside it
_PAGE_STARTS = frozenset("-~·.第共pP0123456789")
_PAGE_ENDS = frozenset("-~·.页")
_OPEN_POINT = lazy(r"\d\.$")
_HALF_NUMBER = lazy(rf"[\d.]*\s?{UNIT}[^\d\s]")
_INNER = (",", "。", ";", "、")


class Piece(NamedTuple):
    """A printed line outside the tables: `text` is `folded[start:end]`, trimmed.

    `gap` counts the blank lines above it, -1 when a table or the document's start is there.
    """

    start: int
    end: int
    text: str
    gap: int
    indented: bool


class Printed(NamedTuple):
    """The text outside the tables as it is printed: its lines, its hard wrap, and which lines belong to the page."""

    pieces: list[Piece]
    wrap: Wrap | None
    furniture: set[int]


def printed_of(document: Document, excluded: Sequence[tuple[int, int]]) -> Printed:
    """What is printed outside the excluded ranges."""
    pieces = pieces_of(document, excluded)
    return Printed(pieces, wrap_of(pieces), furniture_of(pieces))


def pieces_of(document: Document, excluded: Sequence[tuple[int, int]]) -> list[Piece]:
    """Every non-blank line, without what stands in an excluded range."""
    out: list[Piece] = []
    free_from = 0
    for start, end in [*sorted(excluded), (len(document.text), len(document.text))]:
        if free_from < start:
            out += printed_lines(document.folded[free_from:start], free_from)
        free_from = max(free_from, end)
    return out


def printed_lines(stretch: str, at: int = 0) -> list[Piece]:
    """The pieces of a stretch of folded text that holds no table; it begins at offset `at` of the document."""
    out: list[Piece] = []
    gap = -1
    for raw in stretch.split("\n"):
        text = raw.strip()
        if text:
            lead = 0 if raw[0] == text[0] else raw.index(text[0])
            out.append(Piece(at + lead, at + lead + len(text), text, gap, lead >= 2))
            gap = 0
        elif gap >= 0:
            gap += 1
        at += len(raw) + 1
    return out


def ends_sentence(text: str) -> bool:
    """Whether folded `text` ends in a mark that closes a sentence or announces a list."""
    bare = text.rstrip(_CLOSERS) or text
    return bare[-1] in SENTENCE_END


class Wrap(NamedTuple):
    """The width at which a text was cut by hand or by a converter; `wide` counts a hanzi as two columns."""

    width: int
    wide: bool

    def full(self, text: str) -> bool:
        """Whether a line runs up to the cut."""
        return _width(text, self.wide) >= self.width - 3


def wrap_of(pieces: Sequence[Piece]) -> Wrap | None:
    """The hard wrap of a text, or None when its lines end where its author ended them."""
    for wide in (True, False):
        floor = 36 if wide else 18
        lines = [(_width(piece.text, wide), piece.text) for piece in pieces if len(piece.text) <= 200]
        cut = Counter(width for width, text in lines if width >= floor and not ends_sentence(text))
        if sum(cut.values()) < 3:
            continue
        width = max(cut, key=lambda w: (sum(cut[w - d] for d in range(4)), -w))
        near = sum(cut[width - d] for d in range(4))
        longer = sum(w > width + 2 for w, _ in lines) + len(pieces) - len(lines)
        # Lines of a list can be equally long by chance; lines of prose have sentences inside them.
        prose = sum(width - 4 < w <= width and any(mark in text[:-1] for mark in _INNER) for w, text in lines)
        if near >= 3 and near * 5 >= sum(cut.values()) * 3 and longer * 10 <= near and prose * 2 >= near:
            return Wrap(width, wide)
    return None


def _width(text: str, wide: bool) -> int:
    return 2 * len(text) - len(text.encode("ascii", "ignore")) if wide else len(text)


def _is_page_mark(text: str) -> bool:
    if text[-1] in "-~·" and ("  " in text or "\t" in text) and _HEADED.fullmatch(text):
        return True
    return (
        len(text) < 24
        and text[0] in _PAGE_STARTS
        and (text[-1] in _PAGE_ENDS or text[-1].isdecimal())
        and not text.isdecimal()
        and _PAGE.fullmatch(text) is not None
    )


def _cuts_a_number(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a lone number, blank lines around it, stands between the halves of a number: a page ended there."""
    if not 0 < i < len(pieces) - 1 or pieces[i].gap < 1 or pieces[i + 1].gap < 1:
        return False
    before, after = pieces[i - 1].text, pieces[i + 1].text
    open_number = before[-1].isdigit() or _OPEN_POINT.search(before) is not None
    return len(before) > 8 and open_number and _HALF_NUMBER.match(after) is not None


def furniture_of(pieces: Sequence[Piece]) -> set[int]:
    """Indices of page marks and running heads: printed by the page, not by the text."""
    marks = {i for i, piece in enumerate(pieces) if _is_page_mark(piece.text)}
    bare = [i for i, piece in enumerate(pieces) if len(piece.text) <= 3 and piece.text.isdecimal()]
    for i, j in pairwise(bare):
        # A lone number is a page mark only when the pages can be seen to count.
        if int(pieces[j].text) == int(pieces[i].text) + 1 and j - i > 3:
            marks |= {i, j}
    marks |= {i for i in bare if _cuts_a_number(pieces, i)}
    counts = Counter(piece.text for piece in pieces if 4 <= len(piece.text) <= 40)
    heads = set()
    for i, piece in enumerate(pieces):
        beside_mark = i - 1 in marks or i + 1 in marks
        if (
            i not in marks
            and counts[piece.text] >= (2 if beside_mark else 3)
            and not ends_sentence(piece.text)
        ):
            heads.add(i)
    return marks | heads
