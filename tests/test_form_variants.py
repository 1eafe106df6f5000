"""Forms whose money, heads or levels stand in another order than usual, as tab rows, pipes, cells one a line and spaced rows."""

import pytest

from tests.table_report import check_slices, funds, indicators, read

PRINTS = {
    "tab_rows": lambda rows: "\n".join("\t".join(row) for row in rows),
    "pipe_rows": lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in rows),
    "cell_lines": lambda rows: "\n".join(cell for row in rows for cell in row if cell),
    "spaced": lambda rows: "\n".join(" ".join(cell for cell in row if cell) for row in rows),
}
ROWED = ("tab_rows", "pipe_rows")


def told(rows: list[str]) -> list[str]:
    return [row.replace("~", "") for row in rows]


def cells(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().split("\n")]


BEHIND_LABELS = cells("""
2022年度项目支出绩效自评表
主管部门及代码|柳河县水务局|实施单位|柳河县堤防管理所
项目名称|堤防白蚁防治经费
项目预算执行情况（万元）|预算数：|46.8|执行数：|45.2
|其中：财政拨款|40|其中：财政拨款|38.4
|其他资金|6.8|其他资金|6.8
年度总体目标完成情况|预期目标||目标实际完成情况
|完成12处堤防白蚁防治||12处堤防已完成防治
绩效指标完成情况|一级指标|二级指标|三级指标|预期指标值|实际完成指标值
|项目完成指标|数量指标|防治堤防处数|12处|12处
|满意度指标|满意度指标|群众满意度|≥90%|94%
""")


@pytest.mark.parametrize("name", PRINTS)
def test_amounts_right_behind_their_labels(name: str) -> None:
    text = PRINTS[name](BEHIND_LABELS)
    assert told(funds(text)) == [
        "项目预算执行情况(万元)|·|46.8|45.2|·|·|·",
        "其中:财政拨款|·|40|38.4|·|·|·",
        "其他资金|·|6.8|6.8|·|·|·",
    ]
    [project] = read(text)[1].projects
    assert project.department is not None
    assert project.department.text == "柳河县水务局"
    check_slices(text)


@pytest.mark.parametrize("name", PRINTS)
def test_both_levels_may_have_one_name(name: str) -> None:
    assert told(indicators(PRINTS[name](BEHIND_LABELS)))[1] == "满意度指标|满意度指标|群众满意度|≥90%|94%|·|·"


