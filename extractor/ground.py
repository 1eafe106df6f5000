"""Grounding: nothing leaves whose digits do not stand in the source at its span (promises 1 and 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractor.amounts import chinese_value, decimal_of
from extractor.document import Document, Span, fold, slices
from extractor.schema import Amount, Cell, Report

_DIGITS = re.compile(r"[^\d]")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\. ?\d+)?")
_SPACE = re.compile(r"\s+")


class Broken(NamedTuple):
    """A value that does not stand where it says it does."""

    id: str
    reason: str


def cells_of(report: Report) -> Iterator[Cell]:
    """Every Cell of a report, in the order of the contract."""
    for head in (report.unit_name, report.total_score, report.grade):
        if head is not None:
            yield head
    for group in (report.funds, report.indicators, report.projects):
        for record in group:
            for _, value in record:
                if isinstance(value, Cell):
                    yield value
    for row in report.base_data:
        yield row.item
        for cell in row.cells:
            yield cell.cell


def verify(document: Document, report: Report) -> list[Broken]:
    """Every broken promise in a report; an empty list is the only acceptable answer."""
    out = []
    for cell in cells_of(report):
        reason = _broken_cell(document.text, cell)
        if reason:
            out.append(Broken(cell.id, reason))
    for figure in report.figures:
        reason = _broken_amount(document.text, figure.amount, figure.span)
        if reason:
            out.append(Broken(figure.id, reason))
    return out


def _broken_cell(text: str, cell: Cell) -> str | None:
    raw = slices(text, cell.span)
    if raw != cell.raw:
        return "原文切片与 raw 不一致"
    if cell.value is not None and not stands_in(raw, cell.value):
        return "数值的数字不在原文切片中"
    return None


def _broken_amount(text: str, amount: Amount, span: Span) -> str | None:
    raw = slices(text, span)
    if raw != amount.raw:
        return "原文切片与 raw 不一致"
    if amount.value is not None and not stands_in(raw, amount.value):
        return "数值的数字不在原文切片中"
    return None


def stands_in(raw: str, value: object) -> bool:
    """Whether the digits of `value` are printed in `raw`, full-width forms, separators and Chinese numerals understood."""
    folded = _SPACE.sub("", fold(raw))
    wanted = abs(value)  # type: ignore[arg-type]
    if any(decimal_of(m[0]) == wanted for m in _NUMBER.finditer(folded)):
        return True
    numerals = re.findall(r"[零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]+", folded)
    return any(chinese_value(n) == wanted for n in numerals)
