"""SUM-14, RAT-07: adjustments in the year."""

from __future__ import annotations

import pytest

from tests.factory import Draft, full_rows


def _form(initial: str, annual: str, carried: str | None = None) -> Draft:
    draft = Draft()
    funds = [["年度资金总额", initial, annual, annual, "10", "100%", "10"]]
    if carried is not None:
        funds.append(["上年结转资金", "", carried, carried, "", "", ""])
    draft.form(full_rows(), funds, ("100", "100"))
    return draft


@pytest.mark.parametrize(
    ("draft", "fired"),
    [
        (_form("339.66", "535.67"), [("RAT-07", "P1")]),
        (_form("582.71", "737.26"), []),
        (_form("100", "130"), []),  # the limit itself
        (_form("100", "140", "40"), []),  # carry-over is no adjustment
        (_form("0", "140"), []),
        (_form("100", "0"), []),
    ],
)
def test_large_adjustments(draft: Draft, fired: list[tuple[str, str]]) -> None:
    assert draft.fired("RAT-07") == fired


def test_the_rate_of_an_adjustment() -> None:
    (check, *_) = _form("339.66", "535.67").checks("RAT-07")
    assert (str(check.computed), str(check.difference)) == ("57.71", "196.01")


def test_a_project_is_measured_by_its_own_form() -> None:
    draft = Draft()
    funds = [["年度资金总额", "52", "142.8", "142.8", "10", "100%", "10"]]
    draft.form(full_rows(), funds, ("100", "100"), scope="某专项经费")
    (check, *_) = draft.checks("RAT-07")
    assert (check.status, str(check.computed)) == ("fail", "174.62")


def _adjusted(basic: str, changes: str, count: str = "2") -> Draft:
    draft = _form("500.00", "600.00")
    draft.say(f"涉及项目{{{count}个:project_count/other}}。{changes}")
    draft.base([("部门基本支出预算调整", "", "", basic)])
    return draft


TWO = (
    "甲项目年中追加{30.00万元:project_budget/adjust@甲项目}；乙项目%s{%s万元:project_budget/adjust@乙项目}。"
)


@pytest.mark.parametrize(
    ("basic", "changes", "fired"),
    [
        ("60.00", TWO % ("追加", "10.00"), []),
        ("80.00", TWO % ("追减", "10.00"), []),
        ("10.00", TWO % ("追加", "10.00"), [("SUM-14", "P1")]),
        ("90.00", TWO % ("追加", "10.00"), [("SUM-14", "P1")]),
        (
            "10.00",
            "甲项目年中追加{30.00万元:project_budget/adjust@甲项目}。",
            [],
        ),  # not every project is listed
        ("", TWO % ("追加", "10.00"), []),
    ],
)
def test_adjustments_make_the_whole(basic: str, changes: str, fired: list[tuple[str, str]]) -> None:
    assert _adjusted(basic, changes).fired("SUM-14") == fired


def test_the_untraced_rest() -> None:
    check = next(
        c for c in _adjusted("10.00", TWO % ("追加", "10.00")).checks("SUM-14") if c.status == "fail"
    )
    assert (str(check.computed), str(check.reported), str(check.difference)) == ("50.00", "100.00", "50.00")
    assert check.reason == "列明的调整少于总调整"


def test_carryover_is_part_of_the_growth() -> None:
    draft = _form("500.00", "600.00", "50.00")
    draft.say("涉及项目{2个:project_count/other}。" + TWO % ("追加", "10.00"))
    draft.base([("部门基本支出预算调整", "", "", "10.00")])
    assert draft.fired("SUM-14") == []


def test_the_row_of_the_whole_is_no_part() -> None:
    draft = _form("500.00", "600.00")
    draft.say("涉及项目{2个:project_count/other}。" + TWO % ("追加", "10.00"))
    draft.base([("部门整体支出预算调整", "", "", "100.00")])
    assert draft.fired("SUM-14") == []
