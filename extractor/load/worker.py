"""The child process that parses untrusted files: it reads requests, calls one parser, and answers.

A request is a line of JSON with the parser, the file's name, its limits and the length of the file, then the file.
An answer is the length of its body in eight bytes, a byte that says whether the process ends now, then the body: JSON, or a
picture's own bytes; before it, `PAGE_READ` for every page read from a picture. The process ends when its input does, and after a file that left it with much memory.
"""

from __future__ import annotations

import json
import os
import sys
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from extractor.document import Document
from extractor.errors import DamagedInput, InputError, TooLarge
from extractor.load.progress import listen
from extractor.load.wire import pack, pack_error
from extractor.settings import Settings

LENGTH = 8
PAGE_READ = b"\xff" * (
    LENGTH + 1
)  # in the place of an answer's head: a page was read from a picture, the answer is to come
_MOST_HELD = 800_000_000  # bytes kept after a file; a fresh process needs a tenth
_GRACE = 10  # seconds
_RESAVE = "请用原程序重新打开，另存后再提交；或另存为纯文本（.txt）"


def main() -> None:
    """Serve until the parent closes the pipe; whatever a parser prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer every request in turn."""
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        settings = Settings(max_characters=request["max_characters"])
        _limit(request["megabytes"], request["seconds"])
        listen(partial(_page_read, answers, request["megabytes"], request["seconds"]))
        body = _answer(request["parser"], data, request["file_name"], settings, request["options"])
        spent = _held() > _MOST_HELD
        answers.write(len(body).to_bytes(LENGTH, "big") + bytes((spent,)) + body)
        answers.flush()
        if spent:
            return


def _answer(parser: str, data: bytes, file_name: str, settings: Settings, options: dict[str, int]) -> bytes:
    module, _, function = parser.partition(":")
    # Written before it is needed: when memory is gone there is none to say so.
    no_memory = pack_error(TooLarge(file_name, "解析这个文件需要的内存超过上限", _RESAVE))
    try:
        made: Document | bytes = getattr(import_module(module), function)(
            data, file_name, settings, **options
        )
        return made if isinstance(made, bytes) else pack(made)
    except InputError as error:
        return pack_error(error)
    except MemoryError:
        return no_memory
    except RecursionError:
        return pack_error(DamagedInput(file_name, "文件内部嵌套过深", _RESAVE))


def _limit(megabytes: int, seconds: int) -> None:
    """Bound the memory of this process, and its time should nobody be left to end it, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:  # Windows has no such limits; the time limit of the parent holds there
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = megabytes << 20
    resource.setrlimit(
        resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
    )
    most = int(time.process_time()) + seconds * (os.cpu_count() or 1) + _GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _page_read(answers: BinaryIO, megabytes: int, seconds: int) -> None:
    """Tell the parent, and take the time of a whole file for the next page."""
    answers.write(PAGE_READ)
    answers.flush()
    _limit(megabytes, seconds)


def _held() -> int:
    """The bytes of memory this process holds; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
