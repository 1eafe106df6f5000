"""What keeps a desk at work: workers that are replaced whatever happens, sessions that end with what they rest on."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from extractor.settings import Settings
from extractor.web.auth import Doors, add_user
from extractor.web.files import Files
from extractor.web.intake import Handed, Intake
from extractor.web.settings import Desk
from extractor.web.store import Store, queue
from extractor.web.store.models import Entry
from extractor.web.work import Hand
from extractor.web.worker import Worker

TOKEN = "a-token-long-enough"


def doors(tmp_path: Path, token: str | None) -> Doors:
    desk = Desk(data=tmp_path, token=token)
    store = Store(desk.url)
    store.migrate()
    return Doors(desk, store)


def test_a_worker_is_replaced_though_the_database_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(data=tmp_path)
    hand = Hand(desk, Store(desk.url))
    started: list[str] = []
    enough = threading.Event()

    def process(lease: str) -> subprocess.Popen[bytes]:
        started.append(lease)
        if len(started) == 2:
            enough.set()
        return subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE)

    def away(*_: Any) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(hand, "_process", process)
    monkeypatch.setattr(queue, "broken", away)
    hand.thread.start()
    assert enough.wait(60)
    hand.close()
    hand.thread.join(60)
    assert not hand.thread.is_alive()


def test_nobody_is_woken_through_a_pipe_that_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of a pipe just closed is soon that of another file; a byte written then would spoil it."""
    desk = Desk(data=tmp_path)
    hand = Hand(desk, Store(desk.url))
    written: list[bool] = []

    def write(_: int, __: bytes) -> int:
        assert hand.process is not None and hand.process.stdin is not None
        before = hand.process.stdin.closed
        time.sleep(0.05)  # long enough for the other thread to close it, did the lock not keep it off
        written.append(before or hand.process.stdin.closed)
        return 1

    monkeypatch.setattr(
        hand,
        "_process",
        lambda _: subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE),
    )
    monkeypatch.setattr(queue, "broken", lambda *_: None)
    monkeypatch.setattr("extractor.web.work.os.write", write)
    hand.thread.start()
    end = time.monotonic() + 30
    while len(written) < 8 and time.monotonic() < end:
        hand.wake()
    hand.close()
    hand.thread.join(60)
    hand.wake()  # nobody is there any more
    assert len(written) >= 8 and not any(written)


def test_a_pool_that_is_closed_starts_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = Hand(Desk(data=tmp_path), Store(Desk(data=tmp_path).url))
    started: list[str] = []
    monkeypatch.setattr(hand, "_process", started.append)
    hand.close()
    hand._once("late")
    assert started == []


SECRET = "机密★5年\n某单位2023年度部门整体支出绩效自评报告\n全年预算数100万元，全年执行数90万元。\n"


def test_a_secret_file_is_forgotten_when_its_last_reader_has_refused_it(tmp_path: Path) -> None:
    desk = Desk(data=tmp_path)
    store, files = Store(desk.url), Files(tmp_path)
    store.migrate()
    files.prepare()
    intake = Intake(desk, store, files)
    ids = [
        intake.take([Handed("密.txt", BytesIO(SECRET.encode()))], owner).accepted[0][0] for owner in "甲乙"
    ]
    jobs = [queue.claim(store, lease) for lease in ("first", "second")]
    assert {job.id for job in jobs if job} == set(ids)
    for job, lease, kept in zip(jobs, ("first", "second"), (True, False), strict=True):
        assert job is not None
        worker = Worker(store, files, lease, 60, Settings())
        worker._do(job)
        assert files.path(job.sha256).exists() is kept  # the other one still reads it
    with store.reading() as session:
        entries = session.scalars(select(Entry)).all()
    assert {(each.work, "密级" in (each.reason or "")) for each in entries} == {("failed", True)}


def test_a_secret_file_is_not_forgotten_by_who_has_lost_the_lease(tmp_path: Path) -> None:
    desk = Desk(data=tmp_path)
    store, files = Store(desk.url), Files(tmp_path)
    store.migrate()
    files.prepare()
    Intake(desk, store, files).take([Handed("密.txt", BytesIO(SECRET.encode()))], "")
    job = queue.claim(store, "first")
    assert job is not None
    Worker(store, files, "another", 60, Settings())._do(job)
    assert files.path(job.sha256).exists()


def test_a_worker_whose_beat_breaks_ends() -> None:
    program = (
        "import threading, time\n"
        "from extractor.web import worker\n"
        "threading.excepthook = worker._end\n"
        "threading.Thread(target=lambda: 1 / 0).start()\n"
        "time.sleep(60)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, timeout=120)
    assert done.returncode == 5 and b"ZeroDivisionError at" in done.stderr and b"division" not in done.stderr


def test_another_token_ends_every_session(tmp_path: Path) -> None:
    first = doors(tmp_path, TOKEN)
    session = first.sign_in("", TOKEN, "here")
    assert session is not None and first.identity(None, session) is not None
    assert doors(tmp_path, TOKEN).identity(None, session) is not None
    assert doors(tmp_path, TOKEN + "2").identity(None, session) is None


def test_a_session_of_the_token_is_none_of_the_users(tmp_path: Path) -> None:
    first = doors(tmp_path, TOKEN)
    session = first.sign_in("", TOKEN, "here")
    add_user(first.store, "李审核", "a-long-password")
    now = doors(tmp_path, TOKEN)
    assert now.mode == "users"
    assert now.identity(None, session) is None and now.identity(session, None) is None
    own = now.sign_in("李审核", "a-long-password", "here")
    found = now.identity(None, own)
    assert found is not None and found.owner == "李审核"
