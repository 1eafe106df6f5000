"""SCO: the score of single indicators by the customary formulas, where the report prints none of its own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from extractor.amounts import scan
from extractor.findings import Check, Severity
from extractor.identities import (
    HUNDRED,
    ZERO,
    check_score,
    places,
    proportional_score,
    reverse_scores,
)
from extractor.patterns import lazy
from extractor.profiles import words
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, compared, passed, unverified
from extractor.reconcile.rows import name_of
from extractor.reconcile.targets import Judged
from extractor.reconcile.values import Value, number_of, of_cell
from extractor.schema import Indicator

_MOST = Decimal("0.8")
_YEAR_COLUMN = lazy(r"(20\d\d)年度?(?:实际|完成)(?:完成)?(?:值|情况|数)")
_NOT_OURS, _TWO_YEARS = "报告写明计分办法，不按公式复算", "自评表并列两个年度的完成值，所取栏目待核实"


def _term(name: str, found: Judged) -> str:
    """The operand on the common scale of target and actual (52万 against 142.8万元 is 52 against 142.8)."""
    value, scaled = (found.target, found.wanted) if name == "target" else (found.actual, found.reached)
    if not value.number or scaled == value.number or found.target.unit == found.actual.unit:
        return name
    other = found.wanted if name == "actual" else found.reached
    plain = found.target.number if name == "actual" else found.actual.number
    ratio = (scaled / value.number) / (other / plain) if other and plain else Decimal(1)
    return name if ratio == 1 or ratio < 1 else f"{name} * {ratio.normalize():f}"


def _names(found: Judged, points: Value, score: Value) -> dict[str, Value]:
    name = name_of(found.row)
    return {
        "target": found.target.named(f"“{name}”指标值"), "actual": found.actual.named("完成值"),
        "points": points, "score": score,
    }  # fmt: skip


def _other_years(case: Case, form: Form) -> bool:
    """Whether the form prints results of another year beside the report's own, so that a column may be the wrong one."""
    return any(
        match[1] != case.year
        for table in form.tables
        for match in _YEAR_COLUMN.finditer(case.table_text(table))
    )


def _unmet(form: Form, direction: str) -> Iterator[tuple[Judged, Value, Value]]:
    for found in form.judged:
        own = form.own_scores.get(found.row.id)
        if own is not None and found.met is False and found.direction == direction:
            yield found, *own


@check("SCO-06", "正向指标按完成比例计分", "P1", "没有未达标的正向定量指标")
def positive_scores(case: Case) -> Iterator[Check]:
    """An unmet positive indicator earns 完成值/指标值 of its points; too much is P1, too little P2 (CHECKS 0.7)."""
    for form in case.forms:
        digits = form.score_digits
        for found, points, score in _unmet(form, "up"):
            names = _names(found, points, score)
            if case.own_method or _other_years(case, form):
                yield unverified("SCO-06", _NOT_OURS if case.own_method else _TWO_YEARS, names)
                continue
            expected = proportional_score(points.number, found.wanted, found.reached)
            outcome = check_score(expected, score.number, digits)
            if outcome.agreement == "fail" and _by_rounded_rate(found, points, score, digits):
                yield passed("SCO-06", "按四舍五入后的完成率计分，相符", names)
                continue
            severity: Severity = "P1" if score.number > expected else "P2"
            formula = f"round(points * ({_term('actual', found)}) / ({_term('target', found)}), {max(2, places(score.number))})"
            yield compared(
                "SCO-06",
                outcome,
                formula.replace("(actual)", "actual").replace("(target)", "target"),
                names,
                severity=severity,
            )
        unclear = [found.row for found in form.judged if found.met is None]
        if unclear:
            yield unverified(
                "SCO-06",
                f"{form.title}有{len(unclear)}行指标方向不明（{'、'.join(name_of(r) for r in unclear[:3])}）",
            )


def _by_rounded_rate(found: Judged, points: Value, score: Value, digits: int) -> bool:
    """Whether the score follows from the share of completion rounded as tables print it: 91.7 % of 20 points is 18.34."""
    if not found.wanted:
        return False
    share = found.reached / found.wanted
    rounded = {share.quantize(Decimal(1).scaleb(-places_), ROUND_HALF_UP) for places_ in (2, 3, 4)}
    return any(
        check_score(points.number * rate, score.number, digits).agreement != "fail" for rate in rounded
    )


