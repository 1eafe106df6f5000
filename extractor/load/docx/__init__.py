"""Word documents (.docx, .docm, .dotx): the text as printed, tables as grids, tracked changes taken as accepted."""

from __future__ import annotations

import hashlib
from typing import Any

from extractor.document import Document
from extractor.errors import UnsupportedInput
from extractor.load.checks import accepted
from extractor.load.docx.body import Body
from extractor.load.docx.numbering import Numbering
from extractor.load.docx.remarks import pages_of_pictures, remarks
from extractor.load.package import Package
from extractor.load.writing import Writer
from extractor.settings import Settings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PICTURES = "请另存为 PDF 后提交，扫描的页会作为图片识别；或提交文字可以复制的版本"
_FEW = 200  # characters; the shortest report has more
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
    _check_pictures(
        root, writer.text, any(relation.kind == "image" for relation in related.values()), file_name
    )
    document = Document(
        file_name=file_name,
        media_type=MEDIA_TYPE,
        sha256=hashlib.sha256(data).hexdigest(),
        loader="docx",
        text=writer.text,
        grids=tuple(writer.grids),
        warnings=remarks(package, part, root),
    )
    return accepted(document, settings, aside="\n".join(aside))


def _check_pictures(root: Any, text: str, some: bool, file_name: str) -> None:
    """Refuse a file whose pages are pictures: the few words beside them are no report."""
    characters = len("".join(text.split()))
    if some and not characters:
        raise UnsupportedInput(file_name, "Word 文件里只有图片，没有文字", _PICTURES)
    pages = pages_of_pictures(root) if characters < _FEW else 0
    if pages:
        reason = f"Word 文件里几乎都是图片（{pages} 张大图，文字只有 {characters} 个）"
        raise UnsupportedInput(file_name, reason, _PICTURES)
