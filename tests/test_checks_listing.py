"""CON-05, CON-08, CON-09, CON-11: what is named, attached, counted and printed twice."""

from __future__ import annotations

import pytest

from extractor.schema import OVERALL
from tests.factory import Draft, full_rows, indicator

FUNDS = [["年度资金总额", "100", "100", "100", "10", "100%", "10"]]


def _named(spoken: str, listed: str) -> Draft:
    draft = Draft("summary")
    draft.say(f"其中{spoken}{{29.8万元:project_budget/budget_annual@{listed}}}。")
    figure = draft.parts["figures"][-1]
    from extractor.records import replace

    draft.parts["figures"][-1] = replace(figure, label=spoken)
    draft.summary([(listed, "29.8", "29.8", "98"), ("其他项目支出", "10", "10", "98")])
    return draft


@pytest.mark.parametrize(
    ("spoken", "listed", "fired"),
    [
        ("维护、维修和应急保障等经费", "护、维修和应急保障等经费", [("CON-05", "P1")]),
        ("维护、维修和应急保障等经费", "维护、维修和应急保障等经费", []),
        ("县应急指挥中心运行经费", "应急指挥中心运行经费", []),  # 县 comes and goes
        ("2022年应急指挥中心运行经费", "应急指挥中心运行经费", []),
        ("应急指挥中心运行维护经费", "应急指挥中心运行经费", []),  # another name, not a slip
    ],
)
def test_names_one_character_apart(spoken: str, listed: str, fired: list[tuple[str, str]]) -> None:
    assert _named(spoken, listed).fired("CON-05") == fired


def _attached(count: int, forms: int, words: str = "", kind: str = "department") -> Draft:
    draft = Draft(kind)  # type: ignore[arg-type]
    draft.say(f"年内共安排项目{{{count}个:project_count/other}}。{words}")
    names = ["道路养护专项", "桥梁检测专项", "照明运维专项", "绿化管护专项"]
    for name in names[:count]:
        draft.say(f"{name}支出{{100万元:project_exec/exec@{name}}}。")
    for name in names[:forms]:
        draft.form(full_rows(), FUNDS, ("100", "100"), scope=name)
    return draft


@pytest.mark.parametrize(
    ("draft", "fired"),
    [
        (_attached(4, 3), [("CON-08", "P1")]),
        (_attached(3, 3), []),
        (_attached(3, 0), []),  # the forms may come with another file
        (_attached(4, 1, "随报告只附重点评价项目的自评表，其余已在系统内填报。"), []),
        (_attached(4, 3, kind="project"), []),
    ],
)
def test_a_form_for_every_project(draft: Draft, fired: list[tuple[str, str]]) -> None:
    assert draft.fired("CON-08") == fired


def test_the_missing_project_is_named() -> None:
    (check,) = [c for c in _attached(4, 3).checks("CON-08") if c.status == "fail"]
    assert str(check.computed) == "1"
    assert [operand.role for operand in check.operands if operand.name == "m1"] == ["绿化管护专项"]


LIST = "附件：1-1. 2022年度部门整体支出绩效评价基础数据表 1-2. 2022年度部门整体支出绩效自评表"


def test_annexes_of_the_list() -> None:
    draft = Draft()
    draft.say(LIST)
    draft.form(full_rows(), total=("100", "100"), caption="2022年度部门整体支出绩效自评表")
    assert draft.fired("CON-08") == [("CON-08", "P1")]
    draft.base([("公用经费", "1", "1", "1")], caption="2022年度部门整体支出绩效评价基础数据表")
    assert draft.fired("CON-08") == []


OFFICES = "本单位内设机构{%d个:dept_internal_count/other}：%s。"


@pytest.mark.parametrize(
    ("count", "listed", "fired"),
    [
        (5, "办公室、综合科、财务科、法规科", [("CON-09", "P2")]),
        (4, "办公室、综合科、财务科、法规科", []),
        (6, "办公室、综合科、财务科、机关党委", [("CON-09", "P2")]),
        (9, "办公室、综合科、财务科、法规科等", []),
        (11, "办公室、综合科、财务科、法规科", []),  # most of the list was not read
    ],
)
def test_offices_of_a_sentence(count: int, listed: str, fired: list[tuple[str, str]]) -> None:
    draft = Draft()
    draft.say(OFFICES % (count, listed))
    assert draft.fired("CON-09") == fired


def _twice(own: tuple[str, str], other: tuple[str, str], name: str) -> Draft:
    draft = Draft()
    draft.form([indicator(name, *own), *full_rows(8)], FUNDS, ("100", "100"), scope=OVERALL)
    draft.form([indicator(name, *other), *full_rows(8)], FUNDS, ("100", "100"), scope="道路养护专项")
    return draft


LONG = "平安建设成效提升，群众安全感满意度提高"


@pytest.mark.parametrize(
    ("own", "other", "name", "fired"),
    [
        (("90%", "90%"), ("80%", "79%"), LONG, [("CON-11", "P1")]),
        (("90%", "90%"), ("90%", "89%"), LONG, [("CON-11", "P1")]),
        (("90%", "90%"), ("90%", "90%"), LONG, []),
        (("90%", "92%"), ("85%", "88%"), "服务对象满意度", []),  # other people, other numbers
        (("10次", "10次"), ("2次", "2次"), LONG, []),  # the whole and its part
    ],
)
def test_one_indicator_twice(
    own: tuple[str, str], other: tuple[str, str], name: str, fired: list[tuple[str, str]]
) -> None:
    assert _twice(own, other, name).fired("CON-11") == fired
