"""Gold files (fixtures' expected.json, seeds' TOML, generated truth) in one shape for the scorers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from extractor.document import BBox
from extractor.gold.place import Places, written
from extractor.gold.place import bare as squeeze
from extractor.gold.shape import FUND, INDICATOR, PROJECT

_FOOTER = re.compile(
    r"\n\s*(?:[-—–]\s*\d+\s*[-—–]|第\s*\d+\s*页[^\n]*|[^\n]*—\s*\d+\s*—)\s*\n"
)  # a page end inside a value


class Value(NamedTuple):
    """A labelled value: its text without white space, and where it stands; start −1 when the gold gives no place."""

    text: str
    start: int
    end: int
    boxes: tuple[
        tuple[int, BBox], ...
    ] = ()  # (page from 1, box), one for each line it is printed on, where known
    parts: tuple[tuple[int, int], ...] = ()  # its pieces, where a line or page break cuts it
    address: str = ""  # its cell in a workbook, Word file or web page, where known

    @property
    def empty(self) -> bool:
        """Whether nothing is printed."""
        return not self.text

    def __repr__(self) -> str:
        """What it says; a case is known by this, so a field it does not use leaves the case what it was."""
        told = [f"{name}={getattr(self, name)!r}" for name in ("text", "start", "end", "boxes", "parts")]
        return f"Value({', '.join([*told, *([f'address={self.address!r}'] if self.address else [])])})"


EMPTY = Value("", -1, -1)
__all__ = ["EMPTY", "FUND", "INDICATOR", "PROJECT", "Gold", "Value", "load_gold", "read_gold", "squeeze"]


@dataclass
class Gold:
    """What a careful reader says a report holds."""

    head: dict[str, Any] = field(default_factory=dict)
    indicators: list[dict[str, Any]] = field(default_factory=list)
    funds: list[dict[str, Any]] = field(default_factory=list)
    base_data: list[dict[str, Any]] = field(default_factory=list)
    projects: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    unlabelled: list[Value] = field(default_factory=list, repr=False)  # words whose figures nobody labelled

    def misplaced(self, text: str) -> list[str]:
        """The values that do not stand in `text` where this gold says; such a gold cannot grade a reading of that text."""
        return [
            f"{value.text!r} @{value.start}"
            for value in self.values()
            if value.start >= 0 and not _stands(text[value.start : value.end], value.text)
        ]

    def values(self) -> Iterator[Value]:
        """Every printed value."""
        records = [self.head, *self.indicators, *self.funds, *self.projects, *self.figures]
        records += list(self.base_data)
        records += [cell for row in self.base_data for cell in row["cells"]]
        for record in records:
            yield from [v for v in record.values() if isinstance(v, Value) and not v.empty]


def _stands(piece: str, words: str) -> bool:
    """Whether the words are printed in the piece, in order from its first character to its last; page ends may lie between."""
    there = squeeze(piece)
    if there == words:
        return True
    rest = iter(there)
    return there[:1] == words[:1] and there[-1:] == words[-1:] and all(c in rest for c in words)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.places = Places(text)

    def value(self, raw: object) -> Value | None:
        """A cell in either notation; None where the form has no such column."""
        if raw is None:
            return None
        if isinstance(raw, list):
            return Value(squeeze(self.text[raw[0] : raw[1]]), raw[0], raw[1]) if raw else EMPTY
        words = squeeze(_FOOTER.sub("\n", written(raw) or ""))
        if not words:
            return EMPTY
        assert isinstance(raw, (str, Mapping))
        start, end = self.places.of(raw) or (-1, -1)
        boxes = raw.get("boxes", ()) if isinstance(raw, Mapping) else ()
        parts = raw.get("parts", ()) if isinstance(raw, Mapping) else ()
        return Value(
            words,
            start,
            end,
            tuple((page, tuple(box)) for page, box in boxes),
            tuple((low, high) for low, high in parts),
            raw.get("address", "") if isinstance(raw, Mapping) else "",
        )

    def words(self, raw: object) -> str | None:
        """A scope or a column head, printed or pointed at."""
        if isinstance(raw, str):
            return squeeze(raw)
        value = self.value(raw)
        return None if value is None else value.text


def read_gold(data: Mapping[str, Any], text: str) -> Gold:
    """The gold of `data` (either notation) over the canonical `text`."""
    reader = _Reader(text)
    head = dict(data.get("head", {}))
    for key in ("unit_name", "total_score", "grade"):
        head[key] = reader.value(head.get(key))
    return Gold(
        head=head,
        indicators=[_record(reader, r, INDICATOR) for r in data.get("indicators", [])],
        funds=[_record(reader, r, FUND) for r in data.get("funds", [])],
        projects=[_record(reader, r, PROJECT) for r in data.get("projects", [])],
        base_data=[_base(reader, r) for r in data.get("base_data", [])],
        figures=[_figure(reader, r) for r in data.get("figures", [])],
        unlabelled=[
            v for r in data.get("extras", {}).get("inserted", ()) if (v := reader.value(r)) is not None
        ],
    )


def _record(reader: _Reader, raw: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {
        "scope": reader.words(raw.get("scope")),
        "level1_points": raw.get("level1_points"),
        "unreadable": any(isinstance(raw.get(k), Mapping) and raw[k].get("unreadable") for k in keys),
        **{key: reader.value(raw.get(key)) for key in keys},
    }


def _base(reader: _Reader, raw: Mapping[str, Any]) -> dict[str, Any]:
    cells = [
        {
            "column": reader.words(c.get("column")),
            "stage": c.get("stage"),
            "period": c.get("period"),
            "cell": reader.value(c.get("cell")),
        }
        for c in raw["cells"]
    ]
    return {"item": reader.value(raw["item"]), "cells": cells}


def _figure(reader: _Reader, raw: Mapping[str, Any]) -> dict[str, Any]:
    place = raw.get("span")
    if place is None:
        place = {"raw": raw.get("raw"), "start": raw.get("start"), "end": raw.get("end")}
    return {
        "metric": raw["metric"], "stage": raw.get("stage", "other"), "period": raw.get("period"), "class": raw.get("class"),
        "table": bool(raw.get("table")), "scope": reader.words(raw.get("scope", "整体")), "value": reader.value(place),
    }  # fmt: skip


def load_gold(path: Path, text: str) -> Gold:
    """The gold in a TOML or JSON file."""
    raw = path.read_text(encoding="utf-8")
    return read_gold(tomllib.loads(raw) if path.suffix == ".toml" else json.loads(raw), text)
