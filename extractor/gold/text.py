"""A gold file as text: one value to a line, so that it can be read, compared and corrected by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from extractor.patterns import lazy

_OBJECT = r'\{[^{}\[\]"]*(?:"(?:[^"\\]|\\.)*"[^{}\[\]"]*)*\}'
_INNERMOST = lazy(rf"{_OBJECT}|\[[\d,\s]*\]")


def dumped(gold: Mapping[str, Any]) -> str:
    """The gold as JSON, every innermost object on one line."""
    return _INNERMOST.sub(_joined, json.dumps(gold, ensure_ascii=False, indent=1)) + "\n"


def _joined(found: re.Match[str]) -> str:
    """A piece of JSON on one line; line breaks inside its strings are escaped and stay as they are."""
    inner = re.sub(r"\n\s*", " ", found[0][1:-1]).strip()
    return found[0][0] + inner + found[0][-1]
