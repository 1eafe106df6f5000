"""The chat: questions in, valid answers or named failures out, in the order asked."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from extractor.chat.answers import Hearing, heard, json_in, reason
from extractor.chat.asking import SEED, TEMPERATURE, Asking
from extractor.chat.budget import Meter, Tally
from extractor.chat.modes import Endpoint
from extractor.chat.store import Entry, Store, file_name
from extractor.chat.values import ChatFailed, Question, Reply, Usage
from extractor.chat.wire import Sleep, Wire, host_kind
from extractor.redact import Mask

if TYPE_CHECKING:
    from pydantic import BaseModel

    from extractor.prompts import Prompt
    from extractor.settings import Settings

T = TypeVar("T", bound="BaseModel")


class Chat:
    """Questions to the endpoint of the settings; use it as `async with Chat(settings) as chat`.

    `replay` is a folder of kept answers (what `Settings.cache` names): then nothing is sent, and a question not in it fails
    as "unreachable". `sleep` waits between attempts; tests give one that does not.
    """

    def __init__(
        self, settings: Settings, *, replay: Path | None = None, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.model, self.host_kind = settings.model, host_kind(settings)
        self.temperature, self.seed = TEMPERATURE, SEED
        self._settings, self._offline = settings, replay is not None
        self._store = Store(replay or settings.cache_folder, read_only=replay is not None)
        self._meter = Meter(settings)
        self._wire = Wire(settings, self._meter, sleep)
        self._endpoint = Endpoint(settings, self._wire, self._store)
        self._slots = asyncio.Semaphore(settings.model_concurrency)
        self._hidden: set[tuple[str, str]] = set()

    async def __aenter__(self) -> Self:
        for name in (
            "instructor",
            "openai",
            "httpx2",
        ):  # their words are for programmers, and may quote what was sent
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._wire.close()

    @property
    def usage(self) -> Usage:
        """What everything asked so far has used."""
        return self._meter.used

    @property
    def mode(self) -> str | None:
        """The form of structured output the endpoint takes; None before anything was sent."""
        return self._endpoint.mode

    @property
    def masked(self) -> dict[str, int]:
        """How many different persons, numbers … were hidden from the model, by kind."""
        return dict(sorted(Counter(kind for kind, _ in self._hidden).items()))

    async def ask(
        self,
        prompt: Prompt,
        answer: type[T],
        *,
        key: str,
        check: Callable[[T], None] | None = None,
        mask: Mask | None = None,
        most: int | None = None,
    ) -> Reply[T]:
        """The reply to one question (see `Question`); ChatFailed when there is none."""
        return await self._answer(Question(prompt, answer, key, check, mask, most))

    async def ask_all(self, questions: Sequence[Question]) -> list[Reply[Any] | ChatFailed]:
        """A reply or a failure for each question, in their order, some at a time; one that fails stops no other."""
        return await asyncio.gather(*map(self._either, questions))

    async def _either(self, question: Question) -> Reply[Any] | ChatFailed:
        try:
            return await self._answer(question)
        except ChatFailed as failure:
            return failure

    async def _answer(self, question: Question) -> Reply[Any]:
        mask = question.mask or Mask()
        prompt = question.prompt._replace(user=mask.hide(question.prompt.user))
        self._hidden.update(mask.hidden_in(prompt.user))
        most = min(question.most or self._settings.model_tokens, self._settings.model_tokens)
        about = {"model": self.model, "temperature": TEMPERATURE, "seed": SEED, "max_tokens": most}
        name = file_name(prompt, question.answer, about)
        hearing = Hearing(mask, question.check)
        entry = self._store.entry(name)
        if entry is not None and (reply := self._known(entry, question, hearing)):
            return reply
        if self._offline:
            raise ChatFailed("unreachable", "没有录下的回答", key=question.key)
        async with self._slots:
            asking = Asking(self._wire, self._endpoint, self.model, most, hearing, Tally())
            try:
                value, mode = await asking.run(prompt, question.answer)
            except ChatFailed as failure:
                if failure.kind in ("bad_answer", "too_long") and asking.said:
                    self._keep(name, prompt, question.key, asking, cut=failure.kind == "too_long")
                raise ChatFailed(
                    failure.kind, failure.detail, key=question.key, usage=asking.tally.used
                ) from None
            self._keep(name, prompt, question.key, asking, data=hearing.data)
            return Reply(value, asking.tally.used, False, mode)

    def _keep(self, name: str, prompt: Prompt, key: str, asking: Asking, **what: Any) -> None:
        """Put the outcome of an asking on disk."""
        said = () if "data" in what else tuple(asking.said)
        entry = Entry(
            asking.mode, said=said, input_tokens=asking.tally.used.input_tokens, output_tokens=asking.tally.used.output_tokens, **what
        )  # fmt: skip
        self._store.keep(name, prompt, key, entry)

    def _known(self, entry: Entry, question: Question, hearing: Hearing) -> Reply[Any] | None:
        """The reply of an answer on disk; None when what was accepted once no longer is, so that it is asked anew.

        An answer that was refused is refused again without a call: the same model would give it again.
        """
        from pydantic import ValidationError

        refused = entry.data is None
        kind = heard(question.answer)
        why = ""
        with hearing.open():
            for text in entry.said if refused else ("",):
                try:
                    made = (
                        kind.model_validate_json(json_in(text))
                        if refused
                        else kind.model_validate(entry.data)
                    )
                except ValidationError as error:
                    why = reason(error)
                    continue
                value = question.answer.model_validate(made.model_dump(by_alias=True))
                return Reply(value, self._meter.found(), True, entry.mode)
        if not refused and not self._offline:
            return None
        raise ChatFailed(
            "too_long" if entry.cut else "bad_answer", why, key=question.key, usage=self._meter.found()
        )
