"""What differs between bureaus, as data: column vocabularies, weight schemes, grade thresholds, limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from extractor.patterns import lazy
from extractor.profiles.reading import profile

_WORD = r"优秀|优|良好|良|中等|中|一般|合格|较差|差|不合格"
_WINDOW = 60
_STATED = lazy(
    rf"(?P<low>\d{{2,3}})分?(?:\(含\))?(?:\(含\d+分?\))?(?:分)?(?:及以上|以上|[-~至]{{1,2}}\d{{2,3}}分?(?:\([^)]*\))?)(?:的|者)?(?:为|是|属于|评为|定为|[:,])?[\"“”]?(?P<word>{_WORD})"
    rf"|(?P<word2>{_WORD})[\"“”]?(?:等次|等级)?[(:为]{{0,2}}(?:得分)?(?:≥|>=|大于等于|不低于)?(?P<low2>\d{{2,3}})分?(?:\(含\))?(?:及以上|以上|[-~至]{{1,2}}\d{{2,3}})"
)


class Standard(NamedTuple):
    """A grade standard: the lowest score of each grade, best first."""

    id: str
    steps: tuple[tuple[str, Decimal], ...]

    def grade(self, score: Decimal) -> str:
        """The grade of a score out of 100."""
        return next((name for name, lowest in self.steps if score >= lowest), self.steps[-1][0])


class Scheme(NamedTuple):
    """A weight scheme: points per dimension (execution, cost, output, benefit, satisfaction)."""

    id: str
    title: str
    weights: Mapping[str, Decimal]


class Rules(NamedTuple):
    """Every threshold a check uses."""

    limits: Mapping[str, Decimal]
    returning: frozenset[str]
    default_standard: str
    standards: tuple[Standard, ...]
    grade_names: Mapping[str, str]
    schemes: tuple[Scheme, ...]

    @property
    def standard(self) -> Standard:
        """The standard used where a report states none."""
        return next(each for each in self.standards if each.id == self.default_standard)

    def grade_named(self, text: str) -> str | None:
        """The canonical grade of a printed word (优秀 → 优), None when it is no grade."""
        return self.grade_names.get(text.strip(" \"'“”。,:"))

    def stated(self, text: str) -> Standard | None:
        """The grade standard a text without white space prints, when it prints at least two grades of it."""
        found: dict[str, Decimal] = {}
        for match in _near(text):
            grade = self.grade_named(match["word"] or match["word2"])
            if grade is not None:
                found.setdefault(grade, Decimal(match["low"] or match["low2"]))
        if len(found) < 2:
            return None
        steps = sorted(found.items(), key=lambda item: -item[1])
        return Standard("stated", (*steps, *(() if "差" in found else (("差", Decimal(0)),))))

    def scheme_of(self, weights: Mapping[str, Decimal]) -> str | None:
        """The id of the scheme with exactly these weights."""
        return next((each.id for each in self.schemes if dict(each.weights) == dict(weights)), None)


def _near(text: str) -> Iterator[re.Match[str]]:
    """Statements of a grade near the word 良, without which no standard is printed."""
    end = 0
    for middle in re.finditer("良", text):
        start = max(end, middle.start() - _WINDOW)
        if start < middle.start() + _WINDOW:
            end = middle.start() + _WINDOW
            yield from _STATED.finditer(text, start, end)


@cache
def rules() -> Rules:
    """The rules shipped with the product."""
    data = profile("schemes")
    grades = data["grades"]
    return Rules(
        limits={name: Decimal(value) for name, value in data["limits"].items()},
        returning=frozenset(data["verdict"]["returning"]),
        default_standard=grades["default"],
        standards=tuple(
            Standard(name, tuple((grade, Decimal(low)) for grade, low in steps.items()))
            for name, steps in grades["standards"].items()
        ),
        grade_names={word: grade for grade, words in grades["names"].items() for word in words},
        schemes=tuple(
            Scheme(name, entry["title"], {key: Decimal(value) for key, value in entry["weights"].items()})
            for name, entry in data["schemes"].items()
        ),
    )


class Words:
    """A word list: plain words are looked for as they stand, only the others need a pattern."""

    def __init__(self, listed: Iterable[str]) -> None:
        words = tuple(listed)
        self.plain = tuple(word for word in words if word.isalnum())
        self.pattern = lazy("|".join(word for word in words if not word.isalnum()) or "(?!)")

    def search(self, text: str) -> bool:
        """Whether one of the words stands in `text`."""
        return any(word in text for word in self.plain) or self.pattern.search(text) is not None


@cache
def words(family: str) -> Words:
    """The word list `family` of words.toml."""
    data = _word_lists()
    if family not in data:
        raise ValueError(f"no word list {family!r}; known: {', '.join(sorted(data))}")
    return Words(data[family])


@cache
def _word_lists() -> dict[str, list[str]]:
    return profile("words")
