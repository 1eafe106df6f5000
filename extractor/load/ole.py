"""Old compound files (OLE): which program's document one holds, and whether it asks for a password."""

from __future__ import annotations

from collections.abc import Iterator

_SECTOR = 512
_WORD_MAGIC, _ENCRYPTED = b"\xec\xa5", 0x0100
_BOOK_MAGIC, _KEY = b"\x09\x08", b"\x2f\x00"


def _named(name: str) -> bytes:
    return name.encode("utf-16-le")


# The names of the streams in the file's directory, the most telling first.
_STREAMS = (
    ("locked", _named("EncryptedPackage")),
    ("doc", _named("WordDocument")),
    ("xls", _named("Workbook")),
    ("xls", _named("Book\0")),
    ("ppt", _named("PowerPoint Document")),
    ("msg", _named("__substg1.0_")),
    ("vsd", _named("VisioDocument")),
)


def ole_kind(data: bytes) -> str:
    """doc, xls, ppt, msg, vsd, locked (encrypted Office Open XML, or an encrypted old Word or Excel file) or ole."""
    kind = next((kind for kind, name in _STREAMS if name in data), "ole")
    if kind == "doc" and any(_is_locked_word(data, at) for at in _sectors(data, _WORD_MAGIC)):
        return "locked"
    if kind == "xls" and any(_is_locked_book(data, at) for at in _sectors(data, _BOOK_MAGIC)):
        return "locked"
    return kind


def _sectors(data: bytes, magic: bytes) -> Iterator[int]:
    """Where a sector begins with `magic`: there a stream may begin."""
    at = data.find(magic, _SECTOR)
    while at >= 0:
        if at % _SECTOR == 0:
            yield at
        at = data.find(magic, at + 1)


def _is_locked_word(data: bytes, at: int) -> bool:
    """The flags of a Word file's header say whether its text is encrypted."""
    return bool(int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED)


def _is_locked_book(data: bytes, at: int) -> bool:
    """A workbook whose second record is a key is encrypted."""
    length = int.from_bytes(data[at + 2 : at + 4], "little")
    return data[at + 4 + length : at + 6 + length] == _KEY
