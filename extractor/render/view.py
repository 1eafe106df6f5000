"""What every document made of a Review shows: which notes and checks, in which order, under which number; written once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extractor.amounts import plain
from extractor.findings import Check, Note, Severity
from extractor.redact import redact
from extractor.render import words
from extractor.render.scores import Recomputed, recomputed_scores
from extractor.render.signing import DRAFT, Signing
from extractor.review import ChunkStatus, Review

MOST_MAIN = 10
QUOTE = 80
_ASKS = re.compile(r"说明|补充|补附|补报|补填|提供|佐证|批复|依据|注明")
_ORDER = ("fail", "rounding", "pass")
_ADOPTED = frozenset(("accepted", "edited"))


def shown(value: object) -> str:
    """A value as a document prints it: on one line, without persons and numbers of telephones; nothing as a dash."""
    if value is None or value == "":
        return "—"
    return plain(value) if isinstance(value, Decimal) else redact(words.one_line(str(value)))


class Item(NamedTuple):
    """A note as the opinion numbers it."""

    number: int
    note: Note

    @property
    def family(self) -> str:
        """The dimension of the review it belongs to."""
        return words.FAMILIES.get(self.note.code.partition("-")[0], "其他")

    @property
    def quote(self) -> str:
        """The words of the report, at most 80 characters."""
        return words.clip(self.note.quote, QUOTE)

    @property
    def basis(self) -> str:
        """What it rests on; what we have not read ourselves is named as a reference only."""
        texts = [each.text if each.verified else f"{each.text}（参考）" for each in self.note.basis]
        return "；".join(texts) or "报告自身数据"


class Entry(NamedTuple):
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


@dataclass(frozen=True)
class View:
    """Everything a template names."""

    review: Review
    signing: Signing
    unit: str
    year: str
    kind: str
    read: list[tuple[str, int, str]]
    rules: int
    checked: list[tuple[str, int]]
    own: str | None
    again: str | None
    reason: str
    proposal: str
    severity_names: dict[Severity, str]
    main: list[Item]
    more: int
    formal: list[Item]
    asked: dict[str, str]
    listed: list[Item]
    hints: list[Note]
    proposed: list[Note]
    internal: bool
    ledger: list[Entry]
    worded: list[Entry]
    scores: list[Recomputed]
    unverified: list[Check]
    not_applicable: list[Check]
    similar: list[Check]
    failed: list[ChunkStatus]

    @property
    def title(self) -> str:
        """What the documents are about: unit, year and kind of report."""
        return f"{self.unit}{self.year}{self.kind}"

    @property
    def footing(self) -> str:
        """What stands at the foot of every page: who signed, or that nobody has yet."""
        return self.signing.signed if self.signing.final else self.proposal


def view(review: Review, signing: Signing | None = None) -> View:
    """The view of a review, a draft when nobody signed; what a model proposed and nobody has adopted stands apart from the opinion."""
    standing = [note for note in review.notes if note.state != "dismissed"]
    ours = [note for note in standing if note.code not in words.INTERNAL]
    sent = tuple(note for note in ours if note.origin != "model" or note.state in _ADOPTED)
    groups = words.by_severity(sent)
    grave = groups["P0"] + groups["P1"]
    listed = [Item(k, note) for k, note in enumerate(grave + groups["P2"], 1)]
    signing = signing or DRAFT
    run = [check for status in _ORDER for check in review.checks if check.status == status]
    return View(
        review=review,
        signing=signing,
        unit=words.unit_name(review.report),
        year=words.year(review.report),
        kind=words.KINDS[review.report.kind],
        read=[row for row in words.counts_read(review.report) if row[1]],
        rules=len({check.code for check in review.checks}),
        checked=words.counts_checked(review),
        own=words.own_result(review.report),
        again=words.recomputed_result(review),
        reason=words.reason(review),
        proposal=signing.proposal,
        severity_names=words.SEVERITIES,
        main=listed[: min(len(grave), MOST_MAIN)],
        more=max(len(grave) - MOST_MAIN, 0),
        formal=listed[len(grave) :],
        asked=_asked(listed),
        listed=listed,
        hints=groups["I"],
        proposed=[note for note in ours if note not in sent],
        internal=len(ours) < len(standing),
        ledger=[Entry(check) for check in run if check.formula],
        worded=[Entry(check) for check in run if not check.formula],
        scores=recomputed_scores(review),
        unverified=[check for check in review.checks if check.status == "unverified"],
        not_applicable=[check for check in review.checks if check.status == "not_applicable"],
        similar=[check for check in run if check.code == "XDC-01"],
        failed=[chunk for chunk in review.run.chunks if chunk.error],
    )


def _asked(items: list[Item]) -> dict[str, str]:
    """The requests for explanations and evidence, each once, with the numbers of the items that make it."""
    out: dict[str, list[str]] = {}
    for item in items:
        if _ASKS.search(item.note.action):
            out.setdefault(item.note.action, []).append(str(item.number))
    return {action: "、".join(numbers) for action, numbers in out.items()}
