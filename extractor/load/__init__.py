"""The one door for input: a path or bytes become a Document, or an `InputError` the user can act on."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from extractor.document import Document
from extractor.errors import DamagedInput, InputError, UnsupportedInput
from extractor.load.text import BYTES_PER_CHARACTER, load_text
from extractor.settings import Settings

__all__ = ["load"]


def load(
    source: str | os.PathLike[str] | bytes, settings: Settings, file_name: str | None = None
) -> Document:
    """The Document of a path or of bytes; `file_name` names bytes, or replaces the path's own name."""
    if isinstance(source, bytes):
        return load_text(source, len(source), file_name or "输入内容", settings)
    path = Path(source)
    name = file_name or path.name or str(path)
    return load_text(*_read(path, name, settings), name, settings)


def _read(path: Path, name: str, settings: Settings) -> tuple[bytes, int]:
    """The bytes of a regular file, no more of them than could be accepted, and its size."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UnsupportedInput(name, "这是文件夹，不是文件", "请给出其中一份报告的路径")
        if not stat.S_ISREG(about.st_mode):
            raise UnsupportedInput(name, "这不是普通文件", "请给出一份报告的路径")
        with path.open("rb") as file:
            data = file.read(settings.max_characters * BYTES_PER_CHARACTER + BYTES_PER_CHARACTER + 1)
    except PermissionError:
        raise InputError(name, "没有权限读取", "请检查文件权限，或换一个有权限的账号") from None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise InputError(name, "文件不存在", "请检查路径和文件名") from None
    except OSError as error:
        raise DamagedInput(
            name, f"文件无法读取（{error.strerror}）", "请把文件复制到本机磁盘后再试"
        ) from None
    return data, max(len(data), about.st_size)
