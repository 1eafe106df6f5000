"""Where tables stand and how their delimiters cut them."""

from extractor.segment import layout
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


def test_a_value_blank_lines_below_its_label_stays_in_its_row() -> None:
    text = (
        "项目支出绩效自评表\n\t项目名称\n\n\n\t苗圃管护项目\n\n\t主管部门\n\t云岭县林草局\n\t实施单位\n\t云岭县林草局\n\n"
        "\t项目资金（万元）\n\t\n\t年初预算数\n\t全年预算数\n\t全年执行数\n\t分值\n\t执行率\n\t得分\n\n"
        "\t\n\t年度资金总额\n\t72.00\n\t72.00\n\t67.00\n\t10\n\t93.06%\n\t9.31\n"
    )
    forms = layout(document_of(text)).forms
    heads = {role: value.text for role, _, value in forms[0].heads if value is not None}
    assert heads["project_name"] == "苗圃管护项目"


def test_heads_cut_over_two_rows_are_whole_though_no_word_is_listed_so() -> None:
    text = (
        "| 项目资金 |  | 年初下 | 调整后的 | 预算执 | 分值 | 执行率 | 得分 |\n"
        "| （万元） |  | 达数 | 全年预算 | 行数 | (10分) | （%） | （分值×执行率） |\n"
        "|  | 年度资金总额 | 76.54 | 71.13 | 57.19 | 10 | 80.4 | 8.04 |\n"
        "|  | 其中：本年财政拨款 | 76.54 | 71.13 | 57.19 | — |  | — |\n"
    )
    blocks = [block for form in layout(document_of(text)).forms for block in form.blocks]
    assert [block.kind for block in blocks] == ["money"] and {"initial", "annual", "executed"} <= set(
        blocks[0].roles
    )
