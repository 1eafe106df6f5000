"""Tables whose print says less than their cells did: heads cut by blank lines, totals without a column, units in heads."""

from __future__ import annotations

import pytest

from extractor.pipeline import review
from extractor.schema import Report
from extractor.settings import Settings


def read(text: str) -> Report:
    """The report of a text file."""
    return review(text.encode(), Settings(), file_name="report.txt").report


BASE = "2022年度部门整体支出绩效评价基础数据表\n"
STAFF = "\t财政供养人员情况（人）\n{0}\t编制数\n\t2022年实际在职人数\n\t控制率\n\n\t\n\t50\n\t46\n\t92%\n\n"
YEARS = "\t经费控制情况（万元）\n\t2021年决算数\n{0}\t2022年预算数\n{1}\t2022年决算数\n\n"
ROWS = "\t三公经费\n\t12\n\t13\n\t11\n\n\t公用经费\n\t30\n\t31\n\t29\n"


@pytest.mark.parametrize("first", ["", "\n\n"])
@pytest.mark.parametrize("second", ["", "\n\n"])
def test_heads_of_base_data_that_blank_lines_cut_are_whole(first: str, second: str) -> None:
    report = read(BASE + STAFF.format(first) + YEARS.format(second, "" if second else "\n\n") + ROWS)
    rows = {row.item.text: [cell.cell.text for cell in row.cells] for row in report.base_data}
    assert rows["三公经费"] == ["12", "13", "11"]
    assert rows["公用经费"] == ["30", "31", "29"]
    stages = [cell.stage for row in report.base_data if row.item.text == "三公经费" for cell in row.cells]
    assert stages == ["prev_final", "budget_initial", "exec"]


def test_a_block_of_base_data_is_in_the_unit_of_its_own_label() -> None:
    text = (
        f"{BASE}经费控制情况（元）\t2021年决算数\t2022年预算数\t2022年决算数\n三公经费\t120000\t130000\t110000\n公用经费\t300000\t310000\t290000\n"
        "楼堂馆所控制情况\t批复规模（㎡）\t实际规模（㎡）\t规模控制率\t预算投资（万元）\t实际投资（万元）\t投资概算控制率\n\t-\t-\t-\t-\t-\t-\n"
    )
    units = {cell.cell.unit for row in read(text).base_data[:2] for cell in row.cells}
    assert units == {"元"}


FORM = (
    "2022年度项目支出绩效自评表\n项目名称 渔港清淤经费\n主管部门 石坪县农业农村局\n项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
    "年度资金总额 50 50 46 10 92% 9.2\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标 清淤港池个数 ≥3个 3个 50 50\n"
    "效益指标 社会效益指标 渔船避风能力 有所提升 有所提升 30 30\n满意度指标 服务对象满意度指标 渔民满意度 ≥90% 95% 10 10\n"
)


@pytest.mark.parametrize(
    ("total", "points", "score"), [("100", "100", None), ("99.2", None, "99.2"), ("100 99.2", "100", "99.2")]
)
def test_a_lone_total_is_what_the_rows_add_up_to(total: str, points: str | None, score: str | None) -> None:
    [project] = read(f"{FORM}总分 {total}\n").projects
    told = (project.total_points, project.total_score)
    assert tuple(cell.text if cell is not None else None for cell in told) == (points, score)


def test_money_behind_a_column_of_items_called_items_is_the_forms_own() -> None:
    report = read(
        "2022年度项目支出绩效自评表\n项目名称\t渔港清淤经费\n项目\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "年度资金总额\t50\t50\t46\t10\t92%\t9.2\n其中：当年财政拨款\t50\t50\t46\t-\t92%\t-\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t清淤港池个数\t≥3个\t3个\t90\t90\n"
    )
    assert [fund.item.text for fund in report.funds if fund.item is not None] == [
        "年度资金总额",
        "其中:当年财政拨款",
    ]
    assert [project.name.text for project in report.projects] == ["渔港清淤经费"]


def test_a_number_behind_a_month_is_a_day_only_where_the_print_says_so() -> None:
    text = FORM.replace("≥3个 3个 50 50", "2022年12月  2022年10月 50  50")
    [row] = [
        row
        for row in read(f"{text}总分 100  99.2\n").indicators
        if row.level2 and row.level2.text == "数量指标"
    ]
    cells = (row.target, row.actual, row.points, row.score)
    assert [cell.text if cell is not None else None for cell in cells] == [
        "2022年12月",
        "2022年10月",
        "50",
        "50",
    ]


def test_what_a_task_was_given_is_not_the_units() -> None:
    report = read(
        "2022年度部门整体支出绩效自评报告\n石坪县农业农村局\n一、资金使用情况\n职能名称\t政策或重点任务\t完成情况\t预算数(万元)\t其中：财政拨款\t执行数(万元)\t其中：财政拨款\n"
        "渔业管理\t护渔员报酬\t已完成\t20\t18\t19\t17\n渔业管理\t渔港清淤\t已完成\t50\t50\t46\t46\n金额合计\t\t\t70\t68\t65\t63\n"
    )
    parts = {f.amount.raw: f.scope for f in report.figures if f.metric == "appropriation_current"}
    assert parts == {
        "18": "护渔员报酬",
        "17": "护渔员报酬",
        "50": "渔港清淤",
        "46": "渔港清淤",
        "68": "整体",
        "63": "整体",
    }


def test_first_columns_without_tabs_are_cells_of_their_own() -> None:
    report = read(
        "2022年度项目支出绩效自评表\n项目资金（万元） 年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额 50\t50\t46\t10\t92%\t9.2\n"
        "一级指标 二级指标 三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标 数量指标 清淤港池个数\t≥3个\t3个\t30\t30\n"
        "质量指标 验收合格率\t100%\t100%\t20\t20\n效益指标 社会效益指标 渔船 避风能力\t有所提升\t有所提升\t30\t30\n总分\t\t\t100\t99.2\n"
    )
    rows = [
        [cell.text if cell else None for cell in (r.level1, r.level2, r.level3, r.points)]
        for r in report.indicators
    ]
    assert rows == [
        ["产出指标", "数量指标", "清淤港池个数", "30"],
        ["产出指标", "质量指标", "验收合格率", "20"],
        ["效益指标", "社会效益指标", "渔船避风能力", "30"],
    ]
    [fund] = report.funds
    cells = (fund.initial, fund.annual, fund.executed, fund.points)
    assert [cell.text if cell is not None else None for cell in cells] == ["50", "50", "46", "10"]
