"""What an amount of money is: a named project's, a specific noun's, an unqualified total's, or other."""

from __future__ import annotations

import re

from extractor.extract.rules.figures import nouns
from extractor.extract.rules.figures.marks import Line, Mark, Reading
from extractor.extract.rules.figures.names import TELLING, is_generic, name_in_label
from extractor.extract.rules.figures.scope import State, as_printed
from extractor.extract.rules.figures.stages import stage_of
from extractor.schema import OVERALL, Stage

_DEFAULT: dict[str, Stage] = {
    "revenue_budget": "budget_annual", "appropriation_current": "budget_annual", "other_funds": "budget_annual",
    "fund_gpb": "budget_annual", "fund_gov": "budget_annual", "fund_soe": "budget_annual", "fund_social": "budget_annual",
    "fund_nontax": "budget_annual", "carryover_in": "carryover", "carryover_out": "carryover", "project_invest_total": "other",
    "asset_fixed_added": "other", "asset_intangible_added": "other", "asset_class_amount": "other", "vehicle_value": "other",
}  # fmt: skip
_FIXED = frozenset(m for m, s in _DEFAULT.items() if s in ("carryover", "other"))
_FUNDS = frozenset(m for m, s in _DEFAULT.items() if s == "budget_annual")
_THREE_STAGES = ("sangong_", "procurement_")
_BY_STAGE: dict[Stage, str] = {
    "budget_initial": "budget_initial", "budget_annual": "budget_annual", "exec": "exec_annual", "adjust": "budget_adjust",
    "carryover": "carryover_out", "prev_final": "exec_annual",
}  # fmt: skip
_WHOLES = frozenset(("expenditure_project", "exec_annual", "budget_annual", "budget_initial", "expenditure_total"))
_ASSET = re.compile(r"资产|设备|家具|账面")
_ASSET_CLASS = re.compile(
    r"(?:通用设备|专用设备|家具[^,;。]*|图书[^,;。]{0,6}档案|文物[^,;。]{0,6}陈列品|房屋[^,;。]{0,8}|土地[^,;。]{0,8}|新购|调拨|接受捐赠|"
    r"其他方式新增|计算机软件|自建|置换)$"
)
_VEHICLE_VALUE = re.compile(r"原值$")
_INVOLVED = re.compile(r"(?:涉及|涉及的)?(?:项目|预算)?(?:支出|预算)?(?:资金|金额|总额)(?:总额|总量)?|项目")
_AMOUNT = re.compile(r"(?:项目|预算|资金|批复|追加|总)*(?:金额|资金)(?:总额)?|资金总额|预算|项目资金")
_CARRIED_OUT = re.compile(r"(?:实际)?执行的?项目")
_QUOTES = ("“", "”", '"')
_STAGE_TAIL = re.compile(
    r"(?:的|总|年初|全年|调整后|实际|共|已|累计|年度|完成|资金|中|预计|计划)*"
    r"(?:预算|决算|支出|执行|支付|使用|列支|追加|调增|调减|核减|安排|批复|到位|投入|拨付)(?:[数额了]|总额|资金|金额|安排|批复|支出|执行)*$"
)
_OWN = re.compile(r"全年|我|本单位|本部门|年初|决算")
_SUMS = ("共计", "合计", "总计", "以上")
_SEVERAL = re.compile(r"(?:等|\d|[二两三四五六七八九十])(?:个|项|类)")


def read_money(line: Line, mark: Mark, state: State, member: bool) -> Reading:
    """The metric, stage and scope of the amount `mark`; `other` where its governing word is unclear."""
    if mark.repeats and state.previous is not None:
        return state.previous
    label = mark.label
    if (mark.unit and "/" in mark.unit) or nouns.is_per_head(label):
        return Reading("other", "other", 0.8)
    if mark.label_start >= mark.end:  # the words after the amount say what it was for, not what it is
        return Reading("other", "other", 0.6)
    asset = _asset(line, mark, state, member)
    if asset is not None:
        return asset
    if nouns.is_change(label, mark.before):
        return Reading("other", "other", 0.9)
    for read in (_project, _specific, _sum, _general, _amount):
        reading = read(line, mark, state, member)
        if reading is not None:
            return reading
    state.qualified = state.qualified or nouns.general(label) is not None
    if len(state.members) > 1 and label.startswith(_SUMS):
        state.scope = state.default
    return Reading("other", "other", 0.6)


def _asset(line: Line, mark: Mark, state: State, member: bool) -> Reading | None:
    if _ASSET_CLASS.search(mark.label) and _ASSET.search(line.text, 0, mark.end):
        return Reading("asset_class_amount", "other")
    if _VEHICLE_VALUE.search(mark.label) and "车" in line.text[max(0, mark.start - 40) : mark.start]:
        return Reading("vehicle_value", "other")
    return None


