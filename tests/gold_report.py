"""Turns a gold file and its text into the `Report` a perfect reader would return.

A gold file says what is printed where; nothing here reads a table. Points and scores that a merged cell
probably covers get the flag `shared`, as the readers give it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.amounts import base_value, decimals_of, scan
from extractor.cellkinds import read_cell
from extractor.document import Document, Span, Table, fold
from extractor.schema import (
    Amount,
    BaseCell,
    BaseRow,
    Cell,
    Evidence,
    Figure,
    Fund,
    Indicator,
    Project,
    Report,
)

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
_DROPPED = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_SHARED = Evidence(flags=("shared",))
_UNITS = re.compile(r"\(?单?位?:?\(?((?:百|千)?万?元)\)?")


def seed_folder() -> Path | None:
    """Where the five reports lie: EXTRACTOR_SEEDS, or shared/seeds beside the project."""
    named = os.environ.get("EXTRACTOR_SEEDS")
    places = [Path(named)] if named else [HERE.parent.parent / "shared" / "seeds"]
    return next((place for place in places if place.is_dir()), None)


def canonical(data: bytes) -> str:
    """The text every gold offset indexes."""
    text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _DROPPED.sub("", text)


@dataclass
class Gold:
    """One labelled report being built; `cell` and `place` understand both notations of a gold file."""

    text: str
    labels: Mapping[str, Any]
    serial: dict[str, int] = field(default_factory=dict)

    def place(self, value: Any) -> tuple[int, int] | None:
        """The range of a labelled value, None when nothing is printed."""
        if isinstance(value, list):
            return (value[0], value[1]) if value else None
        if isinstance(value, dict) and "start" in value:
            return value["start"], value["end"]
        return None

    def words(self, value: Any) -> str:
        """The text of a value that is either a literal or a range, white space removed."""
        if isinstance(value, str):
            return value
        place = self.place(value)
        return clean(self.text[place[0] : place[1]]) if place else ""

    def next_id(self, prefix: str) -> str:
        self.serial[prefix] = self.serial.get(prefix, 0) + 1
        return f"{prefix}{self.serial[prefix]}"

    def cell(
        self, value: Any, ident: str, evidence: Evidence | None = None, words: str | None = None
    ) -> Cell | None:
        """The Cell of a labelled value; None when the form has no such column."""
        if value is None:
            return None
        place = self.place(value)
        if place is None:
            return Cell(
                id=ident,
                raw="",
                text="",
                kind="blank",
                span=Span(start=0, end=0),
                evidence=evidence or Evidence(),
            )
        raw = joined(self.text[place[0] : place[1]])
        text = clean(raw)
        reading = read_cell(text)
        kind = "copy" if words and text == words and reading.value is None else reading.kind
        return Cell(
            id=ident, raw=raw, text=text, value=reading.value, unit=reading.unit, comparator=reading.comparator,
            kind=kind, span=Span(start=place[0], end=place[1]),
        )  # fmt: skip


def joined(raw: str) -> str:
    """A quantity cut by a page break without the footer in between, as the readers join its parts."""
    lines = [line.strip() for line in raw.split("\n") if line.strip()]
    cut = len(lines) > 1 and lines[0][-1] in "0123456789." and len(lines[0]) + len(lines[-1]) < 16
    return lines[0] + lines[-1] if cut else raw


def clean(raw: str) -> str:
    """Folded text without layout white space."""
    return "".join(fold(unicodedata.normalize("NFC", raw)).split())


def build(text: str, labels: Mapping[str, Any], sha256: str = "") -> tuple[Document, Report]:
    """The document and the report that the labels describe."""
    gold = Gold(text, labels)
    head = labels["head"]
    report = Report(
        unit_name=gold.cell(head.get("unit_name"), "r.unit"),
        fiscal_year=head.get("fiscal_year"),
        report_date=head.get("report_date"),
        kind=head["kind"],
        total_score=gold.cell(head.get("total_score"), "r.total_score"),
        grade=gold.cell(head.get("grade"), "r.grade"),
        tables=tuple(_tables(gold)),
        funds=tuple(_funds(gold)),
        indicators=tuple(_indicators(gold)),
        base_data=tuple(_base_data(gold)),
        projects=tuple(_projects(gold)),
        figures=tuple(_figures(gold)),
    )
    document = Document(
        "report.txt", "text/plain", sha256 or hashlib.sha256(text.encode()).hexdigest(), "text", text
    )
    return document, report


def _tables(gold: Gold) -> Iterator[Table]:
    for entry in gold.labels.get("tables", ()):
        yield Table(
            id=entry["id"], title="", kind=entry["kind"], scope=gold.words(entry["scope"]), n_rows=0, n_cols=0,
            header_rows=0, span=Span(start=entry["start"], end=entry["end"]), cells=(),
        )  # fmt: skip


def _funds(gold: Gold) -> Iterator[Fund]:
    for entry in gold.labels.get("funds", ()):
        ident = gold.next_id("f")
        keys = ("item", "initial", "annual", "executed", "points", "rate", "score")
        cells = {key: gold.cell(entry.get(key), f"{ident}.{key}") for key in keys}
        yield Fund(id=ident, table=entry["table"] or "", scope=gold.words(entry["scope"]), **cells)


def _indicators(gold: Gold) -> Iterator[Indicator]:
    above = None
    for entry in gold.labels.get("indicators", ()):
        ident = gold.next_id("i")
        keys = ("level1", "level2", "level3", "target", "actual", "points", "score", "reason")
        name = gold.words(entry.get("level3"))
        shared = bool(
            above
            and above["table"] == entry["table"]
            and entry.get("level3")
            and gold.words(entry.get("target"))
        )
        cells = {}
        for key in keys:
            hides = key in ("points", "score") and shared and gold.place(entry.get(key)) is None
            words = name if key in ("target", "actual") else None
            cells[key] = gold.cell(entry.get(key), f"{ident}.{key}", _SHARED if hides else None, words)
        points = entry.get("level1_points")
        yield Indicator(
            id=ident, table=entry["table"] or "", scope=gold.words(entry["scope"]),
            level1_points=Decimal(points) if points else None, **cells,
        )  # fmt: skip
        above = entry


def _base_data(gold: Gold) -> Iterator[BaseRow]:
    for entry in gold.labels.get("base_data", ()):
        ident = gold.next_id("b")
        item = gold.cell(entry["item"], f"{ident}.item")
        assert item is not None
        cells = []
        for n, each in enumerate(entry["cells"]):
            cell = gold.cell(each["cell"], f"{ident}.{n}")
            assert cell is not None
            column = gold.words(each["column"]) if each.get("column") else None
            cells.append(
                BaseCell(
                    column=column, stage=each["stage"].split("|")[-1], period=each.get("period"), cell=cell
                )
            )
        yield BaseRow(id=ident, table=entry["table"], item=item, metric="other", cells=tuple(cells))


def _projects(gold: Gold) -> Iterator[Project]:
    for entry in gold.labels.get("projects", ()):
        ident = gold.next_id("p")
        cells = {key: gold.cell(value, f"{ident}.{key}") for key, value in entry.items() if key != "tables"}
        places = [place for value in entry.values() if (place := gold.place(value))]
        tables = tuple(
            table["id"] for table in gold.labels.get("tables", ())
            if any(table["start"] <= start < table["end"] for start, _ in places)
        )  # fmt: skip
        yield Project(id=ident, tables=tables, **cells)


def _figures(gold: Gold) -> Iterator[Figure]:
    tables = gold.labels.get("tables", ())
    for entry in gold.labels.get("figures", ()):
        place = gold.place(entry["span"])
        assert place is not None
        start, end = place
        raw = joined(gold.text[start:end])
        table = (
            next((t["id"] for t in tables if t["start"] <= start < t["end"]), None)
            if entry.get("table")
            else None
        )
        yield Figure(
            id=gold.next_id("q"), metric=entry["metric"].split("|")[0], label="", scope=gold.words(entry["scope"]),
            stage=entry["stage"].split("|")[0], period=entry.get("period"),
            amount=_amount(raw), span=Span(start=start, end=end), table=table,
        )  # fmt: skip


def _amount(raw: str) -> Amount:
    quantity = next(iter(scan(" ".join(fold(raw).split()))), None)
    if quantity is None:
        return Amount(raw=raw, value=None, unit=None, decimals=0)
    return Amount(
        raw=raw, value=quantity.value, unit=quantity.unit, decimals=decimals_of(str(quantity.value)),
        base_value=base_value(quantity.value, quantity.unit),
    )  # fmt: skip


def load_seed(number: str) -> tuple[Document, Report]:
    """One of the five reports, by its three-digit number; FileNotFoundError when it is not at hand."""
    folder = seed_folder()
    labels = tomllib.loads((HERE / "seeds" / f"{number}.toml").read_text(encoding="utf-8"))
    if folder is None:
        raise FileNotFoundError(labels["file"])
    return build(canonical((folder / labels["file"]).read_bytes()), labels, labels["sha256"])


def load_fixture(folder: Path) -> tuple[Document, Report]:
    """A fixture's text with its hand-checked gold."""
    labels = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    source = folder / labels.get("text", labels["file"])
    return build(canonical(source.read_bytes()), labels, labels["sha256"])
