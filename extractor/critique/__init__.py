"""Checks become notes: one for each cause, with the fact, the recomputation, the difference and what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique import (
    budget,
    conclusions,
    gaps,
    inquiries,
    marks,
    matters,
    money,
    neighbours,
    phrasing,
    ratios,
    scores,
)
from extractor.critique.basis import basis_of
from extractor.critique.causes import grouped, related
from extractor.critique.draft import WORDINGS
from extractor.critique.verdict import overall
from extractor.critique.view import View, first_spans, spans_of
from extractor.findings import SEVERITIES, Check, Note
from extractor.reconcile.case import Case
from extractor.records import replace

FAMILIES = (money, scores, conclusions, budget, ratios, marks, matters, gaps, inquiries, phrasing, neighbours)
_DOUBT = "所据数值可能因识别或转换有误。"
_MEANT = "各数所指口径系据文意判断。"

__all__ = ["FAMILIES", "WORDINGS", "notes", "overall"]


def notes(case: Case, checks: Sequence[Check]) -> tuple[Note, ...]:
    """The notes of a ledger, most severe first, then in the order of the document."""
    view = View(case)
    groups = grouped(checks, view)
    causes = {key for key, _ in groups}
    drafts = [_note(key, group, view, related(group[0], causes)) for key, group in groups]
    drafts.sort(
        key=lambda note: (
            SEVERITIES.index(note.severity),
            note.spans[0].start if note.spans else 0,
            note.code,
        )
    )
    return tuple(replace(note, id=f"n{n}") for n, note in enumerate(drafts, 1))


def _note(key: str, group: Sequence[Check], view: View, cause: str | None) -> Note:
    lead = group[0]
    draft = WORDINGS[lead.code](group, view)
    doubtful = any(check.cause == "extraction" for check in group)
    action = draft.action
    told = doubtful and view.in_sentences(check for check in group if check.cause == "extraction")
    if doubtful:
        action = ("请先核对原文所指；" if told else "请核实原表数值；") + action.removeprefix("请")
    location = view.location(spans_of(group))
    comment = draft.comment
    if len(group) == 1 and "；" not in location:
        comment = comment.removeprefix(location)  # said once, beside the note
    return Note(
        id="",
        code=lead.code,
        severity=lead.severity,
        location=location,
        quote=view.quote(first_spans(lead)),
        comment=comment + ((_MEANT if told else _DOUBT) if doubtful else ""),
        action=action,
        basis=basis_of([check.code for check in group]),
        spans=spans_of(group),
        checks=tuple(check.id for check in group),
        cause_group=cause or key,
    )
