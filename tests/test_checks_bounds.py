"""RAT-05, SCO-05, RAT-09: numbers beyond what they can be."""

from __future__ import annotations

import pytest

from extractor.schema import BaseCell, BaseRow
from tests.factory import Draft, full_rows, indicator


@pytest.mark.parametrize(
    ("words", "fired"),
    [
        ("群众满意率、办结率均达{100%:other/rate}以上。", [("RAT-05", "P2")]),
        ("群众满意率达{102%:other/rate}。", [("RAT-05", "P2")]),
        ("群众满意率达{100%:other/rate}。", []),
        ("群众满意率达{95%:other/rate}以上。", []),
        ("任务完成率达{120%:other/rate}。", []),  # more can be done than was planned
        ("收入增长{130%:other/rate}。", []),
    ],
)
def test_bounded_rates(words: str, fired: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say(words)
    assert draft.fired("RAT-05") == fired


def test_bounded_rates_in_a_form() -> None:
    draft = Draft()
    draft.form(
        [indicator("群众满意度", "≥90%", "110%"), indicator("任务完成率", "100%", "110%")],
        total=("100", "100"),
    )
    assert draft.fired("RAT-05") == [("RAT-05", "P2")]


def _scored(points: str, score: str, **options: str) -> Draft:
    draft = Draft()
    rows = [*full_rows(8), indicator("工作九", points=points, score=score, **options)]
    draft.form(rows, total=("100", "100"))
    return draft


@pytest.mark.parametrize(
    ("points", "score", "fired"),
    [
        ("10", "10", []),
        ("10", "0", []),
        ("10", "12", [("SCO-05", "P0")]),
        ("10", "-2", [("SCO-05", "P0")]),
        ("4", "43", []),  # a page number run into the score
    ],
)
def test_scores_within_their_points(points: str, score: str, fired: list[tuple[str, str]]) -> None:
    assert _scored(points, score).fired("SCO-05") == fired


def test_the_excess_is_measured() -> None:
    (check,) = [each for each in _scored("10", "12").checks("SCO-05") if each.status == "fail"]
    assert (str(check.computed), str(check.reported), str(check.difference)) == ("10", "12", "2")


def test_extra_points_stand_outside() -> None:
    assert _scored("5", "6", level1="加分项").statuses("SCO-05") == ["unverified"]


def test_another_scale_throughout() -> None:
    draft = Draft()
    draft.form([indicator(f"工作{n}", points="10", score="95") for n in range(5)], total=("50", "95"))
    assert draft.statuses("SCO-05") == ["unverified"]


def _building(approved: str, actual: str, rate: str) -> Draft:
    draft = Draft()
    table, start = draft.open_table("基础数据表（万元）")
    item = draft.cell("楼堂馆所控制情况", "b.item")
    assert item is not None
    cells = []
    for metric, raw in (
        ("building_invest_budget", approved),
        ("building_invest_actual", actual),
        ("building_invest_rate", rate),
    ):
        cell = draft.cell(raw, f"b.{metric}")
        assert cell is not None
        cells.append(BaseCell(column=metric, stage="other", metric=metric, cell=cell))
    draft.parts["base_data"].append(
        BaseRow(id="b", table=table, item=item, metric="other", cells=tuple(cells))
    )
    draft.close_table(table, start, "base_data", "整体")
    return draft


@pytest.mark.parametrize(
    ("values", "fired"),
    [
        (("500", "480", "96%"), []),
        (("500", "480", "98%"), [("RAT-09", "P1")]),
        (("500", "520", "104%"), [("RAT-09", "P1")]),
        (("——", "——", "——"), []),
    ],
)
def test_building_control(values: tuple[str, str, str], fired: list[tuple[str, str]]) -> None:
    assert _building(*values).fired("RAT-09") == fired
