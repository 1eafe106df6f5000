"""CON: numbers that the report prints in several places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from extractor.findings import Check, Severity
from extractor.identities import check_equal
from extractor.patterns import lazy
from extractor.reconcile.basetable import BaseTable, cell_of
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.doubt import in_doubt_of_unit, same_scale
from extractor.reconcile.evaluated import covered_apart
from extractor.reconcile.forms import Form
from extractor.reconcile.lists import COLUMNS_OF, columns_of
from extractor.reconcile.memo import per_case
from extractor.reconcile.registry import best, check, compared, line, unverified
from extractor.reconcile.rows import text_of
from extractor.reconcile.said import Said, said
from extractor.reconcile.values import (
    Value,
    comparable,
    in_unit,
    joined,
    of_cell,
    shared_digits,
    term,
)
from extractor.records import replace
from extractor.schema import OVERALL, BaseRow, Cell, Figure, Project, Stage

# 支出总计 of the accounts includes what is carried over.
_PAID_IN = lazy(r"拨付|到位|收到|下达")
_GROSS = lazy(r"总计")
_ADJUSTED = lazy(r"调整|全年|可执行|可用|追加")
_SHORT_NAME, _MANY_NAMES = 3, 300
_SPENT = ("exec_annual", "expenditure_total")
_GROUPS: tuple[tuple[str, tuple[str, ...], Stage], ...] = (
    ("全年支出", _SPENT, "exec"), ("项目支出", ("expenditure_project",), "exec"), ("基本支出", ("expenditure_basic",), "exec"),
    ("人员经费", ("expenditure_personnel",), "exec"), ("公用经费", ("expenditure_public",), "exec"),
    ("全年预算数", ("budget_annual",), "budget_annual"), ("年初预算数", ("budget_initial",), "budget_initial"),
    ("预算收入", ("revenue_budget",), "budget_annual"), ("项目支出预算", ("expenditure_project",), "budget_annual"),
    ("项目支出年初预算", ("expenditure_project",), "budget_initial"),
)  # fmt: skip


@per_case
def _listed_sources(case: Case) -> list[Decimal]:
    """Amounts in 元 of the carry-over and other funds that the report prints, any of which may explain a gap."""
    found = [
        figure.amount.base_value for figure in case.report.figures
        if figure.metric in ("carryover_in", "carryover_out", "other_funds") and figure.amount.base_value
    ]  # fmt: skip
    for form in case.forms:
        for fund in form.funds:
            if fund is not form.total_row and ("结转" in text_of(fund.item) or "其他" in text_of(fund.item)):
                found += [
                    v.yuan for cell in (fund.annual, fund.executed) if (v := form.money(cell, "")) and v.yuan
                ]
    return sorted(found)


def _sourced(case: Case, gap: Decimal, near: Decimal) -> bool:
    """Whether some listed source is as large as a gap."""
    sources = _listed_sources(case)
    at = bisect_left(sources, gap - near)
    return at < len(sources) and sources[at] <= gap + near


def against(
    case: Case, code: str, one: Value, other: Value, severity: Severity = "P0", reason: str | None = None
) -> Check:
    """Two prints of one quantity; a gap that equals listed carry-over or other funds is explained."""
    names = {"text": one, "table": other}
    if not comparable((one, other)):
        return _without_unit(code, one, other)
    unit = other.unit
    outcome = check_equal(in_unit(one, unit), other.number, shared_digits(one, other))
    result = compared(code, outcome, term("text", one, unit), names, severity=severity, reason=reason)
    gap = None if one.yuan is None or other.yuan is None else abs(one.yuan - other.yuan)
    if result.status == "fail" and gap and _sourced(case, gap, (other.scale or Decimal(1)) / 100):
        return line(code, "pass", names, severity="I", reason="差额与所列结转或其他资金一致，可以解释")
    return result


def _without_unit(code: str, one: Value, other: Value) -> Check:
    """Two prints of which one names no unit: agreement as 万元 or as 元 confirms, anything else stays open."""
    names = {"text": one, "table": other}
    for factor in (1, 10000):
        for left, right in ((one.number * factor, other.number), (one.number, other.number * factor)):
            if abs(left - right) <= Decimal(factor) / 200:
                return line(code, "pass", names, reason="其中一处未注明单位，按元或万元换算后一致")
    return unverified(code, "计量单位不明", names)


def _with_form(case: Case, form: Form) -> Iterator[Check]:
    """The total row of the unit's own form against the sentences."""
    row = form.total_row
    if row is None:
        return
    pairs: tuple[tuple[str, tuple[str, ...], Stage, str], ...] = (
        ("年初预算数", ("budget_initial",), "budget_initial", "initial"),
        ("全年预算数", ("budget_annual",), "budget_annual", "annual"),
        ("预算收入", ("revenue_budget",), "budget_annual", "annual"),
        ("全年支出", _SPENT, "exec", "executed"),
    )
    for role, metrics, stage, column in pairs:
        table = form.money(getattr(row, column), "自评表" + ("全年执行数" if column == "executed" else role))
        if table is None:
            continue
        for each in said(case, role, metrics, stage):
            result = against(case, "CON-01", each.value, table, "P1" if role == "预算收入" else "P0")
            yield _form_line(form, column, each, table, result)


