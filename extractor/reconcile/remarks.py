"""What the checks of wording share: a place as an operand, a row as an operand, a ledger line that is never told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from extractor.document import Span
from extractor.findings import Check
from extractor.reconcile.case import Case
from extractor.reconcile.registry import line
from extractor.reconcile.values import SHAKY, Value, Words
from extractor.schema import Cell

_MOST = 40


def spot(start: int, end: int, role: str, *, certain: bool = True) -> Words:
    """A place of the document as a check names it."""
    return Words(None, role, (Span(start=start, end=end),), certain)


def remark(code: str, reason: str, operands: Mapping[str, Value | Words] | None = None) -> Check:
    """Something worth knowing that is shown in the ledger and never said to the unit (CHECKS 0.17)."""
    return line(code, "pass", operands, severity="I", reason=reason)


def numbered(prefix: str, found: Iterable[Words | Value]) -> dict[str, Value | Words]:
    """Operands prefix1, prefix2, …; a report that is wrong everywhere is told by its first places."""
    return {f"{prefix}{n}": each for n, each in zip(range(1, _MOST + 1), found, strict=False)}


def paired(pairs: Iterable[tuple[Words | Value, Words | Value]]) -> dict[str, Value | Words]:
    """Operands a1, b1, a2, b2, … of values that belong together."""
    out: dict[str, Value | Words] = {}
    for n, (one, other) in zip(range(1, _MOST + 1), pairs, strict=False):
        out |= {f"a{n}": one, f"b{n}": other}
    return out


def standing(case: Case, words: Iterable[str]) -> list[str]:
    """Those of many words that stand in the text, white space aside; most fall at a letter that stands nowhere."""
    text, listed = case.plain_text, tuple(words)
    letters = {letter for letter in set().union(*listed) if letter in text}
    return [word for word in listed if letters.issuperset(word) and word in text]


def literal(case: Case, word: str) -> Iterator[Span]:
    """Where a word stands in the document; white space inside it is sought only when it must be there."""
    spans = [Span(start=at, end=at + len(word)) for at in places_of(case, word)]
    if len(spans) < case.plain_text.count(word):
        spans = [span for _, span in case.found(re.compile(re.escape(word)))]
    yield from spans


def places_of(case: Case, word: str) -> Iterator[int]:
    """Where a word stands in the folded document."""
    text, at = case.document.folded, case.document.folded.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def readable(*cells: Cell | None) -> bool:
    """Whether none of the cells was put into its column by a guess or read off a picture."""
    for cell in cells:
        if cell is not None:
            evidence = cell.evidence
            if (
                not evidence.certain
                or cell.kind == "unreadable"
                or (evidence.flags and SHAKY.intersection(evidence.flags))
            ):
                return False
    return True
