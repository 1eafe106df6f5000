"""Word and Excel files made part by part, for what no library writes: revisions, fields, lists, locked and damaged packages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def parts_of(made: bytes) -> dict[str, bytes]:
    """The parts of a zip, to make it again with others."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relations(**targets: str) -> str:
    """A relationships part; each id names the kind it is of."""
    each = "".join(
        f'<Relationship Id="{k}" Type="{_TYPE}{k.rstrip("0123456789")}" Target="{t}"/>'
        for k, t in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def types(part: str, kind: str) -> str:
    """The content types of a package around `part`."""
    base = "application/vnd.openxmlformats-"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{base}package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{base}officedocument.{kind}.main+xml"/></Types>'
    )


def word(body: str, **parts: str) -> bytes:
    """A .docx whose body is `body`; other parts by name (`numbering`, `styles`, `header1` …)."""
    inside = {f"word/{name}.xml": content for name, content in parts.items()}
    return package(
        {
            "[Content_Types].xml": types("word/document.xml", "wordprocessingml.document"),
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relations(**{name: f"{name}.xml" for name in parts}),
            "word/document.xml": f"<w:document {W} {_MORE}><w:body>{body}</w:body></w:document>",
            **inside,
        }
    )


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    """A cell; text becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table of rows, each the cells of one."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def book(sheet: str, **parts: str) -> bytes:
    """An .xlsx of one sheet named 自评表; `sheet` is what its worksheet holds."""
    return package(
        {
            "[Content_Types].xml": types("xl/workbook.xml", "spreadsheetml.sheet"),
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": relations(
                worksheet1="worksheets/sheet1.xml", **{name: f"{name}.xml" for name in parts}
            ),
            "xl/workbook.xml": f'<workbook {S}><sheets><sheet name="自评表" sheetId="1" r:id="worksheet1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f"<worksheet {S}>{sheet}</worksheet>",
            **{f"xl/{name}.xml": content for name, content in parts.items()},
        }
    )
