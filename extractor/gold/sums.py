"""Identities that the values of a gold file should satisfy; a report may break them, so each is a request to look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from extractor.cellkinds import read_cell
from extractor.document import fold
from extractor.gold.place import bare, written
from extractor.identities import ZERO, check_rate, max_places

_USUAL = {
    Decimal(80),
    Decimal(90),
    Decimal(100),
}  # what is left for 产出、效益、满意度 when execution has its own


def _number(value: object) -> Decimal | None:
    """The one number a value prints; None when it prints none or several."""
    words = written(value)
    return read_cell(bare(fold(words))).value if words else None


def remarks(gold: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(where, what to look at) for rates, scores above their points, and points of a form that add up to no round sum."""
    funds, rows = _rows(gold, "funds"), _rows(gold, "indicators")
    for n, fund in enumerate(funds, 1):
        yield from _rate(f"funds 第 {n} 行", fund)
        yield from _score(f"funds 第 {n} 行", fund)
    for n, row in enumerate(rows, 1):
        yield from _score(f"indicators 第 {n} 行", row)
    yield from _points(rows, funds)


def _rows(gold: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = gold.get(name)
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def _rate(where: str, fund: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    annual, executed, rate = (_number(fund.get(key)) for key in ("annual", "executed", "rate"))
    if annual is None or executed is None or rate is None or annual <= ZERO:
        return
    if check_rate(executed, annual, rate, max_places((annual, executed))).agreement == "fail":
        yield (
            where,
            f"执行数 {executed}／预算数 {annual} 不等于执行率 {rate}%；请核对是否抄错，原文如此则保留",
        )


def _score(where: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    points, score = _number(row.get("points")), _number(row.get("score"))
    if points is not None and score is not None and score > points:
        yield where, f"得分 {score} 高于分值 {points}；请核对是否抄错，原文如此则保留"


def _points(rows: list[Mapping[str, Any]], funds: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The points of a form make 100 with or without its fund rows, or what these leave of it."""
    own, together = _by_table(rows), _by_table([*rows, *funds])
    for table, cells in own.items():
        sums = (sum(cells.values(), ZERO), sum(together[table].values(), ZERO))
        if len(cells) > 3 and not set(sums) & _USUAL:
            yield f"表 {table}", f"各行分值合计 {sums[1]}，不是 100；请核对有无漏行或抄错，原文如此则保留"


def _by_table(rows: list[Mapping[str, Any]]) -> dict[str, dict[object, Decimal]]:
    """The points of each table, a cell that several rows share once."""
    out: dict[str, dict[object, Decimal]] = defaultdict(dict)
    for n, row in enumerate(rows):
        value, points = row.get("points"), _number(row.get("points"))
        if points is not None:
            start = value.get("start") if isinstance(value, Mapping) else None
            out[str(row.get("table"))][start if isinstance(start, int) else f"row {n}"] = points
    return out
