"""Self-evaluation forms as grids: head rows, money block, goals, indicator block, total."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from eval.generate.canvas import Slot
from eval.generate.grid import Cell, Row, label, value
from eval.generate.model import ZERO, Assessment
from eval.generate.style import Style, plain
from eval.generate.truth import Record, Truth


@dataclass(frozen=True)
class Spec:
    """Which columns and rows a form has."""

    method: str = ""
    columns: tuple[str, ...] = ("level1", "level2", "level3", "target", "actual", "points", "score", "reason")
    funds: tuple[str, ...] = ("initial", "annual", "executed", "points", "rate", "score")
    fund_rows: tuple[str, ...] = ("total", "current", "carry", "other")
    group: str = "绩效指标"
    funds_label: str = "项目资金"
    by_nature: bool = False
    goals: bool = True
    goal_columns: int = 2
    total_row: bool = True
    total_in_head: bool = False
    filled: bool = True
    repeat: bool = False
    blank_row: bool = False
    level2_points: bool = False
    wording: str = ""
    reason_row: bool = False
    row_mark: str = ""
    coded: bool = False
    closing: tuple[tuple[str, str], ...] = ()

    @property
    def reasons(self) -> bool:
        """Whether the form has a place to say why points were lost."""
        return self.reason_row or "reason" in self.columns or "score" not in self.columns


@dataclass
class Form:
    """One form being built: its model, its looks and its truth."""

    spec: Spec
    style: Style
    truth: Truth
    rng: random.Random
    table: Record
    form: Assessment
    scope: str

    @property
    def width(self) -> int:
        """Columns of the whole grid: the group label and the wider of its two blocks."""
        return 1 + max(len(self.spec.columns), len(self.spec.funds) + 1)

    def header(self, key: str) -> str:
        """The form's word for a column."""
        return self.style.headers[key]


def wide(cells: list[Cell], width: int, at: int) -> list[Cell]:
    """Widen the cell at a place so that the row fills the width."""
    used = sum(c.colspan for c in cells)
    cells[at].colspan += max(0, width - used)
    return cells


def fund_amounts(form: Form, row: str) -> tuple[Decimal, Decimal, Decimal]:
    """Initial, annual and executed of one money row; the rows below the total add to it."""
    money, carry, other = form.form.money, form.form.carry, form.form.other
    carry = carry if "carry" in form.spec.fund_rows else ZERO
    other = other if "other" in form.spec.fund_rows else ZERO
    if money.initial < carry + other:
        carry, other = ZERO, ZERO
    if row in ("special", "own"):
        return ZERO, ZERO, ZERO
    if row == "total":
        return money.initial, money.annual, money.executed
    if row == "carry":
        return carry, carry, min(carry, money.executed)
    spent_carry = min(carry, money.executed)
    if row == "other":
        return other, other, min(other, money.executed - spent_carry)
    spent_other = min(other, money.executed - spent_carry)
    return (
        money.initial - carry - other,
        money.annual - carry - other,
        money.executed - spent_carry - spent_other,
    )


def fund_cells(form: Form, row: str) -> dict[str, str]:
    """The printed text of each column of one money row."""
    style, top = form.style, row == "total"
    initial, annual, executed = fund_amounts(form, row)
    quiet = row in ("carry", "other", "special", "own") and not annual
    if quiet and form.rng.random() < 0.6:
        return dict.fromkeys(form.spec.funds, "")
    texts = {
        "initial": style.number(initial),
        "annual": style.number(annual),
        "executed": style.number(executed),
        "rate": style.rate(executed / annual) if annual and (top or form.rng.random() < 0.5) else "",
        "points": plain(form.form.exec_points) if top else style.not_applicable,
        "score": plain(form.form.exec_score) if top else style.not_applicable,
        "standard": form.spec.method if top else "",
        "reason": form.form.rate_reason if top else "",
    }
    if not form.spec.filled:
        texts |= {"executed": "", "rate": "", "score": ""}
    if style.bare_rate:
        texts["rate"] = texts["rate"].rstrip("%")
    return {key: texts.get(key, "") for key in form.spec.funds}


def fund_rows(form: Form) -> list[Row]:
    """The money block."""
    spec, style = form.spec, form.style
    names = {"points": "funds_points", "score": "funds_score"}
    count = len(spec.fund_rows) + 1
    head = [label(spec.funds_label + style.unit_label, 1, count), label("")]
    head += [label(form.header(names.get(key, key))) for key in spec.funds]
    rows = [Row("funds_header", wide(head, form.width, 1))]
    for name in spec.fund_rows:
        item = Slot(form.header("fund_" + name).strip())
        texts = fund_cells(form, name)
        slots = {key: Slot(text) for key, text in texts.items()}
        record = form.truth.fund(form.table, {"item": item, **slots})
        cells = [value(item, "item"), *(value(slots[key], "fund_" + key) for key in spec.funds)]
        rows.append(Row("funds", wide(cells, form.width - 1, 0), record))
    return rows


def nature_rows(form: Form, budget: Decimal, basic: Decimal, projects: Decimal) -> list[Row]:
    """The money block's rows by nature of revenue (the year's budget) and of expenditure (what was spent)."""
    truth, style = form.truth, form.style
    half = (form.width - 1) // 2

    def figure(amount: Decimal, metric: str, stage: str = "budget_annual") -> Slot:
        return truth.figure(style.number(amount), metric, stage, "money", table=True)

    def pair(left: Cell, right: Cell) -> Row:
        left.colspan, right.colspan = half, form.width - 1 - half
        return Row("nature", [left, right])

    zero = "拨款0：" if form.rng.random() < 0.3 else ""
    rows = [pair(label("按收入性质分："), label("按支出性质分："))]
    rows.append(
        pair(
            Cell(["其中：一般公共预算：", figure(budget, "fund_gpb")]),
            Cell(["其中：基本支出：", figure(basic, "expenditure_basic", "exec")]),
        )
    )
    rows.append(
        pair(
            Cell(["政府性基金拨款：", figure(ZERO, "fund_gov")]),
            Cell(["项目支出：", figure(projects, "expenditure_project", "exec")]),
        )
    )
    if zero:
        tax = truth.figure("0", "fund_nontax", "budget_annual", "money", table=True)
        rows.append(pair(Cell(["纳入专户管理的非税收入拨款", tax, "："]), label("")))
    else:
        rows.append(pair(Cell(["纳入专户管理的非税收入拨款：", figure(ZERO, "fund_nontax")]), label("")))
    rows.append(pair(Cell(["其他资金：", figure(ZERO, "other_funds")]), label("")))
    return rows


def goal_rows(form: Form) -> tuple[list[Row], dict[str, Slot]]:
    """The goal block and its two slots (one when the form has no actual side)."""
    spec, rest = form.spec, form.width - 1
    half = rest // 2
    expected = Slot(form.form.goal_expected)
    if spec.goal_columns == 1:
        return [Row("goal", [label("年度总体目标"), value(expected, "goal_expected", rest)])], {
            "goal_expected": expected
        }
    actual = Slot(form.form.goal_actual if spec.filled else "")
    rows = [
        Row(
            "goal_header",
            [
                label("年度总体目标", 1, 2),
                label(form.header("goal_expected"), half),
                label(form.header("goal_actual"), rest - half),
            ],
        ),
        Row("goal", [value(expected, "goal_expected", half), value(actual, "goal_actual", rest - half)]),
    ]
    return rows, {"goal_expected": expected, "goal_actual": actual}
