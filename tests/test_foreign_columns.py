"""Columns that say what they are by the values below them, by their number, or in a second row of heads; money printed across."""

import pytest

from tests.table_report import check_slices, funds, indicators, read
from tests.test_foreign_forms import PRINTS, cells, told, totals

ADJUSTED = cells("""
项目名称|江豚栖息地巡护|实施单位|白水湖保护站
预算执行情况（万元）||预算批复数|预算调整数|全年执行数|预算执行率|权重|得分
|年度资金总额|86|80|76|95%|10|9.5
|其中：财政拨款|86|80|76|95%||
一级指标|二级指标|三级指标|目标值|完成值|权重|得分
产出指标|数量指标|巡护里程|≥900公里|930公里|90|90
合计|||||100|99.5
""")


@pytest.mark.parametrize("name", PRINTS)
def test_what_the_rates_divide_by_is_the_budget_of_the_year(name: str) -> None:
    assert told(funds(PRINTS[name](ADJUSTED)))[0] == "年度资金总额|86|80|76|10|95%|9.5"


def test_an_adjustment_stays_one_where_the_rates_divide_by_the_first_budget() -> None:
    rows = [[{"80": "0", "95%": "88.37%"}.get(cell, cell) for cell in row] for row in ADJUSTED]
    assert told(funds(PRINTS["tab_rows"](rows)))[0] == "年度资金总额|86|·|76|10|88.37%|9.5"


UNHEARD = cells("""
一级指标|二级指标|三级指标|预期值|兑现值|兑现度（%）|权重|自评得分
产出指标|数量指标|修复古道|6公里|6公里|100|50|50
|质量指标|验收合格率|≥95%|98%|103|20|20
效益指标|社会效益指标|年接待研学|≥800人次|760人次|95|30|28.5
""")


@pytest.mark.parametrize("name", PRINTS)
def test_results_are_counted_as_their_targets_are(name: str) -> None:
    assert told(indicators(PRINTS[name](UNHEARD))) == [
        "产出指标|数量指标|修复古道|6公里|6公里|50|50",
        "产出指标|质量指标|验收合格率|≥95%|98%|20|20",
        "效益指标|社会效益指标|年接待研学|≥800人次|760人次|30|28.5",
    ]


ACROSS = cells("""
项目名称|冬小麦一喷三防|实施单位|清河县植保站
项目资金（万元）||合计|中央资金|省级资金
|预算安排|540|300|240
|实际支出|513|300|213
一级指标|二级指标|三级指标|目标值|完成值|分值|得分
产出指标|数量指标|作业面积|42万亩|42万亩|90|90
""")


@pytest.mark.parametrize("name", PRINTS)
def test_money_printed_across_has_a_row_for_each_source(name: str) -> None:
    text = PRINTS[name](ACROSS)
    assert told(funds(text)) == [
        "合计|·|540|513|·|·|·",
        "中央资金|·|300|300|·|·|·",
        "省级资金|·|240|213|·|·|·",
    ]
    check_slices(text)


