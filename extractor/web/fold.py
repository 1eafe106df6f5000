"""A review is its reading and the events since: `fold` gives what stands now, from nothing but those."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from extractor.critique import notes as critique
from extractor.critique import overall
from extractor.document import Document, Span, SpanPart
from extractor.places import placed
from extractor.profiles import rules
from extractor.reconcile import Case, ledger, warnings_of
from extractor.records import replace
from extractor.render.signing import STANDINGS, Signature, Signing
from extractor.review import Review
from extractor.schema import Report
from extractor.web import corrections
from extractor.web.corrections import Refused
from extractor.web.notes import ADOPTED, decided, keyed, own

VALUES = frozenset(("value", "unreadable", "point", "fact"))


class Happened(NamedTuple):
    """An event as the fold sees it."""

    seq: int
    kind: str
    payload: Mapping[str, Any]
    who: str
    at: float


class Folded(NamedTuple):
    """What stands after all events: the review, its notes by key, how far the person is and who said so."""

    review: Review
    notes: Mapping[str, str]  # id of a note → its key
    standing: str = "draft"
    signed: tuple[Happened, ...] = ()

    @property
    def signing(self) -> Signing:
        """The signatures that hold: a step back ends those of the steps above it, and keeps those below."""
        order = tuple(STANDINGS)
        held: dict[str, Signature] = {}
        now = "draft"
        for event in self.signed:
            to = event.payload["to"]
            if order.index(to) > order.index(now):
                at = datetime.fromtimestamp(event.at).astimezone()
                held[to] = Signature(event.payload["name"], at)
            held = {step: by for step, by in held.items() if order.index(step) <= order.index(to)}
            now = to
        return Signing(self.standing, held.get("checked"), held.get("final"))


def standing_events(events: Sequence[Happened]) -> list[Happened]:
    """The events that nobody took back; an undo can itself be taken back."""
    void: set[int] = set()
    for event in reversed(events):
        if event.kind == "undo" and event.seq not in void:
            void.add(event.payload["seq"])
    return [event for event in events if event.seq not in void and event.kind != "undo"]


def fold(
    base: Review, document: Document, events: Sequence[Happened], *, strict: int | None = None
) -> Folded:
    """The review after `events`; `Refused` when the one numbered `strict` cannot be applied.

    Another that no longer fits, as what it rested on was taken back, has no effect and is named in `run.warnings`.
    """
    alive = standing_events(events)
    report, warnings, changed = base.report, [], False
    for event in alive:
        if event.kind in VALUES:
            try:
                report, changed = _APPLY[event.kind](report, document, event.payload), True
            except Refused as refusal:
                if event.seq == strict:
                    raise
                warnings.append(f"第 {event.seq} 项更正未生效：{refusal}")
    case = Case(document, None, report, rules())
    checks = ledger(case) if changed else base.checks
    raised = critique(case, checks) if changed else tuple(n for n in base.notes if n.origin != "model")
    proposed = tuple(note for note in base.notes if note.origin == "model")
    notes, keys = _decided((*raised, *proposed), alive, document.text, strict)
    signed = tuple(event for event in alive if event.kind == "standing")
    standing = signed[-1].payload["to"] if signed else "draft"
    judged = tuple(notes.values())
    if standing == "final":  # what nobody adopted is gone, but was not therefore never found
        judged = tuple(n if n.state in ADOPTED else replace(n, state="dismissed") for n in judged)
        notes = {key: note for key, note in notes.items() if note.state in ADOPTED}
    lasting = [each for each in base.run.warnings if each not in warnings_of(base.checks)]
    told = (*lasting, *warnings_of(checks), *warnings)
    review = replace(
        base, report=report, checks=tuple(checks), notes=tuple(notes.values()), run=replace(base.run, warnings=told),
        overall=overall(case, checks, judged),
    )  # fmt: skip
    return Folded(placed(review, document), keys, standing, signed)


def _decided(
    notes: Sequence[Any], alive: Sequence[Happened], text: str, strict: int | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """The notes by key after every decision, one's own at the end; and the key of each id."""
    found = keyed(notes)
    for event in alive:
        if event.kind == "own_note":
            found[f"u{event.seq}"] = own(event.seq, event.payload, text)
    origin = dict(found)
    for event in alive:
        if event.kind == "note":
            key = event.payload["key"]
            if key in found:
                found[key] = decided(origin[key], event.payload)
            elif event.seq == strict:
                raise Refused("这条意见已随更正改变；请刷新页面后重新处理")
    return found, {note.id: key for key, note in found.items()}


def _value(report: Report, _document: Document, payload: Mapping[str, Any]) -> Report:
    return corrections.typed(report, payload["target"], payload["text"])


def _unreadable(report: Report, _document: Document, payload: Mapping[str, Any]) -> Report:
    return corrections.unreadable(report, payload["target"])


def _point(report: Report, document: Document, payload: Mapping[str, Any]) -> Report:
    parts = payload["parts"]
    pieces = tuple(SpanPart(start=a, end=b) for a, b in parts) if len(parts) > 1 else None
    span = Span(start=parts[0][0], end=parts[-1][1], parts=pieces)
    return corrections.pointed(report, document, payload["target"], span)


def _fact(report: Report, _document: Document, payload: Mapping[str, Any]) -> Report:
    return corrections.stated(report, payload["field"], payload["text"])


_APPLY: dict[str, Callable[[Report, Document, Mapping[str, Any]], Report]] = {
    "value": _value,
    "unreadable": _unreadable,
    "point": _point,
    "fact": _fact,
}


def happened(seq: int, kind: str, payload: str, who: str, at: float) -> Happened:
    """An event as the store keeps it."""
    return Happened(seq, kind, json.loads(payload), who, at)
