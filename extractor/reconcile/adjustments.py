"""SUM-14, RAT-07: how the budget was adjusted in the year, where the adjustment went, and whether it was large."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.amounts import is_money
from extractor.findings import Check
from extractor.identities import HUNDRED, ZERO, check_sum
from extractor.patterns import lazy
from extractor.reconcile.attachments import named_projects
from extractor.reconcile.basetable import cell_of, label_of
from extractor.reconcile.case import Case
from extractor.reconcile.consistency import Names
from extractor.reconcile.lists import stated_count
from extractor.reconcile.memo import per_case
from extractor.reconcile.registry import check, compared, line, passed, unverified
from extractor.reconcile.values import Value, comparable, digits_of, in_unit, of_cell, term
from extractor.reconcile.views import remote, steady
from extractor.schema import OVERALL

_CUT_BACK = lazy(r"追减|调减|核减|收回|减少|压减|上缴")


class Change(NamedTuple):
    """Two amounts whose difference is an adjustment, or one amount that is it."""

    name: str
    initial: Value
    annual: Value | None
    change: Value | None

    @property
    def amount(self) -> Decimal:
        """The adjustment in the unit of the initial budget."""
        if self.change is not None:
            return in_unit(self.change, self.initial.unit)
        assert self.annual is not None
        return in_unit(self.annual, self.initial.unit) - self.initial.number


class Move(NamedTuple):
    """The adjustment of one project: what raised its budget and what lowered it, or its new budget and its old."""

    plus: Value | None
    minus: Value | None

    @property
    def yuan(self) -> Decimal:
        """The adjustment in 元."""
        raised = self.plus.yuan if self.plus is not None else None
        lowered = self.minus.yuan if self.minus is not None else None
        return (raised or ZERO) - (lowered or ZERO)


@per_case
def _whole_unit(case: Case) -> Change | None:
    """The adjustment of the whole unit: of its own form, else of the sentences."""
    form = case.overall_form
    if form is not None and form.scope == OVERALL and form.total_row is not None:
        initial = form.money(form.total_row.initial, "年初预算数")
        annual = form.money(form.total_row.annual, "全年预算数")
        if initial is not None and annual is not None and comparable((initial, annual)):
            return Change("部门整体", initial, annual, None)
    found: dict[str, Value] = {}
    for metric, stage in (("budget_initial", "budget_initial"), ("budget_annual", "budget_annual")):
        values = {}
        for figure in case.by_metric((metric,), stage):
            value = case.value_of(figure, "年初预算数" if metric == "budget_initial" else "全年预算数")
            if value is not None and value.scale is not None and not case.after_items(figure):
                values[value.yuan] = value
        if len(values) == 1:
            found[metric] = next(iter(values.values()))
    if len(found) == 2:
        return Change("部门整体", found["budget_initial"], found["budget_annual"], None)
    return None


@per_case
def _projects(case: Case) -> list[Change]:
    """The adjustment of every project with a form of its own."""
    out = []
    for form in case.forms:
        row = form.total_row
        if form.scope == OVERALL or row is None:
            continue
        initial, annual = form.money(row.initial, "年初预算数"), form.money(row.annual, "全年预算数")
        if initial is not None and annual is not None and comparable((initial, annual)):
            out.append(Change(form.scope, initial, annual, None))
    return out


@check("RAT-07", "预算调整率偏大", "P1", "没有同时列出年初预算数和全年预算数")
def large_adjustments(case: Case) -> Iterator[Check]:
    """An adjustment of more than the bureau's limit (30 %) of the initial budget is to be explained (CHECKS 0.12)."""
    limit = case.profile.limits["adjustment"]
    whole = _whole_unit(case)
    seen = False
    for found in (*([whole] if whole is not None else []), *_projects(case)):
        if found.initial.number <= 0 or found.annual is None or found.annual.number <= 0:
            continue
        if not steady((found.initial, found.annual)) or remote(found.initial.number, found.annual.number):
            yield unverified("RAT-07", f"“{found.name}”读数存疑")
            continue
        seen = True
        carried = sum(_carried(case, found), ZERO)
        shares = [
            abs(amount) / found.initial.number * HUNDRED for amount in (found.amount, found.amount - carried)
        ]
        if min(shares) > limit:
            names = {
                "initial": found.initial.named(f"“{found.name}”年初预算数"), "annual": found.annual.named("全年预算数"),
            }  # fmt: skip
            formula = (
                f"round(({term('annual', found.annual, found.initial.unit)} - initial) / initial * 100, 2)"
            )
            yield line("RAT-07", "fail", names, formula=formula, difference=abs(found.amount))
    if seen:
        yield passed("RAT-07", f"其余资金调整率不超过{limit}%")


