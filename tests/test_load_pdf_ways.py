"""Tables in the ways offices print them: every kind of rule, glyph, turn and page break gives the same rows."""

from __future__ import annotations

import pytest

from eval.press import Cell, Way, press
from extractor.document import Document
from extractor.errors import ClassifiedInput
from extractor.load.pdf import load_pdf
from extractor.settings import Settings
from tests.pdf_maker import Maker

HEAD = [
    Cell(n, text) for n, text in enumerate(("一级指标", "三级指标", "指标值", "分值", "得分", "偏差原因"))
]
WIDTHS = (60, 150, 60, 40, 40, 120)
CAUSE = "受汛情影响进度滞后，已督促施工单位加快进度并按月通报完成情况"
WAYS = {
    "lines": Way(),
    "a frame around each cell": Way("frames"),
    "thin filled bars": Way("bars"),
    "double rules": Way("double"),
    "dashes drawn one by one": Way("dashes"),
    "each character placed alone": Way(glyphs="each"),
    "printed twice to look bold": Way(glyphs="twice"),
    "tiny print": Way(size=5.5),
    "large print over two pages": Way(size=15),
    "turned by 90°": Way(turned=90, page=(842, 595)),
    "turned by 180°": Way(turned=180),
    "turned by 270°": Way(turned=270, page=(842, 595)),
    "print that runs up the page": Way(lying=True, page=(842, 595)),
    "page numbers and running head": Way(foot="— {n} —", top="某县水利局绩效自评报告", lines_before=25),
    "pages of pages": Way(foot="第 {n} 页 共 {of} 页", lines_before=25),
    "a watermark across": Way(watermark="内部资料 请勿外传"),
    "labels in the middle": Way(centred=True),
    "repeated head": Way(head=1, lines_before=25),
    "repeated head under 续表": Way(head=1, again="续表", lines_before=25),
    "no head under a title": Way(again="项目支出绩效自评表（续）", lines_before=25),
    "rows cut by the page break": Way(split=True, lines_before=26),
    "no rules": Way("none"),
    "no rules, labels in the middle": Way("none", centred=True),
    "no rules, a row cut by the page break": Way("none", head=1, split=True, lines_before=26),
    "no rules, over two pages": Way("none", lines_before=10),
}


def table() -> list[list[Cell]]:
    rows = [HEAD]
    for r in range(14):
        row = (
            [Cell(0, "产出指标（50分）", 8)] if r == 0 else [Cell(0, "效益指标（40分）", 6)] if r == 8 else []
        )
        row += [
            Cell(1, f"完成第{r + 1}批水库汛前检查数量"), Cell(2, f"≥{r + 11}座"), Cell(3, "10"), Cell(4, f"9.{r:02}"),
            Cell(5, CAUSE if r % 3 == 0 else ""),
        ]  # fmt: skip
        rows.append(row)
    return rows


def load(way: Way, rows: list[list[Cell]]) -> Document:
    return load_pdf(press(rows, WIDTHS, way, ["以上为全部指标。"]), "report.pdf", Settings())


@pytest.mark.parametrize("name", WAYS)
def test_a_table_is_read_however_it_is_printed(name: str) -> None:
    rows = table()
    document = load(WAYS[name], rows)
    (grid,) = document.grids
    found: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        if cell.text:
            found[cell.row].append(cell.text)
    assert found == [[cell.text for cell in row if cell.text] for row in rows]
    if (
        WAYS[name].rules != "none" or WAYS[name].centred
    ):  # else only the blank below tells how far a label reaches
        assert [cell.rowspan for cell in grid.cells if cell.col == 0] == [1, 8, 6]
    assert document.text.endswith("\n以上为全部指标。\n")
    before = WAYS[name].lines_before
    assert document.text[: document.text.index("一级指标")].count("\n") == before


def test_a_watermark_that_marks_a_secret_is_seen() -> None:
    with pytest.raises(ClassifiedInput):
        load(Way(watermark="机密★10年"), table())


