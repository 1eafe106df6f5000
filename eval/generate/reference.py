"""A report as one plain text whose every character belongs to a part of a block: what planted errors are drafted on.

Edits of the reference text are edits of the blocks, so an error is planted before anything is printed, in every format alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eval.generate.canvas import Canvas, Part, Slot
from eval.generate.grid import Block, Text
from eval.generate.truth import Truth

Edit = tuple[int, int, str]


class Piece(NamedTuple):
    """Characters [start, end) of the reference text and the list of parts they stand in."""

    start: int
    end: int
    parts: list[Part]
    place: int


class Reference(NamedTuple):
    """The text, its pieces in order, and its lines: one for each paragraph and each table row."""

    canvas: Canvas
    pieces: list[Piece]


def reference(blocks: Sequence[Block]) -> Reference:
    """Print the blocks plainly: a paragraph a line, a row a line, cells parted by tabs."""
    canvas = Canvas()
    found: list[Piece] = []

    def put(parts: list[Part], end: str) -> None:
        for index, part in enumerate(parts):
            start = canvas.length
            if isinstance(part, Slot):
                canvas.put(part.text, part)
            else:
                canvas.raw(part)
            found.append(Piece(start, canvas.length, parts, index))
        canvas.raw(end)

    for block in blocks:
        if isinstance(block, Text):
            put(block.parts, "\n")
            continue
        for parts in block.before:
            put(parts, "\n")
        start = canvas.length
        for row in block.rows:
            for cell in row.cells[:-1]:
                put(cell.parts, "\t")
            put(row.cells[-1].parts, "\n")
        if block.table is not None:
            block.table["span"] = _span(canvas, start)
        for parts in block.after:
            put(parts, "\n")
    return Reference(canvas, found)


def _span(canvas: Canvas, start: int) -> Slot:
    text = canvas.text
    end = len(text.rstrip())
    first = start + len(text[start:]) - len(text[start:].lstrip())
    return canvas.mark(first, end)


def unprinted(truth: Truth, made: Reference) -> None:
    """Forget where the reference printed the values: they are to be printed again."""
    for slot in made.canvas.slots:
        slot.start = slot.end = None
    for table in truth.tables:
        table["span"] = None


def apply(made: Reference, edits: Iterable[Edit]) -> list[Slot]:
    """Make the edits in the parts; returns the slots that print what was changed."""
    changed: list[Slot] = []
    for start, end, new in sorted(set(edits), reverse=True):
        touched = _touched(made.pieces, start, end)
        text = new.strip("\n")
        for number, piece in enumerate(touched):
            part = piece.parts[piece.place]
            old = part.text if isinstance(part, Slot) else part
            a, b = max(start, piece.start) - piece.start, min(end, piece.end) - piece.start
            shown = old[:a] + (text if number == 0 else "") + old[b:]
            if isinstance(part, Slot):
                part.text = shown
                slot = part
            else:
                slot = Slot(shown)
                piece.parts[piece.place] = slot
            if shown:
                changed.append(slot)
    return changed


def _touched(found: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """The pieces an edit changes; an insertion goes to the plain part that ends or begins there, else to the value."""
    if start < end:
        return [p for p in found if p.start < end and start < p.end]
    beside = [p for p in found if p.start <= start <= p.end]
    plain = [p for p in beside if not isinstance(p.parts[p.place], Slot)]
    return (plain or beside)[:1]


def swept(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those whose every character was deleted."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Text):
            if _shown(block.parts):
                out.append(block)
            continue
        block.before = [parts for parts in block.before if _shown(parts)]
        if any(_shown(cell.parts) for row in block.rows for cell in row.cells):
            out.append(block)
        else:
            out += [Text(parts) for parts in (*block.before, *block.after)]
    return out


def _shown(parts: Sequence[Part]) -> bool:
    return any((part.text if isinstance(part, Slot) else part).strip() for part in parts)
