"""The list of reviews: searched, filtered, sorted, a page at a time."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from extractor.web.store.models import Entry

Sort = Literal["created", "changed", "file_name", "unit", "year", "verdict", "score"]
_COLUMNS = {
    "created": Entry.created, "changed": Entry.changed, "file_name": Entry.file_name, "unit": Entry.unit, "year": Entry.year,
    "verdict": Entry.verdict, "score": Entry.score,
}  # fmt: skip


class Wanted(NamedTuple):
    """Which reviews to list, and how."""

    q: str = ""
    unit: str | None = None
    year: int | None = None
    verdict: str | None = None
    work: str | None = None
    standing: str | None = None
    sort: Sort = "created"
    descending: bool = True
    page: int = 1
    size: int = 50


class Listed(NamedTuple):
    """A page of the list, how many there are, and what can be filtered by."""

    items: list[Entry]
    total: int
    units: list[str]
    years: list[int]
    verdicts: list[str]


def listed(session: Session, owner: str, wanted: Wanted) -> Listed:
    """The reviews of one owner."""
    mine = Entry.owner == owner
    query = select(Entry).where(mine)
    for word in wanted.q.split():
        like = f"%{_escaped(word)}%"
        query = query.where(
            or_(Entry.file_name.ilike(like, escape="\\"), Entry.unit.ilike(like, escape="\\"))
        )
    for name in ("unit", "year", "verdict", "work", "standing"):
        value = getattr(wanted, name)
        if value is not None:
            query = query.where(getattr(Entry, name) == value)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    column = _COLUMNS[wanted.sort]
    order = column.desc() if wanted.descending else column.asc()
    page = (
        query.order_by(order.nulls_last(), Entry.id)
        .offset((wanted.page - 1) * wanted.size)
        .limit(wanted.size)
    )
    return Listed(
        list(session.scalars(page)), total, _known(session, mine, Entry.unit), _known(session, mine, Entry.year),
        _known(session, mine, Entry.verdict),
    )  # fmt: skip


def _known(session: Session, mine: Any, column: Any) -> list[Any]:
    query: Select[Any] = select(column).where(mine, column.is_not(None)).distinct().order_by(column)
    return list(session.scalars(query))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
