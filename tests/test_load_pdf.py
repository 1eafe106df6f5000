"""Digital PDFs: reading order, ruled tables, tables over page breaks, places of words, and files that cannot be read."""

from __future__ import annotations

from decimal import Decimal

import pymupdf
import pytest

from extractor.document import Document, Table
from extractor.errors import DamagedInput, EmptyInput, InputError, TooLarge, UnsupportedInput
from extractor.load.pdf import load_pdf
from extractor.pipeline import review
from extractor.settings import Settings
from tests.pdf_maker import BOTTOM, LEFT, SIZE, Maker


def load(maker: Maker) -> Document:
    return load_pdf(maker.bytes(), "report.pdf", Settings())


def rows(document: Document, grid: Table) -> list[list[str]]:
    out = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        out[cell.row][cell.col] = document.text[cell.span.start : cell.span.end]
    return out


HEAD = ["一级指标", "三级指标", "分值", "得分"]
WIDTHS = [80, 200, 60, 60]


def test_a_ruled_table_keeps_its_cells_and_the_text_around_it() -> None:
    maker = Maker()
    maker.line("一、基本情况")
    maker.table([HEAD, ["产出指标", "维修泵站", "20", "18.5"], ["^", "清淤里程", "30", "30"]], WIDTHS)
    maker.line("二、存在问题")
    document = load(maker)
    (grid,) = document.grids
    assert rows(document, grid) == [
        HEAD, ["产出指标", "维修泵站", "20", "18.5"], ["", "清淤里程", "30", "30"],
    ]  # fmt: skip
    merged = next(cell for cell in grid.cells if cell.text == "产出指标")
    assert (merged.rowspan, merged.colspan) == (2, 1)
    assert document.text.startswith("一、基本情况\n一级指标")
    assert document.text.endswith("二、存在问题\n")


def test_a_table_over_two_pages_is_one_and_its_repeated_head_is_dropped() -> None:
    maker = Maker()
    maker.table([HEAD, *[["产出", f"第{n}项", "2", "2"] for n in range(1, 11)]], WIDTHS)
    maker.new_page()
    maker.table([HEAD, *[["效益", f"第{n}项", "3", "3"] for n in range(11, 21)]], WIDTHS)
    document = load(maker)
    (grid,) = document.grids
    assert grid.pages == (1, 2)
    assert [row[1] for row in rows(document, grid)] == ["三级指标", *(f"第{n}项" for n in range(1, 21))]


def test_a_row_cut_by_the_page_break_is_rejoined() -> None:
    maker = Maker()
    long = "对全县水库和山塘开展汛前检查并建立隐患"
    maker.table([HEAD, ["产出", long, "20", "18.5"]], WIDTHS)
    maker.new_page()
    maker.table([["", "台账逐一销号", "", ""], ["效益", "满意度", "10", "10"]], WIDTHS)
    document = load(maker)
    (grid,) = document.grids
    assert [row[1].replace("\n", "") for row in rows(document, grid)] == [
        "三级指标",
        long + "台账逐一销号",
        "满意度",
    ]


def test_a_remark_that_fills_its_cell_goes_on_behind_the_page_break() -> None:
    maker = Maker()
    row = ["产出", "12座", "20", "1家机构因产权纠纷\n没有完成改"]
    maker.table([HEAD, row], [80, 100, 60, 110], [1, 2])
    maker.new_page()
    maker.table([["", "", "", "造，下半年完成"], ["效益", "9户", "10", "10"]], [80, 100, 60, 110])
    document = load(maker)
    (grid,) = document.grids
    assert [r[3].replace(" ", "") for r in rows(document, grid)] == [
        "得分",
        "1家机构因产权纠纷没有完成改造，下半年完成",
        "10",
    ]


def test_a_goal_whose_unit_stands_in_the_line_below_is_one_number() -> None:
    maker = Maker()
    values = ["≥200\n0人", "≥20\n30", "200\n0人"]
    widths = [pymupdf.get_text_length(v.split("\n")[0], "china-s", SIZE) + 5 for v in values]
    maker.table([["甲", "乙", "丙"], values], widths, [1, 2])
    document = load(maker)
    assert rows(document, document.grids[0])[1] == ["≥2000人", "≥20 30", "200 0人"]


def test_a_repeated_title_is_dropped_and_another_form_of_the_same_title_is_not() -> None:
    for name, titles in (("^", 1), ("项目名称", 2)):
        maker = Maker()
        title = ["项目支出绩效自评表", None, None, None]
        maker.table(
            [title, ["项目名称", "泵站维修", None, None], HEAD, ["产出", "维修泵站", "20", "18.5"]], WIDTHS
        )
        maker.new_page()
        second = ["效益", "满意度", "10", "10"] if name == "^" else [name, "渠道清淤", None, None]
        maker.table([title, second, ["效益", "受益户数", "10", "9"]], WIDTHS)
        document = load(maker)
        assert document.text.count("项目支出绩效自评表") == titles
        assert all(text in document.text for text in second if text)


