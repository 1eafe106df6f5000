"""Builds small reports for the tests of checks: text, tables and figures that slice back.

A sentence marks its figures: `全年支出{535.67万元:exec_annual/exec}` or `{63万元:project_exec/exec@某项目}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from extractor.amounts import base_value, scan
from extractor.cellkinds import read_cell
from extractor.document import Document, Span, Table, TableKind, fold
from extractor.findings import Check, Note
from extractor.reconcile import reconcile
from extractor.schema import (
    OVERALL,
    Amount,
    BaseCell,
    BaseRow,
    Cell,
    Evidence,
    Figure,
    Flag,
    Fund,
    Indicator,
    Kind,
    Project,
    Report,
)

YEAR = "2022"
_MARK = re.compile(
    r"\{(?P<raw>[^:{}]+):(?P<metric>\w+)/(?P<stage>\w+)(?:@(?P<scope>[^#{}]+))?(?:#(?P<period>\w+))?\}"
)
_STAGES = ("prev_final", "budget_initial", "exec")
_FUND = ("item", "initial", "annual", "executed", "points", "rate", "score")
_ROW = ("level1", "level2", "level3", "target", "actual", "points", "score", "reason")


class Draft:
    """A report under construction; every method appends to the text and returns what it made."""

    def __init__(self, kind: Kind = "department", year: int = int(YEAR)) -> None:
        self.kind, self.year, self.text, self.serial = kind, year, "", 0
        self.parts: dict[str, list[Any]] = {
            name: [] for name in ("tables", "figures", "funds", "indicators", "base_data", "projects")
        }
        self.head: dict[str, Cell | None] = {"total_score": None, "grade": None}

    def put(self, raw: str) -> Span:
        """Append text and say where it stands."""
        start = len(self.text)
        self.text += raw
        return Span(start=start, end=len(self.text))

    def next_id(self, prefix: str) -> str:
        self.serial += 1
        return f"{prefix}{self.serial}"

    def cell(self, raw: str | None, ident: str, flags: Sequence[Flag] = ()) -> Cell | None:
        """A cell on a line of its own; None stands for a column the form has not; '~' for a shared blank."""
        if raw is None:
            return None
        if raw == "~":
            raw, flags = "", ("shared",)
        evidence = Evidence(
            flags=tuple(flags), certain=not {"glued", "ocr", "inferred_column"}.intersection(flags)
        )
        self.put("\t")
        span = self.put(raw)
        self.put("\n")
        text = "".join(fold(raw).split())
        reading = read_cell(text)
        return Cell(
            id=ident, raw=raw, text=text, value=reading.value, unit=reading.unit, comparator=reading.comparator,
            kind=reading.kind, span=span, evidence=evidence,
        )  # fmt: skip

    def say(self, sentence: str) -> None:
        """A paragraph of prose with marked figures."""
        at = 0
        for mark in _MARK.finditer(sentence):
            self.put(sentence[at : mark.start()])
            self._figure(mark["raw"], mark["metric"], mark["stage"], mark["scope"], mark["period"], None)
            at = mark.end()
        self.put(sentence[at:] + "\n\n")

    def _figure(
        self, raw: str, metric: str, stage: str, scope: str | None, period: str | None, table: str | None
    ) -> None:
        span = self.put(raw)
        quantity = next(iter(scan(fold(raw))), None)
        value = quantity.value if quantity else None
        unit = quantity.unit if quantity else None
        amount = Amount(
            raw=raw, value=value, unit=unit, decimals=quantity.decimals if quantity else 0,
            base_value=None if value is None else base_value(value, unit),
        )  # fmt: skip
        self.parts["figures"].append(
            Figure(id=self.next_id("q"), metric=metric, label="", scope=scope or OVERALL, stage=stage, period=period or str(self.year), amount=amount, span=span, table=table)
        )  # fmt: skip

    def open_table(self, caption: str) -> tuple[str, int]:
        """Start a table under its caption."""
        self.put(caption + "\n")
        return self.next_id("t"), len(self.text)

    def close_table(self, ident: str, start: int, kind: TableKind, scope: str) -> None:
        """End the table at the text so far."""
        self.parts["tables"].append(
            Table(
                id=ident, title="", kind=kind, scope=scope, n_rows=0, n_cols=0, header_rows=0,
                span=Span(start=start, end=len(self.text)), cells=(),
            )
        )  # fmt: skip
        self.put("\n")

    def form(
        self,
        rows: Sequence[Sequence[str | None]] = (),
        funds: Sequence[Sequence[str | None]] = (),
        total: tuple[str, str] | None = None,
        scope: str = OVERALL,
        grade: str | None = None,
        key_values: Sequence[tuple[str, str, str]] = (),
        caption: str = "绩效自评表（单位：万元）",
        flags: Sequence[Flag] = (),
    ) -> str:
        """A 自评表: `funds` rows of 7 cells, `key_values` (label, metric, amount), `rows` of 8 cells, a 总分 row."""
        table, start = self.open_table(caption)
        for fund in funds:
            ident = self.next_id("f")
            cells = {
                key: self.cell(raw, f"{ident}.{key}", flags) for key, raw in zip(_FUND, fund, strict=True)
            }
            self.parts["funds"].append(Fund(id=ident, table=table, scope=scope, **cells))
        for label, metric, amount in key_values:
            self.put(f"\t{label}：")
            self._figure(amount, metric, "budget_annual", None, None, table)
            self.put("\n")
        self._rows(rows, table, scope, flags)
        points, score = (None, None)
        if total is not None:
            self.put("\t总分\n")
            points, score = self.cell(total[0], f"{table}.points"), self.cell(total[1], f"{table}.score")
        graded = self.cell(grade, f"{table}.grade") if grade else None
        self.close_table(table, start, "self_evaluation", scope)
        self._own(table, scope, points, score, graded)
        return table

    def _own(
        self, table: str, scope: str, points: Cell | None, score: Cell | None, grade: Cell | None
    ) -> None:
        """The total of a form belongs to the report, or to its project."""
        if scope == OVERALL or self.kind == "project":
            self.head["total_score"], self.head["grade"] = (
                score or self.head["total_score"],
                grade or self.head["grade"],
            )
        if scope == OVERALL:
            if points is not None:
                amount = Amount(raw=points.raw, value=points.value, unit=None, decimals=0)
                self.parts["figures"].append(
                    Figure(
                        id=self.next_id("q"),
                        metric="total_weight",
                        label="总分",
                        stage="points",
                        amount=amount,
                        span=points.span,
                        table=table,
                    )
                )
            return
        span = (
            Span(start=self.text.index(scope), end=self.text.index(scope) + len(scope))
            if scope in self.text
            else None
        )
        name = Cell(
            id=f"{table}.name", raw=scope, text=scope, kind="qual_text", span=span or Span(start=0, end=0)
        )
        total = next((fund for fund in self.parts["funds"] if fund.table == table), None)
        self.parts["projects"].append(
            Project(
                id=self.next_id("p"), name=name, total_points=points, total_score=score, grade=grade, tables=(table,),
                initial=total.initial if total else None, annual=total.annual if total else None,
                executed=total.executed if total else None,
            )
        )  # fmt: skip

    def _rows(
        self, rows: Iterable[Sequence[str | None]], table: str, scope: str, flags: Sequence[Flag]
    ) -> None:
        above: dict[str, Cell | None] = {}
        for row in rows:
            ident = self.next_id("i")
            cells: dict[str, Cell | None] = {}
            for key, raw in zip(_ROW, row, strict=True):
                inherits = key in ("level1", "level2") and raw == ""
                marks = flags if key not in ("level1", "level2", "level3") else ()
                cells[key] = above.get(key) if inherits else self.cell(raw, f"{ident}.{key}", marks)
            above = cells
            label = cells["level1"].text if cells["level1"] else ""
            points = re.search(r"\((\d+)分\)", label)
            self.parts["indicators"].append(
                Indicator(
                    id=ident,
                    table=table,
                    scope=scope,
                    level1_points=Decimal(points[1]) if points else None,
                    **cells,
                )
            )

    def base(
        self,
        rows: Sequence[Sequence[str]],
        staff: tuple[str, str, str] | None = None,
        caption: str = "基础数据表（万元）",
    ) -> None:
        """A 基础数据表: rows of a label and three cells (上年决算, 预算, 决算)."""
        table, start = self.open_table(caption)
        lines: list[tuple[str, Sequence[str], Sequence[str]]] = []
        if staff is not None:
            lines.append(("财政供养人员情况（人）", ("quota", "on_duty", "rate"), staff))
        lines += [(label, _STAGES, cells) for label, *cells in rows]
        for label, stages, cells in lines:
            ident = self.next_id("b")
            item = self.cell(label, f"{ident}.item")
            made = [
                BaseCell(column=stage, stage=stage, period=YEAR, cell=self.cell(raw, f"{ident}.{stage}"))
                for stage, raw in zip(stages, cells, strict=True)
            ]
            assert item is not None
            self.parts["base_data"].append(
                BaseRow(id=ident, table=table, item=item, metric="other", cells=tuple(made))
            )
        self.close_table(table, start, "base_data", OVERALL)

    def summary(
        self,
        rows: Sequence[tuple[str, str, str, str]],
        closing: Sequence[tuple[str, str, str]] = (),
        caption: str = "项目汇总表（单位：万元）",
    ) -> None:
        """A 项目汇总表: rows of name, annual, executed, score; closing figures (raw, metric, stage)."""
        table, start = self.open_table(caption)
        for name, annual, executed, score in rows:
            ident = self.next_id("p")
            named = self.cell(name, f"{ident}.name")
            assert named is not None
            self.parts["projects"].append(
                Project(
                    id=ident, name=named, annual=self.cell(annual, f"{ident}.annual"), executed=self.cell(executed, f"{ident}.executed"),
                    total_score=self.cell(score, f"{ident}.score"), tables=(table,),
                )
            )  # fmt: skip
        for raw, metric, stage in closing:
            self.put("\t合计 ")
            self._figure(raw, metric, stage, None, None, table)
            self.put("\n")
        self.close_table(table, start, "project_summary", OVERALL)

    def build(self) -> tuple[Document, Report]:
        """The finished document and report."""
        report = Report(
            kind=self.kind, fiscal_year=self.year, **self.head, **{k: tuple(v) for k, v in self.parts.items()}
        )
        return Document("report.txt", "text/plain", "0" * 64, "text", self.text), report

    def checks(self, *codes: str) -> tuple[Check, ...]:
        """The ledger, of `codes` only when given."""
        document, report = self.build()
        return reconcile(document, None, report, codes=codes or None)

    def fired(self, *codes: str) -> list[tuple[str, str]]:
        """Code and severity of every failed check."""
        return [(check.code, check.severity) for check in self.checks(*codes) if check.status == "fail"]

    def statuses(self, code: str) -> list[str]:
        """The statuses of one code's lines."""
        return [check.status for check in self.checks(code)]


def indicator(
    name: str, target: str | None = "100%", actual: str | None = "100%", points: str | None = "10", score: str | None = "10",
    reason: str | None = "", kind: str = "数量指标", level1: str = "产出指标",
) -> list[str | None]:  # fmt: skip
    """One indicator row of ten points, met in full unless told otherwise."""
    return [level1, kind, name, target, actual, points, score, reason]


def full_rows(count: int = 9) -> list[list[str | None]]:
    """Rows of ten points each, all met."""
    return [indicator(f"工作{n}完成率") for n in range(1, count + 1)]


TOTAL = ["年度资金总额", "100.00", "120.00", "120.00", "10", "100%", "10"]


def note_of(text: str) -> Note:
    """A note that says `text` wherever a note can."""
    return Note(
        id="n1", code="SUM-01", severity="P0", location=text, quote=text, comment=text, action=text, cause_group="g"
    )  # fmt: skip
