"""REA-09, 11 and 12: posts, analyses, evidence."""

from __future__ import annotations

import pytest

from tests.factory import Draft, indicator
from tests.whole_report import BODY, TITLE, checks, fired


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("编制{27人:staff_quota/quota}，在职{28人:staff_on_duty/on_duty}。", [("REA-09", "P1")]),
        ("编制{28人:staff_quota/quota}，在职{28人:staff_on_duty/on_duty}。", []),
        ("编制{27人:staff_quota/quota}，在职{28人:staff_on_duty/on_duty}，超编1人为军转干部。", []),
    ],
)
def test_more_people_than_posts(sentence: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say(sentence)
    assert draft.fired("REA-09") == expected


def test_a_table_that_counts_the_retired() -> None:
    draft = Draft()
    draft.say(
        "编制{27人:staff_quota/quota}，实有{40人:staff_total/headcount}，在职{26人:staff_on_duty/on_duty}。"
    )
    draft.base([["会议费", "1", "1", "1"]], staff=("27", "40", ""))
    assert draft.fired("REA-09") == []
    draft = Draft()
    draft.base([["会议费", "1", "1", "1"]], staff=("27", "40", ""))
    assert draft.fired("REA-09") == [("REA-09", "P1")]


def test_posts_without_their_decimal_point_are_a_misreading() -> None:
    draft = Draft()
    draft.say("编制{14人:staff_quota/quota}，在职{140人:staff_on_duty/on_duty}。")
    (check,) = draft.checks("REA-09")
    assert (check.status, check.cause) == ("fail", "extraction")


VAGUE = "预算管理较理想，制度执行总体较为有效，但仍需进一步强化。\n"
EXACT = "设备采购尾款18.5万元未支付，供应商逾期交货，已按合同约定扣款。\n"
FORM = (
    "部门整体支出绩效自评表\n\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
    "\t产出指标\t数量指标\t巡查次数\t12次\t10次\t10\t8\t汛期两次取消\n\t产出指标\t质量指标\t合格率\t100%\t100%\t10\t10\t\n"
)


@pytest.mark.parametrize(
    ("body", "expected"), [(VAGUE, ["I"]), (EXACT, []), ("巡查次数未达标，因汛期取消两场。" + VAGUE, [])]
)
def test_an_analysis_that_names_nothing(body: str, expected: list[str]) -> None:
    text = f"{TITLE}一、基本情况\n{BODY}二、存在的问题\n{body}三、结果应用\n{BODY}\n{FORM}"
    assert fired(text, "REA-11") == expected


def test_full_marks_need_no_analysis() -> None:
    text = f"{TITLE}一、基本情况\n{BODY}二、存在的问题\n{VAGUE}"
    assert fired(text, "REA-11") == []


def test_conclusions_without_evidence_are_for_the_reviewer() -> None:
    (check,) = checks(f"{TITLE}群众满意度达100%。\n", "REA-12")
    assert (check.status, check.severity) == ("pass", "I")
    assert "未见佐证" in (check.reason or "")
    (check,) = checks(f"{TITLE}群众满意度达100%，详见调查问卷。\n", "REA-12")
    assert "提及佐证" in (check.reason or "")


def test_no_staff_no_finding() -> None:
    draft = Draft()
    draft.form([indicator("巡查次数")])
    assert draft.statuses("REA-09") == ["not_applicable"]
