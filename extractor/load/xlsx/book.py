"""The sheets of a workbook: cells with the text they show, merged ranges at their first visible place.

A hidden row with a number is read, as the totals below it count it; other hidden rows, hidden columns and hidden sheets are
not: they hold what a form was filled in with the help of. `Remarks` tells what was met.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.load.blocks import Grid, GridCell
from extractor.load.package import Package, attribute, child, integer, local
from extractor.load.xlsx.places import column as column_of
from extractor.load.xlsx.places import letters
from extractor.load.xlsx.remarks import Remarks
from extractor.load.xlsx.shown import Formats, Styles, shown
from extractor.patterns import lazy

_REFERENCE = lazy(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_NUMBER = lazy(r"[-(（¥￥]?\s*\d[\d,]*(?:\.\d+)?\s*(?:%|万?元)?\s*[)）]?")
_NO_QUOTES = lazy(r"[\w.]+")
_MOST_ROWS = 20_000  # no merged cell of a report reaches further
_GAP = 8


class _Area(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int


def read_book(package: Package, remarks: Remarks) -> Iterator[Grid]:
    """The visible sheets in the order of their tabs; every cell is called by its sheet's name and its own."""
    part = package.main_part("xl/workbook.xml")
    root = package.xml(part)
    sheets = child(root, "sheets") if root is not None else None
    if root is None or sheets is None:
        raise package.damaged("工作表")
    related = package.relations(part)
    parts = {relation.kind: relation.target for relation in related.values()}
    strings = _strings(package.xml(parts.get("sharedStrings", "xl/sharedStrings.xml")))
    styles = Styles(package.xml(parts.get("styles", "xl/styles.xml")))
    properties = child(root, "workbookPr")
    since_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
    for sheet in sheets:
        relation = related.get(_relation_id(sheet))
        if relation is None or relation.kind != "worksheet":
            continue
        name = attribute(sheet, "name") or ""
        if attribute(sheet, "state") in ("hidden", "veryHidden"):
            remarks.hidden_sheet(name)
            continue
        page = package.xml(relation.target)
        if page is not None:
            remarks.sheet(package, relation.target, page, name)
            yield _sheet(page, name, strings, Formats(styles, since_1904), remarks)


def _relation_id(sheet: Any) -> str:
    return next((str(v) for k, v in sheet.attrib.items() if k.endswith("}id")), "")


def _strings(root: Any | None) -> list[str]:
    return [_plain(item) for item in root if local(item) == "si"] if root is not None else []


def _plain(item: Any) -> str:
    """The text of a string, without the readings printed above it."""
    out = []
    for part in item:
        if local(part) == "t":
            out.append(part.text or "")
        elif local(part) == "r":
            out += [each.text or "" for each in part if local(each) == "t"]
    return "".join(out).replace("_x000D_", "")


def _sheet(page: Any, name: str, strings: list[str], formats: Formats, remarks: Remarks) -> Grid:
    """The part of a sheet that is read, every cell where a person sees it."""
    hidden_columns = set(_hidden_columns(child(page, "cols")))
    raw: dict[int, dict[int, str]] = {}
    hidden: list[int] = []
    data = child(page, "sheetData")
    number = 0
    for row in data if data is not None else ():
        number = integer(attribute(row, "r"), number + 1)
        if attribute(row, "hidden") in ("1", "true") or attribute(row, "ht") == "0":
            hidden.append(number)
        raw[number] = _cells(row, strings, formats)
    read = [number for number in hidden if _counts(raw[number], hidden_columns)]
    hidden_rows = set(hidden) - set(read)
    left = [n for n in sorted(hidden_rows) if any(text.strip() for text in raw[n].values())]
    remarks.hidden_rows(name, read, left)
    used = {column for row in raw.values() for column, text in row.items() if text.strip()}
    remarks.hidden_columns(name, hidden_columns & used)
    merged = _move(raw, _areas(child(page, "mergeCells")), hidden_rows, hidden_columns)
    called = name if _NO_QUOTES.fullmatch(name) else "'" + name.replace("'", "''") + "'"
    place = _places([number for number in sorted(raw) if raw[number]], hidden_rows)
    cells = []
    for number, index in place.items():
        for column, text in sorted(raw[number].items()):
            if column in hidden_columns:
                continue
            area = merged.get((number, column), _Area(number, column, number, column))
            height = 1 + _lowest(place, number, area.bottom) - index
            address = f"{called}!{letters(area.left)}{area.top}"
            cells.append(GridCell(index, column, height, area.right - column + 1, text.split("\n"), address))  # type: ignore[arg-type]
    return Grid(max(place.values(), default=-1) + 1, cells)