def _project(line: Line, mark: Mark, state: State, member: bool) -> Reading | None:
    """An amount whose label is a project's name, or a name followed by 年初预算, 执行 …"""
    label, start = mark.label, mark.label_start
    named = _named(line, mark, state)
    if named is None:
        return None
    at, end = named
    after = label[end - start :].strip(" \"'")
    if nouns.is_sum(after) or (after == "" and _SEVERAL.search(label)):
        return None
    printed = as_printed(line, at, end)
    if printed[:1] in _QUOTES and printed[-1:] in _QUOTES:
        printed = printed[1:-1]
    scope = state.names.canonical(printed)
    noun = nouns.specific(after) if after else None
    if noun is not None and noun.metric in ("carryover_in", "carryover_out"):
        reading = Reading(noun.metric, "carryover", 1.0, scope)
    elif noun is not None and noun.metric not in ("expenditure_project", "expenditure_total"):
        reading = Reading(noun.metric, stage_of(after) or _DEFAULT.get(noun.metric, "exec"), 0.8, scope)
    else:
        own = stage_of(after) or ("exec" if "支出" in after else None) or stage_of(label[: at - start])
        if own is None and after and not nouns.is_clean(after):
            return None
        reading = _named_reading(line, own, mark, state, scope)
    state.scope = scope
    if scope not in state.members:
        state.members.append(scope)
    state.names.add(printed)
    return reading


def _named(line: Line, mark: Mark, state: State) -> tuple[int, int] | None:
    start, end = mark.label_start, mark.label_end
    known = [(a, b) for a, b in state.mentions if a >= start and b <= end]
    if known:
        a, b = known[-1]
        qualified = line.text[start:a]
        longer = name_in_label(mark.label, state.listed)
        if longer is not None and b == end and not nouns.is_clean(qualified):
            return start + longer[0], start + longer[1]
        return a, b
    noun = nouns.specific(mark.label)
    if noun is not None and (nouns.is_clean(noun.before) or not state.listed or is_generic(noun.before)):
        return None
    if nouns.is_unqualified(mark.label) or nouns.is_sum(mark.label):
        return None
    found = name_in_label(mark.label, (state.listed or _follows_item(mark, state)) and _is_item(line, mark))
    tail = _STAGE_TAIL.search(mark.label)
    if tail is not None:
        head = name_in_label(mark.label[: tail.start()], False)
        found = head if head is not None else found
    return None if found is None else (start + found[0], start + found[1])


def _follows_item(mark: Mark, state: State) -> bool:
    """Whether `mark` comes right after a project's amount, set off as another one: A项目3万元;B项目5万元."""
    before = state.previous is not None and state.previous.metric in ("project_budget", "project_exec")
    return before and mark.delim == ";" and TELLING.search(mark.label) is not None


def _is_item(line: Line, mark: Mark) -> bool:
    return (mark.label_end < mark.start + 1 and mark.delim in ("", ":", ";", ",", "(", '"', ".")) or line.text[mark.label_start - 1] in " 、"


def _named_reading(line: Line, own: Stage | None, mark: Mark, state: State, scope: str) -> Reading:
    confidence = 1.0 if own else 0.9
    if own is None and state.listed:
        if state.list_stage is None:
            state.list_stage = _list_stage(line, mark, state)
        own = state.list_stage
    if own is None:
        own = stage_of(_opening(mark).rsplit(";", 1)[-1][-60:])
        confidence = 0.7
    if own in ("exec", "prev_final"):
        return Reading("project_exec", own, confidence, scope)
    if own in ("budget_initial", "adjust"):
        return Reading("project_budget", own, confidence, scope)
    return Reading("project_budget", "budget_annual", min(confidence, 0.9), scope)


def _list_stage(line: Line, mark: Mark, state: State) -> Stage:
    """The stage of a list's members: its own opening words, else the total before it, else the annual budget."""
    opening = _opening(mark)
    if state.previous is not None and state.previous.metric in _WHOLES and state.previous_mark is not None:
        if "。" not in line.text[state.previous_mark.end : mark.start]:
            return state.previous.stage
    # 实际执行项目包括: the projects are those carried out, the amounts still their budgets
    own = stage_of(_CARRIED_OUT.sub("", opening.rsplit(";", 1)[-1][-30:]))
    return own if own in ("budget_initial", "adjust", "budget_annual", "exec", "prev_final") else "budget_annual"


def _opening(mark: Mark) -> str:
    """The sentence before the label of `mark`."""
    return mark.before[: len(mark.before) - (mark.start - mark.label_start)]


