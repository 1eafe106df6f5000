"""Asking one question: the form the endpoint takes, the answer checked, the question put again with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.chat.answers import Hearing, heard, json_in, reason
from extractor.chat.budget import Tally
from extractor.chat.modes import FORMS, Endpoint
from extractor.chat.values import ChatFailed
from extractor.chat.wire import FormRefused, Wire, length
from extractor.redact import Mask

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion
    from pydantic import BaseModel

    from extractor.prompts import Prompt

REASKS = 2  # times a question is put again when the answer will not do
TEMPERATURE, SEED = 0.0, 7


class Asking:
    """One question under way: `said` holds what the model said, `tally` what that took."""

    def __init__(
        self, wire: Wire, endpoint: Endpoint, model: str, most: int, hearing: Hearing, tally: Tally
    ) -> None:
        self._wire, self._endpoint, self._hearing = wire, endpoint, hearing
        self._model, self._most = model, most
        self.said: list[str] = []
        self.tally = tally
        self.mode = ""

    async def run(self, prompt: Prompt, answer: type[BaseModel]) -> tuple[Any, str]:
        """(the valid answer, the mode it came in); ChatFailed when there is none."""
        refusal, forms = "", await self._endpoint.modes(self._try_form, answer)
        for self.mode in forms:
            try:
                value = await self._ask(self.mode, prompt.system, prompt.user, answer, REASKS)
            except FormRefused as error:
                refusal = str(error)
                continue
            self._endpoint.took(answer, self.mode)
            return value, self.mode
        raise ChatFailed("refused", refusal)

    async def _try_form(self, mode: str, system: str, user: str, answer: type[BaseModel]) -> None:
        """Ask a question of the endpoint's own, once; what it takes counts as this question's."""
        trial = Asking(self._wire, self._endpoint, self._model, self._most, Hearing(Mask(), None), self.tally)
        await trial._ask(mode, system, user, answer, 0)

    async def _ask(self, mode: str, system: str, user: str, answer: type[BaseModel], reasks: int) -> Any:
        """The valid answer in one form of structured output."""
        import instructor
        from instructor.core import InstructorRetryException

        create: Any = instructor.patch(create=self._send, mode=instructor.Mode[FORMS[mode]])
        self.said = []
        try:
            with self._hearing.open():
                value = await create(
                    response_model=heard(answer),
                    max_retries=reasks,
                    strict=False,
                    messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
                    model=self._model,
                    temperature=TEMPERATURE,
                    seed=SEED,
                    max_tokens=self._most,
                )
        except InstructorRetryException as error:
            cause = error.__cause__
            if isinstance(cause, ChatFailed | FormRefused):
                raise cause from None
            raise ChatFailed("bad_answer", reason(cause or error)) from None
        return answer.model_validate(value.model_dump(by_alias=True))

    async def _send(self, **body: Any) -> ChatCompletion:
        """One completion over the wire, nothing of it unmasked, its text reduced to the JSON in it."""
        body["messages"] = [self._masked(message) for message in body["messages"]]
        completion = await self._wire.send(body, self.tally)
        choice = completion.choices[0]
        calls = choice.message.tool_calls or []
        text = (
            calls[0].function.arguments
            if calls and calls[0].type == "function"
            else choice.message.content or ""
        )
        self.said.append(text)
        self._wire.meter.answered(completion.usage, length(body["messages"]), len(text), self.tally)
        if choice.finish_reason == "length":
            raise ChatFailed("too_long", f"{self._most} token")
        if choice.finish_reason == "content_filter" or choice.message.refusal:
            raise ChatFailed("refused", "内容被服务方的审查拦下")
        if not calls:
            choice.message.content = json_in(text)
        return completion

    def _masked(self, message: Any) -> Any:
        """A message with what the mask knows hidden: a reason for asking again quotes the restored answer."""
        if message["role"] == "system" or not isinstance(message.get("content"), str):
            return message
        return {**message, "content": self._hearing.mask.cover(message["content"])}
