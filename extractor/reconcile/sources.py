"""SUM-03, SUM-04: the annual budget by how it came about, and by where its money comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from extractor.findings import Check
from extractor.identities import check_sum, places
from extractor.patterns import lazy
from extractor.reconcile.case import Case, squeeze
from extractor.reconcile.forms import Form
from extractor.reconcile.histories import over_sentences
from extractor.reconcile.memo import per_case
from extractor.reconcile.registry import best, check, compared, unverified
from extractor.reconcile.rows import text_of
from extractor.reconcile.sums import added, breakdowns
from extractor.reconcile.values import Value, clear, comparable, digits_of, in_unit, number_of, term
from extractor.reconcile.views import remote, steady
from extractor.records import replace
from extractor.schema import OVERALL, Cell, Figure, Fund

_CUT_BACK = lazy(r"追减|调减|核减|收回|减少|压减|上缴")
_RAISED = lazy(r"追加|调增|增加|新增|追补")
_FURTHER = lazy(r"结转|结余|其他资金|单位资金|自有资金|事业收入|经营收入")
_PARTIAL = lazy(r"项目|专项|人员|公用|基本支出|其中|用于")
_ANNUAL = frozenset(("budget_annual", "revenue_budget"))
_SOURCES = (
    ("carried", lazy(r"结转|结余")), ("grant", lazy(r"财政拨款|财政资金|预算拨款|一般公共预算")),
    ("operating", lazy(r"经营收入")), ("business", lazy(r"事业收入")), ("own", lazy(r"自有资金|单位资金|自筹")),
    ("other", lazy(r"其他(?:资金|来源|收入)?")),
)  # fmt: skip
_PARTS = ("expenditure_basic", "expenditure_project", "basic_budget_adjust")
_FUNDS = ("fund_gpb", "fund_gov", "fund_nontax")
_AMOUNT = lazy(r"[+-]?\d[\d,]*(?:\.\d+)?(?:万?元)?")
_CENTS = 50  # 元: what 万元 with two places leave out
_PURPOSE = lazy(r"支出|经费$")
_COLUMNS = (("initial", "年初预算数"), ("annual", "全年预算数"), ("executed", "全年执行数"))


def _kind(figure: Figure) -> str | None:
    """What part of a budget's history an amount is."""
    if figure.stage in ("budget_initial", "adjust") and figure.metric in (
        "budget_initial", "budget_adjust", "project_budget",
    ):  # fmt: skip
        return "initial" if figure.stage == "budget_initial" else "adjust"
    if figure.stage == "budget_annual" and (figure.metric in _ANNUAL or figure.metric == "project_budget"):
        return "annual"
    return {"carryover_in": "carried", "other_funds": "other"}.get(figure.metric)


@check("SUM-03", "全年预算=年初预算+调整", "P0", "没有在一句内同时列出年初预算、调整数和全年预算")
def annual_is_initial_and_adjustment(case: Case) -> Iterator[Check]:
    """全年预算 is 年初预算 and 调整, with listed carry-over or other funds or without (CHECKS 0.3); one sentence, one subject."""
    sentences: dict[tuple[tuple[int, int], str], dict[str, list[Figure]]] = {}
    for figure in case.prose:
        kind = _kind(figure)
        if kind is not None and figure.amount.value is not None and case.of_year(figure):
            place = (case.sentence(figure.span), figure.scope)
            sentences.setdefault(place, {}).setdefault(kind, []).append(figure)
    for place, found in sentences.items():
        for kind in ("initial", "annual"):
            found[kind] = _once_printed(found.get(kind, []))
        if "adjust" not in found:
            found["adjust"] = _parts_of_adjustment(case, *place)
        if all(len(found[kind]) == 1 for kind in ("initial", "annual")) and found["adjust"]:
            yield from _history(case, found)
    yield from _of_one_fund(case)
    yield from over_sentences(case, [found["annual"][0] for found in sentences.values() if _complete(found)])
    for form in case.forms:
        yield from _form_history(case, form)


def _complete(found: dict[str, list[Figure]]) -> bool:
    return all(len(found.get(kind, ())) == 1 for kind in ("initial", "annual")) and bool(found.get("adjust"))


def _once_printed(figures: list[Figure]) -> list[Figure]:
    """Amounts with those that repeat the one before in 元 or 万元 left out."""
    kept = figures[:1]
    for figure in figures[1:]:
        one, other = kept[-1].amount.base_value, figure.amount.base_value
        if (
            one is None
            or other is None
            or abs(one - other) > _CENTS
            or figure.amount.unit == kept[-1].amount.unit
        ):
            kept.append(figure)
    return kept


