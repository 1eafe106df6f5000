"""SUM over lists: the parts of a 基础数据表 block, the rows of a 项目汇总表, the projects a passage enumerates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractor.amounts import is_money
from extractor.document import Table, fold
from extractor.findings import Check, Severity
from extractor.patterns import lazy
from extractor.reconcile.basetable import (
    COLUMN_NAMES,
    COLUMNS,
    Block,
    cell_of,
    label_of,
    value_of,
)
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.doubt import shifted
from extractor.reconcile.integrity import UNSURE, broken_places
from extractor.reconcile.memo import per_case
from extractor.reconcile.registry import check, unverified
from extractor.reconcile.sums import added, blank_total
from extractor.reconcile.values import Value, joined, number_of, of_cell
from extractor.schema import OVERALL, Figure, Project, Stage

_TWICE = Decimal(2)
_MOST_TOTALS = 3
PROJECT_LEAD = lazy(r"项目(?:支出|经费|资金)|专项|涉及.{0,6}资金|安排.{0,4}资金|资金合计")
_PROJECT_SENTENCE = lazy(r"项目(?:支出|经费)")
_PROJECT_TOTALS = ("expenditure_project", "budget_annual", "exec_annual")
COLUMNS_OF = {"budget_initial": "initial", "budget_annual": "annual", "exec": "executed"}
_STAGE_WORDS = lazy(r"年初|全年|调整|执行|支出|支付|使用|决算|实际|追加|下达|到位|拨付|安排")
_SUBTOTAL = lazy(r"^(?:小计|合计|总计|其中)")


def _block(case: Case, code: str, table: str, block: Block) -> Iterator[Check]:
    """Every column of one block: its total against its parts."""
    if block.total is None:
        return
    unit, name = case.unit_of(table) or "万元", label_of(block.total)
    broken = broken_places(case)
    if any(each.cell.span.start in broken for row in block.parts for each in row.cells):
        yield unverified(code, f"{name}的分项行{UNSURE.removeprefix('所在行的')}")
        return
    for stage in COLUMNS:
        cell = cell_of(block.total, stage)
        if cell is None or cell.kind == "na":
            continue
        values = [(each, value_of(row, each, unit)) for row, each in block.members(stage)]
        if any(value is None and each.kind not in ("num", "blank", "na") for each, value in values):
            yield unverified(code, f"{name}{COLUMN_NAMES[stage]}的分项有读不出的数")
            continue
        parts = [value for _, value in values if value is not None]
        whole = of_cell(cell, name + COLUMN_NAMES[stage], unit)
        filled = [part for part in parts if part.number]
        if whole is None and filled and cell.kind == "blank":
            yield blank_total(code, parts, name + COLUMN_NAMES[stage])
        elif whole is not None and parts and (filled or whole.number):
            yield _filled_block(case, code, block, parts, whole)


def _filled_block(case: Case, code: str, block: Block, parts: list[Value], whole: Value) -> Check:
    result = added(case, code, parts, whole)
    if result.status != "fail" or result.computed is None:
        return result
    if code == "SUM-08" and result.computed == whole.number * _TWICE:
        return added(case, code, parts, whole, severity="P1", reason="分项合计恰为总额的2倍，疑似重复列示")
    if result.computed > whole.number:
        return added(case, code, parts, whole, severity="P1", reason="所列明细大于合计")
    if block.has_rest:
        return added(case, code, parts, whole, severity="P1", reason="明细含“其他费用”仍不等")
    return added(case, code, parts, whole, severity="I", reason="所列明细可能不完整")


@check("SUM-08", "项目支出合计与重复列示", "P1", "没有基础数据表的项目支出分项")
def project_parts(case: Case) -> Iterator[Check]:
    """项目支出 of a 基础数据表 is the sum of its parts; twice as much means the same money is listed twice."""
    for table in case.bases:
        yield from _block(case, "SUM-08", table.table, table.project)


@check("SUM-09", "公用经费合计", "P1", "没有基础数据表的公用经费分项")
def public_parts(case: Case) -> Iterator[Check]:
    """公用经费 of a 基础数据表 against the listed items, which need not be complete."""
    for table in case.bases:
        yield from _block(case, "SUM-09", table.table, table.public)


class ProjectList:
    """The rows of one list of projects; `closed` when the report says how many there are and all are here."""

    def __init__(
        self,
        name: str,
        budget: tuple[Value, ...],
        executed: tuple[Value, ...],
        count: int,
        table: str | None = None,
    ) -> None:
        self.name, self.budget, self.executed, self.count, self.table = name, budget, executed, count, table


def project_rows(case: Case, table: Table) -> list[Project]:
    """Projects of a 项目汇总表, those included whose values come from their own form."""
    return _project_rows(case, table.id)


@per_case
def _project_rows(case: Case, table: str) -> list[Project]:
    words = bare_name(case.table_text(table))
    rows = []
    for project in case.report.projects:
        if _SUBTOTAL.match(project.name.text):
            continue
        named = bare_name(project.name.text)
        if table in project.tables or (named and named in words):
            rows.append(project)
    return rows


def _summary_lists(case: Case) -> Iterator[ProjectList]:
    for table in case.report.tables:
        if table.kind != "project_summary":
            continue
        unit, rows = case.unit_of(table.id), project_rows(case, table)
        words = case.table_text(table.id)
        values: dict[str, list[Value]] = {"annual": [], "executed": []}
        for project in rows:
            for key, column in values.items():
                value = of_cell(getattr(project, key), project.name.text, unit)
                if value is not None:
                    column.append(_also_in(value, table, words, project.name.text))
        name = table.title or "项目汇总表"
        if any(shifted(number_of(p.initial), number_of(p.annual), number_of(p.executed)) for p in rows):
            continue
        if len(rows) > 1 and all(len(column) in (0, len(rows)) for column in values.values()):
            yield ProjectList(name, tuple(values["annual"]), tuple(values["executed"]), len(rows), table.id)


def _also_in(value: Value, table: Table, words: str, name: str) -> Value:
    """A value read from the project's own form counts as sure only if the list prints the same digits beside the name."""
    if any(table.span.start <= span.start < table.span.end for span in value.spans):
        return value
    at = words.find(fold(name))
    beside = words[at + len(name) : at + len(name) + 40] if at >= 0 else ""
    return value if fold(value.source) in beside else value._replace(certain=False)


