"""Answers on disk: a question asked before is answered from there, and a folder of them replays a run without a model."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pydantic import BaseModel

    from extractor.prompts import Prompt

_MOST = 4_000_000  # bytes of one entry; nothing we wrote is longer


class Entry(NamedTuple):
    """What the model said, before anything hidden was restored: the accepted `data`, or every refused text in `said`."""

    mode: str
    data: Any = None
    said: tuple[str, ...] = ()
    cut: bool = False  # the last text ended at the length limit
    input_tokens: int = 0
    output_tokens: int = 0


class Store:
    """Entries by digest in one folder; None as folder keeps nothing. What cannot be read or written is as if it were not there."""

    def __init__(self, folder: Path | None, *, read_only: bool = False) -> None:
        self._folder, self._read_only = folder, read_only

    def read(self, name: str) -> dict[str, Any] | None:
        """The object in file `name`, None when there is none or it is damaged."""
        if self._folder is None:
            return None
        path = self._folder / name
        with suppress(OSError, ValueError, RecursionError):
            if path.stat().st_size <= _MOST:
                content = json.loads(path.read_text(encoding="utf-8"))
                return content if isinstance(content, dict) else None
        return None

    def write(self, name: str, content: dict[str, Any]) -> None:
        """Put the object into file `name`, whole or not at all, for this user alone."""
        if self._folder is None or self._read_only:
            return
        text = json.dumps(content, ensure_ascii=False, indent=1)
        path = self._folder / name
        with suppress(
            OSError, UnicodeEncodeError
        ):  # a full disk costs the next run some calls, not this run its result
            for folder in (self._folder, path.parent):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, part = tempfile.mkstemp(dir=path.parent, prefix=".part-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text + "\n")
                Path(part).replace(path)
            except BaseException:
                Path(part).unlink(missing_ok=True)
                raise

    def entry(self, name: str) -> Entry | None:
        """The answer in file `name`."""
        found = self.read(name)
        if found is None or set(found) != {"prompt", "key", *Entry._fields}:
            return None
        said, numbers = found["said"], (found["input_tokens"], found["output_tokens"])
        texts = isinstance(said, list) and all(isinstance(text, str) for text in said)
        whole = all(type(number) is int for number in numbers)
        if not (texts and whole and isinstance(found["mode"], str) and isinstance(found["cut"], bool)):
            return None
        return Entry(found["mode"], found["data"], tuple(said), found["cut"], *numbers)

    def keep(self, name: str, prompt: Prompt, key: str, entry: Entry) -> None:
        """Put the answer into file `name`; the prompt and the asker's key are for people who look into the folder."""
        self.write(name, {"prompt": prompt.id, "key": key, **entry._asdict()})


def file_name(prompt: Prompt, answer: type[BaseModel], about: dict[str, Any]) -> str:
    """The file of a question: the same for the same model, prompt, text, schema and options, at whatever endpoint."""
    whole = {
        "prompt": [prompt.name, prompt.version, prompt.hash, prompt.system, prompt.user],
        "schema": answer.model_json_schema(),
        **about,
    }
    text = json.dumps(whole, ensure_ascii=True, sort_keys=True)
    return f"{prompt.name}-{hashlib.sha256(text.encode()).hexdigest()[:32]}.json"
