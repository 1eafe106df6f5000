"""How sure a figure is: 95 % intervals by drawing the reports again and again, always the same draws."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eval.examine import Result
from eval.measures.catalogue import Measure, total
from eval.measures.counts import Counts

DRAWS = 1000
_SEED = 20


class Interval(NamedTuple):
    """A measure over all reports and where it would lie for 95 of 100 other draws of as many reports."""

    value: float
    low: float
    high: float


class Difference(NamedTuple):
    """How much a second run is above the first on the same reports, with its interval."""

    value: float
    low: float
    high: float


def reports(results: Iterable[Result]) -> list[Counts]:
    """The counts of each report, those of a planted twin with its clean one's: the two are one draw, not two."""
    own: dict[str, list[Counts]] = {}
    for result in results:
        own.setdefault(result.twin or result.name, []).append(result.counts)
    return [total(each) for each in own.values()]


def interval(measure: Measure, units: Sequence[Counts], draws: int = DRAWS) -> Interval | None:
    """The measure over `units` with its interval; None when they have nothing to measure."""
    vectors = _vectors(measure, units)
    value = _value(measure, vectors, [1] * len(vectors))
    if value is None:
        return None
    found = [_value(measure, vectors, weights) for weights in _weights(len(vectors), draws)]
    return Interval(value, *_middle([each for each in found if each is not None]))


def difference(
    measure: Measure, before: Sequence[Counts], after: Sequence[Counts], draws: int = DRAWS
) -> Difference | None:
    """After less before, both on the same reports in the same order, drawn together."""
    one, two = _vectors(measure, before), _vectors(measure, after)
    assert len(one) == len(two), "both runs need the same reports"
    whole = [1] * len(one)
    first, second = _value(measure, one, whole), _value(measure, two, whole)
    if first is None or second is None:
        return None
    found = []
    for weights in _weights(len(one), draws):
        a, b = _value(measure, one, weights), _value(measure, two, weights)
        if a is not None and b is not None:
            found.append(b - a)
    return Difference(second - first, *_middle(found))


def _vectors(measure: Measure, units: Sequence[Counts]) -> list[Sequence[float]]:
    return [unit.get(measure.key, ()) for unit in units]


def _value(measure: Measure, vectors: Sequence[Sequence[float]], weights: Sequence[int]) -> float | None:
    width = max(map(len, vectors), default=0)
    if not width:
        return None
    sums = [0.0] * width
    for vector, weight in zip(vectors, weights, strict=True):
        if weight and vector:
            for n, value in enumerate(vector):
                sums[n] += weight * value
    return measure.value(sums)


def _weights(many: int, draws: int) -> Sequence[Sequence[int]]:
    """How often each report is in each draw."""
    rng = random.Random(_SEED)
    out = []
    for _ in range(draws):
        weights = [0] * many
        for at in rng.choices(range(many), k=many):
            weights[at] += 1
        out.append(weights)
    return out


def _middle(values: list[float]) -> tuple[float, float]:
    """The middle 95 % of the values."""
    values.sort()
    edge = len(values) * 25 // 1000
    return values[edge], values[-1 - edge]
