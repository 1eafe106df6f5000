"""What strangers may try: none of it works."""

from __future__ import annotations

import io
import socket
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

TOKEN = "a-token-of-the-desk-42"
HOSTILE = '"><script>alert(1)</script>.txt'


@pytest.fixture
def browser() -> Iterator[Callable[[Any], tuple[httpx.Client, str]]]:
    """Opens a browser with the desk's cookie, and says the token of its pages."""
    opened = []

    def visit(desk: Any) -> tuple[httpx.Client, str]:
        client = httpx.Client(base_url=desk.url, timeout=30, trust_env=False, headers={"Origin": desk.url})
        opened.append(client)
        page = client.get("/login" if "EXTRACTOR_TOKEN" in desk.environment else "/").text
        return client, page.split('name="csrf-token" content="')[1].split('"')[0]

    yield visit
    for client in opened:
        client.close()


@pytest.fixture(scope="module")
def guarded(opening: Any) -> Any:
    """A desk that asks for a token."""
    return opening(EXTRACTOR_TOKEN=TOKEN)


def test_it_does_not_open_to_others_without_a_password(tmp_path: Path) -> None:
    from extractor.errors import SettingsError
    from extractor.web.settings import Desk

    for host in ("0.0.0.0", "::", "192.0.2.7", "desk.example"):  # noqa: S104 - what is refused
        with pytest.raises(SettingsError, match="EXTRACTOR_TOKEN"):
            Desk(data=tmp_path, host=host).check(users=False)
        Desk(data=tmp_path, host=host, token=TOKEN).check(users=False)
        Desk(data=tmp_path, host=host).check(users=True)
    for host in ("127.0.0.1", "localhost", "::1"):
        Desk(data=tmp_path, host=host).check(users=False)
    with pytest.raises(SettingsError, match="太短"):
        Desk(data=tmp_path, token=TOKEN[:6]).check(users=False)


def test_a_stranger_sees_nothing(guarded: Any) -> None:
    for path in ("/reviews", "/reviews/" + "0" * 32, "/compare"):
        answer = guarded.client.get(path)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        wrong = guarded.client.get(path, headers={"Authorization": "Bearer wrong"})
        assert wrong.status_code == 401
    assert guarded.client.post("/reviews", files=[("files", ("a.txt", b"x"))]).status_code == 401
    page = httpx.get(guarded.url + "/", trust_env=False)
    assert (page.status_code, page.headers["location"]) == (303, "/login")


