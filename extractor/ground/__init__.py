"""Grounding: nothing leaves whose digits do not stand in the source at its span (promises 1 and 3)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from extractor.amounts import CN_DIGITS, chinese_value, decimal_of
from extractor.document import Document, Span, fold, slices
from extractor.ground.walk import cells_of, with_cells
from extractor.patterns import lazy
from extractor.records import replace
from extractor.schema import Cell, Evidence, Report

__all__ = ["Broken", "cells_of", "ground", "stands_in", "verify"]

_MISSING = Evidence(grounding="MISSING", confidence=0.0, certain=False, flags=("unreadable",))
_NUMBER = lazy(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\. ?\d+)?")
_NUMERAL = lazy(rf"[{CN_DIGITS}]+")
_UNITS = frozenset("%分万元人个项次名户")  # what may follow a number and is none of its digits
_SPACE = lazy(r"\s+")


class Broken(NamedTuple):
    """A value that does not stand where it says it does."""

    id: str
    reason: str


def ground(document: Document, report: Report) -> tuple[Report, tuple[str, ...]]:
    """The report without any value that does not stand in the source, and what was dropped and why.

    The rules take every value from the source, so nothing is ever dropped unless we made a mistake; then the review says so.
    What stands on a scanned page is marked so, with how sure its reading is.
    """
    broken = {b.id: b.reason for b in verify(document, report)}
    if broken:
        report = _without(report, frozenset(broken))
    if any(page.source == "ocr" for page in document.pages):
        from extractor.ground.scans import weighed  # noqa: PLC0415 - most reports hold no scanned page

        report = weighed(document, report)
    return report, tuple(f"{i}：{reason}" for i, reason in broken.items())


def _without(report: Report, broken: frozenset[str]) -> Report:
    """The report with broken figures left out and broken cells emptied of their number."""
    mended = with_cells(report, lambda cell: _emptied(cell) if cell.id in broken else cell)
    return replace(mended, figures=tuple(f for f in report.figures if f.id not in broken))


def _emptied(cell: Cell) -> Cell:
    return replace(cell, value=None, kind="unreadable", evidence=_MISSING)


def verify(document: Document, report: Report) -> list[Broken]:
    """Every broken promise in a report; an empty list is the only acceptable answer."""
    text = document.text
    out = []
    for cell in cells_of(report):
        reason = _broken(text, cell.span, cell.raw, cell.value)
        if reason:
            out.append(Broken(cell.id, reason))
    for figure in report.figures:
        reason = _broken(text, figure.span, figure.amount.raw, figure.amount.value)
        if reason:
            out.append(Broken(figure.id, reason))
    return out


def _broken(text: str, span: Span, printed: str, value: Decimal | None) -> str | None:
    raw = text[span.start : span.end] if span.parts is None else slices(text, span)
    if raw != printed:
        return "原文切片与 raw 不一致"
    if value is not None and not stands_in(raw, value):
        return "数值的数字不在原文切片中"
    return None


def stands_in(raw: str, value: Decimal) -> bool:
    """Whether the digits of `value` are printed in `raw`, full-width forms, separators and Chinese numerals understood."""
    digits = str(value)
    if raw == digits or (raw.startswith(digits) and raw[len(digits)] in _UNITS):  # nearly all
        return True
    folded = _SPACE.sub("", fold(raw))
    wanted = abs(value)
    if any(decimal_of(m[0]) == wanted for m in _NUMBER.finditer(folded)):
        return True
    return any(chinese_value(m[0]) == wanted for m in _NUMERAL.finditer(folded))
