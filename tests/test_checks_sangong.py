"""SUM-07, RAT-08: 三公经费, its kinds and its budget."""

from __future__ import annotations

import pytest

from tests.factory import Draft

Row = tuple[str, str, str, str]


def _rows(total: tuple[str, str, str], **changed: tuple[str, str, str]) -> list[Row]:
    values = {
        "vehicle": ("3.00", "4.00", "3.50"), "buy": ("0", "0", "0"), "run": ("3.00", "4.00", "3.50"),
        "abroad": ("0", "0", "0"), "reception": ("1.00", "2.00", "1.20"),
    } | changed  # fmt: skip
    names = {
        "vehicle": "1、公务用车购置和维护经费", "buy": "其中：公车购置", "run": "公车运行维护", "abroad": "2、出国经费", "reception": "3、公务接待",
    }  # fmt: skip
    return [("三公经费", *total), *((names[key], *values[key]) for key in names)]


def _base(total: tuple[str, str, str], **changed: tuple[str, str, str]) -> Draft:
    draft = Draft()
    draft.base(_rows(total, **changed))
    return draft


def test_three_kinds_make_the_whole() -> None:
    assert set(_base(("4.00", "6.00", "4.70")).statuses("SUM-07")) == {"pass"}


def test_a_total_its_kinds_do_not_make() -> None:
    draft = _base(("4.00", "6.00", "5.70"))
    (check,) = [each for each in draft.checks("SUM-07") if each.status == "fail"]
    assert (check.severity, str(check.difference)) == ("P0", "1.00")


def test_vehicles_are_bought_and_run() -> None:
    assert _base(("4.00", "6.00", "4.70"), run=("3.00", "4.00", "2.50")).fired("SUM-07") == [("SUM-07", "P0")]


def test_a_blank_total_is_asked_for() -> None:
    checks = _base(("", "", "")).checks("SUM-07")
    blank = [each for each in checks if each.status == "fail"]
    assert [(each.severity, each.reported) for each in blank] == [("P1", None)] * 3


def test_an_empty_block_is_not_asked_for() -> None:
    empty = ("", "", "")
    draft = _base(empty, vehicle=empty, buy=empty, run=empty, abroad=empty, reception=empty)
    assert draft.fired("SUM-07") == []


def test_a_row_with_gaps_may_have_changed_columns() -> None:
    draft = _base(("4.00", "6.00", "9.70"), abroad=("0", "", "0"))
    assert draft.fired("SUM-07") == []


def test_kinds_in_a_sentence() -> None:
    draft = Draft()
    draft.say(
        "三公经费支出{5.00万元:sangong_total/exec}，其中因公出国{0万元:sangong_abroad/exec}，公务用车{3.00万元:sangong_vehicle/exec}，"
        "公务接待{1.20万元:sangong_reception/exec}。"
    )
    assert draft.fired("SUM-07") == [("SUM-07", "P1")]


@pytest.mark.parametrize(
    ("total", "fired"),
    [
        (("8.00", "6.00", "4.70"), []),
        (("8.00", "4.00", "4.70"), [("RAT-08", "P1")]),
        (("4.00", "6.00", "4.70"), [("RAT-08", "I")]),  # growth alone
    ],
)
def test_against_the_budget(total: tuple[str, str, str], fired: list[tuple[str, str]]) -> None:
    assert _base(total).fired("RAT-08") == fired


def test_one_kind_over_its_budget_within_the_whole() -> None:
    assert _base(("8.00", "6.00", "4.70"), reception=("1.00", "1.00", "1.20")).fired("RAT-08") == []
