"""What the right side of a desk shows of a review: values with their traits, the ledger by how it ended, notes by what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from extractor.amounts import plain
from extractor.document import Span
from extractor.findings import Check, Note
from extractor.ground import cells_of
from extractor.render import words
from extractor.render.html import STATUSES, indicator_tables
from extractor.render.values import KINDS, Lines, values
from extractor.render.view import Entry, View, view
from extractor.review import Review
from extractor.schema import Cell, Evidence, Figure
from extractor.web.corrections import ENGINE as USER
from extractor.web.fold import Folded, Happened
from extractor.web.history import lines
from extractor.web.labels import INDICATOR, called
from extractor.web.resubmission import OUTCOMES, PROPOSALS, FollowUp, tallied
from extractor.web.store.models import Entry as Row

ENGINES = {"rules": "规则", "llm": "模型", "hybrid": "规则与模型", "user": "人工", "ocr": "文字识别"}
GROUNDINGS = {
    "EXACT": "与原文逐字一致",
    "NORMALIZED": "归一后一致",
    "AMBIGUOUS": "原文多处相同",
    "MISSING": "原文该处未印出",
}
FLAGS = {
    "ocr": "扫描件识别", "seal": "印章遮挡", "glued": "与相邻格粘连", "inferred_column": "栏目为推断", "shared": "合并单元格",
    "unreadable": "无法辨认",
}  # fmt: skip
STATES = {"open": "待处理", "accepted": "已采纳", "edited": "已修改", "dismissed": "不采纳"}


class Card(NamedTuple):
    """A note to be decided about: its key, and its number in the opinion when it has one."""

    note: Note
    key: str
    number: int | None
    basis: str


class Group(NamedTuple):
    """Notes under one heading."""

    id: str
    name: str
    cards: list[Card]


class Detail(NamedTuple):
    """A value and all that is known of it."""

    target: str
    label: str
    home: str
    text: str
    value: Cell | Figure
    number: Any
    unit: str | None
    checks: list[Check]

    @property
    def evidence(self) -> Evidence:
        """How it was found."""
        return self.value.evidence


def panel(
    entry: Row, folded: Folded, events: list[Happened], followed: list[FollowUp] | None
) -> dict[str, Any]:
    """Everything the right side names."""
    review = folded.review
    seen = view(review, folded.signing)
    ledger = [*seen.ledger, *seen.worded, *map(Entry, seen.unverified), *map(Entry, seen.not_applicable)]
    return {
        "entry": entry, "review": review, "seen": seen, "folded": folded, "version": len(events),
        "statuses": [(s, words.STATUSES[s], [e for e in ledger if e.check.status == s]) for s in STATUSES],
        "groups": _groups(seen, folded), "severities": words.SEVERITIES, "kinds": words.KINDS, "states": STATES, "words": words.STATUSES,
        "values": {kind: [v for v in values(review) if v.kind == kind] for kind in KINDS if kind != "总体"},
        "heads": [v for v in values(review) if v.kind == "总体"], "tables": indicator_tables(review), "cells": INDICATOR,
        "lines": Lines(review), "traits": traits(review),
        "typed": {each.id: text for each in review.report.figures if (text := typed(each)) is not None}, "history": lines(events)[::-1], "followed": followed, "tally": tallied(followed or ()),
        "outcomes": OUTCOMES, "proposals": PROPOSALS, "proposal": seen.proposal, "spans_of": spans_of,
    }  # fmt: skip


def spans_of(check: Check) -> list[Span]:
    """Where every operand of a check stands."""
    return [span for operand in check.operands for span in operand.spans]


def traits(review: Review) -> dict[str, str]:
    """By the id of each value: whether it is sure, corrected, unreadable, or part of a check that failed."""
    bad = {o.ref for check in review.checks if check.status == "fail" for o in check.operands}
    out = {}
    found: Iterable[Cell | Figure] = (*cells_of(review.report), *review.report.figures)
    for value in found:
        evidence = value.evidence
        marks = (
            ("bad", value.id in bad),
            ("mine", evidence.engine == USER),
            ("unread", "unreadable" in evidence.flags),
            ("unsure", not evidence.certain),
        )
        out[value.id] = " ".join(name for name, holds in marks if holds)
    return out


def typed(figure: Figure) -> str | None:
    """What a person said a figure is; its own words stay those of the source."""
    amount = figure.amount
    if figure.evidence.engine != USER or amount.value is None:
        return None
    return plain(amount.value) + (amount.unit or "")


def _groups(seen: View, folded: Folded) -> list[Group]:
    """Gravest first; what a model proposed and what was dismissed stand apart."""
    keys = folded.notes
    cards = [Card(item.note, keys[item.note.id], item.number, item.basis) for item in seen.listed]
    groups = [
        Group(
            level,
            f"{name}问题" if level != "P1" else "须说明的问题",
            [c for c in cards if c.note.severity == level],
        )
        for level, name in words.SEVERITIES.items()
        if level != "I"
    ]
    rest = {"hints": ("提示，不要求修改", seen.hints), "proposed": ("模型建议，采纳后进入审核意见", seen.proposed),
            "dismissed": ("不采纳", [n for n in seen.review.notes if n.state == "dismissed"])}  # fmt: skip
    groups += [
        Group(id, name, [Card(note, keys[note.id], None, "") for note in notes])
        for id, (name, notes) in rest.items()
    ]
    return [group for group in groups if group.cards]


def detail(review: Review, target: str) -> Detail | None:
    """A value of the report; None when there is none of that id."""
    found: Iterable[Cell | Figure] = (*cells_of(review.report), *review.report.figures)
    value = next((each for each in found if each.id == target), None)
    if value is None:
        return None
    label, home = called(review, target)
    checks = [check for check in review.checks if any(o.ref == target for o in check.operands)]
    order = {status: n for n, status in enumerate(STATUSES)}
    checks.sort(key=lambda check: order[check.status])
    if isinstance(value, Cell):
        return Detail(target, label, home, value.text, value, value.value, value.unit, checks)
    amount = value.amount
    text = typed(value) or "".join(amount.raw.split())
    return Detail(target, label, home, text, value, amount.value, amount.unit, checks)
