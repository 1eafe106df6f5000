"""What sentences contradict by themselves: a rate beside its two amounts, the parts of a score beside the score."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.amounts import is_money
from extractor.findings import Check, Severity
from extractor.identities import HUNDRED, check_rate, check_sum, places
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.memo import per_case
from extractor.reconcile.registry import compared, unverified
from extractor.reconcile.values import Value, comparable, digits_of, in_unit, term
from extractor.schema import Figure

# The kinds of money whose rates the sentences of whole budgets and of projects do not cover.
_KINDS = ("expenditure_", "sangong_", "procurement_", "fund_", "appropriation_current", "other")
_WHOLES = frozenset(("expenditure_total",))
_PLANNED = ("budget_initial", "budget_annual")
_EXECUTION = lazy(
    r"(?:执行|支出|支付|完成|使用)(?:率|进度)|(?:完成|为)(?:了)?(?:年初|全年|年度|调整后?)*预算数?的"
)
_SHARE = lazy(r"占|较|比|同比|环比|增|减|下降|节约")
ONE_KIND = "正文执行率与同句所列该项预算数、执行数不符"
_NAMES = {
    "expenditure_basic": "基本支出", "expenditure_project": "项目支出", "expenditure_personnel": "人员经费", "expenditure_public": "公用经费",
    "sangong_total": "“三公”经费", "sangong_vehicle": "公务用车购置及运行维护费", "sangong_vehicle_run": "公务用车运行维护费",
    "sangong_reception": "公务接待费", "sangong_abroad": "因公出国（境）费", "procurement_amount": "政府采购", "fund_gpb": "一般公共预算",
    "fund_gov": "政府性基金", "fund_nontax": "财政专户资金", "fund_soe": "国有资本经营预算", "appropriation_current": "财政拨款",
}  # fmt: skip
_SLACK = Decimal(2)  # percentage points; what is nearer is looked at digit by digit
_LONGEST_BARE = 10
_LEAST_PARTS = 3
_TWO_KINDS = ("产出", "效益|效果")
_MARKS = lazy(r"满分|分值|权重|标准分")
_CLOSE = 3  # full stops within which the parts of a score follow it


def rates_of_kinds(case: Case) -> Iterator[Check]:
    """A rate behind the budget and the spending of one kind of money, nothing else between: “三公”经费预算9万元,支出8万元,完成率88.89%."""
    for at, figure in enumerate(case.prose):
        if figure.amount.unit != "%" or figure.stage != "rate" or not case.of_year(figure):
            continue
        lead = case.lead(figure)
        start, _ = case.sentence(figure.span)
        before = [
            f for f in case.prose[max(0, at - 6) : at] if f.span.start >= start and is_money(f.amount.unit)
        ]
        if len(before) == 2 and before[0].metric == "expenditure_project" == before[1].metric:
            continue  # all projects together, which the rates of sentences cover
        pair = _pair(case, figure, lead, before[-2:])
        if pair is not None:
            yield _rate(case, figure, *pair)


def _pair(case: Case, rate: Figure, lead: str, money: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The budget and the spending that a rate is of; None where another amount could be meant."""
    if len(money) != 2 or money[0].metric != money[1].metric or money[0].scope != money[1].scope:
        return None
    first, second = money
    if (
        rate.metric == "expenditure_project"
        or not first.metric.startswith(_KINDS)
        or first.metric in _WHOLES
        or not _bare(first, second)
    ):
        return None
    between = case.words(second.span.end, rate.span.start)
    if first.stage == "exec" and second.stage in _PLANNED:
        return (second, first) if between == "的" else None
    if first.stage not in _PLANNED or second.stage != "exec" or len(between) > 2 * _LONGEST_BARE:
        return None
    if not _EXECUTION.search(lead) or _SHARE.search(lead):
        return None
    wanted = (
        "budget_initial" if "年初" in lead else "budget_annual" if "调整" in lead or "全年" in lead else None
    )
    plain = first.metric.startswith(("sangong_", "procurement_"))
    return (first, second) if wanted in (None, first.stage) or plain else None


def _bare(first: Figure, second: Figure) -> bool:
    """Whether amounts of no known kind are called by words that name none, so that both are of their heading's."""
    return first.metric != "other" or max(len(first.label), len(second.label)) <= _LONGEST_BARE


