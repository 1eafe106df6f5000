"""CON: conclusions in words against the numbers of the same report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.document import Span
from extractor.findings import Check
from extractor.identities import places
from extractor.patterns import lazy
from extractor.profiles import words
from extractor.reconcile.basetable import Block, cell_of
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.lists import project_rows, stated_count
from extractor.reconcile.rates import percent_formula
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.said import said
from extractor.reconcile.values import Value, Words, comparable, number_of, of_cell, term
from extractor.reconcile.views import percentages
from extractor.schema import OVERALL, Indicator

_WITHIN = lazy(
    r"控制在(?:了)?(?:年初|全年|年度|批复的?|核定的?)?预算(?:总额|数|范围|额度|限额|批复)?(?:数)?(?:以|之)?内|未(?:超出|超过|超)(?:年初|全年)?预算|没有超(?:出|过)?预算|不存在超预算"
)
_NARROW = lazy(r"三公|公用|会议|培训|接待|差旅|用车|采购|成本|项目|人员|基本|专项|工程|投资|单项|各项费用")
_ALL_MET = lazy(
    r"[全圆均都](?:(?<=全)[部面]|(?<=圆)满|(?<=[均都])已?)(?:地)?(?:完成|达到|达成|实现)了?(?:年初|年度|既定|设定的?|预期|各项|预定|全年)*(?:的)?(?:总体)?(?:绩效)(?:工作|总体|考核)?(?:目标|指标)|"
    r"[各所全](?:(?<=各)项|(?<=所)有|(?<=全)部)(?:年度|年初|预期|设定的?)*(?:绩效)?(?:目标|指标)(?:任务|值)?(?:均|全部|都)(?:已)?(?:圆满|如期|按时|按期|全部)?(?:完成|达到|达成|实现)|"
    r"绩效(?:目标|指标)(?:任务)?(?:均|全部|都)(?:已)?(?:圆满|如期|按时|按期|全部)?(?:完成|达到|达成|实现)"
)
_CUT = lazy(
    r"(?:缩减|压减|压缩|削减|压降|减少)[^,;。、]{0,14}(?:支出|经费|费用|开支|资金)|(?:支出|经费|费用|开支|资金)[^,;。、]{0,8}(?:缩减|压减|压缩|削减|压降|下降|减少)"
)
_OBJECTS = (
    ("三公", "sangong"),
    ("公用", "public"),
    ("运转", "public"),
    ("专项", "project"),
    ("项目", "project"),
)
_TOO_NARROW = lazy(
    r"会议|培训|接待|差旅|水电|用电|用水|燃油|纸张|办公用品|印刷|通讯|车辆|能耗|维修|租赁|单位成本|人均"
)
_KINDS_TOLD = {"项目支出": "project", "公用经费": "public", "三公经费": "sangong"}
_TOLD_CUT = lazy(
    r"(项目支出|公用经费|三公经费)(?:总额|合计)?(?:实际|已|共|累计)*(?:缩减|压减|压缩|削减|压降)了?(?:比例|幅度)?(?:为|达到?)?$"
)
_CLAUSES = lazy(r"[。;,:!?]")
_LOOK_BACK = 10


@check("CON-06", "结论与数字", "P1", "没有可与数字核对的结论")
def conclusions(case: Case) -> Iterator[Check]:
    """“控制在预算以内”, “全部完成” and “实际执行N项” agree with the numbers (CHECKS 0.15)."""
    yield from _within_budget(case)
    yield from _all_met(case)
    yield from _all_executed(case)


def _stated(case: Case, pattern: re.Pattern[str], *, prose_only: bool) -> Words | None:
    """The first statement of `pattern` that is neither a plan nor a denial."""
    for match, span in case.found(pattern):
        before = case.plain_text[max(0, match.start() - _LOOK_BACK) : match.start()]
        clause = _CLAUSES.split(before)[-1]
        if words("intent").search(clause) or (prose_only and case.in_table(span)):
            continue
        return Words(None, "原文表述", (_wider(case, span),))
    return None


def _wider(case: Case, span: Span) -> Span:
    """The statement with the words in front of it, back to the last comma."""
    start = span.start
    while start > 0 and span.start - start < 20 and case.document.folded[start - 1] not in "。;,:、!?\t\n|":
        start -= 1
    return Span(start=start, end=span.end)


def spent_and_budget(case: Case) -> tuple[Value, Value] | None:
    """The unit's spending and annual budget, each printed with one value only."""
    spent = [each.value for each in said(case, "全年支出", ("exec_annual", "expenditure_total"), "exec")]
    budget = [each.value for each in said(case, "全年预算数", ("budget_annual",), "budget_annual")]
    budget = budget or [each.value for each in said(case, "预算收入", ("revenue_budget",), "budget_annual")]
    form = case.overall_form
    if form is not None and form.total_row is not None and form.scope == OVERALL:
        executed, annual = (
            form.money(form.total_row.executed, "全年执行数"),
            form.money(form.total_row.annual, "全年预算数"),
        )
        spent, budget = spent or [v for v in (executed,) if v], budget or [v for v in (annual,) if v]
    if len(spent) != 1 or len(budget) != 1 or not comparable((spent[0], budget[0])) or not budget[0].number:
        return None
    return spent[0], budget[0]


