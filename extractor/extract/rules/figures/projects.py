"""A named project's money: the name fills the label, or stands before 年初预算, 执行, 结余 …"""

from __future__ import annotations

from itertools import pairwise

from extractor.extract.rules.figures import nouns
from extractor.extract.rules.figures.marks import Line, Mark, Reading
from extractor.extract.rules.figures.names import is_generic, is_telling, name_in_label
from extractor.extract.rules.figures.scope import FRAMES, State, as_printed
from extractor.extract.rules.figures.stages import stage_of
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy
from extractor.schema import OVERALL, Stage

_WHOLES = frozenset((
    "expenditure_project", "exec_annual", "budget_annual", "budget_initial", "expenditure_total", "budget_adjust",
))  # fmt: skip
_UNSPENT = lazy(
    r"(?:未执行|未支出|未支付|未使用|剩余|尚余|结转|结余)[^,;。\d]{0,6}[\d,.]+ ?[万亿]?元[,(]?其中"
)
_MONEY = frozenset(("project_budget", "project_exec"))
_CARRIED_OUT = lazy(r"(?:实际)?执行的?项目")
_SPENT_ON = lazy(r"项目支出(?:主要)?(?:用于|包括|是|为)[^。]*$")
_QUOTES = frozenset('“”"')
_STAGE_TAIL = lazy(
    r"(?:的|总|年初|全年|调整后|实际|共|已|累计|年度|完成|(?<![助贴项补])资金|中|预计|计划)*"
    r"(?:预算|决算|支出|执行|支付|使用|列支|追加|调增|调减|核减|安排|批复|到位|投入|拨付)"
    r"(?:[数额了]|总额|资金|金额|安排|批复|支出|执行)*$"
)
_COUNTERS = frozenset("个项类")
_SEVERAL = frozenset("等二两三四五六七八九十")
_JOINED = lazy(r"(?:项目|工程)(?:\([^()]*\))?[、和及与].+(?:项目|工程)")
_SOURCED = ("组成", "构成", "来源", "筹集", "筹措", "渠道", "来自")
_SOURCES = lazy(
    r"资金[^,;。]{0,12}(?:组成|构成|来源|筹集|筹措|渠道|来自)|(?:来源|构成)[为是有:]|筹[集措](?:项目)?(?:建设)?资金"
)
_FUND_ENDS = ("资金", "指标", "经费", "金额", "总额", "总量", "资金共", "资金为")
_FUNDS = lazy(
    r"(?:涉及|财政|当年|本年|全年|年度|共|已|累计|计划|申请|项目|总|实际|下达|到位|安排|批复|落实|筹集|预算|拨入)*"
    r"(?:资金|经费|金额|指标)(?:总额|总量|额|数)?[共为]?"
)
_PAYERS = (
    "中央", "省", "市", "县", "区", "州", "上级", "地方", "本级", "财政", "社会", "村", "企业", "银行", "债券", "专项债",
)  # fmt: skip
_STAGES: tuple[Stage, ...] = ("budget_initial", "budget_annual", "exec")
_PLANNED = _STAGES[:2]
_ITEM_STARTS = frozenset(("", ":", ";", ",", "(", '"'))


