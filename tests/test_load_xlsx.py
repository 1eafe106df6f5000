"""Workbooks as offices keep them: what a person sees is what is read, and each value knows its sheet and cell."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Border, Side
from PIL import Image as PillowImage

from extractor.document import Document
from extractor.errors import ClassifiedInput, DamagedInput, EmptyInput, InputError, TooLarge, UnsupportedInput
from extractor.load import load
from extractor.load.office import converted, program
from extractor.load.xlsx import load_xlsx
from extractor.load.xlsx.shown import Formats, Styles, shown
from extractor.pipeline import review
from extractor.settings import Settings
from tests.office_maker import S, book, package, parts_of

SETTINGS = Settings()
RULED = Border(*(Side(style="thin") for _ in range(4)))


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet_of(*rows: tuple[Any, ...], ruled: bool = False) -> tuple[Workbook, Any]:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "自评表"
    for row in rows:
        page.append(row)
    if ruled:
        for row in page.iter_rows():
            for cell in row:
                cell.border = RULED
    return made, page


def read(made: Workbook) -> Document:
    return load_xlsx(saved(made), "表.xlsx", SETTINGS)


def addresses(document: Document) -> dict[str, str | None]:
    return {cell.text: cell.span.address for grid in document.grids for cell in grid.cells if cell.text}


def test_title_table_and_remark_with_merged_cells() -> None:
    made, page = sheet_of(
        ("2023年度项目支出绩效自评表",),
        ("一级指标", "三级指标", "分值"),
        ("产出指标", "举办培训", 10),
        (None, "合格率", 20),
        ("备注：无",),
    )
    page.merge_cells("A1:C1")
    page.merge_cells("A3:A4")
    document = load(saved(made), SETTINGS, "表.xlsx")
    assert document.text.rstrip("\n").split("\n") == [
        "2023年度项目支出绩效自评表",
        "一级指标\t三级指标\t分值",
        "产出指标\t举办培训\t10",
        "\t合格率\t20",
        "备注：无",
    ]
    assert addresses(document)["2023年度项目支出绩效自评表"] == "自评表!A1"
    assert addresses(document)["20"] == "自评表!C4"
    assert [(c.rowspan, c.text) for c in document.grids[1].cells if c.rowspan > 1] == [(2, "产出指标")]
    assert document.loader == "xlsx"


def test_hidden_rows_with_numbers_are_read_other_hidden_things_left_out_and_all_is_said() -> None:
    made, page = sheet_of(
        ("项目", "草稿", "金额"),
        ("甲", "x", 1),
        ("旧", "x", 2),
        ("说明", "x", "无"),
        ("预留", "x", 0),
        ("合计", "x", 3),
    )
    page.column_dimensions["B"].hidden = True
    page.column_dimensions["F"].hidden = True
    for row in (3, 4, 5, 9):
        page.row_dimensions[row].hidden = True
    made.create_sheet("底稿").append(("秘", "密"))
    made["底稿"].sheet_state = "hidden"
    document = read(made)
    assert document.text.rstrip("\n") == "项目\t金额\n甲\t1\n旧\t2\n合计\t3"
    assert addresses(document)["2"] == "自评表!C3"
    assert document.warnings == (
        "工作表“底稿”是隐藏的，没有读取；请取消隐藏后核对",
        "工作表“自评表”隐藏了第3行，其中有数，已一并读入；请取消隐藏后核对",
        "工作表“自评表”隐藏了第4、5行，其中没有数，没有读取",
        "工作表“自评表”隐藏了第B列，没有读取；请取消隐藏后核对",
    )


def test_a_merged_cell_whose_first_row_is_hidden_shows_below() -> None:
    made, page = sheet_of(("类", "名", "数"), ("产出", "甲", "无"), (None, "乙", 2))
    page.merge_cells("A2:A3")
    page.row_dimensions[2].hidden = True
    assert read(made).text.rstrip("\n") == "类\t名\t数\n产出\t乙\t2"


def test_formulas_without_values_comments_pictures_macros_and_links_are_said() -> None:
    made, page = sheet_of(("项目", "金额"), ("甲", 1), ("合计", "=SUM(B2:B2)"))
    page["A1"].comment = Comment("请核对", "某人")
    drawn = io.BytesIO()
    PillowImage.new("RGB", (8, 8)).save(drawn, "PNG")
    page.add_image(Image(drawn), "D1")
    warnings = read(made).warnings
    assert [warning[:9] for warning in warnings] == [
        "有 1 个公式没有",
        "工作簿带有批注，批",
        "工作簿里有图片，图",
    ]
    assert "自评表!B3" in warnings[0]
    cells = '<sheetData><row r="1"><c r="A1"><f>[1]外!A1</f><v>3</v></c></row></sheetData>'
    document = load_xlsx(book(cells, externalLink1="<externalLink/>"), "表.xlsx", SETTINGS)
    assert document.warnings == ("有公式引用其他工作簿，按文件里保存的数值审核",)
    locked = package({**parts_of(book(cells)), "xl/vbaProject.bin": b"x"})
    assert load(locked, SETTINGS, "表.xlsm").warnings == ("文件带有宏，没有运行",)
    assert read(sheet_of(("项目", "金额"), ("甲", 1))[0]).warnings == ()


def test_numbers_as_they_are_shown_and_formulas_by_their_values() -> None:
    made, page = sheet_of(("执行率", "日期", "金额"), (0.9534, date(2023, 6, 20), 1234567.5))
    page["A2"].number_format, page["B2"].number_format, page["C2"].number_format = (
        "0.00%",
        'yyyy"年"m"月"d"日"',
        "#,##0.00",
    )
    assert read(made).text.split("\n")[1] == "95.34%\t2023年6月20日\t1,234,567.50"
    cells = '<sheetData><row r="1"><c r="A1"><f>B1/2</f><v>48.5</v></c><c r="B1" t="str"><f>"a"</f><v>优</v></c><c r="C1" t="e"><v>#DIV/0!</v></c><c r="D1" t="b"><v>1</v></c></row></sheetData>'
    assert load_xlsx(book(cells), "表.xlsx", SETTINGS).text.rstrip("\n") == "48.5\t优\t#DIV/0!\tTRUE"


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        ("0.95340000000000003", "0.00%", "95.34%"), ("1.005", "0.00", "1.01"), ("-5", "#,##0.00", "-5.00"),
        ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"), ("-3", "0.00_);(0.00)", "(3.00)"),
        ("45097", "[$-804]yyyy/m/d;@", "2023/6/20"), ("45097.75", "yyyy-mm-dd hh:mm", "2023-06-20 18:00"),
        ("0.333333333333", "General", "0.333333333"), ("535.67000000000007", "General", "535.67"),
        ("123456789012", "General", "1.23457E+11"), ("3", '0"万元"', "3万元"), ("7", "000", "007"), ("2.5", "0.##", "2.5"),
        ("1234567", '#,##0,"千"', "1,235千"), ("12345", "0.00E+00", "1.23E+04"), ("98.7", "0.0\\%", "98.7%"),
        ("12", ";;;", ""), ("0.5", "# ?/?", "0.5"), ("5", "[DBNum1]General", "5"), ("100", "", "100"),
        ("-0.05", "0.00%;[Red]-0.00%", "-5.00%"), ("44927", "mmm-yy", "Jan-23"), ("8.5", "[$¥-804]#,##0.00", "¥8.50"),
        ("1.5", "[h]:mm", "36:00"), ("59", "yyyy/m/d", "1900/2/28"), ("-1", "yyyy/m/d", "-1"), ("无", "0.00", "无"),
        ("1E999", "0", "1E999"), ("NaN", "0", "NaN"),
    ],
)  # fmt: skip
def test_number_formats(value: str, code: str, printed: str) -> None:
    styles = Styles(None)
    styles.codes = [code or "General"]
    assert shown(value, Formats(styles, False), 0) == printed


def test_the_calendar_of_1904() -> None:
    styles = Styles(None)
    styles.codes = ["yyyy/m/d"]
    assert shown("0", Formats(styles, True), 0) == "1904/1/1"


def test_forms_below_each_other_and_prose_between_them() -> None:
    prose = "全年预算执行总体平稳，各项目标按期完成，培训费比上年增加，主要原因是新增两期专题培训班，其余支出与上年基本持平，没有大的变化。"
    made, _ = sheet_of(
        ("附表1 甲项目自评表",),
        ("三级指标", "分值"),
        ("培训", 10),
        (),
        (prose,),
        (),
        ("附表2 乙项目自评表",),
        ("三级指标", "分值"),
        ("会议", 20),
    )
    document = read(made)
    assert [(g.n_rows, g.n_cols) for g in document.grids] == [(1, 1), (2, 2), (1, 1), (1, 1), (2, 2)]
    assert f"\n\n{prose}\n\n" in document.text


def test_a_label_without_numbers_stays_in_its_ruled_table() -> None:
    made, _ = sheet_of(
        ("项目", "上年", "本年"),
        ("一次性补助", None, None),
        ("其中：甲", None, None),
        ("厉行节约措施", None, None),
        ruled=True,
    )
    assert [(g.n_rows, g.n_cols) for g in read(made).grids] == [(4, 3)]


def test_line_breaks_in_cells_and_rich_text() -> None:
    strings = (
        f'<sst {S}><si><r><t>产出</t></r><r><t>\n指标</t></r><rPh sb="0" eb="1"><t>chǎn</t></rPh></si></sst>'
    )
    cells = '<sheetData><row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>1</t></is></c></row><row><c><v>3</v></c><c><v>2</v></c></row></sheetData>'
    assert (
        load_xlsx(book(cells, sharedStrings=strings), "表.xlsx", SETTINGS).text.rstrip("\n")
        == "产出 指标\t1\n3\t2"
    )


@pytest.mark.parametrize(
    ("data", "error", "word"),
    [
        (saved(sheet_of(("甲", 1))[0])[:-200], DamagedInput, "损坏"),
        (package({"_rels/.rels": "<r/>", "xl/other.xml": ""}), DamagedInput, "没有工作表"),
        (book("<sheetData>"), DamagedInput, "sheet1"),
        (book(""), EmptyInput, "没有文字"),
        (book('<sheetData><row><c t="str"><v>机密★10年</v></c></row></sheetData>'), ClassifiedInput, "密级"),
        (package({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'}), UnsupportedInput, "实体"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(data: bytes, error: type[InputError], word: str) -> None:
    with pytest.raises(error, match=word):
        load(data, SETTINGS, "坏.xlsx")


def test_a_sheet_of_formats_to_the_last_row_is_small() -> None:
    cells = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="1048576"><c r="XFD1048576"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert len(load_xlsx(book(cells), "表.xlsx", SETTINGS).text) < 100


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(TooLarge):
        load(
            book("<sheetData>" + " " * 5_000_000 + "</sheetData>"), Settings(max_characters=10_000), "弹.xlsx"
        )


def test_old_workbooks_through_the_office() -> None:
    if program() is None:
        pytest.skip("LibreOffice is not installed, so .xls and .ods files cannot be converted")
    made, page = sheet_of(("项目", "执行率"), ("甲", 0.985))
    page["B2"].number_format = "0.00%"
    for suffix in ("xls", "ods"):
        old = converted(saved(made), "xlsx", suffix, "Excel 工作簿", "表.xlsx", SETTINGS)
        document = load(old, SETTINGS, f"表.{suffix}")
        assert document.text.rstrip("\n") == "项目\t执行率\n甲\t98.50%"
        assert addresses(document)["98.50%"] == "自评表!B2"


def test_a_review_of_a_workbook_reads_its_form() -> None:
    made, page = sheet_of(
        ("2023年度项目支出绩效自评表",),
        ("项目名称", "培训经费"),
        (None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", 12, 12.5, 12.25, 10, 0.98, 9.8),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "举办培训", "≥12次", "14次", 50, 50),
    )
    page["F4"].number_format = "0.00%"
    found = review(saved(made), file_name="表.xlsx")
    fund, indicator = found.report.funds[0], found.report.indicators[0]
    assert fund.rate is not None and fund.rate.raw == "98.00%"
    assert indicator.actual is not None and indicator.actual.text == "14次"
