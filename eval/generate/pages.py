"""Blocks set on pages: wrapped lines, ruled tables that cross pages, headers, footers; every value knows its boxes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from eval.generate.canvas import Part, Slot
from eval.generate.grid import Block, Cell, Grid, Text

Box = tuple[float, float, float, float]
Places = dict[
    int, list[tuple[int, Box]]
]  # id of a slot → (page from 1, box), one for each line it is printed on
_TOKEN = re.compile(r"[0-9A-Za-z.,%\-/]+|.", re.DOTALL)
_NOT_FIRST = "，。；：、）】》”％%！？"
LEADING = 1.25
_HANGING = 12  # a line of so many ems lets a mark hang over its end
_SMALLEST = 6.5  # points


class Line(NamedTuple):
    """A printed run of characters: its left edge, the top of its line, its size."""

    x: float
    top: float
    size: float
    text: str
    bold: bool


class Rule(NamedTuple):
    """A ruling line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Page:
    """One page as printed."""

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """How a report is set: page, margins, sizes, what stands above and below every page."""

    width: float = 595.0
    height: float = 842.0
    margin: float = 62.0
    body: float = 12.0
    table: float = 10.0
    spacing: float = 1.7
    header: str = ""
    footer: str = ""
    repeat_head: bool = False
    break_before_tables: bool = True

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin


def make_look(rng: random.Random, title: str, *, wide: bool) -> Look:
    """The look of one report; forms of many columns lie across."""
    width, height = (842.0, 595.0) if wide and rng.random() < 0.6 else (595.0, 842.0)
    return Look(
        width=width,
        height=height,
        margin=rng.choice((50.0, 62.0, 74.0)),
        body=rng.choice((10.5, 12.0, 12.0, 14.0)),
        table=rng.choice((8.0, 9.0, 9.0, 10.0)) if wide else rng.choice((9.0, 10.0, 10.5)),
        spacing=rng.choice((1.4, 1.6, 1.9)),
        header=title if rng.random() < 0.35 else "",
        footer=rng.choice(("", "{}", "- {} -", "— {} —", "第 {} 页", "第 {} 页 共 {} 页")),
        repeat_head=rng.random() < 0.25,
        break_before_tables=rng.random() < 0.7,
    )


def advance(char: str) -> float:
    """The width of a character in ems: Latin letters and digits are half as wide as Chinese ones."""
    return 0.5 if char < "\u0100" else 1.0


def width_of(text: str) -> float:
    """The width of a text in ems."""
    return sum(map(advance, text))


Glyph = tuple[str, Slot | None]


def wrapped(parts: Sequence[Part], ems: float, first: float = 0.0) -> list[list[Glyph]]:
    """The characters of a paragraph line by line; numbers and words are cut only when wider than the line."""
    lines: list[list[Glyph]] = [[]]
    used = first
    for part in parts:
        slot = part if isinstance(part, Slot) else None
        for token in _TOKEN.findall(slot.text if slot is not None else str(part)):
            if token == "\n":
                lines.append([])
                used = 0.0
                continue
            size = width_of(token)
            hangs = token in _NOT_FIRST and ems > _HANGING and used + size <= ems + 1
            if used and used + size > ems and not hangs:
                lines.append([])
                used = 0.0
            for char in token:
                if used + advance(char) > ems + (1 if hangs else 0.01) and used:
                    lines.append([])
                    used = 0.0
                lines[-1].append((char, slot))
                used += advance(char)
    return lines


