"""REA: what asks for an explanation the report does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.document import fold
from extractor.findings import Check, Severity
from extractor.identities import HUNDRED, ZERO, check_equal, places
from extractor.patterns import lazy
from extractor.profiles import words
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.conclusions import carried_in
from extractor.reconcile.doubt import power_of_ten, same_scale, shifted
from extractor.reconcile.forms import Form, is_execution
from extractor.reconcile.lists import project_rows
from extractor.reconcile.memo import per_case
from extractor.reconcile.parts import ANALYSIS, naming
from extractor.reconcile.registry import check, compared, line, misread, passed, unverified
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.said import Said, said
from extractor.reconcile.values import (
    Value,
    Words,
    comparable,
    in_unit,
    number_of,
    of_cell,
    shared_digits,
    term,
    words_of,
)
from extractor.schema import OVERALL, Figure, Fund, Indicator, Project

_EXPLAINED_SPENDING = lazy(
    r"超支.{0,30}(?:因|由于|主要|系|为)|(?:使用|动用|消化|包含|含).{0,8}(?:结转|结余|历年)|上年结转.{0,10}(?:支出|安排|列支)"
)
_FINAL, _ADDED = lazy(r"全年|调整|最终|可用|可执行"), lazy(r"追加|调增|增至|增加预算|新增|下达")
_EXPLAINED_GAP = lazy(
    r"因|由于|未完工|在建|施工|尚未|跨年|分期|质保|保证金|尾款|节约|结余|结转|疫情|未支付|未到|未付|次年|下年|待|暂缓|收回|未拨|延迟|推迟|滞后|进度|压减|核减|按合同|竞价|中标"
)
_EXPLAINED_SCORES = lazy(
    r"扣分|扣\d|失分|未完成原因|未达标原因|未达到.{0,12}(?:因|原因)|偏差原因|偏离.{0,10}原因"
)
_FORM_REASON = lazy(r"原因.{0,60}(?:因|由于|尚未|未完工|跨年|质保|节约|疫情|按合同|滞后|尾款)")
_WHOLE_UNIT = "部门整体"
_BESIDE, _BELOW = 120, 160
_REMARKS = ("执行率", "原因", "说明")
_GAP_WORDS = lazy(r"未执行|未支出|未使用|未完成支付|结余|结转|执行率|支出进度|剩余")
_CLAUSES = lazy(r"[,。;、:!?]|并且?|以及")
# A clause that only promises or praises.
_ROUNDED = Decimal("0.06")  # scores are printed to one place at the least
_SLOGAN = lazy(
    r"^(?:今后|下一步|下步|以后|将|继续|进一步|不断|持续|切实|逐步|积极|认真|努力|坚持|着力|大力|全面|严格|科学|及时|合理|充分|有效|多)*"
    r"(?:加强|加大|加快|强化|提高|提升|完善|健全|改进|优化|规范|推进|推动|促进|深化|落实|注重|重视|做好|抓好|确保|保障|巩固|"
    r"使用|利用|安排|统筹|管理|宣传|总结|创新|丰富|拓宽|方法|方式|形式|渠道|途径|角度|层次|亮点|举措|措施|无|正常|良好|按计划|按要求)"
)
_SHORT_REASON = 24
_HEADING = lazy(r"^[一二三四五六七八九十]+、|^\([一二三四五六七八九十]+\)")


@check("REA-01", "支出超预算", "P0", "没有同时列出支出和全年预算")
def overspending(case: Case) -> Iterator[Check]:
    """Spending above the annual budget and the listed carry-over; P0 only within one money row (CHECKS 0.3)."""
    for form in case.forms:
        row = form.total_row
        executed = form.money(row.executed, "全年执行数") if row else None
        annual = form.money(row.annual, "全年预算数") if row else None
        if executed is not None and annual is not None:
            carried = [
                v
                for fund in form.carryover_rows
                if (v := form.money(fund.annual, "上年结转资金")) is not None
            ]
            yield _over(executed, annual, carried, "P0")
    for table in case.report.tables:
        if table.kind == "project_summary":
            yield from _over_rows(case, table.id, project_rows(case, table))
    yield from _over_in_prose(case)


def _over_rows(case: Case, table: str, rows: list[Project]) -> Iterator[Check]:
    unit = case.unit_of(table)
    seen = False
    for project in rows:
        if project.tables and table not in project.tables:
            continue
        executed = of_cell(project.executed, f"“{project.name.text}”全年执行数", unit)
        annual = of_cell(project.annual, f"“{project.name.text}”全年预算数", unit)
        if executed is None or annual is None:
            continue
        seen = True
        if executed.number > annual.number:
            if shifted(number_of(project.initial), annual.number, executed.number):
                yield unverified("REA-01", f"“{project.name.text}”一行疑列错位", {"executed": executed})
            else:
                yield _over(executed, annual, [], "P1")
    if seen:
        yield passed("REA-01", "汇总表其余各行执行数未超过全年预算数")


def _over(executed: Value, annual: Value, carried: list[Value], severity: Severity) -> Check:
    names = {"executed": executed, "annual": annual} | {f"c{n}": value for n, value in enumerate(carried, 1)}
    if not comparable(names.values()):
        return unverified("REA-01", "计量单位不明", names)
    unit = annual.unit
    spent, budget = in_unit(executed, unit), annual.number
    with_carried = budget + sum((in_unit(value, unit) for value in carried), Decimal(0))
    if spent <= with_carried:
        reason = "加上所列上年结转后未超" if spent > budget else None
        return line("REA-01", "pass", names, severity="I" if reason else None, reason=reason)
    shown = {name: value for name, value in names.items() if not name.startswith("c")}
    outcome = check_equal(spent, budget, shared_digits(executed, annual))
    if outcome.agreement == "rounding":
        return compared("REA-01", outcome, term("executed", executed, unit), shown)
    result = line(
        "REA-01", "fail", shown, severity=severity, formula=f"{term('executed', executed, unit)} - annual",
        difference=spent - budget, tolerance=Decimal(0),
    )  # fmt: skip
    if _point_lost(executed, annual, spent):
        return unverified("REA-01", "支出数疑漏小数点，请对照原件", names)
    return misread(result) if power_of_ten(spent, budget) else result


def _point_lost(executed: Value, annual: Value, spent: Decimal) -> bool:
    """Whether a whole number is of the other's size once it has as many decimals."""
    digits = places(annual.number)
    if places(executed.number) or digits < 2:
        return False
    return not same_scale(spent, annual.number) and same_scale(spent / 10**digits, annual.number)


