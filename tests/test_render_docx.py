"""The two Word files read back: what is sent, what is kept, and what must be in neither."""

import shutil
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm

from extractor import Review, review
from extractor.amounts import plain
from extractor.findings import Note
from extractor.records import replace
from extractor.render import RENDERERS
from extractor.render.view import MOST_MAIN, shown, view

REPO = Path(__file__).resolve().parent.parent
FIXTURES = sorted(
    path.parent.name for path in (REPO / "fixtures").glob("*/report.*") if path.suffix in (".txt", ".md")
)
TEMPLATES = REPO / "extractor" / "render" / "templates"
BODY = (
    "一、审核范围与方法",
    "二、总体意见",
    "三、主要问题",
    "四、规范性问题",
    "五、请补充的说明和佐证",
    "六、整改期限与联系方式",
    "附1　问题清单",
)
KEPT = ("附2　数据勾稽表", "附3　得分复算表", "附4　未核查事项及原因", "雷同对象")
LEDGER = ["核查项", "公式/来源", "计算值", "报告值", "差额", "判断"]
SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="soffice is not installed: scripts/system-packages")
NASTY = (
    "<w:p/>",
    "a & b",
    "{{ 单位 }}",
    "{% if %}",
    "]]>",
    "x\ny\tz\x0b\x00",
    "\u202e",
    "😀",
    "&lt;b&gt;",
    "{_{ x }_}",
)


@cache
def reviewed(name: str) -> Review:
    return review(next((REPO / "fixtures" / name).glob("report.*")))


def note(number: int, severity: str = "P1", **texts: str) -> Note:
    told = {
        "location": "附表1",
        "quote": "原文",
        "comment": f"事实{number:02}。",
        "action": f"请补充{number:02}。",
    } | texts
    return Note(
        **told | {"id": f"n{number}", "code": "SUM-01", "severity": severity, "cause_group": f"g{number}"}
    )


def noted(*notes: Note) -> Review:
    return replace(reviewed("yuan_captions"), notes=notes)


def documents(result: Review) -> tuple[Any, Any]:
    """审核意见 and 审核底稿."""
    opinion, papers = (Document(BytesIO(file(result))) for file in RENDERERS["docx"].files)
    return opinion, papers


def texts(document: Any) -> str:
    """Every word of the body, tables included, in order."""
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def table(document: Any, head: list[str]) -> list[list[str]]:
    """The rows of the tables with this head."""
    found = [t for t in document.tables if [c.text for c in t.rows[0].cells] == head]
    return [[cell.text for cell in row.cells] for t in found for row in t.rows[1:]]


