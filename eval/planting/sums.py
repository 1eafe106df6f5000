"""Planted errors of amounts: sums, money blocks, base tables, lists, and amounts that sentences repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from eval.planting.plant import Draft, bumped, insert, kind, put, step, to
from eval.planting.sheet import Form, Row, Sheet, Spot, conclusion

SPENT = ("exec_annual", "expenditure_total")
ECHOES = ("CON-01", "CON-02")
STAGES = ("prev_final", "budget_initial", "exec")


def near(total: Decimal, parts: Sequence[Decimal], places: int) -> bool:
    """Whether parts add up to a total but for rounding."""
    return abs(total - sum(parts)) <= Decimal(len(parts) + 1) * Decimal(1).scaleb(-places) / 2


def first(sheet: Sheet, metric: str, stage: str | None = None) -> Spot | None:
    """The first figure of sentences with a metric."""
    return next(iter(sheet.said(metric, stage)), None)


def spent(sheet: Sheet) -> Spot | None:
    """The year's spending as the first sentence gives it."""
    return next((spot for metric in SPENT for spot in sheet.said(metric, "exec")), None)


def _split(whole: Spot | None, parts: list[Spot | None]) -> list[Spot] | None:
    """Whole and parts when all are printed in one unit and add up."""
    spots = [spot for spot in (whole, *parts) if spot is not None and spot.number is not None]
    if len(spots) != len(parts) + 1 or len({s.text.lstrip("-0123456789.,") for s in spots}) != 1:
        return None
    numbers = [s.number for s in spots if s.number is not None]
    return spots if near(numbers[0], numbers[1:], max(s.places for s in spots)) else None


@kind("总支出≠基本+项目（正文）", "SUM-01", "REA-01", "RAT-01", "SUM-10", *ECHOES)
def total_spending(sheet: Sheet) -> Iterator[Draft]:
    """The year's spending, its basic or its project part misprinted in the sentence that splits it."""
    # 涉及资金 may be what was planned: it is no part of the spending
    spent_on = (
        f.spot
        for f in sheet.spoken
        if "expenditure_project" in f.metrics and f.stages == {"exec"} and not f.table
    )
    own = set(sheet.said("expenditure_project", "exec"))
    parts = [
        first(sheet, "expenditure_basic", "exec"),
        next((spot for spot in spent_on if spot in own), None),
    ]
    for whole in (spot for metric in SPENT for spot in sheet.said(metric, "exec")):
        spots = _split(whole, parts)
        if spots:
            for spot in (spots[2], spots[0]):
                yield Draft((bumped(spot, 2),), f"{spot.text}改大")
            return


@kind("基本支出≠人员+公用（正文）", "SUM-02", "SUM-01", "RAT-03", "SUM-09", *ECHOES)
def basic_spending(sheet: Sheet) -> Iterator[Draft]:
    """The personnel or the public part of basic spending misprinted."""
    parts = [first(sheet, "expenditure_personnel", "exec"), first(sheet, "expenditure_public", "exec")]
    spots = _split(first(sheet, "expenditure_basic", "exec"), parts)
    if spots:
        yield Draft((bumped(spots[1], 2),), f"人员经费{spots[1].text}改大")
        yield Draft((bumped(spots[2], 2),), f"公用经费{spots[2].text}改大")


@kind("全年预算≠年初+调整（正文）", "SUM-03", "SUM-14", "RAT-07", *ECHOES)
def annual_budget(sheet: Sheet) -> Iterator[Draft]:
    """The adjustment misprinted in the sentence that leads from the initial to the annual budget."""
    initial, annual, adjust = (
        first(sheet, m, m) for m in ("budget_initial", "budget_annual", "budget_adjust")
    )
    adjust = adjust or first(sheet, "budget_adjust", "adjust")
    if initial and annual and adjust:
        yield Draft(
            (to(adjust, (adjust.number or Decimal(0)) + 10 * step(adjust)),), f"年中调整{adjust.text}改大"
        )


@kind("资金分项≠总额（自评表）", "SUM-04", "RAT-01", "SUM-05", "SUM-03", "REA-01", "CON-01")
def sources_of_funds(sheet: Sheet) -> Iterator[Draft]:
    """One source of the money block misprinted."""
    for form in sheet.forms:
        for column in ("annual", "executed"):
            draft = _source(form, column)
            if draft:
                yield draft


def _source(form: Form, column: str) -> Draft | None:
    rows = [row for row in form.funds if row.number(column)]
    numbers = [row.number(column) or Decimal(0) for row in rows]
    if len(rows) < 3 or not near(numbers[0], numbers[1:], 2):
        return None
    spot = rows[1][column]
    return Draft((bumped(spot, len(rows)),), f"{form.scope}资金栏分项{spot.text}改大") if spot else None


