"""Every cell of a report, to look at and to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from extractor.records import Record, replace
from extractor.schema import Cell, Report

R = TypeVar("R", bound=Record)


def cells_of(report: Report) -> Iterator[Cell]:
    """Every Cell of a report, in the order of the contract."""
    for head in (report.unit_name, report.total_score, report.grade):
        if head is not None:
            yield head
    for group in (report.funds, report.indicators, report.projects):
        for record in group:
            yield from [value for value in vars(record).values() if value.__class__ is Cell]
    for row in report.base_data:
        yield row.item
        yield from [cell.cell for cell in row.cells]


def with_cells(report: Report, change: Callable[[Cell], Cell]) -> Report:
    """The report with `change` made to every Cell of it."""

    def mend(record: R) -> R:
        update = {
            k: new for k, v in vars(record).items() if isinstance(v, Cell) and (new := change(v)) is not v
        }
        return replace(record, **update) if update else record

    rows = tuple(
        replace(
            mend(row),
            cells=tuple(
                cell if (new := change(cell.cell)) is cell.cell else replace(cell, cell=new)
                for cell in row.cells
            ),
        )
        for row in report.base_data
    )
    return replace(
        mend(report),
        funds=tuple(mend(f) for f in report.funds),
        indicators=tuple(mend(i) for i in report.indicators),
        projects=tuple(mend(p) for p in report.projects),
        base_data=rows,
    )
