"""Budgets that add up: 批复A, 追加B, 全年预算C with A + B = C, so that A was the initial budget whatever its word."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.extract.rules.figures.marks import evidence_of
from extractor.extract.rules.lexicon import holds
from extractor.records import replace
from extractor.schema import OVERALL, Figure

_REACH = 6  # figures after a budget among which the sum may stand
_WHOLES = frozenset(("budget_annual", "project_budget", "revenue_budget"))
_CUT = ("减",)
_GROWN = ("增", "减")


def settle_chains(figures: list[Figure]) -> list[Figure]:
    """`figures` with every budget that an adjustment told after it turns into a later one read as the initial budget."""
    out = figures
    for at, figure in enumerate(figures):
        if figure.metric == "other" and _is_growth(figures, at):
            out = list(out) if out is figures else out
            metric = "budget_adjust" if figure.scope == OVERALL else "project_budget"
            out[at] = replace(figure, metric=metric, stage="adjust", evidence=evidence_of(0.9))
            continue
        if figure.stage != "adjust" or figure.metric not in ("budget_adjust", "project_budget"):
            continue
        initial = _initial(figures, at)
        if initial is not None:
            out = list(out) if out is figures else out
            own = figures[initial]
            metric = "project_budget" if own.metric == "project_budget" else "budget_initial"
            out[initial] = replace(own, metric=metric, stage="budget_initial", evidence=evidence_of(0.9))
    return out


def _is_growth(figures: Sequence[Figure], at: int) -> bool:
    """Whether 增加A is by how much the annual budget told before it exceeds the initial one, both told just before it."""
    grown = figures[at]
    if not grown.amount.base_value or not holds(grown.label, _GROWN):
        return False
    before = [
        f for f in figures[max(0, at - 2) : at] if f.scope == grown.scope and f.section == grown.section
    ]
    told = {
        f.stage: f.amount.base_value for f in before if f.metric in _WHOLES or f.metric == "budget_initial"
    }
    initial, annual = told.get("budget_initial"), told.get("budget_annual")
    if initial is None or annual is None:
        return False
    return abs(annual - initial) == grown.amount.base_value


def _initial(figures: Sequence[Figure], at: int) -> int | None:
    """The budget before the adjustment `at` that it turned into the one told after it, all of one subject and section."""
    change = figures[at]
    moved = change.amount.base_value
    if not moved:
        return None
    signed = -abs(moved) if holds(change.label, _CUT) else moved
    before = [i for i in range(max(0, at - 2), at) if _is_whole(figures[i], change)]
    for i in before:
        value = figures[i].amount.base_value
        after = (figures[k] for k in range(i + 1, min(len(figures), i + _REACH)) if k != at)
        sums = (each.amount.base_value for each in after if _is_whole(each, change))
        if value is not None and any(total == value + signed for total in sums):
            return i
    return None


def _is_whole(figure: Figure, change: Figure) -> bool:
    """Whether `figure` is an annual budget of what `change` has changed."""
    same = figure.scope == change.scope and figure.section == change.section
    project = (figure.metric == "project_budget") == (change.metric == "project_budget")
    return same and project and figure.metric in _WHOLES and figure.stage == "budget_annual"
