"""RAT: rates that the report prints beside the numbers they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.amounts import is_money
from extractor.findings import Check, Severity
from extractor.identities import (
    HUNDRED,
    check_equal,
    check_rate,
    check_score,
    execution_score,
    max_places,
    places,
)
from extractor.patterns import lazy
from extractor.reconcile.basetable import cell_of, staff_cells
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.memo import per_case
from extractor.reconcile.narrated import fits_any, rates_of_kinds
from extractor.reconcile.registry import best, check, compared, line, passed, unverified
from extractor.reconcile.rows import text_of
from extractor.reconcile.values import (
    Value,
    comparable,
    digits_of,
    in_unit,
    number_of,
    of_cell,
    shared_digits,
    term,
)
from extractor.records import replace
from extractor.schema import OVERALL, Cell, Figure, Fund

# A sentence with money that says why procurement left its budget.
_PROCURED = lazy(
    r"(?=.*\d(?:万|亿)?元)(?:跨年|上年|以前年度|往年|结转|追加|调增|调剂|分期|尾款|(?:年中|中途)(?:新增|增加))"
)
_RATIO_LIMIT = Decimal("1.5")
# A rate of these is not that of the whole.
_OF_PART = lazy(r"其中|基本|人员|公用|专项|三公|采购|结转|拨款|公共预算|基金|序时|进度|目标|上年|同期")
_RECEIVED = lazy(r"到位|下达|批复")
_SPENT = ("exec_annual", "expenditure_total", "project_exec")
_BUDGETS = ("budget_annual", "project_budget")
_RATES = ("exec_rate", "expenditure_project")


def percent_formula(part: str, whole: str, digits: int = 2) -> str:
    """`part` as a percentage of `whole`, rounded for print."""
    return f"round(percent({part}, {whole}), {max(digits, 2)})"


def _readings(cell: Cell, value: Value) -> tuple[Decimal, ...]:
    """What a printed rate can mean: 0.87 or 1 without a sign may be 87 % or 100 %."""
    if cell.unit is None and 0 < value.number <= _RATIO_LIMIT:
        return value.number * HUNDRED, value.number
    return (value.number,)


def _rate_line(
    code: str, part: tuple[str, Value], whole: tuple[str, Value], rate: Value, cell: Cell, digits: int | None
) -> Check:
    """A printed rate against the two numbers beside it, in the reading that fits best."""
    names = {part[0]: part[1], whole[0]: whole[1], "rate": rate}
    outcomes = [
        check_rate(part[1].number, whole[1].number, number, digits) for number in _readings(cell, rate)
    ]
    outcome = next((each for each in outcomes if each.agreement != "fail"), outcomes[-1])
    reason = "疑为截断而非四舍五入" if outcome.truncated else None
    formula = percent_formula(part[0], whole[0], places(rate.number))
    return compared(code, outcome, formula, names, reason=reason)


def _row_rate(form: Form, fund: Fund) -> Check | None:
    """执行率 of one money row: passes on 全年预算数 or on 年初预算数 as the base."""
    executed = form.money(fund.executed, "全年执行数")
    rate = of_cell(fund.rate, "执行率", "%")
    if fund.annual is not None and number_of(fund.annual) is None and fund.annual.kind not in ("blank", "na"):
        return unverified("RAT-01", f"{form.title}全年预算数读不出")
    bases = [form.money(fund.annual, "全年预算数"), form.money(fund.initial, "年初预算数")]
    known = [base for base in bases if base is not None and base.number > 0]
    if executed is None or rate is None or fund.rate is None or not known:
        return None
    digits = max_places(value.number for value in (executed, *known))
    lines = [
        _rate_line("RAT-01", ("executed", executed), ("annual", base), rate, fund.rate, digits)
        for base in known
    ]
    chosen = best(lines)
    if chosen is None or chosen is lines[0] or lines[0].status != "fail":
        return chosen
    if _scored_by_annual(form, fund, executed, known[0], rate):
        return replace(lines[0], severity="P2", reason="同行得分按全年预算数计算，与所填执行率不符")
    if chosen.status == "rounding" and form.execution_score is not None:  # cut off, not rounded: by chance
        return replace(lines[0], severity="P2", reason="与全年预算数不符，与年初预算数也只是相近")
    return chosen


def _scored_by_annual(form: Form, fund: Fund, executed: Value, annual: Value, rate: Value) -> bool:
    """Whether the row's own score is the share of the annual budget and not the rate printed beside it."""
    points, score = of_cell(fund.points, "分值"), of_cell(fund.score, "得分")
    if points is None or score is None or fund.annual is None or not points.number:
        return False
    digits = form.score_digits
    told = check_score(execution_score(points.number, rate.number, HUNDRED), score.number, digits)
    spent = check_score(execution_score(points.number, executed.number, annual.number), score.number, digits)
    return spent.agreement == "pass" and told.agreement == "fail"