def _counts(row: dict[int, str], hidden_columns: set[int]) -> bool:
    """Whether a hidden row may be part of a total: a number other than nought stands behind its first cell."""
    texts = [text.strip() for column, text in sorted(row.items()) if column not in hidden_columns]
    return any(
        _NUMBER.fullmatch(text) and text.strip("0.,% ") for text in [text for text in texts if text][1:]
    )


def _lowest(place: dict[int, int], first: int, last: int) -> int:
    """The place of the last row of the grid among rows `[first, last]` of the sheet."""
    return max(place[n] for n in range(first, min(last, first + _MOST_ROWS) + 1) if n in place)


def _places(numbers: list[int], hidden: set[int]) -> dict[int, int]:
    """The place of each visible row in the grid; blank rows between two keep places, a few at most."""
    out: dict[int, int] = {}
    unseen = sorted(hidden)
    before, index = 0, -1
    for number in numbers:
        if number in hidden:
            continue
        skipped = bisect_left(unseen, number) - bisect_left(unseen, before)
        index += min(number - before - skipped, _GAP) if out else 1
        out[number], before = index, number
    return out


def _cells(row: Any, strings: list[str], formats: Formats) -> dict[int, str]:
    """What each cell of a row shows, by column; an empty one is kept when a border shows that it belongs to a table."""
    out: dict[int, str] = {}
    column = 0
    for cell in row:
        if local(cell) != "c":
            continue
        place = _REFERENCE.fullmatch(attribute(cell, "r") or "")
        column = column_of(place[1]) if place else column + 1
        value, inline = child(cell, "v"), child(cell, "is")
        kind, style = attribute(cell, "t") or "n", integer(attribute(cell, "s"), 0)
        text = (value.text or "") if value is not None else ""
        if kind == "inlineStr":
            out[column] = _plain(inline) if inline is not None else ""
        elif kind == "s":
            at = integer(text, -1)
            out[column] = strings[at] if 0 <= at < len(strings) else ""
        elif kind == "b":
            out[column] = {"1": "TRUE", "0": "FALSE"}.get(text, text)
        elif kind in ("str", "e", "d"):
            out[column] = text
        else:
            out[column] = shown(text, formats, style)
        if not out[column].strip() and style not in formats.styles.ruled:
            del out[column]
    return out


def _areas(merged: Any | None) -> list[_Area]:
    out = []
    for each in merged if merged is not None else ():
        first, _, last = (attribute(each, "ref") or "").partition(":")
        one, two = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if one and two:
            out.append(_Area(int(one[2]), column_of(one[1]), int(two[2]), column_of(two[1])))
    return out


def _move(
    raw: dict[int, dict[int, str]], areas: list[_Area], hidden_rows: set[int], hidden_columns: set[int]
) -> dict[tuple[int, int], _Area]:
    """Leave in `raw` one cell per merged range, at its first visible place; returns the ranges by those places."""
    out: dict[tuple[int, int], _Area] = {}
    for area in areas:
        text = raw.get(area.top, {}).get(area.left, "")
        rows = [n for n in range(area.top, min(area.bottom, area.top + _MOST_ROWS) + 1) if n in raw]
        for number in rows:
            for column in [c for c in raw[number] if area.left <= c <= area.right]:
                del raw[number][column]
        seen = [c for c in range(area.left, area.right + 1) if c not in hidden_columns]
        for row in [n for n in rows if n not in hidden_rows][: 1 if seen else 0]:
            raw[row][seen[0]] = text
            out[row, seen[0]] = area
    return out


def _hidden_columns(columns: Any | None) -> Iterator[int]:
    for each in columns if columns is not None else ():
        if attribute(each, "hidden") in ("1", "true") or attribute(each, "width") == "0":
            yield from range(
                integer(attribute(each, "min"), 1), min(integer(attribute(each, "max"), 0), 16_384) + 1
            )
