"""RAT: rates beside the numbers they are made of."""

from __future__ import annotations

import pytest

from tests.factory import Draft, full_rows


def _fund(
    rate: str, executed: str = "478", annual: str = "500", initial: str = "500", score: str = "9.56"
) -> Draft:
    draft = Draft("project")
    row = ["年度资金总额", initial, annual, executed, "10", rate, score]
    draft.form(
        full_rows(),
        [row, ["其中：当年财政拨款", *row[1:4], "-", rate, "-"]],
        ("100", "99.56"),
        scope="某项目",
    )
    return draft


@pytest.mark.parametrize("rate", ["95.6%", "95.60%", "96%", "95%", "0.956", "95.6", "95.7%"])
def test_every_way_a_right_rate_is_printed(rate: str) -> None:
    assert _fund(rate).fired("RAT-01") == []


def test_a_wrong_rate_is_reported_once_for_equal_rows() -> None:
    (check,) = _fund("96.5%").checks("RAT-01")
    assert (check.status, check.severity, str(check.difference)) == ("fail", "P0", "0.90")


def test_a_rate_on_the_initial_budget_and_a_whole_one_without_a_sign() -> None:
    assert _fund("95.6%", annual="520").fired("RAT-01") == []
    assert _fund("1", executed="500").fired("RAT-01") == []


def test_a_rate_of_a_part_is_no_accusation() -> None:
    draft = Draft()
    draft.say(
        "全年预算数{100万元:budget_annual/budget_annual}，全年支出{80万元:exec_annual/exec}，其中项目执行率达到{95%:exec_rate/rate}。"
    )
    assert draft.statuses("RAT-01") == ["unverified"]


def _staff(quota: str, on_duty: str, rate: str) -> list[tuple[str, str]]:
    draft = Draft()
    draft.base([], staff=(quota, on_duty, rate))
    return draft.fired("RAT-02")


def test_staff_control_rate() -> None:
    assert _staff("11", "10", "90.91%") == []
    assert _staff("11", "10", "90%") == []  # cut off, not rounded: a remark
    assert _staff("11", "10", "91%") == []
    assert _staff("11", "10", "——") == []
    assert _staff("11", "10", "80%") == [("RAT-02", "P1")]
    assert _staff("27", "28", "") == [("RAT-02", "P1")]


def test_a_table_that_counts_the_retired_as_on_duty() -> None:
    draft = Draft()
    draft.say(
        "编制{27人:staff_quota/quota}，实有{40人:staff_total/headcount}，其中在职{28人:staff_on_duty/on_duty}、退休{12人:staff_retired/retired}。"
    )
    draft.base([], staff=("27", "40", ""))
    (check,) = draft.checks("RAT-02")
    assert str(check.computed) == "103.70"


@pytest.mark.parametrize(
    ("budget", "actual", "fired"),
    [
        ("38", "135.44", True),
        ("65", "58.90", False),
        ("2", "6", False),  # 300 %, but only 4 万元
        ("0", "8", True),
        ("——", "8", False),
        ("20", "", False),
    ],
)
def test_procurement_is_asked_about_from_five_wan_on(budget: str, actual: str, fired: bool) -> None:
    draft = Draft()
    draft.base([("政府采购金额", "——", budget, actual)])
    assert bool(draft.fired("RAT-06")) is fired


def test_procurement_in_yuan_keeps_the_same_threshold() -> None:
    draft = Draft()
    draft.base([("政府采购金额", "——", "20,000.00", "60,000.00")], caption="基础数据表（单位：元）")
    assert draft.fired("RAT-06") == []
