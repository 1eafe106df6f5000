"""Planted errors of indicators: what is compared, what it is called, and why it fell short."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from eval.planting.plant import Draft, kind, put, to
from eval.planting.scores import alone, filled, measured, retotal, short
from eval.planting.sheet import OVERALL, Form, Row, Sheet, Spot

_PLANNED = (
    "公里",
    "平方米",
    "座",
    "个",
    "处",
    "套",
    "台",
    "场",
    "场次",
    "亩",
    "公顷",
    "栋",
)  # not driven by demand


def counted(row: Row) -> tuple[Spot, Spot] | None:
    """Target and actual of a row that counts things upward."""
    target, actual = row["target"], row["actual"]
    if measured(row) and target and actual and "≥" in target.text and "%" not in target.text:
        return target, actual
    return None


def met(form: Form) -> list[Row]:
    """Rows with full points."""
    return [row for row in filled(form) if not short(row)]


@kind("完成值与指标值不可比", "CMP-01", "REA-07", "SCO-06", "SCO-09", "CMP-03")
def incomparable(sheet: Sheet) -> Iterator[Draft]:
    """A count of things is answered by a percentage, then by words."""
    for form in sheet.forms:
        cells = [found for row in met(form) if (found := counted(row))]
        for (_, actual), new in zip(cells, ("100%", "有所提升"), strict=False):
            yield Draft((put(actual, new),), f"{actual.text}改为{new}")


@kind("完成值填成不等式", "CMP-02", "CMP-06")
def inequality(sheet: Sheet) -> Iterator[Draft]:
    """The actual repeats the target with its sign."""
    for form in sheet.forms:
        for row in met(form):
            found = counted(row)
            if found:
                yield Draft((put(found[1], found[0].text),), f"{found[1].text}改为{found[0].text}")


@kind("定性指标不可衡量", "CMP-03", "CMP-01", "CMP-06")
def unmeasured(sheet: Sheet) -> Iterator[Draft]:
    """Target and actual of an output are words without a standard."""
    for form in sheet.forms:
        for row in met(form):
            level2, target, actual = row["level2"], row["target"], row["actual"]
            if level2 and "质量" in level2.text and target and actual and measured(row):
                yield Draft(
                    (put(target, "有所提升"), put(actual, "有所提升")), "目标、完成值均改为“有所提升”"
                )


@kind("复合指标", "CMP-05", "CMP-01", "CMP-03")
def compound(sheet: Sheet) -> Iterator[Draft]:
    """Several targets in one cell with a single answer."""
    for form in sheet.forms:
        for row in met(form)[:1]:
            target, actual = row["target"], row["actual"]
            if target and actual:
                new = "调度会4次以上，培训12次以上，宣传1次，检查2次"
                yield Draft((put(target, new), put(actual, "95%")), "指标值改为四项并列")


@kind("实际完成照抄预期目标", "CMP-06")
def copied_goal(sheet: Sheet) -> Iterator[Draft]:
    """What was reached repeats what was expected, word for word; a short promise in numbers may come true to the letter."""
    for form in sheet.forms:
        expected, actual = form.goals
        if expected and actual and (len(expected.text) > 28 or expected.number is None):
            yield Draft((put(actual, expected.text),), "实际完成情况照抄预期目标")


@kind("指标值照抄指标名", "CMP-06", "CMP-01", "CMP-03", "SCO-09", "SCO-06")
def copied_name(sheet: Sheet) -> Iterator[Draft]:
    """The target repeats the indicator's name."""
    for form in sheet.forms:
        for row in met(form)[-1:]:
            name, target = row["level3"], row["target"]
            if name and target:
                yield Draft((put(target, name.text),), f"指标值改为“{name.text}”")


@kind("指标重复", "REA-06", "CON-11", "CON-05")
def doubled(sheet: Sheet) -> Iterator[Draft]:
    """Two rows carry one name: a whole one, for 合理性 or 明确性 is rightly asked under several headings."""
    for form in sheet.forms:
        rows = [row for row in form.rows if (name := row["level3"]) is not None and len(name.text) > 3]
        if len(rows) < 2:
            continue
        one, other = rows[0]["level3"], rows[-1]["level3"]
        kinds = {spot.text for row in (rows[0], rows[-1]) if (spot := row["level2"]) is not None}
        # under one heading a name may be asked of several objects
        if one and other and one.text != other.text and len(kinds) > 1:
            yield Draft((put(other, one.text),), f"“{other.text}”改名为“{one.text}”")


