"""An indicator's 指标值 against its 实际完成值: whether they can be compared, which way is better, whether it is met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractor.amounts import MONEY_UNITS, base_value, is_money
from extractor.profiles import words
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form, name_of, text_of
from extractor.reconcile.values import Value, of_cell
from extractor.schema import Cell, Indicator

Direction = Literal["up", "down"]
_UP, _DOWN = frozenset(("≥", ">", "以上", "余")), frozenset(("≤", "<", "以下"))
_NUMERIC = frozenset(("num", "cmp", "count_vague"))
_TIME = frozenset(("年", "月", "天", "日", "小时", "分钟", "个月", "工作日", "个工作日", "周", "秒"))
# A report that prints how it scores is not measured by our formula (CHECKS 0.7).
_METHOD = re.compile(
    r"评分标准|计分标准|得分计算方法|计分(?:办法|方法|规则)|评分(?:办法|细则|规则|方法)|得失分依据|每.{1,12}扣|按比例(?:计|得|扣|给|赋)分|"
    r"(?:达到|完成|低于|超过|不足|未达).{0,16}(?:得|扣)\d"
)


@dataclass(frozen=True)
class Judged:
    """Two numbers of one row on one scale."""

    row: Indicator
    target: Value
    actual: Value
    wanted: Decimal
    reached: Decimal
    direction: Direction | None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where the better direction is unknown and the numbers differ."""
        if self.wanted == self.reached:
            return True
        if self.direction is None:
            return None
        return self.reached >= self.wanted if self.direction == "up" else self.reached <= self.wanted


def scores_by_own_method(case: Case) -> bool:
    """Whether the report prints its own scoring method."""
    return bool(_METHOD.search(case.plain_text))


def kind_of_unit(unit: str | None) -> str:
    """What a unit measures: percent, money, time:…, per:…, wan, bare or count."""
    if unit is None:
        return "bare"
    if unit in ("%", "‰", "百分点", "个百分点"):
        return "percent"
    if "/" in unit:
        return f"per:{unit}"
    if is_money(unit) and unit in MONEY_UNITS:
        return "money"
    if unit in _TIME:
        return f"time:{unit}"
    return "wan" if unit in ("万", "亿") else "count"


def _scaled(cell: Cell) -> Decimal | None:
    if cell.value is None:
        return None
    if "/" in (cell.unit or "") or kind_of_unit(cell.unit).startswith("time"):
        return cell.value
    based = base_value(cell.value, cell.unit)
    return cell.value if based is None else based


def same_measure(one: str | None, other: str | None) -> bool:
    """Whether two units measure the same thing on one scale."""
    kinds = {kind_of_unit(one), kind_of_unit(other)}
    if len(kinds) == 1:
        return True
    if "bare" in kinds:
        return kinds <= {"bare", "count"}
    return kinds in ({"wan", "money"}, {"wan", "count"})


def judged(row: Indicator) -> Judged | None:
    """The row's two numbers when both are plain numbers of one measure."""
    if row.target is None or row.actual is None or {row.target.kind, row.actual.kind} - _NUMERIC:
        return None
    if not same_measure(row.target.unit, row.actual.unit):
        return None
    target, actual = of_cell(row.target, "指标值"), of_cell(row.actual, "完成值")
    wanted, reached = _scaled(row.target), _scaled(row.actual)
    if target is None or actual is None or wanted is None or reached is None:
        return None
    return Judged(row, target, actual, wanted, reached, direction_of(row))


def direction_of(row: Indicator) -> Direction | None:
    """Which way is better: by the comparator, by a target of 0, by the name, by the kind of indicator (CHECKS 0.8)."""
    target = row.target
    if target is not None and target.comparator in _UP:
        return "up"
    if target is not None and (target.comparator in _DOWN or target.value == 0):
        return "down"
    name = name_of(row)
    if words("negative").search(name):
        return "up" if words("restored").search(name) else "down"
    kind = text_of(row.level2) + text_of(row.level1)
    if "成本" in text_of(row.level2) or text_of(row.level1).startswith("成本"):
        return "down" if target is not None and kind_of_unit(target.unit) in ("money", "wan") else None
    if words("positive").search(name) or "满意" in kind:
        return "up"
    if "数量" in text_of(row.level2) and target is not None and kind_of_unit(target.unit) in ("count", "wan"):
        return "up"
    return None


def scored(form: Form, row: Indicator) -> tuple[Value, Value] | None:
    """The row's own 分值 and 得分; None when either is missing or shared by several rows."""
    points, score = of_cell(row.points, "分值"), of_cell(row.score, "得分")
    if points is None or score is None or row.points is None or row.score is None:
        return None
    users = sum(1 for other in form.rows if other.score is not None and other.score.span == row.score.span)
    after = form.rows[form.rows.index(row) + 1 : form.rows.index(row) + 2]
    joint = users > 1 or any(each.score is not None and "shared" in each.score.evidence.flags for each in after)
    return None if joint else (points, score)
