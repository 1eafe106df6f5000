"""Word files as offices write them: the text as printed, tables as they stand, and files that are not what they should be."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from extractor.document import Document, slices
from extractor.errors import ClassifiedInput, DamagedInput, EmptyInput, InputError, TooLarge, UnsupportedInput
from extractor.load import load
from extractor.load.docx import load_docx
from extractor.load.docx.counting import counted
from extractor.load.office import converted, program
from extractor.pipeline import review
from extractor.places import placed
from extractor.segment import layout
from extractor.settings import Settings
from tests.office_maker import W, p, package, parts_of, r, relations, tbl, tc, word

SETTINGS = Settings()


def read(body: str, **parts: str) -> Document:
    return load_docx(word(body, **parts), "报告.docx", SETTINGS)


def grid(document: Document, n: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in document.grids[n].cells if c.text]


def test_paragraphs_and_merged_cells_with_their_addresses() -> None:
    made = docx.Document()
    made.add_paragraph("一、基本情况")
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "绩效指标"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "产出\n指标"
    for row, column, text in ((0, 2, "分值"), (1, 1, "数量"), (1, 2, "10"), (2, 1, "质量"), (2, 2, "20")):
        table.cell(row, column).text = text
    made.add_paragraph("完。")
    out = io.BytesIO()
    made.save(out)
    document = load(out.getvalue(), SETTINGS, "报告.docx")
    assert document.text == "一、基本情况\n绩效指标\t\t分值\n产出 指标\t数量\t10\n\t质量\t20\n完。\n"
    assert grid(document)[:3] == [(0, 0, 1, 2, "绩效指标"), (0, 2, 1, 1, "分值"), (1, 0, 2, 1, "产出 指标")]
    assert [slices(document.text, cell.span) for cell in document.grids[0].cells] == [
        cell.text for cell in document.grids[0].cells
    ]
    assert document.grids[0].cells[-1].span.address == "table 1 row 3 col 3"
    assert (document.loader, document.media_type.rpartition(".")[2]) == ("docx", "document")


def test_revisions_are_taken_as_accepted() -> None:
    document = read(
        f"<w:p>{r('支出')}<w:del><w:r><w:delText>100</w:delText></w:r></w:del><w:ins>{r('120')}</w:ins>{r('万元')}</w:p>"
        f"<w:p><w:moveFrom>{r('搬走')}</w:moveFrom></w:p><w:p><w:moveTo>{r('搬来')}</w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("前半") + "</w:p>" + p("后半")
    )
    assert document.text == "支出120万元\n\n搬来\n前半后半\n"


def test_deleted_rows_of_a_table_are_gone() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('旧')}{tc('1')}</w:tr>"
    table = tbl(tc("甲") + tc("2"), tc("乙") + tc("3")).replace("</w:tbl>", row + "</w:tbl>")
    assert "旧" not in read(table).text


def test_fields_show_their_results() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>"
    text = field.format("begin") + code + r("隐藏") + field.format("separate") + r("12") + field.format("end")
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    simple = f'<w:fldSimple w:instr="DATE">{r("2023年6月")}</w:fldSimple>'
    assert read(f"<w:p>{r('共')}{text}{r('页')}</w:p>").text == "共12页\n"
    assert (
        read(
            f"<w:p>{box.format(1)}{field.format('end')}{r('是')}{box.format(0)}{field.format('end')}{r('否')}</w:p>"
        ).text
        == "☑是☐否\n"
    )
    assert read(f"<w:p>{simple}</w:p>").text == "2023年6月\n"


def test_symbols_breaks_and_raised_digits() -> None:
    sym = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>'
    raised = r("5", '<w:vertAlign w:val="superscript"/>')
    font = r("\uf0b3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + r("90%")
    marks = "<w:r><w:t>2019</w:t><w:noBreakHyphen/><w:t>2020</w:t><w:softHyphen/><w:br/><w:t>次行</w:t></w:r>"
    hidden = r("看不见", "<w:vanish/>")
    assert (
        read(f"<w:p>{sym}{r('10')}{raised}{font}{hidden}</w:p><w:p>{marks}</w:p>").text
        == "☑☐10⁵≥90%\n2019-2020\n次行\n"
    )


def test_an_equation_makes_no_number() -> None:
    fraction = "<m:oMath><m:f><m:num><m:r><m:t>95</m:t></m:r></m:num><m:den><m:r><m:t>100</m:t></m:r></m:den></m:f></m:oMath>"
    assert read(f"<w:p>{r('得分')}{fraction}</w:p>").text == "得分95 100\n"


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{p('文本框')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert read(f"<w:p><w:r>{both}</w:r>{r('正文')}</w:p>{p('后文')}").text == "正文\n文本框\n后文\n"


def test_content_controls_links_and_tabs() -> None:
    link = f"<w:hyperlink r:id='x'>{r('链接')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    tabs = "<w:p><w:r><w:t>填报单位</w:t><w:tab/><w:t>单位：万元</w:t></w:r></w:p>"
    row = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r></w:p>"
    assert (
        read(f"<w:p>{link}</w:p>{control}{tabs}{row}").text == "链接\n控件\n填报单位  单位：万元\n甲\t1\t2\n"
    )


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    each = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (style, text) in enumerate(levels)
    )
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{each}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>{more}</w:numbering>'


def listed(level: int, number: int = 7) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_automatic_numbers_are_printed() -> None:
    levels = numbering(
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "%1.%3.%4"),
    )
    depths = (0, 1, 1, 2, 2, 0, 1, 2, 3)
    text = read("".join(p(f"目{d}", listed(d)) for d in depths), numbering=levels).text.split("\n")
    assert text[:-1] == [
        "一、目0",
        "（一）目1",
        "（二）目1",
        "1. 目2",
        "2. 目2",
        "二、目0",
        "（一）目1",
        "1. 目2",
        "二.1.1 目3",
    ]


def test_a_list_begins_anew_where_it_says_so_and_styles_number_too() -> None:
    more = '<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    styles = f'<w:styles {W}><w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style><w:style w:styleId="2"><w:basedOn w:val="1"/></w:style></w:styles>'
    body = (
        p("甲", '<w:pStyle w:val="2"/>')
        + p("乙", '<w:pStyle w:val="1"/>')
        + p("丙", listed(0, 8))
        + p("丁", listed(0, 8))
    )
    none = p("戊", '<w:pStyle w:val="1"/>' + listed(0, 0))
    text = read(body + none, numbering=numbering(("decimal", "%1、"), more=more), styles=styles).text
    assert text == "1、甲\n2、乙\n5、丙\n6、丁\n戊\n"


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (10, "chineseCounting", "十"), (21, "chineseCountingThousand", "二十一"), (105, "japaneseCounting", "一百〇五"),
        (12, "chineseLegalSimplified", "壹拾贰"), (3, "decimalEnclosedCircleChinese", "③"), (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"), (2, "ideographTraditional", "乙"), (7, "decimalZero", "07"), (0, "decimal", "0"),
        (3, "decimalEnclosedParen", "⑶"), (12, "decimalFullWidth", "１２"), (5, "never heard of", "5"),
    ],
)  # fmt: skip
def test_counting(number: int, style: str, printed: str) -> None:
    assert counted(number, style) == printed


def test_edges_a_hair_apart_are_one_edge() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    table = tbl(tc("一级指标", wide) + tc("分值"), tc("产出") + tc("50", wide), widths=(2000, 30, 2000))
    assert grid(read(table)) == [
        (0, 0, 1, 1, "一级指标"),
        (0, 1, 1, 1, "分值"),
        (1, 0, 1, 1, "产出"),
        (1, 1, 1, 1, "50"),
    ]


def test_a_table_in_a_cell_follows_and_a_page_of_tables_is_opened() -> None:
    inner = tbl(tc("甲") + tc("1"), tc("乙") + tc("2"))
    nested = tbl(
        tc("名称") + tc("数") + tc("备注"),
        tc("丙") + tc("3") + f"<w:tc>{p('见下')}{inner}</w:tc>",
        tc("丁") + tc("4") + tc("无"),
    )
    document = read(nested)
    assert [len(g.cells) for g in document.grids] == [9, 4]
    assert document.text.startswith("名称\t数\t备注\n丙\t3\t见下\n丁\t4\t无\n甲\t1\n")
    page = read(tbl(f"<w:tc>{p('标题')}{inner}{p('说明')}</w:tc>"))
    assert page.text == "标题\n甲\t1\n乙\t2\n说明\n"


def test_prose_in_a_box_is_prose_and_still_has_its_address() -> None:
    document = read(tbl(tc("一、部门概况") + "", tc(p("全年支出120.5万元。") + p("执行率98%。"))))
    assert document.text == "一、部门概况\n全年支出120.5万元。\n执行率98%。\n"
    assert [g.cells[0].span.address for g in document.grids] == ["table 1 row 1 col 1", "table 1 row 2 col 1"]
    assert layout(document).forms == ()


def test_notes_stand_at_the_end_and_headers_nowhere() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:type="separator">{p("")}</w:footnote><w:footnote>{p("按决算口径。")}</w:footnote></w:footnotes>'
    document = read(p("正文"), footnotes=notes, header1=f"<w:hdr {W}>{p('某某局')}</w:hdr>")
    assert document.text == "正文\n按决算口径。\n"


def test_a_mark_in_the_header_is_refused() -> None:
    with pytest.raises(ClassifiedInput):
        read(p("正文"), header1=f"<w:hdr {W}>{p('机密★10年')}</w:hdr>")


def test_strict_documents_and_parts_at_unusual_names() -> None:
    body = word(p("正文"))
    strict = package(
        {
            "_rels/.rels": relations(officeDocument="/other/main.xml"),
            "other/main.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>严格</w:t></w:r></w:p></w:body></w:document>',
            "word/unused": b"",
        }
    )
    assert load(body, SETTINGS, "a.doc").text == "正文\n"
    assert load(strict, SETTINGS, "a.docx").text == "严格\n"


@pytest.mark.parametrize(
    ("data", "error", "word_"),
    [
        (word(p("正文"))[:-30], DamagedInput, "损坏"),
        (word(p("正文"))[: len(word(p("正文"))) // 2], DamagedInput, "损坏"),
        (word("<w:p>"), DamagedInput, "word/document.xml"),
        (package({"_rels/.rels": "<r/>", "word/other.xml": ""}), DamagedInput, "没有正文"),
        (word(""), EmptyInput, "没有文字"),
        (word("<w:p/>", image1="<x/>"), UnsupportedInput, "只有图片"),
        (package({"word/document.xml": f'<!DOCTYPE w [<!ENTITY a "x">]><w:document {W}>&a;</w:document>'}), UnsupportedInput, "实体"),
        (package({"word/document.xml": f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w SYSTEM "http://x/y"><w:document {W}/>'.encode("utf-16")}), UnsupportedInput, "DTD"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(data: bytes, error: type[InputError], word_: str) -> None:
    with pytest.raises(error, match=word_) as caught:
        load(data, SETTINGS, "坏.docx")
    assert caught.value.file == "坏.docx"
    assert caught.value.remedy


def test_a_bomb_is_not_unpacked() -> None:
    bomb = word(p("零" * 400_000) * 20)
    assert len(bomb) < 500_000
    with pytest.raises(TooLarge):
        load(bomb, Settings(max_characters=10_000), "弹.docx")


def test_a_locked_file_is_named() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnsupportedInput, match="密码"):
        load(ole, SETTINGS, "锁.docx")
    old = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + b"\xec\xa5"
        + b"\0" * 8
        + b"\0\x01"
        + "WordDocument".encode("utf-16-le")
    )
    with pytest.raises(UnsupportedInput, match="密码"):
        load(old, SETTINGS, "锁.doc")


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.load.office.program", lambda: None)


@pytest.mark.usefixtures("no_office")
def test_an_old_file_without_an_office_says_what_to_do() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    with pytest.raises(UnsupportedInput, match=r"LibreOffice.*\.docx"):
        load(old, SETTINGS, "旧.doc")


def test_old_word_files_through_the_office(tmp_path: Path) -> None:
    if program() is None:
        pytest.skip("LibreOffice is not installed, so .doc, .rtf and .odt files cannot be converted")
    table = tbl(tc("项目") + tc("全年预算数"), tc("培训费") + tc("12.50"))
    made = word(p("一、基本情况") + table + p("完。"))
    for suffix in ("doc", "rtf", "odt"):
        old = converted(made, "docx", suffix, "Word 文档", "报告.docx", SETTINGS)
        document = load(old, SETTINGS, f"报告.{suffix}")
        assert document.text.split("\n")[:3] == ["一、基本情况", "项目\t全年预算数", "培训费\t12.50"]
        assert document.grids[0].cells[-1].span.address == "table 1 row 2 col 2"
    broken = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    with pytest.raises(DamagedInput):
        load(broken, SETTINGS, "坏.doc")


def test_a_review_of_a_word_file_reads_its_table() -> None:
    heads = "".join(
        tc(t)
        for t in (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析",
        )
    )
    down = "<w:vMerge{}/>"
    rows = [
        tc("产出指标", down.format(' w:val="restart"'))
        + "".join(tc(t) for t in ("数量指标", "举办培训", "≥12次", "14次", "10", "10", "")),
        tc("", down.format(""))
        + "".join(tc(t) for t in ("质量指标", "培训合格率", "≥95%", "96%", "10", "9.5", "考试难")),
    ]
    made = word(p("2023年度某县水务局整体支出绩效自评报告") + tbl(heads, *rows))
    report = placed(review(made, file_name="报告.docx").report, load(made, SETTINGS, "报告.docx"))
    assert [(i.level1 and i.level1.text, i.level3 and i.level3.text, i.actual and i.actual.text) for i in report.indicators] == [
        ("产出指标", "举办培训", "14次"), ("产出指标", "培训合格率", "96%"),
    ]  # fmt: skip
    score = report.indicators[1].score
    assert score is not None and score.span.address == "table 1 row 3 col 7"
    assert all(row.level1 and row.level1.span.address == "table 1 row 2 col 1" for row in report.indicators)


def test_a_text_is_read_without_any_of_this() -> None:
    code = "import sys; from extractor.load import load; from extractor.settings import Settings; load('文本'.encode(), Settings()); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"lxml", "extractor.load.package", "extractor.load.isolation", "subprocess"} & set(
        done.stdout.split()
    )


def picture(centimetres: tuple[float, float]) -> str:
    """A paragraph with a picture of that size."""
    wide, high = (int(side * 360_000) for side in centimetres)
    return f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="p"><wp:extent cx="{wide}" cy="{high}"/><a:blip xmlns:a="a" r:embed="image1"/></wp:inline></w:drawing></w:r></w:p>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"<w:p><w:ins>{r('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>", "插入 1 处、删除 1 处"),
        ('<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>' * 2, "2 条批注"),
        (picture((15, 6)) + picture((1, 1)), "1 张图片"),
        ('<w:p><w:r><w:pict><v:shape style="width:400pt;height:200pt"><v:imagedata/></v:shape></w:pict></w:r></w:p>', "1 张图片"),
        ('<w:p><w:r><w:object><v:shape style="width:400pt;height:200pt"><v:imagedata/></v:shape><o:OLEObject xmlns:o="o" ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>', "1 个对象"),
        ('<w:p><w:r><w:object><o:OLEObject xmlns:o="o" ProgID="Equation.3"/></w:object></w:r></w:p>', None),
        (f"<w:p>{r('看不见', '<w:vanish/>')}</w:p>", "隐藏文字"),
        ("<w:p>" + r("看得见", '<w:vanish w:val="0"/>') + "</w:p>", None),
        (picture((1, 1)), None),
    ],
)  # fmt: skip
def test_what_a_reviewer_must_know_is_said(body: str, said: str | None) -> None:
    document = read(p("一、基本情况") + body)
    assert len(document.warnings) == (said is not None)
    assert said is None or said in document.warnings[0]
    assert review(word(p("一、基本情况") + body), file_name="报告.docx").run.warnings[
        : len(document.warnings)
    ] == (document.warnings)


def test_macros_and_links_to_elsewhere_are_said_and_left_alone() -> None:
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/image" Target="file:///etc/passwd" TargetMode="External"/>'
        '<Relationship Id="b" Type="x/hyperlink" Target="http://127.0.0.1/" TargetMode="External"/>'
        '<Relationship Id="c" Type="x/footnotes" Target="../../../../etc/passwd"/></Relationships>'
    )
    parts = parts_of(word(p("正文")))
    made = package({**parts, "word/_rels/document.xml.rels": outside, "word/vbaProject.bin": b"x"})
    document = load(made, SETTINGS, "报告.docm")
    assert document.text == "正文\n"
    assert document.warnings == ("文件带有宏，没有运行", "文件引用了外部的图片或文件，没有读取")


def test_a_word_file_of_scanned_pages_says_so() -> None:
    with pytest.raises(UnsupportedInput, match=r"2 张大图，文字只有 4 个.*PDF"):
        read(p("附件一：") + picture((16, 23)) * 2)
    assert read(p("正文写得很长。" * 40) + picture((16, 23))).warnings
