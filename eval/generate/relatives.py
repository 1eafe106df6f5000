"""Forms of other offices and other genres: transfer, target, two goals, scoring tables, small tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from eval.generate.canvas import Slot
from eval.generate.forms import Form, fund_rows, goal_rows
from eval.generate.grid import Grid, Row, label, value
from eval.generate.indicator_block import indicator_rows, total_row
from eval.generate.labels import level_name
from eval.generate.model import ZERO, Indicator, Project
from eval.generate.style import plain
from eval.generate.subjects import Bench


def transfer_grid(bench: Bench, project: Project) -> Grid:
    """转移支付区域（项目）绩效目标自评表: central and local departments, no points."""
    unit, truth = bench.unit, bench.truth
    form = bench.form(project.form, project.name)
    rest = form.width - 2
    slots = {
        "name": Slot(project.name),
        "department": Slot(f"{unit.place}财政局"),
        "implementing_unit": Slot(unit.name),
    }
    truth.head["unit_name"] = truth.head.get("unit_name") or slots["implementing_unit"]
    half = rest // 2
    rows = [
        Row("head", [label("转移支付（项目）名称", 2), value(slots["name"], "name", rest)]),
        Row("head", [label("中央主管部门", 2), label("财政部", rest)]),
        Row(
            "head",
            [
                label("地方主管部门", 2),
                value(slots["department"], "department", half),
                label("资金使用单位"),
                value(slots["implementing_unit"], "implementing_unit", rest - half - 1),
            ],
        ),
    ]
    money = fund_rows(form)
    total = money[1].record or {}
    slots |= {key: total[key] for key in ("initial", "annual", "executed") if total.get(key) is not None}
    goal, goals = goal_rows(form)
    rows += [*money, *goal, *indicator_rows(form)]
    rows.append(Row("note", [label("说明"), label("无", form.width - 1)]))
    truth.project(slots | goals)
    grid = Grid(rows, form.table)
    area = bench.rng.choice(("转移支付区域（项目）绩效目标自评表", "中央对地方专项转移支付绩效目标自评表"))
    grid.before = [[area], truth.titled(f"（{unit.year}年度）"), *bench.caption()]
    grid.after = [
        ["注：1.资金使用单位按项目绩效目标填报，主管部门汇总时按区域绩效目标填报。"],
        ["2.其他资金包括与中央财政资金、地方财政资金共同投入到同一项目的自有资金、社会资金等。"],
    ]
    return grid


def target_grid(bench: Bench, project: Project) -> Grid:
    """绩效目标申报表: targets before the year, no actual value and no score."""
    unit, truth = bench.unit, bench.truth
    form = bench.form(project.form, project.name)
    form.table["kind"] = "other"
    rest = form.width - 2
    half = rest // 2
    slots = {
        "name": Slot(project.name),
        "department": Slot(unit.name),
        "initial": Slot(bench.style.number(project.money.initial)),
    }
    truth.head["unit_name"] = truth.head.get("unit_name") or slots["department"]
    rows = [
        Row(
            "head",
            [
                label("项目支出名称", 2),
                value(slots["name"], "name", half),
                label("预算部门"),
                value(slots["department"], "department", rest - half - 1),
            ],
        ),
        Row(
            "head",
            [
                label(f"年度本级预算金额（{bench.style.unit}）", 2),
                value(slots["initial"], "initial", half),
                label("项目实施期"),
                label(f"{unit.year}.01-{unit.year}.12", rest - half - 1),
            ],
        ),
    ]
    goal, goals = goal_rows(form)
    rows += [*goal, *indicator_rows(form)]
    truth.project(slots | goals)
    grid = Grid(rows, form.table)
    grid.before = [truth.titled(f"{unit.year}年项目支出绩效目标申报表")]
    grid.after = [bench.stamp()]
    return grid


def two_goals_grid(bench: Bench, project: Project) -> Grid:
    """A form whose indicators are grouped by 年度绩效目标, each group with its own points and header."""
    unit, truth = bench.unit, bench.truth
    form = bench.form(project.form, project.name)
    rest = form.width - 2
    slots = {"name": Slot(project.name), "department": Slot(unit.name)}
    truth.head["unit_name"] = truth.head.get("unit_name") or slots["department"]
    rows = [
        Row("head", [label("项目名称", 2), value(slots["name"], "name", rest)]),
        Row("head", [label("主管部门", 2), value(slots["department"], "department", rest)]),
        Row(
            "head",
            [label("项目类别", 2), label("1、部门预算项目☑ 2、市直专项□ 3、市对下转移支付项目□", rest)],
        ),
    ]
    money = fund_rows(form)
    total = money[1].record or {}
    slots |= {key: total[key] for key in ("initial", "annual", "executed") if total.get(key) is not None}
    rows += money
    for number, part in enumerate(halves(project.form.indicators), 1):
        points = sum((r.points or ZERO for r in part), ZERO)
        rows += indicator_rows(form, part, f"年度绩效目标{number}（{plain(points)}分）")
    row, totals = total_row(form, unit.grade(project.form.total_score))
    rows.append(row)
    rows.append(Row("note", [label("偏差大或目标未完成原因分析", 2), label(_told(project), rest)]))
    truth.head |= {"total_score": totals["total_score"], "grade": totals.get("grade")}
    truth.project(slots | totals)
    grid = Grid(rows, form.table)
    grid.before = [truth.titled(f"{unit.year}年度{project.name}自评表"), *bench.caption()]
    grid.after = [
        ["备注：1.预算执行情况口径：预算数为调整后财政资金总额，执行数为资金使用单位财政资金实际支出数。"]
    ]
    return grid


def _told(project: Project) -> str:
    """Why points were lost, indicator by indicator."""
    told = [f"“{row.level3}”：{row.reason}" for row in project.form.indicators if row.reason]
    told += [f"预算执行率：{project.form.rate_reason}"] * bool(project.form.rate_reason)
    return "；".join(told) or "无"


def halves(rows: Sequence[Indicator]) -> list[list[Indicator]]:
    """The two goals of a two-goal form: the second begins where the first level starts again."""
    groups = [list(group) for _, group in groupby(rows, key=lambda r: r.level1)]
    middle = len(groups) // 2
    return [[r for g in groups[:middle] for r in g], [r for g in groups[middle:] for r in g]]


def scoring_grid(bench: Bench) -> Grid:
    """绩效评价指标表: points, standard and score, no money block; its total is the report's own."""
    unit, truth = bench.unit, bench.truth
    form = bench.form(unit.form, "整体")
    rows = indicator_rows(form)
    row, slots = total_row(form, "")
    rows.append(row)
    truth.head["total_score"] = slots["total_score"]
    grid = Grid(rows, form.table)
    grid.before = [truth.titled(f"{unit.year}年部门整体支出绩效评价指标评分表")]
    return grid


