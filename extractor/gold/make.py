"""A gold file filled in from a review, for a person to correct."""

from __future__ import annotations

from typing import Any

from extractor.amounts import is_money
from extractor.amounts import plain as printed
from extractor.document import Span, slices
from extractor.gold.shape import FUND, INDICATOR, PROJECT, VERSION
from extractor.records import Record
from extractor.review import Review
from extractor.schema import Cell, Figure, Report

_TOLD = (
    "请逐项与原文核对后修改：raw 是原文打印的字，start、end 是它在原文中的位置（字数，自 0 起）。",
    "手工添加的值可以不写位置：这些字在原文中只出现一次时写 {\"raw\": \"58.30\"}，否则加 \"quote\"，抄一段包含它的原文。",
    "null 表示表中没有这一栏，{\"raw\": \"\"} 表示该格空白；多读的行整段删去，漏读的行照样补上。",
    "findings 列出审核应提出的意见：不该提的删去，漏提的补上；complete 为 true 表示除此之外不应再有 P0、P1 意见。",
    "改完运行 extractor gold check 本文件；再用 python -m eval --cases 文件夹 考核。",
)  # fmt: skip
_SINGLE = {"score": "score", "total_score": "score", "grade": "grade"}


def make(review: Review) -> dict[str, Any]:
    """The gold that says of a report just what `review` read in it."""
    text, report = review.document.text, review.report
    return {
        "说明": list(_TOLD),
        "gold": VERSION,
        "file": review.document.file_name,
        "sha256": review.document.sha256,
        "characters": review.document.characters,
        "head": _head(text, report),
        "tables": [
            {
                "id": table.id,
                "kind": table.kind,
                "scope": table.scope,
                "start": table.span.start,
                "end": table.span.end,
            }
            for table in report.tables
        ],
        "indicators": [
            {
                "table": row.table,
                "scope": row.scope,
                "level1_points": None if row.level1_points is None else printed(row.level1_points),
                **_cells(text, row, INDICATOR),
            }
            for row in report.indicators
        ],
        "funds": [
            {"table": row.table, "scope": row.scope, **_cells(text, row, FUND)} for row in report.funds
        ],
        "base_data": [
            {
                "table": row.table,
                "item": _value(text, row.item),
                "cells": [
                    {
                        "column": each.column,
                        "stage": each.stage,
                        "period": each.period,
                        "cell": _value(text, each.cell),
                    }
                    for each in row.cells
                ],
            }
            for row in report.base_data
        ],
        "projects": [_cells(text, row, PROJECT) for row in report.projects],
        "figures": [_figure(text, figure) for figure in report.figures],
        "findings": _findings(review),
    }


def _findings(review: Review) -> dict[str, Any]:
    return {
        "complete": True,
        "clean": not any(note.severity in ("P0", "P1") for note in review.notes),
        "must_fire": [
            {"code": note.code, "severity": note.severity, "why": note.comment}
            for note in review.notes
            if note.severity != "I"
        ],
        "must_not_fire": [],
    }


def _head(text: str, report: Report) -> dict[str, Any]:
    head: dict[str, Any] = {
        key: _value(text, getattr(report, key)) for key in ("unit_name", "total_score", "grade")
    }
    head |= {
        "fiscal_year": report.fiscal_year,
        "fiscal_year_span": _place(text, report.fiscal_year_span),
        "report_date": report.report_date,
        "report_date_span": _place(text, report.report_date_span),
        "kind": report.kind,
    }
    return head


def _cells(text: str, row: Record, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: _value(text, getattr(row, key)) for key in keys}


def _value(text: str, cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return _place(text, cell.span) if cell.raw.strip() else {"raw": ""}


def _place(text: str, span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    value: dict[str, Any] = {"raw": slices(text, span), "start": span.start, "end": span.end}
    if span.parts is not None:
        value["parts"] = [[part.start, part.end] for part in span.parts]
    return value


def _figure(text: str, figure: Figure) -> dict[str, Any]:
    return {
        "metric": figure.metric,
        "label": figure.label,
        "scope": figure.scope,
        "stage": figure.stage,
        "period": figure.period,
        "class": _class(figure),
        "table": figure.table is not None,
        "span": _place(text, figure.span),
    }


def _class(figure: Figure) -> str:
    """What kind of figure it is; what has no metric is only counted."""
    if figure.metric == "other":
        return "other"
    if figure.metric.startswith("staff_") and figure.stage != "rate":
        return "staff"
    if figure.metric in _SINGLE or figure.stage == "score":
        return _SINGLE.get(figure.metric, "score")
    if is_money(figure.amount.unit):
        return "money"
    return "rate" if figure.amount.unit in ("%", "‰") else "count"
