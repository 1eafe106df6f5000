"""Criticism that needs reading: a model points at rows and sentences, its remarks pass the same gate as every number here."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.critique.model_gate import admitted
from extractor.critique.model_source import Excerpt, Piece, excerpt
from extractor.extract.conversation import Conversation
from extractor.extract.llm.withheld import SECRET
from extractor.findings import Check, Note, Severity
from extractor.reconcile.case import Case
from extractor.reconcile.parts import ANALYSIS, role_at, roles

MARK = "（模型意见，待人工确认）"
_ACTION = "请审核人核对原文，确认后再决定是否提出。"
_MOST = 12
_ROOM = 700  # tokens of an answer
# What a model may say, under which code it is kept, and how grave it is at most.
KINDS: dict[str, tuple[str, Severity]] = {
    "不可衡量": ("CMP-03", "P2"),
    "不匹配": ("REA-05", "P2"),
    "空泛": ("REA-11", "I"),
    "套话": ("SEM-01", "I"),
    "结论无据": ("SEM-02", "I"),
    "有事无数": ("SEM-03", "I"),
}


def model_notes(case: Case, checks: Sequence[Check], talk: Conversation, before: int) -> tuple[Note, ...]:
    """The model's notes, ids counted on from `before`; remarks that do not hold are dropped and listed in the run."""
    from extractor.chat import Question  # noqa: PLC0415 - a plain review asks no model
    from extractor.critique.model_answers import Remarks  # noqa: PLC0415
    from extractor.prompts import load_prompt  # noqa: PLC0415

    shown = excerpt(case)
    for piece_id in shown.withheld:
        talk.withhold(f"criticism:{piece_id}", SECRET)
    if not shown.pieces:
        return ()
    prompt = load_prompt("criticism", text=shown.text, most=_MOST)
    (answer,) = talk.ask([Question(prompt, Remarks, "criticism", most=_ROOM)])
    out: list[Note] = []
    if answer is None:
        return ()
    for remark in answer.n[:_MOST]:
        piece = shown.pieces.get(remark.r)
        reason = admitted(remark.w, piece, case, checks) or _misplaced(remark.c, piece, case)
        reason = reason or _again(remark.c, piece, checks, out)
        if reason or piece is None:
            talk.drop("criticism", [f"{remark.r} {remark.w[:40]}：{reason}"])
        else:
            out.append(_note(remark.c, remark.w, piece, shown, f"n{before + len(out) + 1}"))
    return tuple(out)


def _misplaced(kind: str, piece: Piece | None, case: Case) -> str | None:
    """Whether problems and measures are called generic where neither is written of, in a report that has chapters for them."""
    if kind != "空泛" or piece is None or not ANALYSIS & set(roles(case).values()):
        return None
    return None if role_at(case, piece.span) in ANALYSIS else "不在问题与措施的章节内"


def _again(kind: str, piece: Piece | None, checks: Sequence[Check], notes: Sequence[Note]) -> str | None:
    """Whether a rule, or the model itself, has said so of the same place."""
    code, _ = KINDS[kind]
    if piece is None:
        return None
    places = [note.spans[0] for note in notes if note.code == code]
    places += [
        span
        for check in checks
        if check.code == code and check.status == "fail"
        for operand in check.operands
        for span in operand.spans
    ]
    start, end = piece.span.start, piece.span.end
    return "已有同一意见" if any(span.start < end and start < span.end for span in places) else None


def _note(kind: str, words: str, piece: Piece, shown: Excerpt, note_id: str) -> Note:
    code, severity = KINDS[kind]
    return Note(
        id=note_id,
        code=code,
        severity=severity,
        location=shown.location(piece.span),
        quote=piece.quote,
        comment=f"{words.rstrip('。')}{MARK}。",
        action=_ACTION,
        spans=(piece.span,),
        cause_group=f"model:{code}:{piece.span.start}",
        origin="model",
    )
