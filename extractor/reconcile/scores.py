"""SCO: the arithmetic of a form's points, scores, total and grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.findings import Check, Severity
from extractor.identities import ONE, check_equal, check_score, evaluate, execution_score, max_places, places
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form, text_of
from extractor.reconcile.registry import check, compared, line, passed, unverified
from extractor.reconcile.targets import scores_by_own_method
from extractor.reconcile.values import Value, number_of, of_cell
from extractor.schema import Cell, Indicator, Project

_TEN = Decimal(10)


def _score_digits(form: Form) -> int:
    cells = [*form.scores, *((form.execution_score,) if form.execution_score else ())]
    return max_places(value.number for value in cells)


def _summed(values: Sequence[Value], **named: Value | None) -> tuple[str, dict[str, Value]]:
    """A formula that adds the named values and then x1, x2, …"""
    names = {name: value for name, value in named.items() if value is not None}
    names |= {f"x{n}": value for n, value in enumerate(values, 1)}
    return " + ".join(names), names


@check("SCO-01", "执行率得分=分值×执行率", "P0", "没有列出执行率分值和得分的资金总额行")
def score_of_execution(case: Case) -> Iterator[Check]:
    """得分 of the total row is 分值 × min(执行率, 1); the rows below 其中 are never scored again."""
    stepped = scores_by_own_method(case)
    for form in case.forms:
        points, score, row = form.execution_points, form.execution_score, form.total_row
        if row is None or points is None:
            continue
        if score is None:
            yield unverified("SCO-01", f"{form.title}资金总额行得分未填或读不出", {"points": points})
            continue
        if stepped:
            yield unverified("SCO-01", "报告写明计分办法，不按分值×执行率复算", {"points": points, "score": score})
            continue
        yield _execution_line(form, points, score)
    yield from _summary_scores(case)


def _execution_line(form: Form, points: Value, score: Value) -> Check:
    row = form.total_row
    assert row is not None
    executed, annual = form.money(row.executed, "全年执行数"), form.money(row.annual, "全年预算数")
    initial, rate = form.money(row.initial, "年初预算数"), of_cell(row.rate, "执行率", "%")
    digits = _score_digits(form)
    results = []
    for base in (annual, initial):
        if executed is not None and base is not None and base.number > 0:
            names = {"points": points, "executed": executed, "annual": base, "score": score}
            outcome = check_score(execution_score(points.number, executed.number, base.number), score.number, digits)
            results.append(_scored(outcome.computed, score, digits, "points * min(executed / annual, 1)", names))
    if rate is not None and rate.number > ONE:
        expected = execution_score(points.number, rate.number, Decimal(100))
        names = {"points": points, "rate": rate, "score": score}
        results.append(_scored(expected, score, digits, "points * min(rate / 100, 1)", names))
    if not results:
        return unverified("SCO-01", f"{form.title}没有可复算的预算数、执行数或执行率", {"points": points, "score": score})
    return next((result for result in results if result.status != "fail"), results[0])


def _scored(expected: Decimal, score: Value, digits: int, formula: str, names: dict[str, Value]) -> Check:
    """A score against its formula: too much is P0, too little P2 (CHECKS 0.7)."""
    shown = max(2, places(score.number))
    outcome = check_score(expected, score.number, digits)
    severity: Severity | None = None if score.number > expected else "P2"
    return compared("SCO-01", outcome, f"round({formula}, {shown})", names, severity=severity)


def _summary_scores(case: Case) -> Iterator[Check]:
    """Rows of a 汇总表 whose score column reads like the score of the execution (CHECKS 0.5)."""
    for table in case.report.tables:
        if table.kind != "project_summary":
            continue
        unit = case.unit_of(table.id)
        rows = [p for p in case.report.projects if _within(p.total_score, table.span.start, table.span.end)]
        numbers = [number for p in rows if (number := number_of(p.total_score)) is not None]
        if not numbers or max(numbers) > _TEN or len({*numbers, _TEN}) == 1 and not _uneven(rows):
            continue
        for project in rows:
            executed, annual = of_cell(project.executed, "全年执行数", unit), of_cell(project.annual, "全年预算数", unit)
            score = of_cell(project.total_score, "得分")
            if executed is None or annual is None or score is None or not annual.number:
                continue
            expected = execution_score(_TEN, executed.number, annual.number)
            outcome = check_score(expected, score.number, max_places(numbers))
            if outcome.agreement == "fail":
                names = {"executed": executed, "annual": annual, "score": score}
                reason = f"“{project.name.text}”一行；该栏可能是资金执行得分，也可能是项目总分"
                formula = "round(10 * min(executed / annual, 1), 2)"
                yield compared("SCO-01", outcome, formula, names, severity="P1", reason=reason)


def _uneven(rows: Sequence[Project]) -> bool:
    return any(
        number_of(p.executed) != number_of(p.annual) for p in rows if number_of(p.executed) is not None
    )  # fmt: skip


def _within(cell: Cell | None, start: int, end: int) -> bool:
    return cell is not None and cell.kind != "blank" and start <= cell.span.start < end


def _full(case: Case, form: Form) -> Decimal:
    return form.total_points.number if form.total_points else case.profile.limits["full_weight"]


def outside(case: Case, form: Form) -> bool:
    """Whether the indicators alone fill the printed total and the execution's points stand beside them (CHECKS 0.9)."""
    points = form.execution_points
    if points is None or not points.number or form.execution_rows or not form.points or form.points_gaps:
        return False
    return sum((value.number for value in form.points), Decimal(0)) == _full(case, form)


