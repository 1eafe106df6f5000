"""The desk of one review: its source on the left, what was read and found on the right."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from extractor.records import jsonable
from extractor.render.words import STATUSES
from extractor.web.auth import Identity
from extractor.web.listing import Wanted
from extractor.web.pages.base import rendered
from extractor.web.pages.sight import ENGINES, FLAGS, GROUNDINGS, detail, panel
from extractor.web.pages.source import parts, sheets, ways
from extractor.web.resubmission import followed
from extractor.web.reviews import NotFound
from extractor.web.room import Here, Id, Me, Room

router = APIRouter(prefix="/reviews/{review_id}")
Way = Annotated[str, Query(pattern="^(pages|sheet|flow|text|)$")]
Target = Annotated[str, Query(max_length=80)]
_PARTS = {
    "report": "读出的内容",
    "checks": "勾稽",
    "notes": "意见",
    "overall": "结论",
    "run": "过程",
    "document": "原文",
}


@router.get("")
def desk(request: Request, room: Here, me: Me, review_id: Id, way: Way = "") -> Response:
    """The desk when the work is done, else how far it is."""
    entry = room.reviews.entry(me.owner, review_id)
    if entry.work != "done":
        return rendered(request, "waiting.html", entry=entry)
    return rendered(request, "desk.html", **seen(room, me, review_id, way))


def seen(room: Room, me: Identity, review_id: str, way: str = "") -> dict[str, Any]:
    """Everything a desk shows."""
    folded = room.reviews.folded(me.owner, review_id)
    events = room.reviews.events(me.owner, review_id)
    entry = room.reviews.entry(me.owner, review_id)
    document = room.reviews.read(me.owner, review_id).document
    known = ways(document)
    way = way if way in known else next(iter(known))
    previous, notes = followed(room.reviews, me.owner, review_id)
    return panel(entry, folded, events, notes) | {
        "way": way, "ways": known, "previous": previous, "later": room.reviews.later(me.owner, review_id), "inspected": None, "turned": [], "said": None, "fresh": False,
        "sheets": sheets(document, folded.review) if way == "pages" else [],
        "parts": parts(document, folded.review, way) if way != "pages" else [],
    }  # fmt: skip


@router.get("/source")
def source(request: Request, room: Here, me: Me, review_id: Id, way: Way = "") -> Response:
    """The source, looked at in another way."""
    return rendered(request, "_source.html", **seen(room, me, review_id, way))


@router.get("/value")
def value(request: Request, room: Here, me: Me, review_id: Id, target: Target) -> Response:
    """A value with all that is known of it, and the means to correct it."""
    folded = room.reviews.folded(me.owner, review_id)
    version = len(room.reviews.events(me.owner, review_id))
    found = detail(folded.review, target)
    if found is None:
        raise NotFound
    return rendered(request, "_inspector.html", **inspected(folded.standing, found, review_id, version))


def inspected(standing: str, found: Any, review_id: str, version: int) -> dict[str, Any]:
    """Everything that is shown of one value."""
    return {"inspected": found, "review_id": review_id, "version": version, "standing": standing, "engines": ENGINES,
            "groundings": GROUNDINGS, "flags": FLAGS, "words": STATUSES, "fresh": False}  # fmt: skip


@router.get("/earlier")
def earlier(request: Request, room: Here, me: Me, review_id: Id) -> Response:
    """The reports that this one may be a resubmission of, those of its own unit first."""
    entry = room.reviews.entry(me.owner, review_id)
    found = room.reviews.page(me.owner, Wanted(work="done", size=200)).items
    others = [each for each in found if each.id != review_id and each.created <= entry.created]
    others.sort(key=lambda each: (each.unit != entry.unit, -each.created))
    return rendered(request, "_earlier.html", entry=entry, others=others)


@router.get("/json")
def raw(request: Request, room: Here, me: Me, review_id: Id) -> Response:
    """The review as it stands, part by part."""
    review = jsonable(room.reviews.folded(me.owner, review_id).review)
    found = [
        (name, called, json.dumps(review[name], ensure_ascii=False, indent=1))
        for name, called in _PARTS.items()
    ]
    return rendered(request, "_json.html", found=found, review_id=review_id)
