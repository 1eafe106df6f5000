"""Rows whose own numbers cannot all be true: they were misread, and nothing is held against the unit on their account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractor.document import Table
from extractor.findings import Check, Operand
from extractor.identities import HUNDRED, places
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.doubt import power_of_ten, same_scale
from extractor.reconcile.memo import per_case
from extractor.reconcile.values import number_of
from extractor.records import replace
from extractor.schema import BaseRow, Cell, Fund, Indicator, Project

UNSURE = "所在行的数字自相矛盾，疑识别或转换有误，请对照原件"
_GARBLED_REASON = "原文数字有误识痕迹，请对照原件"
_FAR = Decimal(20)  # a full score for less than a twentieth of the target is no score of that value
_MANIFOLD, _LIST, _FEW_LONG = 5, 3, 12
_MOST_PLACES = 6
_LONG = 4  # digits of a number that lost its point
_NAMED = lazy(r"[^\W\d_]")
_HEADED = lazy(r"^\d{4}年度?(?:决算|预算)数$")
_RATE = lazy(r"率|比重|占比")
# Letters that recognition takes for digits, and characters for their likes, where only a number or its unit can stand.
_MISREAD = lazy(
    r"(?<![A-Za-z\d.,])(?=[lOISB.,]*\d)(?=[\d.,]*[lOISB])[\dlOISB]+(?:[.,][\dlOISB]+)*(?=\s*(?:[%万元分人次\t|]|$))|"
    r"\d\s?(?:方元|万兀)|\d\.\s\d{1,4}(?=[%万])|\d\s\.\d|拈标|顸算|曰期",
    re.MULTILINE,
)
_FEW = 2
_EQUAL = frozenset(("CON-01", "CON-02", "CON-03", "CON-04", "XDC-05", "SCO-10"))  # two prints of one number
_EXEMPT = frozenset(("UNI-03",))  # looks for just such numbers


def _share_contradicts(fund: Fund) -> bool:
    """Whether a money row's 执行率 is of another order than its 执行数 over any budget beside it."""
    rate, executed = number_of(fund.rate), number_of(fund.executed)
    bases = [base for cell in (fund.annual, fund.initial) if (base := number_of(cell))]
    if not rate or not executed or not bases:
        return False
    shares = [executed / base * HUNDRED for base in bases]
    return not any(same_scale(share, each) for share in shares for each in (rate, rate * HUNDRED))


def _is_no_score(points: Cell | None, score: Cell | None) -> bool:
    """Whether 分值 or 得分 holds what no row can be worth: a percentage, more than a hundred, a score without its point."""
    for cell in (points, score):
        number = number_of(cell)
        if cell is not None and number is not None and (cell.unit == "%" or number > HUNDRED):
            return True
    worth, got = number_of(points), number_of(score)
    return bool(worth and got and got > worth and power_of_ten(worth, got))


def _broken_fund(fund: Fund) -> bool:
    cells = (fund.initial, fund.annual, fund.executed)
    return (
        _share_contradicts(fund)
        or _is_no_score(fund.points, fund.score)
        or any((number := number_of(cell)) is not None and places(number) > _MOST_PLACES for cell in cells)
    )


def _broken_indicator(row: Indicator) -> bool:
    name = row.level3 or row.level2
    if name is not None and name.text and not _NAMED.search(name.text):
        return True
    return _is_no_score(row.points, row.score) or _scored_for_nothing(row)


def _scored_for_nothing(row: Indicator) -> bool:
    """Whether a row has its full score though its two values differ by a power of ten or twentyfold."""
    if row.target is None or row.actual is None or row.target.unit != row.actual.unit:
        return False
    target, actual, points, score = (number_of(c) for c in (row.target, row.actual, row.points, row.score))
    if not target or not actual or score is None or score != points:
        return False
    small, large = sorted((abs(target), abs(actual)))
    return power_of_ten(target, actual) or large >= _FAR * small


