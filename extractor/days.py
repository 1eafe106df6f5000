"""How long a month is: all the calendar that reports need, without the modules of the whole one."""

from __future__ import annotations

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in(year: int, month: int) -> int:
    """The days of a month, 1 to 12, of a Gregorian year; 0 for a month that no year has."""
    if not 1 <= month <= len(_LENGTHS):
        return 0
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + leap
