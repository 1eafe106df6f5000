"""Every layout class with exact cells, floors per generated layout, speed, and damaged input."""

import random
import sys
from types import FrameType

import pytest

from eval.generate import LAYOUTS, generate
from eval.generate.mutate import mutate
from eval.gold import read_gold
from eval.scorers import score_report
from extractor.schema import Report
from tests.table_report import check_slices, funds, indicators, read

HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
ROWS = [
    ["产出指标", "数量指标", "举办培训班期数", "≥4期", "4期", "20", "20"],
    ["", "质量指标", "培训合格率", "≥95%", "93%", "30", "29.4"],
    ["效益指标", "社会效益指标", "基层服务能力", "有所提升", "达成预期指标", "40", "40"],
]
READ = [
    "产出指标|数量指标|举办培训班期数|≥4期|4期|20|20",
    "产出指标|质量指标|培训合格率|≥95%|93%|30|29.4",
    "效益指标|社会效益指标|基层服务能力|有所提升|达成预期指标|40|40",
]


def lines(cells: list[list[str]], cell: str, row: str, before: str = "") -> str:
    return "".join(before + cell.join(r) + row for r in cells)


TABLE = [HEAD, *ROWS]
NO_BLANKS = [[c for c in row if c] for row in TABLE]
WRAPPED = [
    ["一级", "二级", "三级", "年度", "实际", "分值", "得分"],
    ["指标", "指标", "指标", "指标值", "完成值", "", ""],
    *ROWS,
]
SHIFTED = [HEAD, *[[c for c in row if c] for row in ROWS]]
PRINTED = {
    "tab_rows": lines(TABLE, "\t", "\n"),
    "tab_led": "".join("\t" + "\n\t".join(row) + "\n\n" for row in TABLE),
    "pipe_rows": lines(TABLE, " | ", " |\n", "| "),
    "markdown": "| " + " | ".join(HEAD) + " |\n" + "|---" * 7 + "|\n" + lines(ROWS, " | ", " |\n", "| "),
    "pipe_shifted": lines(SHIFTED, " | ", " |\n"),
    "pipe_two_row_header": lines(WRAPPED, " | ", " |\n", "| "),
    "pipe_cell_per_line": lines(TABLE, " |\n", " |\n"),
    "cell_per_line": lines(TABLE, "\n", "\n"),
    "cell_per_line_no_blanks": lines(NO_BLANKS, "\n", "\n"),
    "cell_per_line_broken": lines(NO_BLANKS, "\n", "\n").replace("社会效益指标", "社会效\n\n益指标"),
    "single_space_rows": lines(NO_BLANKS, " ", "\n"),
    "space_aligned": lines(NO_BLANKS, "     ", "\n"),
    "flat_line": lines(NO_BLANKS, " ", " ") + "总分 100 89.4 备注: 无其他需要说明的事项 " + "填" * 60,
    "right_to_left": lines([row[::-1] for row in TABLE], "\t", "\n"),
}


@pytest.mark.parametrize("name", PRINTED)
def test_the_same_table_in_every_layout(name: str) -> None:
    found = [row.replace("~", "") for row in indicators(PRINTED[name])]
    assert found == READ
    check_slices(PRINTED[name])


def test_what_was_inferred_is_said_and_what_was_printed_is_sure() -> None:
    assert "~" not in "".join(indicators(PRINTED["tab_rows"]) + indicators(PRINTED["pipe_rows"]))
    assert "~" in indicators(PRINTED["pipe_shifted"])[1]


MONEY = (
    "项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |\n"
    "年度资金总额 | 100 | 120 | 108 | 10 | 90% | 9 ||\n"
    "其中：财政拨款 | 100 | 120 | 108 | | | ||\n"
    "其他资金 | | | | | | ||\n"
)


def test_money_rows_without_their_merged_cell() -> None:
    assert [row.replace("~", "") for row in funds(MONEY)] == [
        "年度资金总额|100|120|108|10|90%|9",
        "其中:财政拨款|100|120|108|||",
        "其他资金||||||",
    ]


SIGNED = (
    "一级指标\t二级指标\t三级指标\t计算符号\t指标值\t计量单位\t实际完成值\t权重\t得分\t完成情况说明\t偏差原因分析\n"
    "产出指标\t数量指标\t购置设备\t≥\t25\t台\t26\t20\t20\t已完成\t\n"
    "\t质量指标\t故障率\t≤\t5\t%\t6\t20\t18\t部分完成\t维护不及时\n"
)