def _broken_base(row: BaseRow) -> bool:
    """Whether a base row's amount lost its point, the others having theirs, or its rate is of another order than its counts."""
    found = {each.stage: number_of(each.cell) for each in row.cells}
    quota, on_duty, rate = found.get("quota"), found.get("on_duty"), found.get("rate")
    if (
        quota
        and on_duty
        and rate
        and not any(same_scale(on_duty / quota * HUNDRED, each) for each in (rate, rate * HUNDRED))
    ):
        return True
    numbers = [abs(number) for number in found.values() if number]
    most = max((places(number) for number in numbers), default=0)
    if most < 2:
        return False
    return any(
        not places(number)
        and len(str(number)) >= _LONG
        and not any(same_scale(number, other) for other in numbers if other is not number)
        and any(same_scale(number / 10**most, other) for other in numbers if other is not number)
        for number in numbers
    )


def _broken_project(row: Project) -> bool:
    """Whether a listed project is worth more than a hundred points or has spent several times its budget."""
    annual, executed = number_of(row.annual), number_of(row.executed)
    overspent = bool(annual and executed and executed >= _MANIFOLD * annual)
    return overspent or _is_no_score(row.total_points, row.total_score)


def _overlong(rows: Sequence[BaseRow]) -> set[int]:
    """Where amounts stand that have two places more than any other of their table: two cells, or a cell and a page's number."""
    found = [
        (places(number), each.cell.span.start)
        for row in rows
        for each in row.cells
        if each.stage not in ("rate", "other") and (number := number_of(each.cell)) is not None
    ]
    longest = sorted((size for size, _ in found), reverse=True)
    few = longest[len(longest) // _FEW_LONG] if len(longest) > _FEW_LONG else 0
    return {start for size, start in found if few and size >= few + 2}


def _glued(rows: Sequence[BaseRow]) -> set[int]:
    """Where whole numbers stand that are a hundred times any other of their table: the cells of a row run together."""
    found = sorted(
        (abs(number), each.cell.span.start)
        for row in rows
        for each in row.cells
        if each.stage not in ("rate", "other") and (number := number_of(each.cell))
    )
    if len(found) < _FEW_LONG:
        return set()
    few = range(len(found) - len(found) // _FEW_LONG, len(found))
    first = next(
        (n for n in few if found[n][0] >= HUNDRED * found[n - 1][0] and not places(found[n][0])), None
    )
    return set() if first is None else {start for _, start in found[first:]}


def _torn(rows: Sequence[Project]) -> list[Project]:
    """Listed projects whose cells slipped: two amounts are missing that all others print, or more is spent and less scored than is."""
    if len(rows) < _LIST:
        return []
    full = [sum(_printed(_amounts(row)[k]) for row in rows) for k in range(4)]
    scores = sorted(number for row in rows if (number := number_of(row.total_score)) is not None)
    usual = scores[len(scores) // 2] if scores else None
    out = []
    for row in rows:
        own = _amounts(row)
        lacks = sum(not _printed(cell) and full[k] == len(rows) - 1 for k, cell in enumerate(own))
        annual, executed, score = (number_of(cell) for cell in own[1:])
        overspent = annual is not None and executed is not None and executed > annual
        scored = score is not None and usual is not None and score * 2 >= usual
        if (lacks > 1 and any(map(_printed, own))) or (overspent and usual is not None and not scored):
            out.append(row)
    return out


def _amounts(row: Project) -> tuple[Cell | None, ...]:
    return row.initial, row.annual, row.executed, row.total_score


def _printed(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.text)


def _strays(rows: Iterable[BaseRow]) -> set[str]:
    """Tables in which a row stands under a label printed above the row before it: numbers of that row, cut off by a page."""
    last: dict[str, int] = {}
    out = set()
    for row in rows:
        if row.item.span.start <= last.get(row.table, -1):
            out.add(row.table)
        last[row.table] = max(row.item.span.start, last.get(row.table, -1))
    return out


def _torn_heads(rows: Iterable[BaseRow]) -> set[str]:
    """Tables in which the name of a year's column was read as a value: the head was torn, and the columns stand one off."""
    return {row.table for row in rows if any(_HEADED.search(each.cell.text) for each in row.cells)}


def _starts(cells: Iterable[Cell | None]) -> Iterator[int]:
    for cell in cells:
        if cell is not None and cell.text:
            yield cell.span.start


@per_case
def broken_places(case: Case) -> frozenset[int]:
    """Where the cells of rows stand that contradict themselves."""
    out: set[int] = set()
    glued: set[int] = set()
    report = case.report
    for fund in report.funds:
        if _broken_fund(fund):
            out.update(
                _starts((fund.initial, fund.annual, fund.executed, fund.points, fund.rate, fund.score))
            )
    for row in report.indicators:
        if _broken_indicator(row):
            out.update(_starts((row.level3, row.target, row.actual, row.points, row.score)))
    lists: dict[tuple[str, ...], list[Project]] = {}
    for project in report.projects:
        lists.setdefault(project.tables, []).append(project)
    torn = [project for rows in lists.values() for project in _torn(rows)]
    for project in (*torn, *filter(_broken_project, report.projects)):
        out.update(_starts(_amounts(project)))
    tables: dict[str, list[BaseRow]] = {}
    for base in report.base_data:
        tables.setdefault(base.table, []).append(base)
    for listed in tables.values():
        out |= _overlong(listed)
        glued |= _glued(listed)
    stray = _strays(report.base_data) | _torn_heads(report.base_data)
    for base in report.base_data:
        torn_row = any(each.cell.span.start in glued for each in base.cells)
        if torn_row or base.table in stray or _broken_base(base):
            out.update(_starts(each.cell for each in base.cells))
    return frozenset(out)


def broken_rows(case: Case, table: Table) -> bool:
    """Whether a table has a row that contradicts itself."""
    return any(table.span.start <= at < table.span.end for at in broken_places(case))


@per_case
def garbled(case: Case) -> bool:
    """Whether the text shows what only recognition does to numbers: more than once, or beside cells that cannot be read."""
    return len(_MISREAD.findall(case.document.folded)) >= (1 if case.scanned else _FEW)


def weighed(case: Case, result: Check) -> Check:
    """A failure as far as the reading it rests on bears it."""
    if result.status != "fail" or result.code in _EXEMPT:
        return result
    broken = broken_places(case)
    spans = [span for operand in result.operands for span in operand.spans]
    if broken and any(span.start in broken for span in spans):
        return replace(result, status="unverified", cause=None, reason=UNSURE)
    if result.code in _EQUAL and _pieces(case, [o for o in result.operands if o.value is not None]):
        return replace(result, status="unverified", cause=None, reason=UNSURE)
    if result.severity in ("P0", "P1") and _put_together(case, result.operands):
        return replace(result, severity="P2", cause="extraction")
    if result.severity not in ("P0", "P1") or not spans or not garbled(case):
        return result
    if result.computed is not None and power_of_ten(result.computed, result.reported):
        return replace(result, status="unverified", cause=None, reason=_GARBLED_REASON)
    if not any(case.in_table(span) for span in spans):
        return result  # a sentence's numbers stand among their words; those that were misread are not read at all
    return replace(result, severity="P2", cause="extraction")


def _put_together(case: Case, operands: Iterable[Operand]) -> bool:
    """Whether digits that fill a line of their own were read into a number from both sides of them: they are a page's number."""
    text = case.document.folded
    for operand in operands:
        parts = operand.spans[0].parts if operand.value is not None and len(operand.spans) == 1 else None
        for before, part, after in zip(parts or (), (parts or ())[1:], (parts or ())[2:], strict=False):
            if "\n" in text[before.end : part.start] and "\n" in text[part.end : after.start]:
                return True
    return False


def _pieces(case: Case, operands: list[Operand]) -> bool:
    """Whether one number is printed as a part of another and stands at a line's edge right beside further digits."""
    folded = case.document.folded
    for one in operands:
        for other in operands:
            if one is other or len(one.spans) != 1 or one.value == other.value:
                continue
            short, long = (_digits(case, each) for each in (one, other))
            if not short or len(short) >= len(long):
                continue
            span = one.spans[0]
            if long.startswith(short) and _goes_on(folded[span.end : span.end + 24]):
                return True
            if long.endswith(short) and _goes_on(folded[max(0, span.start - 24) : span.start][::-1]):
                return True
    return False


def _digits(case: Case, operand: Operand) -> str:
    if not operand.spans:
        return ""
    span = operand.spans[0]
    printed = case.document.folded[span.start : span.end]
    return "".join(c for c in printed if c.isdigit() or c == ".").strip(".")


def _goes_on(beside: str) -> bool:
    """Whether past a line's end, and perhaps a page's number, more digits follow."""
    return beside.lstrip(" ").startswith("\n") and bool(_MORE.match(beside))


_MORE = lazy(r"\s+(?:-\s*\d{1,3}\s*-\s+|\d{1,3}\n\s*)?[\d.]")
