"""The child process that parses untrusted files: it reads requests, calls one parser, and answers.

A request is a line of JSON with the parser, the file's name, its limits and the length of the file, then the file.
An answer is the length of its body in eight bytes, then the body: JSON, or a picture's own bytes. The process ends when its input does.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import BinaryIO

from extractor.document import Document
from extractor.errors import DamagedInput, InputError, TooLarge
from extractor.load.wire import pack, pack_error
from extractor.settings import Settings

LENGTH = 8
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
        _limit(request["megabytes"])
        body = _answer(request["parser"], data, request["file_name"], settings, request["options"])
        answers.write(len(body).to_bytes(LENGTH, "big") + body)
        answers.flush()


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


def _limit(megabytes: int) -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:  # Windows has no such limit; the time limit of the parent holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    main()
