"""CON: the same number in two places, and words against numbers."""

from __future__ import annotations

import pytest

from tests.catalogue import MUST
from tests.factory import Draft, full_rows, indicator

FUND = ["年度资金总额", "339.66", "535.67", "535.67", "10", "100%", "10"]


def _with_form(sentence: str, fund: list[str] | None = None, more: tuple[list[str], ...] = ()) -> Draft:
    draft = Draft()
    draft.say(sentence)
    draft.form(full_rows(), [fund or FUND, *more], ("100", "100"))
    return draft


def test_prose_against_the_form() -> None:
    draft = _with_form("2022年支出{550.28万元:expenditure_total/exec}。")
    assert draft.fired("CON-01") == [("CON-01", "P0")]
    assert (
        _with_form(
            "年初预算{339.66万元:budget_initial/budget_initial}，支出{535.67万元:exec_annual/exec}。"
        ).fired(*MUST)
        == []
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "全年支出{536万元:exec_annual/exec}。",  # whole 万元 in prose
        "全年支出{5356700元:exec_annual/exec}。",  # 元 in prose
        "全年支出{5,356,698.21元:exec_annual/exec}。",
        "截至6月底支出{210.00万元:exec_annual/exec}。",
        "上年支出{498.20万元:exec_annual/exec}。",
        "2021年支出{498.20万元:exec_annual/exec#2021}。",
        "自2020年以来累计支出{1498.20万元:exec_annual/exec}。",
        "计划全年支出{600万元:exec_annual/exec}。",
        "甲项目支出{63万元:project_exec/exec@甲项目}；乙项目支出{10万元:project_exec/exec@乙项目}，共计支出{73万元:exec_annual/exec}。",
    ],
)
def test_what_is_not_the_years_total_is_not_held_against_it(sentence: str) -> None:
    assert _with_form(sentence).fired("CON-01", "CON-02", "REA-01") == []


def test_a_gap_that_is_the_listed_carryover_is_explained() -> None:
    fund = ["合计", "582.71", "737.26", "737.26", "10", "100%", "10"]
    draft = _with_form(
        "全年支出{734.08万元:exec_annual/exec}。", fund, (["上年结转资金", "", "3.18", "", "", "", ""],)
    )
    assert draft.fired(*MUST) == []


def test_a_part_of_the_funds_is_not_the_total() -> None:
    draft = _with_form("财政拨款支出{500.00万元:exec_annual/exec}。")
    assert draft.statuses("CON-01") == ["unverified"]


def test_a_bare_spending_may_be_a_part() -> None:
    draft = _with_form("辅助器具支出{24.50万元:exec_annual/exec}。")
    assert draft.statuses("CON-01") == ["unverified"]
    assert _with_form("全年支出{24.50万元:exec_annual/exec}。").fired("CON-01") == [("CON-01", "P0")]


def test_what_is_left_is_no_second_total() -> None:
    draft = Draft()
    draft.say("项目支出{193.71万元:expenditure_project/exec}。")
    draft.say(
        "其余项目支出{76.57万元:expenditure_project/exec}。涉及项目资金{50.00万元:expenditure_project/exec}。"
    )
    assert draft.fired("CON-02") == []


def test_a_doubtful_reading_is_never_p0() -> None:
    draft = Draft()
    draft.say("2022年支出{550.28万元:expenditure_total/exec}。")
    draft.form(full_rows(), [FUND], ("100", "100"), flags=["ocr"])
    (check,) = [each for each in draft.checks("CON-01") if each.status == "fail"]
    assert (check.severity, check.cause) == ("P1", "extraction")


def test_the_list_of_tasks_against_project_spending() -> None:
    draft = Draft()
    draft.say("公用经费{212.40万元:expenditure_public/exec}。")
    draft.base([("公用经费", "200", "210", "214.20")])
    assert draft.fired("CON-01") == [("CON-01", "P0")]


def test_named_projects() -> None:
    draft = Draft("summary")
    draft.say(
        "甲项目预算{42.97万元:project_budget/budget_annual@甲项目}；乙项目预算{10万元:project_budget/budget_annual@乙项目经费}。"
    )
    draft.summary([("甲项目", "42.7", "42.7", "98"), ("乙项目", "10.00", "10.00", "97")])
    assert draft.fired("CON-01") == [("CON-01", "P1")]


def test_prose_against_itself() -> None:
    draft = Draft()
    draft.say("项目支出{365.54万元:expenditure_project/exec}。")
    draft.say("整体情况：项目支出{351.03万元:expenditure_project/exec}。")
    assert draft.fired("CON-02") == [("CON-02", "P0")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全年支出{365.54万元:exec_annual/exec}。", "财政拨款支出{351.03万元:exec_annual/exec}。"),
        ("全年支出{365.54万元:exec_annual/exec}。", "全年支出{366万元:exec_annual/exec}。"),
        ("全年支出{365.54万元:exec_annual/exec}。", "全年支出{3655400元:exec_annual/exec}。"),
        (
            "年初预算{100万元:budget_initial/budget_initial}。",
            "全年预算{120万元:budget_annual/budget_annual}。",
        ),
    ],
)
def test_two_calibres_are_not_a_contradiction(one: str, other: str) -> None:
    draft = Draft()
    draft.say(one)
    draft.say(other)
    assert draft.fired("CON-02") == []


