"""What a label may be: the metrics that prose can speak of, numbered, and the codes of stages, columns and kinds."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Literal, NamedTuple

from extractor.document import SectionRole
from extractor.metrics import METRICS, Metric
from extractor.schema import Kind, Stage

Family = Literal["money", "rate", "score", "staff", "count", "building"]
_FAMILY_OF_UNIT: dict[str, Family] = {"万元": "money", "%": "rate", "分": "score", "人": "staff", "个": "count", "辆": "count", "㎡": "building"}  # fmt: skip
_COUNTERS = frozenset(("个", "项", "家", "辆", "台"))
_STAFF = frozenset(("人", "名"))
# Glossary families that stand in table cells only, never as a figure of a sentence.
_CELLS = ("ind_", "l1_", "building_", "review_", "goal_")
STAGES: dict[int, Stage] = {
    1: "budget_initial", 2: "adjust", 3: "budget_annual", 4: "exec", 5: "carryover", 6: "prev_final",
}  # fmt: skip
STAGE_NAMES = {1: "年初预算", 2: "追加调整", 3: "全年预算", 4: "执行支出", 5: "结转结余", 6: "上年决算"}
BlockKind = Literal["指标", "资金", "汇总", "基础", "其他"]
Role = Literal[
    "一级", "二级", "三级", "指标值", "完成值", "分值", "得分", "原因", "名称", "年初", "全年", "执行", "执行率",
    "上年", "编制", "在职", "无",
]  # fmt: skip
POINTS: frozenset[Role] = frozenset(("分值", "得分"))
INDICATOR_FIELDS: dict[str, str] = {
    "一级": "level1", "二级": "level2", "三级": "level3", "指标值": "target", "完成值": "actual", "分值": "points",
    "得分": "score", "原因": "reason",
}  # fmt: skip
FUND_FIELDS: dict[str, str] = {
    "名称": "item", "年初": "initial", "全年": "annual", "执行": "executed", "分值": "points", "执行率": "rate", "得分": "score",
}  # fmt: skip
SUMMARY_FIELDS: dict[str, str] = {
    "名称": "name", "年初": "initial", "全年": "annual", "执行": "executed", "得分": "total_score",
}  # fmt: skip
BASE_STAGES: dict[str, Stage] = {
    "上年": "prev_final", "年初": "budget_initial", "全年": "budget_annual", "执行": "exec", "执行率": "rate", "编制": "quota", "在职": "on_duty",
}  # fmt: skip
KIND_NAMES: dict[str, Kind] = {
    "整体支出": "department", "项目支出": "project", "总报告": "summary", "转移支付": "transfer", "目标申报": "target",
    "评价报告": "evaluation", "不明": "unknown",
}  # fmt: skip
KindName = Literal["整体支出", "项目支出", "总报告", "转移支付", "目标申报", "评价报告", "不明"]

SECTION_ROLES: dict[str, SectionRole] = {
    "基本情况": "overview", "绩效目标": "goal", "资金使用": "funds", "自评工作": "work", "绩效分析": "analysis", "成效做法": "results",
    "自评结论": "conclusion", "存在问题": "problems", "改进措施": "measures", "应用公开": "application", "附表": "annex",
    "其他说明": "notes", "不明": "other",
}  # fmt: skip
SectionName = Literal[
    "基本情况", "绩效目标", "资金使用", "自评工作", "绩效分析", "成效做法", "自评结论", "存在问题", "改进措施", "应用公开", "附表",
    "其他说明", "不明",
]  # fmt: skip


class Choice(NamedTuple):
    """A metric under the number a model answers with."""

    number: int
    metric: Metric
    family: Family


def family_of(unit: str | None) -> Family | None:
    """Which metrics a quantity of `unit` can be at all; None for what the glossary does not know (件, 次, 公里 …)."""
    if unit is None:
        return None
    if unit.endswith("元"):
        return "money"
    if unit in ("%", "‰"):
        return "rate"
    if unit == "分":
        return "score"
    return "staff" if unit in _STAFF else "count" if unit in _COUNTERS else None


@cache
def choices() -> tuple[Choice, ...]:
    """Every metric that a sentence may tell, in glossary order, numbered from one."""
    told = [
        (metric, family)
        for metric in METRICS
        if (family := _FAMILY_OF_UNIT.get(metric.unit)) and family != "building"
        if not metric.id.startswith(_CELLS) and ("正文" in metric.where or metric.id in _SPOKEN)
    ]
    return tuple(Choice(number, metric, family) for number, (metric, family) in enumerate(told, 1))


# The glossary places these in tables; sentences tell them as well.
_SPOKEN = frozenset((
    "budget_annual", "project_budget", "project_exec", "project_invest_total", "procurement_amount", "sangong_total", "sangong_vehicle_run",
    "sangong_vehicle_buy", "sangong_abroad", "sangong_reception", "appropriation_current", "carryover_in", "other_funds",
    "fund_gpb", "exec_score", "public_office", "public_travel", "public_meeting", "staff_control_rate", "carryover_rate",
    "sangong_change_rate", "procurement_exec_rate",
))  # fmt: skip


@cache
def by_number() -> dict[int, Choice]:
    """The choices by the number a model answers with."""
    return {choice.number: choice for choice in choices()}


# What the example of the prompt is labelled with: its menu holds them whatever else is offered.
_EXEMPLARY = ("staff_on_duty", "expenditure_total", "expenditure_basic", "project_budget")


@cache
def shown_always() -> frozenset[int]:
    """The numbers of the metrics that every menu holds."""
    return frozenset(choice.number for choice in choices() if choice.metric.id in _EXEMPLARY)


def menu(numbers: Collection[int]) -> str:
    """The numbered names of some metrics, as a prompt lists them."""
    return " ".join(f"{c.number}{c.metric.name}" for c in choices() if c.number in numbers)
