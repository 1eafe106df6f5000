"""Projects: from the head, money, goals and total of their own form, or from a row of a 项目汇总表; one entry each."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import or_
from typing import NamedTuple

from extractor.document import Document, Table
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.funds import value_cells
from extractor.patterns import lazy
from extractor.records import replace
from extractor.schema import Cell, Fund, Indicator, Project
from extractor.segment.atoms import NUM, QTY, TEXT, TOTAL, Atom, atom_of
from extractor.segment.counted import closing_scores
from extractor.segment.forms import Block, Form, Row
from extractor.segment.marks import FORCED, LIKELY, UNREADABLE

GLUED = FORCED | LIKELY | UNREADABLE
_GRADED = lazy(
    r"^\(?(?:(?:评价|自评|绩效)?(?:等级|等次|结果|结论)[:：]?)?(优秀|优良|优|良好|良|中等|合格|不合格|较差|一般|中|差)\)?$"
)
_GRADE_ENDS = ("优", "秀", "良", "好", "等", "格", "差", "般", "中", ")")
_SCORE = lazy(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![.,]?[A-Za-z])")
_TOTAL_ITEMS = lazy(r"资金总额|合计|总额|总计|^项目资金$|^预算资金$|年度资金")
_NAME_NOISE = lazy(r"[\s\"'“”()（）《》:：、,.\-]|项目$|经费$|资金$|专项$")


class Totals(NamedTuple):
    """总分 of a form: points, score, grade."""

    points: Atom | None
    score: Atom | None
    grade: Atom | None


def totals_of(document: Document, form: Form, indicators: list[Indicator], funds: list[Fund]) -> Totals:
    """What the form's total row prints; which number is which comes from its columns, else from what adds up."""
    points = score = grade = None
    for row in form.totals:
        grade = grade or _grade_atom(document, row)
        if points is not None or score is not None:
            continue
        points, score = _numbers(form, row, indicators, funds)
        if score is None and points is None:
            score = _inside(document, row)
    if score is None:
        printed = _head(form, "total_score")
        score = printed if printed is not None and printed.kind & NUM else None
    if grade is None:
        told = _head(form, "grade")
        grade = _grade_atom(document, [told]) if told is not None else None
    return Totals(points, score, grade)


def _numbers(
    form: Form, row: Row, indicators: list[Indicator], funds: list[Fund]
) -> tuple[Atom | None, Atom | None]:
    block = next((b for b in reversed(form.blocks) if b.kind == "indicator"), None)
    if block is not None and (told := closing_scores(block, row)) is not None:
        return told
    if block is not None and len(row) == len(block.columns):
        p, s = block.index("points"), block.index("score")
        points, score = (_number(row[i]) if i is not None else None for i in (p, s))
        shifted = sum(1 for a in row if _number(a) is not None) > sum(
            1 for a in (points, score) if a is not None
        )
        if (points is not None or score is not None) and not shifted:
            return points, score
    numbers = [a for a in row if a is not None and a.kind & NUM]
    if len(numbers) >= 2:
        points, score = numbers[-2:]
        if len(numbers) > 2 and _amount(points) < _amount(score):
            return numbers[0], None  # of several scores none is known to be the form's own
        return points, score
    if len(numbers) == 1 and _names_score(row) and (block is None or block.index("points") is None):
        return None, numbers[0]
    if len(numbers) == 1:
        value = _amount(numbers[0])
        scores = [i.score.value for i in indicators if i.score is not None and i.score.value is not None]
        extra = [f.score.value for f in funds[:1] if f.score is not None and f.score.value is not None]
        after = row[row.index(numbers[0]) + 1 :]
        if (
            not scores
            or _only_points(block, after)
            or (not after and value == _all_points(indicators, funds) != sum(scores) + sum(extra))
            or (
                value == 100
                and sum(scores) + sum(extra) != 100
                and any(a is not None and not a.text for a in after)
            )
        ):
            return numbers[0], None
        return None, numbers[0]
    return None, None


def _all_points(indicators: list[Indicator], funds: list[Fund]) -> Decimal:
    """What the rows of a form count for in all, its 执行率 among them."""
    cells = [i.points for i in indicators] + [f.points for f in funds[:1]]
    return sum((c.value for c in cells if c is not None and c.value is not None), Decimal(0))


def _names_score(row: Row) -> bool:
    """Whether the label of a closing row says that its number was scored: 绩效自评综合得分."""
    return any(a is not None and a.kind & TOTAL and "得分" in a.text for a in row)


def _only_points(block: Block | None, after: Row) -> bool:
    """Whether more empty cells follow a number than there are columns behind 得分: its own cell is one of them."""
    p, s = (None, None) if block is None else (block.index("points"), block.index("score"))
    if block is None or p is None or s is None or s < p or not after:
        return False
    empty = all(atom is not None and not atom.text for atom in after)
    last = len(block.columns) - 1
    return empty and last - s < len(after) <= last - p


def _amount(atom: Atom) -> Decimal:
    return Decimal(atom.text.removesuffix("分").replace(",", ""))


def _number(atom: Atom | None) -> Atom | None:
    return atom if atom is not None and atom.kind & NUM else None


def _inside(document: Document, row: Row) -> Atom | None:
    """总分：96分 in one cell."""
    for atom in row:
        if atom is not None and atom.kind & TOTAL and any(c.isdigit() for c in atom.text):
            start, end = atom.parts[-1]
            match = _SCORE.search(document.folded[start:end])
            if match:
                return atom_of(document, [(start + match.start(), start + match.end())])
    return None


