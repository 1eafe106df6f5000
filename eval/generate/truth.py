"""The truth of a generated report, gathered while it is written, in the gold format."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval.generate.canvas import Canvas, Part, Slot
from eval.generate.grid import Block, Grid

Record = dict[str, Any]
Show = Callable[[Canvas, Slot | None], Record | None]
INDICATOR_KEYS = ("level1", "level2", "level3", "target", "actual", "points", "score", "reason")
FUND_KEYS = ("item", "initial", "annual", "executed", "points", "rate", "score")
PROJECT_KEYS = (
    "name",
    "department",
    "implementing_unit",
    "initial",
    "annual",
    "executed",
    "goal_expected",
    "goal_actual",
    "total_points",
    "total_score",
    "grade",
)


@dataclass
class Truth:
    """Everything a careful reader would label; values are slots until finished."""

    kind: str
    year: int
    head: dict[str, Slot | None] = field(default_factory=dict)
    tables: list[Record] = field(default_factory=list)
    indicators: list[Record] = field(default_factory=list)
    funds: list[Record] = field(default_factory=list)
    base_data: list[Record] = field(default_factory=list)
    projects: list[Record] = field(default_factory=list)
    figures: list[Record] = field(default_factory=list)
    date: str | None = None
    intended: dict[int, str] = field(default_factory=dict)

    def table(self, kind: str, scope: str) -> Record:
        """Announce a table; its place is known once it is rendered."""
        record: Record = {"id": f"t{len(self.tables) + 1}", "kind": kind, "scope": scope, "span": None}
        self.tables.append(record)
        return record

    def indicator(self, table: Record, level1_points: str | None, cells: dict[str, Slot]) -> Record:
        """One indicator row; keys not given are columns the form does not have."""
        record: Record = {"table": table, "scope": table["scope"], "level1_points": level1_points}
        record |= {key: cells.get(key) for key in INDICATOR_KEYS}
        self.indicators.append(record)
        return record

    def fund(self, table: Record, cells: dict[str, Slot]) -> Record:
        """One row of a money block."""
        record: Record = {"table": table, "scope": table["scope"]} | {
            key: cells.get(key) for key in FUND_KEYS
        }
        self.funds.append(record)
        return record

    def base(self, table: Record, item: Slot, cells: list[Record]) -> Record:
        """One row of the base data table."""
        record: Record = {"table": table, "item": item, "cells": cells}
        self.base_data.append(record)
        return record

    def project(self, cells: dict[str, Slot]) -> Record:
        """One project."""
        record: Record = {key: cells.get(key) for key in PROJECT_KEYS}
        self.projects.append(record)
        return record

    def figure(
        self,
        text: str,
        metric: str,
        stage: str,
        kind: str,
        *,
        scope: str = "整体",
        period: int | None = None,
        table: bool = False,
    ) -> Slot:
        """A figure to be printed; returns its slot."""
        slot = Slot(text)
        self.figures.append(
            {
                "metric": metric,
                "scope": scope,
                "stage": stage,
                "period": str(period or self.year),
                "class": kind,
                "table": table,
                "span": slot,
            }
        )
        return slot

    def first(self, key: str, text: str) -> Slot | str:
        """A slot for the first printed occurrence of a head value, plain text afterwards."""
        if self.head.get(key) is not None:
            return text
        slot = Slot(text)
        self.head[key] = slot
        return slot

    def titled(self, text: str) -> list[Part]:
        """A line as parts, in which the first printed year is the head's fiscal year."""
        before, mark, after = text.partition(str(self.year))
        return [before, self.first("fiscal_year", mark), after] if mark else [text]


def cell(canvas: Canvas, slot: Slot | None) -> Record | None:
    """A slot as the gold format writes it."""
    if slot is None:
        return None
    if slot.start is None or slot.end is None:
        if slot.text:
            raise ValueError(f"value {slot.text!r} was never printed")
        return {"raw": ""}
    out: Record = {"raw": canvas.said(slot), "start": slot.start, "end": slot.end}
    ranges = canvas.ranges(slot)
    return out | {"parts": [list(each) for each in ranges]} if len(ranges) > 1 else out


def _meant(boxes: Mapping[int, Sequence[Any]], addresses: Mapping[int, str]) -> Show:
    """How the gold format writes a slot in the words it was to be printed with."""

    def show(_: Canvas, slot: Slot | None) -> Record | None:
        if slot is None:
            return None
        if slot.start is None or not slot.text.strip():
            return {"raw": ""}
        out: Record = {"raw": slot.text, "start": slot.start, "end": slot.end}
        if id(slot) in boxes:
            out["boxes"] = boxes[id(slot)]
        if id(slot) in addresses:
            out["address"] = addresses[id(slot)]
        return out

    return show


