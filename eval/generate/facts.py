"""The figures a sentence may quote, with their meaning."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from eval.generate.model import Assessment, Money, Project, Unit
from eval.generate.style import Style, percent, plain, rounded


@dataclass(frozen=True)
class Fact:
    """A printable figure."""

    text: str
    metric: str
    stage: str
    kind: str
    scope: str = "整体"
    period: int | None = None


Facts = dict[str, Fact]


def money_facts(prefix: str, metric: str, money: Money, style: Style, scope: str, year: int) -> Facts:
    """The stages of one item under one metric."""
    made = {
        "initial": ("budget_initial", money.initial, None),
        "annual": ("budget_annual", money.annual, None),
        "exec": ("exec", money.executed, None),
        "adjust": ("adjust", abs(money.adjust), None),
        "prev": ("prev_final", money.previous, year - 1),
        "left": ("carryover", money.annual - money.executed, None),
    }
    return {
        f"{prefix}_{key}": Fact(style.money(value), metric, stage, "money", scope, period)
        for key, (stage, value, period) in made.items()
    }


def rate(name: str, metric: str, part: Decimal, whole: Decimal, style: Style, scope: str = "整体") -> Facts:
    """A percentage when it can be computed."""
    return {name: Fact(style.rate(part / whole), metric, "rate", "rate", scope)} if whole else {}


def score_facts(form: Assessment, grade: str, style: Style, scope: str = "整体") -> Facts:
    """Score and grade of a form."""
    return {
        "score": Fact(plain(form.total_score) + style.spaced + "分", "total_score", "score", "score", scope),
        "grade": Fact(grade, "grade", "score", "grade", scope),
    }


def unit_facts(unit: Unit, style: Style) -> Facts:
    """All figures of the unit's own subject."""
    facts: Facts = {}
    year = unit.year

    def put(prefix: str, metric: str, money: Money) -> None:
        facts.update(money_facts(prefix, metric, money, style, "整体", year))

    put("basic", "expenditure_basic", unit.basic)
    put("staffcost", "expenditure_personnel", unit.personnel)
    put("public", "expenditure_public", unit.public_total)
    put("project", "expenditure_project", unit.project_total)
    put("sangong", "sangong_total", unit.sangong)
    put("reception", "sangong_reception", unit.reception)
    put("vehicle", "sangong_vehicle", unit.vehicle)
    put("run", "sangong_vehicle_run", unit.vehicle_run)
    put("abroad", "sangong_abroad", unit.abroad)
    put("buy", "procurement_amount", unit.procurement)
    put("fund", "fund_gpb", unit.total)
    total = unit.total
    for name, metric, stage, value, period in (
        ("revenue", "revenue_budget", "budget_annual", total.annual, None),
        ("initial", "budget_initial", "budget_initial", total.initial, None),
        ("annual", "budget_annual", "budget_annual", total.annual, None),
        ("adjust", "budget_adjust", "adjust", abs(total.adjust), None),
        ("exec", "exec_annual", "exec", total.executed, None),
        ("spent", "expenditure_total", "exec", total.executed, None),
        ("spent_prev", "expenditure_total", "prev_final", total.previous, year - 1),
        ("grown", "other", "other", abs(total.executed - total.previous), None),
        ("left", "carryover_out", "carryover", total.annual - total.executed, None),
        ("carry", "carryover_in", "carryover", unit.form.carry, None),
        ("other", "other_funds", "budget_annual", unit.form.other, None),
        # what was evaluated, where the sentence does not say whether its budget or its spending
        ("evaluated", "expenditure_project", "budget_annual|exec", unit.project_total.annual, None),
    ):
        facts[name] = Fact(style.money(value), metric, stage, "money", "整体", period)
    facts |= _rates(unit, style)
    if unit.basic.adjust > 0 and unit.project_total.adjust > 0:
        for name, metric, money in (
            ("basic_added", "basic_budget_adjust|expenditure_basic", unit.basic),
            ("project_added", "expenditure_project", unit.project_total),
        ):
            facts[name] = Fact(style.money(money.adjust), metric, "adjust", "money")
    facts |= people_facts(unit, style)
    return facts | score_facts(unit.form, unit.grade(unit.form.total_score), style)