def _parts_of_adjustment(case: Case, sentence: tuple[int, int], scope: str) -> list[Figure]:
    """The adjustments of 基本支出 and 项目支出 of a sentence that gives no adjustment of the whole."""
    found = case.between(*sentence)
    return [
        f
        for f in found
        if f.stage == "adjust" and f.metric in _PARTS and f.scope == scope and case.of_year(f)
    ]


def _of_one_fund(case: Case) -> Iterator[Check]:
    """One kind of fund whose initial budget, adjustment and annual budget are each printed once."""
    for metric in _FUNDS:
        figures = case.by_metric((metric,))
        by_stage = {
            s: [f for f in figures if f.stage == s] for s in ("budget_initial", "adjust", "budget_annual")
        }
        if not all(by_stage.values()) or not clear(by_stage["adjust"][0].evidence):
            continue
        amounts = {stage: {f.amount.base_value for f in found} for stage, found in by_stage.items()}
        if all(len(found) == 1 for found in amounts.values()):
            initial, adjust, annual = (found[0] for found in by_stage.values())
            yield from _history(case, {"initial": [initial], "adjust": [adjust], "annual": [annual]})


def _history(case: Case, found: dict[str, list[Figure]]) -> Iterator[Check]:
    values = {
        kind: [value for figure in figures if (value := case.value_of(figure, _ROLES[kind]))]
        for kind, figures in found.items()
    }
    everything = [value for each in values.values() for value in each]
    pieces = found["adjust"][0].metric in _PARTS
    partial = (
        found["initial"][0].scope == OVERALL
        and not pieces
        and any(_PARTIAL.search(case.lead(figure)) for figure in found["adjust"])
    )
    if len({case.narrowed(f) for kind in ("initial", "annual") for f in found[kind]}) > 1 or partial:
        yield unverified("SUM-03", "年初预算、调整数和全年预算的口径可能不同", {"total": values["annual"][0]})
    elif comparable(everything):
        leads = [case.lead(figure) for figure in found["adjust"]]
        minus = frozenset(n for n, lead in enumerate(leads) if _CUT_BACK.search(lead))
        result = _history_line(values, minus, _listed(case))
        if result.status == "fail" and not any(
            _CUT_BACK.search(lead) or _RAISED.search(lead) for lead in leads
        ):
            lowered = _history_line(values, frozenset(range(len(leads))), _listed(case))
            result = result if lowered.status == "fail" else lowered
        if pieces:
            result = _over_only(result)
        yield _doubted(case, found, values, result)


def _over_only(result: Check) -> Check:
    """Parts of an adjustment need not be all of it: only more than the annual budget is asked about."""
    over = result.computed is not None and result.reported is not None and result.computed > result.reported
    if result.status != "fail":
        return result
    if not over:
        return unverified("SUM-03", "只列出基本支出或项目支出的调整数，未必是全部调整")
    return replace(result, severity="P1", reason="所列调整已使合计大于全年预算数")


_ROLES = {
    "initial": "年初预算数",
    "adjust": "调整数",
    "annual": "全年预算数",
    "carried": "上年结转资金",
    "other": "其他资金",
}


def _doubted(
    case: Case, found: dict[str, list[Figure]], values: dict[str, list[Value]], result: Check
) -> Check:
    """A failure only where the sentence leaves nothing unread: no carry-over without an amount, no slip of unit."""
    if result.status != "fail":
        return result
    total = values["annual"][0]
    alike = [value._replace(unit=total.unit) for value in values["adjust"]]
    if alike != values["adjust"]:
        again = _history_line(values | {"adjust": alike}, frozenset(), ())
        if again.status != "fail":
            return unverified("SUM-03", "调整数的计量单位疑有误，改后相符", {"total": total})
    unread = _FURTHER.search(case.sentence_words(found["annual"][0].span)) and "carried" not in values
    return unverified("SUM-03", "另有结转或其他资金，金额未读到", {"total": total}) if unread else result


@per_case
def _listed(case: Case) -> list[Value]:
    """Carry-over and other funds wherever the report prints them, any of which may close a gap."""
    figures = case.by_metric(("carryover_in", "other_funds"))
    found = [value for f in figures if (value := case.value_of(f, "上年结转或其他资金")) and value.number]
    form = case.overall_form
    for fund in form.carryover_rows if form is not None else ():
        value = form.money(fund.annual, "上年结转资金") if form is not None else None
        if value is not None and value.number:
            found.append(value)
    return found


