"""Forms as programs print and copy them: wrapped cells, heads printed again, quoted cells, pieces of one form, codes before names."""

import pytest

from extractor.extract.rules.tables import read_tables
from extractor.load import load
from extractor.segment import layout
from extractor.settings import Settings
from tests.table_report import check_slices, funds, indicators, read, shown
from tests.test_foreign_forms import BY_YEAR, PRINTS, SECTIONS, cells, told, totals

QUOTED = """项目支出绩效自评表
项目名称\t山洪预警站维护\t实施单位\t石潭县水文站
一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分
"产出指标
（60分）"\t数量指标\t"维护自动监测
站点"\t42处\t42处\t60\t60
"效益指标
（40分）"\t社会效益指标\t预警及时率\t≥95%\t96%\t40\t40
合计\t\t\t\t\t100\t100
"""


def test_a_quoted_cell_of_several_lines_is_one_cell() -> None:
    assert told(indicators(QUOTED)) == [
        "产出指标(60分)|数量指标|维护自动监测站点|42处|42处|60|60",
        "效益指标(40分)|社会效益指标|预警及时率|≥95%|96%|40|40",
    ]
    check_slices(QUOTED)


AGAIN = """项目名称\t牧道维修\t实施单位\t北坡牧场
一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分
产出指标（60分）\t数量指标\t维修牧道\t18公里\t18公里\t30\t30

第 1 页 共 2 页

一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分
\t质量指标\t验收合格率\t100%\t100%\t30\t30
满意度指标（40分）\t满意度指标\t牧民满意度\t≥90%\t94%\t40\t40
"""


def test_levels_go_on_below_heads_that_a_page_prints_again() -> None:
    assert [row.split("|")[0] for row in indicators(AGAIN)] == [
        "产出指标(60分)",
        "产出指标(60分)",
        "满意度指标(40分)",
    ]


WRAPPED = """项目支出绩效自评表
项目名称  老旧小区雨污管网分
流改造
主管部门  河湾县住房和城乡建
设局  实施单位  河湾县市政工程服务
中心
项目资金（万元）  年初预算数  全年预算数  全年执行数  分值  执行率  得分
年度资金总额  46.5  46.5  44.18  10  95.01%  9.5
其中：当年财政
拨款  46.5  46.5  44.18  -  95.01%  -
一级指标  二级指标  三级指标  年度指标值  实际完成值  分值  得分
产出指标  数量指标  改造管网  >=6公里  6公里  50  50
效益指标  社会效益指标  受益户数  >=900户  910户  40  40
总分  100  99.5
"""


def test_values_and_labels_that_a_narrow_column_wrapped() -> None:
    [project] = read(WRAPPED)[1].projects
    names = (project.name, project.department, project.implementing_unit)
    assert [shown(cell) for cell in names] == [
        "老旧小区雨污管网分流改造",
        "河湾县住房和城乡建设局",
        "河湾县市政工程服务中心",
    ]
    assert told(funds(WRAPPED))[1] == "其中:当年财政拨款|46.5|46.5|44.18|-|95.01%|-"
    check_slices(WRAPPED)


IN_PIECES = """项目支出绩效自评表
项目名称  竹编工坊扶持  实施单位  青竹县非遗中心
项目资金（万元）  年初预算数  全年预算数  全年执行数  分值  执行率  得分
年度资金总额  30  30  30  10  100%  10
年度总体
目标
扶持竹编工坊八家
带动留守妇女就业
举办展销活动
培育带头人
建设展示馆
开展培训
工坊全部
投入使用
一级指标  二级指标  三级指标  年度指标值  实际完成值  分值  得分
产出指标  数量指标  扶持工坊  8家  8家  50  50
效益指标  社会效益指标  带动就业  ≥60人  64人  40  40
总分  100  100
"""


def test_the_indicators_behind_the_goals_belong_to_the_form_of_the_money() -> None:
    found, facts = read(IN_PIECES)
    assert len(found.forms) == 1
    assert totals(IN_PIECES) == ["100|100"]
    assert len(facts.indicators) == 2
    check_slices(IN_PIECES)


CODED = cells("""
一级指标|二级指标|三级指标|分值|评分标准|得分|扣分原因
A.决策（30分）|A1.项目立项|A11.立项依据充分性|15|依据充分得满分|15|
||A12.程序规范性|15|缺一项扣1分|14|缺会议纪要
B.产出（70分）|B1.产出数量|B11.修复里程|70|按完成率计分|70|
""")


@pytest.mark.parametrize("name", PRINTS)
def test_codes_tell_the_levels(name: str) -> None:
    assert told(indicators(PRINTS[name](CODED), "level1", "level2", "level3", "points", "score")) == [
        "A.决策(30分)|A1.项目立项|A11.立项依据充分性|15|15",
        "A.决策(30分)|A1.项目立项|A12.程序规范性|15|14",
        "B.产出(70分)|B1.产出数量|B11.修复里程|70|70",
    ]


