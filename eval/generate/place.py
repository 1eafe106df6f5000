"""Where the values of a report stand in the text that was read from its file: by reading order or by their boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from eval.generate.canvas import Part, Slot
from eval.generate.grid import Block, Text
from eval.generate.pages import Places, width_of

Found = dict[int, tuple[int, int]]  # id of a slot → its place in the text
_NEAR = 80  # characters of page furniture that may stand between two neighbours
_TELLING = 8  # a piece of so many characters is recognised anywhere
_SLACK = 2.0  # points
_SNAP = 6  # characters


class Printed(Protocol):
    """A run of characters of the text and its box on a page, as a loader reports it."""

    @property
    def start(self) -> int:
        """First character."""
        ...

    @property
    def end(self) -> int:
        """After the last character."""
        ...

    @property
    def page(self) -> int:
        """Its page, from 1."""
        ...

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in points."""
        ...


def pieces(blocks: Sequence[Block]) -> Iterator[list[Part]]:
    """Every paragraph and cell in reading order, as its parts."""
    for block in blocks:
        if isinstance(block, Text):
            yield block.parts
            continue
        yield from block.before
        for row in block.rows:
            for cell in row.cells:
                yield cell.parts
        yield from block.after


class _Squeezed(NamedTuple):
    """A text without white space, folded, and where each of its characters stood."""

    text: str
    at: list[int]


def _squeezed(text: str) -> _Squeezed:
    chars: list[str] = []
    at: list[int] = []
    for place, char in enumerate(text):
        for folded in unicodedata.normalize("NFKC", char):
            if not folded.isspace():
                chars.append(folded)
                at.append(place)
    return _Squeezed("".join(chars), at)


def by_order(blocks: Sequence[Block], text: str) -> Found:
    """Places of all slots of the blocks in a text that prints them in reading order."""
    page = _squeezed(text)
    found: Found = {}
    cursor = 0
    for parts in pieces(blocks):
        shown = [_squeezed(p.text if isinstance(p, Slot) else p).text for p in parts]
        whole = "".join(shown)
        if not whole:
            continue
        limit = len(page.text) if len(whole) >= _TELLING else cursor + len(whole) + _NEAR
        start = page.text.find(whole, cursor, limit)
        if start < 0:
            continue
        cursor = start
        for part, piece in zip(parts, shown, strict=True):
            if isinstance(part, Slot) and piece:
                found[id(part)] = (page.at[cursor], page.at[cursor + len(piece) - 1] + 1)
            cursor += len(piece)
    return found


def by_boxes(places: Places, words: Iterable[Printed], text: str) -> Found:
    """Places of the characters that a loader found inside each value's boxes."""
    pages: dict[int, list[Printed]] = {}
    for word in words:
        pages.setdefault(word.page, []).append(word)
    found: Found = {}
    for key, boxes in places.items():
        inside: list[int] = []
        for number, (x0, y0, x1, y1) in boxes:
            for word in pages.get(number, ()):
                left, top, right, bottom = word.bbox
                if right < x0 - _SLACK or left > x1 + _SLACK or not y0 - 1 <= (top + bottom) / 2 <= y1 + 1:
                    continue
                inside += [at for at, middle in _centres(word, text) if x0 - 1 <= middle <= x1 + 1]
        if inside:
            found[key] = (min(inside), max(inside) + 1)
    return found


def snapped(blocks: Sequence[Block], found: Found, text: str) -> Found:
    """The places moved by a few characters where the value itself stands beside what its box seemed to hold."""
    out = dict(found)
    for parts in pieces(blocks):
        for part in parts:
            if not isinstance(part, Slot) or id(part) not in found:
                continue
            low, high = found[id(part)]
            first, wanted = max(0, low - _SNAP), _squeezed(part.text).text
            near = _squeezed(text[first : high + _SNAP])
            if not wanted or _squeezed(text[low:high]).text == wanted:
                continue
            # The nearest: the same value may stand in the next cell too.
            places = [
                (first + near.at[at], first + near.at[at + len(wanted) - 1] + 1)
                for at in range(len(near.text))
                if near.text.startswith(wanted, at)
            ]
            if places:
                out[id(part)] = min(places, key=lambda place: abs(place[0] - low) + abs(place[1] - high))
    return out


def _centres(word: Printed, text: str) -> Iterator[tuple[int, float]]:
    """The characters of a run with the middles they have when each is as wide as print sets it."""
    shown = text[word.start : word.end]
    scale = (word.bbox[2] - word.bbox[0]) / max(0.5, width_of(shown))
    x = word.bbox[0]
    for at, char in enumerate(shown, word.start):
        step = width_of(char) * scale
        if not char.isspace():
            yield at, x + step / 2
        x += step
