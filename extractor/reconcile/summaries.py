"""XDC-05: a row of the 项目汇总表 against the project's own form, within one report."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from extractor.cellkinds import read_cell
from extractor.document import Table, TableCell
from extractor.findings import Check
from extractor.identities import check_equal
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import paired, readable
from extractor.reconcile.values import Value, comparable, in_unit, shared_digits
from extractor.schema import OVERALL, Cell

Column = Literal["annual", "executed", "total_score"]
_ROLES: tuple[tuple[Column, str], ...] = (
    ("annual", "全年预算数"),
    ("executed", "全年执行数"),
    ("total_score", "自评得分"),
)
_TEN = Decimal(10)


@check("XDC-05", "汇总表与项目表", "P0", "没有同时列入汇总表和自评表的项目")
def summary_against_forms(case: Case) -> Iterator[Check]:
    """Budget, spending and score of a project in the list are those of its form, scores on one scale."""
    for table in case.report.tables:
        if table.kind == "project_summary":
            own = [form for form in case.forms if form.scope != OVERALL]
            rows = [(form, row) for form in own if (row := _row(table, form.scope)) is not None]
            if rows:
                yield from _compared(case, table, rows)


def _compared(case: Case, table: Table, rows: list[tuple[Form, int]]) -> Iterator[Check]:
    columns = _columns(case, table)
    wrong: list[tuple[Value, Value]] = []
    agreed = broken = 0
    for form, row in rows:
        if not _whole_row(table, row):
            broken += 1
            continue
        for one, other in _pairs(case, table, columns, row, form):
            if comparable((one, other)):
                outcome = check_equal(in_unit(one, other.unit), other.number, shared_digits(one, other))
                agreed += outcome.agreement != "fail"
                wrong += [(one, other)] if outcome.agreement == "fail" else []
    if wrong:
        one, other = wrong[0]
        yield line("XDC-05", "fail", paired(wrong), difference=abs(in_unit(one, other.unit) - other.number))
    elif broken:
        yield unverified("XDC-05", f"汇总表{broken}行的列未能完整读出，请对照原表")
    elif agreed:
        yield passed("XDC-05", f"{agreed}项与项目自评表一致")


def _whole_row(table: Table, row: int) -> bool:
    """Whether a row reaches the last column of the head and no piece of it stands in a row of its own."""
    filled: dict[int, list[int]] = defaultdict(list)
    for cell in table.cells:
        if cell.text:
            filled[cell.row].append(cell.col)
    last = max(cell.col + cell.colspan for cell in table.cells) - 1
    after = filled.get(row + 1, [])
    return last in filled[row] and (len(after) != 1 or after[0] == 0)


def _columns(case: Case, table: Table) -> dict[Column, int]:
    """The column of each role: where the rows that were read from this table have it."""
    grid = sorted((cell.span.start, cell.span.end, cell.col) for cell in table.cells)
    starts = [start for start, _, _ in grid]
    places: dict[Column, Counter[int]] = {role: Counter() for role, _ in _ROLES}
    for project in case.report.projects:
        for role, counted in places.items():
            own: Cell | None = getattr(project, role)
            at = -1 if own is None else bisect_right(starts, own.span.start) - 1
            if own is not None and at >= 0 and own.span.end <= grid[at][1]:
                counted[grid[at][2]] += 1
    found = {role: counted.most_common(1)[0][0] for role, counted in places.items() if counted}
    last = _score_last(table)
    if last is not None:
        found.setdefault("total_score", last)
    return found


def _score_last(table: Table) -> int | None:
    """The last column of the rows, where the head ends in 得分: every score may have been read from the projects' own forms."""
    head = [cell for cell in table.cells if cell.row == 0 and cell.text]
    if not head or "得分" not in max(head, key=lambda cell: cell.col).text:
        return None
    return max(cell.col for cell in table.cells)


def _row(table: Table, scope: str) -> int | None:
    rows = [cell.row for cell in table.cells if bare_name(cell.text) == bare_name(scope)]
    return rows[0] if len(rows) == 1 else None


def _pairs(
    case: Case, table: Table, columns: dict[Column, int], row: int, form: Form
) -> Iterator[tuple[Value, Value]]:
    """What the list and the form print for one project, role by role."""
    for role, name in _ROLES:
        cell = next((c for c in table.cells if c.row == row and c.col == columns.get(role, -1)), None)
        unit = None if role == "total_score" else case.unit_of(table.id)
        listed = None if cell is None else _value(cell, f"“{form.scope}”汇总表{name}", unit)
        own = _own(form, role, name)
        if (
            listed is not None
            and own is not None
            and not (role == "total_score" and _other_scale(listed, own))
        ):
            yield listed, own


def _value(cell: TableCell, role: str, unit: str | None) -> Value | None:
    reading = read_cell(cell.text)
    if reading.kind != "num" or reading.value is None:
        return None
    return Value(cell.id, reading.value, unit or reading.unit, role, (cell.span,), source=cell.text)


def _own(form: Form, role: Column, name: str) -> Value | None:
    """What the form itself prints: never a value that was taken from the list."""
    if role == "total_score":
        return None if form.total_score is None else form.total_score.named(f"自评表{name}")
    cell = (
        None
        if form.total_row is None
        else form.total_row.annual
        if role == "annual"
        else form.total_row.executed
    )
    return form.money(cell, f"自评表{name}") if readable(cell) else None


def _other_scale(listed: Value, own: Value) -> bool:
    """Whether a column of scores is the execution's ten points, or out of ten (CHECKS 0.5)."""
    return listed.number <= _TEN < own.number or own.number <= _TEN < listed.number
