"""Sheet 勾稽: every line of the ledger; computed value and difference are formulas over the operands to the right."""

from __future__ import annotations

from itertools import chain

from xlsxwriter.utility import xl_rowcol_to_cell

from extractor.findings import Check
from extractor.identities import names_in
from extractor.render.values import Lines
from extractor.render.view import Entry, View
from extractor.render.workbook.formulas import excel
from extractor.render.workbook.sheet import Book, Column, Content, Formula, Sheet

_LEAD = (
    Column("代码", 10), Column("核查项", 17), Column("公式", 28), Column("算式", 24), Column("计算值", 11),
    Column("报告值", 11), Column("差额", 10), Column("容差", 8), Column("单位", 6, centered=True), Column("判断", 23),
    Column("原文位置", 15),
)  # fmt: skip
COMPUTED, REPORTED, DIFFERENCE, VERDICT = 4, 5, 6, 9
_FILLS = {"fail": "bad", "rounding": "warn"}
_MOST_PLACES = 4


def ledger_sheet(book: Book, view: View, lines: Lines) -> dict[str, int]:
    """Write every check, failed ones first; the row each stands in, by its id."""
    order = [*view.ledger, *view.worded, *map(Entry, view.unverified), *map(Entry, view.not_applicable)]
    most = max((len(names_in(entry.check.formula)) for entry in order if entry.check.formula), default=0)
    pairs = chain.from_iterable((Column(f"项{n}", 18), Column(f"数{n}", 11)) for n in range(1, most + 1))
    sheet = book.sheet("勾稽", (*_LEAD, *pairs), frozen=2, printed=len(_LEAD))
    rows = {entry.check.id: _line(sheet, entry, lines) for entry in order}
    sheet.close()
    return rows


def _line(sheet: Sheet, entry: Entry, lines: Lines) -> int:
    check = entry.check
    operands, cells = _operands(check, sheet.last)
    row = sheet.row(
        [
            check.id, check.title, entry.formula, entry.numbers, _computed(check, cells), check.reported,
            _difference(check, sheet.last), check.tolerance, entry.unit, entry.verdict, _places(check, lines), *operands,
        ]
    )  # fmt: skip
    sheet.mark(row, VERDICT, entry.verdict, _FILLS.get(check.status, ""))
    return row


def _operands(check: Check, row: int) -> tuple[list[Content], dict[str, str]]:
    """Names and values of the operands the formula uses, and the cell each value stands in."""
    by_name = {operand.name: operand for operand in check.operands}
    out: list[Content] = []
    cells = {}
    for name in names_in(check.formula or ""):
        operand = by_name[name]
        cells[name] = xl_rowcol_to_cell(row, len(_LEAD) + len(out) + 1)
        out += [operand.role + (f"（{operand.unit}）" if operand.unit else ""), operand.value]
    return out, cells


def _computed(check: Check, cells: dict[str, str]) -> Content:
    if not check.formula or check.computed is None:
        return check.computed
    return Formula(excel(check.formula, cells), check.computed)


def _difference(check: Check, row: int) -> Content:
    """A formula where the difference is that of the two values before it; else the number the check states."""
    if check.difference is None or check.computed is None:
        return check.difference
    computed, reported = xl_rowcol_to_cell(row, COMPUTED), xl_rowcol_to_cell(row, REPORTED)
    if check.reported is not None and check.difference == abs(check.computed - check.reported):
        return Formula(f"=ABS({computed}-{reported})", check.difference)
    if check.difference == check.computed:
        return Formula(f"={computed}", check.difference)
    return check.difference


def _places(check: Check, lines: Lines) -> str:
    """Where the operands stand, each place once."""
    spans = sorted((span for o in check.operands for span in o.spans), key=lambda span: span.start)
    found = list(dict.fromkeys(lines.place(span) for span in spans))
    return "、".join(found[:_MOST_PLACES]) + (f"等{len(found)}处" if len(found) > _MOST_PLACES else "")
