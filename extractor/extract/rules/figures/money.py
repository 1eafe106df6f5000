"""What an amount of money is: a named project's, a specific noun's, an unqualified total's, or other."""

from __future__ import annotations

from extractor.extract.rules.figures import nouns
from extractor.extract.rules.figures.kinds import UNCLEAR, read_kind
from extractor.extract.rules.figures.marks import Line, Mark, Reading
from extractor.extract.rules.figures.projects import amount_of, by_stage, is_funds, is_source, read_project
from extractor.extract.rules.figures.relations import read_related
from extractor.extract.rules.figures.scope import State
from extractor.extract.rules.figures.stages import stage_of
from extractor.extract.rules.figures.turns import read_turn
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy
from extractor.schema import OVERALL, Stage

_THREE_STAGES = ("sangong_", "procurement_")
_BY_STAGE: dict[Stage, str] = {
    "budget_initial": "budget_initial", "budget_annual": "budget_annual", "exec": "exec_annual", "adjust": "budget_adjust",
    "carryover": "carryover_out", "prev_final": "exec_annual",
}  # fmt: skip
_ASSETS = ("资产", "设备", "家具", "账面")
_ASSET_CLASS = lazy(
    r"(?:通用设备|专用设备|家具[^,;。]*|图书[^,;。]{0,6}档案|文物[^,;。]{0,6}陈列品|房屋[^,;。]{0,8}|土地[^,;。]{0,8}|新购|调拨|接受捐赠|"
    r"其他方式新增|计算机软件|自建|置换)$"
)
_INVOLVED = lazy(r"(?:涉及|涉及的)?(?:项目|预算)?(?:支出|预算)?(?:资金|金额|总额)(?:总额|总量)?|项目")
# 涉及资金: the money of something named in passing, not the unit's
_INVOLVING = lazy(r"涉及[^,;。]{0,8}(?:资金|金额|经费|预算|支出)")
_BARE_SPENDING = lazy(r"(?:全年|当年|共计?|已|累计)*支出")
_OF_BUDGET = lazy(r",占[^,;。]{0,16}(?:支出|项目)预算")
_AMOUNT = lazy(r"(?:项目|预算|资金|批复|追加|总)*(?:金额|资金)(?:总额)?|资金总额|预算|项目资金")
_WHOLE_UNIT = ("全年", "我", "本单位", "本部门", "年初", "决算")
# of something that the sentence tells, never the unit's whole budget
_GRANTED = lazy(r"(?:共|已|累计)*(?:安排|下达|投入|拨付|落实)(?:了|财政|专项)*(?:资金|经费)")
_PURPOSE = ("支持", "用于", "作为", "购买")
_WHOLES = (
    ({"expenditure_basic", "expenditure_project"}, "expenditure_total"),
    ({"expenditure_personnel", "expenditure_public"}, "expenditure_basic"),
)
_BARE_VERBS = frozenset(("安排", "批复", "拨付", "使用", "支付", "开支", "列支"))
_LOOSE_VERBS = ("投入", "报账", "报销", "发生", "花费", "完成")
_COSTS = frozenset(("支出", "共支出", "已支出", "共计支出", "累计支出"))
_SUMS = ("共计", "合计", "总计", "以上")
_YEARS_BEGINNING = lazy(r"年初[^\d。;]{0,30}$")
_BUDGETED = lazy(r"[列纳]入[^,;。]{0,8}预算")
_REMARK = lazy(r"\([^()\d]{1,12}\)$")
_FIRST, _FINAL = ("批复", "部门预算", "单位预算", "核定预算"), ("调整", "全年", "最终")
_TURNED = lazy(r"预算(?:规模|总额|总数|数)?(?:增至|增加[到至]|调整[到至为]|达到?)$")
_SPENDING = ("支出", "收支", "决算", "执行")
_WHOLE_AGAIN = lazy(r"调整后|调整预算|全年预算|可执行|全年可用")
_ADJUSTED = lazy(r"调整后|调整预算|追加|压减|调[增减]|核[增减]|增加预算|最终预算")
_PARTS_OF = frozenset((
    "sangong_vehicle", "sangong_vehicle_buy", "sangong_vehicle_run", "sangong_abroad", "sangong_reception", "expenditure_personnel",
    "expenditure_public",
))  # fmt: skip


