"""RAT-04, RAT-10, RAT-12: coverage and average of the self-evaluation."""

from __future__ import annotations

import pytest

from extractor.document import TableCell
from extractor.records import replace
from tests.factory import Draft, full_rows

ROWS = [
    ("甲项目", "100.00", "100.00", "10"),
    ("乙项目", "60.00", "0", "-"),
    ("丙项目", "40.00", "24.00", "10"),
]


def _summary(coverage: str | None = None, average: str | None = None, count: str = "3") -> Draft:
    draft = Draft("summary")
    draft.say(
        "上报项目{3项:project_count/other}，全年预算{200.00万元:expenditure_project/budget_annual}，全年执行{124.00万元:expenditure_project/exec}。"
    )
    closing = [(count, "project_count", "other")]
    if coverage is not None:
        closing.append((coverage, "selfeval_coverage", "rate"))
    if average is not None:
        closing.append((average, "selfeval_avg_score", "score"))
    draft.summary(ROWS, closing)
    return draft


@pytest.mark.parametrize(
    ("claim", "fired"),
    [
        ("100%", []),
        ("70%", []),  # without the unscored project: 140/200
        ("66.67%", []),  # by number of projects
        ("85%", [("RAT-04", "P1")]),
        ("62%", [("RAT-04", "P1"), ("RAT-12", "P1")]),  # the execution rate 124/200
    ],
)
def test_coverage_by_every_calibre(claim: str, fired: list[tuple[str, str]]) -> None:
    assert _summary(claim).fired("RAT-04", "RAT-12") == fired


def test_all_calibres_are_named() -> None:
    (check,) = _summary("85%").checks("RAT-04")
    assert str(check.computed) == "70.00"
    assert "70.00%" in (check.reason or "") and "66.67%" in (check.reason or "")


def test_the_execution_rate_in_the_place_of_the_coverage() -> None:
    (check,) = _summary("62%").checks("RAT-12")
    assert (check.status, str(check.computed), str(check.reported)) == ("fail", "62.00", "62")


def _attached(forms: int, claim: str = "100%", words: str = "") -> Draft:
    draft = Draft()
    draft.say(
        f"涉及项目{{3个:project_count/other}}，涉及资金{{300万元:expenditure_project/exec}}，占项目支出总额的{{{claim}:selfeval_coverage/rate}}。{words}"
    )
    for n in range(forms):
        funds = [["年度资金总额", "100", "100", "100", "10", "100%", "10"]]
        draft.form(full_rows(), funds, ("100", "100"), scope=f"第{n}专项经费")
    return draft


@pytest.mark.parametrize(
    ("draft", "fired"),
    [
        (_attached(3), []),
        (_attached(2), [("RAT-04", "P1")]),
        (_attached(0), []),
        (_attached(2, words="本次只附重点项目自评表。"), []),
        (_attached(1, claim="33.3%"), []),
    ],
)
def test_coverage_claimed_in_a_sentence(draft: Draft, fired: list[tuple[str, str]]) -> None:
    assert draft.fired("RAT-04") == fired


@pytest.mark.parametrize(
    ("average", "count", "fired"),
    [
        ("10", "2", []),  # the list counts only the two that were scored
        ("6.67", "3", []),
        ("10", "3", [("RAT-10", "P1")]),
        ("9", "2", [("RAT-10", "P1")]),
        ("250", "2", []),  # a number that no score can be
    ],
)
def test_average(average: str, count: str, fired: list[tuple[str, str]]) -> None:
    assert _summary(average=average, count=count).fired("RAT-10") == fired


