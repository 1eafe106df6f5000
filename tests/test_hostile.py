"""Every file of the hostile corpus ends in a review or in a clear error, and harms nobody."""

from __future__ import annotations

import re
import resource
import sys
from collections import Counter
from itertools import islice

import pytest

from eval.hostile import corpus
from eval.hostile.trial import GRACE, LIMITS, tried, unharmed
from extractor.load.office import program
from extractor.settings import Settings

CASES = list(corpus())
# What is meant to hang is given less time than a user's file.
SETTINGS = Settings(**{**LIMITS._asdict(), "parse_seconds": 3})
_OLD = ("doc", "xls", "rtf")
_MOST_GROWTH = 600  # MB


def test_the_corpus_is_large_the_same_every_time_and_of_every_kind() -> None:
    names = [(case.kind, case.trouble) for case in CASES]
    assert len(names) >= 200
    assert len(set(names)) == len(names)
    assert [(case.name, case.data) for case in islice(corpus(), 60)] == [
        (case.name, case.data) for case in CASES[:60]
    ]
    counted = Counter(case.kind for case in CASES)
    assert {
        kind for kind in ("docx", "xlsx", "pdf", "html", "zip", "txt", "doc") if counted[kind] < 3
    } == set()


@pytest.mark.parametrize("kind", sorted({case.kind for case in CASES}))
def test_every_file_ends_in_a_review_or_a_clear_error(kind: str) -> None:
    if kind in _OLD and program() is None:
        pytest.skip("LibreOffice is not installed, so old formats cannot be converted")
    before = _megabytes()
    for case in (case for case in CASES if case.kind == kind):
        outcome = tried(case, SETTINGS)
        assert outcome.seconds < SETTINGS.parse_seconds + GRACE, case.name
        for error in outcome.refused:
            assert error.file.startswith(case.name), case.name
            assert re.search(r"[\u4e00-\u9fff]", error.reason), case.name
            assert error.remedy, case.name
        if outcome.megabytes is not None:
            assert outcome.megabytes < SETTINGS.parse_megabytes, case.name
    assert unharmed()
    assert _megabytes() - before < _MOST_GROWTH


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("设有密码.docx", "密码"),
        ("设有密码.xlsx", "密码"),
        ("设有密码.doc", "密码"),
        ("设有密码.xls", "密码"),
        ("设有密码AES256.pdf", "密码"),
        ("说是加密.zip", "密码"),
        ("没有页.pdf", "一页也没有"),
        ("截断9.docx", "损坏"),
        ("截断9.xlsx", "损坏"),
        ("截断3.pdf", "损坏"),
        ("截断6.zip", "损坏"),
        ("空文件.txt", "空的"),
        ("十亿笑.docx", "实体"),
        ("外部实体.xlsx", "实体"),
        ("十GB.docx", "过大"),
        ("十GB.xlsx", "过大"),
        ("炸弹.zip", "炸弹"),
        ("套三十层.zip", "两层"),
        ("怪名1.zip", "包外"),
        ("链接.zip", "链接"),
        ("演示文稿.ppt", "演示文稿"),
        ("十万见方.png", "图片"),
    ],
)
def test_the_message_names_the_trouble(name: str, words: str) -> None:
    (case,) = (case for case in CASES if case.name == name)
    said = [f"{error.reason}。{error.remedy}" for error in tried(case, SETTINGS).refused]
    assert any(words in text for text in said), said


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.trouble.startswith("其实是") and not case.trouble.endswith("png")],
    ids=lambda case: case.name,
)
def test_what_a_file_is_its_content_says(case: object) -> None:
    outcome = tried(case, SETTINGS)  # type: ignore[arg-type]
    assert outcome.refused == ()
    assert outcome.read[0] > 80


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)
