"""The rules engine: tables, head, prose figures, in the order in which each needs the one before."""

from __future__ import annotations

from extractor.document import Document
from extractor.extract.rules.figures import FigureContext, read_figures
from extractor.extract.rules.head import head_forms, read_head
from extractor.extract.rules.profile import read_profile
from extractor.extract.rules.sentences import read_sentences
from extractor.extract.rules.tables import read_tables, table_figures
from extractor.schema import Figure, Report
from extractor.segment import Layout


def extract_rules(document: Document, layout: Layout) -> Report:
    """Everything the rules can read of one document; the same bytes give the same report."""
    facts = read_tables(document, layout)
    head = read_head(document, layout.passages, layout.sections, head_forms(document, facts))
    indicators = tuple(facts.indicators) or tuple(read_sentences(document, layout.passages))
    names = tuple(p.name.text for p in facts.projects)
    prose = read_figures(document, layout.passages, layout.sections, FigureContext(head.fiscal_year, names))
    figures = _numbered([*prose, *table_figures(document, layout, facts, head.fiscal_year)])
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


def _numbered(figures: list[Figure]) -> tuple[Figure, ...]:
    """Figures in the order of the text, ids counted from one."""
    ordered = sorted(figures, key=lambda f: (f.span.start, f.span.end))
    return tuple(f.model_copy(update={"id": f"q{n}"}) for n, f in enumerate(ordered, 1))
