"""CMP-06 and CMP-07: targets that repeat their name, results that repeat their goal, and round numbers."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.document import Table, TableCell
from extractor.findings import Check, Severity
from extractor.patterns import lazy
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import legible, numbered, readable, remark, spot
from extractor.reconcile.rows import name_of, text_of
from extractor.reconcile.values import Words, words_of
from extractor.schema import Cell, Indicator

_LEAST_NAME, _LEAST_TARGET, _LEAST_GOAL = 3, 8, 10
_LONG_GOAL = 25
_BOUND = lazy(r"以上|以内|以下|不低于|不少于|不超过|不高于|[≥≤><]")
_VAGUE = frozenset(("余", "约"))
_SCALES = frozenset("0123456789十百千万亿")
_EXPECTED = frozenset(("预期目标", "年初设定目标", "年度目标", "预期绩效目标", "绩效目标"))
_ACTUAL = frozenset(("实际完成情况", "目标实际完成情况", "全年完成情况", "目标完成情况", "全年实际完成情况"))


@check("CMP-06", "目标照抄", "P1", "没有可对照的目标和完成情况")
def copied_goals(case: Case) -> Iterator[Check]:
    """A target that is its indicator's name, and results that are the goal word for word: once by chance, twice by habit."""
    found = list(_copied_targets(case))
    targets = [words for words, short in found if not short] or [words for words, _ in found]
    goals = list(_copied_results(case))
    if targets:
        level: Severity | None = "P2" if all(short for _, short in found) else None
        yield line("CMP-06", "fail", numbered("t", targets), severity=level)
    if goals:
        yield line("CMP-06", "fail", numbered("g", goals), severity=_severity(case, goals))
    if not targets and not goals and (case.forms or case.report.projects):
        yield passed("CMP-06", "指标值、完成情况未见照抄")


def _severity(case: Case, goals: list[Words]) -> Severity:
    """A goal in numbers may be reached to the letter, and one goal may be copied by chance."""
    texts = [case.document.text[each.spans[0].start : each.spans[0].end] for each in goals if each.spans]
    return "P1" if sum(not any(c.isdigit() for c in text) for text in texts) > 1 else "P2"


def _copied_targets(case: Case) -> Iterator[tuple[Words, bool]]:
    """Targets that repeat the name above them, and whether the name is so short that it may be an aim in itself (维护稳定)."""
    for form in case.forms:
        for row in form.rows:
            name, target = bare_name(text_of(row.level3)), row.target
            if target is None or len(name) < _LEAST_NAME or bare_name(target.text) != name:
                continue
            words = row.actual is None or row.actual.kind not in ("num", "cmp")
            told = readable(target, row.level3) or _full(row)
            if told and row.level3 is not None and row.level3.span != target.span:
                yield words_of(target, f"“{name_of(row)}”"), len(name) < _LEAST_TARGET and words


def _full(row: Indicator) -> bool:
    """Whether a row has a cell in every column, so that its target can be no other cell's."""
    values = (row.actual, row.points, row.score)
    return all(cell is not None and cell.kind in ("num", "cmp") for cell in values)


def _copied_results(case: Case) -> Iterator[Words]:
    """Goals of the projects, and of forms whose goal no project carries, by their place once."""
    seen: set[int] = set()
    for project in case.report.projects:
        expected, actual = project.goal_expected, project.goal_actual
        if expected is not None and actual is not None and _same(expected, actual):
            seen.add(actual.span.start)
            yield words_of(actual, f"“{project.name.text}”实际完成情况")
    carried = {ident for project in case.report.projects for ident in project.tables}
    for table in case.report.tables:
        pair = _goals(table) if table.kind == "self_evaluation" and table.id not in carried else None
        if pair is not None and pair[1].span.start not in seen and _same_text(pair[0].text, pair[1].text):
            yield spot(pair[1].span.start, pair[1].span.end, "整体支出绩效自评表实际完成情况")


def _goals(table: Table) -> tuple[TableCell, TableCell] | None:
    """The cells below 预期目标 and 实际完成情况."""
    heads: dict[bool, TableCell] = {}
    for cell in table.cells:
        if cell.text in _EXPECTED:
            heads.setdefault(True, cell)
        elif cell.text in _ACTUAL:
            heads.setdefault(False, cell)
    if len(heads) < 2 or heads[True].row != heads[False].row:
        return None
    below = {cell.col: cell for cell in table.cells if cell.row == heads[True].row + heads[True].rowspan}
    one, other = below.get(heads[True].col), below.get(heads[False].col)
    return None if one is None or other is None else (one, other)


def _same(one: Cell, other: Cell) -> bool:
    return readable(one, other) and one.span != other.span and _same_text(one.text, other.text)


def _same_text(one: str, other: str) -> bool:
    bare = bare_name(one)
    return len(bare) >= _LEAST_GOAL and bare == bare_name(other) and not _may_be_exact(one, bare)


def _may_be_exact(goal: str, bare: str) -> bool:
    """Whether a goal is one short promise in numbers, which may have come true to the letter."""
    return len(bare) < _LONG_GOAL and any(c.isdigit() for c in bare) and not _BOUND.search(goal)


def _rough(text: str) -> int:
    """How many numbers of the text end in 余."""
    return sum(piece[-1:] in _SCALES for piece in text.split("余")[:-1] if piece)


@check("CMP-07", "约数", "I", "没有约数")
def rough_numbers(case: Case) -> Iterator[Check]:
    """A result told as 20余次 asks for the number; rough numbers of sentences are for the reviewer alone (CHECKS 0.17)."""
    rough = [
        words_of(row.actual, f"“{name_of(row)}”完成值")
        for form in case.forms
        for row in form.rows
        if row.actual is not None
        and row.actual.kind == "count_vague"
        and row.actual.comparator in _VAGUE
        and legible(row, row.actual)
    ]
    if rough:
        yield line("CMP-07", "fail", numbered("a", rough))
    told = _rough(case.prose_text)
    if told:
        yield remark("CMP-07", f"正文{told}处使用约数")
