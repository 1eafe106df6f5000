"""Files that nobody trusts: damaged, locked, oversized and made to do harm; `corpus` makes the same ones every time."""

from __future__ import annotations

from collections.abc import Iterator

from eval.hostile import bundles, office, printed, webpages
from eval.hostile.case import Case, mutated
from eval.hostile.good import GOOD

__all__ = ["Case", "corpus"]

# How often each good file is cut, and how often bytes of it are changed.
_MUTATIONS = {
    "docx": (20, 20), "xlsx": (16, 16), "pdf": (20, 20), "html": (8, 8), "mht": (4, 4), "zip": (12, 12), "txt": (6, 6),
    "png": (3, 3), "jpeg": (3, 3),
}  # fmt: skip


def corpus() -> Iterator[Case]:
    """Every file of the corpus, mutations first."""
    for kind, (cuts, flips) in _MUTATIONS.items():
        yield from mutated(kind, GOOD[kind](), cuts, flips)
    for family in (office, printed, webpages, bundles):
        yield from family.cases()