def _form_line(form: Form, column: str, each: Said, table: Value, result: Check) -> Check:
    """A contradiction stands only between two prints of the same total, the one in the form in a sound row."""
    if result.status != "fail":
        return result
    names = {"text": each.value, "table": table}
    for fund in form.funds:
        row = form.money(getattr(fund, column), f"自评表“{text_of(fund.item)}”")
        if row is not None and row.yuan == each.value.yuan:
            return line("CON-01", "pass", {"text": each.value, "table": row}, reason="与自评表该资金行一致")
    if each.partial(table):
        return unverified("CON-01", "正文所指可能只是部分支出，口径待核实", names)
    if not table.number:
        return unverified("CON-01", f"{form.title}资金总额行读到的是0，疑未填或列错位", names)
    if not form.sound_total:
        return unverified("CON-01", f"{form.title}资金总额行与所填执行率不符，疑列错位，口径待核实", names)
    return result


def _with_base(case: Case) -> Iterator[Check]:
    """The totals of the 基础数据表 against the sentences."""
    blocks = (
        ("项目支出", "expenditure_project", "project"), ("公用经费", "expenditure_public", "public"),
        ("三公经费", "sangong_total", "sangong"),
    )  # fmt: skip
    stages: tuple[Stage, ...] = ("budget_initial", "exec")
    for role, metric, name in blocks:
        for stage in stages:
            printed = [value for base in case.bases if (value := _base_total(case, base, name, stage, role))]
            for each in said(case, role, (metric,), stage) if printed else ():
                yield _against_tables(case, each, printed)


def _base_total(case: Case, base: BaseTable, block: str, stage: Stage, role: str) -> Value | None:
    total: BaseRow | None = getattr(base, block).total
    cell = cell_of(total, stage) if total else None
    return of_cell(cell, f"基础数据表{role}", case.unit_of(base.table) or "万元")


def _against_tables(case: Case, each: Said, printed: list[Value]) -> Check:
    """An amount of a sentence against its cell; where several tables print one, only agreement is told."""
    if len(printed) == 1:
        result = against(case, "CON-01", each.value, printed[0])
        if result.status == "fail" and each.partial(printed[0]):
            names = {"text": each.value, "table": printed[0]}
            return unverified("CON-01", "正文所指可能只是部分支出，口径待核实", names)
        return result
    same = next((value for value in printed if value.yuan == each.value.yuan), None)
    if same is not None:
        return against(case, "CON-01", each.value, same)
    reason = f"报告有{len(printed)}张同类表，正文所指不明"
    return unverified("CON-01", reason, {"text": each.value})