@check("SCO-02", "分项得分之和=总分", "P0", "没有同时列出各项得分和总分的自评表")
def scores_add_up(case: Case) -> Iterator[Check]:
    """The score of the execution and of every indicator, each printed cell once, add up to the printed total."""
    for form in case.forms:
        total = form.total_score or _overall_total(case, form)
        if total is None or not form.scores:
            continue
        if form.has_extras:
            yield unverified("SCO-02", f"{form.title}有加分或扣分项", {"total": total})
            continue
        yield _total_line(case, form, total)


def _overall_total(case: Case, form: Form) -> Value | None:
    """The prose total of the unit where its form prints none."""
    if case.overall_form is not form:
        return None
    return of_cell(case.report.total_score, "总分")


def _total_line(case: Case, form: Form, total: Value) -> Check:
    execution = None if form.execution_rows else form.execution_score
    candidates = [execution, None] if execution is not None else [None]
    results = []
    for each in candidates:
        formula, names = _summed(form.scores, execution=each)
        computed = evaluate(formula, {name: value.number for name, value in names.items()})
        outcome = check_equal(total.number, computed)
        outcome = outcome._replace(computed=computed, reported=total.number)
        results.append(compared("SCO-02", outcome, formula, names | {"total": total}))
    if results[0].status != "fail":
        return results[0]
    beside = outside(case, form)
    if len(results) > 1 and results[1].status != "fail":
        if beside or execution is None or not execution.number:
            return results[1].model_copy(update={"reason": "总分未含执行率得分"})
    if form.score_gaps:
        names_of = "、".join(text_of(row.level3) for row in form.score_gaps[:3])
        return unverified("SCO-02", f"{form.title}有{len(form.score_gaps)}行得分未填或读不出（{names_of}）", {"total": total})
    return results[1] if beside and len(results) > 1 else results[0]


@check("SCO-03", "分值之和=100", "P0", "没有列出分值的自评表")
def points_add_up(case: Case) -> Iterator[Check]:
    """The points of the execution and of every indicator fill the printed total, 100 unless the form says otherwise."""
    for form in case.forms:
        if not form.points:
            continue
        if form.has_extras:
            yield unverified("SCO-03", f"{form.title}有加分或扣分项")
        else:
            yield _points_line(case, form)
    yield from _stated_weights(case)


def _points_line(case: Case, form: Form) -> Check:
    execution = None if form.execution_rows else form.execution_points
    formula, names = _summed(form.points, execution=execution)
    full = _full(case, form)
    if form.total_points is not None:
        names["total"] = form.total_points
    computed = evaluate(formula, {name: value.number for name, value in names.items()})
    shared = {"formula": formula, "reported": full, "difference": abs(computed - full), "tolerance": Decimal(0)}
    if computed == full:
        return line("SCO-03", "pass", names, **shared)  # type: ignore[arg-type]
    if outside(case, form):
        reason = "各指标分值合计已等于总分，执行率分值另列"
        return line("SCO-03", "fail", names, severity="P1", reason=reason, **shared)  # type: ignore[arg-type]
    if form.points_gaps:
        return unverified("SCO-03", f"{form.title}有{len(form.points_gaps)}行分值未填或读不出", names)
    if form.total_points is None and not form.total_row and not form.total_score:
        return unverified("SCO-03", f"{form.title}没有总分行，指标表可能未列全", names)
    return line("SCO-03", "fail", names, **shared)  # type: ignore[arg-type]


def _stated_weights(case: Case) -> Iterator[Check]:
    """Weights a sentence lists, against the total it states; a list that may be partial is only confirmed."""
    weights = [f for f in case.prose if f.metric in ("ind_weight", "l1_weight_label") and f.amount.value is not None]
    totals = [f for f in case.prose if f.metric == "total_weight" and f.amount.value is not None]
    if len(weights) < 2 or not totals:
        return
    values = [of_cell(None, "")] and [v for f in weights if (v := _figure_value(f, "分值")) is not None]
    total = _figure_value(totals[0], "权重总分")
    formula, names = _summed(values)
    computed = evaluate(formula, {name: value.number for name, value in names.items()})
    if total is None:
        return
    names["total"] = total
    if computed == total.number:
        yield line("SCO-03", "pass", names, formula=formula, reported=total.number, difference=Decimal(0), tolerance=Decimal(0))
    else:
        yield unverified("SCO-03", "正文所列权重可能不完整或分属不同层级", names)
