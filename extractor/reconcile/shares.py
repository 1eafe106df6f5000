"""SUM-13, RAT-03, RAT-11: amounts and counts printed with the share they are said to be of a whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from extractor.amounts import is_money
from extractor.document import Span
from extractor.findings import Check
from extractor.identities import HUNDRED, ONE, check_rate, places, rounded, unit_of
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.memo import per_case
from extractor.reconcile.rates import percent_formula
from extractor.reconcile.registry import check, compared, line, passed, unverified
from extractor.reconcile.sums import added
from extractor.reconcile.values import Value, comparable, digits_of, in_unit, term
from extractor.reconcile.views import percentages
from extractor.schema import OVERALL, Figure

_STOP = lazy(r"[。!?]")
_SHARE = lazy(r"占.{0,24}$")
_WHOLES = (
    (lazy(r"占(?:本部门|本单位|全年|当年)?基本支出"), ("expenditure_basic",)),
    (lazy(r"占(?:本部门|本单位|全年|当年)?项目支出"), ("expenditure_project",)),
    (
        lazy(r"占(?:本部门|本单位|全年|当年|年度)?(?:总支出|支出总额|支出合计|整体支出|全年支出|总体支出)"),
        ("expenditure_total", "exec_annual"),
    ),
)
_ASSETS = ("asset_fixed_added", "asset_intangible_added")
_ALL = lazy(r"资产(?:总额|总值|总计|合计|原值|总量|价值)(?:共计|合计|为|共|达)?$")
_OF_IT = lazy(r"^中[,:]?")
_SHARE_SLACK = Decimal("0.05")
_COUNTED = frozenset("个户人名项件家所条场次村处座辆台")
_WHOLE_SLACK = Decimal("0.5")


class Shared(NamedTuple):
    """An amount and the share printed behind it."""

    part: Figure
    share: Figure


@per_case
def _shared(case: Case) -> list[Shared]:
    """Every money amount directly followed by its share, in one clause or the next."""
    prose, out = case.prose, []
    for at in percentages(case):
        part, share = prose[at - 1], prose[at]
        if at and is_money(part.amount.unit) and part.scope == share.scope:
            near = share.span.start - part.span.end < 40 and case.sentence(part.span) == case.sentence(
                share.span
            )
            if near and _SHARE.search(case.lead(share)) and case.of_year(part):
                out.append(Shared(part, share))
    return out


@check("RAT-03", "结构占比", "P2", "正文没有列出占比及其分子、分母")
def shares_of_wholes(case: Case) -> Iterator[Check]:
    """A printed share is its amount over the whole that the sentence names, or over the assets that head the list."""
    for found in _shared(case):
        whole = _whole_of(case, found)
        part, share = case.value_of(found.part, _label(found.part)), case.value_of(found.share, "占比")
        if (
            whole is None
            or part is None
            or share is None
            or not whole.number
            or not comparable((part, whole))
        ):
            continue
        names = {"part": part, "whole": whole, "rate": share}
        digits = digits_of((part, whole), whole.unit)
        outcome = check_rate(in_unit(part, whole.unit), whole.number, share.number, digits)
        formula = percent_formula(term("part", part, whole.unit), "whole", places(share.number))
        if outcome.agreement == "fail" and set(found.part.evidence.flags) - {"ocr"}:
            yield unverified("RAT-03", "金额读数存疑", names)
        else:
            yield compared("RAT-03", outcome, formula, names)
    yield from _left_over(case)


def _left_over(case: Case) -> Iterator[Check]:
    """结转结余率 is what is left over of the one annual budget that the sentences print."""
    rates, carried, budgets = (
        case.by_metric((metric,)) for metric in ("carryover_rate", "carryover_out", "budget_annual")
    )
    for figures in (rates, carried, budgets):
        if len({f.amount.base_value for f in figures}) != 1:
            return
    part, whole = case.value_of(carried[0], "结转结余"), case.value_of(budgets[0], "全年预算数")
    rate = case.value_of(rates[0], "结转结余率")
    apart = case.paragraph(rates[0].span) != case.paragraph(carried[0].span)
    if (
        part is None
        or whole is None
        or rate is None
        or apart
        or not whole.number
        or not comparable((part, whole))
    ):
        return
    names = {"part": part, "whole": whole, "rate": rate}
    outcome = check_rate(
        in_unit(part, whole.unit), whole.number, rate.number, digits_of((part, whole), whole.unit)
    )
    formula = percent_formula(term("part", part, whole.unit), "whole", places(rate.number))
    yield compared("RAT-03", outcome, formula, names)


def _label(figure: Figure) -> str:
    return figure.label[-16:] or "金额"


def _whole_of(case: Case, found: Shared) -> Value | None:
    """The one whole that the words 占… name, before the share in its paragraph; None when several could be meant."""
    lead = case.lead(found.share)
    metrics = next((metrics for pattern, metrics in _WHOLES if pattern.search(lead)), None)
    if metrics is None and found.part.metric == "asset_class_amount":
        return _assets_before(case, found)
    if metrics is None:
        return _headed(case, found) if lead == "占" else None
    start, _ = case.paragraph(found.share.span)
    before = [
        f
        for f in case.between(start, found.share.span.start)
        if f.metric in metrics
        and f.stage == found.part.stage
        and f.scope == found.part.scope
        and f is not found.part
    ]
    if not before:
        return _only_whole(case, metrics, found)
    if case.narrowed(found.part) - case.narrowed(before[-1]):
        return None
    return case.value_of(before[-1], _label(before[-1]))


def _only_whole(case: Case, metrics: tuple[str, ...], found: Shared) -> Value | None:
    """The whole where the report prints one amount of it and no other: a share of it need not stand beside it."""
    if len(metrics) != 1 or found.part.scope != OVERALL or found.part.metric == metrics[0]:
        return None
    figures = case.by_metric(metrics, found.part.stage)
    if len({f.amount.base_value for f in figures}) != 1 or case.confined(figures[0]) != case.confined(
        found.part
    ):
        return None
    return case.value_of(figures[0], _label(figures[0]))


def _headed(case: Case, found: Shared) -> Value | None:
    """The amount that heads the sentence of a bare 占…: “基本支出734万元中,人员经费621万元,占84.6%”."""
    start, _ = case.sentence(found.part.span)
    before = [f for f in case.between(start, found.part.span.start) if f.scope == found.part.scope]
    if len(before) != 1 or before[0].stage != found.part.stage or not is_money(before[0].amount.unit):
        return None
    between = case.words(before[0].span.end, found.part.span.start)
    return case.value_of(before[0], _label(before[0])) if _OF_IT.match(between) else None


def _assets_before(case: Case, found: Shared) -> Value | None:
    lists = (each for each in _asset_lists(case) if any(part is found.part for part in each.parts))
    return next((each.total for each in lists), None)


class Assets(NamedTuple):
    """The classes of one way of sorting assets, and the total they are said to make."""

    total: Value
    parts: tuple[Figure, ...]
    shares: tuple[Figure, ...]


@per_case
def _asset_lists(case: Case) -> list[Assets]:
    """Asset classes of one full sentence, under the last total of assets before them in the section."""
    classes = [f for f in case.prose if f.metric == "asset_class_amount"]
    out: list[Assets] = []
    if not classes:
        return out
    totals = [f for f in case.prose if f.metric in _ASSETS or _total_of_assets(case, f)]
    groups: dict[tuple[int, int], list[Figure]] = {}
    for figure in classes:
        before = [f for f in totals if f.span.start < figure.span.start]
        if before:
            sentence = _sentence_no(case, before[-1].span.end, figure.span)
            groups.setdefault((before[-1].span.start, sentence), []).append(figure)
    shares = {id(found.part): found.share for found in _shared(case)}
    by_start = {f.span.start: f for f in totals}
    for (start, _), figures in groups.items():
        total = case.value_of(by_start[start], _label(by_start[start]))
        if total is None:
            continue
        out += [
            Assets(total, tuple(some), tuple(shares[id(f)] for f in some if id(f) in shares))
            for some in _sortings(figures, shares, total)
        ]
    return out


def _total_of_assets(case: Case, figure: Figure) -> bool:
    """Whether the words in front of an amount call it all assets of a kind."""
    return figure.metric == "other" and is_money(figure.amount.unit) and bool(_ALL.search(case.lead(figure)))


def _sortings(figures: list[Figure], shares: dict[int, Figure], total: Value) -> Iterator[list[Figure]]:
    """One sentence may sort the same assets twice: a list ends where it has reached the whole."""
    some: list[Figure] = []
    percent, amount = Decimal(0), Decimal(0)
    for figure in figures:
        some.append(figure)
        share = shares.get(id(figure))
        percent += share.amount.value or 0 if share is not None else 0
        amount += figure.amount.value or 0
        if percent >= HUNDRED - _SHARE_SLACK or amount == total.number:
            yield some
            some, percent, amount = [], Decimal(0), Decimal(0)
    if some:
        yield some


def _nested(case: Case, found: Assets) -> bool:
    """Whether a class may itself be split in the list: a second 其中, or brackets."""
    words = case.words(found.total.spans[0].end, found.parts[-1].span.end)
    return words.count("其中") > 1 or "(" in words


def _sentence_no(case: Case, start: int, span: Span) -> int:
    """How many full stops lie between a total and a place."""
    return len(_STOP.findall(case.document.folded[start : span.start]))


@check("SUM-13", "资产分类合计与占比", "P1", "正文没有列出资产总额及其分类")
def assets_add_up(case: Case) -> Iterator[Check]:
    """Asset classes that claim the whole (shares of 100 %) add up to it; other lists are only hinted at (CHECKS 0.4)."""
    for found in _asset_lists(case):
        parts = [value for f in found.parts if (value := case.value_of(f, _label(f))) is not None]
        if len(parts) < 2 or len(parts) != len(found.parts):
            continue
        shares = [value for f in found.shares if (value := case.value_of(f, "占比")) is not None]
        every = len(shares) == len(parts)
        percent = sum((share.number for share in shares), Decimal(0))
        whole = every and abs(percent - HUNDRED) <= _SHARE_SLACK * len(shares)
        result = added(case, "SUM-13", parts, found.total)
        if result.status == "fail" and not whole:
            over = result.computed is not None and result.computed > found.total.number
            over = over and not _nested(case, found)
            reason = "所列分类合计大于总额" if over else "所列分类可能不完整"
            result = added(case, "SUM-13", parts, found.total, severity="P1" if over else "I", reason=reason)
        yield result
        if every and percent > HUNDRED + _SHARE_SLACK * len(shares):
            names = {f"x{n}": share for n, share in enumerate(shares, 1)}
            yield line(
                "SUM-13", "fail", names, formula=" + ".join(names), reported=HUNDRED, reason="占比合计大于100%",
                tolerance=_SHARE_SLACK * len(shares),
            )  # fmt: skip


@check("RAT-11", "占比反推可行性", "I", "正文没有“某数个、占百分之几”的表述")
def counts_with_shares(case: Case) -> Iterator[Check]:
    """“42个、占61%” needs a whole number of which 42 is 61 per cent at the printed precision."""
    prose = case.prose
    for at in percentages(case):
        count, share = prose[at - 1], prose[at]
        if not at or (count.amount.unit or "?")[-1] not in _COUNTED or count.scope != OVERALL:
            continue
        apart = share.span.start - count.span.end
        lead = case.lead(share)
        if apart > 12 or not lead.startswith("占") or count.amount.comparator or share.amount.comparator:
            continue
        part, rate = case.value_of(count, "数量"), case.value_of(share, "占比")
        if part is not None and rate is not None and 0 < rate.number <= HUNDRED and part.number > 0:
            yield _possible(part, rate)


def _possible(part: Value, rate: Value) -> Check:
    slack = _WHOLE_SLACK * unit_of(places(rate.number))
    lowest = (part.number * HUNDRED / (rate.number + slack)).to_integral_value(ROUND_CEILING)
    highest = (part.number * HUNDRED / (rate.number - slack)).to_integral_value(ROUND_FLOOR)
    names = {"part": part, "rate": rate}
    if lowest <= highest or part.number != part.number.to_integral_value():
        return passed("RAT-11", f"总数为{max(lowest, ONE):f}时成立", names)
    near = rounded(part.number * HUNDRED / rate.number, 0)
    formula = percent_formula("part", f"{near:f}", places(rate.number))
    return line(
        "RAT-11",
        "fail",
        names,
        formula=formula,
        reported=rate.number,
        tolerance=slack,
        reason=f"最接近的总数为{near:f}",
    )