def part(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


@pytest.mark.parametrize("name", FIXTURES)
def test_the_opinion_has_its_parts_and_every_problem(name: str) -> None:
    result, seen = reviewed(name), view(reviewed(name))
    opinion, _ = documents(result)
    text = texts(opinion)
    assert [line for line in text.splitlines() if line in BODY] == list(BODY)
    assert text.startswith(f"关于{shown(seen.title)}的审核意见\n文号：")
    assert "系统建议，以审核人签批为准" in text
    listed = [row for t in opinion.tables if len(t.columns) == 9 for row in t.rows[1:]]
    assert [[row.cells[0].text, row.cells[5].text] for row in listed] == [
        [str(item.number), shown(item.note.comment)] for item in seen.listed
    ]
    assert not {"None", "Undefined", "{{", "{%"} & set(text.split())


@pytest.mark.parametrize("name", FIXTURES)
def test_the_papers_hold_the_whole_ledger(name: str) -> None:
    result, seen = reviewed(name), view(reviewed(name))
    _, papers = documents(result)
    text = texts(papers)
    assert [line for line in text.splitlines() if line in KEPT] == list(KEPT)
    rows = table(papers, LEDGER)
    assert len(rows) == len(seen.ledger)
    for row, entry in zip(rows, seen.ledger, strict=True):
        check = entry.check
        assert row[0] == f"{check.title}（{check.id}）"
        assert row[2] == plain(check.computed) + entry.unit
        assert row[3:5] == ["—" if v is None else plain(v) for v in (check.reported, check.difference)]
    assert {e.check.status for e in seen.ledger} >= {
        c.status for c in result.checks if c.formula and c.status == "pass"
    }
    scored = [row for form in seen.scores for row in form.lines]
    told = table(papers, ["指标", "指标值", "完成值", "分值", "自评得分", "复算得分", "说明"])
    assert [row[5] for row in told] == [shown(line.again) for line in scored]
    assert [row[0] for row in table(papers, ["代码", "核查项", "未核查的原因"])] == [
        c.id for c in seen.unverified
    ]
    assert "未与其他单位的报告比对" in text


def test_main_problems_are_ten_at_most_and_the_rest_is_counted() -> None:
    opinion, _ = documents(noted(*(note(n) for n in range(1, 15)), *(note(n, "P2") for n in range(15, 18))))
    text = texts(opinion)
    main = part(text, "三、主要问题", "四、规范性问题")
    shown_main = [n for n in range(1, 18) if f"事实{n:02}" in main]
    assert shown_main == list(range(1, len(shown_main) + 1))
    assert 0 < len(shown_main) <= MOST_MAIN
    assert f"其余{14 - len(shown_main)}条见附1" in main
    assert all(f"事实{n:02}" in part(text, "附1　问题清单", "\x00") for n in range(1, 18))
    assert "☐ 1. 请补充01。（问题1）" in text


def test_what_is_sent_has_no_model_opinion_and_no_confidence() -> None:
    model = replace(note(2, comment="模型所见。"), origin="model")
    opinion, papers = documents(noted(note(1), model))
    assert "模型所见" not in texts(opinion)
    assert "模型意见，未经审核人采用：附表1：模型所见。" in texts(papers)
    adopted, _ = documents(noted(note(1), replace(model, state="accepted")))
    assert "模型所见" in texts(adopted)
    assert not [word for word in ("置信", "confidence", "certain") if word in texts(opinion)]


def test_people_secrets_and_dismissed_notes_are_in_neither() -> None:
    person = note(1, comment="联系人：张三，电话13812345678", quote="联系人：张三")
    secret = replace(note(2, comment="代号红杉"), code="CON-10")
    gone = replace(note(3, comment="已撤销的意见"), state="dismissed")
    opinion, papers = documents(noted(person, secret, gone))
    both = texts(opinion) + texts(papers)
    assert not [word for word in ("张三", "1381234", "红杉", "已撤销") if word in both]
    assert "涉密事项待保密审查，内容不复述" in texts(papers)
    assert "涉密" not in texts(opinion)


@pytest.mark.parametrize("text", NASTY)
def test_no_text_of_a_report_becomes_markup(text: str) -> None:
    opinion, papers = documents(noted(note(1, comment=f"甲{text}乙", location=text, quote=text, action=text)))
    told = [
        row[5] for row in ([c.text for c in r.cells] for t in opinion.tables for r in t.rows) if len(row) == 9
    ]
    expected = shown(f"甲{text}乙").replace("{_{", "{{").replace("}_}", "}}")
    assert told[1:] == [expected]
    assert papers.tables


@pytest.mark.parametrize("name", ["tab_led_department", "clean_department"])
def test_pages_fonts_heads_and_watermark(name: str) -> None:
    for document in documents(reviewed(name)):
        for section in document.sections:
            sides = sorted((section.page_width, section.page_height))
            assert [round(side / Cm(1), 1) for side in sides] == [21.0, 29.7]
            assert 'string="初稿"' in section.header._element.xml
            assert "PAGE" in section.footer._element.xml
        fonts = {
            style.element.rPr.rFonts.get(qn("w:eastAsia"))
            for style in document.styles
            if style.name in ("Normal", "标题一", "文件名", "表文", "表头")
        }
        assert fonts == {"仿宋", "黑体", "宋体"}
        for each in document.tables:
            assert each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    opinion, papers = documents(reviewed(name))
    assert [s.orientation for s in opinion.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert [s.orientation for s in papers.sections] == [WD_ORIENT.LANDSCAPE]


def test_the_same_review_gives_the_same_bytes() -> None:
    for file in RENDERERS["docx"].files:
        one = file(reviewed("glued_cells"))
        assert one == file(reviewed("glued_cells"))
        with zipfile.ZipFile(BytesIO(one)) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_templates_are_what_the_script_builds(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(REPO / "scripts" / "word_templates"), str(tmp_path)], check=True)
    for name in ("opinion.docx", "papers.docx"):
        made, kept = (zipfile.ZipFile(folder / name) for folder in (tmp_path, TEMPLATES))
        with made, kept:
            assert made.namelist() == kept.namelist()
            assert [n for n in made.namelist() if made.read(n) != kept.read(n)] == []


def crowded() -> Review:
    """Forty long problems of every severity."""
    wordy = "经复算，基础数据表公用经费预算数100.98万元，所列明细合计99.98万元，相差1.00万元；" * 9
    levels = ["P0"] * 6 + ["P1"] * 20 + ["P2"] * 14
    return noted(
        *(
            note(n, level, comment=wordy, location="《2022年度部门整体支出绩效自评表》；" * 4, action=f"请说明第{n}项并补充佐证材料和批复文件。" * 2)
            for n, level in enumerate(levels, 1)
        )
    )  # fmt: skip


@needs_office
def test_libreoffice_opens_both_and_the_body_is_two_pages(tmp_path: Path) -> None:
    reviews = {name: reviewed(name) for name in FIXTURES if name.startswith("tab_")} | {"crowded": crowded()}
    for name, result in reviews.items():
        for file, kind in zip(RENDERERS["docx"].files, ("opinion", "papers"), strict=True):
            (tmp_path / f"{name}.{kind}.docx").write_bytes(file(result))
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path / "pdf"), *map(str, sorted(tmp_path.glob("*.docx")))],
        check=True, capture_output=True, timeout=400,
    )  # fmt: skip
    made = sorted((tmp_path / "pdf").glob("*.pdf"))
    assert len(made) == 2 * len(reviews)
    assert {
        path.name: page_of_list(path) for path in made if "opinion" in path.name and page_of_list(path) > 3
    } == {}


def page_of_list(path: Path) -> int:
    """The page 附1 starts on."""
    import pymupdf

    with pymupdf.open(path) as document:
        return next(
            n for n, page in enumerate(document, 1) if "附1问题清单" in "".join(page.get_text().split())
        )
