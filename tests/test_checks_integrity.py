"""Rows that contradict themselves were misread: what rests on them is left open, what does not is still said."""

from __future__ import annotations

import pytest

from tests.factory import TOTAL, Draft, full_rows, indicator


def _all(draft: Draft, code: str) -> list[tuple[str, str]]:
    return [(check.status, check.severity) for check in draft.checks(code)]


def test_a_rate_of_another_order_leaves_the_row_open() -> None:
    draft = Draft()
    row = ["年度资金总额", "84.20", "84.20", "3", "10", "96.20%", "9.62"]
    draft.form(full_rows(), [row], ("100", "99.62"))
    for code in ("RAT-01", "SCO-01", "REA-01"):
        assert "fail" not in draft.statuses(code)
    assert draft.statuses("RAT-01") == ["unverified"]


def test_a_rate_a_few_points_off_is_still_said() -> None:
    draft = Draft()
    row = ["年度资金总额", "84.20", "84.20", "81.00", "10", "91.20%", "9.62"]
    draft.form(full_rows(), [row], ("100", "99.62"))
    assert draft.fired("RAT-01") == [("RAT-01", "P0")]


@pytest.mark.parametrize(
    ("target", "actual", "fires"),
    [("≥300台", "3台", False), ("≥20250份", "200份", False), ("≥300台", "210台", True)],
)  # fmt: skip
def test_a_full_score_for_next_to_nothing_is_a_value_cut_short(target: str, actual: str, fires: bool) -> None:
    draft = Draft()
    rows = full_rows()
    rows[0] = indicator("更新路灯数量", target=target, actual=actual, points="10", score="10")
    draft.form(rows, [TOTAL], ("100", "100"))
    assert bool(draft.fired("SCO-06")) is fires


def test_a_score_without_its_point_is_not_summed() -> None:
    draft = Draft()
    rows = full_rows()
    rows[0] = indicator("宣讲场次", points="10", score="955")
    draft.form(rows, [TOTAL], ("100", "99.55"))
    assert draft.fired("SCO-02", "SCO-05", "SCO-06") == []


_PUBLIC = [
    ("公用经费", "60.12", "64.30", "62.75"),
    ("其中：办公经费", "20.12", "24.30", "22.75"),
    ("水费、电费、差旅费", "25.00", "26.00", "24.00"),
    ("其他费用", "15.00", "14.00", "16.00"),
]


def test_an_amount_that_lost_its_point_is_not_added_up() -> None:
    draft, whole = Draft(), Draft()
    draft.base([*_PUBLIC[:3], ("其他费用", "15.03", "14.02", "1602")])
    assert "fail" not in draft.statuses("SUM-09")
    whole.base([*_PUBLIC[:3], ("其他费用", "15.00", "14.00", "19.00")])
    assert "fail" in whole.statuses("SUM-09")


def test_an_amount_with_more_places_than_all_others_is_two_cells() -> None:
    draft = Draft()
    draft.base(
        [*_PUBLIC[:3], ("其他费用", "15.00", "14.3751", "16.00"), ("政府采购金额", "1.00", "2.00", "3.00")]
    )
    assert "fail" not in draft.statuses("SUM-09")


def test_a_listed_project_whose_cells_slipped_is_left_open() -> None:
    draft = Draft("summary")
    draft.say("2022年安排河道清淤项目{88.40万元:project_exec/exec@河道清淤项目}。")
    draft.summary(
        [
            ("桥梁检测项目", "41.00", "40.00", "98.10"),
            ("苗圃管护项目", "52.00", "52.00", "99.30"),
            ("河道清淤项目", "", "6", ""),
        ]
    )
    assert "fail" not in draft.statuses("CON-01") + draft.statuses("REA-01")