def test_the_token_opens_the_api_and_the_pages(guarded: Any, browser: Any) -> None:
    assert guarded.client.get("/reviews", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    client, token = browser(guarded)
    before = client.cookies["desk"]
    wrong = client.post("/login", data={"password": "guess", "csrf_token": token})
    assert wrong.status_code == 401 and "不对" in wrong.text
    done = client.post("/login", data={"password": TOKEN, "csrf_token": token})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    cookie = done.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Max-Age="))
    assert client.cookies["desk"] != before  # a session fixed beforehand is not the one signed in
    page = client.get("/")
    assert page.status_code == 200
    fresh = page.text.split('name="csrf-token" content="')[1].split('"')[0]
    assert client.post("/logout", data={"csrf_token": fresh}).status_code == 303
    client.cookies.set("desk", cookie.split("desk=")[1].split(";")[0])
    assert client.get("/").status_code == 303  # the session is over, not only forgotten


def test_passwords_cannot_be_guessed_fast(opening: Any) -> None:
    desk = opening(EXTRACTOR_TOKEN=TOKEN)
    answers = [desk.client.post("/session", json={"password": f"guess-{n}"}).status_code for n in range(10)]
    assert answers[:3] == [401] * 3 and answers[-1] == 429


def test_no_other_site_acts_in_a_reviewers_name(desk: Any, browser: Any, short: bytes) -> None:
    client, token = browser(desk)
    files = [("files", ("a.txt", short + b"csrf"))]
    foreign = {"Origin": "http://evil.example"}
    assert (
        client.post("/api/v1/reviews", files=files, headers=foreign | {"X-CSRF-Token": token}).status_code
        == 403
    )
    assert client.post("/api/v1/reviews", files=files).status_code == 403
    assert client.post("/api/v1/reviews", files=files, headers={"X-CSRF-Token": "0" * 64}).status_code == 403
    assert client.post("/upload", files=files).status_code == 403
    assert client.post("/upload", files=files, data={"csrf_token": token}, headers=foreign).status_code == 403
    cross = {"Sec-Fetch-Site": "cross-site"}
    bare = httpx.post(f"{desk.url}/api/v1/reviews", files=files, headers=cross, trust_env=False)
    assert bare.status_code == 403
    assert client.get("/api/v1/reviews", params={"q": "a.txt"}).json()["total"] == 0
    assert client.post("/api/v1/reviews", files=files, headers={"X-CSRF-Token": token}).status_code == 202
    assert client.post("/upload", files=files, data={"csrf_token": token}).status_code == 303


def test_another_name_for_this_machine_is_refused(desk: Any) -> None:
    answer = desk.client.get("/reviews", headers={"Host": "rebound.example"})
    assert answer.status_code == 421


def test_one_user_never_sees_anothers_reviews(opening: Any, tmp_path_factory: Any, short: bytes) -> None:
    from extractor.web.auth import add_user
    from extractor.web.server import stored
    from extractor.web.settings import Desk

    data = tmp_path_factory.mktemp("users") / "data"
    data.mkdir()
    store = stored(Desk(data=data))
    for name in ("甲", "乙"):
        add_user(store, name, f"password-of-{name}")
    store.close()
    desk = opening(data=data)
    tokens = {}
    for name in ("甲", "乙"):
        answer = desk.client.post("/session", json={"name": name, "password": f"password-of-{name}"})
        tokens[name] = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert desk.client.post("/session", json={"name": "甲", "password": "password-of-乙"}).status_code == 401
    assert desk.client.post("/session", json={"name": "丙", "password": "password-of-乙"}).status_code == 401
    desk.client.headers.update(tokens["甲"])
    review_id = desk.reviewed(short)
    desk.client.headers.update(tokens["乙"])
    path = f"/reviews/{review_id}"
    reading = (
        "",
        "/result",
        "/document",
        "/file",
        "/notes",
        "/history",
        "/exports/json",
        "/pages/1",
        "/follow-up",
    )
    assert {desk.client.get(path + end).status_code for end in reading} == {404}
    acting = [desk.client.post(f"{path}/{end}", json=body).status_code for end, body in (
        ("corrections", {"action": "unreadable", "target": "head.total_score"}), ("undo", {}), ("cancel", None),
        ("notes/n1", {"decision": "accepted"}), ("standing", {"to": "checked", "name": "乙"}),
    )]  # fmt: skip
    assert set(acting) == {404} and desk.client.delete(path).status_code == 404
    assert desk.client.get("/reviews").json()["total"] == 0
    assert desk.upload(("乙.txt", short))["accepted"][0]["new"]
    desk.client.headers.update(tokens["甲"])
    assert desk.client.get(f"{path}/result").status_code == 200
    with sqlite3.connect(data / "desk.sqlite3") as base:
        kept = (
            base.execute("select password from users").fetchall()
            + base.execute("select token from sign_ins").fetchall()
        )
    assert all("password-of" not in each[0] for each in kept)
    assert not {each[0] for each in kept} & {each["Authorization"][7:] for each in tokens.values()}


@pytest.mark.parametrize(
    "name", ["../../../../tmp/escape.txt", "..\\..\\escape.txt", "/etc/escape.txt", "a\0b.txt", "."]
)
def test_a_files_name_leads_nowhere(desk: Any, short: bytes, name: str) -> None:
    data = short + name.encode()
    receipt = desk.upload((name.replace("\0", "%00"), data))["accepted"][0]
    assert "/" not in receipt["file_name"] and "\\" not in receipt["file_name"]
    assert (desk.data / "files" / receipt["sha256"][:2] / receipt["sha256"]).read_bytes() == data
    assert not list(desk.data.parent.rglob("*escape*"))


@pytest.mark.parametrize(
    "path",
    ["/static/../settings.py", "/static/%2e%2e/auth.py", "/static/..%2fauth.py", "/static//etc/passwd"],
)
def test_a_path_leads_nowhere(desk: Any, path: str) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 404")


def test_names_and_words_of_a_report_are_never_markup(desk: Any) -> None:
    words = "某单位<img src=x onerror=alert(1)>2023年度部门整体支出绩效自评报告\n全年预算数100万元，全年执行数120万元。\n<script>alert(2)</script>\n"
    review_id = desk.reviewed(words.encode(), HOSTILE)
    for path in ("/", f"/reviews/{review_id}", "/?q=<script>alert(3)</script>"):
        page = httpx.get(desk.url + path, trust_env=False)
        assert page.status_code == 200 and "script-src 'self'" in page.headers["content-security-policy"]
        assert "<script>alert" not in page.text and "<img src=x" not in page.text
    for end in ("/result", "/document", "/history", ""):
        answer = desk.client.get(f"/reviews/{review_id}{end}")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
    answer = desk.client.get(f"/reviews/{review_id}/file")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")


def test_a_header_cannot_be_split_by_a_files_name(desk: Any, short: bytes) -> None:
    review_id = desk.reviewed(short + b"split", 'a\r\nX-Evil: 1"; b.txt')
    answer = desk.client.get(f"/reviews/{review_id}/file")
    assert "x-evil" not in answer.headers and answer.status_code == 200


def test_what_is_too_large_is_refused_before_it_arrives(opening: Any, short: bytes) -> None:
    desk = opening("--max-upload", "1")
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as line:
        line.sendall(
            b"POST /api/v1/reviews HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000000\r\n\r\n"
        )
        assert line.recv(65536).startswith(b"HTTP/1.1 413")
    piece = b"x" * 65536

    def endless() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(400):
            yield piece

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    try:
        status = desk.client.post("/reviews", content=endless(), headers=kind).status_code
    except httpx.TransportError:  # it hung up while we still sent
        status = 413
    assert status == 413
    try:
        status = desk.client.post("/session", content=b" " * 1_000_001).status_code
    except httpx.TransportError:  # it hung up while we still sent
        status = 413
    assert status == 413
    assert list((desk.data / "incoming").iterdir()) == []
    assert desk.upload(("a.txt", short))["accepted"]


def test_a_zip_bomb_is_refused(desk: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for n in range(12):
            archive.writestr(f"{n}.txt", b"0" * 40_000_000)
    receipt = desk.upload(("bomb.zip", out.getvalue()))
    done = [desk.finished(each["id"])["work"] for each in receipt["accepted"]]
    assert receipt["refused"] and "done" not in done
    assert list((desk.data / "incoming").iterdir()) == []


def test_one_who_dawdles_is_cut_off_and_holds_up_nobody(desk: Any) -> None:
    slow = [socket.create_connection(("127.0.0.1", desk.port), timeout=40) for _ in range(50)]
    for line in slow:
        line.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    assert desk.client.get("/health").status_code == 200
    end = time.monotonic() + 40
    slow[0].settimeout(40)
    assert slow[0].recv(10) == b"" and time.monotonic() < end  # closed by the server, without an answer
    for line in slow:
        line.close()


def test_a_head_without_end_is_refused(desk: Any) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000)
        assert line.recv(65536).startswith(b"HTTP/1.1 400")


def test_the_log_holds_no_words_of_a_report(desk: Any, report: bytes) -> None:
    desk.reviewed(report + b"log", "机密名称.txt")
    desk.finished(desk.upload(("坏名称.pdf", b"%PDF-1.4 broken"))["accepted"][0]["id"])
    said = desk.log.read_text()
    assert "水务局" not in said and "名称" not in said and "Traceback" not in said


def test_the_data_are_for_their_keeper_alone(desk: Any) -> None:
    assert desk.data.stat().st_mode & 0o077 == 0
