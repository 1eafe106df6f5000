"""SCO: points, scores, totals and grades."""

from __future__ import annotations

from tests.catalogue import MUST
from tests.factory import TOTAL, Draft, full_rows, indicator

NINETY = full_rows(9)


def _form(
    rows: list[list[str | None]],
    total: tuple[str, str] | None = ("100", "100"),
    fund: list[str] | None = None,
) -> Draft:
    draft = Draft()
    draft.form(rows, [fund or TOTAL], total)
    return draft


def test_a_form_that_adds_up() -> None:
    assert _form(NINETY).fired(*MUST) == []


def test_the_score_of_the_execution() -> None:
    fund = ["年度资金总额", "220", "220", "181.50", "10", "82.50%", "10"]
    assert _form(NINETY, fund=fund).fired("SCO-01") == [("SCO-01", "P0")]
    fund[-1] = "8.25"
    assert _form(NINETY, ("100", "98.25"), fund).fired("SCO-01", "SCO-02") == []
    fund[-1] = "6"
    assert _form(NINETY, ("100", "96"), fund).fired("SCO-01") == [("SCO-01", "P2")]


def test_execution_over_the_budget_scores_no_more_than_full() -> None:
    assert _form(NINETY, fund=["年度资金总额", "100", "100", "102", "10", "102%", "10"]).fired("SCO-01") == []


def test_steps_that_the_report_prints_are_not_measured_by_our_formula() -> None:
    draft = _form(NINETY, fund=["年度资金总额", "220", "220", "200", "10", "90.91%", "10"])
    draft.say("计分办法：执行率90%以上得10分，80%至90%得8分。")
    assert draft.statuses("SCO-01") == ["unverified"]


def test_a_blank_score_is_not_zero() -> None:
    draft = _form(NINETY, fund=["年度资金总额", "220", "220", "200", "10", "90.91%", ""])
    assert draft.fired("SCO-01", "SCO-02") == []


def test_scores_of_the_rows_below_the_total_are_never_added() -> None:
    draft = Draft()
    draft.form(
        NINETY,
        [TOTAL, ["其中：当年财政拨款", "100.00", "120.00", "120.00", "10", "100%", "10"]],
        ("100", "100"),
    )
    assert draft.fired("SCO-02", "SCO-03") == []


def test_a_total_that_its_rows_do_not_make() -> None:
    (check,) = _form(NINETY, ("100", "99")).checks("SCO-02")
    assert (check.status, check.severity, str(check.difference)) == ("fail", "P0", "1")


def test_a_total_rounded_by_the_author() -> None:
    rows = [*full_rows(8), indicator("满意度", "≥95%", "93.1%", "10", "9.80")]
    assert _form(rows, ("100", "100")).fired("SCO-02") == []


def test_a_merged_score_cell_is_added_once() -> None:
    rows = [*full_rows(8), indicator("甲"), indicator("乙", points="~", score="~")]
    assert _form(rows).fired(*MUST) == []


def test_a_row_without_a_score_leaves_the_total_open() -> None:
    rows = [*full_rows(8), indicator("乙完成率", score="")]
    draft = _form(rows, ("100", "99"))
    assert draft.statuses("SCO-02") == ["unverified"]
    assert draft.fired(*MUST) == []


def test_an_empty_kind_of_indicator_is_no_gap() -> None:
    rows = [*NINETY, ["效益指标", "生态效益指标", "", "", "", "", "", ""]]
    assert _form(rows).fired(*MUST) == []


def test_a_subtotal_among_the_rows_is_not_a_row() -> None:
    rows = [*NINETY, ["产出指标", "小计", "", "", "", "90", "90", ""]]
    assert _form(rows).fired(*MUST) == []


def test_bonus_rows_stand_outside_the_hundred() -> None:
    rows = [*NINETY, indicator("获省级表彰", "1次", "1次", "2", "2", level1="加分项")]
    assert _form(rows, ("100", "102")).fired(*MUST) == []


def test_one_omitted_row_explains_three_checks() -> None:
    rows = [
        indicator("甲完成率", level1="产出指标（50分）"),
        indicator("乙完成率", points="25", score="25", level1=""),
        *full_rows(4),
    ]
    rows[2][0] = "效益指标（40分）"
    for row in rows[3:]:
        row[0] = ""
    assert _form(rows, ("100", "98")).fired(*MUST) == [("SCO-02", "P0"), ("SCO-03", "P0"), ("SCO-04", "P0")]


def test_the_execution_beside_a_full_hundred_is_one_question() -> None:
    assert _form(full_rows(10)).fired(*MUST) == [("SCO-03", "P1")]


def test_the_execution_as_an_indicator_row() -> None:
    rows = [*NINETY, indicator("预算执行率", "100%", "100%", "10", "10", level1="预算执行")]
    assert _form(rows).fired(*MUST) == []


