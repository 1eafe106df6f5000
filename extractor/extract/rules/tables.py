"""Everything that stands in tables: indicators, funds, base data, projects, totals, and the figures no list represents."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from functools import cached_property

from extractor.amounts import base_value, decimal_of, decimals_of
from extractor.document import Document, Table
from extractor.extract.rules.base_data import read_base
from extractor.extract.rules.beside import scores_beside
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.figures.names import name_of_title
from extractor.extract.rules.funds import item_atom, read_funds
from extractor.extract.rules.indicators import read_indicators
from extractor.extract.rules.projects import Totals, form_project, merge, summary_projects, totals_of
from extractor.extract.rules.table_metrics import metric_of, stage_of
from extractor.patterns import lazy
from extractor.records import replace
from extractor.schema import OVERALL, Amount, BaseRow, Figure, Fund, Indicator, Project, Stage
from extractor.segment import Layout
from extractor.segment.align import Column
from extractor.segment.atoms import NUM, PCT, QTY, TOTAL, Atom
from extractor.segment.forms import Block, Form, Row
from extractor.segment.grids import cell_text

_MONEY_LABEL = lazy(r"投资|资金|预算|金额|拨款|支出|收入|经费|结转")
_NUMBER = lazy(r"-?\d[\d,]*(?:\. ?\d+)?")
_YEAR = lazy(r"20\d\d")
_SUMMED: dict[str, Stage] = {
    "initial": "budget_initial", "annual": "budget_annual", "executed": "exec", "score": "score",
}  # fmt: skip
_AMOUNTS = ("initial", "adjust", "annual", "executed")
_LONGEST_NAME = 20
_NOT_FIGURES = lazy(r"电话|编码|代码|期限|日期|时间|年度$|负责人|联系")


class TableFacts:
    """What the tables say."""

    def __init__(self) -> None:
        self.indicators: list[Indicator] = []
        self.funds: list[Fund] = []
        self.base_data: list[BaseRow] = []
        self.projects: list[Project] = []
        self.totals: list[tuple[Table, Form, Totals]] = []


def read_tables(document: Document, layout: Layout) -> TableFacts:
    """Read every form of the layout in order."""
    facts = TableFacts()
    for form, table in zip(layout.forms, layout.tables, strict=True):
        indicators = read_indicators(document, form, table.id, table.scope, len(facts.indicators) + 1)
        funds = read_funds(document, form, table.id, table.scope, len(facts.funds) + 1)
        totals = totals_of(document, form, indicators, funds)
        facts.indicators += indicators
        facts.funds += funds
        facts.base_data += read_base(document, form, table.id, len(facts.base_data) + 1, None)
        facts.projects += summary_projects(document, form, table, len(facts.projects) + 1)
        project = form_project(document, form, table, f"p{len(facts.projects) + 1}", funds, totals)
        if project is not None and (indicators or funds):
            facts.projects.append(project)
        facts.totals.append((table, form, totals))
    facts.projects = merge(facts.projects)
    return facts


def table_figures(document: Document, layout: Layout, facts: TableFacts, year: int | None) -> list[Figure]:
    """Figures of key-value cells, closing rows, head amounts and total points; ids are given later."""
    out: list[Figure] = []
    period = str(year) if year else None
    for (table, form, totals), _ in zip(facts.totals, layout.tables, strict=True):
        grid = _Grid(form)
        for kind, label, value, _ in form.pairs:
            out += _figure(document, grid, table, label, value, period, kind)
        for role, name, printed in form.heads:
            if role != "other" or printed is None or not printed.kind & (NUM | QTY):
                continue
            if _MONEY_LABEL.search(name.text) and not _NOT_FIGURES.search(name.text):
                out += _figure(document, grid, table, name, printed, period, "head")
        if table.scope == OVERALL and totals.points is not None:
            out += _figure(document, grid, table, None, totals.points, period, "total")
        out += _adjustments(document, grid, table, period)
        out += _closing(document, grid, table, period)
        out += _by_year(document, grid, table, year)
        out += [
            replace(figure, period=period)
            for block in form.blocks
            if block.kind == "indicator"
            for figure in scores_beside(document, grid.place, table, block)
        ]
    return out


class _Grid:
    """The recovered grid of a form, asked where in it a value stands."""

    def __init__(self, form: Form) -> None:
        self.form = form

    @cached_property
    def _cells(self) -> list[tuple[int, int, int, int]]:
        """Start, end, row and column of every filled cell in the order of the text; one that covers several places once."""
        found: dict[int, tuple[int, int, int, int]] = {}
        for r, row in enumerate(self.form.grid):
            for c, atom in enumerate(row):
                if atom is not None and atom.text:
                    found.setdefault(atom.start, (atom.start, atom.end, r, c))
        return sorted(found.values())

    def place(self, value: Atom) -> tuple[int | None, int | None]:
        """Row and column of the cell that prints `value`."""
        at = bisect_right(self._cells, value.start, key=lambda cell: cell[0])
        _, end, row, column = self._cells[at - 1] if at else (0, -1, 0, 0)
        return (row, column) if value.end <= end else (None, None)


def _is_named(block: Block, label: Atom) -> bool:
    """Whether a row is a project's: any of a 项目汇总表, and of a 资金使用表 those whose task is a name rather than a sentence."""
    if label.kind & TOTAL or not label.text:
        return False
    named = name_of_title(label.text) == label.text or _is_short(label.text)
    return block.kind == "summary" or (block.kind == "fund_use" and named)


