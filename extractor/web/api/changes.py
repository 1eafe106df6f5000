"""Correcting, deciding, signing, taking back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from extractor.review import Review
from extractor.web.api.shapes import Changed, Correction, Decision, OwnNote, Sign, Turned, Undo
from extractor.web.changes import Desk, Place, turned
from extractor.web.corrections import Refused
from extractor.web.fold import Folded
from extractor.web.room import Here, Id, Me, Room

router = APIRouter(prefix="/reviews/{review_id}", tags=["changes"])
Key = Annotated[str, Path(min_length=1, max_length=40, description="意见的 key 或 id")]


def changed(room: Room, desk: Desk, before: Review, after: Folded) -> Changed:
    """What stands after a change, and which checks it turned."""
    entry, review = room.reviews.entry(desk.owner, desk.review_id), after.review
    return Changed(
        version=entry.version, standing=after.standing, verdict=review.overall.verdict,
        open_notes=entry.open_notes or 0, failed_checks=entry.failed_checks or 0,
        turned=[Turned(id=i, code=c, title=t, before=b, after=a) for i, c, t, b, a in turned(before, review)],
    )  # fmt: skip


@router.post("/corrections")
def correct(room: Here, me: Me, review_id: Id, correction: Correction) -> Changed:
    """Correct a value; checks and notes are worked out anew at once."""
    desk = Desk(room.reviews, me.owner, review_id, me.name, correction.version)
    before = desk.folded.review
    if correction.action == "unreadable":
        return changed(room, desk, before, desk.unreadable(correction.target))
    if correction.action == "point":
        place = Place(correction.start, correction.end, correction.page, correction.box)
        return changed(room, desk, before, desk.point(correction.target, place))
    if correction.text is None:
        raise Refused("请填写新内容；要清空请给出空文字")
    if correction.action == "fact":
        return changed(room, desk, before, desk.fact(correction.target, correction.text))
    return changed(room, desk, before, desk.set(correction.target, correction.text))


@router.post("/notes", status_code=201)
def add_note(room: Here, me: Me, review_id: Id, note: OwnNote) -> Changed:
    """Add a note of one's own; it is adopted from the start."""
    desk = Desk(room.reviews, me.owner, review_id, me.name, note.version)
    return changed(room, desk, desk.folded.review, desk.add_note(note.model_dump()))


@router.post("/notes/{key}")
def decide(room: Here, me: Me, review_id: Id, key: Key, decision: Decision) -> Changed:
    """Adopt, edit, dismiss or reopen a note."""
    desk = Desk(room.reviews, me.owner, review_id, me.name, decision.version)
    return changed(room, desk, desk.folded.review, desk.decide(key, decision.model_dump()))


@router.post("/standing")
def sign(room: Here, me: Me, review_id: Id, step: Sign) -> Changed:
    """初稿 → 复核 → 定稿, or one step back, with a name."""
    desk = Desk(room.reviews, me.owner, review_id, me.name, step.version)
    return changed(room, desk, desk.folded.review, desk.sign(step.to, step.name))


@router.post("/undo")
def undo(room: Here, me: Me, review_id: Id, step: Undo) -> Changed:
    """Take back the last event, or the one named; taking back an undo does it again."""
    desk = Desk(room.reviews, me.owner, review_id, me.name, step.version)
    return changed(room, desk, desk.folded.review, desk.undo(step.seq))
