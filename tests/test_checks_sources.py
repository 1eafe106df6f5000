"""SUM-03, SUM-04: how the annual budget came about and where its money comes from."""

from __future__ import annotations

import pytest

from extractor.pipeline import review
from extractor.settings import Settings
from tests.factory import TOTAL, Draft, full_rows

HISTORY = "2022年年初预算{%s万元:budget_initial/budget_initial}，年中%s{%s:budget_adjust/adjust}%s，全年预算数{%s万元:budget_annual/budget_annual}。"


def _told(*words: str) -> Draft:
    draft = Draft()
    draft.say(HISTORY % words)
    return draft


@pytest.mark.parametrize(
    ("words", "fired"),
    [
        (("339.66", "追加", "196.01万元", "", "535.67"), []),
        (("339.66", "追加", "196.01万元", "", "525.67"), [("SUM-03", "P0")]),
        (("100.00", "追减", "20.00万元", "", "80.00"), []),
        (("100.00", "调整", "20.00万元", "", "80.00"), []),  # neither raised nor lowered in words
        (("100.00", "追加", "20.00万元", "", "150.00"), [("SUM-03", "P1")]),  # carry-over may be missing
        (("100.00", "追加", "20.00万元", "，上年结转{30.00万元:carryover_in/carryover}", "150.00"), []),
        (("100.00", "追加", "20.00万元", "，另有上年结转资金", "150.00"), []),
        (("100.00", "追加", "20.00元", "", "120.00"), []),  # a slip of the unit is UNI-01's matter
        (("100", "追加", "20.4万元", "", "120"), []),
    ],
)
def test_annual_budget_of_a_sentence(words: tuple[str, ...], fired: list[tuple[str, str]]) -> None:
    assert _told(*words).fired("SUM-03") == fired


def test_a_gap_is_told_with_its_operands() -> None:
    (check,) = _told("339.66", "追加", "196.01万元", "", "525.67").checks("SUM-03")
    assert (str(check.computed), str(check.reported), str(check.difference)) == ("535.67", "525.67", "10.00")
    assert check.formula_text == "年初预算数 + 调整数"
    assert all(operand.spans for operand in check.operands)


def test_carryover_listed_elsewhere_closes_the_gap() -> None:
    draft = _told("100.00", "追加", "20.00万元", "", "150.00")
    draft.say("上年结转资金{30.00万元:carryover_in/carryover}已全部使用。")
    assert draft.fired("SUM-03") == []


def test_a_partial_adjustment_is_left_open() -> None:
    draft = Draft()
    draft.say(
        "年初预算{100万元:budget_initial/budget_initial}，其中项目追加{20万元:budget_adjust/adjust}，全年预算数{150万元:budget_annual/budget_annual}。"
    )
    assert draft.statuses("SUM-03") == ["unverified"]


def _form(*funds: list[str]) -> Draft:
    draft = Draft()
    draft.form(full_rows(), [TOTAL, *funds], ("100", "100"))
    return draft


def _row(item: str, initial: str, annual: str, executed: str) -> list[str]:
    return [item, initial, annual, executed, "", "", ""]


@pytest.mark.parametrize(
    ("funds", "fired"),
    [
        ([("其中：当年财政拨款", "100.00", "100.00", "100.00"), ("上年结转资金", "", "20.00", "20.00"), ("其他资金", "", "", "")], []),
        ([("其中：当年财政拨款", "100.00", "100.00", ""), ("上年结转资金", "", "20.01", ""), ("其他资金", "", "", "")], []),
        ([("其中：当年财政拨款", "100.00", "110.00", ""), ("上年结转资金", "", "20.00", ""), ("其他资金", "", "", "")], [("SUM-04", "P1")]),
        ([("其中：当年财政拨款", "100.00", "90.00", ""), ("上年结转资金", "0", "20.00", ""), ("其他资金", "0", "0", "")], [("SUM-04", "P1")]),
        ([("其中：当年财政拨款", "100.00", "90.00", ""), ("上年结转资金", "", "20.00", ""), ("其他资金", "", "", "")], [("SUM-04", "I")]),
        ([("其中：财政拨款", "80.00", "100.00", "")], []),  # 其中 that names one source only
        ([("其中：财政拨款", "80.00", "90.00", ""), ("经营收入", "20.00", "30.00", "")], []),
        ([("财政拨款", "100.00", "120.00", ""), ("其中：上级财政资金", "60.00", "70.00", "")], []),  # a level below
        ([("其中：基本支出", "60.00", "70.00", ""), ("项目支出", "40.00", "40.00", "")], []),  # not sources
    ],
)  # fmt: skip
def test_sources_of_a_money_block(funds: list[tuple[str, ...]], fired: list[tuple[str, str]]) -> None:
    draft = _form(*[_row(*fund) for fund in funds])
    assert draft.fired("SUM-04") == fired


NOUGHTS = """项目支出绩效自评表（2022年度）
项目名称\t渠系清淤
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t%s\t%s\t%s\t10\t0\t0
\t其中：当年财政拨款\t42\t41.5\t41.5\t\t\t
\t上年结转资金\t\t\t\t\t\t
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t清淤长度\t≥12公里\t12公里\t90\t90
"""


@pytest.mark.parametrize(
    ("totals", "statuses"), [(("0", "0", "0"), ["fail"]), (("42", "41.5", "0"), ["pass", "unverified"])]
)
def test_a_total_row_of_noughts_above_money_is_told_once(
    totals: tuple[str, ...], statuses: list[str]
) -> None:
    result = review((NOUGHTS % totals).encode(), Settings(), file_name="report.txt")
    assert [check.status for check in result.checks if check.code == "SUM-04"] == statuses


def test_a_lost_decimal_point_is_no_finding() -> None:
    draft = _form(_row("其中：当年财政拨款", "100.00", "12000", ""))
    assert draft.fired("SUM-04") == []


def test_sources_in_a_sentence() -> None:
    words = "全年预算数{%s万元:budget_annual/budget_annual}，其中当年财政拨款{734.09万元:appropriation_current/budget_annual}，上年结转{3.18万元:carryover_in/budget_annual}。"
    right, wrong = Draft(), Draft()
    right.say(words % "737.26")
    wrong.say(words % "730.26")
    assert right.statuses("SUM-04") == ["rounding"]
    assert wrong.fired("SUM-04") == [("SUM-04", "P1")]


FORM = """附：部门整体支出绩效自评表（2022年度）
部门名称\t溪口县水务局
预算资金（万元）\t\t年初预算数\t年中调整数\t上年结转\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t520.00\t-36.20\t%s\t602.25\t602.25\t10\t100.00%%\t10
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因
\t产出指标（90分）\t数量指标\t维修泵站\t≥8座\t8座\t90\t90\t
总分\t\t\t\t\t\t100\t100
"""


@pytest.mark.parametrize(("carried", "status"), [("118.45", "unverified"), ("", "fail")])
def test_another_amount_between_the_budgets_of_a_row_leaves_them_open(carried: str, status: str) -> None:
    done = review((FORM % carried).encode(), Settings(), file_name="report.txt")
    assert [check.status for check in done.checks if check.code == "SUM-03"] == [status]