def _over_in_prose(case: Case) -> Iterator[Check]:
    """Every distinct spending of the sentences against the one annual budget of the report."""
    spent = said(case, "全年支出", ("exec_annual", "expenditure_total"), "exec")
    budgets = said(case, "全年预算数", ("budget_annual",), "budget_annual")
    budgets = budgets or said(case, "预算收入", ("revenue_budget",), "budget_annual")
    form, annual = case.overall_form, budgets[0].value if len(budgets) == 1 else None
    if annual is None and not budgets and form and form.total_row and form.scope == OVERALL:
        annual = form.money(form.total_row.annual, "全年预算数")
    if annual is None or annual.yuan is None:
        return
    extra = sum(carried_in(case), Decimal(0))
    for each in spent:
        names = {"executed": each.value, "annual": annual}
        assert each.value.yuan is not None
        if each.value.yuan <= annual.yuan:
            yield line("REA-01", "pass", names)
        elif each.value.yuan <= annual.yuan + extra:
            yield line("REA-01", "pass", names, severity="I", reason="加上所列上年结转和其他资金后未超")
        elif budgets and budgets[0].narrowed - each.narrowed:
            yield unverified("REA-01", "预算数限于部分资金，口径待核实", names)
        elif _first_only(budgets) and not budgets[0].told(case, _FINAL) and _raised(case, budgets[0].figures):
            yield unverified("REA-01", "预算数可能是调整前的数，口径待核实", names)
        elif budgets and _received(case, each.value.yuan):
            yield unverified("REA-01", "报告另列有不少于支出的收入决算数，预算数与支出口径待核实", names)
        elif any(_EXPLAINED_SPENDING.search(case.words(*case.paragraph(f.span))) for f in each.figures):
            yield unverified("REA-01", "报告对支出大于预算另有说明，请人工核对", names)
        else:
            yield _over(each.value, annual, [], "P1")


def _first_only(budgets: Sequence[Said]) -> bool:
    """Whether the budget may be that of the year's beginning: an income told with its parts holds the additions."""
    return bool(budgets) and budgets[0].figures[0].metric == "budget_annual"


def _raised(case: Case, figures: Sequence[Figure]) -> bool:
    """Whether the paragraph of a budget goes on to tell that it was raised."""
    return any(
        _ADDED.search(case.words(figure.span.end, case.paragraph(figure.span)[1])) for figure in figures
    )


