"""CMP-03, 04 and 05: targets that cannot be measured, that are all alike, or that are several in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extractor.amounts import Quantity, scan
from extractor.findings import Check, Severity
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.dimensions import kind_of
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import guessed, legible, remark
from extractor.reconcile.rows import name_of
from extractor.reconcile.values import Value, Words
from extractor.schema import Cell, Indicator

_OUTPUT = frozenset(("quantity", "quality", "timeliness"))
# An output told by a verb and an object that covers everything: no state of the world decides whether it is reached.
_UNMEASURED = lazy(
    r"(?:各项|相关|有关|日常|其他)(?:业务)?(?:工作|任务|事项|活动)[。.]?$|^(?:加强|做好|推进|强化|搞好|抓好|促进|深化|重视)[^,;:%]{2,20}$"
)
_DECIDABLE = lazy(
    r"[零一二三四五六七八九十两百]{1,3}[个次场项人份期件]|全部|全覆盖|所有|底前|月底|年底|日前|以内|之前|完成率|率|无|零"
)
_MEASURE = lazy(r"(?:率|数|数量|人次|场次|面积|长度|里程|比例|密度)(?:\([^)]*\))?$")
_BETTER = lazy(
    r"^(?:有所|明显|逐步|持续|不断|进一步|显著|有效|得到|稳步|大幅|较大)*(?:提升|提高|改善|增强|加强|优化|好转|增加|减少|降低|完善|下降)[。.]?$"
)
_HALF_ROWS, _LEAST_ROWS = 2, 4
_HUNDRED = Decimal(100)
_PARTS = frozenset("次场项人个份期件户家篇条%")
_SEVERAL, _MANY = 2, 3


@check("CMP-03", "定性指标不可衡量", "P1", "没有用文字表述的产出指标值")
def unmeasurable_targets(case: Case) -> Iterator[Check]:
    """An output whose target names work in general, without number, date or standard."""
    general: dict[str, Value | Words] = {}
    rates: dict[str, Value | Words] = {}
    worded = 0
    for form in case.forms:
        for row in form.rows:
            target = row.target
            if target is None or target.kind not in ("qual_text", "qual_tier") or kind_of(row) not in _OUTPUT:
                continue
            worded += 1
            named = _number_named(row, target)
            if (named or _unmeasured(target)) and legible(row, target, row.level2):
                names = rates if named else general
                names[f"t{len(general) + len(rates) + 1}"] = guessed(target, f"“{name_of(row)}”指标值")
    # A method of its own may say how work in general is judged, but hardly by how much a rate is to become better.
    accused = rates if case.own_method else general | rates
    if accused:
        yield line("CMP-03", "fail", accused, severity="P2" if case.own_method else None)
    elif worded:
        yield passed("CMP-03", f"{worded}行文字指标值可以判断，或报告另有评分办法")


def _unmeasured(target: Cell) -> bool:
    text = target.text
    return (
        not any(c.isdigit() for c in text) and bool(_UNMEASURED.search(text)) and not _DECIDABLE.search(text)
    )


def _number_named(row: Indicator, target: Cell) -> bool:
    """Whether a rate or a count is to become better, and nothing says from what or by how much."""
    return bool(_MEASURE.search(name_of(row)) and _BETTER.match(target.text))


@check("CMP-04", "指标值雷同", "I", "没有以百分比表述的指标值")
def equal_targets(case: Case) -> Iterator[Check]:
    """Half of a form's targets are one percentage; for the reviewer alone (CHECKS 0.17)."""
    for form in case.forms:
        rates = Counter(
            row.target.value
            for row in form.rows
            if row.target is not None and row.target.unit == "%" and row.target.value is not None
        )
        if not rates:
            continue
        value, count = rates.most_common(1)[0]
        if count * _HALF_ROWS >= len(form.rows) >= _LEAST_ROWS:
            yield remark("CMP-04", f"{form.title}{len(form.rows)}行中{count}行指标值为{value}%，区分度不足")
        else:
            yield passed("CMP-04", f"{form.title}指标值有区分")


@check("CMP-05", "复合指标", "P2", "没有填写指标值和完成值的指标行")
def compound_targets(case: Case) -> Iterator[Check]:
    """Several targets in one cell that one number answers; from three on nothing can be verified."""
    for level, names in _compounds(case).items():
        if names:
            yield line("CMP-05", "fail", names, severity=level)
    if any(row.target is not None and row.actual is not None for form in case.forms for row in form.rows):
        yield passed("CMP-05", "其余各行一行一目标")


def _compounds(case: Case) -> dict[Severity, dict[str, Value | Words]]:
    out: dict[Severity, dict[str, Value | Words]] = {"P1": {}, "P2": {}}
    for form in case.forms:
        for row in form.rows:
            parts = _parts(row)
            if parts >= _SEVERAL and row.target is not None and row.actual is not None:
                names = out["P1" if parts >= _MANY else "P2"]
                n = len(names) // 2 + 1
                names |= {
                    f"t{n}": guessed(row.target, f"“{name_of(row)}”指标值"),
                    f"a{n}": guessed(row.actual, f"“{name_of(row)}”完成值"),
                }
    return out


def _parts(row: Indicator) -> int:
    """How many targets a single plain number answers; 0 where a row has one target or answers in kind."""
    target, actual = row.target, row.actual
    if target is None or actual is None or target.kind != "multi" or not legible(row, target, actual):
        return 0
    if actual.kind not in ("num", "cmp", "count_vague") or target.text == actual.text:
        return 0
    counted = [each for each in scan(target.text) if _is_target(each)]
    answered = any(each.value == actual.value for each in counted) and actual.unit != "%"
    return 0 if answered or len(_clauses(target.text, counted)) < _SEVERAL else len(counted)


def _is_target(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit[-1:] in _PARTS


def _clauses(text: str, counted: list[Quantity]) -> set[int]:
    """The clauses that the quantities stand in: a range or a rate of a number is one target."""
    return {sum(text.count(mark, 0, each.start) for mark in ",、;。及和并") for each in counted}
