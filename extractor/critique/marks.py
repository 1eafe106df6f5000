"""Wording of SCO-05, 08, 09, 11, 12, 14: scores of rows and how the points are divided."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.view import View, number, short
from extractor.findings import Check

_MOST_ROWS = 12


def _name(check: Check, view: View) -> str:
    points = view.operand(check, "points")
    return short(points.role.removesuffix("分值")) if points else ""


def _listed(rows: Sequence[str]) -> str:
    shown = "；".join(rows[:_MOST_ROWS])
    return shown if len(rows) <= _MOST_ROWS else f"{shown}等{len(rows)}行"


@wording("SCO-05")
def _sco_05(checks: Sequence[Check], view: View) -> Draft:
    rows = [f"{_name(c, view)}分值{view.shown(c, 'points')}、得分{view.shown(c, 'score')}" for c in checks]
    return Draft(f"得分超出分值（或为负）：{_listed(rows)}。", "请核对原表后更正得分或分值。")


@wording("SCO-08")
def _sco_08(checks: Sequence[Check], view: View) -> Draft:
    rows = [
        f"{_name(c, view)}{c.reason}（{number(c.computed, '分')}），填报{number(c.reported)}/{view.shown(c, 'points')}分"
        for c in checks
    ]
    return Draft(f"{_listed(rows)}。", "请按达成档次调整得分，或说明档位与计分依据。")


@wording("SCO-09")
def _sco_09(checks: Sequence[Check], view: View) -> Draft:
    rows = []
    for check in checks:
        target, actual = view.operand(check, "target"), view.operand(check, "actual")
        values = f"指标值{view.text(target)}、完成值{view.text(actual)}" if target and actual else ""
        rows.append(
            f"{_name(check, view)}{values}，得{number(check.reported)}/{number(check.computed)}分，扣{number(check.difference)}分"
        )
    text = f"完成值已达到指标值而扣分，未说明扣分依据：{_listed(rows)}。"
    return Draft(text, "请补充扣分依据，或更正得分。")


@wording("SCO-11")
def _sco_11(checks: Sequence[Check], _view: View) -> Draft:
    rows = "；".join(dict.fromkeys(check.reason or "" for check in checks))
    return Draft(
        f"分值结构为{rows}，与已知的常用方案不同。",
        "如有当地规定或批复的权重，请注明依据；没有的请说明设置理由。",
    )


@wording("SCO-12")
def _sco_12(checks: Sequence[Check], _view: View) -> Draft:
    texts = [
        f"{check.reason}：{_listed([f'“{short(each.role)}”' for each in check.operands])}。"
        for check in checks
    ]
    return Draft("".join(texts), "请补列分值和得分；如与上行合并计分，请拆分列示。")


@wording("SCO-14")
def _sco_14(checks: Sequence[Check], view: View) -> Draft:
    rows = [
        f"{check.reason}（执行{view.shown(check, 'executed')}、预算{view.shown(check, 'annual')}）"
        for check in checks
    ]
    return Draft(
        f"得分率与预算执行率相差较大：{_listed(rows)}。",
        "请说明属节约、分期付款、跨年支付或其他原因，或核实得分。",
    )
