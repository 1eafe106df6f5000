"""Sentences in words that reports vary freely: names of any ending, money left over, budgets that only their sums tell apart."""

from __future__ import annotations

import pytest

from extractor.document import Document, Passage, Section, Span, fold
from extractor.extract.rules.figures import FigureContext, read_figures
from extractor.pipeline import review
from extractor.settings import Settings

YEAR = 2022


def read(text: str, title: str = "") -> list[str]:
    """Raw, metric, stage and scope of every figure of a department's report; each line is a paragraph."""
    section = Section(
        id="s1", parent=None, level=2, number="（一）", title=title, span=Span(start=0, end=len(text))
    )
    passages, at = [], 0
    for line in fold(text).split("\n"):
        passages.append(Passage("s1", line, ((0, at, len(line)),)))
        at += len(line) + 1
    document = Document("report.txt", "text/plain", "", "text", text)
    return [
        " ".join([f.amount.raw, f.metric, f.stage, *([f.scope] if f.scope != "整体" else [])])
        for f in read_figures(document, passages, [section], FigureContext(YEAR))
    ]


ROADS = "果园滴灌示范建设"  # ends in no word that projects alone end in


def test_a_name_told_in_a_list_is_known_in_the_sentences_after_it() -> None:
    text = f"年初批复的项目有：1. {ROADS}90万元；2. 蜂农走访慰问金12万元。\n{ROADS}由技术站组织实施，安排资金95万元，完成支出93万元。"
    assert read(text) == [
        f"90万元 project_budget budget_initial {ROADS}",
        "12万元 project_budget budget_initial 蜂农走访慰问金",
        f"95万元 project_budget budget_annual {ROADS}",
        f"93万元 project_exec exec {ROADS}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{ROADS}：预算95万元，决算93万元，剩余2万元。",
        f"{ROADS}预算资金95万元，支出93万元，剩余资金2万元。",
        f"关于{ROADS}：该项目批复预算95万元，2022年12月20日前支付93万元，尚未支付2万元。",
        f"{ROADS}全年到位资金95万元，其中已支付93万元，结余2万元。",
        f"{ROADS}（自评97分）：资金总额95万元，已使用93万元，未使用2万元。",
        f"一年来{ROADS}投入95万元，实际发生支出93万元，余2万元。",
    ],
)
def test_what_is_budgeted_and_spent_is_a_project_whatever_its_name_ends_in(text: str) -> None:
    money = [each for each in read(text) if "万元" in each]
    assert money == [
        f"95万元 project_budget budget_annual {ROADS}",
        f"93万元 project_exec exec {ROADS}",
        f"2万元 carryover_out carryover {ROADS}",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "差旅费预算8万元，支出7万元。",
        "教育支出年初预算40万元，支出决算38万元。",
        "我单位2022年预算90万元，支出88万元。",
    ],
)
def test_kinds_of_spending_and_the_unit_are_no_projects(text: str) -> None:
    assert not any("project_" in each for each in read(text))


def test_the_topic_of_a_sentence_governs_totals_that_name_none() -> None:
    assert read("基本支出方面，年初预算300万元，调整后预算310万元，决算数305万元。") == [
        "300万元 expenditure_basic budget_initial",
        "310万元 expenditure_basic budget_annual",
        "305万元 expenditure_basic exec",
    ]


def test_all_projects_together_are_not_the_unit() -> None:
    assert read("全年共实施项目6个，项目预算总额150万元，实际支出总额144万元。")[1:] == [
        "150万元 expenditure_project budget_annual",
        "144万元 expenditure_project exec",
    ]
    assert read("石坪县体育局2022年度项目资金127万元，其中年初预算101万元；已支出120万元，结余7万元。") == [
        "127万元 expenditure_project budget_annual",
        "101万元 expenditure_project budget_initial",
        "120万元 expenditure_project exec",
        "7万元 expenditure_project carryover",
    ]
    assert read("2022年部门项目支出预算55万元，使用53万元。") == [
        "55万元 expenditure_project budget_annual",
        "53万元 expenditure_project exec",
    ]


def test_a_budget_that_an_addition_turned_into_another_was_the_initial_one() -> None:
    assert read("2022年部门预算批复520万元，年度执行中追加30万元，全年预算数550万元。") == [
        "520万元 budget_initial budget_initial",
        "30万元 budget_adjust adjust",
        "550万元 budget_annual budget_annual",
    ]


def test_a_project_without_money_in_a_list_was_added_later() -> None:
    text = (
        "各项目安排情况：1. 渔港清淤经费安排17万元；2. 船员培训经费安排0万元；3. 灯塔维护费安排31万元。\n"
        "渔港清淤经费批复预算17万元，支出16万元。\n船员培训经费批复预算26万元，支出26万元。\n灯塔维护费批复预算31万元，支出30万元。"
    )
    assert [each.split()[2] for each in read(text)[:3]] == ["budget_initial"] * 3


def test_a_list_that_adds_up_to_one_total_is_of_its_stage() -> None:
    text = (
        "项目支出年初预算48万元，全年预算60万元。各项目安排情况：1. 渔港清淤经费17万元；2. 灯塔维护费31万元。\n"
        "渔港清淤经费批复预算17万元，支出16万元。"
    )
    assert [each.split()[2] for each in read(text)[2:4]] == ["budget_initial"] * 2


def test_what_was_purchased_and_last_years_total() -> None:
    assert read("政府采购预算20万元，实际完成采购19万元。")[1] == "19万元 procurement_amount exec"
    assert read("2022年决算总支出203万元，上年决算200万元。")[1] == "200万元 expenditure_total prev_final"


