"""The reader of the profiles: for each of them it says what tomllib says, and it refuses what it does not know."""

import tomllib
from pathlib import Path

import pytest

import extractor.profiles
from extractor.profiles import words
from extractor.profiles.reading import parsed, profile

PROFILES = sorted(Path(extractor.profiles.__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_each_profile_reads_as_toml(path: Path) -> None:
    assert profile(path.stem) == tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ["a = 1", "= 'x'", "a 'x'", "a = true"])
def test_what_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=", not"):
        parsed(text)


def test_a_word_list_holds_words_and_patterns() -> None:
    assert words("negative").search("投诉办结")
    assert words("cause").search("因为")
    assert not words("restored").search("投诉")
    with pytest.raises(ValueError, match="known"):
        words("nothing")
