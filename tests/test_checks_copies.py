"""CMP-06 and CMP-07: copied targets, copied results, round numbers."""

from __future__ import annotations

import pytest

from tests.factory import Draft, indicator
from tests.whole_report import TITLE, fired

NAME = "加强和创新社会治理、保障和改善民生"


@pytest.mark.parametrize(("target", "fires"), [(NAME, True), ("80%", False), ("保障和改善民生", False)])
def test_a_target_that_is_its_name(target: str, fires: bool) -> None:
    draft = Draft()
    draft.form([indicator(NAME, target, "80%")])
    assert draft.fired("CMP-06") == ([("CMP-06", "P1")] if fires else [])


def _form(expected: str, actual: str) -> str:
    return (
        f"{TITLE}\n部门整体支出绩效自评表\n\n\t年度总体目标\t预期目标\t实际完成情况\n\t\t{expected}\t{actual}\n"
        "\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\t产出指标\t数量指标\t巡查次数\t12次\t12次\t10\t10\n"
    )


@pytest.mark.parametrize(
    ("expected", "actual", "fires"),
    [
        ("全面保障队伍战斗力和素质提升", "全面保障队伍战斗力和素质提升", True),
        ("全面保障队伍战斗力和素质提升", "队伍战斗力和素质有所提升", False),
        ("落实36户奖补政策，增加家庭收入", "落实36户奖补政策，增加家庭收入", False),
        ("保障运转", "保障运转", False),
        ("新增学位800个以上，改善住宿条件", "新增学位800个以上，改善住宿条件", True),
    ],
)
def test_results_that_are_the_goal(expected: str, actual: str, fires: bool) -> None:
    assert fired(_form(expected, actual), "CMP-06") == (["P2"] if fires else [])


def test_round_numbers() -> None:
    draft = Draft()
    draft.form([indicator("宣传场次", "20场次", "20余场次")])
    assert draft.fired("CMP-07") == [("CMP-07", "I")]
    draft = Draft()
    draft.say("全年发放资料10万余份。")
    draft.form([indicator("宣传场次", "20场次", "21场次")])
    assert draft.fired("CMP-07") == []
    assert "约数" in (draft.checks("CMP-07")[0].reason or "")
