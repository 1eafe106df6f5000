"""What is handed in together: a folder or a zip and the reports in it, each under its name inside, each read when its turn comes.

`opened` is the one door. Nothing is ever unpacked to disk, so no name in a zip can lead anywhere; one that tries is refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from extractor.errors import InputError
from extractor.load import PARSERS

__all__ = ["KINDS", "Member", "Parcel", "opened"]

KINDS = "Word、WPS、Excel、PDF、图片、网页和纯文本"
# A report has one of these ends; what it really is, its content says. Those of the last line get a message how to convert them.
_REPORTS = (
    ".txt", ".md", ".markdown", ".pdf", ".docx", ".docm", ".dotx", ".doc", ".wps", ".rtf", ".odt", ".xlsx", ".xlsm", ".xls",
    ".et", ".ods", ".html", ".htm", ".mht", ".mhtml",
    ".ofd", ".ceb", ".caj", ".uof", ".uot", ".uos", ".pages", ".rar", ".7z",
)  # fmt: skip
_PICTURES = {
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "tiff": (".tif", ".tiff"),
    "webp": (".webp",),
    "bmp": (".bmp",),
}
_ZIP = ".zip"
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# What programs leave behind: hidden files, lock files of an open document, thumbnails, second halves of files copied on a Mac.
_LITTER = ("~$", ".")
_LITTER_NAMES = frozenset(("thumbs.db", "desktop.ini", "__macosx"))


class Member(NamedTuple):
    """A file of a parcel: its name below the parcel's, what its review calls it, and `read`.

    `read` gives its path or its bytes, or raises the `InputError` that says why it cannot be read.
    """

    name: str
    file_name: str
    read: Callable[[], Path | bytes]


class Parcel(NamedTuple):
    """The reports of a parcel in the order of their names, and the names of the files that are none."""

    members: tuple[Member, ...]
    others: tuple[str, ...] = ()


def opened(source: str | os.PathLike[str] | bytes, file_name: str | None = None) -> Parcel | None:
    """The reports in a folder or zip, those of a zip inside it included; None when `source` is a file of its own.

    InputError when it is a zip that cannot be opened or holds more than anyone would hand in.
    """
    if isinstance(source, bytes):
        return _unzipped(source, file_name or "输入内容") if source.startswith(_ZIP_STARTS) else None
    path = Path(source)
    if path.is_dir():
        return _folder(path)
    return _unzipped(path, file_name or path.name) if _starts_as_zip(path) else None


def wanted(name: str) -> bool:
    """Whether a file of this name is taken for a report when it lies among others."""
    pictures = tuple(end for kind, ends in _PICTURES.items() if kind in PARSERS for end in ends)
    return name.lower().endswith(_REPORTS + pictures)


def litter(name: str) -> bool:
    """Whether a path names something that no person put there."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(_LITTER) or part.lower() in _LITTER_NAMES for part in parts)


def _starts_as_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in _ZIP_STARTS
    except (OSError, ValueError):
        return False  # whoever loads it says what is wrong


def _unzipped(source: Path | bytes, name: str) -> Parcel | None:
    from extractor.load.archive import unzipped  # noqa: PLC0415 - a review of one text needs none of it

    return unzipped(source, name)


def _folder(folder: Path) -> Parcel:
    members: list[Member] = []
    others: list[str] = []
    for path in _below(folder):
        inside = path.relative_to(folder)
        if path.suffix.lower() == _ZIP and _starts_as_zip(path):
            parcel = _within(path, inside)
            members += parcel.members
            others += parcel.others
        elif wanted(path.name):
            members.append(Member(str(inside), path.name, partial(Path, path)))
        else:
            others.append(str(inside))
    return Parcel(tuple(members), tuple(others))


def _within(path: Path, inside: Path) -> Parcel:
    """The parcel that a zip in a folder is, its members called by their way below the folder."""
    try:
        found = opened(path)
    except InputError as error:
        return Parcel((Member(str(inside), path.name, refusing(error)),))
    if found is None:
        return Parcel((Member(str(inside), path.name, partial(Path, path)),))
    members = (member._replace(name=f"{inside.parent / member.name}") for member in found.members)
    return Parcel(tuple(members), tuple(f"{inside.parent / name}" for name in found.others))


def refusing(error: InputError) -> Callable[[], bytes]:
    """A `read` that always raises `error`."""

    def read() -> bytes:
        raise error

    return read


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder in a stable order, litter aside."""
    for path in sorted(folder.rglob("*")):
        if not litter(path.relative_to(folder).as_posix()) and path.is_file():
            yield path