@check("RAT-01", "预算执行率", "P0", "没有同时列出预算数、执行数和执行率的资金行")
def execution_rate(case: Case) -> Iterator[Check]:
    """执行率 of a money row is its 全年执行数 over its 全年预算数; one line for each different set of numbers in a form."""
    for form in case.forms:
        seen: set[tuple[str, ...]] = set()
        for fund in form.funds:
            key = tuple(text_of(cell) for cell in (fund.annual, fund.executed, fund.rate))
            if key in seen:
                continue
            seen.add(key)
            result = _row_rate(form, fund)
            if result is not None:
                yield result
    yield from _prose_rates(case)
    yield from rates_of_kinds(case)


def _prose_rates(case: Case) -> Iterator[Check]:
    """A rate of a sentence against the budget and the spending of that sentence, else against the row of its form."""
    for figure in case.prose:
        rate = case.value_of(figure, "执行率") if figure.metric in _RATES and figure.stage == "rate" else None
        if rate is None:
            continue
        start, end = case.sentence(figure.span)
        near = [f for f in case.between(start, end) if f.scope == figure.scope]
        result = _rate_of_projects(case, figure, rate, near) or _rate_of_that(case, figure, rate, near)
        if result is None and figure.metric == "exec_rate":
            result = _rate_of_year(case, figure, rate, near)
        if result is not None:
            yield result


def _rate_of_year(case: Case, figure: Figure, rate: Value, near: list[Figure]) -> Check | None:
    executed = _single(case, near, _SPENT, "exec")
    annual = _single(case, near, _BUDGETS, "budget_annual")
    inside = executed is not None and annual is not None
    if not inside:
        executed, annual = _whole_year(case, figure.scope)
    result = None
    if executed is not None and annual is not None and annual.number and comparable((executed, annual)):
        result = _prose_rate(rate, executed, annual)
    if result is not None and result.status != "fail":
        return result
    spent = _spent_before(case, figure, near)
    base = annual if inside else _received(case, near) or _income(case, figure)
    firm = _contradicted(case, figure, rate, spent, base) if spent else None
    return firm or (
        result
        and unverified("RAT-01", "正文执行率与预算数、执行数不在同一资金行，口径待核实", {"rate": rate})
    )


def _rate_of_projects(case: Case, figure: Figure, rate: Value, near: Sequence[Figure]) -> Check | None:
    """A rate against the budget and the spending of all projects, where its sentence gives these two before it and no other amount."""
    money = [f for f in near if f.span.start < figure.span.start and is_money(f.amount.unit)]
    stages = {str(f.stage): f for f in money if f.metric == "expenditure_project"}
    if len(money) != len(stages) or stages.keys() != {"budget_annual", "exec"}:
        return None
    executed = case.value_of(stages["exec"], "全年执行数")
    annual = case.value_of(stages["budget_annual"], "全年预算数")
    return _beside(case, rate, executed, annual)


def _rate_of_that(case: Case, figure: Figure, rate: Value, near: Sequence[Figure]) -> Check | None:
    """“支出98万元,占预算103万元的95%”: a rate of the very budget that it follows."""
    money = [f for f in near if f.span.start < figure.span.start and is_money(f.amount.unit)][-2:]
    kinds = [(f.metric in _SPENT, f.metric in _BUDGETS) for f in money]
    if kinds != [(True, False), (False, True)] or case.words(money[1].span.end, figure.span.start) != "的":
        return None
    return _beside(case, rate, case.value_of(money[0], "全年执行数"), case.value_of(money[1], "全年预算数"))


