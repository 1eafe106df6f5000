"""Where a value that is given by its words stands in the text of the report."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from extractor.document import fold


def bare(text: str) -> str:
    """Folded (≧ is ≥, a long dash a dash), NFKC, without any white space: how printed words are compared."""
    return "".join(unicodedata.normalize("NFKC", fold(text)).split())


def written(value: object) -> str | None:
    """The words of a value in any notation of a gold file; None where it gives none."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and isinstance(value.get("raw"), str):
        return str(value["raw"])
    return None


class Places:
    """Finds words in a text, layout white space aside."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _bare(self) -> tuple[str, list[int]]:
        """The text without white space, and where each of its characters comes from."""
        characters: list[str] = []
        sources: list[int] = []
        for at, character in enumerate(self.text):
            plain = bare(character)
            characters.append(plain)
            sources += [at] * len(plain)
        return "".join(characters), sources

    def all(self, words: str, within: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """Every place of `words`, at most a hundred; `within` a range of the text when it is given."""
        text, sources = self._bare
        wanted = bare(words)
        out: list[tuple[int, int]] = []
        at = text.find(wanted) if wanted else -1
        while at >= 0 and len(out) < 100:
            place = (sources[at], sources[at + len(wanted) - 1] + 1)
            if within is None or (within[0] <= place[0] and place[1] <= within[1]):
                out.append(place)
            at = text.find(wanted, at + 1)
        return out

    def of(self, value: Mapping[str, Any] | str) -> tuple[int, int] | None:
        """The one place of a value: as it says, or where its words stand in its quote, or in the text; None when not just one."""
        if isinstance(value, str):
            found = self.all(value)
        elif isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            return value["start"], value["end"]
        elif value.get("quote"):
            quotes = self.all(str(value["quote"]))
            found = self.all(str(value.get("raw", "")), quotes[0]) if len(quotes) == 1 else []
        else:
            found = self.all(str(value.get("raw", "")))
        return found[0] if len(found) == 1 else None