class Typesetter:
    """Sets blocks one after another."""

    def __init__(self, look: Look, rng: random.Random) -> None:
        self.look, self.rng = look, rng
        self.pages: list[Page] = []
        self.places: Places = {}
        self.top = 0.0
        self._turn()

    def _turn(self) -> None:
        """A new page."""
        look = self.look
        self.pages.append(Page(look.width, look.height))
        self.top = look.margin
        if look.header:
            self._plain(look.header, look.margin * 0.55, 9.0)
            y = look.margin * 0.55 + 12
            self.pages[-1].rules.append(Rule(look.margin, y, look.width - look.margin, y))

    def _plain(self, text: str, top: float, size: float) -> None:
        x = (self.look.width - width_of(text) * size) / 2
        self.pages[-1].lines.append(Line(x, top, size, text, False))

    @property
    def bottom(self) -> float:
        """Where the text area ends."""
        return self.look.height - self.look.margin

    def finish(self) -> list[Page]:
        """The pages with their footers."""
        if self.look.footer:
            for number, page in enumerate(self.pages, 1):
                text = self.look.footer.format(number, len(self.pages))
                x = (page.width - width_of(text) * 9) / 2
                page.lines.append(Line(x, page.height - self.look.margin * 0.6, 9.0, text, False))
        return self.pages

    def text(self, block: Text) -> None:
        """A paragraph or heading."""
        look = self.look
        size = {-1: look.body + 6, 1: look.body + 2}.get(block.level, look.body)
        indent = 0.0 if block.level == -1 else 2.0
        height = size * (look.spacing if block.level >= 0 else LEADING)
        for number, line in enumerate(wrapped(block.parts, look.inner / size, indent)):
            if self.top + height > self.bottom:
                self._turn()
            used = sum(advance(char) for char, _ in line) * size
            x = look.margin + (indent * size if number == 0 else 0.0)
            x = (look.width - used) / 2 if block.level == -1 else x
            self.glyphs(line, x, self.top + (height - size) / 2, size, bold=block.level in (-1, 1))
            self.top += height

    def glyphs(self, line: Sequence[Glyph], x: float, top: float, size: float, *, bold: bool = False) -> None:
        """Print one line of characters and note where its values stand."""
        page, number = self.pages[-1], len(self.pages)
        text = "".join(char for char, _ in line)
        if text.strip():
            page.lines.append(Line(x, top, size, text, bold))
        at = x
        open_: tuple[Slot, float] | None = None
        for char, slot in [*line, ("", None)]:
            if open_ is not None and slot is not open_[0]:
                box = (open_[1], top, at, top + size)
                self.places.setdefault(id(open_[0]), []).append((number, box))
                open_ = None
            if slot is not None and open_ is None:
                open_ = (slot, at)
            at += advance(char) * size if char else 0.0

    def grid(self, grid: Grid) -> None:
        """A table with the lines before and after it."""
        if self.look.break_before_tables and self.top > self.look.height * 0.3:
            self._turn()
        for place, parts in enumerate(grid.before):
            self.text(Text(parts, -1 if place == 0 else 0))
        Setting(self, grid).print()
        self.top += self.look.table
        for parts in grid.after:
            self.text(Text(parts))

    def room(self) -> float:
        """What is left of the page."""
        return self.bottom - self.top

    def turn(self) -> None:
        """Go on on a new page."""
        self._turn()


