"""What a heading says that the paragraphs under it are about: the whole unit, one kind of money, a fund, a project, or something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import Section, fold
from extractor.extract.rules.figures import nouns
from extractor.extract.rules.figures.marks import Mark
from extractor.extract.rules.figures.names import Names, is_generic, name_of_title
from extractor.extract.rules.lexicon import Vocabulary, holds
from extractor.patterns import lazy

_FUND_TITLE = (("政府性基金", "fund_gov"), ("国有资本经营", "fund_soe"), ("社会保险基金", "fund_social"))
_TOPICS = (
    "expenditure_basic", "expenditure_project", "expenditure_personnel", "expenditure_public", "sangong_", "procurement_amount",
)  # fmt: skip
# Headings made of these words speak of the whole unit, or of nothing in particular.
_NEUTRAL = Vocabulary(
    "部门|单位|预算|决算|预决算|收入|支出|收支|资金|财政|整体|总体|全部|总|全口径|一般公共预算|一般公共|拨款|公共|财政拨款|本年|上年|当年|年度|年初|年中|年末|全年|近两年|"
    "情况|说明|分析|概况|综述|基本|主要|具体|规模|结构|构成|对比|比较|方向|内容|使用|管理|执行|安排|编制|批复|调整|追加|下达|到位|投入|支付|拨付|落实|分配|筹集|来源|结转|结余|"
    "进度|完成|实现|绩效|目标|自评|评价|评分|得分|等级|等次|结论|结果|综合|分项|指标|体系|效率性|经济性|有效性|公平性|效率|效益|效果|效能|产出|过程|决策|履职|职能|职责|运行|成本|"
    "数量|质量|时效|社会|经济|生态|可持续|影响|满意度|服务对象|管控|控制|工作|开展|组织|实施|重点|任务|机构|人员|设置|构架|编报|财务|制度|信息|公开|问题|原因|改进|措施|建议|打算|"
    "下一步|存在|经验|做法|其他|其它|有关|相关|需要|事项|佐证|材料|应用|概要|简介|详细|和|及|与|或|、|的|以|为|按|对|各项|各|本|我|局|委|院|校|镇|乡|县|市|区|办|中心|率|数|额|性质|分|统计|口径|"
    '“|”|"|(|)|,|:|一|二|三|四|五|0|1|2|3|4|5|6|7|8|9|年|月|至'
)
_TAIL = Vocabulary(
    "情况|说明|分析|使用|执行|控制|管理|支出|预算|决算|预决算|安排|及|和|与|完成|绩效|的|年初|批复|调整|对比"
)
_HEADED = lazy(r"^\s*(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]?\)?)?\s*")
_NAMED = {
    "expenditure_basic": lazy(
        r"(?:基本支出|日常支出)(?:(?:方面|情况)?[,:])?[^,。;:\d]{0,14}(?:20\d\d年[^,。;:\d]{0,10})?\d"
    ),
    "expenditure_project": lazy(
        r"(?:项目支出|专项业务工作的?经费支出)(?:(?:方面|情况)?[,:])?[^,。;:\d]{0,14}(?:20\d\d年[^,。;:\d]{0,10})?\d"
    ),
}
_MONEY = lazy(r"\d[\d,.]* ?[万亿]?元")
_SHORTEST_TOPIC = 5
_TOPIC = lazy(
    r"\s*(?:\(?\d{1,2}[.、)]|\(?[一二三四五六七八九十]{1,3}[、)]|[一二三四五六七八九]是)?\s*(?P<topic>[^,:。;]{2,24}?)(?:的?(?:使用|执行|预算执行)?(?:方面|情况|部分|上))?[,:]"
)
_PIECES = lazy(r"[,;:、()]")
_BRACKETED = lazy(r"\([^()]*\)")
_PROJECTS = ("项目", "专项")
_NOT_OF_PROJECTS = ("基本支出", "部门概况", "单位概况")
# What the name of a project has not, and the title of a paragraph on one has.
_NO_NAME = (
    "情况", "分析", "指标", "目标", "问题", "措施", "依据", "背景", "评价", "结论", "概况", "说明", "原因", "做法", "经验", "建议", "内容", "过程", "不", "未", "得分",
    "意义", "资金", "支出", "管理制度", "成效", "效果", "效益", "产出", "满意", "步骤", "方法", "(类)", "(款)", "(项)", "因", "较", "偏",
)  # fmt: skip
_LONGEST, _SHORTEST = 30, 4


class Subject(NamedTuple):
    """What stands under a heading is about; `foreign` when it is neither the unit as a whole nor anything known."""

    project: str | None = None
    fund: str | None = None
    topic: str | None = None
    foreign: bool = False


NOTHING = Subject()


def subjects_of(sections: Sequence[Section], names: Names, alone: bool) -> dict[str, Subject]:
    """For each section what its heading, or the nearest one above it that says so, is about; `alone` in a report on one project."""
    out: dict[str, Subject] = {}
    titles = {section.id: section.title for section in sections}
    listed = _parents_of_projects(sections, names)
    for section in sections:
        above = out.get(section.parent or "", NOTHING)
        fund = fund_of(section.title) or above.fund
        told = section.parent in listed or (
            not alone and _tells_projects(titles.get(section.parent or "", ""))
        )
        project = _project(section, told)
        if project is not None:
            out[section.id] = Subject(names.canonical(project), fund)
            continue
        topic = topic_of(section.title)
        if topic is not None:
            out[section.id] = Subject(above.project, fund, topic)
        elif section.level == 1 or is_neutral(section.title) or fund != above.fund:
            out[section.id] = above._replace(fund=fund)
        else:
            out[section.id] = Subject(above.project, fund, None, True)
    return out


def fund_of(title: str) -> str | None:
    """The metric of the fund that a heading names."""
    return next((metric for word, metric in _FUND_TITLE if word in title), None)


def topic_of(title: str) -> str | None:
    """The metric of the one kind of money that a heading names: 基本支出情况, (三)“三公”经费使用情况."""
    plain = _plain(title)
    for end in (len(plain), _TAIL.tail(plain)):
        noun = nouns.specific(plain[:end])
        if noun is not None and noun.metric.startswith(_TOPICS) and nouns.is_clean(noun.before):
            # 项目资金使用情况 is of any of the projects
            return None if noun.text.endswith("资金") else noun.metric
    return None


def opening_topic(text: str, mark: Mark) -> str | None:
    """The one kind of spending that a sentence names before it tells any amount: 基本支出方面,年初预算为."""
    if mark.label_start - mark.sentence < _SHORTEST_TOPIC or not mark.money:
        return None
    match = _TOPIC.match(text, mark.sentence, mark.label_start)
    noun = nouns.specific(match["topic"]) if match is not None else None
    if noun is None or not noun.metric.startswith(_TOPICS) or not nouns.is_clean(noun.before):
        return None
    return noun.metric


def is_neutral(title: str) -> bool:
    """Whether a heading names no part of the unit's money: 预算执行情况, 部门整体支出概况, or a whole sentence."""
    plain = _plain(title)
    return (
        not plain
        or "元" in plain
        or "。" in plain
        or _NEUTRAL.covers(_BRACKETED.sub("", plain).replace(" ", ""))
    )


