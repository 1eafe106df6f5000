"""SCO-08, SCO-09: what a row says it reached, against whether it was scored in full."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from extractor.findings import Check
from extractor.identities import HUNDRED, ZERO
from extractor.patterns import lazy
from extractor.profiles import words
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.values import Value, Words, number_of, words_of
from extractor.reconcile.views import steady
from extractor.schema import Indicator

Tier = Literal["met", "part", "missed"]
_MISSED = lazy(r"未达成|未完成|未达到|未实现|未达标|效果较差")
_PART = lazy(r"部分达成|部分完成|部分实现|部分达到|基本")
_MET = lazy(
    r"^(?:全部|已|按时|按期|按计划|圆满)?(?:达成|完成|达到|实现)(?:年度|年初)?(?:预期)?(?:指标|目标|任务)?$|^已?达标$"
)
_TIER_NAMES: dict[Tier, str] = {"met": "达成", "part": "部分达成", "missed": "未达成"}
_LONG_REASON = 24
# A score below this share of its points, without a word of reason, is a number cut in reading.
_LEAST_SHARE = Decimal("0.3")
_CENT, _MANY = Decimal("0.01"), 5


def explained(row: Indicator) -> bool:
    """Whether the reason cell of a row names a cause; long text is left to the reader."""
    text = text_of(row.reason)
    return len(text) > _LONG_REASON or bool(text and words("cause").search(text))


def tier_of(row: Indicator) -> Tier | None:
    """The tier a row gives itself in so many words."""
    if row.actual is None or row.actual.kind != "qual_tier":
        return None
    text = row.actual.text
    if _MISSED.search(text):
        return "missed"
    return "part" if _PART.search(text) else "met" if _MET.search(text) else None


def _cut(points: Value, score: Value) -> bool:
    """Whether a score is so small, or the points so large, that a digit or a decimal point was lost in reading."""
    return abs(score.number) < _LEAST_SHARE * points.number


@check("SCO-08", "定性指标得分落档", "P1", "没有写明达成档次的定性指标")
def scores_in_tiers(case: Case) -> Iterator[Check]:
    """A row that calls itself 达成, 部分达成 or 未达成 scores within that tier of every known division."""
    for form in case.forms:
        seen = 0
        for row in form.rows:
            tier, own = tier_of(row), form.own_scores.get(row.id)
            if tier is None or own is None or row.actual is None or own[0].number <= 0:
                continue
            seen += 1
            low, high = _bounds(case, tier)
            share = own[1].number / own[0].number * HUNDRED
            if low <= share <= high or explained(row):
                continue
            full = (
                tier == "part" and own[0].number == own[1].number
            )  # two cells that agree were not torn apart
            if not (steady(own) or full) or _cut(*own):
                yield unverified("SCO-08", f"{form.title}“{name_of(row)}”读数存疑")
                continue
            names: dict[str, Value | Words] = {
                "points": own[0].named(f"“{name_of(row)}”分值"), "score": own[1].named("得分"),
                "actual": words_of(row.actual, "完成值"),
            }  # fmt: skip
            if case.own_method:
                yield unverified("SCO-08", "报告写明计分办法，不按档次复算")
                continue
            yield _tier_line(tier, low if share < low else high, names, share < low)
        if seen:
            yield passed("SCO-08", f"{form.title}其余定性指标得分与所述档次相符")


def _bounds(case: Case, tier: Tier) -> tuple[Decimal, Decimal]:
    """The widest range of a tier in per cent of the points."""
    limits = case.profile.limits
    if tier == "met":
        return limits["tier_met_low"], HUNDRED
    return (
        (limits["tier_part_low"], limits["tier_part_high"])
        if tier == "part"
        else (ZERO, limits["tier_missed_high"])
    )


def _tier_line(tier: Tier, bound: Decimal, names: dict[str, Value | Words], short: bool) -> Check:
    side = "不低于" if short else "不高于"
    score = names["score"].number
    return line(
        "SCO-08", "fail", names, formula=f"round(points * {bound:f} / 100, 2)", reported=score,
        reason=f"自述为{_TIER_NAMES[tier]}，得分应{side}分值的{bound:f}%",
    )  # fmt: skip


@check("SCO-09", "达标却扣分", "P1", "没有达到指标值而扣分的定量指标")
def met_and_deducted(case: Case) -> Iterator[Check]:
    """A row whose numbers meet its target lost points without a cause; silent where the report prints its method (CHECKS 0.7)."""
    for form in case.forms:
        if _by_rate(form):
            continue
        met = 0
        for found in form.judged:
            own = form.own_scores.get(found.row.id)
            if own is None or not found.met:
                continue
            points, score = own
            met += 1
            if score.number >= points.number or explained(found.row):
                continue
            if not steady((points, score, found.target, found.actual)) or _cut(points, score):
                yield unverified("SCO-09", f"{form.title}“{name_of(found.row)}”读数存疑")
                continue
            if case.own_method:
                yield unverified(
                    "SCO-09", "报告写明计分办法，达标扣分不按满分复算", {"points": points, "score": score}
                )
                continue
            names: dict[str, Value | Words] = {
                "points": points.named(f"“{name_of(found.row)}”分值"), "score": score.named("得分"),
                "target": found.target, "actual": found.actual,
            }  # fmt: skip
            yield line("SCO-09", "fail", names, formula="points", reported=score.number)
        if met:
            yield passed("SCO-09", f"{form.title}{met}行达到指标值，其余得满分或写明原因")


def _by_rate(form: Form) -> bool:
    """Whether the scores of a form are its points times the percentage reached: that is SCO-16's matter."""
    rated = 0
    for row in form.rows:
        own, rate = form.own_scores.get(row.id), number_of(row.actual)
        if (
            own is not None
            and rate is not None
            and row.actual is not None
            and row.actual.unit == "%"
            and rate < HUNDRED
        ):
            rated += abs(own[0].number * rate / HUNDRED - own[1].number) <= _CENT
    return rated >= _MANY and rated * 2 > len(form.rows)
