"""The head of a report: candidates of unit, year, date, score and grade get ids; the model says which is which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.cellkinds import read_cell
from extractor.document import Document, Span, fold
from extractor.extract.llm.answers import HeadIds
from extractor.extract.llm.choices import KIND_NAMES
from extractor.patterns import lazy
from extractor.schema import Cell, Evidence, Kind
from extractor.segment.grids import cell_text

_UNIT = lazy(
    r"[\u4e00-\u9fff（）()]{2,28}?(?:局|委员会|委|办公室|厅|院|中心|学校|小学|中学|大学|馆|站|所|队|会|处|部|公司|政府|街道|镇|乡)(?=[\s2（(]|$)"
)
_YEAR = lazy(r"(?<!\d)(20\d\d)(?=\s?年)")
_DATE = lazy(r"(?<!\d)(20\d\d)\s?[年.\-/]\s?(\d{1,2})\s?[月.\-/]\s?(\d{1,2})\s?日?")
_SCORE = lazy(r"(?<![\d.])\d{1,3}(?:\.\d+)?(?=\s?分(?![局会类项管别批组布解步配中公院队析]))")
_GRADE = lazy(
    r"(?<=[“\"为：:「])\s?(优秀|良好|优|良|中|差|合格|不合格)(?=[”\"。，,；;」\s]|等|$)|(?<=等级)(优|良|中|差)(?=[。，；\s])"
)
_OPENING, _AROUND, _MOST = 500, 24, 8


class Candidate(NamedTuple):
    """A piece of the document that may be what its letter says, under its number."""

    number: int
    text: str
    span: Span


class Candidates(NamedTuple):
    """What of a document may stand in its head."""

    units: tuple[Candidate, ...]
    years: tuple[Candidate, ...]
    dates: tuple[Candidate, ...]
    scores: tuple[Candidate, ...]
    grades: tuple[Candidate, ...]


class Head(NamedTuple):
    """The head as the model pointed at it."""

    unit_name: Cell | None = None
    fiscal_year: int | None = None
    fiscal_year_span: Span | None = None
    report_date: str | None = None
    report_date_span: Span | None = None
    total_score: Cell | None = None
    grade: Cell | None = None
    kind: Kind = "unknown"


def candidates(document: Document) -> Candidates:
    """The first few of each kind; dates and scores may stand anywhere, units and years near the opening."""
    folded, opening = document.folded, document.folded[:_OPENING]
    return Candidates(
        _first(document, [m.span() for line in _lines(opening) for m in _UNIT.finditer(folded, *line)]),
        _first(document, [m.span() for m in _YEAR.finditer(opening)]),
        _first(document, [m.span() for m in _DATE.finditer(folded)]),
        _first(document, [m.span() for m in _SCORE.finditer(folded)]),
        _first(document, [m.span(m.lastindex or 0) for m in _GRADE.finditer(folded)]),
    )


def _lines(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _first(document: Document, places: Sequence[tuple[int, int]]) -> tuple[Candidate, ...]:
    kept = list(dict.fromkeys(places))[:_MOST]
    return tuple(Candidate(n, document.text[a:b], Span(start=a, end=b)) for n, (a, b) in enumerate(kept, 1))


def shown(document: Document, found: Candidates, hidden: Sequence[tuple[int, int]] = ()) -> str:
    """The candidates as a prompt shows them: units and years by themselves, scores and grades with their surroundings."""
    out = []
    for letter, name, group in zip("uydsg", ("单位", "年份", "日期", "得分", "等级"), found, strict=True):
        own = [_one(document, letter, each) for each in group if not _within(each.span, hidden)]
        if own:
            out.append(f"{name}：{' '.join(own)}")
    return "\n".join(out)


def _one(document: Document, letter: str, each: Candidate) -> str:
    mark = f"⟦{letter}{each.number}⟧"
    if letter in "uy":
        return mark + each.text
    before = document.text[max(0, each.span.start - _AROUND) : each.span.start].split("\n")[-1]
    after = document.text[each.span.end : each.span.end + 6].split("\n")[0]
    return f"{before}{mark}{each.text}{after}"


def _within(span: Span, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span.start < end for start, end in ranges)


def head_of(found: Candidates, answer: HeadIds, engine: str) -> tuple[Head, list[str]]:
    """The head that valid ids point at, and what was refused."""
    refused: list[str] = []

    def pick(letter: str, number: int, group: tuple[Candidate, ...]) -> Candidate | None:
        if not number:
            return None
        if not 1 <= number <= len(group):
            refused.append(f"{letter}{number}：没有这个编号")
            return None
        return group[number - 1]

    year, date = pick("y", answer.y, found.years), pick("d", answer.d, found.dates)
    return Head(
        _cell(pick("u", answer.u, found.units), "head.unit_name", engine),
        int(year.text) if year else None,
        year.span if year else None,
        _iso(date.text) if date else None,
        date.span if date else None,
        _cell(pick("s", answer.s, found.scores), "head.total_score", engine),
        _cell(pick("g", answer.g, found.grades), "head.grade", engine),
        KIND_NAMES[answer.k],
    ), refused


def _iso(text: str) -> str | None:
    match = _DATE.match(fold(text))
    if match is None or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return None
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _cell(found: Candidate | None, cell_id: str, engine: str) -> Cell | None:
    if found is None:
        return None
    text = cell_text(found.text)
    reading = read_cell(fold(text))
    return Cell(
        id=cell_id, raw=found.text, text=text, value=reading.value, unit=reading.unit, kind=reading.kind, span=found.span,
        evidence=Evidence(engine=engine, confidence=0.6, certain=False),
    )  # fmt: skip
