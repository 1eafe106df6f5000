"""RAT-09: buildings finished in the year, their size and cost against what was approved."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.findings import Check
from extractor.identities import check_rate, max_places, places
from extractor.reconcile.case import Case
from extractor.reconcile.rates import percent_formula
from extractor.reconcile.registry import check, compared, line, unverified
from extractor.reconcile.values import Value, of_cell
from extractor.schema import Cell

_KINDS = (
    ("building_area_actual", "building_area_approved", "building_area_rate", "规模"),
    ("building_invest_actual", "building_invest_budget", "building_invest_rate", "投资"),
)


@check("RAT-09", "规模、投资控制率", "P1", "没有完工的楼堂馆所")
def building_control(case: Case) -> Iterator[Check]:
    """实际 over 批复 gives the printed rate; more than was approved is to be explained."""
    for row in case.report.base_data:
        cells = {each.metric: each.cell for each in row.cells}
        for actual, approved, rate, what in _KINDS:
            part, whole = _value(cells.get(actual), f"实际{what}"), _value(cells.get(approved), f"批复{what}")
            if part is not None and whole is not None and whole.number:
                yield from _lines(part, whole, _value(cells.get(rate), "控制率"))


def _value(cell: Cell | None, role: str) -> Value | None:
    return of_cell(cell, role)


def _lines(part: Value, whole: Value, rate: Value | None) -> Iterator[Check]:
    names = {"actual": part, "approved": whole}
    formula = percent_formula("actual", "approved", places(rate.number) if rate is not None else 2)
    if part.unit != whole.unit:
        yield unverified("RAT-09", "计量单位不同", names)
        return
    if rate is not None:
        digits = max_places((part.number, whole.number))
        outcome = check_rate(part.number, whole.number, rate.number, digits)
        yield compared("RAT-09", outcome, formula, names | {"rate": rate})
    if part.number > whole.number:
        difference = part.number - whole.number
        yield line("RAT-09", "fail", names, formula=formula, difference=difference, reason="大于批复数")
    elif rate is None:
        yield line("RAT-09", "pass", names, formula=formula)
