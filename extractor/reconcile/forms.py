"""A 自评表 as one thing: its money rows, its indicators, its total; each printed cell counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from extractor.document import Span, Table
from extractor.identities import HUNDRED, max_places
from extractor.patterns import lazy
from extractor.reconcile.doubt import same_scale
from extractor.reconcile.rows import distinct, name_of, text_of
from extractor.reconcile.targets import Judged, judged
from extractor.reconcile.values import Value, clear, number_of, of_cell, of_figure
from extractor.schema import OVERALL, Cell, Figure, Fund, Indicator, Project, Report

_TOTAL_ROW = lazy(
    r"^(?:年度|项目|全年|本年)?(?:预算)?(?:资金)?(?:总额|总计|合计|总量)|^(?:年度)?(?:项目)?资金(?:总额|合计)?$|^金额合计$|^预算(?:资金)?$"
)
_SUBTOTAL = lazy(r"^(?:小计|合计|总计|总分|得分|总得分|分值|自评总分)[::]?$")
_EXECUTION = lazy(r"预算执行率?|资金执行率?|执行率|预算完成率")
_CARRYOVER = lazy(r"结转|结余")
_LEAST_TOTAL, _NEXT = 10, 3
_FEW_UNSURE = 10  # of so many cells read off a picture one may be unsure
_NAMED = lazy(r"[^\W\d_]")
_EXTRA = lazy(r"加分|附加|扣分项|减分")


class FormFacts(NamedTuple):
    """What a form prints, and what is told of its scope."""

    tables: tuple[str, ...]
    scope: str
    funds: tuple[Fund, ...]
    indicators: tuple[Indicator, ...]
    figures: tuple[Figure, ...]
    unit: str | None
    total_points: Value | None
    total_score: Value | None
    grade: Cell | None
    project: Project | None
    prose: tuple[Figure, ...] = ()
    scanned: bool = False


class Form(FormFacts):
    """The form of one scope; `tables` are several where a report prints its indicators in pieces."""

    @cached_property
    def total_row(self) -> Fund | None:
        """The row of the money block that stands for the whole."""
        filled = [
            fund
            for fund in self.funds
            if any(number_of(cell) is not None for cell in (fund.annual, fund.executed))
        ]
        if not filled and all(fund.annual is None for fund in self.funds):  # 年初预算数 is the only budget
            filled = [fund for fund in self.funds if number_of(fund.initial) is not None]
        for fund in filled:
            if fund.item is not None and _TOTAL_ROW.match(fund.item.text):
                return fund
        counted = [fund for fund in filled if number_of(fund.points)]  # parts of the money count nothing
        alone = filled if len(filled) == 1 else counted
        return alone[0] if len(alone) == 1 and alone[0] is filled[0] else None

    @cached_property
    def sound_total(self) -> bool:
        """Whether the total row does not contradict its own 执行率, as a row with shifted columns does."""
        row = self.total_row
        rate = None if row is None else number_of(row.rate)
        executed = None if row is None else number_of(row.executed)
        if row is None or not rate or executed is None:
            return True
        bases = [base for cell in (row.annual, row.initial) if (base := number_of(cell))]
        shares = [executed / base * HUNDRED for base in bases]
        return not bases or any(
            same_scale(share, each) for share in shares for each in (rate, rate * HUNDRED)
        )

    @cached_property
    def carryover_rows(self) -> tuple[Fund, ...]:
        """Money rows of last year's carry-over."""
        return tuple(
            fund for fund in self.funds if fund.item is not None and _CARRYOVER.search(fund.item.text)
        )

    @cached_property
    def rows(self) -> tuple[Indicator, ...]:
        """Indicator rows that are indicators: no subtotals, no rows that print nothing but a heading."""
        return tuple(row for row in self.indicators if not _is_subtotal(row) and not _is_empty(row))

    @cached_property
    def execution_rows(self) -> tuple[Indicator, ...]:
        """Indicator rows that score the budget's execution, unless the money block scores it besides: both fill the total."""
        found = tuple(row for row in self.rows if is_execution(row))
        beside = (
            of_cell(self.total_row.points, "预算执行率分值") if found and self.total_row is not None else None
        )
        if beside is None:
            return found
        printed = sum((value.number for value in self.points), beside.number)
        return () if printed == (self.total_points.number if self.total_points else HUNDRED) else found

    @cached_property
    def has_extras(self) -> bool:
        """Whether the form has 加分 or 扣分 rows, which stand outside the full weight."""
        return any(_EXTRA.search(text_of(row.level1) + text_of(row.level2)) for row in self.rows)

    @cached_property
    def execution_points(self) -> Value | None:
        """分值 of the total row, or of the sentence that scores the execution where there is no money block."""
        if self.total_row is not None:
            return of_cell(self.total_row.points, "预算执行率分值")
        return self._told(("ind_weight", "exec_score"), "points", "预算执行率分值")

    @cached_property
    def execution_score(self) -> Value | None:
        """得分 of the total row, or of the sentence that scores the execution."""
        if self.total_row is not None:
            return of_cell(self.total_row.score, "预算执行率得分")
        return self._told(("exec_score",), "score", "预算执行率得分")

    def _told(self, metrics: tuple[str, ...], stage: str, role: str) -> Value | None:
        scored = [f for f in self.prose if f.metric == "exec_score" and f.stage == "score"]
        found = [f for f in self.prose if f.metric in metrics and f.stage == stage]
        if self.funds or len(scored) != 1 or len(found) != 1:
            return None
        return of_figure(found[0], role)

    @cached_property
    def points(self) -> tuple[Value, ...]:
        """分值 of the indicators, every printed cell once."""
        return tuple(distinct((row.points, name_of(row)) for row in self.rows))

    @cached_property
    def scores(self) -> tuple[Value, ...]:
        """得分 of the indicators, every printed cell once."""
        return tuple(distinct((row.score, name_of(row)) for row in self.rows))

    @cached_property
    def points_gaps(self) -> tuple[Indicator, ...]:
        """Rows whose 分值 is missing or unreadable and not shared with the row above."""
        return tuple(row for row in self.rows if _gap(row.points))

    @cached_property
    def score_gaps(self) -> tuple[Indicator, ...]:
        """Rows whose 得分 is missing or unreadable and not shared with the row above."""
        return tuple(row for row in self.rows if _gap(row.score))

    @cached_property
    def unscored(self) -> tuple[Indicator, ...]:
        """Rows with points of their own and no score, be it as the lower part of a merged cell."""
        rows = (
            row for row in self.rows if number_of(row.points) is not None and number_of(row.score) is None
        )
        return tuple(row for row in rows if row.score is not None)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """Rows whose 指标值 and 完成值 are two numbers of one measure."""
        return tuple(found for row in self.rows if (found := judged(row, self.scanned)) is not None)

    @cached_property
    def own_scores(self) -> dict[str, tuple[Value, Value]]:
        """Row id → its own 分值 and 得分; rows that share a printed cell have none."""
        places = Counter(row.score.span.start for row in self.rows if row.score is not None)
        out = {}
        for at, row in enumerate(self.rows):
            points, score = of_cell(row.points, "分值"), of_cell(row.score, "得分")
            if points is None or score is None or row.score is None or places[row.score.span.start] > 1:
                continue
            after = self.rows[at + 1].score if at + 1 < len(self.rows) else None
            if after is None or "shared" not in after.evidence.flags:
                out[row.id] = (points, score)
        return out

    @cached_property
    def score_digits(self) -> int:
        """The places of the score column."""
        execution = (self.execution_score,) if self.execution_score else ()
        return max_places(value.number for value in (*self.scores, *execution))

    def money(self, cell: Cell | None, role: str) -> Value | None:
        """A money cell in the form's unit."""
        return of_cell(cell, role, self.unit)

    @cached_property
    def doubtful(self) -> bool:
        """Whether a point or score of the form may have been misread, so that rows may be missing too.

        A row named by a bare value, or with more score than points, shows that its cells ran into another row's.
        """
        if not all(value.certain for value in (*self.points, *self.scores)) or self.in_pieces:
            return True
        overfull = any(score.number > points.number for points, score in self.own_scores.values())
        return overfull or any(name_of(row) and not _NAMED.search(name_of(row)) for row in self.rows)

    @cached_property
    def only_inferred(self) -> bool:
        """Whether nothing but the columns of points and scores is in doubt, and all but one row hold no more score than points."""
        found = [cell.evidence for row in self.rows for cell in (row.points, row.score) if cell]
        flags = {
            flag for evidence in found for flag in evidence.flags if not (flag == "ocr" and clear(evidence))
        }
        overfull = sum(score.number > points.number for points, score in self.own_scores.values())
        named = all(_NAMED.search(name_of(row)) for row in self.rows if name_of(row))
        return flags <= {"inferred_column", "shared"} and overfull <= 1 and named and not self.in_pieces

    @cached_property
    def in_pieces(self) -> bool:
        """Whether a point or score was put together from several places: a page's number may be one of them."""
        return any(span.parts for value in (*self.points, *self.scores) for span in value.spans)

    @property
    def misses_execution(self) -> bool:
        """Whether nothing says what the execution scored although the indicators do not fill the whole."""
        return self.total_row is None and not self.execution_rows and self.execution_score is None

    @property
    def title(self) -> str:
        """What the notes call the form."""
        return "整体支出绩效自评表" if self.scope == OVERALL else f"“{self.scope}”项目自评表"


