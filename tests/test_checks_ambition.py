"""REA-07 and REA-08: low targets, satisfaction without a survey."""

from __future__ import annotations

import pytest

from tests.factory import Draft, indicator


@pytest.mark.parametrize(
    ("name", "target", "actual", "reason", "fired"),
    [
        ("人员完成率", "达到70%", "95%", "", True),
        ("培训合格率", "≥50%", "90%", "", True),
        ("及时率", "≥80%", "95%", "", False),  # 118.75 %
        ("培训场次", "≥10场", "20场", "", True),
        ("培训场次", "≥4场", "6场", "", False),  # two more
        ("信访受理件数", "≥10件", "80件", "", False),  # demand
        ("投诉率", "≤5%", "8%", "", False),
        ("收入增长率", "5%", "12%", "", False),
        ("培训合格率", "≥50%", "90%", "首年试办，按最低要求设定", False),
        ("维修养护河道长度", "≥36公里", "90公里", "", True),
        ("维修养护河道长度", "≥36公里", "90公里", "无", True),
        ("维修养护河道长度", "≥36公里", "60公里", "", False),  # less than twice
        ("服务企业", "≥20家", "60家", "", False),
        ("演练场次", "2场", "100%", "", False),
    ],
)
def test_targets_far_below_the_result(name: str, target: str, actual: str, reason: str, fired: bool) -> None:
    draft = Draft()
    draft.form([indicator(name, target, actual, reason=reason)])
    assert draft.fired("REA-07") == ([("REA-07", "P2")] if fired else [])


def test_recognised_text_proves_no_low_target() -> None:
    draft = Draft()
    draft.form([indicator("培训合格率", "≥50%", "90%"), indicator("办结率", "100%", "l00%")])
    assert draft.fired("REA-07") == []


@pytest.mark.parametrize(
    ("actual", "sentence", "fired"),
    [("100%", "", True), ("≥99%", "", True), ("95%", "", False), ("100%", "发放问卷120份。", False)],
)
def test_satisfaction(actual: str, sentence: str, fired: bool) -> None:
    draft = Draft()
    draft.say(sentence or "年内工作按计划完成。")
    draft.form([indicator("群众满意度", "≥90%", actual, kind="服务对象满意度指标", level1="满意度指标")])
    assert draft.fired("REA-08") == ([("REA-08", "I")] if fired else [])
