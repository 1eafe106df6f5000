"""SUM: totals and their parts; what is right must pass, however it is written."""

from __future__ import annotations

import pytest

from tests.catalogue import MUST
from tests.factory import TOTAL, Draft, full_rows

SUM_01 = "全年支出{%s万元:expenditure_total/exec}，其中：基本支出{%s万元:expenditure_basic/exec}，项目支出{%s万元:expenditure_project/exec}"


def test_a_total_that_its_parts_do_not_make() -> None:
    draft = Draft()
    draft.say(SUM_01 % ("550.28", "184.64", "365.54") + "。")
    (check,) = draft.checks("SUM-01")
    assert (check.status, check.severity, check.cause) == ("fail", "P0", "document")
    assert (check.computed, check.reported, check.difference) == (
        check.computed,
        check.reported,
        check.reported - check.computed,
    )  # type: ignore[operator]
    assert str(check.difference) == "0.10"
    assert check.formula_text == "基本支出 + 项目支出"


@pytest.mark.parametrize(
    "tail",
    [
        "。",
        "，经营支出{10.00万元:other/exec}。",
        "，上缴上级支出{4.00万元:other/exec}、对附属单位补助支出{6.00万元:other/exec}。",
    ],
)
def test_further_kinds_of_spending_listed_beside_close_the_gap(tail: str) -> None:
    draft = Draft()
    total = "100.00" if tail == "。" else "110.00"
    draft.say(SUM_01 % (total, "60.00", "40.00") + tail)
    assert draft.fired("SUM-01") == []


def test_operating_spending_without_an_amount_leaves_it_open() -> None:
    draft = Draft()
    draft.say(SUM_01 % ("110.00", "60.00", "40.00") + "，另有经营支出。")
    assert draft.statuses("SUM-01") == ["unverified"]


def test_parts_of_one_fund_are_not_held_against_the_whole() -> None:
    draft = Draft()
    draft.say(
        "全年支出{110.00万元:expenditure_total/exec}，一般公共预算基本支出{60.00万元:expenditure_basic/exec}，"
        "一般公共预算项目支出{40.00万元:expenditure_project/exec}。"
    )
    assert draft.fired("SUM-01") == []


def test_budget_and_spending_of_one_sentence_are_kept_apart() -> None:
    draft = Draft()
    draft.say(
        "年初预算{100万元:budget_initial/budget_initial}，其中基本支出{60万元:expenditure_basic/budget_initial}、项目支出"
        "{40万元:expenditure_project/budget_initial}；全年支出{95万元:expenditure_total/exec}，其中基本支出{58万元:expenditure_basic/exec}、"
        "项目支出{37万元:expenditure_project/exec}。"
    )
    assert draft.statuses("SUM-01") == ["pass", "pass"]


def test_last_years_figures_are_not_added_to_this_years() -> None:
    draft = Draft()
    draft.say(
        "2022年支出{100万元:expenditure_total/exec}，上年基本支出{70万元:expenditure_basic/exec#2021}；其中基本支出"
        "{60万元:expenditure_basic/exec}，项目支出{40万元:expenditure_project/exec}。"
    )
    assert draft.fired("SUM-01") == []


def test_whole_numbers_beside_decimals_are_asked_about_not_accused() -> None:
    draft = Draft()
    draft.say("结转{3.25万元:carryover_out/carryover}。")
    draft.say(SUM_01 % ("101", "60", "40") + "。")
    (check,) = draft.checks("SUM-01")
    assert (check.status, check.severity) == ("rounding", "P2")


def test_a_rounding_cent_is_no_failure() -> None:
    draft = Draft()
    draft.say(
        "基本支出{591.29万元:expenditure_basic/exec}，其中人员经费{397.46万元:expenditure_personnel/exec}，"
        "公用经费{193.82万元:expenditure_public/exec}。"
    )
    assert draft.statuses("SUM-02") == ["rounding"]


