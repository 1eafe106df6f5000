"""Wording of INT: what is missing or left blank."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.view import View, short
from extractor.findings import Check

_MOST = 20


def roles(checks: Sequence[Check], *prefixes: str) -> list[str]:
    """What the operands of these names are called, each once, in order."""
    found = [
        each.role for check in checks for each in check.operands if each.name.rstrip("0123456789") in prefixes
    ]
    return list(dict.fromkeys(found))


def listed(words: Sequence[str], mark: str = "、", most: int = _MOST) -> str:
    """A list cut where it becomes too long to read."""
    shown = mark.join(short(word, 120) for word in words[:most])
    return shown if len(words) <= most else f"{shown}等{len(words)}处"


@wording("INT-01")
def _int_01(checks: Sequence[Check], _: View) -> Draft:
    if not roles(checks, "text"):
        return Draft(
            "报告未见存在问题、原因分析和改进措施的内容。",
            "请结合未完成指标和未执行资金补充；确无问题的，请说明。",
        )
    return Draft(
        f"报告“{listed(roles(checks, 'text'), '”“')}”只有标题，未填写内容。",
        "请补充；确无内容的，请注明“无”。",
    )


@wording("INT-02")
def _int_02(_checks: Sequence[Check], _: View) -> Draft:
    return Draft(
        "收到的材料中未见绩效自评表和指标明细，无法复核分值、得分与完成值。",
        "请补附自评表；如已另行报送，请注明。",
    )


@wording("INT-03")
def _int_03(_checks: Sequence[Check], _: View) -> Draft:
    return Draft("项目自评表数量与报告所载项目数不一致。", "请补附其余项目自评表；如已另行报送，请注明。")


@wording("INT-04")
def _int_04(checks: Sequence[Check], _: View) -> Draft:
    return Draft(
        f"基础数据表{listed(roles(checks, 'text'))}各栏均未填。",
        "请据实填写；数额为零的请填“0”，不适用的请注明“不适用”。",
    )


@wording("INT-05")
def _int_05(checks: Sequence[Check], view: View) -> Draft:
    if open_totals := roles(checks, "form"):
        return Draft(f"{listed(open_totals)}各行已给分，总分栏未填，正文也未列总分。", "请补填总分。")
    grade = view.operand(checks[0], "text")
    told = view.text(grade) if grade else ""
    return Draft(f"报告给出自评等级“{told}”，未列总分，无法复核等级。", "请补充总分及各部分得分。")


@wording("INT-06")
def _int_06(checks: Sequence[Check], _: View) -> Draft:
    return Draft(
        f"所报电子版未见{listed(roles(checks, 'text'))}的填写内容或签章。",
        "请在正式报送件中填写齐全并加盖公章。",
    )


@wording("INT-07")
def _int_07(checks: Sequence[Check], _: View) -> Draft:
    return Draft("；".join(check.reason or "" for check in checks) + "指标。", "请补充，或说明不设置的理由。")


@wording("INT-08")
def _int_08(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        head = view.operand(check, "head")
        rows = [each.role for each in check.operands if each is not head]
        if head is not None:
            texts.append(f"{view.location(head.spans)}“{head.role}”栏{len(rows)}行均未填。")
        elif check.operands[0].name.startswith("row"):
            texts.append(f"自评表{len(rows)}行指标的完成值和得分均未填：{listed(rows)}。")
        else:
            texts.append(f"{len(rows)}行指标已给分，完成值未填：{listed(rows)}。")
    return Draft("".join(texts), "请逐项填写完成情况。")


@wording("INT-09")
def _int_09(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        budget = view.operand(check, "budget")
        if budget is not None:
            texts.append(
                f"报告列示预算{view.shown(check, 'budget')}，未见全年支出（决算）数，无法计算执行率。"
            )
        else:
            texts.append(f"{listed(roles([check], 'text'))}已填，全年执行数未填，无法计算执行率。")
    return Draft("".join(texts), "请补充决算数据。")