def _with_list(case: Case) -> Iterator[Check]:
    """The 合计 of a 资金使用表 against the project spending of the sentences: never more than P1 (CHECKS 0.2)."""
    tables = [table for table in case.report.tables if table.kind == "fund_use"]
    if len(tables) != 1:
        return
    unit = case.unit_of(tables[0].id)
    total = next(
        (
            fund
            for fund in case.funds_of.get(tables[0].id, ())
            if "合计" in text_of(fund.item) or "总计" in text_of(fund.item)
        ),
        None,
    )
    if total is None:
        return
    budget = of_cell(total.annual or total.initial, "资金使用表合计", unit)
    executed = of_cell(total.executed, "资金使用表执行合计", unit)
    wanted: tuple[tuple[Stage, Value | None], ...] = (
        ("budget_annual", budget), ("budget_initial", budget), ("exec", executed),
    )  # fmt: skip
    for stage, value in wanted:
        if value is not None:
            for each in said(case, "项目支出", ("expenditure_project",), stage):
                yield _list_line(case, each.value, value)


def _list_line(case: Case, spoken: Value, listed: Value) -> Check:
    result = against(case, "CON-01", spoken, listed, "P1", "表内任务未必是全部项目")
    if result.status != "fail" or listed.yuan not in _parts_of_bases(case):
        return result
    reason = "表内合计等于基础数据表所列专项，是项目支出的一部分"
    return line("CON-01", "pass", {"text": spoken, "table": listed}, severity="I", reason=reason)


@per_case
def _parts_of_bases(case: Case) -> frozenset[Decimal]:
    """In 元, the parts of project spending that the 基础数据表 print."""
    found = set()
    for base in case.bases:
        unit = case.unit_of(base.table) or "万元"
        for row in (*base.project.parts, *([base.project.heading] if base.project.heading else ())):
            for stage in ("budget_initial", "exec"):
                part = of_cell(cell_of(row, stage), "", unit)
                if part is not None and part.yuan is not None:
                    found.add(part.yuan)
    return frozenset(found)


class Names:
    """Printed names that a scope may mean."""

    def __init__(self, names: Iterable[str]) -> None:
        self.exact = {bare_name(name): name for name in names}
        self._found: dict[str, str | None] = {}

    def find(self, scope: str) -> str | None:
        """The one name a scope means: the same, or, in a short list, the only one that contains it or is part of it."""
        if scope not in self._found:
            self._found[scope] = self._find(scope)
        return self._found[scope]

    def _find(self, scope: str) -> str | None:
        wanted = bare_name(scope)
        if wanted in self.exact or len(wanted) <= _SHORT_NAME or len(self.exact) > _MANY_NAMES:
            return self.exact.get(wanted)
        near = [
            name
            for bare, name in self.exact.items()
            if len(bare) > _SHORT_NAME and (wanted in bare or bare in wanted)
        ]
        return near[0] if len(near) == 1 else None


def _with_projects(case: Case) -> Iterator[Check]:
    """Named projects' money in sentences against their row or form; P1, because a sentence may speak of a part."""
    projects = {project.name.text: project for project in case.report.projects}
    known = Names(projects)
    done: set[tuple[str, str, Decimal]] = set()
    for figure in case.prose:
        if figure.metric not in ("project_budget", "project_exec") or figure.stage not in COLUMNS_OF:
            continue
        name = known.find(figure.scope) if case.of_year(figure) else None
        value = case.value_of(figure, f"正文“{figure.scope}”金额") if name is not None else None
        if name is None or value is None or value.yuan is None:
            continue
        key = (name, figure.stage, value.yuan)
        if key not in done:
            done.add(key)
            result = _project_line(case, figure, value, projects[name])
            if result is not None:
                yield result


def _project_line(case: Case, figure: Figure, value: Value, project: Project) -> Check | None:
    printed = [_project_value(case, project, column) for column in columns_of(case, figure)]
    if printed[0] is None:
        return None
    result = best(against(case, "CON-01", value, table, "P1") for table in printed if table is not None)
    part = bare_name(figure.scope) != bare_name(project.name.text) and value.yuan is not None
    if result is not None and result.status == "fail" and part and value.number < printed[0].number:
        names = {"text": value, "table": printed[0]}
        return unverified("CON-01", f"“{figure.scope}”可能只是“{project.name.text}”的一部分", names)
    return result


def _project_value(case: Case, project: Project, column: str) -> Value | None:
    cell: Cell | None = getattr(project, column)
    unit = case.unit_at(cell.span) if cell is not None else None
    return of_cell(cell, f"表内“{project.name.text}”金额", unit)