@kind("收入性质分项≠资金总额", "SUM-05", "CON-01", "SUM-04")
def natures(sheet: Sheet) -> Iterator[Draft]:
    """A key-value cell by 收入性质 misprinted."""
    for spot in sheet.told("fund_gpb"):
        yield Draft((bumped(spot, 4),), f"一般公共预算：{spot.text}改大")


@kind("支出性质分项≠全年执行", "SUM-06", "SUM-01", "CON-01")
def purposes(sheet: Sheet) -> Iterator[Draft]:
    """A key-value cell by 支出性质 misprinted."""
    for metric in ("expenditure_basic", "expenditure_project"):
        for spot in sheet.told(metric):
            if any(form.inside(spot) for form in sheet.forms):
                yield Draft((bumped(spot, 2),), f"支出性质{spot.text}改大")


def _columns(cells: dict[str, Spot], terms: int, sign: int = 1) -> Iterator[tuple[Draft, Spot]]:
    for stage in ("exec", "budget_initial"):
        spot = cells.get(stage)
        if spot is not None and spot.number:
            yield Draft((bumped(spot, terms, sign),), f"{stage}列{spot.text}改"), spot


@kind("三公合计≠分项（基础数据表）", "SUM-07", "RAT-08", "CON-01", "REA-03")
def three_publics(sheet: Sheet) -> Iterator[Draft]:
    """The total of 三公经费 or its vehicles misprinted."""
    for word in ("三公经费", "公务用车购置和维护"):
        yield from (draft for draft, _ in list(_columns(sheet.base(word), 3))[:1])


@kind("项目支出合计≠分项（基础数据表）", "SUM-08", "CON-01", "REA-03", "SUM-10")
def project_total(sheet: Sheet) -> Iterator[Draft]:
    """The total of project spending printed smaller than its parts."""
    yield from (draft for draft, _ in _columns(sheet.base("项目支出"), 3, -1))


@kind("业务工作经费与专项资金重复列示", "SUM-08")
def listed_twice(sheet: Sheet) -> Iterator[Draft]:
    """Every column prints the whole of project spending both as 业务工作经费 and as 专项资金."""
    total, work, keep, special = (
        sheet.base(w) for w in ("项目支出", "业务工作经费", "运行维护经费", "专项资金")
    )
    edits = []
    for stage in STAGES:
        if not (total.get(stage) and work.get(stage) and keep.get(stage) and special.get(stage)):
            return
        edits += [put(work[stage], total[stage].text), put(special[stage], total[stage].text)]
        edits.append(to(keep[stage], Decimal(0)))
    yield Draft(tuple(edits), "业务工作经费、专项资金均填项目支出总额")


@kind("公用经费合计≠明细（基础数据表）", "SUM-09", "CON-01", "SUM-02", "REA-03")
def public_total(sheet: Sheet) -> Iterator[Draft]:
    """The total of public spending misprinted where a row 其他费用 closes the list."""
    if sheet.base("其他费用"):
        yield from (draft for draft, _ in _columns(sheet.base("公用经费"), 4, -1))


@kind("公用明细>合计", "SUM-09", "REA-03", "CON-01")
def public_part(sheet: Sheet) -> Iterator[Draft]:
    """One part of public spending printed larger than their total."""
    # not the first label with 办公 in it: a project for 办公设备 stands above
    part, total = sheet.base("公用经费", "办公").get("exec"), sheet.base("公用经费").get("exec")
    if part and total and total.number:
        yield Draft((to(part, total.number * 2),), f"办公经费{part.text}改为合计的两倍")


@kind("合计栏空白（基础数据表）", "INT-04")
def blank_totals(sheet: Sheet) -> Iterator[Draft]:
    """The totals above filled rows left empty."""
    for word, code in (("三公经费", "SUM-07"), ("项目支出", "SUM-08"), ("公用经费", "SUM-09")):
        cells = sheet.base(word)
        # a total of nothing may be left out: nobody is asked to print the sum of noughts
        if all(stage in cells and cells[stage].number for stage in STAGES):
            edits = tuple(put(cells[stage], "") for stage in STAGES)
            yield Draft(edits, f"{word}合计三列清空", (code,))


def _summary(sheet: Sheet) -> list[Row]:
    """The data rows of a 汇总表: projects without a form of their own."""
    rows = [Row({k: _place(v) for k, v in p.items()}) for p in sheet.gold["projects"]]
    tables = [t for t in sheet.gold["tables"] if t["kind"] == "project_summary"]
    return [
        row for row in rows
        if (name := row["name"]) is not None and any(t["start"] <= name.start < t["end"] for t in tables)
    ]  # fmt: skip


def _place(raw: object) -> Spot | None:
    if isinstance(raw, dict) and raw.get("raw"):
        return Spot(raw["raw"], raw["start"], raw["end"])
    return None


