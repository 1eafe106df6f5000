"""One HTTP call to an endpoint: what it may take, how long, how often it is tried again, and what its failures mean."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from extractor.chat.values import ChatFailed, Kind
from extractor.patterns import lazy

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI
    from openai.types.chat import ChatCompletion
    from tenacity import RetryCallState

    from extractor.chat.budget import Meter, Tally
    from extractor.settings import Settings

MOST_BYTES = 2_000_000  # of one HTTP answer; the longest honest one is a tenth of it
MOST_PACKED = (
    40_000  # of one that comes compressed, which we do not ask for: it may unpack to a thousand times as much
)
CONNECT_SECONDS = 10
LONGEST_WAIT = 60.0  # seconds; an endpoint that asks for more is not waited for
# How often one request is sent in all when it ends so; everything else is sent once.
ATTEMPTS: dict[Kind, int] = {"rate_limited": 5, "server": 3, "unreachable": 3, "timeout": 2}
BROKEN_AFTER = 3  # requests in a row that failed after all their attempts: nothing more is sent
DEFAULT_URL = "https://api.openai.com/v1"
_TOO_LONG = lazy(
    r"context.{0,20}(?:length|size|window)|maximum context|too many tokens|input.{0,20}too long", re.I
)
_NO_MONEY = lazy(r"insufficient|quota|balance|billing|余额|欠费", re.I)
_FORM = lazy(r"response_format|json_schema|json_object|schema|grammar|structured|tool|function", re.I)
_KEY = lazy(r"\bsk-[\w*-]+")
_OPTIONS = ("temperature", "seed", "max_tokens")
Sleep = Callable[[float], Awaitable[None]]


class FormRefused(Exception):
    """The endpoint does not take the request in this form of structured output."""


class _Trouble(Exception):
    """A failed attempt: its name if it was the last, how many there are in all, the seconds the endpoint asks us to wait."""

    def __init__(self, failure: ChatFailed, attempts: int, wait: float | None = None) -> None:
        self.failure, self.wait = failure, wait
        self.attempts = attempts if (wait or 0) <= LONGEST_WAIT else 1
        super().__init__(str(failure))


def host_kind(settings: Settings) -> Literal["local", "remote"]:
    """Whether the endpoint is on this machine or in a private network."""
    host = (
        (urlsplit(settings.base_url).hostname or "")
        if settings.base_url
        else urlsplit(DEFAULT_URL).hostname or ""
    )
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return (
            "local"
            if host == "localhost" or "." not in host or host.endswith((".local", ".internal", ".lan"))
            else "remote"
        )
    return "local" if address.is_loopback or address.is_private else "remote"


class Wire:
    """The endpoint of a chat; it remembers in what state it is."""

    def __init__(self, settings: Settings, meter: Meter, sleep: Sleep) -> None:
        self._settings, self.meter, self._sleep = settings, meter, sleep
        self._client: AsyncOpenAI | None = None
        self._failed = 0
        self._down: ChatFailed | None = None
        self.without: set[str] = set()  # options of a request that this endpoint refuses

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def send(self, body: dict[str, Any], tally: Tally) -> ChatCompletion:
        """The endpoint's completion, tried again as ATTEMPTS says; ChatFailed or FormRefused else."""
        from tenacity import AsyncRetrying, retry_if_exception_type

        policy = AsyncRetrying(
            sleep=self._sleep,
            wait=lambda state: _pause(state.attempt_number, _of(state).wait),
            stop=lambda state: state.attempt_number >= _of(state).attempts,
            retry=retry_if_exception_type(_Trouble),
            reraise=True,
        )
        try:
            answer: ChatCompletion = await policy(self._once, body, tally)
        except _Trouble as trouble:
            self._count(trouble.failure)
            raise trouble.failure from None
        self._failed = 0
        return answer

    def _count(self, failure: ChatFailed) -> None:
        """Remember a failure; after too many in a row, or one that will not pass, the endpoint counts as down."""
        if failure.kind == "too_long":
            return
        self._failed += 1
        if failure.kind == "refused" or self._failed >= BROKEN_AFTER:
            self._down = failure

    async def _once(self, body: dict[str, Any], tally: Tally) -> ChatCompletion:
        if self._down is not None:
            raise ChatFailed(self._down.kind, self._down.detail)
        import openai

        client = self._client = self._client or _client(self._settings)
        self.meter.start(length(body["messages"]), tally)
        try:
            async with asyncio.timeout(self._settings.model_seconds):
                answer: Any = await client.chat.completions.create(**self._allowed(body))
        except (TimeoutError, openai.APITimeoutError):
            raise _trouble("timeout", f"{self._settings.model_seconds} 秒") from None
        except openai.APIStatusError as error:
            raise self._refusal(error, body) from None
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, _TooBig):
                raise _trouble("server", f"回答超过 {MOST_BYTES // 1_000_000} MB", 1) from None
            raise _trouble("unreachable", type(error.__cause__).__name__) from None
        except (openai.APIError, ValueError) as error:
            raise _trouble("server", f"回答不是 JSON：{type(error).__name__}") from None
        finally:
            self.meter.stop()
        if not _is_answer(answer):
            raise _trouble("server", "返回的不是模型的回答，可能是网页或网关的提示", 1)
        completion: ChatCompletion = answer
        return completion

    def _allowed(self, body: dict[str, Any]) -> dict[str, Any]:
        """The request without the options that this endpoint refuses."""
        kept = {name: value for name, value in body.items() if name not in self.without}
        if "max_tokens" in self.without and "max_tokens" in body:
            kept["max_completion_tokens"] = body["max_tokens"]
        return kept

    def _refusal(self, error: APIStatusError, body: dict[str, Any]) -> Exception:
        """What an HTTP status other than 200 means."""
        status, said = error.status_code, self._said(error)
        detail = f"HTTP {status}{f'：{said}' if said else ''}"
        if status == 429 and not _NO_MONEY.search(said):
            return _trouble("rate_limited", detail, wait=_asked(error))
        if status in (500, 501, 400, 422) and _FORM.search(said):
            return FormRefused(detail)
        if status in (408, 409) or status >= 500:
            return _trouble("server", detail, wait=_asked(error))
        if status == 413 or (status in (400, 422) and _TOO_LONG.search(said)):
            return _trouble("too_long", detail)
        if status in (400, 422):
            refused = {name for name in _OPTIONS if name in body and name in said} - self.without
            self.without |= refused
            return _trouble("refused", detail, len(_OPTIONS) + 1, 0.0) if refused else FormRefused(detail)
        return _trouble("refused", detail)

    def _said(self, error: APIStatusError) -> str:
        """The endpoint's own words, in one short line and without the key."""
        inner = error.body.get("message") if isinstance(error.body, dict) else None
        text = (
            inner
            if isinstance(inner, str)
            else ""
            if "<html" in error.message[:2000].lower()
            else error.message
        )
        key = self._settings.api_key.reveal()
        if key:
            text = text.replace(key, "***")
        return " ".join(_KEY.sub("***", text[:2000]).split())[:160]


