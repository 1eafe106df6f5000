"""SUM-13, RAT-03, RAT-11: shares of wholes."""

from __future__ import annotations

import pytest

from tests.factory import Draft

ASSETS = (
    "配置固定资产{%s万元:asset_fixed_added/other}。配置通用设备{61.54万元:asset_class_amount/other}，占{%s%%:asset_class_share/rate}；"
    "配置家具{3.23万元:asset_class_amount/other}，占{%s%%:asset_class_share/rate}。"
)


@pytest.mark.parametrize(
    ("words", "fired"),
    [
        (("64.76", "95.02", "4.98"), []),  # a cent of rounding, shares cut off
        (("66.76", "95.02", "4.98"), [("SUM-13", "P1")]),
        (("84.77", "72.60", "3.81"), [("SUM-13", "I")]),  # a list that does not claim the whole
        (("60.00", "72.60", "3.81"), [("SUM-13", "P1")]),
        (("64.77", "95.02", "14.98"), [("SUM-13", "P1")]),
    ],
)
def test_asset_classes(words: tuple[str, ...], fired: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say(ASSETS % words)
    assert draft.fired("SUM-13") == fired


def test_one_sentence_may_sort_the_same_assets_twice() -> None:
    draft = Draft()
    draft.say(
        "配置无形资产{16.4万元:asset_intangible_added/other}，均为软件{16.4万元:asset_class_amount/other}，占{100%:asset_class_share/rate}，"
        "取得方式为新购{16.4万元:asset_class_amount/other}，占{100%:asset_class_share/rate}。"
    )
    assert draft.fired("SUM-13") == []


SHARE = "基本支出{591.29万元:expenditure_basic/exec}，其中人员经费{397.46万元:expenditure_personnel/exec}，占基本支出的{%s%%:share_personnel/rate}。"


@pytest.mark.parametrize(
    ("share", "status"), [("67.2", "pass"), ("67.22", "pass"), ("67.21", "rounding"), ("76.2", "fail")]
)
def test_share_of_a_named_whole(share: str, status: str) -> None:
    draft = Draft()
    draft.say(SHARE % share)
    (check,) = draft.checks("RAT-03")
    assert (check.status, check.severity) == (status, {"fail": "P2", "pass": "P2"}.get(status, "I"))


def test_a_share_of_a_whole_that_is_not_printed() -> None:
    draft = Draft()
    draft.say("人员经费{397.46万元:expenditure_personnel/exec}，占一般公共预算的{54%:other/rate}。")
    assert draft.checks("RAT-03")[0].status == "not_applicable"


@pytest.mark.parametrize(
    ("count", "share", "status"), [("42", "61", "pass"), ("2", "70", "fail"), ("1", "33.3", "pass")]
)
def test_counts_with_shares(count: str, share: str, status: str) -> None:
    draft = Draft()
    draft.say(f"达标社区{{{count}个:other/other}}，占比{{{share}%:other/rate}}。")
    assert draft.statuses("RAT-11") == [status]
