"""What becomes of a hostile file: a review, or an error that says why not, within its limits; and what it cost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from eval.hostile.case import Case
from eval.hostile.good import TITLE, docx
from extractor.errors import InputError
from extractor.load import load
from extractor.load.parcel import opened
from extractor.pipeline import review
from extractor.settings import Settings

LIMITS = Settings(parse_seconds=6, parse_megabytes=1024, max_characters=200_000)
GRACE = 12  # seconds for what is not parsing: starting a process, reviewing what was read
_MOST_MEMBERS = 3  # of a zip; the others are like them


class Outcome(NamedTuple):
    """How a file ended: the numbers of characters read, the refusals, the seconds, and the most memory a parser held, in MB."""

    case: Case
    read: tuple[int, ...]
    refused: tuple[InputError, ...]
    seconds: float
    megabytes: int | None  # None when its process did not live to tell

    @property
    def result(self) -> str:
        """In one line."""
        said = [f"读出 {n} 字" for n in self.read]
        said += [f"{type(error).__name__}：{error.reason}" for error in self.refused]
        return "；".join(said) or "里面没有报告"


def tried(case: Case, settings: Settings = LIMITS) -> Outcome:
    """Review one file, or every report in it; anything but an `InputError` comes through."""
    _forget_peaks()
    start = time.perf_counter()
    read: list[int] = []
    refused: list[InputError] = []
    for data in _files(case, refused):
        try:
            done = review(data, settings, file_name=case.name)
        except InputError as error:
            refused.append(error)
        else:
            read.append(done.document.characters)
    return Outcome(case, tuple(read), tuple(refused), time.perf_counter() - start, _peak())


def _files(case: Case, refused: list[InputError]) -> Iterator[bytes]:
    """What there is to review: the file, or what lies in it."""
    try:
        parcel = opened(case.data, case.name)
    except InputError as error:
        refused.append(error)
        return
    if parcel is None:
        yield case.data
        return
    for member in parcel.members[:_MOST_MEMBERS]:
        try:
            data = member.read()
        except InputError as error:
            refused.append(error)
        else:
            assert isinstance(data, bytes)
            yield data


def unharmed() -> bool:
    """Whether a good file is read now as ever."""
    return load(docx(), LIMITS, "好.docx").text.startswith(TITLE)


def _children() -> Iterator[Path]:
    """The folders of this process's children, where the system has such."""
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread may end meanwhile
            yield from [Path("/proc") / pid for pid in listed.read_text(encoding="ascii").split()]


def _forget_peaks() -> None:
    for child in _children():
        (child / "clear_refs").write_text("5", encoding="ascii")


def _peak() -> int | None:
    """The most memory that a living child held since then."""
    peaks = []
    for child in _children():
        lines = (child / "status").read_text(encoding="utf-8").splitlines()
        peaks += [int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM:")]
    return max(peaks, default=None)
