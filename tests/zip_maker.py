"""Zips as other programs write them: names in GBK without saying so, links, locked members, directories that lie."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

Content = bytes | str


class _Raw(zipfile.ZipInfo):
    """A member whose name is stored in the bytes it is given."""

    raw = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own name
        return self.raw, self.flag_bits & ~0x800


def zipped(members: Mapping[str, Content], codec: str = "utf-8", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of members; in another codec than UTF-8 their names are stored without a word about it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name) if codec == "utf-8" else _Raw(name)
            if isinstance(info, _Raw):
                info.raw = name.encode(codec)
            info.compress_type = method
            archive.writestr(info, content)
    return out.getvalue()


def link(name: str, target: str) -> bytes:
    """A zip of one symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """A zip whose members all say that they are encrypted."""
    return _flagged(_flagged(data, b"PK\x03\x04", 6), b"PK\x01\x02", 8)


def _flagged(data: bytes, mark: bytes, at: int) -> bytes:
    out, found = bytearray(data), data.find(mark)
    while found >= 0:
        out[found + at] |= 1
        found = data.find(mark, found + 4)
    return bytes(out)


def bomb(name: str, size: int, layers: int = 1) -> bytes:
    """A zip whose members unpack to `size` NULs each; they share their packed bytes, so that it stays small."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block, check, packed = bytes(1 << 20), 0, []
    for _ in range(size >> 20):
        check = zlib.crc32(block, check)
        packed.append(packer.compress(block))
    body = b"".join((*packed, packer.flush()))
    names = [f"{n}{name}".encode() for n in range(layers)]
    head = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 33, check, len(body), size, len(names[0]), 0)
    out = b"PK\x03\x04" + head + names[0] + body
    start = len(out)
    for each in names:
        out += b"PK\x01\x02" + struct.pack("<H", 20) + head[:-4]
        out += struct.pack("<HHHHHII", len(each), 0, 0, 0, 0, 0, 0) + each
    end = struct.pack("<HHHHIIH", 0, 0, layers, layers, len(out) - start, start, 0)
    return out + b"PK\x05\x06" + end
