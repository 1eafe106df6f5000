"""What a model could say of an open figure so that it stands: a question of which nothing could come is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractor.extract.hybrid.gate import named, refusal
from extractor.extract.hybrid.left_open import Open
from extractor.extract.hybrid.merge import paragraph, placed, prints, words
from extractor.extract.llm.check import Label
from extractor.extract.llm.choices import STAGES, Choice, choices
from extractor.extract.llm.figures import figure_of
from extractor.extract.llm.quantities import Quantity
from extractor.schema import Report

Menus = Mapping[int, frozenset[int]]  # by the number of a quantity: the numbers of the metrics it may be


def printed_in(texts: Iterable[str], scopes: Sequence[str]) -> tuple[str, ...]:
    """The projects that some text names: a label with another would lose it again."""
    told = list(texts)
    return tuple(scope for scope in scopes if any(prints(text, scope) for text in told))


def menus(opened: Open, report: Report, scopes: Sequence[str]) -> Menus:
    """The metrics that each open figure may be, by its words and by the identities that hold; figures that may be none are left out."""
    out: dict[int, frozenset[int]] = {}
    for quantity in opened.marked.quantities:
        figure = opened.figures[quantity.number]
        fitting = [each for each in choices() if each.family == quantity.family]
        if figure.metric == "other":
            own = printed_in([paragraph(figure, opened)], scopes)
            found = {each.number for each in fitting if _may_be(quantity, each, opened, report, own)}
        else:  # read, but not surely: another reading is worth hearing where the words name one
            before = words(figure, opened)
            found = {e.number for e in fitting if e.metric.id != figure.metric and named(e.metric.id, before)}
        if found:
            out[quantity.number] = frozenset(found)
    return out


def _may_be(quantity: Quantity, choice: Choice, opened: Open, report: Report, scopes: Sequence[str]) -> bool:
    """Whether some stage and project make the label one that would be kept."""
    figure = opened.figures[quantity.number]
    before = words(figure, opened)
    if not named(choice.metric.id, before):
        return False
    for scope in range(len(scopes) + 1):
        for stage in (0, *STAGES):
            label = Label(quantity.number, choice.number, stage, scope)
            said = figure_of(quantity, label, opened.marked, scopes, report.fiscal_year, "")
            if refusal(placed(figure, said, opened), before, report) is None:
                return True
    return False
