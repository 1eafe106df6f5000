"""The work to be done, as rows with leases: whoever holds the lease of a row may finish it, and nobody else can."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from extractor.document import Document
from extractor.review import Review
from extractor.web.store import Store
from extractor.web.store.models import Entry, Result
from extractor.web.store.packed import document_in, review_in

LEASE_SECONDS = 20.0
MOST_CRASHES = 3
_BROKE = "处理这份文件时程序多次中断"
_RESAVE = "请用原程序打开后另存为 docx 或 PDF 再提交；仍不成功请与维护人员联系"


class Job(NamedTuple):
    """A report to be reviewed."""

    id: str
    sha256: str
    file_name: str


def claim(store: Store, lease: str) -> Job | None:
    """The oldest job nobody works on, now held under `lease`; None when there is none."""
    now = time.time()
    free = or_(Entry.work == "queued", and_(Entry.work == "running", Entry.lease_until < now))
    with store.reading() as session:  # an idle worker must not hold up the writers
        if session.scalar(select(Entry.id).where(free).limit(1)) is None:
            return None
    with store.writing() as session:
        oldest = select(Entry).where(free).order_by(Entry.created, Entry.id).limit(1)
        entry = session.scalars(oldest.with_for_update(skip_locked=True)).first()
        if entry is None:
            return None
        entry.work, entry.stage, entry.lease, entry.lease_until = (
            "running",
            "load",
            lease,
            now + LEASE_SECONDS,
        )
        return Job(entry.id, entry.sha256, entry.file_name)


def renew(store: Store, job: str, lease: str, stage: str) -> bool:
    """Whether the job is still held under `lease`, for another while; its stage is told."""
    with store.writing() as session:
        return _held(session, job, lease, lease_until=time.time() + LEASE_SECONDS, stage=stage)


def finish(store: Store, job: str, lease: str, document: Document, review: Review) -> bool:
    """Keep what was made of a job, once: False, and nothing kept, when the lease is lost."""
    result = Result(review_id=job, document=document_in(document), review=review_in(review))
    with store.writing() as session:
        facts = summary(review) | {"work": "done", "finished": time.time(), "changed": time.time()}
        if not _held(
            session, job, lease, lease=None, lease_until=None, stage=None, reason=None, remedy=None, **facts
        ):
            return False
        session.add(result)
        return True


def fail(
    store: Store, job: str, lease: str, reason: str, remedy: str, forget: Callable[[str], None] | None = None
) -> bool:
    """Say why there is no review of a job; False when the lease is lost.

    `forget` is given the hash of a file that must not be kept, while nobody can hand it in again, and once nobody needs it.
    """
    with store.writing(files=forget is not None) as session:
        held = _held(
            session, job, lease, work="failed", lease=None, lease_until=None, stage=None, reason=reason, remedy=remedy,
            finished=time.time(), changed=time.time(),
        )  # fmt: skip
        if held and forget is not None:
            sha256 = session.get_one(Entry, job).sha256
            needed = (Entry.sha256 == sha256, Entry.id != job, Entry.work.in_(("queued", "running", "done")))
            if session.scalar(select(Entry.id).where(*needed).limit(1)) is None:
                forget(sha256)
        return held


def broken(store: Store, lease: str) -> None:
    """What a worker that died was working on is queued again, and given up after `MOST_CRASHES` deaths."""
    with store.writing() as session:
        for entry in session.scalars(select(Entry).where(Entry.lease == lease, Entry.work == "running")):
            entry.crashes += 1
            entry.lease, entry.lease_until, entry.stage = None, None, None
            entry.work = "queued"
            if entry.crashes >= MOST_CRASHES:
                entry.work, entry.reason, entry.remedy = "failed", _BROKE, _RESAVE
                entry.finished = time.time()


def queue_again(entry: Entry) -> None:
    """A job that failed or was cancelled is to be done, as if nothing had been tried."""
    entry.work, entry.stage, entry.reason, entry.remedy = "queued", None, None, None
    entry.crashes, entry.finished, entry.changed = 0, None, time.time()


def release_all(store: Store) -> None:
    """Every job under work is queued again: for the start of the only server of a store."""
    with store.writing() as session:
        session.execute(
            update(Entry)
            .where(Entry.work == "running")
            .values(work="queued", lease=None, lease_until=None, stage=None)
        )


def summary(review: Review) -> dict[str, Any]:
    """What the list shows of a review."""
    report = review.report
    return {
        "unit": report.unit_name.text if report.unit_name else None,
        "year": report.fiscal_year,
        "kind": report.kind,
        "verdict": review.overall.verdict,
        "score": report.total_score.text[:32] if report.total_score else None,
        "grade": report.grade.text[:32] if report.grade else None,
        "failed_checks": sum(check.status == "fail" for check in review.checks),
        "open_notes": sum(note.state == "open" and note.severity != "I" for note in review.notes),
    }


def _held(session: Session, job: str, mine: str, **values: Any) -> bool:
    held = update(Entry).where(Entry.id == job, Entry.lease == mine, Entry.work == "running").values(**values)
    result = session.execute(held)
    assert isinstance(result, CursorResult)
    return bool(result.rowcount)
