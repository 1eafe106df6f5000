"""Every slot of one report, judged."""

from __future__ import annotations

from eval.gold import Gold
from eval.measures.rows import base_slots, row_slots
from eval.measures.singles import figure_slots, head_slots
from eval.measures.slots import Slot
from extractor.schema import Report

GROUPS = ("prose", "table_figures", "indicators", "funds", "base_data", "projects", "head")


def judge(report: Report, gold: Gold) -> list[Slot]:
    """The slots of every group, gold order first, then what was read beyond the gold."""
    return [
        *figure_slots(report, gold, table=False),
        *figure_slots(report, gold, table=True),
        *row_slots(report, gold),
        *base_slots(report, gold),
        *head_slots(report, gold),
    ]
