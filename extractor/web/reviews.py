"""What can be done with the reviews of a desk; pages and API alike go through here, and see their own owner's alone."""

from __future__ import annotations

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from extractor.document import Document
from extractor.records import to_json
from extractor.review import Review
from extractor.web.corrections import Refused
from extractor.web.files import Files
from extractor.web.fold import Folded, Happened, fold, happened
from extractor.web.listing import Listed, Wanted, listed
from extractor.web.store import Store
from extractor.web.store.models import Current, Entry, Event, Result
from extractor.web.store.packed import document_out, loosened, review_out, squeezed
from extractor.web.store.queue import queue_again, summary

_REMEMBERED = 12
_TRIES = 5


class NotFound(Exception):
    """There is no such review, or it is somebody else's: nobody is told which."""


class NotNow(Exception):
    """The review is not in a state that allows this; the message says what to do."""


class Read(NamedTuple):
    """What was read of a report, before anybody touched it."""

    document: Document
    review: Review


class Reviews:
    """The reviews of a desk."""

    def __init__(self, store: Store, files: Files) -> None:
        self.store, self.files = store, files
        self._read: OrderedDict[str, Read] = OrderedDict()
        self._folded: OrderedDict[tuple[str, int], Folded] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, owner: str, wanted: Wanted) -> Listed:
        """A page of the owner's reviews."""
        with self.store.reading() as session:
            return listed(session, owner, wanted)

    def entry(self, owner: str, review_id: str) -> Entry:
        """The row of a review."""
        with self.store.reading() as session:
            return _own(session, owner, review_id)

    def later(self, owner: str, review_id: str) -> list[Entry]:
        """The drafts handed in as resubmissions of a review, oldest first."""
        mine = select(Entry).where(Entry.owner == owner, Entry.previous == review_id)
        with self.store.reading() as session:
            return list(session.scalars(mine.order_by(Entry.created, Entry.id)))

    def result(self, owner: str, review_id: str) -> bytes:
        """The review as it stands, as JSON."""
        with self.store.reading() as session:
            entry = _done(session, owner, review_id)
            if entry.version == 0:
                kept = session.scalar(select(Result.review).where(Result.review_id == review_id))
            else:
                mine = (Current.review_id == review_id, Current.version == entry.version)
                kept = session.scalar(select(Current.review).where(*mine))
        if kept is not None:
            return loosened(kept)
        return to_json(self.folded(owner, review_id).review).encode()

    def read(self, owner: str, review_id: str) -> Read:
        """The document and the review as the engine gave it."""
        with self.store.reading() as session:
            entry = _done(session, owner, review_id)
            with self._lock:
                if review_id in self._read:
                    self._read.move_to_end(review_id)
                    return self._read[review_id]
            row = session.get_one(Result, review_id)
        read = Read(document_out(row.document, entry.file_name), review_out(row.review))
        with self._lock:
            self._read[review_id] = read
            while len(self._read) > _REMEMBERED:
                self._read.popitem(last=False)
        return read

    def folded(self, owner: str, review_id: str) -> Folded:
        """The review as it stands, with the keys of its notes and its signatures."""
        read = self.read(owner, review_id)
        with self.store.reading() as session:
            return self._fold(review_id, read, _events(session, review_id))

    def events(self, owner: str, review_id: str) -> list[Happened]:
        """Everything that was done to a review, oldest first."""
        with self.store.reading() as session:
            _own(session, owner, review_id)
            return _events(session, review_id)

    def add(
        self,
        owner: str,
        review_id: str,
        kind: str,
        payload: Mapping[str, Any],
        who: str,
        version: int | None = None,
    ) -> Folded:
        """The review after one event more, kept before it is told; `NotNow` when `version` is not the newest any more."""
        for _ in range(_TRIES):
            try:
                return self._add(owner, review_id, kind, payload, who, version)
            except IntegrityError:  # somebody else was quicker: look again
                continue
        raise NotNow("这份报告正被多人同时修改；请稍后重试")

    def _add(
        self, owner: str, review_id: str, kind: str, payload: Mapping[str, Any], who: str, version: int | None
    ) -> Folded:
        read = self.read(owner, review_id)
        with self.store.reading() as session:
            entry, events = _done(session, owner, review_id), _events(session, review_id)
        seq = len(events) + 1
        if version is not None and version != len(events):
            raise NotNow("这份报告已被修改；请刷新页面后重试")
        if entry.standing == "final" and kind not in ("standing", "undo", "follow"):
            raise NotNow("已定稿，不能再改；请先退回复核")
        now = time.time()
        folded = self._fold(review_id, read, [*events, Happened(seq, kind, payload, who, now)], strict=seq)
        kept = squeezed(to_json(folded.review).encode())
        facts = summary(folded.review) | {"standing": folded.standing, "version": seq, "changed": now}
        with self.store.writing() as session:
            words = json.dumps(payload, ensure_ascii=False)
            session.add(Event(review_id=review_id, seq=seq, kind=kind, payload=words, who=who, at=now))
            session.flush()  # a second event of this number ends here
            row = session.get_one(Entry, review_id)
            for name, value in facts.items():
                setattr(row, name, value)
            session.merge(Current(review_id=review_id, version=seq, review=kept))
        self._remember((review_id, seq), folded)
        return folded

    def _fold(self, review_id: str, read: Read, events: list[Happened], strict: int | None = None) -> Folded:
        key = (review_id, len(events))
        with self._lock:
            if strict is None and key in self._folded:
                self._folded.move_to_end(key)
                return self._folded[key]
        folded = fold(read.review, read.document, events, strict=strict)
        if strict is None:  # one that is only tried may never be kept
            self._remember(key, folded)
        return folded

    def _remember(self, key: tuple[str, int], folded: Folded) -> None:
        with self._lock:
            self._folded[key] = folded
            while len(self._folded) > _REMEMBERED:
                self._folded.popitem(last=False)

    def cancel(self, owner: str, review_id: str) -> Entry:
        """The work on a report stopped; a worker in the midst of it notices that its lease is gone."""
        with self.store.writing() as session:
            entry = _own(session, owner, review_id, lock=True)
            if entry.work not in ("queued", "running"):
                raise NotNow("这份报告已处理完，不能再取消")
            entry.work, entry.lease, entry.lease_until, entry.stage = "cancelled", None, None, None
            entry.changed = time.time()
            return entry

    def retry(self, owner: str, review_id: str) -> Entry:
        """A failed or cancelled report queued again."""
        with self.store.writing() as session:
            entry = _own(session, owner, review_id, lock=True)
            if entry.work not in ("failed", "cancelled"):
                raise NotNow("只有失败或已取消的报告可以重试")
            if not self.files.path(entry.sha256).exists():
                raise NotNow("原文件没有保留；请重新上传")
            queue_again(entry)
            return entry

    def delete(self, owner: str, review_id: str) -> None:
        """A review gone with everything of it; its file goes when nobody else handed in the same."""
        with self.store.writing(files=True) as session:
            self._delete(session, _own(session, owner, review_id, lock=True))
        with self._lock:
            self._read.pop(review_id, None)
            for key in [key for key in self._folded if key[0] == review_id]:
                del self._folded[key]

    def _delete(self, session: Session, entry: Entry) -> None:
        for table in (Event, Current, Result):
            session.execute(delete(table).where(table.review_id == entry.id))
        session.delete(entry)
        session.flush()
        if session.scalar(select(Entry.id).where(Entry.sha256 == entry.sha256).limit(1)) is None:
            self.files.forget(entry.sha256)

    def expire(self, before: float) -> int:
        """How many reviews nobody touched since `before` were deleted."""
        with self.store.writing(files=True) as session:
            old = list(session.scalars(select(Entry).where(Entry.changed < before, Entry.work != "running")))
            for entry in old:
                self._delete(session, entry)
            return len(old)

    def link(self, owner: str, review_id: str, previous: str) -> Entry:
        """A review known as the resubmission of an earlier one."""
        if previous == review_id:
            raise Refused("一份报告不能是自己的上一稿；请选择另一份")
        with self.store.writing() as session:
            _own(session, owner, previous)
            entry = _own(session, owner, review_id, lock=True)
            entry.previous, entry.changed = previous, time.time()
            return entry


def _own(session: Session, owner: str, review_id: str, *, lock: bool = False) -> Entry:
    query = select(Entry).where(Entry.id == review_id, Entry.owner == owner)
    entry = session.scalars(query.with_for_update() if lock else query).first()
    if entry is None:
        raise NotFound
    return entry


def _done(session: Session, owner: str, review_id: str) -> Entry:
    entry = _own(session, owner, review_id)
    if entry.work != "done":
        raise NotNow("这份报告还没有审核结果；请等处理完成")
    return entry


def _events(session: Session, review_id: str) -> list[Happened]:
    rows = session.scalars(select(Event).where(Event.review_id == review_id).order_by(Event.seq))
    return [happened(row.seq, row.kind, row.payload, row.who, row.at) for row in rows]
