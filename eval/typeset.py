"""python -m eval.typeset: every report typeset as Word, Excel, PDF and a web page says what its text says; exit 1 below a bar.

A text report is read, its recovered tables are set as real tables (merged cells, blocks of different columns over one width,
also cut in two where a page would end), its prose as paragraphs; the file is read again and compared cell by cell.
"""

from __future__ import annotations

import argparse
import html
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from xlsxwriter import Workbook

from eval.cases import Case, fixture_cases, seed_cases
from eval.gold import FUND, INDICATOR, squeeze
from eval.sheets import WIDTH, Piece, Set, Sheet, pieces_of
from extractor.load import load
from extractor.load.office import converted, program
from extractor.pipeline import review
from extractor.review import Review
from extractor.schema import Report
from extractor.settings import Settings

BAR = 0.995  # of cells and figures
SAID_BAR = 0.985  # of checks and notes: glued text leaves doubts that real cells do not
_SAID = ("checks", "notes")
_INDENT = 2 * 11 * 12_700  # two characters of 11 points: how a paragraph begins


def as_docx(pieces: Sequence[Piece], *, cut: bool = False) -> bytes:
    """A Word document; with `cut`, every table of more than six rows is two, as where a page was turned by hand."""
    document = docx.Document()
    body = document.element.body
    for piece in pieces:
        if isinstance(piece, str):
            document.add_paragraph(piece).paragraph_format.first_line_indent = _INDENT
            continue
        halves = piece.cut(len(piece.rows) * 3 // 5) if cut and len(piece.rows) > 6 else (piece,)
        for half in halves:
            body.insert(len(body) - 1, _word_table(half))
            document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_table(sheet: Sheet) -> Any:
    columns = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in pairwise(sheet.edges))
    rows: list[str] = []
    going_on: list[Set] = []
    for r, row in enumerate(sheet.rows):
        going_on = [c for c in going_on if c.row + c.height > r]
        cells = sorted(
            [*((c, True) for c in going_on), *((c, False) for c in row)], key=lambda each: each[0].left
        )
        going_on += [c for c in row if c.height > 1]
        marks = "<w:trPr><w:tblHeader/></w:trPr>" if r < sheet.head else ""
        rows.append(f"<w:tr>{marks}{''.join(_word_cell(c, below, sheet.edges) for c, below in cells)}</w:tr>")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = f'<w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
    return parse_xml(
        f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _word_cell(cell: Set, below: bool, edges: tuple[int, ...]) -> str:
    merged = "<w:vMerge/>" if below else '<w:vMerge w:val="restart"/>' if cell.height > 1 else ""
    width = edges[cell.right] - edges[cell.left]
    span = f'<w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{cell.right - cell.left}"/>{merged}'
    text = "" if below else _escaped(cell.text)
    return f'<w:tc><w:tcPr>{span}</w:tcPr><w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'


def _escaped(text: str) -> str:
    return html.escape("".join(c for c in text if c >= " "), quote=False)


def as_xlsx(pieces: Sequence[Piece]) -> bytes:
    """A workbook of one sheet; every value is text, so that it stands as printed."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page, ruled = book.add_worksheet("报告"), book.add_format({"border": 1, "text_wrap": True})
    row = 0
    for piece in pieces:
        if isinstance(piece, str):
            if piece.strip():
                page.write_string(row, 0, piece[:32_000])
            row += 1
            continue
        for cell in (cell for each in piece.rows for cell in each):
            top, bottom = row + cell.row, row + cell.row + cell.height - 1
            if bottom > top or cell.right - cell.left > 1:
                page.merge_range(top, cell.left, bottom, cell.right - 1, "", ruled)
            page.write_string(top, cell.left, cell.text, ruled)
        row += len(piece.rows)
    book.close()
    return out.getvalue()


def as_html(pieces: Sequence[Piece]) -> bytes:
    """A web page in GB 18030."""
    out = ['<!DOCTYPE html><html><head><meta charset="gb2312"><title>报告</title></head><body>']
    for piece in pieces:
        if isinstance(piece, str):
            out.append(f"<p>{_escaped(piece).replace('  ', '&nbsp; ') or '&nbsp;'}</p>")
            continue
        out.append("<table border='1'>")
        for row in piece.rows:
            cells = (
                f'<td colspan="{c.right - c.left}" rowspan="{c.height}">{_escaped(c.text) or "&nbsp;"}</td>'
                for c in row
            )
            out.append(f"<tr>{''.join(cells)}</tr>")
        out.append("</table>")
    return "".join([*out, "</body></html>"]).encode("gb18030")


def as_pdf(pieces: Sequence[Piece]) -> bytes:
    """The Word document printed by LibreOffice."""
    return converted(as_docx(pieces), "docx", "pdf", "Word 文档", "report.docx", Settings())


FORMS: dict[str, tuple[str, Callable[[Sequence[Piece]], bytes]]] = {
    "Word": ("report.docx", as_docx),
    "Word，表格分页续": ("report.docx", lambda pieces: as_docx(pieces, cut=True)),
    "Excel": ("report.xlsx", as_xlsx),
    "网页": ("report.html", as_html),
}
if program() is not None:
    FORMS["PDF"] = ("report.pdf", as_pdf)


class Equal(NamedTuple):
    """How many values of either review the other one has too, and those it has not."""

    right: int
    of: int
    misses: tuple[str, ...]


def compare_reviews(text: Review, other: Review) -> dict[str, Equal]:
    """What the two reviews hold and what they say of it, places apart."""
    return compare(text.report, other.report) | {
        "checks": _equal(_checks(text), _checks(other)),
        "notes": _equal(_notes(text), _notes(other)),
    }


def _checks(done: Review) -> Counter[tuple[str, ...]]:
    """Code, status and numbers of each check that could be made."""
    return Counter(
        (c.code, c.status, c.severity, *(str(n) for n in (c.computed, c.reported, c.difference)))
        for c in done.checks
        if c.status != "not_applicable"
    )


def _notes(done: Review) -> Counter[tuple[str, ...]]:
    return Counter((note.code, note.severity, squeeze(note.comment)) for note in done.notes)


def compare(text: Report, other: Report) -> dict[str, Equal]:
    """Cells of indicators, funds and base data by row, and the figures of the prose."""
    return {
        "indicators": _equal(_cells(text.indicators, INDICATOR), _cells(other.indicators, INDICATOR)),
        "funds": _equal(_cells(text.funds, FUND), _cells(other.funds, FUND)),
        "base_data": _equal(_base(text), _base(other)),
        "prose": _equal(_figures(text), _figures(other)),
    }


def _equal(expected: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> Equal:
    missed = expected - found
    return Equal(
        (expected & found).total(),
        (expected | found).total(),
        tuple(" | ".join(value) for value in [*missed, *(("多出", *v) for v in found - expected)]),
    )


def _cells(rows: Sequence[Any], keys: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    """(row's label, field, printed text), one for each cell that prints something."""
    out: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        label = (
            _printed(getattr(row, "level3", None))
            or _printed(getattr(row, "level2", None))
            or _printed(getattr(row, "item", None))
        )
        out.update((label, key, text) for key in keys if (text := _printed(getattr(row, key))))
    return out


def _printed(cell: Any) -> str:
    return squeeze(cell.raw) if cell is not None else ""


def _base(report: Report) -> Counter[tuple[str, ...]]:
    return Counter(
        (_printed(row.item), each.stage, str(each.period), _printed(each.cell))
        for row in report.base_data
        for each in row.cells
    )


def _figures(report: Report) -> Counter[tuple[str, ...]]:
    return Counter(
        (f.metric, f.stage, str(f.period), squeeze(f.scope), squeeze(f.amount.raw))
        for f in report.figures
        if f.table is None
    )


def examine(case: Case) -> Iterator[tuple[str, dict[str, Equal]]]:
    """Every form of a report, compared with its text."""
    expected = review(case.source, Settings(), file_name=case.file_name)
    pieces = pieces_of(load(case.source, Settings(), case.file_name))
    for name, (file_name, made) in FORMS.items():
        yield name, compare_reviews(expected, review(made(pieces), Settings(), file_name=file_name))


def save(case: Case, folder: Path) -> None:
    """Write the report in every form, to look at."""
    pieces = pieces_of(load(case.source, Settings(), case.file_name))
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, made in (("docx", as_docx), ("xlsx", as_xlsx), ("html", as_html), ("pdf", as_pdf)):
        (folder / f"{case.name}.{suffix}").write_bytes(made(pieces))


def main() -> int:
    """Print the share of equal values for each form and group."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.typeset", description="文本与其排版成的文件，结果是否相同"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="列出每一处差异")
    parser.add_argument("--save", metavar="文件夹", type=Path, help="另存排版成的文件（含 PDF）")
    parser.add_argument("--only", metavar="名称", help="只测一份报告")
    options = parser.parse_args()
    if "PDF" not in FORMS:
        print("没有安装 LibreOffice，不测 PDF", file=sys.stderr)
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for case in [*seed_cases(), *fixture_cases()]:
        if options.only and case.name != options.only:
            continue
        if options.save:
            save(case, options.save)
        for form, groups in examine(case):
            for group, equal in groups.items():
                totals[form, group][0] += equal.right
                totals[form, group][1] += equal.of
                if options.verbose:
                    for miss in equal.misses:
                        print(f"    {case.name} {form} {group}: {miss}")
    fell = False
    for (form, group), (right, of) in totals.items():
        good = right >= (SAID_BAR if group in _SAID else BAR) * of
        fell = fell or not good
        print(
            f"{'✓' if good else '✗'} {form}：{group:<12} {right}/{of}"
            + (f" = {100 * right / of:.2f}%" if of else "")
        )
    return 1 if fell else 0


if __name__ == "__main__":
    raise SystemExit(main())
