"""Sheet 问题清单: every note, and three columns for the unit and the reviewer to fill in."""

from __future__ import annotations

from extractor.render.view import View
from extractor.render.workbook.sheet import Book, Column

STATES = ("待核实", "已整改", "说明成立")
COLUMNS = (
    Column("序号", 5), Column("等级", 6, centered=True), Column("维度", 8, centered=True), Column("代码", 9, centered=True),
    Column("位置", 17), Column("原文", 17), Column("复核发现", 36), Column("处理建议", 26), Column("核验依据", 17),
    Column("状态", 8, centered=True), Column("单位说明", 16, "paste"), Column("佐证", 11, "paste"),
    Column("复核意见", 14, "paste"),
)  # fmt: skip
_FILLS = {"P0": "bad", "P1": "warn"}


def issues_sheet(book: Book, view: View) -> None:
    """The notes as the opinion numbers them."""
    sheet = book.sheet("问题清单", COLUMNS, frozen=4)
    for item in view.listed:
        note = item.note
        row = sheet.row(
            [
                item.number, note.severity, item.family, note.code, note.location, item.quote, note.comment, note.action,
                item.basis, STATES[0], None, None, None,
            ]
        )  # fmt: skip
        sheet.mark(row, 1, note.severity, _FILLS.get(note.severity, ""))
    if view.listed:
        sheet.page.data_validation(1, 9, sheet.last - 1, 9, {"validate": "list", "source": list(STATES)})
    else:
        sheet.row([None, None, None, None, "没有问题。", *[None] * 8])
    sheet.close()
