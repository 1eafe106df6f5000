"""The head of a report: whose, of which year, signed when, of which genre, with what score and grade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import Document, Passage, Section, Span
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.head_kind import read_kind
from extractor.extract.rules.head_opening import FormHead, HeadForms, opening_of
from extractor.extract.rules.head_result import read_result
from extractor.extract.rules.head_time import prose_pieces, read_date, read_year
from extractor.extract.rules.head_unit import read_unit
from extractor.extract.rules.tables import TableFacts
from extractor.patterns import lazy
from extractor.schema import Cell, Kind

__all__ = ["FormHead", "Head", "HeadForms", "head_forms", "read_head"]

# A ministry that grants the money is not the unit that reports on it.
_ABOVE = lazy(r"中央|上级")
_UNIT_ROLES = ("unit_name", "department", "implementing_unit")


class Head(NamedTuple):
    """What a report says of itself; absent is None, never a guess."""

    unit_name: Cell | None = None
    fiscal_year: int | None = None
    fiscal_year_span: Span | None = None
    report_date: str | None = None
    report_date_span: Span | None = None
    kind: Kind = "unknown"
    total_score: Cell | None = None
    grade: Cell | None = None


def head_forms(document: Document, facts: TableFacts) -> HeadForms:
    """What the readers of tables found, as the head needs it."""
    forms = []
    for table, form, totals in facts.totals:
        indicators = [block for block in form.blocks if block.kind == "indicator"]
        named = {
            role: value
            for role, label, value in reversed(form.heads)
            if value is not None and len(value.text) > 2 and not _ABOVE.match(label.text)
        }
        transfer = any("转移支付" in label.text for _, label, _ in form.heads)
        spender = next(
            (v for _, label, v in form.heads if v is not None and v.text and "使用单位" in label.text), None
        )
        unit = next((named[role] for role in _UNIT_ROLES if role in named), None)
        unit = spender if transfer and spender is not None else unit
        forms.append(
            FormHead(
                kind=table.kind,
                scope=table.scope,
                title=table.title,
                unit_name=cell_of(document, unit, "head.unit_name") if unit is not None else None,
                total_score=cell_of(document, totals.score, "head.total_score") if totals.score else None,
                grade=cell_of(document, totals.grade, "head.grade") if totals.grade else None,
                has_indicators=bool(indicators),
                has_results=any(
                    b.index(role) is not None for b in indicators for role in ("actual", "score")
                ),
                transfer=transfer,
            )
        )
    return HeadForms(tuple(forms), tuple(project.name.text for project in facts.projects))


def read_head(
    document: Document, passages: Sequence[Passage], sections: Sequence[Section], forms: HeadForms
) -> Head:
    """The head, every value with its place."""
    read = list(passages)
    opening = opening_of(document, read, forms)
    kind = read_kind(document, tuple(sections), opening, forms)
    year, year_span = read_year(document, read, opening)
    date, date_span = read_date(document, opening, prose_pieces(document, read))
    score, grade = read_result(document, read, kind, forms)
    return Head(
        unit_name=read_unit(document, read, opening, forms),
        fiscal_year=year,
        fiscal_year_span=year_span,
        report_date=date,
        report_date_span=date_span,
        kind=kind,
        total_score=score,
        grade=grade,
    )
