"""SUM-11, SUM-15: the closing row and the rows of a list of money, each in its own column or line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.document import Table
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.lists import project_rows, project_totals
from extractor.reconcile.registry import check, passed, unverified
from extractor.reconcile.rows import text_of
from extractor.reconcile.sums import added
from extractor.reconcile.values import Value, number_of, of_cell
from extractor.reconcile.views import steady
from extractor.records import replace
from extractor.schema import Cell, Figure, Fund, Project, Stage

_TOTAL = lazy(r"合计|总计|^总[额和]$")
_CHANGED = lazy(r"追加|追减|年中调整|预算调整")
_INNER = lazy(r"小计|其中|^[-—]")
# Wrong rows as many as one in so many are a column misread rather than so many slips.
_FEW = 3
_COLUMNS = (("initial", "年初预算数"), ("annual", "预算数"), ("executed", "执行数"))

_STAGES: tuple[tuple[Stage, str, str], ...] = (
    ("budget_initial", "initial", "年初预算数"), ("budget_annual", "annual", "全年预算数"), ("exec", "executed", "全年执行数"),
)  # fmt: skip


@check("SUM-11", "金额合计行=各行", "P0", "没有带合计行的资金使用表")
def closing_row(case: Case) -> Iterator[Check]:
    """The closing row of a 资金使用表 is the sum of the rows above it; rows lost in reading cannot make it P0."""
    for table in case.report.tables:
        if table.kind != "fund_use":
            continue
        unit = case.unit_of(table.id)
        rows = [fund for fund in case.report.funds if fund.table == table.id]
        totals = [fund for fund in rows if _TOTAL.search(text_of(fund.item))]
        others = [fund for fund in rows if not _TOTAL.search(text_of(fund.item))]
        if len(totals) != 1 or len(others) < 2:
            continue
        for name, role in _COLUMNS:
            yield from _column(case, totals[0], others, name, role, unit)
    yield from _closing_of_lists(case)


def _closing_of_lists(case: Case) -> Iterator[Check]:
    """The closing row of a 项目汇总表: one column that its rows deny, where they bear out the others; graver with a sentence's total."""
    for table in case.report.tables:
        if table.kind != "project_summary":
            continue
        found = [each for stage in _STAGES if (each := _closing(case, table, *stage)) is not None]
        wrong = [each for each in found if each[0].status == "fail"]
        yield from (result for result, _ in found if result.status != "fail")
        sums = [result.computed for result, _ in found if result.status != "fail"]
        if len(wrong) == 1 and len(found) == len(_STAGES):
            result, borne = wrong[0]
            if result.reported in sums:  # the sum of the next column: the closing row has lost a cell
                continue
            if result.cause != "document":
                yield unverified("SUM-11", "有读数存疑的金额")
            elif borne:
                yield replace(result, severity="P1", reason="各行合计与正文总额相等")
            else:
                yield replace(result, severity="P2", reason="同表其他列各行合计均与合计行相等")


def _closing(case: Case, table: Table, stage: Stage, name: str, role: str) -> tuple[Check, bool] | None:
    """One column against its closing row, and whether a sentence gives the sum of the rows."""
    rows, unit = project_rows(case, table), case.unit_of(table.id)
    totals = project_totals(case, stage)
    closing = [f for f in totals if f.table == table.id]
    total = case.value_of(closing[0], f"合计行{role}") if len(closing) == 1 else None
    parts = [v for row in rows if (v := of_cell(getattr(row, name), row.name.text[:20], unit)) is not None]
    if total is None or len(parts) != len(rows) or len(parts) < 2:
        return None
    result = added(case, "SUM-11", parts, total)
    told = [v for f in totals if f.table is None and (v := case.value_of(f, role)) is not None]
    borne = result.status == "fail" and any(
        added(case, "SUM-11", parts, value).status == "pass" for value in told
    )
    return result, borne


