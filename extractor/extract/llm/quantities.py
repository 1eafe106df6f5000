"""Every quantity of a passage gets an id; the text that a model sees carries the ids, the value stays here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.amounts import Quantity as Scanned
from extractor.amounts import base_value, is_money, scan
from extractor.document import Document, Passage, Span, slices
from extractor.extract.llm.choices import Family, family_of
from extractor.patterns import lazy
from extractor.schema import Amount

_TITLES = lazy(r"《[^《》]{0,120}》")
_CLAUSE = lazy(r"[,。;:、!?()\n]")
_YEAR = lazy(r"(20\d\d)年")
_FEN_WORDS = frozenset("局会类项管别批组期散布解步配中公院队析店红校支之册钟")
_LABEL = 24


class Quantity(NamedTuple):
    """A quantity of the prose under the id a model knows it by; `start` and `end` index the passage."""

    number: int
    family: Family
    amount: Amount
    label: str
    span: Span
    section: str | None
    passage: int
    start: int
    end: int


class Marked(NamedTuple):
    """The quantities of a document, and the passages they stand in."""

    quantities: tuple[Quantity, ...]
    passages: Sequence[Passage]

    def of(self, passage: int) -> tuple[Quantity, ...]:
        """The quantities of one passage."""
        return tuple(q for q in self.quantities if q.passage == passage)


def quantities(document: Document, passages: Sequence[Passage]) -> Marked:
    """The quantities of the prose that some metric of the glossary can have, numbered from one."""
    out: list[Quantity] = []
    for index, passage in enumerate(passages):
        titles = [match.span() for match in _TITLES.finditer(passage.text)]
        for scanned in scan(passage.text):
            found = family_of(scanned.unit)
            if found is None or _is_none(passage.text, scanned, titles):
                continue
            out.append(_quantity(document, passage, index, len(out) + 1, scanned, found))
    return Marked(tuple(out), passages)


def _is_none(text: str, scanned: Scanned, titles: Iterable[tuple[int, int]]) -> bool:
    """A number within a title, a numbered thing (第3项), a word that begins with 分, digits among letters."""
    before, after = text[max(0, scanned.start - 1) : scanned.start], text[scanned.end : scanned.end + 1]
    if before == "第" or any(start <= scanned.start < end for start, end in titles):
        return True
    if not text[scanned.start].isdigit() and text[scanned.start] != "-" and scanned.unit != "%":
        return not is_money(scanned.unit)
    lettered = before.isascii() and before.isalpha()
    return lettered or (scanned.unit == "分" and after in _FEN_WORDS and bool(after))


def _quantity(
    document: Document, passage: Passage, index: int, number: int, scanned: Scanned, found: Family
) -> Quantity:
    span = passage.span(scanned.start, scanned.end)
    before = _CLAUSE.split(passage.text[max(0, scanned.start - 60) : scanned.start])[-1]
    amount = Amount(
        raw=slices(document.text, span),
        value=scanned.value,
        unit=scanned.unit,
        decimals=scanned.decimals,
        comparator=scanned.vague,
        base_value=base_value(scanned.value, scanned.unit),
    )
    label = "".join(before.split())[-_LABEL:]
    return Quantity(
        number, found, amount, label, span, passage.section or None, index, scanned.start, scanned.end
    )


def marked(text: str, quantities: Iterable[Quantity], start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` with `⟦q17⟧` before each of the quantities."""
    out, at = [], start
    for quantity in quantities:
        out += [text[at : quantity.start], f"⟦q{quantity.number}⟧"]
        at = quantity.start
    return "".join((*out, text[at:end]))


def period_of(text: str, start: int, fiscal_year: int | None) -> str | None:
    """The last year printed in the sentence before a quantity, else the report's own."""
    opening = text.rfind("。", 0, start) + 1
    years = _YEAR.findall(text[opening:start])
    return years[-1] if years else None if fiscal_year is None else str(fiscal_year)