def _base_lists(case: Case) -> Iterator[ProjectList]:
    for table in case.bases:
        block = table.project
        if block.total is None or not block.special:
            continue
        unit = case.unit_of(table.table) or "万元"
        cell = cell_of(block.total, "exec")
        if cell is not None and cell.kind not in ("blank", "na"):
            continue
        parts = [
            value for row, each in block.members("exec") if (value := value_of(row, each, unit)) is not None
        ]
        count = sum(1 for part in parts if part.number)
        if count:
            yield ProjectList("基础数据表所列项目", (), tuple(parts), count, table.table)


@per_case
def project_totals(case: Case, stage: Stage) -> list[Figure]:
    """Printed totals of project spending: those of sentences that say so, and closing rows of project lists."""
    return list(_project_totals(case, stage))


def _project_totals(case: Case, stage: Stage) -> Iterator[Figure]:
    summary = case.report.kind == "summary"
    kinds = {table.id: table.kind for table in case.report.tables}
    for figure in case.report.figures:
        if figure.stage != stage or figure.metric not in _PROJECT_TOTALS or figure.scope != OVERALL:
            continue
        if figure.amount.value is None or figure.period not in (None, case.year):
            continue
        closing = figure.table is not None and kinds.get(figure.table) == "project_summary"
        if closing:
            yield figure
        elif figure.table is None and case.of_year(figure):
            named = figure.metric == "expenditure_project" and (summary or speaks_of_projects(case, figure))
            if named or (summary and figure.metric != "expenditure_project"):
                yield figure


