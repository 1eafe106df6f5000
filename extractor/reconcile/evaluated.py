"""The projects whose evaluation the report shows, and whether they are all projects it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.amounts import is_money
from extractor.identities import HUNDRED, ZERO
from extractor.reconcile.basetable import cell_of, value_of
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.lists import project_totals
from extractor.reconcile.memo import per_case
from extractor.reconcile.values import Value, of_cell
from extractor.schema import OVERALL, Cell, Figure, Stage

_STAGES: tuple[tuple[Stage, str], ...] = (("budget_annual", "annual"), ("exec", "executed"))
_ALL_STAGES: tuple[Stage, ...] = ("budget_initial", "budget_annual", "exec")
_ROUNDED = Decimal("0.006")  # whole 万元 beside decimals
_AMOUNTS = frozenset(("project_budget", "project_exec"))


class Evaluated(NamedTuple):
    """A project with its score; money that is not printed is None."""

    name: str
    score: Value
    annual: Value | None
    executed: Value | None


class Proof(NamedTuple):
    """What shows that every project was evaluated: their money adds up to `whole`, or there are as many as `whole` counts."""

    projects: tuple[Evaluated, ...]
    parts: tuple[Value, ...]
    whole: Value


@per_case
def evaluated(case: Case) -> tuple[Evaluated, ...]:
    """Every project whose score a form, a list or a sentence prints, once."""
    out: dict[str, Evaluated] = {}
    for project in case.report.projects:
        name = project.name.text
        score = of_cell(project.total_score, f"“{name[:20]}”得分", "分")
        if score is not None:
            money = (_money(case, cell, name) for cell in (project.annual, project.executed))
            out.setdefault(bare_name(name), Evaluated(name, score, *money))
    for figure in case.prose:
        if figure.metric == "total_score" and figure.stage == "score" and figure.scope != OVERALL:
            told = case.value_of(figure, f"“{figure.scope[:20]}”得分")
            if told is not None and not any(_one_name(figure.scope, name) for name in out):
                amounts = (_told(case, figure.scope, stage) for stage, _ in _STAGES)
                out[bare_name(figure.scope)] = Evaluated(figure.scope, told, *amounts)
    return tuple(out.values())


def _one_name(scope: str, known: str) -> bool:
    own = bare_name(scope)
    return own in known or known in own


def _money(case: Case, cell: Cell | None, name: str) -> Value | None:
    return None if cell is None else of_cell(cell, name, case.unit_at(cell.span))


def _told(case: Case, scope: str, stage: Stage) -> Value | None:
    """The one amount of a stage that sentences give a project."""
    values = [
        value for figure in case.spoken_of(scope)
        if figure.metric in _AMOUNTS and figure.stage == stage and (value := case.value_of(figure, scope)) is not None
    ]  # fmt: skip
    return values[0] if len({value.yuan for value in values}) == 1 else None


def proof_of_all(case: Case, claim: Figure) -> Proof | None:
    """What the report prints outside the sentence of a claimed coverage that makes the evaluated projects all projects."""
    projects = evaluated(case)
    for stage, name in _STAGES:
        parts = [part for each in projects if (part := getattr(each, name)) is not None]
        if len(parts) < len(projects) or not all(part.certain and part.yuan for part in parts):
            continue
        total = sum((part.yuan or ZERO for part in parts), ZERO)
        for whole in _wholes(case, stage):
            if whole.yuan and whole.yuan == total:  # so exact a sum vouches for what the total is called
                return Proof(projects, tuple(parts), whole)
    counts = counted(case, claim)
    if projects and {count.number for count in counts} == {Decimal(len(projects))}:
        return Proof(projects, (), counts[0])
    return None


def _wholes(case: Case, stage: Stage) -> Iterator[Value]:
    """Totals of project spending that sentences without a coverage and the base table print."""
    claims = {case.sentence(each.span) for each in case.by_metric(("selfeval_coverage",))}
    for figure in project_totals(case, stage):
        if figure.table is None and case.sentence(figure.span) not in claims:
            value = case.value_of(figure, "项目支出总额")
            if value is not None:
                yield value
    for table in case.bases:
        cell = None if table.project.total is None else cell_of(table.project.total, stage)
        unit = case.unit_of(table.table)
        if table.project.total is not None and cell is not None and unit is not None:
            value = value_of(table.project.total, cell, unit)
            if value is not None:
                yield value


def covered_apart(case: Case) -> Iterator[tuple[Value, Value]]:
    """The money of a sentence that claims a coverage of 100 %, where it is none of the project totals printed elsewhere.

    With it comes the nearest of them; nothing where budget or spending of all projects is not told, for it may be that.
    """
    for claim in case.by_metric(("selfeval_coverage",)):
        start, _ = case.sentence(claim.span)
        money = [f for f in case.between(start, claim.span.start) if is_money(f.amount.unit)]
        if claim.amount.value != HUNDRED or [f.metric for f in money] != ["expenditure_project"]:
            continue
        told = case.value_of(money[0], "自评所涉项目资金")
        totals = {stage: list(_totals(case, stage)) for stage in _ALL_STAGES}
        if told is None or not told.yuan or not (totals["budget_annual"] and totals["exec"]):
            continue
        every = [value for values in totals.values() for value in values if value.yuan]
        near = min(every, key=lambda value: abs((value.yuan or ZERO) - (told.yuan or ZERO)), default=None)
        if near is not None and near.yuan and abs(near.yuan - told.yuan) > _ROUNDED * told.yuan:
            yield told, near


def _totals(case: Case, stage: Stage) -> Iterator[Value]:
    """Totals of project spending in sentences, lists and the base table."""
    yield from _wholes(case, stage)
    for figure in project_totals(case, stage):
        value = case.value_of(figure, "项目支出总额") if figure.table is not None else None
        if value is not None:
            yield value


def counted(case: Case, claim: Figure) -> list[Value]:
    """How many projects there are, as sentences say that do not speak of the evaluation."""
    out = []
    for figure in case.by_metric(("project_count",)):
        told = case.sentence(figure.span) == case.sentence(claim.span)
        value = case.value_of(figure, "项目个数")
        if not told and value is not None and "自评" not in case.sentence_words(figure.span):
            out.append(value)
    return out
