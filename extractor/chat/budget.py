"""What asking may use and has used."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.chat.values import ChatFailed, Usage

if TYPE_CHECKING:
    from extractor.settings import Settings

_MILLION = Decimal(1_000_000)


class Tally:
    """What one question has used."""

    def __init__(self) -> None:
        self.used = Usage()


class Meter:
    """Counts calls, tokens and cost of a chat, and refuses a call that a limit of the settings forbids."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._priced = settings.price_input is not None and settings.price_output is not None
        self.used = Usage(cost=Decimal(0) if self._priced else None)
        self._dearest = Decimal(0)
        self._open = 0

    def start(self, characters: int, tally: Tally) -> None:
        """Count one call about to be sent with so many characters of text; ChatFailed("budget") when it may not be.

        Calls under way are taken to cost as much as the dearest so far, so that many at once do not overshoot the limit.
        """
        most, limit = self._settings.max_calls, self._settings.max_cost
        if most is not None and self.used.calls >= most:
            raise ChatFailed("budget", f"最多 {most} 次调用")
        if limit is not None and self.used.cost is not None:
            expected = max(self._dearest, self._cost(characters, 0))
            if self.used.cost + expected * (self._open + 1) > limit:
                raise ChatFailed("budget", f"已用 {self.used.cost.normalize():f}，最多 {limit.normalize():f}")
        self._open += 1
        self._add(tally, Usage(calls=1, cost=Decimal(0) if self._priced else None))

    def stop(self) -> None:
        """The call is over, with or without an answer."""
        self._open -= 1

    def answered(self, usage: Any, sent: int, said: int, tally: Tally) -> None:
        """Count the tokens of an answer; where the endpoint does not say, a character counts as one."""
        given = _whole(getattr(usage, "prompt_tokens", None), sent)
        made = _whole(getattr(usage, "completion_tokens", None), said)
        cost = self._cost(given, made) if self._priced else None
        self._dearest = max(self._dearest, cost or Decimal(0))
        self._add(tally, Usage(input_tokens=given, output_tokens=made, cost=cost))

    def found(self) -> Usage:
        """Count an answer that was on disk."""
        tally = Tally()
        self._add(tally, Usage(cached=1))
        return tally.used

    def _add(self, tally: Tally, used: Usage) -> None:
        self.used = self.used.plus(used)
        tally.used = tally.used.plus(used)

    def _cost(self, given: int, made: int) -> Decimal:
        into, out = self._settings.price_input or Decimal(0), self._settings.price_output or Decimal(0)
        return (given * into + made * out) / _MILLION


def _whole(number: Any, otherwise: int) -> int:
    """`number` if an endpoint can mean it."""
    return number if type(number) is int and 0 <= number < 10**9 else otherwise
