"""What the rules left open: figures without a sure meaning, grids without a known head, tables without a grid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import Document, Passage
from extractor.extract.llm.blocks import Grid, grid_of
from extractor.extract.llm.choices import family_of
from extractor.extract.llm.pieces import Run, runs
from extractor.extract.llm.quantities import Marked, Quantity
from extractor.ground import cells_of
from extractor.schema import Figure, Report
from extractor.segment import Layout


class Open(NamedTuple):
    """Everything that goes to the model: `figures` by the number of the quantity that stands for each."""

    marked: Marked
    figures: dict[int, Figure]
    grids: tuple[tuple[Grid, str | None], ...]
    runs: tuple[Run, ...]


def left_open(document: Document, layout: Layout, report: Report) -> Open:
    """What of a document the rules have read without being sure, or not at all."""
    grids, taken = _grids(layout, report), _taken(report)
    unread = tuple(
        run for run in runs(document, layout.passages) if not any(run.start <= at < run.end for at in taken)
    )
    asked = {int(f.id[1:]): f for f in report.figures if _is_open(f, unread)}
    marked = _marked(layout.passages, asked)
    kept = {quantity.number: asked[quantity.number] for quantity in marked.quantities}
    return Open(marked, kept, grids, unread)


def _is_open(figure: Figure, unread: Sequence[Run]) -> bool:
    """A figure of the prose that some metric could be, which the rules were not sure of, outside tables to be read as such."""
    if figure.table is not None or figure.evidence.certain or figure.amount.value is None:
        return False
    if any(run.start <= figure.span.start < run.end for run in unread):
        return False
    found = family_of(figure.amount.unit)
    return found is not None and (found != "count" or figure.metric != "other")


def _grids(layout: Layout, report: Report) -> tuple[tuple[Grid, str | None], ...]:
    """The recovered tables of which no list and no figure holds anything."""
    used = {row.table for rows in (report.indicators, report.funds, report.base_data) for row in rows}
    used |= {table for project in report.projects for table in project.tables}
    used |= {figure.table for figure in report.figures if figure.table}
    found = []
    for form, table in zip(layout.forms, layout.tables, strict=True):
        if table.id not in used and (grid := grid_of(table)).blocks:
            found.append((grid, form.unit))
    return tuple(found)


def _taken(report: Report) -> tuple[int, ...]:
    """Where the cells that the rules read begin."""
    return tuple(cell.span.start for cell in cells_of(report) if cell.raw and not cell.id.startswith("head."))


def _marked(passages: Sequence[Passage], figures: dict[int, Figure]) -> Marked:
    """The open figures as quantities of their passages, each under its own number."""
    pieces = sorted(
        (source, index, at, length)
        for index, passage in enumerate(passages)
        for at, source, length in passage.pieces
    )
    out = []
    for number, figure in figures.items():
        where = bisect_right(pieces, (figure.span.start, len(passages))) - 1
        if where < 0:
            continue
        source, index, at, length = pieces[where]
        found = family_of(figure.amount.unit)
        if found is None or figure.span.start >= source + length:
            continue
        start = at + figure.span.start - source
        out.append(
            Quantity(
                number, found, figure.amount, figure.label, figure.span, figure.section, index, start,
                start + len(figure.amount.raw),
            )
        )  # fmt: skip
    return Marked(tuple(out), passages)
