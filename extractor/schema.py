"""What extraction fills: the `report` part of the output contract, version 1."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from extractor.document import Frozen, Section, Span, Table

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


def plain(value: Decimal) -> str:
    """A decimal as a person writes it, never in exponent form."""
    return format(value, "f")


Number = Annotated[Decimal, PlainSerializer(plain, return_type=str, when_used="json")]


class Alternative(Frozen):
    """Another reading of a value."""

    raw: str
    value: Number | None = None
    span: Span
    engine: str


class Evidence(Frozen):
    """How a value was found and how far it may be trusted."""

    grounding: Grounding = Field(default="EXACT", description="原文定位方式")
    engine: str = "rules"
    confidence: float = Field(default=1.0, ge=0, le=1)
    certain: bool = Field(default=True, description="仅当原文逐字一致或恒等式成立")
    flags: tuple[Flag, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


SURE = Evidence()


class Cell(Frozen):
    """One printed cell: raw slices, cleaned text, and the number in it when it holds exactly one."""

    id: str
    raw: str = Field(description="原文切片")
    text: str = Field(description="NFKC 并去除版面空白")
    value: Number | None = Field(default=None, description="单元格中唯一的数，按打印单位")
    unit: str | None = None
    comparator: str | None = Field(default=None, description="≥ ≤ > < = 或 约 余 以上 等")
    kind: CellKind
    span: Span
    evidence: Evidence = SURE


class Amount(Frozen):
    """A printed quantity: `value` in `unit` as printed, `base_value` in 元 / 人 / %."""

    raw: str
    value: Number | None = Field(description="打印数值；等级等非数字为 null")
    unit: str | None
    decimals: int
    comparator: str | None = None
    base_value: Number | None = None


class Figure(Frozen):
    """A quantity of the prose, or of a table cell that no other list represents."""

    id: str
    metric: str = Field(description="指标词表 id，或 other")
    label: str = Field(description="原文称谓")
    scope: str = Field(default=OVERALL, description="整体，或项目名称")
    stage: Stage = "other"
    period: str | None = Field(default=None, description="年度，如 2022")
    amount: Amount
    span: Span
    section: str | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    evidence: Evidence = SURE


class Fund(Frozen):
    """One printed row of a money block (资金栏) or of a 资金使用表."""

    id: str
    table: str
    scope: str
    item: Cell | None
    initial: Cell | None = Field(default=None, description="年初预算数")
    annual: Cell | None = Field(default=None, description="全年预算数")
    executed: Cell | None = Field(default=None, description="全年执行数")
    points: Cell | None = Field(default=None, description="分值")
    rate: Cell | None = Field(default=None, description="执行率")
    score: Cell | None = Field(default=None, description="得分")


class Indicator(Frozen):
    """One printed indicator row; inherited 一级/二级 cells repeat on every row they cover."""

    id: str
    table: str
    scope: str
    level1: Cell | None = Field(default=None, description="一级指标")
    level1_points: Number | None = Field(default=None, description="一级指标格内标注的分值")
    level2: Cell | None = Field(default=None, description="二级指标")
    level3: Cell | None = Field(default=None, description="三级指标")
    target: Cell | None = Field(default=None, description="年度指标值")
    actual: Cell | None = Field(default=None, description="实际完成值")
    points: Cell | None = Field(default=None, description="分值")
    score: Cell | None = Field(default=None, description="得分")
    reason: Cell | None = Field(default=None, description="偏差原因分析及改进措施")


class BaseCell(Frozen):
    """A value of a 基础数据表 row under its column."""

    column: str | None
    stage: Stage
    period: str | None = None
    metric: str = "other"
    cell: Cell


class BaseRow(Frozen):
    """One printed row of a 基础数据表."""

    id: str
    table: str
    item: Cell
    metric: str
    cells: tuple[BaseCell, ...]


class Project(Frozen):
    """A project: from the head of its own form, or a row of a 项目汇总表."""

    id: str
    name: Cell
    department: Cell | None = Field(default=None, description="主管部门")
    implementing_unit: Cell | None = Field(default=None, description="实施单位")
    initial: Cell | None = None
    annual: Cell | None = None
    executed: Cell | None = None
    goal_expected: Cell | None = Field(default=None, description="预期目标")
    goal_actual: Cell | None = Field(default=None, description="实际完成情况")
    total_points: Cell | None = None
    total_score: Cell | None = None
    grade: Cell | None = None
    tables: tuple[str, ...] = ()


class Profile(Frozen):
    """The weight scheme that applies, and how we know."""

    id: str
    source: Literal["stated", "inferred", "default"]
    span: Span | None = None


class Report(Frozen):
    """All that was read from one report."""

    unit_name: Cell | None = Field(default=None, description="填报单位")
    fiscal_year: int | None = Field(default=None, description="评价年度")
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
