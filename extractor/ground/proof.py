"""Which numbers an identity proves: each of them, changed by one unit of its last place, would break it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from extractor.identities import HUNDRED, ZERO, check_rate, places, unit_of
from extractor.schema import OVERALL, Cell, Fund, Report

_FEWEST = 2  # parts that are not 0: one part alone is its total printed again, perhaps misread again


def proven(report: Report, sound: frozenset[str]) -> frozenset[str]:
    """Ids of the cells that a satisfied identity among `sound` ones proves; a decimal point lost everywhere proves nothing."""
    out: set[str] = set()
    for cells in _identities(report):
        if all(cell.id in sound for cell in cells):
            out.update(cell.id for cell in cells)
    return frozenset(out)


def _identities(report: Report) -> Iterator[Sequence[Cell]]:
    """The cells of every identity that holds."""
    for fund in report.funds:
        yield from _rate(fund)
    for _, rows in groupby(report.funds, key=lambda fund: fund.table):
        total, *parts = list(rows)
        for name in ("initial", "annual", "executed"):
            yield from _sum(getattr(total, name), [getattr(part, name) for part in parts])
    yield from _points(report)


def _rate(fund: Fund) -> Iterator[Sequence[Cell]]:
    """执行率 = 执行数 ÷ 预算数."""
    cells = _numbers([fund.executed, fund.annual, fund.rate])
    if len(cells) < 3:
        return
    executed, annual, rate = (cell.value or ZERO for cell in cells)
    if executed == annual or not places(executed) + places(annual):
        return
    if _is_rate(executed, annual, rate) and not any(
        _is_rate(executed + a, annual + b, rate)
        for a, b in (
            (_step(executed), ZERO),
            (-_step(executed), ZERO),
            (ZERO, _step(annual)),
            (ZERO, -_step(annual)),
        )
    ):
        yield cells


def _is_rate(executed: Decimal, annual: Decimal, rate: Decimal) -> bool:
    return annual > 0 and check_rate(executed, annual, rate).agreement == "pass"


def _step(value: Decimal) -> Decimal:
    return unit_of(places(value))


def _sum(total: Cell | None, parts: Sequence[Cell | None]) -> Iterator[Sequence[Cell]]:
    """A total and its parts, one of them printed with decimals."""
    (cells, addends) = (_numbers([total]), [cell for cell in _numbers(parts) if cell.value])
    if not cells or len(addends) < _FEWEST:
        return
    values = [cell.value or ZERO for cell in addends]
    if sum(values, ZERO) == cells[0].value and any(map(places, values)):
        yield [*cells, *addends]


def _points(report: Report) -> Iterator[Sequence[Cell]]:
    """Points that add up to a hundred, and scores that add up to a printed total, form by form."""
    totals = {table: p.total_score for p in report.projects for table in p.tables}
    for table, rows in groupby(report.indicators, key=lambda row: row.table):
        own = list(rows)
        money = next((fund for fund in report.funds if fund.table == table), None)
        points = _numbers([row.points for row in own] + [money.points if money else None])
        if len(points) > _FEWEST and sum((cell.value or ZERO for cell in points), ZERO) == HUNDRED:
            yield points
        total = totals.get(table) or (report.total_score if own[0].scope == OVERALL else None)
        scores = _numbers([row.score for row in own] + [money.score if money else None])
        value = total.value if total is not None else None
        if total is None or value is None or not ZERO < value <= HUNDRED or len(scores) <= _FEWEST:
            continue
        if sum((cell.value or ZERO for cell in scores), ZERO) == value:
            yield [total, *scores]


def _numbers(cells: Sequence[Cell | None]) -> list[Cell]:
    """Those that hold a number, each once: cells that several rows share are one."""
    found = {cell.id: cell for cell in cells if cell is not None and cell.value is not None}
    return list(found.values())
