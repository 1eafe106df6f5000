"""The catalogue of wordings: for each code, how its checks are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractor.critique.view import View
from extractor.findings import Check


class Draft(NamedTuple):
    """The two halves of a comment: what is so, and what is asked."""

    comment: str
    action: str


Wording = Callable[[Sequence[Check], View], Draft]
WORDINGS: dict[str, Wording] = {}


def wording(*codes: str) -> Callable[[Wording], Wording]:
    """Enter a wording for its codes; a code has one."""

    def enter(write: Wording) -> Wording:
        for code in codes:
            if code in WORDINGS:
                raise ValueError(f"{code!r} already has a wording")
            WORDINGS[code] = write
        return write

    return enter
