"""Everything a person can do to a review, each as one event."""

from __future__ import annotations

from typing import Any, NamedTuple

from extractor.document import BBox, slices
from extractor.render.signing import STANDINGS
from extractor.review import Review
from extractor.web.corrections import Refused, find, span_of_box, span_of_text
from extractor.web.fold import Folded, standing_events
from extractor.web.labels import called
from extractor.web.notes import checked_decision, checked_own
from extractor.web.resubmission import FollowUp
from extractor.web.reviews import NotNow, Reviews

_ORDER = tuple(STANDINGS)


class Place(NamedTuple):
    """Where a person points: a range of the text, or a box of a page."""

    start: int | None = None
    end: int | None = None
    page: int | None = None
    box: BBox | None = None


class Desk(NamedTuple):
    """A person at a review; `version` is what they have seen, None when they do not say."""

    reviews: Reviews
    owner: str
    review_id: str
    who: str
    version: int | None = None

    def set(self, target: str, text: str) -> Folded:
        """A value is what a person says it is."""
        return self._add("value", self._of(target) | {"text": text})

    def unreadable(self, target: str) -> Folded:
        """Nobody can read a value."""
        return self._add("unreadable", self._of(target))

    def point(self, target: str, place: Place) -> Folded:
        """A value stands where a person points."""
        document = self.reviews.read(self.owner, self.review_id).document
        if place.start is not None and place.end is not None:
            span = span_of_text(document, place.start, place.end)
        elif place.page is not None and place.box is not None:
            span = span_of_box(document, place.page, place.box)
        else:
            raise Refused("请给出原文起止位置，或页码和框")
        parts = [[part.start, part.end] for part in span.parts] if span.parts else [[span.start, span.end]]
        new = slices(document.text, span)
        return self._add("point", self._of(target) | {"parts": parts, "new": new})

    def fact(self, field: str, text: str) -> Folded:
        """The year, the date or the kind of a report is what a person says."""
        old = getattr(self.folded.review.report, field, None)
        return self._add("fact", {"field": field, "text": text, "old": None if old is None else str(old)})

    def decide(self, note: str, decision: dict[str, Any]) -> Folded:
        """What becomes of a note, named by its key or its id."""
        folded = self.folded
        key = folded.notes.get(note, note)
        here = next((each for each in folded.review.notes if folded.notes[each.id] == key), None)
        if here is None:
            raise Refused("没有这条意见；请刷新页面后重试")
        payload = checked_decision(decision) | {"key": key, "old": here.comment, "state": here.state}
        return self._add("note", payload)

    def add_note(self, note: dict[str, Any]) -> Folded:
        """A note of one's own."""
        return self._add("own_note", checked_own(note))

    def sign(self, to: str, name: str) -> Folded:
        """A step of 初稿 → 复核 → 定稿, or one back."""
        now = self.reviews.entry(self.owner, self.review_id).standing
        if abs(_ORDER.index(to) - _ORDER.index(now)) != 1:
            raise NotNow(f"现在是{STANDINGS[now]}，不能直接转为{STANDINGS[to]}；请按初稿、复核、定稿逐步进行")
        return self._add("standing", {"to": to, "name": name.strip() or self.who})

    def undo(self, seq: int | None) -> Folded:
        """One event taken back, the last when none is named; a signature is taken back by a step back."""
        events = self.reviews.events(self.owner, self.review_id)
        alive = [event for event in standing_events(events) if event.kind != "standing"]
        wanted = [event.seq for event in alive] + [event.seq for event in events if event.kind == "undo"]
        if seq is None and alive:
            seq = alive[-1].seq
        if seq not in wanted:
            raise NotNow("没有可撤销的操作" if seq is None else f"第 {seq} 项不能撤销；请刷新页面后重试")
        if self.reviews.entry(self.owner, self.review_id).standing == "final":
            raise NotNow("已定稿，不能再改；请先退回复核")
        return self._add("undo", {"seq": seq})

    def follow(self, last: FollowUp, outcome: str, reason: str | None) -> Folded:
        """What became of a note of the last report."""
        if outcome == "explained" and not (reason or "").strip():
            raise Refused("请填写说明成立的理由")
        return self._add(
            "follow", {"key": last.key, "label": last.note.comment, "outcome": outcome, "reason": reason}
        )

    @property
    def folded(self) -> Folded:
        """The review as it stands."""
        return self.reviews.folded(self.owner, self.review_id)

    def _of(self, target: str) -> dict[str, Any]:
        """A value, what it is called and what it was, as the history tells it."""
        review = self.folded.review
        old = find(review.report, target).shown
        return {"target": target, "label": called(review, target)[0], "old": old}

    def _add(self, kind: str, payload: dict[str, Any]) -> Folded:
        return self.reviews.add(self.owner, self.review_id, kind, payload, self.who, self.version)


def turned(before: Review, after: Review) -> list[tuple[str, str, str, str | None, str | None]]:
    """Checks whose status differs: id, code, title, before, after."""
    old = {check.id: check for check in before.checks}
    new = {check.id: check for check in after.checks}
    out: list[tuple[str, str, str, str | None, str | None]] = []
    for check_id in sorted(old.keys() | new.keys()):
        was, now = old.get(check_id), new.get(check_id)
        states = (was.status if was else None, now.status if now else None)
        check = now or was
        if states[0] != states[1] and check is not None:
            out.append((check_id, check.code, check.title, *states))
    return out
