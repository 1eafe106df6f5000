"""Prose to a model and back: sentences with numbered quantities go out, labels come in, figures are made of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.extract.llm.answers import FigureLabels
from extractor.extract.llm.check import Label, labels
from extractor.extract.llm.choices import STAGE_NAMES, STAGES, by_number
from extractor.extract.llm.quantities import Marked, Quantity, marked, period_of
from extractor.metrics import Metric
from extractor.patterns import lazy
from extractor.schema import OVERALL, Evidence, Figure, Stage

STAGE_MENU = " ".join(f"{number}{name}" for number, name in STAGE_NAMES.items())
_CHUNK = 900
_BEFORE, _AFTER, _GAP = 60, 40, "…"
_CLAUSE = lazy(r"[,;。:]")
_STAGED = frozenset(("各阶段", "三阶段", "预算、实际"))


class Chunk(NamedTuple):
    """One question about figures: its text with ids, the quantities asked, and where it stands."""

    id: str
    text: str
    asked: tuple[Quantity, ...]


def chunks(marked_up: Marked, passages: Sequence[int]) -> Iterator[Chunk]:
    """Whole passages of some 900 characters together, each with its quantities marked; passages without any are left out."""
    text: list[str] = []
    asked: list[Quantity] = []
    for index in passages:
        own = marked_up.of(index)
        if not own:
            continue
        shown = marked(marked_up.passages[index].text, own)
        if asked and sum(map(len, text)) + len(shown) > _CHUNK:
            yield _chunk(text, asked)
            text, asked = [], []
        text.append(shown)
        asked += own
    if asked:
        yield _chunk(text, asked)


def excerpt(marked_up: Marked, asked: Sequence[Quantity]) -> Iterator[Chunk]:
    """Only the clauses around the quantities asked about, a sentence a line, some 900 characters together."""
    text: list[str] = []
    own: list[Quantity] = []
    done: set[tuple[int, int]] = set()
    for quantity in asked:
        whole = marked_up.passages[quantity.passage].text
        start = whole.rfind("。", 0, quantity.start) + 1
        stop = whole.find("。", quantity.end)
        stop = len(whole) if stop < 0 else stop + 1
        if (quantity.passage, start) not in done:
            if own and sum(map(len, text)) > _CHUNK:
                yield _chunk(text, own)
                text, own = [], []
            done.add((quantity.passage, start))
            mine = [q for q in asked if q.passage == quantity.passage and start <= q.start < stop]
            parts = [
                marked(whole, [q for q in mine if first <= q.start < last], first, last).strip()
                for first, last in _clauses(whole, mine, start, stop)
            ]
            text.append(_GAP.join(parts))
            own += mine
    if own:
        yield _chunk(text, own)


def _clauses(whole: str, own: Sequence[Quantity], start: int, stop: int) -> list[tuple[int, int]]:
    """Where in a sentence its quantities stand: each with the clauses that begin less than some characters before it, and the end of its own."""
    out: list[tuple[int, int]] = []
    for quantity in own:
        first = max(start, quantity.start - _BEFORE)
        clause = _CLAUSE.search(whole, first, quantity.start) if first > start else None
        first = clause.end() if clause else first
        end = _CLAUSE.search(whole, quantity.end, stop)
        last = min(end.end() if end else stop, quantity.end + _AFTER)
        if out and first <= out[-1][1]:
            first, _ = out.pop()
        out.append((first, last))
    return out


def _chunk(text: Sequence[str], asked: Sequence[Quantity]) -> Chunk:
    start, end = min(q.span.start for q in asked), max(q.span.end for q in asked)
    return Chunk(f"{start}-{end}", "\n".join(text), tuple(asked))


def counted(chunk: Chunk) -> str:
    """The text of a chunk with its quantities counted from one: a small model counts so whatever the numbers are."""
    text = chunk.text
    for number, quantity in enumerate(chunk.asked, 1):
        text = text.replace(f"⟦q{quantity.number}⟧", f"⟦#{number}⟧")
    return text.replace("⟦#", "⟦q")


def halves(chunk: Chunk) -> tuple[Chunk, ...]:
    """The chunk in two, for an answer that would not fit; nothing when it holds one line."""
    lines = chunk.text.split("\n")
    if len(lines) < 2:
        return ()
    out = []
    for part in (lines[: len(lines) // 2], lines[len(lines) // 2 :]):
        text = "\n".join(part)
        own = [quantity for quantity in chunk.asked if f"⟦q{quantity.number}⟧" in text]
        if own:
            out.append(_chunk(part, own))
    return tuple(out)


def figures_of(
    chunk: Chunk,
    answer: FigureLabels,
    marked_up: Marked,
    scopes: Sequence[str],
    year: int | None,
    engine: str,
) -> tuple[list[Figure], tuple[str, ...]]:
    """The figures that the valid labels of an answer make, ids given later, and what was refused."""
    good, refused = labels(answer, chunk.asked, len(scopes))
    by_id = dict(enumerate(chunk.asked, 1))
    return [
        figure_of(by_id[label.quantity], label, marked_up, scopes, year, engine) for label in good
    ], refused


def figure_of(
    quantity: Quantity, label: Label, marked_up: Marked, scopes: Sequence[str], year: int | None, engine: str
) -> Figure:
    """The figure of one label: the model's words for what it means, the source's for everything else."""
    metric = by_number()[label.metric].metric
    return Figure(
        id=f"q{quantity.number}",
        metric=metric.id,
        label=quantity.label,
        scope=scopes[label.scope - 1] if label.scope else OVERALL,
        stage=stage_of(metric, label.stage),
        period=period_of(marked_up.passages[quantity.passage].text, quantity.start, year),
        amount=quantity.amount,
        span=quantity.span,
        section=quantity.section,
        evidence=Evidence(engine=engine, confidence=0.6, certain=False),
    )


def stage_of(metric: Metric, answered: int) -> Stage:
    """The stage of a metric: its own where it has but one, else the one answered."""
    own: Stage = metric.stage  # type: ignore[assignment] # the glossary's stages are the contract's
    if metric.dimension not in _STAGED or not answered:
        return own
    stage = STAGES[answered]
    budgeted = metric.id == "project_budget" and not stage.startswith("budget")
    return own if budgeted else stage
