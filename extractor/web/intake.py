"""Files handed in become rows of work: accepted only when file and row are durable, and each content once for one owner."""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from extractor.errors import InputError
from extractor.load.parcel import Parcel, opened
from extractor.web.files import Arrived, Files, TooBig
from extractor.web.settings import Desk
from extractor.web.store import Store
from extractor.web.store.models import Entry
from extractor.web.store.queue import queue_again

_MOST_NAME = 120
_AGAIN = ("failed", "cancelled")


class Handed(NamedTuple):
    """A file on its way in."""

    name: str
    stream: BinaryIO


class Refusal(NamedTuple):
    """A file that was not accepted, why, and what to do."""

    file_name: str
    reason: str
    remedy: str


class Receipt(NamedTuple):
    """What became of the files of one upload: the ids of those accepted, whether each is new, and the refusals."""

    accepted: tuple[tuple[str, bool], ...]
    refused: tuple[Refusal, ...]


def safe_name(name: str) -> str:
    """The last part of a file's name, without control and direction marks, so that it says what it is and leads nowhere."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(
        " " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFC", last)
    )
    clean = " ".join(clean.split())
    if len(clean) > _MOST_NAME:
        stem, dot, suffix = clean.rpartition(".")
        keep = f"{dot}{suffix}" if stem and len(suffix) <= 10 else ""
        clean = clean[: _MOST_NAME - len(keep)] + keep
    return clean if clean.strip(". ") else "未命名文件"


class Intake:
    """The door of a desk for files."""

    def __init__(self, desk: Desk, store: Store, files: Files) -> None:
        self.desk, self.store, self.files = desk, store, files

    def take(self, handed: Iterable[Handed], owner: str, previous: str | None = None) -> Receipt:
        """Accept files, those in a zip one by one; a bad one never stops the others."""
        arrived: list[tuple[str, Arrived]] = []
        refused: list[Refusal] = []
        try:
            for each in handed:
                self._arrive(each, arrived, refused)
            accepted = self._accept(arrived, refused, owner, previous)
        finally:
            self.files.drop(each for _, each in arrived)
        return Receipt(tuple(accepted), tuple(refused))

    def _arrive(self, each: Handed, arrived: list[tuple[str, Arrived]], refused: list[Refusal]) -> None:
        name = safe_name(each.name)
        try:
            landed = self.files.receive(each.stream, self.desk.most_file)
        except TooBig:
            limit = self.desk.most_file // 1_000_000
            refused.append(Refusal(name, f"文件超过 {limit} MB", "请删去图片或拆成几个文件再提交"))
            return
        if landed.size == 0:
            self.files.drop([landed])
            refused.append(Refusal(name, "文件是空的", "请确认保存成功后重新提交"))
            return
        try:
            parcel = opened(landed.path, name)
        except InputError as error:
            self.files.drop([landed])
            refused.append(Refusal(name, error.reason, error.remedy))
            return
        if parcel is None:
            arrived.append((name, landed))
            return
        try:
            self._unpack(parcel, name, arrived, refused)
        finally:
            self.files.drop([landed])

    def _unpack(
        self, parcel: Parcel, name: str, arrived: list[tuple[str, Arrived]], refused: list[Refusal]
    ) -> None:
        if not parcel.members:
            refused.append(
                Refusal(name, "压缩包里没有可读的报告", "请放入 Word、Excel、PDF、网页或纯文本报告")
            )
        if len(parcel.members) > self.desk.most_files:
            refused.append(
                Refusal(
                    name,
                    f"压缩包里有 {len(parcel.members)} 份报告",
                    f"请每次最多提交 {self.desk.most_files} 份",
                )
            )
            return
        for member in parcel.members:
            called = safe_name(member.file_name)
            try:
                content = member.read()
                stream: BinaryIO = content.open("rb") if isinstance(content, Path) else BytesIO(content)
                with stream:
                    arrived.append((called, self.files.receive(stream, self.desk.most_file)))
            except InputError as error:
                refused.append(Refusal(called, error.reason, error.remedy))
            except TooBig:
                refused.append(Refusal(called, "文件过大", "请删去图片或拆成几个文件再提交"))

    def _accept(
        self,
        arrived: Sequence[tuple[str, Arrived]],
        refused: list[Refusal],
        owner: str,
        previous: str | None,
    ) -> list[tuple[str, bool]]:
        """All of an upload in one commit, which makes rows and files durable together."""
        if not arrived:
            return []
        out = []
        with self.store.writing(files=True) as session:
            for name, each in arrived:
                entry, new = self._row(session, name, each, owner)
                if previous is not None and entry.id == previous:
                    refused.append(Refusal(name, "与上一稿一字不差", "请确认是修改后的稿子，再提交"))
                    continue
                if previous is not None:
                    entry.previous = previous
                out.append((entry.id, new))
        return out

    def _row(self, session: Session, name: str, arrived: Arrived, owner: str) -> tuple[Entry, bool]:
        """The row of a file, and whether there is work to do: a new one, or one whose work had failed or was cancelled."""
        now = time.time()
        same = select(Entry).where(Entry.owner == owner, Entry.sha256 == arrived.sha256)
        entry = session.scalars(same.with_for_update()).first()
        new = entry is None or entry.work in _AGAIN
        if entry is None:
            entry = Entry(
                id=secrets.token_hex(16), owner=owner, sha256=arrived.sha256, file_name=name, size=arrived.size,
                created=now, changed=now,
            )  # fmt: skip
            session.add(entry)
        elif new:
            queue_again(entry)
        session.flush()
        if new or not self.files.path(arrived.sha256).exists():
            self.files.keep(arrived)
        return entry, new