def _rates(unit: Unit, style: Style) -> Facts:
    """Rates of execution, shares and changes of the unit's money."""
    total = unit.total
    facts = rate("rate", "exec_rate", total.executed, total.annual, style)
    facts |= rate("adjust_rate", "budget_adjust_rate", abs(total.adjust), total.initial, style)
    facts |= rate("share_basic", "other", unit.basic.executed, total.executed, style)
    facts |= rate("share_project", "other", unit.project_total.executed, total.executed, style)
    facts |= rate("share_staff", "share_personnel", unit.personnel.executed, unit.basic.executed, style)
    facts |= rate("share_public", "share_public", unit.public_total.executed, unit.basic.executed, style)
    facts |= rate("grown_rate", "other", abs(total.executed - total.previous), total.previous, style)
    facts |= rate(
        "project_rate",
        "exec_rate|expenditure_project",
        unit.project_total.executed,
        unit.project_total.annual,
        style,
    )
    return facts | rate(
        "buy_rate", "procurement_exec_rate", unit.procurement.executed, unit.procurement.initial, style
    )


def people_facts(unit: Unit, style: Style) -> Facts:
    """Staff and counts."""
    people = unit.staff
    count = len(unit.projects)
    gap = style.spaced
    return {
        "quota": Fact(f"{people.quota}{gap}人", "staff_quota", "quota", "staff"),
        "quota_ming": Fact(f"{people.quota}{gap}名", "staff_quota", "quota", "staff"),
        "people": Fact(f"{people.total}{gap}人", "staff_total", "headcount", "staff"),
        "duty": Fact(f"{people.on_duty}{gap}人", "staff_on_duty", "on_duty", "staff"),
        "lixiu": Fact(f"{people.lixiu}{gap}人", "staff_lixiu", "retired", "staff"),
        "retired": Fact(f"{people.retired}{gap}人", "staff_retired", "retired", "staff"),
        "control": Fact(
            percent(Decimal(people.on_duty) / people.quota, 2), "staff_control_rate", "rate", "rate"
        ),
        "rooms": Fact(f"{unit.departments}{gap}个", "dept_internal_count", "other", "count"),
        "under": Fact(f"0{gap}个", "unit_subordinate_count", "other", "count"),
        "projects": Fact(f"{count}{gap}个", "project_count", "other", "count"),
        "projects_xiang": Fact(f"{count}{gap}项", "project_count", "other", "count"),
        "projects_done": Fact(f"{count}{gap}项", "project_exec_count|project_count", "other", "count"),
        "coverage": Fact("100%", "selfeval_coverage", "rate", "rate"),
        "average": Fact(_average(unit) + gap + "分", "selfeval_avg_score", "score", "score"),
    }


def _average(unit: Unit) -> str:
    scores = [p.form.total_score for p in unit.projects] or [Decimal(0)]
    return plain(rounded(sum(scores, Decimal(0)) / len(scores), 2))


def project_facts(project: Project, unit: Unit, style: Style) -> Facts:
    """Figures of one named project."""
    money = project.money
    facts: Facts = {}
    for key, metric, stage, value in (
        ("initial", "project_budget", "budget_initial", money.initial),
        ("annual", "project_budget", "budget_annual", money.annual),
        ("adjust", "project_budget", "adjust", abs(money.adjust)),
        ("exec", "project_exec", "exec", money.executed),
        ("left", "carryover_out|project_budget", "carryover", money.annual - money.executed),
    ):
        facts[key] = Fact(style.money(value), metric, stage, "money", project.name)
    facts |= rate("rate", "exec_rate", money.executed, money.annual, style, project.name)
    return facts | score_facts(project.form, unit.grade(project.form.total_score), style, project.name)