def test_a_title_set_into_a_table_is_a_line() -> None:
    maker = Maker()
    maker.table([["项目支出绩效自评表", None, None, None], HEAD, ["产出", "维修泵站", "20", "18.5"]], WIDTHS)
    document = load(maker)
    assert document.text.startswith("项目支出绩效自评表\n一级指标\t")
    assert [(grid.n_rows, grid.n_cols) for grid in document.grids] == [(1, 1), (2, 4)]


def test_the_bracket_of_a_merged_cell_follows_it_over_the_page_break() -> None:
    maker = Maker()
    maker.table([HEAD, ["产出指标", "泵站", "20", "18.5"], ["^", "里程", "30", "30"]], WIDTHS)
    maker.new_page()
    maker.table([["（50分）", "水质", "10", "10"], ["^", "满意度", "10", "10"]], WIDTHS)
    (grid,) = load(maker).grids
    labels = [(cell.text, cell.rowspan) for cell in grid.cells if cell.col == 0]
    assert labels == [("一级指标", 1), ("产出指标（50分）", 4)]


def test_a_table_of_other_columns_on_the_next_page_is_another() -> None:
    maker = Maker()
    maker.table([HEAD, ["产出", "维修泵站", "20", "18.5"]], WIDTHS)
    maker.new_page()
    maker.table([["项目", "金额"], ["泵站维修", "63"]], [150, 100])
    assert len(load(maker).grids) == 2


def test_every_word_has_its_box_and_page() -> None:
    maker = Maker()
    maker.line("本年支出535.67万元")
    maker.new_page()
    maker.table([HEAD, ["产出", "维修泵站", "20", "18.5"]], WIDTHS)
    document = load(maker)
    pdf = pymupdf.open(stream=maker.bytes(), filetype="pdf")
    for word in document.words:
        x0, y0, x1, y1 = word.bbox
        around = (x0 - 1, y0 - 1, x1 + 1, y1 + 1)
        printed = pdf[word.page - 1].get_text("text", clip=around)
        assert document.text[word.start : word.end] in printed
    assert [page.number for page in document.pages] == [1, 2]
    assert document.text[document.pages[1].start :].startswith("一级指标")


def test_page_numbers_and_running_heads_stay_out_of_the_text() -> None:
    maker = Maker()
    for number in range(1, 4):
        maker.page.insert_text((200, 40), "某县水利局绩效自评报告", fontname="china-s", fontsize=9)
        maker.line(f"第{number}部分的正文。")
        maker.foot(f"— {number} —")
        if number < 3:
            maker.new_page()
    text = load(maker).text
    assert text == "第1部分的正文。\n第2部分的正文。\n第3部分的正文。\n"


def test_full_lines_run_on_and_short_ones_end_the_paragraph() -> None:
    maker = Maker()
    maker.line("　　" + "全年" * 21 + "支")
    maker.line("出合计100万元。")
    maker.line("　　下一段。")
    assert load(maker).text.splitlines()[-1].strip() == "下一段。"
    assert "支出合计100万元" in load(maker).text


def test_digits_of_two_lines_never_become_one_number() -> None:
    maker = Maker()
    maker.table([HEAD, ["产出", "甲\n乙", "5\n5", "10\n20"]], WIDTHS, [1, 2])
    document = load(maker)
    assert rows(document, document.grids[0])[1][2:] == ["5 5", "10 20"]


def test_a_number_that_a_narrow_cell_breaks_is_one_only_where_its_decimals_are_open() -> None:
    maker = Maker()
    values = ["1186.4\n0", "1186\n12", "12.50\n8"]
    widths = [pymupdf.get_text_length(v.split("\n")[0], "china-s", SIZE) + 5 for v in values]
    maker.table([["甲", "乙", "丙"], values], widths, [1, 2])
    document = load(maker)
    assert rows(document, document.grids[0])[1] == ["1186.40", "1186 12", "12.50 8"]


def test_a_word_across_a_line_is_cut_at_it() -> None:
    maker = Maker()
    top = maker.y
    maker.table([["", ""], ["甲", "乙"]], [60, 60])
    maker.page.insert_text((100, top + 11), "12345678", fontname="cour", fontsize=10)
    document = load(maker)
    first = rows(document, document.grids[0])[0]
    assert "".join(first) == "12345678"
    assert all(first)


def test_a_foot_of_a_table_near_the_margin_is_kept() -> None:
    maker = Maker()
    maker.y = BOTTOM - 40
    maker.table([HEAD, ["产出", "维修泵站", "20", "18.5"]], WIDTHS)
    assert len(load(maker).grids[0].cells) == 8


