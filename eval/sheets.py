"""A text report as what its author had on the screen: paragraphs, and tables of merged cells, nothing of either left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.document import Document, Table
from extractor.segment import layout
from extractor.segment.atoms import Atom
from extractor.segment.forms import Form
from extractor.segment.given import all_regions
from extractor.segment.lines import lines_of

WIDTH = 9000  # of a table, in twentieths of a point
_APART = re.compile(r"[\n\t|]+")
# What a text has and no table shows: the rule under a table's head, the number of a printed page.
_NO_CELL = re.compile(r"[:-]*|[-—–─]\s*\d{1,4}\s*[-—–─]|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?")
_GOALS = 2  # cells: what was wanted and what was done


class Set(NamedTuple):
    """A cell as it is set: text over columns [left, right) of the table's edges and `height` rows; it begins at `row`."""

    row: int
    left: int
    right: int
    height: int
    text: str


class Sheet(NamedTuple):
    """A table as it is set: its vertical edges, its cells row by row, how many rows repeat on each page."""

    edges: tuple[int, ...]
    rows: tuple[tuple[Set, ...], ...]
    head: int

    def cut(self, at: int) -> tuple[Sheet, Sheet]:
        """The table as two, where a page ends after row `at`; a cell that reaches over the break is empty behind it."""
        upper = [[c._replace(height=min(c.height, at - c.row)) for c in row] for row in self.rows[:at]]
        lower = [[c._replace(row=c.row - at) for c in row] for row in self.rows[at:]]
        for row in self.rows[:at]:
            for cell in row:
                if (left := cell.row + cell.height - at) > 0:
                    lower[0].append(cell._replace(row=0, height=left, text=""))
        if lower:
            lower[0].sort(key=lambda cell: cell.left)
        one, two = (tuple(map(tuple, rows)) for rows in (upper, lower))
        return self._replace(rows=one), self._replace(rows=two, head=0)


Piece = str | Sheet


class _Line(NamedTuple):
    """A row before it is set: its texts, the place in the text where it begins, its number in the recovered grid."""

    texts: list[str]
    start: int
    number: int | None = None


class _Left(NamedTuple):
    """A text of a table's lines that no recovered row holds: the label of a block, the heads of goals."""

    start: int
    text: str


def pieces_of(document: Document) -> list[Piece]:
    """The report as paragraphs and tables in reading order."""
    lines = lines_of(document)
    found = layout(document)
    tables = list(zip(found.forms, found.tables, strict=True))
    out: list[Piece] = []
    free = 0
    for region in all_regions(document, lines):
        out += [document.text[line.start : line.end] for line in lines[free : region.first]]
        start, end = lines[region.first].start, lines[region.last - 1].end
        inside = [(f, t) for f, t in tables if start <= t.span.start < end]
        left = list(_left_over(document, [form for form, _ in inside], start, end))
        for form, table in inside:
            rows = [
                _Line(_texts(document, row), _start(row, table.span.start), n)
                for n, row in enumerate(form.grid)
            ]
            if region.kind == "glued":
                rows.sort(key=lambda row: row.start)
            first, last = min(row.start for row in rows), max(row.start for row in rows)
            out += _paragraphs(document, [each for each in left if each.start < first])
            own = [each for each in left if first <= each.start < last]
            out += [_sheet(form, table, _completed(rows, own)), ""]
            left = [each for each in left if each.start >= last]
        out += _paragraphs(document, left)
        free = region.last
    return out + [document.text[line.start : line.end] for line in lines[free:]]


def _paragraphs(document: Document, left: list[_Left]) -> list[str]:
    """What stands before and behind a table, as many paragraphs as it has lines; its cells apart by spaces."""
    lines: dict[int, list[str]] = {}
    for each in left:
        lines.setdefault(document.text.rfind("\n", 0, each.start), []).append(each.text)
    return ["    ".join(texts) for texts in lines.values()]


