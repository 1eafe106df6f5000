"""XDC-02, 03, 04 and 06: the report against last year's, the approved targets, the published accounts and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.findings import Check
from extractor.identities import check_equal
from extractor.reconcile.basetable import cell_of, label_of, value_of
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import paired, readable, remark
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.values import Value, Words, of_cell, of_figure, words_of
from extractor.schema import OVERALL, BaseRow, Indicator, Report, Stage

_PUBLISHED = (
    ("expenditure_basic", "基本支出"), ("expenditure_project", "项目支出"), ("expenditure_personnel", "人员经费"), ("expenditure_public", "公用经费"),
    ("sangong_total", "三公经费"), ("procurement_amount", "政府采购金额"),
)  # fmt: skip


def _elsewhere(value: Value, role: str) -> Value:
    """A value of another document: it has no place in this one."""
    return value._replace(ref=f"companion:{value.ref}", role=role, spans=())


def _differ(one: Value, other: Value) -> bool:
    """Whether two amounts disagree at the lower of their precisions, in one unit of money or of counts."""
    if one.yuan is not None and other.yuan is not None and one.scale is not None and other.scale is not None:
        ratio = other.scale / one.scale
        digits = None if ratio == 1 else 2 if ratio > 1 else 0
        return check_equal(one.number, other.number * ratio, digits).agreement == "fail"
    return one.unit == other.unit and check_equal(one.number, other.number).agreement == "fail"


def _rows_by_name(report: Report) -> dict[str, BaseRow]:
    """Rows of the 基础数据表 whose label stands once."""
    out: dict[str, BaseRow | None] = {}
    for row in report.base_data:
        name = bare_name(label_of(row))
        out[name] = None if name in out else row
    return {name: row for name, row in out.items() if row is not None}


def _base_value(row: BaseRow, stage: Stage, unit: str | None) -> Value | None:
    cell = cell_of(row, stage)
    return None if cell is None or not readable(cell) else value_of(row, cell, unit)


@check("XDC-02", "上年决算衔接", "P1", "没有基础数据表的上年决算数")
def last_year(case: Case) -> Iterator[Check]:
    """The column of last year's accounts is last year's report's own."""
    rows = [row for row in case.report.base_data if cell_of(row, "prev_final") is not None]
    if not rows:
        return
    previous = case.companions.previous
    if previous is None:
        yield unverified("XDC-02", "未提供上年度报告，未作衔接核对")
        return
    before, compared = _rows_by_name(previous), 0
    wrong: list[tuple[Value, Value]] = []
    for row in rows:
        twin = before.get(bare_name(label_of(row)))
        unit = case.unit_of(row.table) or "万元"
        now = _base_value(row, "prev_final", unit)
        then = None if twin is None else _base_value(twin, "exec", unit)
        if now is None or then is None:
            continue
        compared += 1
        if _differ(now, then):
            wrong.append((now.named(f"{label_of(row)}上年决算数"), _elsewhere(then, "上年度报告决算数")))
    yield _told("XDC-02", wrong, f"{compared}行可与上年度报告对照")


def _told(code: str, wrong: Sequence[tuple[Value | Words, Value | Words]], compared: str) -> Check:
    """One ledger line for everything that differs from one companion."""
    if not wrong:
        return passed(code, compared)
    first = [each.number for each in wrong[0]]
    difference = None if first[0] is None or first[1] is None else abs(first[0] - first[1])
    return line(
        code, "fail", paired(wrong), difference=difference, reason=f"{compared}，{len(wrong)}项不一致"
    )


@check("XDC-03", "与绩效目标申报表一致", "P1", "没有指标")
def approved_targets(case: Case) -> Iterator[Check]:
    """Target and points of an indicator are those of the approved declaration."""
    if not case.report.indicators:
        return
    targets = case.companions.targets
    if targets is None:
        yield unverified("XDC-03", "未提供批复的绩效目标，未作对照")
        return
    approved, compared = _by_name(targets.indicators), 0
    wrong: list[tuple[Value | Words, Value | Words]] = []
    for name, row in _by_name(case.report.indicators).items():
        twin = approved.get(name)
        if twin is None:
            continue
        compared += 1
        wrong += _against(row, twin)
    yield _told("XDC-03", wrong, f"{compared}个同名指标可与批复目标对照")


