"""Wording of SUM, RAT, CON-01, CON-02, REA-01 and REA-02."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.view import View, number, spans_of
from extractor.findings import Check, Operand
from extractor.reconcile.narrated import ONE_KIND


def gap(check: Check, unit: str | None = None) -> str:
    """The difference with the unit of the number it is measured in."""
    reported = next(
        (each for each in check.operands if each.name in ("total", "table", "second", "annual", "budget")),
        None,
    )
    return number(check.difference, unit or (reported.unit if reported else None))


@wording("SUM-01")
def _sum_01(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        parts = "、".join(
            f"{each.role}{number(each.value, each.unit)}" for each in check.operands if each.name != "total"
        )
        unit = check.operands[0].unit
        texts.append(
            f"{view.location(check.operands[0].spans)}列示总支出{view.shown(check, 'total')}，其中{parts}，"
            f"各项合计{number(check.computed, unit)}，与总支出相差{gap(check)}。"
        )
    return Draft("".join(texts), "请核对决算数据，统一口径后修改。")


@wording("SUM-02")
def _sum_02(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    parts = "、".join(
        f"{each.role}{number(each.value, each.unit)}" for each in check.operands if each.name != "total"
    )
    text = f"基本支出{view.shown(check, 'total')}，{parts}，合计{number(check.computed, check.operands[0].unit)}，相差{gap(check)}。"
    return Draft(text, "请核对决算数据后更正。")


@wording("SUM-05", "SUM-06")
def _sum_05(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        kind = "收入" if check.code == "SUM-05" else "支出"
        total = check.operands[0]
        texts.append(
            f"{view.location(total.spans)}“按{kind}性质分”合计{number(check.computed, total.unit)}，"
            f"与同表{total.role}{number(total.value, total.unit)}相差{gap(check)}。{check.reason + '。' if check.reason else ''}"
        )
    return Draft("".join(texts), "请核实分项填报口径，与资金总额统一。")


@wording("SUM-08", "SUM-09")
def _sum_08(checks: Sequence[Check], view: View) -> Draft:
    name = "项目支出" if checks[0].code == "SUM-08" else "公用经费"
    blank = [check for check in checks if check.reported is None]
    twice = [check for check in checks if check.reason and "2倍" in check.reason]
    other = [check for check in checks if check not in blank and check not in twice]
    texts, actions = [], []
    if blank:
        sums = "、".join(number(check.computed, check.operands[0].unit) for check in blank)
        columns = "、".join(
            (check.reason or "").removesuffix("合计未填").removeprefix(name) for check in blank
        )
        texts.append(f"基础数据表“{name}”{columns}合计未填（所列明细合计{sums}，可能不完整）。")
        actions.append("请据决算补填合计栏")
    if twice:
        rows = "；".join(
            f"分项合计{number(c.computed, c.operands[0].unit)}、总额{view.shown(c, 'total')}" for c in twice
        )
        texts.append(f"基础数据表“{name}”下同一笔资金在两个分项中填列，{rows}，恰为2倍，疑似重复列示。")
        actions.append("请择一填列")
    for check in other:
        total = check.operands[0]
        texts.append(
            f"基础数据表{total.role}{number(total.value, total.unit)}，所列明细合计{number(check.computed, total.unit)}，"
            f"相差{gap(check)}（{check.reason or ''}）。"
        )
    if other:
        actions.append("请核对明细与合计，并说明有无未列明细")
    return Draft("".join(texts), "；".join(actions) + "。")


@wording("SUM-10")
def _sum_10(checks: Sequence[Check], view: View) -> Draft:
    lists = [check for check in checks if check.code == "SUM-10"]
    texts = []
    for check in lists:
        count = sum(1 for each in check.operands if each.name.startswith("x"))
        total = check.operands[0]
        texts.append(
            f"{view.location(check.operands[1].spans)}所列{count}项合计{number(check.computed, total.unit)}，"
            f"与报告{total.role}{number(total.value, total.unit)}相差{gap(check)}。"
        )
    reasons = dict.fromkeys(check.reason for check in lists if check.reason)
    texts += [f"经比对，{reason}。" for reason in reasons]
    twin = any("差额与" in reason for reason in reasons)
    return Draft(
        "".join(texts),
        "请核实该项目金额，统一正文与表。" if twin else "请核对项目清单与总额，补列其余项目或更正总额。",
    )


def _role(check: Check, view: View, name: str, plain: str) -> str:
    """What an amount is called where it is of one kind of money, else the plain word."""
    operand = view.operand(check, name)
    return operand.role if operand is not None and check.reason == ONE_KIND else plain


@wording("RAT-01")
def _rat_01(checks: Sequence[Check], view: View) -> Draft:
    texts = [
        f"{view.location(check.operands[0].spans)}{_role(check, view, 'executed', '全年执行数')}{view.shown(check, 'executed')}、"
        f"{_role(check, view, 'annual', '预算数')}{view.shown(check, 'annual')}，"
        f"复算执行率{number(check.computed, '%')}，填报{number(check.reported, '%')}，相差{number(check.difference)}个百分点。"
        for check in checks
    ]
    return Draft("".join(texts), "请核对执行率及据此计算的得分后更正。")


@wording("RAT-02")
def _rat_02(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    filled = "未填" if check.reported is None else f"填报{number(check.reported, '%')}"
    text = f"编制{view.shown(check, 'quota')}、在职{view.shown(check, 'on_duty')}，控制率应为{number(check.computed, '%')}，{filled}。"
    if check.reason and "；" in check.reason:
        text += check.reason.split("；", 1)[1] + "。"
    over = check.computed is not None and check.computed > 100
    action = "请更正控制率" + ("，核实编制是否含所属二级机构及工勤、周转编制，并说明差异。" if over else "。")
    return Draft(text, action)


@wording("RAT-06")
def _rat_06(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        share = (
            f"，为预算的{number(check.computed, '%')}" if check.formula and "percent" in check.formula else ""
        )
        texts.append(
            f"政府采购预算{view.shown(check, 'budget')}、实际{view.shown(check, 'actual')}{share}，相差{gap(check)}，报告未作说明。"
        )
    return Draft("".join(texts), "请说明是否含追加采购、上年结转采购或跨年付款，并列明主要采购内容。")


def _at(operand: Operand, view: View) -> str:
    """An amount's name with the place it stands in, where the name does not say it."""
    place = view.location(operand.spans)
    return operand.role if place in operand.role or place == "正文" else f"{operand.role}（{place}）"


