"""Views of a case that several checks ask for, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import wraps
from typing import TypeVar

from extractor.reconcile.case import Case
from extractor.reconcile.values import Value

T = TypeVar("T")
_PERCENT = "%"
_FAR = 10


def once(view: Callable[[Case], T]) -> Callable[[Case], T]:
    """`view` kept with the case it was asked of, as a cached property of the case would be."""
    key = f"{view.__module__}.{view.__qualname__}"

    @wraps(view)
    def kept(case: Case) -> T:
        known = vars(case)
        if key not in known:
            known[key] = view(case)
        found: T = known[key]
        return found

    return kept


def steady(values: Iterable[Value]) -> bool:
    """Whether all values were read beyond doubt and in one piece."""
    return all(
        value.certain and not value.shaky and all(s.parts is None for s in value.spans) for value in values
    )


def remote(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers that should agree are so far apart that one was read in pieces or from another column."""
    small, large = sorted((abs(one), abs(other)))
    return large >= _FAR * small


@once
def percentages(case: Case) -> tuple[int, ...]:
    """The places in `case.prose` of figures in per cent."""
    return tuple(at for at, figure in enumerate(case.prose) if figure.amount.unit == _PERCENT)
