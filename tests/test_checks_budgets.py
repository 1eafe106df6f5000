"""REA-03 and REA-04: items that left their budget, money for another purpose."""

from __future__ import annotations

import pytest

from tests.factory import Draft, indicator


def _base(*rows: list[str]) -> Draft:
    draft = Draft()
    draft.base([["公用经费", "100", "100", "100"], *rows], staff=("10", "9", "90%"))
    return draft


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["委托业务费", "14", "14.42", "113.17"], [("REA-03", "P1")]),
        (["办公费", "11", "11", "0.74"], [("REA-03", "P2")]),
        (["会议费", "2", "2", "6.9"], []),  # 4.9 more
        (["会议费", "20", "20", "26"], []),  # 130 %
        (["会议费", "20", "", "26"], []),
    ],
)
def test_items_far_from_their_budget(row: list[str], expected: list[tuple[str, str]]) -> None:
    assert _base(row).fired("REA-03") == expected


def test_kinds_of_project_spending_far_above_their_budget() -> None:
    draft = Draft()
    draft.base(
        [
            ["项目支出", "90", "100", "260"],
            ["业务工作经费", "90", "80", "240"],
            ["运行维护经费", "0", "20", "20"],
        ]
    )
    assert draft.fired("REA-03") == [("REA-03", "P2")]


def test_a_deviation_that_is_explained() -> None:
    draft = _base(["委托业务费", "14", "14.42", "113.17"])
    draft.say("委托业务费超出预算，主要是年中承接普查任务。")
    assert draft.fired("REA-03") == []


def _project(reason: str) -> Draft:
    draft = Draft("project")
    draft.form([indicator("招商活动次数", "10次", "10次", "10", "9", reason)], scope="招商督查会议专项经费")
    return draft


@pytest.mark.parametrize(
    ("reason", "fired"),
    [
        ("年中追加禁毒工作经费90.8万元", True),
        ("年中追加招商活动经费20万元", False),
        ("年中追加专项工作经费20万元", False),
        ("上级追加补助资金", False),
        ("", False),
    ],
)
def test_money_added_for_another_purpose(reason: str, fired: bool) -> None:
    assert _project(reason).fired("REA-04") == ([("REA-04", "P1")] if fired else [])
