"""The year's budget told over several sentences: 批复, then each 追加 and 压减, then 全年预算."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.findings import Check
from extractor.identities import check_sum
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.registry import compared, unverified
from extractor.reconcile.values import Value, comparable, digits_of, in_unit, term
from extractor.schema import Figure

_CHANGED = lazy(r"追加|追减|调增|调减|核增|核减|压减|收回|新增|增加|减少|下达|结转")
_LOWERED = lazy(r"追减|调减|核减|压减|收回|减少")
_PARTS = lazy(r"其中|包括|:")
_APART = 400  # characters between the first budget and the last


def over_sentences(case: Case, known: Sequence[Figure]) -> Iterator[Check]:
    """The one 年初预算 and the one 全年预算 of a paragraph with every change told between them."""
    initials, annuals = (case.by_metric((metric,), metric) for metric in ("budget_initial", "budget_annual"))
    for annual in annuals:
        before = [f for f in initials if 0 < annual.span.start - f.span.end < _APART]
        if (
            len(before) != 1
            or annual in known
            or case.paragraph(before[0].span) != case.paragraph(annual.span)
        ):
            continue
        changes = _changes(case, before[0], annual)
        if changes:
            yield from _told(case, before[0], annual, changes)


def _changes(case: Case, initial: Figure, annual: Figure) -> list[tuple[Figure, bool]]:
    """The adjustments of the whole between two budgets and whether each lowers it; empty where some change was not read as one."""
    found: list[tuple[Figure, bool]] = []
    at, verbs = initial.span.end, 0
    inside = False
    for figure in case.between(initial.span.end, annual.span.start):
        gap = case.words(at, figure.span.start)
        at = figure.span.end
        inside = bool(_PARTS.search(gap)) or (inside and not ("。" in gap or ";" in gap))
        if inside:
            continue
        verbs += len(_CHANGED.findall(gap)) > 0
        if figure.metric == "budget_adjust" and figure.stage == "adjust":
            found.append((figure, bool(_LOWERED.search(gap))))
    verbs += bool(_CHANGED.search(case.words(at, annual.span.start)))
    return found if len(found) == verbs else []


def _told(
    case: Case, initial: Figure, annual: Figure, changes: Sequence[tuple[Figure, bool]]
) -> Iterator[Check]:
    total, first = case.value_of(annual, "全年预算数"), case.value_of(initial, "年初预算数")
    values: list[tuple[Value, bool]] = [
        (value, lowers)
        for figure, lowers in changes
        if (value := case.value_of(figure, "调整数")) is not None
    ]
    if total is None or first is None or not comparable((total, first, *(value for value, _ in values))):
        return
    if case.confined(initial) != case.confined(annual):
        return
    unit = total.unit
    names = {"total": total, "x1": first} | {f"x{n}": value for n, (value, _) in enumerate(values, 2)}
    formula = term("x1", first, unit) + "".join(
        f" {'-' if lowers else '+'} {term(f'x{n}', value, unit)}"
        for n, (value, lowers) in enumerate(values, 2)
    )
    numbers = [in_unit(first, unit), *(in_unit(v, unit) * (-1 if lowers else 1) for v, lowers in values)]
    outcome = check_sum(numbers, total.number, digits_of(list(names.values()), unit))
    carried = [
        v for f in case.by_metric(("carryover_in", "other_funds")) if (v := case.value_of(f, "上年结转资金"))
    ]
    gap = total.number - outcome.computed
    if outcome.agreement == "fail" and any(
        comparable((total, each)) and abs(in_unit(each, unit) - gap) <= outcome.tolerance for each in carried
    ):
        yield unverified("SUM-03", "差额与所列上年结转或其他资金一致", {"total": total})
        return
    reason = "全年预算数可能含未列明的上年结转或其他资金" if gap > 0 else None
    yield compared(
        "SUM-03",
        outcome,
        formula,
        names,
        severity="P1",
        reason=reason if outcome.agreement == "fail" else None,
    )