def _within_budget(case: Case) -> Iterator[Check]:
    statement = _stated(case, _WITHIN, prose_only=False)
    if statement is None:
        return
    start = statement.spans[0].start
    lead = case.words(max(0, start - 4), statement.spans[0].end)
    amounts = spent_and_budget(case)
    if _NARROW.search(lead) or amounts is None:
        yield unverified("CON-06", "“控制在预算以内”所指支出没有可比的预算数和执行数")
        return
    spent, budget = amounts
    names: dict[str, Value | Words] = {"spent": spent, "budget": budget, "statement": statement}
    assert spent.yuan is not None
    assert budget.yuan is not None
    carried = sum(carried_in(case), Decimal(0))
    formula = percent_formula(term("spent", spent, budget.unit), "budget")
    if spent.yuan <= budget.yuan + carried:
        yield line("CON-06", "pass", names, formula=formula, reason="支出未超过预算数与所列结转之和")
    else:
        yield line(
            "CON-06", "fail", names, severity="P0", formula=formula, difference=_gap(spent, budget), tolerance=Decimal(0),
        )  # fmt: skip


def _gap(one: Value, other: Value) -> Decimal:
    assert one.yuan is not None
    assert other.yuan is not None
    assert other.scale is not None
    digits = max(places(one.number), places(other.number))
    return (abs(one.yuan - other.yuan) / other.scale).quantize(Decimal(1).scaleb(-digits))


def carried_in(case: Case) -> list[Decimal]:
    """Last year's carry-over and other funds in 元, each source once: from the form if it lists them, else from prose."""
    form = case.overall_form
    if form is not None:
        rows = [f for f in form.funds if "结转" in text_of(f.item) or text_of(f.item).startswith("其他资金")]
        listed = [v.yuan for fund in rows if (v := form.money(fund.annual, "")) is not None and v.yuan]
        if listed:
            return listed
    figures = case.by_metric(("carryover_in", "other_funds"))
    return list({amount: None for f in figures if (amount := f.amount.base_value)})


def _all_met(case: Case) -> Iterator[Check]:
    statement = _stated(case, _ALL_MET, prose_only=True)
    if statement is None:
        return
    unmet = [(form, found) for form in case.forms for found in form.judged if found.met is False]
    if not unmet:
        yield passed("CON-06", "“全部完成”一类结论未见相反的指标行")
        return
    names: dict[str, Value | Words] = {"statement": statement}
    for n, (_, found) in enumerate(unmet, 1):
        names[f"t{n}"] = found.target.named(f"“{name_of(found.row)}”指标值")
        names[f"a{n}"] = found.actual.named("完成值")
    yield line("CON-06", "fail", names, severity="P1", reason=f"{len(unmet)}项指标未达到指标值")


def _all_executed(case: Case) -> Iterator[Check]:
    """“实际执行N项” against the rows of the 汇总表 on which nothing was spent."""
    counts = [f for f in case.prose if f.metric == "project_exec_count" and f.amount.value is not None]
    whole = stated_count(case)
    for table in case.report.tables:
        if table.kind != "project_summary" or not counts or whole is None:
            continue
        rows = project_rows(case, table)
        idle = [row for row in rows if number_of(row.executed) == 0 and (number_of(row.annual) or 0) > 0]
        if len(rows) != whole:
            yield unverified("CON-06", f"报告称{whole}个项目，汇总表读到{len(rows)}行")
            continue
        value = case.value_of(counts[0], "正文所称执行项目数")
        stated = next(
            (f for f in case.report.figures if f.metric == "project_count" and f.amount.value == whole), None
        )
        total = case.value_of(stated, "项目总数") if stated else None
        if value is None or total is None:
            continue
        names: dict[str, Value | Words] = {"count": value, "total": total}
        for n, row in enumerate(idle, 1):
            executed = of_cell(row.executed, f"“{row.name.text}”全年执行数")
            if executed is not None:
                names[f"x{n}"] = executed
        agreed = value.number <= whole - len(idle)
        yield line(
            "CON-06", "pass" if agreed else "fail", names, severity="P1", formula=f"total - {len(idle)}",
            reported=value.number, difference=abs(whole - len(idle) - value.number),
            reason=None if agreed else f"{len(idle)}个项目全年执行数为0",
        )  # fmt: skip


