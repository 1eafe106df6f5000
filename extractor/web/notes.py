"""What a person decides about notes: accepted, edited, dismissed with a reason, or one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.document import Span
from extractor.findings import SEVERITIES, Note
from extractor.records import replace
from extractor.web.corrections import Refused

USER = "USER"  # the code of notes that no check raised
ADOPTED = frozenset(("accepted", "edited"))
DECISIONS = ("accepted", "edited", "dismissed", "open")
_MOST = 4000
_EDITABLE = ("comment", "action", "location", "severity")


def keyed(notes: Sequence[Note]) -> dict[str, Note]:
    """Notes by a key made of their words: a decision holds for exactly the words it was made about."""
    out: dict[str, Note] = {}
    for note in notes:
        words = (note.code, note.severity, note.location, note.comment, note.action)
        digest = hashlib.sha256(repr(words).encode()).hexdigest()[:12]
        copies = sum(key.startswith(digest) for key in out)
        out[f"{digest}-{copies}" if copies else digest] = note
    return out


def decided(note: Note, decision: Mapping[str, Any]) -> Note:
    """The note after a decision."""
    state = decision["decision"]
    if state == "edited":
        changes = {name: decision[name] for name in _EDITABLE if decision.get(name)}
        return replace(note, state="edited", dismiss_reason=None, **changes)
    return replace(note, state=state, dismiss_reason=decision.get("reason") if state == "dismissed" else None)


def checked_decision(decision: Mapping[str, Any]) -> dict[str, Any]:
    """The decision as it is kept; `Refused` when something it needs is missing."""
    state = decision.get("decision")
    if state not in DECISIONS:
        raise Refused(f"处理方式 {state!r} 无效；可选：{'、'.join(DECISIONS)}")
    out: dict[str, Any] = {"decision": state}
    if state == "dismissed":
        out["reason"] = _words(decision, "reason", "不采纳的理由")
    if state == "edited":
        out |= {name: _words(decision, name, "意见内容") for name in _EDITABLE if decision.get(name)}
        if len(out) == 1:
            raise Refused("没有改动；请修改意见或要求的文字，或直接采纳")
        _severity(out.get("severity"))
    return out


def checked_own(note: Mapping[str, Any]) -> dict[str, Any]:
    """One's own note as it is kept; `Refused` when it says nothing."""
    out: dict[str, Any] = {
        n: _words(note, n, said) for n, said in (("comment", "意见"), ("location", "位置"))
    }
    out |= {name: str(note.get(name) or "").strip()[:_MOST] for name in ("action", "quote")}
    out["severity"] = note.get("severity") or "P2"
    _severity(out["severity"])
    out["spans"] = [[int(start), int(end)] for start, end in note.get("spans") or ()]
    return out


def own(seq: int, payload: Mapping[str, Any], text: str) -> Note:
    """A note of one's own, made by event number `seq`."""
    spans = tuple(Span(start=a, end=b) for a, b in payload["spans"] if 0 <= a < b <= len(text))
    quote = payload["quote"] or (text[spans[0].start : spans[0].end] if spans else "")
    return Note(
        id=f"u{seq}", code=USER, severity=payload["severity"], location=payload["location"], quote=quote,
        comment=payload["comment"], action=payload["action"], spans=spans, cause_group=f"user:{seq}", origin="user",
        state="accepted",
    )  # fmt: skip


def _words(given: Mapping[str, Any], name: str, said: str) -> str:
    words = str(given.get(name) or "").strip()
    if not words:
        raise Refused(f"请填写{said}")
    if len(words) > _MOST:
        raise Refused(f"{said}有 {len(words)} 字，超过 {_MOST} 字；请写得简短些")
    return words


def _severity(severity: object) -> None:
    if severity is not None and severity not in SEVERITIES:
        raise Refused(f"级别 {severity!r} 无效；可选：{'、'.join(SEVERITIES)}")