def test_a_score_of_prose_against_its_form() -> None:
    draft = Draft()
    draft.say("某项目自评得分{100分:total_score/score@某项目}，整体自评得分{97分:total_score/score}。")
    draft.form(full_rows(), [FUND], ("100", "97"), scope="某项目")
    draft.form(full_rows(), [FUND], ("100", "97"))
    assert draft.fired("CON-03") == [("CON-03", "P0")]


def test_a_score_rounded_in_prose_and_an_average() -> None:
    draft = Draft()
    draft.say("自评得分{97分:total_score/score}，项目平均得分{95.5分:total_score/score}。")
    draft.form(full_rows(), [FUND], ("100", "96.84"))
    assert draft.fired("CON-03") == []


WITHIN = "支出总额控制在预算总额以内。"
CARRIED = (
    "全年预算数{1805.59万元:budget_annual/budget_annual}，上年结转{60.00万元:carryover_in/carryover}，"
    "全年支出{1863.96万元:exec_annual/exec}。"
)


@pytest.mark.parametrize(
    ("amounts", "statement", "fired"),
    [
        (
            "全年预算数{1805.59万元:budget_annual/budget_annual}，全年支出{1863.96万元:exec_annual/exec}。",
            WITHIN,
            True,
        ),
        (
            "全年预算数{1863.96万元:budget_annual/budget_annual}，全年支出{1805.59万元:exec_annual/exec}。",
            WITHIN,
            False,
        ),
        (
            CARRIED,
            WITHIN,
            False,
        ),
        (
            "全年预算数{1805.59万元:budget_annual/budget_annual}，全年支出{1863.96万元:exec_annual/exec}。",
            "三公经费控制在预算以内。",
            False,
        ),
        (
            "全年预算数{1805.59万元:budget_annual/budget_annual}，全年支出{1863.96万元:exec_annual/exec}。",
            "今后要将支出控制在预算以内。",
            False,
        ),
    ],
)
def test_spending_said_to_be_within_the_budget(amounts: str, statement: str, fired: bool) -> None:
    draft = Draft()
    draft.say(amounts)
    draft.say(statement)
    assert draft.fired("CON-06") == ([("CON-06", "P0")] if fired else [])


@pytest.mark.parametrize(
    ("statement", "actual", "fired"),
    [
        ("本年全部完成绩效目标。", "98%", True),
        ("各项绩效指标均已完成。", "98%", True),
        ("本年基本完成绩效目标。", "98%", False),
        ("力争全部完成绩效目标。", "98%", False),
        ("本年全部完成绩效目标。", "100%", False),
        ("创建任务的量化指标均已全部完成。", "98%", False),  # speaks of something else
    ],
)
def test_targets_said_to_be_met(statement: str, actual: str, fired: bool) -> None:
    draft = Draft()
    draft.say(statement)
    draft.form([indicator("满意度", "100%", actual, "10", "9.8")])
    assert draft.fired("CON-06") == ([("CON-06", "P1")] if fired else [])


def test_projects_said_to_be_executed() -> None:
    draft = Draft("summary")
    draft.say("上报项目{3项:project_count/other}，实际执行{3项:project_exec_count/other}。")
    draft.summary([("甲", "10", "10", "98"), ("乙", "10", "0", "60"), ("丙", "5", "5", "97")])
    assert draft.fired("CON-06") == [("CON-06", "P1")]
    fine = Draft("summary")
    fine.say("上报项目{3项:project_count/other}，实际执行{2项:project_exec_count/other}。")
    fine.summary([("甲", "10", "10", "98"), ("乙", "10", "0", "60"), ("丙", "5", "5", "97")])
    assert fine.fired("CON-06") == []


@pytest.mark.parametrize(
    ("name", "target", "fund", "fired"),
    [
        ("压减项目经费", "10%", ["52", "142.8", "142.8"], True),
        ("压减项目经费", "10%", ["52", "52", "45"], False),
        ("严控支出，减少结余", "≤4%", ["52", "142.8", "142.8"], False),
        ("压减会议费支出", "10%", ["52", "142.8", "142.8"], False),
        ("压减支出任务完成率", "100%", ["52", "142.8", "142.8"], False),
    ],
)
def test_promised_cuts(name: str, target: str, fund: list[str], fired: bool) -> None:
    draft = Draft()
    draft.form([indicator(name, target, target)], [["合计", *fund, "10", "100%", "10"]], scope="某项目")
    assert draft.fired("CON-07") == ([("CON-07", "P1")] if fired else [])


def test_a_cut_against_last_year_is_a_cut() -> None:
    draft = Draft()
    draft.base([("三公经费", "12", "8", "9"), ("项目支出", "200", "52", "142.8")])
    draft.form([indicator("压减三公经费支出", "5%", "25%"), indicator("压减项目支出", "5%", "28%")])
    assert draft.fired("CON-07") == []
