"""RAT-05, SCO-05: rates and scores outside the range in which such a number can lie."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.findings import Check
from extractor.identities import HUNDRED, ZERO
from extractor.patterns import lazy
from extractor.profiles import words
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import whole
from extractor.reconcile.rows import name_of
from extractor.reconcile.values import Value, of_cell
from extractor.reconcile.views import percentages, steady
from extractor.schema import Figure, Indicator

_ABOVE = ("以上", "多", "余", ">")
_REACHES = lazy(r"(?:均|都|也)?(?:已)?(?:达到|达|为|是|超过|在)$")
_HALF = 2
# A score this many times its points is a page number run into it, or a lost decimal point.
_FAR = 3


def _claims_more(case: Case, figure: Figure) -> bool:
    """Whether a percentage is above 100, or said to be “100%以上”."""
    value = figure.amount.value
    if value is None or value < HUNDRED:
        return False
    after = case.words(figure.span.end, figure.span.end + 4)
    return value > HUNDRED or figure.amount.comparator in _ABOVE or after.startswith("以上")


@check("RAT-05", "百分比越界", "P2", "没有不能超过100%的比率")
def bounded_rates(case: Case) -> Iterator[Check]:
    """A rate of satisfaction, completion of cases or quality cannot pass 100 per cent (CHECKS 0.17: P2)."""
    seen = 0
    for at in percentages(case):
        figure = case.prose[at]
        if not words("bounded").search(case.lead(figure)):
            continue
        seen += 1
        value = (
            case.value_of(figure, _REACHES.sub("", case.lead(figure))[-16:])
            if _claims_more(case, figure)
            else None
        )
        if value is not None:
            yield _above(value)
    for form in case.forms:
        for row in form.rows:
            cell, name = row.actual, name_of(row)
            if cell is None or cell.unit != "%" or not words("bounded").search(name):
                continue
            seen += 1
            value = of_cell(cell, f"“{name[:20]}”完成值")
            if value is not None and value.number > HUNDRED and (_in_place(row) or not value.shaky):
                yield _above(value)
    if seen:
        yield passed("RAT-05", f"{seen}个有上限的比率已核对")


def _in_place(row: Indicator) -> bool:
    """Whether a row whose columns were inferred is whole, or answers a target in per cent."""
    return whole(row) or (row.target is not None and row.target.unit == "%")


def _above(value: Value) -> Check:
    reason = "表述为100%以上" if value.number == HUNDRED else None
    return line(
        "RAT-05", "fail", {"rate": value}, formula="rate", reported=HUNDRED, tolerance=ZERO, reason=reason
    )


@check("SCO-05", "得分在0与分值之间", "P0", "没有同时列出分值和得分的指标行")
def scores_within_points(case: Case) -> Iterator[Check]:
    """A score is at least 0 and at most its points; a form scored on another scale throughout is left open."""
    for form in case.forms:
        own = _pairs(form)
        outside = [each for each in own if not ZERO <= each[2].number <= each[1].number]
        if not own:
            continue
        if form.has_extras:
            yield unverified("SCO-05", f"{form.title}有加分或扣分项")
        elif len(outside) * _HALF > len(own):
            yield unverified("SCO-05", f"{form.title}得分与分值可能不是同一量纲")
        elif not outside:
            yield passed("SCO-05", f"{form.title}{len(own)}个得分均不超过分值")
        else:
            for name, points, score in outside:
                yield _outside(form, name, points, score)


def _pairs(form: Form) -> list[tuple[str, Value, Value]]:
    """Points and score of every indicator, of the execution and of the total."""
    out = [(name_of(row), *form.own_scores[row.id]) for row in form.rows if row.id in form.own_scores]
    for name, points, score in (
        ("预算执行率", form.execution_points, form.execution_score), ("总分", form.total_points, form.total_score),
    ):  # fmt: skip
        if points is not None and score is not None:
            out.append((name, points, score))
    return [(name, points, score) for name, points, score in out if points.number > 0]


def _outside(form: Form, name: str, points: Value, score: Value) -> Check:
    names = {"points": points.named(f"“{name}”分值"), "score": score.named("得分")}
    inferred = form.only_inferred and all(value.shaky for value in (points, score))
    if not (steady((points, score)) or inferred) or score.number >= _FAR * points.number:
        return unverified("SCO-05", f"{form.title}“{name}”读数存疑", names)
    limit = points.number if score.number > points.number else Decimal(0)
    formula = "points" if limit else "points - points"
    return line("SCO-05", "fail", names, formula=formula, reported=score.number, tolerance=ZERO)
