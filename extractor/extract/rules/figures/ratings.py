"""Percentages, scores and grade words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.extract.rules.figures.marks import Line, Mark, Reading
from extractor.extract.rules.figures.scope import State, as_printed
from extractor.extract.rules.lexicon import Vocabulary, holds
from extractor.patterns import lazy
from extractor.schema import OVERALL

_RATES = (
    ("staff_control_rate", r"(?:在职)?(?:人员)?(?<!规模)(?<!预算)(?<!概算)(?<!经费)控制率"),
    ("budget_adjust_rate", r"预算(?:调整|控制)率"),
    ("procurement_exec_rate", r"政府采购(?:预算)?(?:执行|完成)率"),
    ("sangong_change_rate", r"三公\"?经费(?:变动|控制|增长)率"),
    ("carryover_rate", r"(?:结转结余|结余结转|结转|结余)率"),
    ("selfeval_coverage", r"(?:绩效)?自评(?:项目)?覆盖[率面]|绩效评价覆盖[率面]|覆盖[率面]"),
    ("satisfaction", r"满意(?:度|率)(?:指标|调查|平均)?"),
    (
        "exec_rate",
        r"(?:预算|资金)(?:完成|使用)率|(?:预算|资金|项目|支出|经费|总体|整体)*(?:执行|支出|支付|使用|完成支付|拨付|兑付)(?:完成)?(?:率|进度|比例|比率)|预算完成率",
    ),
)
_RATE = lazy("|".join(f"(?P<r{i}>{pattern})" for i, (_, pattern) in enumerate(_RATES)))
_RATE_AFTER = Vocabulary(
    "的|为|达|到|约| |均|超|过|是|近|高达|平均|分别|=|总体|指标|以上|完成值|实际|实际完成值|全年"
)
_REMARK = lazy(r"\([^()]*\)")
_OF_BUDGET = lazy(
    r"(?:完成|占)(?:了)?(?:全年|年初|年度|调整后?|总|部门|当年|本年)*(?:预算(?:数|总额|资金|安排)?|可执行指标|预算指标|可用资金|安排资金|到位资金)"
    r"的?(?:比例|比重)?[为达]?$"
)
_OF_BASIC = lazy(r"占(?:部门|单位)?基本支出(?:总额|总数)?的?(?:比例|比重)?[为达]?$")
_OF_PROJECTS = lazy(r"占[^,;。]{0,16}项目(?:支出|预算|资金)+(?:总额|总数)?的?(?:比例|比重)?[为达]?$")
_SHARE = lazy(r"占(?:比|总额的?|总数的?|资产总额的?|固定资产的?)?(?:[^,;。]{0,8}的)?(?:比例|比重)?[为达]?$")
_EVALUATED = ("自评", "绩效", "评价", "项目")
_STAFF = ("在职", "编制")
_KINDS = (
    "sangong_",
    "expenditure_basic",
    "expenditure_personnel",
    "expenditure_public",
    "fund_",
    "procurement_",
)
_OF = frozenset(("的", "的比例为", "的比重为", "比例为", "的比例达到", "的比例是"))
_BUDGETS = frozenset(("budget_annual", "project_budget", "revenue_budget", "expenditure_total"))
_THRESHOLD = ("未达到", "低于", "不足", "小于", "每", "目标值", "指标值", "超过一个", "高于")
_GOAL = lazy(r"目标值?(?:为|≥|>|=|:)*$|指标值?(?:为|≥|>|=|:)*$|计划")
_OWN = lazy(
    r"(?:自评|评价|综合|最终|最后|绩效|总体|整体|评定|评审)?(?:总)?(?:得分|评分|总分|自评分值?|评价分值?|分数|总分值|得分结果|总评分|评价得分)(?:合计|总计|结果)?$"
)
_INDICATOR = lazy(
    r"指标|分值|权重|产出|效益|满意度|过程|决策|投入|数量|质量|时效|成本|效果|目标值|完成值|履职|管理(?!局|委|中心|处|站|所|办)|执行率|预算执行(?!情况[^,]{0,4}总)"
)
_WEIGHT = lazy(r"分值|权重|满分|标准分|占$|设定|赋分")
_FULL = lazy(r"满分|权重总分|总分值|总权重|总分设定|分值(?:合计|总计)|总分$|总分为$")
_RULE = lazy(r"扣|计$|每|加$|以上|不得分|记$")
_EXTREMES = ("最高", "最低")  # 9个项目得分最高99.4分: of one of many
_GIVEN = ("自评得", "评价得")
_WHOLE = ("总", "综合", "整体")
_THIS_ITEM = ("该项", "此项", "本项", "该指标", "此指标", "本指标")
_GOT = frozenset(item + got for item in ("", *_THIS_ITEM) for got in ("得", "得分"))
# 预算执行率=9201.77÷9386.24×100%=98.03%
_WORKED_OUT = lazy(r"(?:预算|资金)执行率[为是:]?=?[^,。;]*[÷/][^,。;]*=$")
_MOST_FOR_RATE = 20
_THEN_GOT = lazy(r"[,:;() ]*(?:得|实得|自评|评价得|实际得)")
_SCORED = ("total_score", "ind_score", "exec_score")
_SCORING = ("打分", "得分", "评分", "自评")
_SCORE_TITLE = lazy(r"得分|自评(?:结[果论]|情况)|评价结[果论]")
_EXECUTION = lazy(r"执行率?$")
_SYSTEM = lazy(r"(?:评价|绩效|自评)*指标(?:评分|体系|评价)+(?:标准|表)?|评[价分]指标(?:体系)?")
_EXEC_SCORE = lazy(r"执行率?(?:指标|单独考核|单列)?(?:得分|自评得分|评分|得)$|执行得分$")

_GRADE_WORD = r"(?:优秀|优良|良好|优|良|中等|中|合格|基本合格|不合格|较好|较差|差)"
_GRADE = lazy(
    r"(?:等级|等次|级别|档次|评级|结论|结果|评价|自评|评定|评审|考核|分|情况|绩效)(?:均|都|总体|综合|最终)?"
    r"(?P<link>(?:被?(?:评定|评|认定|确定|定)为|属于|属|为|是|:|达到|等级为|等级:|等次为|评价为|自评为|结果为|,)*) ?[\"“'\[]?"
    rf"(?P<word>{_GRADE_WORD})(?:级|等|档)?[\"”'\]]?(?P<after>[,。.;、)\]!?:\s]|等级|等次|档|$)"
)
_GIVING = ("评", "分", "级", "等次", "档次", "结论", "结果", "考核", "属于")
_LOOSE = ("较好", "中", "差", "优良")
_GRADE_RULE = lazy(r"(?:分|\))?(?:以上|以下|\(含\)|\(不含\)|之间|含\))")
_STRONG_WORD = ("等级", "等次", "级别", "档次", "评级", "结论", "结果", "评定", "属于")


def read_rate(line: Line, mark: Mark, state: State) -> Reading:
    """预算执行率, 满意度, 占比 …; a threshold or a change is `other`."""
    label = mark.label
    named = state.named_in(mark.label_start, mark.label_end)
    if len(named) == 1:  # 甲项目执行率90%
        state.scope = state.names.canonical(as_printed(line, *named[0]))
    scope = state.scope
    if (
        holds(label, _THRESHOLD)
        or mark.right.startswith(("的上限", "的需", "的应"))
        or (mark.right.startswith("的") and holds(line.text[mark.label_end : mark.start], _THRESHOLD))
    ):
        return Reading("other", "rate", 0.7, scope)
    previous = state.previous
    measured = _measured(mark, state)
    if measured is not None:
        return measured
    if label in ("", "=") and _WORKED_OUT.search(mark.before):
        return Reading("other" if state.nameless else "exec_rate", "rate", 0.9, scope)
    share = _share(label, mark, previous, state)
    if share is not None:
        return Reading(share, "rate", 1.0 if share != "other" else 0.8, scope)
    last = None
    for match in _RATE.finditer(label):
        last = match
    if last is not None and last.lastgroup and _RATE_AFTER.covers(_REMARK.sub("", label[last.end() :])):
        metric = _RATES[int(last.lastgroup[1:])][0]
        if metric == "staff_control_rate" and not _of_staff(mark, previous):
            return Reading("other", "rate", 0.7, scope)
        if metric == "exec_rate" and "采购" in label:
            metric = "procurement_exec_rate"
        if metric == "selfeval_coverage" and not holds(mark.before[-60:], _EVALUATED):
            return Reading("other", "rate", 0.8, scope)
        if metric == "exec_rate" and state.nameless and _of_projects(mark, state):
            return Reading("expenditure_project", "rate", 0.8, scope)
        paid_out = scope == OVERALL and holds(label, ("拨付", "兑付"))  # of something that was granted
        part = _of_a_kind(state) and not holds(label, ("整体", "总体"))
        if metric == "exec_rate" and (paid_out or state.nameless or part):
            return Reading("other", "rate", 0.6, scope)
        if metric in ("exec_rate", "satisfaction", "carryover_rate") and _GOAL.search(mark.before[-12:]):
            return Reading("other", "rate", 0.7, scope)
        return Reading(metric, "rate", 1.0, scope)
    return Reading("other", "rate", 0.8, scope)


def _of_staff(mark: Mark, previous: Reading | None) -> bool:
    """Whether 控制率 is that of people, not of 公用经费 or of 三公经费."""
    return holds(mark.before, _STAFF) or (previous is not None and previous.metric.startswith("staff_"))


def _measured(mark: Mark, state: State) -> Reading | None:
    """为采购预算15万元的96%: the rate that the amount just before was named for."""
    last, whole = state.previous, state.previous_mark
    if last is None or whole is None or not whole.relation or not whole.money or mark.gap.strip() not in _OF:
        return None
    if last.metric == "procurement_amount" and last.stage.startswith("budget"):
        return Reading("procurement_exec_rate", "rate", 0.9, last.scope)
    if last.metric == "expenditure_project" and last.stage == "budget_annual" and last.scope == OVERALL:
        return Reading(last.metric, "rate", 0.8, last.scope)
    if last.stage == "budget_annual" and last.metric in _BUDGETS:
        return Reading("exec_rate", "rate", 0.9, last.scope)
    return Reading("other", "rate", 0.7, last.scope)


def _of_projects(mark: Mark, state: State) -> bool:
    """全年实际执行95万元,执行率95%: what all projects together have spent was told right before."""
    last = state.previous
    told = last is not None and last.metric == "expenditure_project" and last.stage == "exec"
    return told and "。" not in mark.gap


def _of_a_kind(state: State) -> bool:
    """Whether the money just spoken of is one kind of spending, so that its rate is not the whole's."""
    spoken = state.previous.metric if state.previous is not None else ""
    if spoken == "other" and state.previous is not None and state.previous.stage == "exec":
        return True
    return spoken.startswith(_KINDS) or (state.topic is not None and state.topic.startswith(_KINDS))


