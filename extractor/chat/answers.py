"""From what a model said to a valid answer: the JSON in its text, hidden things restored, the asker's check passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractor.patterns import lazy

if TYPE_CHECKING:
    from pydantic import BaseModel

    from extractor.redact import Mask

_THOUGHT = lazy(r"^.*</think>", 16)  # re.S; what a reasoning model thought aloud is no answer
_FENCED = lazy(r"```(?:json)?\s*(\{.*\})\s*```", 16)


class Hearing:
    """One question's ears: `data` is the last JSON heard, as the model said it."""

    def __init__(self, mask: Mask, check: Callable[[Any], None] | None) -> None:
        self.mask, self.check, self.data = mask, check, None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Within it, whatever is validated by a `heard` class is validated for this question."""
        token = _HEARING.set(self)
        try:
            yield
        finally:
            _HEARING.reset(token)


_HEARING: ContextVar[Hearing] = ContextVar("hearing")


@lru_cache(maxsize=64)
def heard(answer: type[BaseModel]) -> type[BaseModel]:
    """`answer` with the open hearing's mask taken off before, and its check made after; a check's ValueError refuses the answer."""
    import instructor
    from pydantic import create_model, model_validator

    def restore(_: type[BaseModel], data: Any) -> Any:
        hearing = _HEARING.get()
        hearing.data = data
        return hearing.mask.shown(data)

    def check(self: BaseModel) -> BaseModel:
        hearing = _HEARING.get()
        if hearing.check is not None:
            hearing.check(self)
        return self

    # pydantic's own types of these decorators fit only the body of a class
    before: Any = model_validator(mode="before")
    after: Any = model_validator(mode="after")
    made: type[BaseModel] = create_model(
        answer.__name__,
        __base__=answer,
        __doc__=answer.__doc__,
        __module__=answer.__module__,
        __validators__={
            "restore_hidden": before(classmethod(restore)),
            "check_answer": after(check),
        },
    )
    prepared: type[BaseModel] = instructor.response_schema(made)
    return prepared


def json_in(text: str) -> str:
    """The JSON object that `text` holds, without thoughts, fences and words around it; `text` when it holds none."""
    said = _THOUGHT.sub("", text, count=1)
    if fenced := _FENCED.search(said):
        return fenced[1]
    start, end = said.find("{"), said.rfind("}")
    return said[start : end + 1] if 0 <= start < end else said


def reason(error: BaseException) -> str:
    """Why an answer was refused, in a few words: where and what, without the values."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return str(error).split("\n", 1)[0][:120]
    found = [
        f"{'.'.join(map(str, each['loc'])) or '回答'}: {each['msg']}"[:120]
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return "; ".join(found[:3]) + (f" …（共 {len(found)} 处）" if len(found) > 3 else "")
