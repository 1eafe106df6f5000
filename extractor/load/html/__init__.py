"""Web pages saved from a portal (.html, .mht, and the .doc and .xls that are web pages in truth)."""

from __future__ import annotations

import codecs
import email
import email.policy
import hashlib

from lxml import etree

from extractor.document import Document
from extractor.errors import DamagedInput, EmptyInput, TooLarge
from extractor.load.checks import accepted
from extractor.load.html.page import read_page
from extractor.load.text import decode
from extractor.load.writing import Writer
from extractor.patterns import lazy
from extractor.settings import Settings

_BYTES_PER_CHARACTER = 50  # markup around one character of a page that an office suite wrote
_CHARSET = lazy(
    r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,40})"
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_HEAD = 4096


def load_html(data: bytes, file_name: str, settings: Settings) -> Document:
    """The Document of a web page: what a browser shows, tables as grids; styles, scripts and hidden parts left out."""
    return _document(data, _decoded(data, file_name), file_name, settings)


def load_mail(data: bytes, file_name: str, settings: Settings) -> Document:
    """The Document of a page saved with its pictures in one file (.mht)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                charset = part.get_content_charset()
                text = _as(payload, charset) if charset else None
                return _document(data, text or _decoded(payload, file_name), file_name, settings)
    raise EmptyInput(file_name, "文件里没有网页正文", "请在浏览器中重新打开，另存为网页（.html）后再提交")


def _document(data: bytes, text: str, file_name: str, settings: Settings) -> Document:
    if len(text) > settings.max_characters * _BYTES_PER_CHARACTER:
        raise TooLarge(file_name, f"网页有 {len(text)} 字，标记过多", "请只保存正文部分再提交")
    # Whatever the page says of its encoding is settled by now.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise EmptyInput(file_name, "网页里没有内容", "请在浏览器中重新打开，另存后再提交")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise DamagedInput(file_name, "网页内部嵌套过深", "请在浏览器中打开，只复制正文部分，另存后再提交")
    writer = Writer(file_name, settings)
    writer.blocks(read_page(root))
    document = Document(
        file_name=file_name,
        media_type="text/html",
        sha256=hashlib.sha256(data).hexdigest(),
        loader="html",
        text=writer.text,
        grids=tuple(writer.grids),
    )
    return accepted(document, settings)


def _decoded(data: bytes, file_name: str) -> str:
    """The page's text: in the encoding it names when that fits, else in the one it fits."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named = _CHARSET.search(data[:_HEAD].decode("latin-1").lower())
        text = _as(data, next(name for name in named.groups() if name)) if named else None
        if text is not None:
            return text
    try:
        return decode(data, file_name)
    except DamagedInput:
        return data.decode("utf-8", "replace")


def _as(data: bytes, charset: str) -> str | None:
    """The text in `charset`, None when it is another one; the old names of GB 18030 mean the whole of it."""
    try:
        return data.decode(_WIDER.get(charset.lower(), charset))
    except (LookupError, UnicodeDecodeError):
        return None
