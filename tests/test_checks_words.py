"""CMP, REA and UNI: comparability, explanations, units."""

from __future__ import annotations

import pytest

from tests.catalogue import MUST
from tests.factory import TOTAL, Draft, full_rows, indicator


@pytest.mark.parametrize(
    ("target", "actual", "fired"),
    [
        ("3次以上", "100%", True),
        ("10万元", "100%", True),
        ("否", "100%", True),
        ("全年", "100%", True),
        ("长期", "100%", True),
        ("100%", "2022年1月-12月", True),
        ("100%", "737.26", True),
        ("100%", "有所增强", True),
        ("≥24次", "100%", True),
        ("开展会议4次、培训1次", "80%", True),
        ("有所提升", "有所提升", False),
        ("有所提升", "100%", False),  # customary; named only beside a clear row
        ("达成预期指标", "100%", False),
        ("100%", "已完成", False),
        ("长期", "持续提升", False),
        ("2022年12月底前", "2022年11月", False),
        ("12月底前", "按时完成", False),
        ("≥95%", "96", False),  # the sign may stand in a column of its own
        ("12", "12次", False),
        ("≥5场", "6次", False),
        ("52万", "51.3万元", False),
        ("≤42元/车次", "39.62元", False),
        ("1.2万亩", "12600亩", False),
        ("≥90%", "", False),
        ("100%", "【填写完成值】", False),
        ("100%", "——", False),
        ("合格率达到100%", "90%", False),
    ],
)
def test_what_can_be_compared(target: str, actual: str, fired: bool) -> None:
    draft = Draft()
    draft.form([indicator("工作", target, actual)])
    assert draft.fired("CMP-01") == ([("CMP-01", "P1")] if fired else [])


def test_doubtful_rows_are_named_beside_a_clear_one() -> None:
    draft = Draft()
    draft.form([indicator("甲", "3次", "100%"), indicator("乙", "有所提升", "100%"), indicator("丙")])
    (check,) = draft.checks("CMP-01")
    assert [each.name for each in check.operands] == ["t1", "a1", "t2", "a2"]


@pytest.mark.parametrize(
    ("actual", "fired"),
    [("≥99%", True), ("≤5%", True), (">90%", True), ("99%", False), ("=99%", False), ("99%以上", False)],
)
def test_bounds_are_not_results(actual: str, fired: bool) -> None:
    draft = Draft()
    draft.form([indicator("满意度", "≥90%", actual)])
    assert bool(draft.fired("CMP-02")) is fired


@pytest.mark.parametrize(
    ("fund", "more", "fired"),
    [
        (["412.36", "412.36", "421.85"], None, [("REA-01", "P0")]),
        (["412.36", "412.36", "421.85"], ["上年结转资金", "", "10", "", "", "", ""], []),
        (["412", "412", "412"], None, []),
        (["300", "412.36", "412.36"], None, []),
    ],
)
def test_spending_over_the_budget_in_one_row(
    fund: list[str], more: list[str] | None, fired: list[tuple[str, str]]
) -> None:
    draft = Draft()
    rows = [["年度资金总额", *fund, "10", "100%", "10"], *([more] if more else [])]
    draft.form(full_rows(), rows, ("100", "100"))
    assert draft.fired("REA-01") == fired


