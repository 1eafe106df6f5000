"""Old compound files (OLE): which program's document one holds, and whether it asks for a password."""

from __future__ import annotations

_SECTOR = 512
_WORD_MAGIC, _ENCRYPTED = b"\xec\xa5", 0x0100


def _named(name: str) -> bytes:
    return name.encode("utf-16-le")


# The names of the streams in the file's directory, the most telling first.
_STREAMS = (
    ("locked", _named("EncryptedPackage")),
    ("doc", _named("WordDocument")),
    ("xls", _named("Workbook")),
    ("xls", _named("Book\0")),
    ("ppt", _named("PowerPoint Document")),
)


def ole_kind(data: bytes) -> str:
    """doc, xls, ppt, locked (encrypted Office Open XML, or an encrypted old Word file) or ole."""
    kind = next((kind for kind, name in _STREAMS if name in data), "ole")
    header = data[_SECTOR : _SECTOR + 12]
    if kind == "doc" and header.startswith(_WORD_MAGIC):
        flags = int.from_bytes(header[10:12], "little")
        return "locked" if flags & _ENCRYPTED else kind
    return kind