def _history_line(values: dict[str, list[Value]], minus: frozenset[int], listed: Sequence[Value]) -> Check:
    """The line of the combination that agrees, with the carry-over beside it or elsewhere; else of 年初 and 调整 alone."""
    total = values["annual"][0]
    plain = [(values["initial"][0], "+")] + [
        (value, "-" if n in minus else "+") for n, value in enumerate(values["adjust"])
    ]
    carried = [(value, "+") for value in values.get("carried", ())]
    other = [(value, "+") for value in values.get("other", ())]
    further = ([*plain, (value, "+")] for value in listed if comparable((value, total)))
    first = best(
        _signed(total, parts) for parts in chain((plain, plain + carried, plain + carried + other), further)
    )
    if first is None or first.status != "fail":
        return first or _signed(total, plain)
    short = first.computed is not None and first.computed < total.number
    return _signed(total, plain, "全年预算数可能含未列明的上年结转或其他资金") if short else first


def _signed(total: Value, parts: Sequence[tuple[Value, str]], reason: str | None = None) -> Check:
    unit = total.unit
    names = {"total": total} | {f"x{n}": value for n, (value, _) in enumerate(parts, 1)}
    formula = "".join(
        (f" {sign} " if n > 1 else "") + term(f"x{n}", value, unit)
        for n, (value, sign) in enumerate(parts, 1)
    )
    numbers = [in_unit(value, unit) * (1 if sign == "+" else -1) for value, sign in parts]
    digits = digits_of([*(value for value, _ in parts), total], unit)
    outcome = check_sum(numbers, total.number, digits, min(digits, places(total.number)))
    return compared("SUM-03", outcome, formula, names, severity="P1" if reason else None, reason=reason)


def _form_history(case: Case, form: Form) -> Iterator[Check]:
    """A total row with a column 调整数 between 年初预算数 and 全年预算数."""
    row = form.total_row
    adjusted = [f for f in form.figures if f.metric == "budget_adjust" and f.stage == "adjust"]
    if row is None or row.initial is None or row.annual is None or not adjusted:
        return
    between = [f for f in adjusted if row.initial.span.end <= f.span.start < row.annual.span.start]
    initial, annual = form.money(row.initial, "年初预算数"), form.money(row.annual, "全年预算数")
    change = case.value_of(between[0], "调整数") if len(between) == 1 else None
    if initial is not None and annual is not None and change is not None:
        carried = [v for f in form.carryover_rows if (v := form.money(f.annual, "上年结转资金")) is not None]
        if comparable((initial, annual, change, *carried)):
            values = {"initial": [initial], "adjust": [change], "annual": [annual], "carried": carried}
            result = _history_line(values, frozenset(), _listed(case))
            if result.status == "fail" and _has_more(case, row, between[0]):
                reason = "年初预算数和全年预算数之间另有一栏金额，未计入"
                result = unverified("SUM-03", reason, {"total": annual})
            yield result


def _has_more(case: Case, row: Fund, adjustment: Figure) -> bool:
    """Whether the row prints another amount between 年初预算数 and 全年预算数: a column 上年结转."""
    table = case.tables.get(adjustment.table or "")
    if table is None or row.initial is None or row.annual is None:
        return False
    return any(
        cell.row == adjustment.row
        and row.initial.span.end <= cell.span.start < row.annual.span.start
        and cell.span != adjustment.span
        and _AMOUNT.fullmatch(squeeze(case.document.folded[cell.span.start : cell.span.end]))
        for cell in table.cells
    )


@check("SUM-04", "资金总额=拨款+结转+其他", "P1", "没有同时列出资金总额及其来源分项")
def sources_add_up(case: Case) -> Iterator[Check]:
    """The rows below the total of a money block; 其中 need not be complete, so a shortfall is a hint (CHECKS 0.4)."""
    for form in case.forms:
        row = form.total_row
        below = [(_source(text_of(fund.item)), fund) for fund in form.funds if fund is not row]
        below = [(kind, fund) for kind, fund in below if kind != "purpose"]
        if row is None or not below:
            continue
        columns = [each for name, role in _COLUMNS if (each := _column(case, form, row, below, name, role))]
        flat = any(each.result.status == "pass" and each.several for each in columns)
        if not flat and all(kind == "unknown" for kind, _ in below):
            continue
        agreed = [each.result for each in columns if each.result.status == "pass"]
        yield from agreed[:1]  # the columns of one block agree for one reason
        for each in columns:
            if each.result.status != "pass":
                yield from _not_agreed(case, each, below, flat)
        yield from _nought(case, columns)
    yield from _told(case)


@lru_cache(maxsize=1024)
def _source(name: str) -> str:
    """Which of the customary sources the item of a row names."""
    found = next((kind for kind, pattern in _SOURCES if pattern.search(name)), None)
    return found or ("purpose" if _PURPOSE.search(name) else "unknown")


class Column(NamedTuple):
    """One column of a money block: its total, the amounts below it by source, and their sum against it."""

    name: str
    total: Value
    listed: list[tuple[str, Value]]
    result: Check

    @property
    def several(self) -> bool:
        """Whether more than one source has money."""
        return sum(1 for _, part in self.listed if part.number) > 1


