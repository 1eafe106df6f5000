"""What lies across the print and is none of it: watermarks."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.load.printed.words import Word

_LARGE = 1.8  # times the usual height
_ON, _SEVERAL = 0.2, 3  # share of a word that is covered; words


def suspects(words: Sequence[Word]) -> list[int]:
    """Which of the words are so much taller than the others that they may be a watermark, or a title."""
    heights = sorted(word.y1 - word.y0 for word in words)
    most = _LARGE * heights[len(heights) // 2]
    if heights[-1] <= most:
        return []
    return [n for n, word in enumerate(words) if word.y1 - word.y0 > most]


def lies_across(n: int, words: Sequence[Word], large: Sequence[int]) -> bool:
    """Whether word `n` lies over several words of the usual size: no title does."""
    one, among = words[n], set(large)
    covered = 0
    for k, other in enumerate(words):
        if k in among:
            continue
        wide = min(one.x1, other.x1) - max(one.x0, other.x0)
        tall = min(one.y1, other.y1) - max(one.y0, other.y0)
        if wide > 0 and tall > 0 and wide * tall > _ON * (other.x1 - other.x0) * (other.y1 - other.y0):
            covered += 1
    return covered >= _SEVERAL
