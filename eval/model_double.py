"""A model that is none: it answers each question by a function, and its answers are checked as the real chat checks them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from extractor.chat import ChatFailed, Question, Reply, Usage

Answer = Callable[[Question], Any]


class Double:
    """Stands in for `Chat`: `asked` keeps the questions; an answer that will not do fails as `bad_answer`."""

    host_kind, temperature, seed, mode, model = "local", 0.0, 7, "json_schema", "double"

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.asked: list[Question] = []

    async def __aenter__(self) -> Self:
        """Nothing to open."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to close."""

    @property
    def usage(self) -> Usage:
        """One call a question."""
        return Usage(calls=len(self.asked))

    async def ask_all(self, questions: Sequence[Question]) -> list[Reply[Any] | ChatFailed]:
        """A reply or a failure for each question."""
        return [self._one(question) for question in questions]

    def _one(self, question: Question) -> Reply[Any] | ChatFailed:
        self.asked.append(question)
        said = self._answer(question)
        if isinstance(said, ChatFailed):
            return said
        try:
            value = (
                question.answer.model_validate_json(said)
                if isinstance(said, str)
                else question.answer.model_validate(said)
            )
            if question.check is not None:
                question.check(value)
        except (ValidationError, ValueError) as error:
            return ChatFailed("bad_answer", str(error)[:80], key=question.key)
        return Reply(value, Usage(calls=1), False, self.mode)


def connect(double: Double) -> Callable[[], AbstractAsyncContextManager[Any]]:
    """What `pipeline.review` takes as `connect`."""
    return lambda: double
