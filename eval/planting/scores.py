"""Planted errors of scores, points and grades."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from eval.planting.plant import Draft, Edit, kind, put, to
from eval.planting.sheet import Form, Row, Sheet, Spot

HUNDRED = Decimal(100)
_BANDS = (Decimal(90), Decimal(80), Decimal(60), Decimal(0))
_CENT = Decimal("0.01")


def own_method(sheet: Sheet) -> bool:
    """Whether the report prints how it scores: nobody else's formula then says that a score is wrong (CHECKS 0.7)."""
    return bool(
        re.search(r"(?:[计评打]分|得分计算)(?:规则|方法|办法|标准|细则|依据)|(?:部分|未)达成得", sheet.text)
    )


def band(score: Decimal) -> int:
    """Which grade a score falls into."""
    return next(n for n, floor in enumerate(_BANDS) if score >= floor)


def retotal(sheet: Sheet, form: Form, change: Decimal) -> list[Edit] | None:
    """The edits that carry a changed row into the form's total and the sentences; None where the grade would change."""
    total = form.total_score
    if total is None or total.number is None or len(sheet.forms) > 1:
        return None
    new = total.number + change
    if band(new) != band(total.number) or new > HUNDRED:
        return None
    spoken = [s for s in sheet.said("total_score", "score", form.scope) if s.number == total.number]
    return [to(total, new), *(to(s, new) for s in spoken)]


def filled(form: Form) -> list[Row]:
    """Rows with points and a score of their own."""
    return [row for row in form.rows if row.number("points") and row.number("score") is not None]


def short(row: Row) -> bool:
    """Whether a row lost points."""
    points, score = row.number("points"), row.number("score")
    return points is not None and score is not None and score < points


def measured(row: Row) -> tuple[Decimal, Decimal] | None:
    """Target and actual as two numbers of one printed unit."""
    target, actual = row["target"], row["actual"]
    if target is None or actual is None or target.number is None or actual.number is None:
        return None
    if re.sub(r"[\d.,≥≤=＝\s]", "", target.text) != re.sub(r"[\d.,\s]", "", actual.text):
        return None
    return target.number, actual.number


def proportional(form: Form) -> bool:
    """Whether every short row of the form was scored by the share of its target."""
    rows = [row for row in filled(form) if short(row)]
    return bool(rows) and all(_by_share(row) for row in rows)


def _by_share(row: Row) -> bool:
    found, points, score = measured(row), row.number("points"), row.number("score")
    if found is None or points is None or score is None or not found[0]:
        return False
    return abs(points * found[1] / found[0] - score) <= _CENT


def by_rule(form: Form) -> bool:
    """Whether nothing in the form shows a method of scoring other than full points or the share of the target."""
    return proportional(form) or not any(short(row) for row in filled(form))


def alone(form: Form) -> list[Row]:
    """Rows whose points and score are not shared with the row below."""
    after = [*form.rows[1:], None]
    shared = {
        id(row) for row, below in zip(form.rows, after, strict=True) if below and below["points"] is None
    }
    return [row for row in filled(form) if id(row) not in shared]


@kind("执行率得分误算", "SCO-01", "SCO-02", "CON-03")
def execution_score(sheet: Sheet) -> Iterator[Draft]:
    """The execution's score is not its share of the points; the total follows it."""
    for form in sheet.forms if not own_method(sheet) else ():
        score = form.total["score"] if form.total else None
        rate = form.total.number("rate") if form.total else None
        points = form.total.number("points") if form.total else None
        if (
            not (score and score.number and rate and points)
            or abs(points * rate / HUNDRED - score.number) > _CENT
        ):
            continue
        edits = retotal(sheet, form, Decimal(-2)) or []
        yield Draft((to(score, score.number - 2), *edits), f"{form.scope}执行率得分{score.text}减2分")


@kind("总分≠各项得分之和", "SCO-02", "CON-03", "SCO-10", "XDC-05")
def total_score(sheet: Sheet) -> Iterator[Draft]:
    """The total misprinted in the form."""
    for form in sheet.forms:
        total = form.total_score
        if total is not None and total.number is not None:
            yield Draft((to(total, total.number - 3),), f"{form.scope}总分{total.text}减3分")


