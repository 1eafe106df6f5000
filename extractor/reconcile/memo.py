"""What several checks ask of one report is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Remembering(Protocol):
    """Something that keeps what was asked of it."""

    @property
    def memo(self) -> dict[Any, Any]:
        """Question → answer."""
        ...


C = TypeVar("C", bound=Remembering)
P = ParamSpec("P")
T = TypeVar("T")


def per_case(ask: Callable[Concatenate[C, P], T]) -> Callable[Concatenate[C, P], T]:
    """`ask(case, …)` answered once for each case and each set of positional arguments, which must be hashable."""

    @wraps(ask)
    def answer(case: C, /, *args: P.args, **kwargs: P.kwargs) -> T:
        memo, key = case.memo, (ask, args)
        if key not in memo:
            memo[key] = ask(case, *args, **kwargs)
        found: T = memo[key]
        return found

    return answer
