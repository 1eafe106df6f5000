"""The fields of a gold file, as data: what may stand where."""

from __future__ import annotations

from typing import get_args

from extractor.document import TableKind
from extractor.schema import Kind, Stage

VERSION = 1
SUFFIX = ".expected.json"  # of the file of 报告.docx: 报告.expected.json
HEAD_VALUES = ("unit_name", "total_score", "grade")
HEAD_MEANT = ("fiscal_year", "fiscal_year_span", "report_date", "report_date_span", "kind")
INDICATOR = ("level1", "level2", "level3", "target", "actual", "points", "score", "reason")
FUND = ("item", "initial", "annual", "executed", "points", "rate", "score")
PROJECT = (
    "name", "department", "implementing_unit", "initial", "annual", "executed", "goal_expected", "goal_actual",
    "total_points", "total_score", "grade",
)  # fmt: skip
NUMERIC = frozenset(
    {"points", "score", "initial", "annual", "executed", "rate", "total_points", "total_score"}
)
ROWS = {
    "indicators": (INDICATOR, ("table", "scope", "level1_points")),
    "funds": (FUND, ("table", "scope")),
    "projects": (PROJECT, ()),
}
FIGURE = ("metric", "label", "scope", "stage", "period", "class", "table", "span")
BASE, BASE_CELL = ("table", "item", "cells"), ("column", "stage", "period", "cell")
TOP = (
    "说明", "gold", "file", "sha256", "characters", "head", "tables", "indicators", "funds", "base_data", "projects",
    "figures", "findings", "extras",
)  # fmt: skip
TABLE, TABLE_KINDS = ("id", "kind", "scope", "start", "end"), get_args(TableKind)
VALUE = ("raw", "start", "end", "quote", "parts", "unreadable", "note")
FINDINGS = ("complete", "clean", "must_fire", "may_fire", "must_not_fire")
FINDING = ("code", "severity", "difference", "why")
STAGES, KINDS = get_args(Stage), get_args(Kind)
CLASSES = ("money", "staff", "rate", "score", "grade", "count", "other")
