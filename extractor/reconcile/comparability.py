"""CMP: whether 实际完成值 answers 指标值 in kind and unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from extractor.amounts import scan
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import guessed, whole
from extractor.reconcile.rows import name_of
from extractor.reconcile.targets import kind_of_unit, same_measure
from extractor.reconcile.values import SHAKY, Words, words_of
from extractor.schema import Cell, Indicator

Mismatch = Literal["hard", "soft"]
_NUMERIC = frozenset(("num", "cmp", "count_vague"))
_SYMBOL = lazy(r"[≥≤><]")
_DURATION = lazy(r"^(?:中?长期|持续|常年|全年|长久|永久|经常)$")
_CHANGE = lazy(r"提升|增强|改善|提高|加强|促进|增加|优化|传递|推动|改进")
_PROMPT = lazy(r"^[\[【].*[\]】]$|^\.{2,}$|^…+$|填写|字以内")
_DONE = lazy(r"完成|达成|达到|达标|实现|合格|到位|落实|按时|按期|及时|符合|通过|是|已")
_HUNDRED = Decimal(100)


def mismatch(row: Indicator) -> Mismatch | None:
    """How clearly the two cells of a row cannot be compared: `hard` by kind or unit, `soft` where custom reads them."""
    target, actual = row.target, row.actual
    if target is None or actual is None or _PROMPT.match(target.text) or _PROMPT.match(actual.text):
        return None
    silent = ("blank", "na", "unreadable", "range")
    if target.kind in silent or actual.kind in silent or target.text == actual.text:
        return None
    if target.kind in _NUMERIC:
        return _number_answered(target, actual)
    rate = actual.kind in _NUMERIC and kind_of_unit(actual.unit) == "percent"
    if target.kind in ("date", "bool"):
        return "hard" if rate else None
    if target.kind == "multi":
        return "hard" if rate and "%" not in target.text and "率" not in target.text else None
    if target.kind == "qual_text":
        return _words_answered(target, actual, rate)
    return None


def _number_answered(target: Cell, actual: Cell) -> Mismatch | None:
    wanted = kind_of_unit(target.unit)
    if actual.kind == "date":
        return None if wanted.startswith("time") or wanted == "bare" else "hard"
    if actual.kind in ("qual_text", "qual_tier"):
        if any(c.isdigit() for c in actual.text) or wanted.startswith("time"):
            return None
        return "soft" if actual.kind == "qual_tier" or _DONE.search(actual.text) else "hard"
    if actual.kind not in _NUMERIC or same_measure(target.unit, actual.unit):
        return None
    reached = kind_of_unit(actual.unit)
    if "bare" in (wanted, reached):
        return _unit_missing(target, actual, wanted)
    if wanted.startswith("per:") or reached.startswith("per:"):
        return None
    if "percent" in (wanted, reached):
        return "hard"
    return None if wanted.startswith("time") and reached.startswith("time") else "soft"


def _unit_missing(target: Cell, actual: Cell, wanted: str) -> Mismatch | None:
    """A number without a unit beside one with a unit: the unit may stand in a column of its own."""
    if wanted == "percent" and actual.value is not None and target.value is not None:
        return "hard" if actual.value > max(_HUNDRED, 2 * target.value) else None
    return "soft" if kind_of_unit(actual.unit) == "percent" and target.value != actual.value else None


def _words_answered(target: Cell, actual: Cell, rate: bool) -> Mismatch | None:
    quantities = [q for q in scan(target.text) if q.unit is not None]
    if rate and quantities:
        measured = {kind_of_unit(quantity.unit) for quantity in quantities}
        return "hard" if "percent" not in measured and "率" not in target.text else None
    if _DURATION.match(target.text):
        return "hard" if rate else "soft" if _CHANGE.search(actual.text) else None
    return "soft" if rate else None


@check("CMP-01", "指标值与完成值可比", "P1", "没有同时填有指标值和完成值的指标行")
def comparable_values(case: Case) -> Iterator[Check]:
    """完成值 stands in the kind and unit of 指标值; doubtful rows are named only beside a clear one."""
    for form in case.forms:
        rows = [(row, kind) for row in form.rows if _readable(row) and (kind := mismatch(row)) is not None]
        if any(kind == "hard" for _, kind in rows):
            yield line("CMP-01", "fail", _pairs(row for row, _ in rows), reason=f"{form.title}{len(rows)}行")
        elif unsure := [row for row in form.rows if not _readable(row) and mismatch(row) == "hard"]:
            told = "、".join(name_of(row) for row in unsure[:3])
            yield unverified("CMP-01", f"{form.title}{len(unsure)}行读数存疑（{told}）")
        elif any(row.target and row.actual and row.actual.kind != "blank" for row in form.rows):
            yield passed(
                "CMP-01", f"{form.title}各行可比" + (f"，{len(rows)}行按习惯读作可比" if rows else "")
            )


def _readable(row: Indicator) -> bool:
    cells = (row.target, row.actual)
    return whole(row) or all(
        cell is None or (any(map(str.isalnum, cell.text)) and not SHAKY.intersection(cell.evidence.flags))
        for cell in cells
    )


def _pairs(rows: Iterator[Indicator]) -> dict[str, Words]:
    names: dict[str, Words] = {}
    for n, row in enumerate(rows, 1):
        assert row.target is not None
        assert row.actual is not None
        names[f"t{n}"] = guessed(row.target, f"“{name_of(row)}”指标值")
        names[f"a{n}"] = guessed(row.actual, f"“{name_of(row)}”完成值")
    return names


@check("CMP-02", "完成值填成不等式", "P1", "没有填写完成值的指标行")
def exact_actuals(case: Case) -> Iterator[Check]:
    """完成值 is a number that came about, never a bound."""
    for form in case.forms:
        rows = [
            row
            for row in form.rows
            if row.actual and row.actual.kind == "cmp" and _SYMBOL.match(row.actual.text)
        ]
        if rows:
            names = {
                f"a{n}": words_of(row.actual, f"“{name_of(row)}”完成值")
                for n, row in enumerate(rows, 1)
                if row.actual
            }
            yield line("CMP-02", "fail", names, reason=f"{form.title}{len(rows)}行")
        elif _answered(form):
            yield passed("CMP-02", f"{form.title}完成值均非不等式")


def _answered(form: Form) -> bool:
    return any(row.actual is not None and row.actual.kind not in ("blank", "na") for row in form.rows)
