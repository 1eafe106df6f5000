"""The nouns of money: which printed noun is which metric, and whether a general word stands alone or is qualified."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from extractor.patterns import lazy

_FUND_END = r"(?:预算)?(?:财政)?(?:收入|支出|拨款|资金|预算|决算)*"
_BOTH = r"结[转余](?:(?:和|及|与|、)?结[转余])?(?:资金)?"
# A specific noun names its metric whatever stands before it. Order matters where one noun holds another.
_SPECIFIC = (
    ("sangong_vehicle_run", r"(?:公务用?车|公车)(?:使用)?运行(?:和|及|与)?(?:维护|维修)?(?:费用?|经费|支出)?|公务用车维护费"),
    ("sangong_vehicle", r"(?:公务用车|公车)购置(?:和|及|与|、|费?(?:和|及|与))(?:使用)?(?:运行)?(?:维护)?(?:费用?|经费|支出)*"),
    ("sangong_vehicle_buy", r"(?:公务用车|公车)购置(?:费用?|经费|支出)?"),
    ("sangong_abroad", r"(?:因公)?出国\(?境?\)?(?:费用|经费|费|支出)+"),
    ("sangong_reception", r"公务接待(?:费用?|经费|支出)?"),
    ("sangong_total", r"\"?三公\"?(?:\")? ?(?:经费|费用)(?:支出)?"),
    ("expenditure_personnel", r"人员(?:经费|支出)(?:支出)?|人员类(?:项目)?(?:支出|经费)"),
    ("expenditure_public", r"(?<!生均)(?<!高中)(?:日常)?公用(?:经费|支出)(?:支出)?|(?<!其他)商品和服务支出"),
    ("expenditure_basic", r"基本(?:经费)?支出|用于保障[^,;。]{2,40}正常(?:运转|运行)的?日常支出"),
    ("expenditure_project", r"项目(?:经费)?支出|项目经费|用于专项业务工作的?经费支出"),
    ("procurement_amount", r"政府采购(?:预算|支出|实际|计划)?(?:总?金额|总额|规模)?|实际采购(?:支出|金额)?|(?<![\u4e00-\u9fff])采购(?:预算|金额)"),
    ("carryover_in", rf"(?:上年度?|上年末|年初|以前年度)(?:的|财政拨款)?{_BOTH}"),
    ("carryover_out", rf"(?:年末|年终|期末|年底)?(?:财政拨款)?{_BOTH}(?:下年(?:使用|支出)?)?|年末余额|资金余额"),
    ("other_funds", r"其[他它](?:收入)?资金(?:来源)?(?:收入)?|社会(?:捐赠|资金)|自筹(?:资金)?|(?<![我本])单位资金|自有资金"),
    ("fund_nontax", r"(?:纳入)?(?:财政)?专户管理的?(?:非税收入|资金)(?:拨款)?|非税收入拨款"),
    ("fund_gov", rf"政府性基金{_FUND_END}"),
    ("fund_soe", rf"国有资本经营{_FUND_END}"),
    ("fund_social", rf"社会保险基金{_FUND_END}"),
    ("appropriation_current", r"(?:当年|本年度?)?(?:一般公共预算(?:财政)?|财政|经费)拨款(?:收入|资金)*(?!支出)"),
    ("expenditure_total", r"一般公共预算支出(?:预算|决算)?"),
    ("fund_gpb", r"一般公共预算(?:收入|资金|预算|决算)*"),
    ("project_invest_total", r"总投资额?"),
    ("asset_fixed_added", r"(?:配置|新增|购置|新购|新增配置)(?:的)?固定资产"),
    ("asset_intangible_added", r"(?:配置|新增|购置|新购)(?:的)?无形资产"),
)  # fmt: skip
_GROUPS = [f"m{i}" for i in range(len(_SPECIFIC))]
_METRIC_OF = {group: metric for group, (metric, _) in zip(_GROUPS, _SPECIFIC, strict=True)}
_NOUNS = lazy("|".join(f"(?P<{g}>{p})" for g, (_, p) in zip(_GROUPS, _SPECIFIC, strict=True)))
# What may follow a specific noun before its amount.
_LIGHT = lazy(
    r"(?:[的数额共为是已了 \"]|总额|总计|合计|资金|金额|收入|情况|部分|规模|年初|全年|全部|当年|本年|实际|预算|决算|支出|执行|完成|安排|批复|下达|"
    r"支付|使用|列支|调整后?|追加|调增|调减|核减|累计|到位|年中|中|财政|拨款|费用|经费|20\d\d年度?|本级|\(账面原值,?下?同?\)|下年使用|预计|"
    r"来源|发生|需|由|从|方面|上年度?|去年|增加|减少|\([^()]{1,12}\))*"
)
_GENERAL = lazy(
    r"^(?:年初|年中)$|(?:预算|决算|支出|执行|支付|使用|列支|开支|追加|追减|调增|调减|核减|核增|调整|到位|收入|安排|批复|拨付)"
    r"(?:[数额了的共]|总额|总计|合计|总数|资金|金额|经费|额度|指标|情况|预算|支出|安排|批复|执行|到位|增加|减少|部门|财政|中)*$"
)
_CLEAN_WORDS = (
    r"(?:20\d\d ?(?:年(?:度|初|末|底|中)?)?|\d{1,2} ?月(?:份|底|末|\d{1,2} ?日)?|截[至止]|[至到底末经由按均并已共总各拟可则又也即的数额中在了 我本该此其全]|"
    r"年[初中末底]|全年|当年|本年度?|年度|今年|我们|部门|单位|[县市区镇乡校局委办院馆站所队会厅州省]|实际|累计|财政|资金|项目|安排|批复|下达|"
    r"预算|支出|收入|决算|执行|完成|支付|使用|调整后?|追加|一般公共|整体|其中|申请|核定|各项|全部|本级|计划|费用|经费|新增|增加|总额|共计|合计|"
    r"同时|主要|公共|与|和|及|、|期间|上述|以上|拨款|事项|实施|剩余|本项|为|是|有|从|对|给|\"|上年度?|去年|政法|\d+个|\d+项)*"
)
_CLEAN = lazy(_CLEAN_WORDS)
_ORGANISATION = lazy(
    r"[^,;。:]{2,30}?(?:委员会|办公室|中心|学校|医院|政府|街道|法院|检察院|[局委办院校馆站厅所会联队镇乡部处]|公司|部门|单位)(?:\([^()]*\))?"
    + _CLEAN_WORDS
)
_TOTAL_EXPENDITURE = lazy(
    r"(?:整体|总|全年|年度?|年共|当年|度|计|本年|单位|部门|[局委办]|共|合计|^)支出(?:总额|总计|合计|共计)?[共为]?$"
)
_BUDGET_REVENUE = lazy(r"预算总?收入|收入总?预算|到位")
_SUM = lazy(
    r"(?:20\d\d年度?|以上|上述|各项|项目)?(?:资金)?(?:共计|合计|总计|总额|总共|小计|总金额|共|累计|金额合计)(?:资金|金额|为)*"
)
_CHANGE = lazy(
    r"(?:增加|减少|增长|下降|提高|降低|压减|压缩|节约|节省|节支|上升|下浮|上浮|(?<!新)增|[减多少超]|超出|超支)(?:了|额|幅度?|率|金额|支出|资金)*(?:为|达|到|至)?$"
)
_COMPARED = lazy(r"[比较]|同比|相比|由|从")
_ADJUSTED = lazy(
    r"调增|调减|追加|追减|核减|核增|(?:年中|执行中|预算)(?:预算)?(?:增加|减少)|(?:增加|减少)预算"
)
_PER = lazy(r"每|人均|户均|生均|亩均|次均|单价|单次|标准|平均|均补")


class Noun(NamedTuple):
    """The specific noun of a label and what stands before and after it."""

    metric: str
    before: str
    text: str
    after: str


@lru_cache(maxsize=1024)
def specific(label: str) -> Noun | None:
    """The last specific noun of `label` when only light words stand between it and the amount."""
    last = None
    for match in _NOUNS.finditer(label):
        last = match
    if last is None or last.lastgroup is None:
        return None
    after = label[last.end() :]
    if not _LIGHT.fullmatch(after):
        return None
    return Noun(_METRIC_OF[last.lastgroup], label[: last.start()], last[0], after)


def is_clean(words: str) -> bool:
    """Whether `words` qualify nothing: years, 我部门, 共, 安排, or the name of an office."""
    return _CLEAN.fullmatch(words) is not None or _ORGANISATION.fullmatch(words) is not None


def is_plain(words: str) -> bool:
    """Whether `words` are only years, 我部门, 共 and their like: not even the name of an office."""
    return _CLEAN.fullmatch(words) is not None


def general(label: str) -> str | None:
    """The general word (预算, 支出, 执行 …) that ends `label`, or None."""
    match = _GENERAL.search(label)
    return match[0] if match else None


def is_unqualified(label: str) -> bool:
    """Whether a general word ends `label` and nothing qualifies it: a total of the subject."""
    match = _GENERAL.search(label)
    return match is not None and is_clean(label[: match.start()])


def is_total_expenditure(label: str) -> bool:
    """2022年支出, 整体支出, 支出合计: the total itself, rather than 实际支出 of something."""
    return _TOTAL_EXPENDITURE.search(label) is not None


def is_revenue(label: str) -> bool:
    """收入预算, 预算收入, 资金到位."""
    return _BUDGET_REVENUE.search(label) is not None


def is_sum(label: str) -> bool:
    """合计, 共计: the sum of what was just listed."""
    return _SUM.fullmatch(label) is not None


def is_change(label: str, before: str) -> bool:
    """增加, 下降 …: a difference against another year or plan, not an adjustment of the budget."""
    if _CHANGE.search(label) is None:
        return False
    return _COMPARED.search(before) is not None or _ADJUSTED.search(label) is None


def is_per_head(label: str) -> bool:
    """每人, 户均, 单价: a price, not a total."""
    return _PER.search(label) is not None