BELOW_A_FRAME = cells("""
绩效指标|||年度指标值|||实际完成值|分值|得分|偏差原因分析及改进措施
一级指标|二级指标|三级指标|指标性质|指标值|度量单位||||
产出指标|数量指标|参加展会次数|>=|3|次|3次|30|30|无
|质量指标|展位布置合格率|=|100|%|98%|20|19.6|布展仓促
满意度指标|服务对象满意度指标|参展企业满意度|>=|90|%|95%|40|40|无
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows", "cell_lines"])
def test_levels_named_in_the_second_row_of_heads(name: str) -> None:
    assert told(indicators(PRINTS[name](BELOW_A_FRAME))) == [
        "产出指标|数量指标|参加展会次数|3|3次|30|30",
        "产出指标|质量指标|展位布置合格率|100|98%|20|19.6",
        "满意度指标|服务对象满意度指标|参展企业满意度|90|95%|40|40",
    ]


UNNAMED = cells("""
项目名称：社区健身点维护|预算单位：滨河区体育中心
自评时间：2023-02-20|绩效等级：优|自评得分：96.4
预算资金（元）|年初预算数|预算数（调整后）|预算执行数|预算执行率
|1280000|1250000|1237500|99%
一级指标|二级指标|三级指标|权重|年度指标值|完成值|自评得分
投入和管理目标|投入管理|预算执行率|10|100%|99%|9.9
产出目标|数量|检修健身点数|90|=210个|210个|86.5
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows", "cell_lines"])
def test_the_one_row_of_amounts_is_named_by_its_head(name: str) -> None:
    text = PRINTS[name](UNNAMED)
    assert told(funds(text)) == ["预算资金(元)|1280000|1250000|1237500|·|99%|·"]
    [project] = read(text)[1].projects
    told_of = (project.name, project.total_score, project.grade)
    assert [cell.text for cell in told_of if cell is not None] == ["社区健身点维护", "96.4", "优"]


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows", "cell_lines"])
def test_levels_of_other_provinces_are_levels(name: str) -> None:
    assert told(indicators(PRINTS[name](UNNAMED)))[0] == "投入和管理目标|投入管理|预算执行率|100%|99%|10|9.9"


WEIGHTED = cells("""
项目资金||年初预算数|全年（调整）预算数|全年执行数|执行率（%）|执行率权重|执行率得分（分）
|年度总金额|60|58|55.1|95|10|9.5
|补助区县|0|0|0|0||
当年绩效目标|年初绩效目标|全年（调整）绩效目标|全年目标实际完成情况
|保障常年开放。|保障常年开放。|开放310天。
绩效指标|指标名称|计量单位|指标性质|年初指标值|调整指标值|全年完成值|得分系数（%）|指标权重|指标得分（分）
|免费开放天数|天|≥|300|300|310|100|60|60
|群众满意度|%|≥|90|90|93|100|30|30
""")


@pytest.mark.parametrize("name", PRINTS)
def test_points_of_the_execution_rate_behind_it(name: str) -> None:
    text = PRINTS[name](WEIGHTED)
    assert told(funds(text))[0] == "年度总金额|60|58|55.1|10|95|9.5"
    assert len(funds(text)) == 2
    if name != "spaced":
        assert told(indicators(text)) == ["·|·|免费开放天数|300|310|60|60", "·|·|群众满意度|90|93|30|30"]


SIDE_BY_SIDE = cells("""
三级指标|年度指标值|实际完成值|分值|得分|三级指标|年度指标值|实际完成值|分值|得分
储备编织袋数量|≥2万条|2.1万条|20|20|物资完好率|≥95%|96%|20|20
物资轮换及时率|100%|90%|20|18|应急调运时间|≤2小时|1.5小时|20|20
群众满意度|≥90%|93%|20|20|||||
""")


@pytest.mark.parametrize("name", ROWED)
def test_rows_that_go_on_in_the_right_half(name: str) -> None:
    names = [row.split("|")[0] for row in told(indicators(PRINTS[name](SIDE_BY_SIDE), "level3", "score"))]
    assert names == ["储备编织袋数量", "物资轮换及时率", "群众满意度", "物资完好率", "应急调运时间"]


TYPED = cells("""
项目名称|山塘安全巡查|主管部门|越溪县水利局
年度预算（万元）|调整后预算（万元）|实际支出（万元）|预算执行率|自评结论|自评总分
24|25.5|25.5|100%|优|98
年度目标|完成126座山塘巡查|目标完成情况|完成126座山塘巡查
绩效指标|指标类型|指标名称|计划完成值|实际完成值|权重|得分
产出指标|数量指标|巡查山塘座数|126座|126座|25|25
|质量指标|隐患整改率|≥95%|94%|25|23
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows", "cell_lines"])
def test_first_levels_below_the_head_of_the_block_and_a_budget_before_its_adjustment(name: str) -> None:
    text = PRINTS[name](TYPED)
    assert told(indicators(text)) == [
        "产出指标|数量指标|巡查山塘座数|126座|126座|25|25",
        "产出指标|质量指标|隐患整改率|≥95%|94%|25|23",
    ]
    [project] = read(text)[1].projects
    amounts = (project.initial, project.annual, project.executed)
    assert [cell.text for cell in amounts if cell is not None] == ["24", "25.5", "25.5"]


TASKS = cells("""
年度主要任务|任务名称|主要内容|预算金额（万元）||实际支出（万元）
|||总额|财政拨款|
|公共文化服务|免费开放|80|70|78.6
|旅游宣传推广|宣传营销|120|100|118
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows", "cell_lines"])
def test_the_whole_of_an_amount_and_its_part(name: str) -> None:
    assert told(funds(PRINTS[name](TASKS))) == [
        "公共文化服务|·|80|78.6|·|·|·",
        "旅游宣传推广|·|120|118|·|·|·",
    ]


def test_amounts_and_labels_in_one_piece() -> None:
    text = (
        "项目名称：法治宣传经费  主管部门：云谷县司法局\n"
        "预算执行情况：预算数：15万元 执行数：14.4万元 执行率：96% 分值：10 得分：9.6\n"
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n"
        "产出指标 数量指标 宣传活动场次 ≥20场 21场 90 90\n"
    )
    assert told(funds(text)) == ["预算执行情况|·|15万元|14.4万元|10|96%|9.6"]


def test_a_row_of_words_is_no_money() -> None:
    rows = cells("""
资金投入情况（万元）||全年预算数（A）|全年执行数（B）|预算执行率
|年度资金总额|9860|9564.2|97%
资金管理情况||情况说明|存在问题和改进措施
|分配科学性|按因素法分配|无
|下达及时性|30日内下达|无
""")
    assert funds(PRINTS["tab_rows"](rows)) == ["年度资金总额|·|9860|9564.2|·|97%|·"]


def test_a_project_named_above_its_table_beside_the_unit_of_money() -> None:
    text = "项目名称：旅游厕所建设补助          单位：万元\n" + PRINTS["tab_rows"](BEHIND_LABELS[3:])
    [project] = read(text)[1].projects
    assert project.name.text == "旅游厕所建设补助"


SHEET = cells("""
一级指标|二级指标|三级指标|分值|评价标准|目标值|实际值|评价得分|扣分原因
履职|业务工作|开展执法检查次数|50|完成得满分，未完成按比例得分|≥240次|256次|50|
||信访办结率|20|按比例得分|100%|98%|19.6|2件在办
效益|社会效益|群众安全感|30|达到目标值得满分|≥95%|97.8%|30|
""")


@pytest.mark.parametrize("name", PRINTS)
def test_the_second_of_three_names_is_a_level_whatever_it_is_called(name: str) -> None:
    assert told(indicators(PRINTS[name](SHEET))) == [
        "履职|业务工作|开展执法检查次数|≥240次|256次|50|50",
        "履职|业务工作|信访办结率|100%|98%|20|19.6",
        "效益|社会效益|群众安全感|≥95%|97.8%|30|30",
    ]


def test_further_pairs_behind_the_amounts_of_a_row() -> None:
    rows = cells("""
项目名称|办公设备购置|预算部门|江汀市档案馆
预算数|18|执行数|17.1|执行率|95%
其中：财政拨款|18|其中：财政拨款|17.1|得分|9.5
指标|指标值|实际完成值|分值|得分
设备购置数量|≥20台|20台|90|90
""")
    assert told(funds(PRINTS["tab_rows"](rows))) == [
        "预算数|·|18|17.1|·|95%|·",
        "其中:财政拨款|·|18|17.1|·||·",
    ]


def test_heads_of_amounts_without_the_empty_head_above_their_labels() -> None:
    text = (
        "转移支付（项目）名称 | 就业补助 | ||||||\n资金投入情况（万元） |\n"
        "全年预算数（A） | 全年执行数（B） | 预算执行率（B/A×100%） | ||||\n"
        "年度资金总额： | 754.2 | 650.17 | 86% | ||||\n其中：中央财政资金 | 754.2 | 650.17 | 86% | ||||\n"
        "绩效指标 | 一级指标 |\n二级指标 | 三级指标 | 指标值 | 全年实际完成值 |\n"
    )
    assert funds(text) == ["年度资金总额:|·|754.2|650.17|·|86%|·", "其中:中央财政资金|·|754.2|650.17|·|86%|·"]


def test_points_without_a_label_behind_amounts_with_theirs() -> None:
    cells_ = ["项目名称", "监管补助", "预算数：", "3.16", "执行数：", "3.16", "20"]
    cells_ += [
        "其中：中央补助",
        "3.16万元",
        "其中：中央补助",
        "3.16万元",
        *BEHIND_LABELS[8],
        "产出指标",
        "数量指标",
    ]
    cells_ += ["培训人次", "≥20人次", "22人次"]
    assert told(funds("\n".join(cell for cell in cells_ if cell))) == [
        "预算数:|·|3.16|3.16|·|·|·",
        "其中:中央补助|·|3.16万元|3.16万元|·|·|·",
    ]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("年初部门预|实际到位|全年执|权重|预算执行率|实际", "算|数|行数|||得分"),
        ("年初预算安排|调整后的|资金使用|标准|支付|实", "|预算数|数|分|比例|际得分"),
        ("年初预算数|全年预算数|累计支出|分值|执行率|得分", "||金额|||"),
    ],
)
@pytest.mark.parametrize("name", ROWED)
def test_heads_of_money_broken_anywhere(name: str, upper: str, lower: str) -> None:
    rows = [["项目资金（万元）", "", *upper.split("|")], ["", "", *lower.split("|")]]
    rows.append(["", "年度资金总额", "120.5", "118.25", "101.7", "10", "86%", "8.6"])
    assert funds(PRINTS[name](rows)) == ["年度资金总额|120.5|118.25|101.7|10|86%|8.6"]


@pytest.mark.parametrize(("at", "head"), [(3, "预定之数"), (4, "年末情形")])
@pytest.mark.parametrize("name", PRINTS)
def test_an_unknown_head_between_known_ones_is_what_the_form_lacks(name: str, at: int, head: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    heads[at] = head
    rows = [heads, ["产出指标", "数量指标", "培训人次", "≥20人次", "22人次", "90", "90"]]
    assert told(indicators(PRINTS[name](rows))) == ["产出指标|数量指标|培训人次|≥20人次|22人次|90|90"]
