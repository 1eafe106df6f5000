"""The llm engine's report where no answer covers the text: what the rules read there, under the rules' own name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from extractor.extract.llm.withheld import Withheld
from extractor.records import replace
from extractor.review import ChunkStatus
from extractor.schema import BaseCell, BaseRow, Cell, Figure, Fund, Indicator, Project, Report

_HEAD = ("unit_name", "fiscal_year", "report_date", "total_score", "grade")
Row = TypeVar("Row", Indicator, Fund, BaseRow, Project)
Ranges = tuple[tuple[int, int], ...]


class Answered(NamedTuple):
    """What the model has read: tables by id and the ranges of prose; `failed` are tables without a grid that it could not read."""

    head: bool
    tables: frozenset[str]
    figures: Ranges
    runs: Ranges
    failed: Ranges
    hidden: Withheld

    def has_figure(self, figure: Figure) -> bool:
        """Whether an answer covers the place of a figure."""
        if figure.table is not None:
            return figure.table in self.tables
        start, end = figure.span.start, figure.span.end
        return not self.hidden.hides(start, end) and _within(start, self.figures)

    def has_row(self, row: Indicator | Fund | BaseRow | Project) -> bool:
        """Whether an answer covers all of a row."""
        named = row.tables if isinstance(row, Project) else (row.table,) if row.table else ()
        if named:
            return self.tables.issuperset(named)
        at = _start(row)
        if self.hidden.hides(at, at + 1) or _within(at, self.failed):
            return False
        return _within(at, self.runs) or _within(at, self.figures)


def filled(report: Report, rules: Report, chunks: Sequence[ChunkStatus], hidden: Withheld) -> Report:
    """`report` with the rules' readings of all that failed, is secret or was never asked; figures are numbered anew."""
    answered = _answered(chunks, hidden)
    own = list(_cells(report))
    more = [project for project in rules.projects if not answered.has_row(project)]
    merged = {project.name.text for project in more}  # by the rules, with what other tables say of them
    added = replace(
        _headed(report, rules, answered),
        profile=rules.profile,
        indicators=_joined("i", report.indicators, rules.indicators, answered),
        funds=_joined("f", report.funds, rules.funds, answered),
        base_data=_joined("b", report.base_data, rules.base_data, answered),
        projects=_joined("p", [p for p in report.projects if p.name.text not in merged], more, answered),
    )
    given = {(cell.span.start, cell.span.end) for cell in own}
    others = [cell for cell in _cells(added) if (cell.span.start, cell.span.end) not in given]
    figures = [figure for figure in report.figures if not _inside(figure, others)]
    figures += [f for f in rules.figures if not answered.has_figure(f) and not _inside(f, own)]
    figures.sort(key=lambda figure: (figure.span.start, figure.span.end))
    return replace(added, figures=tuple(replace(f, id=f"q{n}") for n, f in enumerate(figures, 1)))


def _answered(chunks: Sequence[ChunkStatus], hidden: Withheld) -> Answered:
    told = [(*chunk.id.partition(":")[::2], chunk.status) for chunk in chunks]

    def ranges(status: str, *kinds: str) -> Ranges:
        found = [where.split("-") for kind, where, was in told if kind in kinds and was == status]
        return tuple((int(start), int(end)) for start, end in found)

    tables = frozenset(where for kind, where, was in told if kind == "columns" and was == "done")
    return Answered(
        ("head", "", "done") in told,
        tables,
        ranges("done", "figures"),
        ranges("done", "rows", "verbatim"),
        ranges("failed", "rows", "verbatim"),
        hidden,
    )


def _headed(report: Report, rules: Report, answered: Answered) -> Report:
    """The head with the rules' parts where the model was not asked, or could not be shown them."""
    changes: dict[str, Any] = {}
    for name in _HEAD:
        value = getattr(rules, name)
        span = getattr(value, "span", None) or getattr(rules, f"{name}_span", None)
        secret = span is not None and answered.hidden.hides(span.start, span.end)
        if getattr(report, name) is None and value is not None and (secret or not answered.head):
            changes[name] = value
            if hasattr(rules, f"{name}_span"):
                changes[f"{name}_span"] = span
    if report.kind == "unknown" and not answered.head:
        changes["kind"] = rules.kind
    return replace(report, **changes)


def _joined(letter: str, own: Sequence[Row], rules: Sequence[Row], answered: Answered) -> tuple[Row, ...]:
    """The model's rows and the rules' rows that no answer covers, as printed; the latter's numbers go on from the former's."""
    places = {(cell.span.start, cell.span.end) for row in own for cell in _row_cells(row) if cell.raw}
    more: list[Row] = [
        row
        for row in rules
        if not answered.has_row(row)
        and not any((cell.span.start, cell.span.end) in places for cell in _row_cells(row) if cell.raw)
    ]
    if not own or not more:
        return tuple(own or more)
    last: int = max(int(row.id[1:]) for row in own)
    rows: list[Row] = list(own)
    rows += [_moved(letter, row, last) for row in more]
    if letter != "p":
        rows.sort(key=_start)
    return tuple(rows)


def _moved(letter: str, row: Row, by: int) -> Row:
    """The row with `by` added to its number and those of its cells."""

    def moved(known: str) -> str:
        number, dot, rest = known.removeprefix(letter).partition(".")
        return f"{letter}{int(number) + by}{dot}{rest}"

    changes: dict[str, Any] = {"id": moved(row.id)}
    for name, value in vars(row).items():
        if isinstance(value, Cell):
            changes[name] = replace(value, id=moved(value.id))
    if isinstance(row, BaseRow):
        changes["cells"] = tuple(replace(c, cell=replace(c.cell, id=moved(c.cell.id))) for c in row.cells)
    return replace(row, **changes)


def _row_cells(row: Indicator | Fund | BaseRow | Project) -> Iterator[Cell]:
    for value in vars(row).values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Cell):
                yield each
            elif isinstance(each, BaseCell):
                yield each.cell


def _cells(report: Report) -> Iterator[Cell]:
    for rows in (report.indicators, report.funds, report.base_data, report.projects):
        for row in rows:
            yield from (cell for cell in _row_cells(row) if cell.raw)


def _start(row: Indicator | Fund | BaseRow | Project) -> int:
    return min((cell.span.start for cell in _row_cells(row) if cell.raw), default=0)


def _within(at: int, ranges: Ranges) -> bool:
    return any(start <= at < end for start, end in ranges)


def _inside(figure: Figure, cells: Sequence[Cell]) -> bool:
    """Whether a figure of the prose is a value of a row."""
    return figure.table is None and any(c.span.start <= figure.span.start < c.span.end for c in cells)
