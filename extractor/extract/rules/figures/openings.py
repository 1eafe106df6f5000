"""Where a paragraph changes its subject: headings run into the text, and names of projects that sentences begin with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractor.extract.rules.figures.names import NAME_TAIL, is_generic, is_telling, without_year
from extractor.extract.rules.figures.nouns import is_clean, specific
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy

_NUMERALS = tuple(numeral + end for numeral in "一二三四五六七八九十" for end in "、)")
_HEADING = lazy(
    r"(?:^|(?<=[\s。;:!?\"况明析]))(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))\s*"
    r"(?P<title>[^,。;:!?\d\s]{2,40}?(?:情况(?:说明|分析)?|概况|说明|分析|措施|建议|结论|结果|问题|绩效|综述|依据|目标|评价|自评|做法|经验))"
    r"(?=[\s。:(]|$|我|本|项目|20\d\d)"
)
# What tells that the words before it are the sentence's subject: a colon, or words of budgets and scores.
_SUBJECT_END = (
    r"(?=:|,|。|\([^()]{0,12}\d|由|资金(?=[共总到约为\d ])|(?:项目)?(?:绩效)?自评(?:综述|得分|情况)|(?:项目)?(?:支出)?绩效|实施|主要|目前|建成|于20|(?:20\d\d年度?)?(?:年初|全年|预算|安排|批复|下达|执行|实际|支出|到位|"
    r"总投资|投入|(?<=[目程])资金|已|共|累计|计划|完成|当年|本年|年中|追加|结转))"
)
_OPENING = lazy(
    rf"(?:^|(?<=[。;!?]))[\s\"#*]*(?:(?:其中|包括):?)?(?:\(?\d{{1,2}}(?:[.、](?!\d)|\))|\(?[一二三四五六七八九十]{{1,3}}[、)]|[①-⑳]|[一二三四五六七八九]是)?\s*(?:关于)?"
    rf"(?:(?:年初预算|年中追加|年中新增|延续性|新增)项目[:\"]?)?"
    r"(?:\"(?![^\"\n]{1,12}\"[^\W\x00-\x7f]))?"
    rf"(?P<name>(?:\"[^\"\n]{{1,12}}\")?[^,。;:!?\"\n%]{{2,40}}?{NAME_TAIL}(?:\((?![^()]*\d ?[分元%])[^()]{{1,20}}\))?)\"?(?:项目)?{_SUBJECT_END}"
)
_DATED = lazy(r"20\d\d ?年度?(?:部门|单位|预算|财政)*项目$")
_THIS = lazy(r"[该本此]项目\((?P<name>[^()]{3,40}(?:\([^()]{1,20}\)[^()]{0,10})?)\)")
# A subject of whatever name of which the sentence tells what was budgeted and what was spent.
_BUDGETED = lazy(
    r"(?:^|(?<=[。;!?]))[\s\"#*]*(?:\(?\d{1,2}(?:[.、](?!\d)|\))|\(?[一二三四五六七八九十]{1,3}[、)]|[①-⑳]|[一二三四五六七八九]是)?\s*(?:关于|实施|开展)?"
    r"(?:\"(?![^\"\n]{1,12}\"[^\W\x00-\x7f]))?(?P<name>(?:\"[^\"\n]{1,12}\")?[^,。;:!?\"\n%元]{4,30}?)\"?(?:项目)?(?:\([^()]{0,14}\))?(?:由[^,。;:]{2,20},)?[:,]?(?:该项目)?"
    r"(?P<plan>(?:本年|全年|当年|年度|年初|年内|调整后|总|共|累计|批复|下达|安排|计划|到位|财政|资金|项目|申报|申请|核定|预算|投入|可用|涉及|指标|经费|金额|[数额为是约达: ])+)"
    r"\d[\d,.]* ?(?:万|亿)?元[^。]{0,80}?(?:支出|执行|支付|决算|使用|列支|拨付|兑付|报账|报销|开支|投入|发生|花费|完成)[数额了为是共约达到资金 ]*\d"
)
# What money was given for by the words 年初安排, with what was spent of it.
_GIVEN_FOR = lazy(
    r"(?:^|(?<=[。;!?]))\s*(?:年初|当年|本年|全年|20\d\d年度?)?(?:预算)?(?:安排|批复|下达)\"?(?P<name>[^,。;:!?\"\n%元\d]{4,30})\"?(?:项目)?"
    r"\d[\d,.]* ?(?:万|亿)?元[^。]{0,40}?(?:支出|执行|支付|决算|使用|列支)[数额了为是共约达到资金 ]*\d"
)
_PLANNED = (
    "预算",
    "安排",
    "批复",
    "下达",
    "到位",
    "投入",
    "计划",
    "项目资金",
    "资金总额",
    "财政资金",
    "指标",
)
_NO_PROJECT_ENDS = (
    "支出",
    "收入",
    "方面",
    "情况",
    "科目",
    "类",
    "款",
    "资产",
    "公司",
    "合计",
    "总额",
    "任务",
    "目标",
    "事项",
)
_EXPENSES = (
    "工资", "津贴", "福利", "缴费", "公积金", "医疗费", "办公费", "印刷费", "手续费", "水费", "电费", "邮电费", "取暖费", "物业管理费", "差旅费", "维修费", "维护费",
    "租赁费", "会议费", "培训费", "接待费", "材料费", "劳务费", "业务费", "工会经费", "交通费", "交通费用", "离休费", "退休费", "抚恤金", "生活补助", "家庭的补助", "购置费",
)  # fmt: skip
_OWNERS = tuple(
    who + what
    for who in "我本"
    for what in (
        "单位", "部门", "局", "委", "办", "校", "中心", "院", "镇", "乡", "县", "市", "区",
    )
)  # fmt: skip
_OWNED = ("组织实施的", "组织实施", "实施的", "实施", "的")
# A clause, not a name: it has a verb, an amount, or speaks of the unit's money as a whole.
_CLAUSE = (
    "元", "该项目", "本项目", "此项目", "各项目", "项目支出", "部门预算", "基本支出", "收入", "决算", "年初", "全年", "实际", "执行", "完成", "拨付", "结余",
    "结转", "追加", "按照", "根据", "通过", "为了", "由于", "截至", "截止", "安排", "用于", "支付", "下达", "收到", "争取", "申请", "获得", "预算", "涉及",
    "上报", "纳入", "共有", "以及", "主要", "相关", "有关", "严格", "将", "我局", "我市", "我县", "我区", "我镇", "我校", "我委", "我部门", "我单位", "本部门", "本单位", "给予", "对向", "由",
)  # fmt: skip
_CLAUSE_STARTS = (
    "在", "对", "其", "紧盯", "围绕", "落实", "推动", "推进", "组织", "坚持", "实现", "保障", "支持", "强化", "深入", "持续", "积极", "全面", "一般公共",
    "政府性", "国有资本", "上级", "中央", "省级", "市级", "县级", "区级", "财政", "总", "各", "全", "使用", "投入", "加强", "加快", "做好", "确保", "开展",
    "提高", "完善", "制定", "建立", "计划实施", "计划建设", "拟实施", "拟建设",
)  # fmt: skip
_DOING = lazy(r"对.{2,}(?:进行|开展)")
_OFFICES = (
    "局", "委", "办", "院", "校", "馆", "站", "厅", "所", "会", "队", "镇", "乡", "部", "处", "县", "市", "区", "中心",
)  # fmt: skip


@lru_cache(maxsize=512)  # asked once for the names and once for the figures of a passage
def headings_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """`[start, end)` and title of each numbered heading that stands in `text` itself."""
    if not holds(text, _NUMERALS):
        return ()
    return tuple((m.start(), m.end(), m["title"]) for m in _HEADING.finditer(text))


def _without_headings(text: str) -> str:
    """`text` with full stops where headings stand in it."""
    for start, end, _ in headings_in(text):
        text = text[:start] + "。" * (end - start) + text[end:]
    return text


def opening_names(text: str) -> Iterator[tuple[int, int]]:
    """Where a sentence of `text` begins with the name of a project as its subject."""
    for match in _OPENING.finditer(_without_headings(text)):
        start, end = match.span("name")
        start += _owned(text[start:end])
        start += without_year(text[start:end])
        name = text[start:end]
        if len(name) < 4 or not is_telling(name) or is_generic(name) or _is_clause(name):
            continue
        if "20" in name and _DATED.search(name) is not None:
            continue  # 某局2022年度项目资金: the unit's
        noun = specific(name)
        if noun is None or not is_clean(noun.before):
            yield start, end


def budgeted_names(text: str) -> Iterator[tuple[int, int]]:
    """Where a sentence of `text` begins with what it tells a budget and its spending of, whatever the name ends in."""
    if not holds(text, _PLANNED) and '"' not in text:
        return
    text = _without_headings(text)
    for match in _GIVEN_FOR.finditer(text):
        if _is_spent_on(match["name"]):
            yield match.span("name")
    for match in _BUDGETED.finditer(text):
        start, end = match.span("name")
        start += without_year(text[start:end])
        start += _owned(text[start:end])
        name = text[start:end]
        quoted = match["plan"] in ("经费", "资金") and text[end : end + 1] == '"'
        planned = quoted or holds(match["plan"], _PLANNED)
        if planned and _is_spent_on(name):
            yield start, end


def _is_spent_on(name: str) -> bool:
    """Whether `name` can be what money was given for: neither a kind of spending nor the unit, and no clause."""
    if len(name) < 4 or is_generic(name) or _is_clause(name) or "20" in name:
        return False
    if name.endswith(_NO_PROJECT_ENDS) or (name.endswith(_EXPENSES) and len(name) < 8):
        return False
    return specific(name) is None and not is_clean(name)


def _owned(name: str) -> int:
    """How many characters of 我局实施的 and its like stand before the name proper."""
    for owner in _OWNERS:
        if name.startswith(owner):
            what = next((w for w in _OWNED if name.startswith(w, len(owner))), "")
            return len(owner) + len(what)
    return 0


def _is_clause(name: str) -> bool:
    """Whether `name` is part of a sentence, or money of an office rather than a project."""
    if holds(name, _CLAUSE) or ("对" in name and _DOING.search(name)):
        return True
    if name.startswith(_CLAUSE_STARTS) and not name.startswith(("保障性", "保障房")):
        return True
    if not name.endswith(("资金", "经费", "项目")):
        return False
    owner = name[:-2]
    shorter = owner[:-2] if owner.endswith(("项目", "专项", "部门")) else owner
    return any(each.removesuffix("的").endswith(_OFFICES) for each in (owner, shorter))


def this_project(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name in brackets after 该项目 within `[start, end)`, where there is exactly one."""
    if text.find("项目(", start, end) < 0:
        return None
    found = [m.span("name") for m in _THIS.finditer(text, start, end)]
    return found[0] if len(found) == 1 else None
