"""The 基础数据表 by blocks: staff, 三公, project spending and its parts, public spending and its parts, procurement."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.patterns import lazy
from extractor.reconcile.values import Value, of_cell
from extractor.schema import BaseCell, BaseRow, Cell, Stage

COLUMNS: tuple[Stage, ...] = ("prev_final", "budget_initial", "budget_annual", "exec")
COLUMN_NAMES = {
    "prev_final": "上年决算",
    "budget_initial": "预算数",
    "budget_annual": "全年预算数",
    "exec": "决算数",
}
_NUMBER = lazy(r"^(?:其中[::]?)?(?:\(?[一二三四五六七八九十\d]+[\).、.])?")
_ROWS = (
    ("staff", lazy(r"财政供养|人员情况")),
    ("sangong", lazy(r"^[\"“]?三公[\"”]?经费")),
    ("procurement", lazy(r"^政府采购")),
    ("end", lazy(r"基本支出预算调整|整体支出预算调整|楼堂馆所|厉行节约|^资产")),
    ("public", lazy(r"^(?:日常)?公用经费|^机关运行经费|^运转经费")),
    ("project", lazy(r"^项目(?:支出|经费)")),
)
_SPECIAL = lazy(r"^专项(?:资金|经费)?(?:\(|$|:)")
_METRICS = {
    "staff_quota": "staff", "sangong_total": "sangong", "procurement_amount": "procurement", "expenditure_public": "public",
    "expenditure_project": "project", "basic_budget_adjust": "end", "frugality_measures": "end",
}  # fmt: skip
_SUBTOTAL = lazy(r"小计|合计|总计")
_REST = lazy(r"其他(?:费用|支出|经费)?$")


class Block:
    """A total row and the rows that make it up; `special` are the rows below 专项资金."""

    def __init__(self) -> None:
        self.total: BaseRow | None = None
        self.parts: list[BaseRow] = []
        self.heading: BaseRow | None = None
        self.special: list[BaseRow] = []

    @property
    def has_rest(self) -> bool:
        """Whether a row 其他费用 closes the list."""
        return any(_REST.search(row.item.text) for row in self.parts)

    def members(self, stage: Stage) -> list[tuple[BaseRow, Cell]]:
        """The printed cells of `stage` that add up to the total: a heading with a value stands for its rows."""
        found = [(row, cell) for row in self.parts if (cell := cell_of(row, stage)) is not None]
        heading = cell_of(self.heading, stage) if self.heading is not None else None
        if self.heading is not None and heading is not None and heading.kind not in ("blank", "na"):
            return [*found, (self.heading, heading)]
        return [*found, *((row, cell) for row in self.special if (cell := cell_of(row, stage)) is not None)]


class BaseTable:
    """One 基础数据表."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.staff: list[BaseRow] = []
        self.sangong, self.project, self.public = Block(), Block(), Block()
        self.procurement: list[BaseRow] = []


def cell_of(row: BaseRow, stage: Stage) -> Cell | None:
    """The row's cell of a stage; None when it has none or several."""
    found = None
    for each in row.cells:
        if each.stage == stage:
            if found is not None:
                return None
            found = each.cell
    return found


def staff_cells(rows: Iterable[BaseRow]) -> dict[Stage, Cell]:
    """编制, 在职 and 控制率, whether they stand in one row or in three."""
    out: dict[Stage, Cell] = {}
    for row in rows:
        for each in row.cells:
            if each.stage in ("quota", "on_duty", "rate"):
                out.setdefault(each.stage, each.cell)
    return out


def value_of(row: BaseRow, cell: Cell, unit: str | None) -> Value | None:
    """A base cell as a Value named after its row."""
    return of_cell(cell, label_of(row), unit)


def label_of(row: BaseRow) -> str:
    """The row's label without its number."""
    return _NUMBER.sub("", row.item.text).rstrip(":：") or row.item.text


def base_tables(rows: Iterable[BaseRow]) -> list[BaseTable]:
    """The rows of every 基础数据表, block by block, in the order printed."""
    tables: dict[str, BaseTable] = {}
    state: dict[str, str] = {}
    for row in rows:
        table = tables.setdefault(row.table, BaseTable(row.table))
        state[row.table] = _place(table, row, state.get(row.table, ""))
    return list(tables.values())


def _place(table: BaseTable, row: BaseRow, state: str) -> str:
    name = label_of(row)
    kind = _METRICS.get(row.metric) or next((kind for kind, pattern in _ROWS if pattern.search(name)), None)
    if kind is None and _staffed(row.cells):
        kind = "staff"
    if kind == "staff":
        table.staff.append(row)
        return "staff"
    if kind == "procurement":
        table.procurement.append(row)
        return "end"
    if kind == "end":
        return "end"
    if kind is not None:
        block: Block = getattr(table, kind)
        if block.total is None:
            block.total = row
            return kind
        return "end"
    _member(table, row, state, name)
    return state


def _member(table: BaseTable, row: BaseRow, state: str, name: str) -> None:
    if state not in ("sangong", "project", "public") or _SUBTOTAL.search(name):
        return
    block: Block = getattr(table, state)
    if state == "project" and _SPECIAL.match(name):
        block.heading = row
    elif block.heading is not None:
        block.special.append(row)
    elif not (block.parts and row.item.text.startswith("其中")):
        block.parts.append(row)


def _staffed(cells: tuple[BaseCell, ...]) -> bool:
    return any(each.stage in ("quota", "on_duty") for each in cells)