@wording("CON-01", "CON-02")
def _con_01(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    one, other = check.operands[0], check.operands[1]
    text = f"{_at(one, view)}为{number(one.value, one.unit)}，{_at(other, view)}为{number(other.value, other.unit)}，相差{gap(check)}。"
    if check.code == "CON-02" and one.role == other.role:
        text = (
            f"{one.role.removeprefix('正文')}前后不一致：{view.location(one.spans)}为{number(one.value, one.unit)}，"
            f"{view.location(other.spans)}为{number(other.value, other.unit)}，相差{gap(check)}。"
        )
    if check.reason:
        name = "资金使用表" if "任务" in check.reason else "清单"
        text = f"{name}合计{number(other.value, other.unit)}，正文项目支出{number(one.value, one.unit)}，相差{gap(check)}。"
        return Draft(text, f"请说明其余{gap(check)}项目，或统一两处金额。")
    if len(checks) > 1:
        text = f"同一口径的数有{len(spans_of(checks))}处，前后不一致：{text}"
    return Draft(text, "请说明口径差异；如属误填，请同步更正。")


@wording("REA-01")
def _rea_01(checks: Sequence[Check], view: View) -> Draft:
    texts = [
        f"支出{view.shown(check, 'executed')}高于全年预算数{view.shown(check, 'annual')}，差{gap(check)}。"
        for check in checks
    ]
    return Draft(
        "".join(texts),
        "请先核对全年预算数是否含上年结转和单位资金、两数口径是否一致；口径一致的，请说明资金来源及批复文件。",
    )


@wording("REA-02")
def _rea_02(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    rows = [
        f"{annual.role}{number(annual.value, annual.unit)}、执行{number(executed.value, executed.unit)}"
        for annual, executed in view.numbered(check, "a", "e") if annual is not None and executed is not None
    ]  # fmt: skip
    unit = check.operands[0].unit
    text = f"{'；'.join(rows)}，未执行{number(check.difference, unit)}，报告未分析原因。"
    return Draft(
        text + (f"（{check.reason}）" if check.reason else ""),
        "请补充未执行的原因（属节约、分期付款、跨年支付或其他）。",
    )
