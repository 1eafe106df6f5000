"""Which canonical metric a printed table label names."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import cast

from extractor.metrics import METRICS, OTHER, by_id
from extractor.patterns import lazy
from extractor.schema import Stage

_LEAD = lazy(
    r"^(?:(?:其中|部门|年度|本年|全年|\d{4}年?(?:度)?)[:：]?|[\d一二三四五六七八九十]+[、.]|\(\d+\)|开展绩效自评|绩效自评)+"
)
_NOISE = lazy(r"[\s\"'“”:]|\([^()]*\)")
_FAMILIES = ("ind_", "goal_", "l1_", "project_name", "grade", "review_")
_EXTRA = (
    ("自评价平均分", "selfeval_avg_score"), ("平均分", "selfeval_avg_score"), ("项目总个数", "project_count"), ("项目个数", "project_count"),
    ("自评项目合计", "project_count"), ("项目合计", "project_count"), ("总额的比例", "selfeval_coverage"), ("覆盖率", "selfeval_coverage"),
    ("项目支出总额", "expenditure_project"), ("项目总投资", "project_invest_total"), ("三公经费", "sangong_total"), ("公务用车购置和", "sangong_vehicle"),
    ("公务用车购置及", "sangong_vehicle"), ("公车购置及", "sangong_vehicle"), ("公车购置和", "sangong_vehicle"), ("因公出国", "sangong_abroad"),
    ("出国", "sangong_abroad"), ("公车运行", "sangong_vehicle_run"), ("办公费", "public_office"), ("差旅费", "public_travel"), ("水费", "public_travel"),
    ("会议费", "public_meeting"), ("委托业务费", "public_entrust"), ("其他费用", "public_other"), ("政府采购", "procurement_amount"),
    ("业务工作", "project_business"), ("运行维护", "project_maintain"), ("专项资金(", "project_special_i"), ("基本支出预算调整", "basic_budget_adjust"),
    ("整体支出预算调整", "basic_budget_adjust"), ("厉行节约", "frugality_measures"), ("一般公共预算", "fund_gpb"), ("政府性基金", "fund_gov"),
    ("国有资本", "fund_soe"), ("非税收入", "fund_nontax"), ("专户", "fund_nontax"), ("其他资金", "other_funds"), ("基本支出", "expenditure_basic"),
    ("项目支出", "expenditure_project"), ("公用经费", "expenditure_public"), ("人员经费", "expenditure_personnel"), ("上年结转", "carryover_in"),
    ("财政拨款", "appropriation_current"),
)  # fmt: skip


@cache
def _exact() -> dict[str, str]:
    out: dict[str, str] = {}
    for metric in METRICS:
        if metric.id.startswith(_FAMILIES):
            continue
        for name in (metric.name, *metric.aliases):
            out.setdefault(_NOISE.sub("", name), metric.id)
    return out


@lru_cache(maxsize=4096)
def metric_of(label: str) -> str:
    """The glossary id that a cleaned label names, or `other`; long texts and names of one's own stay `other`."""
    bare = _NOISE.sub("", label)
    short = _LEAD.sub("", bare) or bare
    found = _exact().get(short) or _exact().get(bare)
    if found:
        return found
    for word, metric in _EXTRA:
        if word in label and (len(short) <= len(word) + 12 or word == "总额的比例"):
            return metric
    return OTHER


def stage_of(metric: str) -> Stage:
    """The stage that a figure of `metric` has where nothing else is said."""
    return cast(Stage, by_id[metric].stage) if metric in by_id else "other"
