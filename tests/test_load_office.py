"""Old formats through LibreOffice: what it may not do while it converts a file that nobody trusts."""

from __future__ import annotations

import http.server
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.errors import DamagedInput, TooLarge
from extractor.load import load, office
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


def with_macro(writes: Path) -> bytes:
    """A text document whose macro, when the document is opened, writes a file."""
    names = ["office", "text", "script", "dom", "ooo", "xlink"]
    spaces = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:script:1.0", "http://www.w3.org/2001/xml-events",
        "http://openoffice.org/2004/office", "http://www.w3.org/1999/xlink",
    )  # fmt: skip
    declared = " ".join(f'xmlns:{name}="{space}"' for name, space in zip(names, spaces, strict=True))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {declared} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:scripts><office:script script:language="ooo:Basic"><ooo:libraries><ooo:library-embedded ooo:name="Standard">
<ooo:module ooo:name="Module1"><ooo:source-code>Sub Main
Open "{writes}" For Output As #1
Print #1, "ran"
Close #1
End Sub</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script><office:event-listeners>
<script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:type="simple"
 xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"/>
</office:event-listeners></office:scripts>
<office:body><office:text><text:p>全年支出96.40万元。</text:p></office:text></office:body></office:document>""".encode()


def opened(source: Path, profile: str, until: Path, seconds: float) -> None:
    """Open a document as a user would, with the settings of a profile, until a file appears or the time is over."""
    home = source.parent / f"home{len(profile)}"
    (home / "user").mkdir(parents=True)
    (home / "user" / "registrymodifications.xcu").write_text(profile, encoding="utf-8")
    command = [
        program() or "",
        "--headless",
        "--norestore",
        f"-env:UserInstallation={home.as_uri()}",
        str(source),
    ]
    started = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + seconds
    while not until.exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()


@needs_office
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the office is ended with all it started")
def test_no_macro_of_a_document_runs(tmp_path: Path) -> None:
    written = tmp_path / "written.txt"
    source = tmp_path / "report.fodt"
    source.write_bytes(with_macro(written))
    lax = office._PROFILE.replace("<value>3</value>", "<value>0</value>").replace("true", "false")
    opened(source, lax, written, 90)
    assert written.exists()  # the macro is a real one
    written.unlink()
    opened(source, office._PROFILE, written, 15)
    assert not written.exists()
    for suffix in ("doc", "odt"):
        made = converted(source.read_bytes(), suffix, "docx", "Word 文档", f"报告.{suffix}", SETTINGS)
        assert "96.40" in load(made, SETTINGS, "报告.docx").text
        assert not written.exists()