def read_project(line: Line, mark: Mark, state: State) -> Reading | None:
    """The reading of an amount whose label names a project; None when it names none."""
    named = _named(line, mark, state)
    if named is None:
        return None
    label, (at, end) = mark.label, named
    after = label[end - mark.label_start :].strip(" \"'")
    if (
        nouns.is_sum(after)
        or (after == "" and _several(label))
        or (any(c in line.text[at:end] for c in "、和及与") and _JOINED.search(line.text, at, end))
    ):
        return None
    printed = as_printed(line, at, end)
    if printed[:1] in _QUOTES and printed[-1:] in _QUOTES:
        printed = printed[1:-1]
    scope = state.names.canonical(printed)
    noun = nouns.specific(after) if after else None
    if noun is not None and noun.metric in ("carryover_in", "carryover_out"):
        reading = Reading(noun.metric, "carryover", 1.0, scope)
    elif noun is not None and noun.metric not in ("expenditure_project", "expenditure_total"):
        usual: Stage = "other" if noun.metric == "project_invest_total" else "exec"
        reading = Reading(noun.metric, stage_of(after) or usual, 0.8, scope)
    else:
        own = (
            (_invested(line, mark) if after == "投入" else None)
            or stage_of(after)
            or ("budget_annual" if is_funds(after or printed[-4:]) and not state.listed else None)
            or ("exec" if "支出" in after else None)
            or stage_of(label[: at - mark.label_start])
        )
        if own is None and after and not nouns.is_clean(after):
            return None
        if own is None and _left_over(mark, state):
            return Reading("carryover_out", "carryover", 0.8, scope)
        reading = amount_of(line, own, mark, state, scope)
    if reading.stage == "adjust" and _added(label[: at - mark.label_start], state):
        return reading
    state.scope = scope
    state.members.add(scope)
    state.names.add(printed)
    return reading


def is_funds(words: str) -> bool:
    """财政下达资金, 资金总额: what a project was given."""
    return words.endswith(_FUND_ENDS) and _FUNDS.fullmatch(words) is not None


def _invested(line: Line, mark: Mark) -> Stage:
    """投入 of a project: its budget where the sentence goes on to tell its spending, else that spending itself."""
    following = next((m for m in line.marks if m.start > mark.start), None)
    if following is None or following.sentence != mark.sentence or not following.money:
        return "exec"
    return "budget_annual" if stage_of(following.label) == "exec" else "exec"


def _left_over(mark: Mark, state: State) -> bool:
    """未执行63万元,其中甲项目40万元: whether the sentence tells by projects what was not spent."""
    return state.open and _UNSPENT.search(mark.before) is not None


def _added(verb: str, state: State) -> bool:
    """年初预算90万元,追加甲经费5万元: whether an item was added to a whole that goes on being spoken of."""
    if state.prior != state.default:
        return False
    state.added = (
        state.added or stage_of(verb) == "adjust"
    )  # an adjusted budget told later is the whole's again
    if state.summed:
        state.scope = state.prior
    return state.summed


def is_source(mark: Mark, label: str) -> bool:
    """资金由三部分组成:中央补助资金5万元: money of one level of government, where the sentence tells sources of funds."""
    told = holds(mark.before, _SOURCED) and _SOURCES.search(mark.before) is not None
    return told and (label.startswith(_PAYERS) or label.endswith("自筹"))


def _several(label: str) -> bool:
    """Whether `label` counts projects: 等项目, 三个项目."""
    return any(
        char in _COUNTERS and (before in _SEVERAL or before.isdigit()) for before, char in pairwise(label)
    )


def amount_of(line: Line, own: Stage | None, mark: Mark, state: State, scope: str) -> Reading:
    """project_budget or project_exec by `own`, else by the list or the sentence the amount stands in."""
    confidence = 1.0 if own else 0.9
    bare = own == "budget_annual" and _bare(mark.label, listed=state.listed)
    could_be = _STAGES if own is None else _PLANNED if bare else ()
    if state.listed and state.list_stage is None:
        state.list_stage = _list_stage(line, mark, state)
    if own is None and state.listed:
        own = state.list_stage
        # nothing says what the list is of: a guess, and marked as one
        if state.list_stage == "budget_annual":
            confidence = 0.6
    elif bare and state.listed:
        initial = state.list_stage == "budget_initial"
        own, confidence = ("budget_initial", 1.0) if initial else (own, 0.8)
    if own is None:
        last = state.previous if _follows_item(mark, state) else None
        own = stage_of(_opening(mark).rsplit(";", 1)[-1][-60:]) or (last.stage if last is not None else None)
        # 年初 is said of no other amounts; any other word may be
        confidence = 0.9 if own == "budget_initial" else 0.7
    if own in ("budget_initial", "adjust"):
        return Reading("project_budget", own, confidence, scope, could_be)
    stage: Stage = "exec" if own in ("exec", "prev_final") else "budget_annual"
    return by_stage(stage, scope, min(confidence, 0.9))._replace(open=could_be)


