"""Tables printed twice as wide and half as long: the same heads stand side by side, and the rows go on in the right half."""

from __future__ import annotations

from extractor.profiles.columns import role_of
from extractor.segment.atoms import Atom

_LEAST = 3  # heads of a half


def unfolded(rows: list[list[Atom]]) -> list[list[Atom]]:
    """`rows` with the right halves of such tables below their left ones."""
    out: list[list[Atom]] = []
    i = 0
    while i < len(rows):
        half = _half(rows[i])
        out.append(rows[i][:half] if half else rows[i])
        i += 1
        if not half:
            continue
        last = i
        while last < len(rows) and len(rows[last]) == 2 * half and _half(rows[last]) == 0:
            last += 1
        out += [row[:half] for row in rows[i:last]]
        out += [row[half:] for row in rows[i:last] if any(a.text for a in row[half:])]
        i = last
    return out


def _half(row: list[Atom]) -> int:
    """How wide each half of a row of heads is that prints the same heads twice; 0 for any other row."""
    half, odd = divmod(len(row), 2)
    if odd or half < _LEAST or any(not a.text for a in row) or role_of("indicator", row[0].text) is None:
        return 0
    return half if [a.text for a in row[:half]] == [a.text for a in row[half:]] else 0
