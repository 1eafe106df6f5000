"""A real desk in a process of its own, on a real database, reached over HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

REPO = Path(__file__).resolve().parents[2]
REPORT = REPO / "fixtures/tab_led_department/report.txt"
SHORT = REPO / "fixtures/flat_line/report.txt"
_START = 60.0
_WORK = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Desk:
    """`extractor serve` on a folder; `client` talks to it as a program does."""

    def __init__(self, data: Path, *options: str, **environment: str) -> None:
        self.data, self.options, self.environment = data, options, environment
        self.client = httpx.Client(timeout=30, trust_env=False)
        self.process: subprocess.Popen[bytes] | None = None
        self.log = data.parent / f"{data.name}.log"

    def start(self) -> None:
        self.port = free_port()  # one that was free before a kill may be somebody else's after it
        self.url = f"http://127.0.0.1:{self.port}"
        self.client.base_url = f"{self.url}/api/v1"
        command = [
            sys.executable,
            "-m",
            "extractor",
            "serve",
            "--data",
            str(self.data),
            "--port",
            str(self.port),
            *self.options,
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=REPO, stdout=log, stderr=log, env=os.environ | self.environment
            )
        end = time.monotonic() + _START
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if self.client.get("/health").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the desk did not open: {self.log.read_text()}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        self.client.close()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)

    def upload(self, *files: tuple[str, bytes], **data: str) -> dict[str, Any]:
        answer = self.client.post("/reviews", files=[("files", each) for each in files], data=data)
        assert answer.status_code == 202, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    def finished(self, review_id: str) -> dict[str, Any]:
        end = time.monotonic() + _WORK
        while time.monotonic() < end:
            status: dict[str, Any] = self.client.get(f"/reviews/{review_id}").json()
            if status["work"] not in ("queued", "running"):
                return status
            time.sleep(0.05)
        raise AssertionError(f"the work on {review_id} did not end: {self.log.read_text()}")

    def reviewed(self, data: bytes, name: str = "报告.txt") -> str:
        """The id of a report whose work is done."""
        review_id: str = self.upload((name, data))["accepted"][0]["id"]
        status = self.finished(review_id)
        assert status["work"] == "done", status
        return review_id


Opening = Callable[..., Desk]


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opening]:
    """Opens desks, and closes them after the tests of a module."""
    opened: list[Desk] = []

    def make(*options: str, data: Path | None = None, **environment: str) -> Desk:
        desk = Desk(data or tmp_path_factory.mktemp("desk") / "data", *options, **environment)
        opened.append(desk)
        desk.start()
        return desk

    yield make
    for desk in opened:
        desk.stop()


@pytest.fixture(scope="module")
def desk(opening: Opening) -> Desk:
    """A desk that only this machine reaches."""
    return opening()


@pytest.fixture(scope="session")
def report() -> bytes:
    """A report with many findings."""
    return REPORT.read_bytes()


@pytest.fixture(scope="session")
def short() -> bytes:
    """A short report."""
    return SHORT.read_bytes()
