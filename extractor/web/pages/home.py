"""The list of reports: handing in, how far each is, searching, cancelling, deleting."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator, BaseModel, Field

from extractor.web.api.shapes import Receipt, ReviewId
from extractor.web.api.uploads import handed_in
from extractor.web.corrections import Refused
from extractor.web.listing import Sort, Wanted
from extractor.web.pages.base import Text, by_script, ours, rendered
from extractor.web.reviews import NotFound
from extractor.web.room import Here, Id, Me, Room
from extractor.web.store.models import Entry

router = APIRouter()
_SIZE = 50
_UNFINISHED = ("queued", "running")
_MOST_WATCHED = 200
Word = Annotated[str, Field(max_length=200), AfterValidator(lambda text: text.replace("\0", ""))]


class Chosen(BaseModel):
    """What of the list is looked at, as its address says; empty is all."""

    q: Word = ""
    unit: Word = ""
    year: Annotated[str, Field(pattern=r"^\d{0,4}$")] = ""
    verdict: Word = ""
    standing: Word = ""
    sort: Sort = "created"
    order: Literal["asc", "desc"] = "desc"
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    @property
    def wanted(self) -> Wanted:
        """The same for the store."""
        return Wanted(
            q=self.q, unit=self.unit or None, year=int(self.year) if self.year else None, verdict=self.verdict or None,
            standing=self.standing or None, work="done" if self.standing else None, sort=self.sort,
            descending=self.order == "desc", page=self.page, size=_SIZE,
        )  # fmt: skip

    def link(self, **other: Any) -> str:
        """The address of the list with something else chosen."""
        said = self.model_copy(update=other).model_dump(exclude_defaults=True)
        return "/?" + urlencode(said)


@router.get("/")
def home(request: Request, room: Here, me: Me, chosen: Annotated[Chosen, Query()]) -> Response:
    """The list, and the form to hand in; only the list when a script asks."""
    return _list(request, room, me.owner, chosen, part=by_script(request))


def _list(
    request: Request,
    room: Room,
    owner: str,
    chosen: Chosen,
    *,
    part: bool,
    receipt: Receipt | None = None,
) -> Response:
    """The list as `chosen`, with what became of an upload."""
    found = room.reviews.page(owner, chosen.wanted)
    return rendered(
        request, "_reports.html" if part else "list.html", found=found, chosen=chosen, receipt=receipt,
        pages=max(-(-found.total // _SIZE), 1),
    )  # fmt: skip


@router.post("/upload")
def upload(
    request: Request,
    room: Here,
    me: Me,
    files: Annotated[list[UploadFile], File()],
    csrf_token: Text = "",
    previous: Annotated[ReviewId | None, Form()] = None,
) -> Response:
    """What the form of the list sends, or that of a desk for a revised draft, which is opened at once.

    Without a script a page of its own only when something was refused.
    """
    ours(me, csrf_token)
    receipt = handed_in(room, me.owner, files, previous)
    part = by_script(request)
    if previous is not None:
        if receipt.refused:
            told = [f"{each.file_name} 没有收下：{each.reason}。{each.remedy}。" for each in receipt.refused]
            raise Refused("".join(told))
        many = len(receipt.accepted) > 1
        return _to(request, "/" if many else f"/reviews/{receipt.accepted[0].id}")
    if not receipt.refused and not part:
        return RedirectResponse("/", 303)
    return _list(request, room, me.owner, Chosen(), part=part, receipt=receipt)


def _to(request: Request, address: str) -> Response:
    """Go on to an address, by a script or by the browser."""
    if by_script(request):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


@router.get("/progress")
def progress(
    request: Request,
    room: Here,
    me: Me,
    working: Annotated[list[ReviewId], Query(max_length=_MOST_WATCHED)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """The rows of the reports that were under work when the page last looked."""
    entries = [entry for each in working if (entry := _known(room, me.owner, each)) is not None]
    return rendered(
        request, "_progress.html", entries=entries, busy=any(entry.work in _UNFINISHED for entry in entries)
    )


def _known(room: Room, owner: str, review_id: str) -> Entry | None:
    try:
        return room.reviews.entry(owner, review_id)
    except NotFound:
        return None


@router.post("/reviews/{review_id}/cancel")
def cancel(request: Request, room: Here, me: Me, review_id: Id) -> Response:
    """Stop the work on a report."""
    return rendered(request, "_progress.html", entries=[room.reviews.cancel(me.owner, review_id)], busy=True)


@router.post("/reviews/{review_id}/retry")
def retry(request: Request, room: Here, me: Me, review_id: Id) -> Response:
    """Try a failed or cancelled report again."""
    entry = room.reviews.retry(me.owner, review_id)
    room.pool.wake()
    return rendered(request, "_progress.html", entries=[entry], busy=True)


@router.delete("/reviews/{review_id}")
def remove(room: Here, me: Me, review_id: Id) -> Response:
    """Delete a review with its history and its file."""
    room.reviews.delete(me.owner, review_id)
    return Response("", media_type="text/html")
