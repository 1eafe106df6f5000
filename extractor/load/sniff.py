"""What a file really is, by its first bytes: a name can lie, a signature cannot."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.load.ole import ole_kind

_AS_TEXT = "请在原程序中打开，另存为纯文本（.txt）后再提交"
_AS_OFFICE = "请用 Word 或 WPS 打开，另存为 .docx（表格另存为 .xlsx）后再提交"
_UNPACK = "请先解压，再逐个提交其中的报告"
_IMAGE = "请先用文字识别软件转成文本，核对数字后另存为 .txt 再提交"


class Kind(NamedTuple):
    """A foreign kind of file, its Chinese name and what the user can do about it."""

    id: str
    name: str
    remedy: str


_OFFICE = (
    (b"word/", Kind("docx", "Word 文档（docx）", _AS_TEXT)),
    (b"xl/", Kind("xlsx", "Excel 工作簿（xlsx）", _AS_TEXT)),
    (b"ppt/", Kind("pptx", "演示文稿（pptx）", _AS_TEXT)),
    (b"OFD.xml", Kind("ofd", "OFD 版式文件", _AS_TEXT)),
    (b"opendocument.spreadsheet", Kind("ods", "OpenDocument 表格", _AS_OFFICE)),
    (b"opendocument", Kind("odf", "OpenDocument 文档", _AS_TEXT)),
)
_ZIP = Kind("zip", "压缩包（zip）", _UNPACK)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = {
    "doc": Kind("doc", "旧版 Word 或 WPS 文字文件（doc、wps）", _AS_OFFICE),
    "xls": Kind("xls", "旧版 Excel 或 WPS 表格文件（xls、et）", _AS_OFFICE),
    "ppt": Kind("ppt", "演示文稿（ppt）", _AS_TEXT),
    "locked": Kind("locked", "设有打开密码的 Office 文件", "请去除密码后再提交"),
    "ole": Kind("ole", "旧版 Office 或 WPS 文件，种类无法辨认", _AS_OFFICE),
}
_SIGNATURES = (
    (b"{\\rtf", Kind("rtf", "RTF 文档", _AS_TEXT)),
    (b"\x89PNG\r\n", Kind("png", "图片（PNG）", _IMAGE)),
    (b"\xff\xd8\xff", Kind("jpeg", "图片（JPEG）", _IMAGE)),
    (b"GIF87a", Kind("gif", "图片（GIF）", _IMAGE)),
    (b"GIF89a", Kind("gif", "图片（GIF）", _IMAGE)),
    (b"II*\x00", Kind("tiff", "图片（TIFF）", _IMAGE)),
    (b"MM\x00*", Kind("tiff", "图片（TIFF）", _IMAGE)),
    (b"Rar!\x1a\x07", Kind("rar", "压缩包（rar）", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind("7z", "压缩包（7z）", _UNPACK)),
    (b"\x1f\x8b\x08", Kind("gzip", "压缩包（gz）", _UNPACK)),
    (b"\xfd7zXZ\x00", Kind("xz", "压缩包（xz）", _UNPACK)),
    (b"BZh91AY&SY", Kind("bz2", "压缩包（bz2）", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("zstd", "压缩包（zst）", _UNPACK)),
    (b"\x7fELF", Kind("elf", "可执行程序", "请确认提交的是报告本身")),
    (b"\xfe\xed\xfa\xce", Kind("macho", "可执行程序", "请确认提交的是报告本身")),
    (b"\xfe\xed\xfa\xcf", Kind("macho", "可执行程序", "请确认提交的是报告本身")),
    (b"\xce\xfa\xed\xfe", Kind("macho", "可执行程序", "请确认提交的是报告本身")),
    (b"\xcf\xfa\xed\xfe", Kind("macho", "可执行程序", "请确认提交的是报告本身")),
    (b"\xca\xfe\xba\xbe", Kind("macho", "可执行程序", "请确认提交的是报告本身")),
    (b"SQLite format 3\x00", Kind("sqlite", "数据库文件", "请确认提交的是报告本身")),
)  # fmt: skip
_PDF = Kind("pdf", "PDF", "请在 PDF 阅读器中复制正文和表格，存为纯文本（.txt）后再提交")
_WEB = Kind("html", "网页文件", "请在浏览器中打开，全选复制后存为纯文本（.txt）再提交")
_EXE = Kind("exe", "可执行程序", "请确认提交的是报告本身")
_MAIL = Kind("mht", "单文件网页（mht）", "请在浏览器中打开，另存为网页（.html）后再提交")
_XML = Kind("xml", "XML 文件", _AS_TEXT)
_WORD_XML = Kind("wordml", "Word 2003 XML 文档", _AS_OFFICE)
_SHEET_XML = Kind("sheetml", "Excel 2003 XML 表格", _AS_OFFICE)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|meta|style|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP = re.compile(rb"\s*(?:<\?xml|(?P<mail>mime-version:))", re.IGNORECASE)


def foreign_kind(data: bytes) -> Kind | None:
    """The kind of `data` when a signature says it is no plain text, else None."""
    head = data[:1024]
    if b"%PDF-" in head:
        return _PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        names = data[:65536] + data[-65536:]
        return next((kind for name, kind in _OFFICE if name in names), _ZIP)
    if head.startswith(_OLE):
        return _OLE_KINDS[ole_kind(data)]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    # Two letters are too little: a text may begin with MZ, BM or RIFF.
    if head.startswith(b"MZ") and b"\x00" in head[:64]:
        return _EXE
    if head.startswith(b"BM") and head[6:10] == b"\x00" * 4:
        return Kind("bmp", "图片（BMP）", _IMAGE)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind("webp", "图片（WebP）", _IMAGE)
    return _markup_kind(data[:8192].removeprefix(b"\xef\xbb\xbf"))


def _markup_kind(head: bytes) -> Kind | None:
    """The kind of a file that begins with markup."""
    if _HTML.match(head):
        return _WEB
    match = _MARKUP.match(head)
    if match is None:
        return None
    if match["mail"]:
        return _MAIL
    if b"Word.Document" in head or b"w:wordDocument" in head:
        return _WORD_XML
    return _SHEET_XML if b"Excel.Sheet" in head or b"office:spreadsheet" in head else _XML
