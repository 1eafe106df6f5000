"""Wording of REA-03…09, 11, 12: what asks for an explanation."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.amounts import plain
from extractor.critique.draft import Draft, wording
from extractor.critique.gaps import listed, roles
from extractor.critique.view import View, number, short
from extractor.findings import Check, Operand
from extractor.identities import HUNDRED, rounded

_PLACES = 2


def _name(operand: Operand) -> str:
    """The indicator an operand belongs to, cut to a readable length."""
    return short(operand.role.removesuffix("完成值").removesuffix("指标值"))


@wording("REA-03")
def _rea_03(checks: Sequence[Check], view: View) -> Draft:
    rows = []
    for check in checks:
        for actual, budget in view.numbered(check, "a", "b"):
            if actual is None or budget is None or actual.value is None or not budget.value:
                continue
            share = plain(rounded(actual.value / budget.value * HUNDRED, _PLACES))
            rows.append(
                f"{actual.role}{number(actual.value, actual.unit)}，为预算数{number(budget.value, budget.unit)}的{share}%"
            )
    return Draft("；".join(rows) + "。", "请说明差异原因及调剂手续。")


@wording("REA-04")
def _rea_04(checks: Sequence[Check], view: View) -> Draft:
    pairs = [pair for check in checks for pair in view.numbered(check, "text", "name")]
    told = dict.fromkeys(
        f"“{text.role}”与项目“{name.role}”" for text, name in pairs if text is not None and name is not None
    )
    return Draft(
        f"偏差原因载明的追加事由与所在项目的名称、目标和指标未见关联：{listed(list(told), '；')}。",
        "请说明资金调剂手续，以及绩效目标是否同步调整。",
    )


@wording("REA-05")
def _rea_05(checks: Sequence[Check], _: View) -> Draft:
    rows = roles(checks, "text")
    return Draft(f"{len(rows)}项指标的内容与所列类别不符：{listed(rows, '；')}。", "建议调整归类或更换指标。")


@wording("REA-06")
def _rea_06(checks: Sequence[Check], _: View) -> Draft:
    return Draft(
        f"{listed(roles(checks, 'text'), '；')}。", "建议保留其一并调整分值，或改用能够区分内容的指标名称。"
    )


@wording("REA-07")
def _rea_07(checks: Sequence[Check], view: View) -> Draft:
    rows = []
    for check in checks:
        for actual, target in view.numbered(check, "a", "t"):
            if actual is None or target is None or actual.value is None or not target.value:
                continue
            share = plain(rounded(actual.value / target.value * HUNDRED, _PLACES))
            rows.append(
                f"{_name(actual)}完成值{number(actual.value, actual.unit)}，为指标值{number(target.value, target.unit)}的{share}%"
            )
    return Draft(f"{listed(rows, '；')}，指标值可能偏低。", "请说明目标设定依据，并在下年度调整。")


@wording("REA-08")
def _rea_08(checks: Sequence[Check], view: View) -> Draft:
    rows = [f"{each.role}{view.text(each)}" for check in checks for each in check.operands]
    return Draft(f"{listed(rows, '；')}，报告未说明调查方式、样本量和回收数。", "请补充问卷统计资料。")


@wording("REA-09")
def _rea_09(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    text = (
        f"编制{view.shown(check, 'quota')}、在职{view.shown(check, 'on_duty')}，多{number(check.difference, '人')}，"
        f"按在职人数÷编制数复算控制率为{number(check.computed, '%')}。"
    )
    return Draft(text, "请核实编制是否含所属二级机构及工勤、周转编制，并说明差异。")


@wording("REA-11")
def _rea_11(checks: Sequence[Check], _: View) -> Draft:
    told = listed([f"“{role}”" for role in roles(checks, "text")])
    return Draft(f"{told}未涉及具体指标、项目或数据。", "建议结合扣分项、未执行资金逐项分析。")


@wording("REA-12")
def _rea_12(checks: Sequence[Check], _: View) -> Draft:
    return Draft("；".join(check.reason or "" for check in checks) + "。", "请补充佐证清单。")
