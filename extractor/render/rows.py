"""What the review says about one indicator row: the words and the score that go into the finance system."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.amounts import plain
from extractor.findings import Check
from extractor.reconcile.values import number_of
from extractor.render.scores import indicator_name
from extractor.render.view import Entry, Item, View, shown
from extractor.render.words import clip
from extractor.schema import Cell, Indicator

LONGEST_OPINION = 200
NOTHING = "无意见。"
_OWN = ("level2", "level3", "target", "actual", "points", "score", "reason")


class Opinion(NamedTuple):
    """An indicator as the finance system takes it; no score where the reviewer has to decide."""

    name: str
    words: str
    score: Decimal | None


def opinions(view: View) -> list[Opinion]:
    """One for every indicator, in the order of the report."""
    report, checks = view.review.report, {check.id: check for check in view.review.checks}
    rows = {cell.id: row.id for row in report.indicators for cell in _own(row)}
    lines = {line.row: line for form in view.scores for line in form.lines}
    said: dict[str, list[str]] = {row.id: [] for row in report.indicators}
    for item in view.listed:
        for check in (checks[id] for id in item.note.checks if id in checks):
            for id, words in _about(check, item, rows):
                if words not in said[id]:
                    said[id].append(words)
    out = []
    for row in report.indicators:
        again = lines[row.id].again if row.id in lines else None
        printed = number_of(row.score)
        words = clip("".join(said[row.id]), LONGEST_OPINION) or NOTHING
        out.append(Opinion(shown(indicator_name(row)), words, _score(printed, again, bool(said[row.id]))))
    return out


def _own(row: Indicator) -> Iterator[Cell]:
    """The cells that belong to this row alone; a 一级指标 is shared by several."""
    for field in _OWN:
        cell = getattr(row, field)
        if cell is not None:
            yield cell


def _about(check: Check, item: Item, rows: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The rows a failed check is about and what to say there; a sum over many rows is about none of them."""
    found = dict.fromkeys(rows[o.ref] for o in check.operands if o.ref in rows)
    if check.status != "fail" or (check.formula and len(found) != 1):
        return
    numbers = Entry(check).numbers
    if numbers and check.computed is not None and check.reported is not None:
        fact = f"{check.title}：{numbers}＝{plain(check.computed)}，填报{plain(check.reported)}。"
    else:
        fact = f"{check.title}："
    for row in found:
        yield row, shown(fact + item.note.action)


def _score(printed: Decimal | None, again: Decimal | None, doubted: bool) -> Decimal | None:
    """Never more than the unit gave itself (CHECKS 0.7); nothing where a doubt cannot be put into a number."""
    if printed is not None and again is not None:
        return min(printed, again)
    return None if doubted else printed