def _share(label: str, mark: Mark, previous: Reading | None, state: State) -> str | None:
    if "占" not in label:
        budget = "预算" in label and _OF_BUDGET.search(label) is not None
        return _rate_of_budget(mark, state) if budget else None
    if "基本支出" in label and _OF_BASIC.search(label):
        owner = label + (previous.metric if previous else "")
        if "人员" in label or ("公用" not in label and "expenditure_personnel" in owner):
            return "share_personnel"
        return "share_public" if "公用" in label or "expenditure_public" in owner else "other"
    if _OF_PROJECTS.search(label):
        counted = previous is not None and previous.metric in ("project_count", "project_exec_count")
        return "other" if counted and "总数" in label else "selfeval_coverage"
    if _OF_BUDGET.search(label):
        return _rate_of_budget(mark, state)
    if _SHARE.search(label):
        asset = previous is not None and previous.metric in (
            "asset_class_amount",
            "asset_intangible_added",
            "asset_class_share",
        )
        return "asset_class_share" if asset else "other"
    return None


def _rate_of_budget(mark: Mark, state: State) -> str:
    """What 完成预算的 … % is."""
    if state.nameless and _of_projects(mark, state):
        return "expenditure_project"
    return "exec_rate" if not (state.nameless or _of_a_kind(state)) else "other"


