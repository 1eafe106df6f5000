"""附3 得分复算表: what each line of the report's own form scores again, and the total where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.findings import Check
from extractor.identities import HUNDRED, ZERO
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.rows import name_of
from extractor.reconcile.values import Value, of_cell

_SCORING = ("SCO-01", "SCO-06", "SCO-07", "SCO-16")


class Line(NamedTuple):
    """One printed score: `recomputed` where a check found another, `remark` 可能少计 or 多计."""

    ref: str
    name: str
    points: Decimal | None
    score: Decimal
    recomputed: Decimal | None
    remark: str | None


def scoresheet(form: Form, checks: Sequence[Check]) -> tuple[Line, ...]:
    """Every printed score of a form, the execution first."""
    again = _recomputed(checks)
    points = {name_of(row): of_cell(row.points, "") for row in form.rows}
    lines = []
    execution = None if form.execution_rows else form.execution_score
    if execution is not None:
        weight = form.execution_points
        lines.append(_line(execution, "预算执行率", weight.number if weight else None, again))
    for score in form.scores:
        weight = points.get(score.role)
        lines.append(_line(score, score.role, weight.number if weight else None, again))
    return tuple(lines)


def _line(score: Value, name: str, points: Decimal | None, again: dict[str, Decimal]) -> Line:
    computed = again.get(score.ref)
    remark = None if computed is None else "多计" if score.number > computed else "可能少计"
    return Line(score.ref, name, points, score.number, computed, remark)


def _recomputed(checks: Sequence[Check]) -> dict[str, Decimal]:
    """Score cell id → what its formula gives, of failed scoring checks that rest on sure readings."""
    found: dict[str, Decimal] = {}
    for check in checks:
        if check.code not in _SCORING or check.status != "fail" or check.cause != "document":
            continue
        operands = {operand.name: operand for operand in check.operands}
        if check.code == "SCO-16":
            for name, operand in operands.items():
                points = operands.get("p" + name[1:])
                if name.startswith("s") and operand.ref and points is not None and points.value is not None:
                    found[operand.ref] = points.value
        elif "score" in operands and check.computed is not None and operands["score"].ref:
            found[operands["score"].ref] = check.computed
    return found


def recomputed_score(case: Case, checks: Sequence[Check]) -> tuple[Decimal | None, str | None]:
    """Total and grade of the report's own form with overstated scores corrected; None where it cannot stand (CHECKS 0.6, 0.7)."""
    form = case.overall_form
    if form is None or not form.scores or form.has_extras or form.score_gaps or not _whole(case, form):
        return None, None
    if not all(value.certain for value in (*form.scores, *form.points)):
        return None, None
    lines = scoresheet(form, checks)
    total = sum(
        (min(line.score, line.score if line.recomputed is None else line.recomputed) for line in lines), ZERO
    )
    printed = form.total_score or of_cell(case.report.total_score, "总分")
    unchanged = all(line.recomputed is None or line.recomputed >= line.score for line in lines)
    if (
        unchanged
        and printed is not None
        and any(c.code == "SCO-02" and c.status in ("pass", "rounding") for c in checks)
    ):
        total = printed.number
    return total, _grade(case, total)


def _whole(case: Case, form: Form) -> bool:
    execution = None if form.execution_rows else form.execution_points
    points = sum((value.number for value in form.points), ZERO) + (execution.number if execution else ZERO)
    return points == HUNDRED == case.profile.limits["full_weight"] and not form.points_gaps


def _grade(case: Case, total: Decimal) -> str:
    """The grade under the stated standard; the printed one where some known standard gives it; else the default's."""
    stated = case.stated_standard
    if stated is not None:
        return stated.grade(total)
    printed = case.profile.grade_named(case.report.grade.text) if case.report.grade else None
    grades = [standard.grade(total) for standard in case.profile.standards]
    return printed if printed in grades and printed is not None else case.profile.standard.grade(total)
