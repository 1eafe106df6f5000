"""Sheet 得分复算: every scored row beside its recomputed score, which is taken from the ledger by formula."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_rowcol_to_cell

from extractor.findings import Check
from extractor.render.scores import Line, Recomputed
from extractor.render.view import View
from extractor.render.workbook.ledger import COMPUTED as LEDGER_COMPUTED
from extractor.render.workbook.sheet import Book, Column, Content, Formula, Sheet, printed

COLUMNS = (
    Column("表", 18), Column("指标", 25), Column("指标值", 16), Column("完成值", 16), Column("分值", 7), Column("自评得分", 8),
    Column("复算得分", 8), Column("差额", 8), Column("说明", 26), Column("勾稽代码", 10),
)  # fmt: skip
_POINTS, _SCORE, _AGAIN = 4, 5, 6


def scoring_sheet(book: Book, view: View, rows: Mapping[str, int]) -> None:
    """Every form that prints points or scores, with its totals."""
    sheet = book.sheet("得分复算", COLUMNS, frozen=2)
    for form in view.scores:
        for line in form.lines:
            _scored(sheet, form, line, rows)
        for name, check in (("分值合计", form.points), ("得分合计", form.total)):
            if check is not None:
                _total(sheet, form, name, check, rows)
    if not view.scores:
        sheet.row([None, "报告没有列出分值或得分，无法复算。", *[None] * 8])
    sheet.close()


def _scored(sheet: Sheet, form: Recomputed, line: Line, rows: Mapping[str, int]) -> None:
    score, again, difference = printed(line.score), None, None
    if line.check is not None and line.again is not None:
        again = Formula(_in_ledger(rows[line.check]), line.again)
        if not isinstance(score, str) and isinstance(score, type(line.again)):
            cells = [xl_rowcol_to_cell(sheet.last, at) for at in (_SCORE, _AGAIN)]
            difference = Formula(f"={cells[0]}-{cells[1]}", score - line.again)
    sheet.row(
        [
            form.title, line.name, printed(line.target), printed(line.actual), printed(line.points), score, again,
            difference, line.remark, line.check,
        ],
        "warn" if line.remark and line.remark.startswith("可能") else "",
    )  # fmt: skip


def _total(sheet: Sheet, form: Recomputed, name: str, check: Check, rows: Mapping[str, int]) -> None:
    again: Content = None
    difference: Content = None
    if check.computed is not None:
        again = Formula(_in_ledger(rows[check.id]), check.computed)
    if check.computed is not None and check.reported is not None:
        cells = [xl_rowcol_to_cell(sheet.last, at) for at in (_SCORE, _AGAIN)]
        difference = Formula(f"={cells[0]}-{cells[1]}", check.reported - check.computed)
    remark = check.reason or ("左为应有的合计" if check is form.points else None)
    sheet.row(
        [form.title, name, None, None, None, check.reported, again, difference, remark, check.id], "total"
    )


def _in_ledger(row: int) -> str:
    return f"='勾稽'!{xl_rowcol_to_cell(row - 1, LEDGER_COMPUTED)}"
