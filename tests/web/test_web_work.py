"""What keeps a desk at work: workers that are replaced whatever happens, sessions that end with what they rest on."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from extractor.web.auth import Doors, add_user
from extractor.web.settings import Desk
from extractor.web.store import Store, queue
from extractor.web.work import Hand

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