@check("SUM-14", "基本支出与项目支出调整合计", "P1", "没有列出基本支出预算调整数和项目调整数")
def adjustments_add_up(case: Case) -> Iterator[Check]:
    """The adjustment of 基本支出 and those of the projects make up that of the whole, carry-over counted or not."""
    yield from _told(case)
    whole, basic, changes = _whole_unit(case), _basic(case), _project_changes(case)
    if whole is None or whole.annual is None or basic is None or not changes:
        return
    unit = whole.initial.unit
    names: dict[str, Value] = {"annual": whole.annual, "initial": whole.initial, "x0": basic}
    terms, numbers = [term("x0", basic, unit)], [in_unit(basic, unit)]
    for n, change in enumerate(changes.values(), 1):
        plus, minus = f"x{n}", f"y{n}"
        for name, value in ((plus, change.plus), (minus, change.minus)):
            if value is not None:
                names[name] = value
                terms.append((" + " if name is plus else " - ") + term(name, value, unit))
                numbers.append(in_unit(value, unit) * (1 if name is plus else -1))
    if not comparable(names.values()):
        return
    outcome = check_sum(numbers, whole.amount, digits_of(names.values(), unit))
    carried = sum(_carried(case, whole), ZERO)
    if carried and abs(outcome.computed + carried - whole.amount) <= outcome.tolerance:
        yield passed("SUM-14", "加上所列上年结转后相等", names)
    elif outcome.agreement == "fail" and not (_sure(names) and _every_project(case, changes)):
        yield unverified("SUM-14", "所列项目未必是全部，或读数存疑", names)
    else:
        reason = "列明的调整少于总调整" if outcome.computed < whole.amount else "列明的调整多于总调整"
        failed = outcome.agreement == "fail"
        yield compared("SUM-14", outcome, "".join(terms), names, reason=reason if failed else None)


def _told(case: Case) -> Iterator[Check]:
    """A sentence that splits the year's adjustment into 基本支出 and 项目支出, and into nothing else."""
    for total in case.by_metric(("budget_adjust",), "adjust"):
        _, end = case.sentence(total.span)
        after = [f for f in case.between(total.span.end, end) if is_money(f.amount.unit)]
        basic, project = after[:2] if len(after) > 1 else (None, None)
        if (
            basic is None
            or project is None
            or basic.metric not in _BASIC
            or project.metric != "expenditure_project"
        ):
            continue
        if any(f.stage != "adjust" for f in after[:2]) or (len(after) > 2 and after[2].stage == "adjust"):
            continue
        values = [case.value_of(f, role) for f, role in zip((total, *after[:2]), _ADJUSTED, strict=True)]
        known = [value for value in values if value is not None]
        if len(known) == 3 and comparable(known):
            yield _told_line(known, [_CUT_BACK.search(case.lead(f)) is not None for f in (total, *after[:2])])


_BASIC = ("expenditure_basic", "basic_budget_adjust")
_ADJUSTED = ("全年预算调整数", "基本支出调整数", "项目支出调整数")


