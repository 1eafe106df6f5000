"""The heads of a form's goals: 预期目标 and 实际完成情况."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extractor.profiles.columns import clean_head, role_of, words_of
from extractor.segment.atoms import Atom

_LONGEST = 40


def goal_heads(atoms: Sequence[Atom]) -> tuple[int, int] | None:
    """Indices of 预期目标 and 实际完成情况 among the atoms of a row (or the next two atoms of a stream)."""
    expected = [i for i, a in enumerate(atoms) if is_goal(a, "expected")]
    if not expected:
        return None
    for i in range(len(atoms) - 1, -1, -1):
        if i != expected[0] and is_goal(atoms[i], "actual"):
            return max((k for k in expected if k < i), default=expected[0]), i
    return None


def is_goal(atom: Atom, which: str) -> bool:
    """Whether an atom is the head of the expected or of the actual goals."""
    return len(atom.text) <= _LONGEST and which in _goals(atom.text)


@lru_cache(maxsize=8192)
def _goals(text: str) -> tuple[str, ...]:
    """What goals a head names: its role, and the actual ones where the vocabulary lists it for both."""
    named = (role_of("goal", text), "actual" if clean_head(text) in words_of("goal", "actual") else None)
    return tuple(name for name in named if name is not None)
