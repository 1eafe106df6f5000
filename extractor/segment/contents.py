"""Goals under 评价内容 | 绩效目标 | 完成情况: the first head spans two levels, and each target says what its indicator is."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.profiles.columns import clean_head, role_of
from extractor.segment.align import Column
from extractor.segment.atoms import Atom

_CONTENTS = frozenset(("评价内容", "考核内容", "评价指标", "目标内容"))
_TARGETS = frozenset(("绩效目标", "预期目标", "年度绩效目标", "目标值", "预期绩效目标"))
_ACTUALS = frozenset(("完成情况", "实际完成", "实际完成情况", "目标完成情况", "绩效目标完成情况"))
_HEADS = (_CONTENTS, _TARGETS, _ACTUALS)


def content_heads(atoms: Sequence[Atom], i: int) -> list[int] | None:
    """The places of the three heads where they begin at atom `i`; one empty atom may stand behind the first."""
    places = [i, *(k for k in range(i + 1, min(i + 4, len(atoms))) if atoms[k].text)][:3]
    return places if are_contents([atoms[k].text for k in places]) else None


def are_contents(texts: Sequence[str]) -> bool:
    """Whether the texts are the three heads."""
    return len(texts) == 3 and all(
        clean_head(text) in words for text, words in zip(texts, _HEADS, strict=True)
    )


def content_roles(atoms: Sequence[Atom]) -> list[str | None] | None:
    """The role of every atom of a row that prints the three heads, behind the label of the form at most."""
    filled = [k for k, atom in enumerate(atoms) if atom.text]
    for i in filled[:2]:
        places = content_heads(atoms, i)
        if places is None:
            continue
        roles = [role_of("indicator", atom.text) if k > places[2] else None for k, atom in enumerate(atoms)]
        for k, role in zip(places, ("level1", "target", "actual"), strict=True):
            roles[k] = role
        if places[1] > i + 1:
            roles[i + 1] = "level2"
        return roles
    return None


def with_second_level(columns: Sequence[Column]) -> list[Column]:
    """The columns with one for 质量指标 behind that of 产出目标 where their common head takes one place."""
    levels = [k for k, column in enumerate(columns) if column.role.startswith("level")]
    head = columns[levels[0]].head if len(levels) == 1 else None
    if head is None or clean_head(head.text) not in _CONTENTS:
        return list(columns)
    return [*columns[: levels[0] + 1], Column("level2", None), *columns[levels[0] + 1 :]]
