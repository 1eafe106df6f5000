"""What all table printers share: the pen, the change a cell's text suffers, the printing of paragraphs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eval.generate.canvas import BLANKS, Canvas, Part, Slot
from eval.generate.grid import Block, Cell, Grid, Row, Text
from eval.generate.style import Style

Change = Callable[[str, Cell], str]


def unchanged(text: str, _: Cell) -> str:
    """A cell's text as it is."""
    return text


@dataclass
class Pen:
    """Prints cells and lines on one canvas."""

    canvas: Canvas
    rng: random.Random
    style: Style
    glued: list[tuple[str, list[Slot]]]

    def cell(self, cell: Cell, change: Change = unchanged, *, blank: str | None = None) -> None:
        """Print a cell's content, with the style's padding."""
        if not cell.plain.strip(BLANKS):
            self.canvas.raw(self.style.blank if blank is None else blank)
            return
        pad = self.style.pad if self.rng.random() < 0.3 else ""
        front = pad if pad == "\u3000" and self.rng.random() < 0.4 else ""
        self.canvas.raw(front)
        for part in cell.parts:
            if isinstance(part, Slot):
                self.canvas.put(change(part.text, cell), part)
            else:
                self.canvas.raw(change(part, cell))
        self.canvas.raw("" if front else pad)

    def line(self, parts: list[Part]) -> None:
        """Print one line."""
        self.canvas.parts(parts)
        self.canvas.raw("\n")

    def rows(self, grid: Grid) -> Iterator[tuple[int, Row]]:
        """Each row with its number; when all are printed the span of the table is noted."""
        start = self.canvas.length
        yield from enumerate(grid.rows)
        self.close(grid, start)

    def close(self, grid: Grid, start: int) -> None:
        """Note the span of the table that began at start."""
        if grid.table is None:
            return
        text = self.canvas.text
        end = self.canvas.length
        while end > start and text[end - 1] in BLANKS + "|":
            end -= 1
        while start < end and text[start] in BLANKS + "|":
            start += 1
        grid.table["span"] = self.canvas.mark(start, end)


Printer = Callable[[Pen, Grid], None]
Paragraphs = Callable[[Pen, Text], None]


def paragraph(pen: Pen, text: Text) -> None:
    """A heading or paragraph on its own line."""
    pen.line(text.parts)


def spaced_paragraph(pen: Pen, text: Text) -> None:
    """A heading or paragraph followed by an empty line."""
    pen.line(text.parts)
    pen.canvas.raw("\n")


def markdown_paragraph(pen: Pen, text: Text) -> None:
    """Headings with number signs, at careless levels."""
    if text.level:
        depth = 1 if text.level < 0 else min(4, text.level + 1 + pen.rng.choice((0, 0, 0, 1)))
        pen.canvas.raw("#" * depth + " ")
    spaced_paragraph(pen, text)


def glued_paragraph(pen: Pen, text: Text) -> None:
    """Paragraphs without any line break."""
    pen.canvas.parts(text.parts)
    pen.canvas.raw(" " if text.level else "")


def flat_paragraph(pen: Pen, text: Text) -> None:
    """Everything on one line, separated by spaces."""
    pen.canvas.parts(text.parts)
    pen.canvas.raw(" ")


def print_report(pen: Pen, blocks: list[Block], printers: list[Printer], paragraphs: Paragraphs) -> None:
    """Print all blocks; with several printers each table takes the next one."""
    index = 0
    for block in blocks:
        if isinstance(block, Text):
            paragraphs(pen, block)
            continue
        for parts in block.before:
            paragraphs(pen, Text(parts))
        printers[index % len(printers)](pen, block)
        index += 1
        for parts in block.after:
            paragraphs(pen, Text(parts))