def read_score(line: Line, mark: Mark, state: State) -> Reading:
    """总得分 of the report or of a project, points of an indicator, full marks; rules of scoring are `other`."""
    reading = _score(line, mark, state)
    if reading.metric == "total_score" and state.nameless and "整体" not in mark.before:
        return Reading("other", "score", 0.5, reading.scope)
    return reading


def _score(line: Line, mark: Mark, state: State) -> Reading:
    """What the words around a score say that it is."""
    label = mark.label
    scope = state.scope
    if "平均" in label and (
        "分" in label or "自评" in label or (label == "平均" and holds(mark.before, ("得分", "自评")))
    ):
        return Reading("selfeval_avg_score", "score", 1.0, state.default)
    if _RULE.search(label) or mark.right.startswith(("以上为", "以下为", "(含", "-", "≤", "<")):
        return Reading("other", "other", 0.7, scope)
    placed = _placed_score(line, mark, state)
    if placed is not None:
        return placed
    if label.startswith(_THIS_ITEM) and label in _GOT:
        return Reading("ind_score", "score", 0.8, scope)
    label = _SYSTEM.sub("", label)
    indicator = _INDICATOR.search(label) or _INDICATOR.search(_SYSTEM.sub("", _clause(mark)))
    if _FULL.search(label) and not re.search(r"自评|评价|得分", label):
        if mark.value == 100 or "满分" in label:
            return Reading("total_weight", "points", 0.9 if "得分" in mark.right else 0.8, scope)
        return Reading("total_score", "score", 0.8, scope)
    if _WEIGHT.search(label) and not label.endswith(("自评分值", "评价分值")):
        return Reading("ind_weight", "points", 0.9, scope)
    if _OWN.search(label) or (label.endswith(_GIVEN) and "整体" in label):
        if indicator and not holds(label, _WHOLE):
            rate = "执行率" in mark.before[-24:] and "分值" in mark.before[-16:]
            return Reading("exec_score" if rate else "ind_score", "score", 0.8, scope)
        return Reading(
            "total_score", "score", 1.0 if "总" in label or "自评" in label or "评价" in label else 0.8, scope
        )
    if indicator:
        part = _part_of_score(line, mark, state)
        if part and _EXECUTION.search(label) and _few(mark):
            return Reading("exec_score", "score", 0.8, scope)
        got = part or re.search(r"得$|得分|打分|评分", label)
        return Reading("ind_score" if got else "ind_weight", "score" if got else "points", 0.8, scope)
    if re.search(r"得$|评价|自评", label):
        return Reading("total_score", "score", 0.7, scope)
    return Reading("other", "score", 0.5, scope)


