"""Wording of CON-06, CON-07, CMP, REA-10 and UNI-01."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.money import gap
from extractor.critique.view import View, number, short
from extractor.findings import Check
from extractor.reconcile.case import squeeze

_MOST_ROWS = 30


def _statement(check: Check, view: View) -> str:
    found = view.operand(check, "statement")
    span = found.spans[0] if found and found.spans else None
    return squeeze(view.case.document.text[span.start : span.end])[:60] if span else ""


@wording("CON-06")
def _con_06(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    if view.operand(check, "spent") is not None:
        text = (
            f"报告称“{_statement(check, view)}”，但支出{view.shown(check, 'spent')}、预算{view.shown(check, 'budget')}，"
            f"复算为{number(check.computed, '%')}，超出{gap(check)}。"
        )
        return Draft(text, "请修改表述，或说明两数口径及超出部分的资金来源。")
    if view.operand(check, "count") is not None:
        idle = "、".join(
            each.role.removesuffix("全年执行数") for each in check.operands if each.name.startswith("x")
        )
        text = (
            f"报告称实际执行（完成）{view.shown(check, 'count')}，汇总表中{idle}全年执行数为0，"
            f"有支出的为{number(check.computed)}个。"
        )
        return Draft(text, "请修改表述，或说明该项目的实际进展。")
    rows = [
        f"{short(target.role.removesuffix('指标值'))}目标{view.text(target)}、完成{view.text(actual)}"
        for target, actual in view.numbered(check, "t", "a") if target is not None and actual is not None
    ]  # fmt: skip
    return Draft(f"报告称“{_statement(check, view)}”，但{'；'.join(rows)}。", "请修改表述或补充说明。")


@wording("CON-07")
def _con_07(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        target, before, after = (view.operand(check, name) for name in ("target", "before", "after"))
        if target is None or before is None or after is None:
            continue
        last = view.operand(check, "last_year")
        beside = "" if last is None else f"，上年决算{number(last.value, last.unit)}"
        texts.append(
            f"{_promise(target.role)}{view.text(target)}，而{before.role}{number(before.value, before.unit)}、"
            f"{after.role}{number(after.value, after.unit)}（{number(check.computed, '%')}）{beside}。"
        )
    return Draft(
        "".join(texts), "请说明压减基数、口径及剔除事项（如年中追加）；不能说明的，请更正完成值和得分。"
    )


def _promise(role: str) -> str:
    """What was promised: by an indicator's target, or by a sentence."""
    return f"报告称{role}" if role.endswith("压减") else f"{role.removesuffix('指标值')}目标为压减"


def _rows(checks: Sequence[Check], view: View, *prefixes: str) -> list[str]:
    out = []
    for check in checks:
        for found in view.numbered(check, *prefixes):
            first = found[0]
            if first is None:
                continue
            name = first.role.removesuffix("指标值").removesuffix("完成值").removesuffix("分值")
            out.append(short(name) + "→".join(short(view.text(each)) for each in found if each is not None))
    return out


def _listed(rows: Sequence[str]) -> str:
    shown = "；".join(rows[:_MOST_ROWS])
    return shown if len(rows) <= _MOST_ROWS else f"{shown}等{len(rows)}行"


@wording("CMP-01")
def _cmp_01(checks: Sequence[Check], view: View) -> Draft:
    rows = _rows(checks, view, "t", "a")
    text = f"{len(rows)}行指标值与完成值的类型或计量单位不一致，无法判断完成程度：{_listed(rows)}。"
    return Draft(text, "请按与指标值相同的单位填列实际数。")


@wording("CMP-02")
def _cmp_02(checks: Sequence[Check], view: View) -> Draft:
    rows = _rows(checks, view, "a")
    return Draft(
        f"完成值应填实际发生数，{len(rows)}行填为不等式：{_listed(rows)}。", "请补填具体数值及来源。"
    )


@wording("REA-10")
def _rea_10(checks: Sequence[Check], view: View) -> Draft:
    rows = []
    for check in checks:
        for points, score, reason in view.numbered(check, "p", "s", "r"):
            if points is not None and score is not None:
                told = f"，原因栏“{view.text(reason)[:20]}”" if reason is not None else ""
                rows.append(
                    f"{short(points.role.removesuffix('分值'))}{number(score.value)}/{number(points.value)}{told}"
                )
    heads = "；".join(check.reason or "" for check in checks)
    return Draft(f"{heads}：{_listed(rows)}。", "请补充扣分的客观原因、责任环节和改进措施。")


@wording("UNI-01")
def _uni_01(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    places = view.location(
        span
        for each in checks
        for operand in each.operands
        if operand.name == "yuan"
        for span in operand.spans
    )
    other = view.operand(check, "wan")
    text = (
        f"{places}{len(checks)}处载“{view.shown(check, 'yuan')}”，同一事项在{view.location(other.spans if other else ())}"
        f"为“{view.shown(check, 'wan')}”，单位不一致。"
    )
    return Draft(text, "请核对后统一计量单位。")
