"""UNI: one amount printed once in 元 and once in 万元."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.amounts import scan
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.basetable import label_of
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.values import WAN, Value, clear, of_cell, of_figure
from extractor.schema import OVERALL, Cell, Figure, Indicator

_RATE = lazy(r"标准|人均|每人|每[天月年户亩场次台]|单价|单位成本|户均|/|补贴标准|平均")
_MATTERS = (
    lazy(r"追加|调增|调整|增加|新增"), lazy(r"结转|结余"), lazy(r"年初|预算"), lazy(r"支出|执行|支付|使用"), lazy(r"收入|到位|拨款"),
)  # fmt: skip
_STOP = lazy(r"[,。;:、!?|]")
_UNITS = frozenset(("元", "万元"))
_MONEY = lazy(r"预算|支出|执行|结转|结余|拨款|补助|配套|资金|追加|收入|支付|兑付|经费|项目")
_LEAST_DIGITS = 2
_LEAST_PRINTED, _FEW, _SAME_WORDS = 4, 2, 5


class Sum(NamedTuple):
    """An amount of a sentence, or of a 偏差原因 cell whose text is `told`, and the scope it belongs to."""

    value: Value
    source: Figure | None
    told: str
    scope: str
    metric: str

    def words(self, case: Case) -> str:
        """The words the amount stands among."""
        return self.told if self.source is None else _around(case, self.source)


@check("UNI-01", "元与万元", "P1", "没有同一事项同数异单位的金额")
def one_number_two_units(case: Case) -> Iterator[Check]:
    """The same digits for the same matter of the same scope, once in 元 and once in 万元 (CHECKS 0.16)."""
    if not any(f.amount.unit == "元" for f in case.report.figures) and not _reasons(case):
        if any(f.amount.unit == "万元" for f in case.report.figures):
            yield passed("UNI-01", "正文金额均以万元计")
        return
    sums = [*_in_prose(case), *_in_reasons(case)]
    large: dict[Decimal, list[Sum]] = {}
    for each in sums:
        if each.value.unit == "万元":
            large.setdefault(each.value.number, []).append(each)
    seen: set[int] = set()
    for each in sums:
        twins = large.get(each.value.number, ()) if each.value.unit == "元" else ()
        if not twins or each.value.spans[0].start in seen or _RATE.search(each.words(case)):
            continue
        twin = next((other for other in twins if _same_matter(case, each, other)), None)
        if twin is not None:
            seen.add(each.value.spans[0].start)
            names = {"yuan": each.value.named("以元计"), "wan": twin.value.named("以万元计")}
            yield line(
                "UNI-01", "fail", names, formula="wan * 10000", reported=each.value.number,
                difference=abs(twin.value.number * WAN - each.value.number),
            )  # fmt: skip
    told = list(_against_forms(case, [each for each in sums if each.value.unit == "元"]))
    if len(told) > _FEW:
        yield unverified("UNI-01", "多处金额与表内数字相同而单位不同，疑表内金额单位读错，请对照表头")
        return
    for each, listed in told:
        if each.value.spans[0].start in seen or _RATE.search(each.words(case)):
            continue
        seen.add(each.value.spans[0].start)
        yield line(
            "UNI-01", "fail", {"yuan": each.value.named("以元计"), "wan": listed}, formula="wan * 10000",
            reported=each.value.number, difference=abs(listed.number * WAN - each.value.number),
        )  # fmt: skip
    if sums and not seen:
        yield passed("UNI-01", "以元计的金额未见同一事项另以万元列示")


def _against_forms(case: Case, told: list[Sum]) -> Iterator[tuple[Sum, Value]]:
    """Amounts of sentences in 元 that a money row in 万元 prints to the same decimals, the rest of the text in 万元 too."""
    if not told or sum(f.amount.unit == "元" for f in case.prose) * _FEW > len(case.prose):
        return
    printed = {
        each.source.amount.raw.removesuffix("元").replace(",", ""): each
        for each in told
        if each.source is not None and "." in each.source.amount.raw
    }
    for text, value in _table_money(case, frozenset(printed)):
        each = printed.pop(text, None)
        if each is not None and len(text) > _LEAST_PRINTED and _MONEY.search(each.words(case)):
            yield each, value


def _table_money(case: Case, wanted: frozenset[str]) -> Iterator[tuple[str, Value]]:
    """The cells of money rows and of the 基础数据表 that print one of these numbers and count in 万元."""
    cells = [
        (cell, form.title, form.unit)
        for form in case.forms
        for fund in form.funds
        for cell in (fund.initial, fund.annual, fund.executed)
    ]
    for row in case.report.base_data:
        unit = case.unit_of(row.table)
        cells += [(each.cell, f"基础数据表{label_of(row)}", unit) for each in row.cells]
    for project in case.report.projects:
        unit = case.unit_of(project.tables[0]) if project.tables else None
        cells += [
            (cell, f"“{project.name.text}”", unit)
            for cell in (project.initial, project.annual, project.executed)
        ]
    for figure in case.report.figures:  # closing rows of lists
        if figure.table is not None and figure.amount.raw.replace(",", "") in wanted:
            value = case.value_of(figure, "表内合计")
            if value is not None and value.unit == "万元":
                yield figure.amount.raw.replace(",", ""), value
    for cell, role, unit in cells:
        text = "" if cell is None else cell.text.replace(",", "").removesuffix("万元").lstrip("-")
        if text in wanted and cell is not None and cell.kind != "unreadable":
            value = of_cell(cell, role, unit)
            if value is not None and value.unit == "万元":
                yield text, value


def _in_prose(case: Case) -> Iterator[Sum]:
    """Amounts in 元, and those in 万元 that print the number of one of them."""
    doubtful = {f.amount.value for f in case.report.figures if f.amount.unit == "元"}
    doubtful |= {value.number for _, reason in _reasons(case) for value in _amounts(reason)}
    for figure in case.report.figures:
        if figure.amount.unit not in _UNITS or figure.stage == "rate":
            continue
        if figure.amount.unit == "万元" and figure.amount.value not in doubtful:
            continue
        value = of_figure(figure, "金额")
        if value is not None and _digits(value):
            yield Sum(value, figure, "", figure.scope, figure.metric)


def _around(case: Case, figure: Figure) -> str:
    after = case.words(figure.span.end, figure.span.end + 8)
    return case.lead(figure) + _STOP.split(after)[0]


def _in_reasons(case: Case) -> Iterator[Sum]:
    """Amounts inside 偏差原因 cells, which are no figures of the report."""
    for row, reason in _reasons(case):
        for value in _amounts(reason):
            if _digits(value):
                yield Sum(value, None, reason.text, row.scope, "other")


def _reasons(case: Case) -> list[tuple[Indicator, Cell]]:
    return [(r, r.reason) for r in case.report.indicators if r.reason is not None and "元" in r.reason.text]


def _amounts(cell: Cell) -> Iterator[Value]:
    certain = clear(cell.evidence)
    for quantity in scan(cell.text):
        if quantity.unit in _UNITS:
            yield Value(
                cell.id,
                quantity.value,
                quantity.unit,
                "金额",
                (cell.span,),
                certain,
                cell.text[quantity.start : quantity.end],
            )


def _digits(value: Value) -> bool:
    return len(str(value.number).replace(".", "").strip("0-")) >= _LEAST_DIGITS


def _same_matter(case: Case, one: Sum, other: Sum) -> bool:
    if one.scope != other.scope and OVERALL not in (one.scope, other.scope):
        return False
    if one.metric == other.metric != "other":
        return True
    beside, elsewhere = one.words(case), other.words(case)
    if any(beside[at : at + _SAME_WORDS] in elsewhere for at in range(len(beside) - _SAME_WORDS + 1)):
        return True
    return any(matter.search(beside) and matter.search(elsewhere) for matter in _MATTERS)
