"""Numbers whose digits are not at their span: over the cases and over damaged copies of them; the only good count is 0."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from eval.cases import Case, canonical
from eval.generate import mutate
from extractor.document import slices
from extractor.errors import InputError
from extractor.ground import cells_of, stands_in
from extractor.pipeline import review
from extractor.review import Review
from extractor.settings import Settings


@dataclass
class Grounding:
    """Values looked at, values that do not stand in the source, and reviews that crashed or were refused."""

    reviews: int = 0
    values: int = 0
    broken: int = 0
    refused: int = 0
    crashed: int = 0


def count(result: Review, into: Grounding) -> None:
    """Check every value of a review against its own text."""
    text = result.document.text
    into.reviews += 1
    for cell in cells_of(result.report):
        into.values += 1
        raw = slices(text, cell.span)
        into.broken += raw != cell.raw or (cell.value is not None and not stands_in(raw, cell.value))
    for figure in result.report.figures:
        into.values += 1
        raw, value = slices(text, figure.span), figure.amount.value
        into.broken += raw != figure.amount.raw or (value is not None and not stands_in(raw, value))


def mutated(cases: Iterable[Case], copies: int, seed: int = 20) -> Grounding:
    """Review `copies` damaged copies of the cases in turn."""
    rng = random.Random(seed)
    texts = [canonical(case.source) for case in cases]
    out = Grounding()
    for n in range(copies):
        try:
            result = review(mutate(texts[n % len(texts)], rng).encode(), Settings(), file_name="copy.txt")
        except InputError:
            out.refused += 1
        except Exception as error:  # the bar counts crashes of any kind
            out.crashed += 1
            if out.crashed > 50:
                raise RuntimeError("more than fifty crashes") from error
        else:
            count(result, out)
    return out
