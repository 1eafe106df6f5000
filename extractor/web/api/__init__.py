"""The REST API, version 1; its OpenAPI is at /api/v1/openapi.json."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from extractor.web.api import changes, comparing, results, session, uploads
from extractor.web.api.shapes import Problem

_SAID = {400: "请求无法读取", 401: "未登录", 403: "来自别的网站或页面已过期", 404: "没有这份报告", 409: "现在不能这样做",
         413: "提交的内容太大", 422: "请求内容不合要求"}  # fmt: skip
_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": said} for status, said in _SAID.items()
}

router = APIRouter(prefix="/api/v1", responses=_RESPONSES)
for _part in (session, uploads, results, changes, comparing):
    router.include_router(_part.router)
