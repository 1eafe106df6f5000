"""Wording of SCO and CON-03."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.critique.causes import missing_row
from extractor.critique.draft import Draft, wording
from extractor.critique.view import View, number, short
from extractor.findings import Check
from extractor.identities import ZERO


def _form(check: Check, view: View) -> str:
    return view.location(span for each in check.operands for span in each.spans)


@wording("SCO-01")
def _sco_01(checks: Sequence[Check], view: View) -> Draft:
    unclear = [check for check in checks if check.severity == "P1"]
    if unclear:
        rows = "；".join(
            f"{(check.reason or '').split('一行', 1)[0]}执行{view.shown(check, 'executed')}、预算{view.shown(check, 'annual')}，得分{view.shown(check, 'score')}"
            for check in unclear
        )
        computed = "、".join(number(check.computed, "分") for check in unclear)
        return Draft(
            f"{_form(unclear[0], view)}得分栏：{rows}。如该栏为资金执行得分，按“分值×执行率”应为{computed}。",
            "请说明该栏是资金执行得分还是项目总分；如为资金执行得分请更正，执行数为0的项目据实计0分，不以“-”替代。",
        )
    texts = [
        f"{_form(check, view)}按“分值×执行率”复算得分{number(check.computed, '分')}，填报{number(check.reported, '分')}，"
        f"{_more(check)}{number(check.difference, '分')}。"
        for check in checks
    ]
    return Draft("".join(texts), "请更正执行率得分和总分；另有计分办法的，请注明。")


def _more(check: Check) -> str:
    if check.reported is None or check.computed is None:
        return "相差"
    return "多计" if check.reported > check.computed else "少计"


@wording("SCO-02", "SCO-03", "SCO-04")
def _sco_02(checks: Sequence[Check], view: View) -> Draft:
    row = missing_row(checks) if len({check.code for check in checks}) > 1 else None
    told = "".join(_one_form(check, view) for check in checks)
    if row is not None:
        points, score = row
        scored = "" if score is None else f"、得分{number(score)}分"
        return Draft(
            f"{told}各处差额可由缺少一行（分值{number(points)}分{scored}）同时解释，疑漏列一行或转换时丢行。",
            "请核对原表，补全该行或更正分值、得分后重新计算总分和等级。",
        )
    if all(check.reason and "另列" in check.reason for check in checks):
        return Draft(told, "请明确预算执行率是否计入总分，据此调整分值和得分。")
    short = any(
        check.code == "SCO-03" and (check.computed or ZERO) < (check.reported or ZERO) for check in checks
    )
    return Draft(told, "请逐行复核" + ("，核对原表有无漏列的行，" if short else "，") + "更正后重新计分。")


def _one_form(check: Check, view: View) -> str:
    if check.code == "CON-03":
        return _con_03_text(check, view)
    if check.code == "SCO-02":
        total = view.operand(check, "total")
        return (
            f"{_form(check, view)}各项得分合计{number(check.computed)}分，与总分{number(total.value if total else None)}分"
            f"相差{number(check.difference)}分。"
        )
    if check.code == "SCO-04":
        label = view.operand(check, "label")
        return (
            f"{_form(check, view)}“{label.role if label else ''}”标注{number(check.reported)}分，下级合计{number(check.computed)}分，"
            f"相差{number(check.difference)}分。"
        )
    if check.reason and "另列" in check.reason:
        beside = view.shown(check, "execution", "分")
        return (
            f"{_form(check, view)}各指标分值合计已为{number(check.reported)}分，预算执行率{beside}另列，"
            f"分值合计{number(check.computed)}分。"
        )
    return f"{_form(check, view)}分值合计{number(check.computed)}分，应为{number(check.reported)}分。"


@wording("SCO-06", "SCO-07")
def _sco_06(checks: Sequence[Check], view: View) -> Draft:
    rows = []
    for check in checks:
        target, actual = view.operand(check, "target"), view.operand(check, "actual")
        if target is None or actual is None:
            continue
        name = short(target.role.removesuffix("指标值"))
        extra = f"（{check.reason}）" if check.reason else ""
        rows.append(
            f"{name}目标{view.text(target)}、完成{view.text(actual)}，按{'比例' if check.code == 'SCO-06' else 'A/B公式'}应得"
            f"{number(check.computed, '分')}{extra}，填报{number(check.reported, '分')}，{_more(check)}{number(check.difference, '分')}"
        )
    under = checks[0].severity == "P2"
    action = "得分低于按比例计算值，如从严计分请注明。" if under else "请说明计分依据或更正得分。"
    if checks[0].code == "SCO-07" and not under:
        action = "请按反向（成本）指标计分规则重新评分；成本目标已随预算调整的，请说明调整依据。"
    return Draft("；".join(rows) + "。", action)


@wording("SCO-10")
def _sco_10(checks: Sequence[Check], view: View) -> Draft:
    texts = [
        f"{_form(check, view)}总分{view.shown(check, 'score', '分')}，{check.reason or ''}。"
        for check in checks
    ]
    return Draft("".join(texts), "请核对总分和等级，注明所用等级标准。")


@wording("SCO-13")
def _sco_13(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    if view.operand(check, "weight") is not None:
        text = f"报告称各指标得分在{view.shown(check, 'score')}以上，而所述各类指标分值最高为{view.shown(check, 'weight')}。"
        return Draft(text, "请说明得分是否按百分制另计，并统一量纲。")
    text = f"同一得分栏兼有{view.shown(check, 'small', '分')}与{view.shown(check, 'big', '分')}，量纲不一。"
    return Draft(text, "请统一为百分制后重新计算平均分。")


@wording("SCO-16")
def _sco_16(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    rows = view.numbered(check, "p", "s")
    gains = [
        (points.value or Decimal(0)) - (score.value or Decimal(0))
        for points, score in rows
        if points and score
    ]
    text = (
        f"“完成值”一栏部分填完成率、部分填实际值，得分统一按“分值×完成值”计算，{len(rows)}行已达目标仍被扣分"
        f"（{'、'.join(number(gain) for gain in gains)}分，共{number(sum(gains, Decimal(0)))}分）。"
        f"按已达标计，总分为{number(check.computed, '分')}。{check.reason + '。' if check.reason else ''}"
    )
    return Draft(text, "请统一完成值口径后重新计分；本项只作提示，不改填报总分。")


@wording("CON-03")
def _con_03(checks: Sequence[Check], view: View) -> Draft:
    return Draft("".join(_one_form(check, view) for check in checks), "请以自评表为准统一正文与表的得分。")


def _con_03_text(check: Check, view: View) -> str:
    table = view.operand(check, "table")
    return (
        f"正文称自评得分{view.shown(check, 'text', '分')}，{table.role if table else '自评表总分'}{view.shown(check, 'table', '分')}，"
        f"相差{number(check.difference, '分')}。"
    )
