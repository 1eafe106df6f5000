"""A report handed in again is held against the adopted notes of the one before: what was corrected, what stands, what a person must judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from extractor.amounts import NUMBER
from extractor.findings import Check, Note
from extractor.patterns import lazy
from extractor.render.signing import Followed
from extractor.review import Review
from extractor.web.fold import Happened, standing_events
from extractor.web.notes import ADOPTED
from extractor.web.reviews import NotFound, Reviews
from extractor.web.store.models import Entry

Proposal = Literal["corrected", "standing", "unknown"]
OUTCOMES = {"corrected": "已整改", "standing": "未整改", "explained": "说明成立"}
PROPOSALS = {"corrected": "已整改", "standing": "未整改", "unknown": "待核对"}
_DIGITS = lazy(NUMBER)
_RAN = frozenset(("pass", "rounding", "fail"))


class FollowUp(NamedTuple):
    """An adopted note of the last report, what the new one shows, and what a person said of it."""

    key: str
    note: Note
    proposal: Proposal
    why: str
    outcome: str | None
    reason: str | None
    now: str | None  # the id of the note of the new report that says the same


def followed(reviews: Reviews, owner: str, review_id: str) -> tuple[Entry | None, list[FollowUp] | None]:
    """The report before and its adopted notes; nothing when there is none (any more), no notes while it is worked on."""
    previous = reviews.entry(owner, review_id).previous
    if previous is None:
        return None, None
    try:
        entry = reviews.entry(owner, previous)
    except NotFound:
        return None, None
    if entry.work != "done":
        return entry, None
    last, new = reviews.folded(owner, previous), reviews.folded(owner, review_id)
    return entry, followed_up(last.review, last.notes, new.review, reviews.events(owner, review_id))


def told(found: Sequence[FollowUp]) -> tuple[Followed, ...]:
    """The same for a document; what no person has judged says so."""
    return tuple(
        Followed(
            each.note.code, each.note.location, each.note.comment,
            OUTCOMES[each.outcome] if each.outcome else f"{PROPOSALS[each.proposal]}（系统看来）", each.reason or each.why,
        )
        for each in found
    )  # fmt: skip


def tallied(followed: Sequence[FollowUp]) -> dict[str, int]:
    """How many notes there are of each outcome, as a person said or else as it seems; nothing of an outcome that none has."""
    names = OUTCOMES | PROPOSALS
    found = [names[each.outcome or each.proposal] for each in followed]
    return {name: found.count(name) for name in names.values() if name in found}


def followed_up(
    last: Review, keys: Mapping[str, str], review: Review, events: Sequence[Happened]
) -> list[FollowUp]:
    """Every adopted note of `last` against `review`; nothing is called corrected whose check could not run again."""
    said = {
        event.payload["key"]: event.payload for event in standing_events(events) if event.kind == "follow"
    }
    out = []
    for note in last.notes:
        if note.state not in ADOPTED:
            continue
        key = keys[note.id]
        proposal, why, now = _compared(note, last, review)
        judged = said.get(key, {})
        out.append(FollowUp(key, note, proposal, why, judged.get("outcome"), judged.get("reason"), now))
    return out


def _compared(note: Note, last: Review, review: Review) -> tuple[Proposal, str, str | None]:
    if note.origin == "user":
        return "unknown", "审核人自己的意见，请人工核对", None
    raised = [each for each in review.notes if each.code == note.code]
    same = [each for each in raised if _bare(each.location) == _bare(note.location)]
    if not same and len(raised) == 1 and len([n for n in last.notes if n.code == note.code]) == 1:
        same = raised
    if same:
        return "standing", "新报告中仍有同一问题", same[0].id
    if raised:
        return "unknown", "新报告别处有同类问题，请人工核对是否同一处", raised[0].id
    return _absent(note.code, review.checks)


def _absent(code: str, checks: Sequence[Check]) -> tuple[Proposal, str, str | None]:
    """The problem is not raised again: corrected only if its check did run."""
    own = [check for check in checks if check.code == code]
    if any(check.status in _RAN for check in own):
        return "corrected", "同一项核查已通过", None
    return "unknown", "新报告没有可核查的数据，请人工核对", None


def _bare(location: str) -> str:
    """A place without numbers, which a new edition moves."""
    return _DIGITS.sub("", location)
