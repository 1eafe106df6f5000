"""What a model reads as a critic: indicator rows and sentences, each under an id, each with its place; secrets stay here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.critique.view import View
from extractor.document import Span, slices
from extractor.extract.llm.withheld import withheld
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.schema import Indicator
from extractor.segment import Layout

_SENTENCE = lazy(r"[^。！？!?\n]{8,}[。！？!?]?")
_TELLING = lazy(
    r"问题|不足|措施|建议|改进|结论|总体|成效|效果|下一步|加强|提高|提升|进一步|开展|组织|推进|落实"
)
_QUOTE, _ROWS, _CHARACTERS = 80, 40, 1500


class Piece(NamedTuple):
    """A row or a sentence: what is quoted of it, letter for letter, and where it stands."""

    quote: str
    span: Span


class Excerpt(NamedTuple):
    """The text of the question, its pieces by id, and the ids of those left out for being secret."""

    text: str
    pieces: dict[str, Piece]
    withheld: tuple[str, ...]
    view: View

    def location(self, span: Span) -> str:
        """Where a piece stands, as notes say it."""
        return self.view.location([span])


def excerpt(case: Case) -> Excerpt:
    """The rows of the forms and the telling sentences of the prose, some 1500 characters of them."""
    layout = case.layout
    assert isinstance(layout, Layout)
    hidden = withheld(case.document, layout)
    lines: list[str] = []
    pieces: dict[str, Piece] = {}
    secret: list[str] = []
    for number, row in enumerate(case.report.indicators[:_ROWS], 1):
        piece = _row(case, row)
        if piece is None:
            continue
        if hidden.hides(piece.span.start, piece.span.end, row.scope + piece.quote):
            secret.append(f"i{number}")
            continue
        cells = (row.level2, row.level3, row.target, row.actual)
        pieces[f"i{number}"] = piece
        lines.append(f"⟦i{number}⟧" + "|".join("" if cell is None else cell.text for cell in cells))
    used = 0
    for number, piece in enumerate(_sentences(case), 1):
        if hidden.hides(piece.span.start, piece.span.end, piece.quote):
            secret.append(f"s{number}")
        elif used < _CHARACTERS:
            pieces[f"s{number}"] = piece
            lines.append(f"⟦s{number}⟧{''.join(piece.quote.split())}")
            used += len(piece.quote)
    return Excerpt("\n".join(lines), pieces, tuple(secret), View(case))


def _row(case: Case, row: Indicator) -> Piece | None:
    """A row by its name and target, quoted as printed."""
    name = row.level3 or row.level2
    if name is None or not name.raw:
        return None
    text = case.document.text
    end = row.actual.span.end if row.actual is not None and row.actual.raw else name.span.end
    whole = text[name.span.start : end]
    if name.span.start < end and len(whole) <= _QUOTE and "\n" not in whole.strip():
        return Piece(whole, Span(start=name.span.start, end=end))
    if name.span.parts is not None:
        return None
    return Piece(slices(text, name.span)[:_QUOTE], name.span)


def _sentences(case: Case) -> Iterator[Piece]:
    """Sentences of the prose that speak of problems, measures, results and conclusions, the later parts of a report first."""
    found = []
    for match in _SENTENCE.finditer(case.document.text):
        span = Span(start=match.start(), end=match.end())
        if (
            not case.in_table(span)
            and _TELLING.search(match[0])
            and "|" not in match[0]
            and "\t" not in match[0]
        ):
            found.append(Piece(match[0].strip()[:_QUOTE], span))
    yield from reversed(found)
