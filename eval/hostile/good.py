"""Good files to damage: one small report in every format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pymupdf

NOTHING: Mapping[str, str | bytes] = MappingProxyType({})
TITLE = "2023年度某县档案馆整体支出绩效自评报告"
SENTENCE = "本年预算100.00万元，实际支出98.50万元，执行率98.50%。"
CELLS = (("项目", "全年预算数", "全年执行数"), ("档案整理", "60.00", "59.50"), ("合计", "100.00", "98.50"))

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of parts, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return out.getvalue()


def relations(*related: tuple[str, str], mode: str = "") -> str:
    """A relationships part: (kind, target) with the ids r1, r2 …"""
    each = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target) in enumerate(related, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def types(part: str, kind: str) -> str:
    """The content types of a package around `part`."""
    base = "application/vnd.openxmlformats-"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{base}package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{part}" '
        f'ContentType="{base}officedocument.{kind}.main+xml"/></Types>'
    )


def paragraph(text: str) -> str:
    """A paragraph of Word."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows: tuple[tuple[str, ...], ...] = CELLS) -> str:
    """A table of Word."""
    inside = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{inside}</w:tbl>"


def docx(body: str = "", head: str = "", more: Mapping[str, str | bytes] = NOTHING) -> bytes:
    """A Word file with our title, then `body`; `head` stands before its root, `more` are parts by name."""
    inside = body or paragraph(SENTENCE) + table()
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types("word/document.xml", "wordprocessingml.document"),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f"{head}<w:document {_W} {_R}><w:body>{paragraph(TITLE)}{inside}</w:body></w:document>",
    }
    return zipped({**parts, **more})


def xlsx(sheet: str = "", head: str = "", more: Mapping[str, str | bytes] = NOTHING) -> bytes:
    """A workbook of one sheet; `sheet` is what its worksheet holds."""
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for row in ((TITLE,), (SENTENCE,), *CELLS)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types("xl/workbook.xml", "spreadsheetml.sheet"),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        "xl/workbook.xml": f'<workbook {_S} {_R}><sheets><sheet name="自评表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"{head}<worksheet {_S}>{sheet or f'<sheetData>{rows}</sheetData>'}</worksheet>",
    }
    return zipped({**parts, **more})


def pdf(**options: object) -> bytes:
    """A PDF with a ruled table."""
    document = pymupdf.open()
    page = document.new_page()
    for n, text in enumerate((TITLE, SENTENCE)):
        page.insert_text((60, 60 + 20 * n), text, fontname="china-s", fontsize=11)
    for r, row in enumerate(CELLS):
        for c, text in enumerate(row):
            box = pymupdf.Rect(60 + 120 * c, 120 + 24 * r, 180 + 120 * c, 144 + 24 * r)
            page.draw_rect(box)
            page.insert_text((box.x0 + 6, box.y1 - 8), text, fontname="china-s", fontsize=11)
    made: bytes = document.tobytes(no_new_id=True, **options)
    document.close()
    return made


def html() -> bytes:
    """A web page with a table."""
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in CELLS)
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>t</title></head><body><h1>{TITLE}</h1><p>{SENTENCE}</p><table>{rows}</table></body></html>'
    return page.encode()


def mht() -> bytes:
    """The web page in one file."""
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return head + html() + b"\r\n--x--\r\n"


def txt() -> bytes:
    """The report as plain text."""
    return "\n".join((TITLE, SENTENCE, *("\t".join(row) for row in CELLS))).encode()


def picture(kind: str) -> bytes:
    """A small picture with letters on it."""
    document = pymupdf.open()
    page = document.new_page(width=300, height=60)
    page.insert_text((10, 36), "本年预算100.00万元", fontname="china-s", fontsize=18)
    drawn: bytes = page.get_pixmap(dpi=100).tobytes(kind)
    document.close()
    return drawn


GOOD: dict[str, Callable[[], bytes]] = {
    "docx": docx,
    "xlsx": xlsx,
    "pdf": pdf,
    "html": html,
    "mht": mht,
    "txt": txt,
    "zip": lambda: zipped({"甲/报告.docx": docx(), "乙/报告.txt": txt(), "丙.xlsx": xlsx()}),
    "png": lambda: picture("png"),
    "jpeg": lambda: picture("jpeg"),
}
