"""SCO: the arithmetic of a form's points, scores, total and grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.findings import Check, Severity
from extractor.identities import (
    HUNDRED,
    ONE,
    ZERO,
    check_equal,
    check_score,
    evaluate,
    execution_score,
    max_places,
    places,
)
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.dimensions import of_one_dimension, unlabelled_below
from extractor.reconcile.doubt import plausible, same_scale
from extractor.reconcile.forms import Form
from extractor.reconcile.narrated import parts_of_scores
from extractor.reconcile.registry import best, check, compared, line, passed, unverified
from extractor.reconcile.rows import distinct, name_of, text_of
from extractor.reconcile.values import Value, number_of, of_cell, of_figure, sure
from extractor.records import replace
from extractor.schema import Cell, Indicator, Project

_TEN, _MOST_EXECUTION = Decimal(10), Decimal(20)
_KINDS = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "满意度指标",
)
_INCOMPLETE = "疑表格读取不完整"
_LEAST_LABEL, _MOST_LABEL = Decimal("0.6"), Decimal("1.4")
_EXECUTION_LABEL = lazy("执行")
_APART = lazy(
    r"执行率[^。;]{0,30}(?:不计入|不纳入|不含在|单独(?:考核|列示|计分|评分)|另行(?:考核|计分))|"
    r"(?:总分|合计|总得分)\(?不(?:含|包括|包含)(?:预算|资金)?执行率"
)


def _summed(values: Sequence[Value], **named: Value | None) -> tuple[str, dict[str, Value]]:
    """A formula that adds the named values and then x1, x2, …"""
    names = {name: value for name, value in named.items() if value is not None}
    names |= {f"x{n}": value for n, value in enumerate(values, 1)}
    return " + ".join(names), names


@check("SCO-01", "执行率得分=分值×执行率", "P0", "没有列出执行率分值和得分的资金总额行")
def score_of_execution(case: Case) -> Iterator[Check]:
    """得分 of the total row is 分值 × min(执行率, 1); the rows below 其中 are never scored again."""
    stepped = case.own_method
    for form in case.forms:
        points, score, row = form.execution_points, form.execution_score, form.total_row
        if row is None or points is None:
            continue
        if score is None:
            yield unverified("SCO-01", f"{form.title}资金总额行得分未填或读不出", {"points": points})
            continue
        if stepped:
            yield unverified(
                "SCO-01", "报告写明计分办法，不按分值×执行率复算", {"points": points, "score": score}
            )
            continue
        yield _execution_line(form, points, score)
    yield from _summary_scores(case)


def _execution_line(form: Form, points: Value, score: Value) -> Check:
    result = best(_execution_readings(form, points, score))
    if result is not None:
        return result
    names = {"points": points, "score": score}
    return unverified("SCO-01", f"{form.title}没有可复算的预算数、执行数或执行率", names)


def _execution_readings(form: Form, points: Value, score: Value) -> Iterator[Check]:
    """The score by 全年预算数, by 年初预算数 and by the printed rate."""
    row = form.total_row
    assert row is not None
    executed, digits = form.money(row.executed, "全年执行数"), form.score_digits
    for cell, role in ((row.annual, "全年预算数"), (row.initial, "年初预算数")):
        base = form.money(cell, role)
        if executed is not None and base is not None and base.number > 0:
            names = {"points": points, "executed": executed, "annual": base, "score": score}
            expected = execution_score(points.number, executed.number, base.number)
            yield _scored(expected, score, digits, "points * min(executed / annual, 1)", names)
    rate = of_cell(row.rate, "执行率", "%")
    if rate is not None and rate.number > ONE:
        expected = execution_score(points.number, rate.number, HUNDRED)
        names = {"points": points, "rate": rate, "score": score}
        yield _scored(expected, score, digits, "points * min(rate / 100, 1)", names)


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
        if not numbers or max(numbers) > _TEN or (len({*numbers, _TEN}) == 1 and not _uneven(rows)):
            continue
        digits = max_places(numbers)
        for project in rows:
            executed, annual = (
                of_cell(project.executed, "全年执行数", unit),
                of_cell(project.annual, "全年预算数", unit),
            )
            score = of_cell(project.total_score, "得分")
            if executed is None or annual is None or score is None or not annual.number:
                continue
            expected = execution_score(_TEN, executed.number, annual.number)
            outcome = check_score(expected, score.number, digits)
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
    return sum((value.number for value in form.points), ZERO) == _full(case, form)


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
    yield from parts_of_scores(case)


def _overall_total(case: Case, form: Form) -> Value | None:
    """The prose total of the unit where its form prints none."""
    if case.overall_form is not form:
        return None
    return of_cell(case.report.total_score, "总分")


def _total_line(case: Case, form: Form, total: Value) -> Check:
    execution = None if form.execution_rows else form.execution_score
    result = _total_of(form, execution, total)
    if result.status != "fail":
        return result
    beside = outside(case, form)
    if form.misses_execution and sum((value.number for value in form.points), ZERO) != _full(case, form):
        return unverified("SCO-02", f"{form.title}没有执行率得分，无法验证总分", {"total": total})
    without = None if execution is None else _total_of(form, None, total)
    if without is not None and without.status != "fail" and (beside or not execution or not execution.number):
        return replace(without, reason="总分未含执行率得分")
    if _short_of_execution(form, result):
        return unverified("SCO-02", f"{form.title}未读到预算执行率得分，差额可能即该项得分", {"total": total})
    borne = form.only_inferred and _all_read(case, form)
    if (form.doubtful and not borne) or _unread(case, form):
        return unverified("SCO-02", f"{form.title}有读数存疑的单元格，指标行可能未读全", {"total": total})
    gaps = form.score_gaps or form.unscored
    if gaps:
        told = f"{form.title}有{len(gaps)}行得分未填或读不出（{'、'.join(text_of(row.level3) for row in gaps[:3])}）"
        return unverified("SCO-02", told, {"total": total})
    if not _plausible_points(case, form) or not same_scale(result.computed or ZERO, total.number):
        return unverified(
            "SCO-02", f"{form.title}分值或得分合计与总分相差过大，{_INCOMPLETE}", {"total": total}
        )
    return without if beside and without is not None else result


def _total_of(form: Form, execution: Value | None, total: Value) -> Check:
    formula, names = _summed(form.scores, execution=execution)
    outcome = check_equal(total.number, sum((value.number for value in names.values()), ZERO))
    outcome = outcome._replace(computed=outcome.reported, reported=total.number)
    return compared("SCO-02", outcome, formula, names | {"total": total})


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
    if form.total_points is not None:
        names["total"] = form.total_points
    result = _whole(formula, names, _full(case, form))
    if result.status == "pass":
        return result
    if outside(case, form):
        if _APART.search(case.plain_text):
            return line("SCO-03", "pass", names, severity="I", reason="报告已说明预算执行率不计入总分")
        return _whole(formula, names, _full(case, form), "P1", "各指标分值合计已等于总分，执行率分值另列")
    if form.points_gaps:
        return unverified("SCO-03", f"{form.title}有{len(form.points_gaps)}行分值未填或读不出", names)
    if _short_of_execution(form, result):
        return unverified("SCO-03", f"{form.title}未读到预算执行率分值，差额可能即该项分值", names)
    if (form.doubtful and not _scores_fit(case, form)) or _unread(case, form):
        return unverified("SCO-03", f"{form.title}有读数存疑的单元格，指标行可能未读全", names)
    if form.total_points is None and form.total_score is None:
        return unverified("SCO-03", f"{form.title}没有总分行，指标表可能未列全", names)
    if not _plausible_points(case, form):
        return unverified("SCO-03", f"{form.title}分值合计与满分相差过大，{_INCOMPLETE}", names)
    return result


def _scores_fit(case: Case, form: Form) -> bool:
    """Whether the scores of a form whose columns were inferred add up to its total, so that every row was read."""
    total = form.total_score or _overall_total(case, form)
    execution = None if form.execution_rows else form.execution_score
    if total is None or not form.only_inferred or form.score_gaps:
        return False
    return _total_of(form, execution, total).status == "pass"


def _plausible_points(case: Case, form: Form) -> bool:
    execution = None if form.execution_rows else form.execution_points
    points = sum((value.number for value in form.points), execution.number if execution else ZERO)
    return not form.points or plausible(points, _full(case, form))


def _unread(case: Case, form: Form) -> bool:
    """Whether the form's text names a kind of indicator of which no row was read."""
    printed = "".join(case.table_text(table) for table in form.tables)
    read = "".join(text_of(cell) for row in form.indicators for cell in (row.level1, row.level2, row.level3))
    return any(kind in printed and kind.removesuffix("指标") not in read for kind in _KINDS)


