"""An indicator's 指标值 against its 实际完成值: whether they can be compared, which way is better, whether it is met."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from extractor.amounts import MONEY_UNITS, base_value, is_money
from extractor.profiles import words
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.values import Value, of_cell
from extractor.schema import Cell, Indicator

Direction = Literal["up", "down"]
_UP, _DOWN = frozenset(("≥", ">", "以上", "余")), frozenset(("≤", "<", "以下"))
_NUMERIC = frozenset(("num", "cmp", "count_vague"))
_HUNDRED, _HIGH_RATE = Decimal(100), Decimal(80)
_TIME = frozenset(("年", "月", "天", "日", "小时", "分钟", "个月", "工作日", "个工作日", "周", "秒"))


class Compared(NamedTuple):
    """The numbers of one row, as printed and on one scale."""

    row: Indicator
    target: Value
    actual: Value
    wanted: Decimal
    reached: Decimal


class Judged(Compared):
    """Two numbers of one row on one scale."""

    @cached_property
    def direction(self) -> Direction | None:
        """Which way is better; asked only of rows that are not exactly on target."""
        return direction_of(self.row)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where the better direction is unknown and the numbers differ."""
        if self.wanted == self.reached:
            return True
        if self.direction is None:
            return None
        return self.reached >= self.wanted if self.direction == "up" else self.reached <= self.wanted


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


def misread(row: Indicator, scanned: bool) -> bool:
    """Whether a percentage may be a recognised ≥ with its number (290 % for ≥90 %)."""
    target, actual = row.target, row.actual
    if target is None or actual is None or target.kind != "num" or target.unit != "%" or target.value is None:
        return False
    digits = str(target.value)
    if not digits.startswith("2") or len(digits) < 2 or not (scanned or target.value > _HUNDRED):
        return False
    rest = Decimal(digits[1:])
    return rest > 0 and (actual.value is None or rest <= actual.value)


def judged(row: Indicator, scanned: bool) -> Judged | None:
    """The row's two numbers when both are plain numbers of one measure."""
    if misread(row, scanned):
        return None
    if row.target is None or row.actual is None or {row.target.kind, row.actual.kind} - _NUMERIC:
        return None
    if not same_measure(row.target.unit, row.actual.unit):
        return None
    target, actual = of_cell(row.target, "指标值"), of_cell(row.actual, "完成值")
    wanted, reached = _scaled(row.target), _scaled(row.actual)
    if target is None or actual is None or wanted is None or reached is None:
        return None
    return Judged(row, target, actual, wanted, reached)


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
    if target is not None and target.unit == "%" and (target.value or 0) >= _HIGH_RATE:
        return "up"
    if "数量" in text_of(row.level2) and target is not None and kind_of_unit(target.unit) in ("count", "wan"):
        return "up"
    return None
