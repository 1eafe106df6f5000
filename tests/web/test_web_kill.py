"""Killed in the midst of it, a desk loses nothing and does nothing twice; `python -m eval.kill` does it a hundred times."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from eval.kill import killed


def test_a_killed_desk_loses_nothing_and_does_nothing_twice() -> None:
    tally = killed(2)
    assert tally.sound, tally
    assert tally.accepted > 3 and tally.corrections > 0


def workers_of(data: Path) -> list[int]:
    """The worker processes of a desk, where the system tells of processes in files."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("this system has no /proc to find the worker processes in")
    out = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            said = path.read_bytes()
            if b"extractor.web.worker" in said and str(data).encode() in said:
                out.append(int(path.parent.name))
    return out


def test_a_worker_that_dies_is_replaced_and_its_job_done(opening: Any, report: bytes) -> None:
    desk = opening("--workers", "1")
    ids = [
        each["id"]
        for each in desk.upload(*[(f"{n}.txt", report + bytes([65 + n])) for n in range(3)])["accepted"]
    ]
    end = time.monotonic() + 60
    while not (first := workers_of(desk.data)) and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(first[0], signal.SIGKILL)
    assert {desk.finished(each)["work"] for each in ids} == {"done"}
    assert workers_of(desk.data) != first


def test_workers_do_not_outlive_their_desk(opening: Any, short: bytes) -> None:
    desk = opening()
    desk.reviewed(short)
    assert len(workers_of(desk.data)) == 2
    desk.kill()
    end = time.monotonic() + 20
    while workers_of(desk.data) and time.monotonic() < end:
        time.sleep(0.1)
    assert workers_of(desk.data) == []
