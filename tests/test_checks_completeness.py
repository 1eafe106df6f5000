"""INT-02, 03, 05 and 07: missing forms, totals and dimensions."""

from __future__ import annotations

import pytest

from tests.factory import TOTAL, Draft, full_rows, indicator
from tests.whole_report import BODY, TITLE, checks, fired

LONG = f"{TITLE}一、基本情况\n{BODY * 12}二、自评结论\n{BODY * 12}"


def test_a_result_without_any_form() -> None:
    assert fired(LONG + "综合评价等级为优。\n", "INT-02") == ["P1"]


def test_a_form_that_may_be_elsewhere() -> None:
    told = LONG + "详见部门整体支出绩效自评表。综合评价等级为优。\n"
    assert fired(told, "INT-02") == ["P2"]
    read_badly = LONG + "一级指标 二级指标 三级指标 年度指标值\n综合评价等级为优。\n"
    assert [each.status for each in checks(read_badly, "INT-02")] == ["unverified"]
    assert fired(TITLE + BODY + "综合评价等级为优。\n", "INT-02") == []  # an excerpt
    assert fired(LONG, "INT-02") == []  # no result
    foot = "填表人：李明  填报日期：2023年3月6日\n"
    assert fired(LONG + foot, "INT-02") == ["P2"]  # all there, and neither result nor form
    assert fired((LONG + "综合评价等级为优。\n").replace("\n", ""), "INT-02") == []  # a damaged conversion


def test_a_printed_form_is_no_missing_form() -> None:
    draft = Draft()
    draft.form(full_rows(), [TOTAL], ("100", "100"))
    assert draft.fired("INT-02") == []


def test_project_forms_are_told_elsewhere() -> None:
    (check,) = Draft().checks("INT-03")
    assert (check.status, "CON-08" in (check.reason or "")) == ("not_applicable", True)


def test_a_grade_without_a_total() -> None:
    assert fired(LONG + "综合评价等级为优。\n", "INT-05") == ["P1"]
    assert fired(LONG + "自评得分96.5分，综合评价等级为优。\n", "INT-05") == []
    assert fired(LONG + "经综合评定为97分，评价等级为优。\n", "INT-05") == []
    assert fired(LONG + "各项目平均分为95.2分，评价等级为优。\n", "INT-05") == []
    assert fired(LONG + "指标权重总分设定为100分。综合评价等级为优。\n", "INT-05") == ["P1"]


def _form(*levels: str) -> Draft:
    draft = Draft()
    rows = [
        indicator(f"工作{n}", level1=level, kind="", points="18", score="18")
        for n, level in enumerate(levels)
    ]
    draft.form(rows, [TOTAL], ("100", "100"))
    return draft


@pytest.mark.parametrize(
    ("closing", "expected"),
    [("总分\t\t\t\t\t100\t\t\n", ["P2"]), ("总分\t\t\t\t\t100\t20\t\n", []), ("", [])],
)
def test_a_form_whose_total_is_left_open(closing: str, expected: list[str]) -> None:
    form = (
        "部门整体支出绩效自评表\n\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
        "\t产出指标\t数量指标\t巡查次数\t12次\t12次\t10\t10\t\n\t\t质量指标\t巡查合格率\t95%\t96%\t10\t10\t\n"
    )
    assert fired(LONG + form + closing, "INT-05") == expected


@pytest.mark.parametrize(("score", "expected"), [("", ["P2"]), ("19.5", [])])
def test_a_total_of_lines_is_left_open(score: str, expected: list[str]) -> None:
    rows = "".join(
        f"三级指标:巡查{place}次数，年度指标值:{place}次，全年完成值:{place}次，标准分:30，自评得分:30\n"
        for place in (12, 13, 14)
    )
    head = "项目支出绩效自评表\n单位：万元\n项目名称:河道清淤项目\n一级指标:产出（90分），二级指标:数量，"
    text = f"{TITLE}一、改进措施\n{BODY}{head}{rows}总分:100\n得分:{score}\n等级:优\n"
    assert fired(text, "INT-05") == expected


def test_a_form_without_a_dimension() -> None:
    assert _form(*["产出指标"] * 5).fired("INT-07") == [("INT-07", "I")]
    assert _form(*["产出指标"] * 4, "效益指标").fired("INT-07") == []


def test_structures_of_its_own_and_lost_rows() -> None:
    assert _form("投入", "过程", "产出指标", "产出指标", "产出指标").fired("INT-07") == []
    draft = Draft()
    draft.form([indicator(f"工作{n}") for n in range(6)], [TOTAL], ("100", "100"))  # 60 of 90 points
    assert draft.fired("INT-07") == []
