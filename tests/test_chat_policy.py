"""The one retry policy, against a real server that misbehaves: how often each failure is sent again, and what it is called."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict

from extractor.chat import Chat, ChatFailed, Question, Reply
from extractor.prompts import Prompt
from extractor.settings import Settings
from tests.misbehaving import (
    KEY,
    Behaviour,
    Misbehaving,
    cut,
    drips,
    drops,
    fails,
    good,
    huge,
    never,
    not_json,
    packed,
    page,
    redirects,
    says,
    shaped,
    slow,
    too_many,
)


class Labels(BaseModel):
    """标签。"""

    model_config = ConfigDict(extra="forbid")
    label: str
    kind: Literal["a", "b"] = "a"


def prompt(text: str = "甲", system: str = "给出标签。") -> Prompt:
    return Prompt("labels", 1, system, text, "0123456789abcdef")


class Waits:
    """Stands for the clock: remembers how long the chat would have slept."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


def ask(settings: Settings, waits: Waits, count: int = 1) -> list[Reply[Labels] | ChatFailed]:
    async def run() -> list[Reply[Labels] | ChatFailed]:
        async with Chat(settings, sleep=waits) as chat:
            return await chat.ask_all([Question(prompt(f"甲{n}"), Labels, f"c{n}") for n in range(count)])

    return asyncio.run(run())


def echo(question: str) -> dict[str, str]:
    return {"label": question}


PROBE = 1
POLICY: list[tuple[str, Sequence[Behaviour], int, str | None, list[float]]] = [
    ("good", [], 1, None, []),
    ("slow within the limit", [slow(0.2)], 1, None, []),
    ("429 with Retry-After", [too_many(7)], 2, None, [7.0]),
    ("429 without Retry-After", [too_many(), too_many()], 3, None, [1.0, 2.0]),
    ("429 for ever", [too_many()] * 9, 5, "rate_limited", [1.0, 2.0, 4.0, 8.0]),
    ("429 until tomorrow", [too_many(86_400)] * 9, 1, "rate_limited", []),
    ("429 without money", [fails(429, "You exceeded your current quota")], 1, "refused", []),
    ("500 once", [fails(500)], 2, None, [1.0]),
    ("500 for ever", [fails(500)] * 9, 3, "server", [1.0, 2.0]),
    ("503 page", [page(503)] * 2, 3, None, [1.0, 2.0]),
    ("a page instead of an answer", [page()], 1, "server", []),
    ("dropped twice", [drops, drops], 3, None, [1.0, 2.0]),
    ("dropped for ever", [drops] * 9, 3, "unreachable", [1.0, 2.0]),
    ("choices that are words", [shaped('"choices": "abc"')], 1, "server", []),
    ("a choice that is nothing", [shaped('"choices": [null]')], 1, "server", []),
    ("a choice without a message", [shaped('"choices": [{"index": 0, "message": null}]')], 1, "server", []),
    ("a message of numbers", [shaped('"choices": [{"message": {"content": [1]}}]')], 1, "server", []),
    ("half a JSON body", [not_json], 2, None, [1.0]),
    ("401", [fails(401, f"Incorrect API key provided: {KEY}")], 1, "refused", []),
    ("403", [fails(403)], 1, "refused", []),
    ("404", [fails(404, "model not found")], 1, "refused", []),
    ("elsewhere", [redirects("http://192.0.2.1/")], 1, "refused", []),
    ("10 MB", [huge()], 1, "server", []),
    ("10 MB of an error", [huge(status=500)], 1, "server", []),
    ("10 MB unannounced", [huge(chunked=True)], 1, "server", []),
    ("compressed", [packed()], 1, None, []),
    ("60 MB compressed", [packed(60)], 1, "server", []),
    ("429 until a day gone by", [too_many("Wed, 21 Oct 2015 07:28:00 GMT")], 2, None, [0.0]),
    ("429 until the end of time", [too_many(f"Mon, 01 Jan {'9' * 20} 00:00:00 GMT")], 2, None, [1.0]),
    ("429 until no time", [too_many("soon")], 2, None, [1.0]),
    ("context exceeded", [fails(400, "the request exceeds the available context size")], 1, "too_long", []),
    ("cut at the limit", [cut()], 1, "too_long", []),
    ("filtered", [says("", finish="content_filter")], 1, "refused", []),
    ("invalid JSON", [says('{"label": ')], 2, None, []),
    ("invalid JSON for ever", [says('{"label": ')] * 9, 3, "bad_answer", []),
    ("not in the enumeration", [says({"label": "甲0", "kind": "c"})], 2, None, []),
    ("an extra field", [says({"label": "甲0", "made_up": 1})], 2, None, []),
    ("empty", [says("")], 2, None, []),
    ("no option temperature", [fails(400, "Unsupported value: 'temperature'")], 2, None, [0.0]),
]


@pytest.mark.parametrize(
    ("behaviours", "calls", "kind", "waits"), [row[1:] for row in POLICY], ids=[row[0] for row in POLICY]
)
def test_each_failure_is_sent_as_often_as_the_policy_says(
    behaviours: Sequence[Behaviour], calls: int, kind: str | None, waits: list[float]
) -> None:
    clock = Waits()
    with Misbehaving(echo) as server:
        server.next(*behaviours)
        [reply] = ask(server.settings(), clock)
        assert server.calls == calls + PROBE
    assert clock.seconds == waits
    if kind is None:
        assert isinstance(reply, Reply)
        assert reply.value == Labels(label="甲0")
        assert reply.usage.calls == calls + PROBE
    else:
        assert isinstance(reply, ChatFailed)
        assert (reply.kind, reply.key) == (kind, "c0")
        assert KEY not in str(reply)


@pytest.mark.parametrize("behaviour", [never, drips(30)], ids=["never answers", "drips"])
def test_an_answer_that_does_not_end_is_given_up(behaviour: Behaviour) -> None:
    with Misbehaving(echo) as server:
        server.next(behaviour, behaviour)
        [reply] = ask(server.settings(model_seconds=1), Waits())
        assert server.calls == 2 + PROBE
    assert isinstance(reply, ChatFailed)
    assert reply.kind == "timeout"


def test_an_endpoint_that_is_down_is_left_alone() -> None:
    with Misbehaving(echo, always=fails(500)) as server:
        replies = ask(server.settings(), Waits(), count=40)
        assert server.calls == 3 * 3
    assert {reply.kind for reply in replies if isinstance(reply, ChatFailed)} == {"server"}
    assert len(replies) == 40


def test_a_key_that_is_refused_is_sent_once() -> None:
    with Misbehaving(echo, always=fails(401)) as server:
        replies = ask(server.settings(model_concurrency=4), Waits(), count=40)
        assert server.calls == 1
    assert {reply.kind for reply in replies if isinstance(reply, ChatFailed)} == {"refused"}


def test_nobody_there() -> None:
    with Misbehaving(echo) as server:
        settings = server.settings()
    [reply] = ask(settings, Waits())
    assert isinstance(reply, ChatFailed)
    assert reply.kind == "unreachable"
    assert "OPENAI_BASE_URL" in str(reply)


def test_failures_between_successes_do_not_close_the_line() -> None:
    with Misbehaving(echo) as server:
        server.next(*([fails(500)] * 3 + [good]) * 4)
        replies = ask(server.settings(), Waits(), count=8)
        assert server.calls == 4 * 3 + 4 + PROBE
    assert [isinstance(reply, Reply) for reply in replies] == [False, True] * 4
