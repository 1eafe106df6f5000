"""Which dimension an indicator row belongs to, by the words of its 一级 and 二级 cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from extractor.patterns import lazy
from extractor.reconcile.rows import text_of
from extractor.schema import Indicator

Dimension = Literal["output", "benefit", "satisfaction"]
Kind = Literal[
    "quantity", "quality", "timeliness", "cost", "economic", "social", "ecological", "lasting", "satisfaction"
]
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("满意", "satisfaction"), ("数量", "quantity"), ("质量", "quality"), ("时效", "timeliness"), ("成本", "cost"), ("经济", "economic"),
    ("社会", "social"), ("生态", "ecological"), ("可持", "lasting"),
)  # fmt: skip
KIND_NAMES: dict[Kind, str] = {
    "quantity": "数量指标", "quality": "质量指标", "timeliness": "时效指标", "cost": "成本指标", "economic": "经济效益指标",
    "social": "社会效益指标", "ecological": "生态效益指标", "lasting": "可持续影响指标", "satisfaction": "满意度指标",
}  # fmt: skip
_OUTPUT = frozenset(("quantity", "quality", "timeliness", "cost"))
# Kinds that no form sets on the first level, as some do with 成本.
_SECOND = lazy(r"^(?:数量|质量|时效|经济效益|社会效益|生态效益|可持续影响)指标?$")


def kind_of(row: Indicator) -> Kind | None:
    """The kind that the 二级 cell names; None where it names none or several (生态成本, 经济社会效益)."""
    return _kind(text_of(row.level2))


@lru_cache(maxsize=512)
def _kind(text: str) -> Kind | None:
    found = [kind for word, kind in _KINDS if word in text]
    return found[0] if len(found) == 1 else None


def dimension_of(row: Indicator) -> Dimension | None:
    """The dimension of a row by its 一级 cell, else by its 二级 cell."""
    first, kind = text_of(row.level1), kind_of(row)
    if "满意" in first or kind == "satisfaction":
        return "satisfaction"
    if "产出" in first or "成本" in first:
        return "output"
    if "效益" in first or "效果" in first:
        return "benefit"
    if kind is None:
        return "benefit" if "效益" in text_of(row.level2) else None
    return "output" if kind in _OUTPUT else "benefit"


def of_one_dimension(rows: Sequence[Indicator]) -> bool:
    """Whether the 二级 cells of all rows belong below their 一级 cell: no label between them was missed."""
    return all(
        (kind := kind_of(row)) is not None
        and dimension_of(row)
        == ("satisfaction" if kind == "satisfaction" else "output" if kind in _OUTPUT else "benefit")
        for row in rows
    )


def unlabelled_below(rows: Sequence[Indicator], last: Indicator) -> bool:
    """Whether the row after the last one of a group has no 一级 cell of its own: a page cut it off, or a 二级 label took its place."""
    after = next((row for at, row in enumerate(rows[1:]) if rows[at] is last), None)
    return after is not None and (after.level1 is None or bool(_SECOND.match(after.level1.text)))
