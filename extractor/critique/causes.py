"""Which failed checks have one cause, and so become one note."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from extractor.amounts import base_value
from extractor.critique.kinds import LEDGER_ONLY, ONCE
from extractor.critique.view import View
from extractor.findings import SEVERITIES, Check, Operand

# Codes of which a report gets one note for each severity, all places listed in it.
_ONCE = frozenset((
    "SUM-08", "SUM-09", "SUM-10", "RAT-01", "SCO-01", "SCO-03", "SCO-04", "SCO-06", "SCO-07", "SCO-10", "SCO-13", "CON-07", "CMP-01", "CMP-02",
    "REA-02", "REA-10", "UNI-01",
))  # fmt: skip
_ROW_CODES = ("SCO-02", "SCO-03", "SCO-04")


def worth_a_note(check: Check) -> bool:
    """Whether a ledger line is told to the unit: a failure, or whole numbers to be looked at."""
    if check.code in LEDGER_ONLY:
        return False
    return check.status == "fail" or (check.status == "rounding" and check.severity == "P2")


def grouped(checks: Iterable[Check], view: View) -> list[tuple[str, list[Check]]]:
    """Failed checks by cause, each group led by its most severe check; the key is the note's cause group."""
    failed = [check for check in checks if worth_a_note(check)]
    keys = {check.id: _key(check, view) for check in failed}
    _join_missing_rows(failed, keys, view)
    _join_conflicts(failed, keys)
    groups: dict[str, list[Check]] = {}
    for check in failed:
        groups.setdefault(keys[check.id], []).append(check)
    return [(key, sorted(group, key=_rank)) for key, group in groups.items()]


def _rank(check: Check) -> tuple[int, str]:
    return SEVERITIES.index(check.severity), check.code


def _key(check: Check, view: View) -> str:
    if check.code in ("SUM-08", "SUM-09", "SUM-10"):
        return f"{check.code}@{_table(check, view)}"
    if check.code in _ROW_CODES and check.severity == "P0":
        return f"{check.code}@{_table(check, view)}"
    if check.code in _ONCE or check.code in ONCE:
        return f"{check.code}/{check.severity}"
    if check.code in ("CON-01", "CON-02"):
        pair = _pair(check)
        if pair is not None:
            return f"amount:{pair[0]:f}/{pair[1]:f}"
    return check.id


def _table(check: Check, view: View) -> str:
    for operand in check.operands:
        for span in operand.spans:
            table = view.table_at(span)
            if table is not None:
                return table.id
    return "text"


def _pair(check: Check) -> tuple[Decimal, Decimal] | None:
    """The two amounts that disagree, in 元 where known."""
    amounts = sorted(amount for operand in check.operands[:2] if (amount := _plain(operand)) is not None)
    return (amounts[0], amounts[1]) if len(amounts) == 2 else None


def _plain(operand: Operand) -> Decimal | None:
    if operand.value is None:
        return None
    based = base_value(operand.value, operand.unit)
    return (operand.value if based is None else based).normalize()


def related(check: Check, causes: Collection[str]) -> str | None:
    """The cause a check shares with another note: spending over the budget where the spending itself is in doubt."""
    if check.code != "REA-01":
        return None
    pair = _pair(check)
    key = f"amount:{pair[0]:f}/{pair[1]:f}" if pair else ""
    return key if key in causes else None


def _join_missing_rows(failed: Sequence[Check], keys: dict[str, str], view: View) -> None:
    """SCO-02, 03 and 04 of one form that one omitted row of a points and b score would all explain (CHECKS 0.6)."""
    forms: dict[str, dict[str, list[Check]]] = {}
    for check in failed:
        if check.code in _ROW_CODES and check.severity in ("P0", "P1") and check.computed is not None:
            forms.setdefault(_table(check, view), {}).setdefault(check.code, []).append(check)
    for table, found in forms.items():
        if len(found) > 1 and missing_row([check for group in found.values() for check in group]) is not None:
            for group in found.values():
                for check in group:
                    keys[check.id] = f"row@{table}"


def missing_row(group: Sequence[Check]) -> tuple[Decimal, Decimal | None] | None:
    """Points and score of the one row whose absence explains every check of the group; None when none does."""
    gaps: dict[str, list[Decimal]] = {}
    for check in group:
        if check.computed is None or check.reported is None:
            return None
        gaps.setdefault(check.code, []).append(check.reported - check.computed)
    points = {gap for code in ("SCO-03", "SCO-04") for gap in gaps.get(code, ())}
    scores = gaps.get("SCO-02", [])
    if len(points) != 1 or len(scores) > 1 or len(gaps) < 2:
        return None
    point, score = points.pop(), scores[0] if scores else None
    if point <= 0 or (score is not None and not 0 <= score <= point):
        return None
    return point, score


def _join_conflicts(failed: Sequence[Check], keys: dict[str, str]) -> None:
    """No second note for a sentence that contradicts a total its own rows contradict, or the row that explains a list's gap."""
    against: dict[str, list[Check]] = {}
    for check in failed:
        if check.code in ("CON-01", "CON-03"):
            ref = next((operand.ref for operand in check.operands if operand.name == "table"), None)
            if ref is not None:
                against.setdefault(ref, []).append(check)
    for check in failed if against else ():
        if check.code == "SCO-02" and keys[check.id].startswith("SCO-02"):
            for other in _contradicting(check, against, "CON-03"):
                if other.computed == check.computed:
                    keys[other.id] = keys[check.id]
        elif check.code == "SUM-10":
            for other in _contradicting(check, against, "CON-01"):
                if other.difference == check.difference:
                    keys[other.id] = keys[check.id]


def _contradicting(check: Check, against: dict[str, list[Check]], code: str) -> Iterator[Check]:
    """The failed comparisons of `code` with a cell that `check` rests on."""
    for operand in check.operands:
        if code == "CON-01" or operand.name == "total":
            yield from (other for other in against.get(operand.ref or "", ()) if other.code == code)
