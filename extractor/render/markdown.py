"""The 审核意见 as Markdown, in the structure of REVIEW D2; the template is templates/opinion.md.jinja."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from extractor.findings import Check, Note
from extractor.redact import redact
from extractor.render import words
from extractor.render.scores import recomputed_scores
from extractor.review import Review
from extractor.schema import plain

MOST_MAIN = 10
_ASKS = re.compile(r"说明|补充|补附|补报|补填|提供|佐证|批复|依据|注明")
_MARKS = re.compile(r"([\\`*_\[\]|~$])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_OPENING = re.compile(r"^(\s*)([-+=#])|^(\s*\d+)([.)])(?=\s|$)")
_BLANK_LINES = re.compile(r"\n{3,}")
_ADDRESS = re.compile(r"://|(?i:www\.)")


def escape(text: str) -> str:
    """`text` as Markdown that shows exactly these words: no markup, table border, link or HTML of its own."""
    text = _MARKS.sub(r"\\\1", redact(words.one_line(text)).translate(_ENTITIES))
    text = _ADDRESS.sub(lambda m: f"{m[0][:-1]}\\{m[0][-1]}" if m[0][-1] == "." else r"\:\//", text)
    return _OPENING.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", text)


def _shown(value: Any) -> str:
    """What `{{ … }}` prints: every text escaped, a missing value as a dash."""
    if value is None or value == "":
        return "—"
    return plain(value) if isinstance(value, Decimal) else escape(str(value))


@cache
def _template() -> Template:
    """The template; an unknown name in it is an error, never an empty place in an opinion."""
    environment = Environment(
        autoescape=False,  # noqa: S701  Markdown, not HTML; `finalize` escapes every value
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    source = (
        resources.files("extractor.render").joinpath("templates/opinion.md.jinja").read_text(encoding="utf-8")
    )
    return environment.from_string(source)


@dataclass(frozen=True, slots=True)
class Item:
    """A note as the opinion numbers it."""

    number: int
    note: Note

    @property
    def family(self) -> str:
        """The dimension of the review it belongs to."""
        return words.FAMILIES.get(self.note.code.partition("-")[0], "其他")

    @property
    def basis(self) -> str:
        """What it rests on; what we have not read ourselves is named as a reference only."""
        texts = [each.text if each.verified else f"{each.text}（参考）" for each in self.note.basis]
        return "；".join(texts) or "报告自身数据"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger."""

    check: Check

    @property
    def formula(self) -> str:
        """The formula in words."""
        return words.formula_in_words(self.check)

    @property
    def numbers(self) -> str | None:
        """The formula in the printed numbers."""
        return words.formula_in_numbers(self.check)

    @property
    def unit(self) -> str:
        """The unit of the result."""
        return words.unit_of(self.check)

    @property
    def verdict(self) -> str:
        """The judgment, with its reason where one was given."""
        check = self.check
        name = "尾差可接受" if check.status == "rounding" else words.STATUSES[check.status]
        doubt = "可能误读，请核对原文" if check.cause == "extraction" else ""
        return "；".join(part for part in (name, check.reason, doubt) if part)


def render(review: Review) -> bytes:
    """The 审核意见 in UTF-8."""
    return _BLANK_LINES.sub("\n\n", _template().render(**_context(review))).encode()


def _context(review: Review) -> dict[str, Any]:
    """Everything the template names."""
    groups = words.by_severity(tuple(n for n in review.notes if n.code not in words.INTERNAL))
    grave = groups["P0"] + groups["P1"]
    listed = [Item(k, note) for k, note in enumerate(grave + groups["P2"], 1)]
    run = [
        check for status in ("fail", "rounding", "pass") for check in review.checks if check.status == status
    ]
    return {
        "unit": words.unit_name(review.report),
        "year": words.year(review.report),
        "kind": words.KINDS[review.report.kind],
        "review": review,
        "read": [row for row in words.counts_read(review.report) if row[1]],
        "rules": len({check.code for check in review.checks}),
        "checked": words.counts_checked(review),
        "own": words.own_result(review.report),
        "again": words.recomputed_result(review),
        "reason": words.reason(review),
        "proposal": words.PROPOSAL,
        "main": listed[: min(len(grave), MOST_MAIN)],
        "more": max(len(grave) - MOST_MAIN, 0),
        "severity_names": words.SEVERITIES,
        "formal": listed[len(grave) :],
        "asked": _asked(listed),
        "listed": listed,
        "hints": groups["I"],
        "ledger": [Entry(check) for check in run if check.formula],
        "worded": [Entry(check) for check in run if not check.formula],
        "scores": recomputed_scores(review),
        "unverified": [check for check in review.checks if check.status == "unverified"],
        "not_applicable": [check for check in review.checks if check.status == "not_applicable"],
        "failed": [chunk for chunk in review.run.chunks if chunk.error],
        "clip": words.clip,
    }


def _asked(items: list[Item]) -> dict[str, str]:
    """The requests for explanations and evidence, each once, with the numbers of the items that make it."""
    out: dict[str, list[str]] = {}
    for item in items:
        if _ASKS.search(item.note.action):
            out.setdefault(item.note.action, []).append(str(item.number))
    return {action: "、".join(numbers) for action, numbers in out.items()}
