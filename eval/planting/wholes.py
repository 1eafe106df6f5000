"""Planted errors that concern a form as a whole, or two tables of a report: low execution, levels of reaching, missing forms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from eval.planting.plant import Draft, kind, put, to
from eval.planting.scores import alone, own_method, retotal, short
from eval.planting.sheet import OVERALL, Form, Sheet, Spot
from eval.planting.texts import captioned

_LOW = Decimal("0.55")
_HUNDRED = Decimal(100)


def _cent(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


@kind("部分达成却满分", "SCO-08", "SCO-09", "CMP-03", "SCO-06", "REA-10")
def partly(sheet: Sheet) -> Iterator[Draft]:
    """An actual says that a goal was reached in part; the row keeps its full points."""
    for form in sheet.forms if not own_method(sheet) else ():
        for row in alone(form):  # a score that two rows share may be full for the other's sake
            actual, target = row["actual"], row["target"]
            if actual and target and actual.number is None and target.number is None and not short(row):
                yield Draft(
                    (put(actual, "部分达成预期指标"),), f"“{actual.text}”改为“部分达成预期指标”，得分不变"
                )


@kind("成本指标用≥", "UNI-04", "REA-05", "SCO-07", "SCO-06", "CMP-03")
def wrong_sign(sheet: Sheet) -> Iterator[Draft]:
    """A cost is to be at least its target instead of at most."""
    for form in sheet.forms:
        for row in form.rows:
            level2, target = row["level2"], row["target"]
            if level2 and target and "成本" in level2.text and target.text.startswith("≤"):
                yield Draft((put(target, target.text.replace("≤", "≥", 1)),), f"成本指标值{target.text}改为≥")


@kind("执行率偏低未说明", "REA-02", "SCO-14", "REA-03", "SUM-04", "CON-01", "SCO-02", "SUM-06")
def low_execution(sheet: Sheet) -> Iterator[Draft]:
    """Little more than half of the money was spent, the form agrees with itself, and nothing is said of it."""
    for form in sheet.forms if len(sheet.forms) == 1 else ():
        edits = _lowered(sheet, form)
        if edits:
            yield Draft(tuple(edits), f"{form.scope}执行数改为全年预算的55%，得分随之，未说明原因")


def _lowered(sheet: Sheet, form: Form) -> list[tuple[int, int, str]] | None:
    row = form.total
    if row is None or any(word in sheet.text for word in ("偏低的原因", "原因说明")):
        return None
    spent, annual, rate, score = (row[key] for key in ("executed", "annual", "rate", "score"))
    points = row.number("points")
    if not (
        spent and annual and rate and score and points and annual.number and spent.number and score.number
    ):
        return None
    less = (annual.number * _LOW).quantize(Decimal(1).scaleb(-spent.places), ROUND_HALF_UP)
    share = less / annual.number
    totals = retotal(sheet, form, _cent(points * share) - score.number)
    if totals is None or sheet.said("project_exec") or sheet.said("exec_annual") or sheet.said("exec_rate"):
        return None
    parts = [each["executed"] for each in form.funds[1:]]
    same = [spot for spot in parts if spot is not None and spot.number == spent.number]
    if any(spot is not None and spot.number and spot not in same for spot in parts) or len(same) > 1:
        return None
    rates = [spot for each in form.funds if (spot := each["rate"]) is not None]
    return [
        to(spent, less),
        *(to(spot, less) for spot in same),
        *(to(spot, _cent(share * _HUNDRED)) for spot in rates),
        to(score, _cent(points * share)),
        *totals,
    ]


@kind("项目自评表缺一张", "CON-08", "INT-03", "RAT-04", "INT-02")
def one_form_less(sheet: Sheet) -> Iterator[Draft]:
    """The report speaks of all its projects; the form of the last one is not attached."""
    forms = [form for form in sheet.forms if form.scope != OVERALL]
    told = sheet.said("project_count", None, OVERALL)
    if len(forms) < 2 or not any(spot.number == len(forms) for spot in told):
        return
    form = forms[-1]
    start = captioned(sheet, form.start, "自评表")
    yield Draft(((start, form.end, ""),), f"“{form.scope}”的自评表连同表名删去")


@kind("同名指标跨表不一致", "CON-11", "REA-06")
def told_twice(sheet: Sheet) -> Iterator[Draft]:
    """The unit's form and a project's form print one peculiar indicator with different values."""
    overall = next((form for form in sheet.forms if form.scope == OVERALL), None)
    if overall is None:
        return
    for other in (form for form in sheet.forms if form.scope != OVERALL):
        edits = []
        for form, target, actual in ((overall, "≥90%", "92%"), (other, "≥80%", "81%")):
            row = next((r for r in reversed(form.rows) if r["level3"] and r["target"] and r["actual"]), None)
            if row is None or short(row):
                break
            cells = zip(
                ("level3", "target", "actual"),
                ("平安建设民意调查群众安全感测评值", target, actual),
                strict=True,
            )
            edits += [put(spot, new) for key, new in cells if (spot := row[key]) is not None]
        else:
            yield Draft(tuple(edits), "整体表与项目表同一指标分别填≥90%/92%、≥80%/81%")
            return


@kind("汇总表得分与项目表不一致", "XDC-05", "RAT-10", "SCO-13", "CON-03", "CON-05")
def summary_score(sheet: Sheet) -> Iterator[Draft]:
    """The 汇总表 prints another score of a project than the project's own form."""
    for table in sheet.gold["tables"]:
        if table["kind"] != "project_summary":
            continue
        for form in sheet.forms:
            at = sheet.text.find(form.scope, table["start"], table["end"])
            total = form.total_score
            if at < 0 or total is None or total.number is None:
                continue
            _, end = sheet.line_of(at)
            place = sheet.text.rfind(total.text, at, end)
            if place > at + len(form.scope):
                spot = Spot(total.text, place, place + len(total.text))
                yield Draft((to(spot, total.number - 6),), f"汇总表中“{form.scope}”得分{total.text}减6分")


@kind("规模控制率误写", "RAT-09", "CMP-01")
def building(sheet: Sheet) -> Iterator[Draft]:
    """A building larger than approved, with a rate that says it is not."""
    for row in sheet.gold["base_data"]:
        if "楼堂馆所" not in row["item"]["raw"]:
            continue
        spots = [
            Spot(c["cell"]["raw"], c["cell"]["start"], c["cell"]["end"])
            for c in row["cells"]
            if c["cell"].get("raw")
        ]
        if len(spots) == 6 and len({spot.text for spot in spots}) == 1:
            values = ("1200", "1500", "100%", "360", "360", "100%")
            edits = tuple(put(spot, new) for spot, new in zip(spots, values, strict=True))
            yield Draft(edits, "批复1200㎡、实际1500㎡，控制率填100%")
