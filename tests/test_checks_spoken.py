"""What sentences alone contradict: rates, grades, adjustments, lists of offices, cuts; and what must stay silent."""

from __future__ import annotations

import pytest

from tests.factory import Draft, full_rows, indicator

PROJECT = "河道清淤项目"
BUDGET = "全年预算数{100万元:budget_annual/budget_annual}，全年支出{80万元:expenditure_total/exec}，"


def _said(*sentences: str) -> Draft:
    draft = Draft()
    for sentence in sentences:
        draft.say(sentence)
    return draft


@pytest.mark.parametrize(
    ("rate", "fired"),
    [
        ("执行率{80%:exec_rate/rate}。", []),
        ("执行率{75%:exec_rate/rate}。", [("RAT-01", "P1")]),
        ("其中基本支出执行率{75%:exec_rate/rate}。", []),
        (
            "执行率{75%:exec_rate/rate}（年初预算{106.67万元:budget_initial/budget_initial}）。",
            [],
        ),  # of another base
        ("上年执行率{75%:exec_rate/rate}。", []),
    ],
)
def test_a_rate_beside_its_amounts(rate: str, fired: list[tuple[str, str]]) -> None:
    assert _said(BUDGET + rate).fired("RAT-01") == fired


@pytest.mark.parametrize(("spent", "fired"), [("478", [("RAT-01", "P1")]), ("479", [])])
def test_a_rate_beside_the_spending_of_its_form(spent: str, fired: list[tuple[str, str]]) -> None:
    draft = Draft("project")
    draft.say(
        f"全年支出{{{spent}万元:project_exec/exec@{PROJECT}}}，执行率{{90.6%:exec_rate/rate@{PROJECT}}}。"
    )
    funds = [["年度资金总额", "500", "500", "478", "10", "95.6%", "9.56"]]
    draft.form(full_rows(), funds, ("100", "99.56"), scope=PROJECT)
    assert draft.fired("RAT-01") == fired


@pytest.mark.parametrize(
    ("words", "fired"),
    [
        ("自评总分{96分:total_score/score}，等级为{优:grade/score}。", []),
        ("自评总分{96分:total_score/score}，等级为{中:grade/score}。", [("SCO-10", "P0")]),
        ("拟争取总分{96分:total_score/score}，力争等级{中:grade/score}。", []),
        ("上级考核等级{中:grade/score}。", []),
    ],
)
def test_a_grade_beside_its_score(words: str, fired: list[tuple[str, str]]) -> None:
    assert _said(words).fired("SCO-10") == fired


ADJUSTED = (
    "年中追加{%s万元:budget_adjust/adjust}（其中基本支出{20万元:expenditure_basic/adjust}；"
    "项目支出{%s%s万元:expenditure_project/adjust}）。"
)


@pytest.mark.parametrize(
    ("total", "project", "fired"),
    [("60", "40", []), ("62", "40", [("SUM-14", "P1")]), ("60.00", "40.01", [])],
)
def test_an_adjustment_split_in_one_sentence(total: str, project: str, fired: list[tuple[str, str]]) -> None:
    assert _said(ADJUSTED % (total, "", project)).fired("SUM-14") == fired


def test_a_semicolon_in_brackets_ends_no_sentence() -> None:
    words = (
        "年初预算{100万元:budget_initial/budget_initial}，年中追加{%s万元:budget_adjust/adjust}（增资；补助），"
        "全年预算数{120万元:budget_annual/budget_annual}。"
    )
    assert _said(words % 20).fired("SUM-03") == []
    assert _said(words % 30).fired("SUM-03") == [("SUM-03", "P0")]


