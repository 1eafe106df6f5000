"""Wording of XDC: the report against other documents; no other unit is named (CHECKS 0.20)."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.gaps import listed
from extractor.critique.view import View, number
from extractor.findings import Check, Operand


@wording("XDC-01")
def _xdc_01(checks: Sequence[Check], view: View) -> Draft:
    rows = [
        f"{view.location(each.spans)}与其他单位报告连续{each.role}相同"
        for check in checks
        for each in check.operands
    ]
    return Draft(f"{listed(rows, '；')}。", "请结合本单位实际重写。")


def _shown(view: View, operand: Operand) -> str:
    if operand.value is None:
        return f"{operand.role}“{view.text(operand)}”" if operand.ref else operand.role
    return f"{operand.role}{number(operand.value, operand.unit)}"


def _pairs(checks: Sequence[Check], view: View) -> str:
    rows = [
        f"{_shown(view, one)}，{_shown(view, other)}"
        for check in checks
        for one, other in view.numbered(check, "a", "b")
        if one is not None and other is not None
    ]
    return listed(rows, "；")


@wording("XDC-02")
def _xdc_02(checks: Sequence[Check], view: View) -> Draft:
    return Draft(f"与上年度报告不一致：{_pairs(checks, view)}。", "请说明口径或更正。")


@wording("XDC-03")
def _xdc_03(checks: Sequence[Check], view: View) -> Draft:
    return Draft(f"与批复的绩效目标不一致：{_pairs(checks, view)}。", "请附目标调整批复，或更正。")


@wording("XDC-04")
def _xdc_04(checks: Sequence[Check], view: View) -> Draft:
    return Draft(f"与公开的部门决算不一致：{_pairs(checks, view)}。", "请说明口径，统一数据。")


@wording("XDC-05")
def _xdc_05(checks: Sequence[Check], view: View) -> Draft:
    return Draft(f"汇总表与项目自评表不一致：{_pairs(checks, view)}。", "请核对后统一。")


@wording("XDC-06")
def _xdc_06(checks: Sequence[Check], _: View) -> Draft:
    return Draft("；".join(check.reason or "" for check in checks) + "。", "请按当年模板补全。")
