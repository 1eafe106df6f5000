"""The tables of a desk. Times are seconds since 1970 (UTC); long texts are compressed JSON."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {"ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
         "fk": "fk_%(table_name)s_%(column_0_name)s"}  # fmt: skip


class Base(DeclarativeBase):
    """The tables."""

    metadata = MetaData(naming_convention=NAMES)


class Entry(Base):
    """A report somebody handed in: its file, how far the work on it is, how far the person is, and what the list shows of it."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("owner", "sha256"),
        Index("ix_reviews_work", "work", "created"),
        Index("ix_reviews_owner", "owner", "created"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    created: Mapped[float]
    changed: Mapped[float]
    # the work: queued, running, done, failed, cancelled; `lease` names the worker that has it
    work: Mapped[str] = mapped_column(String(16), default="queued")
    stage: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(Text)
    remedy: Mapped[str | None] = mapped_column(Text)
    lease: Mapped[str | None] = mapped_column(String(32), index=True)
    lease_until: Mapped[float | None]
    crashes: Mapped[int] = mapped_column(default=0)
    finished: Mapped[float | None]
    # the person: draft, checked, final; `version` counts the events
    standing: Mapped[str] = mapped_column(String(16), default="draft")
    version: Mapped[int] = mapped_column(default=0)
    previous: Mapped[str | None] = mapped_column(String(32))
    # what the list shows
    unit: Mapped[str | None] = mapped_column(Text)
    year: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(String(16))
    verdict: Mapped[str | None] = mapped_column(String(16))
    score: Mapped[str | None] = mapped_column(String(32))
    grade: Mapped[str | None] = mapped_column(String(32))
    failed_checks: Mapped[int | None]
    open_notes: Mapped[int | None]


class Result(Base):
    """What the product made of a report: the document and the review as the engine gave it, never changed."""

    __tablename__ = "results"

    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    review: Mapped[bytes] = mapped_column(LargeBinary)


class Current(Base):
    """The review after the events up to `version`: kept so that nobody waits for what was worked out before."""

    __tablename__ = "currents"

    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    review: Mapped[bytes] = mapped_column(LargeBinary)


class Event(Base):
    """Something a person did to a review; rows are added, never changed."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("review_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    review_id: Mapped[str] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    payload: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(80))
    at: Mapped[float]


class User(Base):
    """Somebody who may sign in; `password` is a scrypt hash."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    password: Mapped[str] = mapped_column(String(200))
    created: Mapped[float]


class SignIn(Base):
    """A session: only the hash of its token is kept."""

    __tablename__ = "sign_ins"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[str] = mapped_column(String(80))
    created: Mapped[float]
    expires: Mapped[float]
