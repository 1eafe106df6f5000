"""The llm engine: every chunk goes to the model; the report is made of what its labels point at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.document import Document, Section
from extractor.extract.conversation import Conversation
from extractor.extract.llm import figures, pieces, questions, sections
from extractor.extract.llm.blocks import Grid, grid_of
from extractor.extract.llm.figures import Chunk, chunks, figures_of, halves
from extractor.extract.llm.head import Head, candidates, head_of
from extractor.extract.llm.quantities import Marked, quantities
from extractor.extract.llm.tables import Tables, read_answers
from extractor.extract.llm.withheld import SECRET, Withheld, withheld
from extractor.records import replace
from extractor.schema import OVERALL, Figure, Report
from extractor.segment import Layout

NAME = "llm"
_MOST_SCOPES = 12


class Parts(NamedTuple):
    """What of a document goes to the model: its grids with their units, its tables without a grid."""

    grids: tuple[tuple[Grid, str | None], ...]
    runs: tuple[pieces.Run, ...]


def extract_llm(document: Document, layout: Layout, talk: Conversation) -> Report:
    """Everything a model can point at in one document; what is secret stays here."""
    hidden = withheld(document, layout)
    parts = _parts(document, layout, hidden, talk)
    found = candidates(document)
    head_question = questions.about_head(document, found, hidden.ranges)
    asked = [questions.about_columns(grid) for grid, _ in parts.grids]
    asked += [questions.about_rows(run) for run in parts.runs]
    answers = talk.ask([*asked, *([head_question] if head_question else [])])

    tables, many = Tables(document, NAME), len(parts.grids)
    read_answers(
        talk,
        tables,
        [(grid, answer, unit) for (grid, unit), answer in zip(parts.grids, answers[:many], strict=True)],
        list(zip(parts.runs, answers[many : len(asked)], strict=True)),
    )
    head = Head()
    if head_question and answers[-1] is not None:
        head, refused = head_of(found, answers[-1], NAME)
        talk.drop("head", refused)
    names = dict.fromkeys(project.name.text for project in tables.projects)
    scopes = tuple(name for name in names if name != OVERALL and hidden.may_name(name))
    told = _figures(document, layout, hidden, talk, scopes[:_MOST_SCOPES], head.fiscal_year)
    return Report(
        **head._asdict(),
        sections=sections_named(document, layout.sections, hidden, talk),
        tables=layout.tables,
        figures=tuple(replace(figure, id=f"q{n}") for n, figure in enumerate(told, 1)),
        funds=tuple(tables.funds),
        indicators=tuple(tables.indicators),
        base_data=tuple(tables.base_data),
        projects=tuple(tables.projects),
    )


def _parts(document: Document, layout: Layout, hidden: Withheld, talk: Conversation) -> Parts:
    grids = []
    for form, table in zip(layout.forms, layout.tables, strict=True):
        text = document.folded[table.span.start : table.span.end]
        if hidden.hides(table.span.start, table.span.end, text):
            talk.withhold(f"columns:{table.id}", SECRET)
        elif (grid := grid_of(table)).blocks:
            grids.append((grid, form.unit))
    shown = []
    for run in pieces.runs(document, layout.passages):
        if hidden.hides(run.start, run.end, document.folded[run.start : run.end]):
            talk.withhold(f"rows:{run.id}", SECRET)
        else:
            shown.append(run)
    return Parts(tuple(grids), tuple(shown))


def _figures(
    document: Document,
    layout: Layout,
    hidden: Withheld,
    talk: Conversation,
    scopes: Sequence[str],
    year: int | None,
) -> list[Figure]:
    """The figures of all prose that may be sent, in the order of the text."""
    marked = quantities(document, layout.passages)
    open_passages = []
    for index, passage in enumerate(layout.passages):
        start, end = passage.pieces[0][1], passage.pieces[-1][1] + passage.pieces[-1][2]
        if not hidden.hides(start, end, passage.text):
            open_passages.append(index)
        elif marked.of(index):
            talk.withhold(f"figures:{start}-{end}", SECRET)
    out = labelled(talk, list(chunks(marked, open_passages)), marked, scopes, year, NAME)
    return sorted(out, key=lambda figure: (figure.span.start, figure.span.end))


def sections_named(
    document: Document, found: tuple[Section, ...], hidden: Withheld, talk: Conversation
) -> tuple[Section, ...]:
    """The sections, with what a model says of those whose headings do not say what they are for."""
    asked = []
    for each in sections.unnamed(document, found):
        if hidden.hides(each.start, each.end, each.section.title + each.text):
            talk.withhold(f"sections:{each.section.id}", SECRET)
        else:
            asked.append(each)
    answer = talk.ask([questions.about_sections(asked)])[0] if asked else None
    if answer is None:
        return found
    named, refused = sections.with_roles(found, asked, answer)
    talk.drop("sections", refused)
    return named


def labelled(
    talk: Conversation,
    asked: Sequence[Chunk],
    marked: Marked,
    scopes: Sequence[str],
    year: int | None,
    engine: str,
    may_be: Mapping[int, frozenset[int]] | None = None,
) -> list[Figure]:
    """The figures of some chunks; one whose answer did not fit is asked again in halves.

    `may_be` narrows the metrics offered, by the number of each quantity.
    """
    out: list[Figure] = []
    answers = talk.ask([questions.about_figures(chunk, scopes, may_be) for chunk in asked])
    for chunk, answer in zip(asked, answers, strict=True):
        if answer is not None:
            made, refused = figures_of(chunk, answer, marked, scopes, year, engine)
            talk.drop(chunk.id, refused)
            out += made
        elif (parts := halves(chunk)) and talk.was_cut(f"figures:{chunk.id}"):
            out += labelled(talk, parts, marked, scopes, year, engine, may_be)
    return out


__all__ = ["NAME", "extract_llm", "figures", "labelled", "sections_named"]
