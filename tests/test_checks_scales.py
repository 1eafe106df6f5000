"""UNI-02…06: slips, powers of ten, signs, units, doubled phrases."""

from __future__ import annotations

import pytest

from extractor.profiles.slips import slips
from tests.factory import Draft, indicator
from tests.whole_report import BODY, TITLE, fired, told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("做好法制政府建设。", ["P2"]),
        ("资金拔付及时，绩校目标明确。", ["P2"]),
        ("年末完成全部支付，先给予算法培训补助。", []),
        ("扎实推进法治政府建设，资金拨付及时。", []),
        ("深入开展思想政治教育和环境整治。", []),
        ("大部份资金已签定合同，帐目清楚，积效明显，服务复盖全县。", ["P2"]),
        ("全部份额已转让，中标签定于三月，恢复盖章办理，累积效应明显。", []),
        ("发放棉帐篷、蚊帐，按排名发布署名文章，以经济发展为主，究竟争取多少。", []),
        ("发放慰问券，取得份额，通报消防检查结果，当做为民服务的平台。", []),
    ],
)
def test_slips(sentence: str, expected: list[str]) -> None:
    assert fired(TITLE + BODY + sentence + "\n", "UNI-02") == expected


def test_the_note_names_what_is_meant() -> None:
    assert told(TITLE + BODY + "加强陪训。\n", "UNI-02") == "“陪训”疑为“培训”"


def test_the_dictionary_holds_no_word_of_its_own_corrections() -> None:
    right = "".join(slip.right for slip in slips())
    for slip in slips():
        assert slip.wrong not in right
        assert slip.unless is None or slip.unless.search(slip.wrong) is None


@pytest.mark.parametrize(
    ("fund", "fires"),
    [
        (["1699.19", "1699.19", "169.919"], True),
        (["1699.19", "1699.19", "1699.19"], False),
        (["100", "1000", "1000"], False),  # one digit proves nothing
        (["12.5", "125", "125"], False),  # nor do three
        (["1699.19", "1780.00", "1692.33"], False),
    ],
)
def test_powers_of_ten(fund: list[str], fires: bool) -> None:
    draft = Draft()
    draft.form([], [["年度资金总额", *fund, "10", "", "10"]])
    assert draft.fired("UNI-03") == ([("UNI-03", "P1")] if fires else [])


def test_a_point_that_a_picture_may_have_lost_is_asked_about() -> None:
    draft = Draft()
    draft.form([], [["年度资金总额", "1699.19", "1699.19", "169919", "10", "", "10"]], flags=["ocr"])
    assert draft.fired("UNI-03") == [("UNI-03", "P2")]


@pytest.mark.parametrize(
    ("name", "target", "kind", "fires"),
    [
        ("设备购置成本", "≥52万元", "成本指标", True),
        ("设备购置成本", "≤52万元", "成本指标", False),
        ("成本节约额", "≥52万元", "成本指标", False),
        ("引导社会投入成本", "≥52万元", "成本指标", False),
        ("群众满意度", "≤90%", "满意度指标", True),
        ("群众不满意率", "≤10%", "满意度指标", False),
        ("办结率", "=80%", "时效指标", False),
    ],
)
def test_signs(name: str, target: str, kind: str, fires: bool) -> None:
    draft = Draft()
    draft.form([indicator(name, target, "50", kind=kind)])
    assert draft.fired("UNI-04") == ([("UNI-04", "P2")] if fires else [])


@pytest.mark.parametrize(
    ("name", "target", "kind", "fires"),
    [
        ("会议成本", "52万", "成本指标", True),
        ("会议成本", "52万元", "成本指标", False),
        ("印发资料份数", "52万", "数量指标", False),
    ],
)
def test_units_cut_short(name: str, target: str, kind: str, fires: bool) -> None:
    draft = Draft()
    draft.form([indicator(name, target, target, kind=kind)])
    assert draft.fired("UNI-05") == ([("UNI-05", "P2")] if fires else [])


def test_units_printed_twice() -> None:
    assert fired(TITLE + BODY + "全年支出854万万元。\n", "UNI-05") == ["P2"]
    assert fired(TITLE + BODY + "全年支出854万元，万元以上项目3个。\n", "UNI-05") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("项目支出40.00万，执行率98%。", ["P2"]),
        ("全年拨付199.92万。", ["P2"]),
        ("培训学员1.2万，覆盖全县。", []),
        ("经费预算30万元，服务人次达5万，满意度95%。", []),
    ],
)
def test_money_told_in_wan(sentence: str, expected: list[str]) -> None:
    assert (
        fired(TITLE + BODY + "全年预算数120万元，全年支出118万元。\n" + sentence + "\n", "UNI-05") == expected
    )


@pytest.mark.parametrize(
    ("name", "fires"),
    [
        ("加强重点人群管控 重点人群管控", True),
        ("加强重点人群管控、重点地区管控", False),
        ("合规性 合规性", True),
        ("指标1：巡查次数 指标1：巡查次数", True),
        ("合规", False),
        ("100100", False),
    ],
)
def test_phrases_printed_twice(name: str, fires: bool) -> None:
    draft = Draft()
    draft.form([indicator(name)])
    assert draft.fired("UNI-06") == ([("UNI-06", "I")] if fires else [])


@pytest.mark.parametrize(("score", "level"), [("10", ["P2"]), ("12", []), ("", [])])
def test_a_row_of_inferred_columns_that_is_whole_is_asked_about(score: str, level: list[str]) -> None:
    draft = Draft()
    several = "调度会4次以上，培训12次以上，宣传1次，检查2次"
    draft.form([indicator("调度情况", several, "95%", "10", score)], flags=("inferred_column",))
    assert [severity for _, severity in draft.fired("CMP-05")] == level
