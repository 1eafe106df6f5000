"""Digital PDF: canonical text in reading order, ruled tables as grids, and the page and box of every word."""

from __future__ import annotations

import hashlib
from typing import Any

import pymupdf

from extractor.document import Document
from extractor.errors import DamagedInput, EmptyInput, TooLarge, UnsupportedInput
from extractor.load.pdf.flow import Flow
from extractor.load.pdf.furniture import without_furniture
from extractor.load.pdf.page import PageText, read_page
from extractor.settings import Settings

_RESAVE = "请用原程序重新导出 PDF 后再提交"


def load_pdf(data: bytes, file_name: str, settings: Settings) -> Document:
    """The Document of a PDF with a text layer; each reason to refuse it is an `InputError` with its remedy."""
    pdf = _opened(data, file_name)
    try:
        pages = _pages(pdf, file_name, settings)
    finally:
        pdf.close()
    if not any(page.rows or page.tables for page in pages):
        if any(page.has_image for page in pages):
            raise UnsupportedInput(
                file_name,
                "这是扫描件，页面里只有图片没有文字",
                "请先用文字识别软件转成可复制文字的 PDF，核对数字后再提交",
            )
        raise EmptyInput(file_name, "PDF 里没有文字", "请确认导出成功后重新提交")
    without_furniture(pages)
    flow = Flow()
    flow.write(pages)
    return Document(
        file_name=file_name,
        media_type="application/pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        loader="pdf",
        text=flow.text,
        pages=flow.pages(pages),
        grids=tuple(flow.grids),
        words=tuple(flow.words),
    )


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
    for number in range(len(pdf)):
        try:
            page = read_page(pdf[number], number + 1)
        except (RuntimeError, ValueError):
            raise DamagedInput(file_name, f"第 {number + 1} 页已损坏，无法读取", _RESAVE) from None
        characters += sum(len(word.text) for row in page.rows for word in row)
        characters += sum(len(cell.text) for table in page.tables for cell in table.cells)
        if characters > settings.max_characters:
            raise TooLarge(
                file_name,
                f"读到第 {number + 1} 页已超过上限 {settings.max_characters} 字",
                "请拆成几个文件分别提交",
            )
        pages.append(page)
    return pages
