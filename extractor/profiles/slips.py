"""The dictionary of slips: set phrases of performance reports and the misprints that input methods make of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractor.patterns import lazy


class Slip(NamedTuple):
    """A misprint, what is meant, and the surroundings in which it is right."""

    wrong: str
    right: str
    unless: re.Pattern[str] | None


@cache
def slips() -> tuple[Slip, ...]:
    """Every misprint of slips.txt, one a line."""
    listed = Path(__file__).with_name("slips.txt").read_text(encoding="utf-8").splitlines()
    rows = [row.split(" ") for row in listed if row and not row.startswith("#")]
    return tuple(Slip(row[0], row[1], lazy(row[2]) if len(row) > 2 else None) for row in rows)
