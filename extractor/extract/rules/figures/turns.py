"""Amounts that turned into others: 由A增加到B, and what a cause between noun and verb (因调资增加) changed the budget by."""

from __future__ import annotations

from extractor.extract.rules.figures import nouns
from extractor.extract.rules.figures.marks import Line, Mark, Reading
from extractor.extract.rules.figures.scope import State, as_printed
from extractor.extract.rules.figures.stages import stage_of
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy
from extractor.schema import OVERALL, Stage

_FROM = ("由", "从")
_INTO = (
    *(
        verb + to
        for verb in (
            "增加", "减少", "增长", "下降", "提高", "上升", "降低", "压减", "压缩", "调整", "调增", "调减", "追加", "核减",
        )
        for to in "到至为"
    ),
    "增至", "减至", "降至", "升至",
)  # fmt: skip
_FROM_INITIAL = lazy(r"[由从](?:年初|原|最初)(?:批复|安排|下达)?的?(?:预算数?)?的?$")
_COMPARED = lazy(r"[比较](?:上年|去年|20\d\d ?年|同期)|同比|相比")
_CAUSED = lazy(
    r"^(?P<head>[^,;。]{0,20}?)(?:因(?:为)?[^,;。]{2,30}?(?P<verb>追加|追减|调增|调减|核减|核增|压减|增加|减少)(?:预算)?"
    r"|(?:按照?|根据)[^,;。]{2,30}?(?P<ordered>追加|追减|调增|调减|核减|核增|压减|收回))$"
)
_CAUSES = ("因", "按", "根据")
_IN_YEAR = ("年中", "执行中", "预算执行中", "当年", "年度中")
_BY_STAGE: dict[Stage, str] = {
    "budget_initial": "budget_initial", "budget_annual": "budget_annual", "prev_final": "expenditure_total",
    "exec": "expenditure_total",
}  # fmt: skip


def read_turn(line: Line, mark: Mark, state: State) -> Reading | None:
    """The reading of an amount that turned into another, that another turned into, or that a cause has added."""
    if (moved := _moved(line, mark, state)) is not None:
        return moved
    if mark.label.endswith(_FROM) and mark.right.startswith(_INTO):
        return _turned(mark, state, earlier=True)
    if state.previous_mark is not None and mark.gap.strip() in _INTO:
        told = state.previous_mark
        return _turned(told, state, earlier=False) if told.label.endswith(_FROM) else None
    return _caused(mark, state)


def _moved(line: Line, mark: Mark, state: State) -> Reading | None:
    """由年初的90万元调整到95万元: the budget of the year's beginning and the one it became."""
    told = state.previous_mark
    if mark.right.startswith(_INTO) and (match := _FROM_INITIAL.search(mark.label)) is not None:
        stage: Stage = "budget_initial"
        of, named = mark.label[: match.start()], state.named_in(mark.label_start, mark.label_end)
        if len(named) == 1:
            state.scope = state.names.canonical(as_printed(line, *named[0]))
        elif of and not nouns.is_clean(of):
            return Reading("other", "other", 0.6)
    elif told is not None and mark.gap.strip() in _INTO and _FROM_INITIAL.search(told.label) is not None:
        stage = "budget_annual"
        if state.previous is not None and state.previous.metric == "other":
            return Reading("other", "other", 0.6)
    else:
        return None
    if state.scope != OVERALL:
        return Reading("project_budget", stage, 0.9, state.scope)
    if state.nameless or state.topic is not None:
        return Reading("other", stage, 0.5)
    return Reading(stage, stage, 0.9, OVERALL)


def _turned(mark: Mark, state: State, *, earlier: bool) -> Reading:
    """What 基本支出由 names: last year's outturn and this year's, or the initial and the adjusted budget."""
    label = mark.label[:-1]
    noun = nouns.specific(label)
    unclear = Reading("other", "other", 0.6)
    if noun is None and not nouns.is_unqualified(label):
        return unclear
    stages: tuple[Stage, Stage]
    if stage_of(label) in ("budget_initial", "budget_annual"):
        stages = "budget_initial", "budget_annual"
    elif _COMPARED.search(mark.before):
        stages = "prev_final", "exec"
        if earlier and state.fiscal_year is not None:
            mark.period = str(state.fiscal_year - 1)
    else:
        return unclear
    stage = stages[0] if earlier else stages[1]
    return Reading(noun.metric if noun is not None else _BY_STAGE[stage], stage, 0.9, state.default)


def _caused(mark: Mark, state: State) -> Reading | None:
    """年中因普查追加18万元, 其中基本支出因调资增加24万元: an adjustment of the budget, its cause told between."""
    match = _CAUSED.match(mark.label) if holds(mark.label, _CAUSES) else None
    if match is None:
        return None
    head, verb = match["head"], match["verb"] or match["ordered"]
    noun = nouns.specific(head)
    adjusted = (
        mark.label.endswith("预算")
        or verb not in ("增加", "减少")
        or state.frame == "adjust"
        or head.startswith(_IN_YEAR)
    )
    if not adjusted or _COMPARED.search(mark.before):
        return None
    if noun is not None and noun.metric.startswith("expenditure_"):
        metric = "basic_budget_adjust" if noun.metric == "expenditure_basic" else noun.metric
        return Reading(metric, "adjust", 0.9, OVERALL)
    if noun is None and nouns.is_plain(head) and state.prior == OVERALL and not state.nameless:
        state.scope = state.prior  # the cause may name a project
        return Reading("budget_adjust", "adjust", 0.9, OVERALL)
    if noun is None and nouns.is_plain(head) and state.prior != OVERALL:
        return Reading("project_budget", "adjust", 0.9, state.scope)
    return None
