"""FMT-02…08: residues, sentences, dates, names, precision, ambiguity."""

from __future__ import annotations

import pytest

from tests.factory import Draft
from tests.whole_report import BODY, TITLE, checks, fired


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("各子项目分别描述绩效情况。表述格式参考如下：", ["P2"]),
        ("[bookmark: _GoBack]六、结果应用", ["P2"]),
        ("错误！未找到引用源。", ["P2"]),
        ("存在问题\t结合自评情况，分析存在的问题及产生的原因（200字以内）", ["P2"]),
        ("| 改进措施 | 针对发现的问题，提出改进意见。（限150字） |", ["P2"]),
        ("存在问题（结合自评情况分析，200字以内）\t个别设备采购偏晚。", []),
        ("结合自评情况，我们分析了原因，提炼成说明材料一份。", []),
        ("按照参考文献和模板要求填报。", []),
        ("XX路改造工程按期完工。", []),
    ],
)
def test_residues(sentence: str, expected: list[str]) -> None:
    assert fired(TITLE + BODY + sentence + "\n", "FMT-02") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("截至2021年1231日，车辆2辆。", ["P2"]),
        ("2022年13月5日验收。", ["P2"]),
        ("2022年2月30日验收。", ["P2"]),
        ("2020年2月29日验收。", []),
        ("2022年365日不间断值守，2022年100日攻坚。", []),
        ("2022年12月31日验收，2023年1月拨付。", []),
        ("上半年，我局共组织培训100余人次。", ["I"]),
        ("上半年，我局共组织培训12场，下半年组织8场。", []),
        ("2022年上半年较上年同期增长5%。", []),
    ],
)
def test_dates_and_periods(sentence: str, expected: list[str]) -> None:
    assert fired(TITLE + BODY + sentence + "\n", "FMT-03") == expected


def _units(other: str) -> str:
    form = (
        "项目支出绩效自评表\n\t项目名称\t防汛抗旱专项经费\n\t主管部门\t某县水利发展事务中心\t实施单位\t{}\n"
    )
    rows = "\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\t产出指标\t数量指标\t巡查次数\t12次\t12次\t10\t10\n"
    return TITLE + BODY + form.format(other) + rows


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("某县水利发展事务中心", []),
        ("某县水利发务展事中心", []),
        ("某县水利发展事务务中心", ["P2"]),
        ("某县水利发展务事中心", ["P2"]),
        ("某市水利发展事务中心", []),
        ("某县水利发展事务中心站", []),
    ],
)
def test_names_that_differ_by_a_slip(other: str, expected: list[str]) -> None:
    assert fired(_units(other), "FMT-04") == expected


FORM = (
    "部门整体支出绩效自评表\n\t部门名称\t{}\n\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
    "\t产出指标\t数量指标\t巡查次数\t12次\t12次\t10\t10\n"
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("某县水利处", ["P2"]), ("某县水利局", []), ("某县水利站", []), ("某县水利处理站", [])],
)
def test_a_form_that_names_another_rank(name: str, expected: list[str]) -> None:
    assert fired(TITLE + "某县水利局负责全县水利工作。\n" + BODY + FORM.format(name), "FMT-04") == expected


def test_an_office_beside_the_bureau_it_belongs_to() -> None:
    form = FORM.format("某县水利局").replace("\n\t一级", "\t实施单位\t某县水利处\n\t一级")
    assert fired(TITLE + BODY + form, "FMT-04") == []


LONG_LINE = (
    "本单位按照年初批复的预算组织实施，年内各项任务按时完成，资金使用符合管理办法的规定，各项指标均已达到{}\n"
)
WHOLE = LONG_LINE.format("目标。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE * 3 + LONG_LINE.format("年初") + "二、自评结论\n" + WHOLE, ["P2"]),
        (WHOLE * 4 + "二、自评结论\n" + WHOLE, []),
        (WHOLE * 3 + LONG_LINE.format("年初") + WHOLE, []),  # a page may end here
        (LONG_LINE.format("年初") * 3 + "二、自评结论\n" + WHOLE * 3, []),  # lines broken by a converter
        (WHOLE * 3 + LONG_LINE.format("目标，详见附表") + "二、自评结论\n" + WHOLE, []),
    ],
)
def test_paragraphs_that_break_off(text: str, expected: list[str]) -> None:
    assert fired(TITLE + text, "FMT-07") == expected


LISTED = "项目支出主要用于：河道清淤项目120.36万元；桥梁检测项目86.40万元；苗圃管护项目52.18万元；路灯更新"


