"""One review's conversation with a model: questions go out together, every chunk gets a status, every prompt its hash."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from extractor.records import replace
from extractor.review import ChunkStatus

if TYPE_CHECKING:
    from extractor.chat import ChatFailed, Question, Reply, Usage
    from extractor.redact import Mask


class Asker(Protocol):
    """What `chat.Chat` offers, and what a test may offer in its place."""

    model: str
    host_kind: str
    temperature: float
    seed: int

    @property
    def usage(self) -> Usage:
        """What everything asked so far has used."""
        ...

    async def ask_all(self, questions: Sequence[Question]) -> list[Reply[Any] | ChatFailed]:
        """A reply or a failure for each question, in order."""
        ...


T = TypeVar("T")
Connect = Callable[[], AbstractAsyncContextManager[Any]]


class Conversation:
    """A connection that opens with the first question; failures stay with their chunk and never raise."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._runner: asyncio.Runner | None = None
        self._context: AbstractAsyncContextManager[Any] | None = None
        self.chat: Asker | None = None
        self.chunks: list[ChunkStatus] = []
        self.dropped: list[str] = []
        self.prompts: dict[str, str] = {}
        self._cut: set[str] = set()
        self._text = ""
        self._mask: Mask | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            try:
                if self._context is not None:
                    _beside(partial(self._runner.run, self._context.__aexit__(kind, error, trace)))
            finally:
                _beside(self._runner.close)

    def about(self, text: str) -> None:
        """Whoever is named anywhere in `text`, the whole report, is hidden in every question asked from now on."""
        self._text, self._mask = text, None

    def ask(self, questions: Sequence[Question]) -> list[Any | None]:
        """The valid answers in the order of the questions, None for one that failed; `chunks` says why."""
        if not questions:
            return []
        chat, runner, mask = self._open()
        masked = [question._replace(mask=mask) for question in questions]
        out: list[Any | None] = []
        for question, reply in zip(
            questions, _beside(partial(runner.run, chat.ask_all(masked))), strict=True
        ):
            name, _, digest = question.prompt.id.partition(":")
            self.prompts[name] = digest
            if isinstance(reply, Exception):
                if reply.kind == "too_long":
                    self._cut.add(question.key)
                self.chunks.append(ChunkStatus(id=question.key, status="failed", error=str(reply)))
                out.append(None)
            else:
                self.chunks.append(ChunkStatus(id=question.key, status="done"))
                out.append(reply.value)
        return out

    def was_cut(self, chunk: str) -> bool:
        """Whether the answer to a chunk did not fit; the chunk is then told as split, its halves stand for it."""
        if chunk not in self._cut:
            return False
        self.chunks = [
            replace(each, status="split", error=None) if each.id == chunk else each for each in self.chunks
        ]
        return True

    def withhold(self, chunk: str, reason: str) -> None:
        """Note a chunk that was not sent, and why."""
        self.chunks.append(ChunkStatus(id=chunk, status="withheld", error=reason))

    def drop(self, chunk: str, refused: Sequence[str]) -> None:
        """Note what of an answer was not believed."""
        self.dropped += [f"{chunk}：{reason}" for reason in refused]

    @property
    def failures(self) -> tuple[ChunkStatus, ...]:
        """The chunks without an answer."""
        return tuple(chunk for chunk in self.chunks if chunk.status == "failed")

    def _open(self) -> tuple[Asker, asyncio.Runner, Mask]:
        if self._mask is None:
            from extractor.redact import Mask  # noqa: PLC0415 - only where something is sent

            self._mask = Mask(self._text)
        if self.chat is None or self._runner is None:
            self._runner = asyncio.Runner()
            self._context = self._connect()
            self.chat = _beside(partial(self._runner.run, self._context.__aenter__()))
        return self.chat, self._runner, self._mask


def _beside(work: Callable[[], T]) -> T:
    """What `work` gives, done in a thread of its own where this one already runs a loop: a notebook, a server."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only beside another loop

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()
