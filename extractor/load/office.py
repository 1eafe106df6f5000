"""Formats that only an office suite reads well (.doc, .wps, .rtf, .odt …): LibreOffice turns them into Office Open XML."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extractor.errors import DamagedInput, UnsupportedInput
from extractor.settings import Settings

_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_RESAVE = "请用 Word 或 WPS 打开，另存为 .docx（表格另存为 .xlsx）后再提交"
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
# No macro runs, no link is followed: the profile of each conversion says so.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""


def program() -> str | None:
    """Where LibreOffice is installed, None where it is not."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def converted(
    data: bytes, suffix: str, target: str, called: str, file_name: str, settings: Settings
) -> bytes:
    """`data`, a file that ends in `suffix`, as a `target` file; the program has a profile of its own and a time limit."""
    office = program()
    if office is None:
        raise UnsupportedInput(file_name, f"这是{called}，读取它需要安装 LibreOffice", _RESAVE)
    with tempfile.TemporaryDirectory(prefix="extractor-") as room:
        folder = Path(room)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = folder / f"report.{suffix}"
        source.write_bytes(data)
        command = [
            office, *_OPTIONS, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", target,
            "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        _run(command, called, file_name, settings)
        made = folder / "out" / f"report.{target}"
        if not made.is_file():
            raise DamagedInput(
                file_name, f"这是{called}，LibreOffice 无法打开它，可能已损坏或设有密码", _RESAVE
            )
        return made.read_bytes()


def _run(command: list[str], called: str, file_name: str, settings: Settings) -> None:
    """Wait for the program, and end it with everything it started when its time is over."""
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is ours, the file is only its input
            command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError:
        raise UnsupportedInput(file_name, f"这是{called}，本机的 LibreOffice 无法启动", _RESAVE) from None
    try:
        process.wait(settings.parse_seconds)
    except subprocess.TimeoutExpired:
        raise DamagedInput(
            file_name, f"LibreOffice 转换超过 {settings.parse_seconds} 秒，已停止", _RESAVE
        ) from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows has no groups of processes
        process.kill()
    process.wait()
