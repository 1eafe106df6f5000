"""`extractor serve` as a person starts it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from extractor.errors import SettingsError
from extractor.web.settings import Desk


def serve(*options: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", "serve", *options]
    return subprocess.run(command, check=False, capture_output=True, text=True, input=said, timeout=120)


def test_it_says_what_is_missing_before_it_opens_to_others(tmp_path: Path) -> None:
    done = serve("--host", "0.0.0.0", "--data", str(tmp_path / "desk"))  # noqa: S104 - what is refused
    assert (done.returncode, done.stdout) == (2, "")
    assert "EXTRACTOR_TOKEN" in done.stderr and "--add-user" in done.stderr


def test_one_desk_for_a_folder(desk: Any) -> None:
    done = serve("--data", str(desk.data), "--port", "1")
    assert done.returncode == 2 and "--data" in done.stderr
    assert desk.client.get("/health").status_code == 200


def test_a_desk_whose_port_is_taken_never_says_that_it_is_open(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = serve("--data", str(tmp_path / "desk"), "--port", port)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--port" in done.stderr and port in done.stderr


@pytest.mark.parametrize(
    "option", [{"port": 65_536}, {"port": -1}, {"workers": 0}, {"retention_days": -1}, {"most_upload": 0}]
)
def test_an_option_out_of_range_is_refused_with_the_range(tmp_path: Path, option: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="之间的整数"):
        Desk(data=tmp_path, **option).check(users=False)


def test_a_user_is_added_and_signs_in(opening: Any, tmp_path: Path) -> None:
    data = tmp_path / "desk"
    assert serve("--data", str(data), "--add-user", "李审核", said="short\n").returncode == 2
    done = serve("--data", str(data), "--add-user", "李审核", said="a-long-password\n")
    assert done.returncode == 0 and "李审核" in done.stdout
    desk = opening(data=data)
    assert desk.client.get("/health").json()["mode"] == "users"
    assert desk.client.get("/reviews").status_code == 401
    page = httpx.get(desk.url + "/login", trust_env=False)
    token = page.text.split('name="csrf-token" content="')[1].split('"')[0]
    form = {"name": "李审核", "password": "a-long-password", "csrf_token": token}
    answer = httpx.post(desk.url + "/login", data=form, cookies=page.cookies, trust_env=False)
    assert answer.status_code == 303


def test_what_nobody_touched_is_deleted(opening: Any, short: bytes, tmp_path: Path) -> None:
    import sqlite3

    desk = opening(data=tmp_path / "desk")
    old, new = desk.reviewed(short), desk.reviewed(short + b"\nnew\n")
    desk.kill()
    with sqlite3.connect(desk.data / "desk.sqlite3") as base:
        base.execute("update reviews set changed = changed - 40 * 86400 where id = ?", (old,))
    base.close()
    again = opening("--keep-days", "30", data=desk.data)
    gone = again.client.get(f"/reviews/{old}")
    for _ in range(50):
        if gone.status_code == 404:
            break
        gone = again.client.get(f"/reviews/{old}")
    assert gone.status_code == 404
    assert again.client.get(f"/reviews/{new}/result").status_code == 200
    assert len(list((again.data / "files").glob("??/*"))) == 1


def test_what_a_crash_left_behind_is_cleared_and_what_was_accepted_stays(
    opening: Any, short: bytes, tmp_path: Path
) -> None:
    desk = opening(data=tmp_path / "desk")
    review_id = desk.reviewed(short)
    desk.kill()
    half = desk.data / "incoming" / "half"
    half.write_bytes(b"half")
    orphan = desk.data / "files" / "ff" / ("f" * 64)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"never accepted")
    desk.start()
    assert not half.exists() and not orphan.exists()
    assert desk.client.get(f"/reviews/{review_id}/file").content == short
