"""The application: middleware from the outside in, the API, the pages, and what an error becomes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import AsyncIterator
from importlib import resources
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from extractor import __version__
from extractor.errors import InputError
from extractor.web import api, pages
from extractor.web.corrections import Refused
from extractor.web.guard import API, Guard
from extractor.web.headers import Headers
from extractor.web.limits import Limits
from extractor.web.pages.base import by_script, told
from extractor.web.reviews import NotFound, NotNow
from extractor.web.room import Room

_log = logging.getLogger("extractor.web")
_HOUR = 3600.0
_DAY = 86_400.0


def create_app(room: Room) -> FastAPI:
    """The application of a room; workers run from its start to its end."""

    @contextlib.asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        room.pool.start()
        keeper = asyncio.create_task(_keep_house(room))
        try:
            yield
        finally:
            keeper.cancel()
            room.pool.close()

    app = FastAPI(
        title="绩效自评报告审核台", version=__version__, lifespan=living, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json", separate_input_output_schemas=False,
    )  # fmt: skip
    app.state.room = room
    app.include_router(api.router)
    app.include_router(pages.router)
    static = Path(str(resources.files("extractor.web").joinpath("static")))
    app.mount("/static", StaticFiles(directory=static), name="static")
    app.add_middleware(Limits, most_upload=room.desk.most_upload)
    app.add_middleware(Guard, doors=room.doors)
    app.add_middleware(Headers)
    _errors(app)
    return app


def _errors(app: FastAPI) -> None:
    """What each of our errors becomes; nothing of a report is in any of them."""

    @app.exception_handler(NotFound)
    async def _not_found(request: Request, _error: NotFound) -> Response:
        return _told(request, 404, "没有这份报告，或已被删除")

    @app.exception_handler(NotNow)
    async def _not_now(request: Request, error: NotNow) -> Response:
        return _told(request, 409, str(error))

    @app.exception_handler(Refused)
    async def _refused(request: Request, error: Refused) -> Response:
        return _told(request, 422, str(error))

    @app.exception_handler(InputError)
    async def _input(request: Request, error: InputError) -> Response:
        return _told(request, 422, f"{error.reason}。{error.remedy}。")

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        places = {".".join(str(part) for part in each["loc"]) for each in error.errors()}
        return _told(request, 422, f"请求中这些内容不合要求：{'、'.join(sorted(places))}")

    @app.exception_handler(405)
    async def _wrong_method(request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse(
            {"detail": "这个地址不接受这种请求"}, 405, {"Allow": _allowed(app, request.url.path)}
        )

    @app.exception_handler(Exception)
    async def _defect(_request: Request, error: Exception) -> JSONResponse:
        return JSONResponse(
            {"detail": f"处理时出错（{type(error).__name__}）；这是本工具的缺陷，请反馈给维护人员"}, 500
        )


def _told(request: Request, status: int, detail: str) -> Response:
    """An error for a program, for a script of ours, or as a page for a person."""
    page = "text/html" in request.headers.get("accept", "") and not by_script(request)
    if page and not request.url.path.startswith(API):
        return told(request, status, detail)
    return JSONResponse({"detail": detail}, status)


def _allowed(app: FastAPI, path: str) -> str:
    """Every method that an address takes; the router alone names those of the first route only."""
    for known, methods in app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path):
            return ", ".join(method.upper() for method in methods)
    return "GET"


async def _keep_house(room: Room) -> None:
    """Every hour, delete what nobody has touched for as long as the desk keeps things."""
    while room.desk.retention_days:
        before = time.time() - room.desk.retention_days * _DAY
        gone = await asyncio.to_thread(room.reviews.expire, before)
        if gone:
            _log.info("%d reviews were older than %d days and are deleted", gone, room.desk.retention_days)
        await asyncio.sleep(_HOUR)
