"""A clean fixture as a planter sees it: its text and the places of its labelled values, read from the gold alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

OVERALL = "整体"
_DIGITS = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


class Spot(NamedTuple):
    """A labelled value in the text."""

    text: str
    start: int
    end: int

    @property
    def number(self) -> Decimal | None:
        """The first number printed in it."""
        found = _DIGITS.search(self.text)
        return Decimal(found[0].replace(",", "")) if found else None

    @property
    def places(self) -> int:
        """Decimals of that number."""
        found = _DIGITS.search(self.text)
        return len(found[0].partition(".")[2]) if found else 0

    def printed(self, number: Decimal, places: int | None = None) -> str:
        """The same text with another number, in the way the first is printed."""
        found = _DIGITS.search(self.text)
        assert found is not None, self.text
        comma = "," if "," in found[0] else ""
        digits = f"{number:{comma}.{self.places if places is None else places}f}"
        return self.text[: found.start()] + digits + self.text[found.end() :]


@dataclass(frozen=True)
class Row:
    """A labelled row: its cells by field; a blank cell or a missing column is None."""

    cells: Mapping[str, Spot | None]

    def __getitem__(self, key: str) -> Spot | None:
        return self.cells.get(key)

    def number(self, key: str) -> Decimal | None:
        """The cell's number when the cell is nothing but a number or a percentage."""
        spot = self.cells.get(key)
        if spot is None or not re.fullmatch(r"-?\d[\d,]*(?:\.\d+)?%?", spot.text.strip()):
            return None
        return spot.number


@dataclass(frozen=True)
class Form:
    """One 自评表: its money rows, its indicators, its closing cells."""

    scope: str
    start: int
    end: int
    funds: tuple[Row, ...]
    rows: tuple[Row, ...]
    total_points: Spot | None
    total_score: Spot | None
    grade: Spot | None
    goals: tuple[Spot | None, Spot | None]

    @property
    def total(self) -> Row | None:
        """The money row of the whole."""
        return self.funds[0] if self.funds else None

    def inside(self, spot: Spot | None) -> bool:
        """Whether a value stands in this form."""
        return spot is not None and self.start <= spot.start < self.end


@dataclass(frozen=True)
class Spoken:
    """A labelled figure of a sentence or of a key-value cell."""

    metrics: frozenset[str]
    stages: frozenset[str]
    scope: str
    period: str
    kind: str
    table: bool
    spot: Spot


def _spot(raw: Any) -> Spot | None:
    if not isinstance(raw, Mapping) or not raw.get("raw"):
        return None
    return Spot(raw["raw"], raw["start"], raw["end"])


def _row(raw: Mapping[str, Any]) -> Row:
    return Row({key: _spot(value) for key, value in raw.items() if key not in ("table", "scope")})


def _words(raw: Any) -> frozenset[str]:
    return frozenset(str(raw or "").split("|"))


@dataclass(frozen=True)
class Sheet:
    """A fixture: canonical text and gold."""

    name: str
    text: str
    gold: Mapping[str, Any]

    @cached_property
    def year(self) -> str:
        """The report's year."""
        return str(self.gold["head"]["fiscal_year"])

    @cached_property
    def own(self) -> str:
        """The subject the report's own scores speak of."""
        scopes = {form.scope for form in self.forms}
        return scopes.pop() if len(scopes) == 1 else OVERALL

    @cached_property
    def spoken(self) -> tuple[Spoken, ...]:
        """The labelled figures."""
        return tuple(
            Spoken(_words(f["metric"]), _words(f["stage"]), f["scope"], str(f["period"]), f["class"], f["table"], spot)
            for f in self.gold["figures"]
            if (spot := _spot(f["span"])) is not None
        )  # fmt: skip

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The 自评表 of the report."""
        return tuple(self._form(t) for t in self.gold["tables"] if t["kind"] == "self_evaluation")

    def _form(self, table: Mapping[str, Any]) -> Form:
        start, end = table["start"], table["end"]

        def here(raw: Any) -> Spot | None:
            spot = _spot(raw)
            return spot if spot is not None and start <= spot.start < end else None

        head = self.gold["head"]
        project: Mapping[str, Any] = next(
            (p for p in self.gold["projects"] if here(p["total_points"]) or here(p["name"])), {}
        )
        points = next(
            (f.spot for f in self.spoken if f.table and "total_score" in f.metrics and start <= f.spot.start < end), None
        )  # fmt: skip
        return Form(
            scope=table["scope"], start=start, end=end,
            funds=tuple(_row(f) for f in self.gold["funds"] if f["table"] == table["id"]),
            rows=tuple(_row(i) for i in self.gold["indicators"] if i["table"] == table["id"]),
            total_points=here(project.get("total_points")) or points,
            total_score=here(project.get("total_score")) or here(head.get("total_score")),
            grade=here(project.get("grade")) or here(head.get("grade")),
            goals=(here(project.get("goal_expected")), here(project.get("goal_actual"))),
        )  # fmt: skip

    def said(self, metric: str, stage: str | None = None, scope: str | None = None) -> list[Spot]:
        """Figures of sentences with a metric, in the report's own year."""
        wanted = self.own if scope is None else scope
        return [
            f.spot
            for f in self.spoken
            if not f.table and metric in f.metrics and f.scope == wanted and f.period == self.year
            and (stage is None or stage in f.stages)
        ]  # fmt: skip

    def told(self, metric: str) -> list[Spot]:
        """Figures of key-value cells with a metric."""
        return [f.spot for f in self.spoken if f.table and metric in f.metrics]

    def base(self, word: str, below: str = "") -> dict[str, Spot]:
        """The cells by stage of the first 基础数据 row whose label holds `word`, or the first `below` it."""
        rows, wanted = iter(self.gold["base_data"]), word
        for row in rows:
            if below and wanted == word and word in row["item"]["raw"]:
                wanted = below
            elif wanted == (below or word) and wanted in row["item"]["raw"]:
                return {c["stage"]: spot for c in row["cells"] if (spot := _spot(c["cell"])) is not None}
        return {}

    @cached_property
    def prose(self) -> tuple[tuple[int, int], ...]:
        """The lines outside every table."""
        tables = [(t["start"], t["end"]) for t in self.gold["tables"]]
        out, at = [], 0
        for line in self.text.split("\n"):
            if line.strip() and not any(s <= at < e for s, e in tables):
                out.append((at, at + len(line)))
            at += len(line) + 1
        return tuple(out)

    def line_of(self, at: int) -> tuple[int, int]:
        """The line that holds a place."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return start, len(self.text) if end < 0 else end


def conclusion(sheet: Sheet) -> int | None:
    """The end of the sentence that gives the score."""
    scopes = [form.scope for form in sheet.forms]
    for spot in (s for scope in scopes for s in sheet.said("total_score", "score", scope)):
        at = sheet.text.find("。", spot.end)
        if at >= 0:
            return at + 1
    return None


def sheets(folder: Path, names: Iterator[str] | list[str]) -> Iterator[Sheet]:
    """The fixtures of these names."""
    for name in names:
        gold = json.loads((folder / name / "expected.json").read_text(encoding="utf-8"))
        text = (folder / name / gold["file"]).read_text(encoding="utf-8")
        yield Sheet(name, text, gold)
