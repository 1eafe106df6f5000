"""The catalogue of checks, what a check is given, and the ledger line it yields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from extractor.document import Document
from extractor.findings import Cause, Check, Severity, Status
from extractor.identities import Outcome, evaluate
from extractor.profiles import Rules, rules
from extractor.reconcile.case import Case
from extractor.reconcile.values import Value, Words, in_words
from extractor.records import replace
from extractor.schema import Report

Runner = Callable[[Case], Iterator[Check]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: `needs` says in Chinese what a report must print for it to apply."""

    code: str
    title: str
    severity: Severity
    needs: str
    run: Runner


RULES: dict[str, Rule] = {}
# Checks within one row or column of a form: a guessed column breaks them before the report does.
_COLUMN_BOUND = frozenset(("RAT-01", "SCO-01", "SCO-02", "SCO-03", "SCO-04", "REA-01", "REA-02"))


def check(code: str, title: str, severity: Severity, needs: str) -> Callable[[Runner], Runner]:
    """Enter the decorated generator into the catalogue; a code is entered once."""

    def enter(run: Runner) -> Runner:
        if code in RULES:
            raise ValueError(f"{code!r} is already in the catalogue")
        RULES[code] = Rule(code, title, severity, needs, run)
        return run

    return enter


def line(
    code: str,
    status: Status,
    operands: Mapping[str, Value | Words] | Mapping[str, Value] | None = None,
    *,
    severity: Severity | None = None,
    formula: str | None = None,
    reported: Decimal | None = None,
    difference: Decimal | None = None,
    tolerance: Decimal | None = None,
    reason: str | None = None,
) -> Check:
    """One ledger line, its difference from what the formula gives to what is reported; a failure that rests on a doubtful reading has cause `extraction` and is never P0."""
    rule, operands = RULES[code], operands or {}
    computed = evaluate(formula, _numbers(operands)) if formula else None
    if difference is None and computed is not None and reported is not None:
        difference = abs(computed - reported)
    level: Severity = severity or rule.severity
    cause: Cause | None = None
    if status == "fail":
        cause = "document" if all(value.certain for value in operands.values()) else "extraction"
        if cause == "extraction":
            guessed = code in _COLUMN_BOUND and any(value.shaky for value in operands.values())
            level = "P2" if guessed and level != "I" else "P1" if level == "P0" else level
    elif status == "rounding":
        cause, level = "rounding", severity or "I"
    return Check(
        id=code, code=code, title=rule.title, status=status, severity=level, cause=cause, formula=formula,
        formula_text=in_words(formula, operands) if formula else None, computed=computed, reported=reported,
        difference=difference, tolerance=tolerance, reason=reason,
        operands=tuple(value.operand(name) for name, value in operands.items()),
    )  # fmt: skip


def _numbers(operands: Mapping[str, Value | Words] | Mapping[str, Value]) -> dict[str, Decimal]:
    return {name: value.number for name, value in operands.items() if value.number is not None}


def compared(
    code: str,
    outcome: Outcome,
    formula: str,
    operands: Mapping[str, Value],
    *,
    severity: Severity | None = None,
    reason: str | None = None,
) -> Check:
    """The ledger line of an `Outcome`."""
    level = severity if outcome.agreement == "fail" else None
    if outcome.agreement == "rounding" and not reason:
        reason = "疑为截断而非四舍五入" if outcome.truncated else "尾差偏大，请核对" if outcome.wide else None
    return line(
        code, outcome.agreement, operands, severity=level, formula=formula, reported=outcome.reported,
        tolerance=outcome.tolerance, reason=reason,
    )  # fmt: skip


def unverified(code: str, reason: str, operands: Mapping[str, Value] | None = None) -> Check:
    """A check that could not be run, and why."""
    return line(code, "unverified", operands, reason=reason)


def passed(code: str, reason: str, operands: Mapping[str, Value] | None = None) -> Check:
    """A check that found nothing, and over what."""
    return line(code, "pass", operands, reason=reason)


def reconcile(
    document: Document,
    layout: object,
    report: Report,
    profile: Rules | None = None,
    codes: Iterable[str] | None = None,
) -> tuple[Check, ...]:
    """The ledger: every code yields at least one line, in catalogue order."""
    case = Case(document, layout, report, profile or rules())
    return tuple(_numbered(_run(case, sorted(RULES if codes is None else codes))))


def _run(case: Case, codes: Iterable[str]) -> Iterator[Check]:
    for code in codes:
        rule, found = RULES[code], False
        for result in rule.run(case):
            found = True
            yield result
        if not found:
            yield line(code, "not_applicable", reason=rule.needs)


def _numbered(checks: Iterable[Check]) -> Iterator[Check]:
    count: Counter[str] = Counter()
    for each in checks:
        count[each.code] += 1
        yield replace(each, id=f"{each.code}.{count[each.code]}")
