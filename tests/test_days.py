"""The length of months against the calendar of the standard library."""

from __future__ import annotations

from calendar import monthrange

from extractor.days import days_in


def test_months_are_as_long_as_the_calendar_says() -> None:
    for year in range(1900, 2101):
        assert [days_in(year, month) for month in range(1, 13)] == [
            monthrange(year, m)[1] for m in range(1, 13)
        ]


def test_there_is_no_thirteenth_month() -> None:
    assert (days_in(2023, 0), days_in(2023, 13)) == (0, 0)
