"""The page to sign in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from extractor.web.api.shapes import Words
from extractor.web.auth import TooManyTries, shown
from extractor.web.guard import cookie_header
from extractor.web.pages.base import Text, ours, rendered
from extractor.web.room import Here, Me

router = APIRouter()
Field = Annotated[str, Form()]
Said = Annotated[Words, Form()]


@router.get("/login")
def login(request: Request) -> Response:
    """Where one signs in."""
    return rendered(request, "login.html", wrong=None)


@router.post("/login")
def sign_in(
    request: Request, room: Here, me: Me, password: Field, name: Said = "", csrf_token: Field = ""
) -> Response:
    """A session of a browser."""
    ours(me, csrf_token)
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
def sign_out(request: Request, room: Here, me: Me, csrf_token: Text = "") -> Response:
    """The end of a session."""
    ours(me, csrf_token)
    _, cookie = shown(dict(request.headers))
    if cookie is not None:
        room.doors.sign_out(cookie)
    return RedirectResponse("/login", 303, headers={"Set-Cookie": cookie_header("", secure=False, age=0)})
