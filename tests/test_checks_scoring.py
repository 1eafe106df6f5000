"""SCO-06, SCO-07, SCO-16: the score of single indicators."""

from __future__ import annotations

import pytest

from tests.factory import Draft, indicator


def _one(*row: str | None, **more: str) -> list[tuple[str, str]]:
    draft = Draft()
    draft.form([indicator(*row, **more)])  # type: ignore[arg-type]
    return draft.fired("SCO-06", "SCO-07")


@pytest.mark.parametrize(
    ("row", "fired"),
    [
        (
            ("满意度", "100%", "98%", "10", "8"),
            [("SCO-06", "P2")],
        ),  # too little: never added to the unit's total
        (("满意度", "100%", "98%", "10", "10"), []),  # 9.8 in a column of whole numbers
        (("服务人数", "≥2000人", "1860人", "15", "15"), [("SCO-06", "P1")]),
        (("服务人数", "≥2000人", "1860人", "15", "13.95"), []),
        (("供水达标率", "≥95%", "96%", "10", "10"), []),
        (("受益人口", "≥1.2万人", "11000人", "10", "9.17"), []),  # two units of one count
        (("开展活动", "≥5场", "已完成", "10", "10"), []),
        (("验收合格率", "100%", "737.26", "10", "9"), []),  # not comparable: CMP-01's business
    ],
)
def test_positive_indicators(row: tuple[str, ...], fired: list[tuple[str, str]]) -> None:
    assert _one(*row) == fired


@pytest.mark.parametrize(
    ("row", "fired"),
    [
        (("设备故障率", "≤3%", "2.1%", "10", "10"), []),
        (("安全责任事故起数", "0起", "0起", "10", "10"), []),
        (("暴恐率", "0%", "0%", "10", "10"), []),
        (("平均响应时间", "≤30分钟", "33分钟", "10", "9.09"), []),  # A/B
        (("平均响应时间", "≤30分钟", "33分钟", "10", "9"), []),  # linear
        (("平均响应时间", "≤30分钟", "33分钟", "10", "10.00"), [("SCO-07", "P1")]),
        (("事故起数", "0起", "2起", "10", "10"), [("SCO-07", "P1")]),
        (("事故起数", "0起", "2起", "10", "6"), []),
        (("投诉办结率", "≥95%", "97%", "10", "10"), []),  # a negative word made positive
    ],
)
def test_reverse_indicators(row: tuple[str, ...], fired: list[tuple[str, str]]) -> None:
    assert _one(*row, kind="质量指标") == fired


def test_cost_below_its_target_loses_nothing_and_above_it_does() -> None:
    assert _one("项目成本", "≤128万元", "123.74万元", "10", "10", kind="成本指标") == []
    assert _one("项目成本", "52万", "142.8万元", "10", "8", kind="成本指标") == [("SCO-07", "P1")]
    assert (
        _one("总成本", "≤8万元", "7.6万元", "20", "20", kind="经济成本指标", level1="成本指标（20分）") == []
    )


def test_an_unknown_direction_is_left_open() -> None:
    draft = Draft()
    draft.form([indicator("经费变化", "20%", "15%", "10", "10", kind="效益指标")])
    assert draft.statuses("SCO-06") == ["unverified"]


def test_a_printed_scoring_method_comes_first() -> None:
    draft = Draft()
    draft.say("评分标准：每低1个百分点扣2分，扣完为止。")
    draft.form([indicator("满意度", "≥90%", "85%", "10", "0")])
    assert draft.fired("SCO-06", "SCO-07") == []


@pytest.mark.parametrize("target", ["290%", "285%"])
def test_a_recognised_sign_is_not_a_digit(target: str) -> None:
    assert _one("装备完好率", target, "93.2%", "15", "15") == []


def test_a_shared_score_is_nobodys_own() -> None:
    draft = Draft()
    draft.form(
        [indicator("甲完成率", "100%", "80%", "10", "10"), indicator("乙完成率", points="~", score="~")]
    )
    assert draft.fired("SCO-06") == []


MIXED = [
    ("≥90%", "93%"),
    ("发放率达到80%", "95%"),
    ("召开会议12次", "80%"),
    ("按时完成", "94%"),
    ("开展宣传4项", "85%"),
    ("完成率达到70%", "95%"),
]


def test_completion_rates_and_measured_rates_in_one_column() -> None:
    draft = Draft()
    rows = [indicator(f"任务{n}", t, a, "10", str(float(a[:-1]) / 10)) for n, (t, a) in enumerate(MIXED)]
    draft.form(rows)
    (check,) = draft.checks("SCO-16")
    assert (check.status, check.severity) == ("fail", "P2")
    assert str(check.computed) == "1.7"  # 0.7 + 0.5 + 0.5


def test_a_reverse_rate_is_no_met_target() -> None:
    draft = Draft()
    rows = [indicator(f"任务{n}", "投诉率不超过5%", "80%", "10", "8") for n in range(6)]
    draft.form(rows)
    assert draft.fired("SCO-16") == []


def test_a_share_of_completion_rounded_as_printed_is_followed() -> None:
    assert _one("举办展览场次", "12场", "11场", "20", "18.34") == []  # 91.7 % of 20
    assert _one("举办展览场次", "12场", "11场", "20", "19.34") == [("SCO-06", "P1")]
