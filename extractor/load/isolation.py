"""Untrusted files are parsed in child processes with limits on time, memory and answer; each is kept for the next file."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from extractor.document import Document
from extractor.errors import DamagedInput, TooLarge
from extractor.load.wire import unpack
from extractor.load.worker import LENGTH, PAGE_READ
from extractor.settings import Settings

_ANSWER_PER_CHARACTER = 400  # bytes: text, cells and word boxes of one character, generously
_LEAST_ANSWER = 100_000  # a refusal, whatever the limits
_RESAVE = "请用原程序重新打开，另存后再提交；或另存为纯文本（.txt）"
_PNG = b"\x89PNG"
_COMMAND = (sys.executable, "-I", "-m", "extractor.load.worker")


class _Patience:
    """Ends a process that takes too long; every page read from a picture gives it the whole time again."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: int) -> None:
        self.process, self.seconds = process, seconds
        self.pages = 0
        self.lost = False
        self._begin()

    def _begin(self) -> None:
        self.timer = threading.Timer(self.seconds, self._lose)
        self.timer.daemon = True
        self.timer.start()

    def _lose(self) -> None:
        self.lost = True
        self.process.kill()

    def page(self) -> None:
        """A page was read."""
        self.pages += 1
        self.timer.cancel()
        self._begin()

    def end(self) -> None:
        """The process has answered, or is no more."""
        self.timer.cancel()

    @property
    def reason(self) -> str:
        """Why the process was ended."""
        if self.pages:
            return f"识别完 {self.pages} 页扫描件后，下一页超过 {self.seconds} 秒仍未完成，已停止"
        return f"解析超过 {self.seconds} 秒，已停止"


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
            "seconds": settings.parse_seconds,
        }).encode()  # fmt: skip
        with self.lock:
            process = self._running()
            patience = _Patience(process, settings.parse_seconds)
            try:
                body, spent = _exchange(process, request + b"\n" + data, settings, patience)
                if spent:
                    self.close()
                return body
            except (OSError, EOFError):
                self.close()
                if patience.lost:
                    remedy = "请拆成几个文件分别提交，或调高 EXTRACTOR_PARSE_SECONDS"
                    raise TooLarge(file_name, patience.reason, remedy) from None
                raise DamagedInput(file_name, "文件内容使解析程序中断", _RESAVE) from None
            except OverflowError:
                self.close()
                raise TooLarge(file_name, "文件解开后的内容超过上限", "请拆成几个文件分别提交") from None
            except (
                BaseException
            ):  # interrupted between question and answer: the next file must not get this one's
                self.close()
                raise
            finally:
                patience.end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self.process

    def close(self) -> None:
        """End the process; the next file starts a fresh one."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.communicate()


def _exchange(
    process: subprocess.Popen[bytes], request: bytes, settings: Settings, patience: _Patience
) -> tuple[bytes, bool]:
    """Send a request; its answer and whether the process ends now. EOFError when it ends first, OverflowError when it says too much."""
    pipe_in: Any = process.stdin
    pipe_out: Any = process.stdout
    pipe_in.write(request)
    pipe_in.flush()
    head = pipe_out.read(LENGTH + 1)
    while head == PAGE_READ:
        patience.page()
        head = pipe_out.read(LENGTH + 1)
    if len(head) < LENGTH + 1:
        raise EOFError
    size = int.from_bytes(head[:LENGTH], "big")
    if size > settings.max_characters * _ANSWER_PER_CHARACTER + _LEAST_ANSWER:
        raise OverflowError
    body: bytes = pipe_out.read(size)
    if len(body) < size:
        raise EOFError
    return body, head[LENGTH] != 0


class Children:
    """As many parser processes as there are files parsed at once; an idle one takes the next file."""

    def __init__(self) -> None:
        self.idle: list[Child] = []
        self._elsewhere: list[Child] = []

    @contextmanager
    def one(self) -> Iterator[Child]:
        """A child for one file."""
        try:
            child = self.idle.pop()
        except IndexError:
            child = Child()
        try:
            yield child
        finally:
            self.idle.append(child)

    def close(self) -> None:
        """End them all."""
        while self.idle:
            self.idle.pop().close()

    def forget(self) -> None:
        """Leave them to the process this one was forked from: two that ask one child get each other's answers."""
        self._elsewhere += self.idle
        self.idle.clear()


_children = Children()
atexit.register(_children.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_children.forget)


def isolated(parser: str, data: bytes, file_name: str, settings: Settings) -> Document:
    """`Child.parse` in a child of this process."""
    with _children.one() as child:
        return child.parse(parser, data, file_name, settings)


def drawn(drawer: str, data: bytes, file_name: str, settings: Settings, **options: int) -> bytes:
    """The PNG that `drawer` ("module:function") makes of `data` in a child, or the `InputError` that says why not."""
    with _children.one() as child:
        body = child.ask(drawer, data, file_name, settings, **options)
    if not body.startswith(_PNG):
        unpack(body, file_name)
        raise DamagedInput(file_name, "页面无法画出", _RESAVE)
    return body
