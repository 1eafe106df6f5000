"""Where a desk keeps everything but the files: SQLite in WAL mode by default, PostgreSQL by a URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

_BUSY = 30_000  # milliseconds a writer waits for another
_FILES_LOCK = 7_240_001  # any number: PostgreSQL's name of the lock that `writing(files=True)` takes


class Store:
    """A database and the two ways to use it: `reading` sees one moment, `writing` is all or nothing and durable."""

    def __init__(self, url: str, *, pooled: bool = True) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        options: dict[str, Any] = {} if self.sqlite else {"pool_pre_ping": True}
        if not pooled:
            options = {"poolclass": NullPool}
        elif not self.sqlite:
            options |= {"pool_size": 10, "max_overflow": 10}
        self.engine = create_engine(self.url, **options)
        if self.sqlite:
            _tune(self.engine)
        self._writer = self.engine.execution_options(extractor_write=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only looks."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, *, files: bool = False) -> Iterator[Session]:
        """A session committed at the end, undone when anything is raised; `files` lets nobody else add or remove files meanwhile."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            if files and not self.sqlite:  # SQLite has one writer at a time anyway
                session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _FILES_LOCK})
            yield session

    def migrate(self) -> None:
        """The newest tables, whatever stood there before."""
        from alembic import command  # noqa: PLC0415 - workers never migrate
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", "extractor.web.store:migrations")
        with self._writer.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _tune(engine: Engine) -> None:
    """SQLite as a server needs it: readers beside one writer, commits on the disk, transactions where we begin them."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={_BUSY}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("extractor_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