def test_personnel_public_and_a_third_part() -> None:
    draft = Draft()
    draft.say(
        "基本支出{100.00万元:expenditure_basic/exec}，其中人员经费{60.00万元:expenditure_personnel/exec}，"
        "对个人和家庭的补助{10.00万元:other/exec}，公用经费{30.00万元:expenditure_public/exec}。"
    )
    assert draft.fired("SUM-02") == []


NATURES = [
    ("一般公共预算", "fund_gpb"),
    ("政府性基金拨款", "fund_gov"),
    ("纳入专户管理的非税收入拨款", "fund_nontax"),
    ("其他资金", "other_funds"),
]


def _natures(*amounts: str) -> list[tuple[str, str, str]]:
    return [(label, metric, amount) for (label, metric), amount in zip(NATURES, amounts, strict=True)]


@pytest.mark.parametrize(
    ("amounts", "fired"),
    [
        (("120.00", "0", "0", "0"), []),
        (("100.00", "0", "0", "0"), []),  # by 年初预算数, another column of the same row
        (("139.64", "0", "0", "0"), [("SUM-05", "P0")]),
        (("110.00", "0", "0", "0"), [("SUM-05", "P0")]),
    ],
)
def test_natures_agree_with_any_column(amounts: tuple[str, ...], fired: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.form(full_rows(), [TOTAL], ("100", "100"), key_values=_natures(*amounts))
    assert draft.fired("SUM-05") == fired


def test_natures_without_the_carryover_row_and_an_incomplete_list() -> None:
    draft = Draft()
    carried = ["上年结转资金", "0", "20.00", "20.00", "", "", ""]
    draft.form(full_rows(), [TOTAL, carried], ("100", "100"), key_values=_natures("100.01", "0", "0", "0"))
    assert draft.fired("SUM-05") == []
    short = Draft()
    short.form(full_rows(), [TOTAL], ("100", "100"), key_values=_natures("110.00", "0", "0", "0")[:2])
    assert short.statuses("SUM-05") == ["unverified"]


def test_purposes_against_the_total_row() -> None:
    values = [("基本支出", "expenditure_basic", "184.64"), ("项目支出", "expenditure_project", "365.54")]
    draft = Draft()
    draft.form(
        full_rows(),
        [["年度资金总额", "339.66", "535.67", "535.67", "10", "100%", "10"]],
        ("100", "100"),
        key_values=values,
    )
    (check,) = draft.checks("SUM-06")
    assert (check.status, str(check.difference)) == ("fail", "14.51")


PROJECT = [
    ("项目支出：", "28.6", "52", "142.8"),
    ("1、业务工作经费", "10", "20", "60"),
    ("2、运行维护经费", "", "", ""),
    ("3、专项资金（一个专项一行）", "", "", ""),
    ("道路养护", "18.6", "32", "82.8"),
]


def test_parts_of_project_spending() -> None:
    draft = Draft()
    draft.base(PROJECT)
    assert draft.statuses("SUM-08") == ["pass", "pass", "pass"]


def test_a_heading_with_a_value_stands_for_the_rows_below_it() -> None:
    draft = Draft()
    rows = [list(row) for row in PROJECT]
    rows[3][1:] = ["18.6", "32", "82.8"]
    draft.base([*rows, ["桥梁养护", "0", "0", "0"]])
    assert draft.statuses("SUM-08") == ["pass", "pass", "pass"]


def test_the_same_money_listed_twice() -> None:
    draft = Draft()
    draft.base(
        [
            ("项目支出", "28.6", "52", "142.8"),
            ("1、业务工作经费", "28.6", "52", "142.8"),
            ("3、专项资金", "", "", ""),
            ("某专项", "28.6", "52", "142.8"),
        ]
    )
    assert draft.fired("SUM-08") == [("SUM-08", "P1")] * 3


def test_a_blank_total_is_asked_for_and_a_blank_table_is_not() -> None:
    draft = Draft()
    draft.base(
        [("公用经费", "", "", ""), ("其中：办公经费", "8.30", "5", "3.24"), ("水电差旅", "7.44", "3", "0.02")]
    )
    checks = draft.checks("SUM-09")
    assert [(check.status, check.severity, check.reported) for check in checks] == [("fail", "P1", None)] * 3
    empty = Draft()
    empty.base([("公用经费", "", "", ""), ("其中：办公经费", "", "", ""), ("水电差旅", "", "", "")])
    assert empty.fired(*MUST) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("其中：办公经费", "", "40", ""), ("会议培训", "", "50", "")), ("fail", "I")),  # an incomplete 其中
        (
            (("其中：办公经费", "", "40", ""), ("会议培训", "", "70", "")),
            ("fail", "P1"),
        ),  # more than the total
        (
            (("其中：办公经费", "", "40", ""), ("其他费用", "", "50", "")),
            ("fail", "P1"),
        ),  # the rest is listed and still short
    ],
)
def test_listed_items_need_not_be_complete(
    rows: tuple[tuple[str, ...], ...], expected: tuple[str, str]
) -> None:
    draft = Draft()
    draft.base([("公用经费", "", "100", ""), *rows])
    (check,) = draft.checks("SUM-09")
    assert (check.status, check.severity) == expected


