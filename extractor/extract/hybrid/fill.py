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


def filled(report: Report, rules: Report, chunks: Sequence[ChunkStatus]) -> Report:
    """`report` with the rules' readings of all that no answer covers; figures are numbered anew."""
    kinds = [chunk.id.partition(":") for chunk in chunks if chunk.status == "failed"]
    tables = {where for kind, _, where in kinds if kind == "columns"}
    told = [
        chunk.id.partition(":")[2]
        for chunk in chunks
        if chunk.status == "done" and chunk.id.startswith("figures:")
    ]
    ranges = [tuple(map(int, where.split("-"))) for where in told]
    prose = any(kind == "figures" for kind, _, _ in kinds)
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
    figures = [*report.figures, *(f for f in rules.figures if _unread(f, tables, ranges, prose))]
    figures.sort(key=lambda figure: (figure.span.start, figure.span.end))
    return replace(report, figures=tuple(replace(f, id=f"q{n}") for n, f in enumerate(figures, 1)))


def _joined(own: Sequence[object], rules: Sequence[object], tables: set[str]) -> tuple[object, ...]:
    return (*own, *(row for row in rules if getattr(row, "table", None) in tables))


def _unread(figure: Figure, tables: set[str], ranges: Sequence[tuple[int, ...]], prose: bool) -> bool:
    if figure.table is not None:
        return figure.table in tables
    return prose and not any(start <= figure.span.start < end for start, end in ranges)