@check("CON-07", "压减目标与实际支出", "P1", "没有定量的压减支出目标")
def cuts(case: Case) -> Iterator[Check]:
    """Where an indicator promises to cut spending by a share, the spending it names has not grown (CHECKS 0.15)."""
    for form in case.forms:
        for row in form.rows:
            name, target = name_of(row), row.target
            if target is None or not _CUT.search(name) or target.unit != "%" or number_of(target) is None:
                continue
            if not 0 < (number_of(target) or 0) < 100 or _TOO_NARROW.search(name):
                continue
            yield _cut_line(case, form, row)
    yield from _told_cuts(case)


def _told_cuts(case: Case) -> Iterator[Check]:
    """A sentence that says by which share a block of the 基础数据表 was cut, against that block; each block once."""
    seen: set[str] = set()
    for at in percentages(case):
        figure = case.prose[at]
        lead = case.lead(figure)
        match = _TOLD_CUT.search(lead) if len(case.bases) == 1 else None
        cut = case.value_of(figure, f"“{match[1]}”压减") if match is not None else None
        if match is None or cut is None or match[1] in seen or words("intent").search(lead[: match.start()]):
            continue
        before, after, last = _of_block(case, _KINDS_TOLD[match[1]])
        if before is None or after is None or not before.number or figure.period not in (None, case.year):
            continue
        seen.add(match[1])
        grown = after.number > before.number and last is not None and after.number > last.number
        if not grown:
            yield passed("CON-07", f"“{match[1]}”未高于年初数或上年数")
            continue
        assert last is not None
        names = {"target": cut, "before": before, "after": after, "last_year": last}
        difference = abs(after.number - before.number)
        yield line("CON-07", "fail", names, formula=percent_formula("after", "before"), difference=difference)


def _cut_line(case: Case, form: Form, row: Indicator) -> Check:
    name, target = name_of(row), of_cell(row.target, "压减目标")
    before, after, last_year = _spending(case, form, name)
    if before is None or after is None or target is None or not before.number:
        return unverified("CON-07", f"“{name}”所指支出没有可比的年初数和执行数")
    names = {"target": target.named(f"“{name}”指标值"), "before": before, "after": after}
    if last_year is not None:
        names["last_year"] = last_year
    grown = after.number > before.number and (last_year is None or after.number > last_year.number)
    formula = percent_formula("after", "before")
    difference = abs(after.number - before.number)
    return line(
        "CON-07",
        "fail" if grown else "pass",
        names,
        formula=formula,
        difference=difference if grown else None,
    )


def _spending(case: Case, form: Form, name: str) -> tuple[Value | None, Value | None, Value | None]:
    """Initial budget, spending and last year's spending of what an indicator's name speaks of."""
    kind = next((kind for word, kind in _OBJECTS if word in name), "")
    if form.scope != OVERALL and kind in ("", "project"):
        row = form.total_row
        if row is None:
            return None, None, None
        return form.money(row.initial, "年初预算数"), form.money(row.executed, "全年执行数"), None
    if kind and any(getattr(base, kind).total is not None for base in case.bases):
        return _of_block(case, kind)
    row = form.total_row
    if kind or row is None:
        return None, None, None
    return form.money(row.initial, "年初预算数"), form.money(row.executed, "全年执行数"), None


def _of_block(case: Case, kind: str) -> tuple[Value | None, Value | None, Value | None]:
    """Budget, spending and last year's spending of the first printed block of a kind."""
    for base in case.bases:
        block: Block = getattr(base, kind)
        if block.total is not None:
            unit, label = case.unit_of(base.table) or "万元", text_of(block.total.item).rstrip(":：")
            cells = [cell_of(block.total, stage) for stage in ("budget_initial", "exec", "prev_final")]
            before, after, last = (
                of_cell(cell, label + role, unit)
                for cell, role in zip(cells, ("预算数", "决算数", "上年决算数"), strict=True)
            )
            return before, after, last
    return None, None, None
