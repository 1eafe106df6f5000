"""The stage that governing words name: 年初预算 → budget_initial, 实际支出 → exec, 追加 → adjust."""

from __future__ import annotations

from functools import lru_cache

from extractor.patterns import lazy
from extractor.schema import Stage

# 一般公共预算, 预算单位 and the like hold the word 预算 without speaking of a stage.
_MASK = (
    "转移支付", "一般公共预算", "政府性基金预算", "国有资本经营预算", "社会保险基金预算", "预算单位", "预算内", "预算外", "纳入预算", "基本支出", "项目支出",
    "公用支出", "人员支出", "整体支出", "预算项目", "申报项目",
)  # fmt: skip
_DEPARTMENT = lazy("部门预算(?!数|总额|资金)")
_WORDS = lazy(
    r"(?P<prev_final>(?:上年度?|去年|上一年度?)(?:的|实际)?(?:决算|支出|执行)数?)"
    r"|(?P<annual>全年预算|调整后的?|调整预算|最终预算|(?:全年)?可执行指标|可用资金|年度预算|总预算|预算总额|预算收入|收入预算)"
    r"|(?P<adjust>追加|调增|调减|核减|核增|追减|调剂|调整(?!后|预算)|年中执行(?!数)|年中(?:增加|安排|新增|下达|预算))"
    r"|(?P<initial>年初|提前下达)"
    r"|(?P<plan>预算支出|支出预算|预算|批复|下达|安排|到位|拨款收入|计划|收入)"
    r"|(?P<exec>决算|实际|执行|支付|支出|使用|列支|拨付|发放|开支|兑付|花费|完成|报账|报销|发生|(?<!拟)(?<!计划)投入)"
    r"|(?P<carryover>结转|结余)"
)


@lru_cache(maxsize=1024)
def stage_of(words: str) -> Stage | None:
    """The stage named by `words`, the last word deciding; 预算 after 年初 or 追加 only repeats them."""
    found: Stage | None = None
    for word in _MASK:
        words = words.replace(word, "#")
    if "部门预算" in words:
        words = _DEPARTMENT.sub("", words)
    for match in _WORDS.finditer(words):
        kind = match.lastgroup
        if kind == "plan":
            if found not in ("budget_initial", "adjust", "budget_annual"):
                found = "budget_annual"
        elif kind == "annual":
            found = (
                "budget_initial"
                if found == "budget_initial" and match[0] not in ("全年预算", "调整后")
                else "budget_annual"
            )
        elif kind == "initial":
            found = "budget_initial"
        elif kind == "adjust":
            found = "adjust"
        elif kind == "prev_final":
            found = "prev_final"
        elif kind == "carryover":
            found = "carryover"
        else:
            found = "exec"
    return found