def _beside(case: Case, rate: Value, executed: Value | None, annual: Value | None) -> Check | None:
    """A rate against the two amounts of its own sentence; P1, for some other budget may be meant."""
    if executed is None or annual is None or not annual.number or not comparable((executed, annual)):
        return None
    result = _prose_rate(rate, executed, annual)
    if result.status != "fail":
        return result
    if fits_any(case, rate, executed):
        return unverified("RAT-01", "正文执行率的预算口径待核实", {"rate": rate})
    severity: Severity = "P1" if result.severity == "P0" else result.severity
    return replace(result, severity=severity, reason="正文执行率与同句所列预算数、执行数不符")


def _received(case: Case, near: list[Figure]) -> Value | None:
    """The money that the sentence of a rate says was received for the year."""
    told = [f for f in near if _RECEIVED.search(case.lead(f))]
    return _single(case, told, ("revenue_budget",), "budget_annual")


def _income(case: Case, figure: Figure) -> Value | None:
    """The year's income budget, where the report gives no other budget of the year and no form of the unit's money."""
    funded = any(form.total_row is not None for form in case.forms if form.scope == OVERALL)
    if figure.scope != OVERALL or funded or case.by_metric(("budget_annual",)):
        return None
    return _single(
        case, case.by_metric(("revenue_budget",), "budget_annual"), ("revenue_budget",), "budget_annual"
    )


def _spent_before(case: Case, figure: Figure, near: Sequence[Figure]) -> Value | None:
    """The spending that a rate follows in its sentence, with no other amount between."""
    before = [
        f
        for f in near
        if f.span.start < figure.span.start and is_money(f.amount.unit) and f.stage != "carryover"
    ]
    if (
        not before
        or before[-1].metric not in _SPENT
        or before[-1].stage != "exec"
        or not case.of_year(figure)
    ):
        return None
    lead = case.lead(figure).replace(figure.scope, "")
    if _OF_PART.search(lead) or (figure.scope == OVERALL and "项目" in lead):
        return None
    return case.value_of(before[-1], "正文全年支出")


def _contradicted(
    case: Case, figure: Figure, rate: Value, spent: Value, annual: Value | None
) -> Check | None:
    """A rate against the form's row of the same spending, else against the budget of its sentence; P1, for these may be wrong."""
    form = next((each for each in case.forms if each.scope == figure.scope), None)
    row = form.total_row if form is not None else None
    reason = "正文执行率与同句所列预算数、支出数不符"
    if form is not None and row is not None:
        executed, annual = form.money(row.executed, "全年执行数"), form.money(row.annual, "全年预算数")
        if executed is None or not comparable((spent, executed)) or not _same_amount(spent, executed):
            return None
        spent, reason = executed, "正文执行率与自评表同一支出数不符"
    if annual is None or not annual.number or not comparable((spent, annual)):
        return None
    result = _prose_rate(rate, spent, annual)
    if result.status != "fail":
        return result
    if (form is not None and not form.sound_total) or fits_any(case, rate, spent):
        return None
    return replace(result, severity="P1", reason=reason) if result.cause == "document" else None


def _same_amount(one: Value, other: Value) -> bool:
    """Whether two prints may be one amount, each rounded to its own places."""
    digits = shared_digits(one, other)
    return check_equal(in_unit(one, other.unit), other.number, digits).agreement != "fail"


def _prose_rate(rate: Value, executed: Value, annual: Value) -> Check:
    unit = annual.unit
    outcome = check_rate(
        in_unit(executed, unit), annual.number, rate.number, digits_of((executed, annual), unit)
    )
    formula = percent_formula(term("executed", executed, unit), "annual", places(rate.number))
    return compared("RAT-01", outcome, formula, {"executed": executed, "annual": annual, "rate": rate})


def _single(case: Case, figures: list[Figure], metrics: tuple[str, ...], stage: str) -> Value | None:
    found = {
        f.amount.value: f
        for f in figures
        if f.metric in metrics and f.stage == stage and f.amount.value is not None
    }
    role = "全年执行数" if stage == "exec" else "全年预算数"
    return case.value_of(next(iter(found.values())), role) if len(found) == 1 else None


