"""The base data table: staff, 三公, projects, public expenses, procurement, buildings, thrift."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from eval.generate import words
from eval.generate.canvas import Slot
from eval.generate.grid import Cell, Grid, Row, label, value
from eval.generate.model import NO_MONEY, Money, Unit
from eval.generate.style import Style, percent
from eval.generate.truth import Record, Truth

DASH = "——"


def base_grid(rng: random.Random, unit: Unit, style: Style, truth: Truth) -> Grid:
    """基础数据表: staff, 三公, projects, public expenses, procurement, buildings, thrift."""
    table = truth.table("base_data", "整体")
    year = unit.year
    columns = (
        (f"{year - 1}年决算数", "prev_final", year - 1),
        (f"{year}年预算数", "budget_initial", year),
        (f"{year}年决算数", "exec", year),
    )
    rows = _staff_rows(unit, truth, table)
    header = [label(f"经费控制情况（{style.unit}）"), *(label(name, 2) for name, _, _ in columns)]
    rows.append(Row("base_header", header))

    def add(item: str, money: Money | None, *, texts: Sequence[str] = ()) -> None:
        slot = Slot(item.strip())
        numbers = list(texts) or ["", "", ""]
        if money is not None:
            numbers = [style.number(m) for m in (money.previous, money.initial, money.executed)]
        cells: list[Record] = [
            {"column": name, "stage": stage, "period": str(period), "cell": Slot(text)}
            for (name, stage, period), text in zip(columns, numbers, strict=True)
        ]
        record = truth.base(table, slot, cells)
        lead = item[: len(item) - len(item.lstrip())]
        printed = [Cell([lead, slot], 1, 1, "item"), *(value(c["cell"], "base", 2) for c in cells)]
        rows.append(Row("base", printed, record))

    for name, money in _money_rows(rng, unit):
        add(name, money)
    add(
        "政府采购金额",
        None,
        texts=(DASH, style.number(unit.procurement.initial), style.number(unit.procurement.executed)),
    )
    add("部门基本支出预算调整", None, texts=(DASH, "0", style.number(unit.basic.adjust)))
    if rng.random() < 0.5:
        rows += _building_rows(truth, table, year)
    slot, text = (
        Slot("厉行节约保障措施"),
        Slot(
            rng.choice(("严格遵守中央八项规定，压减一般性支出", "公务用车统一调度", "制定厉行节约管理办法"))
        ),
    )
    record = truth.base(table, slot, [{"column": None, "stage": "other", "period": str(year), "cell": text}])
    rows.append(Row("base", [value(slot, "item"), value(text, "base", 6)], record))
    grid = Grid(rows, table)
    grid.before = [[f"{year}年度部门整体支出绩效评价基础数据表"]]
    grid.after = [
        [
            "说明：“项目支出”需要填报基本支出以外的所有项目支出情况，“公用经费”填报基本支出中的一般商品和服务支出。"
        ]
    ]
    return grid


def _staff_rows(unit: Unit, truth: Truth, table: Record) -> list[Row]:
    people = unit.staff
    item = Slot("财政供养人员情况（人）")
    heads = ("编制数", f"{unit.year}年实际在职人数", "控制率")
    texts = (str(people.quota), str(people.on_duty), percent(Decimal(people.on_duty) / people.quota, 2))
    cells: list[Record] = [
        {"column": head, "stage": stage, "period": str(unit.year), "cell": Slot(text)}
        for head, stage, text in zip(heads, ("quota", "on_duty", "rate"), texts, strict=True)
    ]
    record = truth.base(table, item, cells)
    return [
        Row("base_header", [value(item, "item", 1, 2), *(label(head, 2) for head in heads)]),
        Row("base", [value(c["cell"], "base", 2) for c in cells], record),
    ]


def _money_rows(rng: random.Random, unit: Unit) -> list[tuple[str, Money | None]]:
    indent = rng.choice(("", "  ", "    ", "\u3000"))
    special = unit.projects
    rows: list[tuple[str, Money | None]] = [
        ("三公经费", unit.sangong),
        (indent + "1、公务用车购置和维护经费", unit.vehicle),
        (indent * 2 + "其中：公车购置", unit.vehicle_buy),
        (indent * 2 + "公车运行维护", unit.vehicle_run),
        (indent + "2、出国经费", unit.abroad),
        (indent + "3、公务接待", unit.reception),
        ("项目支出：", unit.project_total),
        (indent + "1、业务工作经费", NO_MONEY),
        (indent + "2、运行维护经费", NO_MONEY),
        (indent + "3、专项资金（一个专项一行）", None if rng.random() < 0.5 else unit.project_total),
    ]
    rows += [(indent * 2 + p.name, p.money) for p in special]
    names = rng.choice((words.PUBLIC_ITEMS, words.PUBLIC_ITEMS_SHORT))
    rows.append(("公用经费", unit.public_total))
    rows += [
        (indent + ("其中：" if not i else "") + n, m)
        for i, (n, m) in enumerate(zip(names, unit.public, strict=True))
    ]
    return rows


def _building_rows(truth: Truth, table: Record, year: int) -> list[Row]:
    heads = (
        "批复规模（㎡）",
        "实际规模（㎡）",
        "规模控制率",
        "预算投资（万元）",
        "实际投资（万元）",
        "投资概算控制率",
    )
    item = Slot(f"楼堂馆所控制情况（{year}年完工项目）")
    cells: list[Record] = [
        {
            "column": head,
            "stage": "rate" if head.endswith("率") else "other",
            "period": str(year),
            "cell": Slot(DASH),
        }
        for head in heads
    ]
    record = truth.base(table, item, cells)
    return [
        Row("base_header", [value(item, "item", 1, 2), *(label(head) for head in heads)]),
        Row("base", [value(c["cell"], "base") for c in cells], record),
    ]
