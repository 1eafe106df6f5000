"""Wording of SUM-03, 04, 07, 11, 13, 14, 15 and RAT-07, 08: amounts that do not add up, and budgets that moved."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.view import View, number, short
from extractor.findings import Check, Operand


def _parts(check: Check, *leave: str) -> str:
    """The operands of a sum by name and amount."""
    shown = [each for each in check.operands if each.name not in leave]
    listed = "、".join(f"{short(each.role)}{number(each.value, each.unit)}" for each in shown[:12])
    return listed if len(shown) <= 12 else f"{listed}等{len(shown)}项"


def _gap(check: Check, total: Operand | None) -> str:
    return number(check.difference, total.unit if total else None)


def _at(check: Check, view: View) -> str:
    return view.location(span for each in check.operands for span in each.spans)


@wording("SUM-03")
def _sum_03(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        total = view.operand(check, "total")
        texts.append(
            f"{_at(check, view)}{_parts(check, 'total')}，合计{number(check.computed, total.unit if total else None)}，"
            f"全年预算数{view.shown(check, 'total')}，相差{_gap(check, total)}。{check.reason + '。' if check.reason else ''}"
        )
    return Draft("".join(texts), "请核实调整批复及上年结转、其他资金的列示后更正。")


@wording("SUM-04")
def _sum_04(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        total = view.operand(check, "total")
        unit = total.unit if total else None
        texts.append(
            f"{_at(check, view)}{total.role if total else '资金总额'}{view.shown(check, 'total')}，所列{_parts(check, 'total')}，"
            f"合计{number(check.computed, unit)}，相差{_gap(check, total)}（{check.reason or '来源分项不等于总额'}）。"
        )
    return Draft("".join(texts), "请核对资金来源分项，补列未列的来源或更正。")


@wording("SUM-07")
def _sum_07(checks: Sequence[Check], view: View) -> Draft:
    texts, actions = [], []
    blank = [check for check in checks if check.reported is None]
    for check in blank:
        name = (check.reason or "").removesuffix("合计未填")
        unit = check.operands[0].unit
        texts.append(f"“{name}”合计未填（所列明细合计{number(check.computed, unit)}，可能不完整）。")
    if blank:
        actions.append("请据决算补填合计栏")
    for check in checks:
        total = view.operand(check, "total")
        if check in blank or total is None:
            continue
        texts.append(
            f"{total.role}{number(total.value, total.unit)}，{_parts(check, 'total')}，合计{number(check.computed, total.unit)}，"
            f"相差{_gap(check, total)}{'（' + check.reason + '）' if check.reason else ''}。"
        )
        actions.append("请核对三公经费分项（公务用车为购置与运行维护之和）后补填或更正")
    return Draft("".join(texts), "；".join(dict.fromkeys(actions)) + "。")


@wording("SUM-11")
def _sum_11(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        total = view.operand(check, "total")
        rows = sum(1 for each in check.operands if each.name.startswith("x"))
        texts.append(
            f"{_at(check, view)}{total.role if total else '合计行'}{view.shown(check, 'total')}，所列{rows}行合计"
            f"{number(check.computed, total.unit if total else None)}，相差{_gap(check, total)}"
            f"{'（' + check.reason + '）' if check.reason else ''}。"
        )
    return Draft("".join(texts), "请核对各行与合计行后更正。")


@wording("SUM-13")
def _sum_13(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        total = view.operand(check, "total")
        if total is None:
            texts.append(f"资产占比合计{number(check.computed, '%')}，大于100%。")
        else:
            texts.append(
                f"{total.role}{number(total.value, total.unit)}，{_parts(check, 'total')}，合计{number(check.computed, total.unit)}，"
                f"相差{_gap(check, total)}{'（' + check.reason + '）' if check.reason else ''}。"
            )
    return Draft("".join(texts), "请核对资产分类金额，补列未列的类别或更正。")


@wording("SUM-14")
def _sum_14(checks: Sequence[Check], view: View) -> Draft:
    told = [check for check in checks if view.operand(check, "total") is not None]
    if told:
        return _sum_14_told(told[0], view)
    check = checks[0]
    total = view.operand(check, "annual")
    unit = total.unit if total else None
    text = (
        f"年初预算数{view.shown(check, 'initial')}、全年预算数{view.shown(check, 'annual')}，调整{number(check.reported, unit)}；"
        f"列明的调整为{_parts(check, 'annual', 'initial')}，合计{number(check.computed, unit)}，相差{number(check.difference, unit)}。"
    )
    if check.reason and "少于" in check.reason:
        return Draft(
            text + "其余调整未说明资金性质与用途。",
            "请补充调整批复及分项说明（含上年结转、人员政策性调整）。",
        )
    return Draft(text, "请核对基本支出、项目支出的调整口径，补充调整批复及分项说明。")


def _sum_14_told(check: Check, view: View) -> Draft:
    total = view.operand(check, "total")
    text = (
        f"{_at(check, view)}全年预算调整{view.shown(check, 'total')}，其中{_parts(check, 'total')}，"
        f"合计{number(check.computed, total.unit if total else None)}，相差{_gap(check, total)}。"
    )
    return Draft(text, "请核对基本支出、项目支出的调整数后更正。")


@wording("SUM-15")
def _sum_15(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        total = view.operand(check, "total")
        texts.append(
            f"{_at(check, view)}{total.role if total else '小计'}{view.shown(check, 'total')}，{_parts(check, 'total')}，"
            f"合计{number(check.computed, total.unit if total else None)}，相差{_gap(check, total)}。"
        )
    return Draft("".join(texts), "请核对年初预算数、追加数与小计后更正。")


@wording("RAT-07")
def _rat_07(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        initial = view.operand(check, "initial")
        texts.append(
            f"{initial.role if initial else '年初预算数'}{view.shown(check, 'initial')}、全年预算数{view.shown(check, 'annual')}，"
            f"调整{number(check.difference, initial.unit if initial else None)}，为年初预算的{number(check.computed, '%')}。"
        )
    return Draft(
        "".join(texts), "请区分政策性、上级追加等因素说明调整事由、批复依据，以及绩效目标是否同步调整。"
    )


@wording("RAT-08")
def _rat_08(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        other = view.operand(check, "budget")
        against = "较上年决算" if check.reason else "超出预算数"
        texts.append(
            f"三公经费决算{view.shown(check, 'actual')}，{against}{view.shown(check, 'budget')}"
            f"{'增加' if check.reason else ''}{number(check.difference, other.unit if other else None)}。"
        )
    return Draft("".join(texts), "请说明原因及审批情况。")
