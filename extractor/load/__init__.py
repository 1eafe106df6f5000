"""The one door for input: a path or bytes become a Document, or an `InputError` the user can act on."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from extractor.document import Document
from extractor.errors import DamagedInput, InputError, TooLarge, UnsupportedInput
from extractor.load.sniff import Kind, foreign_kind
from extractor.load.text import BYTES_PER_CHARACTER, load_text
from extractor.settings import Settings

__all__ = ["PARSERS", "load"]

# "module:function" of each kind of file, called in a process of its own; text alone is read in this one.
PARSERS = {
    "docx": "extractor.load.docx:load_docx",
    "xlsx": "extractor.load.xlsx:load_xlsx",
    "pdf": "extractor.load.pdf:load_pdf",
    "html": "extractor.load.html:load_html",
    "mht": "extractor.load.html:load_mail",
    **dict.fromkeys(("png", "jpeg", "tiff", "webp", "bmp"), "extractor.load.ocr.images:load_image"),
}
# What LibreOffice makes of the others before they are parsed: what their file is called, what it becomes.
_CONVERTED = {
    "doc": ("doc", "docx"),
    "rtf": ("rtf", "docx"),
    "odf": ("odt", "docx"),
    "wordml": ("xml", "docx"),
    "xls": ("xls", "xlsx"),
    "ods": ("ods", "xlsx"),
    "sheetml": ("xml", "xlsx"),
}
# Formats without a signature we know: what the end of a name says is used for the message alone.
_UNSIGNED = {
    ".ceb": "方正 CEB 版式文件",
    ".cebx": "方正 CEBX 版式文件",
    ".gd": "书生 GD 版式文件",
    ".sep": "书生 SEP 版式文件",
}
_PRINT = "请用它的阅读器打开，打印或导出为 PDF 后再提交"
_MOST_BYTES = 200_000_000
_HEAD = 65536


def load(
    source: str | os.PathLike[str] | bytes, settings: Settings, file_name: str | None = None
) -> Document:
    """The Document of a path or of bytes; `file_name` names bytes, or replaces the path's own name."""
    if isinstance(source, bytes):
        return _document(source, len(source), file_name or "输入内容", settings)
    path = Path(source)
    name = file_name or path.name or str(path)
    return _document(*_read(path, name, settings), name, settings)


def _document(data: bytes, size: int, name: str, settings: Settings) -> Document:
    kind = foreign_kind(data)
    if kind is None:
        return _text(data, size, name, settings)
    if not _readable(kind):
        raise UnsupportedInput(name, f"文件内容是{kind.name}，本版本不能直接读取", kind.remedy)
    from extractor.load.isolation import isolated  # noqa: PLC0415 - a text needs no second process

    if size > _MOST_BYTES:
        raise TooLarge(
            name, f"文件有 {size} 字节，超过上限 {_MOST_BYTES} 字节", "请删去图片或拆成几个文件再提交"
        )
    parser = PARSERS.get(kind.id)
    if parser is None:
        from extractor.load.office import converted  # noqa: PLC0415 - needed for old files alone

        suffix, target = _CONVERTED[kind.id]
        made = converted(data, suffix, target, kind.name, name, settings)
        document = isolated(PARSERS[target], made, name, settings)
        return document._replace(sha256=hashlib.sha256(data).hexdigest())
    return isolated(parser, data, name, settings)


def _text(data: bytes, size: int, name: str, settings: Settings) -> Document:
    try:
        return load_text(data, size, name, settings)
    except UnsupportedInput as error:  # no text and no known signature: its name may say what can be done
        called = next((kind for end, kind in _UNSIGNED.items() if name.lower().endswith(end)), None)
        if called is None:
            raise
        raise UnsupportedInput(name, f"{error.reason}；按文件名看是{called}", _PRINT) from None


def _readable(kind: Kind) -> bool:
    return kind.id in PARSERS or kind.id in _CONVERTED


def _read(path: Path, name: str, settings: Settings) -> tuple[bytes, int]:
    """The bytes of a regular file, no more of them than could be accepted, and its size."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UnsupportedInput(name, "这是文件夹，不是文件", "请给出其中一份报告的路径")
        if not stat.S_ISREG(about.st_mode):
            raise UnsupportedInput(name, "这不是普通文件", "请给出一份报告的路径")
        with path.open("rb") as file:
            data = file.read(_HEAD)
            kind = foreign_kind(data)
            text = settings.max_characters * BYTES_PER_CHARACTER + BYTES_PER_CHARACTER
            most = _MOST_BYTES if kind is not None else text
            data += file.read(max(0, most + 1 - len(data)))
    except PermissionError:
        raise InputError(name, "没有权限读取", "请检查文件权限，或换一个有权限的账号") from None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise InputError(name, "文件不存在", "请检查路径和文件名") from None
    except OSError as error:
        raise DamagedInput(
            name, f"文件无法读取（{error.strerror}）", "请把文件复制到本机磁盘后再试"
        ) from None
    return data, max(len(data), about.st_size)
