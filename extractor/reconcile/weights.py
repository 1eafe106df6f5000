"""SCO-11, SCO-12: how a form divides its points, and rows that have none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from extractor.findings import Check, Severity
from extractor.identities import ZERO
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.rows import distinct, name_of, text_of
from extractor.reconcile.values import Value, Words, clear, number_of, of_cell, of_figure, sure, words_of
from extractor.schema import Cell, Indicator

NAMES = {"execution": "执行率", "cost": "成本", "output": "产出", "benefit": "效益", "satisfaction": "满意度"}
_LEVEL1 = (
    ("execution", lazy(r"执行")), ("satisfaction", lazy(r"满意")), ("benefit", lazy(r"效益|效果")), ("output", lazy(r"产出")),
    ("cost", lazy(r"成本")),
)  # fmt: skip
_LEVEL2 = (
    ("satisfaction", lazy(r"满意")), ("benefit", lazy(r"效益|可持续|影响")), ("output", lazy(r"数量|质量|时效|成本")),
    ("execution", lazy(r"执行率")),
)  # fmt: skip
_NEXT_EMPTY = lazy(r"[ \u3000]*(?:\|[ \u3000]*\||\t[ \u3000]*\t)")
_NUMBER_BEHIND = lazy(r"[ \t|\u3000]*\d")
_MOST_GAPS, _MANY = 2, 5
# More than this above the full weight is a point lost in reading, not a scheme.
_MOST_EXCESS = Decimal(20)
_EXECUTION = frozenset(
    (Decimal(10), Decimal(15), Decimal(20))
)  # what the budget's execution customarily weighs


@lru_cache(maxsize=1024)
def dimension(level1: str, level2: str) -> str | None:
    """The dimension of a row: satisfaction wherever it stands, else by 一级指标, else by 二级指标."""
    if "满意" in level2:
        return "satisfaction"
    found = next((name for name, pattern in _LEVEL1 if pattern.search(level1)), None)
    return found or next((name for name, pattern in _LEVEL2 if pattern.search(level2)), None)


def _weights(form: Form) -> dict[str, list[Value]] | None:
    """The printed points of each dimension; None where a row belongs to none."""
    rows: dict[str, list[Indicator]] = {}
    for row in form.rows:
        name = dimension(text_of(row.level1), text_of(row.level2))
        if name is not None:
            rows.setdefault(name, []).append(row)
        elif row.points is not None:
            return None
    out = {
        name: list(distinct((row.points, name_of(row)) for row in rows[name]))
        for name in NAMES
        if name in rows
    }
    out = {name: values for name, values in out.items() if values}
    execution = form.execution_points
    if execution is not None and "execution" not in out:
        out["execution"] = [execution]
    return out or None


@check("SCO-11", "权重结构", "I", "没有可辨认的权重结构")
def weight_scheme(case: Case) -> Iterator[Check]:
    """The points of the dimensions are those of a known scheme, or the report's own; a hint, as no local file is loaded (CHECKS 0.10)."""
    yield from _stated(case)
    for form in case.forms:
        if not form.points or form.has_extras:
            continue
        found = _weights(form)
        sums = {name: sum((v.number for v in values), ZERO) for name, values in (found or {}).items()}
        total = sum(sums.values(), ZERO)
        full = case.profile.limits["full_weight"]
        if found is None or form.doubtful or not full <= total <= full + _MOST_EXCESS:
            yield unverified("SCO-11", f"{form.title}权重结构未能读全")
        elif case.profile.scheme_of(sums) is not None:
            yield passed("SCO-11", f"{form.title}{_told(sums)}，与已知方案一致")
        else:
            yield _weights_line(form, found, sums)


def _weights_line(form: Form, found: dict[str, list[Value]], sums: dict[str, Decimal]) -> Check:
    names = {f"{name}{n}": value for name, values in found.items() for n, value in enumerate(values, 1)}
    reason = f"{form.title}：{_told(sums)}"
    return line("SCO-11", "fail", names, formula=" + ".join(names), reason=reason)


def _told(sums: dict[str, Decimal]) -> str:
    return "、".join(f"{word}{sums[name]:f}" for name, word in NAMES.items() if name in sums)


