"""What sentences contradict by themselves, end to end: rates of one kind of money, parts of a score, of 三公经费, of posts, a year's budget."""

from __future__ import annotations

import pytest

from extractor.findings import Note
from tests.test_narrative_reports import told


def notes(body: str, code: str) -> list[Note]:
    """The notes of one code on a report with this body."""
    return [note for note in told(body).notes if note.code == code]


RATES = "二、预算执行\n\n2023年“三公”经费预算9.00万元，实际支出8.10万元，预算完成率{three}。政府采购预算120.00万元，实际采购金额114.00万元，执行率{bought}。\n\n（一）项目支出。年初预算200.00万元，全年预算260.00万元，实际支出247.00万元，预算执行率{project}。\n\n"


@pytest.mark.parametrize(
    ("three", "bought", "project", "wrong"),
    [
        ("90%", "95%", "95.00%", 0),
        ("80%", "95%", "95.00%", 1),
        ("90%", "59%", "95.00%", 1),
        ("90%", "95%", "99.50%", 1),
    ],
)
def test_a_rate_of_one_kind_of_money(three: str, bought: str, project: str, wrong: int) -> None:
    found = notes(RATES.format(three=three, bought=bought, project=project), "RAT-01")
    assert [note.severity for note in found] == ["P1"] * wrong


def test_a_rate_of_a_subject_of_the_accounts_is_of_the_budget_it_names() -> None:
    body = "二、支出决算\n\n1.农林水支出（类）水利（款）水土保持（项）。年初预算为210.00万元，支出决算为228.00万元，完成年初预算的{}。\n\n"
    assert notes(body.format("108.57%"), "RAT-01") == []
    assert len(notes(body.format("105.87%"), "RAT-01")) == 1


def test_a_rate_of_another_base_is_left_alone() -> None:
    body = "二、支出情况\n\n全年预算900.00万元，基本支出预算600.00万元，基本支出594.00万元，占总支出的66.30%，比上年增长4.10%。\n\n"
    assert notes(body, "RAT-01") == []


SCORES = "二、自评结论\n\n自评总得分{total}分，其中：预算执行率得分9.82分，产出指标得分49分，效益指标得分29分，满意度指标得分9分。\n\n"


@pytest.mark.parametrize(("total", "severity"), [("96.82", []), ("95.82", ["P1"]), ("97.82", ["P2"])])
def test_the_parts_of_a_score_in_sentences(total: str, severity: list[str]) -> None:
    assert [note.severity for note in notes(SCORES.format(total=total), "SCO-02")] == severity


def test_some_parts_of_a_score_are_not_all() -> None:
    body = "二、自评结论\n\n自评得分94.60分，其中：产出指标得分48分，预算管理得分18分，资产管理得分9分。\n\n"
    assert notes(body, "SCO-02") == []


THREE = "二、“三公”经费\n\n2023年“三公”经费支出21.36万元。其中：因公出国（境）费{abroad}；公务用车运行维护费15.80万元；公务接待费{meals}万元。\n\n"


@pytest.mark.parametrize(
    ("abroad", "meals", "severity"),
    [
        ("0万元", "5.56", []),
        ("0万元", "6.56", ["P1"]),
        ("0万元", "4.56", ["P1"]),
        ("未发生", "5.56", []),
        ("见附表", "4.56", []),
    ],
)
def test_the_kinds_of_three_expenses_in_sentences(abroad: str, meals: str, severity: list[str]) -> None:
    assert [note.severity for note in notes(THREE.format(abroad=abroad, meals=meals), "SUM-07")] == severity


YEAR = (
    "二、预算执行\n\n2023年县财政批复我站部门预算850.00万元。年度执行中，财政追加预算{added}万元：灾毁修复经费60.00万元，绩效奖30.00万元；"
    "同时按“过紧日子”要求统一压减20.00万元。全年预算指标为{annual}万元。\n\n"
)


@pytest.mark.parametrize(
    ("added", "annual", "severity"),
    [("90.00", "920.00", []), ("90.00", "940.00", ["P1"]), ("60.00", "920.00", ["P1"])],
)
def test_a_years_budget_over_sentences(added: str, annual: str, severity: list[str]) -> None:
    assert [note.severity for note in notes(YEAR.format(added=added, annual=annual), "SUM-03")] == severity


def test_a_change_that_was_not_read_leaves_the_years_budget_open() -> None:
    body = "二、预算执行\n\n2023年年初预算850.00万元。年中追加预算60.00万元。上级下达的中央水土保持补助另有45.00万元。全年预算955.00万元。\n\n"
    assert notes(body, "SUM-03") == []


@pytest.mark.parametrize(("posts", "severity"), [("32", []), ("29", ["P2"])])
def test_posts_by_kind(posts: str, severity: list[str]) -> None:
    body = f"二、人员情况\n\n人员编制{posts}人，其中行政编制14人、事业编制18人；在职27人。\n\n"
    assert [note.severity for note in notes(body, "SUM-12")] == severity


@pytest.mark.parametrize(
    ("signed", "fired"),
    [("澄溪县水土保持站", False), ("澄溪县水务局水土保持站", False), ("澄溪县林业工作站", True)],
)
def test_a_signature_of_another_office(signed: str, fired: bool) -> None:
    body = f"二、其他情况\n\n无其他需要说明的情况。\n\n{signed}\n2024年3月20日\n"
    assert bool(notes(body, "FMT-04")) == fired


def test_a_share_of_the_one_whole_told_elsewhere() -> None:
    body = (
        "二、支出情况\n\n2023年总支出900.00万元，其中基本支出600.00万元、项目支出300.00万元。\n\n"
        "人员经费540.00万元，占基本支出的{}；公用经费60.00万元。\n\n"
    )
    assert notes(body.format("90.00%"), "RAT-03") == []
    assert len(notes(body.format("80.00%"), "RAT-03")) == 1


def test_doubt_about_words_is_not_told_as_doubt_about_digits() -> None:
    body = "二、人员情况\n\n人员编制29人，其中行政编制14人、事业编制18人。\n\n"
    (note,) = notes(body, "SUM-12")
    assert "识别" not in note.comment
