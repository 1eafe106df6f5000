"""SUM: totals against the parts they are said to be made of, in sentences and in the forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice
from typing import NamedTuple

from extractor.findings import Check, Severity
from extractor.identities import check_sum
from extractor.reconcile.case import Case
from extractor.reconcile.doubt import lost_point
from extractor.reconcile.forms import Form
from extractor.reconcile.memo import per_case
from extractor.reconcile.registry import best, check, compared, line, misread, unverified
from extractor.reconcile.rows import text_of
from extractor.reconcile.values import Value, comparable, digits_of, in_unit, term
from extractor.records import replace
from extractor.schema import OVERALL, Figure, Fund

_TOTALS = (
    "expenditure_total",
    "exec_annual",
    "budget_annual",
    "budget_initial",
    "revenue_budget",
    "fund_gpb",
)
_HARD_TOTALS = ("expenditure_total", "exec_annual", "budget_annual", "budget_initial")
_SUM_WORDS = frozenset(("合计", "共计", "总计", "合计为", "共计为", "总计为"))
_SPENDING = ("exec_annual", "expenditure_total")
_OTHER_KINDS = ("经营支出", "上缴上级", "附属单位", "对外投资", "债务")
_MOST_ROWS = 12
_NATURES = ("fund_gpb", "fund_gov", "fund_soe", "fund_social", "fund_nontax", "other_funds")
_NATURE_WORDS = ("一般公共预算", "政府性基金", "国有资本", "社会保险", "非税收入", "其他资金")


class Breakdown(NamedTuple):
    """A total of a sentence, the parts that follow it, and the other sums of the same passage."""

    total: Figure
    parts: tuple[Figure, ...]
    others: tuple[Figure, ...]
    one_sentence: bool


def added(
    case: Case, code: str, parts: Sequence[Value], total: Value, *,
    severity: Severity | None = None, reason: str | None = None,
) -> Check:  # fmt: skip
    """The ledger line of `parts` against `total`, everything in the total's unit."""
    if not comparable((*parts, total)):
        return unverified(code, "各数计量单位不明或不同", {"total": total})
    listed = {f"x{n}": part for n, part in enumerate(parts, 1)}
    names, unit = {"total": total} | listed, total.unit
    formula = " + ".join([term(name, value, unit) for name, value in listed.items()])
    digits = digits_of((*parts, total), unit)
    outcome = check_sum([in_unit(part, unit) for part in parts], total.number, digits)
    if outcome.agreement == "rounding" and not digits and total.unit in case.units_with_decimals:
        return coarse(compared(code, outcome, formula, names))
    slipped = outcome.agreement == "fail" and lost_point(
        [in_unit(part, unit) for part in parts], outcome.computed - total.number, outcome.tolerance
    )
    result = compared(code, outcome, formula, names, severity=severity, reason=reason)
    return misread(result) if slipped else result


def coarse(result: Check) -> Check:
    """A rounding difference among whole numbers where the report prints decimals elsewhere: P2, to be looked at."""
    return replace(result, severity="P2", reason="各数均为整数而报告别处有小数，请核实是否取整所致")


def breakdowns(case: Case, totals: Sequence[str], parts: Sequence[str]) -> Iterator[Breakdown]:
    """Every overall total in prose that is followed by all of `parts`, of its own stage, in its sentence or paragraph."""
    if not all(case.by_metric((metric,)) for metric in parts):
        return
    figures = _of_unit(case)
    for at, total in enumerate(figures):
        if total.metric not in totals:
            continue
        sentence_end = case.sentence(total.span)[1]
        paragraph_end = max(case.paragraph(total.span)[1], sentence_end)
        following: list[Figure] = []
        for figure in islice(figures, at + 1, None):
            if figure.span.start >= paragraph_end or (figure.metric in totals and figure.metric not in parts):
                break
            following.append(figure)
        chosen = [
            next((f for f in following if f.metric == metric and f.stage == total.stage), None)
            for metric in parts
        ]
        found = tuple(figure for figure in chosen if figure is not None)
        if len(found) == len(parts):
            others = tuple(
                f
                for f in following
                if f not in found and f.amount.unit == total.amount.unit and f.metric not in parts
            )
            yield Breakdown(total, found, others, all(f.span.start < sentence_end for f in found))