@kind("三级指标与二级不匹配", "REA-05")
def misplaced(sheet: Sheet) -> Iterator[Draft]:
    """A count of meetings stands under 质量, the sum invested under 经济效益."""
    for form in sheet.forms:
        for row in met(form):
            level2, name, target, actual = (row[k] for k in ("level2", "level3", "target", "actual"))
            if not (level2 and name and target and actual and measured(row)):
                continue
            if "质量" in level2.text:
                edits = (put(name, "召开专题会议次数"), put(target, "≥12次"), put(actual, "12次"))
                yield Draft(edits, "质量指标改为会议次数")
            elif "经济效益" in level2.text:
                edits = (put(name, "项目投入资金额"), put(target, "63万元"), put(actual, "63万元"))
                yield Draft(edits, "经济效益指标改为投入资金额")


@kind("完成值远超目标", "REA-07")
def far_beyond(sheet: Sheet) -> Iterator[Draft]:
    """A quantity of works twice and a half its target; what demand drives comes as it comes (CHECKS 0.17)."""
    for form in sheet.forms:
        for row in met(form):
            found, level2 = counted(row), row["level2"]
            if (
                found
                and level2
                and "数量" in level2.text
                and found[0].number
                and found[0].number >= 20
                and found[0].text.endswith(_PLANNED)
            ):
                value = (found[0].number * Decimal("2.5")).to_integral_value()
                yield Draft((to(found[1], value),), f"{found[1].text}改为目标的2.5倍")


@kind("扣分原因空白或空泛", "REA-10")
def silent(sheet: Sheet) -> Iterator[Draft]:
    """The reason of a short row is gone, or is a mere slogan."""
    for form in sheet.forms:
        for row in (r for r in filled(form) if short(r)):
            reason = row["reason"]
            if reason is not None:
                yield Draft((put(reason, ""),), "扣分原因清空")
                yield Draft((put(reason, "进一步加强管理"),), "扣分原因改为口号")


@kind("无故扣分", "REA-10", "SCO-09", "SCO-06", "SCO-16")
def silently_lost(sheet: Sheet) -> Iterator[Draft]:
    """A row with an empty reason loses points, and the totals follow."""
    for form in sheet.forms:
        for row in (r for r in alone(form) if not short(r)):
            score = row["score"]
            if score is None or row["reason"] is not None or score.number is None or score.number < 5:
                continue
            edits = retotal(sheet, form, Decimal(-1))
            if edits is not None:
                yield Draft((to(score, score.number - 1), *edits), f"得分{score.text}减1分而原因空白")
                return


@kind("决算远超预算（基础数据表）", "REA-03", "SUM-09", "SUM-08")
def far_from_budget(sheet: Sheet) -> Iterator[Draft]:
    """A part and its total far above their budget."""
    part, total = sheet.base("业务工作经费"), sheet.base("项目支出")
    spent, budget, whole = part.get("exec"), part.get("budget_initial"), total.get("exec")
    if spent and budget and whole and spent.number and budget.number and whole.number:
        more = budget.number * 3
        yield Draft(
            (to(spent, more), to(whole, whole.number - spent.number + more)), "业务工作经费决算改为预算的3倍"
        )


@kind(
    "超全年预算支出", "REA-01", "RAT-01", "CON-01", "CON-02", "SUM-04", "SUM-06", "SCO-01", "SUM-05", "RAT-05"
)
def overspent(sheet: Sheet) -> Iterator[Draft]:
    """More was spent than the annual budget, with a rate that fits."""
    for form in sheet.forms:
        row = form.total
        spent, annual, rate = (row["executed"], row["annual"], row["rate"]) if row else (None, None, None)
        if spent and annual and rate and annual.number:
            more = (annual.number * Decimal("1.06")).quantize(Decimal(1).scaleb(-spent.places))
            yield Draft((to(spent, more), to(rate, Decimal(106))), f"执行数{spent.text}改为全年预算的106%")


@kind("追加用途与项目不符", "REA-04")
def foreign_funds(sheet: Sheet) -> Iterator[Draft]:
    """The reason of a short row names money added for something else."""
    for form in sheet.forms:
        for row in (r for r in filled(form) if short(r)):
            if row["reason"] is not None and form.scope != OVERALL:
                yield Draft(
                    (put(row["reason"], "年中追加禁毒工作经费12.6万元，影响了本项目进度"),),
                    "偏差原因写追加禁毒工作经费",
                )