def _received(case: Case, spent: Decimal) -> bool:
    """Whether the sentences print what was received in the year, and it covers the spending."""
    return any(
        "收入" in figure.label
        and "预算" not in figure.label
        and figure.amount.base_value is not None
        and figure.amount.base_value >= spent
        and case.of_year(figure)
        for figure in case.prose
    )


class Unspent(NamedTuple):
    """A project or unit that spent less than its budget, and what stands beside its amounts."""

    name: str
    annual: Value
    executed: Value
    beside: str

    @property
    def share(self) -> Decimal:
        """The unspent part in per cent."""
        return (self.annual.number - self.executed.number) / self.annual.number * HUNDRED

    @property
    def rest(self) -> Decimal:
        """The unspent amount."""
        return self.annual.number - self.executed.number


class Explanations:
    """The sentences of a report that give a cause."""

    def __init__(self, case: Case) -> None:
        self.alone = case.report.kind == "project" and len(case.forms) == 1
        found = [s for s in re.split(r"[。;]", case.prose_text) if _EXPLAINED_GAP.search(_HEADING.sub("", s))]
        self.sentences = "\n".join(re.sub(r"[^\w]", "", sentence) for sentence in found)
        self.general = any(_GAP_WORDS.search(sentence) for sentence in found)

    def cover(self, row: Unspent) -> bool:
        """Whether a sentence about the project, or about unspent money where there is one subject, gives a cause."""
        if _EXPLAINED_GAP.search(row.beside):
            return True
        return bare_name(row.name) in self.sentences or (
            self.general and (self.alone or row.name == _WHOLE_UNIT)
        )


@check("REA-02", "执行率偏低原因", "P1", "没有可计算执行率的资金行")
def low_execution(case: Case) -> Iterator[Check]:
    """Every row that left a fifth of its budget or more unspent is explained somewhere."""
    rows = list(_unspent(case))
    if not rows:
        return
    low = [row for row in rows if row.share > case.profile.limits["low_execution_gap"]]
    known = Explanations(case)
    silent = [row for row in low if not known.cover(row)]
    if not silent:
        yield passed("REA-02", "执行率偏低的均有说明" if low else "没有执行率偏低的项目")
        return
    names: dict[str, Value] = {}
    for n, row in enumerate(silent, 1):
        names |= {
            f"a{n}": row.annual.named(f"“{row.name}”全年预算数"),
            f"e{n}": row.executed.named("全年执行数"),
        }
    formula = " + ".join(f"(a{n} - e{n})" for n in range(1, len(silent) + 1))
    gap = sum((row.rest for row in silent), ZERO)
    told = sum((row.rest for row in low), ZERO) - gap
    yield line("REA-02", "fail", names, formula=formula, difference=gap, reason=_share(rows, told, gap))


def _share(rows: list[Unspent], told: Decimal, gap: Decimal) -> str | None:
    whole = sum((row.rest for row in rows), ZERO)
    if len(rows) < 2 or not whole:
        return None
    percent = (gap / whole * HUNDRED).quantize(Decimal("0.01"))
    unit = rows[0].annual.unit or ""
    return f"各项目合计未执行{whole}{unit}，已说明{told}{unit}，未说明{gap}{unit}，占{percent}%"


def _unspent(case: Case) -> Iterator[Unspent]:
    listed: set[str] = set()
    for table in case.report.tables:
        if table.kind == "project_summary":
            rows = project_rows(case, table)
            listed.update(bare_name(project.name.text) for project in rows)
            yield from _unspent_rows(case, table.id, rows)
    for form in case.forms:
        row = form.total_row
        if row is None or bare_name(form.scope) in listed:
            continue
        executed, annual = form.money(row.executed, "全年执行数"), form.money(row.annual, "全年预算数")
        if executed is not None and annual is not None and executed.number < annual.number:
            name = _WHOLE_UNIT if form.scope == OVERALL else form.scope
            yield Unspent(name, annual, executed, _form_reason(case, form, row))


def _unspent_rows(case: Case, table: str, rows: list[Project]) -> Iterator[Unspent]:
    """Rows of a list, each with what is printed between its name and the next row's."""
    unit, text, at = case.unit_of(table), case.table_text(table), 0
    names = [fold(project.name.text) for project in rows]
    for n, project in enumerate(rows):
        executed = of_cell(project.executed, "全年执行数", unit)
        annual = of_cell(project.annual, "全年预算数", unit)
        start = text.find(names[n], at)
        at = start + len(names[n]) if start >= 0 else at
        if executed is None or annual is None or executed.number >= annual.number:
            continue
        following = text.find(names[n + 1], at, at + _BESIDE) if n + 1 < len(names) else -1
        beside = text[at : following if following >= 0 else at + _BESIDE] if start >= 0 else ""
        yield Unspent(project.name.text, annual, executed, beside)