@per_case
def _of_unit(case: Case) -> list[Figure]:
    """Prose amounts of the whole unit and the report's year."""
    return [f for f in case.spoken_of(OVERALL) if f.amount.value is not None and case.of_year(f)]


def _prose_sum(case: Case, code: str, found: Breakdown, roles: tuple[str, ...], hard: bool) -> Check | None:
    """The ledger line of a breakdown; a listed further part that closes the gap is counted in."""
    total = case.value_of(found.total, roles[0])
    parts = [
        value for f, role in zip(found.parts, roles[1:], strict=True) if (value := case.value_of(f, role))
    ]
    if total is None or len(parts) != len(found.parts):
        return None
    narrow = frozenset().union(*(case.narrowed(part) for part in found.parts)) - case.narrowed(found.total)
    result = added(case, code, parts, total, severity="P0" if hard and found.one_sentence else "P1")
    if result.status != "fail":
        return result
    gap = total.number - sum((in_unit(part, total.unit) for part in parts), Decimal(0))
    for size in (1, 2):
        for extra in combinations([f for f in found.others if f.amount.value], size):
            values = [value for f in extra if (value := case.value_of(f, "其他列明支出"))]
            if gap > 0 and sum((value.number for value in values), Decimal(0)) == gap:
                return added(case, code, [*parts, *values], total, reason="加上同处列明的其他支出后相等")
    if narrow:
        return unverified(code, f"分项限于{'、'.join(sorted(narrow))}，与总额口径可能不同", {"total": total})
    if case.narrowed(found.total) and not found.one_sentence:
        reason = f"总额限于{'、'.join(sorted(case.narrowed(found.total)))}，分项在另一句，口径可能不同"
        return unverified(code, reason, {"total": total})
    passage = case.words(*case.paragraph(found.total.span))
    if gap > 0 and any(word in passage for word in _OTHER_KINDS):
        return unverified(code, "另有经营支出等其他支出，未见金额", {"total": total})
    return result


def _fund_rows(form: Form, words: Sequence[str]) -> dict[str, Fund]:
    """The money rows that each of `words` names, where exactly one does."""
    found = {word: [fund for fund in form.funds if word in text_of(fund.item)] for word in words}
    return {word: funds[0] for word, funds in found.items() if len(funds) == 1}


@check("SUM-01", "总支出=基本支出+项目支出", "P0", "报告未在一处同时列出总支出、基本支出和项目支出")
def total_is_basic_and_project(case: Case) -> Iterator[Check]:
    """总支出 is 基本支出 plus 项目支出 (预算法实施条例 第五条), wherever one passage or one form prints the three."""
    roles = ("总支出", "基本支出", "项目支出")
    together = list(breakdowns(case, _TOTALS, ("expenditure_basic", "expenditure_project")))
    behind = list(_summed_up(case, roles))
    yield from behind
    if not together and not behind:
        metrics = (_SPENDING, ("expenditure_basic",), ("expenditure_project",))
        yield from _told_apart(case, "SUM-01", metrics, roles)
    for found in together:
        hard = found.total.metric in _HARD_TOTALS
        result = _prose_sum(case, "SUM-01", found, roles, hard)
        if result is not None:
            yield result
    for form in case.forms:
        rows, total = _fund_rows(form, roles[1:]), form.total_row
        if len(rows) < 2 or total is None:
            continue
        for column in ("annual", "executed"):
            whole = form.money(getattr(total, column), "资金总额")
            parts = [
                value for word, fund in rows.items() if (value := form.money(getattr(fund, column), word))
            ]
            if whole is not None and len(parts) == 2:
                yield added(case, "SUM-01", parts, whole)


