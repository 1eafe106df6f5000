"""What `extractor review` prints: one screen that says what was read, what does not add up, and what to ask for."""

from __future__ import annotations

from extractor.findings import Note, Severity
from extractor.redact import redact
from extractor.render.terminal import Paint, pad, width, wrap
from extractor.render.words import (
    INTERNAL,
    KINDS,
    PROPOSAL,
    SEVERITIES,
    by_severity,
    counts_checked,
    counts_read,
    one_line,
    own_result,
    reason,
    recomputed_result,
    unit_name,
    year,
)
from extractor.review import Review

_COLOURS: dict[Severity, str] = {"P0": "red", "P1": "yellow", "P2": "blue", "I": "dim"}
_VERDICTS = {"通过": "green", "修改后通过": "yellow", "退回重报": "red"}
_LABEL = 6


def summary(review: Review, columns: int, *, colour: bool = False) -> str:
    """The review for one person at one terminal of `columns`."""
    paint = Paint(colour)
    rule = paint("─" * columns, "dim")
    body = [rule, *_head(review, columns, paint), rule]
    groups = by_severity(review.notes)
    for level, notes in groups.items():
        if notes:
            body += ["", paint(f"{level} {SEVERITIES[level]} · {len(notes)}条", _COLOURS[level], "bold")]
            body += [_note(number, note, columns, paint) for number, note in enumerate(notes, 1)]
    if not any(groups.values()):
        body += ["", "没有审核意见。"]
    return "\n".join(body)


def _head(review: Review, columns: int, paint: Paint) -> list[str]:
    report, overall = review.report, review.overall
    read = (
        " · ".join(f"{name}{many}{unit}" for name, many, unit in counts_read(report) if many)
        or "没有读出数字或表格"
    )
    checked = " · ".join(f"{name}{many}" for name, many in counts_checked(review)) or "没有核查"
    own, again = own_result(report), recomputed_result(review)
    unit = f"{unit_name(report)}　{year(report)}{KINDS[report.kind]}"
    rows = [
        ("单位", redact(unit), ("bold",)),
        ("读到", read, ()),
        ("核查", checked, ()),
        ("自评", own or "总分和等级均未读出", ()),
        ("复算", again or "未能复算总分", ()),
        ("结论", f"{overall.verdict}（{PROPOSAL}）", (_VERDICTS[overall.verdict], "bold")),
        ("", redact(reason(review)), ()),
        *(("提醒", one_line(warning), ("yellow",)) for warning in review.run.warnings),
    ]
    return [
        _row(label, text, columns, paint, styles)
        for label, text, styles in rows
        if text
    ]  # fmt: skip


def _row(label: str, text: str, columns: int, paint: Paint, styles: tuple[str, ...]) -> str:
    lines = wrap(text, columns - _LABEL).split("\n")
    lead = paint(pad(label, _LABEL), "dim") if label else " " * _LABEL
    return "\n".join(
        [lead + paint(lines[0], *styles), *(" " * _LABEL + paint(line, *styles) for line in lines[1:])]
    )


def _note(number: int, note: Note, columns: int, paint: Paint) -> str:
    lead = f"{number:>3}  "
    indent = " " * width(lead)
    if note.code in INTERNAL:
        return wrap("内部提示：涉密事项待保密审查，内容不复述。", columns, lead)
    head = wrap(f"{redact(one_line(note.location))}  {note.code}", columns, lead)
    fact = wrap(redact(one_line(note.comment)), columns, indent)
    request = wrap(redact(one_line(note.action)), columns, indent + "→ ")
    return "\n".join(text for text in (paint(head, "bold"), fact, paint(request, "dim")) if text.strip())


def brief(review: Review, place: str, columns: int, *, colour: bool = False) -> str:
    """The review among many: its name, verdict and how many notes stand at each severity."""
    paint = Paint(colour)
    notes = " ".join(f"{level} {len(found)}" for level, found in by_severity(review.notes).items() if found)
    unit = f"{unit_name(review.report)}　{year(review.report)}{KINDS[review.report.kind]}"
    verdict = review.overall.verdict
    first = wrap(
        f"{place} {one_line(review.document.file_name)}  {redact(unit)}",
        columns,
        "",
        " " * (width(place) + 1),
    )
    second = wrap(f"{verdict}  {notes or '没有审核意见'}", columns, " " * (width(place) + 1))
    return f"{first}\n{paint(second, _VERDICTS[verdict])}"
