"""Old formats through LibreOffice: what it may not do while it converts a file that nobody trusts."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.errors import DamagedInput, TooLarge
from extractor.load import load
from extractor.load.office import converted, program
from extractor.settings import Settings
from tests.office_maker import p, package, word

SETTINGS = Settings()
needs_office = pytest.mark.skipif(
    program() is None, reason="LibreOffice is not installed, so old formats cannot be converted"
)
_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("text", "text"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("manifest", "manifest"),
    )
)
_NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def odt(body: str) -> bytes:
    """An OpenDocument text."""
    kind = "application/vnd.oasis.opendocument.text"
    entry = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    return package(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<manifest:manifest{_NAMES}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>{entry}</manifest:manifest>',
            "content.xml": f'<office:document-content{_NAMES} office:version="1.3"><office:body><office:text><text:p>正文</text:p>{body}</office:text></office:body></office:document-content>',
        }
    )


class _Portal(http.server.BaseHTTPRequestHandler):
    """Notes who asks."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def portal() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what was asked of it."""
    asked: list[str] = []
    handler = type("Handler", (_Portal,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


@needs_office
def test_no_link_is_followed(tmp_path: Path, portal: tuple[str, list[str]]) -> None:
    address, asked = portal
    secret = tmp_path / "secret.txt"
    secret.write_text("代号红杉", encoding="utf-8")
    frame = '<text:p><draw:frame draw:name="a" svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
    section = '<text:section text:name="{}"><text:section-source xlink:type="simple" xlink:href="{}"/><text:p>段</text:p></text:section>'
    made = odt(
        frame.format(f"{address}/picture.png")
        + section.format("甲", f"{address}/section.txt")
        + section.format("乙", secret.as_uri())
    )
    document = load(made, SETTINGS, "链接.odt")
    assert "正文" in document.text
    assert "红杉" not in document.text
    rtf = (
        r"{\rtf1\ansi {\field{\*\fldinst INCLUDETEXT "
        f'"{secret.as_posix()}"'
        r"}{\fldrslt old}}{\field{\*\fldinst INCLUDEPICTURE "
        f'"{address}/rtf.png"'
        r"}{\fldrslt x}} text\par}"
    )
    assert "红杉" not in load(rtf.encode("gbk"), SETTINGS, "链接.rtf").text
    assert asked == []


@needs_office
def test_the_office_is_bounded_in_memory(tmp_path: Path) -> None:
    old = converted(word(p("正文")), "docx", "doc", "Word 文档", "报告.docx", SETTINGS)
    with pytest.raises(DamagedInput, match="LibreOffice 无法打开"):
        converted(old, "doc", "docx", "Word 文档", "报告.doc", Settings(parse_megabytes=100))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="which processes still run is read from /proc")
@pytest.mark.parametrize("hangs", [True, False])
def test_nothing_is_left_running(hangs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "soffice"
    pid = tmp_path / "pid"
    office.write_text(
        f"#!/bin/sh\nsleep 60 & echo $! > {pid}\n{'wait' if hangs else 'exit 0'}\n", encoding="utf-8"
    )
    office.chmod(0o755)
    monkeypatch.setattr("extractor.load.office.program", lambda: str(office))
    with pytest.raises(TooLarge if hangs else DamagedInput, match="超过 1 秒" if hangs else "无法打开"):
        converted(b"x", "doc", "docx", "Word 文档", "旧.doc", Settings(parse_seconds=1))
    state = Path(f"/proc/{pid.read_text().strip()}/stat")
    deadline = time.monotonic() + 10  # a killed process takes a moment to go
    while state.exists() and state.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not state.exists() or state.read_text().split()[2] == "Z"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the environment of a process is read from /proc")
def test_the_office_knows_nothing_of_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "soffice"
    office.write_text(
        f"#!/bin/sh\nenv > {tmp_path / 'seen'}\nulimit -v >> {tmp_path / 'seen'}\n", encoding="utf-8"
    )
    office.chmod(0o755)
    monkeypatch.setenv("OPENAI_API_KEY", "not-for-files")
    monkeypatch.setattr("extractor.load.office.program", lambda: str(office))
    with pytest.raises(DamagedInput):
        converted(b"x", "doc", "docx", "Word 文档", "旧.doc", Settings(parse_megabytes=700))
    seen = (tmp_path / "seen").read_text()
    assert "not-for-files" not in seen
    assert "HOME=" in seen
    assert seen.endswith(f"\n{700 << 10}\n")