def _placed_score(line: Line, mark: Mark, state: State) -> Reading | None:
    """A score that one word or its place tells: 复核, 最高; right behind an execution rate, behind a project's name, alone under 自评得分."""
    label, told, scope = mark.label, state.previous, state.scope
    if "复核" in label or "核查" in label:
        return Reading("review_score", "score", 1.0, scope)
    if holds(label, _EXTREMES):
        return Reading("other", "score", 0.8, scope)
    after_rate = label in _GOT and told is not None and told.metric == "exec_rate"
    if _EXEC_SCORE.search(label) or (after_rate and _few(mark)):
        return Reading("exec_score", "score", 1.0, scope)
    if after_rate and "分值" not in mark.before[-24:]:
        return Reading("total_score", "score", 0.9, scope)
    if label in _GOT and told is not None and told.metric == "ind_weight":
        rate = "执行率" in mark.before[-80:] and _few(mark)
        return Reading("exec_score" if rate else "ind_score", "score", 0.8, scope)
    if _is_name(mark, state) and _scored(mark):
        own = state.names.canonical(as_printed(line, mark.label_start, mark.label_end))
        return Reading("total_score", "score", 0.8, own)
    if not label and told is None and not _few(mark) and _SCORE_TITLE.search(state.title):
        return Reading("total_score", "score", 0.8, scope)
    return None


def _few(mark: Mark) -> bool:
    """Whether a score is as small as that of the execution rate alone is."""
    return mark.value is not None and mark.value <= _MOST_FOR_RATE


def _is_name(mark: Mark, state: State) -> bool:
    """Whether the label is nothing but the name of a project."""
    return state.named_in(mark.label_start, mark.label_end)[-1:] == [(mark.label_start, mark.label_end)]


def _scored(mark: Mark) -> bool:
    """Whether the sentence tells scores: 经打分,甲项目93.5分,乙项目88分."""
    return not _few(mark) and holds(mark.before, _SCORING)


def _part_of_score(line: Line, mark: Mark, state: State) -> bool:
    """自评得分93.86分,其中:投入14.86分,产出32分: whether the points are what the score told before is made of."""
    told = state.previous
    if told is None or _THEN_GOT.match(line.text, mark.end):
        return False
    if told.metric not in _SCORED:
        return state.graded and mark.delim != "(" and "其中" in mark.before
    return mark.delim != "(" and ("其中" in mark.before or told.metric != "total_score")


def _clause(mark: Mark) -> str:
    """The words since the last sentence or semicolon, the label apart, as far as a score can depend on them."""
    words = mark.before[: len(mark.before) - (mark.start - mark.label_start)]
    return (
        words.rsplit(";", 1)[-1][-24:]
        if ("指标" in words or "值" in words) and "总" not in mark.label
        else ""
    )


def may_hold_grade(text: str) -> bool:
    """Whether `text` has a word that grades are given with."""
    return holds(text, _GIVING)


def grades_of(line: Line) -> Iterator[tuple[int, int, int, int]]:
    """`[start, end)` of each grade word and of its label; a list of what each grade means holds none."""
    text = line.text
    found = []
    for match in _GRADE.finditer(text):
        word, link = match["word"], match["link"]
        strong = holds(match[0], _STRONG_WORD)
        if not link and not strong and text[match.start("word") - 1] not in '"“':
            continue
        if word in _LOOSE and not strong:
            continue
        if word == "较好" and "等" not in match[0] and "结论" not in match[0]:
            continue
        around = text[max(0, match.start() - 16) : match.start("word")]
        if _GRADE_RULE.search(around):
            continue
        found.append((match.start("word"), match.end("word"), *_label(text, match)))
    if len(found) >= 3 and found[-1][0] - found[0][0] < 80:
        return
    yield from found


def _label(text: str, match: re.Match[str]) -> tuple[int, int]:
    end = match.start("word")
    while end > match.start() + 1 and text[end - 1] in "\"“'[为是: ":
        end -= 1
    start = end
    while start > 0 and end - start < 16 and text[start - 1] not in ',;。:!?\n"“( ':
        start -= 1
    return start, end