@pytest.mark.parametrize(("raised", "fired"), [("20", []), ("15", []), ("30", [("SUM-03", "P1")])])
def test_parts_of_an_adjustment_may_be_too_much_but_not_too_little(
    raised: str, fired: list[tuple[str, str]]
) -> None:
    words = (
        f"年初预算{{100万元:budget_initial/budget_initial}}，追加基本支出{{{raised}万元:expenditure_basic/adjust}}，"
        "全年预算数{120万元:budget_annual/budget_annual}。"
    )
    assert _said(words).fired("SUM-03") == fired


@pytest.mark.parametrize(
    ("count", "listed", "fired"),
    [
        ("4个", "办公室、规划股、水资源股、计划与安全股", []),
        ("6个", "办公室、规划股、水资源股、计划与安全股", [("CON-09", "P2")]),
        ("4个", "办公室、规划股、水资源股和农水股", []),
        ("6个", "办公室、规划股、水资源股等", []),
    ],
)
def test_offices_in_front_of_their_count(count: str, listed: str, fired: list[tuple[str, str]]) -> None:
    words = f"本局内设{listed}共{{{count}:dept_internal_count/other}}股室。"
    assert _said(words).fired("CON-09") == fired


@pytest.mark.parametrize(
    ("words", "fired"),
    [
        ("资产总额{64万元:other/other}，其中房屋{60万元:asset_class_amount/other}，家具{8万元:asset_class_amount/other}。", [("SUM-13", "P1")]),
        ("资产总额{64万元:other/other}，其中房屋{60万元:asset_class_amount/other}，家具{4万元:asset_class_amount/other}。", []),
        ("资产总额{64万元:other/other}，其中设备{60万元:asset_class_amount/other}（车辆{9万元:asset_class_amount/other}）。", [("SUM-13", "I")]),
    ],
)  # fmt: skip
def test_classes_of_all_assets(words: str, fired: list[tuple[str, str]]) -> None:
    assert _said(words).fired("SUM-13") == fired


@pytest.mark.parametrize(("share", "fired"), [("75%", []), ("66%", [("RAT-03", "P2")])])
def test_a_bare_share_is_of_what_heads_the_sentence(share: str, fired: list[tuple[str, str]]) -> None:
    words = (
        "基本支出{400万元:expenditure_basic/exec}中，人员经费{300万元:expenditure_personnel/exec}，"
        f"占{{{share}:other/rate}}。"
    )
    assert _said(words).fired("RAT-03") == fired


@pytest.mark.parametrize(
    ("words", "fired"),
    [
        (f"{PROJECT}部分内容涉密，按规定不对外作公开评价。", [("CON-10", "P0")]),
        (f"{PROJECT}不涉密，按规定公开评价。", []),
        (f"{PROJECT}加强涉密设备检查，不公开招标。", []),
    ],
)
def test_a_secret_project_called_by_its_name(words: str, fired: list[tuple[str, str]]) -> None:
    draft = _said(words)
    funds = [["年度资金总额", "63", "63", "63", "10", "100%", "10"]]
    draft.form(full_rows(), funds, ("100", "100"), scope=PROJECT)
    assert draft.fired("CON-10") == fired


def test_flat_sources_are_shown_by_another_column() -> None:
    def fired(annual: str) -> list[tuple[str, str]]:
        draft = Draft("project")
        rows = [
            ["年度资金总额", "500", "500", "480", "10", "96%", "9.6"],
            ["其中：中央补助", "400", annual, "400", "-", "100%", "-"],
            ["县级配套", "100", "100", "80", "-", "80%", "-"],
        ]
        draft.form(full_rows(), rows, ("100", "99.6"), scope=PROJECT)
        return draft.fired("SUM-04")

    assert fired("400") == []
    assert fired("420") == [("SUM-04", "P1")]


def _scored(last: str, total: str) -> list[tuple[str, str]]:
    rows = full_rows()
    rows[-1][6] = last
    draft = Draft("project")
    draft.form(rows, [["年度资金总额", "63", "63", "63", "10", "100%", "10"]], ("100", total), scope=PROJECT)
    return draft.fired("SCO-12")


