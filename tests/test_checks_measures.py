"""CMP-03, 04 and 05: targets without measure, all alike, or several in one."""

from __future__ import annotations

import pytest

from tests.factory import Draft, indicator


@pytest.mark.parametrize(
    ("target", "kind", "fired"),
    [
        ("按时开展各项工作。", "时效指标", True),
        ("加强队伍建设管理", "质量指标", True),
        ("各类费用及时发放", "时效指标", False),
        ("12月底前完成各项工作", "时效指标", False),
        ("全部完成相关工作", "数量指标", False),
        ("有所提升", "社会效益指标", False),
        ("加强生态保护工作", "生态效益指标", False),
        ("100%", "质量指标", False),
    ],
)
def test_targets_without_a_measure(target: str, kind: str, fired: bool) -> None:
    draft = Draft()
    draft.form([indicator("日常工作", target, "90%", kind=kind)])
    assert draft.fired("CMP-03") == ([("CMP-03", "P1")] if fired else [])


@pytest.mark.parametrize(
    ("name", "target", "kind", "fires"),
    [
        ("食品抽检合格率", "有所提升", "质量指标", True),
        ("食品抽检合格率", "较上年提升2个百分点", "质量指标", False),
        ("服务质量", "有所提升", "质量指标", False),
        ("群众满意率", "有所提升", "社会效益指标", False),
    ],
)
def test_rates_that_are_only_to_improve(name: str, target: str, kind: str, fires: bool) -> None:
    draft = Draft()
    draft.form([indicator(name, target, "有所提升", kind=kind)])
    assert draft.fired("CMP-03") == ([("CMP-03", "P1")] if fires else [])


def test_a_printed_scoring_method_is_a_measure() -> None:
    draft = Draft()
    draft.say("评分标准：各项工作每少开展一项扣1分。")
    draft.form([indicator("日常工作", "按时开展各项工作", "90%", kind="时效指标")])
    assert draft.fired("CMP-03") == []


def test_targets_that_are_all_alike_are_for_the_reviewer() -> None:
    draft = Draft()
    draft.form([indicator(f"工作{n}") for n in range(4)])
    (check,) = draft.checks("CMP-04")
    assert (check.status, "区分度不足" in (check.reason or "")) == ("pass", True)
    draft = Draft()
    draft.form([indicator(f"工作{n}", f"{n}次", f"{n}次") for n in range(4)])
    assert "不足" not in (draft.checks("CMP-04")[0].reason or "")


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("调度会4次、培训1次、检查2次", "80%", ["P1"]),
        ("运行正常率达50%，培训合格率50%", "90%", ["P2"]),
        ("调度会4次、培训1次、检查2次", "调度会4次、培训1次、检查3次", []),
        ("10次", "80%", []),
        ("2022年12月31日前", "100%", []),
        ("培训4次，120人次", "4次", []),
    ],
)
def test_several_targets_and_one_answer(target: str, actual: str, expected: list[str]) -> None:
    draft = Draft()
    draft.form([indicator("工作", target, actual)])
    assert [severity for _, severity in draft.fired("CMP-05")] == expected
