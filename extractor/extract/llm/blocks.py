"""A recovered grid as blocks: a printed head and the rows under it, each cell with its place, shown to a model a few rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.cellkinds import read_cell
from extractor.document import Document, Span, Table, fold, slices
from extractor.patterns import lazy

TOTAL = lazy(r"^(?:合计|总计|总分|总得分|小计|总体得分|自评总分|得分合计)")
_NUMBERS = frozenset(("num", "cmp", "count_vague", "range"))
_SHOWN_ROWS, _SHOWN = 3, 12
_LEAST_COLUMNS, _HEAD_ROWS = 3, 8


class Piece(NamedTuple):
    """A printed piece: its cleaned text and its place."""

    text: str
    span: Span

    @property
    def is_number(self) -> bool:
        """Whether it prints one number and little else."""
        return read_cell(fold(self.text)).kind in _NUMBERS

    @property
    def is_points(self) -> bool:
        """Whether a number may be points: it has no unit, or 分."""
        return read_cell(fold(self.text)).unit in (None, "", "分")


Line = tuple[Piece | None, ...]


class Block(NamedTuple):
    """Rows under one head; `total` is the closing row, when printed."""

    head: Line
    rows: tuple[Line, ...]
    total: Line | None = None

    @property
    def width(self) -> int:
        """How many columns the head has."""
        return len(self.head)


class Grid(NamedTuple):
    """The blocks of a table, and the pieces in front of them, numbered from one."""

    table: Table
    blocks: tuple[Block, ...]
    before: tuple[Piece, ...]

    def widths(self) -> tuple[int, ...]:
        """The columns of each block."""
        return tuple(block.width for block in self.blocks)


def grid_of(table: Table) -> Grid:
    """The blocks of a recovered table: a head is a row of words above a row with numbers."""
    lines = _lines(table)
    heads = [at for at in range(len(lines)) if _is_head(lines, at)]
    blocks = [
        _block(lines, at, heads[n + 1] if n + 1 < len(heads) else len(lines)) for n, at in enumerate(heads)
    ]
    first = heads[0] if heads else min(len(lines), _HEAD_ROWS)
    before = tuple(piece for line in lines[:first] for piece in line if piece is not None)
    return Grid(table, tuple(block for block in blocks if block.rows), before)


def _lines(table: Table) -> list[Line]:
    rows: list[list[Piece | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = Piece(cell.text, cell.span)
    return [tuple(row) for row in rows]


def _filled(line: Line) -> list[Piece]:
    return [piece for piece in line if piece is not None]


def _is_head(lines: Sequence[Line], at: int) -> bool:
    """Words alone in three columns or more, and a number in one of the two rows below."""
    filled = _filled(lines[at])
    if len(filled) < _LEAST_COLUMNS or any(p.is_number or len(p.text) > 24 for p in filled):
        return False
    below = [piece for line in lines[at + 1 : at + 3] for piece in _filled(line)]
    return any(piece.is_number for piece in below)


def _block(lines: Sequence[Line], at: int, stop: int) -> Block:
    """The head with the rows under it, as wide as the head is printed."""
    last = max(n for n, piece in enumerate(lines[at]) if piece is not None) + 1
    rows: list[Line] = []
    for line in lines[at + 1 : stop]:
        filled = _filled(line)
        if not filled or all(set(piece.text) <= set("-:| ") for piece in filled):
            continue
        wide = max(last, max(n for n, piece in enumerate(line) if piece is not None) + 1)
        if TOTAL.match(filled[0].text):
            return Block(lines[at][:last], tuple(rows), line[:last])
        if wide > last or len(filled) < 2:
            break
        rows.append(line[:last])
    return Block(lines[at][:last], tuple(rows))


def shown(grid: Grid) -> str:
    """The table as a prompt shows it: the pieces before it with their ids, each block's head and first rows."""
    out = []
    if grid.before:
        out.append(" ".join(f"{n}{_cut(piece.text)}" for n, piece in enumerate(grid.before[:24], 1)))
    for number, block in enumerate(grid.blocks, 1):
        out.append(f"第{number}块，{block.width}列")
        out += [_row(line) for line in (block.head, *block.rows[:_SHOWN_ROWS])]
    return "\n".join(out)


def _row(line: Line) -> str:
    return "|".join("" if piece is None else _cut(piece.text) for piece in line)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def piece_at(document: Document, span: Span, text: str | None = None) -> Piece:
    """A piece of the document; its text is the slice without white space unless it is given."""
    return Piece("".join(slices(document.text, span).split()) if text is None else text, span)
