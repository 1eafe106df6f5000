"""Plain text and Markdown: bytes of any encoding a Chinese office writes become one canonical text."""

from __future__ import annotations

import codecs
import hashlib
from functools import cache

from extractor.document import Document
from extractor.errors import DamagedInput, EmptyInput, TooLarge, UnsupportedInput
from extractor.load.canonical import canonical
from extractor.load.checks import SPLIT, accepted
from extractor.patterns import lazy
from extractor.settings import Settings

BYTES_PER_CHARACTER = 4
_SAMPLE = 8192
_CONTROL = lazy("[\x00-\x06\x08\x0e-\x1f\x7f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_RESAVE = "请用原程序重新打开，另存为 UTF-8 编码的文本后再提交"


def load_text(data: bytes, size: int, file_name: str, settings: Settings) -> Document:
    """The Document of a text file of `size` bytes; each reason to refuse it is an `InputError` with its remedy."""
    if not data:
        raise EmptyInput(file_name, "文件是空的", "请确认保存成功后重新提交")
    _check_size(size, file_name, settings)
    text = canonical(decode(data, file_name))
    markdown = file_name.lower().endswith((".md", ".markdown"))
    document = Document(
        file_name=file_name,
        media_type="text/markdown" if markdown else "text/plain",
        sha256=hashlib.sha256(data).hexdigest(),
        loader="text",
        text=text,
    )
    return accepted(document, settings)


def _check_size(size: int, file_name: str, settings: Settings) -> None:
    """Refuse by size alone: no encoding spends more than four bytes on a character."""
    limit = settings.max_characters
    if size > limit * BYTES_PER_CHARACTER + BYTES_PER_CHARACTER:
        raise TooLarge(file_name, f"文件有 {size} 字节，必定超过上限 {limit} 字", SPLIT)


def decode(data: bytes, file_name: str) -> str:
    """The text of `data`, its byte order mark dropped."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            text = _strict(data[len(bom) :], codec)
            if text is None:
                raise DamagedInput(file_name, f"{_NAMES[codec]} 编码的内容已损坏", _RESAVE)
            return _printable(text, file_name)
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and b"\x00" not in data:
        return _printable(utf8, file_name)
    if utf8 is None:
        _refuse_damaged(data, "utf-8", file_name)
    codecs_left = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
    readings = [text for codec in codecs_left if (text := _strict(data, codec)) is not None]
    best = max(readings, key=_plausibility, default=None)
    if best is None or _plausibility(best) < 0.3:
        _refuse_damaged(data, "gb18030", file_name)
        raise UnsupportedInput(file_name, "文件是二进制内容，或编码无法识别", _RESAVE)
    return _printable(best, file_name)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _refuse_damaged(data: bytes, codec: str, file_name: str) -> None:
    """A text that is nearly all valid in `codec` is damaged, not of another encoding."""
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - sum(map(text.count, map(chr, range(128))))
    if 0 < bad * 20 < good and not _binary(text) and _plausibility(text) > 0.5:
        at = _first_bad(data, codec)
        raise DamagedInput(file_name, f"{_NAMES[codec]} 编码在第 {at + 1} 个字节处损坏", _RESAVE)


def _first_bad(data: bytes, codec: str) -> int:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _printable(text: str, file_name: str) -> str:
    """`text`, unless too many control characters show that it never was one."""
    if _binary(text):
        raise UnsupportedInput(file_name, "文件是二进制内容，不是文本", "请确认提交的是报告本身")
    return text


def _binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) * 50 > len(text)


@cache
def _common() -> frozenset[str]:
    """Characters a Chinese office document is made of: ASCII, punctuation, the hanzi of GB 2312."""
    hanzi = {
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    }
    ascii_ = {chr(i) for i in range(32, 127)} | set("\t\n\r\x07\x0b\x0c")
    marks = {chr(i) for a, b in ((0x2010, 0x2040), (0x3000, 0x3020), (0xFF01, 0xFF60)) for i in range(a, b)}
    return frozenset(hanzi | ascii_ | marks | set("·×℃①②③④⑤≥≤％　")) - {""}


def _plausibility(text: str) -> float:
    """The share of common characters in a sample; the wrong encoding of a text scores low."""
    sample = text[:_SAMPLE]
    common = _common()
    return sum(c in common for c in sample) / len(sample) if sample else 0.0