def test_a_title_much_larger_than_the_print_stays() -> None:
    rows = [HEAD, [Cell(n, "泵站") for n in range(6)]]
    document = load_pdf(press(rows, WIDTHS, Way(size=5), ["绩效自评报告"]), "report.pdf", Settings())
    assert document.text.endswith("\n绩效自评报告\n")


def test_a_table_ruled_across_alone_has_the_columns_between_its_gutters() -> None:
    texts = [
        ["项目", "年初预算", "全年执行"],
        ["基本支出", "1,200.50", "1,180.00"],
        ["项目支出", "860.00", "845.25"],
    ]
    maker = Maker()
    maker.line("一、预算执行情况")
    top = maker.y
    for row, y in zip(texts, (top, top + 30, top + 46), strict=True):
        for x, text in zip((80, 250, 400), row, strict=True):
            maker.page.insert_text((x, y + 14), text, fontname="china-s", fontsize=10)
    for y in (top, top + 24, top + 70):
        maker.page.draw_line((72, y), (523, y), width=0.8)
    maker.y = top + 80
    maker.line("以上金额单位为万元。")
    document = load_pdf(maker.bytes(), "report.pdf", Settings())
    (grid,) = document.grids
    rows = [[cell.text for cell in grid.cells if cell.row == n] for n in range(grid.n_rows)]
    assert rows == texts
    assert document.text.startswith("一、预算执行情况\n项目\t年初预算\t全年执行\n")


def test_rules_around_prose_make_no_table() -> None:
    maker = Maker()
    for n in range(6):
        maker.page.draw_line((72, maker.y), (523, maker.y), width=0.5)
        maker.line(f"第{n}段正文，本年按计划完成各项工作，资金按进度拨付，没有结余。")
    assert not load_pdf(maker.bytes(), "report.pdf", Settings()).grids


def _side(rows: int, left: float, first: int, maker: Maker) -> None:
    for r in range(rows + 1):
        texts = ("指标", "目标", "得分") if not r else (f"事项{first + r}", f"{first + r}处", f"{r}")
        for x, text in zip((0, 90, 150), texts, strict=True):
            maker.page.insert_text((left + x, 100 + 16 * r), text, fontname="china-s", fontsize=10)


def test_two_tables_side_by_side_are_two() -> None:
    maker = Maker()
    _side(4, 60, 10, maker)
    _side(4, 340, 20, maker)
    one, two = load_pdf(maker.bytes(), "report.pdf", Settings()).grids
    for grid, first in ((one, 10), (two, 20)):
        assert [c.text for c in grid.cells if c.col == 0] == [
            "指标",
            *(f"事项{first + r}" for r in range(1, 5)),
        ]


def test_columns_whose_numbers_touch_are_not_told_apart() -> None:
    maker = Maker()
    for r, (goal, done) in enumerate((("目标", "完成"), ("12", "13"), ("1234567", "1234"), ("15", "16"))):
        for x, text in ((80, f"事项{r}"), (200, goal), (200 + 35 if r == 2 else 240, done), (300, "9")):
            maker.page.insert_text(
                (x, 100 + 16 * r), text, fontname="cour", fontsize=10
            ) if text.isdigit() else (
                maker.page.insert_text((x, 100 + 16 * r), text, fontname="china-s", fontsize=10)
            )
    document = load_pdf(maker.bytes(), "report.pdf", Settings())
    assert not any(cell.text in ("1234567", "1234") for grid in document.grids for cell in grid.cells)


def test_lines_with_gaps_are_no_table() -> None:
    maker = Maker()
    for n in range(6):
        maker.line(f"{n + 1}. 按计划完成   各项工作   资金按进度拨付，没有结余")
    maker.line("填表人：　　　　　　联系电话：　　　　　　填报日期：")
    assert not load_pdf(maker.bytes(), "report.pdf", Settings()).grids