def _rate(case: Case, figure: Figure, planned: Figure, spent: Figure) -> Check:
    kind = _NAMES.get(planned.metric, "")
    rate, annual, executed = (
        case.value_of(figure, "执行率"), case.value_of(planned, f"{kind}预算数"), case.value_of(spent, f"{kind}执行数"),
    )  # fmt: skip
    if (
        rate is None
        or annual is None
        or executed is None
        or not annual.number
        or not comparable((executed, annual))
    ):
        return unverified("RAT-01", "正文执行率的预算数、执行数读不出")
    unit = annual.unit
    digits = digits_of((executed, annual), unit)
    outcome = check_rate(in_unit(executed, unit), annual.number, rate.number, digits)
    names = {
        "executed": executed._replace(certain=True), "annual": annual._replace(certain=True), "rate": rate._replace(certain=True),
    }  # fmt: skip
    if outcome.agreement == "fail" and fits_any(case, rate, executed):
        return unverified("RAT-01", "正文执行率的预算口径待核实", names)
    formula = f"round({term('executed', executed, unit)} / annual * 100, {max(places(rate.number), 2)})"
    reason = ONE_KIND if outcome.agreement == "fail" else None
    return compared("RAT-01", outcome, formula, names, severity="P1", reason=reason)


def fits_any(case: Case, rate: Value, spent: Value) -> bool:
    """Whether some amount the report prints is the base of a rate: then the rate means another budget."""
    whole, bases = spent.yuan, _bases(case)
    if not whole:
        return False
    for percent in (rate.number, rate.number * HUNDRED):
        if percent <= _SLACK:
            continue
        first = bisect_left(bases, whole * HUNDRED / (percent + _SLACK))
        last = bisect_right(bases, whole * HUNDRED / (percent - _SLACK))
        if any(check_rate(whole, base, rate.number, 0).agreement == "pass" for base in bases[first:last]):
            return True
    return False


@per_case
def _bases(case: Case) -> list[Decimal]:
    """Every amount the report prints, in yuan, from the smallest."""
    bases = {f.amount.base_value for f in case.report.figures if is_money(f.amount.unit)}
    for form in case.forms:
        cells = (form.money(cell, "") for fund in form.funds for cell in (fund.initial, fund.annual))
        bases |= {value.yuan for value in cells if value is not None}
    return sorted(base for base in bases if base)


def parts_of_scores(case: Case) -> Iterator[Check]:
    """A total score in sentences and the scores of its parts right behind it, in a report without a form."""
    if case.forms or case.report.indicators:
        return
    for at, figure in enumerate(case.prose):
        if figure.metric != "total_score" or figure.stage != "score" or not case.of_year(figure):
            continue
        total = case.value_of(figure, "总分")
        parts = list(_parts(case, figure, case.prose[at + 1 :]))
        if total is not None and total.number <= HUNDRED and len(parts) >= _LEAST_PARTS:
            yield from _score_line(case, figure, total, parts)


def _parts(case: Case, total: Figure, following: Sequence[Figure]) -> Iterator[Figure]:
    """The scores of one list behind a total that 其中 or a colon opens."""
    last = total.span.end
    for figure in following:
        between = case.words(last, figure.span.start)
        if between.count("。") > (1 if last == total.span.end else 0) or figure.metric == "total_score":
            return
        last = figure.span.end
        weight = figure.metric in ("ind_weight", "total_weight")
        if figure.amount.unit == "分" and not weight and not _MARKS.search(between):
            yield figure


def _score_line(case: Case, figure: Figure, total: Value, parts: Sequence[Figure]) -> Iterator[Check]:
    words = case.words(figure.span.end, parts[-1].span.end)
    if "其中" not in words and ":" not in words.split(str(parts[0].amount.raw))[0]:
        return
    if any(f.metric not in ("ind_score", "exec_score") for f in parts):
        yield unverified("SCO-02", "正文所列得分有读不明的", {"total": total})
        return
    values = [value for f in parts if (value := case.value_of(f, f.label or "得分")) is not None]
    if len(values) < len(parts):
        return
    names = {"total": total._replace(certain=True)}
    names |= {f"x{n}": value._replace(certain=True) for n, value in enumerate(values, 1)}
    outcome = check_sum([value.number for value in values], total.number, 2, exact=True)
    over = outcome.computed > total.number
    whole = all(any(word in words for word in kind.split("|")) for kind in _TWO_KINDS)
    severity: Severity = "P1" if over else "P2"
    if outcome.agreement == "fail" and not over and not whole:
        yield unverified("SCO-02", "正文所列各项得分未必完整", {"total": total})
        return
    formula = " + ".join(name for name in names if name != "total")
    yield compared(
        "SCO-02",
        outcome,
        formula,
        names,
        severity=severity,
    )
