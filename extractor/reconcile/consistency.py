"""CON: numbers that the report prints in several places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.findings import Check, Severity
from extractor.identities import check_equal
from extractor.reconcile.basetable import Block, cell_of
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.forms import Form
from extractor.reconcile.lists import speaks_of_projects
from extractor.reconcile.registry import check, compared, line, unverified
from extractor.reconcile.rows import text_of
from extractor.reconcile.values import (
    Value,
    comparable,
    in_unit,
    joined,
    of_cell,
    shared_digits,
    term,
)
from extractor.schema import OVERALL, Figure, Stage

_SHORT_NAME, _MANY_NAMES = 3, 300
_SPENT = ("exec_annual", "expenditure_total")
_GROUPS: tuple[tuple[str, tuple[str, ...], Stage], ...] = (
    ("全年支出", _SPENT, "exec"), ("项目支出", ("expenditure_project",), "exec"), ("基本支出", ("expenditure_basic",), "exec"),
    ("人员经费", ("expenditure_personnel",), "exec"), ("公用经费", ("expenditure_public",), "exec"),
    ("全年预算数", ("budget_annual",), "budget_annual"), ("年初预算数", ("budget_initial",), "budget_initial"),
    ("预算收入", ("revenue_budget",), "budget_annual"), ("项目支出预算", ("expenditure_project",), "budget_annual"),
    ("项目支出年初预算", ("expenditure_project",), "budget_initial"),
)  # fmt: skip


class Said(NamedTuple):
    """A distinct amount of prose, every place that prints it, and the words that narrow it."""

    value: Value
    narrowed: frozenset[str]
    figures: tuple[Figure, ...]


def said(case: Case, role: str, metrics: tuple[str, ...], stage: Stage) -> list[Said]:
    """The distinct amounts that sentences give for one total of the unit and the year."""
    out: dict[tuple[Decimal, frozenset[str]], Said] = {}
    for figure in case.by_metric(metrics, stage):
        if case.after_items(figure) or ("项目" in role and not speaks_of_projects(case, figure)):
            continue
        value = case.value_of(figure, f"正文{role}")
        if value is None or value.yuan is None:
            continue
        key = (value.yuan, case.narrowed(figure))
        known = out.get(key)
        if known is None:
            out[key] = Said(value, key[1], (figure,))
        else:
            merged = joined(known.value, value)
            out[key] = Said(merged, key[1], (*known.figures, figure))
    return list(out.values())


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
    return found


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
    if result.status == "fail" and gap:
        near = (other.scale or Decimal(1)) / 100
        if any(abs(source - gap) <= near for source in _listed_sources(case)):
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
            soft = role == "预算收入" or (each.narrowed and each.value.number < table.number)
            yield against(case, "CON-01", each.value, table, "P1" if soft else "P0")


def _with_base(case: Case) -> Iterator[Check]:
    """The totals of the 基础数据表 against the sentences."""
    for base in case.bases:
        unit = case.unit_of(base.table) or "万元"
        blocks: tuple[tuple[str, str, Block], ...] = (
            ("项目支出", "expenditure_project", base.project), ("公用经费", "expenditure_public", base.public),
            ("三公经费", "sangong_total", base.sangong),
        )  # fmt: skip
        for role, metric, block in blocks:
            for stage in ("budget_initial", "exec"):
                cell = cell_of(block.total, stage) if block.total else None
                table = of_cell(cell, f"基础数据表{role}", unit)
                if table is None:
                    continue
                for each in said(case, role, (metric,), stage):
                    soft = bool(each.narrowed) and each.value.number < table.number
                    yield against(case, "CON-01", each.value, table, "P1" if soft else "P0")


def _with_list(case: Case) -> Iterator[Check]:
    """The 合计 of a 资金使用表 against the project spending of the sentences: never more than P1 (CHECKS 0.2)."""
    for table in case.report.tables:
        if table.kind != "fund_use":
            continue
        unit = case.unit_of(table.id)
        rows = [fund for fund in case.report.funds if fund.table == table.id]
        total = next(
            (fund for fund in rows if "合计" in text_of(fund.item) or "总计" in text_of(fund.item)), None
        )
        if total is None:
            continue
        budget = of_cell(total.annual or total.initial, "资金使用表合计", unit)
        executed = of_cell(total.executed, "资金使用表执行合计", unit)
        wanted: tuple[tuple[Stage, Value | None], ...] = (
            ("budget_annual", budget), ("budget_initial", budget), ("exec", executed),
        )  # fmt: skip
        for stage, value in wanted:
            for each in said(case, "项目支出", ("expenditure_project",), stage) if value is not None else ():
                assert value is not None
                result = against(case, "CON-01", each.value, value, "P1", "表内任务未必是全部项目")
                if result.status == "fail" and _part_of_base(case, value):
                    names = {"text": each.value, "table": value}
                    result = line(
                        "CON-01",
                        "pass",
                        names,
                        severity="I",
                        reason="表内合计等于基础数据表所列专项，是项目支出的一部分",
                    )
                yield result


def _part_of_base(case: Case, value: Value) -> bool:
    """Whether a list's total is printed as a part of project spending in the 基础数据表."""
    for base in case.bases:
        unit = case.unit_of(base.table) or "万元"
        rows = [*base.project.parts, *([base.project.heading] if base.project.heading else [])]
        cells = [
            cell for row in rows for stage in ("budget_initial", "exec") if (cell := cell_of(row, stage))
        ]
        if any(part.yuan == value.yuan for cell in cells if (part := of_cell(cell, "", unit)) is not None):
            return True
    return False


