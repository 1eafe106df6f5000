"""Handing in, the list, the status, and taking back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile

from extractor.web.api.shapes import (
    Accepted,
    ListQuery,
    Previous,
    Receipt,
    RefusedFile,
    Status,
    StatusList,
    status_of,
)
from extractor.web.corrections import Refused
from extractor.web.intake import Handed
from extractor.web.listing import Wanted
from extractor.web.room import Here, Id, Me, Room

router = APIRouter(prefix="/reviews", tags=["reviews"])


def handed_in(room: Room, owner: str, files: list[UploadFile], previous: str | None = None) -> Receipt:
    """Accept the files of a form, and wake the workers."""
    if len(files) > room.desk.most_files:
        raise Refused(f"一次提交了 {len(files)} 个文件，最多 {room.desk.most_files} 个；请分几次提交")
    if previous is not None:
        room.reviews.entry(owner, previous)
    receipt = room.intake.take((Handed(each.filename or "", each.file) for each in files), owner, previous)
    room.pool.wake()
    accepted = [
        Accepted(**status_of(room.reviews.entry(owner, review_id)).model_dump(), new=new)
        for review_id, new in receipt.accepted
    ]
    return Receipt(accepted=accepted, refused=[RefusedFile(**each._asdict()) for each in receipt.refused])


@router.post("", status_code=202)
def upload(
    room: Here,
    me: Me,
    files: Annotated[list[UploadFile], File(description="报告，或装有报告的 zip")],
    previous: Annotated[str | None, Form(pattern=r"^[0-9a-f]{32}$", description="上一稿的编号")] = None,
) -> Receipt:
    """Hand in reports; a file handed in before is not worked on again."""
    return handed_in(room, me.owner, files, previous)


@router.get("")
def page(room: Here, me: Me, query: Annotated[ListQuery, Query()]) -> StatusList:
    """The list: searched, filtered, sorted."""
    plain = query.model_dump(exclude={"order"})
    found = room.reviews.page(me.owner, Wanted(**plain, descending=query.order == "desc"))
    return StatusList(
        items=[status_of(entry) for entry in found.items], total=found.total, page=query.page, size=query.size,
        units=found.units, years=found.years, verdicts=found.verdicts,
    )  # fmt: skip


@router.get("/{review_id}")
def status(room: Here, me: Me, review_id: Id) -> Status:
    """How far a report is."""
    return status_of(room.reviews.entry(me.owner, review_id))


@router.delete("/{review_id}", status_code=204)
def remove(room: Here, me: Me, review_id: Id) -> Response:
    """Delete a review with its history and its file."""
    room.reviews.delete(me.owner, review_id)
    return Response(status_code=204)


@router.post("/{review_id}/cancel")
def cancel(room: Here, me: Me, review_id: Id) -> Status:
    """Stop the work on a report."""
    return status_of(room.reviews.cancel(me.owner, review_id))


@router.post("/{review_id}/retry")
def retry(room: Here, me: Me, review_id: Id) -> Status:
    """Try a failed or cancelled report again."""
    entry = room.reviews.retry(me.owner, review_id)
    room.pool.wake()
    return status_of(entry)


@router.put("/{review_id}/previous")
def link(room: Here, me: Me, review_id: Id, previous: Previous) -> Status:
    """Say which report this one is a resubmission of."""
    return status_of(room.reviews.link(me.owner, review_id, previous.previous))
