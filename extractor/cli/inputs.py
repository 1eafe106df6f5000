"""What the arguments of a command name: files, and the reports in folders and in zips."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from extractor.cli.outermost import DONE, FAILED, Outermost
from extractor.load.parcel import KINDS, Parcel, opened
from extractor.render import RENDERERS
from extractor.render.files import printable
from extractor.render.terminal import Screen

__all__ = ["KINDS", "Input", "inputs"]

_OURS = tuple(file.suffix for renderer in RENDERERS.values() for file in renderer.files)


class Input(NamedTuple):
    """A report to review: where it stands (inside its folder or zip), what its review calls it, and its path or bytes."""

    place: Path
    file_name: str
    read: Callable[[], Path | bytes]


def inputs(files: Sequence[str], out: Path | None, screen: Screen, debug: bool) -> tuple[list[Input], int]:
    """The reports to review, each once; 1 when a folder or zip had none or could not be opened. What lies in `out` is ours."""
    found: dict[Path, Input] = {}
    status = DONE
    out = out and out.resolve()
    for given in map(Path, files):
        with Outermost(screen, debug, printable(given)) as door:
            parcel = opened(given)
            if parcel is None:
                name = printable(Path(given.name or given))
                found.setdefault(given.resolve(), Input(given, name, partial(Path, given)))
                continue
            base = given if given.is_dir() else given.parent
            for each in _theirs(parcel, base, out):
                found.setdefault(each.place.resolve(), each)
            if not _said(parcel, base, out, given, screen):
                status = FAILED
        status = max(status, door.status)
    return list(found.values()), status


def _theirs(parcel: Parcel, base: Path, out: Path | None) -> Iterator[Input]:
    """The reports of a parcel that this program did not write."""
    for member in parcel.members:
        place = base / member.name
        if not _is_ours(place, out):
            yield Input(place, printable(Path(member.file_name)), member.read)


def _is_ours(place: Path, out: Path | None) -> bool:
    return place.name.endswith(_OURS) or (out is not None and out in place.resolve().parents)


def _said(parcel: Parcel, base: Path, out: Path | None, given: Path, screen: Screen) -> bool:
    """Whether the parcel holds a report; what it holds besides is said."""
    some = any(True for _ in _theirs(parcel, base, out))
    if not some:
        screen.complain(f"✗ {printable(given)}：里面没有可读的报告。本版本读 {KINDS} 文件。")
    others = [place for name in parcel.others if not _is_ours(place := base / name, out)]
    if others:
        kinds = "、".join(sorted({path.suffix.lower() or "无扩展名" for path in others}))
        screen.complain(
            f"！ {printable(given)}：未审核其中 {len(others)} 个文件（{kinds}），本版本不读这些格式。"
        )
    return some
