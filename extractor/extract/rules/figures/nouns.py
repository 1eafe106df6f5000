"""The nouns of money: which printed noun is which metric, and whether a general word stands alone or is qualified."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extractor.extract.rules.lexicon import Vocabulary, holds
from extractor.patterns import lazy

_FUND_END = r"(?:预算)?(?:财政)?(?:收入|支出|拨款|资金|预算|决算)*"
_BOTH = r"结[转余](?:及?结[转余])?(?:资金)?"
# A specific noun names its metric whatever stands before it. Order matters where one noun holds another.
_SPECIFIC = (
    ("sangong_vehicle_run", ("运行", "公务用车维护"), r"(?:公务用?车|公车)(?:使用)?运行及?(?:维护|维修)?(?:费用?|经费|支出)?|公务用车维护费"),
    ("sangong_vehicle", ("购置",), r"(?:公务用车|公车)购置费?及(?:使用)?(?:运行)?(?:维护)?(?:费用?|经费|支出)*"),
    ("sangong_vehicle_buy", ("购置",), r"(?:公务用车|公车)购置(?:费用?|经费|支出)?"),
    ("sangong_abroad", ("出国",), r"(?:因公)?出国\(?境?\)?(?:费用|经费|费|支出)+"),
    ("sangong_reception", ("接待",), r"公务接待(?:费用?|经费|支出)?|^接待(?:费用?|支出)"),
    ("sangong_total", ("三公",), r"\"?三公\"?(?:\")? ?(?:经费|费用)(?:支出)?"),
    ("expenditure_personnel", ("人员",), r"人员(?:经费|支出)(?:支出)?|人员类(?:项目)?(?:支出|经费)|^人员(?:经费)?类(?=$|支出)"),
    ("expenditure_public", ("公用", "商品"), r"(?<!生均)(?<!高中)(?:日常)?公用(?:经费|支出)(?:支出)?类?|(?<!其他)商品及服务支出"),
    ("expenditure_basic", ("基本", "日常支出"), r"基本(?:经费)?支出|用于保障[^,;。]{2,40}正常(?:运转|运行)的?日常支出"),
    ("expenditure_project", ("项目", "专项业务"), r"项目(?:经费|类)?支出|项目经费|项目(?:预算)?资金(?=总?额?共?$)|^项目类(?=$|支出)|用于专项业务工作的?经费支出"),
    ("procurement_amount", ("采购",), r"政府采购(?:预算|支出|实际|计划)?(?:总?金额|总额|规模)?|实际采购(?:支出|金额)?|(?:完成|实施)(?:政府)?采购(?:支出|总?金额|总?额)?|(?:(?<![^\W\x00-\x7f])|年初|当年|全年|年度)采购(?:预算|金额)"),
    ("carryover_in", ("结转", "结余"), rf"(?:上年度?|上年末|年初|以前年度)(?:的|财政拨款)?{_BOTH}"),
    ("carryover_out", ("结转", "结余", "年末余额", "资金余额"), rf"(?:年末|年终|期末|年底)?(?:财政拨款)?{_BOTH}(?:下年(?:使用|支出)?)?|年末余额|资金余额"),
    ("carryover_out", ("余", "未", "结存", "沉淀"), r"(?:剩余|节余|结余|结存|沉淀|(?<!其)余款|尚余|仍余|^余(?=额?$)|尚?未(?:使用|支出|支付|执行|拨付|列支|兑付)(?:完)?的?)(?:额|资金|金额|经费|部分)*"),
    ("other_funds", ("其他", "其它", "社会", "自筹", "单位资金", "自有资金"), r"其[他它](?:收入)?资金(?:来源)?(?:收入)?|社会(?:捐赠|资金)|自筹(?:资金)?|(?<!我)(?<!本)单位资金|自有资金"),
    ("fund_nontax", ("专户", "非税"), r"(?:纳入)?(?:财政)?专户管理的?(?:非税收入|资金)(?:拨款)?|非税收入拨款"),
    ("fund_gov", ("政府性基金",), rf"政府性基金{_FUND_END}"),
    ("fund_soe", ("国有资本",), rf"国有资本经营{_FUND_END}"),
    ("fund_social", ("社会保险",), rf"社会保险基金{_FUND_END}"),
    ("appropriation_current", ("拨款",), r"(?:当年|本年度?)?(?:一般公共预算(?:财政)?|财政|经费)拨款(?:收入|资金)*(?!支出)"),
    ("expenditure_total", ("一般公共",), r"一般公共预算支出(?:预算|决算)?"),
    ("fund_gpb", ("一般公共",), r"一般公共预算(?:收入|资金|预算|决算)*"),
    ("project_invest_total", ("投资",), r"总投资额?|概算投资|投资概算|概算总投资"),
    ("asset_fixed_added", ("固定资产",), r"(?:配置|新增|购置|新购|新增配置)(?:的)?固定资产"),
    ("asset_intangible_added", ("无形资产",), r"(?:配置|新增|购置|新购)(?:的)?无形资产"),
)  # fmt: skip
_PATTERNS = tuple((metric, hints, lazy(pattern)) for metric, hints, pattern in _SPECIFIC)
# 和, 与 and 、 join nouns as 及 does.
_JOINERS = str.maketrans("和与、", "及及及")
# What may follow a specific noun before its amount.
_LIGHT = Vocabulary(
    '的|数|额|共|为|是|已|了| |"|总额|总计|合计|资金|金额|收入|情况|部分|规模|年初|全年|全部|当年|本年|实际|预算|决算|支出|执行|完成|安排|批复|下达|'
    "支付|使用|列支|调整后|调整|追加|调增|调减|核减|累计|到位|年中|中|财政|拨款|费用|经费|00年度|00年|本级|下年使用|预计|"
    "来源|发生|需|由|从|方面|上年度|上年|去年|增加|减少"
)
_REMARK = lazy(r"\([^()]{1,12}\)")
_GENERAL = lazy(
    r"^(?:年初|年中|(?:年中)?调整后)$|(?:可用资金|可执行指标)$|(?:预算|决算|支出|执行|支付|兑付|使用|列支|开支|追加|追减|调增|调减|核减|核增|调整|到位|收入|安排|批复|拨付|投入|报账|报销|发生|花费|完成)"
    r"(?:[数额了的共]|总额|总计|合计|总数|资金|金额|经费|额度|指标|情况|预算|支出|安排|批复|执行|到位|完成|净?增加|净?减少|部门|财政|中)*$"
)
_CLEAN = Vocabulary(
    "00|00 |00年|00 年|00年度|00年初|00年末|00年底|00年中|00 年度|00 年初|00 年末|00 年底|00 年中|"
    "0月|0 月|0月份|0月底|0月末|0月0日|0月0 日|0 月份|0 月底|0 月末|0 月0日|0 月0 日|0个|0项|00个|00项|"
    "截至|截止|至|到|底|末|经|由|按|均|并|已|共|总|各|前|拟|可|则|又|也|即|的|数|额|中|在|了| |我|本|该|此|其|全|"
    "年初|年中|年末|年底|全年|当年|本年度|本年|年度|今年|我们|部门|单位|县|市|区|镇|乡|校|局|委|办|院|馆|站|所|队|会|厅|州|省|实际|累计|财政|资金|项目|安排|批复|下达|"
    "预算|支出|收入|决算|执行|完成|支付|使用|调整后|调整|追加|一般公共|整体|其中|申请|核定|各项|全部|本级|计划|费用|经费|新增|增加|总额|共计|合计|"
    '同时|主要|公共|与|和|及|、|期间|上述|以上|拨款|事项|实施|剩余|发生|最终|可用|年内|年终|内|实现|决算反映|反映|方面|较年初|比年初|本项|为|是|有|从|对|给|"|上年度|上年|去年|政法|全口径'
)
_THIS_CENTURY = lazy(r"20\d\d(?!\d)")
_DIGITS = lazy(r"\d+")
_ORGANISATIONS = (
    "委员会", "办公室", "中心", "学校", "医院", "政府", "街道", "法院", "检察院", "局", "委", "办", "院", "校", "馆", "站", "厅", "所", "会", "联", "队",
    "镇", "乡", "部", "处", "公司", "部门", "单位",
)  # fmt: skip
_PAUSES = frozenset(",;。:")
_TOTAL_EXPENDITURE = lazy(
    r"(?:整体|总|全年|实现|年度?|年财政|年共|当年|度|计|本年|单位|部门|[局委办]|共|合计|^)支出(?:总额|总计|合计|共计|完成)?[共为]?$"
)
_BUDGET_REVENUE = ("预算收入", "预算总收入", "收入预算", "收入总预算", "到位")
_SUM_LEADS = ("以上", "上述", "各项", "项目", "00年度", "00年", "资金")
_SUM = Vocabulary("共计|合计|总计|总额|总共|小计|总金额|共|累计|金额合计|资金|金额|为")
_SUMS = ("共计", "合计", "总计", "总额", "总共", "小计", "总金额", "共", "累计", "金额合计")
_CHANGE = lazy(
    r"(?:增加|减少|增长|下降|提高|降低|压减|压缩|节约|节省|节支|上升|下浮|上浮|(?<!新)增|[减多少超]|超出|超支)(?:了|额|幅度?|率|金额|支出|资金)*(?:为|达|到|至)?$"
)
# one of these stands in every word of change
_CHANGES = (
    "增",
    "减",
    "多",
    "少",
    "超",
    "下降",
    "提高",
    "降低",
    "压缩",
    "节约",
    "节省",
    "节支",
    "上升",
    "下浮",
    "上浮",
)
_COMPARED = lazy(r"[比较]|同比|相比|由|从")
_ADJUSTED = lazy(
    r"调增|调减|追加|追减|核减|核增|(?:年中|执行中|预算)(?:预算)?(?:调整)?净?(?:增加|减少)|(?:增加|减少)预算"
)
_PER = ("每", "人均", "户均", "生均", "亩均", "次均", "单价", "单次", "标准", "平均", "均补")


class Noun(NamedTuple):
    """The specific noun of a label and what stands before and after it."""

    metric: str
    before: str
    text: str
    after: str


@lru_cache(maxsize=1024)
def specific(label: str) -> Noun | None:
    """The last specific noun of `label` when only light words stand between it and the amount."""
    metric, (start, end) = _last_noun(label.translate(_JOINERS))
    if not metric:
        return None
    after = label[end:]
    words = _REMARK.sub("", after) if ")" in after else after
    if not _LIGHT.covers(_years_plain(words)):
        return None
    return Noun(metric, label[:start], label[start:end], after)


def _last_noun(label: str) -> tuple[str, tuple[int, int]]:
    """Metric and place of the last noun; where several begin at one place the first of the list is meant."""
    patterns = [(metric, pattern) for metric, hints, pattern in _PATTERNS if holds(label, hints)]
    found, place = "", (0, 0)
    while patterns:
        matches = [(m, metric) for metric, pattern in patterns if (m := pattern.search(label, place[1]))]
        if not matches:
            break
        match, found = min(matches, key=lambda each: each[0].start())
        place = match.span()
    return found, place


def any_specific(words: str) -> str:
    """The metric of the last specific noun anywhere in `words`; empty when there is none."""
    return _last_noun(words.translate(_JOINERS))[0]


def _years_plain(words: str) -> str:
    """`words` with 00 for a year of this century and 0 for any other number, as the vocabularies have them."""
    if not any(map(str.isdigit, words)):
        return words
    return _DIGITS.sub(lambda m: m[0] if m[0] == "00" else "0", _THIS_CENTURY.sub("00", words))


@lru_cache(maxsize=4096)
def is_clean(words: str) -> bool:
    """Whether `words` qualify nothing: years, 我部门, 共, 安排, or the name of an office."""
    clean = _CLEAN.tails(plain := _years_plain(words))
    if clean[0]:
        return True
    for at, char in enumerate(plain[:31]):
        if at >= 2:
            for end in _ORGANISATIONS:
                if plain.startswith(end, at) and _is_clean_from(plain, at + len(end), clean):
                    return True
        if char in _PAUSES:
            break
    return False


def _is_clean_from(words: str, at: int, clean: list[bool]) -> bool:
    """Whether nothing but clean words follows an office's name that ends at `at`, a remark in brackets apart."""
    if clean[at]:
        return True
    close = words.find(")", at) if words.startswith("(", at) else -1
    return close > 0 and "(" not in words[at + 1 : close] and clean[close + 1]


