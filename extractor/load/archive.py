"""A zip of reports: its directory read with suspicion, its members given out of memory one at a time."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path

from extractor.errors import DamagedInput, InputError, TooLarge, UnsupportedInput
from extractor.load.parcel import Member, Parcel, litter, refusing, wanted
from extractor.load.sniff import foreign_kind
from extractor.load.zips import BROKEN

_MOST_DIRECTORY = 8_000_000  # bytes; a name takes about a hundred
_MOST_MEMBERS, _MOST_BYTES, _MOST_TOTAL = 2_000, 200_000_000, 4_000_000_000
_BOMB_BYTES, _BOMB_RATIO = 20_000_000, 200  # what is larger and packed tighter is no document
_END, _LONG_END, _MOST_COMMENT = b"PK\x05\x06", b"PK\x06\x06", 66_000
_HEAD, _ZIP = 65_536, ".zip"
_UTF8, _ENCRYPTED, _UNIX, _UNICODE_NAME = 0x800, 1, 3, 0x7075
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:")
_REPACK = "请重新压缩成 zip 后再提交，或解压后逐个提交"

Opener = Callable[[], zipfile.ZipFile]


def unzipped(source: Path | bytes, name: str, depth: int = 0) -> Parcel | None:
    """The parcel that a zip is; None when the zip is a document (Word, Excel, OFD …)."""
    kind = foreign_kind(_ends(source))
    if kind is None or kind.id != "zip":
        return None
    archive = _opened(source, name)
    members: list[Member] = []
    others: list[str] = []
    for member in _members(lambda: archive, name, depth):
        if isinstance(member, str):
            others.append(member)
        else:
            members.append(member)
    if len(members) > _MOST_MEMBERS:
        raise TooLarge(
            name, f"压缩包里有 {len(members)} 份文件，超过上限 {_MOST_MEMBERS} 份", "请分成几个压缩包提交"
        )
    return Parcel(tuple(sorted(members)), tuple(sorted(others)))


def _ends(source: Path | bytes) -> bytes:
    """The beginning of a zip and its directory."""
    if isinstance(source, bytes):
        return source
    size = source.stat().st_size
    with source.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(len(head), size - _MOST_DIRECTORY - _MOST_COMMENT))
        return head + file.read()


def _opened(source: Path | bytes, name: str) -> zipfile.ZipFile:
    whole = len(source) if isinstance(source, bytes) else source.stat().st_size
    directory = _directory_size(_ends(source), whole)
    if directory > _MOST_DIRECTORY:
        raise TooLarge(name, "压缩包的目录过大，里面的文件过多", "请分成几个压缩包提交")
    try:
        return zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except BROKEN:
        raise DamagedInput(name, "压缩包（或 Word、Excel 文件）不完整或已损坏，打不开", _REPACK) from None


def _directory_size(data: bytes, whole: int) -> int:
    """How many bytes the directory says it has; 0 when there is none, or the file is not so long."""
    near = max(0, len(data) - _MOST_COMMENT)
    sizes = [0]
    for mark, start, end in ((_END, 12, 16), (_LONG_END, 40, 48)):
        at = data.rfind(mark, near)
        if at >= 0:
            sizes.append(int.from_bytes(data[at + start : at + end], "little"))
    return max(size if size <= whole else 0 for size in sizes)


def _members(archive: Opener, name: str, depth: int) -> Iterator[Member | str]:
    """Every file of a zip: a member, or the name of one that is no report."""
    used: set[str] = set()
    total = 0
    inner = lru_cache(maxsize=1)(partial(_inner, archive))
    for place, info in enumerate(archive().infolist()):
        inside = _name(info)
        parts = [part for part in re.split(r"[/\\]", inside) if part not in ("", ".")]
        shown = _unique(f"{name}/{'/'.join(parts)}", used)
        if not parts or inside.endswith(("/", "\\")):
            continue
        if _ABSOLUTE.match(inside) or ".." in parts:
            error: InputError | None = UnsupportedInput(shown, "压缩包里的路径指向包外，已拒绝读取", _REPACK)
        elif litter("/".join(parts)):
            continue
        else:
            error = _refusal(info, shown)
        nested = parts[-1].lower().endswith(_ZIP)
        total += info.file_size
        if total > _MOST_TOTAL:
            raise TooLarge(name, f"解开后超过 {_MOST_TOTAL // 1_000_000} MB", "请分成几个压缩包提交")
        if error is not None and (nested or wanted(shown)):
            yield Member(shown, shown, refusing(error))
        elif nested:
            yield from _nested(partial(inner, place, shown), shown, depth)
        elif wanted(shown):
            yield Member(shown, shown, partial(_read, archive, place, shown))
        else:
            yield shown


def _nested(inner: Opener, shown: str, depth: int) -> Iterator[Member | str]:
    """The files of a zip inside a zip."""
    if depth:
        error = UnsupportedInput(shown, "压缩包套了两层以上", "请把里层的压缩包解开后再提交")
        yield Member(shown, shown, refusing(error))
        return
    try:
        yield from _members(inner, shown, depth + 1)
    except InputError as error:
        yield Member(shown, shown, refusing(error))


def _inner(archive: Opener, place: int, shown: str) -> zipfile.ZipFile:
    return _opened(_read(archive, place, shown), shown)


def _read(archive: Opener, place: int, shown: str) -> bytes:
    """The bytes of a member; zipfile never gives more of them than the directory says."""
    opened = archive()
    try:
        return opened.read(opened.infolist()[place])
    except (*BROKEN, RuntimeError):
        raise DamagedInput(shown, "压缩包里的这个文件已损坏，解不开", _REPACK) from None


def _refusal(info: zipfile.ZipInfo, shown: str) -> InputError | None:
    """Why a member is not read, None when it is."""
    if info.create_system == _UNIX and stat.S_ISLNK(info.external_attr >> 16):
        return UnsupportedInput(shown, "这是指向别处的链接，不是文件", "请把文件本身放进压缩包")
    if info.flag_bits & _ENCRYPTED:
        return UnsupportedInput(shown, "压缩包设有解压密码", "请解压后不设密码重新压缩，或逐个提交")
    if info.compress_type not in _METHODS:
        return UnsupportedInput(shown, "用了不常见的压缩方法", "请用系统自带的 zip 压缩重新打包")
    if info.file_size > _MOST_BYTES:
        return TooLarge(
            shown,
            f"解开后有 {info.file_size} 字节，超过上限 {_MOST_BYTES} 字节",
            "请删去图片或拆成几个文件再提交",
        )
    if info.file_size > _BOMB_BYTES and info.file_size > _BOMB_RATIO * max(1, info.compress_size):
        return TooLarge(
            shown, "解开后是压缩前的数百倍，疑似压缩炸弹，已拒绝解压", "请确认文件正常，解压后单独提交"
        )
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """The stored name: UTF-8 where it says or shows so, else GB 18030, which Chinese Windows writes without saying."""
    extra = _unicode_name(info)
    if extra is not None or info.flag_bits & _UTF8:
        return _printable(extra or info.orig_filename)
    raw = info.orig_filename.encode("cp437", "replace")
    for codec in ("utf-8", "gb18030"):
        try:
            return _printable(raw.decode(codec))
        except UnicodeDecodeError:
            continue
    return _printable(info.orig_filename)


def _unicode_name(info: zipfile.ZipInfo) -> str | None:
    """The name in UTF-8 that some programs keep beside the other, when it belongs to it."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = (int.from_bytes(extra[at + n : at + n + 2], "little") for n in (0, 2))
        body = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_NAME and body[:1] == b"\x01":
            raw = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "replace")
            if int.from_bytes(body[1:5], "little") == zlib.crc32(raw):
                return body[5:].decode("utf-8", "replace")
        at += 4 + size
    return None


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _unique(shown: str, used: set[str]) -> str:
    """A name that no member before it has."""
    stem, dot, end = shown.rpartition(".")
    number, name = 1, shown
    while name in used:
        number += 1
        name = f"{stem}({number}){dot}{end}" if dot else f"{shown}({number})"
    used.add(name)
    return name
