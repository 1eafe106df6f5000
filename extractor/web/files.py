"""The files of a desk, on disk under their hash: their own names are told to nobody but the database."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from extractor.patterns import lazy

_CHUNK = 1 << 20
_HASH = lazy(r"[0-9a-f]{64}")


class TooBig(Exception):
    """A file is over the limit."""


class Arrived(NamedTuple):
    """A file on the disk that nobody has accepted yet."""

    path: Path
    sha256: str
    size: int


class Files:
    """The folders of a desk's files: `incoming` for what arrives, `files` for what was accepted."""

    def __init__(self, data: Path) -> None:
        self.incoming, self.kept = data / "incoming", data / "files"

    def prepare(self) -> None:
        """Make the folders and forget what had not arrived when the desk stopped."""
        for folder in (self.incoming, self.kept):
            folder.mkdir(parents=True, exist_ok=True)
        for left in self.incoming.iterdir():
            left.unlink()

    def path(self, sha256: str) -> Path:
        """Where the file of a hash is kept."""
        if not _HASH.fullmatch(sha256):
            raise ValueError(f"not a hash: {sha256!r}")
        return self.kept / sha256[:2] / sha256

    def receive(self, source: BinaryIO, most: int) -> Arrived:
        """Copy a stream to the disk piece by piece; `TooBig`, and nothing left, when it holds more than `most` bytes."""
        path = self.incoming / secrets.token_hex(16)
        digest, size = hashlib.sha256(), 0
        try:
            with path.open("xb") as file:
                for chunk in _chunks(source):
                    size += len(chunk)
                    if size > most:
                        raise TooBig
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Arrived(path, digest.hexdigest(), size)

    def keep(self, arrived: Arrived) -> None:
        """Put an arrived file in its place, durably; a file that stands there already is the same one."""
        target = self.path(arrived.sha256)
        if not target.parent.is_dir():
            target.parent.mkdir(exist_ok=True)
            _settle(self.kept)
        arrived.path.replace(target)
        _settle(target.parent)

    def forget(self, sha256: str) -> None:
        """Remove the file of a hash."""
        self.path(sha256).unlink(missing_ok=True)

    def drop(self, arrived: Iterable[Arrived]) -> None:
        """Remove what arrived and was not wanted."""
        for each in arrived:
            each.path.unlink(missing_ok=True)

    def without(self, known: Iterable[str]) -> list[str]:
        """The hashes of files that nobody knows of."""
        names = set(known)
        return [path.name for path in self.kept.glob("??/*") if path.name not in names]


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _settle(folder: Path) -> None:
    """Make the names in a folder as durable as the files."""
    if os.name == "nt":  # a folder cannot be opened there; its names are durable with the file
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
