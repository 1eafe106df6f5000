"""The tables beside the forms: project summary and use of funds."""

from __future__ import annotations

import random
from decimal import Decimal

from eval.generate.canvas import Slot
from eval.generate.grid import Cell, Grid, Row, label, value
from eval.generate.model import Project, Unit
from eval.generate.style import Style, plain
from eval.generate.truth import Truth


def summary_grid(rng: random.Random, unit: Unit, style: Style, truth: Truth, own_form: str) -> Grid:
    """项目绩效自评情况汇总表; the project named own_form has its entry from its own form."""
    table = truth.table("project_summary", "整体")
    rows = [
        Row(
            "sum_header",
            [
                label("序号", 1, 2),
                label("预算单位", 1, 2),
                label("项目名称", 1, 2),
                label("全年预算数", 3),
                label("全年执行数", 1, 2),
                label("项目资金绩效自评得分", 1, 2),
            ],
        ),
        Row("sum_header", [label("年初预算数"), label("年中追加数/追减数"), label("小计")]),
    ]
    for number, project in enumerate(unit.projects, 1):
        row = _project_row(number, project, unit, style, truth)
        if project.name != own_form:
            row.record = truth.project({c.role: p for c in row.cells for p in c.parts if isinstance(p, Slot)})
        rows.append(row)
    rows += _closing_rows(rng, unit, style, truth)
    grid = Grid(rows, table)
    grid.before = [
        ["部门预算项目绩效自评情况汇总表"],
        ["主管部门：", truth.first("unit_name", unit.name)],
        [f"单位：{style.unit}"],
    ]
    return grid


def _project_row(number: int, project: Project, unit: Unit, style: Style, truth: Truth) -> Row:
    money = project.money
    adjust = label("")
    if money.adjust:
        text = style.number(money.adjust)
        slot = truth.figure(text, "budget_adjust", "adjust", "money", scope=project.name, table=True)
        adjust = value(slot, "adjust")
    cells = [
        label(str(number)),
        value(Slot(unit.short), "implementing_unit"),
        value(Slot(project.name), "name"),
        value(Slot(style.number(money.initial)), "initial"),
        adjust,
        value(Slot(style.number(money.annual)), "annual"),
        value(Slot(style.number(money.executed)), "executed"),
        value(Slot(plain(project.form.total_score)), "total_score"),
    ]
    return Row("sum", cells)


def _closing_rows(rng: random.Random, unit: Unit, style: Style, truth: Truth) -> list[Row]:
    total = unit.project_total

    def money(amount: Decimal, stage: str) -> Cell:
        metric = "budget_adjust" if stage == "adjust" else "expenditure_project"
        return value(truth.figure(style.number(amount), metric, stage, "money", table=True), "total")

    def count() -> Slot:
        return truth.figure(str(len(unit.projects)), "project_count", "other", "count", table=True)

    rows = [
        Row(
            "sum_total",
            [
                label("合计", 3),
                money(total.initial, "budget_initial"),
                money(total.adjust, "adjust") if total.adjust else label(""),
                money(total.annual, "budget_annual"),
                money(total.executed, "exec"),
                label(""),
            ],
        )
    ]
    if rng.random() < 0.6:
        average = plain(
            (sum((p.form.total_score for p in unit.projects), Decimal(0)) / len(unit.projects)).quantize(
                Decimal("0.01")
            )
        )
        mean = truth.figure(average, "selfeval_avg_score", "score", "score", table=True)
        rows.append(
            Row(
                "sum_total",
                [
                    label("开展绩效自评项目合计", 3),
                    value(count(), "total"),
                    label("", 2),
                    label("自评价平均分"),
                    value(mean, "total"),
                ],
            )
        )
        rate = truth.figure("100%", "selfeval_coverage", "rate", "rate", table=True)
        rows.append(
            Row(
                "sum_total",
                [
                    label(
                        "开展绩效自评项目支出总额占本部门预算项目支出总额的比例=开展绩效自评项目全年预算数合计/项目支出全年预算数总额*100%",
                        7,
                    ),
                    value(rate, "total"),
                ],
            )
        )
    return rows


def fund_use_grid(rng: random.Random, unit: Unit, style: Style, truth: Truth) -> Grid:
    """Use of funds by task: budget and execution with their 其中 columns."""
    table = truth.table("fund_use", "整体")
    unit_name = f"({style.unit})"
    heads = (
        "职能名称",
        "政策或重点任务",
        "完成情况",
        "预算数" + unit_name,
        "其中：财政拨款",
        "执行数" + unit_name,
        "其中：财政拨款",
    )
    rows = [Row("use_header", [label(h) for h in heads])]
    entries = [(rng.choice(style.words.duties), p.name, p.money) for p in unit.projects]
    entries.append(("金额合计", "", unit.project_total))
    for duty, task, money in entries:
        total = not task
        item = Slot("金额合计" if total else task)
        annual, executed = Slot(style.number(money.annual)), Slot(style.number(money.executed))
        scope = "整体" if total else task
        gives = [
            truth.figure(
                style.number(amount), "appropriation_current", stage, "money", scope=scope, table=True
            )
            for amount, stage in ((money.annual, "budget_annual"), (money.executed, "exec"))
        ]
        record = truth.fund(table, {"item": item, "annual": annual, "executed": executed})
        lead = [value(item, "item"), label("")] if total else [label(duty), value(item, "item")]
        rows.append(
            Row(
                "use",
                [
                    *lead,
                    label("" if total else "已完成"),
                    value(annual, "annual"),
                    value(gives[0], "give"),
                    value(executed, "executed"),
                    value(gives[1], "give"),
                ],
                record,
            )
        )
    return Grid(rows, table)
