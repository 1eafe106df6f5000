"""A zip of XML parts (OOXML) opened with suspicion: limited sizes, no document type, no entity, nothing outside itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from lxml import etree

from extractor.errors import DamagedInput, TooLarge, UnsupportedInput
from extractor.load.zips import BROKEN
from extractor.settings import Settings

_BYTES_PER_CHARACTER = 50  # markup around one character of a heavily formatted document
_RESAVE = "请用 Word、Excel 或 WPS 重新打开，另存后再提交"
_DOCTYPE = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))


class Relation(NamedTuple):
    """Another part of the package: what it is to the one that names it, and its name."""

    kind: str
    target: str


class Package:
    """The parts of one file; every failure is an `InputError` that names it."""

    def __init__(self, data: bytes, file_name: str, settings: Settings) -> None:
        self.file_name, self.settings = file_name, settings
        self.budget = settings.max_characters * _BYTES_PER_CHARACTER
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN:
            raise DamagedInput(file_name, "文件不完整或已损坏，打不开", _RESAVE) from None
        self._names = {name.lstrip("/").lower(): name for name in self._zip.namelist()}

    def xml(self, name: str) -> Any | None:
        """The root of an XML part, None when there is none of that name."""
        stored = self._names.get(name.lstrip("/").lower())
        if stored is None:
            return None
        data = self._read(stored)
        if any(mark in data for mark in _DOCTYPE):
            raise UnsupportedInput(
                self.file_name, f"内部部件 {name} 含有 DTD 或实体定义，已拒绝读取", _RESAVE
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise DamagedInput(self.file_name, f"内部部件 {name} 已损坏", _RESAVE) from None

    def _read(self, stored: str) -> bytes:
        try:
            with self._zip.open(stored) as part:
                data = part.read(self.budget + 1)
        except RuntimeError:  # zipfile says so of an encrypted entry
            raise UnsupportedInput(self.file_name, "文件设有打开密码", "请去除密码后再提交") from None
        except BROKEN:
            raise DamagedInput(self.file_name, f"内部部件 {stored} 已损坏", _RESAVE) from None
        self.budget -= len(data)
        if self.budget < 0:
            raise TooLarge(
                self.file_name,
                "解压后的内容过大",
                "请确认文件正常；确需处理时请调高 EXTRACTOR_MAX_CHARACTERS",
            )
        return data

    def relations(self, part: str) -> dict[str, Relation]:
        """The parts that `part` names, by id; whatever stands outside the package is left out."""
        folder = PurePosixPath("/") / PurePosixPath(part).parent
        return {
            str(each.get("Id")): Relation(_kind(each), _resolved(folder / target))
            for each in self._related(part)
            if each.get("TargetMode") != "External" and (target := each.get("Target"))
        }

    def _related(self, part: str) -> Iterator[Any]:
        path = PurePosixPath(part)
        root = self.xml(str(path.parent / "_rels" / f"{path.name}.rels"))
        yield from root if root is not None else ()

    def links(self, part: str) -> set[str]:
        """Of what kinds the things outside the package are that `part` points to."""
        return {_kind(each) for each in self._related(part) if each.get("TargetMode") == "External"}

    @property
    def has_macros(self) -> bool:
        """Whether a program is stored in the file; none is ever run."""
        return any(name.endswith("vbaproject.bin") for name in self._names)

    def main_part(self, usual: str) -> str:
        """The name of the part the package is about."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target.lower() in self._names:
                return relation.target
        return usual

    def damaged(self, what: str) -> DamagedInput:
        """The error for a package that lacks `what`."""
        return DamagedInput(self.file_name, f"文件里没有{what}，可能没有保存完整", _RESAVE)


def _kind(relation: Any) -> str:
    return str(relation.get("Type", "")).rpartition("/")[2]


def _resolved(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts[1:]:
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for what is none (a processing instruction)."""
    return _bare(element.tag)


@lru_cache(maxsize=4096)
def _bare(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its local name, in whatever namespace (transitional or strict) it stands."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def child(element: Any, *path: str) -> Any | None:
    """The first descendant along local names, None when there is none."""
    for name in path:
        for each in element:
            if _bare(each.tag) == name:
                element = each
                break
        else:
            return None
    return element


def integer(text: str | None, default: int, base: int = 10) -> int:
    """The whole number an attribute holds, `default` where it holds none."""
    try:
        return int(text, base) if text else default
    except ValueError:
        return default
