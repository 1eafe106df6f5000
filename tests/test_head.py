"""The head of a report: invented covers in every variant, the fixtures, and the five real reports."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Document, slices
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.head import FormHead, Head, HeadForms, head_forms, read_head
from extractor.extract.rules.tables import read_tables
from extractor.load import load
from extractor.schema import Cell
from extractor.segment import layout
from extractor.segment.atoms import atom_of
from extractor.segment.headings import sections
from extractor.segment.passages import passages
from extractor.settings import Settings

REPO = Path(__file__).parent.parent
LABELS = sorted(Path(__file__).parent.glob("seeds/00?.toml"))
FIXTURES = sorted(path.parent for path in (REPO / "fixtures").glob("*/expected.json"))
COVER = "2023年度部门整体支出绩效自评报告\n一、部门概况\n"
PROJECT = "2023年度水库维修项目支出绩效自评报告\n一、项目概况\n"


def read(text: str, forms: HeadForms | None = None) -> Head:
    document = Document("x.txt", "text/plain", "", "text", text)
    found = sections(document, ())
    head = read_head(document, passages(document, (), found), found, forms or HeadForms())
    for cell in (head.unit_name, head.total_score, head.grade):
        assert cell is None or cell.raw == slices(text, cell.span)
    return head


def printed(cell: Cell | None) -> str | None:
    return None if cell is None else cell.text


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (
            "2022年度部门（单位）整体支出\n绩效自评报告\n部门（单位）名称：青岚县水务局   \n一、概况",
            "青岚县水务局",
        ),
        ("2022年度青岚县人民政府办公室 整体支出绩效自评报告\n一、概况", "青岚县人民政府办公室"),
        (
            "附2\n（2021年度）中共青岚市委政法委员会\n整体支出预算绩效自评报告\n一、概况",
            "中共青岚市委政法委员会",
        ),
        ("# 青岚新区工委政法委\n\n## 2023 年度整体支出绩效自评报告\n\n一、概况", "青岚新区工委政法委"),
        ("青岚县教育局关于2022年度项目支出绩效自评情况的报告\n", "青岚县教育局"),
        ("青岚县文化馆2018年度整体支出绩效评价报告\n", "青岚县文化馆"),
        (
            "2022年度整体支出绩效自评报告\n一、概况\n较好完成任务。\n\n青岚县残疾人联合会\n\n2023年6月9日",
            "青岚县残疾人联合会",
        ),
        (
            "2022年度整体支出绩效自评报告\n一、概况\n较好完成任务。\n青岚县档案馆   2023年6月9日",
            "青岚县档案馆",
        ),
        ("专项资金绩效目标自评表\n(2017 年度)\n填报单位(盖章):青岚县畜牧局\n", "青岚县畜牧局"),
        (
            "绩效自评总报告\n\n本部门项目绩效目标情况\n中共青岚县委政法委2022年上报预算项目12项。",
            "中共青岚县委政法委",
        ),
        (
            "2022年度项目支出绩效自评报告\n部门名称：县林业局\n\n一、概况\n青岚县林业局是县政府工作部门。",
            "青岚县林业局",
        ),
        ("青岚县第三人民医院公共卫生服务项目2023年度绩效自评报告\n", "青岚县第三人民医院"),
        (
            "2023年度部门整体支出绩效自评报告 青岚县统计局一、基本情况 本部门编制12人，在职10人。"
            + "工作有序推进。" * 20,
            "青岚县统计局",
        ),
        ("2023年度绩效自评报告\n单位：万元\n一、概况\n我单位工作有序。", None),
    ],
)
def test_unit(text: str, unit: str | None) -> None:
    assert printed(read(text).unit_name) == unit


@pytest.mark.parametrize(
    ("text", "year", "at"),
    [
        ("2022年度部门整体支出绩效自评报告\n2021年决算。", 2022, "2022"),
        ("某局2018绩效评价自评报告\n", 2018, "2018"),
        ("某县水利局二〇二二年度绩效自评报告\n", 2022, "二〇二二"),
        ("项目支出绩效自评表\n（2021 年度）\n项目名称：维修", 2021, "2021"),
        ("关于上报2023年护理费项目\n\n支出绩效自评的报告\n", 2023, "2023"),
        (
            "发布时间：2024-06-13\n绩效自评报告\n一、概况\n2021年结转3万元。2023年度完成支付，2023年收入9万元。",
            2023,
            "2023",
        ),
        ("绩效自评报告\n一、概况\n根据财绩〔2019〕8号文件执行。", None, None),
    ],
)
def test_fiscal_year(text: str, year: int | None, at: str | None) -> None:
    head = read(text)
    assert head.fiscal_year == year
    assert (head.fiscal_year_span and slices(text, head.fiscal_year_span)) == at


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("2023年6月 20日", "2023-06-20"), ("二〇二三年六月二十日", "2023-06-20"), ("二〇二三年六月", "2023-06"), ("2023.6.20", "2023-06-20"),
        ("2023-06-20", "2023-06-20"), ("2023/6/20", "2023-06-20"), ("２０２３年６月２０日", "2023-06-20"), ("2023年2月30日", None), ("2023年 月 日", None),
        ("2023年13月1日", None), ("二○二三年十二月三十一日", "2023-12-31"),
    ],
)  # fmt: skip
def test_report_date(date: str, iso: str | None) -> None:
    for text in (
        f"某县水务局\n{date}\n{COVER}正文。",
        f"{COVER}正文已经完成。\n\n某县水务局\n\n{date}\n\n附件1\n表格",
    ):
        head = read(text)
        assert head.report_date == iso
        assert (head.report_date_span and slices(text, head.report_date_span)) == (date if iso else None)


def test_the_date_of_a_form_stands_in_only_when_there_is_no_other() -> None:
    form = "填表人：张某  填报日期：2023.6.15  联系电话：1"
    assert read(f"{COVER}正文。\n{form}").report_date == "2023-06-15"
    assert read(f"某县水务局\n2023年6月20日\n{COVER}正文。\n{form}").report_date == "2023-06-20"
    assert read(f"发布时间：2024-06-13 17:10\n{COVER}2023年6月20日召开会议。").report_date is None


def test_a_date_that_is_cut_short_is_no_date() -> None:
    for cut in ("2025.4.2\n3", "2024. 3.1l   联系电话:6", "2025年4月2\n3日"):
        assert read(f"{COVER}正文。\n填表人：王某   填报日期：{cut}").report_date is None


def test_the_signature_inside_a_report_on_one_line() -> None:
    text = (
        "2019年度某县林业局整体支出绩效自评报告 一、概况 "
        + "工作有序。" * 30
        + "十、其他 无 某县林业局 2020年5月 14日 附件：1-1. 基础数据表"
    )
    head = read(text)
    assert (head.report_date, printed(head.unit_name)) == ("2020-05-14", "某县林业局")
    assert head.report_date_span is not None
    assert slices(text, head.report_date_span) == "2020年5月 14日"


def test_a_date_over_two_lines_has_two_parts() -> None:
    text = f"{COVER}正文。\n\n某县水务局\n2023年\n4月6日\n"
    head = read(text)
    assert head.report_date == "2023-04-06"
    assert head.report_date_span is not None
    assert slices(text, head.report_date_span) == "2023年4月6日"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (COVER, "department"), (PROJECT, "project"), ("绩效自评总报告\n", "summary"),
        ("2023年项目支出绩效目标申报表\n项目名称：维修\n", "target"), ("中央对地方转移支付绩效自评报告\n", "transfer"),
        ("2022年中央水利发展资金绩效自评报告\n", "transfer"),
        ("道路养护项目绩效评价报告\n一、概况\n受县财政局委托，某会计师事务所对项目开展绩效评价。", "evaluation"),
        ("某馆2018年度整体支出绩效评价报告\n一、概况\n我馆组织自评。", "department"),
        ("某中心2024年度项目支出绩效自评报告\n一、概况\n2024年实施项目共15个，年初批复872万元。", "summary"),
        ("某局2023年度部门决算公开说明\n一、概况\n收入总计752.30万元。", "unknown"),
        ("第一章 归来\n那一年的冬天，他回到了阔别已久的小镇，雪下得很大，项目经理在车站等他。\n", "unknown"),
        ("2023年度工作总结\n一、主要工作\n全年完成项目12个，支出300万元。", "unknown"), ("", "unknown"),
    ],
)  # fmt: skip
def test_kind(text: str, kind: str) -> None:
    assert read(text).kind == kind


def _cell(text: str, value: str, cell_id: str) -> Cell:
    document = Document("x.txt", "text/plain", "", "text", text)
    at = text.index(value)
    return cell_of(document, atom_of(document, [(at, at + len(value))]), cell_id)


def test_kind_by_forms() -> None:
    form = FormHead("self_evaluation", "水库维修", has_indicators=True)
    title = "绩效自评报告\n一、概况\n"
    assert read(title, HeadForms((form,), ("水库维修",))).kind == "project"
    assert (
        read(title, HeadForms((FormHead("self_evaluation", "整体", has_indicators=True),))).kind
        == "department"
    )
    assert (
        read(
            title, HeadForms((FormHead("project_summary", "整体"), form, FormHead("self_evaluation", "堤防")))
        ).kind
        == "summary"
    )
    target = FormHead("self_evaluation", "水库维修", has_indicators=True, has_results=False)
    assert read("项目名称 水库维修\n", HeadForms((target,))).kind == "target"


@pytest.mark.parametrize(
    ("sentence", "score", "grade"),
    [
        ("部门整体支出绩效自评得分为96分，评价等级为优秀。", "96分", "优秀"),
        ('最终评分结果：整体支出绩效自评价结果为:总得分89.25分，属于"良好"。', "89.25分", "良好"),
        ("综合得分89.25分，评价等次为“良”。", "89.25分", "良"),
        ("综合各项指标得分，评价等级为\n优秀。", None, "优秀"),
        ("从评价情况来看，全部完成绩效目标，绩效评价结果为优。", None, "优"),
        ("执行率达到87%，综合评价为优。", None, "优"),
        ("因此部门整体支出评价分100分，自评等级为优秀。", "100分", "优秀"),
        ("水库维修项目绩效自评得分为100分，等级为优。", None, None),
        ("维修项目自评综述：根据年初目标，自评得分为98分，评价等级为优。", None, None),
        ("90分以上的评价等级为优，80分以上为良。", None, None),
        ("各项指标得分都在96分以上。自评等级为优/良/中/差。", None, None),
        ("数量指标：开展培训12次，实际完成14次，分值10分，自评得分10分。", None, None),
        ("本部门自评得分【  】分，等级为【优/良/中/差】。", None, None),
        ("全年空气质量评价结果为优。本单位自评得分共扣3分，自评用时20分钟。", None, None),
    ],
)
def test_result_of_a_department_in_prose(sentence: str, score: str | None, grade: str | None) -> None:
    head = read(f"{COVER}自评工作已经按时完成。\n{sentence}\n")
    assert (printed(head.total_score), printed(head.grade)) == (score, grade)


def test_result_of_a_project_in_prose_and_of_the_whole_before_a_part() -> None:
    head = read(f"{PROJECT}以上各项合计，项目自评总分98.35分，等级为优。")
    assert (printed(head.total_score), printed(head.grade)) == ("98.35分", "优")
    head = read(f"{COVER}自评得分90分。整体支出绩效自评总得分97.\n38分，等级为“优”。")
    assert head.total_score is not None
    assert head.total_score.raw == "97.38分"
    assert head.total_score.span.parts is not None


def test_the_form_of_the_whole_wins_over_prose_and_over_the_forms_of_projects() -> None:
    text = f"{COVER}整体支出自评得分98.70分。\n总分 97.80 良\n总分 100 优\n"
    own = FormHead(
        "self_evaluation", "整体", total_score=_cell(text, "97.80", "x"), grade=_cell(text, "良", "y")
    )
    other = FormHead(
        "self_evaluation", "维修", total_score=_cell(text, "100", "x"), grade=_cell(text, "优", "y")
    )
    head = read(text, HeadForms((other, own), ("维修",)))
    assert (printed(head.total_score), printed(head.grade)) == ("97.80", "良")
    assert head.total_score is not None
    assert head.grade is not None
    assert (head.total_score.id, head.grade.id) == ("head.total_score", "head.grade")
    head = read(text.replace("整体支出自评得分98.70分", "工作完成"), HeadForms((other,), ("维修",)))
    assert (head.total_score, head.grade) == (None, None)


@given(st.text())
def test_any_text_has_a_head(text: str) -> None:
    head = read(text)  # which holds every cell against the text
    assert head.fiscal_year is None or str(head.fiscal_year)[:2] in ("19", "20")


def test_the_head_is_read_in_linear_time() -> None:
    for piece in (
        "绩效自评得分",
        "评价等级为",
        "自评得分" + " " * 5000,
        "1" * 5000,
        "2023年",
        "填报日期" + " \n" * 2000,
        "某某市",
        "综合评价",
    ):
        text = PROJECT + piece * (400_000 // len(piece))
        started = time.perf_counter()
        read(text)
        assert time.perf_counter() - started < 4, piece[:10]


def _read_file(path: Path) -> tuple[Document, Head]:
    document = load(path, Settings())
    found = layout(document)
    forms = head_forms(document, read_tables(document, found))
    return document, read_head(document, found.passages, found.sections, forms)


@pytest.mark.parametrize("label", LABELS, ids=lambda path: path.stem)
def test_heads_of_the_real_reports(label: Path, seeds_dir: Path) -> None:
    gold: dict[str, Any] = tomllib.loads(label.read_text(encoding="utf-8"))
    document, head = _read_file(seeds_dir / gold["file"])
    expected = gold["head"]
    for key in ("unit_name", "total_score", "grade"):
        place = expected.get(key)
        assert printed(getattr(head, key)) == (document.text[place[0] : place[1]] if place else None), key
    for key in ("fiscal_year", "report_date", "kind"):
        assert getattr(head, key) == expected.get(key), key
    for key in ("fiscal_year_span", "report_date_span"):
        span = getattr(head, key)
        assert (span and slices(document.text, span)) == (
            document.text[slice(*expected[key])] if key in expected else None
        )


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda path: path.name)
def test_heads_of_the_fixtures(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["head"]
    path = next((p for p in (folder / "report.txt", folder / "report.md") if p.exists()), None)
    if path is None:
        pytest.skip("not a text file")
    _, head = _read_file(path)
    assert printed(head.unit_name) == (expected["unit_name"] and expected["unit_name"]["raw"])
    for key in ("fiscal_year", "report_date", "kind"):
        assert getattr(head, key) == expected[key], key
