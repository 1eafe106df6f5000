"""SCO-14, SCO-15: scores beside spending, and scores that are all full."""

from __future__ import annotations

import pytest

from extractor.critique import notes
from extractor.profiles import rules
from extractor.reconcile.case import Case
from extractor.reconcile.registry import ledger
from tests.factory import Draft, full_rows, indicator


def _form(executed: str, say: str = "", reason: str = "") -> Draft:
    draft = Draft("project")
    if say:
        draft.say(say)
    funds = [["年度资金总额", "100", "100", executed, "10", "", "10"]]
    draft.form([*full_rows(8), indicator("工作九", reason=reason)], funds, ("100", "100"), scope="某专项经费")
    return draft


@pytest.mark.parametrize(
    ("draft", "fired"),
    [
        (_form("68.53"), [("SCO-14", "P2")]),
        (_form("81"), []),
        (_form("68.53", say="某专项经费执行率偏低，因工程跨年支付，尾款按合同次年支付。"), []),
        (_form("68.53", reason="因招标节约资金"), []),
    ],
)
def test_scores_above_spending(draft: Draft, fired: list[tuple[str, str]]) -> None:
    assert draft.fired("SCO-14") == fired


def test_the_distance_is_recomputed() -> None:
    check = next(c for c in _form("68.53").checks("SCO-14") if c.status == "fail")
    assert str(check.computed) == "31.47"


def test_a_list_scored_out_of_ten() -> None:
    draft = Draft("summary")
    draft.summary(
        [("甲项目", "500", "342.67", "10"), ("乙项目", "100", "100", "10"), ("丙项目", "60", "0", "-")]
    )
    assert draft.fired("SCO-14") == [("SCO-14", "P2")]


def test_uniform_scores_stay_in_the_ledger() -> None:
    draft = _form("100")
    document, report = draft.build()
    case = Case(document, None, report, rules())
    checks = ledger(case, ["SCO-15"])
    assert [(c.status, c.severity) for c in checks] == [("fail", "I")]
    assert notes(case, checks) == ()


def test_some_deductions_are_not_uniform() -> None:
    draft = Draft()
    draft.form([*full_rows(8), indicator("工作九", score="9")], total=("100", "99"))
    assert draft.fired("SCO-15") == []