def _summed_up(case: Case, roles: Sequence[str]) -> Iterator[Check]:
    """“基本支出和项目支出分别为a万元、b万元，合计c万元”: the sum that a sentence prints right behind its two parts."""
    figures = _of_unit(case)
    for basic, project, total in zip(figures, figures[1:], figures[2:], strict=False):
        metrics = (basic.metric, project.metric)
        if metrics != ("expenditure_basic", "expenditure_project") or total.metric not in _SPENDING:
            continue
        between = case.words(project.span.end, total.span.start).strip(",，;；")
        if between not in _SUM_WORDS or len({f.stage for f in (basic, project, total)}) > 1:
            continue
        values = [case.value_of(f, role) for f, role in zip((total, basic, project), roles, strict=True)]
        if all(value is not None for value in values):
            whole, *parts = (value for value in values if value is not None)
            yield added(case, "SUM-01", parts, whole, severity="P1", reason="同句所列合计")


@check("SUM-02", "基本支出=人员经费+公用经费", "P0", "报告未在一处同时列出基本支出、人员经费和公用经费")
def basic_is_personnel_and_public(case: Case) -> Iterator[Check]:
    """基本支出 is 人员经费 plus 公用经费 (预算法实施条例 第五条), wherever one passage prints the three."""
    parts = ("expenditure_personnel", "expenditure_public")
    together = list(breakdowns(case, ("expenditure_basic",), parts))
    for found in together:
        result = _prose_sum(case, "SUM-02", found, ("基本支出", "人员经费", "公用经费"), True)
        if result is not None:
            yield result
    if not together:
        metrics = (("expenditure_basic",), *((part,) for part in parts))
        yield from _told_apart(case, "SUM-02", metrics, ("基本支出", "人员经费", "公用经费"))


def _told_apart(
    case: Case, code: str, metrics: Sequence[tuple[str, ...]], roles: Sequence[str]
) -> Iterator[Check]:
    """A whole and its parts printed once each, in several sentences, all unqualified: parts larger than the whole are asked about."""
    figures = [case.by_metric(each, "exec") for each in metrics]
    if any(len({f.amount.base_value for f in found}) != 1 for found in figures):
        return
    if any(case.narrowed(found[0]) for found in figures):
        return
    values = [case.value_of(found[0], role) for found, role in zip(figures, roles, strict=True)]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return
    level: Severity = "P1" if all(value.certain for value in known) and code == "SUM-02" else "P2"
    result = added(case, code, known[1:], known[0], severity=level, reason="三个数分列于正文各处")
    if result.status != "fail" or (result.computed is not None and result.computed > known[0].number):
        yield result


def _key_values(case: Case, form: Form, metrics: Sequence[str]) -> dict[str, Value]:
    """Key-value figures printed in a form, the first of each metric."""
    found: dict[str, Value] = {}
    for figure in form.figures:
        if figure.metric in metrics and figure.metric not in found:
            value = case.value_of(figure, figure.label or _ROLE[figure.metric])
            if value is not None:
                found[figure.metric] = value
    return found


_ROLE = dict(zip(_NATURES, _NATURE_WORDS, strict=True)) | {
    "expenditure_basic": "基本支出",
    "expenditure_project": "项目支出",
}


