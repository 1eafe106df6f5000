"""The six-case comparison is made from what was kept: of these very texts, ours ahead on values, inventions and tokens."""

from __future__ import annotations

import json

import pytest

from eval.model_cases import folder_of
from eval.model_six import KEPT, PEERS, SIX, Match, matches, standing, table

MATCHES = matches()


def test_what_is_kept_is_of_these_texts() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert kept and set(kept) <= set(SIX)
    for name, ways in kept.items():
        assert set(ways) <= set(PEERS)
        assert all(standing(name, who) is not None for who in ways), f"{name} was asked of another text"


@pytest.mark.parametrize("name", json.loads(KEPT.read_text(encoding="utf-8")))
def test_ours_was_recorded_on_the_same_cases_and_invents_nothing(name: str) -> None:
    """Where the rules leave nothing open nothing is asked, and no reply lies beside the report."""
    ours = standing(name, "hybrid")
    assert ours is not None and ours.fabricated == 0
    assert bool(ours.tokens) is (folder_of(name) / "replies").is_dir()


@pytest.mark.parametrize("found", MATCHES, ids=lambda found: found.who)
def test_ours_is_ahead(found: Match) -> None:
    assert found.ours.f1 > found.theirs.f1
    assert found.ours.fabricated <= found.theirs.fabricated
    assert found.ours.tokens < found.theirs.tokens
    assert f"| {found.ours.f1:.3f} |" in table() and f"| {found.theirs.f1:.3f} |" in table()
