"""The names of columns."""

from __future__ import annotations


def column(name: str) -> int:
    """The number of a column: A 1, XFD 16384."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def letters(column: int) -> str:
    """The name of a column."""
    out = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out
