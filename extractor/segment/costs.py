"""What a column expects: how ill each nature of an atom sits under a role, and what an empty column costs."""

from __future__ import annotations

from functools import lru_cache

from extractor.segment.atoms import (
    BLANK,
    DATE,
    FRAME,
    HIGH,
    ITEM,
    LEVEL1,
    LEVEL2,
    LONG,
    NA,
    NAMED,
    NUM,
    PCT,
    QTY,
    QUAL,
    SENTENCE,
    SIGN,
    TINY,
    TOTAL,
)  # fmt: skip

FAR = 1e6

# role → costs in this order of first match: (mask, cost), then the cost of anything else
_COSTS: dict[str, tuple[tuple[tuple[int, float], ...], float]] = {
    "frame": (((FRAME, 0.0), (BLANK, 0.0), (TINY, 6.0)), 9.0),
    "level1": (((NAMED, 12.0), (LEVEL1, 0.0), (BLANK, 0.1), (LONG, 12.0), (NUM | PCT | QTY | NA, 12.0), (LEVEL2, 4.0), (TINY, 6.0)), 7.0),
    "level2": (((NAMED, 10.0), (LEVEL2, 0.0), (BLANK, 0.1), (LONG, 9.0), (NUM | PCT | QTY | NA, 12.0), (LEVEL1, 3.0), (QUAL, 3.0)), 5.0),
    "level3": (((NAMED, 0.0), (TOTAL | SIGN, 12.0), (NUM, 9.0), (PCT, 7.0), (DATE, 4.0), (QTY, 5.0), (NA, 3.0), (BLANK, 2.0), (LEVEL2, 1.5), (LEVEL1, 2.0), (LONG, 2.5), (SENTENCE, 1.5)), 0.0),
    "target": (((NAMED, 6.0), (TOTAL, 9.0), (SIGN, 2.5), (PCT | QTY, 0.0), (NUM, 0.3), (BLANK, 1.0), (NA, 0.5), (LEVEL1 | LEVEL2, 5.0), (QUAL, 0.3), (LONG, 1.6)), 0.9),
    "points": (((NUM, 0.0), (BLANK, 0.5), (NA, 0.2), (PCT, 2.0), (QTY, 5.0)), 9.0),
    "reason": (((NAMED, 8.0), (BLANK | NA, 0.0), (SIGN, 8.0), (NUM, 4.0), (PCT, 3.0), (QTY, 2.0), (TOTAL, 9.0), (LEVEL1, 8.0), (LEVEL2, 7.0), (ITEM, 3.0)), 0.1),
    "sign": (((SIGN, 0.0), (BLANK, 0.3), (TINY, 2.5), (QUAL, 4.0)), 9.0),
    "unit": (((BLANK, 0.3), (SIGN, 6.0), (TINY, 0.3), (NA, 0.5), (PCT, 4.0)), 6.0),
    "criteria": (((NAMED, 6.0), (BLANK | NA, 0.1), (SIGN | LEVEL1 | LEVEL2 | TOTAL, 6.0), (NUM, 1.5)), 0.3),
    "level_points": (((NUM, 0.0), (BLANK, 0.1), (PCT | NA, 0.5)), 9.0),
    "deduct": (((NUM, 0.0), (BLANK | NA, 0.1), (PCT, 2.0)), 8.0),
    "seq": (((HIGH, 0.45), (NUM, 0.0), (TOTAL, 0.0), (BLANK, 0.2), (TINY, 1.0)), 9.0),
    "amount": (((NUM, 0.0), (QTY, 0.5), (BLANK | NA, 0.2), (PCT, 6.0)), 9.0),
    "rate": (((PCT | HIGH, 0.0), (NUM, 0.4), (BLANK, 0.2), (NA, 0.6), (QTY, 4.0)), 9.0),
    "item": (((ITEM, 0.0), (NUM | PCT, 9.0), (NA, 6.0), (BLANK, 1.0), (FRAME, 1.0)), 1.0),
    "label": (((ITEM, 0.0), (NUM | PCT, 9.0), (BLANK, 0.2)), 0.5),
    "name": (((NUM, 6.0), (PCT, 8.0), (BLANK, 2.0), (QTY, 4.0)), 0.0),
    "text": (((NUM | PCT, 7.0), (BLANK, 0.3), (QTY, 3.0)), 0.2),
    "grade": (((BLANK | NA, 0.0), (NUM | PCT, 5.0), (TINY, 0.0)), 2.0),
    "review": (((NUM | PCT | QTY | QUAL, 0.0), (BLANK, 0.1), (LEVEL1 | LEVEL2, 5.0)), 0.8),
    "any": (((BLANK, 0.1),), 0.45),
}  # fmt: skip
_CLASS = {
    "actual": "target", "score": "points", "initial": "amount", "annual": "amount", "executed": "amount", "adjust": "amount",
    "quota": "amount", "on_duty": "amount", "headcount": "amount", "retired": "amount", "prev_final": "amount",
    "budget_initial": "amount", "exec": "amount", "other": "amount", "part": "amount", "unit_name": "text", "duty": "text", "progress": "text",
}  # fmt: skip
_SKIP = {
    "frame": 0.0, "level1": 0.2, "level2": 0.4, "level3": 5.0, "target": 2.5, "actual": 1.5, "points": 2.0, "score": 1.5,
    "reason": 0.1, "criteria": 0.3, "sign": 0.6, "unit": 0.6, "deduct": 0.3, "level_points": 0.2, "seq": 0.5, "rate": 0.7, "item": 4.0, "label": 0.3, "name": 5.0,
    "text": 0.7, "grade": 0.3, "adjust": 0.3, "amount": 1.0, "any": 0.5, "review": 0.3, "unit_name": 0.5, "duty": 0.7, "progress": 0.3, "blank": 0.0,
}  # fmt: skip
_MONEY_SKIP = {
    "points": 0.4,
    "score": 0.4,
    "rate": 0.4,
    "initial": 1.3,
    "annual": 1.3,
    "executed": 1.3,
}  # sub-rows carry no points
LONELY = {
    "level2": 3.0,
    "item": 1.5,
    "label": 1.5,
    "level3": 7.0,
}  # a row may end right after its label: nothing was filled in
JOINABLE = frozenset(
    (
        "level3",
        "target",
        "actual",
        "reason",
        "criteria",
        "item",
        "label",
        "name",
        "unit_name",
        "duty",
        "level2",
        "level1",
    )
)


