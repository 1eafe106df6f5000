"""Tables with two years side by side, closing rows, page numbers between rows, and forms that nobody has filled in."""

from __future__ import annotations

import pytest

from extractor.extract.rules.tables import table_figures
from extractor.schema import Figure
from tests.table_report import document_of, funds, indicators, read

YEAR = 2023


def figures(text: str) -> list[Figure]:
    layout, facts = read(text)
    return table_figures(document_of(text), layout, facts, YEAR)


def told(text: str) -> list[str]:
    return [f"{f.amount.raw} {f.metric} {f.stage} {f.period}" for f in figures(text)]


def test_the_reports_own_year_is_what_was_done() -> None:
    text = (
        "| 一级指标 | 二级指标 | 三级指标 | 2022年实际值 | 2023年指标值 | 2023年完成值 | 分值 | 得分 |\n"
        "| 产出指标 | 数量指标 | 统计报表 | 45项 | ≥46项 | 47项 | 10 | 10 |\n"
        "| | 质量指标 | 差错率 | 1.5% | ≤1% | 0.8% | 10 | 10 |\n"
    )
    assert indicators(text, "target", "actual") == ["≥46项|47项", "≤1%|0.8%"]


def test_amounts_of_two_years_keep_their_years() -> None:
    text = (
        "| 项目（万元） | 2022年预算数 | 2022年决算数 | 2023年预算数 | 2023年决算数 |\n|---|---|---|---|---|\n"
        "| 支出合计 | 356 | 348 | 390 | 384 |\n| 基本支出 | 258 | 252 | 271 | 268 |\n"
    )
    assert told(text)[4:] == [
        "258 expenditure_basic budget_annual 2022",
        "252 expenditure_basic prev_final 2022",
        "271 expenditure_basic budget_annual 2023",
        "268 expenditure_basic exec 2023",
    ]
    assert not read(text)[1].projects


SUMMARY = ["序号", "预算单位", "项目名称", "年初预算数", "年中追加数", "全年预算数", "全年执行数", "自评得分"]
ROWS = [
    ["1", "县公路局", "道路养护", "420", "30", "450", "441", "99.1"],
    ["2", "县公路局", "危桥改造", "260", "0", "260", "252", "98.6"],
]


def test_the_closing_row_of_a_list() -> None:
    rows = [SUMMARY, *ROWS, ["合计", "", "", "680", "30", "710", "693", "98.85"]]
    found = told("\n".join("\t".join(row) for row in rows) + "\n")
    assert [each for each in found if not each.startswith(("0", "30"))] == [
        "680 expenditure_project budget_initial 2023",
        "710 expenditure_project budget_annual 2023",
        "693 expenditure_project exec 2023",
        "98.85 selfeval_avg_score score 2023",
    ]


def test_a_closing_row_without_its_blanks_is_read_only_where_the_count_tells() -> None:
    whole = "\n".join(cell for row in [SUMMARY, *ROWS, ["合计", "680", "30", "710", "693"]] for cell in row)
    assert "710 expenditure_project budget_annual 2023" in told(whole)
    short = "\n".join(cell for row in [SUMMARY, *ROWS, ["合计", "710", "693"]] for cell in row)
    assert not [each for each in told(short) if "expenditure_project" in each]


FORM = (
    "\t项目资金（万元）\n\t\n\t年初预算数\n\t全年预算数\n\t全年执行数\n\t分值\n\t执行率\n\t得分\n\n"
    "\t\n\t年度资金总额\n\t100\n\t120\n{}\t108\n\t10\n\t90%\n\t9\n{}\n"
    "\t\n\t其中：财政拨款\n\t100\n\t120\n\t108\n\t—\n\t90%\n\t—\n{}\n"
    "\t\n\t其他资金\n\t0\n\t0\n\t0\n\t—\n\t\n\t—\n\n"
)


@pytest.mark.parametrize("mark", ["{}\n", "- {} -\n", "第 {} 页\n"])
def test_page_numbers_between_cells_and_rows(mark: str) -> None:
    assert funds(FORM.format(*(mark.format(n) for n in (3, 4, 5)))) == funds(FORM.format("", "", ""))


def test_a_number_cut_by_a_page() -> None:
    text = (
        "项目资金\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t3\n\n75\t425\t425\t10\t100%\t10\n\t其他资金\t0\t0\t0\t\t\t\n"
    )
    assert funds(text)[0].replace("~", "") == "年度资金总额|375|425|425|10|100%|10"


def test_the_head_over_the_labels_is_no_column() -> None:
    cells = [
        "部门名称",
        "某县水利局",
        "预算资金（万元）",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
    ]
    row = ["年度资金总额", "2140.5", "2350.8", "2268.52", "10", "96.5%", "9.65"]
    assert [each.replace("~", "") for each in funds("\n".join([*cells, *row]) + "\n")] == ["|".join(row)]


def test_nothing_is_read_as_spent_in_a_form_not_filled_in() -> None:
    cells = [
        "项目资金",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
        "年度资金总额",
        "26.09",
        "29.05",
        "10",
    ]
    cells += ["其中：财政拨款", "26.09", "29.05", "其他资金", "0", "0"]
    found = [row.replace("~", "") for row in funds("\n".join(cells) + "\n")]
    assert found == ["年度资金总额|26.09|29.05||10||", "其中:财政拨款|26.09|29.05||||", "其他资金|0|0||||"]
