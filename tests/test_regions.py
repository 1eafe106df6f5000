"""Where tables stand and how their delimiters cut them."""

from extractor.segment.lines import lines_of
from extractor.segment.regions import Region, regions_of
from tests.table_report import document_of


def regions(text: str) -> list[Region]:
    document = document_of(text)
    return regions_of(document, lines_of(document))


def cells(region: Region) -> list[list[str]]:
    return [[atom.text for atom in row] for row in region.rows]


def test_prose_is_no_table() -> None:
    assert (
        regions("一、基本情况\n本单位2022年预算535.67万元，支出550.28万元。\n（一）职责\n负责全县工作。\n")
        == []
    )


def test_tab_led_cells_with_breaks_inside() -> None:
    text = "\t绩\n\n效\n\n指\n\n标\n\t一级指标\n\t年初\n\n预算数\n\n\t\n\t产出指标\n\n(50分)\n\t3\n"
    [region] = regions(text)
    assert cells(region) == [["绩效指标", "一级指标", "年初预算数"], ["", "产出指标(50分)", "3"]]


def test_tab_rows_and_a_continued_cell() -> None:
    [region] = regions("一级指标\t三级指标\t得分\n产出指标\t培训\n人数\t10\n效益指标\t就业率\t8\n")
    assert cells(region)[0] == ["一级指标", "三级指标", "得分"]
    assert cells(region)[-1] == ["效益指标", "就业率", "8"]


def test_rows_printed_from_right_to_left_are_turned() -> None:
    rows = "\n".join(f"{k}\t9{k}%\t≥90%\t任务{k}完成率\t" for k in range(6))
    [region] = regions(f"得分\t完成值\t指标值\t三级指标\t\n{rows}\n")
    assert cells(region)[0] == ["三级指标", "指标值", "完成值", "得分"]
    assert cells(region)[1] == ["任务0完成率", "≥90%", "90%", "0"]


def test_pipe_rows_end_before_the_signature_and_the_next_title() -> None:
    text = "| 项目名称 | 甲 |\n| 总分 | 100 |\n填表人：张三\n2022年度项目支出绩效自评表\n| 项目名称 | 乙 |\n| 总分 | 99 |\n"
    first, second = regions(text)
    assert cells(first) == [["项目名称", "甲"], ["总分", "100"]]
    assert cells(second) == [["项目名称", "乙"], ["总分", "99"]]


def test_lone_pipes_separate_and_two_enclose_an_empty_cell() -> None:
    text = "项目名称\n|\n甲项目\n|\n主管部门\n|\n\n|\n实施单位\n|\n某局\n|\n"
    [region] = regions(text)
    assert cells(region) == [["项目名称", "甲项目", "主管部门", "", "实施单位", "某局"]]


def test_numbers_cut_behind_the_point_are_one_cell() -> None:
    text = "年初预算数\n全年预算数\n全年执行数\n执行率\n得分\n合计\n12.\n5\n12.5\n11.25\n90%\n9\n"
    [region] = regions(text)
    assert cells(region)[0][5:] == ["合计", "12.5", "12.5", "11.25", "90%", "9"]


def test_page_footers_are_left_out() -> None:
    [region] = regions("| 一级指标 | 得分 |\n- 3 -\n| 产出指标 | 10 |\n第 4 页 共 9 页\n| 效益指标 | 9 |\n")
    assert len(region.rows) == 3
