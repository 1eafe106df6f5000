"""How a finding is shown: where it stands, what the source says there, and how a number is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from extractor.amounts import plain
from extractor.document import Span, Table, TableCell
from extractor.findings import Check, Operand
from extractor.patterns import lazy
from extractor.reconcile.case import Case, squeeze
from extractor.schema import OVERALL, Cell

QUOTE = 80
_TABLE_NAMES = {
    "base_data": "基础数据表", "project_summary": "项目汇总表", "fund_use": "资金使用情况表", "other": "附表",
}  # fmt: skip
_PERSONAL = lazy(r"填表人|填报人|联系人|经办人|负责人|电话|手机|邮箱|\d{7,}")
_SECRET = lazy(r"涉密|秘密|机密|绝密|密级")
_LABEL = lazy(r"[^\W\x00-\x7f]{2}")
_STOPS = "。；;！!？?\n\t|"
_MOST_PLACES = 6


def number(value: Decimal | None, unit: str | None = None) -> str:
    """A number as a person writes it: trailing zeros of a computed value kept, no exponent."""
    return "（空白）" if value is None else f"{plain(value)}{unit or ''}"


class View:
    """A case seen by the one who writes about it."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def _cells(self) -> dict[str, str]:
        out: dict[str, str] = {}
        report = self.case.report
        for item in (*report.funds, *report.indicators, *report.projects):
            for cell in vars(item).values():
                if isinstance(cell, Cell):
                    out[cell.id] = cell.text
        for row in report.base_data:
            out[row.item.id] = row.item.text
            out |= {each.cell.id: each.cell.text for each in row.cells}
        out |= {figure.id: squeeze(figure.amount.raw) for figure in report.figures}
        out |= {cell.id: cell.text for cell in (report.total_score, report.grade) if cell is not None}
        return out

    def text(self, operand: Operand) -> str:
        """The printed words of an operand."""
        return self._cells.get(operand.ref or "", "")

    def operand(self, check: Check, name: str) -> Operand | None:
        """The operand of a name, None when the check has none such."""
        return next((each for each in check.operands if each.name == name), None)

    def shown(self, check: Check, name: str, unit: str | None = None) -> str:
        """An operand's value with its unit; a unit given here stands in for one not printed."""
        found = self.operand(check, name)
        return "（空白）" if found is None else number(found.value, found.unit or unit)

    def in_sentences(self, checks: Iterable[Check]) -> bool:
        """Whether every amount of `checks` stands in a sentence of digital text, so that its words, not its digits, are in doubt."""
        if self.case.scanned:
            return False
        known = {figure.id: figure for figure in self.case.prose}
        amounts = [known.get(each.ref or "") for check in checks for each in check.operands]
        return bool(amounts) and all(
            f is not None and not f.evidence.flags and f.span.page is None for f in amounts
        )

    def numbered(self, check: Check, *prefixes: str) -> list[tuple[Operand | None, ...]]:
        """The operands t1, a1, t2, a2, … row by row."""
        names = {each.name: each for each in check.operands}
        rows = []
        n = 1
        while any(f"{prefix}{n}" in names for prefix in prefixes):
            rows.append(tuple(names.get(f"{prefix}{n}") for prefix in prefixes))
            n += 1
        return rows

    def table_at(self, span: Span) -> Table | None:
        """The table a place lies in."""
        return self.case.table_at(span)

    def table_name(self, table: Table) -> str:
        """What a note calls a table."""
        if table.title and len(table.title) <= 40 and not _PERSONAL.search(table.title):
            return f"《{squeeze(table.title)}》"
        if table.kind == "self_evaluation":
            return "整体支出绩效自评表" if table.scope == OVERALL else f"“{table.scope}”项目自评表"
        return _TABLE_NAMES[table.kind]

    def place(self, span: Span) -> str:
        """The table, or the deepest section, a place lies in."""
        table = self.table_at(span)
        if table is not None:
            return self.table_name(table)
        section = self.case.section_at(span)
        if section is None or not section.level:
            return "正文"
        return f"正文“{squeeze(section.number + section.title)[:24]}”"

    def location(self, spans: Iterable[Span], most: int = 6) -> str:
        """Every different place, in the order of the document."""
        places = list(dict.fromkeys(self.place(span) for span in sorted(spans, key=lambda s: s.start)))
        listed = "；".join(places[:most])
        return listed if len(places) <= most else f"{listed}等{len(places)}处"

    def quote(self, spans: Sequence[Span]) -> str:
        """At most 80 characters of the source around the first place, never a person, a phone or a secret."""
        if not spans:
            return ""
        text, span = self.case.document.text, spans[0]
        own = text[span.start : span.end].strip()[:QUOTE]
        table = self.table_at(span)
        if table is not None:
            row = self._row(table, span)
            if _PERSONAL.search(row) or _SECRET.search(row):
                row = own
            return "" if _PERSONAL.search(row) and not row.replace(".", "").isdigit() else row
        start, end = span.start, span.end
        while start > 0 and text[start - 1] not in _STOPS and span.end - start < QUOTE - 20:
            start -= 1
        while end < len(text) and text[end] not in _STOPS and end - start < QUOTE:
            end += 1
        wide = text[start:end].strip()
        return own if _PERSONAL.search(wide) or _SECRET.search(wide) else wide[:QUOTE]

    def _row(self, table: Table, span: Span) -> str:
        """The row of a cell up to and with the cell, from the leftmost label that leaves it within the limit."""
        text, end = self.case.document.text, span.end
        cells = table.cells
        here = first = bisect_right(cells, span.start, key=_start) - 1
        if here >= 0 and span.start <= cells[here].span.end:
            while first and cells[first - 1].row == cells[here].row:
                first -= 1
            for cell in cells[first : here + 1]:
                if 0 <= end - cell.span.start <= QUOTE and _LABEL.search(cell.text):
                    return text[cell.span.start : end].strip()
        return text[span.start : end].strip()[:QUOTE]


def _start(cell: TableCell) -> int:
    return cell.span.start


def short(text: str, most: int = 24) -> str:
    """A long name cut for a list of rows."""
    return text if len(text) <= most else f"{text[:most]}…{'”' if text.startswith('“') else ''}"


def spans_of(checks: Iterable[Check]) -> tuple[Span, ...]:
    """Every place the checks rest on, once, in the order of the document."""
    found = {
        (span.start, span.end): span for check in checks for each in check.operands for span in each.spans
    }
    return tuple(found[key] for key in sorted(found))


def first_spans(check: Check) -> tuple[Span, ...]:
    """The places of the operand a note quotes: what is stated, else whatever comes first."""
    wanted = ("statement", "total", "text", "first", "reported", "label", "score", "executed", "yuan")
    by_name = {each.name: each for each in check.operands}
    for name in wanted:
        if name in by_name and by_name[name].spans:
            return by_name[name].spans
    return next((each.spans for each in check.operands if each.spans), ())
