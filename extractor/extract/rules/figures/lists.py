"""Lists of projects whose words do not say what the amounts are: what else the report prints of them decides."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

from extractor.extract.rules.figures.marks import evidence_of
from extractor.extract.rules.figures.names import core_of
from extractor.extract.rules.figures.projects import by_stage
from extractor.records import replace
from extractor.schema import OVERALL, Figure, Stage

_TOTALS = frozenset((
    "expenditure_project", "budget_initial", "budget_annual", "exec_annual", "expenditure_total",
))  # fmt: skip
_OF_PROJECT = frozenset(("project_exec", "project_budget"))
_NEAR = 12  # figures before a list among which its total stands
_ZERO, _HALF = Decimal(0), Decimal(5000)  # half of 万元

Open = dict[int, tuple[Stage, ...]]
Told = tuple[Stage, bool]  # the stage, and whether it is the only one that fits
Known = dict[str, dict[Stage, set[Decimal]]]


def settle_lists(
    figures: list[Figure], could_be: Open, told: Sequence[tuple[str, Stage, Decimal]]
) -> list[Figure]:
    """`figures` with the stage of every list of `could_be` that the projects' own figures, or the list's sum, tell."""
    if not could_be:
        return figures
    runs = list(_runs(figures, could_be))
    known = _known(figures, could_be, told)
    # what stands alone is no list, and tells of those that are
    lists = {at for run in runs if len(run) > 1 for at in run}
    by_sentences = _known(figures, lists, told)
    out = list(figures)
    for run in runs:
        told_by = (
            _by_sum(run, could_be, figures, exact=True)
            or _by_projects(run, could_be, figures, by_sentences if len(run) > 1 else known)
            or _by_sum(run, could_be, figures, exact=False)
        )
        if told_by is None:
            continue
        stage, alone = told_by
        for at in run:
            # where a budget was spent to the last cent, either may be meant
            reading = by_stage(stage, figures[at].scope, 0.9 if alone else figures[at].evidence.confidence)
            out[at] = replace(
                figures[at], metric=reading.metric, stage=stage, evidence=evidence_of(reading.confidence)
            )
    return out


def _runs(figures: Sequence[Figure], could_be: Open) -> Iterator[list[int]]:
    """The lists: open figures right behind one another in one section, each of another project."""
    run: list[int] = []
    scopes: set[str] = set()
    for at in could_be:
        figure = figures[at]
        if run and (
            at != run[-1] + 1 or figure.section != figures[run[-1]].section or figure.scope in scopes
        ):
            yield run
            run, scopes = [], set()
        run.append(at)
        scopes.add(figure.scope)
    if run:
        yield run


def _known(
    figures: Sequence[Figure], open_ones: Container[int], told: Sequence[tuple[str, Stage, Decimal]]
) -> Known:
    """The amounts that forms and other sentences give each project, by stage."""
    known: Known = {}
    for name, stage, amount in told:
        known.setdefault(core_of(name), {}).setdefault(stage, set()).add(amount)
    for at, figure in enumerate(figures):
        value = figure.amount.base_value
        if (
            figure.metric in ("project_budget", "project_exec")
            and at not in open_ones
            and figure.scope != OVERALL
            and figure.evidence.certain
            and value is not None
        ):
            known.setdefault(core_of(figure.scope), {}).setdefault(figure.stage, set()).add(value)
    return known


def _by_projects(run: Sequence[int], could_be: Open, figures: Sequence[Figure], known: Known) -> Told | None:
    """The one stage at which the listed amounts are those the report gives these projects elsewhere."""
    agreed: dict[Stage, int] = {}
    asked = 0
    added = False  # a project with no money in the list was given its own in the course of the year
    for at in run:
        own = known.get(core_of(figures[at].scope))
        value = figures[at].amount.base_value
        if not own or value is None:
            continue
        if figures[at].evidence.certain and figures[at].stage not in own:
            return None  # the words say what it is, and nothing speaks against them
        asked += 1
        added = added or not (
            value or figures[at].stage == "budget_initial" or 0 in own.get("budget_annual", (0,))
        )
        for stage in could_be[at]:
            agreed[stage] = agreed.get(stage, 0) + (value in own.get(stage, ()))
    best = max(agreed.values(), default=0)
    if added and "budget_initial" in could_be[run[0]]:
        return "budget_initial", False
    if not best or best * 2 <= asked:
        return None
    return _only([stage for stage, count in agreed.items() if count == best], figures[run[0]].stage)


def _by_sum(run: Sequence[int], could_be: Open, figures: Sequence[Figure], *, exact: bool) -> Told | None:
    """The stage of the total told before that the listed amounts add up to; `exact`: to the last digit, and to no other."""
    values = [figures[at].amount.base_value for at in run]
    total = sum((value for value in values if value is not None), _ZERO)
    if not total or None in values or figures[run[0]].evidence.certain:
        return None  # what the words say of the list is worth more than that it adds up to something
    first = run[0]
    near = [
        (abs(value - total), each.stage)
        for each in figures[max(0, first - _NEAR) : first]
        if each.metric in (_TOTALS if each.scope == OVERALL else _OF_PROJECT)
        and each.stage in could_be[first]
        and (value := each.amount.base_value) is not None
    ]
    same = {stage for off, stage in near if not off}
    if exact:
        return (next(iter(same)), True) if len(same) == 1 and sum(map(bool, values)) > 1 else None
    rounded = {stage for off, stage in near if off <= _rounding(run, figures)}
    return _only(sorted(same or rounded), figures[first].stage)


def _rounding(run: Sequence[int], figures: Sequence[Figure]) -> Decimal:
    """How far the sum of three and more amounts in whole 万元 may be from their rounded total."""
    amounts = [figures[at].amount for at in run]
    if len(run) < 3 or any(amount.decimals or amount.unit != "万元" for amount in amounts):
        return _ZERO
    return (len(run) + 1) * _HALF


def _only(stages: Sequence[Stage], read: Stage) -> Told | None:
    """The stage that is left; where several are, the one that the words suggest, if it is among them."""
    if len(stages) == 1:
        return stages[0], True
    if read in stages:
        return read, False
    unchanged = set(stages) == {"budget_initial", "budget_annual"}  # a budget that nothing was added to
    return ("budget_initial", False) if unchanged else None
