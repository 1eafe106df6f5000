"""Two reports side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from extractor.web.api.shapes import ReviewId
from extractor.web.pages.base import rendered
from extractor.web.reviews import NotNow
from extractor.web.room import Here, Me
from extractor.web.sidebyside import Pair, pairs

router = APIRouter()


@router.get("/compare")
def compare(
    request: Request, room: Here, me: Me, pick: Annotated[list[ReviewId], Query(max_length=10)]
) -> Response:
    """This year and last, or two units: the earlier on the left."""
    if len(pick) != 2:
        raise NotNow("请勾选两份已完成的报告再对比")
    entries = [room.reviews.entry(me.owner, each) for each in pick]
    entries.sort(key=lambda entry: (entry.year or 0, entry.created))
    left, right = (room.reviews.folded(me.owner, entry.id).review.report for entry in entries)
    groups: dict[str, list[Pair]] = {}
    for pair in pairs(left, right):
        groups.setdefault(pair.group, []).append(pair)
    return rendered(request, "compare.html", left=entries[0], right=entries[1], groups=groups)