def test_where_letters_stand_for_digits_nothing_in_a_table_is_graver_than_a_question() -> None:
    draft = Draft()
    draft.say("培训合格率9l.6%，公用经费3O.5万元。")
    draft.form(full_rows(), [TOTAL], ("100", "92"))
    assert [severity for _, severity in draft.fired("SCO-02")] == ["P2"]
    clear = Draft()
    clear.say("培训合格率91.6%，公用经费30.5万元，另见B1层、4S店和O2O平台。")
    clear.form(full_rows(), [TOTAL], ("100", "92"))
    assert [severity for _, severity in clear.fired("SCO-02")] == ["P0"]


@pytest.mark.parametrize("cut", [True, False])
def test_a_number_that_is_the_rest_of_another_past_a_lines_end_is_a_piece(cut: bool) -> None:
    draft = Draft()
    draft.say("项目支出{127.15万元:expenditure_project/exec}。")
    before = "1\n" if cut else ""
    draft.say(f"整体情况：项目支出{before}{{27.15万元:expenditure_project/exec}}。")
    assert bool(draft.fired("CON-02")) is not cut


def test_a_budget_ten_times_both_its_beginning_and_its_spending() -> None:
    slip, grown = Draft(), Draft()
    for draft, annual in ((slip, "6180"), (grown, "1330")):
        draft.say(
            f"2022年，我局年初预算{{605万元:budget_initial/budget_initial}}，全年预算数{{{annual}万元:budget_annual/budget_annual}}，"
            "完成支付{611万元:exec_annual/exec}。"
        )
    assert [severity for _, severity in slip.fired("UNI-03")] == ["P1"]
    assert grown.fired("UNI-03") == []


def test_an_average_that_one_unread_score_explains() -> None:
    open_, told = Draft("summary"), Draft("summary")
    rows = [("桥梁检测项目", "41.00", "40.00", "98"), ("苗圃管护项目", "52.00", "52.00", "99")]
    closing = [("98分", "selfeval_avg_score", "score")]
    open_.summary([*rows, ("河道清淤项目", "37.00", "37.00", "")], closing)
    assert open_.fired("RAT-10") == []
    told.summary([*rows, ("河道清淤项目", "37.00", "37.00", "-")], closing)
    assert told.fired("RAT-10") == [("RAT-10", "P1")]


def test_a_kind_of_decisions_repeats_a_kind_of_benefits() -> None:
    draft = Draft()
    rows = full_rows()
    rows[0] = ["决策", "项目立项", "立项依据充分性", "充分", "充分", "10", "10", ""]
    rows[5] = ["效益", "项目效果", "立项依据充分性", "充分", "充分", "10", "10", ""]
    draft.form(rows, [TOTAL], ("100", "100"))
    assert draft.fired("REA-06") == [("REA-06", "P1")]


def test_cells_of_a_base_row_run_together_are_added_to_nothing() -> None:
    draft = Draft()
    rest = [(f"{n}、其他事项", "31", "36", "33") for n in range(2, 7)]
    draft.base(
        [*_PUBLIC[:2], ("水费、电费、差旅费", "354366", "", ""), ("其他费用", "15", "14", "16"), *rest]
    )
    assert "fail" not in draft.statuses("SUM-09")


@pytest.mark.parametrize(("spent", "status"), [("101108", "unverified"), ("1083.20", "fail")])
def test_spending_that_lost_its_point_is_not_held_against_the_budget(spent: str, status: str) -> None:
    draft = Draft()
    draft.say(
        f"全年预算数{{1021.37万元:budget_annual/budget_annual}}，完成支付{{{spent}万元:exec_annual/exec}}。"
    )
    assert draft.statuses("REA-01") == [status]


@pytest.mark.parametrize(("total", "fails"), [("20", False), ("52", True)])
def test_a_best_grade_beside_a_fifth_of_the_points_is_another_number(total: str, fails: bool) -> None:
    draft = Draft()
    draft.form(full_rows(), [TOTAL], ("100", total), grade="优")
    assert bool(draft.fired("SCO-10")) is fails