def _is_short(text: str) -> bool:
    """Whether a task is told in few words and without a pause, as names are."""
    return 4 <= len(text) <= _LONGEST_NAME and not any(char in text for char in ",。;、")


def _spent(block: Block, column: Column) -> bool:
    """Whether 其中:财政拨款 stands behind the amount that was spent rather than the budget."""
    before = block.columns[: block.columns.index(column)]
    return next((c.role == "executed" for c in reversed(before) if c.role in _AMOUNTS), False)


def _closing(document: Document, grid: _Grid, table: Table, period: str | None) -> list[Figure]:
    """The 合计 row of a 项目汇总表: what all projects together were given and have spent, and their average score."""
    out: list[Figure] = []
    for block in grid.form.blocks:
        if block.kind != "summary":
            continue
        for number, row in enumerate(block.rows):
            lead = _total_label(row)
            if lead is None:
                continue
            for column, atom in _totals(block, row, number in block.inferred):
                stage = _SUMMED.get(column.role)
                if stage is None or atom.kind & PCT:
                    continue
                metric = "selfeval_avg_score" if stage == "score" else "expenditure_project"
                found = _figure(document, grid, table, lead, atom, period, "column")
                out += [_said(figure, metric, stage) for figure in found]
    return out


def _total_label(row: Row) -> Atom | None:
    """合计, where the first words of a row say that it sums up the rows above."""
    lead = next((atom for atom in row if atom is not None and atom.text), None)
    return lead if lead is not None and lead.kind & TOTAL else None


def _totals(block: Block, row: Row, inferred: bool) -> list[tuple[Column, Atom]]:
    """The numbers of a closing row with their columns; where blanks are not printed, only a full count tells which is which."""
    numbers = _printed_numbers(block, row)
    if not (inferred or _beyond_scores(block, row)):
        return numbers
    money = [column for column in block.columns if column.role in _AMOUNTS]
    whole = [column for column in block.columns if column.role in (*_AMOUNTS, "score")]
    kept = [column for column in money if column.role != "adjust"]
    for columns in (money, whole, kept):
        if len(columns) == len(numbers):
            found = list(zip(columns, (atom for _, atom in numbers), strict=True))
            return found if _adds_up(found) else []
    return []


def _printed_numbers(block: Block, row: Row) -> list[tuple[Column, Atom]]:
    """The numbers of a row under the heads they stand under."""
    return [
        (column, atom)
        for column, atom in zip(block.columns, row, strict=False)
        if atom is not None and atom.kind & NUM and column.head is not None
    ]


def _beyond_scores(block: Block, row: Row) -> bool:
    """Whether what stands under 得分 in a closing row can be no average of the scores above it: an amount moved there."""
    at = block.index("score")
    if at is None or row[at] is None:
        return False
    own = _value(row[at])
    above = [v for each in block.rows if _total_label(each) is None and (v := _value(each[at])) is not None]
    return own is not None and bool(above) and not min(above) <= own <= max(above)


def _adds_up(found: list[tuple[Column, Atom]]) -> bool:
    """Whether 年初 and 追加 make 全年 in a row whose columns are known by their number alone."""
    told = {column.role: value for column, atom in found if (value := _value(atom)) is not None}
    if not {"initial", "annual"} <= told.keys():
        return True
    return told["initial"] + told.get("adjust", Decimal(0)) == told["annual"]


def _value(atom: Atom | None) -> Decimal | None:
    match = _NUMBER.search(atom.text) if atom is not None and atom.kind & NUM else None
    return decimal_of(match[0]) if match else None


