"""The bars of the examination: how many slots of each group are right, and the list of what was missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from eval.gold import Gold
from eval.measures.catalogue import TITLES
from eval.measures.judge import GROUPS, judge
from eval.measures.slots import Slot
from extractor.schema import Report


@dataclass
class Score:
    """Counts of one group over the slots of its gold; `misses` name what was wrong."""

    expected: int = 0
    found: int = 0
    right: int = 0
    extra: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Sum up two scores of the same group."""
        self.expected += other.expected
        self.found += other.found
        self.right += other.right
        self.extra += other.extra
        self.misses += other.misses


def in_words(slot: Slot) -> str:
    """A slot that is not right, in one line."""
    want = slot.want.text if slot.want is not None and not slot.want.empty else None
    got = slot.got.text if slot.got is not None else None
    why = f"（{slot.why}）" if slot.why else ""
    field = "" if slot.field in ("value", slot.row) else f" {slot.field}"
    return f"{TITLES[slot.group]} {slot.row[:16]}{field}: 应 {want!r} 得 {got!r}{why}"


def scored(slots: Iterable[Slot]) -> dict[str, Score]:
    """The counts of every group; a slot that both leave empty is right, what goes beyond the gold's rows is extra."""
    scores: dict[str, Score] = defaultdict(Score, {group: Score() for group in GROUPS})
    for slot in slots:
        score = scores[slot.group]
        if slot.beyond:
            score.extra += 1
            continue
        score.expected += 1
        score.found += slot.got is not None or slot.verdict == "blank"
        if slot.verdict in ("right", "blank"):
            score.right += 1
        else:
            score.misses.append(in_words(slot))
    return dict(scores)


def score_report(report: Report, gold: Gold) -> dict[str, Score]:
    """Every group of one report."""
    return scored(judge(report, gold))
