"""How much a request may send, and how slowly: refused as early as it shows."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

UPLOADS = frozenset(("/api/v1/reviews", "/upload"))
_SMALL = 1_000_000
_SILENCE = 30.0  # seconds between two pieces of a body
_SLOWEST = 2_000.0  # bytes a second over a whole body, after the first minute
_GRACE = 60.0
HEAD_SECONDS = 10.0


class _Stop(HTTPException):
    """A body is too large or too slow; whoever reads it lets this through."""


class Limits:
    """Counts the bytes of a body as they come."""

    def __init__(self, app: ASGIApp, most_upload: int) -> None:
        self.app, self.most_upload = app, most_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.most_upload if scope["path"] in UPLOADS else _SMALL
        told = dict(scope["headers"]).get(b"content-length", b"0")
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            if not told.isdigit() or int(told[:20]) > most:
                raise _Stop(413, _too_large(most))
            await self.app(scope, _counted(receive, most), sending)
        except _Stop as stop:
            if not started:
                headers = {"Connection": "close"}
                await JSONResponse({"detail": stop.detail}, stop.status_code, headers)(scope, receive, send)


def _too_large(most: int) -> str:
    return f"一次提交超过 {most // 1_000_000} MB；请分几次提交"


def _counted(receive: Receive, most: int) -> Receive:
    got, done = 0, False
    began = asyncio.get_running_loop().time()

    async def counting() -> Message:
        nonlocal got, done
        if done:  # the body is here; what is waited for now is the other side's end
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), _SILENCE)
        except TimeoutError:
            raise _Stop(408, "数据传得太慢，连接已断开；请检查网络后重新提交") from None
        got += len(message.get("body", b""))
        done = not message.get("more_body", False)
        if got > most:
            raise _Stop(413, _too_large(most))
        past = asyncio.get_running_loop().time() - began
        if not done and past > _GRACE and got < past * _SLOWEST:
            raise _Stop(408, "数据传得太慢，连接已断开；请检查网络后重新提交")
        return message

    return counting


class Patient(H11Protocol):
    """HTTP for those who say within `HEAD_SECONDS` what they want; a connection that dawdles over its head is closed."""

    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Start the clock."""
        super().connection_made(transport)
        self._clock = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def data_received(self, data: bytes) -> None:
        """Stop the clock when a head is whole, start it when another begins."""
        super().data_received(data)
        waiting = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        if waiting and self._clock is None:
            self._clock = self.loop.call_later(HEAD_SECONDS, self._hang_up)
        elif not waiting and self.conn.their_state is not h11.IDLE and self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        if self._clock is not None:
            self._clock.cancel()
        super().connection_lost(exc)

    def _hang_up(self) -> None:
        self._clock = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()
