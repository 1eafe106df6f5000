"""The text of a report as checks read it: without white space, by clause, sentence and paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

from extractor.document import Document, Span
from extractor.patterns import lazy

# A half-width full stop ends a sentence where a line ends behind it, unless a number is broken there.
_BREAK = lazy(r"[。;!?\t|]|(?<=[^\d\s.])\.(?= *\n)")
_PARAGRAPH = lazy(r"[。:;]\s*\n|(?<=[^\d\s.])\. *\n|\n\s*\n|[\t|]")
_NOT_NAMED = lazy(r"[^\w]")
_FAR = 600
_BLOCK = 512
_IN_BRACKETS = 120


def squeeze(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


def same_name(one: str, other: str) -> bool:
    """Whether two printed names are one, punctuation and quotation marks aside (T-TXT)."""
    return bare_name(one) == bare_name(other)


@lru_cache(maxsize=4096)
def bare_name(text: str) -> str:
    """A name reduced to its letters and digits."""
    return _NOT_NAMED.sub("", text)


class Wording:
    """The folded document, and the way from words without white space back to their place."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """Answers kept by `per_case`."""
        return {}

    @cached_property
    def plain_text(self) -> str:
        """The folded document without white space, for questions about wording."""
        return squeeze(self.document.folded)

    @cached_property
    def _blocks(self) -> list[int]:
        """How many printed characters stand before each block of the document."""
        text = self.document.folded
        sizes = (len(squeeze(text[at : at + _BLOCK])) for at in range(0, len(text), _BLOCK))
        return [0, *accumulate(sizes)]

    def _at(self, squeezed: int) -> int:
        """The place in the document of a character of `plain_text`."""
        block = bisect_right(self._blocks, squeezed) - 1
        left, at = squeezed - self._blocks[block], block * _BLOCK
        text = self.document.folded
        while left or text[at].isspace():
            left -= not text[at].isspace()
            at += 1
        return at

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
        """Matches in the text without white space, each with its place in the document."""
        for match in pattern.finditer(self.plain_text):
            yield match, Span(start=self._at(match.start()), end=self._at(match.end() - 1) + 1)

    @cached_property
    def _breaks(self) -> list[int]:
        return [at for at in self._marks(_BREAK) if not self._bracketed(at)]

    def _bracketed(self, at: int) -> bool:
        """Whether a semicolon before `at` stands in brackets, where it ends no sentence."""
        text = self.document.folded
        if text[at - 1 : at] != ";":
            return False
        opened = text.rfind("(", max(0, at - _IN_BRACKETS), at)
        if opened < 0 or text.find(")", opened, at) >= 0:
            return False
        closed = text.find(")", at, at + _IN_BRACKETS)
        return closed >= 0 and not any(mark in text[opened:closed] for mark in "。\n\t|")

    @cached_property
    def _paragraphs(self) -> list[int]:
        return self._marks(_PARAGRAPH)

    def _marks(self, pattern: re.Pattern[str]) -> list[int]:
        text = self.document.folded
        return [0, *[match.end() for match in pattern.finditer(text)], len(text)]

    def sentence(self, span: Span) -> tuple[int, int]:
        """The range of the sentence around `span`; a line break does not end one."""
        place = (span.start, span.end)
        known = self._sentences.get(place)
        if known is None:
            known = self._sentences[place] = _around(self._breaks, span)
        return known

    @cached_property
    def _sentences(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {}

    def paragraph(self, span: Span) -> tuple[int, int]:
        """The range of the paragraph around `span`."""
        return _around(self._paragraphs, span)

    def words(self, start: int, end: int) -> str:
        """Folded text of a range, without white space."""
        return squeeze(self.document.folded[start:end])

    def sentence_words(self, span: Span) -> str:
        """The sentence around `span`, without white space."""
        return self.words(*self.sentence(span))


def _around(marks: list[int], span: Span) -> tuple[int, int]:
    at = bisect_right(marks, span.start)
    start = marks[at - 1]
    while at < len(marks) - 1 and marks[at] < span.end:
        at += 1
    end = marks[at] if at < len(marks) else span.end
    return max(start, span.start - _FAR), max(min(end, span.end + _FAR), span.end)
