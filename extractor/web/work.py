"""The pool: as many worker processes as the desk allows, each replaced when it ends."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import subprocess
import sys
import threading

from sqlalchemy.exc import SQLAlchemyError

from extractor.web.settings import Desk
from extractor.web.store import Store, queue

_log = logging.getLogger("extractor.web")
_LOOK = 0.3
_PATIENCE = 5.0


class Hand:
    """A worker process and the thread that waits for its end."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self.desk, self.store = desk, store
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.closing = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()  # held while the worker's standard input may be written to or closed

    def run(self) -> None:
        """Start the worker, wait, see to what it left undone, and start the next."""
        while not self.closing.is_set():
            try:
                self._once(secrets.token_hex(8))
            except (
                OSError,
                SQLAlchemyError,
            ) as error:  # its lease runs out by itself; the next one is still started
                _log.warning("a worker could not be replaced at once: %s", type(error).__name__)
            self.closing.wait(_LOOK)

    def _once(self, lease: str) -> None:
        """One worker from its start to its end."""
        with self.lock:
            if self.closing.is_set():
                return
            process = self.process = self._process(lease)
        process.wait()
        with self.lock, contextlib.suppress(OSError):
            assert process.stdin is not None
            process.stdin.close()
        if not self.closing.is_set():
            _log.warning("a worker ended with %s and is replaced", process.returncode)
            queue.broken(self.store, lease)

    def _process(self, lease: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-I",
            "-m",
            "extractor.web.worker",
            str(self.desk.data),
            lease,
            str(self.desk.job_seconds),
        ]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(self.desk.url.encode() + b"\n")
            process.stdin.flush()
        os.set_blocking(process.stdin.fileno(), False)
        return process

    def wake(self) -> None:
        """Tell the worker that there is work; one that is busy looks by itself afterwards."""
        with (
            self.lock
        ):  # else the number of a pipe just closed may by now be that of a file of somebody else's
            process = self.process
            if process is None or process.stdin is None or process.stdin.closed:
                return
            with contextlib.suppress(OSError):  # it has ended, or has not listened for long
                os.write(process.stdin.fileno(), b"!")

    def close(self) -> None:
        """End the worker; what it was doing is queued again by the one who opens the desk next."""
        with self.lock:
            self.closing.set()
            process = self.process
        if process is not None:
            process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)


class Pool:
    """Every worker of a desk."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self.hands = [Hand(desk, store) for _ in range(desk.workers)]

    def start(self) -> None:
        """Start them all."""
        for hand in self.hands:
            hand.thread.start()

    def wake(self) -> None:
        """Tell them all that there is work."""
        for hand in self.hands:
            hand.wake()

    def close(self) -> None:
        """End them all."""
        for hand in self.hands:
            hand.close()
