"""Sheet 签发: what the workbook is about, how far the review is, who signed and when; and 整改 where there was a draft before."""

from __future__ import annotations

from extractor.render.view import View
from extractor.render.workbook.sheet import Book, Column

COLUMNS = (Column("事项", 12), Column("内容", 80))
FOLLOWED = (
    Column("代码", 10),
    Column("位置", 30),
    Column("上一稿意见", 60),
    Column("整改情况", 16),
    Column("说明", 40),
)


def signing_sheet(book: Book, view: View) -> None:
    """One line for each step; a step nobody signed is empty."""
    sheet = book.sheet("签发", COLUMNS, frozen=1)
    checked, final = view.signing.checked, view.signing.final
    rows = [
        ("审核材料", view.review.document.file_name),
        ("结论", f"{view.review.overall.verdict}（{view.proposal}）"),
        ("状态", view.signing.stamp or view.signing.name),
        ("复核人", checked.name if checked else None),
        ("复核时间", checked.moment if checked else None),
        ("定稿人", final.name if final else None),
        ("定稿时间", final.moment if final else None),
    ]
    for row in rows:
        sheet.row(row)
    sheet.close()


def followed_sheet(book: Book, view: View) -> None:
    """The adopted notes on the draft before, and what became of each; no sheet where there was none."""
    if not view.signing.followed:
        return
    sheet = book.sheet("整改", FOLLOWED, frozen=1)
    for each in view.signing.followed:
        sheet.row(each)
    sheet.close()