def _against_totals(
    case: Case, code: str, form: Form, parts: list[Value], order: Sequence[str], complete: bool
) -> Check | None:
    """Parts of a form against its total row: agreement with any of its columns passes."""
    row = form.total_row
    if row is None:
        return None
    roles = {"initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数"}
    totals = [value for name in order if (value := form.money(getattr(row, name), roles[name])) is not None]
    if totals and not any(total.number for total in totals) and any(part.number for part in parts):
        return unverified(code, f"{form.title}资金总额行读到的是0，疑未填或列错位", {"total": totals[0]})
    first = best(added(case, code, parts, total) for total in totals)
    if first is None or first.status != "fail" or first.computed is None or first.reported is None:
        return first
    short = first.reported - first.computed
    carried = [
        value
        for fund in form.carryover_rows
        if (value := form.money(fund.annual, "上年结转资金")) is not None
    ]
    if short > 0 and carried:
        with_carried = added(case, code, [*parts, *carried], totals[0], reason="加上所列上年结转后相等")
        if with_carried.status in ("pass", "rounding"):
            return with_carried
    whole = _closed_by_rows(case, code, form, parts, totals[0], short) if short > 0 else None
    if whole is not None:
        return whole
    soft = short > 0 and not complete
    if soft and code == "SUM-05":
        return unverified(code, "“其中”所列分项未必完整，合计小于总额不能说明问题", {"total": totals[0]})
    return added(
        case,
        code,
        parts,
        totals[0],
        severity="P1" if soft else None,
        reason="分项可能未列全" if soft else None,
    )


def _closed_by_rows(
    case: Case, code: str, form: Form, parts: list[Value], total: Value, short: Decimal
) -> Check | None:
    """The parts with the further rows of the money block that close the gap, whatever these are called."""
    known = {part.ref for part in parts} | {total.ref}
    rows = [
        value
        for fund in form.funds
        if fund is not form.total_row
        and (value := form.money(fund.annual, text_of(fund.item))) is not None
        and value.number
        and value.ref not in known
    ]
    for size in (1, 2, 3):
        for extra in combinations(rows[:_MOST_ROWS], size):
            if sum((in_unit(value, total.unit) for value in extra), Decimal(0)) == short:
                return added(case, code, [*parts, *extra], total, reason="加上同表所列其他资金行后相等")
    return None


@check("SUM-05", "收入性质分项=资金总额", "P0", "自评表未按收入性质列出分项")
def natures_add_up(case: Case) -> Iterator[Check]:
    """The funds by 收入性质 add up to one column of the same form's total row, carry-over allowed."""
    for form in case.forms:
        found = _key_values(case, form, _NATURES)
        if "fund_gpb" not in found:
            rows = _fund_rows(form, _NATURE_WORDS)
            for word, metric in zip(_NATURE_WORDS, _NATURES, strict=True):
                value = form.money(rows[word].annual, word) if word in rows else None
                if value is not None:
                    found[metric] = value
        if "fund_gpb" not in found:
            continue
        parts = list(found.values())
        result = _against_totals(
            case, "SUM-05", form, parts, ("annual", "executed", "initial"), len(parts) >= 4
        )
        if result is not None:
            yield result


@check("SUM-06", "支出性质分项=全年执行", "P0", "自评表未按支出性质列出基本支出和项目支出")
def purposes_add_up(case: Case) -> Iterator[Check]:
    """基本支出 and 项目支出 printed inside a form add up to one column of its total row."""
    for form in case.forms:
        found = _key_values(case, form, ("expenditure_basic", "expenditure_project"))
        if len(found) < 2:
            continue
        parts = list(found.values())
        extra = [f for f in form.figures if "经营支出" in f.label or "经营支出" in case.lead(f)]
        parts += [value for f in extra if (value := case.value_of(f, "经营支出"))]
        words = "".join(case.table_text(table) for table in form.tables)
        complete = not any(word in words for word in _OTHER_KINDS) or bool(extra)
        result = _against_totals(case, "SUM-06", form, parts, ("executed", "annual", "initial"), complete)
        if result is not None:
            yield result


def blank_total(code: str, parts: Sequence[Value], where: str) -> Check:
    """A total left empty above filled parts: a request to fill it, never “应为” (CHECKS 0.4)."""
    unit = parts[0].unit
    names = {f"x{n}": part for n, part in enumerate(parts, 1)}
    formula = " + ".join(term(name, value, unit) for name, value in names.items())
    return line(code, "fail", names, severity="P1", formula=formula, reason=f"{where}合计未填")
