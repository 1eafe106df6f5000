"""Two reports side by side, and a resubmission against the notes of the report before."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from extractor.amounts import plain
from extractor.web.api.changes import changed
from extractor.web.api.shapes import Changed, Outcome, ReviewId, Status, status_of
from extractor.web.auth import Identity
from extractor.web.changes import Desk
from extractor.web.resubmission import FollowUp, followed
from extractor.web.reviews import NotNow
from extractor.web.room import Here, Id, Me, Room
from extractor.web.sidebyside import Pair, Side, pairs

router = APIRouter(tags=["comparing"])


class SideShape(BaseModel):
    """A value of one report; `value` is a decimal string in `unit` as printed."""

    id: str
    text: str
    value: str | None
    unit: str | None


class PairShape(BaseModel):
    """A line; `difference` is in 元, 人 or %, `change` in per cent of the left."""

    group: str
    label: str
    left: SideShape | None
    right: SideShape | None
    difference: str | None
    change: str | None


class Comparison(BaseModel):
    """Two reports side by side."""

    left: Status
    right: Status
    pairs: list[PairShape]


class FollowUpShape(BaseModel):
    """An adopted note of the last report, and what became of it."""

    key: str
    code: str
    severity: str
    location: str
    comment: str
    action: str
    proposal: str
    why: str
    outcome: str | None
    reason: str | None
    now: str | None


class FollowUps(BaseModel):
    """All of them, and which report they are of."""

    previous: Status
    items: list[FollowUpShape]


@router.get("/compare")
def compare(
    room: Here, me: Me, left: Annotated[ReviewId, Query()], right: Annotated[ReviewId, Query()]
) -> Comparison:
    """Two reviews side by side."""
    reports = [room.reviews.folded(me.owner, each).review.report for each in (left, right)]
    found = [status_of(room.reviews.entry(me.owner, each)) for each in (left, right)]
    return Comparison(left=found[0], right=found[1], pairs=[_pair(each) for each in pairs(*reports)])


@router.get("/reviews/{review_id}/follow-up")
def follow_up(room: Here, me: Me, review_id: Id) -> FollowUps:
    """The adopted notes of the report before, each with what the new report shows."""
    previous, found = _followed(room, me, review_id)
    return FollowUps(previous=previous, items=[_follow_up(each) for each in found])


@router.post("/reviews/{review_id}/follow-up/{key}")
def judge(
    room: Here,
    me: Me,
    review_id: Id,
    key: Annotated[str, Path(min_length=1, max_length=40)],
    outcome: Outcome,
) -> Changed:
    """已整改, 未整改 or 说明成立: a person's judgment."""
    _, found = _followed(room, me, review_id)
    last = next((each for each in found if each.key == key), None)
    if last is None:
        raise NotNow("上一稿没有这条已采纳的意见；请刷新页面后重试")
    desk = Desk(room.reviews, me.owner, review_id, me.name, outcome.version)
    before = desk.folded.review
    return changed(room, desk, before, desk.follow(last, outcome.outcome, outcome.reason))


def _followed(room: Room, me: Identity, review_id: str) -> tuple[Status, list[FollowUp]]:
    previous, found = followed(room.reviews, me.owner, review_id)
    if previous is None:
        raise NotNow("还没有指定上一稿；请先选择这份报告的上一稿")
    if found is None:
        raise NotNow("上一稿还没有审核结果；请等处理完成")
    return status_of(previous), found


def _follow_up(each: FollowUp) -> FollowUpShape:
    note = each.note
    return FollowUpShape(
        key=each.key, code=note.code, severity=note.severity, location=note.location, comment=note.comment,
        action=note.action, proposal=each.proposal, why=each.why, outcome=each.outcome, reason=each.reason, now=each.now,
    )  # fmt: skip


def _pair(pair: Pair) -> PairShape:
    difference, change = pair.difference, pair.change
    return PairShape(
        group=pair.group, label=pair.label, left=_side(pair.left), right=_side(pair.right),
        difference=None if difference is None else plain(difference), change=None if change is None else plain(change),
    )  # fmt: skip


def _side(side: Side | None) -> SideShape | None:
    if side is None:
        return None
    return SideShape(
        id=side.id, text=side.text, value=None if side.value is None else plain(side.value), unit=side.unit
    )
