"""What was done to a review, told line by line: old, new, who, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from extractor.render.signing import STANDINGS
from extractor.web.fold import Happened, standing_events
from extractor.web.resubmission import OUTCOMES

_DECISIONS = {"accepted": "采纳意见", "edited": "修改意见", "dismissed": "不采纳意见", "open": "恢复为待处理"}
_NAMES = {"fiscal_year": "评价年度", "report_date": "报告日期", "kind": "报告类型"}


class Line(NamedTuple):
    """An event in words; `undone` when somebody took it back."""

    seq: int
    kind: str
    what: str
    target: str | None
    about: str | None  # what of the review it was done to, in words
    old: str | None
    new: str | None
    reason: str | None
    who: str
    at: float
    undone: bool


def lines(events: Sequence[Happened]) -> list[Line]:
    """The history, oldest first."""
    alive = {event.seq for event in standing_events(events)}
    out = []
    for event in events:
        payload = event.payload
        what, new = _what(event)
        target = payload.get("target") or payload.get("key") or payload.get("field")
        undone = event.seq not in alive and event.kind != "undo"
        old, about = payload.get("old"), payload.get("label")
        if event.kind == "note" and not _reworded(payload):
            old, about = None, old
        out.append(
            Line(
                seq=event.seq, kind=event.kind, what=what, target=target, about=about, old=old, new=new,
                reason=payload.get("reason"), who=event.who, at=event.at, undone=undone,
            )
        )  # fmt: skip
    return out


def _reworded(payload: Mapping[str, Any]) -> bool:
    """Whether a decision put other words in the place of a note's."""
    return payload.get("comment") not in (None, payload.get("old"))


def _what(event: Happened) -> tuple[str, str | None]:
    """An event in a few words, and what it put in place."""
    payload = event.payload
    if event.kind == "value":
        return "更正数值", payload["text"]
    if event.kind == "unreadable":
        return "标为无法辨认", None
    if event.kind == "point":
        return "重新指定原文位置", payload.get("new")
    if event.kind == "fact":
        return f"更正{_NAMES.get(payload['field'], payload['field'])}", payload["text"]
    if event.kind == "note":
        return _DECISIONS[payload["decision"]], payload.get("comment" if _reworded(payload) else "action")
    if event.kind == "own_note":
        return "添加意见", payload["comment"]
    if event.kind == "standing":
        return f"转为{STANDINGS[payload['to']]}", payload["name"]
    if event.kind == "follow":
        return f"整改核对：{OUTCOMES[payload['outcome']]}", None
    return f"撤销第 {payload['seq']} 项", None
