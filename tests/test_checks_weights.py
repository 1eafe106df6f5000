"""SCO-11, SCO-12: how points are divided, and rows that have none."""

from __future__ import annotations

import pytest

from extractor.reconcile import reconcile
from extractor.records import replace
from extractor.schema import Profile
from tests.factory import TOTAL, Draft, indicator


def _rows(output: str, benefit: str, satisfaction: str | None) -> list[list[str | None]]:
    rows = [
        indicator("开展培训", points=output, score=output),
        indicator("社会影响", points=benefit, score=benefit, kind="社会效益指标", level1="效益指标"),
    ]
    if satisfaction is not None:
        rows.append(
            indicator(
                "群众满意",
                points=satisfaction,
                score=satisfaction,
                kind="服务对象满意度指标",
                level1="满意度指标",
            )
        )
    return rows


@pytest.mark.parametrize(
    ("points", "fired"),
    [
        (("50", "30", "10"), []),
        (("50", "40", None), []),
        (("40", "40", "10"), [("SCO-11", "I")]),
        (("50", "30", "20"), [("SCO-11", "I")]),
        (("30", "30", "10"), []),  # rows may have been lost
        (("50", "900", "10"), []),  # a decimal point may have been lost
    ],
)
def test_weight_schemes(points: tuple[str, str, str | None], fired: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.form(_rows(*points), [TOTAL], ("100", "100"))
    assert draft.fired("SCO-11") == fired


def test_satisfaction_under_benefit_is_told_apart() -> None:
    draft = Draft()
    rows = _rows("50", "30", None)
    rows.append(indicator("群众满意", points="10", score="10", kind="服务对象满意度指标", level1="效益指标"))
    draft.form(rows, [TOTAL], ("100", "100"))
    assert draft.statuses("SCO-11") == ["pass"]


def test_weights_a_report_states() -> None:
    draft = Draft()
    draft.say(
        "产出指标{40分:ind_weight/points}、执行率{10分:ind_weight/points}、效益{40分:ind_weight/points}、满意度{10分:ind_weight/points}。"
    )
    document, report = draft.build()
    stated = replace(report, profile=Profile(id="unrecognised", source="stated"))
    (check,) = reconcile(document, None, stated, codes=["SCO-11"])
    assert (check.status, check.severity, str(check.computed)) == ("fail", "I", "100")


def _gaps(blank: str, points: str) -> Draft:
    rows = [indicator(f"工作{n}", points=points, score=points) for n in range(9)]
    rows.insert(4, indicator("优质服务", points=blank, score=blank))
    draft = Draft()
    draft.form(rows, [TOTAL], ("100", "100"))
    return draft


@pytest.mark.parametrize(
    ("blank", "points", "fired"),
    [
        ("~", "10", []),  # merged cells: the rest fills the whole
        ("", "10", []),
        ("~", "8", []),
        ("", "8", [("SCO-12", "P1")]),
        ("~", "12", [("SCO-12", "P1")]),  # the rest passes the whole already
    ],
)
def test_rows_without_points(blank: str, points: str, fired: list[tuple[str, str]]) -> None:
    assert _gaps(blank, points).fired("SCO-12") == fired
