"""Amounts that another is measured by: 完成年初预算80万元的90%, 较上年467万元增加, 未突破预算16万元."""

from __future__ import annotations

from extractor.extract.rules.figures import nouns
from extractor.extract.rules.figures.marks import Mark, Reading
from extractor.extract.rules.figures.scope import State
from extractor.extract.rules.figures.stages import stage_of
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy
from extractor.schema import OVERALL, Stage

_LAST_YEAR = lazy(r"(?:上年度?|去年|上一年度?)(?:同期)?(?:的|决算|支出|执行|实际|数|总额)*")
_THAT_YEAR = lazy(r"20\d\d年度?(?:的|决算|支出|执行|实际|数|总额|为)*")
_TOTALS: dict[Stage, str] = {
    "budget_initial": "budget_initial", "budget_annual": "budget_annual", "prev_final": "expenditure_total",
}  # fmt: skip
_MEASURED = ("较", "比")
_AGAINST = lazy(
    r"(?P<what>.{2,20}?)[较比](?P<base>(?:年初|调整|全年)?预算数?|上年度?(?:决算|支出)?数?|去年)$"
)
_SPENT = ("exec_annual", "expenditure_total")
_PLAIN_BUDGET = ("sangong_", "procurement_")  # their budget is the one of the year's beginning
_UNCLEAR = Reading("other", "other", 0.8)


def read_related(mark: Mark, state: State) -> Reading | None:
    """The reading of an amount behind 较, 占, 完成 … that names no kind of money itself: it is of what was told just before."""
    if not mark.relation:
        return _against(mark, state)
    earlier = is_earlier(mark.label, state.fiscal_year)
    if not earlier and not (_is_budget(mark.label) and "。" not in mark.gap):
        return None
    told = _told(mark, state)
    if told is None and earlier and mark.label.endswith("支出"):
        return None
    if told is None or told.stage != "exec" or (earlier and told.metric == "revenue_budget"):
        return _UNCLEAR if earlier else None
    stage: Stage = "prev_final" if earlier else stage_of(mark.label) or "budget_annual"
    if told.metric.startswith(_PLAIN_BUDGET) and stage == "budget_annual" and "全年" not in mark.label:
        stage = "budget_initial"
    metric = told.metric
    if metric in _SPENT:
        metric = _TOTALS[stage]
    elif metric == "project_exec" and not earlier:
        metric = "project_budget"
    return Reading(metric, stage, 0.8, told.scope)


def _against(mark: Mark, state: State) -> Reading | None:
    """项目支出较年初预算178万元增加60万元: a kind of money and what it is measured by in one label."""
    match = _AGAINST.match(mark.label) if holds(mark.label, _MEASURED) else None
    if match is None:
        return None
    noun = nouns.specific(match["what"])
    earlier = "年初" not in match["base"] and "预算" not in match["base"]
    stage: Stage = "prev_final" if earlier else stage_of(match["base"]) or "budget_annual"
    if noun is None and not (nouns.is_unqualified(match["what"]) and stage_of(match["what"]) == "exec"):
        return _UNCLEAR
    if earlier and state.fiscal_year is not None:
        mark.period = str(state.fiscal_year - 1)
    if noun is None:
        return Reading(_TOTALS[stage], stage, 0.8, state.scope) if state.scope == OVERALL else _UNCLEAR
    if noun.metric.startswith(_PLAIN_BUDGET) and stage == "budget_annual":
        stage = "budget_initial"
    return Reading(noun.metric, stage, 0.8, state.default)


def _told(mark: Mark, state: State) -> Reading | None:
    """What the amount is of: the one told for itself before it, or what the heading is about."""
    last, before = state.spoken, state.previous_mark
    untold = (
        state.previous is not None
        and state.previous.metric == "other"
        and before is not None
        and before.money
    )
    if (
        untold
        and before is not None
        and not before.relation
        and not nouns.is_change(before.label, before.before)
    ):
        return None  # of an amount that we do not know
    if last is None and mark.label.endswith("支出"):
        return None
    if last is None or ("。" in mark.gap and state.spoken_part):
        topic = state.topic
        return Reading(topic, "exec", 0.8, OVERALL) if topic is not None and state.headed else None
    if (
        state.open
        and last.metric != "other"
        and state.previous is not last
        and state.previous_mark is not None
    ):
        return None if state.previous_mark.money and not state.previous_mark.relation else last
    return last


def _is_budget(label: str) -> bool:
    """Whether `label` is a budget and nothing more: 年初预算数, 调整预算, 预算."""
    return (
        "预算" in label
        and nouns.is_unqualified(label)
        and stage_of(label) in ("budget_initial", "budget_annual")
    )


def is_earlier(label: str, fiscal_year: int | None) -> bool:
    """Whether a label names nothing but an earlier year: 上年决算数, 2017年决算数 in a report on 2018."""
    if _LAST_YEAR.fullmatch(label) is not None:
        return True
    return (
        fiscal_year is not None and _THAT_YEAR.fullmatch(label) is not None and int(label[:4]) < fiscal_year
    )
