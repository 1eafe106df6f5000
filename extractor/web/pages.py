"""The pages: thin, each from what the rooms below give."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from extractor.web import csrf
from extractor.web.api.uploads import handed_in
from extractor.web.auth import TooManyTries, shown
from extractor.web.fold import STANDINGS
from extractor.web.guard import cookie_header
from extractor.web.listing import Wanted
from extractor.web.room import Here, Id, Me

router = APIRouter(include_in_schema=False)
_templates = Environment(
    loader=PackageLoader("extractor.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
Field = Annotated[str, Form()]


def rendered(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page, with the token of its forms and who is looking."""
    me = request.state.me
    shared = {
        "csrf_token": csrf.token_of(me.seed),
        "me": me,
        "standings": STANDINGS,
        "mode": request.app.state.room.doors.mode,
    }
    return HTMLResponse(_templates.get_template(name).render(**shared, **context), status)


def _ours(me: Me, csrf_token: str) -> None:
    if not csrf.right(me.seed, csrf_token):
        raise HTTPException(403, "页面已过期；请刷新后重试")


@router.get("/")
def home(request: Request, room: Here, me: Me, q: str = "") -> Response:
    """The list, and the form to hand in."""
    found = room.reviews.page(me.owner, Wanted(q=q.replace("\0", "")[:200]))
    return rendered(request, "list.html", found=found, q=q)


@router.post("/upload")
def upload(
    request: Request, room: Here, me: Me, files: Annotated[list[UploadFile], File()], csrf_token: Field = ""
) -> Response:
    """What the form of the list sends; a page of its own only when something was refused."""
    _ours(me, csrf_token)
    receipt = handed_in(room, me.owner, files)
    if not receipt.refused:
        return RedirectResponse("/", 303)
    found = room.reviews.page(me.owner, Wanted())
    return rendered(request, "list.html", found=found, q="", refused=receipt.refused)


@router.get("/reviews/{review_id}")
def review(request: Request, room: Here, me: Me, review_id: Id) -> Response:
    """A review; its desk when the work is done."""
    entry = room.reviews.entry(me.owner, review_id)
    folded = room.reviews.folded(me.owner, review_id) if entry.work == "done" else None
    return rendered(request, "review.html", entry=entry, review=folded and folded.review)


@router.get("/login")
def login(request: Request) -> Response:
    """Where one signs in."""
    return rendered(request, "login.html", wrong=None)


@router.post("/login")
def sign_in(
    request: Request, room: Here, me: Me, password: Field, name: Field = "", csrf_token: Field = ""
) -> Response:
    """A session of a browser."""
    _ours(me, csrf_token)
    try:
        token = room.doors.sign_in(name, password, request.client.host if request.client else "")
    except TooManyTries:
        return rendered(request, "login.html", 429, wrong="尝试过于频繁；请一分钟后再试")
    if token is None:
        return rendered(request, "login.html", 401, wrong="用户名或密码不对；请核对后重试")
    secure = request.url.scheme == "https"
    age = room.desk.session_hours * 3600
    return RedirectResponse("/", 303, headers={"Set-Cookie": cookie_header(token, secure=secure, age=age)})


@router.post("/logout")
def sign_out(request: Request, room: Here, me: Me, csrf_token: Field = "") -> Response:
    """The end of a session."""
    _ours(me, csrf_token)
    _, cookie = shown(dict(request.headers))
    if cookie is not None:
        room.doors.sign_out(cookie)
    return RedirectResponse("/login", 303, headers={"Set-Cookie": cookie_header("", secure=False, age=0)})
