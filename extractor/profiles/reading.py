"""Reads the profiles: the part of TOML they are written in, ten times faster than a reader of all of TOML starts up.

Tables, strings on one line, lists and inline tables of strings, comments. A test holds every profile against `tomllib`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_TOKEN = re.compile(
    r"#[^\n]*|\"(?P<basic>[^\"\\\n]*(?:\\.[^\"\\\n]*)*)\"|'(?P<literal>[^'\n]*)'|(?P<bare>[\w-]+)|(?P<sign>[\[\]{}=,.\n])"
)
Token = tuple[str, str]


def profile(name: str) -> dict[str, Any]:
    """The tables of the profile `name`, as `tomllib` would return them."""
    return parsed((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def parsed(text: str) -> dict[str, Any]:
    """The tables of a text in our part of TOML; ValueError at anything else."""
    tokens = _tokens(text)
    whole: dict[str, Any] = {}
    table = whole
    for kind, token in tokens:
        if (kind, token) == ("sign", "\n"):
            continue
        if (kind, token) == ("sign", "["):
            table = _opened(whole, tokens)
        elif kind == "sign":
            raise ValueError(f"a key, not {token!r}")
        else:
            _expect(tokens, "=")
            table[token] = _value(tokens)
    return whole


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "basic":
            basic = match["basic"]
            yield "text", re.sub(r"\\(.)", r"\1", basic) if "\\" in basic else basic
        elif kind is not None:
            yield ("text" if kind == "literal" else kind), match[kind]


def _expect(tokens: Iterator[Token], sign: str) -> None:
    if (found := next(tokens, None)) != ("sign", sign):
        raise ValueError(f"{sign!r}, not {found!r}")


def _opened(whole: dict[str, Any], tokens: Iterator[Token]) -> dict[str, Any]:
    """The table whose head `[a.b]` is being read, made where it is new."""
    table = whole
    for kind, token in tokens:
        if (kind, token) == ("sign", "]"):
            break
        if kind != "sign":
            table = table.setdefault(token, {})
    return table


def _value(tokens: Iterator[Token]) -> Any:
    kind, token = next(tokens)
    if kind == "text":
        return token
    if token == "[":
        return [word for kind, word in iter(lambda: next(tokens), ("sign", "]")) if kind == "text"]
    if token != "{":
        raise ValueError(f"a value, not {token!r}")
    table: dict[str, Any] = {}
    for kind, key in iter(lambda: next(tokens), ("sign", "}")):
        if kind != "sign":
            _expect(tokens, "=")
            table[key] = _value(tokens)
    return table
