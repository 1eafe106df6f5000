"""SUM-07, RAT-08: 三公经费 by its three kinds, and against its budget."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.findings import Check, Severity
from extractor.patterns import lazy
from extractor.reconcile.basetable import COLUMN_NAMES, COLUMNS, BaseTable, cell_of, label_of
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.sums import added, blank_total, breakdowns
from extractor.reconcile.values import Value, of_cell
from extractor.reconcile.views import steady
from extractor.schema import BaseRow, Stage

_KINDS = (
    ("sangong_vehicle_buy", lazy(r"(?:公车|公务用车|车辆)购置(?!和|及|与|、)")),
    ("sangong_vehicle_run", lazy(r"^(?:公车|公务用车|车辆)?运行")),
    ("sangong_vehicle", lazy(r"公务用车|公车")),
    ("sangong_abroad", lazy(r"出国")),
    ("sangong_reception", lazy(r"接待")),
)
_NONE = lazy(r"无|未发生|未安排|没有|均?为零|不涉及")
_THREE = ("sangong_vehicle", "sangong_abroad", "sangong_reception")
_TWO = ("sangong_vehicle_buy", "sangong_vehicle_run")
_NAMES = {
    "sangong_total": "三公经费", "sangong_vehicle": "公务用车购置和维护经费", "sangong_abroad": "出国经费",
    "sangong_reception": "公务接待费", "sangong_vehicle_buy": "公车购置", "sangong_vehicle_run": "公车运行维护",
}  # fmt: skip


def _rows(case: Case, base: BaseTable) -> dict[str, BaseRow]:
    """The rows of the block by kind; a kind printed twice is left out."""
    total = base.sangong.total
    if total is None:
        return {}
    found: dict[str, list[BaseRow]] = {"sangong_total": [total]}
    for row in _block_of(case, base, total):
        name = label_of(row)
        kind = row.metric if row.metric in _NAMES else None
        kind = kind or next((kind for kind, pattern in _KINDS if pattern.search(name)), None)
        if kind is not None:
            found.setdefault(kind, []).append(row)
    return {kind: rows[0] for kind, rows in found.items() if len(rows) == 1}


def _block_of(case: Case, base: BaseTable, total: BaseRow) -> Iterator[BaseRow]:
    """The rows of a table from 三公经费 to the next block."""
    inside = False
    for row in case.report.base_data:
        if row is total:
            inside = True
        elif inside and (row.table != base.table or row is base.project.total or row is base.public.total):
            return
        elif inside:
            yield row


@check("SUM-07", "三公经费合计", "P0", "没有三公经费合计及其分项")
def three_kinds_add_up(case: Case) -> Iterator[Check]:
    """三公经费 is vehicles, travel abroad and receptions; vehicles are bought and run; blanks make it P1."""
    for base in case.bases:
        rows, unit = _rows(case, base), case.unit_of(base.table) or "万元"
        for stage in COLUMNS:
            yield from _block(case, rows, stage, unit, "sangong_total", _THREE)
            yield from _block(case, rows, stage, unit, "sangong_vehicle", _TWO)
    for found in breakdowns(case, ("sangong_total",), _THREE):
        total = case.value_of(found.total, "三公经费")
        parts = [v for f in found.parts if (v := case.value_of(f, _NAMES[f.metric]))]
        if total is not None and len(parts) == len(_THREE) and found.one_sentence:
            yield added(case, "SUM-07", parts, total, severity="P1")
            return
    yield from _told(case)


def _told(case: Case) -> Iterator[Check]:
    """The one 三公经费 spent that a paragraph of sentences tells, by the kinds it tells behind it."""
    totals = case.by_metric(("sangong_total",), "exec")
    if len({figure.amount.base_value for figure in totals}) != 1:
        return
    start, end = totals[0].span.end, case.paragraph(totals[0].span)[1]
    kinds: dict[str, list[Value]] = {}
    for figure in case.between(start, end):
        value = case.value_of(figure, _NAMES.get(figure.metric, ""))
        if figure.metric in _NAMES and figure.stage == "exec" and case.of_year(figure) and value is not None:
            kinds.setdefault(figure.metric, []).append(value._replace(certain=True))
    if "sangong_total" in kinds or any(len(values) > 1 for values in kinds.values()):
        return
    parts = [kinds[kind][0] for kind in _THREE if kind in kinds]
    if "sangong_vehicle" not in kinds:
        parts += [kinds[kind][0] for kind in _TWO if kind in kinds]
    total = case.value_of(totals[0], "三公经费")
    if total is None or len(parts) < len(_TWO):
        return
    result = added(case, "SUM-07", parts, total._replace(certain=True), severity="P1")
    short = result.computed is not None and result.computed < total.number
    whole = len(parts) >= len(_THREE) or _NONE.search(case.words(start, end)) is not None
    if result.status == "fail" and short and not whole:
        yield unverified("SUM-07", "正文所列分项未必完整", {"total": total})
    else:
        yield result


def _value(rows: dict[str, BaseRow], kind: str, stage: Stage, unit: str) -> Value | None:
    row = rows.get(kind)
    return of_cell(cell_of(row, stage), _NAMES[kind] + COLUMN_NAMES[stage], unit) if row is not None else None


def _block(
    case: Case, rows: dict[str, BaseRow], stage: Stage, unit: str, whole: str, kinds: tuple[str, ...]
) -> Iterator[Check]:
    row = rows.get(whole)
    cell = cell_of(row, stage) if row is not None else None
    if cell is None or cell.kind == "na" or any(kind not in rows for kind in kinds):
        return
    members = [cell_of(rows[kind], stage) for kind in kinds]
    if any(each is not None and each.kind not in ("num", "blank", "na") for each in members):
        return
    parts = [value for kind in kinds if (value := _value(rows, kind, stage, unit)) is not None]
    total = _value(rows, whole, stage, unit)
    if total is None and cell.kind == "blank" and any(part.number for part in parts):
        if _ragged(rows[whole]) or not steady(parts):
            yield unverified("SUM-07", f"{_NAMES[whole]}{COLUMN_NAMES[stage]}未读到，同一行另有数")
            return
        yield blank_total("SUM-07", parts, _NAMES[whole] + COLUMN_NAMES[stage])
    elif total is not None and parts:
        filled = len(parts) == len(kinds)
        result = added(case, "SUM-07", parts, total)
        ragged = any(_ragged(rows[kind]) for kind in (whole, *kinds))
        if result.status == "fail" and (
            ragged or result.cause == "extraction" or not steady((*parts, total))
        ):
            yield unverified("SUM-07", "行内有空格，各数所在列存疑", {"total": total})
            return
        short = result.computed is not None and result.computed < total.number
        if result.status == "fail" and not filled:
            reason = "分项有空白，可能不完整" if short else "所列分项大于合计"
            result = added(case, "SUM-07", parts, total, severity="P1", reason=reason)
        yield result


def _ragged(row: BaseRow) -> bool:
    """Whether a row prints numbers and blanks side by side: in a flattened table they may have changed columns."""
    kinds = {each.cell.kind for each in row.cells if each.stage in COLUMNS}
    return "blank" in kinds and len(kinds) > 1


@check("RAT-08", "三公经费控制", "P1", "没有三公经费的预算数和决算数")
def within_budget(case: Case) -> Iterator[Check]:
    """三公经费 over its budget item by item and as a whole (CHECKS 0.12); growth alone is a hint."""
    for base in case.bases:
        rows, unit = _rows(case, base), case.unit_of(base.table) or "万元"
        values = {
            stage: {kind: v for kind in ("sangong_total", *_THREE) if (v := _value(rows, kind, stage, unit))}
            for stage in ("prev_final", "budget_initial", "budget_annual", "exec")
        }
        spent = values["exec"].get("sangong_total")
        budgets = [
            values[s]["sangong_total"]
            for s in ("budget_initial", "budget_annual")
            if "sangong_total" in values[s]
        ]
        if spent is None or not budgets:
            continue
        kinds = [values["exec"][kind].number for kind in _THREE if kind in values["exec"]]
        if len(kinds) == len(_THREE) and sum(kinds) != spent.number:
            yield unverified("RAT-08", "三公经费决算数与分项不等，先核对分项", {"actual": spent})
            continue
        over = all(spent.number > budget.number for budget in budgets)
        names = {"actual": spent, "budget": budgets[-1]}
        before = values["prev_final"].get("sangong_total")
        if over:
            yield _over(names, "P1", None)
        elif before is not None and before.number and spent.number > before.number:
            yield _over({"actual": spent, "budget": before}, "I", "较上年增长")
        else:
            yield passed("RAT-08", "三公经费决算未超过预算，也未较上年增长", names)


def _over(names: dict[str, Value], severity: Severity, reason: str | None) -> Check:
    difference = names["actual"].number - names["budget"].number
    return line(
        "RAT-08",
        "fail",
        names,
        severity=severity,
        formula="actual - budget",
        difference=difference,
        reason=reason,
    )
