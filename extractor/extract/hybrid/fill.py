"""The llm engine's report where the model failed: what the rules read of the failed chunks, under the rules' own name."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.records import replace
from extractor.review import ChunkStatus
from extractor.schema import Figure, Report

_HEAD = (
    "unit_name",
    "fiscal_year",
    "fiscal_year_span",
    "report_date",
    "report_date_span",
    "total_score",
    "grade",
)


def filled(report: Report, rules: Report, failed: Sequence[ChunkStatus]) -> Report:
    """`report` with the rules' readings of every failed chunk; ids run on, so that none is used twice."""
    kinds = [chunk.id.partition(":") for chunk in failed]
    tables = {where for kind, _, where in kinds if kind == "columns"}
    ranges = [tuple(map(int, where.split("-"))) for kind, _, where in kinds if where and kind != "columns"]
    if any(kind == "head" for kind, _, _ in kinds):
        report = replace(report, kind=rules.kind, **{name: getattr(rules, name) for name in _HEAD})
    if tables:
        report = replace(
            report,
            indicators=_joined(report.indicators, rules.indicators, tables),
            funds=_joined(report.funds, rules.funds, tables),
            base_data=_joined(report.base_data, rules.base_data, tables),
            projects=(*report.projects, *(p for p in rules.projects if tables.intersection(p.tables))),
        )
    figures = [*report.figures, *(f for f in rules.figures if _failed(f, tables, ranges))]
    figures.sort(key=lambda figure: (figure.span.start, figure.span.end))
    return replace(report, figures=tuple(replace(f, id=f"q{n}") for n, f in enumerate(figures, 1)))


def _joined(own: Sequence[object], rules: Sequence[object], tables: set[str]) -> tuple[object, ...]:
    return (*own, *(row for row in rules if getattr(row, "table", None) in tables))


def _failed(figure: Figure, tables: set[str], ranges: Sequence[tuple[int, ...]]) -> bool:
    if figure.table is not None:
        return figure.table in tables
    return any(start <= figure.span.start < end for start, end in ranges)