def test_sign_and_unit_columns_belong_to_target_and_actual() -> None:
    first, second = read(SIGNED)[1].indicators
    assert first.target is not None
    assert (first.target.text, first.target.comparator, first.target.unit) == ("25", "≥", "台")
    assert first.actual is not None
    assert (first.actual.text, first.actual.comparator, first.actual.unit) == ("26", None, "台")
    assert second.target is not None
    assert (second.target.comparator, second.target.unit) == ("≤", "%")
    assert second.reason is not None
    assert second.reason.text == "维护不及时"


def test_merged_cells_of_the_grid_cover_their_rows() -> None:
    table = read(PRINTED["pipe_rows"])[0].tables[0]
    spans = {cell.text: (cell.row, cell.rowspan) for cell in table.cells}
    assert spans["产出指标"] == (1, 2)
    assert spans["效益指标"] == (3, 1)
    assert table.kind == "self_evaluation"


def test_cells_printed_one_a_line_whose_merged_levels_are_not_printed_again() -> None:
    cells = [
        *[
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成情况",
            "分值",
            "自评得分",
            "偏差原因",
        ],
        *["产出指标", "数量指标", "购置图书册数", "≥800册", "　", "15", "　", "　"],
        *["质量指标", "图书入库合格率", "≥98%", "　", "12", "　", "　"],
        *["图书破损率", "≤2%", "　", "13", "　", "　"],
        *["时效指标", "　", "　", "　", "　", "　", "　"],
        *["成本指标", "每册平均成本", "≤35元", "　", "10", "　", "　"],
    ]
    assert indicators("\n".join(cells)) == [
        "产出指标|数量指标|购置图书册数|≥800册||15|",
        "产出指标|质量指标|图书入库合格率|≥98%||12|",
        "产出指标|质量指标|图书破损率|≤2%||13|",
        "产出指标|时效指标|||||",
        "产出指标|成本指标|每册平均成本|≤35元||10|",
    ]


def test_blank_lines_between_all_cells_make_three_of_an_empty_one() -> None:
    rows = [
        [*ROWS[0], ""],
        [*ROWS[1][1:], "设备老化"],
        ["群众知晓率", "", "92%", "10", "10", ""],
        [*ROWS[2], ""],
    ]
    text = "\n\n".join([*HEAD, "偏差原因", *(cell for row in rows for cell in row)])
    assert indicators(text) == [*READ[:2], "产出指标|质量指标|群众知晓率||92%|10|10", READ[2]]


def test_heads_of_money_that_an_empty_paragraph_cuts_in_two() -> None:
    rows = [
        ["项目资金（万元）", "　", "年初下达数"],
        ["调整后预算数", "累计执行金额", "分值", "执行率（%）", "得分"],
        ["", "年度资金总额", "61.5", "60.2", "58", "10", "96.35", "9.64"],
    ]
    text = "".join("\t" + "\n\t".join(row) + "\n\n" for row in rows)
    assert funds(text) == ["年度资金总额|61.5|60.2|58|10|96.35|9.64"]


def test_summary_with_second_level_heads_in_lines() -> None:
    text = "序号|项目名称|全年预算数|全年执行数|自评得分|年初预算数|年中追加数/追减数|小计|1|甲专项|100|20|120|110|98|合计|100|20|120|110".replace(
        "|", "\n"
    )
    [project] = read(text)[1].projects
    values = (project.initial, project.annual, project.executed, project.total_score)
    assert [c.text if c else None for c in values] == ["100", "120", "110", "98"]


def test_base_data_blocks_and_words() -> None:
    text = (
        "财政供养人员情况（人）\t编制数\t2022年实际在职人数\t控制率\n\t40\t38\t95%\n"
        "经费控制情况（万元）\t2021年决算数\t2022年预算数\t2022年决算数\n三公经费\t3.1\t4\t2.9\n"
        "厉行节约保障措施\t严格执行制度\n"
    )
    rows = read(text)[1].base_data
    assert [(r.item.text, [(c.stage, c.cell.text) for c in r.cells]) for r in rows] == [
        ("财政供养人员情况(人)", [("quota", "40"), ("on_duty", "38"), ("rate", "95%")]),
        ("三公经费", [("prev_final", "3.1"), ("budget_initial", "4"), ("exec", "2.9")]),
        ("厉行节约保障措施", [("other", "严格执行制度")]),
    ]


def test_labels_printed_without_their_values_are_left_unread() -> None:
    names = [f"第{word}项工作任务" for word in "一二三四五六七八"]
    text = "\n".join([*HEAD, *(["产出指标", "数量指标", *names]), "合计", *(["10", "10"] * 8)])
    assert indicators(text) == []


