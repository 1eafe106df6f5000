"""How far two independent readers of the same report agree: label by label, place and value."""

from __future__ import annotations

from typing import Any

from eval.gold import FUND, INDICATOR, PROJECT, Gold, Value


def labels(gold: Gold) -> dict[tuple[Any, ...], str]:
    """Every label of a gold as (list, place, field) → what it says."""
    out: dict[tuple[Any, ...], str] = {}
    lists = (
        ("indicators", gold.indicators, INDICATOR),
        ("funds", gold.funds, FUND),
        ("projects", gold.projects, PROJECT),
    )
    for name, records, keys in lists:
        for record in records:
            anchor = next(
                (record[k].start for k in ("level3", "level2", "item", "name") if _printed(record.get(k))), -1
            )
            for key in keys:
                value = record[key]
                out[(name, anchor, key)] = value.text if value is not None else "∅"
    for row in gold.base_data:
        for n, cell in enumerate(row["cells"]):
            out[("base_data", row["item"].start, n)] = f"{cell['cell'].text} {cell['stage']}"
    for figure in gold.figures:
        if not figure["table"]:
            out[("figures", figure["value"].start)] = f"{figure['metric']}|{figure['stage']}"
    return out


def _printed(value: Value | None) -> bool:
    return value is not None and not value.empty


def _agree(a: str, b: str) -> bool:
    return a == b or bool(set(a.split("|")) & set(b.split("|")) and "|" in a + b)


def agreement(first: Gold, second: Gold) -> tuple[int, int]:
    """(labels on which both agree, labels made by either)."""
    a, b = labels(first), labels(second)
    same = sum(1 for key in a.keys() & b.keys() if _agree(a[key], b[key]))
    return same, len(a.keys() | b.keys())