def _texts(document: Document, row: list[Atom | None]) -> list[str]:
    return [
        "".join(document.text[a:b] for a, b in atom.parts) if atom is not None else "" for atom in row
    ] or [""]


def _start(row: list[Atom | None], default: int) -> int:
    return min((atom.parts[0][0] for atom in row if atom is not None and atom.text), default=default)


def _left_over(document: Document, forms: list[Form], start: int, end: int) -> Iterator[_Left]:
    """What stands between the places of the recovered cells."""
    taken = sorted(
        part for form in forms for row in form.grid for atom in row if atom is not None for part in atom.parts
    )
    at = start
    for low, high in [*taken, (end, end)]:
        for n, text in _pieces(document.text[at:low]):
            yield _Left(at + n, text)
        at = max(at, high)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for piece in _APART.split(text):
        at = text.index(piece, at)
        if not _NO_CELL.fullmatch(piece.strip()):
            yield at, piece.strip()
        at += len(piece)


def _completed(rows: list[_Line], left: list[_Left]) -> list[_Line]:
    """The rows with what they lack: as the label of the row below it, as heads over two goals, or as a row of its own."""
    out: list[_Line] = []
    n = 0
    while n < len(rows):
        row, following = rows[n], rows[n : n + _GOALS]
        goals = len(following) == _GOALS and all(len(each.texts) == 1 for each in following)
        above = out[-1].start if out else row.start
        own = [each for each in left if above <= each.start < following[-1 if goals else 0].start]
        heads = " ".join(each.text for each in own).split()
        if goals and len(heads) in (_GOALS, _GOALS + 1):
            blank = [""] * (len(heads) - _GOALS)
            out += [
                _Line(heads, own[0].start),
                _Line([*blank, *(each.texts[0] for each in following)], following[-1].start),
            ]
            n += _GOALS
            continue
        own = [each for each in own if each.start < row.start]
        if len(own) == 1 and len(row.texts) > 1 and not row.texts[0].strip():
            out.append(row._replace(texts=[own[0].text, *row.texts[1:]]))
        else:
            out += [*(_Line([each.text], each.start) for each in own), row]
        n += 1
    return out


def _sheet(form: Form, table: Table, lines: list[_Line]) -> Sheet:
    """Each row over the whole width, its cells equally wide: blocks of different columns share few edges."""
    texts = [line.texts for line in lines]
    edges = sorted({WIDTH * n // len(row) for row in texts for n in range(len(row) + 1)})
    place = {edge: n for n, edge in enumerate(edges)}
    now = {line.number: r for r, line in enumerate(lines) if line.number is not None}
    tall = {
        (now[cell.row], cell.col): cell.rowspan
        for cell in table.cells
        if cell.rowspan > 1 and cell.row in now
    }
    in_block = {at for block in form.blocks for at in block.at}
    in_block |= {
        r for r, row in enumerate(form.grid) for block in form.blocks if any(row is h for h in block.header)
    }
    covered: set[tuple[int, int]] = set()
    rows = []
    for r, row in enumerate(texts):
        cells = []
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            end = c + 1  # outside the blocks a value takes the empty places to its right
            while (
                lines[r].number not in in_block and text.strip() and end < len(row) and not row[end].strip()
            ):
                covered.add((r, end))
                end += 1
            height = _height(texts, r, c, tall.get((r, c), 1)) if end == c + 1 else 1
            covered |= {(below, c) for below in range(r + 1, r + height)}
            left, right = (place[WIDTH * n // len(row)] for n in (c, end))
            cells.append(Set(r, left, right, height, " ".join(text.split("\n"))))
        rows.append(tuple(cells))
    return Sheet(tuple(edges), tuple(rows), form.header_rows if form.blocks and form.blocks[0].at else 0)


def _height(texts: list[list[str]], r: int, c: int, wanted: int) -> int:
    """How far down a cell can be merged: over empty cells of the same column."""
    for below in range(r + 1, r + wanted):
        if below >= len(texts) or len(texts[below]) != len(texts[r]) or texts[below][c].strip():
            return below - r
    return wanted