def _stated(case: Case) -> Iterator[Check]:
    """Weights that sentences list, where no form prints any."""
    if case.report.profile.source != "stated" or case.report.profile.id != "unrecognised":
        return
    listed = [f for f in case.prose if f.metric in ("ind_weight", "exec_score") and f.stage == "points"]
    names = {f"x{n}": v for n, f in enumerate(listed, 1) if (v := of_figure(f, f.label))}
    if len(names) > 1 and sum(value.number for value in names.values()) == case.profile.limits["full_weight"]:
        told = "、".join(f"{value.role}{value.source}" for value in names.values())
        yield line("SCO-11", "fail", names, formula=" + ".join(names), reason=f"报告自述：{told}")


@check("SCO-12", "分值或得分空缺", "P1", "没有列出分值和得分的自评表")
def blank_points(case: Case) -> Iterator[Check]:
    """An indicator row without points or score; merged cells are none, as long as the printed points do not pass the whole."""
    for form in case.forms:
        if form.tables and form.rows and not form.points and not form.scores:
            yield from _nothing_scored(form)
        if not form.tables or not form.points or not (form.scores or len(form.rows) == 1):
            continue
        excess = _excess(case, form)
        gaps = [row for row in form.rows if _blank(row.points, excess) and _blank(row.score, excess)]
        total = form.total_score
        if total is None and case.overall_form is form:
            total = of_cell(case.report.total_score, "总分")
        lost = [] if gaps else _unfilled(form, excess, total)
        unscored = _unscored(case, form, total, inferred=form.only_inferred and not excess)
        if unscored is not None:
            yield unscored
        elif lost:
            told = f"{form.title}{len(lost)}行没有分值和得分，其余分值合计比满分少{-excess.normalize():f}分"
            yield line("SCO-12", "fail", _named(lost), reason=told, severity="P2")
        elif not gaps or not excess:
            yield passed("SCO-12", f"{form.title}各行均有分值和得分，或当为合并计分")
        elif form.doubtful or excess > _MOST_EXCESS or not _few(form, gaps):
            if len(gaps) == 1 and excess < ZERO and len(form.rows) >= _MANY and not form.doubtful:
                told = f"{form.title}1行没有分值和得分"
                yield line("SCO-12", "fail", _named(gaps), reason=told, severity="P2")
            else:
                yield unverified("SCO-12", f"{form.title}空白较多或读数存疑")
        else:
            yield line("SCO-12", "fail", _named(gaps), reason=f"{form.title}{len(gaps)}行没有分值和得分")


def _unfilled(form: Form, excess: Decimal, total: Value | None) -> list[Indicator]:
    """Rows without points and score for which the points of the others leave room, where no sum of the form can tell it.

    A form that does not weigh the execution falls short by no customary weight of it; one whose columns were inferred falls
    short of its total points and of its total score alike.
    """
    rows = [row for row in form.rows if _empty(row.points) and _empty(row.score)]
    if not rows or not -_MOST_EXCESS <= excess < ZERO or form.has_extras:
        return []
    if form.execution_points is None and not form.execution_rows:
        alone = len(rows) == 1 and not form.doubtful and _sure(rows[0])
        return rows if alone and -excess not in _EXECUTION else []
    if not (form.doubtful and form.only_inferred) or total is None:
        return []
    execution = None if form.execution_rows else form.execution_score
    scored = sum((value.number for value in form.scores), execution.number if execution else ZERO)
    return rows if ZERO < total.number - scored <= -excess else []


def _empty(cell: Cell | None) -> bool:
    return cell is not None and cell.kind == "blank" and cell.evidence.certain


def _nothing_scored(form: Form) -> Iterator[Check]:
    """Columns of points and scores that no row fills, although the form's total is more than its execution scored."""
    cells = [cell for row in form.rows for cell in (row.points, row.score)]
    execution = form.execution_score
    known = _MOST_EXCESS if execution is None else execution.number
    if form.total_score is None or form.total_score.number <= known:
        return
    if all(cell is not None and cell.kind == "blank" and clear(cell.evidence) for cell in cells):
        reason = f"{form.title}{len(form.rows)}行没有分值和得分"
        level: Severity | None = "P2" if execution is None else None  # its rows may stand in another table
        yield line("SCO-12", "fail", _named(list(form.rows)), reason=reason, severity=level)


