"""The names inside a zip, read without opening it: what kind of file a zip is stands in its directory."""

from __future__ import annotations

_END, _ENTRY, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_MOST_COMMENT = 65_557
_MOST_NAMES = 5_000


def names_in(data: bytes) -> list[bytes]:
    """The stored names, from the directory at the end of `data`, from the entries at its start where the end is missing."""
    return _listed(data) or _walked(data)


def _listed(data: bytes) -> list[bytes]:
    end = data.rfind(_END, max(0, len(data) - _MOST_COMMENT))
    if end < 0 or len(data) < end + 22:
        return []
    at = end - int.from_bytes(data[end + 12 : end + 16], "little")
    names: list[bytes] = []
    while 0 <= at < end and data[at : at + 4] == _ENTRY and len(names) < _MOST_NAMES:
        lengths = [int.from_bytes(data[at + n : at + n + 2], "little") for n in (28, 30, 32)]
        names.append(data[at + 46 : at + 46 + lengths[0]])
        at += 46 + sum(lengths)
    return names


def _walked(data: bytes) -> list[bytes]:
    names: list[bytes] = []
    at = 0
    while data[at : at + 4] == _LOCAL and len(names) < _MOST_NAMES:
        size, name, extra = (
            int.from_bytes(data[at + a : at + b], "little") for a, b in ((18, 22), (26, 28), (28, 30))
        )
        names.append(data[at + 30 : at + 30 + name])
        unknown = data[at + 6 : at + 7] and data[at + 6] & 8  # its size stands behind it
        start = at + 30 + name + extra
        at = data.find(_LOCAL, start) if unknown else start + size
    return names