TWO_NAMES = cells("""
市级部门项目支出绩效自评汇总表
序号|一级项目名称|二级项目名称|全年预算数|全年执行数|执行率|自评得分
1|商贸流通|菜市场改造|300|291|97%|98.2
2||直播基地|150|150|100%|99.5
3|外贸稳增长|展会补助|86|77.4|90%|92.6
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows"])
def test_the_rows_are_those_of_the_finer_project(name: str) -> None:
    projects = read(PRINTS[name](TWO_NAMES))[1].projects
    assert [(shown(p.name), shown(p.executed)) for p in projects] == [
        ("菜市场改造", "291"),
        ("直播基地", "150"),
        ("展会补助", "77.4"),
    ]


def test_the_unit_that_carries_it_out_comes_before_the_budget_unit() -> None:
    text = "预算单位\t沙河县教育局\n项目名称\t操场修缮\n实施单位\t沙河县第二小学\n" + AGAIN.split("\n", 1)[1]
    [project] = read(text)[1].projects
    assert shown(project.implementing_unit) == "沙河县第二小学"


BY_COUNTY = cells("""
转移支付名称：危房加固补助
县区|下达资金（万元）|支出资金（万元）|支出率|目标任务数（户）|完成数（户）|完成率
云山县|420|400|95.24%|210|205|97.6%
石门县|380|361|95%|190|186|97.9%
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows"])
def test_households_are_no_money(name: str) -> None:
    assert told(funds(PRINTS[name](BY_COUNTY))) == [
        "云山县|·|420|400|·|95.24%|·",
        "石门县|·|380|361|·|95%|·",
    ]


def test_the_rest_of_a_wrapped_unit_is_no_head() -> None:
    text = PRINTS["spaced"](BY_COUNTY).replace("（户）", "（\n户）")
    assert read(text)[1].indicators == []


def test_glued_heads_of_money_without_any_item() -> None:
    text = """项目支出绩效自评表
项目资金情况预算数执行数执行率分值得分
48045695%109.5
一级指标二级指标三级指标指标值完成值分值得分
产出指标数量指标改造食堂数量≥24个24个5050
效益指标社会效益指标受益学生数≥1.6万人1.72万人4040
总分10099.5
"""
    assert len(indicators(text)) == 2


def rows_of_html(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    lines = (
        f"<td colspan={width}>{row[0]}</td>" if len(row) == 1 else "".join(f"<td>{cell}</td>" for cell in row)
        for row in rows
    )
    return f"<html><body><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></body></html>"


@pytest.mark.parametrize("rows", [SECTIONS, BY_YEAR])
def test_rows_of_one_wide_cell_part_no_table_of_a_file(rows: list[list[str]]) -> None:
    document = load(rows_of_html(rows).encode(), Settings(), file_name="form.html")
    facts = read_tables(document, layout(document))
    assert [shown(row.level1) for row in facts.indicators] == (
        ["一、产出指标(60分)", "一、产出指标(60分)", "二、效益指标(40分)"] if rows is SECTIONS else []
    )
    assert len(facts.base_data) == (0 if rows is SECTIONS else 3)


def test_sections_between_rows_of_pipes_without_pipes_of_their_own() -> None:
    text = "\n".join("|".join(row) for row in SECTIONS)
    assert [row.split("|")[0] for row in indicators(text)] == [
        "一、产出指标(60分)",
        "一、产出指标(60分)",
        "二、效益指标(40分)",
    ]


CUT = """项目支出绩效自评表
项目名称\t界桩维护\t实施单位\t东岭自然保护区管理站
一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\t偏差原因
产出指标（
60分）\t数量指标\t维护界桩
数量\t320根\t320根\t30\t30\t
\t质量指标\t界桩完好率\t≥98%\t97%\t30\t29\t野猪拱损，
已重新埋设
效益指标（
40分）\t社会效益指标\t边界纠纷\t0起\t0起\t40\t40\t
总分\t\t\t\t\t100\t99\t
"""


def test_rows_that_breaks_inside_cells_cut_are_put_together() -> None:
    assert told(indicators(CUT, "level1", "level3", "points", "score", "reason")) == [
        "产出指标(60分)|维护界桩数量|30|30|",
        "产出指标(60分)|界桩完好率|30|29|野猪拱损,已重新埋设",
        "效益指标(40分)|边界纠纷|40|40|",
    ]
    assert totals(CUT) == ["100|99"]
    check_slices(CUT)


def test_whole_rows_are_not_joined_to_the_width_of_another_block() -> None:
    text = """项目名称\t护林防火宣传\t实施单位\t云台林场
项目资金（万元）\t\t合计\t省级资金\t县级资金
\t预算安排\t54\t30\t24
\t实际支出\t51\t30\t21
年度目标\t预期目标\t实际完成
一级指标\t二级指标\t三级指标\t目标值\t完成值\t分值\t得分\t备注
产出指标\t数量指标\t宣传场次\t12场\t12场\t60\t60\t
效益指标\t社会效益指标\t受众\t≥900人\t940人\t30\t30\t
满意度指标\t满意度指标\t林农满意度\t≥90%\t95%\t10\t10\t
"""
    assert told(funds(text))[-1] == "县级资金|·|24|21|·|·|·"


@pytest.mark.parametrize("name", PRINTS)
def test_the_project_beside_its_indicator_is_no_level(name: str) -> None:
    rows = cells("""
2022年度绩效目标完成情况表
单位名称：东岭县林业局
序号|项目名称|绩效指标|计划完成数|实际完成数|完成率|未完成原因
1|湿地修复|修复面积|1200亩|1210亩|100.8%|
2|候鸟监测|监测点位|36处|34处|94.4%|道路水毁
3|林木良种培育|育苗数量|80万株|82万株|102.5%|
""")
    assert told(indicators(PRINTS[name](rows), "level3", "target", "actual")) == [
        "修复面积|1200亩|1210亩",
        "监测点位|36处|34处",
        "育苗数量|80万株|82万株",
    ]
