"""The door of every request: whoever is not known gets no further than the page to sign in, whoever is not ours changes nothing."""

from __future__ import annotations

import secrets
from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.web import csrf
from extractor.web.auth import COOKIE, Doors, Identity, shown
from extractor.web.headers import STATIC

_OPEN = frozenset(("/login", "/api/v1/session", "/api/v1/health", "/api/v1/openapi.json", "/favicon.ico"))
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
API = "/api/"


class Guard:
    """Sets `state.me` to who asks; refuses hosts that are not ours, strangers, and what other sites make a browser send."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self.app, self.doors = app, doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path = scope["path"]
        bearer, cookie = shown(headers)
        me = self.doors.identity(bearer, cookie)
        refusal = self._refusal(scope["method"], path, headers, me, cookie)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        fresh = None
        page = not path.startswith((API, STATIC))
        if page and bearer is None and (me is None or not me.seed):
            fresh = cookie or secrets.token_urlsafe(32)  # a page's forms need a seed before anybody signs in
        if me is None or fresh is not None:
            owner, name = (me.owner, me.name) if me else ("", "")
            me = Identity(owner, name, fresh or "", cookie=True)
        scope.setdefault("state", {})["me"] = me
        await self.app(
            scope, receive, _with_cookie(send, fresh if fresh != cookie else None, scope["scheme"] == "https")
        )

    def _refusal(
        self, method: str, path: str, headers: dict[str, str], me: Identity | None, cookie: str | None
    ) -> Response | None:
        local = self.doors.desk.local
        if local and _host(headers.get("host", "")) not in (*_LOCAL, self.doors.desk.host):
            return JSONResponse({"detail": "请用 127.0.0.1 或 localhost 打开本页"}, 421)
        if me is None and path not in _OPEN and not path.startswith(STATIC):
            if path.startswith(API):
                told = {"WWW-Authenticate": "Bearer"}
                return JSONResponse({"detail": "请先登录，或在 Authorization 中给出口令"}, 401, told)
            return RedirectResponse("/login", 303)
        seed = me.seed if me is not None else cookie
        ambient = cookie is not None and (me is None or me.cookie)
        objection = csrf.objection(method, path, headers, seed, ambient=ambient)
        return JSONResponse({"detail": f"{objection}；请刷新页面后重试"}, 403) if objection else None


def _host(host: str) -> str:
    """A host without its port."""
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]


def cookie_header(value: str, *, secure: bool, age: int | None = None) -> str:
    """The cookie of a session: for our own pages and no script."""
    jar: SimpleCookie = SimpleCookie()
    jar[COOKIE] = value
    jar[COOKIE] |= {"path": "/", "httponly": True, "samesite": "Strict", "secure": secure}
    if age is not None:
        jar[COOKIE]["max-age"] = age
    return jar[COOKIE].OutputString()


def _with_cookie(send: Send, value: str | None, secure: bool) -> Send:
    if value is None:
        return send

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "set-cookie" not in headers:
                headers.append("set-cookie", cookie_header(value, secure=secure))
        await send(message)

    return sending