@lru_cache(maxsize=65536)
def cost(role: str, kind: int) -> float:
    """How ill an atom of nature `kind` sits in a column of `role`."""
    if role == "blank":
        return 0.0 if kind & BLANK else 5.0
    table, rest = _COSTS[_CLASS.get(role, role)] if _CLASS.get(role, role) in _COSTS else _COSTS["any"]
    for mask, value in table:
        if kind & mask:
            return value
    return rest


@lru_cache(maxsize=32768)
def costs(roles: tuple[str, ...], kind: int) -> tuple[float, ...]:
    """`cost` for every column of a block."""
    return tuple(cost(role, kind) for role in roles)


@lru_cache(maxsize=512)
def skips(roles: tuple[str, ...]) -> tuple[float, ...]:
    """What it costs to leave each column of a block without an atom."""
    money = "level3" not in roles and ("annual" in roles or "executed" in roles)
    table = {**_SKIP, **_MONEY_SKIP} if money else _SKIP
    return tuple(table.get(role, table.get(_CLASS.get(role, "any"), 0.5)) for role in roles)


@lru_cache(maxsize=1024)
def endings(roles: tuple[str, ...], skip: tuple[float, ...]) -> tuple[float, ...]:
    """What it costs to end a row behind each column."""
    out = []
    for a, role in enumerate(roles):
        rest = sum(skip[a + 1 :])
        if role == "points" and "score" in roles[a + 1 :] and "level3" not in roles:
            rest += 0.8  # a lone number behind the amounts is the rate
        out.append(min(rest, LONELY.get(role, FAR)))
    return tuple(out)


OPENS = LEVEL1 | LEVEL2 | ITEM  # a piece that is a label by itself never continues another label
LABELS = frozenset(("level1", "level2", "item", "label"))
