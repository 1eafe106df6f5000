"""Slips that stand plainly on the page although a coincidence, an empty cell or a guessed column may hide them; each with its silent twin."""

from __future__ import annotations

import pytest

from extractor.document import Span, SpanPart
from extractor.records import replace
from extractor.schema import OVERALL, Cell, Evidence, Indicator
from tests.factory import TOTAL, Draft, full_rows, indicator
from tests.whole_report import BODY, TITLE, fired

GUESSED = ("inferred_column",)


def test_a_score_put_together_from_a_cell_and_a_page_number() -> None:
    draft = Draft()
    draft.form([*full_rows(8), indicator("厉行节约", points="10", score="12")], [TOTAL], ("100", "100"))
    assert draft.fired("SCO-02") == [("SCO-02", "P0")]
    row = draft.parts["indicators"][-1]
    span = row.score.span
    torn = Span(
        start=span.start,
        end=span.end,
        parts=(SpanPart(start=span.start, end=span.start + 1), SpanPart(start=span.end - 1, end=span.end)),
    )
    draft.parts["indicators"][-1] = replace(row, score=replace(row.score, span=torn))
    assert draft.fired("SCO-02") == []


@pytest.mark.parametrize(
    ("rate", "score", "expected"),
    [
        ("82%", "8.6", [("RAT-01", "P2")]),  # of the initial budget by chance: the score says 86 %
        ("86%", "8.6", []),
        ("82%", "8.2", []),  # the form takes the initial budget throughout
    ],
)
def test_a_rate_that_fits_the_initial_budget_by_chance(
    rate: str, score: str, expected: list[tuple[str, str]]
) -> None:
    draft = Draft()
    draft.form(full_rows(), [["年度资金总额", "235.00", "224.00", "192.70", "10", rate, score]])
    assert draft.fired("RAT-01") == expected


@pytest.mark.parametrize(("rate", "expected"), [("95%", ["P1"]), ("99.84%", [])])
def test_a_rate_beside_the_money_received(rate: str, expected: list[str]) -> None:
    draft = Draft()
    draft.say(
        f"资金到位{{1836万元:revenue_budget/budget_annual}}，实际使用{{1833万元:exec_annual/exec}}，资金使用率为{{{rate}:exec_rate/rate}}。"
    )
    draft.form([indicator("预算完成率", target=None, actual=None) for _ in range(3)])
    assert [severity for _, severity in draft.fired("RAT-01")] == expected


@pytest.mark.parametrize(("between", "expected"), [("", [("INT-08", "P1")]), ("12", [])])
def test_results_between_points_and_score(between: str, expected: list[tuple[str, str]]) -> None:
    """Forms with the points in front of the results leave them empty there."""
    draft = Draft()
    table, start = draft.open_table("绩效自评表（单位：万元）")
    rows = []
    for number in range(5):
        cells: dict[str, Cell | None] = {"level1": None, "level2": None, "reason": None}
        for key, raw in (("level3", f"工作{number}"), ("target", "12次"), ("points", "10")):
            cells[key] = draft.cell(raw, f"i{number}.{key}")
        cells["actual"] = draft.cell(between, f"i{number}.actual")
        cells["score"] = draft.cell("10", f"i{number}.score")
        rows.append(cells)
    draft.parts["indicators"] += [
        Indicator(id=f"i{n}", table=table, scope=OVERALL, **cells) for n, cells in enumerate(rows)
    ]
    draft.close_table(table, start, "self_evaluation", OVERALL)
    assert draft.fired("INT-08") == expected


@pytest.mark.parametrize(("spent", "expected"), [("", [("INT-09", "P1")]), ("98.00", [])])
def test_a_form_whose_only_budget_is_the_initial_one(spent: str, expected: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.form(full_rows(), [["合计", "100.00", None, spent, "10", "98%", "10"]], ("100", "100"))
    assert draft.fired("INT-09") == expected


@pytest.mark.parametrize(("actual", "expected"), [("100%", [("INT-09", "P1")]), ("", [])])
def test_a_form_without_scores_that_tells_what_was_reached(
    actual: str, expected: list[tuple[str, str]]
) -> None:
    draft = Draft("transfer")
    rows = [indicator(f"工作{n}完成率", actual=actual, points=None, score=None) for n in range(4)]
    draft.form(rows, [["年度资金总额", None, "100.00", "", None, "", None]])
    assert draft.fired("INT-09") == expected


@pytest.mark.parametrize(
    ("points", "blank", "expected"),
    [
        ("7", "", [("SCO-12", "P2")]),  # 93 of 100 although no execution weighs seven
        ("10", "", []),  # the execution's ten points stand elsewhere
    ],
)
def test_one_row_without_points_in_a_form_without_execution(
    points: str, blank: str, expected: list[tuple[str, str]]
) -> None:
    draft = Draft()
    rest = str((int(points) - 10) // 2)
    for kind, level1, others in (
        ("数量指标", "产出指标", ("会议", "培训")),
        ("社会效益指标", "效益指标", ("检查", "宣传")),
    ):
        rows = [indicator(f"{name}次数完成率", points=rest, score=rest) for name in others]
        draft.form([*rows, indicator("道路养护及时率", kind=kind, level1=level1)])
    assert bool(draft.fired("REA-06")) is fires
