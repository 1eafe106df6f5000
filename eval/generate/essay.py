"""Chapters of plain work description, as long as the report is to be: their numbers are no figures."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from eval.generate.grid import Block, Text

COUNTERS = "一二三四五六"
# pages of prose beyond what the figures need: most reports are short, a few reach forty pages
LENGTHS = (0, 0, 0, 1, 2, 3, 5, 8, 14)
PARAGRAPHS_A_PAGE = 4


def paragraph(rng: random.Random, words: Mapping[str, Sequence[str]]) -> Text:
    """Three to five sentences of one paragraph."""
    count = rng.randrange(3, 6)
    things = rng.sample(tuple(words["thing"]), min(count, len(words["thing"])))
    numbered = rng.random() < 0.5
    sentences = []
    for place, thing in enumerate(things):
        told = f"{rng.randrange(1, 13)}月份" + rng.choice(words["count"]).format(n=rng.randrange(2, 90))
        sentence = f"{rng.choice(words['act'])}{thing}，{rng.choice(words['way'])}，{told}，{rng.choice(words['gain'])}。"
        sentences.append(f"{COUNTERS[place]}是{sentence}" if numbered else sentence)
    return Text(["".join(sentences)])


def lengthened(
    rng: random.Random, blocks: list[Block], words: Mapping[str, Sequence[str]], pages: int
) -> list[Block]:
    """The blocks with so many more pages of prose, spread over the chapters that already hold prose."""
    places = [
        i + 1
        for i, block in enumerate(blocks[:-1])
        if isinstance(block, Text) and block.level == 0 and i and _heading(blocks[i - 1])
    ]
    if not places or not pages:
        return blocks
    extra: dict[int, list[Block]] = {}
    for _ in range(pages * PARAGRAPHS_A_PAGE):
        extra.setdefault(rng.choice(places), []).append(paragraph(rng, words))
    out: list[Block] = []
    for i, block in enumerate(blocks):
        out += [*extra.get(i, ()), block]
    return out


def _heading(block: Block) -> bool:
    return isinstance(block, Text) and block.level == 1
