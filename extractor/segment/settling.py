"""What the rows of a block together say of how they are to be read: a column without a head, scores alone, a blank that was not printed."""

from __future__ import annotations

from extractor.segment.atoms import NUM, Atom
from extractor.segment.solving import money_holds, number_of

Rows = list[list[list[Atom]]]  # atoms by row and column
RATE_POINTS = frozenset(("5", "10", "15", "20", "/", "-", "--"))  # what the execution rate can count


def headless(rows: Rows, roles: tuple[str, ...]) -> bool:
    """Whether the rows end in a number whose column has no head: half of them would be followed by a row of one number."""
    if "level3" not in roles or {"points", "score"} & set(roles):
        return False
    name = roles.index("level3")
    lone = sum(
        1
        for row in rows
        if not row[name] and [a.kind & NUM > 0 for cell in row for a in cell if a.text] == [True]
    )
    return lone > 1 and lone * 2 >= sum(1 for row in rows if row[name])


def scored(rows: Rows, roles: tuple[str, ...]) -> Rows:
    """Rows that print two numbers alone (工程质量合格 10 10) hold what they count and what they got, where the form is scored."""
    columns = [roles.index(role) if role in roles else -1 for role in ("target", "actual", "points", "score")]
    if -1 in columns:
        return rows
    target, actual, points, score = columns
    bare = [
        row
        for row in rows
        if not (row[actual] or row[score])
        and all(len(row[k]) == 1 and row[k][0].kind & NUM for k in (target, points))
    ]
    pairs = [(number_of(row[target][0].text), number_of(row[points][0].text)) for row in bare]
    same = sum(one == other for one, other in pairs)
    seen = any(any(a.text for a in row[score]) for row in rows)
    if not (seen or same > 1) or any(one is None or other is None or one < other for one, other in pairs):
        return rows
    for row in bare:
        row[points], row[score], row[target] = row[target], row[points], []
    return rows


def paid(rows: Rows, roles: tuple[str, ...]) -> Rows:
    """Rows of money without 年初预算数, whose blank cell was not printed: the rate is that of the first two amounts, and 10 their points."""
    if not {"initial", "annual", "executed", "points", "rate"} <= set(roles):
        return rows
    columns = [roles.index(role) for role in ("initial", "annual", "executed", "points")]
    moved = False
    for row in rows:
        initial, annual, executed, points = (row[k] for k in columns)
        whole = not points and all(len(cell) == 1 for cell in (initial, annual, executed))
        if not whole or not (executed[0].text in RATE_POINTS and initial[0].kind & annual[0].kind & NUM):
            continue
        moved = moved or (
            _is_rate(annual, executed, row, roles) is False and _is_rate(initial, annual, row, roles) is True
        )
        if moved:
            for k, cell in zip(columns, ([], initial, annual, executed), strict=True):
                row[k] = cell
    return rows


def _is_rate(
    whole: list[Atom], part: list[Atom], row: list[list[Atom]], roles: tuple[str, ...]
) -> bool | None:
    """Whether the printed rate is part/whole; None when there is none to compare with."""
    numbers = [
        number_of(cell[0].text) if len(cell) == 1 else None
        for cell in (whole, part, row[roles.index("rate")])
    ]
    if any(number is None for number in numbers):
        return None
    annual, executed, rate = (number for number in numbers if number is not None)
    return money_holds({"annual": annual, "executed": executed, "rate": rate})
