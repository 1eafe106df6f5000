"""Values of a report, of its gold and of a peer's answer in one shape, and how they compare: F1 and what the source does not print."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from eval.gold import FUND, INDICATOR, Gold, squeeze
from eval.measures.singles import PROSE
from extractor.extract.llm.choices import family_of
from extractor.schema import Cell, Report

Row = tuple[str, str, str]  # row, field, text


class Compared(NamedTuple):
    """Right, given and expected values, and given ones that do not stand in the source."""

    right: int
    given: int
    expected: int
    fabricated: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.given + self.expected) if self.given + self.expected else 1.0


def gold_values(gold: Gold) -> list[Row]:
    """Every labelled value."""
    out: list[Row] = []
    for name, rows, fields, keys in (
        ("indicators", gold.indicators, INDICATOR, ("level3", "level2")),
        ("funds", gold.funds, FUND, ("item",)),
    ):
        for row in rows:
            label = next((row[k].text for k in keys if row[k] is not None and not row[k].empty), "")
            out += [
                (f"{name}:{label}", f, row[f].text) for f in fields if row[f] is not None and not row[f].empty
            ]
    out += [
        ("figure", "value", each["value"].text)
        for each in gold.figures
        if not each["table"] and each["class"] in (None, *PROSE)
    ]
    return out


def report_values(report: Report) -> list[Row]:
    """Every value of our own."""
    out: list[Row] = []
    for name, rows, fields, keys in (
        ("indicators", report.indicators, INDICATOR, ("level3", "level2")),
        ("funds", report.funds, FUND, ("item",)),
    ):
        for row in rows:
            cells: dict[str, Cell | None] = {field: getattr(row, field) for field in fields}
            label = next((squeeze(c.raw) for k in keys if (c := cells[k]) is not None and c.raw), "")
            out += [
                (f"{name}:{label}", f, squeeze(c.raw))
                for f, c in cells.items()
                if c is not None and c.raw.strip()
            ]
    out += [
        ("figure", "value", squeeze(figure.amount.raw))
        for figure in report.figures
        if figure.table is None and family_of(figure.amount.unit) not in (None, "count")
    ]
    return out


def compared(given: list[Row], gold: list[Row], text: str) -> Compared:
    """How `given` compares with `gold`; white space and width of characters do not count."""
    printed = squeeze(text)
    clean = [(squeeze(row), field, squeeze(value)) for row, field, value in given]
    right = sum((Counter(clean) & Counter(gold)).values())
    return Compared(right, len(clean), len(gold), sum(value not in printed for _, _, value in clean))