def test_a_form_without_actual_goals_and_its_budget() -> None:
    text = (
        "项目支出名称 | 甲专项 | 预算部门 | 某局 |\n年度本级预算金额（万元） | 12.5 | 项目实施期 | 一年 |\n"
        "年度总体目标 | 完成全部建设任务并通过验收 |\n"
        + lines([HEAD[:4], *[row[:4] for row in ROWS]], " | ", " |\n")
    )
    [project] = read(text)[1].projects
    assert project.initial is not None
    assert project.initial.text == "12.5"
    assert project.goal_expected is not None
    assert project.goal_expected.text == "完成全部建设任务并通过验收"


FLOORS = {
    "tab_led_cells": 0.98,
    "tab_led_plain": 0.98,
    "tab_rows": 0.98,
    "markdown_pipe": 0.99,
    "pipe_repeated": 0.99,
    "pipe_shifted": 0.99,
    "pipe_two_row_header": 0.99,
    "pipe_cell_per_line": 0.98,
    "cell_per_line": 0.99,
    "cell_per_line_spread": 0.98,
    "cell_per_line_broken": 0.98,
    "single_space_rows": 0.99,
    "cell_per_line_no_blanks": 0.99,
    "flat_line": 0.98,
    "space_aligned": 0.98,
    "scrambled": 0.43,
    "broken_numbers": 0.34,
    "ocr_noise": 0.92,
    "half_width": 0.99,
    "yuan": 0.98,
    "page_noise": 0.91,
    "mixed": 0.99,
    "several_forms": 0.99,
    "unfinished": 0.99,
    "small_tables": 0.99,
    "beijing_2016": 0.99,
    "scoring_standard": 0.98,
    "two_goals": 0.96,
    "base_flat": 0.97,
    "input_process_output": 0.95,
    "decision_management": 0.97,
    "personnel": 0.99,
    "one_indicator": 0.99,
    "integrated_export": 0.99,
    "reason_in_funds": 0.99,
    "review_columns": 0.99,
    "score_in_head": 0.96,
    "transfer": 0.99,
    "target_form": 0.98,
    "evaluation_report": 0.96,
}


@pytest.mark.parametrize("name", FLOORS)
def test_generated_layouts_stay_above_their_floor(name: str) -> None:
    right = expected = 0
    for seed in range(3):
        case = generate(seed, name)
        facts = read(case.text)[1]
        report = Report(
            indicators=tuple(facts.indicators),
            funds=tuple(facts.funds),
            base_data=tuple(facts.base_data),
            projects=tuple(facts.projects),
        )
        scores = score_report(report, read_gold(case.truth, case.text))
        for group in ("indicators", "funds", "base_data", "projects"):
            right += scores[group].right
            expected += scores[group].expected
    assert right >= FLOORS[name] * expected, f"{right}/{expected}"


@pytest.mark.parametrize("layout", ["tab_rows", "pipe_rows", "single_space_rows", "cell_per_line_no_blanks"])
def test_a_long_table_takes_work_in_proportion(layout: str) -> None:
    def text(rows: int) -> str:
        table = [
            HEAD,
            *([*ROWS[0][:2], f"第{k}批设备购置数量", f"≥{k}台", f"{k}台", "5", "5"] for k in range(rows)),
        ]
        cell, end = {
            "tab_rows": ("\t", "\n"),
            "pipe_rows": (" | ", " |\n"),
            "single_space_rows": (" ", "\n"),
        }.get(layout, ("\n", "\n"))
        return lines(table, cell, end)

    def calls(rows: int) -> int:
        source, seen = text(rows), 0

        def count(frame: FrameType, *_: object) -> None:
            nonlocal seen
            seen += "/extractor/" in frame.f_code.co_filename

        sys.setprofile(count)
        try:
            found = read(source)[1].indicators
        finally:
            sys.setprofile(None)
        assert len(found) == rows
        return seen

    calls(20)  # what is compiled once
    short = calls(200)
    assert calls(1000) < 6 * short


@pytest.mark.parametrize(
    "name", sorted(set(LAYOUTS) - {"prose_only", "prose_one_paragraph", "narrative_list"})
)
def test_damaged_reports_never_crash_and_every_cell_slices_back(name: str) -> None:
    rng = random.Random(f"tables {name}")
    for seed in range(4):
        check_slices(mutate(generate(700 + seed, name).text, rng).replace("\r", ""))
