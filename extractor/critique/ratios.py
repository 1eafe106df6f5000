"""Wording of RAT-03, 04, 05, 09, 10, 11, 12: printed rates and averages."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.view import View, number, short
from extractor.findings import Check


def _at(check: Check, view: View) -> str:
    return view.location(span for each in check.operands for span in each.spans)


@wording("RAT-03")
def _rat_03(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        part, whole = view.operand(check, "part"), view.operand(check, "whole")
        if part is not None and whole is not None:
            texts.append(
                f"{short(part.role)}{number(part.value, part.unit)}占{short(whole.role)}{number(whole.value, whole.unit)}的比重复算为"
                f"{number(check.computed, '%')}，填报{number(check.reported, '%')}，相差{number(check.difference)}个百分点。"
            )
    return Draft("".join(texts), "请核对金额与占比，统一取舍规则后更正。")


@wording("RAT-04")
def _rat_04(checks: Sequence[Check], view: View) -> Draft:
    texts, actions = [], []
    for check in checks:
        whole = view.operand(check, "whole")
        if view.operand(check, "all") is not None:
            texts.append(
                f"{_at(check, view)}自评覆盖率填报{number(check.reported, '%')}；{check.reason}（{view.shown(check, 'all')}），"
                f"据此复算为{number(check.computed, '%')}。"
            )
            actions.append("请说明计算口径或更正")
        elif view.operand(check, "listed") is not None:
            texts.append(f"{_at(check, view)}正文自评覆盖率{number(check.reported, '%')}，{check.reason}。")
            actions.append("请统一口径后更正")
        elif whole is not None:
            unit = whole.unit
            money = "、".join(
                number(each.value, each.unit) for each in check.operands if each.name.startswith("x")
            )
            texts.append(
                f"报告称自评覆盖率{number(check.reported, '%')}。{check.reason}，涉及金额{money}，"
                f"占项目支出{number(whole.value, unit)}的{number(check.computed, '%')}。"
            )
            actions.append("请补附其余项目自评表（如已另行报送请注明），或修正表述")
        else:
            texts.append(
                f"{_at(check, view)}自评覆盖率填报{number(check.reported, '%')}，按所列项目复算：{check.reason}，均与填报数不一致。"
            )
            actions.append("请说明计算口径或更正")
    return Draft("".join(texts), "；".join(dict.fromkeys(actions)) + "。")


@wording("RAT-05")
def _rat_05(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        rate = view.operand(check, "rate")
        more = "以上" if check.reason else ""
        texts.append(
            f"“{short(rate.role) if rate else ''}”表述为{number(check.reported and (rate.value if rate else None), '%')}{more}，"
            f"该类比率上限为100%。"
        )
    return Draft("".join(texts), "请改为准确数值。")


@wording("RAT-09")
def _rat_09(checks: Sequence[Check], view: View) -> Draft:
    texts, actions = [], []
    for check in checks:
        head = f"{_name(check, view, 'approved')}、{_name(check, view, 'actual')}，复算为批复的{number(check.computed, '%')}"
        if view.operand(check, "rate") is not None:
            texts.append(
                f"{head}，填报{number(check.reported, '%')}，相差{number(check.difference)}个百分点。"
            )
            actions.append("请核对后更正控制率")
        else:
            texts.append(f"{head}。")
            actions.append("请说明超出部分的审批情况")
    return Draft("".join(texts), "；".join(dict.fromkeys(actions)) + "。")


def _name(check: Check, view: View, name: str) -> str:
    found = view.operand(check, name)
    return f"{found.role}{number(found.value, found.unit)}" if found else ""


@wording("RAT-10")
def _rat_10(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    scores = [each for each in check.operands if each.name.startswith("x")]
    text = (
        f"{_at(check, view)}自评平均分填报{number(check.reported, '分')}；{len(scores)}个项目列有得分，{check.reason or ''}，"
        f"复算为{number(check.computed, '分')}，相差{number(check.difference, '分')}。"
    )
    return Draft(text, "请说明未评分项目是否计入，并统一得分分制后重算平均分。")


@wording("RAT-11")
def _rat_11(checks: Sequence[Check], view: View) -> Draft:
    texts = [
        f"“{view.shown(check, 'part')}、占{view.shown(check, 'rate')}”无法由整数总数推得（{check.reason}，占{number(check.computed, '%')}）。"
        for check in checks
    ]
    return Draft("".join(texts), "请核对个数、占比与总数。")


@wording("RAT-12")
def _rat_12(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    if view.operand(check, "other") is not None:
        text = f"{_at(check, view)}自评覆盖率填报{number(check.reported, '%')}，与所列预算执行率完全相同，疑误将执行率填入。"
        return Draft(text, "请核实后更正或说明计算口径。")
    text = (
        f"{_at(check, view)}自评覆盖率的公式为预算数之比，所填{number(check.reported, '%')}与预算执行率（{view.shown(check, 'executed')}÷"
        f"{view.shown(check, 'annual')}＝{number(check.computed, '%')}）一致，疑误将执行率填入。"
    )
    return Draft(text, "请核对后更正。")
