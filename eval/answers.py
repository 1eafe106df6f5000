"""Whether a planted error was answered: something is said of the changed report that was not said of the clean one."""

from __future__ import annotations

from collections.abc import Collection

from extractor.findings import Check
from extractor.review import Review

Said = tuple[str, str, str]  # code, severity, what it says
# CHECKS 0 keeps these in the ledger: an entry there is an answer, no comment is asked for.
# A report without a date may be the body alone (CHECKS 0.16): only one that is signed is told so.
LEDGER_ONLY = frozenset({"FMT-05", "FMT-06", "UNI-06", "CMP-07", "INT-06"})
_ENOUGH = frozenset({"P0", "P1", "P2"})


def said(result: Review) -> set[Said]:
    """Every note, every failed check a note speaks for, and every entry of a ledger-only check."""
    failed = {check.id: check.code for check in result.checks if check.status == "fail"}
    out = {(note.code, str(note.severity), note.comment) for note in result.notes}
    for note in result.notes:
        out |= {(failed[i], str(note.severity), note.comment) for i in note.checks if i in failed}
    listed = (c for c in result.checks if c.status == "fail" or (c.code in LEDGER_ONLY and _tells(c)))
    return out | {(c.code, "ledger", f"{c.status} {c.reported} {c.reason}") for c in listed}


def _tells(check: Check) -> bool:
    """Whether a line of the ledger says more than that all is well."""
    return check.status == "unverified" or check.severity == "I"


def answered(codes: Collection[str], before: set[Said], after: set[Said]) -> bool:
    """Whether one of `codes`, the first of which the error was made for, is newly said and serious enough."""
    first = next(iter(codes))
    enough = _ENOUGH | ({"I", "ledger"} if first in LEDGER_ONLY else set())
    return any(code in codes and severity in enough for code, severity, _ in after - before)
