"""基础数据表: every printed row with its columns, their stage and year."""

from __future__ import annotations

from typing import NamedTuple

from extractor.document import Document
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.table_metrics import metric_of
from extractor.patterns import lazy
from extractor.schema import BaseCell, BaseRow, Stage
from extractor.segment.align import Column
from extractor.segment.atoms import BLANK, NUM, PCT, TEXT, Atom
from extractor.segment.forms import Block, Form, Row
from extractor.segment.grids import cell_text

_YEAR = lazy(r"(?:19|20)\d{2}")
_UNIT = lazy(r"\(((?:万|亿)?元)\)")
_WORDS = lazy(r"措施|情况说明|说明$")
_STAGES: dict[str, Stage] = {
    "quota": "quota", "on_duty": "on_duty", "headcount": "headcount", "retired": "retired", "rate": "rate",
    "prev_final": "prev_final", "budget_initial": "budget_initial", "initial": "budget_initial", "annual": "budget_initial",
    "exec": "exec", "executed": "exec", "adjust": "adjust",
}  # fmt: skip
_COLUMN_METRICS = {
    "quota": "staff_quota",
    "on_duty": "staff_on_duty",
    "headcount": "staff_total",
    "retired": "staff_retired",
    "rate": "staff_control_rate",
}


_STAFF = ("quota", "on_duty", "headcount", "retired")
_MONEY = ("prev_final", "budget_initial", "exec", "initial", "annual", "executed")


class _Head(NamedTuple):
    """What the head of a column says of every cell below it."""

    text: str | None
    stage: Stage
    period: str | None
    metric: str
    unit: str | None


def read_base(
    document: Document, form: Form, table: str, first: int, fiscal_year: int | None
) -> list[BaseRow]:
    """The rows of every 基础数据 block of a form, ids counted from `first`."""
    out: list[BaseRow] = []
    for block in form.blocks:
        if block.kind != "base":
            continue
        stages = _stages(block.columns, fiscal_year)
        at = block.index("item")
        label = block.columns[at].head if at is not None else None
        unit = _unit_in(label) or form.unit
        heads = [
            _head(document, unit, column, *stage) for column, stage in zip(block.columns, stages, strict=True)
        ]
        for row in block.rows:
            found = _row(document, block, row, heads, table, f"b{first + len(out)}")
            if found is not None:
                out.append(found)
    return out


def _stages(columns: tuple[Column, ...], fiscal_year: int | None) -> list[tuple[Stage, str | None]]:
    """Stage and period of each column: a 决算 of an earlier year than the newest column is last year's."""
    years = [int(m[0]) if c.head and (m := _YEAR.search(c.head.text)) else None for c in columns]
    newest = max((y for y in years if y), default=fiscal_year)
    out: list[tuple[Stage, str | None]] = []
    for column, year in zip(columns, years, strict=True):
        stage = _STAGES.get(column.role, "other")
        text = column.head.text if column.head else ""
        if year and newest and stage in ("exec", "prev_final", "budget_initial"):
            stage = (
                "prev_final"
                if year < newest and "预算" not in text
                else "budget_initial"
                if "预算" in text
                else "exec"
            )
        if stage == "other":
            stage = "rate" if "率" in text else "other"
        period = year or (newest - 1 if stage == "prev_final" and newest else newest)
        out.append((stage, str(period) if period else None))
    return out


def _unit_in(label: Atom | None) -> str | None:
    """The unit of money that a block's own label prints: 经费控制情况(元)."""
    match = _UNIT.search(label.text) if label is not None else None
    return match[1] if match is not None else None


def _head(document: Document, money: str | None, column: Column, stage: Stage, period: str | None) -> _Head:
    """The head of a column whose amounts are in `money`; only a head of its own, not a role, may name the metric."""
    text = cell_text("".join(document.text[a:b] for a, b in column.head.parts)) if column.head else None
    metric = _COLUMN_METRICS.get(column.role, "other")
    if metric == "other" and text and column.role == "other":
        metric = metric_of(text)
    unit = (
        "人" if column.role in _STAFF else _unit_in(column.head) or money if column.role in _MONEY else None
    )
    return _Head(text, stage, period, metric, unit)


def _row(
    document: Document,
    block: Block,
    row: Row,
    heads: list[_Head],
    table: str,
    row_id: str,
) -> BaseRow | None:
    at = block.index("item")
    label = row[at] if at is not None else None
    head = block.columns[at].head if at is not None else None
    item = label if label is not None and label.text else head
    if item is None or not item.kind & TEXT:
        return None
    others = [
        (i, a)
        for i, a in enumerate(row)
        if i != at and block.columns[i].role not in ("frame", "blank", "text")
    ]
    words = _WORDS.search(item.text) is not None
    filled = [a for _, a in others if a is not None and a.text]
    if words or (len(filled) == 1 and filled[0].kind & TEXT and not filled[0].kind & (NUM | PCT)):
        atom = filled[0] if filled else Atom("", ((item.end, item.end),), 0, BLANK)
        newest = heads[-1].period
        cells = [
            BaseCell(column=None, stage="other", period=newest, cell=cell_of(document, atom, f"{row_id}.c1"))
        ]
    else:
        cells = [
            _cell(document, heads[i], atom or Atom("", ((item.end, item.end),), 0, BLANK), f"{row_id}.c{i}")
            for i, atom in others
        ]
    metric = metric_of(item.text) if label is not None and label.text else "other"
    return BaseRow(
        id=row_id,
        table=table,
        item=cell_of(document, item, f"{row_id}.item"),
        metric=metric,
        cells=tuple(cells),
    )


def _cell(document: Document, head: _Head, atom: Atom, cell_id: str) -> BaseCell:
    return BaseCell(
        column=head.text,
        stage=head.stage,
        period=head.period,
        metric=head.metric,
        cell=cell_of(document, atom, cell_id, unit=head.unit),
    )
