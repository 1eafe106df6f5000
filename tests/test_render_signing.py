"""Every file says how far the review is: a draft is marked as one, what is final names who signed and when."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from extractor import Review, review
from extractor.render import RENDERERS
from extractor.render.signing import DRAFT, Followed, Signature, Signing

REPORT = Path(__file__).resolve().parent.parent / "fixtures/yuan_captions/report.txt"
WANG = Signature("王初审", datetime(2026, 3, 5, 9, 7, tzinfo=UTC))
LI = Signature("李审定", datetime(2026, 3, 6, 16, 30, tzinfo=UTC))
CHECKED, FINAL = Signing("checked", WANG), Signing("final", WANG, LI)
OPINION, PAPERS = RENDERERS["docx"].files
BOOK = RENDERERS["xlsx"].files[0]


@cache
def reviewed() -> Review:
    return review(REPORT)


def words(element: Any) -> str:
    """Every word in an element of a Word file, paragraph by paragraph."""
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in element.iter(qn("w:p"))
    )


@pytest.mark.parametrize("file", [OPINION, PAPERS], ids=["opinion", "papers"])
@pytest.mark.parametrize(
    ("signing", "stamp"),
    [(DRAFT, "初稿"), (CHECKED, "复核稿"), (FINAL, None)],
    ids=["draft", "checked", "final"],
)
def test_a_word_file_is_stamped_until_it_is_final(file: Any, signing: Signing, stamp: str | None) -> None:
    document = Document(BytesIO(file(reviewed(), signing)))
    for section in document.sections:
        head, foot = section.header._element, words(section.footer._element)
        assert (f'string="{stamp}"' in head.xml) is (stamp is not None)
        assert ("textpath" in head.xml) is (stamp is not None)
        assert words(head).strip().startswith(("审核意见", "审核底稿"))
        assert ("初稿" in words(head)) is (signing is DRAFT) and "—" not in words(head)
        assert ("系统建议" in foot) is (stamp is not None) and ("李审定" in foot) is (stamp is None)
    assert ("系统建议" in words(document.element.body)) is (stamp is not None)


def test_the_opinion_is_signed_and_dated_by_who_made_it_final() -> None:
    draft, checked, final = (
        words(Document(BytesIO(OPINION(reviewed(), each))).element.body) for each in (None, CHECKED, FINAL)
    )
    assert "审核人（签批）：李审定" in final and "日期：2026年3月6日" in final
    for text in (draft, checked):  # a signature of 复核 does not sign the opinion
        assert "审核人（签批）：　" in text and "日期：　" in text and "王初审" not in text


def test_the_papers_name_both_steps() -> None:
    draft, checked, final = (
        words(Document(BytesIO(PAPERS(reviewed(), each))).element.body) for each in (None, CHECKED, FINAL)
    )
    assert "复核人：　" in draft and "定稿人" not in draft
    assert "复核人：王初审　　复核时间：2026-03-05 09:07" in checked and "定稿人" not in checked
    assert "复核人：王初审" in final and "定稿人：李审定　　定稿时间：2026-03-06 16:30" in final


def test_the_workbook_names_who_signed_and_when() -> None:
    draft, final = (load_workbook(BytesIO(BOOK(reviewed(), each))) for each in (None, FINAL))
    told = [dict(book["签发"].iter_rows(min_row=2, values_only=True)) for book in (draft, final)]
    assert (told[0]["状态"], told[0]["复核人"], told[0]["定稿人"]) == ("初稿", None, None)
    assert (told[1]["状态"], told[1]["复核人"], told[1]["定稿人"]) == ("定稿", "王初审", "李审定")
    assert told[1]["定稿时间"] == "2026-03-06 16:30"
    assert "系统建议" in told[0]["结论"] and "系统建议" not in told[1]["结论"]
    for sheet in final.worksheets:
        assert "李审定" in sheet.oddFooter.left.text and "初稿" not in sheet.oddHeader.left.text
    for sheet in draft.worksheets:
        assert "系统建议" in sheet.oddFooter.left.text and "（初稿）" in sheet.oddHeader.left.text


@pytest.mark.parametrize("name", ["html", "md"])
def test_the_other_texts_say_it_too(name: str) -> None:
    draft, final = (RENDERERS[name].files[0](reviewed(), each).decode() for each in (None, FINAL))
    assert "系统建议，以审核人签批为准" in draft and "李审定" not in draft
    assert "系统建议，以审核人签批为准" not in final
    assert "定稿" in final and "王初审" in final and "李审定" in final


def test_what_a_signer_is_called_is_never_markup() -> None:
    nasty = Signature("<b>{{ unit }}&乙", datetime(2026, 3, 6, 16, 30, tzinfo=UTC))
    signing = Signing("final", nasty, nasty)
    assert "审核人（签批）：<b>{{ unit }}&乙" in words(
        Document(BytesIO(OPINION(reviewed(), signing))).element.body
    )
    assert b"<b>{{" not in RENDERERS["html"].files[0](reviewed(), signing)
    foot = load_workbook(BytesIO(BOOK(reviewed(), signing)))["勾稽"].oddFooter.left.text
    assert "&&乙" in foot or "&乙" in foot


def test_what_became_of_the_notes_on_the_draft_before_is_kept_and_not_sent() -> None:
    each = Followed("UNI-01", "正文第二部分", "单位不一致{{ x }}", "说明成立", "已附<决算>批复")
    signing = Signing("final", WANG, LI, (each,))
    papers = Document(BytesIO(PAPERS(reviewed(), signing)))
    assert "上一稿意见整改情况" in words(papers.element.body)
    assert [[cell.text for cell in row.cells] for row in papers.tables[0].rows][1] == list(each)
    assert "上一稿" not in words(Document(BytesIO(OPINION(reviewed(), signing))).element.body)
    assert "上一稿" not in words(Document(BytesIO(PAPERS(reviewed(), FINAL))).element.body)
    book = load_workbook(BytesIO(BOOK(reviewed(), signing)))
    assert list(book["整改"].iter_rows(min_row=2, values_only=True)) == [tuple(each)]
    assert "整改" not in load_workbook(BytesIO(BOOK(reviewed(), FINAL))).sheetnames
