"""SUM-12, CON-04: people by kind, and in two places."""

from __future__ import annotations

import pytest

from tests.factory import Draft

STAFF = "编制{11人:staff_quota/quota}，实有人数{%s人:staff_total/headcount}。其中：在职人员{%s人:staff_on_duty/on_duty}，离休{%s人:staff_lixiu/retired}，退休{%s人:staff_retired/retired}%s。"


@pytest.mark.parametrize(
    ("words", "fired"),
    [
        (("40", "28", "0", "12", ""), []),
        (("10", "10", "0", "5", ""), [("SUM-12", "P2")]),  # 实有=在职 is a reading too
        (("41", "28", "0", "12", ""), [("SUM-12", "P1")]),
        (("46", "28", "0", "12", "，临聘人员6人"), []),
    ],
)
def test_staff_by_kind(words: tuple[str, ...], fired: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say(STAFF % words)
    assert draft.fired("SUM-12") == fired


def test_people_are_counted_exactly() -> None:
    draft = Draft()
    draft.say(STAFF % ("41", "28", "0", "12", ""))
    (check,) = draft.checks("SUM-12")
    assert (str(check.computed), str(check.reported), str(check.difference)) == ("40", "41", "1")


@pytest.mark.parametrize(("table", "status"), [("28", "pass"), ("40", "fail"), ("30", "fail")])
def test_on_duty_in_two_places(table: str, status: str) -> None:
    draft = Draft()
    draft.say(STAFF % ("40", "28", "0", "12", ""))
    draft.base([], staff=("27", table, ""))
    (check,) = draft.checks("CON-04")
    assert (check.status, check.severity) == (status, "P1")
    assert (check.reason == "表列数疑将离退休人员计入") == (table == "40")


def test_several_counts_in_the_sentences_are_left_open() -> None:
    draft = Draft()
    draft.say("在职人员{28人:staff_on_duty/on_duty}。年末在职人员{29人:staff_on_duty/on_duty}。")
    draft.base([], staff=("27", "30", ""))
    assert draft.statuses("CON-04") == ["unverified"]
