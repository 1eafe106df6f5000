"""Signing in and out, and whether the desk is open."""

from __future__ import annotations

import time

from fastapi import APIRouter, HTTPException, Request, Response

from extractor import __version__
from extractor.web.api.shapes import Credentials, Health, Session, moment
from extractor.web.auth import TooManyTries, shown
from extractor.web.room import Here

router = APIRouter(tags=["session"])


@router.get("/health")
def health(room: Here) -> Health:
    """That the desk is open."""
    return Health(version=__version__, mode=room.doors.mode)


@router.post("/session", status_code=201, responses={429: {"description": "尝试过于频繁"}})
def sign_in(room: Here, request: Request, credentials: Credentials) -> Session:
    """A session for a program, to be shown as a bearer token."""
    place = request.client.host if request.client else ""
    try:
        token = room.doors.sign_in(credentials.name, credentials.password, place)
    except TooManyTries:
        raise HTTPException(429, "尝试过于频繁；请一分钟后再试") from None
    if token is None:
        raise HTTPException(401, "用户名或密码不对；请核对后重试")
    return Session(token=token, expires=moment(time.time() + room.desk.session_hours * 3600))


@router.delete("/session", status_code=204)
def sign_out(room: Here, request: Request) -> Response:
    """The end of the session that is shown."""
    bearer, cookie = shown(dict(request.headers))
    token = bearer or cookie
    if token is not None and room.doors.mode != "open":
        room.doors.sign_out(token)
    return Response(status_code=204)