def _short_of_execution(form: Form, result: Check) -> bool:
    """Whether the sum falls short by what the execution, of which nothing was read, customarily weighs."""
    unread = form.execution_points is None if result.code == "SCO-03" else form.execution_score is None
    if not unread or form.execution_rows or result.computed is None or result.reported is None:
        return False
    return ZERO < result.reported - result.computed <= _MOST_EXECUTION


def _whole(
    formula: str,
    names: dict[str, Value],
    full: Decimal,
    severity: Severity | None = None,
    reason: str | None = None,
) -> Check:
    """Points against the full weight: no tolerance."""
    computed = evaluate(formula, {name: value.number for name, value in names.items()})
    difference = abs(computed - full)
    return line(
        "SCO-03", "fail" if difference else "pass", names, severity=severity, formula=formula, reported=full,
        difference=difference, tolerance=ZERO, reason=reason,
    )  # fmt: skip


def _stated_weights(case: Case) -> Iterator[Check]:
    """Weights a sentence lists, against the total it states; a list that may be partial is only confirmed."""
    listed = [
        f for f in case.prose
        if f.metric in ("ind_weight", "l1_weight_label") or (f.metric == "exec_score" and f.stage == "points")
    ]  # fmt: skip
    weights = [value for f in listed if (value := of_figure(f, "分值")) is not None]
    totals = [value for f in case.prose if f.metric == "total_weight" and (value := of_figure(f, "权重总分"))]
    if len(weights) < 2 or not totals:
        return
    formula, names = _summed(weights)
    names["total"] = totals[0]
    result = _whole(formula, names, totals[0].number)
    yield (
        result
        if result.status == "pass"
        else unverified("SCO-03", "正文所列权重可能不完整或分属不同层级", names)
    )


