"""Forms whose heads and rows no earlier form had: sections of rows, page heads, names of funds, base data by year, other judges' scores."""

import pytest

from tests.table_report import check_slices, funds, indicators, read, shown

PRINTS = {
    "tab_rows": lambda rows: "\n".join("\t".join(row) for row in rows),
    "pipe_rows": lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in rows),
    "cell_lines": lambda rows: "\n".join(cell for row in rows for cell in row if cell),
    "spaced": lambda rows: "\n".join(" ".join(cell for cell in row if cell) for row in rows),
}


def told(rows: list[str]) -> list[str]:
    return [row.replace("~", "") for row in rows]


def cells(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().split("\n")]


def totals(text: str) -> list[str]:
    return [
        f"{shown(p.total_points)}|{shown(p.total_score)}".replace("~", "") for p in read(text)[1].projects
    ]


SECTIONS = cells("""
2022年度项目支出绩效自评表
项目名称|灌区量水设施维护|实施单位|溪口县灌溉管理站
序号|指标名称|目标值|完成值|分值|自评分|说明
一、产出指标（60分）
1|维护量水设施|85座|85座|30|30|
2|设施完好率|≥96%|94%|30|28|洪水冲毁
二、效益指标（40分）
3|受益农户|≥4200户|4300户|40|40|
合计||||100|98|
""")


@pytest.mark.parametrize("name", PRINTS)
def test_the_first_level_stands_in_rows_of_its_own(name: str) -> None:
    text = PRINTS[name](SECTIONS)
    assert told(indicators(text, "level1", "level3", "target", "actual", "points", "score", "reason")) == [
        "一、产出指标(60分)|维护量水设施|85座|85座|30|30|",
        "一、产出指标(60分)|设施完好率|≥96%|94%|30|28|洪水冲毁",
        "二、效益指标(40分)|受益农户|≥4200户|4300户|40|40|",
    ]
    assert totals(text) == ["100|98"]
    check_slices(text)


PAGED = """项目支出绩效自评表
（2022年度）
项目名称\t林道养护\t实施单位\t云脚林场
一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分
产出指标\t数量指标\t养护林道\t52公里\t52公里\t50\t50

— 1 —

项目支出绩效自评表

效益指标\t社会效益指标\t通行村组\t≥12个\t13个\t40\t40
满意度指标\t满意度指标\t林农满意度\t≥90%\t93%\t10\t10
总分\t\t\t\t\t100\t100
"""


def test_a_table_goes_on_behind_the_head_of_the_next_page() -> None:
    assert [row.split("|")[2] for row in indicators(PAGED)] == ["养护林道", "通行村组", "林农满意度"]
    assert totals(PAGED) == ["100|100"]
    check_slices(PAGED)


def test_a_form_of_its_own_below_is_no_further_page() -> None:
    second = PAGED.replace("林道养护", "苗圃管护").split("— 1 —")[0]
    layout_, facts = read(PAGED + "\n" + second)
    assert [p.name.text for p in facts.projects if p.name is not None] == ["林道养护", "苗圃管护"]
    assert len(layout_.forms) == 2


NAMED_FUNDS = cells("""
项目支出绩效自评表
项目名称|河湖管护员补贴|实施单位|白河县河湖中心
项目资金（万元）|项目|年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|64|60|57|10|95%|9.5
|县级资金|64|60|57|||
一级指标|二级指标|三级指标|指标值|完成值|分值|得分|偏差原因
产出指标|数量指标|管护河段|38段|38段|60|60|
效益指标|社会效益指标|水面保洁|改善|改善|30|30|
总分|||||100|99.5|
""")


@pytest.mark.parametrize("name", PRINTS)
@pytest.mark.parametrize("head", ["项目", "资金名称", "子项目名称"])
def test_a_name_beside_the_label_of_the_money_lists_no_projects(name: str, head: str) -> None:
    rows = [[head if cell == "项目" else cell for cell in row] for row in NAMED_FUNDS]
    text = PRINTS[name](rows)
    assert told(funds(text))[0] == "年度资金总额|64|60|57|10|95%|9.5"
    assert told(funds(text))[1].startswith("县级资金|64|60|57|")
    assert [p.name.text for p in read(text)[1].projects if p.name is not None] == ["河湖管护员补贴"]
    assert totals(text) == ["100|99.5"]


BY_YEAR = cells("""
单位基础数据表
填报单位：松月县档案馆
项目|2021年决算数|2022年预算数|2022年决算数
一、人员情况
编制数|16|16|16
二、支出情况
基本支出|212.4|220|218.6
三、公用经费|31.2|33|32.5
""")


@pytest.mark.parametrize("name", PRINTS)
def test_base_data_of_two_years_below_one_head(name: str) -> None:
    rows = read(PRINTS[name](BY_YEAR))[1].base_data
    assert [(row.item.text, [(c.stage, c.cell.text) for c in row.cells]) for row in rows] == [
        ("编制数", [("prev_final", "16"), ("budget_initial", "16"), ("exec", "16")]),
        ("基本支出", [("prev_final", "212.4"), ("budget_initial", "220"), ("exec", "218.6")]),
        ("三、公用经费", [("prev_final", "31.2"), ("budget_initial", "33"), ("exec", "32.5")]),
    ]


JUDGED = cells("""
项目绩效自评表
项目名称|牧区冬储草料|主管部门|乌里旗农牧局
一级指标|二级指标|三级指标|指标值|完成值|分值|自评得分|主管部门评分|财政审核分
产出指标|数量指标|储备草料|3000吨|3000吨|60|60|60|58
效益指标|社会效益指标|受益牧户|≥210户|214户|40|39|38|38
合计|||||100|99|98|96
""")


@pytest.mark.parametrize("name", ["tab_rows", "pipe_rows", "cell_lines"])
def test_the_total_is_that_of_the_office_itself(name: str) -> None:
    assert totals(PRINTS[name](JUDGED)) == ["100|99"]


LISTED = cells("""
部门项目支出绩效自评汇总表
序号|项目名称|预算安排|||全年执行数|自评得分
||小计|财政拨款|其他资金||
1|老年食堂运营|86|80|6|84|98
2|适老化改造|120|120|0|120|99.5
""")


@pytest.mark.parametrize("name", PRINTS)
def test_parts_of_the_budget_in_a_second_row_of_heads(name: str) -> None:
    projects = read(PRINTS[name](LISTED))[1].projects
    found = [[shown(c).rstrip("~") for c in (p.annual, p.executed, p.total_score)] for p in projects]
    assert found == [
        ["86", "84", "98"],
        ["120", "120", "99.5"],
    ]
