"""The formula of a check as Excel writes it, over the cells its operands stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"(?:min|max|round|percent)\(|[A-Za-z_]\w*|\S")
_LONE = re.compile(r"(?<![A-Za-z])\(([A-Z]+\d+)\)")


def excel(formula: str, cells: Mapping[str, str]) -> str:
    """`formula` in Excel; percent(a, b) is ((a)/(b)*100), every other word is the same."""
    out: list[str] = []
    opened: list[str] = []
    for token in _TOKEN.findall(formula):
        if token.endswith("("):
            opened.append(token)
            out.append("((" if token == "percent(" else token.upper())
        elif token == ")":
            out.append(")*100)" if opened.pop() == "percent(" else ")")
        elif token == "," and opened[-1] == "percent(":
            out.append(")/(")
        else:
            out.append(cells.get(token, token))
    return "=" + _LONE.sub(r"\1", "".join(out))