@kind(
    "项目清单合计≠各行（汇总表）",
    "SUM-10",
    "SUM-11",
    "SUM-15",
    "XDC-05",
    "RAT-01",
    "REA-01",
    "CON-01",
    "CON-05",
)
def list_total(sheet: Sheet) -> Iterator[Draft]:
    """One row of a 汇总表 misprinted."""
    for row in _summary(sheet)[:1]:
        for column in ("executed", "annual"):
            spot = row[column]
            if spot is not None:
                yield Draft((bumped(spot, 9, -1),), f"汇总表{column}{spot.text}改小")


@kind("金额合计行≠各行（汇总表）", "SUM-11", "SUM-10", *ECHOES)
def closing_row(sheet: Sheet) -> Iterator[Draft]:
    """The closing row of a 汇总表 misprinted."""
    if _summary(sheet):
        for figure in sheet.spoken:
            if figure.table and "exec_annual" in figure.metrics and figure.scope == "整体":
                yield Draft((bumped(figure.spot, 9, -1),), f"合计行{figure.spot.text}改小")


@kind("行内小计≠年初+追加（汇总表）", "SUM-15", "SUM-10", "SUM-11")
def row_total(sheet: Sheet) -> Iterator[Draft]:
    """The initial budget of a row misprinted."""
    for row in _summary(sheet)[:1]:
        spot = row["initial"]
        if spot is not None:
            yield Draft((bumped(spot, 9),), f"汇总表年初数{spot.text}改大")


@kind("清单总额误写（正文）", "SUM-10", "RAT-01", "REA-01", "RAT-04", *ECHOES)
def spoken_list_total(sheet: Sheet) -> Iterator[Draft]:
    """The sum of the listed projects misprinted in the sentence."""
    if _summary(sheet):
        spots = [s for stage in ("exec", "budget_annual") for s in sheet.said("expenditure_project", stage)]
        for spot in spots:
            yield Draft((bumped(spot, 9),), f"正文项目总额{spot.text}改大")


@kind("实有≠在职+离退休", "SUM-12", "CON-04")
def headcount(sheet: Sheet) -> Iterator[Draft]:
    """Everyone on the books misprinted."""
    for spot in sheet.said("staff_total"):
        yield Draft((to(spot, (spot.number or Decimal(0)) + 5),), f"实有{spot.text}改大5人")


@kind("基本调整+项目调整≠总调整", "SUM-14", "SUM-03")
def adjustments(sheet: Sheet) -> Iterator[Draft]:
    """The project part of the year's adjustment misprinted."""
    if sheet.said("budget_adjust", "adjust") and sheet.said("basic_budget_adjust", "adjust"):
        for spot in sheet.said("expenditure_project", "adjust"):
            yield Draft(
                (to(spot, (spot.number or Decimal(0)) + 2 * step(spot, 2)),), f"项目调整{spot.text}改大"
            )


@kind("正文与表金额不一致", "CON-01", "CON-02", "SUM-01", "SUM-03", "RAT-01", "REA-01", "SUM-10", "UNI-03")
def text_and_table(sheet: Sheet) -> Iterator[Draft]:
    """An amount that a table prints too is misprinted in its sentence."""
    wanted = (
        ("budget_annual", None),
        ("project_exec", "exec"),
        ("sangong_total", "exec"),
        ("budget_initial", None),
    )
    for metric, stage in wanted:
        spots = sheet.said(metric, stage)
        total = sheet.forms[0].total if len(sheet.forms) == 1 else None
        for spot in spots[:1]:
            cells = (total[c] for c in ("initial", "annual", "executed")) if total else ()
            known = {c.number for c in cells if c is not None} | {
                c.number for c in sheet.base("三公").values()
            }
            if spot.number in known:
                yield Draft((bumped(spot, 2),), f"正文{metric}{spot.text}改大")


@kind(
    "正文前后金额不一致", "CON-02", "CON-01", "SUM-01", "SUM-02", "SUM-03", "RAT-01", "REA-01", "SUM-10", "RAT-04"
)  # fmt: skip
def repeated(sheet: Sheet) -> Iterator[Draft]:
    """A total that sentences give twice, of one stage, is misprinted the second time."""
    for metric in (*SPENT, "expenditure_basic", "expenditure_project", "budget_annual", "project_exec"):
        for stage in ("budget_initial", "budget_annual", "exec"):
            spots = [spot for spot in sheet.said(metric, stage) if spot.number]
            again = [spot for spot in spots[1:] if spot.text == spots[0].text]
            if again:
                yield Draft((bumped(again[-1], 2),), f"{metric}第二处{again[-1].text}改大")


@kind("资产分类合计≠总额", "SUM-13", "RAT-03")
def assets(sheet: Sheet) -> Iterator[Draft]:
    """A sentence splits the assets into classes that do not add up."""
    at = conclusion(sheet)
    if at is not None:
        text = "年末固定资产总额64.77万元，其中通用设备61.54万元，家具用具装具5.23万元。"
        yield Draft((insert(at, text),), "资产分类合计66.77，总额64.77")
