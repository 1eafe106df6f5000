"""A web page's elements as blocks: lines as a browser breaks them, tables with the places their cells cover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.load.blocks import Grid, GridCell
from extractor.load.docx.symbols import lowered, raised
from extractor.load.package import integer, local
from extractor.patterns import lazy

_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "title", "meta", "link", "object", "svg", "math", "canvas", "select",
     "textarea", "button", "iframe", "audio", "video", "map", "colgroup", "col")
)  # fmt: skip
_LINES = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "header", "footer",
     "main", "nav", "aside", "blockquote", "center", "form", "fieldset", "address", "figure", "figcaption", "hr", "body", "html",
     "tr", "td", "th", "tbody", "thead", "tfoot", "caption")
)  # fmt: skip
_HIDDEN = lazy(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_SPACE = lazy(r"[ \t\r\n\f]+")
_MOST_COLUMNS = 1000


def read_page(root: Any) -> list[str | Grid]:
    """The blocks of a page in reading order."""
    page = _Page()
    page.element(root)
    page.end_line()
    return page.blocks


class _Page:
    """Collects the blocks of a page or of a cell; a line ends where a browser would begin a new one."""

    def __init__(self) -> None:
        self.blocks: list[str | Grid] = []
        self._line = ""
        self._items = 0  # of the list at hand, before its item at hand

    def end_line(self) -> None:
        """Close the line at hand, if anything stands on it."""
        if self._line.strip(" "):
            self.blocks.append(self._line.strip(" "))
        self._line = ""

    def element(self, element: Any) -> None:
        """Read an element; what follows it belongs to its parent."""
        name = local(element)
        if not name or name in _UNSEEN or _hidden(element):
            return
        if name == "table":
            self.end_line()
            self.blocks.append(_table(element))
        elif name == "br":
            self.blocks.append(self._line.strip(" "))
            self._line = ""
        elif name == "input":
            self._input(element)
        elif name == "pre":
            self.end_line()
            self.blocks += "".join(element.itertext()).split("\n")
        else:
            self._inside(element, name)

    def _inside(self, element: Any, name: str) -> None:
        breaks = name in _LINES
        if breaks:
            self.end_line()
        if name == "li":
            self._line = _number(element, self._items)
        if name in ("sup", "sub"):
            text = "".join(element.itertext())
            self._text(raised(text) if name == "sup" else lowered(text))
            return
        self._text(element.text)
        items = 0
        for child in element:
            self._items = items
            items += local(child) == "li"
            self.element(child)
            self._text(child.tail)
        if breaks:
            self.end_line()

    def _text(self, text: str | None) -> None:
        if text:
            text = _SPACE.sub(" ", text)
            self._line += text.lstrip(" ") if not self._line or self._line[-1] == " " else text

    def _input(self, element: Any) -> None:
        kind = (element.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            self._text("☑" if element.get("checked") is not None else "☐")
        elif kind == "text":
            self._text(element.get("value"))


def _hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style.lower()))


def _number(item: Any, before: int) -> str:
    """The number of an item of an ordered list that stands behind so many others."""
    parent = item.getparent()
    if parent is None or local(parent) != "ol" or "none" in (parent.get("style") or "").lower():
        return ""
    return f"{integer(item.get('value'), integer(parent.get('start'), 1) + before)}. "


def _table(table: Any) -> Grid:
    """The grid of a table; a cell that reaches down takes its columns from the rows below."""
    cells: list[GridCell] = []
    covered: dict[int, int] = {}  # column → rows it is still taken for
    row_number = 0
    for caption in table.iterchildren("caption"):
        cells.append(GridCell(0, 0, 1, 1, _contents(caption)))
        row_number = 1
    for row in _rows(table):
        column, below = 0, {}
        for cell in row.iterchildren("td", "th"):
            if _hidden(cell):
                continue
            while column in covered:
                column += 1
            width = max(1, min(_span(cell.get("colspan")), _MOST_COLUMNS - column))
            height = _span(cell.get("rowspan"))
            cells.append(GridCell(row_number, column, height, width, _contents(cell)))
            below.update(dict.fromkeys(range(column, column + width), height - 1))
            column += width
        taken = {c: left - 1 for c, left in covered.items()} | below
        covered = {c: left for c, left in taken.items() if left > 0}
        row_number += 1
    return Grid(row_number, cells)


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        name = local(element)
        if _hidden(element):
            continue
        if name == "tr":
            yield element
        elif name in ("tbody", "thead", "tfoot", "form"):
            yield from _rows(element)


def _span(text: str | None) -> int:
    return max(1, min(integer(text, 1), _MOST_COLUMNS))


def _contents(cell: Any) -> list[str | Grid]:
    page = _Page()
    page.element(cell)
    page.end_line()
    return page.blocks
