"""Project names: known from forms, quoted in the prose, standing in headings, or members of an enumeration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractor.document import Passage, Section, fold
from extractor.patterns import lazy

NAME_TAIL = (
    r"(?:专项工作经费|专项经费|工作经费|项目经费|项目资金|专项资金|补助资金|补助经费|配套资金|经费|项目|工程|补助|补贴|资金|"
    r"服务费|运维费|维护费|管护费|养护费|租赁费|建设费|费|基金|专项|奖金|奖补)"
)
_NAME = lazy(rf"{NAME_TAIL}(?:\([^()]*\))?$")
TELLING = lazy(
    r"(?:专项工作经费|专项经费|工作经费|项目经费|运行经费|运转经费|业务经费|项目|工程|补助资金|补助经费|专项资金|经费|服务费|运维费|"
    r"维护费|管护费|养护费|补贴|补助)(?:\([^()]*\))?$"
)
_CORE_TAIL = lazy(rf"(?:{NAME_TAIL}|类|等)+$")
_TAILS = lazy(rf"(?:{NAME_TAIL})+")
_HINT = lazy(r"项目|经费|工程|补助|补贴|资金|费|基金|专项|奖")
_QUOTED = lazy(r"[“\"]([^“”\"。;]{2,50}?)[”\"]")
_AMOUNT_TAIL = lazy(r"(?: *[\d,.]+ *(?:万|亿)?元?)?[。, ]*$")
_YEAR = lazy(r"^(?:20\d\d ?年(?:度)?|本年度?|当年|年初|年中|上年)")
_NUMBER = lazy(
    r"^\s*(?:[#*]+\s*)?(?:\(?[一二三四五六七八九十]{1,3}[)、.]\s*|\(?\d{1,2}(?:[)、]|\.(?!\d))\s*|[①-⑳])+"
)
_TITLE_TAIL = lazy(
    r"(?:(?:支出)?(?:绩效|实施|资金|使用|完成|执行|自评|评价|预算|概况|情况|综述|报告|结果|分析|目标|说明|表|得分)+)$"
)
_GENERIC = lazy(
    r"(?:部门|单位|本|年初|年中|年度|追加|预算|项目|资金|支出|绩效|自评|专项|整体|基本|概况|一般公共|政府性|基金|财政|使用|管理|到位|执行|投入|"
    r"安排|情况|分析|各|主要|重点|其他|其它|本级|上级|中央|省级?|市级?|县级?|区级?|州级?|镇级?|级|地方|转移支付|配套|自筹|社会|拨款|下达|"
    r"补助|补贴|奖补|经费|费用?|工程|三公|[“”\"]|公用|日常|人员|工作|公务|接待|会议|培训|办公|差旅|业务|运行|维护|维修|水电|邮电|劳务|"
    r"委托|工会|福利|其中|国家|国有资本|经营|社会保险|非税|收入|年|月|日|的|等|和|及|与|、|,|共|个|项|种|类|\d|\(|\)|一|二|三|四|五|六|七|八|九|十|"
    r"机关|下拨|提前|总|额|全部|该|此|此项|每|以上|以下|上述|实际|已|拨付|支付|结余|结转|剩余|完成|需|所需|计划|批复|申请|申报|争取|获得|收到|累计|全年|当年|"
    r"津贴|奖金|工资|公车|车辆|印刷|咨询|手续|物业|租赁|电费|水费|取暖|燃料|税金|附加|商品和服务|交通|出国|境|因公|社保|养老|保险|住房|"
    r"我|我局|我委|我校|我镇|我县|我市|我区|所有|有关|相关|建设|购置|采购|预拨|衔接|救助|发放|生均|人均|定额|标准)*"
)
_VERBS = lazy(
    r"用于|由于|因|完成|实际|年初|预算|执行|决算|主要|目标|超过|增加|减少|增长|下降|节约|结余|结转|较|同比|占|发放|涉及|争取|收缴|带动|减免|"
    r"挽回|捐赠|查处|罚|累计|共计|合计|总计|达到|实现|购买|购置|每|人均|户均|支出|支付|拨付|到位|投入|获得|收到|下达|追加|调整|使用|申请"
)
_VERB_LEAD = lazy(
    r"^(?:用于|安排(?:用于)?|下达(?:给)?(?:我[局市县区镇校委])?|拨付|投入|支付|使用|开支|列支|新增|追加|包括|主要(?:包括|用于|是)?|实施|其中|为|"
    r"年初(?:安排|预算|批复)?|年中(?:追加|增加)?|批复|落实|获得|收到|争取|申请|转移支付|我局|本级|预算|[一二三四五六七八九]是|全年)+(?=.{4})"
)
# Words of a sentence, and ends that no name has: such a label is not a name even among listed projects.
_SENTENCE = lazy(
    r"^在|(?<![定面方走])向|将|给予|通过|申请|范围|实施|以来|我[局县镇区市委]|20\d\d年|号\)|(?:[数率额]|收入|决算|预算|情况|合计)$"
)
_LAYOUT = lazy(r"\s+")
_MARKUP = lazy(r"[\s“”\"'《》()（）、,，]+")


def plain_name(name: str) -> str:
    """The name folded, without layout white space and a leading year."""
    return _YEAR.sub("", _LAYOUT.sub("", fold(name)))


def without_year(name: str) -> int:
    """How many characters of a year or of 年初, 年中 stand before the name proper."""
    match = _YEAR.match(name)
    return match.end() if match else 0


@lru_cache(maxsize=4096)
def core_of(name: str) -> str:
    """The part of a name that tells it from others: no year, quotes, brackets, 项目/经费/资金 at its end."""
    return _CORE_TAIL.sub("", _MARKUP.sub("", plain_name(name)))


def is_generic(name: str) -> bool:
    """Whether `name` says only what kind of money it is (中央资金, 项目经费)."""
    return _GENERIC.fullmatch(core_of(name)) is not None


def name_in_label(label: str, listed: bool) -> tuple[int, int] | None:
    """The `[start, end)` of a project name that fills `label`; outside a project list only with a telling end."""
    start = 0
    year = _YEAR.match(label)
    if year:
        start = year.end()
    lead = _VERB_LEAD.match(label[start:])
    if lead:
        start += lead.end()
    year = _YEAR.match(label[start:])
    if year:
        start += year.end()
    name = label[start:]
    if not 3 <= len(name) <= 60 or is_generic(name):
        return None
    if _SENTENCE.search(name) or name.count("(") != name.count(")"):
        return None
    if listed:
        return None if _VERBS.match(name) else (start, len(label))
    if len(name) < 5 or not TELLING.search(name) or _VERBS.search(name):
        return None
    return start, len(label)


@lru_cache(maxsize=2048)
def name_of_title(title: str) -> str | None:
    """The project that a heading names (`（3）某某项目`), or None for a heading of another kind."""
    if _HINT.search(title) is None:
        return None
    name = _NUMBER.sub("", fold(title)).strip(" *#。:,")
    name = _AMOUNT_TAIL.sub("", name)
    for _ in range(2):
        shorter = _TITLE_TAIL.sub("", name)
        if shorter != name and _NAME.search(shorter):
            name = shorter
    name = _YEAR.sub("", name.strip(' "“”'))
    if (
        not 4 <= len(name) <= 50
        or any(c in name for c in "。;:")
        or not _NAME.search(name)
        or is_generic(name)
    ):
        return None
    return name


def quoted_names(text: str) -> Iterable[str]:
    """Names in quotation marks that end like a project, an amount inside the quotes apart."""
    for match in _QUOTED.finditer(text):
        name = _AMOUNT_TAIL.sub("", match[1]).strip()
        if len(name) >= 4 and _NAME.search(name) and not is_generic(name):
            yield name


class Names:
    """The names of a report, found in text by their printed form or their core; given back as printed."""

    def __init__(
        self,
        known: Iterable[str],
        passages: Sequence[Passage],
        sections: Sequence[Section],
        spoken: Iterable[str] = (),
    ) -> None:
        self.known = tuple(dict.fromkeys("".join(n.split()) for n in known if n and n.strip()))
        found = [name for section in sections if (name := name_of_title(section.title))]
        found.extend(spoken)
        for passage in passages:
            if '"' in passage.text:
                found.extend(quoted_names(passage.text))
        self._cores: dict[str, str] = {}
        for name in (*self.known, *found):
            self._cores.setdefault(core_of(name), name)
        self._mention = self._compile([plain_name(name) for name in self._cores.values()])

    @staticmethod
    def _compile(names: list[str]) -> re.Pattern[str] | None:
        words = set()
        for name in names:
            words.add(re.escape(name))
            bare = _CORE_TAIL.sub("", name)
            if len(bare) >= 4 and not is_generic(name):
                words.add(re.escape(bare))
        if not words:
            return None
        longest_first = "|".join(sorted(words, key=len, reverse=True))
        return re.compile(longest_first)

    def add(self, name: str) -> None:
        """Remember a name read from an enumeration, for the headings and sentences that follow."""
        self._cores.setdefault(core_of(name), name)

    def mentions(self, text: str) -> list[tuple[int, int]]:
        """Where `text` names a project."""
        if self._mention is None:
            return []
        out: list[tuple[int, int]] = []
        for match in self._mention.finditer(text):
            start, end = match.span()
            tail = _TAILS.match(text, end)  # a name's core, or the name, with 项目 or 经费 put after it
            out.append((start, tail.end() if tail else end))
        return out

    def canonical(self, name: str) -> str:
        """The form's own name that `name` is another form of, else `name` itself."""
        core = core_of(name)
        exact = self._cores.get(core)
        if exact is not None:
            return exact if exact in self.known else name
        if len(core) < 4:
            return name
        near = [n for c, n in self._cores.items() if len(c) >= 4 and (c in core or core in c)]
        return near[0] if len(near) == 1 and near[0] in self.known else name