def read_money(line: Line, mark: Mark, state: State, member: bool) -> Reading:
    """The metric, stage and scope of the amount `mark`; `other` where its governing word is unclear."""
    label = mark.label
    if mark.repeats and state.previous is not None:
        return state.previous
    if (mark.unit and "/" in mark.unit) or nouns.is_per_head(label):
        return Reading("other", "other", 0.8)
    if mark.label_start >= mark.end:  # the words after the amount say what it was for, not what it is
        return UNCLEAR
    asset = _asset(line, mark)
    if asset is not None:
        return asset
    turned = read_turn(line, mark, state)
    if turned is not None:
        return turned
    if nouns.is_change(label, mark.before):
        return Reading("other", "other", 0.9)
    related = read_related(mark, state)
    if related is not None:
        return related
    reading = (
        read_project(line, mark, state)
        or read_kind(line, mark, state, member)
        or _sum(line, mark, state)
        or _grown(mark, state)
        or _general(line, mark, state)
        or _amount(line, mark, state)
    )
    if reading is not None:
        return reading
    if nouns.general(label) is not None:
        state.qualified = True
        if ";" in mark.gap or "。" in mark.gap:
            state.scope = state.heading or state.default  # something new, whose name we do not know
    if len(state.members) > 1 and label.startswith(_SUMS):
        state.scope = state.default
    return UNCLEAR


def _asset(line: Line, mark: Mark) -> Reading | None:
    if holds(line.text[max(0, mark.end - 2000) : mark.end], _ASSETS) and _ASSET_CLASS.search(mark.label):
        return Reading("asset_class_amount", "other")
    if mark.label.endswith("原值") and "车" in line.text[max(0, mark.start - 40) : mark.start]:
        return Reading("vehicle_value", "other")
    return None


def _sum(line: Line, mark: Mark, state: State) -> Reading | None:
    """合计, 共计: the sum of the projects just listed or counted."""
    given = state.scope != OVERALL and len(state.members) < 2 and is_funds(mark.label)
    if given or not nouns.is_sum(mark.label):
        return None
    whole = _whole_of(state.parts)
    if whole is not None and "。" not in mark.gap:
        return whole
    if state.scope != OVERALL and is_source(mark, "中央"):
        return by_stage("budget_annual", state.scope, 0.7)
    if state.counted:
        stage = stage_of(mark.before) or stage_of(state.title) or "exec"
        return Reading("expenditure_project", stage, 0.8, state.default)
    if len(state.members) > 1 and not (state.previous and state.previous.stage == "carryover"):
        state.scope = state.default
        stage = state.list_stage or (state.previous.stage if state.previous else "exec")
        return Reading("expenditure_project", stage, 0.7, state.default)
    return UNCLEAR


def _whole_of(parts: dict[str, Stage]) -> Reading | None:
    """What 合计 means behind 基本支出 and 项目支出, or behind 人员经费 and 公用经费, all of one stage."""
    if len(set(parts.values())) != 1:
        return None
    stage = next(iter(parts.values()))
    for members, metric in _WHOLES:
        if parts.keys() == members:
            return Reading(metric, stage, 0.9, OVERALL)
    return None