def forms_of(
    report: Report,
    unit_of: Callable[[str], str | None],
    table_at: Callable[[Span], Table | None],
    scanned: bool,
) -> tuple[Form, ...]:
    """The forms of a report; pieces of one scope belong together unless several of them have a money block."""
    tables = [table for table in report.tables if table.kind == "self_evaluation"]
    groups: list[list[Table]] = []
    funded = {fund.table for fund in report.funds}
    by_scope: dict[str, list[Table]] = {}
    scope, end = "", -_NEXT
    for table in sorted(tables, key=lambda each: each.span.start):
        goes_on = table.scope == OVERALL and not table.title and table.id not in funded
        # the second half of a project's form, cut where its head is printed again, names nobody
        scope = scope if goes_on and table.span.start - end < _NEXT and scope else table.scope
        by_scope.setdefault(scope, []).append(table)
        end = table.span.end
    for members in by_scope.values():
        apart = sum(table.id in funded for table in members) > 1
        groups.extend([table] for table in members) if apart else groups.append(members)
    groups.sort(key=lambda members: members[0].span.start)
    known = {table.id for table in tables}
    spoken = dict.fromkeys(row.scope for row in report.indicators if row.table not in known)
    printed = _Printed(report, unit_of, table_at)
    return (
        *(_form(printed, members, scanned) for members in groups),
        *(_spoken_form(printed, scope, known, scanned) for scope in spoken),
    )


