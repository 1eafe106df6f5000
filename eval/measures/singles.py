"""Slots outside tables: the head of the report and its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from eval.gold import Gold, Value, squeeze
from eval.measures.align import assign
from eval.measures.slots import (
    Got,
    Slot,
    Verdict,
    addresses_of,
    boxes_of,
    got_cell,
    judged,
    overlaps,
    ranges_of,
)
from extractor.document import Span
from extractor.schema import OVERALL, Cell, Figure, Report

PROSE = ("money", "staff", "rate", "score", "grade")  # the classes of figures whose labels a gold promises
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_AGREE = 0.5  # of a likeness, for each label that agrees
_UNLABELLED = frozenset({"other", "total_weight", "vehicle_count"})  # golds do not list every one of these


def head_slots(report: Report, gold: Gold) -> Iterator[Slot]:
    """Unit, score, grade, year, date and kind."""
    for key in ("unit_name", "total_score", "grade"):
        cell: Cell | None = getattr(report, key)
        want: Value | None = gold.head.get(key)
        got = got_cell(cell)
        right = (
            got is not None
            and want is not None
            and got.text.removesuffix("分") == want.text.removesuffix("分")
        )
        yield Slot("head", key, key, want, got, judged(want, got, right))
    yield _plain("fiscal_year", gold.head.get("fiscal_year"), report.fiscal_year, report.fiscal_year_span)
    yield _plain("report_date", gold.head.get("report_date"), report.report_date, report.report_date_span)
    yield _plain("kind", gold.head.get("kind"), report.kind, None)


def _plain(key: str, want: object, got: object, span: Span | None) -> Slot:
    """A slot of a word or a year that the report means rather than prints."""
    expected = Value(str(want), -1, -1) if want else None
    read = Got(str(got), ranges_of(span) if span else ()) if got else None
    right = read is not None and expected is not None and read.text in expected.text.split("|")
    return Slot("head", key, key, expected, read, judged(expected, read, right))


def figure_slots(report: Report, gold: Gold, *, table: bool) -> Iterator[Slot]:
    """Figures of the prose, or of table cells that no other list represents; right means value, metric, scope, stage and period."""
    group = "table_figures" if table else "prose"
    wanted = [f for f in gold.figures if f["table"] == table and (table or f["class"] in PROSE)]
    found = [(figure, _got(figure)) for figure in report.figures]
    pairs = assign(
        {
            (i, j): alike
            for i, want in enumerate(wanted)
            for j, (figure, got) in enumerate(found)
            if (alike := _likeness(want, figure, got))
        }
    )
    for i, want in enumerate(wanted):
        value: Value = want["value"]
        if i not in pairs:
            yield Slot(group, want["metric"], "value", value, None, "missed", want["metric"])
            continue
        figure, got = found[pairs[i]]
        wrong = _differences(want, figure)
        if not _same_number(got.text, value.text):
            wrong.append(f"value 应 {value.text} 得 {got.text}")
        verdict: Verdict = "wrong" if wrong else "right"
        yield Slot(group, figure.label, "value", value, got, verdict, "；".join(wrong))
    others = [f["value"] for f in gold.figures] + gold.unlabelled
    for j, (figure, got) in enumerate(found):
        mine = (figure.table is not None) == table
        if not mine or j in pairs.values() or not _promised(figure):
            continue
        if not any(overlaps(got, value) for value in others):
            yield Slot(group, figure.label, "value", None, got, "extra", figure.metric, beyond=True)


def _promised(figure: Figure) -> bool:
    """Whether a gold that labels this kind of figure labels all of them: points and counts of things it need not."""
    return (
        figure.metric not in _UNLABELLED
        and figure.stage != "points"
        and not figure.metric.startswith(("unit_", "dept_", "project_count", "project_exec_count"))
    )


def _got(figure: Figure) -> Got:
    raw = squeeze(figure.amount.raw)
    span = figure.span
    return Got(raw, ranges_of(span), boxes_of(span), figure.evidence, addresses_of(span))


def _likeness(want: Mapping[str, Any], figure: Figure, got: Got) -> float:
    value: Value = want["value"]
    if value.start >= 0 and got.ranges:
        if not overlaps(got, value):
            return 0.0
        place = 6.0 if got.ranges[0][0] == value.start else 4.0
    else:
        place = 4.0 if _same_number(got.text, value.text) else 0.0
    return place and place + _AGREE * (4 - len(_differences(want, figure)))


def _differences(want: Mapping[str, Any], figure: Figure) -> list[str]:
    """The labels that differ, in words."""
    return [
        f"{key} 应 {expected} 得 {actual}"
        for key, expected, actual, right in (
            ("metric", want["metric"], figure.metric, figure.metric in want["metric"].split("|")),
            ("stage", want["stage"], figure.stage, figure.stage in want["stage"].split("|")),
            ("period", want["period"], figure.period, str(figure.period) in str(want["period"]).split("|")),
            ("scope", want["scope"], figure.scope, _same_scope(figure.scope, want["scope"])),
        )
        if not right
    ]


def _same_scope(got: str, want: str | None) -> bool:
    """Scopes are the same when one says the other: a project's name is often shortened."""
    a, b = squeeze(got), want or OVERALL
    return a == b or (OVERALL not in (a, b) and (a in b or b in a))


def _same_number(got: str, want: str) -> bool:
    """The same digits, or the same words where there are none; a unit may be left out by either."""
    a, b = _NUMBER.search(got), _NUMBER.search(want)
    if a is None or b is None:
        return got == want
    return a[0].replace(",", "") == b[0].replace(",", "")
