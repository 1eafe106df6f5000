"""Whether a model's label may stand where the rules said `other`: the words must carry it, and no identity may break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractor.amounts import base_value
from extractor.identities import check_equal, check_rate, check_sum, max_places, places
from extractor.metrics import by_id
from extractor.patterns import lazy
from extractor.schema import OVERALL, Cell, Figure, Report

# Amounts that are differences, rests, prices or parts of something unnamed: no total, whatever a model says.
_NO_TOTAL = lazy(
    r"[比较超少多增减降省]|节约|结余(?!资金)|未|尚|剩|余下|其余|标准|每|人均|平均|均价|单价|单位成本|差额|缺口|以内|其中|标|控制在|最高|最低|上年|去年"
)
# Money of one source or one level is a part of a project's money.
_PART = lazy(r"中央|省级|市级|县级|区级|乡镇|配套|自筹|上级|地方|本级|其他资金|社会资本|补助资金")
_STAGE_WORDS = {
    "project_budget": lazy(r"预算|安排|批复|下达|到位|投入|拨付|资金"),
    "project_exec": lazy(r"支出|执行|支付|使用|兑付|发放|花费"),
}
_WHOLE = ("总额", "合计", "总计", "全年预算", "年度资金")
_FUND_METRICS = {"budget_initial": "initial", "budget_annual": "annual", "exec_annual": "executed", "expenditure_total": "executed"}  # fmt: skip
# total, parts
_SUMS = (
    ("expenditure_total", ("expenditure_basic", "expenditure_project")),
    ("expenditure_basic", ("expenditure_personnel", "expenditure_public")),
)
_RATES = {
    "share_personnel": ("expenditure_personnel", "expenditure_basic"),
    "share_public": ("expenditure_public", "expenditure_basic"),
}
_CENT = Decimal("0.01")


def refusal(figure: Figure, words: str, report: Report) -> str | None:
    """Why `figure`, as the model labels it, may not stand; None when it may. `words` are those before the number in its sentence."""
    if _NO_TOTAL.search(words):
        return "文字表明是差额、剩余或单价"
    if figure.metric.startswith("project_") and _PART.search(words):
        return "只是一个来源的钱"
    if not named(figure.metric, words):
        return "文字没有这个名称"
    if (
        figure.metric.startswith("project_")
        and figure.scope == OVERALL
        and report.kind not in ("project", "transfer")
    ):
        return "没有指明是哪个项目"
    if figure.amount.unit in ("%", "‰"):
        return None if _rate_holds(figure, report) else "复算不成立"
    if _contradicted(figure, report):
        return "与同一口径的其他数不一致"
    return "破坏已成立的合计" if _breaks_sum(figure, report) else None


def named(metric_id: str, words: str) -> bool:
    """Whether the words before a number say what a label with this metric says."""
    staged = _STAGE_WORDS.get(metric_id)
    if staged is not None:
        return staged.search(words) is not None
    metric = by_id[metric_id]
    return any(name in words for name in (metric.name, *metric.aliases) if len(name) > 1)


def _yuan(figure: Figure) -> Decimal | None:
    return figure.amount.base_value


def _same_kind(figure: Figure, report: Report, metric: str) -> Iterator[Figure]:
    """The sure figures of a metric with the stage, scope and year of `figure`."""
    for other in report.figures:
        same = (other.stage, other.scope, other.period) == (figure.stage, figure.scope, figure.period)
        if other.metric == metric and same and other.evidence.certain and other.amount.base_value is not None:
            yield other


def _contradicted(figure: Figure, report: Report) -> bool:
    """Whether a sure figure, or the total row of the money block, says otherwise for the same metric."""
    value = _yuan(figure)
    if value is None:
        return True
    told = [other.amount.base_value for other in _same_kind(figure, report, figure.metric)]
    told += list(_totals(figure, report))
    return any(other is not None and not _close(value, other) for other in told)


def _totals(figure: Figure, report: Report) -> Iterator[Decimal | None]:
    """The total of the money block that stands for the metric, in yuan."""
    field = _FUND_METRICS.get(figure.metric)
    for fund in report.funds:
        if field and fund.scope == figure.scope and fund.item and any(w in fund.item.text for w in _WHOLE):
            cell: Cell | None = getattr(fund, field)
            if cell is not None and cell.value is not None and cell.unit is not None:
                yield base_value(cell.value, cell.unit)


def _close(one: Decimal, other: Decimal) -> bool:
    return (
        check_equal(one, other).agreement != "fail"
        or abs(one - other) <= _CENT * max(abs(one), abs(other), Decimal(1)) / 100
    )


def _breaks_sum(figure: Figure, report: Report) -> bool:
    """Whether a sum of the report that could now be formed would not hold."""
    for total, parts in _SUMS:
        if figure.metric not in (total, *parts):
            continue
        values = {
            metric: _yuan(figure) if metric == figure.metric else _first(_same_kind(figure, report, metric))
            for metric in (total, *parts)
        }
        known = [values[part] for part in parts]
        whole = values[total]
        if whole is None or any(part is None for part in known):
            continue
        numbers = [part for part in known if part is not None]
        if check_sum(numbers, whole, max_places(numbers), places(whole)).agreement == "fail":
            return True
    return False


def _first(figures: Iterable[Figure]) -> Decimal | None:
    return next((figure.amount.base_value for figure in figures), None)


def _rate_holds(figure: Figure, report: Report) -> bool:
    """Whether a rate is what its two amounts give; a rate without such amounts is taken by its name alone only where the name is its own."""
    if figure.amount.value is None:
        return False
    if figure.metric == "exec_rate":
        pairs = list(_executions(figure, report))
    elif figure.metric in _RATES:
        part, whole = _RATES[figure.metric]
        pairs = [
            (a.amount.base_value, b.amount.base_value)
            for a in report.figures
            for b in report.figures
            if a.metric == part and b.metric == whole and a.stage == b.stage
        ]
    else:
        return False
    return any(
        part is not None and whole and check_rate(part, whole, figure.amount.value, 2).agreement != "fail"
        for part, whole in pairs
    )


def _executions(figure: Figure, report: Report) -> Iterator[tuple[Decimal | None, Decimal | None]]:
    """(spent, budget) in yuan of the scope a rate speaks of, out of prose and money blocks."""
    spent = [f for f in report.figures if f.scope == figure.scope and f.metric in ("exec_annual", "project_exec", "expenditure_total")]  # fmt: skip
    given = [f for f in report.figures if f.scope == figure.scope and f.metric in ("budget_annual", "project_budget", "budget_initial")]  # fmt: skip
    for part in spent:
        for whole in given:
            yield part.amount.base_value, whole.amount.base_value
    for fund in report.funds:
        if fund.scope == figure.scope and fund.annual and fund.executed:
            yield fund.executed.value, fund.annual.value
