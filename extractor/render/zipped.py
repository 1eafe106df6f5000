"""A zip archive without the time it was written at: same input, same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def repacked(data: bytes) -> bytes:
    """The same members in the same order, every one dated the first day a zip file knows."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            entry = ZipInfo(member.filename, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(member))
    return out.getvalue()
