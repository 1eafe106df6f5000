"""Regular expressions that compile when they are first asked.

The vocabulary of these reports makes hundreds of expressions of long Chinese alternations, and one report meets
about half of them; compiling all at import would cost more than reading the report.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    """Stands for a pattern; the first method asked for compiles it and puts the real methods in its place."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self.flags = text, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(text, flags)`, not yet compiled: for module constants; a wrong expression fails at its first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
