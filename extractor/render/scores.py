"""附3: the scores of every form beside what the checks recomputed for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.findings import Check
from extractor.reconcile.values import number_of
from extractor.review import Review
from extractor.schema import OVERALL, Cell, Fund, Indicator

_RECOMPUTE = ("SCO-01", "SCO-06", "SCO-07", "SCO-16")


class Line(NamedTuple):
    """One scored row: what the form prints, and what follows from its own numbers by `check`."""

    row: str
    name: str
    target: str | None
    actual: str | None
    points: str | None
    score: str | None
    again: Decimal | None
    remark: str | None
    check: str | None


class Recomputed(NamedTuple):
    """One form: its rows, and its total against their sum."""

    title: str
    lines: tuple[Line, ...]
    total: Check | None
    points: Check | None


def recomputed_scores(review: Review) -> list[Recomputed]:
    """Every form that prints points or scores, in the order of the report."""
    by_score = dict(_by_score(review.checks))
    sums = {code: [check for check in review.checks if check.code == code] for code in ("SCO-02", "SCO-03")}
    out = []
    for table in review.report.tables:
        funds = _scored_funds([f for f in review.report.funds if f.table == table.id], by_score)
        rows = [
            i
            for i in review.report.indicators
            if i.table == table.id and (_filled(i.points) or _filled(i.score))
        ]
        if not rows:
            continue
        ids = _ids(funds) | _ids(rows)
        lines = (*(_of_fund(f, by_score) for f in funds), *(_of_indicator(i, by_score) for i in rows))
        scope = "" if table.scope == OVERALL or table.scope in table.title else f"：{table.scope}"
        title = (table.title or "自评表") + scope
        total, points = (_about(ids, sums[code]) for code in ("SCO-02", "SCO-03"))
        out.append(Recomputed(title, lines, total, points))
    return out


def _by_score(checks: tuple[Check, ...]) -> Iterator[tuple[str, Check]]:
    """Recomputing checks by the id of the score cell they recompute."""
    for check in checks:
        if check.code in _RECOMPUTE and check.status != "not_applicable":
            for operand in check.operands:
                if operand.name == "score" and operand.ref:
                    yield operand.ref, check


def _about(ids: set[str], checks: list[Check]) -> Check | None:
    return next((check for check in checks if any(operand.ref in ids for operand in check.operands)), None)


def _scored_funds(funds: list[Fund], by_score: dict[str, Check]) -> list[Fund]:
    """The row whose score counts: the one a check recomputed, else the first that prints points or a score."""
    scored = [f for f in funds if number_of(f.points) is not None or number_of(f.score) is not None]
    checked = [f for f in scored if f.score is not None and f.score.id in by_score]
    return (checked or scored)[:1]


def _ids(rows: Iterable[Fund | Indicator]) -> set[str]:
    return {cell.id for row in rows for cell in (row.points, row.score) if cell}


def _filled(cell: Cell | None) -> bool:
    return cell is not None and cell.kind != "blank"


def _text(cell: Cell | None) -> str | None:
    return cell.text if cell is not None and cell.kind != "blank" else None


def _of_fund(fund: Fund, by_score: dict[str, Check]) -> Line:
    name = f"预算执行率（{fund.item.text}）" if fund.item else "预算执行率"
    return _line(fund, name, fund.annual, fund.executed, by_score)


def _of_indicator(row: Indicator, by_score: dict[str, Check]) -> Line:
    return _line(row, indicator_name(row), row.target, row.actual, by_score)


def indicator_name(row: Indicator) -> str:
    """The lowest level that the row prints."""
    names = (_text(cell) for cell in (row.level3, row.level2, row.level1))
    return next((name for name in names if name), "（未填名称）")


def _line(
    row: Fund | Indicator, name: str, target: Cell | None, actual: Cell | None, by_score: dict[str, Check]
) -> Line:
    check = by_score.get(row.score.id) if row.score else None
    again, remark = _again(row.score, check)
    return Line(
        row=row.id,
        name=name,
        target=_text(target),
        actual=_text(actual),
        points=_text(row.points),
        score=_text(row.score),
        again=again,
        remark=remark,
        check=check.id if check and again is not None else None,
    )


def _again(score: Cell | None, check: Check | None) -> tuple[Decimal | None, str | None]:
    """The recomputed score and what to say about it."""
    printed = number_of(score)
    if score is None or printed is None:
        return None, "得分未填或不是数" if score is None or score.kind != "na" else None
    if check is None:
        return None, None
    if check.computed is None:
        return None, check.reason
    if check.status != "fail":
        return check.computed, None if check.status == "pass" else "尾差"
    return check.computed, "可能少计" if printed < check.computed else "可能多计"