def test_a_list_of_amounts_that_breaks_off() -> None:
    assert fired(TITLE + WHOLE * 3 + LISTED + "\n二、自评结论\n" + WHOLE, "FMT-07") == ["P2"]
    assert fired(TITLE + WHOLE * 3 + LISTED + "项目40万元。\n二、自评结论\n" + WHOLE, "FMT-07") == []


@pytest.mark.parametrize(("end", "expected"), [("", ["P2"]), ("目标。", [])])
def test_a_paragraph_cut_into_lines_of_one_width(end: str, expected: list[str]) -> None:
    paragraphs = [WHOLE.strip() * 3] * 4 + [WHOLE.strip() * 2 + LONG_LINE.format(end).strip()]
    lines = ["\n".join(each[at : at + 35] for at in range(0, len(each), 35)) for each in paragraphs]
    text = "\n\n".join([*lines, "二、自评结论", lines[0]])
    assert fired(TITLE + text + "\n", "FMT-07") == expected


def test_precision_of_amounts() -> None:
    draft = Draft()
    draft.say(
        "年初预算{1669.0157万元:budget_initial/budget_initial}，全年预算{1805.58777万元:budget_annual/budget_annual}。"
    )
    assert draft.fired("FMT-05") == [("FMT-05", "I")]
    draft = Draft()
    draft.say(
        "年初预算{1669.01万元:budget_initial/budget_initial}，全年预算{1805.5万元:budget_annual/budget_annual}。"
    )
    assert draft.fired("FMT-05") == []


def test_replaced_rules_are_for_the_reviewer() -> None:
    (check,) = checks(TITLE + BODY + "学习《事业单位会计制度》。\n", "FMT-06")
    assert (check.status, "请核对" in (check.reason or "")) == ("pass", True)
    (check,) = checks(TITLE + BODY + "学习《政府会计制度》。\n", "FMT-06")
    assert "请核对" not in (check.reason or "")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本局内设机构包括：我单位属于正科级单位。", ["P2"]),
        ("全年预算执行良好。。群众满意。", ["P2"]),
        ("主要工作如下：一是巡查，，二是整改。", ["P2"]),
        ("主要职能包括：我省水利规划的落实。", []),
        ("工作情况如下：开展巡查12次；完成整改。", []),
        ("等等……。下一步继续推进。", []),
        ("面积1,200平方米，金额12,345.60元。", []),
    ],
)
def test_sentences_that_do_not_join(sentence: str, expected: list[str]) -> None:
    assert fired(TITLE + BODY + sentence + "\n", "FMT-07") == expected


BASIC = "{549.53万元:expenditure_basic/budget_annual}"
PUBLIC = "{126.29万元:expenditure_public/budget_annual}"
PROJECT = "{268万元:expenditure_project/budget_annual}"
TOTAL = "{817.53万元:expenditure_total/budget_annual}"


@pytest.mark.parametrize(
    ("sentence", "fires"),
    [
        (f"支出预算{TOTAL}，其中基本支出{BASIC}，公用经费{PUBLIC}，项目支出{PROJECT}。", True),
        (f"支出预算{TOTAL}，其中基本支出{BASIC}（其中公用经费{PUBLIC}），项目支出{PROJECT}。", False),
        (f"支出预算{TOTAL}，其中基本支出{BASIC}，项目支出{PROJECT}。公用经费{PUBLIC}。", False),
        (
            f"支出预算{{943.82万元:expenditure_total/budget_annual}}，其中基本支出{BASIC}，公用经费{PUBLIC}，项目支出{PROJECT}。",
            False,
        ),
    ],
)
def test_parts_side_by_side(sentence: str, fires: bool) -> None:
    draft = Draft()
    draft.say(sentence)
    assert draft.fired("FMT-08") == ([("FMT-08", "P2")] if fires else [])


@pytest.mark.parametrize(
    ("between", "public", "fires"),
    [
        ("，人员经费", "113.15", True),
        ("，人员支出", "113.15", True),
        ("，其中人员经费", "113.15", False),
        ("（人员经费", "113.15", False),
        ("，人员经费", "99", False),
    ],
)
def test_parts_that_read_as_further_items(between: str, public: str, fires: bool) -> None:
    draft = Draft()
    draft.say(
        f"基本支出{{734.62万元:expenditure_basic/exec}}{between}{{621.47万元:expenditure_personnel/exec}}、"
        f"公用经费{{{public}万元:expenditure_public/exec}}；项目支出{{527.56万元:expenditure_project/exec}}。"
    )
    assert draft.fired("FMT-08") == ([("FMT-08", "P2")] if fires else [])
