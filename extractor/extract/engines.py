"""Engines: (Document, Layout) → Report. What is not in the dict does not exist, and the error lists what does."""

from __future__ import annotations

from collections.abc import Callable

from extractor.document import Document
from extractor.errors import SettingsError
from extractor.extract.rules.engine import extract_rules
from extractor.schema import Report
from extractor.segment import Layout

Engine = Callable[[Document, Layout], Report]
ENGINES: dict[str, Engine] = {"rules": extract_rules}
AUTO = "rules"  # what `auto` means while no model endpoint can be configured


def engine(name: str) -> tuple[str, Engine]:
    """The engine called `name` (`auto` picks one) under its real name; SettingsError names the ones there are."""
    real = AUTO if name == "auto" else name
    if real not in ENGINES:
        raise SettingsError(f"没有名为 {name!r} 的抽取引擎；可用：auto、{'、'.join(ENGINES)}。")
    return real, ENGINES[real]
