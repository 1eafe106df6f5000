"""The words one draw may use: the development draw and the held-out draw share some and each has its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.generate import heldout, wording, words
from eval.generate.columns import HEADERS
from eval.generate.indicator_words import BANK

Entry = tuple[str, str, str]
KINDS = ("development", "heldout")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Names, sentences, column heads and indicators a report is written with."""

    bureaus: tuple[str, ...]
    projects: tuple[str, ...]
    goals: tuple[str, ...]
    filler: tuple[str, ...]
    problems: tuple[str, ...]
    remedies: tuple[str, ...]
    reasons: tuple[str, ...]
    low_rate_reasons: tuple[str, ...]
    duties: tuple[str, ...]
    essay: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, tuple[str, ...]]
    bank: Mapping[str, tuple[Entry, ...]]


DEVELOPMENT = Lexicon(
    words.BUREAUS,
    words.PROJECTS,
    words.GOALS_DO,
    words.FILLER,
    words.PROBLEMS,
    words.REMEDIES,
    words.REASONS,
    words.LOW_RATE_REASONS,
    words.DUTIES,
    words.ESSAY,
    wording.GROUPS,
    HEADERS,
    BANK,
)


def _half(shared: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """Every second one of the shared words, then the held-out ones."""
    return (*shared[::2], *own)


def _heldout() -> Lexicon:
    """The held-out lexicon: at least half of every list is never shown by the development draw."""
    both = ((key, BANK[key][::2], heldout.BANK.get(key, ())) for key in BANK)
    return Lexicon(
        _half(words.BUREAUS, heldout.BUREAUS),
        _half(words.PROJECTS, heldout.PROJECTS),
        _half(words.GOALS_DO, heldout.GOALS_DO),
        _half(words.FILLER, heldout.FILLER),
        _half(words.PROBLEMS, heldout.PROBLEMS),
        _half(words.REMEDIES, heldout.REMEDIES),
        _half(words.REASONS, heldout.REASONS),
        _half(words.LOW_RATE_REASONS, heldout.LOW_RATE_REASONS),
        _half(words.DUTIES, heldout.DUTIES),
        {key: _half(entries, heldout.ESSAY.get(key, ())) for key, entries in words.ESSAY.items()},
        {key: _half(entries, heldout.PHRASES.get(key, ())) for key, entries in wording.GROUPS.items()},
        {key: (*names[:1], *heldout.HEADERS.get(key, names[1:])) for key, names in HEADERS.items()},
        {key: (*shared, *own) for key, shared, own in both},
    )


HELDOUT = _heldout()


def lexicon(kind: str) -> Lexicon:
    """The words of a draw."""
    if kind not in KINDS:
        raise ValueError(f"unknown draw {kind!r}; known: {', '.join(KINDS)}")
    return DEVELOPMENT if kind == "development" else HELDOUT
