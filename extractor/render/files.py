"""Where the files of a run go: names that never collide, and writing that never leaves half a file."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

LONGEST_NAME = 200  # bytes; with our ends and a number it stays below the 255 of every file system


def names_for(inputs: Sequence[Path], folder: Path | None, suffixes: Sequence[str]) -> dict[Path, str]:
    """A file name without its end for every input; no two alike, and none that would replace an input."""
    taken = {path.resolve() for path in inputs}
    used: set[str] = set()
    names = {}
    for path in inputs:
        stem, number = printable(Path(path.stem or path.name)), 1
        stem = stem.encode()[:LONGEST_NAME].decode(errors="ignore")
        name = stem
        while _same(name) in used or (
            folder is not None and any((folder / (name + suffix)).resolve() in taken for suffix in suffixes)
        ):
            number += 1
            name = f"{stem}-{number}"
        used.add(_same(name))
        names[path] = name
    return names


def _same(name: str) -> str:
    """What two names share that some file system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def write(file: Path, data: bytes) -> None:
    """Write a file that is whole or not there at all."""
    part = file.with_name(f".{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def printable(path: Path) -> str:
    """A path as text that can be printed and stored, whatever bytes its name holds."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