@per_case
def _whole_year(case: Case, scope: str) -> tuple[Value | None, Value | None]:
    same = [f for f in case.spoken_of(scope) if case.of_year(f)]
    return _single(case, same, _SPENT, "exec"), _single(case, same, _BUDGETS, "budget_annual")


@check("RAT-02", "在职人员控制率", "P1", "没有编制数、在职人数和控制率")
def staff_control_rate(case: Case) -> Iterator[Check]:
    """控制率 is 在职人数 over 编制数, counts being exact; an empty cell is to be filled (预算绩效评价共性指标)."""
    for table in case.bases:
        cells = staff_cells(table.staff)
        quota, listed = (
            of_cell(cells.get("quota"), "编制数", "人"),
            of_cell(cells.get("on_duty"), "在职人数", "人"),
        )
        rate_cell = cells.get("rate")
        if quota is None or listed is None or not quota.number or rate_cell is None or rate_cell.kind == "na":
            continue
        on_duty, remark = _really_on_duty(case, listed)
        names = {"on_duty": on_duty, "quota": quota}
        rate = of_cell(rate_cell, "控制率", "%")
        if rate is None and rate_cell.kind == "blank":
            yield line(
                "RAT-02",
                "fail",
                names,
                formula=percent_formula("on_duty", "quota"),
                reason=remark or "控制率未填",
            )
            continue
        if rate is None:
            yield unverified("RAT-02", "控制率读不出", names)
            continue
        results = [
            _rate_line("RAT-02", ("on_duty", each), ("quota", quota), rate, rate_cell, None)
            for each in (listed, on_duty)
        ]
        yield next((result for result in results if result.status != "fail"), results[-1])


def _really_on_duty(case: Case, listed: Value) -> tuple[Value, str | None]:
    """在职人数: the sentence's where the table evidently prints 实有人数 with the retired in it."""
    stated = {f.amount.value: f for f in case.by_metric(("staff_on_duty",))}
    everyone = {f.amount.value for f in case.by_metric(("staff_total",))}
    if len(stated) == 1 and listed.number not in stated and listed.number in everyone:
        value = case.value_of(next(iter(stated.values())), "在职人数")
        if value is not None:
            return (
                value,
                f"控制率未填；表列在职{listed.source}人与正文在职{value.source}不一致，表列数疑含离退休人员",
            )
    return listed, None


@per_case
def _procurement_sentences(case: Case) -> list[str]:
    """What the prose says about procurement, sentence by sentence."""
    return [sentence for sentence in re.split(r"[。;]", case.prose_text) if "采购" in sentence]


@check("RAT-06", "政府采购执行率", "P1", "没有政府采购预算数和实际数")
def procurement_rate(case: Case) -> Iterator[Check]:
    """Procurement outside 80–100 % of its budget by 5 万元 or more is to be explained (政府采购法 第六条, CHECKS 0.12)."""
    limits = case.profile.limits
    for table in case.bases:
        unit = case.unit_of(table.table) or "万元"
        for row in table.procurement:
            budget = of_cell(
                cell_of(row, "budget_initial") or cell_of(row, "budget_annual"), "政府采购预算", unit
            )
            actual = of_cell(cell_of(row, "exec"), "政府采购实际", unit)
            if budget is None or actual is None:
                continue
            names = {"actual": actual, "budget": budget}
            if budget.yuan is None or actual.yuan is None:
                yield unverified("RAT-06", "计量单位不明", names)
                continue
            gap = abs(actual.yuan - budget.yuan)
            share = actual.yuan / budget.yuan * HUNDRED if budget.number else None
            within = share is not None and limits["procurement_low"] <= share <= limits["procurement_high"]
            if within or gap < limits["procurement_gap"]:
                yield passed("RAT-06", "在80%至100%之间" if within else "差额不足5万元", names)
                continue
            if any(_PROCURED.search(sentence) for sentence in _procurement_sentences(case)):
                yield line("RAT-06", "pass", names, severity="I", reason="报告对采购预算外的金额另有说明")
                continue
            formula = percent_formula("actual", "budget") if budget.number else "actual - budget"
            yield line(
                "RAT-06", "fail", names, formula=formula, difference=abs(actual.number - budget.number)
            )