def _by_year(document: Document, grid: _Grid, table: Table, fiscal_year: int | None) -> list[Figure]:
    """项目 | 2022年预算数 | 2022年决算数 | 2023年预算数 | 2023年决算数: every amount with its own year."""
    out: list[Figure] = []
    for block in grid.form.blocks:
        if block.kind != "yearly":
            continue
        years = [
            _YEAR.search(column.head.text) if column.head is not None else None for column in block.columns
        ]
        newest = max((int(year[0]) for year in years if year is not None), default=fiscal_year)
        for row in block.rows:
            label = item_atom(block, row)
            if label is None:
                continue
            for column, year, atom in zip(block.columns, years, row, strict=False):
                stage = _SUMMED.get(column.role)
                if stage is None or atom is None or not atom.kind & NUM or year is None:
                    continue
                if stage == "exec" and newest is not None and int(year[0]) < newest:
                    stage = "prev_final"
                found = _figure(document, grid, table, label, atom, year[0], "year")
                out += [_said(figure, figure.metric, stage) for figure in found]
    return out


def _said(figure: Figure, metric: str, stage: Stage) -> Figure:
    """`figure` with the metric and stage that its row and column tell; a score is counted in 分."""
    if metric != "selfeval_avg_score":
        return replace(figure, metric=metric, stage=stage)
    return replace(
        figure, metric=metric, stage=stage, amount=replace(figure.amount, unit="分", base_value=None)
    )


def _adjustments(document: Document, grid: _Grid, table: Table, period: str | None) -> list[Figure]:
    """年中追加 columns and 其中：财政拨款 columns: values of rows that the row's own record has no field for."""
    out: list[Figure] = []
    for block in grid.form.blocks:
        if block.kind not in ("summary", "money", "fund_use"):
            continue
        name = block.index("name") if block.kind != "money" else block.index("item")
        for number, row in enumerate(block.rows):
            label = row[name] if name is not None else None
            summed = block.kind == "summary" and _total_label(row) is not None
            numbers = (
                _totals(block, row, number in block.inferred) if summed else _printed_numbers(block, row)
            )
            for column, atom in numbers:
                if column.head is None:
                    continue
                if column.role == "adjust" or (column.role in ("any", "item") and "拨款" in column.head.text):
                    scope = label.text if label is not None and _is_named(block, label) else table.scope
                    spent = column.role != "adjust" and _spent(block, column)
                    for figure in _figure(document, grid, table, column.head, atom, period, "column"):
                        stage = "exec" if spent else figure.stage
                        out.append(replace(figure, scope=scope, stage=stage))
    return out


def _figure(
    document: Document,
    grid: _Grid,
    table: Table,
    label: Atom | None,
    value: Atom,
    period: str | None,
    kind: str,
) -> list[Figure]:
    start, end = value.parts[-1]
    match = _NUMBER.search(document.folded, start, end)
    if match is None:
        return []
    printed = document.folded[match.end() : end].strip()
    percent = bool(value.kind & PCT)
    cell = cell_of(document, value, "x")
    if cell.value is None:
        return []
    metric = metric_of(label.text) if label is not None else "total_weight"
    if label is not None and metric == "other" and kind == "column":
        metric = "budget_adjust"
    unit = printed or ("%" if percent else _counted_in(metric, kind) or grid.form.unit)
    amount = Amount(
        raw=cell.raw,
        value=cell.value,
        unit=unit,
        decimals=decimals_of(match[0]),
        base_value=base_value(cell.value, unit),
    )
    name = cell_text("".join(document.text[a:b] for a, b in label.parts)) if label is not None else "总分"
    row, column = grid.place(value)
    return [
        Figure(
            id="", metric=metric, label=name.rstrip(":："), scope=table.scope, stage=_stage(metric, percent, kind),
            period=period, amount=amount, span=value.span, table=table.id, row=row, column=column, evidence=cell.evidence,
        )
    ]  # fmt: skip


def _counted_in(metric: str, kind: str) -> str | None:
    """The unit of what is no money, where none is printed."""
    if kind == "total" or metric == "selfeval_avg_score":
        return "分"
    if metric.endswith("_count"):
        return "个"
    return "人" if metric.startswith("staff_") else None


def _stage(metric: str, percent: bool, kind: str) -> Stage:
    if percent:
        return "rate"
    if kind == "total":
        return "points"
    if kind == "box":
        return stage_of(metric)
    if metric == "selfeval_avg_score":
        return "score"
    if metric == "budget_adjust":
        return "adjust"
    if metric in (
        "expenditure_basic",
        "expenditure_project",
        "expenditure_personnel",
        "expenditure_public",
        "project_exec",
    ):
        return "exec"
    if metric.startswith(("fund_", "appropriation", "carryover", "other_funds")):
        return "budget_annual"
    return "other"
