"""PDF: canonical text in reading order, ruled tables as grids, and the page and box of every word; scanned pages are read as pictures."""

from __future__ import annotations

import hashlib
from typing import Any

import pymupdf

from extractor.document import Document
from extractor.errors import DamagedInput, EmptyInput, TooLarge, UnsupportedInput
from extractor.load.checks import accepted
from extractor.load.ocr import available, page_shown
from extractor.load.ocr.judging import UNPROVEN, judged
from extractor.load.printed.flow import Flow
from extractor.load.printed.furniture import without_furniture
from extractor.load.printed.layer import TextLayer
from extractor.load.printed.sheet import PageText, Source, arranged
from extractor.settings import Settings

_FLAGS = (
    pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
)  # the number of a glyph is no character
_RESAVE = "请用原程序重新导出 PDF 后再提交"


def load_pdf(data: bytes, file_name: str, settings: Settings) -> Document:
    """The Document of a PDF with a text layer; each reason to refuse it is an `InputError` with its remedy."""
    pdf = _opened(data, file_name)
    try:
        pages = _pages(pdf, file_name, settings)
    finally:
        pdf.close()
    return assembled(pages, data, file_name, settings, loader="pdf", media_type="application/pdf")


def assembled(
    pages: list[PageText], data: bytes, file_name: str, settings: Settings, *, loader: str, media_type: str
) -> Document:
    """The Document that read pages make, without what stands on every one of them."""
    if not any(page.rows or page.tables for page in pages):
        raise EmptyInput(file_name, "文件里没有文字", "请确认导出或扫描成功后重新提交")
    aside = without_furniture(pages)
    flow = Flow()
    flow.write(pages)
    document = Document(
        file_name=file_name,
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        loader=loader,
        text=flow.text,
        pages=flow.pages(pages),
        grids=tuple(flow.grids),
        words=tuple(flow.words),
    )
    return accepted(document, settings, aside=aside)


def _opened(data: bytes, file_name: str) -> Any:
    pymupdf.TOOLS.mupdf_display_errors(False)
    try:
        pdf = pymupdf.open(stream=data, filetype="pdf")
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError):
        raise DamagedInput(file_name, "PDF 文件已损坏，无法打开", _RESAVE) from None
    if pdf.needs_pass:
        pdf.close()
        raise UnsupportedInput(file_name, "PDF 设有打开密码", "请去除密码后再提交")
    if not len(pdf):
        pdf.close()
        raise DamagedInput(file_name, "PDF 里一页也没有", _RESAVE)
    return pdf


def _pages(pdf: Any, file_name: str, settings: Settings) -> list[PageText]:
    pages: list[PageText] = []
    characters = 0
    for number in range(1, len(pdf) + 1):
        try:
            page = _page(pdf[number - 1], number, file_name)
        except (RuntimeError, ValueError):
            raise DamagedInput(file_name, f"第 {number} 页已损坏，无法读取", _RESAVE) from None
        characters += page.characters
        if characters > settings.max_characters:
            reason = f"读到第 {number} 页已超过上限 {settings.max_characters} 字"
            raise TooLarge(file_name, reason, "请拆成几个文件分别提交")
        pages.append(page)
    return pages


def _page(page: Any, number: int, file_name: str) -> PageText:
    """A page by its text layer, or by its picture when it has none that can be read."""
    layer = TextLayer(page, _FLAGS)
    words = layer.words
    how = judged(page, words)
    if how.picture and (how.needed or available()):
        return page_shown(page, number, file_name)
    if how.hidden:
        words = [word._replace(sure=UNPROVEN) for word in words]
    rows, tables = arranged(words, layer.tables(), layer.characters, number)
    width, height = page.rect.width, page.rect.height
    if layer.back is not None:
        width, height = height, width
    source: Source = "ocr" if how.hidden else "text"
    return PageText(
        number, width, height, page.rotation, rows, tables, source, back=layer.back, aside=layer.aside
    )
