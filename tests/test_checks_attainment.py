"""SCO-08, SCO-09: what was reached against what was scored."""

from __future__ import annotations

import pytest

from tests.factory import Draft, full_rows, indicator


def _form(*rows: list[str | None], say: str = "") -> Draft:
    draft = Draft()
    if say:
        draft.say(say)
    draft.form([*full_rows(4), *rows], total=("100", "100"))
    return draft


@pytest.mark.parametrize(
    ("actual", "score", "fired"),
    [
        ("达成预期指标", "10", []),
        ("达成预期指标", "8", []),
        ("达成预期指标", "6", [("SCO-08", "P1")]),
        ("部分达成预期指标并具有一定效果", "7", []),
        ("部分达成预期指标并具有一定效果", "5.5", []),  # 80-50 in the older division
        ("部分达成预期指标并具有一定效果", "10", [("SCO-08", "P1")]),
        ("未达成预期指标且效果较差", "5", []),
        ("未达成预期指标且效果较差", "9", [("SCO-08", "P1")]),
        ("持续提升", "3", []),  # no tier
    ],
)
def test_tiers(actual: str, score: str, fired: list[tuple[str, str]]) -> None:
    row = indicator("提升服务水平", "达成预期指标", actual, "10", score, kind="社会效益指标")
    assert _form(row).fired("SCO-08") == fired


def test_a_tier_names_its_bound() -> None:
    row = indicator("提升服务水平", "达成预期指标", "达成预期指标", "10", "6")
    (check,) = [c for c in _form(row).checks("SCO-08") if c.status == "fail"]
    assert (str(check.computed), str(check.reported)) == ("8.00", "6")


@pytest.mark.parametrize(
    ("target", "actual", "score", "reason", "fired"),
    [
        ("90%", "90%", "8", "", [("SCO-09", "P1")]),
        ("≤5%", "≤5%", "9", "合理利用资金", [("SCO-09", "P1")]),  # a measure, not a cause
        ("90%", "90%", "10", "", []),
        ("90%", "85%", "8", "", []),  # SCO-06's matter
        ("90%", "90%", "8", "因档案归档滞后扣2分", []),
        ("100%", "全年", "8", "", []),  # not comparable
    ],
)
def test_met_and_deducted(
    target: str, actual: str, score: str, reason: str, fired: list[tuple[str, str]]
) -> None:
    assert _form(indicator("群众知晓率", target, actual, "10", score, reason)).fired("SCO-09") == fired


def test_a_report_with_its_own_method_is_not_measured_by_ours() -> None:
    row = indicator("群众知晓率", "90%", "90%", "10", "8")
    assert _form(row, say="评分标准：每低一个百分点扣1分，佐证不全的酌情扣分。").fired("SCO-09") == []


@pytest.mark.parametrize(("ground", "fires"), [("资料齐全", False), ("", True)])
def test_a_column_of_grounds_is_a_method_where_full_scores_tell_theirs(ground: str, fires: bool) -> None:
    draft = Draft()
    draft.say("三级指标 指标值 完成值 分值 得分 得失分依据及原因")
    rows = [indicator(f"工作{n}完成率", reason=ground) for n in range(4)]
    draft.form([indicator("群众知晓率", "90%", "90%", "10", "8"), *rows], total=("50", "48"))
    assert bool(draft.fired("SCO-09")) is fires


@pytest.mark.parametrize(("score", "level"), [("10", ["P2"]), ("9", [])])
def test_reached_in_part_with_full_points_is_asked_even_where_columns_were_guessed(
    score: str, level: list[str]
) -> None:
    draft = Draft()
    row = indicator("公共服务水平", "持续提升", "部分达成预期指标", "10", score)
    draft.form([row], total=("100", "100"), flags=("inferred_column",))
    assert [severity for _, severity in draft.fired("SCO-08")] == level


def test_scores_by_the_rate_reached_are_another_matter() -> None:
    draft = Draft()
    rows = [indicator(f"工作{n}达到率", "≥80%", "93%", "5", "4.65") for n in range(6)]
    draft.form(rows, total=("30", "27.9"))
    assert draft.fired("SCO-09") == []


def test_a_doubtful_reading_accuses_no_one() -> None:
    draft = Draft()
    draft.form([indicator("群众知晓率", "90%", "90%", "10", "8")], total=("100", "100"), flags=("glued",))
    assert draft.fired("SCO-09") == []
