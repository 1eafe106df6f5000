"""Untrusted files are parsed in a child process with limits on time, memory and answer; it is kept for the next file."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

from extractor.document import Document
from extractor.errors import DamagedInput, TooLarge
from extractor.load.wire import unpack
from extractor.load.worker import LENGTH
from extractor.settings import Settings

_ANSWER_PER_CHARACTER = 400  # bytes: text, cells and word boxes of one character, generously
_RESAVE = "请用原程序重新打开，另存后再提交；或另存为纯文本（.txt）"
_PNG = b"\x89PNG"
_COMMAND = (sys.executable, "-I", "-m", "extractor.load.worker")


class Child:
    """One parser process, started at the first file and again after one that broke it."""

    def __init__(self, command: Sequence[str] = _COMMAND) -> None:
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()

    def parse(self, parser: str, data: bytes, file_name: str, settings: Settings) -> Document:
        """The Document that `parser` ("module:function") makes of `data`, or the `InputError` that says why not."""
        body = self.ask(parser, data, file_name, settings)
        try:
            return unpack(body, file_name)
        except ValueError:
            raise DamagedInput(file_name, "文件解析的结果无效", _RESAVE) from None

    def ask(self, parser: str, data: bytes, file_name: str, settings: Settings, **options: int) -> bytes:
        """What the worker answers: a packed document or refusal, or the bytes that the function itself returns."""
        request = json.dumps({
            "parser": parser, "file_name": file_name, "size": len(data), "options": options,
            "max_characters": settings.max_characters, "megabytes": settings.parse_megabytes,
        }).encode()  # fmt: skip
        with self.lock:
            process = self._running()
            late = threading.Event()
            timer = threading.Timer(settings.parse_seconds, self._stop, (process, late))
            timer.start()
            try:
                return _exchange(process, request + b"\n" + data, settings)
            except (OSError, EOFError):
                self.close()
                if late.is_set():
                    reason = f"解析超过 {settings.parse_seconds} 秒，已停止"
                    raise TooLarge(
                        file_name, reason, "请拆成几个文件分别提交，或调高 EXTRACTOR_PARSE_SECONDS"
                    ) from None
                raise DamagedInput(file_name, "文件内容使解析程序中断", _RESAVE) from None
            except OverflowError:
                self.close()
                raise TooLarge(file_name, "文件解开后的内容超过上限", "请拆成几个文件分别提交") from None
            finally:
                timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self.process

    @staticmethod
    def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
        late.set()
        process.kill()

    def close(self) -> None:
        """End the process; the next file starts a fresh one."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.communicate()


def _exchange(process: subprocess.Popen[bytes], request: bytes, settings: Settings) -> bytes:
    """Send a request and read its answer; EOFError when the process ends first, OverflowError when it says too much."""
    pipe_in: Any = process.stdin
    pipe_out: Any = process.stdout
    pipe_in.write(request)
    pipe_in.flush()
    head = pipe_out.read(LENGTH)
    if len(head) < LENGTH:
        raise EOFError
    size = int.from_bytes(head, "big")
    if size > settings.max_characters * _ANSWER_PER_CHARACTER:
        raise OverflowError
    body: bytes = pipe_out.read(size)
    if len(body) < size:
        raise EOFError
    return body


_child = Child()
atexit.register(_child.close)


def isolated(parser: str, data: bytes, file_name: str, settings: Settings) -> Document:
    """`Child.parse` in the one child of this process."""
    return _child.parse(parser, data, file_name, settings)


def drawn(drawer: str, data: bytes, file_name: str, settings: Settings, **options: int) -> bytes:
    """The PNG that `drawer` ("module:function") makes of `data` in that child, or the `InputError` that says why not."""
    body = _child.ask(drawer, data, file_name, settings, **options)
    if not body.startswith(_PNG):
        unpack(body, file_name)
        raise DamagedInput(file_name, "页面无法画出", _RESAVE)
    return body