@check("SCO-04", "一级指标标注分值=下级合计", "P0", "一级指标没有标注分值")
def labelled_points(case: Case) -> Iterator[Check]:
    """The points written into a 一级指标 are those of the rows below it."""
    for form in case.forms:
        if form.has_extras:
            continue
        whole = _all_read(case, form)
        groups = _groups(form)
        one_off = whole and sum(_sum_of(rows) != rows[0].level1_points for rows in groups) == 1
        results = [_label_line(form, rows, whole, one_off) for rows in groups]
        yield from (result for result in results if result.status != "pass")
        agreed = sum(result.status == "pass" for result in results)
        if agreed:
            yield passed("SCO-04", f"{form.title}{agreed}处标注分值与下级合计一致")


def _groups(form: Form) -> list[list[Indicator]]:
    """Rows under one printed 一级指标; a label repeated on every row is one group when only that adds up."""
    by_place: dict[tuple[str, int], list[Indicator]] = {}
    by_text: dict[tuple[str, str], list[Indicator]] = {}
    for row in form.rows:
        if (
            row.level1 is not None
            and row.level1_points is not None
            and not _EXECUTION_LABEL.search(row.level1.text)
        ):
            by_place.setdefault((row.table, row.level1.span.start), []).append(row)
            by_text.setdefault((row.table, row.level1.text), []).append(row)
    if len(by_place) > len(by_text) and any(
        _sum_of(rows) != rows[0].level1_points for rows in by_place.values()
    ):
        return list(by_text.values())
    return list(by_place.values())


def _sum_of(rows: Sequence[Indicator]) -> Decimal:
    return sum((value.number for value in distinct((row.points, "") for row in rows)), ZERO)


def _all_read(case: Case, form: Form) -> bool:
    """Whether the points that were read make the full weight, so that no row can be lost."""
    execution = None if form.execution_rows else form.execution_points
    points = sum((value.number for value in form.points), execution.number if execution else ZERO)
    return points == _full(case, form)


def _label_line(form: Form, rows: list[Indicator], whole_read: bool, one_off: bool) -> Check:
    """One label; `one_off` where every row was read and all other labels agree, so that no row stands under a wrong one."""
    label = rows[0].level1
    points = list(distinct((row.points, name_of(row)) for row in rows))
    assert label is not None
    assert rows[0].level1_points is not None
    whole = Value(
        label.id, rows[0].level1_points, "分", label.text, (label.span,), sure(label.evidence), label.raw
    )
    if not points:
        return unverified("SCO-04", f"{form.title}“{label.text}”下没有读到分值", {"label": whole})
    formula, names = _summed(points)
    names["label"] = whole
    computed = sum((value.number for value in points), ZERO)
    difference = abs(computed - whole.number)
    if difference and form.total_points is None and form.total_score is None and rows[-1] is form.rows[-1]:
        return unverified("SCO-04", f"{form.title}没有总分行，指标表可能未列全", names)
    if difference and form.doubtful and not (one_off or (whole_read and of_one_dimension(rows))):
        return unverified("SCO-04", f"{form.title}有读数存疑的单元格，指标行可能未读全", names)
    if difference and {row.id for row in form.points_gaps} & {row.id for row in rows}:
        return unverified("SCO-04", f"{form.title}“{label.text}”下有行分值未填或读不出", names)
    if difference and unlabelled_below(form.rows, rows[-1]):
        return unverified("SCO-04", f"{form.title}“{label.text}”下有行的一级指标未读出", names)
    near = _LEAST_LABEL * whole.number <= computed <= _MOST_LABEL * whole.number
    if difference and not near and not whole_read:
        return unverified(
            "SCO-04", f"{form.title}“{label.text}”下级分值合计与标注相差过大，{_INCOMPLETE}", names
        )
    return line(
        "SCO-04", "fail" if difference else "pass", names, formula=formula, reported=whole.number,
        difference=difference, tolerance=ZERO,
    )  # fmt: skip
