"""Every value that was read, in one list: what it is, what was printed, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.document import Span
from extractor.render.words import STAGES, one_line
from extractor.review import Review
from extractor.schema import Cell, Report

_FUND = {
    "initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数", "points": "分值", "rate": "执行率", "score": "得分",
}  # fmt: skip
_PROJECT = {
    "name": "项目名称", "department": "主管部门", "implementing_unit": "实施单位", "initial": "年初预算数", "annual": "全年预算数",
    "executed": "全年执行数", "goal_expected": "预期目标", "goal_actual": "实际完成情况", "total_points": "总分值",
    "total_score": "总得分", "grade": "等级",
}  # fmt: skip
_HEAD = {"unit_name": "填报单位", "total_score": "总得分", "grade": "等级"}
KINDS = ("总体", "正文数字", "资金", "基础数据", "项目")


class Value(NamedTuple):
    """One printed value under its names; `number` is what it is in `unit`, `base` the same in 元, 人 or %."""

    id: str
    kind: str
    home: str
    scope: str
    name: str
    column: str
    period: str
    text: str
    number: Decimal | None
    unit: str | None
    base: Decimal | None
    span: Span


class Lines:
    """Where an offset stands, as a person looks it up: page and line."""

    def __init__(self, review: Review) -> None:
        text = review.document.text
        self._breaks = [at for at, character in enumerate(text) if character == "\n"]
        self._pages = [page.start for page in review.document.pages]
        self._numbers = [page.number for page in review.document.pages]

    def line(self, at: int) -> int:
        """The line an offset stands in, from 1."""
        return bisect_right(self._breaks, at - 1) + 1

    def page(self, span: Span) -> int | None:
        """The page a place stands on; None in a source without pages."""
        if span.page is not None or not self._pages:
            return span.page
        return self._numbers[max(bisect_right(self._pages, span.start) - 1, 0)]

    def place(self, span: Span) -> str:
        """Address, or page and line."""
        if span.address:
            return span.address
        page = self.page(span)
        return f"第{self.line(span.start)}行" if page is None else f"第{page}页第{self.line(span.start)}行"


def values(review: Review) -> list[Value]:
    """Every value of the report but its indicator rows, in the order head, prose, funds, base data, projects."""
    report = review.report
    homes = {table.id: one_line(table.title) or "未命名的表" for table in report.tables}
    homes |= {section.id: one_line(section.number + section.title) for section in report.sections}
    return [
        *_head(report),
        *_figures(report, homes),
        *_funds(report, homes),
        *_base(report, homes),
        *_projects(report),
    ]


def _value(
    cell: Cell, kind: str, name: str, column: str, *, home: str = "", scope: str = "", period: str = ""
) -> Value:
    number, unit = cell.value, cell.unit
    return Value(cell.id, kind, home, scope, name, column, period, cell.text, number, unit, None, cell.span)


def _head(report: Report) -> Iterator[Value]:
    for field, name in _HEAD.items():
        cell = getattr(report, field)
        if cell is not None:
            yield _value(cell, "总体", name, "")


def _figures(report: Report, homes: dict[str, str]) -> Iterator[Value]:
    for figure in report.figures:
        amount = figure.amount
        home = homes.get(figure.table or figure.section or "", "")
        yield Value(
            figure.id, "正文数字", home, figure.scope, figure.label, STAGES[figure.stage], figure.period or "",
            one_line(amount.raw), amount.value, amount.unit, amount.base_value, figure.span,
        )  # fmt: skip


def _funds(report: Report, homes: dict[str, str]) -> Iterator[Value]:
    for row in report.funds:
        name = row.item.text if row.item else ""
        for field, column in _FUND.items():
            cell = getattr(row, field)
            if cell is not None and cell.kind != "blank":
                yield _value(cell, "资金", name, column, home=homes.get(row.table, ""), scope=row.scope)


def _base(report: Report, homes: dict[str, str]) -> Iterator[Value]:
    for row in report.base_data:
        for each in row.cells:
            if each.cell.kind != "blank":
                yield _value(
                    each.cell, "基础数据", row.item.text, each.column or STAGES[each.stage],
                    home=homes.get(row.table, ""), period=each.period or "",
                )  # fmt: skip


def _projects(report: Report) -> Iterator[Value]:
    for project in report.projects:
        for field, column in _PROJECT.items():
            cell = getattr(project, field)
            if cell is not None and cell.kind != "blank":
                yield _value(cell, "项目", project.name.text, column)
