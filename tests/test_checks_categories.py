"""REA-05 and REA-06: indicators in the wrong place, indicators set twice."""

from __future__ import annotations

import pytest

from tests.factory import Draft, full_rows, indicator

FUND = ["年度资金总额", "63", "63", "63", "10", "100%", "10"]


@pytest.mark.parametrize(
    ("name", "target", "kind", "fired"),
    [
        ("专项总费用", "63万元", "经济效益指标", True),
        ("项目投入资金额", "80万元", "经济效益指标", True),
        ("引导社会投入资金额", "80万元", "经济效益指标", False),
        ("带动农户增收", "35万元", "经济效益指标", False),
        ("带动群众增收", "63万元", "经济效益指标", False),
        ("成立工作领导小组", "1个", "时效指标", True),
        ("完成时限", "12个", "时效指标", False),
        ("按时召开会议", "12次", "时效指标", False),
        ("专款专用", "100%", "成本指标", True),
        ("成本控制率", "100%", "成本指标", False),
        ("运行成本率", "10万元", "成本指标", True),
        ("组织开展活动次数", "12次以上", "质量指标", True),
        ("科目调整次数", "≤10次", "质量指标", False),
        ("重大隐患漏报件数", "0件", "质量指标", False),
        ("培训合格人数", "30人", "质量指标", False),
        ("资金支付率", "100%", "数量指标", True),
        ("巡查次数", "12次", "数量指标", False),
    ],
)
def test_where_an_indicator_belongs(name: str, target: str, kind: str, fired: bool) -> None:
    draft = Draft()
    draft.form([indicator(name, target, target, kind=kind)], [FUND])
    assert draft.fired("REA-05") == ([("REA-05", "P1")] if fired else [])


def test_columns_that_were_guessed_prove_nothing() -> None:
    draft = Draft()
    draft.form([indicator("专款专用", kind="成本指标")], [FUND], flags=["glued"])
    assert draft.fired("REA-05") == []


def test_one_name_under_two_kinds() -> None:
    draft = Draft()
    draft.form(
        [
            indicator("勤俭节约，年末结余", "≤5%", "5%", "15", "14", kind="成本指标"),
            indicator("勤俭节约，年末结余", "≤5%", "5%", kind="经济效益指标", level1="效益指标"),
        ]
    )
    (check,) = [each for each in draft.checks("REA-06") if each.status == "fail"]
    assert check.severity == "P1"
    assert "14/15、10/10" in check.operands[0].role


def test_one_name_under_headings_of_several_words() -> None:
    draft = Draft()
    draft.form(
        [indicator("单车次检测成本", kind="经济成本指标"), indicator("单车次检测成本", kind="数量指标")]
    )
    assert draft.fired("REA-06") == [("REA-06", "P1")]


@pytest.mark.parametrize("names", [("工作完成率", "工作及时率"), ("合计", "合计")])
def test_names_that_differ_or_say_nothing(names: tuple[str, str]) -> None:
    draft = Draft()
    draft.form([indicator(names[0]), indicator(names[1], kind="时效指标")])
    assert draft.fired("REA-06") == []


def test_the_same_name_in_two_forms_or_twice_in_one_kind() -> None:
    draft = Draft()
    draft.form([indicator("开展培训场次"), indicator("开展培训场次")])
    draft.form([indicator("开展培训场次", kind="时效指标")], scope="某项目")
    assert draft.fired("REA-06") == []


@pytest.mark.parametrize(("second", "fires"), [("工作1完成率", True), ("居民满意率", False)])
def test_one_name_in_two_small_tables_of_a_form(second: str, fires: bool) -> None:
    draft = Draft()
    draft.form(full_rows(6))
    draft.form([indicator(second, kind="社会效益指标", level1="效益指标")])
    assert bool(draft.fired("REA-06")) is fires


def test_tables_that_repeat_one_another_repeat_no_indicator() -> None:
    draft = Draft()
    draft.form(full_rows(4))
    draft.form([indicator(f"工作{n}完成率", kind="社会效益指标", level1="效益指标") for n in (1, 2, 3)])
    assert draft.fired("REA-06") == []