@kind("行得分误写", "SCO-02", "SCO-06", "SCO-09", "REA-10")
def row_score(sheet: Sheet) -> Iterator[Draft]:
    """The score of one row lowered while the total stands."""
    for form in sheet.forms:
        for row in filled(form)[:1]:
            score = row["score"]
            if score is not None and score.number:
                yield Draft((to(score, score.number - 2),), f"{form.scope}首行得分{score.text}减2分")


@kind("分值合计≠100", "SCO-03", "SCO-04", "REA-10", "SCO-09", "SCO-06", "SCO-11")
def points(sheet: Sheet) -> Iterator[Draft]:
    """The points of one row raised."""
    for form in sheet.forms:
        for row in filled(form)[-1:]:
            spot = row["points"]
            if spot is not None and spot.number:
                yield Draft((to(spot, spot.number + 5),), f"{form.scope}末行分值{spot.text}加5分")


@kind("一级标注分值≠下级合计", "SCO-04", "SCO-03", "SCO-11")
def label(sheet: Sheet) -> Iterator[Draft]:
    """The points written into a 一级指标 misprinted."""
    for form in sheet.forms:
        for row in form.rows[:1]:
            spot = row["level1"]
            if spot is not None and spot.number and any(each["points"] for each in form.rows):
                yield Draft((to(spot, spot.number - 10),), f"{spot.text!r}标注减10分")


@kind("得分超过分值", "SCO-05", "SCO-02")
def above_points(sheet: Sheet) -> Iterator[Draft]:
    """A row scores more than its points."""
    for form in sheet.forms:
        for row in filled(form)[:1]:
            spot, most = row["score"], row.number("points")
            if spot is not None and most:
                yield Draft((to(spot, most + 2),), f"{form.scope}首行得分{spot.text}改为分值加2")


@kind("未达标却满分", "SCO-06", "CON-11")
def full_though_short(sheet: Sheet) -> Iterator[Draft]:
    """A row below its target scores its full points, and the totals follow."""
    for form in sheet.forms if not own_method(sheet) else ():
        if not proportional(form):
            continue
        for row in (r for r in filled(form) if short(r)):
            spot, most, score = row["score"], row.number("points"), row.number("score")
            if spot is None or most is None or score is None or most - score < Decimal("0.05"):
                continue
            # where every other score is whole, half a point is what rounding makes of it
            others = (each["score"] for each in filled(form) if each is not row)
            if most - score < Decimal("0.5") and not any(each and each.places for each in others):
                continue
            edits = retotal(sheet, form, most - score)
            if edits is not None:
                yield Draft((put(spot, f"{most.normalize():f}"), *edits), f"未达标行得分{spot.text}改为满分")


@kind("反向指标超限却满分", "SCO-07", "CON-06", "CON-07", "REA-09")
def over_the_limit(sheet: Sheet) -> Iterator[Draft]:
    """A row whose actual lies far above its ≤ target keeps its full points."""
    for form in filter(by_rule, sheet.forms) if not own_method(sheet) else ():
        for row in alone(form):
            found, actual = measured(row), row["actual"]
            target = row["target"]
            if found and actual and target and "≤" in target.text and found[0] > 0 and not short(row):
                yield Draft((to(actual, found[0] * Decimal("1.6")),), f"{actual.text}改为目标的1.6倍")


@kind("达标却扣分", "SCO-09", "REA-10", "SCO-06", "SCO-16")
def lost_though_met(sheet: Sheet) -> Iterator[Draft]:
    """A row that met its target loses two points without a word, and the totals follow."""
    for form in filter(by_rule, sheet.forms) if not own_method(sheet) else ():
        for row in alone(form):
            found, spot, target = measured(row), row["score"], row["target"]
            if (
                not found
                or short(row)
                or spot is None
                or spot.number is None
                or spot.number < 5
                or target is None
            ):
                continue
            if "≤" in target.text or found[1] < found[0]:
                continue
            edits = retotal(sheet, form, Decimal(-2))
            if edits is not None:
                yield Draft((to(spot, spot.number - 2), *edits), f"达标行得分{spot.text}减2分")


