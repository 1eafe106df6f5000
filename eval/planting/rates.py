"""Planted errors of rates: execution, staff, procurement, 三公, coverage, averages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from eval.planting.plant import Draft, insert, kind, put, to
from eval.planting.sheet import OVERALL, Sheet, Spot, conclusion

HUNDRED = Decimal(100)


def percent(part: Decimal, whole: Decimal, places: int = 2) -> Decimal:
    """A share as reports print it."""
    return (part / whole * HUNDRED).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@kind("执行率误写（自评表）", "RAT-01", "SCO-01", "CON-01")
def rate_in_form(sheet: Sheet) -> Iterator[Draft]:
    """The printed execution rate is not the share of the row's own amounts."""
    for form in sheet.forms:
        rate = form.total["rate"] if form.total else None
        if rate is not None and rate.number:
            yield Draft((to(rate, rate.number - 4),), f"{form.scope}执行率{rate.text}减4个百分点")


@kind("执行率误写（正文）", "RAT-01", "CON-01", "CON-02", "RAT-12")
def rate_in_text(sheet: Sheet) -> Iterator[Draft]:
    """The execution rate misprinted in a sentence."""
    amounts = (
        sheet.said("exec_annual") or sheet.said("expenditure_total") or sheet.said("project_exec"),
        sheet.said("budget_annual")
        or sheet.said("revenue_budget")
        or sheet.said("project_budget", "budget_annual"),
    )
    for spot in sheet.said("exec_rate", "rate")[:1] if all(amounts) else ():
        yield Draft((to(spot, (spot.number or HUNDRED) - 5),), f"正文执行率{spot.text}减5个百分点")


@kind("控制率误写", "RAT-02")
def staff_rate(sheet: Sheet) -> Iterator[Draft]:
    """控制率 is not 在职 over 编制."""
    rate = sheet.base("财政供养").get("rate")
    if rate is not None and rate.number:
        yield Draft((to(rate, rate.number - 6),), f"控制率{rate.text}减6个百分点")
        yield Draft((put(rate, ""),), "控制率留空", ("INT-04",))


@kind("超编未说明", "REA-09", "CON-04", "RAT-02")
def too_many(sheet: Sheet) -> Iterator[Draft]:
    """More staff than 编制, with a rate that fits."""
    cells = sheet.base("财政供养")
    quota, duty, rate = (cells.get(k) for k in ("quota", "on_duty", "rate"))
    if not (quota and duty and rate and quota.number and duty.number) or duty.number > quota.number:
        return
    more = quota.number + 4
    spoken = [to(s, more) for s in sheet.said("staff_on_duty", "on_duty") if s.number == duty.number]
    edits = (to(duty, more), to(rate, percent(more, quota.number)), *spoken)
    yield Draft(edits, f"在职改为{more}人，编制{quota.text}")


@kind("比率超过100%", "RAT-05", "REA-07", "CON-01", "CON-02")
def beyond_all(sheet: Sheet) -> Iterator[Draft]:
    """A share of people or things above the whole."""
    for form in sheet.forms:
        for row in form.rows:
            name, actual = row["level3"], row["actual"]
            if (
                name
                and actual
                and name.text.endswith(("满意度", "合格率", "满意率"))
                and row.number("actual")
            ):
                yield Draft((to(actual, Decimal(104)),), f"{name.text}完成值改为104%")


@kind("政府采购远超预算未说明", "RAT-06", "REA-03")
def procurement(sheet: Sheet) -> Iterator[Draft]:
    """Procurement three times its budget, of which no sentence speaks."""
    cells = sheet.base("政府采购")
    budget, actual = cells.get("budget_initial"), cells.get("exec")
    if budget and actual and budget.number and not sheet.said("procurement_amount"):
        yield Draft((to(actual, budget.number * 3),), f"政府采购实际{actual.text}改为预算的3倍")