def _told_line(values: list[Value], lowered: list[bool]) -> Check:
    unit = values[0].unit
    signs = ["-" if low else "+" for low in lowered]
    numbers = [in_unit(value, unit) * (-1 if low else 1) for value, low in zip(values, lowered, strict=True)]
    outcome = check_sum(numbers[1:], numbers[0], digits_of(values, unit))
    names = dict(zip(("total", "x1", "x2"), values, strict=True))
    if lowered[0]:  # a total that is told as a cut is the parts with their signs turned
        signs = ["+" if sign == "-" else "-" for sign in signs]
        outcome = check_sum([-number for number in numbers[1:]], -numbers[0], digits_of(values, unit))
    terms = [term(name, value, unit) for name, value in list(names.items())[1:]]
    formula = f"0 {signs[1]} {terms[0]} {signs[2]} {terms[1]}" if "-" in signs[1:] else " + ".join(terms)
    return compared("SUM-14", outcome, formula, names)


def _sure(names: dict[str, Value]) -> bool:
    annual, basic = names["annual"].yuan or ZERO, names["x0"].yuan or ZERO
    plausible = abs(basic) <= annual and not remote(names["initial"].number, names["annual"].number)
    return steady(names.values()) and plausible


def _basic(case: Case) -> Value | None:
    """部门基本支出预算调整 of the 基础数据表; a row that says 整体 is no part."""
    for row in case.report.base_data:
        if "基本支出预算调整" not in label_of(row):
            continue
        unit = case.unit_of(row.table)
        for stage in ("exec", "adjust", "budget_annual", "budget_initial"):
            value = of_cell(cell_of(row, stage), "基本支出预算调整", unit)
            if value is not None:
                return value
    return None


def _project_changes(case: Case) -> dict[str, Move]:
    """Adjustments of named projects: as sentences print them, else 全年预算数 and 年初预算数 of their form; each project once."""
    found: dict[str, Move] = {}
    for figure in case.prose:
        if figure.stage != "adjust" or figure.metric not in ("project_budget", "budget_adjust"):
            continue
        if figure.scope == OVERALL or not case.of_year(figure):
            continue
        value = case.value_of(figure, f"“{figure.scope}”调整数")
        if value is not None and value.scale is not None:
            lowered = _CUT_BACK.search(case.lead(figure)) is not None and value.number > 0
            found.setdefault(figure.scope, Move(None, value) if lowered else Move(value, None))
    spoken = Names(found)
    for change in _projects(case):
        if change.annual is not None and change.amount and spoken.find(change.name) is None:
            annual = change.annual.named(f"“{change.name}”全年预算数")
            found[change.name] = Move(annual, change.initial.named("年初预算数"))
    return found


def _every_project(case: Case, changes: dict[str, Move]) -> bool:
    """Whether the changes are all there are: every counted project has one or a form, or project spending changed by as much."""
    known = Names([*changes, *(change.name for change in _projects(case))])
    projects = named_projects(case)
    if stated_count(case) == len(projects) and all(known.find(name) is not None for name, _ in projects):
        return True
    listed = sum((change.yuan for change in changes.values()), ZERO)
    for base in case.bases:
        unit, total = case.unit_of(base.table) or "万元", base.project.total
        before = of_cell(cell_of(total, "budget_initial"), "", unit) if total is not None else None
        after = of_cell(cell_of(total, "exec"), "", unit) if total is not None else None
        if before is not None and after is not None and before.yuan is not None and after.yuan is not None:
            return len(changes) == 1 and after.yuan - before.yuan == listed
    return False


def _carried(case: Case, found: Change) -> Iterator[Decimal]:
    """Last year's money in the annual budget of a change, which no one adjusted, in the unit of its initial budget."""
    for form in case.forms:
        if form.total_row is None or form.total_row.annual is None or found.annual is None:
            continue
        if form.total_row.annual.id != found.annual.ref:
            continue
        for fund in form.carryover_rows:
            value, initial = form.money(fund.annual, "上年结转资金"), form.money(fund.initial, "上年结转资金")
            if value is not None and initial is None:
                yield in_unit(value, found.initial.unit)
