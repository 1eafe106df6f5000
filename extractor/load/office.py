"""Formats that only an office suite reads well (.doc, .wps, .rtf, .odt …): LibreOffice turns them into Office Open XML."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from extractor.errors import DamagedInput, TooLarge, UnsupportedInput
from extractor.settings import Settings

_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_RESAVE = "请用 Word 或 WPS 打开，另存为 .docx（表格另存为 .xlsx）后再提交"
_MOST_MADE = 200_000_000
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
# No macro runs, no link is followed: the profile of each conversion says so, and whatever asks for the network all the same
# asks a proxy that is not there.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetNoProxy"><value></value></prop></item>
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
        _run(command, folder, called, file_name, settings)
        made = folder / "out" / f"report.{target}"
        if not made.is_file():
            raise DamagedInput(
                file_name, f"这是{called}，LibreOffice 无法打开它，可能已损坏或设有密码", _RESAVE
            )
        if (size := made.stat().st_size) > _MOST_MADE:
            raise TooLarge(file_name, f"转换后的文件有 {size} 字节，超过上限 {_MOST_MADE} 字节", _RESAVE)
        return made.read_bytes()


def _run(command: list[str], folder: Path, called: str, file_name: str, settings: Settings) -> None:
    """Wait for the program, and end it with everything it started when its time is over."""
    nothing = subprocess.DEVNULL
    environment = None
    if os.name == "posix":
        limits = (str(settings.parse_megabytes), str(settings.parse_seconds))
        command = [sys.executable, "-I", "-m", "extractor.load.limited", *limits, *command]
        # What the user's session knows (keys, proxies, displays) is none of the file's business.
        environment = {"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"}
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is ours, the file is only its input
            command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, env=environment,
            cwd=folder,
        )  # fmt: skip
    except OSError:
        raise UnsupportedInput(file_name, f"这是{called}，本机的 LibreOffice 无法启动", _RESAVE) from None
    try:
        process.wait(settings.parse_seconds)
    except subprocess.TimeoutExpired:
        raise TooLarge(
            file_name, f"LibreOffice 转换超过 {settings.parse_seconds} 秒，已停止", _RESAVE
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it left running."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:  # Windows has no groups of processes
        process.kill()
    process.wait()
