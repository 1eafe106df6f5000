"""What the rooms of a desk share: its store, files, workers, reviews, and who is asking."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import Depends, Path, Request

from extractor.web.auth import Doors, Identity
from extractor.web.files import Files
from extractor.web.intake import Intake
from extractor.web.reviews import Reviews
from extractor.web.settings import Desk
from extractor.web.store import Store
from extractor.web.work import Pool


class Room(NamedTuple):
    """Everything a request may need."""

    desk: Desk
    store: Store
    files: Files
    doors: Doors
    pool: Pool
    reviews: Reviews
    intake: Intake


def furnished(desk: Desk, store: Store) -> Room:
    """A room whose store is ready; nobody works in it yet."""
    files = Files(desk.data)
    return Room(
        desk,
        store,
        files,
        Doors(desk, store),
        Pool(desk, store),
        Reviews(store, files),
        Intake(desk, store, files),
    )


def _room(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


def _me(request: Request) -> Identity:
    me: Identity = request.state.me
    return me


Here = Annotated[Room, Depends(_room)]
Me = Annotated[Identity, Depends(_me)]
Id = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="报告的编号")]
