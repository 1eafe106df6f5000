"""Two reports side by side, this year and last or two units: the same things in one line, and how far apart they are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.amounts import base_value
from extractor.metrics import METRICS
from extractor.schema import OVERALL, Cell, Figure, Report

_STAGES = {
    "prev_final": "上年决算", "budget_initial": "年初预算", "adjust": "调整", "budget_annual": "全年预算", "exec": "执行",
    "carryover": "结转结余", "quota": "编制", "on_duty": "在职", "headcount": "人数", "retired": "离退休", "rate": "率",
    "points": "分值", "score": "得分", "other": "",
}  # fmt: skip
_FUND = (
    ("initial", "年初预算"),
    ("annual", "全年预算"),
    ("executed", "全年执行"),
    ("rate", "执行率"),
    ("score", "得分"),
)
_ROW = (("target", "年度指标值"), ("actual", "实际完成值"), ("points", "分值"), ("score", "得分"))


class Side(NamedTuple):
    """A value of one report."""

    id: str
    text: str
    value: Decimal | None
    unit: str | None

    @property
    def base(self) -> Decimal | None:
        """The value in 元, in plain count, in %; as printed without a unit."""
        if self.value is None:
            return None
        based = base_value(self.value, self.unit)
        return self.value if based is None and self.unit is None else based


class Pair(NamedTuple):
    """A line: what it is about, and what each report says."""

    group: str
    label: str
    left: Side | None
    right: Side | None

    @property
    def difference(self) -> Decimal | None:
        """Right less left, where both have a number of one kind."""
        left, right = self.left and self.left.base, self.right and self.right.base
        return None if left is None or right is None else right - left

    @property
    def same(self) -> bool:
        """Whether both reports say it, and say the same."""
        return (
            self.left is not None
            and self.right is not None
            and (self.left.text == self.right.text or self.difference == 0)
        )

    @property
    def change(self) -> Decimal | None:
        """The difference in per cent of the left, to two places."""
        left = self.left.base if self.left else None
        difference = self.difference
        if difference is None or not left:
            return None
        return (difference * 100 / left).quantize(Decimal("0.01"))


def pairs(left: Report, right: Report) -> list[Pair]:
    """Every line that either report has, in the order of the left and then of the right."""
    one, two = dict(_lines(left)), dict(_lines(right))
    return [Pair(*key, one.get(key), two.get(key)) for key in dict.fromkeys((*one, *two))]


def _lines(report: Report) -> Iterator[tuple[tuple[str, str], Side]]:
    """What a report says by group and label; of several the first, as it is the one at the head."""
    seen: set[tuple[str, str]] = set()
    for key, side in _all(report):
        if key not in seen:
            seen.add(key)
            yield key, side


def _all(report: Report) -> Iterator[tuple[tuple[str, str], Side]]:
    if report.fiscal_year is not None:
        yield ("要点", "评价年度"), Side("fiscal_year", str(report.fiscal_year), None, None)
    for name, label in (("unit_name", "填报单位"), ("total_score", "自评总分"), ("grade", "自评等级")):
        yield from _cell("要点", label, getattr(report, name))
    for fund in report.funds:
        if fund.item is not None:
            for name, label in _FUND:
                yield from _cell("资金", _joined(fund.scope, fund.item.text, label), getattr(fund, name))
    names = {metric.id: metric.name for metric in METRICS}
    for figure in report.figures:
        if figure.metric != "other" and figure.period in (None, str(report.fiscal_year)):
            label = _joined(figure.scope, names.get(figure.metric, figure.metric), _STAGES[figure.stage])
            yield ("数据", label), _side(figure)
    for row in report.indicators:
        called = row.level3 or row.level2
        if called is not None:
            for name, label in _ROW:
                yield from _cell("指标", _joined(row.scope, called.text, label), getattr(row, name))


def _cell(group: str, label: str, cell: Cell | None) -> Iterator[tuple[tuple[str, str], Side]]:
    if cell is not None and cell.kind not in ("blank", "na"):
        yield (group, label), Side(cell.id, cell.text, cell.value, cell.unit)


def _side(figure: Figure) -> Side:
    amount = figure.amount
    return Side(figure.id, "".join(amount.raw.split()), amount.value, amount.unit)


def _joined(scope: str, *parts: str) -> str:
    return "·".join(part for part in (scope if scope != OVERALL else "", *parts) if part)
