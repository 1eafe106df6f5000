"""REA-03 and REA-04: items that left their budget, and money added for another purpose than the project's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.document import Span
from extractor.findings import Check, Severity
from extractor.identities import HUNDRED
from extractor.patterns import lazy
from extractor.reconcile.basetable import BaseTable, cell_of, value_of
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.forms import Form
from extractor.reconcile.rates import percent_formula
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import guessed, legible, readable
from extractor.reconcile.rows import text_of
from extractor.reconcile.values import Value, Words, words_of
from extractor.schema import OVERALL, BaseRow

_WHY = lazy(r"因|由于|主要[是系为]|原因")
_LABELS = lazy(r"[、,;:和及()]+")
_ADDED = lazy(r"(?:追加|调增|增拨)(?:了|安排|拨付|拨入)?([^\W\x00-\x7f]{2,14}?)(?:经费|资金|专款|补助)")
# Words of an added sum that name no purpose.
_BLAND = lazy(
    r"工作|项目|专项|预算|财政|上级|中央|省级?|市级?|区级?|县级?|补助|转移支付|本年|年中|年度|业务|相关|部分|配套|奖补|其他|基本|运行|办公|公用|人员|本项|该|等|的|所需|临时|应急"
)
_LEAST_CORE = 2


class Deviation(NamedTuple):
    """An item with its budget and what was spent."""

    actual: Value
    budget: Value
    over: bool


@check("REA-03", "决算偏离预算", "P1", "没有基础数据表的公用经费预算数和决算数")
def item_deviations(case: Case) -> Iterator[Check]:
    """公用经费, its items and kinds of project spending far from their budgets in share and in money; the report may have said why."""
    for table in case.bases:
        rows = [row for row in (table.public.total, *table.public.parts) if row is not None]
        yield from _project_items(case, table)
        pairs = [pair for row in rows if (pair := _pair(case, table.table, row)) is not None]
        if case.scanned:
            yield unverified("REA-03", "文字由识别得来，数值可能有误，请对照原件")
            continue
        found = [each for each in pairs if not _explained(case, each)]
        for over in (True, False):
            listed = [each for each in found if each.over is over]
            if listed:
                names = {
                    name: value
                    for n, each in enumerate(listed, 1)
                    for name, value in ((f"a{n}", each.actual), (f"b{n}", each.budget))
                }
                level: Severity = "P1" if over else "P2"
                yield line(
                    "REA-03",
                    "fail",
                    names,
                    severity=level,
                    formula=percent_formula("a1", "b1"),
                    difference=abs(listed[0].actual.number - listed[0].budget.number),
                )
        if rows and not found:
            yield passed("REA-03", "公用经费各项决算与预算相近，或已说明原因")


def _project_items(case: Case, table: BaseTable) -> Iterator[Check]:
    """Kinds of project spending far above their budget; additions during the year are usual, so they are only asked about."""
    if case.scanned or not table.project.parts:
        return
    pairs = [_pair(case, table.table, row) for row in table.project.parts]
    over = [each for each in pairs if each is not None and each.over and not _explained(case, each)]
    if over:
        names = {
            name: value
            for n, each in enumerate(over, 1)
            for name, value in ((f"a{n}", each.actual), (f"b{n}", each.budget))
        }
        yield line(
            "REA-03",
            "fail",
            names,
            severity="P2",
            formula=percent_formula("a1", "b1"),
            difference=abs(over[0].actual.number - over[0].budget.number),
        )


def _pair(case: Case, table: str, row: BaseRow) -> Deviation | None:
    unit = case.unit_of(table) or "万元"
    cells = cell_of(row, "budget_initial") or cell_of(row, "budget_annual"), cell_of(row, "exec")
    if cells[0] is None or cells[1] is None or not readable(*cells):
        return None
    budget, actual = value_of(row, cells[0], unit), value_of(row, cells[1], unit)
    if budget is None or actual is None or budget.yuan is None or actual.yuan is None or budget.yuan <= 0:
        return None
    limits, share = case.profile.limits, actual.yuan / budget.yuan * HUNDRED
    if (
        abs(actual.yuan - budget.yuan) <= limits["item_gap"]
        or limits["item_low"] <= share <= limits["item_high"]
    ):
        return None
    return Deviation(
        actual.named(f"{actual.role}决算数"), budget.named(f"{budget.role}预算数"), actual.yuan > budget.yuan
    )


def _explained(case: Case, found: Deviation) -> bool:
    """Whether a sentence names the item and a cause."""
    text = case.prose_text
    for label in _LABELS.split(found.actual.role.removesuffix("决算数")):
        at = text.find(label) if len(label) > 2 else -1
        while at >= 0:
            sentence = text[max(text.rfind("。", 0, at), 0) : max(text.find("。", at), at)]
            if _WHY.search(sentence) and any(
                word in sentence for word in ("超", "增", "减", "节约", "低于", "高于", "结余")
            ):
                return True
            at = text.find(label, at + 1)
    return False


@check("REA-04", "追加用途与项目不符", "P1", "没有写明追加资金用途的项目自评表")
def foreign_additions(case: Case) -> Iterator[Check]:
    """Money added to a project under a name that the project's form mentions nowhere else."""
    names: dict[str, Value | Words] = {}
    seen = 0
    for form in case.forms:
        if form.scope == OVERALL:
            continue
        reasons = {row.reason.id: (row, row.reason) for row in form.rows if row.reason is not None}
        for row, cell in reasons.values():
            for match in _ADDED.finditer(cell.text):
                seen += 1
                if legible(row, cell) and _foreign(case, form, match[1]):
                    n = len(names) // 2 + 1
                    names[f"text{n}"] = guessed(cell, match[0])
                    names[f"name{n}"] = _name(form, cell.span)
        read = [cell.span for row, cell in reasons.values() if legible(row, cell)]
        for told in _unplaced(case, form, read):
            n = len(names) // 2 + 1
            names[f"text{n}"], names[f"name{n}"] = told, _name(form, told.spans[0])
    if names:
        yield line("REA-04", "fail", names)
    elif seen:
        yield passed("REA-04", f"{seen}处追加事由与项目内容相符")


def _unplaced(case: Case, form: Form, read: list[Span]) -> Iterator[Words]:
    """Foreign additions that a form prints outside the reasons that were read: its cells ran together."""
    for table in form.tables:
        span = case.tables[table].span
        for match in _ADDED.finditer(case.document.folded, span.start, span.end):
            at = Span(start=match.start(), end=match.end())
            if any(one.start <= at.start < one.end for one in read):
                continue
            if _foreign(case, form, match[1], match[0]):
                yield Words(None, match[0], (at,), certain=False, shaky=True)


def _name(form: Form, place: Span) -> Words:
    if form.project is not None and form.project.name.text:
        return words_of(form.project.name, form.scope)
    return Words(None, form.scope, (place,))


def _foreign(case: Case, form: Form, purpose: str, told: str = "") -> bool:
    """Whether no two characters of the purpose in a row stand in the form outside its reasons and outside `told`."""
    core = bare_name(_BLAND.sub("", purpose))
    if len(core) < _LEAST_CORE:
        return False
    own = form.scope + "".join(case.table_text(table) for table in form.tables)
    for row in form.rows:
        own = own.replace(text_of(row.reason), "") if text_of(row.reason) else own
    own = own.replace(told, "") if told else own
    return not any(core[at : at + 2] in own for at in range(len(core) - 1))