class _Printed:
    """The parts of a report by the table they stand in."""

    def __init__(
        self,
        report: Report,
        unit_of: Callable[[str], str | None],
        table_at: Callable[[Span], Table | None],
    ) -> None:
        self.report, self.unit_of = report, unit_of
        self.funds: dict[str, list[Fund]] = {}
        self.indicators: dict[str, list[Indicator]] = {}
        self.figures: dict[str | None, list[Figure]] = {}
        self.projects: dict[str, Project] = {}
        for fund in report.funds:
            self.funds.setdefault(fund.table, []).append(fund)
        for row in report.indicators:
            self.indicators.setdefault(row.table, []).append(row)
        for figure in report.figures:
            self.figures.setdefault(figure.table, []).append(figure)
        for project in report.projects:
            cell = project.total_score or project.name
            table = table_at(cell.span) if cell.kind != "blank" else None
            if table is not None:
                self.projects.setdefault(table.id, project)


def _spoken_form(printed: _Printed, scope: str, known: set[str], scanned: bool) -> Form:
    """Indicators that stand in sentences instead of a table."""
    report = printed.report
    return Form(
        tables=(), scope=scope, funds=tuple(f for f in report.funds if f.table not in known and f.scope == scope),
        indicators=tuple(row for row in report.indicators if row.table not in known and row.scope == scope),
        figures=(), unit=None, total_points=None, total_score=None, grade=None, project=None,
        prose=tuple(f for f in printed.figures.get(None, ()) if f.scope == scope), scanned=scanned,
    )  # fmt: skip


