"""`serve`: one desk for one folder, from its first request to its last."""

from __future__ import annotations

import contextlib
import logging
import socket
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.exc import ArgumentError, OperationalError

from extractor.errors import SettingsError
from extractor.web.room import Room, furnished
from extractor.web.settings import Desk
from extractor.web.store import Store, queue
from extractor.web.store.models import Entry

_KEEP_ALIVE = 15
_BACKLOG = 512
_SHUTDOWN = 5


def serve(desk: Desk, told: Callable[[str], None]) -> None:
    """Run a desk until it is interrupted; `told` is given the address once."""
    import uvicorn  # noqa: PLC0415 - the command line imports this module to describe itself

    from extractor.web.app import create_app  # noqa: PLC0415
    from extractor.web.limits import Patient  # noqa: PLC0415

    _quiet()
    with opened(desk) as room, _listening(desk) as door:
        host = f"[{desk.host}]" if ":" in desk.host else desk.host
        port = door.getsockname()[1]
        told(f"审核台已打开：http://{host}:{port}/　数据在 {desk.data}；按 Ctrl+C 结束")
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(room), http=Patient, ws="none", log_config=None, access_log=False, server_header=False,
                timeout_keep_alive=_KEEP_ALIVE, limit_concurrency=desk.connections, backlog=_BACKLOG,
                timeout_graceful_shutdown=_SHUTDOWN, h11_max_incomplete_event_size=16_384,
            )
        )  # fmt: skip
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[door])
        if not server.started:  # the log says why
            raise SystemExit(1)


def _listening(desk: Desk) -> socket.socket:
    """A socket at the desk's address; SettingsError when somebody else has it, before anybody is told that the desk is open."""
    family = socket.AF_INET6 if ":" in desk.host else socket.AF_INET
    try:
        return socket.create_server((desk.host, desk.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise SettingsError(
            f"不能在 {desk.host} 的端口 {desk.port} 上监听（{error.strerror or error}）；"
            "可能已被占用，请用 --port 换一个端口，或检查 --host"
        ) from None


@contextlib.contextmanager
def opened(desk: Desk) -> Iterator[Room]:
    """The room of a desk, its tables new, what was left undone queued again; SettingsError when it cannot be opened."""
    desk.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(desk.data / "lock"), contextlib.closing(stored(desk)) as store:
        room = furnished(desk, store)
        desk.check(room.doors.users)
        room.files.prepare()
        with store.writing(files=True) as session:
            for name in room.files.without(session.scalars(select(Entry.sha256))):
                room.files.forget(name)
        if store.sqlite:  # nobody else works on it
            queue.release_all(store)
        yield room


def stored(desk: Desk) -> Store:
    """The store of a desk with the newest tables."""
    try:
        store = Store(desk.url)
        store.migrate()
    except (ArgumentError, OperationalError) as error:
        raise SettingsError(
            f"数据库打不开（{type(error).__name__}）；请检查 EXTRACTOR_DATABASE 和数据文件夹的权限"
        ) from None
    return store


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one desk for a folder at a time."""
    with path.open("w") as file:
        if not _locked(file):
            raise SettingsError(f"{path.parent} 已有一个审核台在用；请关闭它，或用 --data 换一个文件夹")
        yield


def _locked(file: IO[str]) -> bool:
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Discreet(logging.Formatter):
    """Says of an error what it is and where, never its message: that may hold the words of a report."""

    def formatException(  # noqa: N802 - the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The places only."""
        kind, _, trace = ei
        places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        return " < ".join([kind.__name__ if kind else "?", *reversed(places)])


def _quiet() -> None:
    """Log to standard error: warnings, and nothing out of a report."""
    handler: logging.StreamHandler[Any] = logging.StreamHandler()
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
