"""UNI-03, 04 and 05: numbers off by powers of ten, comparison signs the wrong way round, units doubled or cut."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from extractor.findings import Check, Severity
from extractor.identities import HUNDRED, ONE
from extractor.patterns import lazy
from extractor.reconcile.basetable import label_of
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.dimensions import kind_of
from extractor.reconcile.doubt import same_scale
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import guessed, numbered, only_inferred, paired, readable, remark, spot
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.targets import kind_of_unit
from extractor.reconcile.values import Value, Words, number_of, of_cell, words_of
from extractor.schema import OVERALL, Cell, Indicator, Project

_LEAST_DIGITS = 4
_BUDGET = ("全年预算数", "全年预算数为", "全年预算为", "全年预算共计")
_TEN, _LEAST_SCALE = Decimal(10), Decimal(7)
_TOLD = (  # metrics of the unit, metrics of a project, stage
    (("budget_annual",), ("project_budget",), "budget_annual"),
    (("exec_annual", "expenditure_total"), ("project_exec",), "exec"),
    (("budget_initial",), ("project_budget",), "budget_initial"),
)
_COMPARED = frozenset(("prev_final", "budget_initial", "exec"))
_DOUBLED = ("万万元", "元元", "%%", "万元万", "元万元", "百分之百%", "亿亿元")
_DOUBLED_UNIT = lazy(r"\d(?:万万元|元元|%%|万元万(?!人)|元万元|亿亿元)")
_RAISED = lazy(r"节约|节省|投入|投资|筹|增收")
_PAID_OUT = lazy(r"标准|补助|补贴|补偿|工资|薪|报酬|待遇|奖|救助|保障金")
_CONTROLLED = lazy(r"成本控制率|费用控制率|超支率|成本增长率")
_HALF = Decimal(50)  # per cent: more than that is a share of the budget, not what may be overrun
_MONEY_NAME = lazy(r"成本|费用|经费|资金|投资|支出|预算")
# 万 right before a mark of punctuation, after words of money and a number, in a text that writes 万元.
_BARE_WAN = lazy(r"\d[\d,]*(?:\.\d+)?万(?=[,。;、()]|$)")
_LEAD = 20
_BARE_ENDS = ("万,", "万。", "万;", "万、", "万(", "万)")
_ABOUT_MONEY = lazy(
    r"预算|决算|支出|收入|经费|资金|拨款|拨付|兑付|下达|执行|支付|结转|结余|金额|调整|追加|投资|补助|费|(?:实际|累计|已)使用"
)
_CLAUSE, _STOP = lazy(r"[,。;、!?|]"), lazy(r"[,。;!?|]")
_LISTED = "万元、"  # the amount before it of the same enumeration
_NOT_MONEY = lazy(
    r"[人户亩件次棵株册份只头羽吨里米辆条台套]数?(?:达|约|为|共|超|近|到)*$|面积|产量|人数|人次|数量|户数|点击|阅读|浏览"
)
_LEAST_USUAL = 2


@check("UNI-03", "数量级异常", "P1", "没有同项的多个金额")
def powers_of_ten(case: Case) -> Iterator[Check]:
    """One item printed with the same digits and another place of the point."""
    found = [pair for group in _same_items(case) for pair in combinations(group, 2) if _shifted(*pair)]
    found += _out_of_scale(case)
    if found and case.scanned:
        yield unverified("UNI-03", "文字由识别得来，小数点可能漏识，请对照原件")
    elif found:
        # A point is what a picture loses first: the reviewer is asked to look.
        level: Severity = (
            "P2" if any(value.ref in case.pictured for pair in found for value in pair) else "P1"
        )
        gap = abs(found[0][0].number - found[0][1].number)
        yield line("UNI-03", "fail", paired(found), severity=level, difference=gap)
    elif case.report.funds or case.report.base_data or case.report.projects or case.prose:
        yield passed("UNI-03", "同项金额未见数量级差异")


def _out_of_scale(case: Case) -> list[tuple[Value, Value]]:
    """The year's one budget in sentences where it is some ten times both its 年初预算 and its spending, which fit each other."""
    out = []
    for scope in dict.fromkeys(figure.scope for figure in case.prose):
        whole = scope == OVERALL
        told = [_only(case, scope, metrics if whole else named, stage) for metrics, named, stage in _TOLD]
        annual, executed, initial = told
        if annual is None or executed is None or annual.unit != executed.unit or not executed.number:
            continue
        near = initial or _by_rate(case, scope, annual, executed)
        if (
            near is None
            or near.unit != annual.unit
            or not near.number
            or not same_scale(near.number, executed.number)
        ):
            continue
        if all(_tenfold(annual.number / each.number) for each in (near, executed)):
            out.append((annual, executed))
    return out


