"""Tells whoever waits for a parser that it gets on: a page was read."""

from __future__ import annotations

from collections.abc import Callable


class _Listener:
    told: Callable[[], None] | None = None


def listen(told: Callable[[], None] | None) -> None:
    """Call `told` after every page read from a picture; None ends it."""
    _Listener.told = told


def page_read() -> None:
    """A page was read."""
    if _Listener.told is not None:
        _Listener.told()