FOUR_LEVELS = cells("""
一级指标||二级指标||三级指标||四级指标||评分标准|自评分|扣分说明
名称|权重（%）|名称|权重（%）|名称|权重（%）|名称|权重（%）
前期工作|30|前期研究|30|论证决策|30|论证充分性|20|有论证得满分|20|
||||||程序合规性|10|合规得满分|9|会签不全
项目绩效|70|产出|70|数量|70|任务完成率|70|按完成率计分|70|
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows"])
def test_the_last_of_four_levels_is_scored(name: str) -> None:
    found = indicators(PRINTS[name](FOUR_LEVELS), "level1", "level2", "level3", "points", "score", "reason")
    assert told(found) == [
        "前期工作|前期研究|论证充分性|20|20|",
        "前期工作|前期研究|程序合规性|10|9|会签不全",
        "项目绩效|产出|任务完成率|70|70|",
    ]


PARTS = cells("""
项目资金||全年预算数|||全年执行数|||预算执行率|分值|得分
||合计|财政资金|其他资金|合计|财政资金|其他资金
|本年度|320.6|300|20.6|301.2|281.2|20|93.95%|10|9.4
一级指标|二级指标|三级指标|分值|年度指标值|全年实际值|自评得分
产出指标|数量指标|救助户数|90|≥2600户|2653户|90
""")


@pytest.mark.parametrize("name", PRINTS)
def test_every_amount_may_have_parts_of_its_own(name: str) -> None:
    assert told(funds(PRINTS[name](PARTS))) == ["本年度|·|320.6|301.2|10|93.95%|9.4"]


NO_LEVELS = cells("""
2022年度绩效目标完成情况表
序号|项目名称|绩效指标|计划完成数|实际完成数|完成率|未完成原因
1|退化湿地修复|修复面积|1200亩|1210亩|100.8%|
2|候鸟监测|监测点位|36处|34处|94.4%|道路水毁
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows"])
def test_plans_and_results_beside_indicators_without_levels(name: str) -> None:
    assert told(indicators(PRINTS[name](NO_LEVELS), "level3", "target", "actual", "reason")) == [
        "修复面积|1200亩|1210亩|",
        "监测点位|36处|34处|道路水毁",
    ]


OWN_LEVELS = cells("""
一级指标|二级指标|三级指标|指标值|完成情况|标准分值|自评得分|扣分原因
部门管理|资金投入|预算执行率|100%|100%|10|10|
履职效果|部门履职目标|技能培训人次|≥600人次|640人次|30|30|
|部门效果目标|稳定就业率|提升|提升|40|40|
队伍能力|长效机制|规划完备程度|完备|较完备|20|18|中期规划滞后
""")


@pytest.mark.parametrize("name", PRINTS)
def test_levels_of_unknown_names_are_told_by_their_number(name: str) -> None:
    assert told(indicators(PRINTS[name](OWN_LEVELS), "level1", "level2", "level3", "score", "reason")) == [
        "部门管理|资金投入|预算执行率|10|",
        "履职效果|部门履职目标|技能培训人次|30|",
        "履职效果|部门效果目标|稳定就业率|40|",
        "队伍能力|长效机制|规划完备程度|18|中期规划滞后",
    ]


EXECUTION = cells("""
项目名称|田间机耕路|实施单位|双桥县农机站
一级指标|二级指标|三级指标|指标值|完成值|分值|得分
产出指标|数量指标|修整里程|≥20公里|21公里|80|80
满意度指标|满意度指标|农户满意度|≥90%|91%|10|10
预算执行率||||95%|10|9.5
合计|||||100|99.5
""")


@pytest.mark.parametrize("name", PRINTS)
def test_the_execution_rate_is_a_row_of_its_own(name: str) -> None:
    assert told(indicators(PRINTS[name](EXECUTION)))[-1] == "预算执行率|·|预算执行率||95%|10|9.5"
    assert totals(PRINTS[name](EXECUTION)) == ["100|99.5"]


def test_a_form_s_own_lines_are_not_the_pieces_of_one_row() -> None:
    text = """| 项目绩效自评表 |
| （2023年度） |
| 项目名称：滩涂清理 | 预算部门：海湾区海洋局 |
| 预算数：95万元 |  | 执行数：95万元 |  | 执行率：100% |
| 一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值 | 标准分 | 单位自评分 | 主管部门评分 | 备注 |
| 产出指标 | 数量指标 | 清理面积 | 3公顷 | 3公顷 | 60 | 60 | 60 |  |
| 效益指标 | 生态效益指标 | 水质 | 改善 | 改善 | 40 | 40 | 38 |  |
| 合计 |  |  |  |  | 100 | 100 | 98 |  |
"""
    [project] = read(text)[1].projects
    assert project.name is not None
    assert project.name.text == "滩涂清理"
    assert told(funds(text))[0].startswith("预算数|·|95万元|95万元|")