@pytest.mark.parametrize(
    ("count", "average", "fired"),
    [
        ("2个", "97.5分", []),
        ("2个", "90.5分", [("RAT-10", "P1")]),
        ("3个", "90.5分", []),  # the third may not be listed
        ("2个", "9.75分", []),  # another scale
    ],
)
def test_an_average_in_a_sentence(count: str, average: str, fired: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say(
        f"共涉及项目{{{count}:project_count/other}}，自评平均分{{{average}:selfeval_avg_score/score}}。"
    )
    draft.summary([("甲项目", "10", "10", "96"), ("乙项目", "20", "20", "99")])
    assert draft.fired("RAT-10") == fired


def test_the_score_in_the_list_counts_not_that_of_the_form() -> None:
    from extractor.profiles import rules
    from extractor.reconcile import Case
    from extractor.reconcile.listing import printed_scores

    draft = _summary(average="10", count="2")
    document, report = draft.build()
    table, project = report.tables[0], report.projects[0]
    at = {p.name.text: p for p in report.projects}
    cells = []
    for n, p in enumerate(report.projects):
        assert p.total_score is not None
        cells.append(TableCell(id=f"a{n}", row=n, col=0, text=p.name.text, span=p.name.span))
        cells.append(TableCell(id=f"b{n}", row=n, col=1, text=p.total_score.text, span=p.total_score.span))
    score = at["甲项目"].total_score
    assert score is not None
    own = replace(score, value=None, text="97", raw="97", span=replace(project.name.span, start=0, end=1))
    table = replace(table, cells=tuple(cells))
    report = replace(
        report, tables=(table,), projects=(replace(project, total_score=own), *report.projects[1:])
    )
    scores = printed_scores(Case(document, None, report, rules()), table)
    assert [str(score.number) for _, score in scores] == ["10", "10"]


def _all_scored(claim: str, elsewhere: str, *, said: str = "") -> Draft:
    draft = Draft()
    draft.say(elsewhere)
    draft.say(
        f"本次自评项目{{2个:project_count/other}}，自评覆盖率{{{claim}:selfeval_coverage/rate}}。{said}"
    )
    for name in ("甲项目专项经费", "乙项目专项经费"):
        funds = [["年度资金总额", "100", "100", "90", "10", "90%", "9"]]
        draft.form(full_rows(), funds, ("100", "99"), scope=name)
    return draft


@pytest.mark.parametrize(
    ("claim", "elsewhere", "fired"),
    [
        ("62%", "项目支出全年预算{200万元:expenditure_project/budget_annual}。", True),
        ("62%", "全年实施项目{2个:project_count/other}。", True),
        ("100%", "项目支出全年预算{200万元:expenditure_project/budget_annual}。", False),
        ("62%", "项目支出全年预算{322.58万元:expenditure_project/budget_annual}。", False),
        ("62%", "全年实施项目{3个:project_count/other}。", False),
        ("62%", "全年工作平稳。", False),  # the two may be those that were evaluated
    ],
)
def test_a_coverage_below_the_whole_where_all_are_evaluated(claim: str, elsewhere: str, fired: bool) -> None:
    assert _all_scored(claim, elsewhere).fired("RAT-04") == ([("RAT-04", "P1")] if fired else [])


@pytest.mark.parametrize(
    ("claim", "fired"), [("91.62%", True), ("92%", False), ("91.63%", False), ("100%", False)]
)
def test_a_coverage_that_repeats_the_execution_rate(claim: str, fired: bool) -> None:
    draft = _all_scored(claim, "全年预算执行率{91.62%:exec_rate/rate}。")
    assert draft.fired("RAT-12") == ([("RAT-12", "P1")] if fired else [])


@pytest.mark.parametrize(("listed", "fired"), [("100%", True), ("70%", False)])
def test_a_sentence_against_the_coverage_of_the_list(listed: str, fired: bool) -> None:
    draft = Draft("summary")
    draft.say("上报项目{3项:project_count/other}，自评覆盖率{62%:selfeval_coverage/rate}。")
    draft.summary(ROWS, [(listed, "selfeval_coverage", "rate")])
    assert draft.fired("RAT-04") == ([("RAT-04", "P1")] if fired else [])


@pytest.mark.parametrize(("average", "fires"), [("98.5分", False), ("91.5分", True)])
def test_an_average_of_scores_that_only_sentences_give(average: str, fires: bool) -> None:
    draft = Draft()
    for name, score in (("河道清淤项目", "98分"), ("桥梁检测项目", "99分")):
        draft.say(f"{name}自评得分{{{score}:total_score/score@{name}}}。")
    draft.say(f"共涉及项目{{2个:project_count/other}}，自评平均分{{{average}:selfeval_avg_score/score}}。")
    assert draft.fired("RAT-10") == ([("RAT-10", "P1")] if fires else [])


@pytest.mark.parametrize(
    ("covered", "coverage", "fires"),
    [
        ("210万元", "100%", True),
        ("200万元", "100%", False),
        ("180万元", "100%", False),
        ("210万元", "90%", False),
    ],
)
def test_what_a_whole_coverage_covers_is_one_of_the_totals(covered: str, coverage: str, fires: bool) -> None:
    draft = Draft()
    draft.say("项目支出全年预算{200万元:expenditure_project/budget_annual}。")
    draft.say("项目支出决算{180万元:expenditure_project/exec}。")
    draft.say(
        f"涉及资金{{{covered}:expenditure_project/budget_annual}}，自评覆盖率{{{coverage}:selfeval_coverage/rate}}。"
    )
    assert ("CON-02", "P1") in draft.fired("CON-02") if fires else not draft.fired("CON-02")


def test_money_covered_may_be_the_budget_that_is_not_told() -> None:
    draft = Draft()
    draft.say("项目支出决算{180万元:expenditure_project/exec}。")
    draft.say(
        "涉及资金{210万元:expenditure_project/budget_annual}，自评覆盖率{100%:selfeval_coverage/rate}。"
    )
    assert draft.fired("CON-02") == []
