"""The options and their environment."""

import pytest

from extractor.errors import SettingsError
from extractor.settings import Settings


def test_defaults_and_environment() -> None:
    assert Settings.from_environment({}) == Settings(engine="auto", max_characters=2_000_000)
    environ = {"EXTRACTOR_ENGINE": "rules", "EXTRACTOR_MAX_CHARACTERS": "5000", "HOME": "/"}
    assert Settings.from_environment(environ) == Settings("rules", 5000)


def test_what_is_given_wins_and_blank_is_unset() -> None:
    environ = {"EXTRACTOR_ENGINE": "nonsense", "EXTRACTOR_MAX_CHARACTERS": " "}
    assert Settings.from_environment(environ, engine="rules") == Settings("rules")


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"EXTRACTOR_ENGINE": "magic"}, "rules"),
        ({"EXTRACTOR_MAX_CHARACTERS": "many"}, "EXTRACTOR_MAX_CHARACTERS"),
        ({"EXTRACTOR_MAX_CHARACTERS": "0"}, "EXTRACTOR_MAX_CHARACTERS"),
        ({"EXTRACTOR_MAX_CHARACTERS": "9" * 40}, "整数"),
        ({"EXTRACTOR_MAX_CHARACTERS": "-5"}, "整数"),
    ],
)
def test_invalid_values_name_the_valid_ones(environ: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        Settings.from_environment(environ)


def test_an_option_that_does_not_exist() -> None:
    with pytest.raises(SettingsError, match="max_characters"):
        Settings.from_environment({}, colour="red")


def test_settings_are_checked_wherever_they_are_made() -> None:
    with pytest.raises(SettingsError):
        Settings(max_characters=True)
