"""What a person does at a desk: each act answers with the parts of the page that it changed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from extractor.review import Review
from extractor.web.api.changes import Key
from extractor.web.api.shapes import Name, Offset, ReviewId, Words
from extractor.web.changes import Desk, Place, turned
from extractor.web.corrections import Refused
from extractor.web.pages.base import rendered
from extractor.web.pages.desk import Way, inspected, seen
from extractor.web.pages.sight import detail
from extractor.web.room import Here, Id, Me

router = APIRouter(prefix="/reviews/{review_id}")
Version = Annotated[int, Form(ge=0, le=1_000_000_000)]
Target = Annotated[str, Form(min_length=1, max_length=80)]
Said = Annotated[Words, Form()]
Point = Annotated[float, Form(ge=-100_000, le=100_000)]


class At:
    """A person at a review, as a request tells; what they do is told with what it turned."""

    def __init__(
        self, request: Request, room: Here, me: Me, review_id: Id, version: Version, way: Way = ""
    ) -> None:
        self.request, self.room, self.me, self.review_id, self.way = request, room, me, review_id, way
        self.desk = Desk(room.reviews, me.owner, review_id, me.name, version)
        self.before: Review = self.desk.folded.review

    def shown(self, said: str, target: str | None = None) -> Response:
        """The parts of the page after what was done; `target` is the value that stays open."""
        context = seen(self.room, self.me, self.review_id, self.way)
        review = context["review"]
        context |= {"said": said, "turned": turned(self.before, review), "fresh": True}
        found = detail(review, target) if target else None
        if found is not None:
            context |= inspected(context["folded"].standing, found, self.review_id, context["version"])
            context["fresh"] = True
        return rendered(self.request, "_changed.html", **context)


Acting = Annotated[At, Depends()]


@router.post("/set")
def correct(act: Acting, target: Target, text: Said = "") -> Response:
    """A value is what a person says it is; nothing said, nothing is printed there."""
    act.desk.set(target, text)
    return act.shown("已更正", target)


@router.post("/unreadable")
def unreadable(act: Acting, target: Target) -> Response:
    """Nobody can read a value."""
    act.desk.unreadable(target)
    return act.shown("已标为无法辨认", target)


@router.post("/point")
def point(
    act: Acting,
    target: Target,
    start: Annotated[Offset | None, Form()] = None,
    end: Annotated[Offset | None, Form()] = None,
    page: Annotated[int | None, Form(ge=1, le=100_000)] = None,
    box: Annotated[str, Form(max_length=120, pattern=r"^(-?\d+(\.\d+)?( |$)){4}$|^$")] = "",
) -> Response:
    """A value stands where a person points: selected text, or a box of a page, `left top right bottom` in points."""
    corners = [float(each) for each in box.split()]
    around = (corners[0], corners[1], corners[2], corners[3]) if corners else None
    act.desk.point(target, Place(start, end, page, around))
    return act.shown("已重新指定位置", target)


@router.post("/fact")
def fact(act: Acting, field: Target, text: Said = "") -> Response:
    """The year, the date or the kind of a report is what a person says."""
    act.desk.fact(field, text)
    return act.shown("已更正")


@router.post("/notes")
def add_note(
    act: Acting,
    comment: Said = "",
    location: Said = "",
    action: Said = "",
    severity: Annotated[Literal["P0", "P1", "P2", "I"], Form()] = "P2",
    start: Annotated[Offset | None, Form()] = None,
    end: Annotated[Offset | None, Form()] = None,
) -> Response:
    """A note of one's own."""
    spans = [[start, end]] if start is not None and end is not None else []
    words = {"comment": comment, "location": location, "action": action, "severity": severity, "spans": spans}
    act.desk.add_note(words)
    return act.shown("已添加意见")


@router.post("/notes/{key}")
def decide(
    act: Acting,
    key: Key,
    decision: Annotated[Literal["accepted", "edited", "dismissed", "open"], Form()],
    comment: Said = "",
    action: Said = "",
    location: Said = "",
    severity: Annotated[Literal["P0", "P1", "P2", "I"] | None, Form()] = None,
    reason: Said = "",
) -> Response:
    """What becomes of a note."""
    words = {
        "comment": comment,
        "action": action,
        "location": location,
        "severity": severity,
        "reason": reason,
    }
    act.desk.decide(key, {"decision": decision} | words)
    said = {
        "accepted": "已采纳",
        "edited": "已修改并采纳",
        "dismissed": "已标为不采纳",
        "open": "已恢复为待处理",
    }
    return act.shown(said[decision])


@router.post("/sign")
def sign(
    act: Acting, to: Annotated[Literal["draft", "checked", "final"], Form()], name: Annotated[Name, Form()]
) -> Response:
    """初稿 → 复核 → 定稿, or one step back."""
    act.desk.sign(to, name)
    return act.shown("状态已改变")


@router.post("/undo")
def undo(act: Acting, seq: Annotated[int | None, Form(ge=1, le=1_000_000_000)] = None) -> Response:
    """Take back the last act or the one named."""
    act.desk.undo(seq)
    return act.shown("已撤销")


@router.post("/follow/{key}")
def follow(
    act: Acting,
    key: Key,
    outcome: Annotated[Literal["corrected", "standing", "explained"], Form()],
    reason: Said = "",
) -> Response:
    """What became of a note of the report before."""
    followed = seen(act.room, act.me, act.review_id)["followed"] or []
    last = next((each for each in followed if each.key == key), None)
    if last is None:
        raise Refused("上一稿没有这条已采纳的意见；请刷新页面后重试")
    act.desk.follow(last, outcome, reason or None)
    return act.shown("已记录整改情况")


@router.post("/previous")
def link(act: Acting, previous: Annotated[ReviewId, Form()]) -> Response:
    """Which report this one is a resubmission of."""
    act.room.reviews.link(act.me.owner, act.review_id, previous)
    return act.shown("已与上一稿对照")
