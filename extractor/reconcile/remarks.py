"""What the checks of wording share: a place as an operand, a row as an operand, a ledger line that is never told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from extractor.document import Span
from extractor.findings import Check
from extractor.reconcile.case import Case
from extractor.reconcile.registry import line
from extractor.reconcile.values import SHAKY, Value, Words, clear, number_of, words_of
from extractor.schema import Cell, Indicator

_MOST, _MOST_POINTS = 40, 60


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


def legible(row: Indicator, *cells: Cell | None) -> bool:
    """Whether cells are readable, or stand in a row that is whole although its columns were inferred."""
    return readable(*cells) or (whole(row) and all(cell is None or only_inferred(cell) for cell in cells))


def guessed(cell: Cell, role: str) -> Words:
    """A cell by its place, one whose column was inferred marked so that nothing graver than P2 rests on it."""
    return words_of(cell, role)._replace(shaky=not SHAKY.isdisjoint(cell.evidence.flags))


def whole(row: Indicator) -> bool:
    """Whether a name, a target, a result, points and a score no larger than they follow one another: no cell slipped."""
    points, score = number_of(row.points), number_of(row.score)
    name = row.level3 or row.level2
    told = (name, row.target, row.actual)
    if points is None or score is None or not 0 <= score <= points <= _MOST_POINTS or points == 0:
        return False
    filled = all(
        cell is not None and only_inferred(cell) and any(map(str.isalnum, cell.text)) for cell in told
    )
    return filled and name is not None and any(map(str.isalpha, name.text))


def only_inferred(cell: Cell) -> bool:
    """Whether nothing but the column of a cell is in doubt."""
    flags = set(cell.evidence.flags) - ({"ocr"} if clear(cell.evidence) else set())
    return cell.kind != "unreadable" and flags <= {"inferred_column", "shared"}


def readable(*cells: Cell | None) -> bool:
    """Whether none of the cells was put into its column by a guess or read off a picture."""
    for cell in cells:
        if cell is not None:
            evidence = cell.evidence
            if (
                not clear(evidence)
                or cell.kind == "unreadable"
                or (evidence.flags and SHAKY.intersection(evidence.flags))
            ):
                return False
    return True
