"""INT-04, 06, 08 and 09: cells that are printed and left empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extractor.document import Span, Table, TableCell
from extractor.findings import Check
from extractor.identities import ZERO
from extractor.patterns import lazy
from extractor.reconcile.basetable import label_of
from extractor.reconcile.case import Case
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import (
    guessed,
    numbered,
    only_inferred,
    places_of,
    readable,
    remark,
    spot,
)
from extractor.reconcile.rows import name_of
from extractor.reconcile.values import Words, number_of, words_of
from extractor.schema import OVERALL, BaseRow, Cell, Fund, Indicator

# Rows of the usual 基础数据表 that a unit fills in; totals are told by SUM-07, 08 and 09, headings by nobody.
_FILLED_IN = lazy(
    r"公务用车|公车|出国|公务接待|业务工作|运行维护|政府采购|厉行节约|办公|会议|培训|差旅|水费|邮电|其他费用|预算调整"
)
_TOTALLED = lazy(r"三公|^项目(?:支出|经费)|^公用经费|专项资金|:$|(?:情况|表)(?:\(|$)")
_WORDED = "厉行节约"
_PROGRESS = frozenset(("完成情况", "实施情况", "任务完成情况", "项目完成情况"))
_CLOSING = lazy(r"^(?:金额)?(?:合计|总计|小计)")
_FOOT = ("填表人", "填报人", "填表日期", "填报日期")
_SIGNED = lazy(
    r"(填[表报]人|填[表报]日期|联系电话|单位负责人签字|负责人签[字章])[ \t]*[::][ \t_|]*(?=填[表报]|联系电话|单位负责人|负责人|日期|$)"
)
_LONGEST_ENTRY, _COVER, _MONTH, _ROWS, _MANY = 16, 60, "月", 3, 5
_DATED = lazy(r"[\d〇零○一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,2}月")
_EMPTY_CELL = lazy(r"\|\s*\||\t[ \u3000]*\t|\n\s*\n")
_NEXT_EMPTY = lazy(r"[ \u3000]*(?:\|[ \u3000]*\||\t[ \u3000]*\t)")
_BORDERS = " \t\n|\u3000"
_TOTALS = ("expenditure_total", "revenue_budget", "budget_annual")
_SPENT = frozenset(
    ("exec_annual", "expenditure_total", "expenditure_basic", "expenditure_project", "exec_rate")
)
_SPENT_WORDS = (
    "决算", "实际支出", "实际完成支出", "全年支出", "支出总额", "支出合计", "执行率", "执行数", "完成支付", "累计支出", "累计支付", "已支出", "已支付", "共支出", "共支付", "支出进度",
)  # fmt: skip


@check("INT-04", "必填空白", "P1", "没有基础数据表")
def blank_rows(case: Case) -> Iterator[Check]:
    """Rows of a 基础数据表 without any entry; a number may be meant as nought, a measure in words may not."""
    tables: dict[str, list[BaseRow]] = defaultdict(list)
    for row in case.report.base_data:
        tables[row.table].append(row)
    for rows in tables.values():
        if not all(readable(*(each.cell for each in row.cells)) for row in rows):
            continue
        blank = [row for row in rows if _is_blank(row) and _printed_empty(case, row)]
        filled = sum(1 for row in rows if any(number_of(each.cell) is not None for each in row.cells))
        if not blank or filled < len(blank):
            if filled:
                yield passed("INT-04", f"基础数据表{len(rows)}行均已填列")
            continue
        named = [words_of(row.item, f"“{label_of(row)}”") for row in blank]
        worded = any(_WORDED in row.item.text for row in blank)
        yield line("INT-04", "fail", numbered("text", named), severity="P1" if worded else "P2")


def _is_blank(row: BaseRow) -> bool:
    name = label_of(row)
    if not row.cells or _TOTALLED.search(name) or not _FILLED_IN.search(name):
        return False
    return all(each.cell.kind == "blank" for each in row.cells)


def _printed_empty(case: Case, row: BaseRow) -> bool:
    """Whether the source marks the cells of a row: without tabs or bars an empty cell is only inferred."""
    between = case.document.text[row.item.span.end : row.cells[-1].cell.span.end + 1]
    return "\t" in between or "|" in between


@check("INT-06", "签章、日期、填表人", "P2", "没有填表人、填报日期栏")
def signatures(case: Case) -> Iterator[Check]:
    """The foot of a form, or the end of the report, says who wrote it and when; a missing signature alone is usual in a copy."""
    text, empty, seen = case.document.folded, [], set()
    for at in sorted(at for word in _FOOT for at in places_of(case, word)):
        start = text.rfind("\n", 0, at) + 1
        if start in seen:
            continue
        seen.add(start)
        end = text.find("\n", at)
        printed = text[start : end if end >= 0 else len(text)].rstrip()
        empty += [
            spot(start + match.start(1), start + match.end(1), match[1])
            for match in _SIGNED.finditer(printed)
            if match.end() < len(printed) or not _answered_below(text, end)
        ]
    if not seen:
        yield from _undated(case)
    if not seen or case.report.kind == "target":
        return
    if any(each.role in _FOOT for each in empty):
        yield line("INT-06", "fail", numbered("text", empty))
    elif empty:
        yield remark("INT-06", "所报电子版未见签字：" + "、".join(dict.fromkeys(each.role for each in empty)))
    else:
        yield passed("INT-06", "填表人、填报日期均已填写")


def _undated(case: Case) -> Iterator[Check]:
    """A unit that signs its report without a date; without a signature the dated page may not be here."""
    report = case.report
    if report.kind not in ("department", "project", "summary") or report.report_date is not None:
        return
    signed = None if report.unit_name is None else _signature(case, report.unit_name.text)
    dated = _DATED.search(case.plain_text[:_COVER]) or _DATED.search(case.plain_text[-_COVER:])
    if signed is None or dated or _MONTH in case.document.folded[signed.spans[0].end :][:_COVER]:
        yield unverified("INT-06", "未见报告日期，所报电子版可能只是正文")
    else:
        yield line("INT-06", "fail", {"text1": signed})


def _signature(case: Case, name: str) -> Words | None:
    """The line below the sentences that is nothing but the unit's name."""
    text = case.document.folded
    at = text.rfind("\n" + name + "\n", len(text) // 4)
    if at < 0 or case.in_table(Span(start=at + 1, end=at + 1 + len(name))):
        return None
    return spot(at + 1, at + 1 + len(name), "报告日期")


def _answered_below(text: str, end: int) -> bool:
    """Whether the line after a label can be its entry: a name or a date by itself."""
    below = text[end:].lstrip(" |\n").split("\n", 1)[0].strip(" |") if end >= 0 else ""
    return 0 < len(below) <= _LONGEST_ENTRY and ":" not in below and not below.startswith("附")


@check("INT-08", "完成情况列空", "P1", "没有完成情况栏")
def blank_progress(case: Case) -> Iterator[Check]:
    """A column 完成情况 that no row fills, and scored indicators whose 完成值 is empty."""
    for table in case.report.tables:
        if table.kind in ("fund_use", "other") and (head := _progress_head(table)) is not None:
            rows, filled = _data_rows(table, head)
            if len(rows) > 1 and not filled:
                names = numbered("text", [spot(each.span.start, each.span.end, each.text) for each in rows])
                yield line(
                    "INT-08", "fail", {"head": spot(head.span.start, head.span.end, head.text), **names}
                )
            elif rows:
                yield passed("INT-08", f"“{head.text}”栏{filled}行已填")
    yield from _unanswered(case)


def _progress_head(table: Table) -> TableCell | None:
    return next((c for c in table.cells if c.row < 2 and c.text in _PROGRESS and c.colspan == 1), None)


def _data_rows(table: Table, head: TableCell) -> tuple[list[TableCell], int]:
    """The first cells of the rows below a head that hold at least two other cells, and how many answer it."""
    rows: dict[int, list[TableCell]] = defaultdict(list)
    for cell in table.cells:
        if cell.row > head.row and cell.text:
            rows[cell.row].append(cell)
    named = [
        cells for cells in rows.values()
        if len(cells) > 2 and min(c.col for c in cells) < head.col and not any(_CLOSING.match(c.text) for c in cells)
    ]  # fmt: skip
    return [cells[0] for cells in named], sum(1 for cells in named if any(c.col == head.col for c in cells))


def _unanswered(case: Case) -> Iterator[Check]:
    silent: list[Words] = []
    lost: list[Words] = []
    for form in case.forms:
        silent += _pointless_unanswered(form)
        scored = [
            row
            for row in form.rows
            if (row.id in form.own_scores or _scored_alone(row))
            and row.target is not None
            and row.actual is not None
        ]
        blank = [
            row
            for row in scored
            if _left_blank(row.actual) and row.target and row.target.kind not in ("blank", "na")
        ]
        told = len(blank) * 2 <= len(scored) or _column_left_empty(case, blank)
        named = [
            words_of(row.target, f"“{name_of(row)}”")
            for row in (blank if told else ())
            if row.target and readable(row.target)
        ]
        silent += named
        every = [row for row in scored if _left_blank(row.actual) and row.target and row.target.text]
        if not named and len(every) == len(scored) >= _ROWS and _all_weighed(case, form):
            lost += [words_of(row.target, f"“{name_of(row)}”") for row in every if row.target]
        lost += _without_results(form)
        unfilled = _unfilled(case, form)
        if unfilled:
            yield line("INT-08", "fail", numbered("row", unfilled))
    if silent:
        yield line("INT-08", "fail", numbered("text", silent))
    if lost:  # a converter may have lost the column
        yield line("INT-08", "fail", numbered("text", lost), severity="P2")


def _unfilled(case: Case, form: Form) -> list[Words]:
    """The rows of a form sent in as it was drawn up: the money was spent, and no row says what was reached or scored."""
    spent = form.total_row is not None and number_of(form.total_row.executed) is not None
    if case.report.kind == "target" or form.total_score is not None or not form.points or not spent:
        return []
    rows = [row for row in form.rows if row.target is not None and row.target.kind not in ("blank", "na")]
    empty = all(_left_blank(row.actual) and _left_blank(row.score) for row in form.rows)
    if len(rows) < 2 or not empty or not _column_left_empty(case, rows):
        return []
    return [words_of(row.target, f"“{name_of(row)}”") for row in rows if row.target and readable(row.target)]


def _without_results(form: Form) -> Iterator[Words]:
    """Targets that were scored in a form that prints no result at all."""
    rows = [
        row
        for row in form.rows
        if row.target is not None and row.target.text and (row.id in form.own_scores or _scored_alone(row))
    ]
    if (
        len(rows) < _MANY
        or len(rows) * 2 < len(form.rows)
        or any(row.actual is not None for row in form.rows)
    ):
        return
    yield from (words_of(row.target, f"“{name_of(row)}”") for row in rows if row.target is not None)


def _all_weighed(case: Case, form: Form) -> bool:
    """Whether the points of all rows fill the whole, so that no cell of theirs is another column's."""
    execution = None if form.execution_rows else form.execution_points
    points = sum((value.number for value in form.points), execution.number if execution else ZERO)
    full = form.total_points.number if form.total_points else case.profile.limits["full_weight"]
    return form.only_inferred and points == full


def _pointless_unanswered(form: Form) -> Iterator[Words]:
    """Every row of a form without points, where the money was spent and no row says what was reached."""
    spent = form.total_row is not None and number_of(form.total_row.executed) is not None
    rows = [row for row in form.rows if row.target is not None and row.target.kind not in ("blank", "na")]
    if not spent or len(rows) < _ROWS or any(row.points or row.score for row in rows):
        return
    if all(_left_blank(row.actual) and readable(row.target) for row in rows):
        yield from (words_of(row.target, f"“{name_of(row)}”") for row in rows if row.target is not None)


def _scored_alone(row: Indicator) -> bool:
    """Whether a row has a score of its own in a form without a column of points."""
    return row.points is None and row.score is not None and number_of(row.score) is not None


def _column_left_empty(case: Case, blank: list[Indicator]) -> bool:
    """Whether every row marks its empty cell between the target and the points: a column that was lost is none."""
    return bool(blank) and all(_marks_empty(case, row) for row in blank)


def _marks_empty(case: Case, row: Indicator) -> bool:
    """Whether an empty cell stands right behind the target, or between points and score that follow it."""
    if row.target is None:
        return False
    at = row.target.span.end
    after = [cell for cell in (row.points, row.score) if cell is not None and cell.span.start >= at]
    if not after:
        return False
    between = case.document.text[at : after[0].span.start]
    if _NEXT_EMPTY.match(between):  # a standard of scoring may stand behind it
        return True
    if between.strip(_BORDERS) not in ("", row.target.unit):
        return False
    if _EMPTY_CELL.search(between):
        return True
    beyond = case.document.text[after[0].span.end : after[-1].span.start] if len(after) > 1 else ""
    return not beyond.strip(_BORDERS) and bool(_EMPTY_CELL.search(beyond))


def _left_blank(cell: Cell | None) -> bool:
    return (
        cell is not None and cell.kind == "blank" and "shared" not in cell.evidence.flags and readable(cell)
    )


def _spending_left_blank(form: Form, row: Fund, budget: Cell) -> bool:
    """Whether the cell of the spending is empty in a form that was scored."""
    if row.executed is None or row.executed.kind != "blank" or not readable(row.executed):
        return False
    if not (readable(budget) or only_inferred(budget)):
        return False
    return number_of(row.score) is not None or _scored_unspent(form, row)


def _alone_without_spending(case: Case, form: Form, row: Fund) -> bool:
    """Whether a scored form names no spending at all, where the other forms of the report do."""
    if (
        row.executed is not None
        or row.rate is not None
        or number_of(row.score) is None
        or not readable(row.annual)
    ):
        return False
    others = [each.total_row for each in case.forms if each is not form and each.total_row is not None]
    return bool(others) and all(number_of(other.executed) is not None for other in others)


def _reached_unspent(form: Form, row: Fund, budget: Cell) -> bool:
    """Whether a form without scores says of its indicators what was reached and leaves spending and rate empty."""
    if row.executed is None or row.rate is None or any(each.points or each.score for each in form.rows):
        return False
    empty = all(cell.kind == "blank" and readable(cell) for cell in (row.executed, row.rate))
    told = sum(each.actual is not None and each.actual.kind not in ("blank", "na") for each in form.rows)
    return empty and readable(budget) and told >= _ROWS and told * 2 >= len(form.rows)


def _scored_unspent(form: Form, row: Fund) -> bool:
    """Whether a form whose indicators are all scored and summed up leaves its execution empty: 执行数, 执行率 and 得分."""
    empty = all(cell is None or (cell.kind == "blank" and readable(cell)) for cell in (row.rate, row.score))
    scored = len(form.rows) >= _ROWS and not form.score_gaps and form.total_score is not None
    return empty and scored and row.executed is not None


@check("INT-09", "只有预算没有执行", "P1", "没有预算总额")
def budget_without_spending(case: Case) -> Iterator[Check]:
    """A report that prints what it was to spend and nowhere what it spent."""
    blank = [
        guessed(budget, f"{form.title}{role}")
        for form in case.forms
        if (row := form.total_row) is not None
        for role, budget in (
            ("年初预算数", row.initial) if row.annual is None else ("全年预算数", row.annual),
        )
        if budget is not None
        and number_of(budget) is not None
        and (
            _spending_left_blank(form, row, budget)
            or _alone_without_spending(case, form, row)
            or _reached_unspent(form, row, budget)
        )
    ]
    if blank:
        yield line("INT-09", "fail", numbered("text", blank))
    told = case.by_metric(_TOTALS, "budget_annual")
    if not told or case.report.kind not in ("department", "project", "summary"):
        return
    value = case.value_of(told[0], "预算总额")
    listed = any(form.scope == OVERALL and form.total_row is not None for form in case.forms)
    spent = any(f.stage in ("exec", "rate") and f.metric in _SPENT and f.scope == OVERALL for f in case.prose)
    if value is None or value.yuan is None:
        return
    if listed or spent or case.bases or any(word in case.prose_text for word in _SPENT_WORDS):
        yield passed("INT-09", "预算、执行均有列示")
    elif value.certain:
        yield line("INT-09", "fail", {"budget": value})
