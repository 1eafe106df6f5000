"""Headings as they are really printed, and the tiling of the text by sections."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Section
from extractor.segment.headings import sections

PARTS = st.sampled_from(
    ["一、", "（二）", "1.", "（3）", "④", "第一部分", "附件1", "基本情况", "存在的问题及原因分析", "。", "：", "\n", "\n\n", "# ", "**", "\t", "|",
     "2023年度", "12.5万元", "目录", "…… 3", "　", "全年完成任务，效果良好", "绩效自评表", "[bookmark: _GoBack]", "- 3 -"]
)  # fmt: skip


def read(text: str, excluded: list[tuple[int, int]] | None = None) -> tuple[Section, ...]:
    document = Document("x.txt", "text/plain", "", "text", text)
    return sections(document, excluded or [])


def outline(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in read(text)[1:]]


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PARTS, max_size=60).map("".join)), st.data())
def test_sections_tile_any_text(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    excluded = [(min(a, b), max(a, b)) for a, b in data.draw(st.lists(st.tuples(place, place), max_size=4))]
    found = read(text, excluded)
    assert "".join(text[s.span.start : s.span.end] for s in found) == text
    assert (found[0].span.start, found[-1].span.end) == (0, len(text))
    by_id = {s.id: s for s in found}
    assert list(by_id) == [f"s{k}" for k in range(len(found))]
    for before, after in pairwise(found):
        assert before.span.end == after.span.start
    for section in found:
        assert section.title in text
        assert section.parent is None or by_id[section.parent].level < section.level
        assert not any(a <= section.span.start < b for a, b in excluded) or section.level == 0


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("一、部门基本情况", (1, "一、", "部门基本情况")), ("　　十二、其他", (1, "十二、", "其他")), ("一.部门概况", (1, "一.", "部门概况")),
        ("（一）部门概况", (2, "（一）", "部门概况")), ("(一)部门概况:", (2, "(一)", "部门概况")), ("（ 二 ）收支情况", (2, "（ 二 ）", "收支情况")),
        ("1.人员构成", (3, "1.", "人员构成")), ("2．组织架构", (3, "2．", "组织架构")), ("３、资产情况", (3, "３、", "资产情况")),
        ("1. 2022年收支情况", (3, "1.", "2022年收支情况")), ("（1）数量指标", (4, "（1）", "数量指标")), ("①经济效益", (5, "①", "经济效益")),
        ("第一部分 单位概况", (1, "第一部分", "单位概况")), ("第二节　收支", (2, "第二节", "收支")), ("附件1", (1, "附件1", "")),
        ("附件2：项目支出绩效自评表", (1, "附件2：", "项目支出绩效自评表")), ("2022年度项目支出绩效自评表", (1, "", "2022年度项目支出绩效自评表")),
        ("### 一、基本情况", (1, "一、", "基本情况")), ("#### （一）部门概况。", (2, "（一）", "部门概况")), ("## 年度报告", (2, "", "年度报告")),
        ("**（二）改进措施**", (2, "（二）", "改进措施")), ("[bookmark: _GoBack]六、结果应用", (1, "六、", "结果应用")),
        ("存在的问题及原因分析", (1, "", "存在的问题及原因分析")), ("国有资本经营预算支出情况", (1, "", "国有资本经营预算支出情况")),
        ("下一步改进措施", (1, "", "下一步改进措施")), ("项目支出情况", (2, "", "项目支出情况")), ("—、基本情况", (1, "—、", "基本情况")),
        ("• 一、绩效目标", (1, "一、", "绩效目标")), ("1.1 项目概况", (4, "1.1", "项目概况")), ("一 部门概况", (1, "一", "部门概况")),
    ],
)  # fmt: skip
def test_markers(line: str, expected: tuple[int, str, str]) -> None:
    assert outline(f"前言。\n{line}\n正文若干，内容。\n") == [expected]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("（一）部门概况。我部门负责执行有关方针政策，推动各项工作。", "部门概况"),
        ("2．组织架构：下设办公室、政治部，共11个科室。", "组织架构"),
        ("**（一）自评结论：**综合得分98分，等级为优。", "自评结论"),
        ("1、收入:683.45万元。其中财政拨款收入683.45万元。", "收入"),
    ],
)
def test_run_in_headings(line: str, title: str) -> None:
    assert [s.title for s in read(line)] == ["", title]


@pytest.mark.parametrize(
    "line",
    [
        "1.加强财务管理，严格财务审核，健全单位财务管理制度体系，规范单位财务行为。",
        "（一）协助区政府领导审核或组织起草以区政府、区政府办公室名义发布的公文，起草讲话材料和重要文稿。",
        "（二）负责区政府值班工作。", "1.5万元用于培训", "12.25日完成验收", "2.3%的增长", "一、二级指标权重设置基本一致", "一是抓好学习",
        "3.购置电脑10台，支出5万元", "（2022）15号", "绩效目标完成情况较好", "2022.6.15", "1、2、3号楼维修", "一\t基本情况", "| 一、基本情况 |",
        "一、部门概况……………3", "（3）\t12",
    ],
)  # fmt: skip
def test_not_headings(line: str) -> None:
    assert outline(f"前言若干。\n{line}\n正文。") == []


def test_cells_of_tables_are_no_headings() -> None:
    text = "一、概况\n正文。\n1、公务接待\n基本情况\n二、绩效\n"
    start, end = text.index("1、"), text.index("二、")
    found = read(text, [(start, end)])
    assert [s.title for s in found] == ["", "概况", "绩效"]


def test_numbers_stay_as_printed_and_parents_follow_levels() -> None:
    text = "一、甲\n（一）乙\n（三）丙\n三、丁\n（一）戊\n1.己\n（1）庚\n（一）辛\n"
    found = read(text)
    assert [s.number for s in found] == [
        "",
        "一、",
        "（一）",
        "（三）",
        "三、",
        "（一）",
        "1.",
        "（1）",
        "（一）",
    ]
    assert [s.parent for s in found] == [None, None, "s1", "s1", None, "s4", "s5", "s6", "s4"]


def test_the_entries_of_a_table_of_contents_are_no_headings() -> None:
    text = "封面\n目 录\n一、概况\n二、绩效\n附件1\n一、概况\n正文。\n二、绩效\n正文。"
    assert [s.title for s in read(text)] == ["", "概况", "绩效"]
    assert read(text)[1].span.start == text.rindex("一、概况")


def test_a_hard_wrapped_list_item_is_no_heading() -> None:
    prose = "（一）协助区政府领导审核或者组织起草以区政府、区政府办公室名义发布的公文，起草区政府领导讲话材料和重要文稿等各类材料并做好校对印发工作，按程序报批。"
    lines = [prose[i : i + 30] for i in range(0, len(prose), 30)]
    text = "\n".join(["一、基本情况", *lines, *[line.replace("（一）", "（二）") for line in lines]])
    assert [s.number for s in read(text)] == ["", "一、"]


def test_fifty_nested_and_ten_thousand_headings_are_read_in_linear_time() -> None:
    nested = "\n".join("#" * (k % 6 + 1) + f" 标题{k}" for k in range(50))
    assert len(read(nested)) == 51
    text = "".join(f"（{k % 9 + 1}）指标情况\n" for k in range(10_000))
    started = time.perf_counter()
    assert len(read(text)) == 10_001
    assert time.perf_counter() - started < 3
