"""SCO: the grade of a total, and scores printed on different scales."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.findings import Check
from extractor.profiles import words
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.values import Value, number_of, of_cell
from extractor.schema import Cell

_BIG = Decimal(50)
_SMALL = Decimal(10)
# Nobody calls a third of the points good: such a total is another number of the form.
_FRACTION, _GOOD = 3, ("优", "良")


@check("SCO-10", "等级与总分", "P0", "没有同时给出总分和等级")
def grade_of_total(case: Case) -> Iterator[Check]:
    """A grade fits its total under the report's own standard, or under any known one where it states none."""
    seen: set[tuple[int, int]] = set()
    pairs = [(case.report.total_score, case.report.grade, _full_of(case))]
    pairs += [(p.total_score, p.grade, number_of(p.total_points)) for p in case.report.projects]
    for score_cell, grade_cell, full in pairs:
        score = of_cell(score_cell, "总分", "分")
        if score is None or score_cell is None or grade_cell is None or grade_cell.kind in ("blank", "na"):
            continue
        place = (score_cell.span.start, grade_cell.span.start)
        if place not in seen:
            seen.add(place)
            yield _grade_line(case, _borne_out(case, score), grade_cell.text, full)
    yield from _spoken_grades(case)


def _borne_out(case: Case, score: Value) -> Value:
    """A total whose reading is in doubt, unless the scores of its form add up to it."""
    if score.certain:
        return score
    for form in case.forms:
        execution = None if form.execution_rows else form.execution_score
        added = sum((value.number for value in form.scores), execution.number if execution else Decimal(0))
        if form.scores and form.total_score is not None and form.total_score.number == score.number == added:
            return score._replace(certain=True)
    return score


def _spoken_grades(case: Case) -> Iterator[Check]:
    """A grade of a sentence against the one total score that the same sentence gives the same subject."""
    known = {
        cell.span.start for cell in (case.report.grade, *(p.grade for p in case.report.projects)) if cell
    }
    totals = {form.total_score.number for form in case.forms if form.total_score is not None}
    for figure in case.prose:
        if figure.metric != "grade" or figure.span.start in known or not case.of_year(figure):
            continue
        near = [f for f in case.between(*case.sentence(figure.span)) if f.metric in ("total_score", "grade")]
        scores = [f for f in near if f.metric == "total_score" and f.stage == "score"]
        if len(scores) != 1 or len(near) != 2 or scores[0].scope != figure.scope:
            continue
        score = case.value_of(scores[0], "总分")
        if (
            score is not None
            and (score.certain or score.number in totals)
            and not words("intent").search(case.lead(figure))
        ):
            yield _grade_line(case, score, figure.amount.raw, None)


def _full_of(case: Case) -> Decimal | None:
    form = case.overall_form
    return form.total_points.number if form and form.total_points else None


def _grade_line(case: Case, score: Value, printed: str, full: Decimal | None) -> Check:
    rules = case.profile
    grade, names = rules.grade_named(printed), {"score": score}
    if grade is None:
        return unverified("SCO-10", f"“{printed}”不是已知等级", names)
    if full not in (None, rules.limits["full_weight"]) or score.number > rules.limits["full_weight"]:
        return unverified("SCO-10", "总分不是百分制", names)
    stated = case.stated_standard
    standards = (stated,) if stated else rules.standards
    fitting = [standard for standard in standards if standard.grade(score.number) == grade]
    if fitting:
        return passed("SCO-10", f"{score.source}分属“{grade}”", names)
    if score.number * _FRACTION < rules.limits["full_weight"] and grade in _GOOD:
        return unverified("SCO-10", "总分与等级相差悬殊，疑总分读错，请对照原件", names)
    wanted = "、".join(dict.fromkeys(standard.grade(score.number) for standard in standards))
    source = "报告所述标准" if stated else "已知各标准"
    return line("SCO-10", "fail", names, formula="score", reason=f"按{source}应为“{wanted}”，填报“{printed}”")


@check("SCO-13", "得分量纲", "P1", "没有可比较量纲的得分")
def one_scale(case: Case) -> Iterator[Check]:
    """Scores of one report stand on one scale: none above the points it can earn, none mixed in one column."""
    yield from _above_weights(case)
    for table in case.report.tables:
        if table.kind != "project_summary":
            continue
        cells = [
            p.total_score
            for p in case.report.projects
            if p.total_score and _in(p.total_score, table.span.start, table.span.end)
        ]
        scores = [
            value for cell in cells if (value := of_cell(cell, "得分")) is not None and value.number > 0
        ]
        small = [value for value in scores if value.number <= _SMALL]
        big = [value for value in scores if value.number >= _BIG]
        if not scores:
            continue
        if small and big:
            names = {"small": small[0], "big": big[0]}
            yield line("SCO-13", "fail", names, reason="同一得分栏兼有10分制与100分制")
        elif small and (average := _average(case, table.id)) is not None and average.number >= _BIG:
            names = {"small": small[0], "big": average}
            yield line("SCO-13", "fail", names, severity="P2", reason="得分栏为10分制，平均分为100分制")
        else:
            yield passed("SCO-13", f"得分栏{len(scores)}行量纲一致")


def _average(case: Case, table: str) -> Value | None:
    """The average of the scores that a list prints below them, else the one that sentences give."""
    told = [f for f in case.report.figures if f.metric == "selfeval_avg_score"]
    found = [f for f in told if f.table == table] or [f for f in told if f.table is None]
    return case.value_of(found[0], "自评平均分") if len(found) == 1 else None


def _in(cell: Cell, start: int, end: int) -> bool:
    return cell.kind != "blank" and start <= cell.span.start < end


def _above_weights(case: Case) -> Iterator[Check]:
    """A sentence that gives every kind of indicator more points than the report's own weights allow any of them."""
    listed = [f for f in case.prose if f.metric in ("ind_weight", "l1_weight_label")]
    weights = [value for f in listed if (value := case.value_of(f, "最高一类分值")) is not None]
    scores = [
        value
        for f in case.prose
        if f.metric == "ind_score" and (value := case.value_of(f, "指标得分")) is not None
    ]
    if len(weights) < 2:
        return
    highest = max(weights, key=lambda value: value.number)
    for score in scores:
        names = {"score": score, "weight": highest}
        if score.number > highest.number:
            yield line("SCO-13", "fail", names, formula="weight", reported=score.number)
        else:
            yield passed("SCO-13", "指标得分未超过所述分值", names)
