"""Whole forms: a standard self-evaluation form for the unit or a project, and its relatives."""

from __future__ import annotations

import random

from eval.generate.canvas import Part, Slot
from eval.generate.forms import Form, Spec, fund_rows, goal_rows, nature_rows
from eval.generate.grid import Grid, Row, label, value
from eval.generate.indicator_block import head_total, indicator_rows, total_row
from eval.generate.model import Assessment, Project, Unit
from eval.generate.style import Style
from eval.generate.truth import Truth

INSTRUCTIONS = (
    ("评价结论", "【结合自评情况，说明项目自评总分，说明项目实施取得的成效或成果。（200字以内）】"),
    ("存在问题", "结合自评情况，分析存在的问题及原因。(200字以内)"),
    ("改进措施", "【   】"),
)


class Bench:
    """What every form builder needs."""

    def __init__(self, rng: random.Random, unit: Unit, style: Style, truth: Truth, spec: Spec) -> None:
        self.rng, self.unit, self.style, self.truth, self.spec = rng, unit, style, truth, spec

    def form(self, assessment: Assessment, scope: str) -> Form:
        """A form under construction with its table announced."""
        table = self.truth.table("self_evaluation", scope)
        return Form(self.spec, self.style, self.truth, self.rng, table, assessment, scope)

    def blank_form(self, assessment: Assessment, scope: str) -> Form:
        """A form that is no table of the report, for texts of single cells."""
        return Form(self.spec, self.style, self.truth, self.rng, {"scope": scope}, assessment, scope)

    def unfinished(self, project: Project) -> Grid:
        """A project's form with its instructions left in."""
        grid = project_grid(self, project)
        width = grid.width
        for name, words in INSTRUCTIONS:
            grid.rows.append(Row("note", [label(name, 2), label(words, width - 2)]))
        return grid

    def caption(self) -> list[list[Part]]:
        """The unit above the table when the table itself does not name it."""
        return [[f"单位：{self.style.unit}"]] if self.style.caption_only else []

    def remark(self, assessment: Assessment) -> list[list[Part]]:
        """The line below a form that says why money was left, when the form has no column for it."""
        if not assessment.rate_reason or "reason" in self.spec.funds:
            return []
        lead = self.rng.choice(("注：预算执行率偏低的原因：", "预算执行率未达90%的原因说明："))
        return [[f"{lead}{assessment.rate_reason}。"]]

    def stamp(self) -> list[Part]:
        """The line below a form that names its author; its numbers are traps."""
        unit, rng = self.unit, self.rng
        if rng.random() < 0.25:
            return ["填表人： 填报日期： 联系电话： 单位负责人签字："]
        year, month, day = unit.date
        gap = rng.choice(("  ", "   ", "\u3000\u3000"))
        date = self.truth.first("stamp_date", f"{year}.{month}.{day}")
        return [
            f"填表人：{unit.contact}{gap}填报日期：",
            date,
            f"{gap}联系电话：{unit.phone}{gap}单位负责人签字：",
        ]


def overall_grid(bench: Bench) -> Grid:
    """整体支出绩效自评表 of the unit; its total and grade are the report's own."""
    unit, truth = bench.unit, bench.truth
    form = bench.form(unit.form, "整体")
    name = truth.first("unit_name", unit.name)
    lead = 2
    cells = [
        label(bench.rng.choice(("部门名称", "预算部门名称", "部门（单位）名称")), lead),
        label("", form.width - lead),
    ]
    cells[1].parts = [name]
    rows = [Row("head", cells), *fund_rows(form)]
    if bench.spec.by_nature:
        extra = nature_rows(form, unit.total.annual, unit.basic.executed, unit.project_total.executed)
        rows[1].cells[0].rowspan += len(extra)
        rows += extra
    if bench.spec.total_in_head:
        row, slots = head_total(form)
        rows.insert(1, row)
        truth.head["total_score"] = slots["total_score"]
    rows += goal_rows(form)[0] if bench.spec.goals else []
    rows += indicator_rows(form)
    if bench.spec.total_row:
        row, slots = total_row(form, unit.grade(unit.form.total_score))
        rows.append(row)
        truth.head["total_score"] = slots["total_score"] if bench.spec.filled else None
        truth.head["grade"] = slots.get("grade")
    grid = Grid(rows, form.table)
    grid.before = [truth.titled(f"{unit.year}年度部门整体支出绩效自评表")]
    grid.before += bench.caption()
    grid.after = [*bench.remark(unit.form), bench.stamp()]
    return grid


def project_grid(bench: Bench, project: Project, *, own: bool = False) -> Grid:
    """项目支出绩效自评表 of one project; own when the whole report is about it."""
    unit, truth, spec = bench.unit, bench.truth, bench.spec
    form = bench.form(project.form, project.name)
    code = f"{bench.rng.randrange(10**11, 10**12)}-" if spec.coded else ""
    slots = {
        "name": Slot(code + project.name),
        "department": Slot(unit.name),
        "implementing_unit": Slot(unit.short),
    }
    rest = form.width - 2
    half = rest // 2
    rows = [
        Row("head", [label("项目名称", 2), value(slots["name"], "name", rest)]),
        Row(
            "head",
            [
                label("主管部门", 2),
                value(slots["department"], "department", half),
                label("实施单位", 1),
                value(slots["implementing_unit"], "implementing_unit", rest - half - 1),
            ],
        ),
    ]
    if truth.head.get("unit_name") is None:
        truth.head["unit_name"] = slots["department"]
    if spec.total_in_head:
        row, totals = head_total(form)
        rows.append(row)
        slots |= totals
        truth.head |= totals if own else {}
    money = fund_rows(form)
    rows += money
    total = money[1].record
    if total is not None:
        slots |= {key: total[key] for key in ("initial", "annual", "executed") if total[key] is not None}
    if spec.goals:
        goal, goals = goal_rows(form)
        rows += goal
        slots |= goals
    rows += indicator_rows(form)
    if spec.total_row:
        row, totals = total_row(form, unit.grade(project.form.total_score) if own else "")
        rows.append(row)
        slots |= totals
        if own and spec.filled:
            truth.head |= {"total_score": totals["total_score"], "grade": totals.get("grade")}
    rows += [Row("note", [label(name, 2), label(text, rest)]) for name, text in spec.closing]
    truth.project(slots)
    grid = Grid(rows, form.table)
    title = bench.rng.choice(("项目支出绩效自评表", f"{unit.year}年度项目支出绩效自评表"))
    grid.before = [truth.titled(title)]
    if title.startswith("项"):
        grid.before.append(truth.titled(f"（{unit.year}年度）"))
    grid.before += bench.caption()
    grid.after = [*bench.remark(project.form), bench.stamp()]
    return grid
