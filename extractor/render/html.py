"""One self-contained page: the source on one side, every value, check and note linked to its place on the other."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from extractor.document import Span
from extractor.findings import Note, Status
from extractor.render import words
from extractor.render.marks import Range, at, marked, ranges
from extractor.render.signing import Signing
from extractor.render.values import KINDS, Lines, values
from extractor.render.view import Entry, View, shown, view
from extractor.review import Review
from extractor.schema import Indicator

CELLS = ("level1", "level2", "level3", "target", "actual", "points", "score", "reason")
STATUSES: tuple[Status, ...] = ("fail", "rounding", "unverified", "pass", "not_applicable")


def render(review: Review, signing: Signing | None = None) -> bytes:
    """The page in UTF-8; it asks for nothing from anywhere, and its policy forbids it to."""
    seen = view(review, signing)
    entries = [*seen.ledger, *seen.worded, *map(Entry, seen.unverified), *map(Entry, seen.not_applicable)]
    style, script = _asset("page.css"), _asset("page.js")
    context: dict[str, Any] = vars(seen) | {
        "view": seen,
        "style": Markup(style),  # noqa: S704  our own file
        "script": Markup(script),  # noqa: S704  our own file
        "policy": Markup(_policy(style, script)),  # noqa: S704  two hashes
        "text": marked(review.document.text, places(spots(review, _noted(seen)))),
        "statuses": [(s, words.STATUSES[s], [e for e in entries if e.check.status == s]) for s in STATUSES],
        "values": {kind: [v for v in values(review) if v.kind == kind] for kind in KINDS},
        "tables": indicator_tables(review),
        "cells": CELLS,
        "lines": Lines(review),
        "at": at,
        "spans_of": lambda entry: [span for operand in entry.check.operands for span in operand.spans],
    }
    return _template().render(context).encode()


def _noted(seen: View) -> list[Note]:
    return [*(item.note for item in seen.listed), *seen.hints]


def spots(review: Review, notes: Iterable[Note]) -> Iterator[tuple[Span, str]]:
    """Every place a page links to, with its kind: values, operands of checks by how they ended, notes by severity."""
    for value in values(review):
        yield value.span, "v"
    for row in review.report.indicators:
        yield from ((cell.span, "v") for name in CELLS if (cell := getattr(row, name)) is not None)
    for check in review.checks:
        yield from ((span, "c-" + check.status) for operand in check.operands for span in operand.spans)
    for note in notes:
        yield from ((span, "n-" + note.severity) for span in note.spans)


def places(found: Iterable[tuple[Span, str]]) -> Iterator[Range]:
    """Those places, piece by piece."""
    for span, kind in found:
        for start, end in ranges(span):
            yield start, end, kind


def indicator_tables(review: Review) -> list[tuple[str, list[Indicator]]]:
    """The indicator rows by the table they stand in, under its title."""
    rows = review.report.indicators
    titles = words.table_titles(review.report)
    return [
        (titles.get(id, "正文"), [row for row in rows if row.table == id])
        for id in dict.fromkeys(row.table for row in rows)
    ]


@cache
def _asset(name: str) -> str:
    return resources.files("extractor.render").joinpath(f"templates/{name}").read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """What the page may do: use the style and the script it carries, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup | int) else shown(value),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(_asset("page.html.jinja"))