def test_a_row_whose_score_only_the_total_holds() -> None:
    assert _scored("", "100") == [("SCO-12", "P1")]
    assert _scored("10", "100") == []
    assert _scored("", "30") == []  # the total holds no score for it


@pytest.mark.parametrize(("last", "fired"), [("~", True), ("10", False)])
def test_a_blank_score_below_another_is_no_merged_cell_where_the_total_holds_it(
    last: str, fired: bool
) -> None:
    assert bool(_scored(last, "100")) is fired


@pytest.mark.parametrize(("total", "fires"), [("98.5", True), ("10", False)])
def test_the_only_row_has_neither_points_nor_score(total: str, fires: bool) -> None:
    draft = Draft("project")
    row = indicator("巡查次数", points="", score="")
    draft.form([row], [["年度资金总额", "63", "63", "63", "10", "100%", "10"]], ("100", total), scope=PROJECT)
    assert bool(draft.fired("SCO-12")) is fires


@pytest.mark.parametrize(("last", "fired"), [("100", [("CON-07", "P1")]), ("200", [])])
def test_a_cut_that_a_sentence_claims(last: str, fired: list[tuple[str, str]]) -> None:
    draft = _said("项目支出实际压减{20%:other/rate}。")
    draft.base([("项目支出", last, "120", "150")])
    assert draft.fired("CON-07") == fired


@pytest.mark.parametrize(("rate", "fired"), [("80%", []), ("75%", [("RAT-01", "P1")])])
def test_a_rate_of_all_projects_beside_their_budget_and_spending(
    rate: str, fired: list[tuple[str, str]]
) -> None:
    told = (
        "上报项目{2项:project_count/other}，全年预算共计{114万元:expenditure_project/budget_annual}，"
        f"全年实际执行{{91.2万元:expenditure_project/exec}}，执行率达到{{{rate}:exec_rate/rate}}。"
    )
    assert _said(told).fired("RAT-01") == fired


@pytest.mark.parametrize(("rate", "fires"), [("93.69%", False), ("88.7%", True), ("100%", False)])
def test_a_rate_of_the_income_where_no_other_budget_is_told(rate: str, fires: bool) -> None:
    draft = _said(
        "预算收入{1965万元:revenue_budget/budget_annual}，年初预算{1841万元:budget_initial/budget_initial}。",
        f"实际使用{{1841万元:exec_annual/exec}}，资金使用率为{{{rate}:exec_rate/rate}}。",
    )
    assert bool(draft.fired("RAT-01")) is fires


@pytest.mark.parametrize(("rate", "fired"), [("95.15%", []), ("90.15%", [("RAT-01", "P1")])])
def test_a_rate_of_the_very_budget_it_follows(rate: str, fired: list[tuple[str, str]]) -> None:
    told = (
        f"项目支出{{98万元:project_exec/exec@{PROJECT}}}，占该项目预算{{103万元:project_budget/budget_annual@{PROJECT}}}"
        f"的{{{rate}:exec_rate/rate@{PROJECT}}}。"
    )
    assert _said(told).fired("RAT-01") == fired


def test_a_blank_score_where_only_a_sentence_gives_the_total() -> None:
    draft = Draft()
    rows = [indicator(f"工作{n}", points="10", score="10") for n in range(9)]
    draft.form([*rows, indicator("巡查次数", points="10", score="")])
    draft.head["total_score"] = draft.cell("100", "h1")
    assert draft.fired("SCO-12") == [("SCO-12", "P1")]


def test_a_score_that_slipped_into_the_points_is_no_blank_one() -> None:
    draft = Draft()
    rows = [*full_rows(8), indicator("盘活闲置资产", "有效盘活已完成", "10", "10", "")]
    draft.form(rows, [["年度资金总额", "63", "63", "63", "10", "100%", "10"]], ("100", "100"))
    assert draft.fired("SCO-12") == []
