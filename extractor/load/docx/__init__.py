"""Word documents (.docx, .docm, .dotx): the text as printed, tables as grids, tracked changes taken as accepted."""

from __future__ import annotations

import hashlib

from extractor.document import Document
from extractor.errors import UnsupportedInput
from extractor.load.checks import accepted
from extractor.load.docx.body import Body
from extractor.load.docx.numbering import Numbering
from extractor.load.package import Package
from extractor.load.writing import Writer
from extractor.settings import Settings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PICTURES = "请把图片另存后用文字识别软件转成文本，核对数字后再提交"
_MARGIN = ("header", "footer")
_NOTES = ("footnotes", "endnotes")


def load_docx(data: bytes, file_name: str, settings: Settings) -> Document:
    """The Document of a Word file; its notes stand at the end, its headers and footers nowhere."""
    package = Package(data, file_name, settings)
    part = package.main_part("word/document.xml")
    root = package.xml(part)
    if root is None:
        raise package.damaged("正文")
    related = package.relations(part)
    parts = {relation.kind: relation.target for relation in related.values()}
    styles, numbers = (package.xml(parts.get(kind, f"word/{kind}.xml")) for kind in ("styles", "numbering"))
    body = Body(Numbering(numbers, styles))
    writer = Writer(file_name, settings)
    writer.blocks(body.read(root))
    for kind in _NOTES:
        notes = package.xml(parts[kind]) if kind in parts else None
        if notes is not None:
            writer.blocks(body.notes(notes))
    margins = Body(Numbering(None, None))
    aside = [
        line
        for relation in related.values()
        if relation.kind in _MARGIN and (margin := package.xml(relation.target)) is not None
        for line in margins.read(margin)
        if isinstance(line, str)
    ]
    if not writer.text.strip() and any(relation.kind == "image" for relation in related.values()):
        raise UnsupportedInput(file_name, "Word 文件里只有图片，没有文字", _PICTURES)
    document = Document(
        file_name=file_name,
        media_type=MEDIA_TYPE,
        sha256=hashlib.sha256(data).hexdigest(),
        loader="docx",
        text=writer.text,
        grids=tuple(writer.grids),
    )
    return accepted(document, settings, aside="\n".join(aside))
