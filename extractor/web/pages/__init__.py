"""The pages: thin, each from what the rooms below give."""

from __future__ import annotations

from fastapi import APIRouter

from extractor.web.pages import comparing, desk, doing, home, session

router = APIRouter(include_in_schema=False)
for _part in (session, home, desk, doing, comparing):
    router.include_router(_part.router)
