"""What sections are for: the rules by their headings, a model where a heading does not say it, and who reads the roles."""

from __future__ import annotations

import re
from typing import Any

import pytest

from eval.model_cases import case_of, folder_of, replayed
from eval.model_double import Double, connect
from extractor.chat import Chat, Question
from extractor.extract.llm.answers import SectionUses
from extractor.extract.llm.check import sections_check
from extractor.pipeline import review
from extractor.review import Review
from extractor.segment.chapters import LEVELS
from extractor.segment.roles import role_of
from extractor.settings import Settings
from tests.misbehaving import Behaviour, Misbehaving, cut, drops, fails, huge, not_json, page, says
from tests.whole_report import BODY, TITLE, checks

HYBRID = Settings(engine="hybrid", model="double")
CASE = case_of(folder_of("unknown_chapters"))
ASIDE = "没做好的地方"


@pytest.mark.parametrize(
    ("number", "title", "role"),
    [
        ("一、", "部门（单位）基本情况", "overview"),
        ("二、", "预算单位概况", "overview"),
        ("二、", "资金使用情况", "funds"),
        ("（一）", "三公经费支出情况", "funds"),
        ("三、", "绩效目标情况", "goal"),
        ("三、", "绩效目标完成情况分析", "analysis"),
        ("三、", "绩效自评工作开展情况", "work"),
        ("四、", "主要经验及做法", "results"),
        ("四、", "自评结论", "conclusion"),
        ("五、", "主要经验及做法、存在的问题", "problems"),
        ("五、", "偏离绩效目标的原因和下一步改进措施", "problems"),
        ("六、", "下一步工作打算", "measures"),
        ("七、", "绩效自评结果拟应用和公开情况", "application"),
        ("八、", "其他需要说明的问题", "notes"),
        ("附件1", "", "annex"),
        ("", "部门整体支出绩效自评表（2023年度）", "annex"),
        ("", "某县水利局2022年度部门整体支出绩效自评报告", "title"),
        ("（二）", "守牢防汛底线", "other"),
        ("一、", "我馆其人其事", "other"),
    ],
)
def test_a_heading_names_its_role(number: str, title: str, role: str) -> None:
    assert role_of(number, title) == role


def test_every_standard_chapter_has_a_role() -> None:
    assert [title for title in LEVELS if role_of("", title) == "other"] == []


def asked_of(settings: Settings, answer: Any) -> tuple[Review, Double]:
    double = Double(lambda question: answer if question.prompt.name == "sections" else {})
    return review(CASE.source, settings, file_name=CASE.file_name, connect=connect(double)), double


def uses(**given: str) -> dict[str, Any]:
    """An answer for the five unnamed chapters of the case, 不明 where nothing is given."""
    titles = ("我馆其人其事", "一年的收与支", "做了哪些事", ASIDE, "接下来要补的课")
    return {"r": [{"t": title, "u": given.get(title, "不明")} for title in titles]}


def status(result: Review, code: str) -> list[tuple[str, str]]:
    return [(check.status, check.severity) for check in result.checks if check.code == code]


@pytest.mark.parametrize("engine", ["hybrid", "llm"])
def test_only_chapters_that_the_rules_cannot_name_are_asked_about(engine: str) -> None:
    result, double = asked_of(
        Settings(engine=engine, model="double"), uses(**{ASIDE: "存在问题", "一年的收与支": "资金使用"})
    )
    (question,) = [each for each in double.asked if each.prompt.name == "sections"]
    assert "自评结果应用与公开" not in question.prompt.user and "自评表" not in question.prompt.user
    told = {section.title: (section.role, section.role_engine) for section in result.report.sections}
    assert told[ASIDE] == ("problems", "llm") and told["一年的收与支"] == ("funds", "llm")
    assert told["自评结果应用与公开"] == ("application", "rules") and told["做了哪些事"] == ("other", None)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"t": "第九节", "u": "存在问题"}, "没有这一节"),
        ({"t": ASIDE, "u": "存在问题"}, "同一节有多个用途"),
        ({"t": "我馆其人其事", "u": "应用公开"}, "没有这层意思"),
    ],
)
def test_what_an_answer_gets_wrong_is_refused(item: dict[str, str], reason: str) -> None:
    answer = uses(**{ASIDE: "改进措施"})
    rest = [each for each in answer["r"] if each["t"] != item["t"] or item["t"] == ASIDE]
    result, _ = asked_of(HYBRID, {"r": [*rest, item]})
    assert any(reason in dropped for dropped in result.run.dropped)
    named = next(s for s in result.report.sections if s.title == item["t"]) if item["t"] != "第九节" else None
    assert named is None or named.role == "other"


def test_an_answer_about_other_sections_is_asked_again() -> None:
    check = sections_check(["甲", "乙", "丙"])
    check(SectionUses.model_validate({"r": [{"t": "甲", "u": "存在问题"}, {"t": "乙", "u": "不明"}]}))
    with pytest.raises(ValueError, match="照抄"):
        check(SectionUses.model_validate({"r": [{"t": "甲", "u": "存在问题"}] * 3}))