def test_no_execution_in_the_scheme_and_other_totals() -> None:
    fund = ["年度资金总额", "100.00", "120.00", "120.00", "-", "100%", "-"]
    assert _form(full_rows(10), fund=fund).fired(*MUST) == []
    assert _form(full_rows(11), ("120", "120")).fired(*MUST) == []


def test_an_unread_execution_is_not_a_missing_ten() -> None:
    draft = Draft()
    draft.form(NINETY, [], ("100", "100"))
    assert draft.fired(*MUST) == []


def test_a_form_without_its_last_rows() -> None:
    draft = Draft()
    draft.form(full_rows(7), [TOTAL], None)
    assert draft.fired("SCO-02", "SCO-03") == []


def test_rows_read_from_a_guessed_grid_are_not_summed_up_against_the_unit() -> None:
    draft = Draft()
    draft.form(full_rows(7), [TOTAL], ("100", "100"), flags=["inferred_column"])
    assert not [each for each in draft.fired(*MUST) if each[1] in ("P0", "P1")]


def test_points_written_into_the_label() -> None:
    rows = [indicator(f"工作{n}完成率", level1="产出指标（50分）" if n == 1 else "") for n in range(1, 6)]
    rows += [indicator(f"成效{n}提升率", level1="效益指标（40分）" if n == 1 else "") for n in range(1, 5)]
    assert _form(rows).fired(*MUST) == []
    rows[0][0] = "产出指标（60分）"
    assert _form(rows).fired(*MUST) == [("SCO-04", "P0")]


def test_a_label_repeated_on_every_row() -> None:
    rows = [indicator(f"工作{n}完成率", level1="产出指标（50分）") for n in range(1, 6)] + full_rows(4)
    assert _form(rows).fired(*MUST) == []


def test_grades() -> None:
    def graded(score: str, grade: str, standard: str = "") -> list[tuple[str, str]]:
        draft = Draft()
        draft.say(f"自评得分{{{score}分:total_score/score}}。{standard}")
        draft.form(full_rows(9), [TOTAL], ("100", score), grade=grade)
        return draft.fired("SCO-10")

    assert graded("96", "优") == []
    assert graded("89.25", "良好") == []
    assert graded("85", "优秀") == []  # the other known standard
    assert graded("79.3", "优") == [("SCO-10", "P0")]
    assert graded("85", "优", "90分以上为优，80分以上为良，60分以上为中，60分以下为差。") == [
        ("SCO-10", "P0")
    ]
    assert graded("88", "一级") == []


def test_scores_on_two_scales() -> None:
    draft = Draft("summary")
    draft.summary([("甲", "10", "10", "98"), ("乙", "10", "10", "9.5")])
    assert draft.fired("SCO-13") == [("SCO-13", "P1")]
    one = Draft("summary")
    one.summary([("甲", "10", "10", "98"), ("乙", "10", "10", "96")])
    assert one.fired(*MUST) == []


def test_a_score_column_that_may_be_the_executions_is_asked_about_once_more() -> None:
    draft = Draft("summary")
    draft.summary([("甲", "500", "342.67", "10"), ("乙", "61.45", "0", "-"), ("丙", "27", "27", "10")])
    assert [each for each in draft.fired(*MUST) if each[0].startswith("SCO")] == [("SCO-01", "P1")]


def test_scores_above_every_weight() -> None:
    draft = Draft()
    draft.say(
        "权重总分{100分:total_weight/points}：产出{40分:ind_weight/points}，执行率{10分:ind_weight/points}，效益{40分:ind_weight/points}，满意度{10分:ind_weight/points}。"
    )
    draft.say("各项指标得分均在{95分:ind_score/score}以上。")
    assert draft.fired(*MUST) == [("SCO-13", "P1")]
    fine = Draft()
    fine.say("产出{40分:ind_weight/points}，效益{40分:ind_weight/points}，产出得{38分:ind_score/score}。")
    assert fine.fired(*MUST) == []


def _inferred(rows: list[list[str | None]], total: tuple[str, str]) -> Draft:
    draft = Draft()
    draft.form(rows, [TOTAL], total, flags=("inferred_column",))
    return draft


def test_columns_that_were_inferred_are_borne_out_by_the_other_sum() -> None:
    scored, weighed, both = full_rows(), full_rows(), full_rows()
    scored[3][6] = "8"
    weighed[3][5] = "15"
    both[3][5], both[3][6] = "15", "8"
    assert _inferred(scored, ("100", "100")).fired("SCO-02") == [("SCO-02", "P2")]
    assert _inferred(weighed, ("100", "100")).fired("SCO-03") == [("SCO-03", "P2")]
    assert _inferred(both, ("100", "100")).fired("SCO-02", "SCO-03") == []


def test_one_row_of_inferred_columns_scores_too_much() -> None:
    one, two = full_rows(), full_rows()
    one[3][6] = two[3][6] = two[4][6] = "12"
    assert _inferred(one, ("100", "100")).fired("SCO-05") == [("SCO-05", "P2")]
    assert _inferred(two, ("100", "100")).fired("SCO-05") == []