def _bare(label: str, *, listed: bool) -> bool:
    """Whether 预算, or in a list 安排 or 批复, stands alone behind a name: 年初预算项目:A预算5万元."""
    ends = ("预算", "安排", "批复", "下达") if listed else ("预算",)
    return label.endswith(ends) and not holds(label, ("全年", "调整"))


def by_stage(stage: Stage, scope: str, confidence: float) -> Reading:
    """A project's spending for exec and earlier outturns, its budget for every other stage."""
    return Reading(
        "project_exec" if stage in ("exec", "prev_final") else "project_budget", stage, confidence, scope
    )


def _named(line: Line, mark: Mark, state: State) -> tuple[int, int] | None:
    """Where the label names a project: one known, or words that can only be a name."""
    start, end, label = mark.label_start, mark.label_end, mark.label
    known = state.named_in(start, end)
    if known:
        a, b = known[-1]
        longer = name_in_label(label, state.listed) if b == end else None
        if longer is not None and not nouns.is_clean(line.text[start:a]):
            return start + longer[0], start + longer[1]
        return a, b
    noun = nouns.specific(label)
    ours = noun is not None and (noun.text != "项目经费" or nouns.is_plain(noun.before))
    if (
        noun is not None
        and ours
        and (nouns.is_clean(noun.before) or not state.listed or is_generic(noun.before))
    ):
        return None
    if nouns.is_unqualified(label) or nouns.is_sum(label):
        return None
    item = (state.listed or _follows_item(mark, state)) and _is_item(line, mark)
    # under a project's heading, or in its own report, an unknown name is a part of it
    if (state.heading is not None or state.default != OVERALL) and not item:
        return None
    if is_source(mark, label):
        return None
    found = name_in_label(label, item)
    tail = _STAGE_TAIL.search(label)
    if tail is not None:
        found = name_in_label(label[: tail.start()], item and found is None) or found
    return None if found is None else (start + found[0], start + found[1])


def _follows_item(mark: Mark, state: State) -> bool:
    """Whether `mark` comes right after a project's amount, set off as another one: A项目3万元;B项目5万元."""
    before = state.spoken is not None and state.spoken.metric in _MONEY
    name = _STAGE_TAIL.sub("", mark.label)
    # a clause that sets another budget or spending off by a semicolon is on another project, however it is called
    parallel = name != mark.label and not (state.open and state.about_project)
    return before and mark.delim == ";" and (is_telling(mark.label) or parallel)


def _is_item(line: Line, mark: Mark) -> bool:
    return mark.delim in _ITEM_STARTS or line.text[mark.label_start - 1] in " 、."


def _list_stage(line: Line, mark: Mark, state: State) -> Stage:
    """The stage of a list's members: the total the list divides, else its opening words, else the annual budget."""
    last, whole = state.previous_mark, state.previous
    if (
        last is not None
        and whole is not None
        and whole.metric in _WHOLES
        and "。" not in line.text[last.end : mark.start]
    ):
        return whole.stage
    # 实际执行项目包括: the projects are those carried out, the amounts still their budgets
    if mark.label.endswith("支出"):
        return "exec"
    opening = _opening(mark).rsplit(";", 1)[-1][-30:]
    if "项目支出" in opening and _SPENT_ON.search(opening):
        return "exec"
    own = stage_of(_CARRIED_OUT.sub("", opening))
    return own if own in FRAMES else "budget_annual"


def _opening(mark: Mark) -> str:
    """The sentence before the label of `mark`."""
    return mark.before[: len(mark.before) - (mark.start - mark.label_start)]
