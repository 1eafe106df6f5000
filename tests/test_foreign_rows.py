"""Rows that earlier forms had not: names under 绩效指标, levels that say what they count, a closing row of averages, a rate printed alone."""

import pytest

from tests.table_report import funds, indicators, read, shown
from tests.test_foreign_forms import PRINTS, cells, told

BRIEF = cells("""
2022年度财政专项资金项目绩效自评简表
项目名称|牧区学校取暖|项目金额|312万元
指标类别|绩效指标|计划值|实现值|分值|自评分|备注
产出|安装学校|26所|26所|50|50|
产出|完工时间|10月底前|11月6日|10|9|大雪封路
效益|受益师生|≥7200人|7310人|40|40|
合计||||100|99|
""")


@pytest.mark.parametrize("name", PRINTS)
def test_the_indicators_beside_their_class_are_the_rows(name: str) -> None:
    text = PRINTS[name](BRIEF)
    assert told(indicators(text, "level1", "level3", "target", "actual", "points", "score")) == [
        "产出|安装学校|26所|26所|50|50",
        "产出|完工时间|10月底前|11月6日|10|9",
        "效益|受益师生|≥7200人|7310人|40|40",
    ]
    assert [shown(p.name) for p in read(text)[1].projects] == ["牧区学校取暖"]


COUNTING = cells("""
一级指标|二级指标|三级指标|指标分值|自评得分|备注
预算统筹（80分）|预算编制（40分）|目标制定|20|20|
||目标完成|20|19|个别目标未量化
|执行结果（40分）|执行进度|40|38|招标滞后
结果应用（20分）|信息公开（20分）|自评公开|20|20|
""")


@pytest.mark.parametrize("name", PRINTS)
def test_of_two_labels_that_say_what_they_count_the_first_is_the_higher(name: str) -> None:
    found = told(indicators(PRINTS[name](COUNTING), "level1", "level2", "level3", "points", "score"))
    assert found[-1] == "结果应用(20分)|信息公开(20分)|自评公开|20|20"
    assert found[0] == "预算统筹(80分)|预算编制(40分)|目标制定|20|20"


AVERAGES = cells("""
部门预算项目绩效自评结果一览表
序号|项目名称|年初预算|年中调整|全年预算|实际支出|执行率|自评得分
1|陪审员经费|18|0|18|17.1|95%|97.5
2|诉讼信息化|66|-6|60|58.2|97%|98
合计/平均||84|-6|78|75.3|96.54%|97.8
""")


@pytest.mark.parametrize("name", PRINTS)
def test_a_closing_row_of_averages_is_no_project(name: str) -> None:
    projects = read(PRINTS[name](AVERAGES))[1].projects
    assert [(shown(p.name).rstrip("~"), shown(p.annual).rstrip("~")) for p in projects] == [
        ("陪审员经费", "18"),
        ("诉讼信息化", "60"),
    ]


def test_a_lone_rate_behind_the_amounts_is_no_score() -> None:
    rows = cells("""
项目名称|健身场地|主管部门|滨河区体育中心
项目资金（万元）||年初预算数|全年预算数|全年执行数|执行率（%）|执行率权重（分）|执行率得分（分）
|年度总金额|150|138|135.24|98|10|9.8
|其中：财政资金|150|138|135.24|98||
一级指标|二级指标|三级指标|指标值|完成值|分值|得分
产出指标|数量指标|新建场地|9处|9处|90|90
""")
    for name in ("cell_lines", "spaced", "tab_rows"):
        assert told(funds(PRINTS[name](rows)))[1].rstrip("·|") == "其中:财政资金|150|138|135.24||98"


def test_a_score_above_its_points_among_rows_in_doubt_is_in_doubt() -> None:
    text = """部门整体支出绩效评价指标评分表
一级指标  分值  二级指标  分值  三级指标  分值  指标解释  计分方法  得分
过程  50  预算执行  20  预算完成率  20  完成数/预算数  100%计满分
，每低5%扣2
分  18
预算管理  30  制度健全性  10  是否制定办法  有办法4分，合
法合规完整3分
，有效执行3分  10
资金使用合规性  20  资金使用是否合规  出现截留挤占挪
用的不得分  20
产出及效率  40  职责履行  20  重点工作实际完
成率  20  完成数/交办数
×100%  按完成率计分  19.5
履职效益  20  社会公众满意度  20  社会公众的满意
程度  90%以上计2
0分，80%至
90%计15分  20
"""
    found = indicators(text, "level3", "points", "score")
    assert "用的不得分~|20~|40~" in found  # the 40 is the next level's; nobody is told that 40 exceeds 20
    assert "重点工作实际完成率|20|19.5" in found