class _TooBig(Exception):
    """An HTTP answer went over MOST_BYTES."""


def _client(settings: Settings) -> AsyncOpenAI:
    """A client that does not retry, follow redirects (they would take the text elsewhere) or swallow answers of any size."""
    import httpx2
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient

    class Limited(httpx2.AsyncByteStream):
        def __init__(self, stream: Any, most: int) -> None:
            self._stream, self._most = stream, most

        async def __aiter__(self) -> AsyncIterator[bytes]:
            taken = 0
            async for piece in self._stream:
                taken += len(piece)
                if taken > self._most:
                    raise _TooBig
                yield piece

        async def aclose(self) -> None:
            await self._stream.aclose()

    async def limit(response: httpx2.Response) -> None:
        packed = response.headers.get("content-encoding", "identity") != "identity"
        response.stream = Limited(response.stream, MOST_PACKED if packed else MOST_BYTES)

    seconds = float(settings.model_seconds)
    return AsyncOpenAI(
        api_key=settings.api_key.reveal() or "none",
        base_url=settings.base_url or DEFAULT_URL,
        organization="",
        max_retries=0,
        http_client=DefaultAsyncHttpxClient(
            timeout=httpx2.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS)),
            follow_redirects=False,
            verify=not settings.base_url.startswith(
                "http:"
            ),  # reading certificates takes as long as an answer
            trust_env=host_kind(settings) == "remote",
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [limit]},
        ),
    )


def _is_answer(answer: Any) -> bool:
    """Whether it has the shape of a completion; the SDK checks nothing."""
    choices = getattr(answer, "choices", None)
    message: Any = getattr(choices[0], "message", None) if isinstance(choices, list) and choices else None
    if not all(hasattr(message, name) for name in ("content", "tool_calls", "refusal")):
        return False
    calls = message.tool_calls or []
    return (
        isinstance(message.content, str | None)
        and isinstance(calls, list)
        and all(isinstance(getattr(getattr(call, "function", None), "arguments", ""), str) for call in calls)
    )


def _trouble(kind: Kind, detail: str, attempts: int | None = None, wait: float | None = None) -> _Trouble:
    return _Trouble(ChatFailed(kind, detail), ATTEMPTS.get(kind, 1) if attempts is None else attempts, wait)


def _of(state: RetryCallState) -> _Trouble:
    """The trouble that ended an attempt; the policy asks only after one."""
    trouble = state.outcome.exception() if state.outcome else None
    assert isinstance(trouble, _Trouble)
    return trouble


def _pause(attempt: int, asked: float | None) -> float:
    """Seconds before the next attempt: what the endpoint asked for, else 1, 2, 4, 8."""
    return asked if asked is not None else min(2.0 ** (attempt - 1), LONGEST_WAIT)


def _asked(error: APIStatusError) -> float | None:
    """The seconds of Retry-After, which may be a date; None without one."""
    text = error.response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def length(messages: list[Any]) -> int:
    """The characters of the messages."""
    return sum(len(str(message.get("content") or "")) for message in messages)