def speaks_of_projects(case: Case, figure: Figure) -> bool:
    """Whether the words in front of an amount name project spending, not the sum of a few projects."""
    start, _ = case.sentence(figure.span)
    return bool(
        PROJECT_LEAD.search(case.lead(figure))
        or _PROJECT_SENTENCE.search(case.words(start, figure.span.start))
    )


def columns_of(case: Case, figure: Figure) -> tuple[str, ...]:
    """The columns a named project's amount may stand in, likeliest first: a bare list or a bare 预算 leaves that open."""
    own = COLUMNS_OF[figure.stage]
    lead = case.lead(figure).replace(figure.scope, "")
    if _STAGE_WORDS.search(lead):
        return (own, "executed") if "支出" in lead and own != "executed" else (own,)
    open_to = ("initial", "annual") if "预算" in lead else COLUMNS_OF.values()
    return (own, *(column for column in open_to if column != own))


@per_case
def stated_count(case: Case) -> int | None:
    """How many projects the report says it has, where every statement agrees."""
    counts = {
        int(figure.amount.value) for figure in case.report.figures
        if figure.metric == "project_count" and figure.amount.value is not None and figure.scope == OVERALL
    }  # fmt: skip
    return counts.pop() if len(counts) == 1 else None


def _merged(case: Case, figures: Iterable[Figure], role: str) -> list[Value]:
    """One Value for each distinct amount, pointing at every place that prints it."""
    found: dict[tuple[Decimal, str | None], Value] = {}
    for figure in figures:
        value = case.value_of(figure, role)
        if value is None:
            continue
        key = (value.number, value.unit)
        known = found.get(key)
        found[key] = value if known is None else joined(known, value)
    return list(found.values())


@check("SUM-10", "项目清单合计=报告总额", "P0", "没有可与总额核对的项目清单")
def project_list_is_total(case: Case) -> Iterator[Check]:
    """The projects of a list add up to the printed total; P0 only where the report says how many they are."""
    stated = stated_count(case)
    for listed in (*_summary_lists(case), *_base_lists(case)):
        closed = stated == listed.count
        sides: tuple[tuple[tuple[Value, ...], Stage, str], ...] = (
            (listed.budget, "budget_annual", "项目预算总额"), (listed.executed, "exec", "项目支出总额"),
        )  # fmt: skip
        for parts, stage, role in sides:
            if parts:
                totals = _merged(case, project_totals(case, stage), role)
                yield from _against_totals(case, listed, parts, totals, closed, stated)
    yield from _enumerated(case, stated)


def _against_totals(
    case: Case,
    listed: ProjectList,
    parts: tuple[Value, ...],
    totals: list[Value],
    closed: bool,
    stated: int | None,
) -> Iterator[Check]:
    """A list against the printed totals: one that agrees settles it, many that differ leave it open."""
    whole = sum((part.yuan for part in parts if part.yuan is not None), Decimal(0))
    near = [total for total in totals if total.yuan == whole] or totals
    if len(near) > _MOST_TOTALS:
        yield unverified("SUM-10", f"报告有{len(near)}个不同的项目总额，清单所指不明", {"total": near[0]})
        return
    results = [_list_line(case, listed, parts, total, closed, stated) for total in near]
    agreeing = [result for result in results if result.status in ("pass", "rounding")]
    yield from agreeing or results


def _list_line(
    case: Case, listed: ProjectList, parts: tuple[Value, ...], total: Value, closed: bool, stated: int | None
) -> Check:
    result = added(case, "SUM-10", parts, total)
    if result.status != "fail":
        return result
    if (
        stated is not None
        and listed.count < stated
        and result.computed is not None
        and result.computed < total.number
    ):
        return unverified("SUM-10", f"报告称{stated}个项目，清单只有{listed.count}个", {"total": total})
    level: Severity = "P0" if closed else "P1"
    twin = _misprint(case, parts, result.difference)
    reason = None
    if twin is not None:
        reason = f"差额与“{twin[0].role}”正文{twin[1].source}、表内{twin[0].source}之差一致"
    elif not closed:
        reason = "报告未写明清单为全部项目"
    return added(case, "SUM-10", parts, total, severity=level, reason=reason)


