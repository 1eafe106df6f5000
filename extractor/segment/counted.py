"""The columns of a block whose numbers a closing row adds up: what rows count and what they got, by whoever judged them."""

from __future__ import annotations

from extractor.profiles.columns import clean_head
from extractor.segment.atoms import NUM, Atom
from extractor.segment.forms import Block, Row

_SUMMED = frozenset(("points", "score", "deduct", "level_points"))
_ENDS = ("分", "得分", "分值", "分数", "权重")


def counted_columns(block: Block) -> list[int]:
    """The columns of points and scores, those of another year or of another judge among them."""
    return [
        k
        for k, column in enumerate(block.columns)
        if column.role in _SUMMED
        or (column.head is not None and clean_head(column.head.text).endswith(_ENDS))
    ]


def closing_scores(block: Block, row: Row) -> tuple[Atom | None, Atom | None] | None:
    """Points and score of a closing row where its numbers stand under, or are as many as, the columns that are added up."""
    counted = counted_columns(block)
    points, score = block.index("points"), block.index("score")
    if points is None or score is None:
        return None
    numbers = [(k, a) for k, a in enumerate(row) if a is not None and a.kind & NUM]
    if len(row) == len(block.columns) and {k for k, _ in numbers} <= set(counted):
        under = dict(numbers)
        return (under.get(points), under.get(score)) if points in under or score in under else None
    if len(numbers) != len(counted) or len(counted) < 3:
        return None
    placed = dict(zip(counted, (a for _, a in numbers), strict=True))
    return placed[points], placed[score]
