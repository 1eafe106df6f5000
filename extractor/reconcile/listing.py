"""CON-05: the projects of a 项目汇总表 as it prints them, beside the sentences that name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractor.document import Table, TableCell
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.consistency import Names
from extractor.reconcile.forms import Form
from extractor.reconcile.lists import project_rows
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.values import Value, Words, of_cell, words_of
from extractor.schema import OVERALL, Cell, Project

_LEAST_NAME = 8
_MOST_NAMES = 300
# A character that comes and goes in names without changing what is meant.
_LOOSE = lazy(r"^[省市县区旗州镇乡村街级和及与等的了年度全各新本项款费\d一二三四五六七八九十\W_]$")
_YEAR = lazy(r"^\d{4}年(?:度)?")


def printed_scores(case: Case, table: Table) -> list[tuple[Project, Value]]:
    """Scores in the score column of a list, row by row, also of projects whose record comes from their own form."""
    rows = project_rows(case, table)
    grid = {(cell.row, cell.col): cell for cell in table.cells}
    inside = {id(row): row.total_score for row in rows if row.total_score and _within(row.total_score, table)}
    starts = {cell.span.start: cell for cell in table.cells}
    columns = Counter(starts[c.span.start].col for c in inside.values() if c.span.start in starts)
    names = {bare_name(cell.text): cell.row for cell in table.cells if len(cell.text) > 1}
    out = []
    for row in rows:
        cell = inside.get(id(row)) or _beside(grid, columns, names.get(bare_name(row.name.text)), row)
        value = of_cell(cell, f"“{row.name.text[:20]}”得分", "分")
        if value is not None:
            out.append((row, value))
    return out


def _within(cell: Cell, table: Table) -> bool:
    return cell.kind != "blank" and table.span.start <= cell.span.start < table.span.end


def _beside(
    grid: dict[tuple[int, int], TableCell], columns: Counter[int], row: int | None, project: Project
) -> Cell | None:
    """The cell of the score column in the row of a project's name."""
    if row is None or not columns:
        return None
    found = grid.get((row, columns.most_common(1)[0][0]))
    plain = found is not None and found.text.replace(".", "", 1).isdigit()
    return (
        Cell(id=f"{project.id}.listed", raw=found.text, text=found.text, kind="num", span=found.span)
        if found and plain
        else None
    )


@check("CON-05", "项目清单正文与表", "P1", "没有可与正文对照的项目汇总表")
def names_twice(case: Case) -> Iterator[Check]:
    """A project that the sentences call by all but one character of its name in the list is one name misprinted."""
    yield from _forms_of_rows(case)
    spoken = _spoken(case)
    for table in case.report.tables:
        if table.kind != "project_summary" or not spoken:
            continue
        rows = project_rows(case, table)
        listed = {bare_name(row.name.text) for row in rows}
        agreed = 0
        for row in rows if len(rows) <= _MOST_NAMES else ():
            own = bare_name(row.name.text)
            if own in spoken:
                agreed += 1
                continue
            near = [name for name in spoken if name not in listed and _one_apart(own, name)]
            if len(near) == 1:
                names = {"text": spoken[near[0]], "table": words_of(row.name, "汇总表项目名称")}
                yield line("CON-05", "fail", names, reason="项目名称相差一字")
        if agreed:
            yield passed("CON-05", f"{agreed}个项目名称正文与汇总表一致")


def _forms_of_rows(case: Case) -> Iterator[Check]:
    """A form that no row of the list names, with the very budget and spending of the one row that no form names."""
    for table in case.report.tables:
        rows = project_rows(case, table) if table.kind == "project_summary" else []
        if not rows or len(rows) > _MOST_NAMES:
            continue
        listed = Names(row.name.text for row in rows)
        forms = [form for form in case.forms if form.scope != OVERALL and form.total_row is not None]
        used = {listed.find(form.scope) for form in forms}
        for form in forms:
            project = form.project
            if project is None or listed.find(form.scope) is not None:
                continue
            alike = [row for row in rows if row.name.text not in used and _same_money(case, form, row)]
            if len(alike) == 1:
                names = {
                    "text": words_of(project.name, form.scope),
                    "table": words_of(alike[0].name, "汇总表项目名称"),
                }
                yield line(
                    "CON-05", "fail", names, severity="P2", reason="项目自评表金额与汇总表该行相同，名称不同"
                )


def _same_money(case: Case, form: Form, row: Project) -> bool:
    """Whether budget and spending of a form are those of a row, both printed and not zero."""
    assert form.total_row is not None
    pairs = ((form.total_row.annual, row.annual), (form.total_row.executed, row.executed))
    for own, other in pairs:
        one = form.money(own, "")
        two = of_cell(other, "", case.unit_at(other.span) if other is not None else None)
        if one is None or two is None or not one.yuan or one.yuan != two.yuan:
            return False
    return True


def _spoken(case: Case) -> dict[str, Words]:
    """Names the sentences give projects, by their letters, each where its amount stands."""
    out: dict[str, Words] = {}
    for figure in case.prose:
        if figure.metric in ("project_budget", "project_exec") and figure.label:
            name = bare_name(_YEAR.sub("", figure.label))
            if len(name) >= _LEAST_NAME:
                out.setdefault(name, Words(figure.id, figure.label, (figure.span,)))
    return out


def _one_apart(one: str, other: str) -> bool:
    """Whether two names differ by one character left out or put in, and that character means something."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST_NAME or len(long) - len(short) != 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] and not _LOOSE.match(long[at])