def _misprint(case: Case, parts: tuple[Value, ...], difference: Decimal | None) -> tuple[Value, Value] | None:
    """The one row whose amount in prose differs from the list by exactly `difference`."""
    found = []
    for part in parts:
        for figure in case.named_money.get(bare_name(part.role), ()):
            value = case.value_of(figure, part.role)
            if (
                value is not None
                and value.unit == part.unit
                and abs(value.number - part.number) == difference
            ):
                found.append((part, value))
    return found[0] if len({part.ref for part, _ in found}) == 1 else None


def _enumerated(case: Case, stated: int | None) -> Iterator[Check]:
    """A passage that names every project with its budget against the total of the same report."""
    if stated is None or stated < 2:
        return
    for stage in _ENUMERATED:
        for total in (f for f in project_totals(case, stage) if f.table is None):
            listed = _named_after(case, total)
            value = case.value_of(total, "项目支出合计")
            if len(listed) == stated and value is not None and all(part.yuan is not None for part in listed):
                yield _enumerated_line(case, total, listed, value)


_LONGEST_LIST = 6000
_ENUMERATED: tuple[Stage, ...] = ("budget_initial", "budget_annual", "exec")


def _named_after(case: Case, total: Figure) -> list[Value]:
    """The amounts of named projects of the total's stage that follow it, up to the next sum, one for each project."""
    by_scope: dict[str, Value] = {}
    for figure in case.between(total.span.end, total.span.end + _LONGEST_LIST):
        if figure.metric in ("project_budget", "project_exec") and figure.scope != OVERALL:
            value = case.value_of(figure, figure.scope) if figure.stage == total.stage else None
            if value is not None:
                by_scope.setdefault(bare_name(figure.scope), value)
        elif by_scope and is_money(figure.amount.unit):
            break
    return list(by_scope.values())


def _enumerated_line(case: Case, total: Figure, listed: list[Value], value: Value) -> Check:
    """P0 where the sentence of the total counts the projects, which then follow one by one (CHECKS 0.2)."""
    result = added(case, "SUM-10", listed, value)
    start, end = case.sentence(total.span)
    counted = any(f.metric == "project_count" for f in case.between(start, end))
    if result.status != "fail":
        return result
    if not counted:
        return unverified("SUM-10", "正文逐项列举与总额不等，列举未必是全部项目", {"total": value})
    if result.cause == "extraction":  # which stage the listed amounts are of was not printed beside them
        return unverified("SUM-10", "正文逐项列举与总额不等，所列金额的阶段未写明", {"total": value})
    if _of_other_stage(case, total, listed, result.computed):
        return unverified("SUM-10", "所列金额未写明阶段，可能不是总额所指阶段的数", {"total": value})
    return result


def _of_other_stage(case: Case, total: Figure, listed: list[Value], computed: Decimal | None) -> bool:
    """Whether a bare list may be of another stage: its sum is another printed total, or a table prints its amounts elsewhere."""
    figures = {figure.id: figure for figure in case.prose}
    sources = [figures[part.ref] for part in listed if part.ref in figures]
    if any(len(columns_of(case, figure)) == 1 for figure in sources):
        return False
    if any(f.amount.value == computed for stage in _ENUMERATED for f in project_totals(case, stage)):
        return True
    own = COLUMNS_OF[total.stage]
    projects = {bare_name(project.name.text): project for project in case.report.projects}
    for figure in sources:
        project = projects.get(bare_name(figure.scope))
        numbers = {key: number_of(getattr(project, key)) for key in COLUMNS_OF.values()} if project else {}
        if figure.amount.value in numbers.values() and numbers.get(own) != figure.amount.value:
            return True
    return False
