"""INT-01 and FMT-01: empty chapters and missing numbers."""

from __future__ import annotations

import pytest

from tests.whole_report import BODY, TITLE, chaptered, checks, fired, told

FULL = (("一、部门基本情况", BODY), ("二、预算执行情况", BODY), ("三、绩效目标完成情况", BODY))
FORM = "部门整体支出绩效自评表\n\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\t产出指标\t数量指标\t巡查次数\t12次\t12次\t10\t10\n"


@pytest.mark.parametrize("heading", ["四、绩效自评结果拟应用和公开情况", "四、存在的问题及原因分析"])
def test_a_heading_with_nothing_under_it(heading: str) -> None:
    text = chaptered(*FULL, (heading, ""), ("五、其他需要说明的情况", BODY))
    assert fired(text, "INT-01") == ["P1"]
    assert told(text, "INT-01") == heading


def test_a_form_below_a_chapter_of_sentences_is_an_annex() -> None:
    assert fired(chaptered(*FULL, ("四、绩效自评结果拟应用和公开情况", FORM)), "INT-01") == ["P1"]
    assert fired(chaptered(*FULL, ("四、绩效自评情况", FORM)), "INT-01") == []


@pytest.mark.parametrize(
    "chapters",
    [
        (*FULL, ("四、自评结果应用", BODY)),
        (*FULL, ("四、其他需要说明的情况", ""), ("五、自评结果应用", BODY)),  # may be left empty
        (*FULL, ("四、自评结果应用", "无。\n"), ("五、下一步打算", BODY)),
        (*FULL, ("四、存在的问题", "（一）预算编制不细\n" + BODY), ("五、下一步打算", BODY)),
        (*FULL, ("四、自评结果应用", "")),  # the text may have been cut here
        (*FULL, ("四、加强领导，压实责任", ""), ("五、自评结果应用", BODY)),  # an item of a list
        (("一、部门基本情况", ""), ("二、预算执行情况", ""), ("三、绩效目标完成情况", ""), *FULL),  # contents
    ],
)
def test_chapters_that_are_not_accused(chapters: tuple[tuple[str, str], ...]) -> None:
    assert fired(chaptered(*chapters), "INT-01") == []


def test_one_of_two_chapters_is_empty() -> None:
    assert fired(chaptered(("一、绩效目标完成情况分析", ""), ("二、自评结论", BODY)), "INT-01") == ["P1"]


def test_a_chapter_of_explanations_is_empty() -> None:
    chapters = (*FULL, ("四、“三公”经费支出情况说明", ""), ("五、自评结果应用", BODY))
    assert fired(chaptered(*chapters), "INT-01") == ["P1"]
    assert fired(chaptered(*FULL, ("四、其他重要事项的情况说明", ""), chapters[4]), "INT-01") == []


def test_text_without_headings_is_not_accused() -> None:
    assert [each.status for each in checks(TITLE + BODY * 10, "INT-01")] == ["not_applicable"]


def test_headings_without_text_are_a_conversion() -> None:
    empty = [(f"{n}、第{n}部分内容", "") for n in "三四五"]
    text = chaptered(*FULL[:2], *empty, ("六、自评结果应用", BODY))
    assert [each.status for each in checks(text, "INT-01")] == ["unverified"]


def test_a_missing_number() -> None:
    text = chaptered(*FULL, ("五、存在的问题", BODY))
    assert fired(text, "FMT-01") == ["P2"]
    assert "缺“四”" in told(text, "FMT-01")


def test_a_first_number_that_is_lost() -> None:
    assert fired(
        TITLE + BODY * 4 + chaptered(*FULL[1:], ("四、存在的问题", BODY))[len(TITLE) :], "FMT-01"
    ) == ["P2"]


def test_a_repeated_number() -> None:
    assert fired(chaptered(*FULL, ("三、存在的问题", BODY)), "FMT-01") == ["P2"]


def test_levels_of_markdown() -> None:
    text = f"# {TITLE}\n## 一、基本情况\n\n{BODY}\n### 二、预算执行\n\n{BODY}\n## 三、问题\n\n{BODY}"
    assert fired(text, "FMT-01") == ["P2"]
    assert fired(text.replace("###", "##"), "FMT-01") == []


@pytest.mark.parametrize(
    "chapters",
    [
        FULL,
        (*FULL, ("五、存在的问题", "对照第四、五项要求，" + BODY)),  # the number stands in the text
        (*FULL, *FULL),  # two reports in one file
        (
            FULL[0],
            ("一、贯彻执行水利方针政策", ""),
            ("二、组织防汛抗旱", ""),
            *FULL[1:],
        ),  # a list inside a chapter
    ],
)
def test_numbers_that_are_right(chapters: tuple[tuple[str, str], ...]) -> None:
    assert fired(chaptered(*chapters), "FMT-01") == []
