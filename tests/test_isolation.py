"""The parser process: what it answers, what it may not do, and that it is there again for the next file."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from extractor.errors import DamagedInput, InputError, TooLarge, UnsupportedInput
from extractor.load import isolation
from extractor.load.isolation import Child, Children
from extractor.load.pdf import load_pdf
from extractor.settings import Settings
from tests.pdf_maker import Maker

REPO = Path(__file__).resolve().parent.parent
PDF = "extractor.load.pdf:load_pdf"
# A worker whose parsers misbehave in the way the file's text names.
MISBEHAVING = textwrap.dedent(
    """
    import os, sys, time
    from extractor.load import worker

    def parse(data, file_name, settings):
        deed = data.decode()
        if deed == "hang":
            time.sleep(60)
        if deed == "die":
            os._exit(3)
        if deed == "grow":
            held = []
            while True:
                held.append(bytearray(50_000_000))
        if deed == "sink":
            return parse(data, file_name, settings) if len(file_name) else None
        if deed == "shout":
            print("x" * 100_000)
        raise ValueError(deed)

    sys.modules["misbehaving"] = sys.modules["__main__"]
    worker.main()
    """
)


@pytest.fixture(scope="module")
def bad() -> Iterator[Child]:
    child = Child((sys.executable, "-c", MISBEHAVING))
    yield child
    child.close()


def pdf(text: str) -> bytes:
    maker = Maker()
    maker.line(text)
    return maker.bytes()


def test_the_child_answers_as_the_parser_would_and_is_kept() -> None:
    child = Child()
    try:
        first = child.parse(PDF, pdf("本年支出100万元"), "a.pdf", Settings())
        process = child.process
        second = child.parse(PDF, pdf("本年支出200万元"), "b.pdf", Settings())
        assert child.process is process
    finally:
        child.close()
    assert first.text == load_pdf(pdf("本年支出100万元"), "a.pdf", Settings()).text == "本年支出100万元\n"
    assert second.file_name == "b.pdf"
    assert "200万元" in second.text


def test_refusals_come_through_as_they_are() -> None:
    child = Child()
    try:
        with pytest.raises(DamagedInput, match=r"bad\.pdf：.*损坏"):
            child.parse(PDF, b"%PDF-1.4 rubbish", "bad.pdf", Settings())
    finally:
        child.close()


@pytest.mark.parametrize(
    ("deed", "kind", "words"),
    [
        ("hang", TooLarge, "1 秒"),
        ("die", DamagedInput, "中断"),
        ("grow", TooLarge, "内存"),
        ("sink", DamagedInput, "嵌套过深"),
        ("shout", DamagedInput, "中断"),
        ("raise", DamagedInput, "中断"),
    ],
)
def test_a_parser_that_misbehaves_ends_in_a_clear_error(
    bad: Child, deed: str, kind: type[InputError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        bad.parse(
            "misbehaving:parse",
            deed.encode(),
            "x.docx",
            Settings(parse_seconds=1 if deed == "hang" else 20, parse_megabytes=600),
        )


def test_after_a_crash_the_next_file_is_parsed(bad: Child) -> None:
    with pytest.raises(InputError):
        bad.parse("misbehaving:parse", b"die", "x.docx", Settings())
    assert "300万元" in bad.parse(PDF, pdf("300万元"), "c.pdf", Settings()).text


def test_an_answer_over_the_limit_is_not_read() -> None:
    child = Child()
    try:
        with pytest.raises(TooLarge):
            child.parse(PDF, pdf("本年支出"), "a.pdf", Settings(max_characters=1))
    finally:
        child.close()


def test_a_locked_file_is_told_apart() -> None:
    import pymupdf

    maker = Maker()
    maker.line("正文")
    data = maker.bytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="a", owner_pw="b")
    child = Child()
    try:
        with pytest.raises(UnsupportedInput, match="密码"):
            child.parse(PDF, data, "a.pdf", Settings())
    finally:
        child.close()


@pytest.fixture
def children() -> Iterator[Children]:
    made = Children()
    yield made
    made.close()


def test_files_parsed_at_once_have_a_child_each_and_children_are_kept(children: Children) -> None:
    together = Barrier(2, timeout=60)

    def parsed(text: str) -> str:
        with children.one() as child:
            together.wait()
            return child.parse(PDF, pdf(text), "a.pdf", Settings()).text

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(parsed, ["甲100万元", "乙200万元"])) == ["甲100万元\n", "乙200万元\n"]
    assert len(children.idle) == 2
    kept = children.idle[-1]
    with children.one() as child:
        assert child is kept


def test_a_question_that_was_interrupted_answers_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = isolation._exchange

    def interrupted(process: Any, request: bytes, settings: Settings, patience: Any) -> tuple[bytes, bool]:
        process.stdin.write(request)
        process.stdin.flush()
        raise KeyboardInterrupt

    child = Child()
    try:
        monkeypatch.setattr(isolation, "_exchange", interrupted)
        with pytest.raises(KeyboardInterrupt):
            child.parse(PDF, pdf("甲100万元"), "a.pdf", Settings())
        monkeypatch.setattr(isolation, "_exchange", exchange)
        assert child.parse(PDF, pdf("乙200万元"), "b.pdf", Settings()).text == "乙200万元\n"
    finally:
        child.close()


def test_a_child_that_holds_much_memory_is_replaced() -> None:
    greedy = "from extractor.load import worker; worker._MOST_HELD = 1; worker.main()"
    child = Child((sys.executable, "-c", greedy))
    try:
        for text in ("甲100万元", "乙200万元"):
            assert child.parse(PDF, pdf(text), "a.pdf", Settings()).text == f"{text}\n"
            assert child.process is None
    finally:
        child.close()


def test_limits_hold_for_one_file_each() -> None:
    child = Child()
    try:
        with pytest.raises(InputError):
            child.parse(PDF, pdf("甲100万元"), "a.pdf", Settings(parse_megabytes=1))
        assert child.parse(PDF, pdf("乙200万元"), "b.pdf", Settings()).text == "乙200万元\n"
    finally:
        child.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts processes anew, it does not fork them")
def test_a_forked_process_starts_children_of_its_own() -> None:
    code = """
import os
from extractor.load import isolation
from extractor.settings import Settings
from tests.test_isolation import PDF, pdf
def text(said): return isolation.isolated(PDF, pdf(said), "a.pdf", Settings()).text
assert "100" in text("100万元")
mine = isolation._children.idle[0].process.pid
if (child := os.fork()) == 0:
    right = "200" in text("200万元") and isolation._children.idle[0].process.pid != mine
    isolation._children.close()
    os._exit(0 if right else 1)
assert os.waitpid(child, 0)[1] == 0
assert "300" in text("300万元") and isolation._children.idle[0].process.pid == mine
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=REPO)
    assert done.returncode == 0, done.stderr
