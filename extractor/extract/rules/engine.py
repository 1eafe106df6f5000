"""The rules engine: tables, head, prose figures, in the order in which each needs the one before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.amounts import base_value
from extractor.document import Document
from extractor.extract.rules.figures import FigureContext, read_figures
from extractor.extract.rules.figures.names import name_of_title
from extractor.extract.rules.figures.nouns import specific
from extractor.extract.rules.head import head_forms, read_head
from extractor.extract.rules.head_settled import settle_result
from extractor.extract.rules.profile import read_profile
from extractor.extract.rules.tables import TableFacts, read_tables, table_figures
from extractor.records import replace
from extractor.schema import OVERALL, Cell, Figure, Indicator, Kind, Project, Report, Stage
from extractor.segment import Layout


def extract_rules(document: Document, layout: Layout) -> Report:
    """Everything the rules can read of one document; the same bytes give the same report."""
    facts = read_tables(document, layout)
    head = read_head(document, layout.passages, layout.sections, head_forms(document, facts))
    indicators = tuple(facts.indicators) or _told(document, layout)
    tabled = table_figures(document, layout, facts, head.fiscal_year)
    starts = tuple(sorted(figure.span.start for figure in tabled))
    context = _context(facts, head.fiscal_year, head.kind, indicators, starts)
    figures = _numbered([*read_figures(document, layout.passages, layout.sections, context), *tabled])
    head = settle_result(document, head, figures)
    return Report(
        unit_name=head.unit_name,
        fiscal_year=head.fiscal_year,
        fiscal_year_span=head.fiscal_year_span,
        report_date=head.report_date,
        report_date_span=head.report_date_span,
        kind=head.kind,
        profile=read_profile(layout.passages, indicators, facts.funds),
        total_score=head.total_score,
        grade=head.grade,
        sections=layout.sections,
        tables=layout.tables,
        figures=figures,
        funds=tuple(facts.funds),
        indicators=indicators,
        base_data=tuple(facts.base_data),
        projects=tuple(facts.projects),
    )


def _told(document: Document, layout: Layout) -> tuple[Indicator, ...]:
    """The indicators that sentences tell, where no table prints any."""
    from extractor.extract.rules.sentences import read_sentences  # noqa: PLC0415 - most reports have tables

    return tuple(read_sentences(document, layout.passages))


def _context(
    facts: TableFacts,
    year: int | None,
    kind: Kind,
    indicators: tuple[Indicator, ...],
    tabled: tuple[int, ...],
) -> FigureContext:
    """What the tables and the indicator sentences tell the readers of prose: names, the subject, places already read."""
    rows = (fund.item.text for fund in facts.funds if fund.item is not None)
    scopes = tuple(dict.fromkeys(row.scope for row in indicators if row.scope != OVERALL))
    own = tuple(dict.fromkeys(p.name.text for p in facts.projects))
    named = (row for row in rows if name_of_title(row) == row and specific(row) is None)
    others = tuple(dict.fromkeys((*scopes, *named)))
    single = kind in ("project", "transfer")
    told = own or scopes
    subject = told[0] if single and len(told) == 1 else None
    taken, money = tuple(_taken(indicators)), tuple(_project_money(facts.projects))
    return FigureContext(year, own, subject, others, single, taken, tabled, money)


def _project_money(projects: list[Project]) -> Iterator[tuple[str, Stage, Decimal]]:
    """What the forms say that each project was given and has spent, in yuan."""
    for project in projects:
        stages: tuple[tuple[Stage, Cell | None], ...] = (
            ("budget_initial", project.initial),
            ("budget_annual", project.annual),
            ("exec", project.executed),
        )
        for stage, cell in stages:
            if cell is not None and cell.value is not None:
                value = base_value(cell.value, cell.unit)
                if value is not None:
                    yield project.name.text, stage, value


def _taken(indicators: tuple[Indicator, ...]) -> list[tuple[int, int]]:
    """The places of what was read as indicators out of sentences, in order."""
    places: set[tuple[int, int]] = set()
    for row in indicators:
        if row.table:
            continue
        for cell in (row.level1, row.level3, row.target, row.actual, row.points, row.score, row.reason):
            if cell is not None and cell.raw:
                places.update((p.start, p.end) for p in cell.span.parts or (cell.span,))
    return sorted(places)


def _numbered(figures: list[Figure]) -> tuple[Figure, ...]:
    """Figures in the order of the text, ids counted from one; those that already have their id stay as they are."""
    ordered = sorted(figures, key=lambda f: (f.span.start, f.span.end))
    return tuple(f if f.id == f"q{n}" else replace(f, id=f"q{n}") for n, f in enumerate(ordered, 1))