def _by_name(rows: tuple[Indicator, ...]) -> dict[tuple[str, str], Indicator]:
    """Indicators by 二级 and 三级 name, those whose name stands once."""
    out: dict[tuple[str, str], Indicator | None] = {}
    for row in rows:
        key = bare_name(text_of(row.level2)).removesuffix("指标"), bare_name(name_of(row))
        out[key] = None if key in out else row
    return {key: row for key, row in out.items() if row is not None}


def _against(row: Indicator, twin: Indicator) -> Iterator[tuple[Value | Words, Value | Words]]:
    """Target and points that differ from the approved ones."""
    for role, one, other in (("指标值", row.target, twin.target), ("分值", row.points, twin.points)):
        if one is None or other is None or not readable(one, other) or not one.text or not other.text:
            continue
        mine, theirs = of_cell(one, f"“{name_of(row)}”{role}"), of_cell(other, f"批复{role}")
        if mine is not None and theirs is not None:
            if mine.number != theirs.number and (mine.unit == theirs.unit or role == "分值"):
                yield mine, _elsewhere(theirs, f"批复{role}")
        elif (
            role == "指标值"
            and bare_name(one.text) != bare_name(other.text)
            and mine is None
            and theirs is None
        ):
            yield words_of(one, f"“{name_of(row)}”{role}"), Words(None, f"批复{role}“{other.text}”", ())


@check("XDC-04", "与部门决算公开一致", "P1", "没有基本支出、项目支出、三公经费和政府采购的决算数")
def published_accounts(case: Case) -> Iterator[Check]:
    """Spending told as final is what the published accounts say."""
    stated = [(name, value) for metric, name in _PUBLISHED for value in _final(case.report, metric, name)]
    if not stated:
        return
    accounts = case.companions.accounts
    if accounts is None:
        yield unverified("XDC-04", "未提供公开的部门决算，未作对照")
        return
    public = {name: value for metric, name in _PUBLISHED for value in _final(accounts, metric, name)}
    wrong = [
        (value, _elsewhere(public[name], "公开决算数"))
        for name, value in stated
        if name in public and _differ(value, public[name])
    ]
    yield _told("XDC-04", wrong, f"{sum(name in public for name, _ in stated)}项可与公开决算对照")


def _final(report: Report, metric: str, name: str) -> list[Value]:
    """The one final amount of a metric; none where sentences and table differ among themselves."""
    year = None if report.fiscal_year is None else str(report.fiscal_year)
    found = [
        value
        for figure in report.figures
        if figure.metric == metric and figure.stage == "exec" and figure.scope == OVERALL and figure.period in (None, year)
        and figure.table is None and (value := of_figure(figure, name)) is not None and value.yuan is not None
    ]  # fmt: skip
    rows = (row for row in report.base_data if row.metric == metric)
    found += [value.named(name) for row in rows if (value := _base_value(row, "exec", "万元")) is not None]
    amounts: set[Decimal | None] = {value.yuan for value in found}
    return found[:1] if len(amounts) == 1 else []


@check("XDC-06", "模板行差异", "I", "没有基础数据表")
def template_rows(case: Case) -> Iterator[Check]:
    """Rows that most 基础数据表 of the same year and batch have; for the reviewer alone (CHECKS 0.17)."""
    own = {bare_name(label_of(row)) for row in case.report.base_data}
    if not own:
        return
    year = case.report.fiscal_year
    tables = [
        {bare_name(label_of(row)) for row in other.report.base_data}
        for other in case.companions.others
        if other.report.base_data and other.report.fiscal_year == year
    ]
    if not tables:
        yield unverified("XDC-06", "未提供同年度其他单位的基础数据表，未作比对")
        return
    usual = {
        name for table in tables for name in table if 2 * sum(name in each for each in tables) > len(tables)
    }
    lacking = sorted(usual - own)
    if lacking and len(tables) > 1:
        yield remark(
            "XDC-06", f"与同年度{len(tables)}份基础数据表相比缺少{len(lacking)}行：{'、'.join(lacking[:6])}"
        )
    else:
        yield passed("XDC-06", f"与同年度{len(tables)}份基础数据表的行一致")