@kind("三公决算超预算", "RAT-08", "CON-01", "REA-03", "CMP-01", "SCO-07")
def three_publics(sheet: Sheet) -> Iterator[Draft]:
    """三公经费 above its budget in the table, with a part that makes it so."""
    total, part = sheet.base("三公经费"), sheet.base("公务接待")
    spent, budget, hosted = total.get("exec"), total.get("budget_initial"), part.get("exec")
    if not (spent and budget and hosted) or None in (spent.number, budget.number, hosted.number):
        return
    assert spent.number is not None
    assert budget.number is not None
    assert hosted.number is not None
    more = budget.number - spent.number + budget.number
    spoken = [
        to(s, spent.number + more) for s in sheet.said("sangong_total", "exec") if s.number == spent.number
    ]
    edits = (to(spent, spent.number + more), to(hosted, hosted.number + more), *spoken)
    yield Draft(edits, f"三公决算{spent.text}改为预算的2倍")


@kind("自评覆盖率误写", "RAT-04", "RAT-12")
def coverage(sheet: Sheet) -> Iterator[Draft]:
    """The coverage of the self-evaluation, said to be whole, is not; then it repeats the execution rate."""
    # only a list of the projects or their own forms show which of them were evaluated
    shown = any(table["kind"] == "project_summary" for table in sheet.gold["tables"])
    shown = shown or any(form.scope != OVERALL for form in sheet.forms)
    for spot in sheet.said("selfeval_coverage") if shown else ():
        yield Draft((to(spot, Decimal(62)),), f"覆盖率{spot.text}改为62%")


@kind("覆盖率填成执行率", "RAT-12", "RAT-04")
def wrong_formula(sheet: Sheet) -> Iterator[Draft]:
    """The coverage prints the execution rate."""
    rates = sheet.said("exec_rate", "rate")
    for spot in sheet.said("selfeval_coverage") if rates else ():
        yield Draft((put(spot, rates[0].text),), f"覆盖率填成执行率{rates[0].text}")


@kind("结构占比误写", "RAT-03")
def share(sheet: Sheet) -> Iterator[Draft]:
    """A sentence gives a wrong share of personnel in basic spending."""
    whole, part = (
        next(iter(sheet.said(m, "exec")), None) for m in ("expenditure_basic", "expenditure_personnel")
    )
    at = conclusion(sheet)
    if whole and part and whole.number and part.number and at is not None:
        wrong = percent(part.number, whole.number) - 9
        text = f"基本支出{whole.text}中，人员经费{part.text}，占{wrong}%。"
        yield Draft((insert(at, text),), f"人员经费占比写成{wrong}%")


@kind("预算调整率偏大未说明", "RAT-07", "SUM-03", "SUM-04", "CON-01", "SUM-14")
def adjusted(sheet: Sheet) -> Iterator[Draft]:
    """The initial budget of an executed form is far below the annual budget, and nothing is said of it."""
    for form in (f for f in sheet.forms if f.total and f.total["executed"] is not None):
        initial = form.total["initial"] if form.total else None
        annual = form.total["annual"] if form.total else None
        if initial is None or annual is None or initial.number is None or initial.text != annual.text:
            continue
        less = initial.number * Decimal("0.6")
        same = [row["initial"] for row in form.funds[1:2] if row.number("initial") == initial.number]
        spoken = [
            s for s in sheet.said("project_budget", "budget_initial", form.scope) if s.text.endswith("万元")
        ]
        yield Draft(
            (to(initial, less), *(to(s, less) for s in (*same, *spoken) if s)),
            f"年初数{initial.text}改为六成",
        )


@kind("自评平均分误写", "RAT-10", "SCO-13")
def average(sheet: Sheet) -> Iterator[Draft]:
    """The average of the projects' scores misprinted, where the scores themselves are printed."""
    spots: list[Spot] = [f.spot for f in sheet.spoken if "selfeval_avg_score" in f.metrics]
    named = {f.scope for f in sheet.spoken if "total_score" in f.metrics and f.scope != OVERALL}
    named |= {
        p["name"]["raw"] for p in sheet.gold["projects"] if p["total_score"] and p["total_score"].get("raw")
    }
    told = {spot.number for spot in sheet.said("project_count", None, OVERALL)}
    if spots and named and told <= {Decimal(len(named))}:
        edits = tuple(to(spot, (spot.number or HUNDRED) - 7) for spot in spots)
        yield Draft(edits, f"平均分{spots[0].text}减7分")
