"""Sum, rate, score and interval arithmetic on printed decimals: exact, and no more precise than the author.

A Decimal carries the places its author printed; `places` reads them. Nothing here knows a table, a cell or a report.
Tolerances are those of CHECKS 0.1, 0.2 and section 1; segment uses the same identities to split glued cells.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.patterns import lazy

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
_HALF = Decimal("0.5")
_SCORE_FLOOR = Decimal("0.005")
Agreement = Literal["pass", "rounding", "fail"]


class Outcome(NamedTuple):
    """Two values compared: whether they agree, what was computed, how far apart, how far apart they may be."""

    agreement: Agreement
    computed: Decimal
    reported: Decimal
    difference: Decimal
    tolerance: Decimal
    wide: bool = False
    truncated: bool = False


def places(value: Decimal) -> int:
    """How many digits stand after the point of a printed value."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def max_places(values: Iterable[Decimal]) -> int:
    """The most digits after the point in a column; 0 of nothing."""
    lowest = 0
    for value in values:  # asked for every sum and rate: no call for each value
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent < lowest:
            lowest = exponent
    return -lowest


def unit_of(digits: int) -> Decimal:
    """One unit of the last printed place: 0.01 for two digits."""
    return ONE.scaleb(-digits)


def rounded(value: Decimal, digits: int) -> Decimal:
    """`value` rounded half up, as accountants do."""
    return value.quantize(unit_of(digits), rounding=ROUND_HALF_UP)


def truncated(value: Decimal, digits: int) -> Decimal:
    """`value` cut off after `digits` places."""
    return value.quantize(unit_of(digits), rounding=ROUND_DOWN)


def sum_tolerance(terms: int, digits: int, total_digits: int) -> Decimal:
    """The most by which a correctly rounded total may miss the sum of `terms` correctly rounded parts."""
    return _HALF * unit_of(digits) * terms + _HALF * unit_of(total_digits)


def check_sum(
    parts: Sequence[Decimal],
    total: Decimal,
    digits: int,
    total_digits: int | None = None,
    *,
    exact: bool = False,
) -> Outcome:
    """Whether `parts` can add up to `total`; `exact` for counts, which have no rounding."""
    computed = sum(parts, ZERO)
    difference = abs(computed - total)
    if exact:
        return Outcome("pass" if not difference else "fail", computed, total, difference, ZERO)
    tolerance = sum_tolerance(len(parts), digits, digits if total_digits is None else total_digits)
    last = unit_of(digits if total_digits is None else min(digits, total_digits))
    agreement: Agreement = "pass" if not difference else "rounding" if difference <= tolerance else "fail"
    return Outcome(agreement, computed, total, difference, tolerance, wide=last < difference <= tolerance)


def check_equal(one: Decimal, other: Decimal, digits: int | None = None) -> Outcome:
    """Whether two prints of one quantity agree at the lower of their precisions, `digits` when units were converted."""
    tolerance = _HALF * unit_of(min(places(one), places(other)) if digits is None else digits)
    difference = abs(one - other)
    agreement: Agreement = "pass" if not difference else "rounding" if difference <= tolerance else "fail"
    return Outcome(agreement, one, other, difference, tolerance)


def ratio_interval(
    part: Decimal, whole: Decimal, part_slack: Decimal, whole_slack: Decimal
) -> tuple[Decimal, Decimal]:
    """The percentages that unrounded values behind `part` and `whole` could give; `whole` must exceed its slack."""
    low = max(part - part_slack, ZERO) / (whole + whole_slack)
    return low * HUNDRED, (part + part_slack) / (whole - whole_slack) * HUNDRED


def check_rate(part: Decimal, whole: Decimal, reported: Decimal, digits: int | None = None) -> Outcome:
    """Whether `reported` per cent is part/whole; `digits` is the precision of the amounts, None for exact counts."""
    shown = places(reported)
    tolerance = _HALF * unit_of(shown)
    value = part / whole * HUNDRED
    difference = abs(value - reported)
    if difference <= tolerance:
        return Outcome("pass", value, reported, difference, tolerance)
    cut = truncated(value, shown) == reported
    meets = cut
    if digits is not None and not cut:
        slack = _HALF * unit_of(digits)
        if whole > slack:
            low, high = ratio_interval(part, whole, slack, slack)
            meets = low <= reported + tolerance and reported - tolerance <= high
    return Outcome("rounding" if meets else "fail", value, reported, difference, tolerance, truncated=cut)


def score_tolerance(digits: int) -> Decimal:
    """How far a score may be from its formula in a column printed with `digits` places."""
    return max(_HALF * unit_of(digits), _SCORE_FLOOR)


def check_score(expected: Decimal, reported: Decimal, digits: int) -> Outcome:
    """Whether a printed score is the expected one at the precision of its column."""
    tolerance = score_tolerance(digits)
    difference = abs(expected - reported)
    agreement: Agreement = (
        "pass" if difference <= _SCORE_FLOOR else "rounding" if difference <= tolerance else "fail"
    )
    return Outcome(agreement, expected, reported, difference, tolerance)


