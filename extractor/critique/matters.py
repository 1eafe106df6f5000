"""Wording of SUM-12, CON-04, 05, 08, 09, 10, 11: people, names, annexes and what is printed twice."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.draft import Draft, wording
from extractor.critique.view import View, number, short
from extractor.findings import Check

_MOST = 12


def _quoted(name: str) -> str:
    """A name in quotation marks, unless it brings its own."""
    return short(name) if "“" in name else f"“{short(name)}”"


@wording("SUM-12")
def _sum_12(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    parts = "、".join(
        f"{each.role.removesuffix('人数')}{number(each.value, each.unit)}"
        for each in check.operands
        if each.name != "total"
    )
    total = view.operand(check, "total")
    posts = total is not None and total.role == "编制数"
    text = (
        f"{'编制' if posts else '实有'}{view.shown(check, 'total')}，{parts}，合计{number(check.computed, '人')}，"
        f"相差{number(check.difference, '人')}。"
    )
    return Draft(text, "请核对各类编制数后更正。" if posts else "请说明实有人数是否含离退休人员，统一口径。")


@wording("CON-04")
def _con_04(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    text = (
        f"正文在职{view.shown(check, 'text')}，基础数据表填{view.shown(check, 'table')}，相差{number(check.difference, '人')}"
        f"{'，' + check.reason if check.reason else ''}。"
    )
    return Draft(text, "请核对在职人数（不含离退休人员），统一两处。")


@wording("CON-05")
def _con_05(checks: Sequence[Check], view: View) -> Draft:
    rows = []
    for check in checks:
        text, table = view.operand(check, "text"), view.operand(check, "table")
        if text is not None and table is not None:
            place, why = ("自评表", "（两处金额相同）") if check.severity == "P2" else ("正文", "")
            rows.append(f"{place}“{text.role}”，汇总表“{view.text(table)}”{why}")
    head = "项目名称正文与汇总表相差一字" if all(c.severity != "P2" for c in checks) else "项目名称前后不一致"
    return Draft(f"{head}：{'；'.join(rows)}。", "请核对统一项目名称。")


@wording("CON-08")
def _con_08(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        absent = [_quoted(each.role) for each in check.operands if each.name.startswith("m")]
        listed = "、".join(absent[:_MOST]) + (f"等{len(absent)}项" if len(absent) > _MOST else "")
        if view.operand(check, "count") is not None:
            texts.append(
                f"报告载明项目{view.shown(check, 'count')}，{check.reason}，收到的材料中未见其余{number(check.computed)}个项目的自评表"
                f"{'：' + listed if listed else ''}。"
            )
        else:
            texts.append(f"{check.reason}{listed}，收到的材料中未见。")
    return Draft("".join(texts), "请补附；如已另行报送请注明。")


@wording("CON-09")
def _con_09(checks: Sequence[Check], view: View) -> Draft:
    check = checks[0]
    return Draft(
        f"报告称内设机构{view.shown(check, 'count')}，{check.reason}，相差{number(check.difference)}个。",
        "请核对个数与列举。",
    )


@wording("CON-10")
def _con_10(_checks: Sequence[Check], _view: View) -> Draft:
    """Nothing of the project is repeated (CHECKS 0.20)."""
    return Draft(
        "【内部提示】报告表述有项目涉密、不作公开评价，但附件列示了该类项目的目标与完成情况。",
        "请先行保密审查，按审查意见决定是否公开；审查前建议暂不对外展示。",
    )


@wording("CON-11")
def _con_11(checks: Sequence[Check], view: View) -> Draft:
    texts = []
    for check in checks:
        values = {each.name: view.text(each) for each in check.operands}
        other = view.operand(check, "t2")
        place = other.role.removesuffix("指标值") if other else ""
        texts.append(
            f"同名指标{check.reason}，整体自评表为{values.get('t1')}/{values.get('a1')}，{place}为{values.get('t2')}/{values.get('a2')}。"
        )
    return Draft("".join(texts), "请说明两处口径是否不同；口径相同的，请统一指标值与数据来源。")
