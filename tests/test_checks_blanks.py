"""INT-04, 06, 08 and 09: cells that are printed and left empty."""

from __future__ import annotations

import pytest

from extractor.records import replace
from extractor.schema import Evidence
from tests.factory import TOTAL, Draft, full_rows, indicator
from tests.whole_report import BODY, TITLE, checks, fired

BASE = [
    ["业务工作经费", "1", "2", "3"],
    ["会议费", "4", "5", "6"],
    ["厉行节约保障措施", "已制定", "已制定", "已制定"],
]


def _base(*blank: str) -> Draft:
    draft = Draft()
    draft.base([*BASE[:2], *([label, "", "", ""] for label in blank)], staff=("10", "9", "90%"))
    return draft


def test_rows_of_the_base_table() -> None:
    assert _base("厉行节约保障措施").fired("INT-04") == [("INT-04", "P1")]
    assert _base("2、出国经费").fired("INT-04") == [("INT-04", "P2")]
    assert _base().fired("INT-04") == []
    assert _base("二、经费控制情况", "专项一").fired("INT-04") == []  # headings, rows of the unit's own
    assert _base("三公经费", "项目支出：", "3、专项资金（一个专项一行）").fired("INT-04") == []


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("填表人： 填报日期： 联系电话： 单位负责人签字：", ["P2"]),
        ("填表人：某某  填报日期：2023.6.15  联系电话： 28  单位负责人签字：", []),
        ("填表人：某某  填报日期：  联系电话： 28", ["P2"]),
        ("联系电话： 28  填表人：\n某某", []),
        ("| 填表人： |  | 联系电话： | 28 |", ["P2"]),
        ("| 填表人： |\n|  |\n| 填报日期： |\n| 2024年3月6日 |", ["P2"]),
        ("| 填表人： |\n| 某某 |", []),
    ],
)
def test_the_foot_of_a_form(foot: str, expected: list[str]) -> None:
    assert fired(TITLE + BODY * 3 + foot + "\n", "INT-06") == expected


def _fund_use(*progress: str) -> str:
    rows = "".join(f"\t职能{n}\t任务{n}\t{told}\t{n}0\t{n}0\t{n}0\n" for n, told in enumerate(progress, 1))
    head = "\t职能名称\t政策或重点任务\t完成情况\t预算数(万元)\t其中：财政拨款\t执行数(万元)\n"
    return f"{TITLE}{BODY}资金使用情况表\n{head}{rows}\n{BODY}"


def test_a_column_that_no_row_fills() -> None:
    assert fired(_fund_use("", "", ""), "INT-08") == ["P1"]
    assert fired(_fund_use("", "已完成", ""), "INT-08") == []


def test_scored_indicators_without_a_result() -> None:
    draft = Draft()
    draft.form([*full_rows(4), indicator("培训次数", "5次", "")])
    assert draft.fired("INT-08") == [("INT-08", "P1")]
    draft = Draft()
    draft.form([indicator(f"工作{n}", "5次", "") for n in range(5)])  # scored although no row is answered
    assert draft.fired("INT-08") == [("INT-08", "P1")]
    draft = Draft()
    draft.form([indicator(f"工作{n}", "5次", "", score="") for n in range(5)])  # still to be filled in
    assert draft.fired("INT-08") == []


@pytest.mark.parametrize(("spent", "fires"), [("120.00", True), ("", False)])
def test_a_form_without_points_whose_money_was_spent(spent: str, fires: bool) -> None:
    draft = Draft()
    rows = [indicator(f"工作{n}", "5次", "", points=None, score=None) for n in range(4)]
    draft.form(rows, [["年度资金总额", "100.00", "120.00", spent, None, "100%", None]])
    assert bool(draft.fired("INT-08")) is fires


SIGNED = TITLE + BODY * 6 + "某县水利局\n{}\n附件：自评表\n" + BODY


def test_a_signed_report_without_a_date() -> None:
    assert fired(SIGNED.format(""), "INT-06") == ["P2"]
    assert fired(SIGNED.format("2023年3月28日"), "INT-06") == []
    assert fired(SIGNED.format("二〇二三年三月"), "INT-06") == []
    assert [each.status for each in checks(TITLE + BODY * 6, "INT-06")] == ["unverified"]  # the body alone