@lru_cache(maxsize=4096)
def is_plain(words: str) -> bool:
    """Whether `words` are only years, 我部门, 共 and their like: not even the name of an office."""
    return _CLEAN.covers(_years_plain(words))


def general(label: str) -> str | None:
    """The general word (预算, 支出, 执行 …) that ends `label`, or None."""
    match = _GENERAL.search(label)
    return match[0] if match else None


def is_unqualified(label: str) -> bool:
    """Whether a general word ends `label` and nothing qualifies it: a total of the subject."""
    match = _GENERAL.search(label)
    if match is None:
        return False
    before = label[: match.start()]
    if match[0].startswith("批复") and before.endswith("级财政"):
        before = before[:-4]  # 区级财政批复的部门预算
    return is_clean(before)


def is_total_expenditure(label: str) -> bool:
    """2022年支出, 整体支出, 支出合计: the total itself, rather than 实际支出 of something."""
    return _TOTAL_EXPENDITURE.search(label) is not None


def is_revenue(label: str) -> bool:
    """收入预算, 预算收入, 资金到位."""
    return holds(label, _BUDGET_REVENUE)


def is_sum(label: str) -> bool:
    """合计, 共计: the sum of what was just listed."""
    words = _years_plain(label)
    for lead in _SUM_LEADS:
        words = words.removeprefix(lead)
    return words.startswith(_SUMS) and _SUM.covers(words)


def is_change(label: str, before: str) -> bool:
    """增加, 下降 …: a difference against another year or plan, not an adjustment of the budget."""
    if not holds(label, _CHANGES) or _CHANGE.search(label) is None:
        return False
    return _COMPARED.search(before) is not None or _ADJUSTED.search(label) is None


def is_per_head(label: str) -> bool:
    """每人, 户均, 单价: a price, not a total."""
    return holds(label, _PER)
