"""Amounts whose own words do not say what they are: lists, sources of funds, amounts that turned into others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.document import Document, Passage, Section, Span, fold
from extractor.extract.rules.figures import FigureContext, read_figures
from extractor.schema import Stage

YEAR = 2022
Told = tuple[tuple[str, Stage, Decimal], ...]


def read(text: str, told: Told = (), names: tuple[str, ...] = (), subject: str | None = None) -> list[str]:
    """Raw, metric, stage, scope and period of every figure of one paragraph, the usual ones left out."""
    document = Document("report.txt", "text/plain", "", "text", text)
    section = Section(id="s1", parent=None, level=1, number="一", title="", span=Span(start=0, end=len(text)))
    passage = Passage("s1", fold(text), ((0, 0, len(text)),))
    context = FigureContext(YEAR, names, subject, project_money=told)
    return [
        " ".join(
            [f.amount.raw, f.metric, f.stage]
            + [f.scope] * (f.scope != "整体")
            + [f.period or ""] * (f.period != str(YEAR))
        )
        for f in read_figures(document, [passage], [section], context)
    ]


def money(initial: int, executed: int, name: str) -> Told:
    """What a form says of one project, in 万元."""
    return (
        (name, "budget_initial", Decimal(initial * 10000)),
        (name, "budget_annual", Decimal(initial * 10000)),
        (name, "exec", Decimal(executed * 10000)),
    )


ROADS, BRIDGES = "乡村道路养护经费", "危桥改造工程"


def test_the_forms_tell_what_a_list_is_of() -> None:
    told = (*money(90, 85, ROADS), *money(60, 58, BRIDGES))
    names = (ROADS, BRIDGES)
    spent = read(f"实际执行项目包括：{ROADS}85万元；{BRIDGES}58万元。", told, names)
    assert spent == [f"85万元 project_exec exec {ROADS}", f"58万元 project_exec exec {BRIDGES}"]
    planned = read(f"项目支出主要用于：{ROADS}90万元；{BRIDGES}60万元。", told, names)
    assert [each.split()[1] for each in planned] == ["project_budget", "project_budget"]


def test_the_words_of_a_list_stand_where_no_form_speaks_against_them() -> None:
    told: Told = ((ROADS, "exec", Decimal(850000)),)
    assert read(f"年初预算项目：{ROADS}85万元。", told, (ROADS,)) == [
        f"85万元 project_budget budget_initial {ROADS}"
    ]


@pytest.mark.parametrize("opening", ["年初预算安排如下：", "年初批复情况：", "年初预算安排"])
def test_every_item_of_a_numbered_list_is_of_the_stage_its_opening_names(opening: str) -> None:
    text = f"{opening}1. {ROADS} 85万元；2. {BRIDGES} 58万元。{ROADS}：全年预算85万元，支出80万元。"
    assert [each.split()[2] for each in read(text, names=(ROADS, BRIDGES))] == [
        "budget_initial",
        "budget_initial",
        "budget_annual",
        "exec",
    ]


def test_a_list_that_adds_up_to_a_total_is_of_its_stage() -> None:
    text = f"2022年项目支出年初预算150万元，实际支出143万元。其中：{ROADS}85万元；{BRIDGES}58万元。"
    assert [each.split()[2] for each in read(text)] == ["budget_initial", "exec", "exec", "exec"]


def test_rounded_amounts_add_up_within_their_rounding() -> None:
    text = "支出包括基本支出803万元和项目支出183万元。项目支出共安排3项，分别是：法律援助86万元，人民调解72万元，普法宣传24万元。"
    assert [each.split()[1] for each in read(text)][-3:] == ["project_exec"] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2022年支出比2021年增加35.66万元，其中基本支出由252.38万元增加到268.34万元。",
            "252.38万元 expenditure_basic prev_final 2021; 268.34万元 expenditure_basic exec",
        ),
        ("基本支出由252.38万元增加到268.34万元。", "252.38万元 other other; 268.34万元 other other"),
        ("年中因人口普查追加18.4万元。", "18.4万元 budget_adjust adjust"),
        ("年中调整增加45万元。", "45万元 budget_adjust adjust"),
        (
            "年中调减36万元，其中基本支出因调资增加24万元，项目支出因工程延期减少60万元。",
            "36万元 budget_adjust adjust; 24万元 basic_budget_adjust adjust; 60万元 expenditure_project adjust",
        ),
        (
            "项目得分最高99.4分、最低97.6分，平均98.88分。",
            "99.4分 other score; 97.6分 other score; 98.88分 selfeval_avg_score score",
        ),
    ],
)
def test_amounts_that_changed(text: str, expected: str) -> None:
    found = read(text)
    assert all(each in found for each in expected.split("; ")), found


def test_sources_of_funds_are_no_projects() -> None:
    subject = "农村供水工程"
    text = "资金由三部分组成：中央财政补助资金620万元、省级配套资金280万元、村集体自筹48万元，合计948万元。"
    found = read(text, names=(subject,), subject=subject)
    assert all(each.endswith(subject) for each in found)
    assert found[0].startswith("620万元 other") and found[-1].startswith(
        "948万元 project_budget budget_annual"
    )


def test_a_part_of_a_project_is_not_another_project() -> None:
    subject = "公益性岗位开发项目"
    found = read("全年预算数396.8万元，其中意外伤害保险补助12.8万元。", names=(subject,), subject=subject)
    assert found[1] == f"12.8万元 other other {subject}"


def test_what_money_was_for_is_not_what_is_spoken_of() -> None:
    text = f"政府性基金预算支出602.64万元，用于{BRIDGES}，完成预算的97.2%。"
    assert read(text, names=(BRIDGES,))[-1].split()[-1] != BRIDGES


@pytest.mark.parametrize(("spent", "certain"), [(85, False), (80, True)])
def test_where_the_whole_budget_was_spent_a_bare_list_may_be_of_either(spent: int, certain: bool) -> None:
    text = f"实际执行项目包括：{ROADS}85万元。"
    document = Document("report.txt", "text/plain", "", "text", text)
    section = Section(id="s1", parent=None, level=1, number="一", title="", span=Span(start=0, end=len(text)))
    context = FigureContext(YEAR, (ROADS,), None, project_money=money(85, spent, ROADS)[1:])
    (figure,) = read_figures(document, [Passage("s1", fold(text), ((0, 0, len(text)),))], [section], context)
    assert (figure.amount.raw, figure.evidence.certain) == ("85万元", certain)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("自评平均分9\n- 15 -\n8.52分。", False),
        ("自评平均分9\n8.52分。", False),
        ("自评平均分98.52分。\n12次", True),
    ],
)
def test_a_number_that_goes_on_below_is_half_of_one(text: str, certain: bool) -> None:
    document = Document("report.txt", "text/plain", "", "text", text)
    section = Section(id="s1", parent=None, level=1, number="一", title="", span=Span(start=0, end=len(text)))
    first = text.split("\n", maxsplit=1)[0]
    passage = Passage("s1", fold(first), ((0, 0, len(first)),))
    (figure,) = read_figures(document, [passage], [section], FigureContext(YEAR, (), None))
    assert (figure.metric, figure.evidence.certain) == ("selfeval_avg_score", certain)


@pytest.mark.parametrize("opening", ["包括", "主要包括", "主要用于", "用于", "包括：", "主要有："])
def test_a_list_opened_in_the_words_of_its_first_item(opening: str) -> None:
    text = (
        "2022年支出520万元，其中基本支出400万元，项目支出120万元。"
        f"项目支出{opening}河长制巡查经费36万元，泵站维修经费40万元，水质监测经费44万元。"
    )
    assert read(text)[3:] == [
        "36万元 project_exec exec 河长制巡查经费",
        "40万元 project_exec exec 泵站维修经费",
        "44万元 project_exec exec 水质监测经费",
    ]


def test_what_money_of_projects_was_used_for_is_no_list() -> None:
    assert read("全年项目支出用于保障机关正常运转的支出数额为120万元。") == ["120万元 other other"]