def test_budget_without_spending() -> None:
    draft = Draft()
    draft.say("2022年收入预算{817.53万元:revenue_budget/budget_annual}，主要用于平安建设。")
    assert draft.fired("INT-09") == [("INT-09", "P1")]
    draft.say("全年实际支出{810万元:exec_annual/exec}。")
    assert draft.fired("INT-09") == []


def test_spending_told_in_other_words_or_in_the_form() -> None:
    draft = Draft()
    draft.say("2022年收入预算{817.53万元:revenue_budget/budget_annual}，资金执行率为98%。")
    assert draft.fired("INT-09") == []
    draft = Draft()
    draft.say("2022年收入预算{120万元:revenue_budget/budget_annual}。")
    draft.form(full_rows(), [TOTAL], ("100", "100"))
    assert draft.fired("INT-09") == []


def test_a_form_scored_without_spending() -> None:
    draft = Draft()
    draft.form(full_rows(), [["年度资金总额", "100", "120", "", "10", "", "10"]], ("100", "100"))
    assert draft.fired("INT-09") == [("INT-09", "P1")]


def test_a_form_summed_up_without_its_execution() -> None:
    draft, open_ = Draft(), Draft()
    row = ["年度资金总额", "100", "120", "", "10", "", ""]
    draft.form(full_rows(), [row], ("100", "100"))
    assert draft.fired("INT-09") == [("INT-09", "P1")]
    open_.form([indicator(f"工作{n}", actual="", score="") for n in range(5)], [row], ("100", ""))
    assert open_.fired("INT-09") == []


@pytest.mark.parametrize(("spent", "fires"), [("120", True), (None, False)])
def test_one_of_several_forms_names_no_spending(spent: str | None, fires: bool) -> None:
    draft = Draft()
    draft.form(
        full_rows(), [["年度资金总额", "100", "100", None, "10", None, "10"]], ("100", "100"), "甲项目"
    )
    draft.form(
        full_rows(), [["年度资金总额", "100", "120", spent, "10", None, "10"]], ("100", "100"), "乙项目"
    )
    assert bool(draft.fired("INT-09")) is fires


HEADS = "项目支出绩效自评表\n\t一级指标\t二级指标\t三级指标\t分值\t年度指标值\t实际完成值\t评分标准\t得分\n"


@pytest.mark.parametrize(("reached", "expected"), [("", ["P1"]), ("12次", [])])
def test_a_column_that_stands_behind_the_points_is_empty(reached: str, expected: list[str]) -> None:
    rows = "".join(
        f"\t产出指标\t数量指标\t巡查{place}次数\t25\t12次\t{reached}\t完成得满分\t25\n"
        for place in "东南西北"
    )
    text = f"{TITLE}{BODY}{HEADS}{rows}\t总分\t\t\t100\t\t\t\t100\n"
    assert fired(text, "INT-08") == expected


@pytest.mark.parametrize(("points", "level"), [("10", ["P2"]), ("9", [])])
def test_a_column_lost_in_a_text_without_cells_where_all_points_are_there(
    points: str, level: list[str]
) -> None:
    draft = Draft()
    rows = [indicator(f"工作{n}", "5次", "", points, points) for n in range(9)]
    draft.form(rows, [TOTAL], ("100", "100"), flags=("inferred_column",))
    draft.parts["indicators"] = [
        replace(row, actual=replace(row.actual, evidence=Evidence())) for row in draft.parts["indicators"]
    ]
    assert [severity for _, severity in draft.fired("INT-08")] == level


FORM = """部门预算项目支出绩效自评表（2023年度）
项目名称\t渠系清淤
主管部门\t溪口县水务局\t实施单位\t溪口县水务局
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t42.00\t40.00\t40.00\t10\t100%%\t%s
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t清淤长度\t≥12公里\t%s\t60\t%s
效益指标\t社会效益指标\t受益灌区满意率\t≥90%%\t%s\t30\t%s
"""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("", "", "", "", ""), ["P1"]),
        (("10", "", "", "", ""), ["P1"]),
        (("10", "12公里", "", "95%", ""), []),  # answered, to be scored by another
        (("10", "12公里", "60", "95%", "30"), []),
    ],
)
def test_a_form_sent_in_as_it_was_drawn_up(cells: tuple[str, ...], expected: list[str]) -> None:
    assert fired(FORM % cells, "INT-08") == expected


def test_a_form_that_only_declares_its_targets_is_not_unfilled() -> None:
    declared = FORM.replace("40.00\t10\t100%%", "\t10\t") % ("", "", "", "", "")
    assert fired(declared, "INT-08") == []
