"""What a value of a report is called, and where it stands, in the words of a page."""

from __future__ import annotations

from extractor.render import words
from extractor.render.html import CELLS
from extractor.render.values import values
from extractor.review import Review

INDICATOR = dict(
    zip(
        CELLS,
        ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "偏差原因"),
        strict=True,
    )
)


def called(review: Review, target: str) -> tuple[str, str]:
    """What a value is called, and where it stands."""
    for value in values(review):
        if value.id == target:
            parts = (value.scope if value.scope != "整体" else "", value.name, value.column, value.period)
            return " ".join(part for part in parts if part), value.home
    titles = words.table_titles(review.report)
    for row in review.report.indicators:
        for name, column in INDICATOR.items():
            cell = getattr(row, name)
            if cell is not None and cell.id == target:
                own = row.level3 or row.level2
                return f"{own.text} {column}" if own and own is not cell else column, titles.get(
                    row.table, ""
                )
    return "读出的内容", ""
