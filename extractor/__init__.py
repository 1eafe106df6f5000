"""Reads 绩效自评报告, recomputes what they state, and writes the 审核意见.

`from extractor import review; review("报告.txt").overall.verdict`
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.errors import (
        ClassifiedInput,
        DamagedInput,
        EmptyInput,
        ExtractorError,
        InputError,
        SettingsError,
        TooLarge,
        UnsupportedInput,
    )
    from extractor.pipeline import review
    from extractor.review import Review
    from extractor.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "ClassifiedInput",
    "DamagedInput",
    "EmptyInput",
    "ExtractorError",
    "InputError",
    "Review",
    "Settings",
    "SettingsError",
    "TooLarge",
    "UnsupportedInput",
    "review",
]
_HOMES = {"Review": "review", "Settings": "settings", "review": "pipeline"}


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for: `import extractor` itself costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}; it offers {', '.join(__all__)}")
    value = getattr(import_module(f"extractor.{_HOMES.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


class _Door(ModuleType):
    """This package: `review` stays the function although a submodule has the same name."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "review" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door
