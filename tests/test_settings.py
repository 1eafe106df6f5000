"""The options and their environment."""

from decimal import Decimal
from pathlib import Path

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


def test_the_model_is_set_by_the_names_its_clients_share() -> None:
    environ = {
        "EXTRACTOR_MODEL": "tiny",
        "OPENAI_BASE_URL": "http://127.0.0.1:8091/v1",
        "OPENAI_API_KEY": "sk-abc",
        "EXTRACTOR_MAX_COST": "1.50",
        "EXTRACTOR_PRICE_INPUT": "2",
        "EXTRACTOR_PRICE_OUTPUT": "8",
        "EXTRACTOR_MAX_CALLS": "40",
        "EXTRACTOR_CACHE": "off",
    }
    settings = Settings.from_environment(environ)
    assert (settings.model, settings.base_url, settings.api_key.reveal()) == (
        "tiny",
        "http://127.0.0.1:8091/v1",
        "sk-abc",
    )
    assert (settings.max_cost, settings.max_calls) == (Decimal("1.50"), 40)
    assert settings.cache_folder is None
    assert "sk-abc" not in f"{settings} {settings!r}"
    assert Settings(cache="auto").cache_folder is not None
    assert Settings(cache="~/answers").cache_folder == Path.home() / "answers"


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"OPENAI_API_KEY": "sk-abc def"}, "OPENAI_API_KEY"),
        ({"OPENAI_API_KEY": "sk-abc密钥"}, "OPENAI_API_KEY"),
        ({"OPENAI_BASE_URL": "https://me:sk-abc@api.example/v1"}, "OPENAI_API_KEY"),
        ({"OPENAI_BASE_URL": "https://api.example/v1?key=sk-abc"}, "OPENAI_API_KEY"),
        ({"OPENAI_BASE_URL": "api.example/v1"}, "http"),
        ({"EXTRACTOR_MAX_COST": "5"}, "EXTRACTOR_PRICE_INPUT"),
        ({"EXTRACTOR_MAX_COST": "-5"}, "EXTRACTOR_MAX_COST"),
        ({"EXTRACTOR_PRICE_INPUT": "NaN"}, "EXTRACTOR_PRICE_INPUT"),
        ({"EXTRACTOR_MAX_CALLS": "0"}, "EXTRACTOR_MAX_CALLS"),
        ({"EXTRACTOR_MODEL_SECONDS": "soon"}, "EXTRACTOR_MODEL_SECONDS"),
    ],
)
def test_a_wrong_setting_of_the_model_never_shows_the_key(environ: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match=word) as caught:
        Settings.from_environment(environ)
    assert "sk-abc" not in str(caught.value)
