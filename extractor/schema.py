"""What extraction fills: the `report` part of the output contract, version 1."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from extractor.document import Section, Span, Table
from extractor.records import Printed, Record

Stage = Literal[
    "prev_final", "budget_initial", "adjust", "budget_annual", "exec", "carryover", "quota", "on_duty",
    "headcount", "retired", "rate", "points", "score", "other",
]  # fmt: skip
CellKind = Literal[
    "num", "cmp", "range", "count_vague", "date", "qual_tier", "qual_text", "bool", "multi", "copy", "blank", "na",
    "unreadable",
]  # fmt: skip
Kind = Literal["department", "project", "summary", "transfer", "target", "evaluation", "unknown"]
Flag = Literal["ocr", "seal", "glued", "inferred_column", "shared", "unreadable"]
Grounding = Literal["EXACT", "NORMALIZED", "AMBIGUOUS", "MISSING"]
OVERALL = "整体"


Number = Annotated[Decimal, Printed()]


class Alternative(Record):
    """Another reading of a value."""

    raw: str
    value: Number | None = None
    span: Span
    engine: str
    metric: Annotated[str | None, "另一种读法的指标；只是数值不同时为 null"] = None
    stage: Stage | None = None
    scope: str | None = None


class Evidence(Record):
    """How a value was found and how far it may be trusted."""

    grounding: Annotated[Grounding, "原文定位方式"] = "EXACT"
    engine: str = "rules"
    confidence: float = 1.0
    certain: Annotated[bool, "仅当原文逐字一致或恒等式成立"] = True
    flags: tuple[Flag, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


SURE = Evidence()


class Cell(Record):
    """One printed cell: raw slices, cleaned text, and the number in it when it holds exactly one."""

    id: str
    raw: Annotated[str, "原文切片"]
    text: Annotated[str, "NFKC 并去除版面空白"]
    value: Annotated[Number | None, "单元格中唯一的数，按打印单位"] = None
    unit: str | None = None
    comparator: Annotated[str | None, "≥ ≤ > < = 或 约 余 以上 等"] = None
    kind: CellKind
    span: Span
    evidence: Evidence = SURE


class Amount(Record):
    """A printed quantity: `value` in `unit` as printed, `base_value` in 元 / 人 / %."""

    raw: str
    value: Annotated[Number | None, "打印数值；等级等非数字为 null"]
    unit: str | None
    decimals: int
    comparator: str | None = None
    base_value: Number | None = None


class Figure(Record):
    """A quantity of the prose, or of a table cell that no other list represents."""

    id: str
    metric: Annotated[str, "指标词表 id，或 other"]
    label: Annotated[str, "原文称谓"]
    scope: Annotated[str, "整体，或项目名称"] = OVERALL
    stage: Stage = "other"
    period: Annotated[str | None, "年度，如 2022"] = None
    amount: Amount
    span: Span
    section: str | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    evidence: Evidence = SURE


class Fund(Record):
    """One printed row of a money block (资金栏) or of a 资金使用表."""

    id: str
    table: str
    scope: str
    item: Cell | None
    initial: Annotated[Cell | None, "年初预算数"] = None
    annual: Annotated[Cell | None, "全年预算数"] = None
    executed: Annotated[Cell | None, "全年执行数"] = None
    points: Annotated[Cell | None, "分值"] = None
    rate: Annotated[Cell | None, "执行率"] = None
    score: Annotated[Cell | None, "得分"] = None


class Indicator(Record):
    """One printed indicator row; inherited 一级/二级 cells repeat on every row they cover."""

    id: str
    table: str
    scope: str
    level1: Annotated[Cell | None, "一级指标"] = None
    level1_points: Annotated[Number | None, "一级指标格内标注的分值"] = None
    level2: Annotated[Cell | None, "二级指标"] = None
    level3: Annotated[Cell | None, "三级指标"] = None
    target: Annotated[Cell | None, "年度指标值"] = None
    actual: Annotated[Cell | None, "实际完成值"] = None
    points: Annotated[Cell | None, "分值"] = None
    score: Annotated[Cell | None, "得分"] = None
    reason: Annotated[Cell | None, "偏差原因分析及改进措施"] = None


class BaseCell(Record):
    """A value of a 基础数据表 row under its column."""

    column: str | None
    stage: Stage
    period: str | None = None
    metric: str = "other"
    cell: Cell


class BaseRow(Record):
    """One printed row of a 基础数据表."""

    id: str
    table: str
    item: Cell
    metric: str
    cells: tuple[BaseCell, ...]


class Project(Record):
    """A project: from the head of its own form, or a row of a 项目汇总表."""

    id: str
    name: Cell
    department: Annotated[Cell | None, "主管部门"] = None
    implementing_unit: Annotated[Cell | None, "实施单位"] = None
    initial: Cell | None = None
    annual: Cell | None = None
    executed: Cell | None = None
    goal_expected: Annotated[Cell | None, "预期目标"] = None
    goal_actual: Annotated[Cell | None, "实际完成情况"] = None
    total_points: Cell | None = None
    total_score: Cell | None = None
    grade: Cell | None = None
    tables: tuple[str, ...] = ()


class Profile(Record):
    """The weight scheme that applies, and how we know."""

    id: str
    source: Literal["stated", "inferred", "default"]
    span: Span | None = None


class Report(Record):
    """All that was read from one report."""

    unit_name: Annotated[Cell | None, "填报单位"] = None
    fiscal_year: Annotated[int | None, "评价年度"] = None
    fiscal_year_span: Span | None = None
    report_date: str | None = None
    report_date_span: Span | None = None
    kind: Kind = "unknown"
    profile: Profile = Profile(id="unknown", source="default")
    total_score: Cell | None = None
    grade: Cell | None = None
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    funds: tuple[Fund, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    base_data: tuple[BaseRow, ...] = ()
    projects: tuple[Project, ...] = ()