def test_a_chapter_on_problems_under_an_unusual_heading_acquits() -> None:
    """The form has no column for reasons; the chapter that names both rows gives them."""
    plain = review(CASE.source, Settings(engine="rules"), file_name=CASE.file_name)
    assert status(plain, "REA-10") == [("fail", "P2")]
    assert status(asked_of(HYBRID, uses(**{ASIDE: "存在问题"}))[0], "REA-10") == [("unverified", "P1")]


@pytest.mark.parametrize("name", ["绩效分析", "自评工作", "成效做法", "不明"])
def test_what_a_model_takes_it_for_else_accuses_nobody(name: str) -> None:
    assert status(asked_of(HYBRID, uses(**{ASIDE: name}))[0], "REA-10") == [("fail", "P2")]


def test_a_real_small_model_knows_the_chapter_on_problems() -> None:
    result = replayed(folder_of("unknown_chapters"), "hybrid")
    told = {section.title: section.role for section in result.report.sections}
    assert told[ASIDE] == "problems" and told["接下来要补的课"] == "measures"
    assert status(result, "REA-10") == [("unverified", "P1")]
    assert result.run.failed == ()


WRONG: dict[str, list[Behaviour]] = {
    "no section of these": [says({"r": [{"t": "第九节", "u": "存在问题"}]})] * 3,
    "no such use": [says({"r": [{"t": ASIDE, "u": "造假"}]})] * 3,
    "a page": [page()],
    "500": [fails(500)] * 9,
    "dropped": [drops] * 9,
    "half a body": [not_json] * 9,
    "10 MB": [huge()],
    "cut": [cut()],
}


@pytest.mark.parametrize("behaviours", WRONG.values(), ids=WRONG)
def test_a_server_that_misbehaves_leaves_the_rules_roles(
    behaviours: list[Behaviour], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(_: float) -> None:
        return

    plain = review(CASE.source, Settings(engine="rules"), file_name=CASE.file_name)
    with Misbehaving() as server:
        server.next(*behaviours)
        settings = server.settings(engine="hybrid")
        result = review(
            CASE.source, settings, file_name=CASE.file_name, connect=lambda: Chat(settings, sleep=at_once)
        )
    assert result.report == plain.report and result.checks == plain.checks
    assert [chunk.id for chunk in result.run.failed] == ["sections"]


UNNAMED = "四、另说几句"


def whole(*chapters: tuple[str, str]) -> str:
    return TITLE + "".join(f"{heading}\n{body}" for heading, body in chapters)


FULL = (
    ("一、部门基本情况", BODY * 9),
    ("二、预算执行情况", BODY * 9),
    ("三、绩效目标完成情况", BODY * 9),
)
LAST = ("五、自评结果应用情况", BODY)


@pytest.mark.parametrize(
    ("chapters", "expected"),
    [
        ((*FULL, LAST), [("fail", "P2")]),
        ((*FULL, ("四、存在的问题", "预算编制偏粗，个别经费年末集中支付。\n"), LAST), [("pass", "P1")]),
        ((*FULL, ("四、自评结论", "年末集中支付的问题已经整改。\n"), LAST), [("pass", "P1")]),
        ((*FULL, (UNNAMED, BODY), LAST), [("unverified", "P1")]),
        (FULL, [("pass", "P1")]),  # the end may be cut off
    ],
)
def test_a_whole_report_without_a_word_on_problems(
    chapters: tuple[tuple[str, str], ...], expected: list[tuple[str, str]]
) -> None:
    found = [(each.status, each.severity) for each in checks(whole(*chapters), "INT-01")]
    assert [each for each in found if each != ("pass", "P1")] == [e for e in expected if e != ("pass", "P1")]


def test_a_model_that_names_the_chapter_ends_the_question() -> None:
    body = "年末集中支付，三个股室的计划迟迟未定，执行滞后。\n"
    text = whole(*FULL, (UNNAMED, body), LAST).encode()

    def answers(use: str) -> Any:
        return lambda question: (
            {"r": [{"t": "另说几句", "u": use}]} if question.prompt.name == "sections" else {}
        )

    def told(use: str) -> list[tuple[str, str]]:
        result = review(text, HYBRID, file_name="a.txt", connect=connect(Double(answers(use))))
        return status(result, "INT-01")

    assert ("unverified", "P1") not in told("存在问题")
    assert ("unverified", "P1") in told("绩效分析") and ("fail", "P2") not in told("绩效分析")


def test_generic_is_said_only_of_problems_and_measures() -> None:
    text = whole(*FULL, ("四、存在的问题", "今后需进一步加强预算管理工作。\n"), LAST).encode()
    settings = Settings(engine="rules", critique="model", model="double")

    def remark(question: Question) -> Any:
        ids = re.findall(r"⟦(s\d+)⟧([^\n]*)", question.prompt.user)
        chosen = [each for each, words in ids if ("今后" in words) is wanted]
        return {"n": [{"c": "空泛", "r": chosen[0], "w": "没有对象和时限"}]}

    for wanted in (True, False):
        result = review(text, settings, file_name="a.txt", connect=connect(Double(remark)))
        assert [note.code for note in result.notes if note.origin == "model"] == ["REA-11"] * wanted
        assert any("不在问题与措施" in dropped for dropped in result.run.dropped) is not wanted
