"""The rules' report with what the model added: its readings stand beside the rules', never over a sure one."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import fold
from extractor.extract.hybrid.gate import refusal
from extractor.extract.hybrid.left_open import Open
from extractor.extract.llm.head import Head
from extractor.records import replace
from extractor.schema import OVERALL, Alternative, Figure, Report

_BEFORE = 30


def merged(report: Report, labelled: Sequence[Figure], opened: Open) -> tuple[tuple[Figure, ...], list[str]]:
    """The figures of `report` with the model's labels where they may stand, and which were refused."""
    told = {figure.id: figure for figure in labelled}
    refused: list[str] = []
    out: list[Figure] = []
    for figure in report.figures:
        said = told.get(figure.id)
        if said is None:
            out.append(figure)
            continue
        said = placed(figure, said, opened)
        reason = refusal(said, words(figure, opened), report) if figure.metric == "other" else None
        if figure.metric == "other" and reason is None:
            evidence = replace(said.evidence, alternatives=(*figure.evidence.alternatives, _reading(figure)))
            out.append(replace(said, evidence=evidence))
            continue
        if (said.metric, said.stage) != (figure.metric, figure.stage):
            evidence = replace(figure.evidence, alternatives=(*figure.evidence.alternatives, _reading(said)))
            out.append(replace(figure, evidence=evidence))
        else:
            out.append(figure)
        if reason:
            refused.append(f"{figure.id} {said.metric}：{reason}")
    return tuple(out), refused


def placed(figure: Figure, said: Figure, opened: Open) -> Figure:
    """The model's label on the rules' place: section, words and comparison stay; a scope that the paragraph does not print gives way."""
    printed = said.scope != OVERALL and prints(paragraph(figure, opened), said.scope)
    scope = said.scope if printed else figure.scope
    return replace(
        figure,
        metric=said.metric,
        stage=said.stage,
        scope=scope,
        period=figure.period or said.period,
        evidence=said.evidence,
    )


def prints(text: str, scope: str) -> bool:
    """Whether a folded text names a project."""
    return "".join(fold(scope).split()) in "".join(text.split())


def paragraph(figure: Figure, opened: Open) -> str:
    """The paragraph that an open figure stands in."""
    quantity = next(q for q in opened.marked.quantities if q.number == int(figure.id[1:]))
    return opened.marked.passages[quantity.passage].text


def words(figure: Figure, opened: Open) -> str:
    """The words of the clause in front of the number."""
    quantity = next(q for q in opened.marked.quantities if q.number == int(figure.id[1:]))
    text = opened.marked.passages[quantity.passage].text
    start = max(text.rfind(mark, 0, quantity.start) for mark in "。;,:") + 1
    return "".join(text[max(start, quantity.start - _BEFORE) : quantity.start].split())


def _reading(figure: Figure) -> Alternative:
    """A figure as another reading of the same place."""
    return Alternative(
        raw=figure.amount.raw,
        value=figure.amount.value,
        span=figure.span,
        engine=figure.evidence.engine,
        metric=figure.metric,
        stage=figure.stage,
        scope=figure.scope,
    )


def with_head(report: Report, head: Head) -> Report:
    """The head's missing parts as the model pointed at them; what the rules read stays."""
    changes = {
        name: value
        for name, value in head._asdict().items()
        if value is not None and name in ("unit_name", "kind") and getattr(report, name) in (None, "unknown")
    }
    if report.fiscal_year is None and head.fiscal_year is not None:
        changes |= {"fiscal_year": head.fiscal_year, "fiscal_year_span": head.fiscal_year_span}
    return replace(report, **changes) if changes else report