@pytest.mark.parametrize(
    ("sentence", "fired"),
    [
        ("全年预算数{100万元:budget_annual/budget_annual}，全年支出{103万元:exec_annual/exec}。", True),
        (
            "全年预算数{100万元:budget_annual/budget_annual}，上年结转{5万元:carryover_in/carryover}，全年支出{103万元:exec_annual/exec}。",
            False,
        ),
        (
            "全年预算数{100万元:budget_annual/budget_annual}，其他资金{3万元:other_funds/budget_annual}，全年支出{103万元:exec_annual/exec}。",
            False,
        ),
        (
            "全年预算数{100万元:budget_annual/budget_annual}，全年支出{103万元:exec_annual/exec}，超支3万元，主要使用上年结转资金。",
            False,
        ),
        (
            "财政拨款预算收入{100万元:revenue_budget/budget_annual}，全年支出{103万元:exec_annual/exec}。",
            False,
        ),
        ("年初预算{90万元:budget_initial/budget_initial}，全年支出{103万元:exec_annual/exec}。", False),
    ],
)
def test_spending_over_the_budget_in_prose(sentence: str, fired: bool) -> None:
    draft = Draft()
    draft.say(sentence)
    assert draft.fired("REA-01") == ([("REA-01", "P1")] if fired else [])


@pytest.mark.parametrize(
    ("sentence", "executed", "fired"),
    [
        ("项目按计划推进。", "60", True),
        ("未执行的40万元为质量保证金，次年支付。", "60", False),
        ("因设备尚未验收，执行率偏低。", "60", False),
        ("项目按计划推进。", "95", False),
    ],
)
def test_low_execution(sentence: str, executed: str, fired: bool) -> None:
    draft = Draft("project")
    draft.say(sentence)
    draft.form(
        full_rows(),
        [["年度资金总额", "100", "100", executed, "10", f"{executed}%", str(int(executed) / 10)]],
        ("100", "96"),
        scope="某项目",
    )
    assert draft.fired("REA-02") == ([("REA-02", "P1")] if fired else [])


def test_an_explanation_of_one_project_is_not_one_of_another() -> None:
    draft = Draft("summary")
    draft.say("甲项目因该项目还在建设期，执行率为0%。其他支出保障正常运行。")
    draft.summary(
        [("甲项目", "61.45", "0", "0"), ("其他支出", "500", "342.67", "68"), ("丙项目", "27", "27", "99")]
    )
    (check,) = draft.checks("REA-02")
    assert (check.status, str(check.difference)) == ("fail", "157.33")


@pytest.mark.parametrize(
    ("reason", "fired"),
    [
        ("", True),
        ("无", True),
        ("加强宣传转化力度", True),
        ("多方法、多亮点", True),
        ("受疫情影响两场活动取消", False),
        ("12月寒潮造成两处水厂停运", False),
        ("样本偏少", False),
        ("~", False),
    ],
)
def test_reasons_of_deductions(reason: str, fired: bool) -> None:
    draft = Draft()
    draft.form([indicator("满意度", "100%", "98%", "10", "9.8", reason)])
    assert bool(draft.fired("REA-10")) is fired


def test_reasons_may_stand_in_prose_where_the_form_has_no_column() -> None:
    draft = Draft()
    draft.form([indicator("满意度", "100%", "98%", "10", "9.8", None)])
    assert draft.fired("REA-10") == [("REA-10", "P1")]
    draft.say("扣分原因：满意度指标因两个村调查样本不足扣0.2分。")
    assert draft.statuses("REA-10") == ["unverified"]


@pytest.mark.parametrize(("score", "fired"), [("9.8", False), ("9.80", False), ("8", True)])
def test_points_lost_in_proportion_to_the_rate_of_execution_tell_their_reason(
    score: str, fired: bool
) -> None:
    draft = Draft()
    draft.form([indicator("预算执行率", "100%", "98%", "10", score, None)])
    assert bool(draft.fired("REA-10")) is fired


def test_full_marks_and_blank_scores_need_no_reason() -> None:
    draft = Draft()
    draft.form([indicator("甲"), indicator("乙", score="")])
    assert draft.fired("REA-10") == []