def _grade_atom(document: Document, row: Row) -> Atom | None:
    for atom in row:
        if atom is not None and atom.text.endswith(_GRADE_ENDS) and (match := _GRADED.match(atom.text)):
            start, end = atom.parts[-1]
            at = document.folded.rfind(match[1], start, end)
            if at >= 0:
                return atom_of(document, [(at, at + len(match[1]))])
    return None


def form_project(
    document: Document, form: Form, table: Table, project_id: str, funds: list[Fund], totals: Totals
) -> Project | None:
    """The project whose own form this is, or None for a form of the whole unit."""
    name = _head(form, "project_name") or _head(form, "sub_name")
    if name is None:
        return None
    total = next(
        (f for f in funds if f.item is not None and _TOTAL_ITEMS.search(f.item.text)),
        funds[0] if funds else None,
    )
    cells = {role: getattr(total, role) if total else None for role in ("initial", "annual", "executed")}
    budget = _head(form, "budget")
    if total is None and budget is not None and budget.kind & (NUM | QTY):
        cells["initial"] = cell_of(document, budget, f"{project_id}.initial", unit=form.unit)
    return Project(
        id=project_id,
        name=cell_of(document, name, f"{project_id}.name"),
        department=_cell(
            document,
            _head(form, "department") or _head(form, "central") or _head(form, "unit_name"),
            project_id,
            "department",
        ),
        implementing_unit=_cell(document, _implementing(form), project_id, "implementing_unit"),
        goal_expected=_goal(document, form, project_id, "expected"),
        goal_actual=_goal(document, form, project_id, "actual"),
        total_points=_cell(document, totals.points, project_id, "total_points"),
        total_score=_cell(document, totals.score, project_id, "total_score"),
        grade=_cell(document, totals.grade, project_id, "grade"),
        tables=(table.id,),
        **{k: _renamed(v, project_id, k) for k, v in cells.items()},
    )


def _renamed(cell: Cell | None, project_id: str, role: str) -> Cell | None:
    return replace(cell, id=f"{project_id}.{role}") if cell is not None else None


def _head(form: Form, role: str) -> Atom | None:
    return next((v for r, _, v in form.heads if r == role and v is not None and v.text), None)


def _implementing(form: Form) -> Atom | None:
    """The unit that carries the project out: 实施单位 before 预算单位, where a form names both."""
    told = [(label, v) for r, label, v in form.heads if r == "implementing_unit" and v is not None and v.text]
    named = next((v for label, v in told if "实施" in label.text), None)
    return named or next((v for _, v in told), None)


def _cell(document: Document, atom: Atom | None, project_id: str, role: str) -> Cell | None:
    return cell_of(document, atom, f"{project_id}.{role}") if atom is not None else None


def _goal(document: Document, form: Form, project_id: str, which: str) -> Cell | None:
    told = [atom for name, atom in form.goals if name == which]
    if not told:
        return None
    whole = atom_of(document, [part for atom in told for part in atom.parts])
    glued = reduce(or_, (atom.kind for atom in told)) & GLUED
    return cell_of(document, whole._replace(kind=whole.kind | glued), f"{project_id}.goal_{which}")


def summary_projects(document: Document, form: Form, table: Table, first: int) -> list[Project]:
    """One project per data row of a 项目汇总表."""
    out: list[Project] = []
    for block in form.blocks:
        if block.kind == "summary":
            for number, row in enumerate(block.rows):
                found = _summary_row(
                    document, form, block, row, table, f"p{first + len(out)}", number in block.inferred
                )
                if found is not None:
                    out.append(found)
    return out


def _summary_row(
    document: Document, form: Form, block: Block, row: Row, table: Table, pid: str, inferred: bool
) -> Project | None:
    index = block.index("name")
    name = row[index] if index is not None else None
    if (
        name is None
        or not name.text
        or not name.kind & TEXT
        or name.kind & TOTAL
        or name.text in ("小计", "合计", "总计", "金额合计")
    ):
        return None
    cells = value_cells(document, form, block, row, pid, inferred)
    unit_at = block.index("unit_name")
    unit = row[unit_at] if unit_at is not None else None
    grade_at = block.index("grade")
    grade = row[grade_at] if grade_at is not None else None
    return Project(
        id=pid,
        name=cell_of(document, name, f"{pid}.name", inferred=inferred),
        implementing_unit=cell_of(document, unit, f"{pid}.implementing_unit")
        if unit is not None and unit.text
        else None,
        total_score=_renamed(cells["score"], pid, "total_score"),
        total_points=_renamed(cells["points"], pid, "total_points"),
        grade=cell_of(document, grade, f"{pid}.grade") if grade is not None and grade.text else None,
        tables=(table.id,),
        **{role: cells[role] for role in ("initial", "annual", "executed")},
    )


def merge(projects: list[Project]) -> list[Project]:
    """One entry per project: its own form's values win over a summary row's, and both tables are named."""
    found: dict[str, Project] = {}
    for project in projects:
        key = _NAME_NOISE.sub("", project.name.text)
        old = found.get(key)
        if old is None:
            found[key] = project
            continue
        own, other = (project, old) if project.goal_expected or project.total_points else (old, project)
        fill = {
            k: v
            for k, v in vars(other).items()
            if k in ("initial", "annual", "executed") and v is not None and getattr(own, k) is None
        }
        found[key] = replace(own, **fill, id=old.id, tables=(*old.tables, *project.tables))
    return [p if p.id == f"p{n}" else _numbered(p, n) for n, p in enumerate(found.values(), 1)]


def _numbered(project: Project, number: int) -> Project:
    """The project with its id and its cells' ids counted anew."""
    pid = f"p{number}"
    update: dict[str, object] = {"id": pid}
    for key, value in vars(project).items():
        if isinstance(value, Cell):
            update[key] = replace(value, id=f"{pid}.{key}")
    return replace(project, **update)
