"""Words and names asked of a text without compiling them, and without regard to how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_KEY = 2  # characters that a name is filed under


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of `words` stands in `text`; nothing needs to be compiled for the question."""
    for word in words:  # noqa: SIM110 (any() takes twice as long, and this is asked of every label)
        if word in text:
            return True
    return False


class Vocabulary:
    """Words that run together without anything between them (`2022年度本单位共`); the longest goes first."""

    def __init__(self, words: str) -> None:
        """`words` are set apart by bars."""
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(words.split("|"), key=len, reverse=True):
            self._by_first.setdefault(word[0], []).append(word)

    def tails(self, text: str) -> list[bool]:
        """For each place in `text`, and its end, whether all that follows is made of the words."""
        out = [False] * len(text) + [True]
        for at in range(len(text) - 1, -1, -1):
            for word in self._by_first.get(text[at], ()):
                if text.startswith(word, at) and out[at + len(word)]:
                    out[at] = True
                    break
        return out

    def covers(self, text: str) -> bool:
        """Whether `text` is made of the words alone."""
        return self.tails(text)[0]

    def tail(self, text: str) -> int:
        """Where the words that end `text` begin; its length when none does."""
        return self.tails(text).index(True)

    def run(self, text: str, start: int) -> int:
        """The end of the words that follow one another from `start` on."""
        while start < len(text):
            word = next((w for w in self._by_first.get(text[start], ()) if text.startswith(w, start)), None)
            if word is None:
                break
            start += len(word)
        return start


class Lexicon:
    """Names of two characters and more, filed under their first two; where several fit, the longest is found."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: set[str] = set()
        self._lengths: dict[str, list[int]] = {}  # of the names under a key, the longest first
        self._firsts: set[str] = set()
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Take in `name`; one too short to tell anything is left out."""
        if len(name) < _KEY or name in self._names:
            return
        self._names.add(name)
        self._firsts.add(name[0])
        lengths = self._lengths.setdefault(name[:_KEY], [])
        if len(name) not in lengths:
            lengths.append(len(name))
            lengths.sort(reverse=True)

    def at(self, text: str, start: int) -> Iterator[int]:
        """The ends of all names that stand at `start`, the longest first."""
        for length in self._lengths.get(text[start : start + _KEY], ()):
            if start + length <= len(text) and text[start : start + length] in self._names:
                yield start + length

    def inside(self, text: str) -> Iterator[tuple[int, int]]:
        """Every name in `text`, also those that lie within another."""
        firsts = self._firsts
        for start, first in enumerate(text):
            if first in firsts:
                for end in self.at(text, start):
                    yield start, end

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """The names in `text` from left to right, none over another."""
        past, firsts = 0, self._firsts
        for start, first in enumerate(text):
            if first in firsts and start >= past:
                end = next(self.at(text, start), None)
                if end is not None:
                    yield start, end
                    past = end
