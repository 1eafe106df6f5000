"""What came out: the review, its document, its pages, its files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Response
from fastapi.responses import FileResponse, JSONResponse

from extractor.load.page_image import page_image
from extractor.records import jsonable, to_json
from extractor.web.api.shapes import History, HistoryLine, KeyedNote, Keys, moment
from extractor.web.exports import as_gold, attachment, exported, formats
from extractor.web.history import lines
from extractor.web.resubmission import followed
from extractor.web.room import Here, Id, Me

router = APIRouter(prefix="/reviews/{review_id}", tags=["results"])
_JSON = "application/json"
_CONTRACT: dict[int | str, dict[str, Any]] = {
    200: {"description": "审核结果，合同见 extractor schema", "content": {_JSON: {}}}
}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "文件", "content": {"application/octet-stream": {}}}
}
_GOLD: dict[int | str, dict[str, Any]] = {
    200: {"description": "标准答案", "content": {"application/json": {}}}
}
_PNG: dict[int | str, dict[str, Any]] = {200: {"description": "页面图像", "content": {"image/png": {}}}}
Format = Annotated[str, Path(max_length=16, description="、".join(formats()))]


@router.get("/result", response_class=Response, responses=_CONTRACT)
def result(room: Here, me: Me, review_id: Id, original: bool = False) -> Response:
    """The review as it stands, or as the engine gave it."""
    if original:
        return Response(to_json(room.reviews.read(me.owner, review_id).review), media_type=_JSON)
    return Response(room.reviews.result(me.owner, review_id), media_type=_JSON)


@router.get("/notes")
def notes(room: Here, me: Me, review_id: Id) -> Keys:
    """The notes with the keys by which they are decided about."""
    folded = room.reviews.folded(me.owner, review_id)
    version = len(room.reviews.events(me.owner, review_id))
    found = [
        KeyedNote(id=each.id, key=folded.notes[each.id], state=each.state) for each in folded.review.notes
    ]
    return Keys(version=version, notes=found)


@router.get("/document", response_class=Response, responses=_CONTRACT)
def document(room: Here, me: Me, review_id: Id) -> Response:
    """The text, the pages, the words with their boxes and the grids that the file prints."""
    read = room.reviews.read(me.owner, review_id).document
    return JSONResponse({
        "text": read.text, "loader": read.loader, "media_type": read.media_type, "pages": jsonable(read.pages),
        "words": jsonable(read.words), "grids": jsonable(read.grids),
    })  # fmt: skip


@router.get("/file", response_class=FileResponse, responses=_FILE)
def original(room: Here, me: Me, review_id: Id) -> FileResponse:
    """The file that was handed in."""
    entry = room.reviews.entry(me.owner, review_id)
    path = room.files.path(entry.sha256)
    if not path.exists():
        raise HTTPException(404, "原文件没有保留")
    return FileResponse(path, media_type="application/octet-stream", headers=attachment(entry.file_name))


@router.get("/pages/{number}", response_class=Response, responses=_PNG)
def page(
    room: Here,
    me: Me,
    review_id: Id,
    number: Annotated[int, Path(ge=1, le=100_000)],
    dpi: Annotated[int, Query(ge=36, le=200)] = 110,
) -> Response:
    """A page of a PDF or picture; a point of a box is dpi / 72 pixels."""
    entry = room.reviews.entry(me.owner, review_id)
    path = room.files.path(entry.sha256)
    if not path.exists():
        raise HTTPException(404, "原文件没有保留")
    picture = page_image(path, number, dpi=dpi, file_name=entry.file_name)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@router.get("/history")
def history(room: Here, me: Me, review_id: Id) -> History:
    """What was done: old, new, who, when."""
    events = room.reviews.events(me.owner, review_id)
    entry = room.reviews.entry(me.owner, review_id)
    items = [HistoryLine(**(line._asdict() | {"at": moment(line.at)})) for line in lines(events)]
    return History(version=len(events), standing=entry.standing, items=items)


@router.get("/exports/{name}", response_class=Response, responses=_FILE)
def export(room: Here, me: Me, review_id: Id, name: Format) -> Response:
    """The review as it stands, as a file."""
    folded = room.reviews.folded(me.owner, review_id)
    _, notes = followed(room.reviews, me.owner, review_id)
    file = exported(folded, name, notes or ())
    if file is None:
        raise HTTPException(404, f"没有这种格式；可用：{'、'.join(formats())}")
    return Response(file.data, media_type=file.media_type, headers=file.headers)


@router.get("/gold", response_class=Response, responses=_GOLD)
def gold(room: Here, me: Me, review_id: Id) -> Response:
    """The review as it stands, as gold for `python -m eval`: to be kept beside the report."""
    file = as_gold(room.reviews.folded(me.owner, review_id).review)
    return Response(file.data, media_type=file.media_type, headers=file.headers)
