"""Project names: known from forms, quoted in the prose, standing in headings, or members of an enumeration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractor.document import Passage, Section, fold
from extractor.extract.rules.lexicon import Lexicon, Vocabulary, holds
from extractor.patterns import lazy

NAME_TAIL = (
    r"(?:专项工作经费|专项经费|工作经费|项目经费|项目资金|专项资金|补助资金|补助经费|配套资金|经费|项目|工程|补助|补贴|资金|"
    r"服务费|运维费|维护费|管护费|养护费|租赁费|建设费|费|基金|专项|奖金|奖补)"
)
_NAME_TAILS = (
    "专项工作经费", "专项经费", "工作经费", "项目经费", "项目资金", "专项资金", "补助资金", "补助经费", "配套资金", "经费", "项目", "工程", "补助", "补贴",
    "资金", "服务费", "运维费", "维护费", "管护费", "养护费", "租赁费", "建设费", "费", "基金", "专项", "奖金", "奖补",
)  # fmt: skip
NAME_TAIL = f"(?:{'|'.join(_NAME_TAILS)})"
_TELLING = (
    "专项工作经费", "专项经费", "工作经费", "项目经费", "运行经费", "运转经费", "业务经费", "项目", "工程", "补助资金", "补助经费", "专项资金", "经费",
    "服务费", "运维费", "维护费", "管护费", "养护费", "补贴", "补助",
)  # fmt: skip
_TAILS = Vocabulary("|".join(_NAME_TAILS))
_CORE_TAIL = Vocabulary("|".join((*_NAME_TAILS, "类", "等")))
_HINT = ("项目", "经费", "工程", "补助", "补贴", "资金", "费", "基金", "专项", "奖")
_BRACKETED = lazy(r"\([^()]*\)$")
_QUOTED = lazy(r"[“\"]([^“”\"。;]{2,50}?)[”\"]")
_AMOUNT_TAIL = lazy(r"(?: *[\d,.]+ *(?:万|亿)?元?)?[。, ]*$")
_AMOUNT_ENDS = frozenset("万亿元,.。 ")
_YEAR = lazy(r"^(?:20\d\d ?年(?:度)?|本年度?|当年|年初|年中|上年|一年来|年内|今年(?:以来)?)")
_NUMBER = lazy(
    r"^\s*(?:[#*]+\s*)?(?:\(?[一二三四五六七八九十]{1,3}[)、.]\s*|\(?\d{1,2}(?:[)、]|\.(?!\d))\s*|[①-⑳])+"
)
_NUMBER_STARTS = frozenset("#*(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_TITLE_TAIL = Vocabulary(
    "绩效|实施|资金|使用|完成|执行|自评|评价|预算|概况|情况|综述|报告|结果|分析|目标|说明|表|得分"
)
_GENERIC = Vocabulary(
    "部门|单位|本|年初|年中|年度|追加|预算|项目|资金|支出|绩效|自评|专项|整体|基本|概况|一般公共|政府性|基金|财政|使用|管理|到位|执行|投入|"
    "安排|情况|分析|各|主要|重点|其他|其它|本级|上级|中央|省级|省|市级|市|县级|县|区级|区|州级|州|镇级|镇|级|地方|转移支付|配套|自筹|社会|拨款|下达|"
    '补助|补贴|奖补|经费|费用|费|工程|三公|“|”|"|公用|日常|人员|工作|公务|接待|会议|培训|办公|差旅|业务|运行|维护|维修|水电|邮电|劳务|'
    "委托|工会|福利|其中|国家|国有资本|经营|社会保险|非税|收入|年|月|日|的|等|和|及|与|或|、|,|共|个|项|种|类|0|1|2|3|4|5|6|7|8|9|(|)|一|二|三|四|五|六|七|八|九|十|"
    "机关|下拨|提前|总|额|全部|该|此|此项|每|以上|以下|上述|实际|已|拨付|支付|结余|结转|剩余|完成|需|所需|计划|批复|申请|申报|争取|获得|收到|累计|全年|当年|"
    "津贴|奖金|工资|公车|车辆|印刷|咨询|手续|物业|租赁|电费|水费|取暖|燃料|税金|附加|商品和服务|交通|出国|境|因公|社保|养老|保险|住房|"
    "主体|附属|土建|安装|实施|对个人和家庭|对个人|家庭|资本性|离退休|退休|离休|奖励性|绩效奖|年终|政策性|运转|特定目标|其他运转|类|监理|检测|质保|"
    "我|我局|我委|我校|我镇|我县|我市|我区|所有|有关|相关|建设|购置|采购|预拨|衔接|救助|发放|生均|人均|定额|标准"
)
_VERBS = (
    "用于", "由于", "因", "完成", "实际", "年初", "预算", "执行", "决算", "主要", "目标", "超过", "增加", "减少", "增长", "下降", "节约", "结余", "结转", "较", "同比", "占", "发放", "涉及", "争取", "收缴", "带动", "减免", "挽回", "捐赠", "查处", "罚", "累计", "共计", "合计", "总计", "达到", "实现", "购买", "购置", "每", "人均", "户均", "支出", "支付", "拨付", "到位", "投入", "获得", "收到", "下达", "追加", "调整", "使用", "申请",
)  # fmt: skip
_VERB_LEAD = lazy(
    r"^(?:关于|用于|计划(?=实施|建设|安排)|安排(?:用于)?|下达(?:给)?(?:我[局市县区镇校委])?|拨付|投入|支付|使用|开支|列支|新增|追加|包括|主要(?:包括|用于|是)?|实施|其中|为|"
    r"年初(?:安排|预算|批复)?|年中(?:追加|增加)?|批复|落实|获得|收到|争取|申请|转移支付|我局|本级|预算|[一二三四五六七八九]是|全年)+(?=.{4})"
)
_OFFICE_ENDS = ("所", "站", "中心", "局", "处", "队", "院", "科", "股", "办公室", "公司")
_VERB_LEADS = (
    "关于", "用于", "计划", "安排", "下达", "拨付", "投入", "支付", "使用", "开支", "列支", "新增", "追加", "包括", "主要", "实施", "其中", "为", "年初", "年中",
    "批复", "落实", "获得", "收到", "争取", "申请", "转移支付", "我局", "本级", "预算", "全年",
    "一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是",
)  # fmt: skip
# Words of a sentence, and ends that no name has: such a label is not a name even among listed projects.
_SENTENCE = (
    "将", "给予", "通过", "申请", "范围", "实施", "以来", "我局", "我县", "我镇", "我区", "我市", "我委", "号)",
)  # fmt: skip
_NO_NAME_ENDS = ("数", "率", "额", "收入", "决算", "预算", "情况", "合计")
_TOWARDS = lazy(r"(?<!定|面|方|走)向|20\d\d年")
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
    bare = _MARKUP.sub("", plain_name(name))
    return bare[: _CORE_TAIL.tail(bare)]


@lru_cache(maxsize=4096)
def is_generic(name: str) -> bool:
    """Whether `name` says only what kind of money it is (中央资金, 项目经费)."""
    return _GENERIC.covers(core_of(name))


def is_named(name: str) -> bool:
    """Whether `name` ends as names of projects do, or money for them does."""
    return _bare_end(name).endswith(_NAME_TAILS)


def is_telling(name: str) -> bool:
    """Whether `name` ends in a word that leaves no doubt that it names a project."""
    return _bare_end(name).endswith(_TELLING)


def _bare_end(name: str) -> str:
    """`name` without a remark in brackets at its end."""
    bracketed = _BRACKETED.search(name) if name.endswith(")") else None
    return name[: bracketed.start()] if bracketed else name


def _is_sentence(name: str) -> bool:
    """Whether words of a sentence stand in `name`."""
    if name[0] == "在" or name.endswith(_NO_NAME_ENDS) or holds(name, _SENTENCE):
        return True
    return ("向" in name or "20" in name) and _TOWARDS.search(name) is not None


def name_in_label(label: str, listed: bool) -> tuple[int, int] | None:
    """The `[start, end)` of a project name that fills `label`; outside a project list only with a telling end."""
    start = 0
    year = _YEAR.match(label)
    if year:
        start = year.end()
    lead = _VERB_LEAD.match(label[start:]) if label.startswith(_VERB_LEADS, start) else None
    if lead:
        start += lead.end()
    year = _YEAR.match(label[start:])
    if year:
        start += year.end()
    name = label[start:]
    if not 3 <= len(name) <= 60 or is_generic(name):
        return None
    if _is_sentence(name) or name.count("(") != name.count(")"):
        return None
    if listed:
        return None if name.startswith(_VERBS) else (start, len(label))
    if len(name) < 5 or not is_telling(name) or holds(name, _VERBS):
        return None
    return start, len(label)


@lru_cache(maxsize=2048)
def name_of_title(title: str) -> str | None:
    """The project that a heading names (`（3）某某项目`), or None for a heading of another kind."""
    if not holds(title, _HINT):
        return None
    name = fold(title)
    first = name.lstrip()[:1]
    if first in _NUMBER_STARTS or first.isdecimal():
        name = _NUMBER.sub("", name)
    name = _without_amount(name.strip(" *#。:,"))
    for _ in range(2):
        shorter = _untitled(name)
        if shorter != name and is_named(shorter):
            name = shorter
    name = _YEAR.sub("", name.strip(' "“”'))
    if not 4 <= len(name) <= 50 or any(c in name for c in "。;:") or not is_named(name) or is_generic(name):
        return None
    return name


def _without_amount(name: str) -> str:
    """`name` without an amount of money at its end."""
    last = name[-1:]
    return _AMOUNT_TAIL.sub("", name) if last in _AMOUNT_ENDS or last.isdecimal() else name


def _untitled(name: str) -> str:
    """`name` without 绩效自评情况 and its like at its end."""
    at = _TITLE_TAIL.tail(name)
    return name if at == len(name) else name[:at].removesuffix("支出")


def quoted_names(text: str) -> Iterable[str]:
    """Names in quotation marks that end like a project, an amount inside the quotes apart."""
    for match in _QUOTED.finditer(text):
        name = _without_amount(match[1]).strip()
        if len(name) >= 4 and is_named(name) and not is_generic(name):
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
        self._of_forms = frozenset(self.known)
        self._cores: dict[str, str] = {}
        self._long = Lexicon()  # cores long enough to be compared with parts of others
        self._listed = "\n"  # the same, a line each
        self._near: dict[str, str | None] = {}
        self._printed = Lexicon()
        for name in (*self.known, *found):
            self.add(name)

    def add(self, name: str) -> None:
        """Remember a name read from an enumeration, for the headings and sentences that follow."""
        core = core_of(name)
        if core in self._cores:
            return
        self._cores[core] = name
        plain = plain_name(name)
        bare = plain[: _CORE_TAIL.tail(plain)]
        self._printed.add(plain)
        if len(bare) >= 4 and not is_generic(plain):
            self._printed.add(bare)
        if len(core) >= 4:
            self._long.add(core)
            self._listed += core + "\n"
            self._near.clear()

    def mentions(self, text: str) -> list[tuple[int, int]]:
        """Where `text` names a project."""
        out: list[tuple[int, int]] = []
        for start, end in self._printed.found(text):
            if text.startswith(_OFFICE_ENDS, end) and text[start:end] not in self.known:
                continue  # 市政养护所 is no 市政养护
            # a name's core, or the name, with 项目 or 经费 put after it
            out.append((start, _TAILS.run(text, end)))
        return out

    def canonical(self, name: str) -> str:
        """The form's own name that `name` is another form of, else `name` itself."""
        core = core_of(name)
        exact = self._cores.get(core)
        if exact is not None:
            return exact if exact in self._of_forms else name
        if len(core) < 4:
            return name
        if core not in self._near:
            self._near[core] = self._only_near(core)
        return self._near[core] or name

    def _only_near(self, core: str) -> str | None:
        """The form's name whose core holds `core` or is held by it, when no other name's does."""
        near = {core[a:b] for a, b in self._long.inside(core)}
        at = self._listed.find(core)
        while at >= 0 and len(near) < 2:
            end = self._listed.index("\n", at)
            near.add(self._listed[self._listed.rindex("\n", 0, at) + 1 : end])
            at = self._listed.find(core, end)
        if len(near) != 1:
            return None
        name = self._cores[near.pop()]
        return name if name in self._of_forms else None
