"""Which form of structured output an endpoint takes: tried out once, remembered on disk."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING

from extractor.chat.values import ChatFailed
from extractor.chat.wire import DEFAULT_URL, FormRefused, Wire

if TYPE_CHECKING:
    from pydantic import BaseModel

    from extractor.chat.store import Store
    from extractor.settings import Settings

# The forms, the tightest first, and what instructor calls them.
FORMS = {"json_schema": "JSON_SCHEMA", "tools": "TOOLS", "json_object": "JSON", "text": "MD_JSON"}
_SYSTEM = "你只按要求的格式回答。"
_USER = "“一加一等于二”，这句话对吗？"
Try = Callable[[str, str, str, "type[BaseModel]"], Awaitable[None]]


class Endpoint:
    """What is known of the endpoint; `mode` is the form it takes, None before the first question."""

    def __init__(self, settings: Settings, wire: Wire, store: Store) -> None:
        about = f"{settings.base_url or DEFAULT_URL}\0{settings.model}"
        self._name = f"endpoints/{hashlib.sha256(about.encode()).hexdigest()[:32]}.json"
        self._wire, self._store, self._probing = wire, store, asyncio.Lock()
        self._took: dict[type[BaseModel], str] = {}
        self.mode: str | None = None

    async def modes(self, attempt: Try, answer: type[BaseModel]) -> list[str]:
        """The forms to ask for `answer` in, the best first."""
        async with self._probing:
            if self.mode is None:
                self.mode = self._remembered() or await self._probe(attempt)
        best = self._took.get(answer, self.mode)
        forms = list(FORMS)
        return forms[forms.index(best) :]

    def took(self, answer: type[BaseModel], mode: str) -> None:
        """Remember for this run that the endpoint took this answer's schema in this form."""
        if mode != self.mode:
            self._took[answer] = mode

    def _remembered(self) -> str | None:
        known = self._store.read(self._name) or {}
        mode, without = known.get("mode"), known.get("without")
        if mode not in FORMS or not isinstance(without, list):
            return None
        self._wire.without |= {name for name in without if isinstance(name, str)}
        return str(mode)

    async def _probe(self, attempt: Try) -> str:
        """The first form in which a small question is answered as its schema says, which the question does not."""
        kind, refusals = _probe_answer(), []
        for mode in FORMS:
            try:
                await attempt(mode, _SYSTEM, _USER, kind)
            except FormRefused as refusal:
                refusals.append(str(refusal))
                continue
            except ChatFailed as failure:
                if failure.kind not in ("bad_answer", "too_long"):
                    raise
                continue
            self._store.write(self._name, {"mode": mode, "without": sorted(self._wire.without)})
            return mode
        if len(refusals) == len(FORMS):
            raise ChatFailed("refused", refusals[-1])
        return "text"


@cache
def _probe_answer() -> type[BaseModel]:
    from typing import Literal

    from pydantic import BaseModel, ConfigDict

    class Verdict(BaseModel):
        """对一句话的判断。"""

        model_config = ConfigDict(extra="forbid")
        verdict: Literal["right", "wrong"]
        topic: Literal["sum", "order"]  # short: a small model on a laptop writes a word in seconds

    return Verdict