LIST = [
    ("甲项目", "31.5", "31.5", "98"),
    ("乙项目", "61.45", "61.45", "97"),
    ("丙项目", "42.7", "42.7", "99"),
]


def test_a_counted_list_that_misses_its_total() -> None:
    draft = Draft("summary")
    draft.say(
        "上报项目{3项:project_count/other}，全年预算{135.92万元:budget_annual/budget_annual}。其中丙项目{42.97万元:project_budget/budget_annual@丙项目}。"
    )
    draft.summary(LIST)
    (check,) = [each for each in draft.checks("SUM-10") if each.status == "fail"]
    assert (check.severity, str(check.difference)) == ("P0", "0.27")
    assert "丙项目" in (check.reason or "")


def test_a_list_that_does_not_say_it_is_complete_is_only_asked_about() -> None:
    draft = Draft()
    draft.say("2022年项目支出{200万元:expenditure_project/exec}。")
    draft.summary(LIST)
    assert draft.fired("SUM-10") == [("SUM-10", "P1")]


def test_a_list_shorter_than_the_stated_count_is_left_open() -> None:
    draft = Draft("summary")
    draft.say("上报项目{5项:project_count/other}，全年预算{300万元:budget_annual/budget_annual}。")
    draft.summary(LIST)
    assert draft.fired("SUM-10") == []


def test_the_department_total_is_not_the_projects_total() -> None:
    draft = Draft()
    draft.say("全年预算数{900万元:budget_annual/budget_annual}，全年支出{880万元:exec_annual/exec}。")
    draft.summary(LIST)
    assert draft.fired("SUM-10") == []


def test_a_sum_of_some_projects_is_not_the_total() -> None:
    draft = Draft()
    draft.say(
        "甲项目{31.5万元:project_budget/budget_initial@甲项目}；乙项目{61.45万元:project_budget/budget_initial@乙项目}。年中执行0万元，实际支出{92.95万元:expenditure_project/exec}。"
    )
    draft.say("2022年项目支出{135.65万元:expenditure_project/exec}。")
    draft.summary(LIST)
    assert draft.fired("SUM-10", "CON-02") == []


@pytest.mark.parametrize(("personnel", "fired"), [("1455", []), ("1555", [("SUM-02", "P1")]), ("1400", [])])
def test_parts_of_basic_spending_told_apart(personnel: str, fired: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say("全年支出中，基本支出{1557万元:expenditure_basic/exec}。")
    draft.say(f"人员经费全年执行{{{personnel}万元:expenditure_personnel/exec}}。")
    draft.say("公用经费全年执行{102万元:expenditure_public/exec}。")
    assert draft.fired("SUM-02") == fired
