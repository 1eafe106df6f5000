"""python -m eval.desk: a desk under load, beside the command line on the same machine.

Fifty uploads at once: how long each takes, the p95 of the pages meanwhile and before on the same machine, the memory of server
and workers; and one report
of about ten thousand characters from drop to desk against `extractor review` in the same run.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from eval.bench import text_of
from eval.kill import Desk

UPLOADS, MOST_P95, MOST_RATIO = 50, 0.2, 1.7
_SIZE, _TURNS = 10_000, 7
_QUIET = 20
_PATIENCE = 900.0
_RESIDENT = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


class Load(NamedTuple):
    """What fifty uploads at once did to a desk; seconds and megabytes."""

    done: int
    seconds: float
    quiet: float  # p95 of the pages while nothing is worked on
    p95: float
    worst: float
    looks: int
    megabytes: int


def loaded(desk: Desk) -> Load:
    """Upload `UPLOADS` reports at once and look at the pages until all are done."""
    report = text_of(_SIZE).encode()
    ids: list[str] = []
    known = desk.ask("GET", "/reviews?work=done")
    before, one = known["total"], known["items"][0]["id"]
    pages = ["/", "/api/v1/reviews?size=50", f"/reviews/{one}"]
    quiet = [_seconds(desk, page) for _ in range(_QUIET) for page in pages]
    began = time.monotonic()
    hands = [
        threading.Thread(target=lambda n=n: ids.append(desk.upload(report + f"\n{n}\n".encode())))
        for n in range(UPLOADS)
    ]
    for hand in hands:
        hand.start()
    looks: list[float] = []
    while time.monotonic() - began < _PATIENCE:
        looks += [_seconds(desk, page) for page in pages]
        found = desk.ask("GET", "/reviews?work=done&size=200")["total"]
        if found - before >= UPLOADS:
            break
        time.sleep(0.05)
    for hand in hands:
        hand.join()
    states = [desk.ask("GET", f"/reviews/{each}")["work"] for each in ids]
    took = time.monotonic() - began
    calm, busy = (quantiles(each, n=20)[-1] for each in (quiet, looks))
    return Load(states.count("done"), took, calm, busy, max(looks), len(looks), _memory(desk))


def _seconds(desk: Desk, page: str) -> float:
    since = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{desk.port}{page}", timeout=60) as answer:
        answer.read()
    return time.perf_counter() - since


def dropped(desk: Desk) -> tuple[float, float]:
    """Median seconds of one report from drop to desk, and of `extractor review`, in turns."""
    ours, theirs = [], []
    with tempfile.TemporaryDirectory(prefix="eval-desk-") as room:
        for turn in range(_TURNS):
            data = (text_of(_SIZE) + f"\n第{turn}次\n").encode()
            since = time.perf_counter()
            review_id = desk.upload(data)
            while desk.ask("GET", f"/reviews/{review_id}")["work"] in ("queued", "running"):
                time.sleep(0.01)
            _seconds(desk, f"/reviews/{review_id}")
            ours.append(time.perf_counter() - since)
            path = Path(room) / f"{turn}.txt"
            path.write_bytes(data)
            since = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "extractor", "review", str(path), "-o", room],
                check=True,
                capture_output=True,
            )
            theirs.append(time.perf_counter() - since)
    return median(ours), median(theirs)


def _memory(desk: Desk) -> int:
    """The highest resident memory of the server and of all it started, together; 0 where the system does not tell."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            group = (status.parent / "stat").read_text().rpartition(")")[2].split()[2]
            if desk.process is not None and int(group) == desk.process.pid:
                found = _RESIDENT.search(status.read_text())
                total += int(found[1]) if found else 0
    return total // 1024


def main() -> int:
    """Print both; 0 when the bars are met."""
    with tempfile.TemporaryDirectory(prefix="eval-desk-", ignore_cleanup_errors=True) as room:
        desk = Desk(Path(room) / "desk")
        desk.open()
        try:
            ours, theirs = dropped(desk)
            load = loaded(desk)
        finally:
            desk.kill()
    ratio = ours / theirs
    print(f"drop to desk {ours:.2f} s, extractor review {theirs:.2f} s: {ratio:.2f} (bar {MOST_RATIO})")
    print(
        f"{UPLOADS} uploads at once: {load.done} done in {load.seconds:.1f} s; {load.looks} pages meanwhile, p95 {load.p95 * 1000:.0f} ms "
        f"(bar {MOST_P95 * 1000:.0f}; {load.quiet * 1000:.0f} before), slowest {load.worst * 1000:.0f} ms; {load.megabytes} MB for server and workers"
    )
    return 0 if load.done == UPLOADS and load.p95 <= MOST_P95 and ratio <= MOST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