def shown(canvas: Canvas, ids: dict[int, str], record: Record, show: Show) -> Record:
    """A record as the gold format writes it; ids names the tables."""
    out: Record = {}
    for key, item in record.items():
        if key in ("span", "item") or isinstance(item, Slot):
            out[key] = show(canvas, item)
        elif key == "table" and isinstance(item, dict):
            out[key] = ids.get(id(item))
        elif key == "cells":
            out[key] = [shown(canvas, ids, one, show) for one in item]
        else:
            out[key] = item
    return out


def placed(
    truth: Truth,
    found: Mapping[int, tuple[int, int]],
    text: str,
    name: str,
    boxes: Mapping[int, Sequence[Any]],
    addresses: Mapping[int, str],
) -> Record:
    """The gold JSON of a report whose values were found in a text by the ids of their slots; `boxes` and `addresses` say where
    each was printed, as far as the printer kept it.

    A value that was not found keeps what it says and stands at -1: the reader of the file lost it.
    """
    slots = slots_of(truth)
    for slot in slots:
        slot.start, slot.end = found.get(id(slot), (-1, -1)) if slot.text.strip() else (None, None)
    canvas = Canvas(_pieces=[text], length=len(text))
    record = finish(truth, canvas, name, _meant(boxes, addresses))
    for slot in slots:
        slot.start = slot.end = None
    return record


def slots_of(truth: Truth) -> list[Slot]:
    """Every slot of the truth but the spans of tables."""
    records = (*truth.indicators, *truth.funds, *truth.projects, *truth.base_data, *truth.figures)
    records = (*records, *(cell for row in truth.base_data for cell in row["cells"]), truth.head)
    return [value for record in records for value in record.values() if isinstance(value, Slot)]


def without_deleted(truth: Truth, blocks: Sequence[Block]) -> None:
    """Drop from the truth what is no longer printed: tables that were taken out with their rows, empty figures."""
    left = {id(block.table) for block in blocks if isinstance(block, Grid)}
    gone = [table for table in truth.tables if id(table) not in left]
    truth.tables = [table for table in truth.tables if id(table) in left]
    for name in ("indicators", "funds", "base_data"):
        rows = [row for row in getattr(truth, name) if all(row["table"] is not table for table in gone)]
        setattr(truth, name, rows)
    truth.projects = [p for p in truth.projects if p["name"] is None or p["name"].text]
    truth.figures = [f for f in truth.figures if f["span"].text]
    truth.head = {key: slot if slot is not None and slot.text else None for key, slot in truth.head.items()}


def finish(truth: Truth, canvas: Canvas, name: str, show: Show = cell) -> Record:
    """The gold JSON of a rendered report; `show` writes a value, as the text prints it unless told otherwise."""
    text = canvas.text
    ids = {id(table): table["id"] for table in truth.tables}
    tables = [
        {
            "id": t["id"],
            "kind": t["kind"],
            "scope": t["scope"],
            "start": t["span"].start,
            "end": t["span"].end,
        }
        for t in truth.tables
    ]
    figures = [shown(canvas, ids, f, show) for f in truth.figures if f["span"].printed]
    figures.sort(key=lambda f: int(f["span"]["start"]))
    head = {key: show(canvas, truth.head.get(key)) for key in ("unit_name", "total_score", "grade")}
    return {
        "file": name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "characters": len(text),
        "head": head
        | {
            "fiscal_year": truth.year,
            "fiscal_year_span": show(canvas, truth.head.get("fiscal_year")),
            "report_date": truth.date,
            "report_date_span": show(canvas, truth.head.get("report_date")),
            "kind": truth.kind,
        },
        "tables": tables,
        "indicators": [shown(canvas, ids, r, show) for r in truth.indicators],
        "funds": [shown(canvas, ids, r, show) for r in truth.funds],
        "base_data": [shown(canvas, ids, r, show) for r in truth.base_data],
        "projects": [shown(canvas, ids, r, show) for r in truth.projects],
        "figures": figures,
        "extras": {"glued": [], "damaged": damaged(canvas)},
    }


def damaged(canvas: Canvas) -> list[Record]:
    """Values whose printed text is not what was meant, layout white space aside."""
    found = []
    for slot in canvas.slots:
        raw = canvas.said(slot)
        if _bare(raw) != _bare(slot.text):
            found.append({"start": slot.start, "end": slot.end, "raw": raw, "meant": slot.text})
    return sorted(found, key=lambda d: (int(d["start"]), int(d["end"])))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