def execution_score(points: Decimal, executed: Decimal, annual: Decimal) -> Decimal:
    """分值 × 执行率, the rate counted at most once over."""
    return points * min(executed / annual, ONE)


def proportional_score(points: Decimal, target: Decimal, actual: Decimal) -> Decimal:
    """The score of a positive indicator: full when met, else 完成值 / 指标值 × 分值."""
    return points if actual >= target else max(points * actual / target, ZERO)


def reverse_scores(points: Decimal, target: Decimal, actual: Decimal) -> tuple[Decimal, Decimal]:
    """The two customary scores of an overrun reverse indicator: A/B, and linear down to 0 at twice the target."""
    if actual <= target:
        return points, points
    if not target:
        return ZERO, ZERO
    linear = points * (ONE - (actual - target) / target)
    return points * target / actual, max(linear, ZERO)


_TOKEN = lazy(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/(),]))")
_PRECISION = 40
Numbers = Mapping[str, Decimal]
Term = Callable[[Numbers], Decimal]


def evaluate(formula: str, operands: Numbers) -> Decimal:
    """The value of `formula`: + - * / ( ) min max percent(a, b) round(x, n) over operand names; ValueError otherwise."""
    names = addends(formula)
    if names and operands.keys() >= names.keys():
        return sum([operands[name] for name in names], ZERO)
    with localcontext() as context:
        context.prec = _PRECISION
        return _compiled(formula)(operands)


@lru_cache(maxsize=512)
def addends(formula: str) -> dict[str, None]:
    """The names of a formula that is a plain sum of names, in order; none of any other."""
    names = formula.split(" + ")
    return dict.fromkeys(names) if all(map(str.isidentifier, names)) and len({*names}) == len(names) else {}


def names_in(formula: str) -> tuple[str, ...]:
    """The operand names a formula uses, in order of first use."""
    found = (token for token in _tokens(formula) if token[0].isalpha() and token not in _FUNCTIONS)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def _compiled(formula: str) -> Term:
    """The formula as a function of its operands; the same few shapes come back in every report."""
    parser = _Parser(tuple(_tokens(formula)))
    value = parser.total()
    if parser.at != len(parser.tokens):
        raise ValueError(f"unexpected {parser.tokens[parser.at]!r} in {formula!r}")
    return value


def _tokens(formula: str) -> Iterator[str]:
    at = 0
    while at < len(formula.rstrip()):
        match = _TOKEN.match(formula, at)
        if match is None:
            raise ValueError(f"cannot read {formula[at:]!r}")
        yield match.group().strip()
        at = match.end()


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole * HUNDRED


def _round(value: Decimal, digits: Decimal) -> Decimal:
    return rounded(value, int(digits))


_FUNCTIONS: Mapping[str, Callable[..., Decimal]] = {
    "min": min,
    "max": max,
    "percent": _percent,
    "round": _round,
}
_SIGNS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip


def _joined(sign: str, left: Term, right: Term) -> Term:
    apply = _SIGNS[sign]
    return lambda numbers: apply(left(numbers), right(numbers))


def _named(name: str) -> Term:
    def value(numbers: Numbers) -> Decimal:
        if name not in numbers:
            raise ValueError(f"no operand {name!r} among {sorted(numbers)}")
        return numbers[name]

    return value


def _constant(value: Decimal) -> Term:
    return lambda _: value


class _Parser:
    """Recursive descent over the tokens of one formula, building a function."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self.tokens, self.at = tokens, 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.peek()
        if not token or (expected and token != expected):
            raise ValueError(f"expected {expected or 'a value'!r}, found {token!r}")
        self.at += 1
        return token

    def total(self) -> Term:
        value = self.product()
        while self.peek() in ("+", "-"):
            value = _joined(self.take(), value, self.product())
        return value

    def product(self) -> Term:
        value = self.factor()
        while self.peek() in ("*", "/"):
            value = _joined(self.take(), value, self.factor())
        return value

    def factor(self) -> Term:
        token = self.take()
        if token == "-":
            return _joined("-", _constant(ZERO), self.factor())
        if token == "(":
            value = self.total()
            self.take(")")
            return value
        if token[0].isdigit():
            return _constant(Decimal(token))
        if token in _FUNCTIONS:
            return self.call(token)
        if token[0].isalpha() or token[0] == "_":
            return _named(token)
        raise ValueError(f"expected a value, found {token!r}")

    def call(self, name: str) -> Term:
        self.take("(")
        arguments = [self.total()]
        while self.peek() == ",":
            self.take(",")
            arguments.append(self.total())
        self.take(")")
        function = _FUNCTIONS[name]
        return lambda numbers: function(*(argument(numbers) for argument in arguments))
