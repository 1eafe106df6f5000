"""XDC: the report against other documents, and the list against the forms."""

from __future__ import annotations

import pytest

from extractor.document import Document
from extractor.findings import Check
from extractor.reconcile import reconcile
from extractor.reconcile.companions import Companions, Other
from extractor.schema import Report
from tests.factory import Draft, indicator
from tests.whole_report import BODY, TITLE, read

SHARED = "行政运作经费支出不够均衡，部分工会和党建支出因没有安排预算而占用运转经费，下一步将加强预算管理，合理安排支出计划，最大限度发挥资金使用效能。"
OWN = "本单位承担防汛抗旱物资储备和小型水库巡查工作，年内更换闸门启闭设备两套。"


def _other(text: str) -> Other:
    return Other(*read(text))


def _against(draft: Draft, code: str, companions: Companions) -> list[Check]:
    document, report = draft.build()
    found = reconcile(document, None, report, codes=[code], companions=companions)
    return [each for each in found if each.status == "fail"]


def _copied(own: str, *others: str) -> tuple[Check, ...]:
    document, report = read(own)
    return reconcile(
        document, None, report, codes=["XDC-01"], companions=Companions(others=tuple(map(_other, others)))
    )


def test_a_passage_of_another_unit() -> None:
    (check,) = _copied(TITLE + OWN + "\n" + SHARED, "某县民政局绩效自评报告\n救助工作有序开展。" + SHARED)
    assert (check.status, check.severity) == ("fail", "P1")
    span = check.operands[0].spans[0]
    text = TITLE + OWN + "\n" + SHARED
    assert text[span.start : span.end] == SHARED.rstrip("。")


def test_short_and_common_passages_are_no_copies() -> None:
    assert _copied(TITLE + OWN + SHARED[:40], "民政局报告\n" + SHARED[:40])[0].status == "pass"
    others = [f"某县第{n}局报告\n{SHARED}" for n in range(4)]
    assert _copied(TITLE + SHARED, *others)[0].status == "pass"  # the template's words
    law = "2022年度本单位没有政府性基金收入，也没有使用政府性基金安排的支出，没有国有资本经营预算收入，也没有使用国有资本经营预算安排的支出。"
    assert _copied(TITLE + law, "民政局报告\n" + law)[0].status == "pass"


def _empty() -> tuple[Document, Report]:
    draft = Draft()
    draft.say(BODY * 3)
    draft.say("基本支出{12.5万元:expenditure_basic/exec}。")
    draft.form([indicator("巡查次数")])
    draft.base([["会议费", "1", "1", "1"]])
    return draft.build()


@pytest.mark.parametrize("code", ["XDC-01", "XDC-02", "XDC-03", "XDC-04", "XDC-06"])
def test_what_was_not_provided_is_said_in_the_ledger(code: str) -> None:
    document, report = _empty()
    (check,) = reconcile(document, None, report, codes=[code])
    assert check.status == "unverified"
    assert (check.reason or "").startswith("未提供")


def _base(rows: list[list[str]]) -> Draft:
    draft = Draft()
    draft.base(rows)
    return draft


def test_last_years_accounts() -> None:
    draft = _base([["公用经费", "381.96", "100", "90"], ["会议费", "19.6", "9", "17"]])
    agreeing = _base([["公用经费", "1", "1", "381.96"], ["会议费", "1", "1", "19.60"]]).build()[1]
    differing = _base([["公用经费", "1", "1", "318.96"], ["会议费", "1", "1", "19.6"]]).build()[1]
    assert _against(draft, "XDC-02", Companions(previous=agreeing)) == []
    (check,) = _against(draft, "XDC-02", Companions(previous=differing))
    assert (check.severity, str(check.difference)) == ("P1", "63.00")


def _targets(target: str, points: str) -> Draft:
    draft = Draft()
    draft.form([indicator("巡查次数", target, "12次", points, points)])
    return draft


@pytest.mark.parametrize(
    ("target", "points", "fires"),
    [("12次", "10", False), ("24次", "10", True), ("12次", "15", True), ("≥12次", "10", False)],
)
def test_approved_targets(target: str, points: str, fires: bool) -> None:
    approved = _targets(target, points).build()[1]
    assert bool(_against(_targets("12次", "10"), "XDC-03", Companions(targets=approved))) is fires


def _accounts(amount: str) -> Draft:
    draft = Draft()
    draft.say(f"基本支出{{{amount}:expenditure_basic/exec}}。")
    return draft


@pytest.mark.parametrize(
    ("published", "fires"),
    [("591.29万元", False), ("591.3万元", False), ("5912900.00元", False), ("586.29万元", True)],
)
def test_published_accounts(published: str, fires: bool) -> None:
    accounts = _accounts(published).build()[1]
    assert bool(_against(_accounts("591.29万元"), "XDC-04", Companions(accounts=accounts))) is fires


def test_rows_of_the_template_are_for_the_reviewer() -> None:
    usual = [["公用经费", "1", "1", "1"], ["会议费", "1", "1", "1"], ["楼堂馆所控制", "1", "1", "1"]]
    others = tuple(Other(*_base(usual).build()) for _ in range(3))
    document, report = _base(usual[:2]).build()
    (check,) = reconcile(document, None, report, codes=["XDC-06"], companions=Companions(others=others))
    assert (check.status, "缺少1行" in (check.reason or "")) == ("pass", True)


LIST = (
    "项目汇总表\n单位：万元\n\t序号\t项目名称\t全年预算数\t全年执行数\t自评得分\n"
    "\t1\t防汛物资储备经费\t31.5\t{}\t{}\n\t2\t水库巡查经费\t61.45\t60\t97\n\t3\t闸门维护经费\t106\t106\t98\n\n"
)
FORM = (
    "项目支出绩效自评表\n\t项目名称\t防汛物资储备经费\n\t项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
    "\t\t年度资金总额\t31.5\t31.5\t31.5\t10\t100%\t10\n"
    "\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\t产出指标\t数量指标\t储备次数\t12次\t12次\t90\t88\n\t总分\t100\t98\n"
)


@pytest.mark.parametrize(
    ("executed", "score", "fires"),
    [("31.5", "98", False), ("31.5", "9.8", False), ("30.5", "98", True), ("31.5", "89", True)],
)
def test_the_list_against_the_form(executed: str, score: str, fires: bool) -> None:
    document, report = read(TITLE + LIST.format(executed, score) + FORM)
    found = reconcile(document, None, report, codes=["XDC-05"])
    assert [each.severity for each in found if each.status == "fail"] == (["P0"] if fires else [])
