"""Cells without separators: cut where the form's arithmetic leaves one way, unreadable where it leaves two."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.segment.solving import surviving
from extractor.segment.splits import readings
from tests.readers import MONEY, VALUES, facts, flags, texts

HEAD = """项目名称：湿地巡护经费
主管部门某县林业局实施单位某县湿地中心
项目资金（万元）全年预算数全年执行数执行率分值得分
年度资金总额186.4167.7690%109
其中：财政拨款150150100%--
其他资金36.417.7648.79%--
一级指标二级指标三级指标分值年度指标值实际完成值得分偏差原因及改进措施
"""
ROWS = """产出指标(50分)数量指标巡护站点数10≥40个36个9因改造暂停，完工后恢复
培训护林员（人次）51201315
开展宣传活动10≥60场30场5上半年停办
质量指标检查合格率10≥98%98.4%10
时效指标补助按季拨付率11100%50%5.5到账晚，今后先拨
成本指标器材购置成本415万元14.6万元4
"""


def test_money_follows_from_rate_score_and_sums() -> None:
    funds = facts(HEAD + ROWS + "总分6047.5\n").funds
    assert [texts(f, "item", *MONEY) for f in funds] == [
        ["年度资金总额", None, "186.4", "167.76", "10", "90%", "9"],
        ["其中:财政拨款", None, "150", "150", "-", "100%", "-"],
        ["其他资金", None, "36.4", "17.76", "-", "48.79%", "-"],
    ]
    assert flags(funds[0], "annual") == ("glued",)
    assert funds[0].annual is not None
    assert funds[0].annual.evidence.certain
    assert funds[0].annual.value == Decimal("186.4")


def test_points_follow_from_the_label_and_glue_with_two_ways_stays() -> None:
    rows = facts(HEAD + ROWS).indicators
    assert texts(rows[5], "level1", "level2", "level3", *VALUES) == [
        "产出指标(50分)",
        "成本指标",
        "器材购置成本",
        "15万元",
        "14.6万元",
        "4",
        "4",
    ]
    assert texts(rows[0], *VALUES, "reason") == ["≥40个", "36个", "10", "9", "因改造暂停,完工后恢复"]
    unreadable = rows[1]
    assert texts(unreadable, "points", "score") == ["5", "5"]
    for role in ("target", "actual"):
        cell = getattr(unreadable, role)
        assert (cell.text, cell.kind, cell.value, cell.evidence.certain) == (
            "120131",
            "unreadable",
            None,
            False,
        )
        assert set(cell.evidence.flags) == {"glued", "unreadable"}


def test_without_a_sum_several_cuts_stay_unreadable() -> None:
    rows = facts(HEAD + "产出指标数量指标宣传场次11111\n质量指标检查合格率10≥98%98.4%10\n").indicators
    for role in ("target", "actual"):
        cell = getattr(rows[0], role)
        assert cell.value is None
        assert set(cell.evidence.flags) == {"glued", "unreadable"}
    assert rows[0].points is not None
    assert not rows[0].points.evidence.certain
    assert texts(rows[1], *VALUES) == ["≥98%", "98.4%", "10", "10"]


def test_a_whole_form_on_one_line() -> None:
    text = (
        "绩效自评表(2022年度)项目名称水标尺安装主管部门某县水利局实施单位某县水利局资金情况(万元)全年预算数(A)全年执行数(B)分值执行率(B/A)得分"
        "年度资金总额:303010100.00%10其中:本年财政拨款3030其他资金绩效指标一级指标二级指标三级指标分值年度指标值全年实际值得分未完成原因及拟采取的改进措施"
        "产出指标(70分)数量指标安装水标尺10≥310米≥310米10质量指标项目(工程)验收合格率40100%100%40时效指标及时(按期)开工率10≥90%≥90%10"
        "成本指标项目计划总投资1030万元30万元10效益指标(20分)经济效益指标社会效益指标受益人口数10≥1200人≥1200人10生产生活条件改善状况10显著提升显著提升10……总分100100"
    )
    found = facts(text)
    assert texts(found.funds[0], *MONEY) == [None, "30", "30", "10", "100.00%", "10"]
    assert [texts(i, "level2", "level3", *VALUES) for i in found.indicators] == [
        ["数量指标", "安装水标尺", "≥310米", "≥310米", "10", "10"],
        ["质量指标", "项目(工程)验收合格率", "100%", "100%", "40", "40"],
        ["时效指标", "及时(按期)开工率", "≥90%", "≥90%", "10", "10"],
        ["成本指标", "项目计划总投资", "30万元", "30万元", "10", "10"],
        ["经济效益指标", "", "", "", "", ""],
        ["社会效益指标", "受益人口数", "≥1200人", "≥1200人", "10", "10"],
        ["社会效益指标", "生产生活条件改善状况", "显著提升", "显著提升", "10", "10"],
    ]
    project = found.projects[0]
    assert (
        project.total_points and project.total_points.text,
        project.total_score and project.total_score.text,
    ) == ("100", "100")


@pytest.mark.parametrize(
    "money", ["年度资金总额121.05121.05121.0510100%10", "年度资金总额12312312310100%10\n其他资金12312"]
)
def test_ambiguous_money_is_not_cut(money: str) -> None:
    head = "项目名称某项目\n项目资金（万元）年初预算数全年预算数全年执行数分值执行率得分\n"
    rows = "\n一级指标二级指标三级指标年度指标值实际完成值分值得分\n产出指标数量指标某数量≥3个3个9090\n"
    fund = facts(head + money + rows).funds[0]
    if fund.annual is not None and fund.annual.value is not None:
        assert (fund.annual.text, fund.executed and fund.executed.text) == ("123", "123")
    else:
        assert "unreadable" in flags(fund, "annual")


def test_words_are_cut_by_the_vocabulary_but_never_certain() -> None:
    rows = facts(HEAD + "效益指标(30分)社会效益指标公共服务水平30持续提升持续提升30\n").indicators
    assert texts(rows[0], "level3", *VALUES) == ["公共服务水平", "持续提升", "持续提升", "30", "30"]
    assert rows[0].target is not None
    assert not rows[0].target.evidence.certain
    assert flags(rows[0], "target") == ("glued",)


def test_unknown_words_are_not_cut() -> None:
    head = HEAD.replace("三级指标分值年度指标值实际完成值得分", "三级指标年度指标值实际完成值分值得分")
    rows = facts(head + "效益指标(30分)社会效益指标公共服务水平蒸蒸日上再创佳绩3030\n").indicators
    assert "unreadable" in flags(rows[0], "level3")
    assert "unreadable" in flags(rows[0], "target")


TAB_HEAD = "\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"


def test_glued_cells_in_a_tab_row() -> None:
    text = (
        "项目名称\t湿地\t\t\t\t\t\n"
        + TAB_HEAD
        + "年度资金总额\t315\t363331\t10\t91.2%\t9.12\n其中：财政拨款\t296\t344\t312\t-\t\t-\n上年结转资金\t19\t19\t19\t-\t\t-\n其他资金\t\t\t\t\t\t\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t站点\t≥4次\t4次\t12.5\t12.5\n\t质量指标\t合格率\t≥90%95%\t10\t10\n\t时效指标\t及时率\t≥80%\t76%\t109.5\n"
    )
    found = facts(text)
    assert texts(found.funds[0], *MONEY) == ["315", "363", "331", "10", "91.2%", "9.12"]
    assert flags(found.funds[0], "annual") == ("glued",)
    assert flags(found.funds[0], "initial") == ()
    assert texts(found.indicators[1], *VALUES) == ["≥90%", "95%", "10", "10"]
    assert texts(found.indicators[2], *VALUES) == ["≥80%", "76%", "10", "9.5"]


def test_cuts_keep_numbers_whole() -> None:
    assert [
        [("109.6"[a:b]) for a, b in r if r]
        for r in [[p for p in c if p] for c in readings("109.6", 0, 5, ("points", "score"))]
    ] == [["10", "9.6"]]
    assert readings("1007", 0, 4, ("points",)) == []
    assert readings("98%0.5", 0, 6, ("rate", "score")) == [((0, 3), (3, 6))]


def test_surviving_members_of_a_sum() -> None:
    assert surviving([{1, 5}, {2, 3}], {7}) == [{5}, {2}]
    assert surviving([{1, 5}, {2, 6}], {7}) == [{1, 5}, {2, 6}]
    assert surviving([{1}, {2}], {9}) is None
