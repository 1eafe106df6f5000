"""Answers on disk: the second run makes no call, damage costs a call and nothing else, a folder replays a run."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from extractor.chat import Chat, ChatFailed, Question, Reply
from extractor.redact import Mask
from extractor.settings import Settings
from tests.misbehaving import Misbehaving, cut, says
from tests.test_chat import Labels, ask, echo, many, no_sleep, prompt


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def values(replies: list[Reply[Any] | ChatFailed]) -> list[Any]:
    return [reply.value if isinstance(reply, Reply) else reply.kind for reply in replies]


def test_a_second_run_makes_no_call(tmp_path: Path) -> None:
    with Misbehaving(echo) as server:
        server.next(cut(), *[says("不懂")] * 3)
        settings = server.settings(cache=str(tmp_path))
        first, _ = ask(settings, *many(6))
        calls = server.calls
        second, chat = ask(settings, *many(6))
        assert server.calls == calls == 1 + 1 + 3 + 4
    assert (
        values(first)
        == values(second)
        == ["too_long", "bad_answer", *[Labels(label=f"第{n}段") for n in range(2, 6)]]
    )
    assert (chat.usage.calls, chat.usage.cached) == (0, 6)
    assert [reply.cached for reply in second if isinstance(reply, Reply)] == [True] * 4


def test_an_endpoint_that_failed_is_asked_again(tmp_path: Path) -> None:
    with Misbehaving(echo) as server:
        settings = server.settings(cache=str(tmp_path), max_calls=2)
        first, _ = ask(settings, *many(3))
        second, _ = ask(settings, *many(3))
    assert values(first) == [Labels(label="第0段"), "budget", "budget"]
    assert values(second) == [Labels(label=f"第{n}段") for n in range(3)]


@pytest.mark.parametrize(
    "changes",
    [
        {"model": "other"},
        {"model_tokens": 99},
    ],
)
def test_another_question_is_another_entry(changes: dict[str, Any], tmp_path: Path) -> None:
    with Misbehaving(echo) as server:
        ask(server.settings(cache=str(tmp_path)), *many(1))
        ask(server.settings(cache=str(tmp_path), **changes), *many(1))
    assert len(entries(tmp_path)) == 2


def test_what_makes_a_question_another_one(tmp_path: Path) -> None:
    class Labels2(Labels):
        """另一种标签。"""

        extra: int = 0

    asked = [
        Question(prompt("甲"), Labels, "c"),
        Question(prompt("乙"), Labels, "c"),
        Question(prompt("甲")._replace(hash="f" * 16), Labels, "c"),
        Question(prompt("甲")._replace(system="另一套要求"), Labels, "c"),
        Question(prompt("甲"), Labels2, "c"),
    ]
    with Misbehaving(echo) as server:
        ask(server.settings(cache=str(tmp_path)), *asked)
        assert len(entries(tmp_path)) == 5
        calls = server.calls
        ask(server.settings(cache=str(tmp_path)), Question(prompt("甲"), Labels, "another key"))
        assert server.calls == calls
    with Misbehaving(echo) as elsewhere:  # another endpoint with the same model gives the same answer
        ask(elsewhere.settings(cache=str(tmp_path)), *asked)
        assert elsewhere.calls == 0


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"mode": 1}', b"[" * 100_000, b'"' + b"x" * 5_000_000 + b'"'],
)
def test_a_damaged_entry_is_asked_anew_and_rewritten(damage: bytes, tmp_path: Path) -> None:
    with Misbehaving(echo) as server:
        settings = server.settings(cache=str(tmp_path))
        ask(settings, *many(1))
        [kept] = entries(tmp_path)
        whole = kept.read_bytes()
        kept.write_bytes(damage)
        [remembered] = (tmp_path / "endpoints").iterdir()
        remembered.write_bytes(damage)
        replies, _ = ask(settings, *many(1))
        assert values(replies) == [Labels(label="第0段")]
        assert server.calls == 4
        assert json.loads(kept.read_bytes())["data"] == json.loads(whole)["data"]
        assert remembered.read_bytes() != damage


@pytest.mark.parametrize("field", ["mode", "data", "said", "cut", "input_tokens", "output_tokens"])
def test_an_entry_with_a_wrong_field_is_asked_anew(field: str, tmp_path: Path) -> None:
    with Misbehaving(echo) as server:
        settings = server.settings(cache=str(tmp_path))
        ask(settings, *many(1))
        [kept] = entries(tmp_path)
        kept.write_text(
            json.dumps(json.loads(kept.read_text(encoding="utf-8")) | {field: [3.5]}), encoding="utf-8"
        )
        assert values(ask(settings, *many(1))[0]) == [Labels(label="第0段")]
        assert server.calls == 3


def test_an_entry_is_whole_private_and_without_names(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    with Misbehaving(echo) as server:
        question = Question(prompt("联系人：张三丰"), Labels, "c")
        [reply], _ = ask(server.settings(cache=str(folder)), question)
    assert isinstance(reply, Reply)
    assert reply.value.label == "联系人：张三丰"
    [kept] = entries(folder)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "张三丰" not in kept.read_text(encoding="utf-8")
    assert json.loads(kept.read_text(encoding="utf-8"))["data"] == {"label": "联系人：〔姓名A〕"}
    assert [path for path in folder.rglob("*") if path.name.startswith(".part")] == []


def test_a_folder_that_cannot_be_written_loses_nothing_but_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with Misbehaving(echo) as server:
        replies, _ = ask(server.settings(cache=str(tmp_path / "file" / "cache")), *many(2))
    assert values(replies) == [Labels(label="第0段"), Labels(label="第1段")]


def test_a_folder_replays_a_run_without_an_endpoint(tmp_path: Path) -> None:
    with Misbehaving(echo) as server:
        server.next(says("不懂"), says("还是不懂"), says("不"))
        settings = server.settings(cache=str(tmp_path))
        first, _ = ask(settings, *many(3))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    second, chat = ask(Settings(model="tiny", cache="off"), *many(4), replay=tmp_path)
    assert values(second) == [*values(first), "unreachable"]
    assert chat.usage.calls == 0
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_is_on_disk_is_checked_again(tmp_path: Path) -> None:
    def check(answer: Labels) -> None:
        raise ValueError("不合要求")

    with Misbehaving(echo) as server:
        settings = server.settings(cache=str(tmp_path))
        ask(settings, *many(1))
        stricter = many(1)[0]._replace(check=check)
        offline, _ = ask(settings, stricter, replay=tmp_path)
        assert values(offline) == ["bad_answer"]
        assert server.calls == 2
        [reply], _ = ask(settings, stricter)
        assert isinstance(reply, ChatFailed)
        assert server.calls == 2 + 3
        looser, _ = ask(settings, *many(1))
        assert values(looser) == [Labels(label="第0段")]
        assert server.calls == 2 + 3


def test_the_same_report_is_hidden_the_same_way_whatever_the_order(tmp_path: Path) -> None:
    text = "联系人：张三丰\n制表人：李四光\n"
    asked = [Question(prompt(each), Labels, each) for each in ("李四光同志", "张三丰同志")]
    with Misbehaving(echo) as server:
        settings = server.settings(cache=str(tmp_path), model_concurrency=2)
        ask(settings, *[each._replace(mask=Mask(text)) for each in asked])

        async def backwards() -> list[Any]:
            async with Chat(settings, sleep=no_sleep) as chat:
                mask = Mask(text)
                return values(await chat.ask_all([each._replace(mask=mask) for each in reversed(asked)]))

        assert asyncio.run(backwards()) == [Labels(label="张三丰同志"), Labels(label="李四光同志")]
        assert server.calls == 3