@kind("得分按完成值折算", "SCO-16", "SCO-09", "REA-10", "SCO-06")
def scaled_by_actual(sheet: Sheet) -> Iterator[Draft]:
    """Rows above a percentage target are scored by points × the percentage, and the totals follow."""
    for form in sheet.forms:
        changes, edits = Decimal(0), []
        for row in filled(form):
            found, spot, actual, most = measured(row), row["score"], row["actual"], row.number("points")
            if not (found and spot and actual and most) or "%" not in actual.text or short(row):
                continue
            if "≤" not in (row["target"] or spot).text and found[0] <= found[1] < HUNDRED:
                score = (most * found[1] / HUNDRED).quantize(_CENT, ROUND_HALF_UP)
                edits.append(to(spot, score))
                changes += score - most
        totals = retotal(sheet, form, changes) if len(edits) > 1 else None
        if totals is not None:
            yield Draft((*edits, *totals), f"{len(edits)}行得分改为分值×完成值")


@kind("等级与总分不符", "SCO-10", "CON-03", "CON-02")
def grade(sheet: Sheet) -> Iterator[Draft]:
    """The grade misprinted in the form, then in the sentence."""
    for form in sheet.forms:
        if form.grade is not None:
            yield Draft((put(form.grade, "中"),), f"自评表等级{form.grade.text}改为中")
    for spot in sheet.said("grade"):
        yield Draft((put(spot, "中"),), f"正文等级{spot.text}改为中")


@kind("分值或得分空缺", "SCO-12", "SCO-02", "SCO-03", "SCO-04", "INT-04")
def gaps(sheet: Sheet) -> Iterator[Draft]:
    """The points and the score of a row left empty."""
    for form in sheet.forms:
        for row in filled(form)[-1:]:
            points_cell, score = row["points"], row["score"]
            if points_cell is not None and score is not None:
                yield Draft((put(points_cell, ""), put(score, "")), "末行分值、得分清空")
                yield Draft((put(score, ""),), "末行得分清空")


@kind("得分量纲混用", "SCO-13", "XDC-05", "RAT-10", "SCO-10", "CON-03")
def scales(sheet: Sheet) -> Iterator[Draft]:
    """A hundred-point score printed on a ten-point scale in the 汇总表, where another score or their average is on the other."""
    tables = [t for t in sheet.gold["tables"] if t["kind"] == "project_summary"]
    spots = [
        Spot(raw["raw"], raw["start"], raw["end"])
        for project in sheet.gold["projects"]
        if (raw := project["total_score"]) and raw.get("raw")
        and any(t["start"] <= raw["start"] < t["end"] for t in tables)
    ]  # fmt: skip
    averaged = any("selfeval_avg_score" in figure.metrics for figure in sheet.spoken)
    for spot in spots[:1] if len(spots) > 1 or averaged else ():
        yield Draft((to(spot, (spot.number or HUNDRED) / 10),), f"汇总表得分{spot.text}改为10分制")


@kind("执行率偏低的原因被删", "REA-02", "SCO-14")
def unexplained(sheet: Sheet) -> Iterator[Draft]:
    """What follows the statement of a low execution rate in its paragraph is deleted."""
    for spot in sheet.said("exec_rate", "rate")[:1]:
        if spot.number is None or spot.number >= 80:
            continue
        _, end = sheet.line_of(spot.start)
        yield Draft(((spot.end, end, "。"),), f"执行率{spot.text}之后的说明删去")


@kind("正文自评分≠自评表", "CON-03", "SCO-10", "SCO-02")
def spoken_score(sheet: Sheet) -> Iterator[Draft]:
    """The total score misprinted in its sentence."""
    for form in sheet.forms:
        for spot in sheet.said("total_score", "score", form.scope)[:1]:
            if form.total_score and spot.number and spot.number == form.total_score.number:
                yield Draft((to(spot, spot.number - 2),), f"正文{spot.text}减2分")