@check("SCO-07", "反向、成本指标计分", "P1", "没有超出指标值的反向或成本指标")
def reverse_indicator_scores(case: Case) -> Iterator[Check]:
    """An overrun reverse indicator earns A/B or, linearly, down to 0 at twice the target; P1 only where neither holds."""
    for form in case.forms:
        digits = form.score_digits
        for found, points, score in _unmet(form, "down"):
            names = _names(found, points, score)
            if case.own_method or _other_years(case, form):
                yield unverified("SCO-07", _NOT_OURS if case.own_method else _TWO_YEARS, names)
            else:
                yield _reverse_line(found, points, score, digits, names)


def _reverse_line(found: Judged, points: Value, score: Value, digits: int, names: dict[str, Value]) -> Check:
    by_ratio, linear = reverse_scores(points.number, found.wanted, found.reached)
    outcomes = [check_score(expected, score.number, digits) for expected in (by_ratio, linear)]
    if any(outcome.agreement != "fail" for outcome in outcomes) or linear <= score.number <= by_ratio:
        return passed("SCO-07", "与A/B或线性公式之一相符，或在两者之间", names)
    over = score.number > by_ratio
    if not found.wanted and score.number < points.number:
        return unverified("SCO-07", "指标值为0，未达成时的扣分办法不明", names)
    actual, target = _term("actual", found), _term("target", found)
    formula = (
        f"round(points * {target} / ({actual}), 2)".replace("(actual)", "actual")
        if found.wanted
        else "points - points"
    )
    reason = f"线性公式应得{_shown(linear)}分" if found.wanted else "指标值为0"
    return compared("SCO-07", outcomes[0], formula, names, severity="P1" if over else "P2", reason=reason)


def _shown(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')):f}"


@check("SCO-16", "完成率与实际值混用", "P2", "得分不是按“分值×完成率”计算")
def mixed_rates(case: Case) -> Iterator[Check]:
    """Where every score is 分值×业绩值, a row whose 业绩值 is itself the measured rate and meets its target loses points."""
    for form in case.forms:
        rows = [
            (row, points, score)
            for row in form.rows
            if (own := _by_rate(form, row))
            for points, score in (own,)
        ]
        if len(rows) < 5 or len(rows) < _MOST * len(form.rows):
            continue
        wronged = [
            (row, points, score)
            for row, points, score in rows
            if _reached(row) and score.number < points.number
        ]
        if not wronged:
            yield passed("SCO-16", f"{form.title}按“分值×完成率”计分，没有已达标被扣分的行")
            continue
        yield _mixed_line(case, form, wronged)


def _mixed_line(case: Case, form: Form, wronged: list[tuple[Indicator, Value, Value]]) -> Check:
    total = form.total_score or (
        of_cell(case.report.total_score, "总分") if case.overall_form is form else None
    )
    names: dict[str, Value] = {} if total is None else {"total": total.named("总分")}
    terms = ["total"] if total is not None else []
    gain = ZERO
    for n, (row, points, score) in enumerate(wronged, 1):
        names |= {f"p{n}": points.named(f"“{name_of(row)}”分值"), f"s{n}": score.named("得分")}
        terms.append(f"(p{n} - s{n})")
        gain += points.number - score.number
    base = total.number if total is not None else ZERO
    outcome = check_score(base + gain, base, 2)
    return compared(
        "SCO-16",
        outcome._replace(agreement="fail"),
        " + ".join(terms),
        names,
        reason=_grade_change(case, total, gain),
    )


def _grade_change(case: Case, total: Value | None, gain: Decimal) -> str | None:
    if total is None:
        return None
    standard = case.stated_standard or case.profile.standard
    before, after = standard.grade(total.number), standard.grade(total.number + gain)
    return None if before == after else f"等级可能由“{before}”变为“{after}”"


def _by_rate(form: Form, row: Indicator) -> tuple[Value, Value] | None:
    """分值 and 得分 of a row whose score is its points times the percentage in 完成值."""
    own, rate = form.own_scores.get(row.id), number_of(row.actual)
    if own is None or rate is None or row.actual is None or row.actual.unit != "%":
        return None
    outcome = check_score(own[0].number * rate / HUNDRED, own[1].number, form.score_digits)
    return own if outcome.agreement != "fail" else None


def _reached(row: Indicator) -> bool:
    """Whether the target names one percentage below 100, better when higher, and 完成值 reaches it."""
    rate = number_of(row.actual)
    if row.target is None or rate is None or words("negative").search(row.target.text + name_of(row)):
        return False
    quantities = list(scan(row.target.text))
    values = {quantity.value for quantity in quantities if quantity.unit == "%"}
    if (
        len(values) != 1
        or any(quantity.unit != "%" for quantity in quantities)
        or row.target.comparator in ("≤", "<")
    ):
        return False
    return values.pop() <= rate
