"""Sheet 数据: every value that was read, as printed and as a number, with the place it stands in."""

from __future__ import annotations

from extractor.render.values import Lines, values
from extractor.render.workbook.sheet import Book, Column
from extractor.review import Review

COLUMNS = (
    Column("编号", 11), Column("类别", 8, centered=True), Column("表或章节", 18), Column("口径", 12), Column("名称", 20),
    Column("栏目或阶段", 11), Column("期间", 7, centered=True), Column("原文", 17), Column("数值", 11), Column("单位", 6, centered=True),
    Column("折算为元、人、%", 13), Column("页", 5), Column("行", 5), Column("起", 7), Column("止", 7), Column("单元格", 10),
)  # fmt: skip


def data_sheet(book: Book, review: Review, lines: Lines) -> None:
    """The values in the order head, prose, funds, base data, projects."""
    sheet = book.sheet("数据", COLUMNS, frozen=2)
    for each in values(review):
        span = each.span
        sheet.row(
            [
                each.id, each.kind, each.home, each.scope, each.name, each.column, each.period, each.text, each.number,
                each.unit, each.base, lines.page(span), lines.line(span.start), span.start, span.end, span.address,
            ]
        )  # fmt: skip
    sheet.close()