def _general(line: Line, mark: Mark, state: State) -> Reading | None:
    """预算, 执行, 支出 … standing alone: a total of the unit, of the list just told, or of the project spoken of."""
    label = _REMARK.sub("", mark.label)  # 全年预算(含追加)
    if _is_verb(mark, state) or not nouns.is_unqualified(label):
        return None
    scope = _scope_again(label, state)
    stage = stage_of(label) or _unstaged(mark)
    stage = "budget_initial" if stage == "budget_annual" and _to_be_adjusted(line, mark) else stage
    whole = nouns.is_total_expenditure(label) and not (
        (_BARE_SPENDING.fullmatch(label) and _governed(mark, state)) or _of_all_projects(mark, state)
    )
    if stage == "adjust" and scope == OVERALL and state.topic is None:
        return UNCLEAR if _unsure(state) else Reading("budget_adjust", "adjust", 1.0, scope)
    if scope != OVERALL:
        return (
            Reading("carryover_out", stage, 1.0, scope)
            if stage == "carryover"
            else by_stage(stage, scope, 0.9)
        )
    if _in_passing(mark, state) or _among_parts(mark, state) or _received(label, stage, state):
        return Reading("other", stage, 0.5, scope)
    if state.unnamed and stage != "carryover" and not nouns.is_revenue(label):
        return by_stage(stage, scope, 0.5)
    if stage == "exec" and not whole and _of_something_else(mark, state):
        return Reading("other", "exec", 0.5, scope)
    if state.topic is not None and not whole and not nouns.is_revenue(label):
        if state.topic.startswith(_THREE_STAGES) and stage == "budget_annual" and "全年" not in label:
            stage = "budget_initial"
        metric = (
            "basic_budget_adjust" if (stage, state.topic) == ("adjust", "expenditure_basic") else state.topic
        )
        return Reading(metric, stage, 0.8, scope)
    if _unsure(state) and not nouns.is_revenue(label):
        return Reading("other", stage, 0.5, scope)
    if state.qualified and not whole and not holds(label, _WHOLE_UNIT):
        return Reading("other", "other", 0.5, scope)
    if state.counted and not nouns.is_revenue(label):
        state.topic = "expenditure_project"
        return Reading("expenditure_project", stage, 0.8, scope)
    if state.fund is not None:
        return Reading(state.fund, stage, 0.8, scope)
    if len(state.members) > 1 and stage == "exec":
        return Reading("expenditure_project", stage, 0.8, scope)
    return _total(label, stage, whole, state.previous)


def _is_verb(mark: Mark, state: State) -> bool:
    """Whether a general word says what was done with money of something else: 兑付, 安排资金, a bare 使用."""
    if state.scope == OVERALL and (mark.label.endswith("兑付") or _GRANTED.fullmatch(mark.label)):
        return True
    loose = mark.label in _BARE_VERBS or (nouns.general(mark.label) or "").startswith(_LOOSE_VERBS)
    return loose and not _spends(mark, state)


def _spends(mark: Mark, state: State) -> bool:
    """Whether a bare 使用 or 支付 is of what was just budgeted: 全年预算50万元,使用48万元."""
    if mark.right.startswith(_PURPOSE):
        return False
    last, told = state.previous, state.previous_mark
    budgeted = (
        last is not None and last.metric != "other" and last.stage in ("budget_initial", "budget_annual")
    )
    return state.scope != OVERALL or (
        budgeted and told is not None and told.money and told.sentence == mark.sentence and mark.delim == ","
    )


def _grown(mark: Mark, state: State) -> Reading | None:
    """追加…后预算规模增至9057万元: the budget of the whole that an addition turned into another."""
    if not _TURNED.search(mark.label) or not (state.added or state.summed) or state.nameless:
        return None
    return Reading("budget_annual", "budget_annual", 0.8, state.default)


def _scope_again(label: str, state: State) -> str:
    """The scope spoken of: the whole's again where an item was added to it and its adjusted budget is told."""
    if state.added and _WHOLE_AGAIN.search(label):
        state.scope = state.default
    return state.scope


def _unstaged(mark: Mark) -> Stage:
    """The stage of a total that its label does not tell: 部门预算 is a budget, the year's first where 年初 was said of it."""
    if not mark.label.endswith(("预算", "预算数", "预算总额", "指标", "可用资金")):
        return "exec"
    return "budget_initial" if _YEARS_BEGINNING.search(mark.before) else "budget_annual"


def _to_be_adjusted(line: Line, mark: Mark) -> bool:
    """财政批复预算90万元,…追加5万元,调整后95万元: whether an approved budget is the one that was changed afterwards."""
    if not holds(mark.label, _FIRST) or holds(mark.label, _FINAL):
        return False
    return _ADJUSTED.search(line.text, mark.end) is not None


def _received(label: str, stage: Stage, state: State) -> bool:
    """Whether a chapter on income tells what was paid out to the unit: 当年实际拨付279万元."""
    return stage == "exec" and "收入" in state.title and not holds(state.title + label, _SPENDING)


def _among_parts(mark: Mark, state: State) -> bool:
    """其中公务接待5万元;年初预算9万元: a bare total that may be of the parts or of what they are parts of."""
    if state.topic is None:
        return False
    return "分别" in mark.gap or (state.topic in _PARTS_OF and state.open and ";" in mark.gap)


