"""What every page shares: its templates, the token of its forms, who is looking, and errors as a person reads them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Form, HTTPException, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from extractor.amounts import plain
from extractor.render.signing import STANDINGS
from extractor.web import csrf
from extractor.web.auth import Identity
from extractor.web.pages.links import place, value

Text = Annotated[str, Form(max_length=4000)]
_WORKS = {
    "queued": "排队中",
    "running": "处理中",
    "done": "已完成",
    "failed": "未成功",
    "cancelled": "已取消",
}
STAGES = {
    "load": "读取",
    "segment": "表格",
    "extract": "数字",
    "ground": "定位",
    "reconcile": "核查",
    "critique": "意见",
}


def _number(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


_templates = Environment(
    loader=PackageLoader("extractor.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters |= {"number": _number, "moment": _moment}
_templates.globals |= {
    "value": value,
    "place": place,
    "standings": STANDINGS,
    "works": _WORKS,
    "stages": STAGES,
}


def rendered(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page, with the token of its forms and who is looking."""
    me = request.state.me
    shared = {"csrf_token": csrf.token_of(me.seed), "me": me, "mode": request.app.state.room.doors.mode}
    return HTMLResponse(_templates.get_template(name).render(**shared, **context), status)


def told(request: Request, status: int, detail: str) -> HTMLResponse:
    """An error as a page."""
    return rendered(request, "error.html", status, detail=detail)


def ours(me: Identity, csrf_token: str) -> None:
    """Refuse a plain form that no page of ours has made."""
    if not csrf.right(me.seed, csrf_token):
        raise HTTPException(403, "页面已过期；请刷新后重试")


def by_script(request: Request) -> bool:
    """Whether a part of a page is asked for, not a page."""
    return request.headers.get("hx-request") == "true"
