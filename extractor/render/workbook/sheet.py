"""A sheet that is filled row by row: heads, filters, frozen panes, print set-up, and cells that can never become formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Context, Decimal
from math import ceil
from typing import Any, NamedTuple

from extractor.identities import places
from extractor.render.terminal import width
from extractor.render.view import shown

BASE_FORMAT = {"font_name": "宋体", "font_size": 10}
_LONGEST = 32_000  # Excel takes 32,767 characters in a cell
_EXACT = Context(prec=15)  # what a cell of Excel can hold
_PLAIN = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$")
_LINE, _HIGHEST = 13, 400  # points
_RISKY = ("=", "+", "-", "@", "\t")
HEAD, PASTE, TEXT, NOTE = "head", "paste", "text", "note"
_LOOKS: dict[str, dict[str, Any]] = {
    HEAD: {
        "bold": True, "bg_color": "#DCE6F1", "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True,
        "font_name": "黑体", "border_color": "#7F7F7F",
    },
    PASTE: {
        "bold": True, "bg_color": "#E2EFDA", "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True,
        "font_name": "黑体", "border_color": "#7F7F7F",
    },
    TEXT: {"valign": "top", "border": 1, "text_wrap": True, "border_color": "#BFBFBF"},
    NOTE: {"font_color": "#595959", "text_wrap": False},
}  # fmt: skip
_FILLS = {"bad": "#F8CBAD", "warn": "#FFE699", "total": "#F2F2F2", "": None}


class Column(NamedTuple):
    """A column: its head, its width in characters, and the look of its head."""

    name: str
    width: float
    look: str = HEAD
    centered: bool = False


class Formula(NamedTuple):
    """An Excel formula with the result it must give."""

    text: str
    result: Decimal


Content = str | Decimal | int | Formula | None


class Book:
    """The workbook and its cell formats, each made once."""

    def __init__(self, workbook: Any, title: str, footing: str) -> None:
        self.workbook, self.title, self.footing = workbook, title, footing
        self._formats: dict[tuple[Any, ...], Any] = {}

    def look(
        self, base: str, number: str = "", fill: str = "", *, quoted: bool = False, center: bool = False
    ) -> Any:
        """The format of a cell."""
        key = (base, number, fill, quoted, center)
        if key not in self._formats:
            properties = BASE_FORMAT | _LOOKS[base]
            if number:
                properties |= {"num_format": number, "align": "right"}
            if _FILLS[fill]:
                properties |= {"bg_color": _FILLS[fill]}
            if center:
                properties |= {"align": "center"}
            self._formats[key] = self.workbook.add_format(properties)
            if quoted:
                self._formats[key].set_quote_prefix()
        return self._formats[key]

    def sheet(
        self, name: str, columns: Sequence[Column], *, frozen: int, printed: int | None = None
    ) -> Sheet:
        """A new sheet of A4 landscape, one page wide, whose head repeats on every page."""
        return Sheet(self, name, columns, frozen, printed or len(columns))


class Sheet:
    """A sheet in the making; rows are counted as Excel does, from 1."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column], frozen: int, printed: int) -> None:
        self.book, self.columns, self.printed, self.last = book, columns, printed, 1
        self.page = book.workbook.add_worksheet(name)
        for at, column in enumerate(columns):
            self.page.set_column(at, at, column.width)
            self.page.write_string(0, at, column.name, book.look(column.look))
        self.page.set_row(0, 30)
        self.page.freeze_panes(1, frozen)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)
        title, footing = (text.replace("&", "&&") for text in (book.title, book.footing))
        self.page.set_header(f'&L&"宋体"&9{title}'[:230] + f'&R&"黑体"&10{name}')
        self.page.set_footer(f'&L&"宋体"&9{footing}'[:200] + '&R&"宋体"&9第 &P 页 共 &N 页')

    def row(self, values: Sequence[Content], fill: str = "") -> int:
        """Write the next row and return its number."""
        for at, value in enumerate(values):
            self._cell(at, value, fill)
        self.page.set_row(self.last, _height(values, self.columns[: self.printed]))
        self.last += 1
        return self.last

    def mark(self, row: int, at: int, text: str, fill: str) -> None:
        """Colour one cell of a row that was written."""
        if fill:
            centered = self.columns[at].centered
            self.page.write_string(row - 1, at, shown(text), self.book.look(TEXT, fill=fill, center=centered))

    def close(self) -> None:
        """Set filter and print area over what was written."""
        self.page.autofilter(0, 0, self.last - 1, len(self.columns) - 1)
        self.page.print_area(0, 0, self.last - 1, self.printed - 1)

    def _cell(self, at: int, value: Content, fill: str) -> None:
        look, row = self.book.look, self.last
        if value is None or value == "":
            self.page.write_blank(row, at, None, look(TEXT, fill=fill))
        elif isinstance(value, Formula):
            result = _EXACT.plus(value.result)
            self.page.write_formula(row, at, value.text, look(TEXT, _pattern(value.result), fill), result)
        elif isinstance(value, str):
            text = shown(value)[:_LONGEST]
            quoted = text.startswith(_RISKY)
            self.page.write_string(
                row, at, text, look(TEXT, fill=fill, quoted=quoted, center=self.columns[at].centered)
            )
        else:
            number = Decimal(value)
            self.page.write_number(row, at, _EXACT.plus(number), look(TEXT, _pattern(number), fill))


def _height(values: Sequence[Content], columns: Sequence[Column]) -> float:
    """The height in points that shows the longest text of the columns that are printed; not every program finds it."""
    texts = [(value, c.width) for value, c in zip(values, columns, strict=False) if isinstance(value, str)]
    lines = max((ceil(width(text) * 1.1 / wide) for text, wide in texts), default=1)
    return float(min(max(lines, 1) * _LINE + 3, _HIGHEST))


def _pattern(value: Decimal) -> str:
    """The number format that shows the value with the places it has."""
    digits = min(places(value), 10)
    return "0" + ("." + "0" * digits if digits else "")


def printed(text: str | None) -> Content:
    """A printed cell: a number where nothing but a number is printed, else its words."""
    if text and _PLAIN.match(text):
        return Decimal(text.replace(",", ""))
    return text