def _column(
    case: Case, form: Form, row: Fund, below: list[tuple[str, Fund]], name: str, role: str
) -> Column | None:
    total = form.money(_cell(row, name), role)
    listed = [(kind, v) for kind, fund in below if (v := form.money(_cell(fund, name), text_of(fund.item)))]
    parts = [value for _, value in listed]
    if total is None or not any(part.number for part in parts):
        return None
    return Column(name, total, listed, added(case, "SUM-04", parts, total))


def _not_agreed(case: Case, column: Column, below: list[tuple[str, Fund]], flat: bool) -> Iterator[Check]:
    """A column whose sources do not make its total; `flat` when another column shows that none is a part of another."""
    result, total, listed = column.result, column.total, column.listed
    parts = [value for _, value in listed]
    kinds = {kind for kind, _ in below}
    if result.status != "fail" or result.computed is None:
        yield result
    elif any(_unread(getattr(fund, column.name)) for _, fund in below):
        yield unverified("SUM-04", "有来源的金额读不出", {"total": total})
    elif not total.number and result.cause != "extraction":
        return  # told by `_nought`
    elif flat and _only_guessed((*parts, total)) and not remote(result.computed, total.number):
        yield added(case, "SUM-04", parts, total, severity="P2", reason="同表其他列各来源合计等于总额")
    elif result.cause == "extraction" or not steady((*parts, total)) or remote(result.computed, total.number):
        yield unverified("SUM-04", "列位或小数点读数存疑", {"total": total})
    elif flat:
        yield added(case, "SUM-04", parts, total, severity="P1", reason="同表其他列各来源合计等于总额")
    elif len(kinds) < len(below) or "unknown" in kinds:
        yield _levels(case, listed, total)
    elif result.computed > total.number:
        yield added(case, "SUM-04", parts, total, severity="P1", reason="所列来源合计大于总额")
    elif "other" in {kind for kind, _ in listed}:
        yield added(case, "SUM-04", parts, total, severity="P1", reason="来源已列至其他资金仍不等")
    elif len(parts) > 1:
        yield added(case, "SUM-04", parts, total, severity="I", reason="所列来源可能不完整")


def _only_guessed(values: Sequence[Value]) -> bool:
    """Whether columns were inferred for the values and every one stands in one piece."""
    return any(value.shaky for value in values) and all(s.parts is None for v in values for s in v.spans)


def _nought(case: Case, columns: list[Column]) -> Iterator[Check]:
    """A total row filled with noughts above sources that have money; one nought alone may be a digit that was lost."""
    empty = [each for each in columns if not each.total.number]
    if not empty:
        return
    parts = [part for each in empty for _, part in each.listed]
    if len(empty) == len(columns) > 1 and steady((*parts, *(each.total for each in empty))):
        listed = [part for _, part in empty[0].listed]
        reason = "资金总额各栏填列为0，所列来源有金额"
        yield added(case, "SUM-04", listed, empty[0].total, severity="P1", reason=reason)
    else:
        yield unverified("SUM-04", "列位或小数点读数存疑", {"total": empty[0].total})


def _unread(cell: Cell | None) -> bool:
    return cell is not None and number_of(cell) is None and cell.kind not in ("blank", "na")


def _levels(case: Case, listed: list[tuple[str, Value]], total: Value) -> Check:
    """Several rows of one source: the later ones may be parts of the first."""
    first = list(dict(reversed(listed)).values())
    result = added(case, "SUM-04", first, total)
    if result.status != "fail":
        return result
    return unverified("SUM-04", "来源有多行或不可辨认，层级不明", {"total": total})


def _cell(fund: Fund, name: str) -> Cell | None:
    cell: Cell | None = getattr(fund, name)
    return cell if number_of(cell) is not None else None


def _told(case: Case) -> Iterator[Check]:
    """A sentence that gives the annual budget with its grant and its carry-over."""
    for found in breakdowns(
        case, ("budget_annual", "revenue_budget"), ("appropriation_current", "carryover_in")
    ):
        total = case.value_of(found.total, "全年预算数")
        further = [f for f in found.others if f.metric == "other_funds"]
        parts = [value for f in (*found.parts, *further) if (value := case.value_of(f, _source_role(f)))]
        if total is None or not found.one_sentence:
            continue
        result = added(case, "SUM-04", parts, total)
        over = result.computed is not None and result.computed > total.number
        if result.status == "fail":
            reason = "所列来源合计大于总额" if over else "所列来源可能不完整"
            result = added(case, "SUM-04", parts, total, severity="P1" if over else "I", reason=reason)
        yield result


def _source_role(figure: Figure) -> str:
    return {"appropriation_current": "当年财政拨款", "carryover_in": "上年结转资金"}.get(
        figure.metric, "其他资金"
    )
