"""What a file really is, by its first bytes: a name can lie, a signature cannot."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.load.ole import ole_kind
from extractor.load.zipnames import names_in

_AS_TEXT = "请在原程序中打开，另存为纯文本（.txt）后再提交"
_AS_PDF = "请在原程序中打开，导出为 PDF 或 Word 文件后再提交"
_AS_OFFICE = "请用 Word 或 WPS 打开，另存为 .docx（表格另存为 .xlsx）后再提交"
_REPACK = "请解压后重新压缩成 zip（不设密码），或逐个提交其中的报告"
_PARCEL = "请用 extractor review 审核整个压缩包，或解压后逐个提交其中的报告"
_NO_REPORT = "请确认提交的是报告本身"
_CAJ = "请用 CAJ 阅读器打开，打印成 PDF 后再提交"
_IMAGE = "请另存为 PNG 或 JPG 图片后再提交"


class Kind(NamedTuple):
    """A foreign kind of file, its Chinese name and what the user can do about it."""

    id: str
    name: str
    remedy: str


# What a zip is, by the start of a name in it and another name that must be there as well: a folder may be called word.
_PACKAGES = (
    (b"word/", Kind("docx", "Word 文档（docx）", _AS_TEXT)),
    (b"xl/", Kind("xlsx", "Excel 工作簿（xlsx）", _AS_TEXT)),
    (b"ppt/", Kind("pptx", "演示文稿（pptx）", _AS_PDF)),
    (b"visio/", Kind("vsdx", "Visio 图（vsdx）", _AS_PDF)),
)
_OFFICE_PARTS = {
    b"[content_types].xml", b"_rels/.rels", b"word/document.xml", b"xl/workbook.xml", b"ppt/presentation.xml",
}  # fmt: skip
_INSIDE = (
    (b"OFD.xml", Kind("ofd", "OFD 版式文件", "请用 OFD 阅读器打开，导出为 PDF 或 Word 文件后再提交")),
    (b"Index/Document.iwa", Kind("iwork", "苹果 Pages、Numbers 文稿", "请在苹果电脑上打开，导出为 PDF、Word 或 Excel 文件后再提交")),
    (b"index.apxl", Kind("iwork", "苹果 Keynote 文稿", _AS_PDF)),
    (b"META-INF/MANIFEST.MF", Kind("jar", "程序包（jar、apk）", _NO_REPORT)),
)  # fmt: skip
_OPEN_DOCUMENT = (
    (b"opendocument.spreadsheet", Kind("ods", "OpenDocument 表格", _AS_OFFICE)),
    (b"opendocument.text", Kind("odf", "OpenDocument 文档", _AS_OFFICE)),
    (b"opendocument.", Kind("odp", "OpenDocument 演示文稿或图", _AS_PDF)),
    (b"epub+zip", Kind("epub", "电子书（epub）", _AS_PDF)),
)
_ZIP = Kind("zip", "压缩包（zip）", _PARCEL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = {
    "doc": Kind("doc", "旧版 Word 或 WPS 文字文件（doc、wps）", _AS_OFFICE),
    "xls": Kind("xls", "旧版 Excel 或 WPS 表格文件（xls、et）", _AS_OFFICE),
    "ppt": Kind("ppt", "演示文稿（ppt、dps）", _AS_PDF),
    "msg": Kind("msg", "Outlook 邮件（msg）", "请打开邮件，把其中的报告另存后再提交"),
    "vsd": Kind("vsd", "Visio 图（vsd）", _AS_PDF),
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
    (b"Rar!\x1a\x07", Kind("rar", "压缩包（rar）", _REPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind("7z", "压缩包（7z）", _REPACK)),
    (b"\x1f\x8b\x08", Kind("gzip", "压缩包（gz）", _REPACK)),
    (b"\xfd7zXZ\x00", Kind("xz", "压缩包（xz）", _REPACK)),
    (b"BZh91AY&SY", Kind("bz2", "压缩包（bz2）", _REPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("zstd", "压缩包（zst）", _REPACK)),
    (b"MSCF\x00\x00\x00\x00", Kind("cab", "压缩包（cab）", _REPACK)),
    (b"%!PS", Kind("ps", "PostScript 文件", _AS_PDF)),
    (b"ID3\x03", Kind("audio", "音频文件", _NO_REPORT)),
    (b"ID3\x04", Kind("audio", "音频文件", _NO_REPORT)),
    (b"\x7fELF", Kind("elf", "可执行程序", _NO_REPORT)),
    (b"\xfe\xed\xfa\xce", Kind("macho", "可执行程序", _NO_REPORT)),
    (b"\xfe\xed\xfa\xcf", Kind("macho", "可执行程序", _NO_REPORT)),
    (b"\xce\xfa\xed\xfe", Kind("macho", "可执行程序", _NO_REPORT)),
    (b"\xcf\xfa\xed\xfe", Kind("macho", "可执行程序", _NO_REPORT)),
    (b"\xca\xfe\xba\xbe", Kind("macho", "可执行程序", _NO_REPORT)),
    (b"SQLite format 3\x00", Kind("sqlite", "数据库文件", _NO_REPORT)),
)  # fmt: skip
# Letters with which a text may begin as well: these files hold a NUL soon after.
_LETTERS = (
    (b"CAJ", Kind("caj", "知网 CAJ 文件", _CAJ)),
    (b"HN", Kind("caj", "知网 CAJ 文件", _CAJ)),
    (b"KDH", Kind("caj", "知网 KDH 文件", _CAJ)),
    (b"TEB", Kind("caj", "知网 TEB 文件", _CAJ)),
    (b"AC10", Kind("dwg", "CAD 图纸（dwg）", _AS_PDF)),
    (b"MZ", Kind("exe", "可执行程序", _NO_REPORT)),
)
_PDF = Kind("pdf", "PDF", "请在 PDF 阅读器中复制正文和表格，存为纯文本（.txt）后再提交")
_WEB = Kind("html", "网页文件", "请在浏览器中打开，全选复制后存为纯文本（.txt）再提交")
_MAIL = Kind("mht", "单文件网页（mht）", "请在浏览器中打开，另存为网页（.html）后再提交")
_HEIC = Kind("heic", "手机照片（HEIC）", "请在手机或电脑上另存为 JPG 图片，或扫描成 PDF 后再提交")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_UOF = Kind("uof", "标文通文档（uof）", _AS_OFFICE)
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
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _package_kind(data)
    if head.startswith(_OLE):
        return _OLE_KINDS[ole_kind(data)]
    if b"%PDF-" in head:
        return _PDF
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if b"\x00" in head[:64]:
        for letters, kind in _LETTERS:
            if head.startswith(letters):
                return kind
    if head.startswith(b"BM") and head[6:10] == b"\x00" * 4:
        return Kind("bmp", "图片（BMP）", _IMAGE)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind("webp", "图片（WebP）", _IMAGE)
    if head[4:8] == b"ftyp":
        return _HEIC if head[8:12] in _HEIC_BRANDS else Kind("video", "视频或音频文件", _NO_REPORT)
    if head[257:262] == b"ustar":
        return Kind("tar", "压缩包（tar）", _REPACK)
    return _markup_kind(data[:8192].removeprefix(b"\xef\xbb\xbf"))


def _package_kind(data: bytes) -> Kind:
    """What a zip is by the names in it."""
    names = names_in(data)
    if any(name.lower().lstrip(b"/") in _OFFICE_PARTS for name in names):
        for start, kind in _PACKAGES:
            if any(name.lower().lstrip(b"/").startswith(start) for name in names):
                return kind
    if names[:1] == [b"mimetype"]:
        declared = data[38:138]
        return next((kind for name, kind in _OPEN_DOCUMENT if name in declared), _ZIP)
    return next((kind for name, kind in _INSIDE if name in names), _ZIP)


def _markup_kind(head: bytes) -> Kind | None:
    """The kind of a file that begins with markup."""
    if _HTML.match(head):
        return _WEB
    match = _MARKUP.match(head)
    if match is None:
        return None
    if match["mail"]:
        return _MAIL
    if b"uof:UOF" in head or b"schemas.uof.org" in head:
        return _UOF
    if b"Word.Document" in head or b"w:wordDocument" in head:
        return _WORD_XML
    return _SHEET_XML if b"Excel.Sheet" in head or b"office:spreadsheet" in head else _XML
