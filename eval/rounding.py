"""python -m eval.rounding: tables printed by the rules of rounding are never called wrong, and one wrong digit always is.

Every table is made from exact data, each value rounded for itself; then one of its numbers is printed wrong by more than
rounding could explain. Both are reviewed as whole reports.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from extractor.pipeline import review
from extractor.settings import Settings

_COSTS = (
    "其中：办公费",
    "印刷费",
    "水费、电费",
    "邮电费",
    "差旅费",
    "维修（护）费",
    "租赁费",
    "会议费",
    "培训费",
    "劳务费",
    "其他费用",
)
_SOURCES = ("其中：当年财政拨款", "上年结转资金", "其他资金")
TEN, HUNDRED = Decimal(10), Decimal(100)


class Table(NamedTuple):
    """A report as printed, the same with one number wrong, and what was changed."""

    text: str
    wrong: str
    change: str


def rounded(value: Decimal, places: int) -> Decimal:
    """`value` as a careful clerk prints it."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _money(dice: random.Random, places: int) -> Decimal:
    """An exact amount of two to four whole digits, with more decimals than will be printed."""
    return Decimal(dice.randrange(10 ** (places + 3), 10 ** (places + 6))).scaleb(-places - 2)


def _beyond(dice: random.Random, places: int, terms: int) -> Decimal:
    """A change that no rounding of `terms` numbers explains, whatever theirs was: more than twice their tolerance."""
    unit = Decimal(1).scaleb(-places)
    least = unit * (terms + 1)
    digit = unit
    while digit * 9 <= least + unit:
        digit *= 10
    first = int(least / digit) + 1
    return digit * dice.randrange(first, max(first + 1, 9)) + (unit if digit == unit else 0)


def costs(dice: random.Random) -> Table:
    """A 基础数据表 whose 公用经费 is the sum of its kinds; the total is what goes wrong."""
    places = dice.choice((1, 2, 2, 2, 4))
    names = [*dice.sample(_COSTS[1:-1], dice.randrange(1, len(_COSTS) - 2)), _COSTS[-1]]
    exact = [[_money(dice, places) for _ in range(3)] for _ in (_COSTS[0], *names)]
    totals = [rounded(sum(column, Decimal(0)), places) for column in zip(*exact, strict=True)]
    rows = [
        (name, [str(rounded(value, places)) for value in values])
        for name, values in zip((_COSTS[0], *names), exact, strict=True)
    ]

    def text(shown: list[Decimal]) -> str:
        lines = [
            "某县水利局2023年度部门整体支出绩效评价基础数据表",
            "经费控制情况（万元）\t2022年决算数\t2023年预算数\t2023年决算数",
            "\t".join(("公用经费", *map(str, shown))),
            *("\t".join((name, *values)) for name, values in rows),
        ]
        return "\n".join(lines) + "\n"

    at = dice.randrange(3)
    change = _beyond(dice, places, len(rows)) * dice.choice((1, -1))
    wrong = [total + change * (n == at) for n, total in enumerate(totals)]
    return Table(text(totals), text(wrong), f"公用经费第{at + 1}栏 {totals[at]} → {wrong[at]}")


def funds(dice: random.Random) -> Table:
    """The money rows of a 自评表; the rate or the total's budget goes wrong."""
    places = dice.choice((2, 2, 4))
    exact = [[_money(dice, places), _money(dice, places)] for _ in _SOURCES]
    for source in exact:  # nobody spends more than the budget
        source.sort(reverse=True)
    annual, executed = (sum(column, Decimal(0)) for column in zip(*exact, strict=True))
    shown_annual, shown_executed = rounded(annual, places), rounded(executed, places)
    rate = rounded(executed / annual * HUNDRED, 2)
    score = rounded(executed / annual * TEN, 2)
    parts = [
        "\t".join(
            (
                "",
                name,
                str(rounded(a, places)),
                str(rounded(a, places)),
                str(rounded(e, places)),
                "—",
                "—",
                "—",
            )
        )
        for name, (a, e) in zip(_SOURCES, exact, strict=True)
    ]

    def text(annual_shown: Decimal, rate_shown: Decimal) -> str:
        total = (
            str(annual_shown),
            str(annual_shown),
            str(shown_executed),
            "10",
            f"{rate_shown}%",
            str(score),
        )
        return "\n".join((
            "项目支出绩效自评表", "（2023年度）", "项目名称\t某河道整治工程", "主管部门\t某县水利局\t实施单位\t某县水利局",
            "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
            "\t".join(("", "年度资金总额", *total)), *parts, "",
        ))  # fmt: skip

    clean = text(shown_annual, rate)
    if dice.random() < 0.5:
        moved = rate + Decimal(dice.choice((-9, -7, -5, -3, 3, 5, 7)))
        return Table(clean, text(shown_annual, moved), f"执行率 {rate}% → {moved}%")
    moved = shown_annual + _beyond(dice, places, len(_SOURCES)) * dice.choice((1, -1))
    return Table(clean, text(moved, rate), f"全年预算数 {shown_annual} → {moved}")


def failures(text: str) -> list[str]:
    """The codes of the arithmetic checks that a report fails."""
    result = review(text.encode(), Settings(), file_name="table.txt")
    return [c.code for c in result.checks if c.status == "fail" and c.code[:3] in ("SUM", "RAT", "SCO")]


def measure(tables: int, seed: int = 1) -> tuple[list[str], list[str], Counter[str]]:
    """Tables called wrong that are right, wrong ones not caught, and the codes that caught the others."""
    dice = random.Random(seed)
    false: list[str] = []
    missed: list[str] = []
    caught: Counter[str] = Counter()
    for n in range(tables):
        table = (costs, funds)[n % 2](dice)
        if said := failures(table.text):
            false.append(f"{said}\n{table.text}")
        found = failures(table.wrong)
        caught.update(set(found))
        if not found:
            missed.append(f"{table.change}\n{table.wrong}")
    return false, missed, caught


def main() -> int:
    """Print both counts; exit 1 unless both are nought."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.rounding", description="四舍五入的表不误报，错一个数必报"
    )
    parser.add_argument("--tables", type=int, default=10_000, metavar="N", help="表数，默认 10000")
    parser.add_argument("-v", "--verbose", action="store_true", help="列出误报和漏报的表")
    options = parser.parse_args()
    false, missed, caught = measure(options.tables)
    print(f"{'✗' if false else '✓'} 按规则取整的表误报：{len(false)}／{options.tables}")
    print(f"{'✗' if missed else '✓'} 错一个数的表漏报：{len(missed)}／{options.tables}")
    print("  由以下核查发现：" + "、".join(f"{code} {count}" for code, count in caught.most_common()))
    if options.verbose:
        print("\n\n".join((*false[:20], *missed[:20])))
    return 1 if false or missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
