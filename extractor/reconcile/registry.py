"""The catalogue of checks, what a check is given, and the ledger line it yields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from extractor.document import Document
from extractor.findings import Cause, Check, Severity, Status
from extractor.identities import Outcome, evaluate
from extractor.profiles import Rules, rules
from extractor.reconcile.case import Case
from extractor.reconcile.companions import NO_COMPANIONS, Companions
from extractor.reconcile.doubt import power_of_ten
from extractor.reconcile.integrity import weighed
from extractor.reconcile.values import Value, Words, in_words
from extractor.records import replace
from extractor.schema import Report

Runner = Callable[[Case], Iterator[Check]]


class Rule(NamedTuple):
    """A check: `needs` says in Chinese what a report must print for it to apply."""

    code: str
    title: str
    severity: Severity
    needs: str
    run: Runner


RULES: dict[str, Rule] = {}
# What a defect in a check raises. One defect must not cost the person the other hundred checks; exhausted memory and
# an interrupt are no defects and pass through.
DEFECTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_FAILED = "本项检查程序出错，未能执行完"


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
            guessed = any(value.shaky for value in operands.values())
            level = "P2" if guessed and level != "I" else "P1" if level == "P0" else level
    elif status == "rounding":
        cause, level = "rounding", severity or "I"
    return Check(
        id=f"{code}.1", code=code, title=rule.title, status=status, severity=level, cause=cause, formula=formula,
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
    """The ledger line of an `Outcome`; a gap that a misplaced decimal point explains is a likely misreading."""
    level = severity if outcome.agreement == "fail" else None
    if outcome.agreement == "rounding" and not reason:
        reason = "疑为截断而非四舍五入" if outcome.truncated else "尾差偏大，请核对" if outcome.wide else None
    result = line(
        code, outcome.agreement, operands, severity=level, formula=formula, reported=outcome.reported,
        tolerance=outcome.tolerance, reason=reason,
    )  # fmt: skip
    failed = outcome.agreement == "fail"
    return misread(result) if failed and power_of_ten(outcome.computed, outcome.reported) else result


def misread(result: Check) -> Check:
    """The same failure, told as a likely misreading of the source: never P0."""
    if result.status != "fail" or result.cause == "extraction":
        return result
    severity: Severity = "P1" if result.severity == "P0" else result.severity
    return replace(result, cause="extraction", severity=severity)


def best(results: Iterable[Check]) -> Check | None:
    """The first of several readings that does not fail, else the first of all; the rest are not worked out."""
    first = None
    for result in results:
        if result.status != "fail":
            return result
        first = first or result
    return first


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
    companions: Companions | None = None,
) -> tuple[Check, ...]:
    """The ledger: every code yields at least one line, in catalogue order."""
    return ledger(Case(document, layout, report, profile or rules(), companions or NO_COMPANIONS), codes)


def ledger(case: Case, codes: Iterable[str] | None = None) -> tuple[Check, ...]:
    """Every line of every code, in catalogue order."""
    return tuple(_numbered(_run(case, sorted(RULES if codes is None else codes))))


def _run(case: Case, codes: Iterable[str]) -> Iterator[Check]:
    for code in codes:
        rule, found = RULES[code], False
        try:
            for result in rule.run(case):
                found = True
                yield weighed(case, _doubted(case, result) if result.status == "fail" else result)
        except DEFECTS as defect:
            found = True
            yield unverified(code, f"{_FAILED}（{type(defect).__name__}），请人工核对")
        if not found:
            yield line(code, "not_applicable", reason=rule.needs)


def warnings_of(checks: Iterable[Check]) -> tuple[str, ...]:
    """What a review says about checks that broke off: the ledger lines stand, the person must look."""
    return tuple(
        f"{check.code} {check.title}：{check.reason}"
        for check in checks
        if check.status == "unverified" and (check.reason or "").startswith(_FAILED)
    )


def _doubted(case: Case, result: Check) -> Check:
    """A failure over what was read off a picture, or over numbers of a recognised table: any digit may be misread."""
    if any(operand.ref in case.pictured for operand in result.operands):
        return misread(result)
    spans = (span for operand in result.operands if operand.value is not None for span in operand.spans)
    return misread(result) if case.scanned and any(case.in_table(span) for span in spans) else result


def _numbered(checks: Iterable[Check]) -> Iterator[Check]:
    count: Counter[str] = Counter()
    for each in checks:
        count[each.code] += 1
        yield each if count[each.code] == 1 else replace(each, id=f"{each.code}.{count[each.code]}")
