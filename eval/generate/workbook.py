"""Blocks as an Excel workbook: merged cells, numbers in number formats, one sheet or a sheet for each table."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from eval.generate.canvas import Part, Slot
from eval.generate.grid import Addresses, Block, Cell, Grid, Text

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_LONGEST = 15  # digits a spreadsheet keeps


class _Book:
    """A workbook being written."""

    def __init__(self, out: io.BytesIO, rng: random.Random) -> None:
        self.book: Any = Workbook(
            out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})
        self.numbers = rng.random() < 0.6
        self.formats: dict[str, Any] = {}
        self.page: Any = None
        self.row = 0
        self.addresses: Addresses = {}

    def turn(self, name: str) -> None:
        """Begin a sheet."""
        self.page, self.row = self.book.add_worksheet(name), 0

    def ruled(self, shape: str = "") -> Any:
        """The cell format of a number shape, with borders."""
        if shape not in self.formats:
            wish = {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
            self.formats[shape] = self.book.add_format(wish | ({"num_format": shape} if shape else {}))
        return self.formats[shape]

    def line(self, parts: Sequence[Part]) -> None:
        """A line of text in the first column."""
        text = "".join(part if isinstance(part, str) else part.text for part in parts)
        if text.strip():
            self.page.write_string(self.row, 0, text[:32_000])
            self.named(parts, self.row, 0)
        self.row += 1

    def named(self, parts: Sequence[Part], row: int, column: int) -> None:
        """Note in which cell values are printed."""
        address = f"{self.page.get_name()}!{xl_rowcol_to_cell(row, column)}"
        self.addresses |= {id(part): address for part in parts if isinstance(part, Slot)}

    def cell(self, top: int, left: int, cell: Cell) -> None:
        """One cell of a table, merged where it spans."""
        text = cell.plain
        self.named(cell.parts, top, left)
        shape = number_shape(text) if self.numbers and cell.role else None
        form = self.ruled(shape or "")
        if cell.rowspan > 1 or cell.colspan > 1:
            self.page.merge_range(top, left, top + cell.rowspan - 1, left + cell.colspan - 1, "", form)
        if shape is None:
            self.page.write_string(top, left, text, form)
        else:
            amount = Decimal(text.rstrip("%").replace(",", ""))
            self.page.write_number(top, left, float(amount / 100 if text.endswith("%") else amount), form)


def number_shape(text: str) -> str | None:
    """The number format that shows a number as it is printed; None when it is to stay text."""
    if not _NUMBER.fullmatch(text) or len(text) > _LONGEST or (text[0] == "0" and text[1:2].isdigit()):
        return None
    decimals = len(text.rstrip("%").partition(".")[2])
    whole = "#,##0" if "," in text else "0"
    return whole + ("." + "0" * decimals if decimals else "") + ("%" if text.endswith("%") else "")


def as_xlsx(blocks: Sequence[Block], rng: random.Random) -> tuple[bytes, Addresses]:
    """The bytes of the workbook, and the cells its values stand in."""
    out = io.BytesIO()
    made = _Book(out, rng)
    apart = rng.random() < 0.5
    made.turn("报告" if apart else "Sheet1")
    fresh = True
    for block in blocks:
        if isinstance(block, Text):
            made.line(block.parts)
            fresh = False
            continue
        if apart and not fresh:
            made.turn(f"附表{len(made.book.worksheets())}")
        for parts in block.before:
            made.line(parts)
        _table(made, block)
        for parts in block.after:
            made.line(parts)
        made.row += 1
        fresh = False
    made.book.close()
    return out.getvalue(), made.addresses


def _table(made: _Book, grid: Grid) -> None:
    for r, line in enumerate(grid.matrix()):
        for c, (cell, starts) in enumerate(line):
            if starts:
                made.cell(made.row + r, c, cell)
    made.row += len(grid.rows)