@check("CON-01", "正文与表同口径数", "P0", "正文和表没有同一口径的数")
def text_against_tables(case: Case) -> Iterator[Check]:
    """An amount of a sentence equals the same amount of a table: same metric, year, stage, scope and unit base."""
    found: list[Iterator[Check]] = [_with_base(case), _with_list(case), _with_projects(case)]
    if case.overall_form is not None and case.overall_form.scope == OVERALL:
        found.insert(0, _with_form(case, case.overall_form))
    for result in chain.from_iterable(found):
        yield in_doubt_of_unit(result)


@check("CON-02", "正文前后数", "P0", "正文没有重复列示的总额")
def text_against_itself(case: Case) -> Iterator[Check]:
    """A total of the unit that sentences give twice is given alike; differing words of scope leave it to the reader."""
    for role, metrics, stage in _GROUPS:
        found = said(case, role, metrics, stage)
        first = found[0] if found else None
        if first is None or sum(len(each.figures) for each in found) < 2:
            continue
        for other in found[1:]:
            names = {"first": first.value, "second": other.value}
            apart = _apart(case, first, other)
            if apart is not None:
                yield unverified("CON-02", apart, names)
            else:
                digits = shared_digits(first.value, other.value)
                outcome = check_equal(in_unit(first.value, other.value.unit), other.value.number, digits)
                yield compared("CON-02", outcome, term("first", first.value, other.value.unit), names)
        if len(found) == 1:
            yield line("CON-02", "pass", {"first": first.value}, reason=f"{role}{len(first.figures)}处一致")
    for told, near in covered_apart(case):
        outcome = check_equal(in_unit(told, near.unit), near.number, shared_digits(told, near))
        names = {"first": told, "second": near}
        result = compared("CON-02", outcome, term("first", told, near.unit), names, severity="P1")
        yield replace(result, reason="自评覆盖率为100%，所涉资金应为项目支出总额")


def _apart(case: Case, first: Said, other: Said) -> str | None:
    """Why two amounts may be of two things; None where they can only be the same one."""
    if first.value.yuan == other.value.yuan:
        return None
    if case.sentence(first.figures[0].span) == case.sentence(other.figures[0].span):
        return "同一句内两数，可能分属不同口径"
    if first.narrowed != other.narrowed:
        return "两处限定词不同，口径待核实"
    if first.partial(other.value) or other.partial(first.value):
        return "其中一处未写明是总额，口径待核实"
    if first.told(case, _GROSS) != other.told(case, _GROSS):
        return "其中一处为收支总计，可能含年末结转结余，口径待核实"
    if first.told(case, _PAID_IN) != other.told(case, _PAID_IN):
        return "其中一处为拨付或到位数，口径待核实"
    if first.figures[0].stage == "budget_annual" and first.told(case, _ADJUSTED) != other.told(
        case, _ADJUSTED
    ):
        return "其中一处未写明是调整后的全年预算，口径待核实"
    return None


@check("CON-03", "正文自评分与自评表", "P0", "正文没有自评分，或没有可对照的自评表总分")
def score_against_form(case: Case) -> Iterator[Check]:
    """A score that a sentence gives the unit or a project is the total its form prints."""
    forms = {form.scope: form for form in case.forms if form.total_score is not None}
    known_forms = Names(forms)
    spoken: dict[tuple[str, Decimal], Value] = {}
    for figure in case.prose:
        if figure.metric != "total_score" or figure.stage != "score":
            continue
        value = case.value_of(figure, "正文自评分")
        if value is None or not case.of_year(figure):
            continue
        scope = figure.scope if figure.scope in forms else known_forms.find(figure.scope)
        if scope is None and case.report.kind == "project" and len(forms) == 1:
            scope = next(iter(forms))
        if scope is None:
            continue
        known = spoken.get((scope, value.number))
        spoken[scope, value.number] = joined(known, value) if known else value
    for (scope, _), value in spoken.items():
        total = forms[scope].total_score
        assert total is not None
        names = {"text": value, "table": total.named(f"{forms[scope].title}总分")}
        if same_scale(value.number, total.number):
            yield compared("CON-03", check_equal(value.number, total.number), "text", names)
        else:
            yield unverified("CON-03", "两数相差过大，疑为单项得分、不同分制或总分读取不完整", names)
