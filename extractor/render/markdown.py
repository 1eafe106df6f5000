"""The 审核意见 as Markdown, in the structure of REVIEW D2; the template is templates/opinion.md.jinja."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from extractor.render.signing import Signing
from extractor.render.view import shown, view
from extractor.review import Review

_MARKS = re.compile(r"([\\`*_\[\]|~$])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_OPENING = re.compile(r"^(\s*)([-+=#])|^(\s*\d+)([.)])(?=\s|$)")
_BLANK_LINES = re.compile(r"\n{3,}")
_ADDRESS = re.compile(r"://|(?i:www\.)")


def escape(text: str) -> str:
    """`text` as Markdown that shows exactly these words: no markup, table border, link or HTML of its own."""
    text = _MARKS.sub(r"\\\1", shown(text).translate(_ENTITIES))
    text = _ADDRESS.sub(lambda m: f"{m[0][:-1]}\\{m[0][-1]}" if m[0][-1] == "." else r"\:\//", text)
    return _OPENING.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", text)


def _printed(value: Any) -> str:
    """What `{{ … }}` prints: every text escaped, numbers and absence as they are."""
    return shown(value) if value is None or isinstance(value, Decimal) else escape(str(value))


@cache
def _template() -> Template:
    """The template; an unknown name in it is an error, never an empty place in an opinion."""
    environment = Environment(
        autoescape=False,  # noqa: S701  Markdown, not HTML; `finalize` escapes every value
        finalize=_printed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    source = (
        resources.files("extractor.render").joinpath("templates/opinion.md.jinja").read_text(encoding="utf-8")
    )
    return environment.from_string(source)


def render(review: Review, signing: Signing | None = None) -> bytes:
    """The 审核意见 in UTF-8."""
    return _BLANK_LINES.sub("\n\n", _template().render(vars(view(review, signing)))).encode()
