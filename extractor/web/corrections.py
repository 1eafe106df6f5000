"""A correction of a value: what a person says stands there, checked as strictly as what was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from extractor.amounts import is_money, scan
from extractor.cellkinds import Reading, read_cell
from extractor.document import BBox, Document, Span, Word, fold, slices, span_of
from extractor.ground import cells_of, stands_in
from extractor.places import placed
from extractor.records import R, Record, replace
from extractor.schema import Alternative, Amount, Cell, Evidence, Figure, Report

ENGINE = "user"
_MOST = 2000
# The columns that hold one number, and the unit one of them has where it prints none.
_NUMBERS = {
    "initial": "万元", "annual": "万元", "executed": "万元", "rate": "%", "points": "分", "score": "分", "total_points": "分",
    "total_score": "分",
}  # fmt: skip
_NUMERALS = frozenset("0123456789０１２３４５６７８９.．,，%％-－")
_EMPTY = frozenset(("blank", "na"))


class Refused(Exception):
    """A correction that cannot be made; the message says why and what to do."""


class _Place(Record):
    span: Span


class Found(NamedTuple):
    """A value of a report and the name of its column where it has one."""

    value: Cell | Figure
    role: str

    @property
    def shown(self) -> str:
        """Its words."""
        return self.value.text if isinstance(self.value, Cell) else self.value.amount.raw


V = TypeVar("V", Cell, Figure)


def find(report: Report, target: str) -> Found:
    """The value with the id `target`; `Refused` when there is none."""
    for figure in report.figures:
        if figure.id == target:
            return Found(figure, "figure")
    for role in ("unit_name", "total_score", "grade"):
        cell = getattr(report, role)
        if cell is not None and cell.id == target:
            return Found(cell, role)
    for row in (*report.funds, *report.indicators, *report.projects):
        for role, cell in vars(row).items():
            if isinstance(cell, Cell) and cell.id == target:
                return Found(cell, role)
    for cell in cells_of(report):
        if cell.id == target:
            return Found(cell, "base_data")
    raise Refused(f"没有编号为 {target!r} 的值；请刷新页面后重试")


def typed(report: Report, target: str, text: str) -> Report:
    """The report with `text` as a person read it at `target`; the earlier reading stays among its alternatives."""
    found = find(report, target)
    clean = fold(" ".join(text.split()))
    if len(clean) > _MOST:
        raise Refused(f"内容有 {len(clean)} 字，超过 {_MOST} 字；请只填这一处的值")
    if isinstance(found.value, Figure):
        return _with(report, target, _figure(found.value, clean, found.value.amount.raw))
    return _with(report, target, _cell(found, clean, found.value.raw))


def unreadable(report: Report, target: str) -> Report:
    """The report with the value at `target` marked as one nobody can read."""
    value = find(report, target).value
    if isinstance(value, Figure):
        amount = replace(value.amount, value=None, base_value=None)
        return _with(report, target, replace(value, amount=amount, evidence=_unread(value)))
    return _with(report, target, replace(value, value=None, kind="unreadable", evidence=_unread(value)))


def pointed(report: Report, document: Document, target: str, span: Span) -> Report:
    """The report with the value at `target` read anew from `span`."""
    found = find(report, target)
    raw = slices(document.text, span)
    clean = fold("".join(raw.split()))
    if not clean:
        raise Refused("所选位置没有文字；请重新选取")
    if len(clean) > _MOST:
        raise Refused(f"所选文字有 {len(clean)} 字，超过 {_MOST} 字；请只选这一处的值")
    span = placed(_Place(span=span), document).span
    if isinstance(found.value, Figure):
        return _with(report, target, replace(_figure(found.value, clean, raw), span=span))
    return _with(report, target, replace(_cell(found, clean, raw), span=span))


def stated(report: Report, field: str, text: str) -> Report:
    """The report with its year, date or kind as a person says."""
    read = _STATED.get(field)
    if read is None:
        raise Refused(f"不能修改 {field!r}；可修改：{'、'.join(_STATED)}")
    return replace(report, **{field: read(text.strip())})


def span_of_text(document: Document, start: int, end: int) -> Span:
    """The span of selected text; `Refused` outside the document."""
    if not 0 <= start < end <= len(document.text):
        raise Refused(f"位置 {start}–{end} 不在原文内；请重新选取")
    return span_of([(start, end)])


def span_of_box(document: Document, page: int, box: BBox) -> Span:
    """The span of the characters whose middle lies in a box of a page, no number cut; `Refused` when there are none."""
    pieces = [
        piece for word in document.words if word.page == page for piece in _inside(document.text, word, box)
    ]
    if not pieces:
        raise Refused(f"第 {page} 页所选范围内没有文字；请把框画大一些，或直接填写数值")
    joined = [pieces[0]]
    for start, end in pieces[1:]:
        if start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return span_of(joined)


def _inside(text: str, word: Word, box: BBox) -> list[tuple[int, int]]:
    """What of a printed word lies in a box; a line of Chinese is one word, a number at the edge is taken whole."""
    from extractor.load.printed.words import breadth  # noqa: PLC0415 - only where somebody draws a box

    left, top, right, bottom = box
    x0, y0, x1, y1 = word.bbox
    if not top <= (y0 + y1) / 2 <= bottom:
        return []
    if y1 - y0 > x1 - x0 and word.end - word.start > 1:  # printed downwards
        return [(word.start, word.end)] if left <= (x0 + x1) / 2 <= right else []
    letters = [breadth(letter) for letter in text[word.start : word.end]]
    scale = (x1 - x0) / (sum(letters) or 1)
    at, within = x0, []
    for n, letter in enumerate(letters):
        if left <= at + letter * scale / 2 <= right:
            within.append(word.start + n)
        at += letter * scale
    if not within:
        return []
    start, end = within[0], within[-1] + 1
    while start > word.start and text[start] in _NUMERALS and text[start - 1] in _NUMERALS:
        start -= 1
    while end < word.end and text[end - 1] in _NUMERALS and text[end] in _NUMERALS:
        end += 1
    return [(start, end)]


def _cell(found: Found, clean: str, raw: str) -> Cell:
    old = found.value
    assert isinstance(old, Cell)
    reading = read_cell(clean)
    numeric = found.role in _NUMBERS or (
        found.role == "base_data" and old.kind in ("num", "cmp", "count_vague")
    )
    if numeric and reading.value is None and reading.kind not in _EMPTY:
        raise Refused(f"“{clean}”不是一个数；请填一个数（可带单位），空白请留空，无法辨认请用“标为无法辨认”")
    expected = old.unit or (_NUMBERS.get(found.role) if reading.unit else None)
    unit = _unit(reading.unit, expected, clean) if reading.value is not None else None
    return replace(
        old, raw=raw, text=clean, value=reading.value, unit=unit, comparator=reading.comparator, kind=reading.kind,
        evidence=_evidence(old, reading, raw),
    )  # fmt: skip


def _figure(old: Figure, clean: str, raw: str) -> Figure:
    quantities = list(scan(clean))
    if len(quantities) != 1:
        raise Refused(f"“{clean}”里有 {len(quantities)} 个数；请只填一个数（可带单位）")
    only = quantities[0]
    unit = _unit(only.unit, old.amount.unit, clean)
    quantity = only._replace(unit=unit)
    amount = Amount(
        raw=raw, value=only.value, unit=unit, decimals=only.decimals, comparator=only.vague, base_value=quantity.base_value,
    )  # fmt: skip
    reading = Reading("num", only.value, unit, None, only.decimals)
    return replace(old, amount=amount, evidence=_evidence(old, reading, raw))


def _unit(said: str | None, before: str | None, clean: str) -> str | None:
    """The unit of the new value: the one said, else the one before; another kind of unit is refused."""
    if said is None or before is None or said == before:
        return said or before
    if _dimension(said) != _dimension(before):
        raise Refused(
            f"“{clean}”的单位“{said}”与原来的“{before}”不是一类；请核对后改用“{before}”，或只填数字"
        )
    return said


def _dimension(unit: str) -> str:
    if is_money(unit) or unit in ("万", "亿"):
        return "money"
    return "rate" if unit in ("%", "‰") else "score" if unit == "分" else "count"


def _evidence(old: Cell | Figure, reading: Reading, raw: str) -> Evidence:
    """A person is sure; whether the source prints the same digits is said all the same."""
    printed = reading.value is None or stands_in(raw, reading.value)
    before = old.evidence
    if isinstance(old, Cell):
        kept = Alternative(raw=old.raw, value=old.value, span=old.span, engine=before.engine)
    else:
        kept = Alternative(raw=old.amount.raw, value=old.amount.value, span=old.span, engine=before.engine)
    others = tuple(each for each in before.alternatives if each != kept)
    return Evidence(grounding="EXACT" if printed else "MISSING", engine=ENGINE, alternatives=(*others, kept))


def _unread(old: Cell | Figure) -> Evidence:
    evidence = _evidence(old, Reading("unreadable"), "")
    return replace(evidence, confidence=0.0, certain=False, flags=("unreadable",), grounding="MISSING")


def _with(report: Report, target: str, new: V) -> Report:
    """The report with the value of that id replaced wherever it stands."""

    def mend(record: R) -> R:
        changed = {k: new for k, v in vars(record).items() if v.__class__ is new.__class__ and v.id == target}
        return replace(record, **changed) if changed else record

    figures = report.figures
    if isinstance(new, Figure):
        figures = tuple(new if each.id == target else each for each in figures)
    base = tuple(
        replace(mend(row), cells=tuple(mend(each) for each in row.cells)) for row in report.base_data
    )
    return replace(
        mend(report),
        figures=figures,
        funds=tuple(mend(each) for each in report.funds),
        indicators=tuple(mend(each) for each in report.indicators),
        projects=tuple(mend(each) for each in report.projects),
        base_data=base,
    )


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100):
        raise Refused(f"年度“{text}”无效；请填四位年份，如 2024")
    return int(text)


def _kind(text: str) -> str:
    if text not in KINDS:
        raise Refused(f"报告类型“{text}”无效；可填：{'、'.join(KINDS)}")
    return text


def _date(text: str) -> str:
    from datetime import date  # noqa: PLC0415 - a date is seldom corrected

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(f"日期“{text}”无效；请写成 2024-03-15") from None


KINDS = ("department", "project", "summary", "transfer", "target", "evaluation", "unknown")
_STATED: Mapping[str, Callable[[str], object]] = {"fiscal_year": _year, "report_date": _date, "kind": _kind}