def recognised(report: Report) -> bool:
    """Whether the text came from recognition in which any digit may be wrong: a garbled cell shows it, or many unsure ones.

    What was read off a picture here tells cell by cell how sure it is.
    """
    cells = [cell for cell in _numeric_cells(report) if cell is not None]
    pictured = [cell.evidence for cell in cells if "ocr" in cell.evidence.flags]
    if len(pictured) < len(cells) and any(
        cell.kind == "unreadable" and "ocr" not in cell.evidence.flags for cell in cells
    ):
        return True
    return sum(not clear(evidence) for evidence in pictured) * _FEW_UNSURE > len(pictured)


def _numeric_cells(report: Report) -> Iterator[Cell | None]:
    for row in report.indicators:
        yield from (row.target, row.actual, row.points, row.score)
    for fund in report.funds:
        yield from (fund.initial, fund.annual, fund.executed, fund.points, fund.score)


def _form(printed: _Printed, members: list[Table], scanned: bool) -> Form:
    ids = [table.id for table in members]
    figures = tuple(figure for table in ids for figure in printed.figures.get(table, ()))
    project = next((printed.projects[table] for table in ids if table in printed.projects), None)
    units = {printed.unit_of(table) for table in ids} - {None}
    points = _placed(project.total_points, members, "总分分值") if project else None
    score = _placed(project.total_score, members, "总分") if project else None
    score = score or _placed(printed.report.total_score, members, "总分")
    for figure in figures:
        if figure.metric in ("total_weight", "total_score") and figure.stage == "points" and points is None:
            value = of_figure(figure, "总分分值")
            points = value if value is not None and value.number >= _LEAST_TOTAL else None
        elif figure.metric == "total_score" and figure.stage == "score" and score is None:
            score = of_figure(figure, "总分")
    return Form(
        tables=tuple(ids),
        scope=members[0].scope,
        funds=tuple(fund for table in ids for fund in printed.funds.get(table, ())),
        indicators=tuple(row for table in ids for row in printed.indicators.get(table, ())),
        figures=figures,
        unit=units.pop() if len(units) == 1 else None,
        total_points=points,
        total_score=score,
        grade=project.grade if project and _inside(project.grade, members) else None,
        project=project,
        scanned=scanned,
    )


def _placed(cell: Cell | None, members: list[Table], role: str) -> Value | None:
    return of_cell(cell, role) if _inside(cell, members) else None


def _inside(cell: Cell | None, members: list[Table]) -> bool:
    return cell is not None and cell.kind != "blank" and any(
        table.span.start <= cell.span.start < table.span.end for table in members
    )  # fmt: skip


def _is_subtotal(row: Indicator) -> bool:
    return any(_SUBTOTAL.match(text_of(cell)) for cell in (row.level1, row.level2, row.level3))


def _is_empty(row: Indicator) -> bool:
    cells = (row.target, row.actual, row.points, row.score)
    printed = [cell for cell in cells if cell is not None and cell.kind not in ("blank", "na")]
    return not printed and not any(cell is not None and "shared" in cell.evidence.flags for cell in cells)


def is_execution(row: Indicator) -> bool:
    """Whether a row scores the execution of the budget."""
    named = " ".join((text_of(row.level1), text_of(row.level2), text_of(row.level3)))
    return bool(_EXECUTION.search(named)) and len(name_of(row)) <= 12


def _gap(cell: Cell | None) -> bool:
    if cell is None:
        return True
    return number_of(cell) is None and "shared" not in cell.evidence.flags