def governs(topic: str, text: str) -> bool:
    """Whether all of `text` under a heading on `topic` is about it: 基本支出情况 often begins with the whole unit's budget.

    It is not where bare totals come first and the amount of the heading's own kind is told after them.
    """
    named = _NAMED.get(topic)
    told = named.search(text) if named is not None else None
    first = _MONEY.search(text)
    return told is None or first is None or told.end() > first.start() >= told.start()


def divides(sentence: str, topic: str) -> bool:
    """Whether a sentence under a heading on 基本支出 or 项目支出 tells of the other as well."""
    other = {"expenditure_basic": "项目支出", "expenditure_project": "基本支出"}.get(topic)
    return other is not None and other in sentence


def opens_quietly(opening: str, topic: str) -> bool:
    """Whether the words that open a sentence under a heading on `topic` name no other subject."""
    words = opening.strip()
    if not words:
        return True
    noun = nouns.any_specific(words)
    if noun:
        return noun == topic
    return all(nouns.is_clean(_HEADED.sub("", piece).strip()) for piece in _PIECES.split(words))


def _plain(title: str) -> str:
    return _HEADED.sub("", fold(title).strip()).rstrip("。:;, ")


def _parents_of_projects(sections: Sequence[Section], names: Names) -> frozenset[str]:
    """The sections of whose subsections two and more have the name of a project for their heading."""
    count: dict[str, int] = {}
    for section in sections:
        if section.parent and name_of_title(section.title):
            count[section.parent] = count.get(section.parent, 0) + 1
    return frozenset(parent for parent, found in count.items() if found > 1)


def _tells_projects(title: str) -> bool:
    """Whether a heading announces projects: 重点项目绩效, 项目实施情况."""
    return holds(title, _PROJECTS) and not holds(title, _NOT_OF_PROJECTS)


def _project(section: Section, told: bool) -> str | None:
    """The project that a heading names by the end of its words, or by standing where projects are told one by one."""
    name = name_of_title(section.title)
    if name is not None:
        return _without_project(name)
    plain = _plain(section.title).strip('"“”')
    if not told or not _SHORTEST <= len(plain) <= _LONGEST or is_neutral(section.title):
        return None
    if holds(plain, _NO_NAME) or any(c in plain for c in ",。;:") or is_generic(plain) or topic_of(plain):
        return None
    return plain


def _without_project(name: str) -> str:
    bare = name.removesuffix("项目")
    return bare if len(bare) >= 4 and not is_generic(bare) else name