def locked() -> bytes:
    maker = Maker()
    maker.line("正文")
    return maker.bytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="geheim", owner_pw="geheim")


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (locked(), UnsupportedInput, "密码"),
        (b"%PDF-1.7\nrubbish", DamagedInput, "损坏"),
        (Maker().bytes(), EmptyInput, "没有文字"),
        (Maker().bytes()[:200], DamagedInput, "损坏"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, kind: type[InputError], words: str) -> None:
    with pytest.raises(kind, match=words):
        load_pdf(data, "report.pdf", Settings())


def test_more_text_than_allowed_is_refused_while_reading() -> None:
    maker = Maker()
    for _ in range(30):
        maker.line("全年支出" * 10)
    with pytest.raises(TooLarge, match="500"):
        load_pdf(maker.bytes(), "report.pdf", Settings(max_characters=500))


@pytest.mark.parametrize("mark", ["— 6 —", "第 6 页 共 9 页"])
def test_the_number_of_a_page_in_the_middle_of_another_parts_no_figure(mark: str) -> None:
    maker = Maker()
    maker.line("一、资金使用情况")
    maker.line("　　" + "全年" * 10 + "共完成支付3104.")
    maker.line(mark, x=LEFT)
    maker.line("72万元，预算执行率为95.")
    maker.new_page()
    maker.line("60%。其中项目支出1818.30万元。")
    document = load(maker)
    assert "6" not in document.text.replace("60%", "")
    report = review(maker.bytes(), Settings(), file_name="report.pdf").report
    found = {figure.amount.value for figure in report.figures}
    assert {Decimal("3104.72"), Decimal("95.60")} <= found


def test_a_running_head_beside_the_number_of_its_page_parts_no_figure() -> None:
    maker = Maker()
    maker.line("一、资金使用情况")
    maker.line("　　" + "全年" * 10 + "共完成支付3104.")
    maker.page.insert_text(
        (LEFT, maker.y + SIZE), "某县水利局绩效自评报告", fontname="china-s", fontsize=SIZE
    )
    maker.line("— 2 —", x=400)
    maker.line("72万元，执行率95.60%。")
    report = review(maker.bytes(), Settings(), file_name="report.pdf").report
    assert Decimal("3104.72") in {figure.amount.value for figure in report.figures}


def test_a_label_of_money_alone_behind_a_page_break_is_a_row_left_blank() -> None:
    maker = Maker()
    head = ["资金情况", "项目", "预算数", "执行数"]
    widths = [80, 64, 80, 80]
    maker.table([head, ["年度资金", "上年结转资金", "4.45", ""]], widths)
    maker.new_page()
    maker.table([["", "其他资金", "", ""], ["", "合计", "4.45", ""]], widths)
    (grid,) = (document := load(maker)).grids
    assert [row[1] for row in rows(document, grid)] == ["项目", "上年结转资金", "其他资金", "合计"]


def test_a_row_of_figures_behind_a_head_is_no_rest_of_it() -> None:
    maker = Maker()
    head = ["一级指标", "三级指标", "年度指标值", "得分", "偏差原因"]
    widths = [44, 54, 54, 24, 54]
    maker.table([head], widths, [2])
    maker.new_page()
    maker.table([["满意指标", "预算执行率", "≤82人", "5", ""]], widths, [2])
    document = load(maker)
    assert [row[0] for row in rows(document, document.grids[0])] == ["一级指标", "满意指标"]


def test_a_centred_label_with_room_at_its_sides_is_whole() -> None:
    maker = Maker()
    widths = [80, 60, 60, 60]
    maker.table([["项目", "预算数", "执行数", "执行率"], ["　其他事业　", "4.45", "4.45", "100%"]], widths)
    maker.new_page()
    maker.table([["　经营收支　", "", "", ""], ["　合计　　　", "4.45", "4.45", ""]], widths)
    assert len({cell.row for cell in load(maker).grids[0].cells}) == 4


def test_a_label_whose_end_stands_behind_the_page_break_is_whole() -> None:
    maker = Maker()
    widths = [44, 90, 40, 40]
    maker.table(
        [["二级指标", "三级指标", "分值", "得分"], ["社会效益", "维修泵站", "20", "18"]], widths, [1, 2]
    )
    maker.new_page()
    maker.table([["指标", "清淤里程", "30", "30"]], widths, [2])
    (grid,) = load(maker).grids
    assert [cell.text for cell in grid.cells if cell.col == 0] == ["二级指标", "社会效益指标"]


def test_a_low_strip_without_print_before_a_page_break_is_no_row() -> None:
    maker = Maker()
    maker.table([HEAD, ["产出", "维修泵站", "20", "18"], ["", "", "", ""]], WIDTHS, [2, 2, 1])
    maker.new_page()
    maker.table([["效益", "受益户数", "30", "30"]], WIDTHS, [2])
    document = load(maker)
    assert [row[0] for row in rows(document, document.grids[0])] == ["一级指标", "产出", "效益"]