def _specific(line: Line, mark: Mark, state: State, member: bool) -> Reading | None:
    noun = nouns.specific(mark.label)
    if noun is None:
        return None
    metric = noun.metric
    if metric == "appropriation_current" and "支出" in noun.after:
        return Reading("other", "other", 0.6)
    if metric in ("expenditure_project", "expenditure_basic", "expenditure_total", "fund_gpb"):
        state.topic = metric if nouns.general(noun.after) else None
    elif nouns.general(noun.after):
        state.topic = metric
    if metric in _FIXED:
        return Reading(metric, _DEFAULT[metric], scope=_scope_of_total(mark, state))
    words = re.split(r"[比较]", noun.before)[-1]
    own = stage_of(words + (noun.text if metric.startswith(_THREE_STAGES) else "") + noun.after)
    if own is None and metric in _FUNDS and re.search(r"支出|决算", mark.label[len(noun.before) - len(words) :]):
        own = stage_of(mark.label.split("预算", 1)[-1]) or "exec"
        if "支出预算" in mark.label or "预算支出预算" in mark.label:
            own = "budget_annual"
    stage, confidence = _stage(own, metric, mark, state, member)
    if metric.startswith(_THREE_STAGES) and stage == "budget_annual" and own is not None and "全年预算" not in mark.label:
        stage = "budget_initial"
    scope = _scope_of_total(mark, state)
    if metric == "expenditure_project" and scope != OVERALL:
        return Reading("project_exec" if stage in ("exec", "prev_final") else "project_budget", stage, confidence, scope)
    if not nouns.is_clean(noun.before) and not is_generic(noun.before):
        confidence = min(confidence, 0.8)
    return Reading(metric, stage, confidence, scope)


def _stage(own: Stage | None, metric: str, mark: Mark, state: State, member: bool) -> tuple[Stage, float]:
    if own is not None and own not in ("carryover",):
        return own, 1.0
    if state.frame is not None and member:
        return state.frame, 0.9
    default = _DEFAULT.get(metric, "exec")
    if state.frame in ("budget_initial", "budget_annual", "exec", "prev_final") and metric not in _FUNDS:
        return state.frame, 0.7
    return default, 0.9


def _scope_of_total(mark: Mark, state: State) -> str:
    return state.scope


def _sum(line: Line, mark: Mark, state: State, member: bool) -> Reading | None:
    if not nouns.is_sum(mark.label):
        return None
    if state.counted:
        stage = stage_of(line.title or "") or "exec"
        return Reading("expenditure_project", stage_of(mark.before) or stage, 0.8, state.default)
    if len(state.members) > 1:
        state.scope = state.default
        stage = state.list_stage or (state.previous.stage if state.previous else "exec")
        return Reading("expenditure_project", stage, 0.7, state.default)
    return Reading("other", "other", 0.6)


def _general(line: Line, mark: Mark, state: State, member: bool) -> Reading | None:
    """预算, 执行, 支出 … standing alone: a total of the unit, of the list just told, or of the project spoken of."""
    label = mark.label
    if not nouns.is_unqualified(label):
        return None
    stage = stage_of(label) or "exec"
    scope = state.scope
    if state.unnamed and scope == OVERALL and stage in _BY_STAGE and stage not in ("adjust", "carryover"):
        return Reading("project_exec" if stage in ("exec", "prev_final") else "project_budget", stage, 0.5, scope)
    if state.topic is not None and scope == OVERALL and not nouns.is_total_expenditure(label) and not nouns.is_revenue(label):
        if stage == "adjust" and state.topic == "expenditure_basic":
            return Reading("basic_budget_adjust", stage, 0.8, scope)
        return Reading(state.topic, stage, 0.8, scope)
    if stage == "adjust":
        return Reading("budget_adjust", "adjust", 1.0, scope)
    if scope != OVERALL:
        if stage == "carryover":
            return Reading("carryover_out", stage, 1.0, scope)
        return Reading("project_exec" if stage in ("exec", "prev_final") else "project_budget", stage, 0.9, scope)
    if state.qualified and not nouns.is_total_expenditure(label) and not _OWN.search(label):
        return Reading("other", "other", 0.5, scope)
    if state.counted and not nouns.is_revenue(label):
        return Reading("expenditure_project", stage, 0.8, scope)
    if state.fund is not None:
        return Reading(state.fund, stage, 0.8, scope)
    if nouns.is_revenue(label):
        return Reading("revenue_budget", stage if stage.startswith("budget") else "budget_annual", 1.0, scope)
    if len(state.members) > 1 and stage == "exec":
        return Reading("expenditure_project", stage, 0.8, scope)
    return _total(label, stage, scope)


def _total(label: str, stage: Stage, scope: str) -> Reading:
    if "收入" in label and "支出" not in label:
        return Reading("other", "other", 0.8, scope)
    if stage == "exec" and nouns.is_total_expenditure(label):
        return Reading("expenditure_total", stage, 1.0, scope)
    if stage == "budget_annual" and "支出" in label:
        return Reading("expenditure_total", stage, 0.9, scope)
    sure = 0.7 if stage == "budget_annual" and not any(w in label for w in ("全年预算", "调整")) else 1.0
    return Reading(_BY_STAGE.get(stage, "other"), stage, sure, scope)


def _amount(line: Line, mark: Mark, state: State, member: bool) -> Reading | None:
    """金额, 资金: the amount of the project or of the projects just named or counted."""
    if state.counted and _INVOLVED.fullmatch(mark.label):
        stage = stage_of(mark.before) or "exec"
        return Reading("expenditure_project", stage, 0.8, state.default)
    if _AMOUNT.fullmatch(mark.label) and state.scope != OVERALL:
        return _named_reading(line, stage_of(mark.label), mark, state, state.scope)
    return None
