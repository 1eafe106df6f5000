"""Views of a case that several checks ask for, worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractor.reconcile.case import Case
from extractor.reconcile.memo import per_case
from extractor.reconcile.values import Value

_PERCENT = "%"
_FAR = 10


def steady(values: Iterable[Value]) -> bool:
    """Whether all values were read beyond doubt and in one piece."""
    return all(
        value.certain and not value.shaky and all(s.parts is None for s in value.spans) for value in values
    )


def remote(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers that should agree are so far apart that one was read in pieces or from another column."""
    small, large = sorted((abs(one), abs(other)))
    return large >= _FAR * small


@per_case
def percentages(case: Case) -> tuple[int, ...]:
    """The places in `case.prose` of figures in per cent."""
    return tuple(at for at, figure in enumerate(case.prose) if figure.amount.unit == _PERCENT)