def _unscored(case: Case, form: Form, total: Value | None, *, inferred: bool) -> Check | None:
    """The one row with points and no score, where the printed total holds a score for it: no merged cell leaves that gap.

    Where columns were `inferred`, the points of all rows fill the whole.
    """
    gaps = form.unscored
    if len(gaps) != 1 or total is None or form.has_extras or form.points_gaps:
        return None
    cell, points = gaps[0].score, number_of(gaps[0].points)
    sure_enough = inferred or (not form.doubtful and _sure(gaps[0]))
    if cell is None or cell.kind != "blank" or not points or not sure_enough:
        return None
    execution = None if form.execution_rows else form.execution_score
    known = sum((value.number for value in form.scores), execution.number if execution else ZERO)
    missing = total.number - known
    if form.misses_execution and missing > points and not _number_behind(case, gaps[0]):
        return _left_open(form, gaps[0])
    if not ZERO < missing <= points:
        return None
    reason = f"{form.title}1行有分值没有得分（按总分推算为{missing.normalize():f}分）"
    if _slipped(gaps[0]) or _number_behind(case, gaps[0]):
        return unverified("SCO-12", f"{form.title}“{name_of(gaps[0])}”的得分未能读出")
    level: Severity = "P2" if form.doubtful else "P1"
    return line("SCO-12", "fail", _named(list(gaps)), reason=reason, severity=level)


def _left_open(form: Form, row: Indicator) -> Check | None:
    """The only row without a score in a form that does not score the execution, so that its total tells nothing."""
    if row.score is None or row.score.evidence.flags or len(form.rows) < _MANY or _slipped(row):
        return None
    reason = f"{form.title}1行有分值没有得分，其余{len(form.rows) - 1}行均有得分"
    return line("SCO-12", "fail", _named([row]), reason=reason, severity="P2")


def _slipped(row: Indicator) -> bool:
    """Whether a bare number answers a target of words: the cells before it ran together, and the others moved up."""
    return (
        row.actual is not None
        and row.actual.kind == "num"
        and not row.actual.unit
        and row.target is not None
        and number_of(row.target) is None
    )


def _number_behind(case: Case, row: Indicator) -> bool:
    """Whether another number follows the points, or the result behind them, where the score is to stand: it was not read."""
    if row.points is None or (row.target is not None and row.target.span.start > row.points.span.start):
        return False
    at = row.points.span.end
    if row.actual is not None and row.actual.span.start >= at:
        at = row.actual.span.end
        if _NEXT_EMPTY.match(case.document.text, at):
            return False
    return _NUMBER_BEHIND.match(case.document.text, at) is not None


def _blank(cell: Cell | None, excess: Decimal) -> bool:
    """Whether a cell is empty, and not as the lower part of a merged one."""
    if cell is None or cell.kind != "blank" or not clear(cell.evidence):
        return False
    return excess > 0 or "shared" not in cell.evidence.flags


def _excess(case: Case, form: Form) -> Decimal:
    """By how much the printed points pass the full weight."""
    points = sum((value.number for value in form.points), ZERO)
    execution = None if form.execution_rows else form.execution_points
    full = form.total_points.number if form.total_points else case.profile.limits["full_weight"]
    return points + (execution.number if execution else ZERO) - full


def _few(form: Form, gaps: list[Indicator]) -> bool:
    """Whether the empty rows are the lesser part of a form, and some of them surely read."""
    return len(gaps) * _MOST_GAPS <= len(form.rows) and any(_sure(row) for row in gaps)


def _sure(row: Indicator) -> bool:
    """Whether the words of a row were read beyond doubt."""
    return all(cell is None or sure(cell.evidence) for cell in (row.level3, row.target, row.actual))


def _named(rows: list[Indicator]) -> dict[str, Words]:
    """The rows by the cell that names them."""
    cells = [(row.level3 or row.level2 or row.level1, row) for row in rows]
    return {
        f"r{n}": words_of(cell, name_of(row)) for n, (cell, row) in enumerate(cells, 1) if cell is not None
    }