def _column(
    case: Case, closing: Fund, rows: Sequence[Fund], name: str, role: str, unit: str | None
) -> Iterator[Check]:
    total = of_cell(getattr(closing, name), f"合计行{role}", unit)
    cells = [(fund, getattr(fund, name)) for fund in rows]
    if total is None or any(_unread(cell) for _, cell in cells):
        return
    parts = [
        (fund, value)
        for fund, cell in cells
        if (value := of_cell(cell, text_of(fund.item)[:20], unit)) is not None
    ]
    if len(parts) < 2:
        return
    every = [value for _, value in parts]
    outer = [value for fund, value in parts if not _INNER.search(text_of(fund.item))]
    results = [added(case, "SUM-11", values, total) for values in (every, outer) if values]
    agreeing = next((result for result in results if result.status != "fail"), None)
    if agreeing is not None:
        yield agreeing
    elif results[0].cause == "extraction":
        yield unverified("SUM-11", "有读数存疑的金额", {"total": total})
    elif len(outer) < len(every):
        yield unverified("SUM-11", "表内有小计或其中行，层级不明", {"total": total})
    else:
        short = results[0].computed is not None and results[0].computed < total.number
        reason = "表内可能有未读到的行" if short else None
        yield added(case, "SUM-11", every, total, severity="P1" if short else None, reason=reason)


def _unread(cell: Cell | None) -> bool:
    return cell is not None and number_of(cell) is None and cell.kind not in ("blank", "na")


@check("SUM-15", "行内小计=年初预算+追加", "P1", "没有列出追加数的项目行")
def rows_add_up(case: Case) -> Iterator[Check]:
    """全年预算数 of every row of a 项目汇总表 is its 年初预算数 and its 追加数, a blank one counting 0."""
    for table in case.report.tables:
        if table.kind != "project_summary":
            continue
        unit, agreed = case.unit_of(table.id), 0
        changes, wrong = _changes(case, table.id), []
        for project in project_rows(case, table):
            change = changes.get(bare_name(project.name.text))
            result = _row(case, project, change, table.id, unit)
            if result is None and not change and (changes or _CHANGED.search(case.table_text(table.id))):
                result = _unchanged(case, project, table.id, unit)
            if result is not None and result.status != "fail":
                agreed += 1
            elif result is not None:
                wrong.append(result)
        if len(wrong) > 1 and len(wrong) * _FEW >= agreed + len(wrong):
            yield unverified("SUM-15", f"{len(wrong)}行不等，列位可能读错")
        else:
            yield from wrong
        if agreed:
            yield passed("SUM-15", f"{agreed}行小计与年初、追加合计一致")


def _changes(case: Case, table: str) -> dict[str, list[Figure]]:
    """追加数 of the rows of a list, by the bare name of the project."""
    out: dict[str, list[Figure]] = {}
    for figure in case.report.figures:
        if figure.table == table and figure.metric == "budget_adjust" and figure.stage == "adjust":
            out.setdefault(bare_name(figure.scope), []).append(figure)
    return out


def _row(
    case: Case, project: Project, changes: list[Figure] | None, table: str, unit: str | None
) -> Check | None:
    if project.initial is None or project.annual is None or not _inside(case, project, table):
        return None
    name = project.name.text[:20]
    initial = of_cell(project.initial, f"“{name}”年初预算数", unit)
    annual = of_cell(project.annual, f"“{name}”全年预算数", unit)
    if initial is None or annual is None or (changes is not None and len(changes) > 1):
        return None
    change = case.value_of(changes[0], "年中追加数") if changes else None
    if change is None and (changes or initial.number != annual.number):
        return None
    parts: list[Value] = [initial] if change is None else [initial, change]
    broken = (
        change is not None and initial.source + change.source == annual.source
    )  # one number in two pieces
    if broken or not steady((*parts, annual)):
        return None
    return added(case, "SUM-15", parts, annual)


def _unchanged(case: Case, project: Project, table: str, unit: str | None) -> Check | None:
    """A row whose 追加数 is blank although its budget changed and the list has a column for it: P2, for the cell may be unread."""
    if project.initial is None or project.annual is None or not _inside(case, project, table):
        return None
    name = project.name.text[:20]
    initial = of_cell(project.initial, f"“{name}”年初预算数", unit)
    annual = of_cell(project.annual, f"“{name}”全年预算数", unit)
    if initial is None or annual is None or not steady((initial, annual)):
        return None
    between = case.document.text[project.initial.span.end : project.annual.span.start]
    if any(character.isdigit() for character in between):
        return None
    return added(case, "SUM-15", [initial], annual, severity="P2", reason="追加数一栏未填")


def _inside(case: Case, project: Project, table: str) -> bool:
    """Whether both cells stand in the list itself, not in the project's own form."""
    span = case.tables[table].span
    return all(
        cell is not None and span.start <= cell.span.start < span.end
        for cell in (project.initial, project.annual)
    )
