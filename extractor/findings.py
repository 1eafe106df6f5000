"""What the product says about a report: checks (the ledger) and notes (the comments)."""

from __future__ import annotations

from typing import Literal

from extractor.document import Span
from extractor.records import Record
from extractor.schema import Number

Status = Literal["pass", "fail", "rounding", "unverified", "not_applicable"]
Severity = Literal["P0", "P1", "P2", "I"]
Cause = Literal["document", "extraction", "rounding"]
SEVERITIES: tuple[Severity, ...] = ("P0", "P1", "P2", "I")


class Operand(Record):
    """A named value of a check; `ref` is the id of the cell or figure it was read from."""

    name: str
    ref: str | None
    value: Number | None
    unit: str | None
    role: str
    spans: tuple[Span, ...] = ()


class Check(Record):
    """One line of the ledger; `computed` re-evaluates from `formula` and the operands."""

    id: str
    code: str
    title: str
    status: Status
    severity: Severity
    cause: Cause | None = None
    formula: str | None = None
    formula_text: str | None = None
    computed: Number | None = None
    reported: Number | None = None
    difference: Number | None = None
    tolerance: Number | None = None
    operands: tuple[Operand, ...] = ()
    reason: str | None = None


class Basis(Record):
    """What a note cites; an unverified article number is never printed."""

    text: str
    verified: bool


class Note(Record):
    """A comment for the unit: fact, recomputation, difference, request."""

    id: str
    code: str
    severity: Severity
    location: str
    quote: str
    comment: str
    action: str
    basis: tuple[Basis, ...] = ()
    spans: tuple[Span, ...] = ()
    checks: tuple[str, ...] = ()
    cause_group: str
    origin: Literal["rule", "model", "user"] = "rule"
    state: Literal["open", "accepted", "edited", "dismissed"] = "open"
    dismiss_reason: str | None = None
