"""The hybrid engine: the rules' report, and a few questions about what they left open."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Document
from extractor.extract.conversation import Conversation
from extractor.extract.hybrid.asking import menus, printed_in
from extractor.extract.hybrid.left_open import Open, left_open
from extractor.extract.hybrid.merge import merged, with_head
from extractor.extract.llm import engine as llm
from extractor.extract.llm import questions
from extractor.extract.llm.build import Records
from extractor.extract.llm.figures import excerpt
from extractor.extract.llm.head import candidates, head_of
from extractor.extract.llm.tables import Tables, read_answers
from extractor.extract.llm.withheld import SECRET, Withheld, withheld
from extractor.extract.rules.engine import extract_rules
from extractor.records import replace
from extractor.schema import OVERALL, Figure, Report
from extractor.segment import Layout

_MOST_SCOPES = 12


def extract_hybrid(document: Document, layout: Layout, talk: Conversation) -> Report:
    """The rules' report with what a model adds; when the model fails, the rules' report as it is."""
    report = extract_rules(document, layout)
    hidden = withheld(document, layout)
    opened = _sendable(document, left_open(document, layout, report), hidden, talk)
    report = _head(document, report, hidden, talk)
    report = replace(report, sections=llm.sections_named(document, report.sections, hidden, talk))
    report = _tables(document, report, opened, talk)
    return _figures(report, opened, hidden, talk)


def _sendable(document: Document, opened: Open, hidden: Withheld, talk: Conversation) -> Open:
    """What is open and no secret."""
    grids, runs = [], []
    for grid, unit in opened.grids:
        span = grid.table.span
        if hidden.hides(span.start, span.end, document.folded[span.start : span.end]):
            talk.withhold(f"columns:{grid.table.id}", SECRET)
        else:
            grids.append((grid, unit))
    for run in opened.runs:
        if hidden.hides(run.start, run.end, document.folded[run.start : run.end]):
            talk.withhold(f"rows:{run.id}", SECRET)
        else:
            runs.append(run)
    secret = {
        q.number
        for q in opened.marked.quantities
        if hidden.hides(q.span.start, q.span.end, opened.marked.passages[q.passage].text)
    }
    for number in sorted(secret):
        talk.withhold(f"figures:q{number}", SECRET)
    kept = tuple(q for q in opened.marked.quantities if q.number not in secret)
    figures = {number: figure for number, figure in opened.figures.items() if number not in secret}
    return Open(opened.marked._replace(quantities=kept), figures, tuple(grids), tuple(runs))


def _head(document: Document, report: Report, hidden: Withheld, talk: Conversation) -> Report:
    """Unit, year and kind, where the rules found none."""
    if report.unit_name is not None and report.fiscal_year is not None and report.kind != "unknown":
        return report
    found = candidates(document)
    question = questions.about_head(document, found, hidden.ranges)
    answer = talk.ask([question])[0] if question else None
    if answer is None:
        return report
    head, refused = head_of(found, answer, llm.NAME)
    talk.drop("head", refused)
    return with_head(report, head)


def _tables(document: Document, report: Report, opened: Open, talk: Conversation) -> Report:
    """The rows of tables that the rules could not read; an `other` figure that is a cell of one gives way to it."""
    asked = [questions.about_columns(grid) for grid, _ in opened.grids]
    asked += [questions.about_rows(run) for run in opened.runs]
    if not asked:
        return report
    answers = talk.ask(asked)
    given = Records(report.indicators, report.funds, report.projects, report.base_data)
    tables, many = Tables(document, llm.NAME, given), len(opened.grids)
    read_answers(
        talk,
        tables,
        [(grid, answer, unit) for (grid, unit), answer in zip(opened.grids, answers[:many], strict=True)],
        list(zip(opened.runs, answers[many:], strict=True)),
    )
    changed = replace(
        report,
        indicators=tuple(tables.indicators),
        funds=tuple(tables.funds),
        projects=tuple(tables.projects),
        base_data=tuple(tables.base_data),
    )
    return replace(changed, figures=_homeless(changed, report))


def _homeless(report: Report, before: Report) -> tuple[Figure, ...]:
    """The figures that no new cell holds: a value has one home."""
    rows = (*report.indicators[len(before.indicators) :], *report.funds[len(before.funds) :])
    places = [
        (cell.span.start, cell.span.end)
        for row in rows
        for cell in vars(row).values()
        if hasattr(cell, "span") and cell.raw
    ]
    return tuple(
        figure
        for figure in report.figures
        if figure.metric != "other" or not any(a <= figure.span.start < b for a, b in places)
    )


def _figures(report: Report, opened: Open, hidden: Withheld, talk: Conversation) -> Report:
    """The figures, with the labels of the model where the rules had none and nothing speaks against them."""
    left = {int(figure.id[1:]) for figure in report.figures}
    marked = opened.marked._replace(quantities=tuple(q for q in opened.marked.quantities if q.number in left))
    opened = opened._replace(marked=marked)
    known = [name for name in _scopes(report) if hidden.may_name(name)]
    may_be = menus(opened, report, known)
    asked = list(excerpt(marked, [q for q in marked.quantities if q.number in may_be]))
    scopes = printed_in((chunk.text for chunk in asked), known)[:_MOST_SCOPES]
    labelled = llm.labelled(talk, asked, marked, scopes, report.fiscal_year, llm.NAME, may_be)
    figures, refused = merged(report, labelled, opened)
    talk.drop("figures", refused)
    return replace(report, figures=figures)


def _scopes(report: Report) -> Sequence[str]:
    """The projects that a figure may belong to."""
    names = [project.name.text for project in report.projects]
    names += [figure.scope for figure in report.figures if figure.scope != OVERALL]
    return tuple(dict.fromkeys(name for name in names if name != OVERALL))
