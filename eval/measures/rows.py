"""Slots of the tables: indicator, fund and project rows, and the rows of 基础数据表."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eval.gold import FUND, INDICATOR, PROJECT, Gold, Value
from eval.measures.align import assign
from eval.measures.slots import Got, Slot, got_cell, judged, overlaps, printed, same, slot
from extractor.schema import BaseCell, BaseRow, Report

# What tells the rows of a list apart, the most telling first.
TELLING = {"indicators": ("level3", "level2"), "funds": ("item",), "projects": ("name",)}
_INHERITED = ("level1", "level2")  # repeated on every row they cover: no evidence of which row it is
_ALIKE = 1.0  # less than one field in common is no likeness

Cells = Mapping[str, Got | None]


def row_slots(report: Report, gold: Gold) -> Iterator[Slot]:
    """Slots of indicators, funds and projects."""
    lists: tuple[tuple[str, Sequence[Any], list[dict[str, Any]], tuple[str, ...]], ...] = (
        ("indicators", report.indicators, gold.indicators, INDICATOR),
        ("funds", report.funds, gold.funds, FUND),
        ("projects", report.projects, gold.projects, PROJECT),
    )
    for group, rows, wanted, keys in lists:
        found = [{key: got_cell(getattr(row, key)) for key in keys} for row in rows]
        yield from _slots(group, found, wanted, keys)


def _slots(
    group: str, found: Sequence[Cells], wanted: Sequence[dict[str, Any]], keys: tuple[str, ...]
) -> Iterator[Slot]:
    telling = TELLING[group]
    pairs = assign(
        {
            (i, j): alike
            for i, row in enumerate(wanted)
            for j, cells in enumerate(found)
            if (alike := _likeness(row, cells, keys, telling)) >= _ALIKE
        }
    )
    for i, row in enumerate(wanted):
        label = _label(row, telling)
        cells = found[pairs[i]] if i in pairs else dict.fromkeys(keys)
        for key in keys:
            if row.get("unreadable") and key not in telling:
                continue  # nobody can say what is printed there
            yield slot(group, label, key, row[key], cells[key], i)
    for j in sorted(set(range(len(found))) - set(pairs.values())):
        name = next((cell.text for key in telling if (cell := found[j][key]) is not None), "?")
        for key, cell in found[j].items():
            if cell is not None:
                yield Slot(group, name, key, None, cell, "extra", "", len(wanted) + j, beyond=True)


def _label(row: Mapping[str, Any], telling: tuple[str, ...]) -> str:
    return next((row[key].text for key in telling if printed(row[key])), "?")


def _likeness(row: Mapping[str, Any], cells: Cells, keys: tuple[str, ...], telling: tuple[str, ...]) -> float:
    """How much two rows have in common; what names the row weighs most, inherited cells next to nothing."""
    name = next((key for key in telling if printed(row[key])), None)
    alike = 0.0
    for key in keys:
        want, got = row[key], cells[key]
        if want is None or got is None:
            continue
        weight = 4.0 if key == name else 0.1 if key in _INHERITED else 1.0
        if same(got, want):
            alike += weight
        elif overlaps(got, want):
            alike += weight / 2
    return alike


def base_slots(report: Report, gold: Gold) -> Iterator[Slot]:
    """Slots of the base data: the item, and each value with its column and stage."""
    pairs = assign(
        {
            (i, j): alike
            for i, row in enumerate(gold.base_data)
            for j, found in enumerate(report.base_data)
            if (alike := _alike_base(row, found)) >= _ALIKE
        }
    )
    for i, row in enumerate(gold.base_data):
        match = report.base_data[pairs[i]] if i in pairs else None
        cells = match.cells if match is not None else ()
        for n, want in enumerate(row["cells"]):
            yield _base_slot(row["item"].text, n, want, cells[n] if n < len(cells) else None, i)
        yield from _surplus(row["item"].text, cells, len(row["cells"]), i)
    for j, found in enumerate(report.base_data):
        if j not in pairs.values():
            yield from _surplus(found.item.text, found.cells, 0, len(gold.base_data) + j)


def _alike_base(row: Mapping[str, Any], found: BaseRow) -> float:
    got = got_cell(found.item)
    name = 4.0 if same(got, row["item"]) else 2.0 if overlaps(got, row["item"]) else 0.0
    if not name:
        return 0.0
    pairs = zip(row["cells"], found.cells, strict=False)
    return name + sum(1.0 for want, cell in pairs if same(got_cell(cell.cell), want["cell"]))


def _base_slot(item: str, n: int, want: Mapping[str, Any], cell: BaseCell | None, row: int) -> Slot:
    value: Value | None = want["cell"]
    got = got_cell(cell.cell) if cell is not None else None
    field = want["column"] or f"第{n + 1}列"
    staged = cell is not None and cell.stage in str(want["stage"]).split("|")
    verdict = judged(value, got, staged and same(got, value))
    if cell is None:  # an empty place that was not read is a missing place
        verdict = "missed"
    elif verdict == "blank" and not staged:
        verdict = "wrong"
    why = "" if staged or cell is None else f"stage 应 {want['stage']} 得 {cell.stage}"
    return Slot("base_data", item, field, value, got, verdict, why, row)


def _surplus(item: str, cells: Sequence[BaseCell], after: int, row: int) -> Iterator[Slot]:
    for cell in cells[after:]:
        if (got := got_cell(cell.cell)) is not None:
            yield Slot("base_data", item, cell.column or "?", None, got, "extra", "", row, beyond=True)
