"""Sheet 指标: the rows as printed, and beside them what can be pasted into the finance system."""

from __future__ import annotations

from extractor.render.rows import opinions
from extractor.render.view import View
from extractor.render.words import table_titles
from extractor.render.workbook.sheet import PASTE, Book, Column, printed
from extractor.schema import Cell

COLUMNS = (
    Column("表", 15), Column("一级指标", 10), Column("二级指标", 10), Column("三级指标", 19), Column("年度指标值", 14),
    Column("实际完成值", 14), Column("分值", 6), Column("得分", 6), Column("偏差原因及改进措施", 18),
    Column("指标", 17, PASTE), Column("审核意见", 34, PASTE), Column("核查分数", 7, PASTE),
)  # fmt: skip


def indicators_sheet(book: Book, view: View) -> None:
    """One row for every indicator, in the order of the report."""
    sheet = book.sheet("指标", COLUMNS, frozen=4)
    report = view.review.report
    titles = table_titles(report)
    for row, opinion in zip(report.indicators, opinions(view), strict=True):
        cells = [
            row.level1,
            row.level2,
            row.level3,
            row.target,
            row.actual,
            row.points,
            row.score,
            row.reason,
        ]
        told = [printed(_text(cell)) for cell in cells]
        sheet.row([titles.get(row.table, "正文"), *told, opinion.name, opinion.words, opinion.score])
    if not report.indicators:
        sheet.row([None, "没有读出指标。", *[None] * 10])
    sheet.close()


def _text(cell: Cell | None) -> str | None:
    return cell.text if cell is not None and cell.kind != "blank" else None
