"""Which of the possible cuts of glued rows the form's own arithmetic allows: sums, rates, scores; never a preference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from extractor.amounts import decimal_of
from extractor.identities import (
    HUNDRED,
    check_rate,
    execution_score,
    places,
    proportional_score,
    reverse_scores,
    score_tolerance,
)
from extractor.segment.splits import Reading

Values = dict[str, Decimal]
_SUMS = 20_000  # more partial sums than this decide nothing
_SCALE = 10**6


def surviving(options: Sequence[set[int]], totals: set[int]) -> list[set[int]] | None:
    """The members of each option set that take part in a choice adding up to one of `totals`; None when no choice does."""
    ahead: list[set[int]] = [{0}]
    for option in options:
        sums = {s + v for s in ahead[-1] for v in option}
        if len(sums) > _SUMS:
            return [set(o) for o in options]
        ahead.append(sums)
    wanted = ahead[-1] & totals
    if not wanted:
        return None
    kept: list[set[int]] = []
    for option, before in zip(reversed(options), reversed(ahead[:-1]), strict=True):
        pairs = [(w - v, v) for w in wanted for v in option if w - v in before]
        kept.append({v for _, v in pairs})
        wanted = {s for s, _ in pairs}
    return kept[::-1]


def scaled(value: Decimal | None) -> int:
    """A value as an integer of millionths; nothing printed counts nothing."""
    return 0 if value is None else int(value * _SCALE)


class Row:
    """A row with its possible cuts; `fixed` once an identity between several cells left exactly one."""

    def __init__(self, readings: list[Reading], values: Callable[[Reading], Values]) -> None:
        self.readings = readings
        self.read = values
        self.values = {reading: values(reading) for reading in readings}
        self.fixed = False

    def demand(self, test: Callable[[Values], bool]) -> None:
        """Drop the cuts that fail, even if none is left."""
        self.readings = [r for r in self.readings if test(self.values[r])]

    def add(self, reading: Reading) -> None:
        """One more way to read the row."""
        if reading not in self.values:
            self.readings.append(reading)
            self.values[reading] = self.read(reading)

    def keep(self, test: Callable[[Values], bool]) -> bool:
        """Drop the cuts that fail, unless all do; whether the rest passed."""
        kept = [r for r in self.readings if test(self.values[r])]
        if not kept:
            return False
        self.readings = kept
        return True

    def options(self, role: str) -> set[int]:
        return {scaled(self.values[r].get(role)) for r in self.readings}

    @property
    def only(self) -> Reading | None:
        """The one cut that is left."""
        return self.readings[0] if len(self.readings) == 1 else None


def add_up(rows: Sequence[Row], role: str, totals: set[int]) -> bool:
    """Keep the cuts whose values under `role` can add up to one of `totals`; False when none can, and nothing is dropped."""
    if not rows or any(not row.readings for row in rows):
        return False
    kept = surviving([row.options(role) for row in rows], totals)
    if kept is None:
        return False
    for row, allowed in zip(rows, kept, strict=True):
        row.keep(lambda v, allowed=allowed: scaled(v.get(role)) in allowed)  # type: ignore[misc]
        row.fixed = True
    return True


def balance(total: Row, parts: Sequence[Row], role: str) -> None:
    """Keep the cuts by which the parts under `role` add up to their total."""
    if not total.readings or not add_up(parts, role, total.options(role)):
        return
    reached = {0}
    for part in parts:
        reached = {s + v for s in reached for v in part.options(role)}
        if len(reached) > _SUMS:
            return
    total.fixed = total.keep(lambda v: scaled(v.get(role)) in reached) or total.fixed


@lru_cache(maxsize=8192)
def number_of(text: str) -> Decimal | None:
    """The number at the front of a folded cell, its comparator aside."""
    digits = text.strip().lstrip("≥≤><=═不少于低超过高小大等控制在达到或 ")
    k = 0
    while k < len(digits) and (digits[k].isdigit() or digits[k] in ".," or (k == 0 and digits[k] == "-")):
        k += 1
    try:
        return decimal_of(digits[:k].rstrip(".,")) if k else None
    except ArithmeticError:
        return None


def money_holds(values: Values) -> bool:
    """Rate = executed / annual, and score = points × rate, where the row prints them."""
    annual, executed = values.get("annual"), values.get("executed")
    rate, points, score = (values.get(k) for k in ("rate", "points", "score"))
    if annual is None or executed is None:
        return True
    if rate is not None:
        if not annual:
            return not executed
        outcome = check_rate(executed, annual, rate)
        if outcome.agreement == "fail" and not outcome.truncated:
            return False
    if points is None or score is None:
        return True
    if score > points:
        return False
    if not annual:
        return True
    expected = {execution_score(points, executed, annual)}
    if rate is not None:
        expected.add(points * min(rate / HUNDRED, Decimal(1)))
    slack = score_tolerance(max(1, places(score)))
    return any(abs(e - score) <= slack for e in expected)


def score_holds(values: Values) -> bool:
    """Points are more than nothing, and a score never exceeds them."""
    points, score = values.get("points"), values.get("score")
    return points is None or (points > 0 and (score is None or score <= points))


def completion_holds(values: Values, compare: str) -> bool:
    """The score follows from target and actual value: full when met, else in proportion."""
    target, actual, points, score = (values.get(k) for k in ("target", "actual", "points", "score"))
    if target is None or actual is None or points is None or score is None:
        return True
    reverse = compare.startswith(("≤", "<", "不超过", "不高于", "小于", "低于", "控制在", "不大于"))
    known = bool(compare)
    met = actual <= target if reverse else actual >= target
    if score == points:
        return met or not known
    if met and known:
        return False
    slack = score_tolerance(max(1, places(score)))
    expected = [] if reverse or not target else [proportional_score(points, target, actual)]
    if (reverse or not known) and actual:
        expected += reverse_scores(points, target, actual)
    return any(e != points and abs(e - score) <= slack for e in expected)
