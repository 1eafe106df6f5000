"""The plain baseline for figures: a regular expression for quantities, the nearest word of the glossary before it as its name."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.amounts import base_value
from extractor.document import Span
from extractor.metrics import METRICS
from extractor.schema import Amount, Figure, Report

_QUANTITY = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(亿元|万元|元|%|人|名|个|分)")
_BOUND = re.compile(r"[。；;\n]")
_STAGES = (
    ("年初预算", "budget_initial"),
    ("年初", "budget_initial"),
    ("预算", "budget_annual"),
    ("支出", "exec"),
    ("执行", "exec"),
    ("决算", "exec"),
)
_YEAR = re.compile(r"(20\d\d)年")
_ALIASES = sorted(
    ((alias, metric) for metric in METRICS for alias in (metric.name, *metric.aliases)),
    key=lambda pair: -len(pair[0]),
)


def plain_figures(text: str) -> Report:
    """Every quantity named by the nearest glossary word before it in its sentence; its stage by the nearest stage word."""
    year = _YEAR.search(text)
    figures = []
    for n, match in enumerate(_QUANTITY.finditer(text)):
        starts = [m.end() for m in _BOUND.finditer(text, max(0, match.start() - 120), match.start())]
        before = text[starts[-1] if starts else max(0, match.start() - 120) : match.start()]
        found = max(
            ((before.rfind(alias), len(alias), metric) for alias, metric in _ALIASES if alias in before),
            key=lambda hit: (hit[0] + hit[1], hit[1]),
            default=None,
        )
        metric = found[2] if found else None
        stage = max(
            ((before.rfind(word) + len(word), len(word), stage) for word, stage in _STAGES if word in before),
            default=(0, 0, ""),
        )[2]
        value, unit = Decimal(match[1].replace(",", "")), match[2]
        money = metric is not None and metric.unit == "万元"
        figures.append(
            Figure(
                id=f"f{n}",
                metric=metric.id if metric else "other",
                label=before[-12:],
                stage=(stage if money and stage else metric.stage) if metric else "other",  # type: ignore[arg-type]
                period=year[1] if year else None,
                amount=Amount(
                    raw=match[0], value=value, unit=unit, decimals=0, base_value=base_value(value, unit)
                ),
                span=Span(start=match.start(), end=match.end()),
            )
        )
    return Report(figures=tuple(figures))