def _tenfold(ratio: Decimal) -> bool:
    """Whether a ratio is nearer to ten, a hundred or a thousand than any budget is to its own spending."""
    while ratio >= _TEN * _LEAST_SCALE:
        ratio /= _TEN
    return _TEN * _LEAST_SCALE > ratio >= _LEAST_SCALE


def _only(case: Case, scope: str, metrics: tuple[str, ...], stage: str) -> Value | None:
    """The one amount that sentences print for a scope, a stage and one of the metrics."""
    found = {
        figure.amount.base_value: figure
        for figure in case.spoken_of(scope)
        if figure.metric in metrics and figure.stage == stage and figure.amount.value and case.of_year(figure)
    }
    return case.value_of(next(iter(found.values())), "金额") if len(found) == 1 else None


def _by_rate(case: Case, scope: str, annual: Value, executed: Value) -> Value | None:
    """The spending again, where the one printed 执行率 is of the budget with its point elsewhere."""
    rates = {
        f.amount.value
        for f in case.spoken_of(scope)
        if f.metric == "exec_rate" and f.amount.value and case.of_year(f)
    }
    shares = [executed.number / annual.number * HUNDRED * _TEN**k for k in (1, 2)]
    fits = len(rates) == 1 and any(abs(share - rate) < ONE for share in shares for rate in rates)
    return executed if fits else None


def _same_items(case: Case) -> Iterator[list[Value]]:
    """Amounts of one money row, one row of a 基础数据表, one project in sentences and in its form, where they may differ so."""
    for form in case.forms:
        for fund in form.funds:
            cells = (("年初预算数", fund.initial), ("全年预算数", fund.annual), ("全年执行数", fund.executed))
            if _alike([cell for _, cell in cells]):
                found = [form.money(cell, form.title + role) for role, cell in cells if readable(cell)]
                yield [value for value in found if value is not None]
    for row in case.report.base_data:
        listed = [each for each in row.cells if each.stage in _COMPARED and readable(each.cell)]
        if _alike([each.cell for each in listed]):
            unit, name = case.unit_of(row.table), label_of(row)
            found = [of_cell(each.cell, name + (each.column or ""), unit) for each in listed]
            yield [value for value in found if value is not None]
    for project in case.report.projects:
        yield _project_amounts(case, project)
    yield _told_budgets(case)


def _told_budgets(case: Case) -> list[Value]:
    """The year's budget as sentences give it, the money received for it, and an amount that they name so although it fits no other."""
    told = case.by_metric(("budget_annual", "revenue_budget"), "budget_annual")
    named = [
        figure
        for figure in case.spoken_of(OVERALL)
        if figure.metric == "other"
        and figure.stage == "budget_annual"
        and case.of_year(figure)
        and case.lead(figure).endswith(_BUDGET)
    ]
    values = [case.value_of(figure, "正文全年预算数") for figure in told]
    values += [v._replace(certain=True) for f in named if (v := case.value_of(f, "正文全年预算数"))]
    return [value for value in values if value is not None]


def _alike(cells: list[Cell | None]) -> bool:
    """Whether two different numbers of the cells begin alike: the cheap half of the question."""
    numbers = {number for cell in cells if (number := number_of(cell))}
    return len(numbers) > 1 and len(
        {str(number).replace(".", "").lstrip("0")[:2] for number in numbers}
    ) < len(numbers)


def _project_amounts(case: Case, project: Project) -> list[Value]:
    told = case.named_money.get(bare_name(project.name.text))
    if not told or not readable(project.annual):
        return []
    name, unit = f"“{project.name.text}”", case.unit_of(project.tables[0]) if project.tables else None
    found = [
        of_cell(project.annual, f"{name}表列数", unit),
        *(case.value_of(figure, f"{name}正文数") for figure in told),
    ]
    return [value for value in found if value is not None]