class Names:
    """Printed names that a scope may mean."""

    def __init__(self, names: Iterable[str]) -> None:
        self.exact = {bare_name(name): name for name in names}

    def find(self, scope: str) -> str | None:
        """The one name a scope means: the same, or, in a short list, the only one that contains it or is part of it."""
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
    columns = {"budget_initial": "initial", "budget_annual": "annual", "exec": "executed"}
    done: set[tuple[str, str, Decimal]] = set()
    for figure in case.prose:
        column = columns.get(figure.stage)
        if (
            figure.metric not in ("project_budget", "project_exec")
            or column is None
            or not case.of_year(figure)
        ):
            continue
        name = known.find(figure.scope)
        value = case.value_of(figure, f"正文“{figure.scope}”金额")
        if name is None or value is None or value.yuan is None or (name, column, value.yuan) in done:
            continue
        done.add((name, column, value.yuan))
        cell = getattr(projects[name], column)
        table = of_cell(cell, f"表内“{name}”金额", _unit_at(case, cell.span.start) if cell else None)
        if table is not None:
            yield against(case, "CON-01", value, table, "P1")


def _unit_at(case: Case, at: int) -> str | None:
    table = next((t for t in case.report.tables if t.span.start <= at < t.span.end), None)
    return case.unit_of(table.id) if table else None


@check("CON-01", "正文与表同口径数", "P0", "正文和表没有同一口径的数")
def text_against_tables(case: Case) -> Iterator[Check]:
    """An amount of a sentence equals the same amount of a table: same metric, year, stage, scope and unit base."""
    if case.overall_form is not None and case.overall_form.scope == OVERALL:
        yield from _with_form(case, case.overall_form)
    yield from _with_base(case)
    yield from _with_list(case)
    yield from _with_projects(case)


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
            if case.sentence(first.figures[0].span) == case.sentence(other.figures[0].span):
                yield unverified("CON-02", "同一句内两数，可能分属不同口径", names)
            elif first.narrowed != other.narrowed:
                yield unverified("CON-02", "两处限定词不同，口径待核实", names)
            else:
                digits = shared_digits(first.value, other.value)
                outcome = check_equal(in_unit(first.value, other.value.unit), other.value.number, digits)
                yield compared("CON-02", outcome, term("first", first.value, other.value.unit), names)
        if len(found) == 1:
            yield line("CON-02", "pass", {"first": first.value}, reason=f"{role}{len(first.figures)}处一致")


@check("CON-03", "正文自评分与自评表", "P0", "正文没有自评分，或没有可对照的自评表总分")
def score_against_form(case: Case) -> Iterator[Check]:
    """A score that a sentence gives the unit or a project is the total its form prints."""
    forms = {form.scope: form for form in case.forms if form.total_score is not None}
    known_forms = Names(forms)
    spoken: dict[tuple[str, Decimal], Value] = {}
    for figure in case.prose:
        value = case.value_of(figure, "正文自评分")
        if (
            figure.metric != "total_score"
            or figure.stage != "score"
            or value is None
            or not case.of_year(figure)
        ):
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
        outcome = check_equal(value.number, total.number)
        names = {"text": value, "table": total.named(f"{forms[scope].title}总分")}
        yield compared("CON-03", outcome, "text", names)