def _form_reason(case: Case, form: Form, row: Fund) -> str:
    """What a form prints between its money rows and its first indicator."""
    table = case.tables[row.table]
    anchor = row.executed.span.end if row.executed else table.span.start
    heads = [cell.span.start for r in form.rows if (cell := r.level2 or r.level3) is not None]
    end = min((start for start in heads if start > anchor), default=min(table.span.end, anchor + 600))
    between = case.words(anchor, end).replace("偏差原因分析及改进措施", "")
    found = _FORM_REASON.search(between)
    return found[0] if found else _note_below(case, form)


def _note_below(case: Case, form: Form) -> str:
    """A remark on the execution right below a form, before the next one."""
    end = max(case.tables[table].span.end for table in form.tables)
    after = [table.span.start for table in case.report.tables if table.span.start >= end]
    below = case.words(end, min([end + _BELOW, *after]))
    return below if any(word in below for word in _REMARKS) else ""


@check("REA-10", "扣分原因", "P1", "没有扣分的指标行")
def deductions(case: Case) -> Iterator[Check]:
    """A row that lost points says why; a measure without a cause is not a reason."""
    for form in case.forms:
        lost = [
            (row, own)
            for row in form.rows
            if (own := form.own_scores.get(row.id))
            and own[1].number < own[0].number
            and not power_of_ten(own[0].number, own[1].number)
            and not _follows_rate(row, own)
        ]
        if not lost:
            continue
        silent = [(row, own) for row, own in lost if not _reasoned(row)]
        if not silent:
            yield passed("REA-10", f"{form.title}{len(lost)}行扣分均写明原因")
        elif all(row.reason is None for row in form.rows):
            yield _without_column(case, form, silent)
        else:
            yield line("REA-10", "fail", _deducted(silent), reason=_why(form, silent, len(lost)))


def _without_column(case: Case, form: Form, lost: list[tuple[Indicator, tuple[Value, Value]]]) -> Check:
    """Rows of a form that has no place for reasons: the text may give them, in a chapter on problems or one of unknown use."""
    told = naming(case, (row for row, _ in lost))
    if told & ANALYSIS or _scores_explained(case):
        return unverified("REA-10", f"{form.title}没有偏差原因栏，正文另有说明，请人工核对")
    severity: Severity = "P2" if "other" in told else "P1"
    return line("REA-10", "fail", _deducted(lost), severity=severity, reason=_why(form, lost, len(lost)))


@per_case
def _scores_explained(case: Case) -> bool:
    return _EXPLAINED_SCORES.search(case.prose_text) is not None


def _deducted(rows: list[tuple[Indicator, tuple[Value, Value]]]) -> dict[str, Value | Words]:
    names: dict[str, Value | Words] = {}
    for n, (row, (points, score)) in enumerate(rows, 1):
        names |= {f"p{n}": points.named(f"“{name_of(row)}”分值"), f"s{n}": score.named("得分")}
        if row.reason is not None and text_of(row.reason):
            names[f"r{n}"] = words_of(row.reason, "偏差原因")
    return names


def _why(form: Form, silent: list[tuple[Indicator, tuple[Value, Value]]], lost: int) -> str:
    if all(row.reason is None for row, _ in silent):
        return f"{form.title}{lost}行扣分，没有偏差原因栏"
    empty = sum(1 for row, _ in silent if not text_of(row.reason))
    vague = len(silent) - empty
    parts = [f"{empty}行原因空白" if empty else "", f"{vague}行未说明具体偏差" if vague else ""]
    return f"{form.title}{lost}行扣分，" + "、".join(part for part in parts if part)


def _follows_rate(row: Indicator, own: tuple[Value, Value]) -> bool:
    """Whether a row of the budget's execution got its points times the rate it prints: 98%, 9.8 of 10."""
    rate = number_of(row.actual)
    if rate is None or not is_execution(row) or "%" not in text_of(row.actual):
        return False
    return abs(own[0].number * rate / HUNDRED - own[1].number) <= _ROUNDED


def _reasoned(row: Indicator) -> bool:
    """Whether the reason cell names a cause; long text is left to the reader."""
    if row.reason is None or row.reason.kind in ("blank", "na"):
        return row.reason is not None and "shared" in row.reason.evidence.flags
    text = row.reason.text
    if len(text) > _SHORT_REASON or words("cause").search(text):
        return True
    return not all(_SLOGAN.search(clause) for clause in _CLAUSES.split(text) if clause)