def test_the_score_of_the_whole_is_not_taken_for_a_standard() -> None:
    text = (
        "2022年度部门整体支出绩效自评报告\n石坪县体育局\n一、项目情况\n渔港清淤经费批复预算17万元，支出16万元。绩效自评91分。\n"
        "二、结论\n根据评分标准，2022年部门整体支出自评96.5分，绩效等级“优秀”。\n"
    )
    report = review(text.encode(), Settings(), file_name="report.txt").report
    assert report.total_score is not None and report.total_score.raw == "96.5分"


def test_loose_verbs_are_of_what_was_budgeted() -> None:
    told = read(f"{ROADS}计划投入95万元，实际投入93万元。\n{ROADS}经费95万元，报账93万元，拨付率97.89%。")
    assert told == [
        f"95万元 project_budget budget_annual {ROADS}",
        f"93万元 project_exec exec {ROADS}",
        f"95万元 project_budget budget_annual {ROADS}经费",
        f"93万元 project_exec exec {ROADS}经费",
        f"97.89% exec_rate rate {ROADS}经费",
    ]
    assert read("全年共投入120万元，报账80万元。") == ["120万元 other other", "80万元 other other"]


def test_what_opens_a_sentence_is_its_topic() -> None:
    assert read("本年度项目支出共计100万元，调整预算110万元，年末结转10万元。") == [
        "100万元 expenditure_project exec",
        "110万元 expenditure_project budget_annual",
        "10万元 expenditure_project carryover",
    ]
    assert read("整体支出完成845万元，其中：项目支出400万元，基本支出445万元；整体执行率97%。") == [
        "845万元 expenditure_total exec",
        "400万元 expenditure_project exec",
        "445万元 expenditure_basic exec",
        "97% exec_rate rate",
    ]


def test_what_changed_against_last_year_is_of_this_year() -> None:
    text = "2022年支出合计203万元，2021年支出合计200万元，同比增加3万元。"
    section = Section(id="s1", parent=None, level=1, number="一", title="", span=Span(start=0, end=len(text)))
    document = Document("report.txt", "text/plain", "", "text", text)
    passage = Passage("s1", fold(text), ((0, 0, len(text)),))
    figures = read_figures(document, [passage], [section], FigureContext(YEAR))
    assert [figure.period for figure in figures] == ["2022", "2021", "2022"]


def test_a_projects_score_is_not_the_reports() -> None:
    text = (
        "2022年度部门整体支出绩效自评报告\n石坪县体育局\n一、项目情况\n渔港清淤经费总预算17万元，年内实际发生16万元，自评总分91分。\n"
        "二、结论\n按照指标体系测算，部门整体绩效自评分值96.5分，等次为优。\n"
    )
    report = review(text.encode(), Settings(), file_name="report.txt").report
    assert report.total_score is not None and report.total_score.raw == "96.5分"


@pytest.mark.parametrize(
    "text",
    [
        f"实施{ROADS}，财政预算安排95万元，实际支付93万元，剩余2万元。",
        f"{ROADS}涉及财政资金95万元，全年实际列支93万元，余额2万元。",
        f"{ROADS}全年指标95万元，支出数93万元，未执行完的2万元结转次年。",
        f"{ROADS}项目：财政资金95万元，支出93万元，未支出2万元。",
    ],
)
def test_money_of_many_words_is_the_projects(text: str) -> None:
    told = [each.removesuffix("项目") for each in read(text)]
    assert told == [
        f"95万元 project_budget budget_annual {ROADS}",
        f"93万元 project_exec exec {ROADS}",
        f"2万元 carryover_out carryover {ROADS}",
    ]


def test_what_money_was_given_for_is_named_behind_the_verb() -> None:
    assert read(f"年初安排{ROADS}95万元，当年支出93万元。{ROADS}因苗木涨价追加3万元。") == [
        f"95万元 project_budget budget_initial {ROADS}",
        f"93万元 project_exec exec {ROADS}",
        f"3万元 project_budget adjust {ROADS}",
    ]


def test_sums_of_counted_projects_and_their_rate() -> None:
    assert read("本单位2022年度共有项目6个，合计预算68万元，合计支出67万元。")[1:] == [
        "68万元 expenditure_project budget_annual",
        "67万元 expenditure_project exec",
    ]
    assert (
        read("项目支出全年累计支付67万元，占项目支出预算68万元的98.53%。")[2]
        == "98.53% expenditure_project rate"
    )


def test_what_a_budget_grew_by_is_its_adjustment() -> None:
    assert read("全年可执行预算174万元，比年初预算150万元增加24万元。")[2] == "24万元 budget_adjust adjust"
    assert read("全年可执行预算174万元，比年初预算150万元增加23万元。")[2] == "23万元 other other"


def test_a_heading_on_basic_spending_leaves_the_units_total_told_before_it() -> None:
    text = "全年预算74万元，已执行73万元。\n基本支出方面，年初预算30万元，决算数28万元。"
    assert read(text, "基本支出情况")[0].startswith("74万元 budget_annual")


def test_the_budget_of_the_years_beginning_became_another() -> None:
    assert read("本年度部门预算经两次调整，由年初的520万元调整到550万元。") == [
        "520万元 budget_initial budget_initial",
        "550万元 budget_annual budget_annual",
    ]
    assert read("渔港清淤经费由年初20万元调整为22万元，实际执行21万元。") == [
        "20万元 project_budget budget_initial 渔港清淤经费",
        "22万元 project_budget budget_annual 渔港清淤经费",
        "21万元 project_exec exec 渔港清淤经费",
    ]
