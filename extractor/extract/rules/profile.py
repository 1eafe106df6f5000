"""Which weight scheme a report follows: what it states of itself first, else what its form's labels add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractor.document import Passage
from extractor.patterns import lazy
from extractor.profiles import rules
from extractor.schema import Fund, Indicator, Profile

UNRECOGNISED = "unrecognised"
_STATED = lazy(
    r"(?P<name>预算执行率?|执行率|产出|效益|满意度|成本)(?:类|性)?(?:指标)?(?:分值|权重)?(?:为|占|是|设定为|共)?\s*\(?(?P<points>\d+(?:\.\d+)?)\s*分"
)
_DIMENSIONS = (
    ("执行", "execution"),
    ("成本", "cost"),
    ("产出", "output"),
    ("效益", "benefit"),
    ("满意", "satisfaction"),
)


def _dimension(text: str) -> str | None:
    return next((name for word, name in _DIMENSIONS if word in text), None)


def read_profile(
    passages: Sequence[Passage], indicators: Sequence[Indicator], funds: Sequence[Fund]
) -> Profile:
    """The scheme's id and how it is known; `unknown` when the report prints no weights at all."""
    for passage in passages:
        if "分" not in passage.text or not ("产出" in passage.text and "效益" in passage.text):
            continue
        weights = {
            d: Decimal(m["points"]) for m in _STATED.finditer(passage.text) if (d := _dimension(m["name"]))
        }
        if len(weights) >= 3:
            matches = list(_STATED.finditer(passage.text))
            return Profile(
                id=_id(weights), source="stated", span=passage.span(matches[0].start(), matches[-1].end())
            )
    inferred = _labelled(indicators, funds)
    return (
        Profile(id=_id(inferred), source="inferred")
        if len(inferred) >= 2
        else Profile(id="unknown", source="default")
    )


def _labelled(indicators: Sequence[Indicator], funds: Sequence[Fund]) -> dict[str, Decimal]:
    """Weights of the first form that prints them in its 一级 labels, with the money row's points."""
    table = next((i.table for i in indicators if i.level1_points is not None), None)
    out: dict[str, Decimal] = {}
    for indicator in indicators:
        if indicator.table == table and indicator.level1 is not None and indicator.level1_points is not None:
            name = _dimension(indicator.level1.text)
            if name:
                out.setdefault(name, indicator.level1_points)
    points = next(
        (f.points.value for f in funds if f.table == table and f.points and f.points.value is not None), None
    )
    if out and points is not None:
        out.setdefault("execution", points)
    return out


def _id(weights: Mapping[str, Decimal]) -> str:
    return rules().scheme_of(weights) or UNRECOGNISED
