"""REA-07 and REA-08: targets far below what came about, and satisfaction that nobody says how it was measured."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.amounts import scan
from extractor.findings import Check
from extractor.identities import HUNDRED
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.dimensions import kind_of
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import numbered, readable
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.targets import direction_of, kind_of_unit
from extractor.reconcile.values import Value, Words, of_cell, words_of
from extractor.schema import Cell, Indicator

# What a unit plans and carries out itself; everything else comes as it comes (CHECKS 0.17).
_PLANNED = lazy(r"培训|会议|活动|宣传|检查|巡查|调研|演练|讲座|编印|印发|督查|督导|走访|测试|抽查")
_DEMAND = lazy(
    r"增长|增幅|下降|降低|减少|受理|接待|办理|申请|案件|信访|咨询|投诉|来访|求助|参与|参训|浏览|阅读|点击|人次"
)
# Units of works and purchases that a unit fixes beforehand.
_WORKS = frozenset(
    (
        "公里",
        "千米",
        "米",
        "平方米",
        "平方公里",
        "立方米",
        "公顷",
        "亩",
        "万亩",
        "栋",
        "座",
        "台",
        "套",
        "处",
        "个",
    )
)
_TWICE = 2
_NO_REASON = frozenset(("无", "无。", "-", "/", "—"))
_LEAST_MORE = Decimal(2)
_NUMBERED = frozenset(("num", "cmp", "count_vague", "qual_text", "multi"))
_SURVEYED = ("问卷", "调查", "样本", "抽样", "回访", "访谈", "测评", "评议", "回收", "抽取")
_NEARLY_ALL = Decimal(99)


@check("REA-07", "目标偏低", "P2", "没有可与指标值相比的完成值")
def low_targets(case: Case) -> Iterator[Check]:
    """完成值 far above 指标值 where the unit itself set both and gave no reason."""
    names: dict[str, Value | Words] = {}
    compared = 0
    for form in case.forms:
        for row in form.rows:
            wanted = None if form.scanned else _wanted(row)
            if wanted is None or row.actual is None or row.actual.value is None:
                continue
            compared += 1
            exceeded = row.actual.value * HUNDRED >= wanted * case.profile.limits["target_exceeded"]
            pair = _pair(row, wanted) if exceeded and _unexplained(row) else None
            if pair is not None:
                n = len(names) // 2 + 1
                names |= {f"a{n}": pair[1], f"t{n}": pair[0]}
    if names:
        yield line("REA-07", "fail", names, formula="a1 / t1 * 100")
    elif compared:
        yield passed("REA-07", f"{compared}行完成值未明显高于指标值")


def _unexplained(row: Indicator) -> bool:
    return row.reason is None or row.reason.kind in ("blank", "na") or text_of(row.reason) in _NO_REASON


def _wanted(row: Indicator) -> Decimal | None:
    """The number of a target that a plain number answers; several equal ones count as one."""
    target, actual = row.target, row.actual
    if target is None or actual is None or actual.kind != "num" or target.kind not in _NUMBERED:
        return None
    if target.kind != "multi":
        return target.value or None
    values = {quantity.value for quantity in scan(target.text)}
    return (values.pop() or None) if len(values) == 1 else None


def _pair(row: Indicator, wanted: Decimal) -> tuple[Value, Value] | None:
    """Target and actual of a row that measures the unit's own work, better when higher."""
    name, target, actual = name_of(row), row.target, of_cell(row.actual, "完成值")
    if target is None or actual is None or not readable(target, row.actual) or _lower(row):
        return None
    if _DEMAND.search(name + target.text):
        return None
    if kind_of_unit(actual.unit) == "percent":
        sound = _unit(target) == "%" and wanted < HUNDRED and actual.number <= HUNDRED
    else:
        more = actual.number - wanted
        sound = target.unit == actual.unit and kind_of_unit(actual.unit) == "count" and more > _LEAST_MORE
        sound = sound and (_PLANNED.search(name) is not None or _built(row, actual, wanted))
    if not sound:
        return None
    listed = Value(target.id, wanted, actual.unit, f"“{name}”指标值", (target.span,))
    return listed, actual.named(f"“{name}”完成值")


def _built(row: Indicator, actual: Value, wanted: Decimal) -> bool:
    """Whether a quantity of works that are planned and measured came to twice the plan and more."""
    return kind_of(row) == "quantity" and actual.unit in _WORKS and actual.number >= wanted * _TWICE


def _lower(row: Indicator) -> bool:
    """Whether less is better, or might be: a sentence for a target has no direction of its own."""
    return direction_of(row) == "down" or (direction_of(row) is None and "率" not in text_of(row.target))


def _unit(target: Cell) -> str | None:
    units = {quantity.unit for quantity in scan(target.text)}
    return units.pop() if len(units) == 1 else None


@check("REA-08", "满意度没有来源", "I", "没有满意度指标")
def satisfaction_source(case: Case) -> Iterator[Check]:
    """Satisfaction of 99 % and more in a report that nowhere mentions a survey."""
    rows = [row for form in case.forms for row in form.rows if "满意" in name_of(row) + text_of(row.level2)]
    high = [
        words_of(row.actual, f"“{name_of(row)}”完成值")
        for row in rows
        if row.actual is not None
        and row.actual.unit == "%"
        and (row.actual.value or 0) >= _NEARLY_ALL
        and readable(row.actual)
    ]
    if high and not any(word in case.plain_text for word in _SURVEYED):
        yield line("REA-08", "fail", numbered("text", high))
    elif rows:
        yield passed("REA-08", f"{len(rows)}行满意度未见异常，或文中提及调查")