class Setting:
    """One table being set: columns as wide as their contents ask, rows as high as their cells."""

    def __init__(self, setter: Typesetter, grid: Grid) -> None:
        self.setter, self.size = setter, setter.look.table
        self.matrix = grid.matrix()
        self.count = max(len(line) for line in self.matrix)
        self.edges = self._edges()
        # a form with many columns is set smaller, so that its numbers are not cut
        while self.size > _SMALLEST and any(self._cuts(c, cell) for _, c, cell in self.own()):
            self.size -= 0.5
        self.heights = self._heights()
        self.rest: dict[int, list[list[Glyph]]] = {}  # what a merged cell has yet to print on the next page

    def own(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell with its top-left place."""
        for r, line in enumerate(self.matrix):
            for c, (cell, starts) in enumerate(line):
                if starts:
                    yield r, c, cell

    def _edges(self) -> list[float]:
        wanted = [3.2] * self.count
        for _, c, cell in self.own():
            if cell.colspan == 1:
                tall = cell.rowspan > 2 and not any(isinstance(p, Slot) for p in cell.parts)
                longest = max((width_of(t) for t in _TOKEN.findall(cell.plain)), default=0.0)
                asks = 1.4 if tall else min(11.0, width_of(cell.plain)) + 0.8
                wanted[c] = max(wanted[c] if not tall else min(wanted[c], 2.0), asks, longest + 0.8)
        scale = self.setter.look.inner / sum(wanted)
        edges = [self.setter.look.margin]
        for width in wanted:
            edges.append(edges[-1] + width * scale)
        return edges

    def lines(self, c: int, cell: Cell) -> list[list[Glyph]]:
        """The wrapped lines of a cell that begins in column c."""
        width = self.edges[min(c + cell.colspan, self.count)] - self.edges[c] - 4
        return wrapped(cell.parts, max(1.0, width / self.size))

    def _cuts(self, c: int, cell: Cell) -> bool:
        """Whether a number of the cell does not fit its width."""
        width = self.edges[min(c + cell.colspan, self.count)] - self.edges[c] - 4
        longest = max((width_of(t) for t in _TOKEN.findall(cell.plain) if len(t) > 1), default=0.0)
        return longest * self.size > width

    def _heights(self) -> list[float]:
        least = self.size * (LEADING + 0.6)
        heights = [least] * len(self.matrix)
        for r, c, cell in sorted(self.own(), key=lambda each: each[2].rowspan):
            need = len(self.lines(c, cell)) * self.size * LEADING + self.size * 0.6
            rows = range(r, min(r + cell.rowspan, len(heights)))
            short = need - sum(heights[i] for i in rows)
            if short > 0:
                heights[rows[-1]] += short
        return heights

    def print(self) -> None:
        """Print the rows page by page; a merged cell that a page ends goes on below as an empty one."""
        first = 0
        while first < len(self.heights):
            room = self.setter.room() - (self.heights[0] if first and self.setter.look.repeat_head else 0.0)
            last, used = first, 0.0
            while last < len(self.heights) and used + self.heights[last] <= room:
                used += self.heights[last]
                last += 1
            if last == first:
                if self.setter.top > self.setter.look.margin + 40:
                    self.setter.turn()
                    continue
                last = first + 1
            if first and self.setter.look.repeat_head:
                self._band(0, 1, again=True)
            self._band(first, last)
            first = last
            if first < len(self.heights):
                self.setter.turn()

    def _band(self, first: int, last: int, *, again: bool = False) -> None:
        top = self.setter.top
        tops = [top]
        for r in range(first, last):
            tops.append(tops[-1] + self.heights[r])
        drawn: set[int] = set()
        for r in range(first, last):
            for c, (cell, _) in enumerate(self.matrix[r]):
                if id(cell) in drawn:
                    continue
                drawn.add(id(cell))
                self._cell(r, c, cell, tops, first, last, again=again)
        self.setter.top = tops[-1]

    def _cell(
        self, r: int, c: int, cell: Cell, tops: list[float], first: int, last: int, *, again: bool
    ) -> None:
        starts = self.matrix[r][c][1]
        below = r
        while below + 1 < last and c < len(self.matrix[below + 1]) and self.matrix[below + 1][c][0] is cell:
            below += 1
        x0, x1 = self.edges[c], self.edges[min(c + cell.colspan, self.count)]
        y0, y1 = tops[r - first], tops[below + 1 - first]
        rules = self.setter.pages[-1].rules
        rules += [
            Rule(x0, y0, x1, y0),
            Rule(x0, y1, x1, y1),
            Rule(x0, y0, x0, y1),
            Rule(x1, y0, x1, y1),
        ]
        left_over = self.rest.pop(id(cell), []) if not starts else self.lines(c, cell)
        if not left_over or not cell.plain.strip():
            return
        lines = left_over
        if again:
            lines = [[(char, None) for char, _ in line] for line in left_over]
        leading = self.size * LEADING
        goes_on = below + 1 == last < len(self.matrix) and any(each is cell for each, _ in self.matrix[last])
        if goes_on:
            fit = max(1, int((y1 - y0) / leading))
            lines, self.rest[id(cell)] = lines[:fit], lines[fit:]
        y = y0 + max(2.0, (y1 - y0 - len(lines) * leading) / 2)
        for line in lines:
            used = sum(advance(char) for char, _ in line) * self.size
            left = x0 + 2 if len(lines) > 1 and len(line) > 4 else x0 + max(2.0, (x1 - x0 - used) / 2)
            self.setter.glyphs(line, left, y, self.size)
            y += leading


def typeset(blocks: Sequence[Block], look: Look, rng: random.Random) -> tuple[list[Page], Places]:
    """The pages of a report, and where each of its values is printed."""
    setter = Typesetter(look, rng)
    for block in blocks:
        if isinstance(block, Text):
            setter.text(block)
        else:
            setter.grid(block)
    return setter.finish(), setter.places
