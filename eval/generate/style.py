"""How one report writes things: column names, money, padding."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

HEADERS: dict[str, tuple[str, ...]] = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "level3": ("三级指标", "三级指标", "三级指标名称"),
    "target": (
        "年度指标值",
        "目标值",
        "年初目标值(A)",
        "指标值",
        "年度指标",
        "年度目标值",
        "年度指标值（A）",
    ),
    "actual": (
        "实际完成值",
        "全年实际值(B)",
        "完成值",
        "业绩值",
        "实际完成值(B)",
        "全年完成值",
        "实际完成情况",
    ),
    "points": ("分值", "权重", "标准分", "分值权重", "分值"),
    "score": ("得分", "自评得分", "得分", "实际得分", "指标得分"),
    "reason": (
        "偏差原因分析及改进措施",
        "未完成原因分析",
        "备注",
        "偏差原因分析",
        "未完成原因和改进措施",
        "执行率偏差原因分析及改进措施",
        "得失分依据及原因",
    ),
    "standard": ("评分标准", "得分计算方法", "指标说明"),
    "sign": ("计算符号", "指标性质"),
    "unit": ("计量单位", "度量单位"),
    "deduct": ("扣减分数", "扣分"),
    "completion": ("完成情况说明",),
    "review_actual": ("复核完成值",),
    "review_score": ("复核得分",),
    "initial": ("年初预算数", "年初预算", "年初预算数(A)"),
    "annual": ("全年预算数", "全年预算数(A)", "调整后预算数", "全年预算数（A）", "全年预算"),
    "executed": ("全年执行数", "全年执行数(B)", "执行数", "预算执行数", "全年执行数（B）"),
    "rate": ("执行率", "执行率(B/A)", "执行率（%）", "预算执行率", "执行率(%)"),
    "funds_points": ("分值", "分值(10分)", "权重", "分值"),
    "funds_score": ("得分", "得分", "得分（分值×执行率）"),
    "goal_expected": ("预期目标", "年初设定目标", "预期目标"),
    "goal_actual": ("实际完成情况", "年度总体目标完成情况", "全年实际完成情况"),
    "total": ("总分", "合计", "总计", "总分"),
    "fund_total": ("年度资金总额", "年度资金总额：", "合计", "年度资金总额"),
    "fund_current": (
        "其中：当年财政拨款",
        "其中：财政拨款",
        "其中:本年财政拨款",
        "其中：本年一般公共预算拨款",
    ),
    "fund_carry": ("上年结转资金", "上年结转资金", "　上年结转资金"),
    "fund_other": ("其他资金", "其他资金", "   其他资金"),
}


@dataclass(frozen=True)
class Style:
    """The choices one report makes and keeps."""

    yuan: bool = False
    thousands: bool = False
    two_decimals: bool = False
    spaced: str = ""
    rate_digits: int = 2
    suffix: bool = True
    level1_points: str = ""
    pad: str = ""
    blank: str = ""
    not_applicable: str = ""
    bare_rate: bool = False
    prose_in_wan: bool = False
    caption_only: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    def number(self, amount: Decimal) -> str:
        """Money as it stands in a table cell; amount is in 万元."""
        shown = plain(amount * 10000 if self.yuan else amount)
        decimals = len(shown.partition(".")[2])
        if self.two_decimals and decimals < 2:
            shown += ("" if decimals else ".") + "0" * (2 - decimals)
        return grouped(shown) if self.thousands else shown

    def money(self, amount: Decimal) -> str:
        """Money as it stands in a sentence, with its unit; sentences may keep 万元 beside tables in 元."""
        if self.yuan and self.prose_in_wan:
            return plain(amount) + self.spaced + "万元"
        return self.number(amount) + self.spaced + self.unit

    @property
    def unit_label(self) -> str:
        """The unit in a label; nothing when only a caption names it."""
        return "" if self.caption_only else f"（{self.unit}）"

    @property
    def unit(self) -> str:
        """The money unit of the report."""
        return "元" if self.yuan else "万元"

    def rate(self, ratio: Decimal) -> str:
        """A ratio as a percentage."""
        return percent(ratio, self.rate_digits)


def plain(amount: Decimal) -> str:
    """A decimal without exponent and without zeros at its end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(text: str) -> str:
    """A number with thousands separators."""
    whole, dot, rest = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return sign + f"{int(whole.lstrip('-')):,}" + dot + rest


def rounded(amount: Decimal, digits: int) -> Decimal:
    """Half-up rounding, as reports round."""
    return amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def percent(ratio: Decimal, digits: int) -> str:
    """A ratio as a percentage with at most so many decimals."""
    return plain(rounded(ratio * 100, digits)) + "%"


def make_style(rng: random.Random, *, yuan: bool = False) -> Style:
    """Choose the style of one report."""
    headers = {key: rng.choice(names) for key, names in HEADERS.items()}
    return Style(
        yuan=yuan,
        thousands=yuan and rng.random() < 0.6,
        two_decimals=rng.random() < (0.6 if yuan else 0.25),
        spaced=" " if rng.random() < 0.12 else "",
        rate_digits=rng.choice((0, 1, 2, 2, 2)),
        suffix=rng.random() < 0.7,
        level1_points=rng.choice(("", "", "half", "full", "glued")),
        pad=rng.choice(("", "", "", "\u3000", " ")),
        blank=rng.choice(("", "", "\u3000", " ")),
        not_applicable=rng.choice(("", "", "-", "—", "/", "--")),
        bare_rate=headers["rate"].endswith(("(%)", "（%）")) and rng.random() < 0.5,
        prose_in_wan=rng.random() < 0.5,
        caption_only=rng.random() < 0.25,
        headers=headers,
    )
