"""Indicators with targets, actuals, points and scores that follow the scoring rules."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from eval.generate.indicator_words import DECISION_BANK
from eval.generate.model import Indicator, Money
from eval.generate.style import Style, plain, rounded

OUTPUT = ("数量", "质量", "时效", "成本")
BENEFIT = ("经济效益", "社会效益", "生态效益", "可持续影响")
PLEASED = ("服务对象满意度",)
Plan: TypeAlias = tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Scheme:
    """Points of the execution row and of each first level with its second levels."""

    execution: str
    plan: Plan
    one_row: bool = False


SCHEMES: dict[str, Scheme] = {
    "standard": Scheme("10", (("产出", "50", OUTPUT), ("效益", "30", BENEFIT), ("满意度", "10", PLEASED))),
    "quality20": Scheme("20", (("产出", "40", OUTPUT), ("效益", "40", (*BENEFIT, *PLEASED)))),
    "cost": Scheme(
        "10",
        (
            ("成本", "20", ("经济成本", "社会成本", "生态环境成本")),
            ("产出", "40", OUTPUT[:3]),
            ("效益", "20", BENEFIT),
            ("满意度", "10", PLEASED),
        ),
    ),
    "no_satisfaction": Scheme("10", (("产出", "50", OUTPUT), ("效益", "40", BENEFIT))),
    "twenty_eighty": Scheme(
        "20", (("产出", "50", OUTPUT), ("效益", "20", BENEFIT), ("满意度", "10", PLEASED))
    ),
    "sixty_thirty": Scheme("10", (("产出", "60", OUTPUT[:3]), ("效益", "30", ("社会效益",)))),
    "single": Scheme("10", (("产出", "90", ("数量",)),), one_row=True),
    "personnel": Scheme("10", (("产出", "67.5", OUTPUT[:3]), ("效益", "22.5", ("经济效益",))), one_row=True),
    "quarters": Scheme(
        "10", (("产出", "50", OUTPUT), ("效益", "30", BENEFIT[:3]), ("满意度", "10", PLEASED)), one_row=True
    ),
    "two_goals": Scheme(
        "20",
        (
            ("产出", "30", ("数量", "质量", "时效")),
            ("效益", "10", ("社会效益",)),
            ("产出", "30", ("数量", "时效")),
            ("效益", "10", ("服务对象满意度",)),
        ),
    ),
    "no_execution": Scheme(
        "0", (("产出", "90", OUTPUT[:3]), ("效益", "5", ("社会效益",)), ("满意度", "5", PLEASED))
    ),
    "decision": Scheme(
        "0",
        (
            ("决策", "20", ("项目立项", "绩效目标", "资金投入")),
            ("过程", "20", ("资金管理", "组织实施")),
            ("产出", "30", ("产出数量", "产出质量", "产出时效", "产出成本")),
            ("效益", "30", ("项目效益",)),
        ),
    ),
    "input": Scheme(
        "0",
        (
            ("投入", "16", ("预算配置",)),
            ("过程", "54", ("预算执行", "预算管理")),
            ("产出", "15", ("职责履行",)),
            ("效果", "15", ("履职效益",)),
        ),
    ),
    "sichuan": Scheme(
        "0",
        (
            ("部门决策", "25", ("目标任务", "预算编制")),
            ("综合管理", "30", ("综合管理",)),
            ("绩效实现", "45", ("特性指标",)),
        ),
    ),
}


def split_points(rng: random.Random, total: Decimal, parts: int) -> list[Decimal]:
    """Divide points into positive multiples of 1 or 0.5 that add to the total."""
    step = Decimal(1) if total == total.to_integral_value() and total >= parts else Decimal("0.5")
    if parts > 1 and rng.random() < 0.4 and (total / parts) % Decimal("0.5") == 0:
        return [total / parts] * parts
    units = int(total / step)
    shares = [units // parts] * parts
    for index in range(units - sum(shares)):
        shares[index] += 1
    for _ in range(parts):
        giver, taker = rng.randrange(parts), rng.randrange(parts)
        if shares[giver] > 2:
            move = rng.randrange(1, max(2, shares[giver] // 2))
            shares[giver] -= move
            shares[taker] += move
    values = [share * step for share in shares]
    values[0] += total - sum(values)
    return values


def make_indicators(
    rng: random.Random, scheme: Scheme, money: Money, style: Style, year: int
) -> tuple[Indicator, ...]:
    """The rows of one form; points add to 100 with the execution row."""
    rows: list[Indicator] = []
    for level1, points, seconds in scheme.plan:
        chosen = _some(rng, seconds, one_row=scheme.one_row)
        names = [(s, n) for s in chosen for n in _names(rng, style, s, one_row=scheme.one_row)]
        shares = split_points(rng, Decimal(points), len(names))
        for (second, entry), share in zip(names, shares, strict=True):
            rows.append(_row(rng, (level1, second), entry, share, money, style, year))
    return tuple(_shared_points(rng, rows))


def _shared_points(rng: random.Random, rows: list[Indicator]) -> list[Indicator]:
    """Now and then two indicators of one second level share a cell of points and one of score."""
    rows = list(rows)
    for at in range(len(rows) - 1):
        one, two = rows[at], rows[at + 1]
        together = (one.level1, one.level2) == (two.level1, two.level2) and not one.reason and not two.reason
        if together and one.points and two.points and rng.random() < 0.08:
            rows[at] = replace(one, points=one.points + two.points, score=one.points + two.points)
            rows[at + 1] = replace(two, points=None, score=None)
    return rows


def _some(rng: random.Random, seconds: tuple[str, ...], *, one_row: bool) -> tuple[str, ...]:
    if one_row or len(seconds) < 4 or rng.random() < 0.5:
        return seconds
    kept = sorted(rng.sample(range(len(seconds)), len(seconds) - 1))
    return tuple(seconds[i] for i in kept)


def _names(rng: random.Random, style: Style, second: str, *, one_row: bool) -> list[tuple[str, str, str]]:
    if second in DECISION_BANK:
        return [(name, "grade", "") for name in DECISION_BANK[second]]
    entries = style.words.bank[second]
    count = 1 if one_row else min(len(entries), rng.choice((1, 1, 1, 2, 2, 3)))
    return rng.sample(entries, count)


def _row(
    rng: random.Random,
    levels: tuple[str, str],
    entry: tuple[str, str, str],
    points: Decimal,
    money: Money,
    style: Style,
    year: int,
) -> Indicator:
    name, kind, unit = entry
    if kind == "grade":
        score = points if rng.random() < 0.75 else points - rounded(points * Decimal("0.1"), 1)
        reason = "" if score == points else rng.choice(style.words.reasons)
        return Indicator(*levels, name, "", "", points, score, reason)
    missed = rng.random() < 0.12
    target, actual, share, number, done, sign, unit = _value(rng, kind, unit, money, style, year, missed)
    score = points if share is None else rounded(points * share, 2)
    reason = "" if score == points else rng.choice(style.words.reasons)
    met = actual if share is None else actual.replace(done, number, 1)
    return Indicator(*levels, name, target, actual, points, score, reason, sign, number, unit, done, met)


Valued: TypeAlias = tuple[str, str, Decimal | None, str, str, str, str]


def _value(
    rng: random.Random, kind: str, unit: str, money: Money, style: Style, year: int, missed: bool
) -> Valued:
    """Target, actual, achieved share when short, bare target, bare actual, sign, unit."""
    if kind == "percent":
        return _percent(rng, missed)
    if kind in ("count", "decimal", "vague", "price_up"):
        return _count(rng, kind, unit, missed)
    if kind == "reverse":
        limit = rng.choice((1, 2, 3, 5, 8))
        kept = plain(rounded(limit * Decimal(rng.choice(("0", "0.4", "0.64", "0.9"))), 1))
        return f"≤{limit}%", f"{kept}%", None, str(limit), kept, "≤", "%"
    if kind == "reverse_count":
        return f"0{unit}", f"0{unit}", None, "0", "0", "=", unit
    if kind == "money":
        budget, spent = style.number(money.annual), style.number(money.executed)
        form = rng.choice(("{}", "≤{}", "控制在{}以内"))
        unit_name = style.unit
        return form.format(budget + unit_name), spent + unit_name, None, budget, spent, "≤", unit_name
    if kind == "price":
        price = rng.randrange(10, 90) * 10
        spent_price = price - rng.randrange(0, 4) * 5
        return f"≤{price}{unit}", f"{spent_price}{unit}", None, str(price), str(spent_price), "≤", unit
    if kind == "date":
        month = rng.randrange(9, 13)
        form = rng.choice(
            (
                f"{year}年{month}月底前",
                f"{month}月31日前" if month % 2 == 0 else f"{month}月前",
                f"{year}.{month}",
            )
        )
        done = f"{year}年{month - 1}月"
        return form, done, None, form, done, "定性", ""
    if kind == "span":
        form = rng.choice((f"{year}年1月-12月", "全年", f"{year}年度"))
        return form, form, None, form, form, "定性", ""
    done = rng.choice((unit, unit, "达成预期指标", "已完成") if unit not in ("否", "无") else (unit,))
    return unit, done, None, unit, done, "定性", ""


def _percent(rng: random.Random, missed: bool) -> Valued:
    goal = rng.choice((80, 85, 90, 95, 98, 100, 100))
    forms = (
        ["{}%"]
        if goal == 100
        else ["≥{}%", "≥{}%", "＞{}%", "{}%", "{}%以上", "不低于{}%", "≥ {}%", "大于等于{}%", "≧{}%"]
    )
    if goal == 100:
        forms += ["=100%", "＝100%", "100%", "═100%"]
    form = rng.choice(forms)
    if missed:
        reached = Decimal(goal) - rng.randrange(1, 12) - (Decimal("0.5") if rng.random() < 0.4 else 0)
        share: Decimal | None = reached / goal
    else:
        spare = 100 - goal
        reached = Decimal(goal) + (rng.randrange(1, spare + 1) if spare else 0)
        share = None
    done = plain(reached)
    return form.format(goal), done + "%", share, str(goal), done, "≥" if goal < 100 else "=", "%"


def _count(rng: random.Random, kind: str, unit: str, missed: bool) -> Valued:
    goal = Decimal(rng.choice((1, 2, 4, 5, 6, 10, 12, 16, 20, 25, 40, 60, 120, 300, 1200)))
    if kind == "price_up":
        goal = Decimal(rng.randrange(5, 30) * 100)
    if kind == "vague":
        goal = Decimal(rng.randrange(2, 40) * 100)
        number = plain(goal)
        return f"{number}余{unit}", f"{number}余{unit}", None, number, number, "≥", unit
    if kind == "decimal":
        goal = rounded(Decimal(rng.uniform(5, 80)), 1)
    if missed and goal >= 10:
        reached = goal - (goal / 10).to_integral_value()
        share: Decimal | None = reached / goal
    else:
        reached, share = goal + (1 if goal >= 10 and rng.random() < 0.3 else 0), None
    form = rng.choice(("{}{}", "{}{}", "≥{}{}", "不少于{}{}", "{}{}以上", "{}"))
    bare = form == "{}"
    number, done = plain(goal), plain(reached)
    target = number if bare else form.format(number, unit)
    return target, done if bare else done + unit, share, number, done, "≥", unit