def small_grids(bench: Bench) -> list[tuple[str, Grid]]:
    """One small table for each first level, which itself is only a heading."""
    spec = replace(bench.spec, columns=("level2", "level3", "points", "target", "actual", "score"), group="")
    made = []
    for level1, group in groupby(bench.unit.form.indicators, key=lambda r: r.level1):
        table = bench.truth.table("self_evaluation", "整体")
        form = Form(spec, bench.style, bench.truth, bench.rng, table, bench.unit.form, "整体")
        rows = indicator_rows(form, list(group))
        made.append((level_name(level1, bench.style), Grid(rows, table)))
    return made


def cover_grid(bench: Bench) -> Grid:
    """A report that is a table: contact, staff, duties, money of the year."""
    unit, truth, style = bench.unit, bench.truth, bench.style
    table = truth.table("other", "整体")

    def number(text: str, metric: str, stage: str, kind: str) -> Slot:
        return truth.figure(text, metric, stage, kind, table=True)

    people, total = unit.staff, unit.total
    rows = [
        Row("cover", [label("联系人"), label(unit.contact), label("联络电话"), label(unit.phone)]),
        Row(
            "cover",
            [
                label("人员编制"),
                value(number(str(people.quota), "staff_quota", "quota", "staff"), "number"),
                label("实有人数"),
                value(number(str(people.total), "staff_total", "headcount", "staff"), "number"),
            ],
        ),
        Row("cover", [label("职能职责概述"), label(unit.form.goal_expected, 3)]),
        Row(
            "cover",
            [
                label(f"年初预算（{style.unit}）"),
                value(
                    number(style.number(total.initial), "budget_initial", "budget_initial", "money"), "number"
                ),
                label("实际支出"),
                value(number(style.number(total.executed), "exec_annual", "exec", "money"), "number"),
            ],
        ),
        Row(
            "cover",
            [
                label("基本支出"),
                value(
                    number(style.number(unit.basic.executed), "expenditure_basic", "exec", "money"), "number"
                ),
                label("项目支出"),
                value(
                    number(style.number(unit.project_total.executed), "expenditure_project", "exec", "money"),
                    "number",
                ),
            ],
        ),
    ]
    return Grid(rows, table)
