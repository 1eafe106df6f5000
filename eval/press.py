"""Tables printed as PDF in the ways offices' programs print them, with every row known: rules, glyphs, pages, breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import pymupdf

Rules = Literal["lines", "frames", "bars", "double", "dashes", "across", "none"]
_RUN = re.compile(r"[\x20-\x7e]+|[^\x20-\x7e]+")
_PAD, _LEADING = 3.0, 1.25


class Cell(NamedTuple):
    """A text over `height` rows and `width` columns; it begins at its place in a list of rows."""

    col: int
    text: str
    height: int = 1
    width: int = 1


Rows = Sequence[Sequence[Cell]]


class Way(NamedTuple):
    """How a table is printed."""

    rules: Rules = "lines"
    glyphs: Literal["runs", "each", "twice"] = "runs"
    size: float = 10.0  # of the print, in points
    page: tuple[float, float] = (595.0, 842.0)
    turned: int = 0  # degrees by which the file says the page is turned
    lying: bool = False  # the print runs up the page, and the file says nothing
    centred: bool = False  # a merged label stands in the middle of its cell
    head: int = 0  # rows printed again on every page
    again: str = ""  # a line printed above the table on every further page
    split: bool = False  # a row may go on over a page break
    foot: str = ""  # {n} the page, {of} the pages
    top: str = ""  # a running head
    watermark: str = ""
    lines_before: int = 0  # of prose above the table


class _Press:
    """A PDF under construction; all places are those of a reader."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.pdf = pymupdf.open()
        self.width, self.height = way.page
        self.shape: Any = None
        self.new_page()

    def new_page(self) -> None:
        sideways = self.way.lying or self.way.turned % 180
        width, height = (self.height, self.width) if sideways else (self.width, self.height)
        if self.shape is not None:
            self.shape.commit()
        self.shape = self.pdf.new_page(width=width, height=height).new_shape()

    def at(self, x: float, y: float) -> pymupdf.Point:
        """The place on the sheet of a place as read."""
        turned = 270 if self.way.lying else self.way.turned
        if turned == 90:
            return pymupdf.Point(y, self.width - x)
        if turned == 270:
            return pymupdf.Point(y, self.width - x) if self.way.lying else pymupdf.Point(self.height - y, x)
        return pymupdf.Point(self.width - x, self.height - y) if turned == 180 else pymupdf.Point(x, y)

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """A line of print with its foot at `y`."""
        turn = 90 if self.way.lying else self.way.turned
        pieces = list(text) if self.way.glyphs == "each" else [m[0] for m in _RUN.finditer(text)]
        for shift in (0.0, 0.25) if self.way.glyphs == "twice" else (0.0,):
            left = x + shift
            for piece in pieces:
                font = "helv" if piece.isascii() else "china-s"
                if piece.strip():
                    self.shape.insert_text(self.at(left, y), piece, fontname=font, fontsize=size, rotate=turn)
                left += breadth(piece, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A line of a table, drawn as the way says."""
        rules = self.way.rules
        if rules == "double":
            shift = (0.0, 1.1) if y0 == y1 else (1.1, 0.0)
            for sign in (-1, 1):
                self._stroke(
                    x0 + sign * shift[0], y0 + sign * shift[1], x1 + sign * shift[0], y1 + sign * shift[1]
                )
        elif rules == "bars":
            self._bar(x0 - 0.3, y0 - 0.3, x1 + 0.3, y1 + 0.3)
        elif rules == "dashes":
            steps = int(max(x1 - x0, y1 - y0) / 4)
            for n in range(steps):
                a, b = n / steps, (n + 0.6) / steps
                self._bar(
                    x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0) + 0.4, y0 + b * (y1 - y0) + 0.4
                )
        else:
            self._stroke(x0, y0, x1, y1)

    def _stroke(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.shape.draw_line(self.at(x0, y0), self.at(x1, y1))
        self.shape.finish(width=0.5)

    def _bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.shape.draw_rect(pymupdf.Rect(self.at(x0, y0), self.at(x1, y1)).normalize())
        self.shape.finish(width=0, color=None, fill=(0, 0, 0))

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """The border of a cell, as the way says."""
        if self.way.rules == "none":
            return
        if self.way.rules == "frames":
            self.shape.draw_rect(pymupdf.Rect(self.at(x0, y0), self.at(x1, y1)).normalize())
            self.shape.finish(width=0.5)
            return
        self.rule(x0, y0, x1, y0)
        self.rule(x0, y1, x1, y1)
        if self.way.rules != "across":
            self.rule(x0, y0, x0, y1)
            self.rule(x1, y0, x1, y1)

    def bytes(self) -> bytes:
        """The file, with what stands on every page."""
        self.shape.commit()
        for number, page in enumerate(self.pdf, 1):
            self.shape = page.new_shape()
            if self.way.top:
                self.text(self.width / 2 - 80, 40, self.way.top, 9)
            if self.way.foot:
                self.text(
                    self.width / 2 - 20, self.height - 30, self.way.foot.format(n=number, of=len(self.pdf)), 9
                )
            self.shape.commit()
            if self.way.watermark:
                middle = pymupdf.Point(page.rect.width / 2 - 120, page.rect.height / 2)
                tilt = (middle, pymupdf.Matrix(30))
                page.insert_text(
                    middle,
                    self.way.watermark,
                    fontname="china-s",
                    fontsize=40,
                    color=(0.8, 0.8, 0.8),
                    morph=tilt,
                )
            page.set_rotation(self.way.turned)
        data: bytes = self.pdf.tobytes(deflate=True)
        return data


def breadth(text: str, size: float) -> float:
    """How wide a text is printed."""
    if text.isascii():
        return float(pymupdf.get_text_length(text, "helv", size))
    return sum(size if c > "~" else float(pymupdf.get_text_length(c, "helv", size)) for c in text)


def wrapped(text: str, room: float, size: float) -> list[str]:
    """A cell's text in lines that fit; a number is broken only where it must be."""
    lines, line = [], ""
    for unit in re.findall(r"[\x21-\x7e]+|.", text):
        parts = [unit] if breadth(unit, size) <= room else list(unit)
        for part in parts:
            if line and breadth(line + part, size) > room:
                lines.append(line)
                line = ""
            line += part
    return [*lines, line] if line else lines


def press(rows: Rows, widths: Sequence[float], way: Way, prose: Sequence[str] = ()) -> bytes:
    """The table printed over as many pages as it needs, some lines of prose above it and `prose` below."""
    made = _Press(way)
    left = 60.0
    y = 70.0
    for n in range(way.lines_before):
        made.text(left, y + 12, f"第{n + 1}段，本年按计划完成各项工作。", 12)
        y += 20
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    y = _Table(made, rows, edges, way).printed(y)
    for line in prose:
        made.text(left, y + 18, line, 12)
        y += 20
    return made.bytes()


class _Table:
    def __init__(self, made: _Press, rows: Rows, edges: Sequence[float], way: Way) -> None:
        self.made, self.rows, self.edges, self.way = made, rows, edges, way
        self.step = way.size * _LEADING
        self.texts = {
            (r, cell.col): wrapped(
                cell.text, edges[cell.col + cell.width] - edges[cell.col] - 2 * _PAD, way.size
            )
            for r, row in enumerate(rows)
            for cell in row
        }
        # How many printed lines each row is tall: its own texts, and what a merged cell needs beyond its other rows.
        self.tall = [
            max([1, *(len(self.texts[r, cell.col]) for cell in row if cell.height == 1)])
            for r, row in enumerate(rows)
        ]
        for r, row in enumerate(rows):
            for cell in row:
                missing = len(self.texts[r, cell.col]) - sum(self.tall[r : r + cell.height])
                self.tall[r + cell.height - 1] += max(0, missing)

    def printed(self, y: float) -> float:
        """Print everything from `y` on; where it ends on the last page."""
        bottom = self.made.height - 60
        for top, parts in self._pages(y, bottom):
            if top is None:
                self.made.new_page()
                y = 70.0
                if self.way.again:
                    self.made.text(self.edges[0] + 100, y + 12, self.way.again, 12)
                    y += 24
                if self.way.head and parts[0][0] >= self.way.head:
                    y = self._part([(r, 0, self.tall[r]) for r in range(self.way.head)], y)
            y = self._part(parts, y)
        return y

    def _pages(self, y: float, bottom: float) -> Iterator[tuple[float | None, list[tuple[int, int, int]]]]:
        """For each page (row, first line, end line) of what stands on it."""
        again = 24.0 if self.way.again else 0.0
        heads = sum(self._height(n) for n in self.tall[: self.way.head])
        first: float | None = y
        parts: list[tuple[int, int, int]] = []
        for r, lines in enumerate(self.tall):
            start = 0
            while start < lines:
                room = int((bottom - y - 2 * _PAD) // self.step)
                takes = lines - start
                if takes > room and not (self.way.split and room >= 1 and lines > 1):
                    yield first, parts
                    first, parts, y = None, [], 70.0 + again + heads
                    continue
                takes = min(takes, room)
                parts.append((r, start, start + takes))
                y += self._height(takes)
                start += takes
        yield first, parts

    def _height(self, lines: int) -> float:
        return lines * self.step + 2 * _PAD

    def _part(self, parts: Sequence[tuple[int, int, int]], y: float) -> float:
        """The rows of one page; a merged cell that began before goes on here, a longer one is closed here."""
        ys = [y]
        for _, start, end in parts:
            ys.append(ys[-1] + self._height(end - start))
        first, last = parts[0][0], parts[-1][0]
        for r, row in enumerate(self.rows[: last + 1]):
            for cell in row:
                if r + cell.height <= first:
                    continue
                here = [n for n, (at, _, _) in enumerate(parts) if r <= at < r + cell.height]
                if here:
                    self._cell(r, cell, parts, (here[0], here[-1] + 1), ys)
        return ys[-1]

    def _cell(
        self,
        r: int,
        cell: Cell,
        parts: Sequence[tuple[int, int, int]],
        here: tuple[int, int],
        ys: Sequence[float],
    ) -> None:
        x0, x1 = self.edges[cell.col], self.edges[cell.col + cell.width]
        y0, y1 = ys[here[0]], ys[here[1]]
        self.made.frame(x0, y0, x1, y1)
        lines = self.texts[r, cell.col]
        # The lines that stand above this part on earlier pages, if its text flows through all of its rows.
        row, start, _ = parts[here[0]]
        before = sum(self.tall[r:row]) + start
        shown = sum(end - begin for _, begin, end in parts[here[0] : here[1]])
        own = lines[before : before + shown]
        if (
            here[1] == len(parts)
            and row + (here[1] - here[0]) - 1 == r + cell.height - 1
            and parts[-1][2] == self.tall[parts[-1][0]]
        ):
            own = lines[before:]
        down = (y1 - y0 - 2 * _PAD - len(own) * self.step) / 2 if self.way.centred else 0.0
        for n, line in enumerate(own):
            self.made.text(x0 + _PAD, y0 + _PAD + down + (n + 0.85) * self.step, line, self.way.size)