def _in_passing(mark: Mark, state: State) -> bool:
    """Whether the sentence names money by the way: 涉及资金, and the projects were not counted before it."""
    return "涉及" in mark.before and not state.counted and _INVOLVING.search(mark.before) is not None


def _of_all_projects(mark: Mark, state: State) -> bool:
    """共有项目6个,合计预算90万元,合计支出88万元: whether the sentence has just told the projects' budget."""
    last, told = state.previous, state.previous_mark
    if last is None or told is None or told.sentence != mark.sentence or state.topic != last.metric:
        return False
    return last.metric == "expenditure_project" and last.stage.startswith("budget") and mark.delim == ","


def _governed(mark: Mark, state: State) -> bool:
    """Whether a bare 支出 belongs to what the sentence speaks of rather than to the whole unit."""
    last = state.previous
    told = state.previous_mark
    if state.topic is not None or _of_activity(mark, state):
        return True
    if last is None or told is None or not told.money or "收入" in told.label or "。" in mark.gap:
        return False
    return last.metric == "other" and last.stage == "other"


def _of_activity(mark: Mark, state: State) -> bool:
    """培训198人,支出15.84万元: a bare 支出 behind what was done is what that cost."""
    last, told = state.previous, state.previous_mark
    if last is None or told is None or told.money or told.sentence != mark.sentence:
        return False
    return last.metric == "other" and last.stage == "other" and mark.label in _COSTS


def _of_something_else(mark: Mark, state: State) -> bool:
    """争取资金300万元,支出298万元: spending out of money of a kind unknown, told in the same sentence."""
    if _of_activity(mark, state):
        return True
    last, told = state.previous, state.previous_mark
    if last is None or told is None or not told.money or last.metric != "other" or last.stage != "other":
        return False
    return "。" not in mark.gap and not holds(mark.label, _WHOLE_UNIT) and not nouns.is_change(told.label, "")


def _unsure(state: State) -> bool:
    """Whether a bare total may be one unnamed project's: not when it closes a list, nor when projects were counted."""
    return state.doubtful and len(state.members) < 2 and not state.counted


def _total(label: str, stage: Stage, whole: bool, last: Reading | None) -> Reading:
    """The unqualified total of the unit at `stage`; `last` is what was told before it."""
    if nouns.is_revenue(label):
        return Reading(
            "revenue_budget", stage if stage.startswith("budget") else "budget_annual", 1.0, OVERALL
        )
    if "收入" in label and "支出" not in label:
        return Reading("other", "other", 0.8, OVERALL)
    if stage == "adjust":
        return Reading("budget_adjust", stage, 1.0, OVERALL)
    if stage == "prev_final" and last is not None and last.metric == "expenditure_total":
        return Reading(last.metric, stage, 1.0, OVERALL)
    if (stage == "exec" and (whole or "决算支出" in label)) or (stage == "budget_annual" and "支出" in label):
        return Reading("expenditure_total", stage, 1.0 if stage == "exec" else 0.9, OVERALL)
    sure = stage != "budget_annual" or "全年预算" in label or "调整" in label
    return Reading(_BY_STAGE.get(stage, "other"), stage, 1.0 if sure else 0.7, OVERALL)


def _amount(line: Line, mark: Mark, state: State) -> Reading | None:
    """金额, 资金: the amount of the project or of the projects just named or counted."""
    if state.counted and _INVOLVED.fullmatch(mark.label):
        of_budget = _OF_BUDGET.match(line.text, mark.end) is not None
        planned = of_budget or _BUDGETED.search(mark.before)
        stage = "budget_annual" if planned else stage_of(mark.before) or "exec"
        state.topic = "expenditure_project"
        return Reading("expenditure_project", stage, 0.8, state.default)
    if state.scope == OVERALL:
        return None
    given: Stage | None = None
    if is_funds(mark.label) and mark.label != "金额" and not is_source(mark, mark.label):
        given = "budget_annual"
    if given or _AMOUNT.fullmatch(mark.label):
        own = stage_of(mark.label) or given
        return amount_of(line, own, mark, state, state.scope)._replace(open=())
    return None