def _shifted(one: Value, other: Value) -> bool:
    """Whether two amounts of one unit have the same four or more digits and differ by a power of ten."""
    if one.unit != other.unit or not one.number or not other.number or one.number == other.number:
        return False
    if not (one.certain and other.certain):
        return False
    digits = one.number.normalize().as_tuple().digits
    return len(digits) >= _LEAST_DIGITS and digits == other.number.normalize().as_tuple().digits


@check("UNI-04", "比较符不规范", "P2", "没有带比较符的指标值")
def signs(case: Case) -> Iterator[Check]:
    """A cost to be reached, a satisfaction not to be exceeded; an equals sign is for the reviewer alone (CHECKS 0.17)."""
    wrong: list[Words] = []
    equals = signed = 0
    for form in case.forms:
        for row in form.rows:
            target = row.target
            if target is None or target.comparator is None:
                continue
            if not all(cell is None or only_inferred(cell) for cell in (target, row.level2)):
                continue
            signed += 1
            equals += target.comparator == "=" and target.text.startswith("=")
            cost = target.comparator in ("≥", ">") and _is_cost(row, target)
            pleased = (
                kind_of(row) == "satisfaction" and target.unit == "%" and target.comparator in ("≤", "<")
            )
            if cost or (pleased and "不满意" not in name_of(row)):
                wrong.append(guessed(target, f"“{name_of(row)}”指标值"))
    if wrong:
        yield line("UNI-04", "fail", numbered("t", wrong))
    elif equals:
        yield remark("UNI-04", f"{equals}行指标值以“=”表述，定量指标建议用“≥”或“≤”")
    elif signed:
        yield passed("UNI-04", f"{signed}行比较符方向无误")


def _is_cost(row: Indicator, target: Cell) -> bool:
    """Whether a target is what something may cost at most: not what is to be saved, raised or paid out to people."""
    name = name_of(row)
    if "成本" not in text_of(row.level2) or _RAISED.search(name):
        return False
    money, _, per = (target.unit or "").partition("/")
    if per:
        return kind_of_unit(money) == "money" and not _PAID_OUT.search(name)
    if target.unit == "%":
        return bool(_CONTROLLED.search(name)) and target.value is not None and target.value < _HALF
    return kind_of_unit(money) == "money"


@check("UNI-05", "计量单位缺失或异形", "P2", "没有可检查的计量单位")
def odd_units(case: Case) -> Iterator[Check]:
    """A unit printed twice, and money in a form or a sentence whose 元 is lost."""
    found = [
        words_of(cell, f"“{name_of(row)}”{role}")
        for form in case.forms
        for row in form.rows
        for cell, role in ((row.target, "指标值"), (row.actual, "完成值"))
        if cell is not None and cell.kind in ("num", "cmp") and cell.unit == "万" and readable(cell)
        and (kind_of(row) in ("cost", "economic") or _MONEY_NAME.search(name_of(row)))
    ]  # fmt: skip
    if any(mark in case.plain_text for mark in _DOUBLED):
        found += [spot(span.start, span.end, "计量单位") for _, span in case.found(_DOUBLED_UNIT)]
    found += _lost_yuan(case)
    if found:
        yield line("UNI-05", "fail", numbered("text", found))
    elif case.report.figures or case.report.indicators:
        yield passed("UNI-05", "未见重复或缺失的计量单位")


def _lost_yuan(case: Case) -> Iterator[Words]:
    """Amounts of sentences told in 万 where the text otherwise writes 万元."""
    text = case.plain_text
    usual = text.count("万元") >= _LEAST_USUAL
    if "万元" not in text or not any(end in text for end in _BARE_ENDS):
        return
    for match, span in case.found(_BARE_WAN):
        before = match.string[max(0, match.start() - _LEAD) : match.start()]
        lead = (_STOP if before.endswith(_LISTED) else _CLAUSE).split(before)[-1]
        if not usual and "万元" not in case.sentence_words(span):
            continue
        if _ABOUT_MONEY.search(lead) and not _NOT_MONEY.search(lead) and not case.in_table(span):
            yield spot(span.start, span.end, "正文金额")
