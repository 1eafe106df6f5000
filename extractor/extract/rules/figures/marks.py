"""A mark: one quantity of a passage on its way to becoming a figure, with the words that govern it."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractor.amounts import is_money
from extractor.document import Document, Passage
from extractor.schema import Evidence, Stage


class FigureContext(NamedTuple):
    """What other readers already know; `subject` is the scope of figures that name none (None: read it from the title)."""

    fiscal_year: int | None = None
    project_names: tuple[str, ...] = ()
    subject: str | None = None
    # printed elsewhere than in forms: recognised, but not the name to go by
    other_names: tuple[str, ...] = ()
    # whether the report is about one project, be its name known or not
    about_project: bool = False
    # places that other records hold, in order: no figure is read there
    taken: tuple[tuple[int, int], ...] = ()
    # where the figures of tables begin, in order: they are numbered among those of the prose
    tabled: tuple[int, ...] = ()
    # what the forms say of each project: name, stage, amount in yuan
    project_money: tuple[tuple[str, Stage, Decimal], ...] = ()


class Mark:
    """A quantity at `[start, end)` of the passage; `unit` may be inherited from its series, caption or label."""

    __slots__ = (
        "bare", "before", "decimals", "delim", "end", "gap", "grade", "label", "label_end", "label_start",
        "period", "relation", "repeats", "right", "sentence", "start", "unit", "value", "year",
    )  # fmt: skip

    def __init__(
        self,
        start: int,
        end: int,
        value: Decimal | None,
        unit: str | None,
        decimals: int,
        bare: bool = False,
    ) -> None:
        self.start, self.end, self.value, self.unit, self.decimals = start, end, value, unit, decimals
        self.bare, self.grade, self.repeats = bare, False, False
        self.label, self.label_start, self.label_end = "", 0, 0
        self.delim = self.gap = self.before = self.right = ""
        self.sentence = 0
        self.relation = ""  # 占, 为, 较 … in front of the label: what the amount is compared with
        self.year: str | None = None
        self.period: str | None = None

    @property
    def money(self) -> bool:
        return is_money(self.unit)


class Reading(NamedTuple):
    """What a mark means; `confidence` below 1 where a word had to be inferred."""

    metric: str
    stage: Stage
    confidence: float = 1.0
    scope: str | None = None
    open: tuple[Stage, ...] = ()  # what the amount may be, where the words at it do not say


class Line:
    """A passage being read: folded text, the text as printed, bracket pairs, and the marks found."""

    def __init__(self, text: str, raw: str, heading: bool, title: str) -> None:
        self.text, self.raw, self.heading, self.title = text, raw, heading, title
        self.pairs: dict[int, int] = {}
        self.cuts: tuple[tuple[int, int, str], ...] = ()  # headings that stand in the text itself
        self.marks: list[Mark] = []

    def segment_at(self, at: int) -> str:
        """The text around `at` between two headings that stand in the text."""
        past = self.cut_at(at)
        end = self.cuts[past][0] if past < len(self.cuts) else len(self.text)
        return self.text[self.cuts[past - 1][1] if past else 0 : end]

    def sentence_of(self, mark: Mark) -> str:
        """The whole sentence that `mark` stands in."""
        end = self.text.find("。", mark.end)
        return self.text[mark.sentence : end if end >= 0 else len(self.text)]

    def cut_at(self, at: int) -> int:
        """How many of the headings in the text end at `at` or before."""
        return bisect_right(self.cuts, at, key=lambda cut: cut[1])


@lru_cache(maxsize=32)
def evidence_of(confidence: float) -> Evidence:
    """How sure a reading of that confidence is."""
    return Evidence(confidence=confidence, certain=confidence >= 0.9)


def printed(document: Document, passage: Passage) -> str:
    """The passage with its characters as the document prints them (quotes keep their direction)."""
    if len(passage.pieces) == 1:
        at, source, length = passage.pieces[0]
        if at == 0 and length == len(passage.text):
            return document.text[source : source + length]
    out = list(passage.text)
    for at, source, length in passage.pieces:
        out[at : at + length] = document.text[source : source + length]
    return "".join(out)
