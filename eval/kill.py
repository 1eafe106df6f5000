"""python -m eval.kill [rounds]: a desk is killed again and again while it works, and must lose nothing and do nothing twice.

Every round uploads and corrects, kills the server (every other time with all it started) at a random moment of the work on what
it has just acknowledged, and opens it again. At the end every
accepted upload is done exactly once and every acknowledged correction stands.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple

REPO = Path(__file__).resolve().parent.parent
_REPORT = REPO / "fixtures/flat_line/report.txt"
_OPEN_SECONDS, _WORK_SECONDS = 180.0, 600.0
_BOUNDARY = "eval-kill-boundary"


Wanted = dict[str, list[str]]  # what was acknowledged as corrected, by the id of the review


class Tally(NamedTuple):
    """What was acknowledged before the kills, and what was found after them."""

    rounds: int
    accepted: int
    finished: int
    twice: int
    corrections: int
    kept: int

    @property
    def sound(self) -> bool:
        """Whether nothing was lost and nothing done twice."""
        return self.finished == self.accepted and self.twice == 0 and self.kept == self.corrections


class Desk:
    """A desk in a process group of its own, so that a kill takes all of it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.slowest = 0.0  # seconds from a start to the first answer

    def open(self) -> None:
        """Start it and wait until it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "extractor",
            "serve",
            "--data",
            str(self.data),
            "--port",
            str(self.port),
        ]
        with (self.data.parent / "desk.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        since = time.monotonic()
        while time.monotonic() < since + _OPEN_SECONDS:
            if self.process.poll() is not None:
                said = (self.data.parent / "desk.log").read_text(encoding="utf-8")
                raise RuntimeError(f"the desk ended with {self.process.returncode}: {said[-2000:]}")
            with contextlib.suppress(OSError, HTTPException):
                self.ask("GET", "/health")
                self.slowest = max(self.slowest, time.monotonic() - since)
                return
            time.sleep(0.05)
        raise TimeoutError("the desk did not open in time")

    def kill(self, *, alone: bool = False) -> None:
        """End the server, and unless it dies `alone` its workers, at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                (os.kill if alone else os.killpg)(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> Any:
        """What the API answers; OSError when it does not."""
        url = f"http://127.0.0.1:{self.port}/api/v1{path}"
        request = urllib.request.Request(url, body, {"Content-Type": kind}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own desk
            return json.loads(answer.read() or b"null")

    def upload(self, data: bytes) -> str:
        """The id of an accepted file."""
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="r.txt"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{_BOUNDARY}--\r\n".encode()
        receipt = self.ask("POST", "/reviews", body, f"multipart/form-data; boundary={_BOUNDARY}")
        review_id: str = receipt["accepted"][0]["id"]
        return review_id


def killed(rounds: int, seed: int = 7, told: Callable[[str], None] = lambda _: None) -> Tally:
    """Kill a desk `rounds` times and count what it kept."""
    chance = random.Random(seed)
    report = _REPORT.read_bytes()
    accepted: list[str] = []
    wanted: Wanted = {}
    with tempfile.TemporaryDirectory(prefix="eval-kill-", ignore_cleanup_errors=True) as room:
        desk = Desk(Path(room) / "desk")
        desk.open()  # with reports to correct from the first round on, and to see how long a round's work takes here
        accepted += [desk.upload(report + f"\n第{n}份\n".encode()) for n in range(3)]
        _worked(desk, accepted)
        desk.kill()
        desk.open()
        since = time.monotonic()
        _act(desk, report, 0, accepted, wanted, chance)
        _worked(desk, accepted)
        longest = time.monotonic() - since
        desk.kill()
        for number in range(1, rounds + 1):
            desk.open()
            _busy(desk, report, number, chance.uniform(0, longest), accepted, wanted, chance)
            desk.kill()
            if number % 10 == 0:
                corrected = sum(map(len, wanted.values()))
                told(
                    f"{number} kills: {len(accepted)} accepted, {corrected} corrections, slowest opening {desk.slowest:.1f} s"
                )
        desk.open()
        tally = _counted(desk, rounds, accepted, wanted)
        desk.kill()
    return tally


def _busy(
    desk: Desk,
    report: bytes,
    number: int,
    seconds: float,
    accepted: list[str],
    wanted: Wanted,
    chance: random.Random,
) -> None:
    """Correct and upload until the kill comes out of a thread of its own; what it cut off was never acknowledged.

    Its time begins with the first request, or when one or two are acknowledged and the workers have them in hand.
    """
    for _ in range(chance.randint(0, 2)):
        _act(desk, report, number, accepted, wanted, chance)
    alone = chance.random() < 0.5  # half the time the workers are left behind
    killer = threading.Timer(seconds, desk.kill, kwargs={"alone": alone})
    killer.start()
    with contextlib.suppress(OSError, HTTPException):
        while True:
            _act(desk, report, number, accepted, wanted, chance)
    killer.join()


def _act(
    desk: Desk, report: bytes, number: int, accepted: list[str], wanted: Wanted, chance: random.Random
) -> None:
    done = [each["id"] for each in desk.ask("GET", "/reviews?work=done&size=20")["items"]]
    review_id, text = chance.choice(done), str(chance.randint(60, 99))
    body = json.dumps({"action": "set", "target": "head.total_score", "text": text}).encode()
    desk.ask("POST", f"/reviews/{review_id}/corrections", body)
    wanted.setdefault(review_id, []).append(text)
    accepted.append(desk.upload(report + f"\n第{number}轮{len(accepted)}\n".encode()))


def _counted(desk: Desk, rounds: int, accepted: list[str], wanted: Wanted) -> Tally:
    states = _worked(desk, accepted)
    kept = 0
    for review_id, texts in wanted.items():
        items = desk.ask("GET", f"/reviews/{review_id}/history")["items"]
        kept += (Counter(texts) & Counter(item["new"] for item in items)).total()
    return Tally(
        rounds, len(accepted), states.count("done"), _twice(desk.data), sum(map(len, wanted.values())), kept
    )  # fmt: skip


def _worked(desk: Desk, accepted: Sequence[str]) -> list[str]:
    """The states of reports when the work is done, or when nobody can wait any longer."""
    end = time.monotonic() + _WORK_SECONDS
    while True:
        states = [desk.ask("GET", f"/reviews/{each}")["work"] for each in accepted]
        if all(state == "done" for state in states) or time.monotonic() > end:
            return states
        time.sleep(0.5)


def _twice(data: Path) -> int:
    """How many files or results there are more than one of."""
    with contextlib.closing(sqlite3.connect(data / "desk.sqlite3")) as base:
        rows = base.execute("select count(*) - count(distinct sha256) from reviews").fetchone()[0]
        results = base.execute(
            "select count(*) - (select count(*) from reviews where work = 'done') from results"
        ).fetchone()[0]
    return int(rows) + abs(int(results))


def main() -> int:
    """Print the tally; 0 when it is sound."""
    tally = killed(int(sys.argv[1]) if len(sys.argv) > 1 else 100, told=print)
    print(
        f"{tally.rounds} kills: {tally.finished} of {tally.accepted} accepted uploads finished, {tally.twice} done twice, "
        f"{tally.kept} of {tally.corrections} corrections kept: {'sound' if tally.sound else 'NOT SOUND'}"
    )
    return 0 if tally.sound else 1


if __name__ == "__main__":
    sys.exit(main())