def test_one_matter_in_yuan_and_in_wan() -> None:
    draft = Draft()
    draft.say("年中追加{90.8万元:budget_adjust/adjust}。")
    draft.form([indicator("压减", "10%", "10%", "10", "9", "年中追加专项经费90.8元")], scope="某项目")
    assert draft.fired("UNI-01") == [("UNI-01", "P1")]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年支出{1,280,000.00元:exec_annual/exec}，折合{128万元:exec_annual/exec}。",
        "补贴标准每人{90.8元:other/other}，年中追加{90.8万元:budget_adjust/adjust}。",
        "平均每场成本{58元:other/other}，场次支出{58万元:other/exec}。",
        "工本费{5元:other/other}，年中追加{5万元:budget_adjust/adjust}。",
        "门票收入{36.5元:other/other}，年中追加{36.5万元:budget_adjust/adjust}。",
    ],
)
def test_units_that_are_right(sentence: str) -> None:
    draft = Draft()
    draft.say(sentence)
    assert draft.fired("UNI-01") == []


def test_a_sentence_in_yuan_beside_a_form_in_wan() -> None:
    fund = ["年度资金总额", "1785.00", "1862.43", "1806.56", "10", "97.00%", "9.70"]
    told = "全年预算数{1862.43元:budget_annual/budget_annual}，全年支出{1806.56万元:exec_annual/exec}，追加{77.43万元:budget_adjust/adjust}。"
    draft = Draft()
    draft.say(told)
    draft.form(full_rows(), [fund], ("100", "99.70"), caption="绩效自评表（单位：万元）")
    assert draft.fired("UNI-01") == [("UNI-01", "P1")]
    draft = Draft()
    draft.say(told.replace("1862.43元", "1862.43万元"))
    draft.form(full_rows(), [fund], ("100", "99.70"), caption="绩效自评表（单位：万元）")
    assert draft.fired("UNI-01") == []


def test_yuan_tables_beside_wan_prose() -> None:
    draft = Draft()
    draft.say("全年预算数{1862.43万元:budget_annual/budget_annual}，全年支出{1806.56万元:exec_annual/exec}。")
    fund = ["年度资金总额", "17,850,000.00", "18,624,300.00", "18,065,571.00", "10", "97.00%", "9.70"]
    draft.form(full_rows(), [fund], ("100", "99.70"), caption="绩效自评表（单位：元）")
    assert draft.fired(*MUST) == []


def test_a_form_without_a_unit_is_not_accused() -> None:
    draft = Draft()
    draft.say("全年预算数{120万元:budget_annual/budget_annual}，全年支出{120万元:exec_annual/exec}。")
    draft.form(full_rows(), [TOTAL], ("100", "100"), caption="绩效自评表")
    assert draft.fired(*MUST) == []


@pytest.mark.parametrize(
    ("note", "fires"), [("", True), ("预算执行率未达90%的原因说明：政府采购节约资金。", False)]
)
def test_a_note_below_a_form_explains_its_spending(note: str, fires: bool) -> None:
    draft = Draft()
    draft.form(full_rows(), [["年度资金总额", "100", "100", "70", "10", "70%", "7"]], ("100", "97"), "甲项目")
    draft.say(note)
    draft.form(
        full_rows(), [["年度资金总额", "100", "100", "99", "10", "99%", "9.9"]], ("100", "99.9"), "乙项目"
    )
    assert bool(draft.fired("REA-02")) is fires


@pytest.mark.parametrize(("shared", "fires"), [(1, True), (3, False)])
def test_a_table_whose_every_amount_stands_in_sentences_in_yuan_has_its_unit_misread(
    shared: int, fires: bool
) -> None:
    draft = Draft()
    amounts = ("120.36", "86.42", "52.18")
    for n, amount in enumerate(amounts):
        unit = "元" if n < shared else "万元"
        draft.say(f"河道清淤{n}期项目支出{{{amount}{unit}:project_exec/exec@河道清淤{n}期项目}}。")
    for n in range(8):
        draft.say(f"第{n}批资金支出{{{n + 11}.25万元:other/exec}}。")
    draft.base([(f"清淤{n}期", "1.00", "2.00", amount) for n, amount in enumerate(amounts)])
    assert bool(draft.fired("UNI-01")) is fires
