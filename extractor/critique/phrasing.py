"""Wording of CMP-03…07, FMT and UNI-02…06: how targets, sentences, names and units are put."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.gaps import listed, roles
from extractor.critique.view import View, number, short
from extractor.findings import Check, Operand
from extractor.reconcile.case import squeeze

_MOST, _QUOTE, _BESIDE = 12, 40, 10
_STOPS = "。；;，,：:\n\t|"


def printed(view: View, operand: Operand, beside: int = 0) -> str:
    """The words of the source at an operand, with up to `beside` characters of its clause on both sides."""
    if not operand.spans:
        return view.text(operand)
    text, start, end = view.case.document.text, operand.spans[0].start, operand.spans[0].end
    low, high = max(0, start - beside), min(len(text), end + beside)
    while start > low and text[start - 1] not in _STOPS:
        start -= 1
    while end < high and text[end] not in _STOPS:
        end += 1
    return short(squeeze(text[start:end]), _QUOTE)


def _quotes(checks: Sequence[Check], view: View, beside: int = _BESIDE) -> str:
    found = [f"“{printed(view, each, beside)}”" for check in checks for each in check.operands]
    return listed(list(dict.fromkeys(found)), "、", _MOST)


def _answers(checks: Sequence[Check], view: View) -> list[str]:
    rows = []
    for check in checks:
        for target, actual in view.numbered(check, "t", "a"):
            if target is not None:
                answer = f"，完成值“{short(view.text(actual), _QUOTE)}”" if actual is not None else ""
                rows.append(
                    f"{short(target.role.removesuffix('指标值'))}指标值“{short(view.text(target), _QUOTE)}”{answer}"
                )
    return rows


@wording("CMP-03")
def _cmp_03(checks: Sequence[Check], view: View) -> Draft:
    return Draft(
        f"{listed(_answers(checks, view), '；', _MOST)}，缺少衡量标准。",
        "建议改为可量化指标，或列明达成、部分达成、未达成的判定标准并附佐证。",
    )


@wording("CMP-04")
def _cmp_04(checks: Sequence[Check], _: View) -> Draft:
    return Draft("；".join(check.reason or "" for check in checks) + "。", "建议结合历史值、计划值分别设定。")


@wording("CMP-05")
def _cmp_05(checks: Sequence[Check], view: View) -> Draft:
    rows = _answers(checks, view)
    return Draft(
        f"{len(rows)}行一格内设多个目标，只填一个完成值，无法判断各目标是否完成：{listed(rows, '；', _MOST)}。",
        "建议拆分为若干单项指标分别赋分，并逐项填列完成值。",
    )


@wording("CMP-06")
def _cmp_06(checks: Sequence[Check], _: View) -> Draft:
    targets, goals = roles(checks, "t"), roles(checks, "g")
    texts = [f"指标值与指标名称逐字相同：{listed(targets, '；')}。"] if targets else []
    texts += [f"{listed(goals, '、')}与预期目标逐字相同。"] if goals else []
    action = "请填列可衡量的指标值。" if targets else "请据实描述完成的工作、数量和效果。"
    return Draft("".join(texts), action)


@wording("CMP-07")
def _cmp_07(checks: Sequence[Check], view: View) -> Draft:
    rows = [f"{each.role}“{view.text(each)}”" for check in checks for each in check.operands]
    return Draft(f"{listed(rows, '；', _MOST)}为约数。", "请填准确数并注明来源。")


@wording("FMT-01")
def _fmt_01(checks: Sequence[Check], _: View) -> Draft:
    return Draft(
        f"标题序号：{listed(roles(checks, 'text'), '；')}。",
        "请规范层级编号；如为转换丢失自动编号，请核对原件。",
    )


@wording("FMT-02")
def _fmt_02(checks: Sequence[Check], view: View) -> Draft:
    asked = any(each.role.endswith(")") for check in checks for each in check.operands)
    action = "请按说明填写，并删去说明文字。" if asked else "请删除。"
    return Draft(f"报告保留模板说明或格式残留：{_quotes(checks, view, 0)}。", action)


@wording("FMT-03")
def _fmt_03(checks: Sequence[Check], view: View) -> Draft:
    if roles(checks, "half"):
        return Draft(
            f"年度报告以“上半年”表述：{_quotes(checks, view, 20)}。", "请改为全年数据，或注明统计期间。"
        )
    return Draft(f"日期表述有误：{_quotes(checks, view, 0)}。", "请核对后更正。")


@wording("FMT-04")
def _fmt_04(checks: Sequence[Check], _: View) -> Draft:
    if checks[0].reason is not None and "落款" in checks[0].reason:
        unit, signed = (roles(checks, name)[0] for name in ("first", "second"))
        return Draft(
            f"报告单位为“{unit}”，文末落款为“{signed}”。",
            "请核对落款；如系套用其他单位材料，请据实修改全文。",
        )
    return Draft(
        f"单位名称前后不一致：{listed([f'“{r}”' for r in roles(checks, 'first', 'second')])}。",
        "请核对，使用规范全称。",
    )


@wording("FMT-05")
def _fmt_05(checks: Sequence[Check], _: View) -> Draft:
    amounts = listed(
        [number(each.value, each.unit) for check in checks for each in check.operands], "、", _MOST
    )
    return Draft(f"金额小数位不统一：{amounts}。", "建议以万元为单位保留两位小数。")


@wording("FMT-06")
def _fmt_06(checks: Sequence[Check], _: View) -> Draft:
    return Draft("；".join(check.reason or "" for check in checks) + "。", "请核对。")


@wording("FMT-07")
def _fmt_07(checks: Sequence[Check], view: View) -> Draft:
    return Draft(f"语句不完整、段末缺少句号或标点重复：{_quotes(checks, view, 20)}。", "请核改。")


@wording("FMT-08")
def _fmt_08(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    parts = "、".join(
        f"{each.role}{number(each.value, each.unit)}" for each in check.operands if each.name != "total"
    )
    if not any(each.name == "total" for each in check.operands):
        return Draft(
            f"基本支出与其组成部分并列列示（{parts}），易读作并列的三项支出。",
            "建议写明“基本支出（其中：人员经费、公用经费）”。",
        )
    text = (
        f"“其中”之后并列列示{parts}，易读作三项合计{number(check.computed, check.operands[0].unit)}，"
        f"与合计{view.shown(check, 'total')}不等；基本支出与项目支出之和即为合计。"
    )
    return Draft(text, "建议写明“基本支出（其中：公用经费）”。")


@wording("UNI-02")
def _uni_02(checks: Sequence[Check], _: View) -> Draft:
    counts: dict[str, int] = {}
    for check in checks:
        for each in check.operands:
            counts[each.role] = counts.get(each.role, 0) + 1
    told = [role + (f"（{count}处）" if count > 1 else "") for role, count in counts.items()]
    return Draft(f"{listed(told)}。", "请核对。")


@wording("UNI-03")
def _uni_03(checks: Sequence[Check], view: View) -> Draft:
    rows = [
        f"{one.role}{number(one.value, one.unit)}与{other.role}{number(other.value, other.unit)}"
        for check in checks
        for one, other in view.numbered(check, "a", "b")
        if one is not None and other is not None
    ]
    return Draft(f"{listed(rows, '；')}，数字相同而数量级不同。", "请核对单位与小数点。")


@wording("UNI-04")
def _uni_04(checks: Sequence[Check], view: View) -> Draft:
    rows = [f"{each.role}“{view.text(each)}”" for check in checks for each in check.operands]
    return Draft(
        f"{listed(rows, '；', _MOST)}，比较符方向与指标含义不符。",
        "请核对；正向指标建议用“≥”，成本指标建议用“≤”。",
    )


@wording("UNI-05")
def _uni_05(checks: Sequence[Check], view: View) -> Draft:
    rows = [f"{each.role}“{printed(view, each)}”" for check in checks for each in check.operands]
    return Draft(f"{listed(rows, '；', _MOST)}，计量单位缺失或重复。", "请补正。")


@wording("UNI-06")
def _uni_06(checks: Sequence[Check], _: View) -> Draft:
    return Draft(f"{listed(roles(checks, 'text'))}在同一格内连续重复。", "请核对删改。")


@wording("FMT-09")
def _fmt_09(checks: Sequence[Check], view: View) -> Draft:
    return Draft(
        f"报告中有写给程序而不是写给读者的文字：{_quotes(checks, view)}。该文字未影响本次审核。",
        "请核实来源并删除。",
    )
