"""Boxes of a report's first page with one cell a line: 人员编制, 86, 实有人数, 145, 年初预算(万元), 2043.76."""

from __future__ import annotations

from functools import cache

from extractor.document import Document
from extractor.metrics import METRICS
from extractor.profiles.columns import clean_head, role_of
from extractor.segment.atoms import NUM, PCT, QTY, Atom, atom_of
from extractor.segment.forms import Builder, Form
from extractor.segment.lines import Line, head_role, is_heading, is_title
from extractor.segment.pairs import note_unit

_HEAD = 16  # lines of a form's head
_LEAST = 3  # pairs; fewer are lines of something else
_LONGEST_LABEL = 16
_UNITS = frozenset(("人", "万元", "%", "个"))


@cache
def _labels() -> frozenset[str]:
    return frozenset(name for m in METRICS if m.unit in _UNITS for name in (m.name, *m.aliases))


def is_label(text: str) -> bool:
    """Whether a line says no more than what the number below it is."""
    return len(text) <= _LONGEST_LABEL and clean_head(text) in _labels()


def paired_end(document: Document, lines: list[Line], first: int) -> tuple[int, list[list[Atom]] | None]:
    """One past the last line of the run of labels and numbers that begins at line `first`, and its pairs if they are a box."""
    pairs: list[list[Atom]] = []
    known, end, i = 0, first + 1, first
    while (label := _next(lines, i)) is not None and (at := _next(lines, label + 1)) is not None:
        told, value = lines[label].text, atom_of(document, [(lines[at].start, lines[at].end)])
        numeric = bool(value.kind & (NUM | PCT | QTY))
        if not (is_label(told) and numeric) and (not pairs or not _is_words(told, lines[at].text)):
            break
        pairs.append([atom_of(document, [(lines[label].start, lines[label].end)]), value])
        known += numeric and is_label(told)
        i = at + 1
        if numeric:
            end = i
    if _in_form(lines, first, end):
        return end, None
    return end, [pair for pair in pairs if pair[1].end <= lines[end - 1].end] if known >= _LEAST else None


def _in_form(lines: list[Line], first: int, end: int) -> bool:
    """Whether the pairs stand in the head of a project's form: its name above them, the heads of its indicators below."""
    below = _next(lines, end)
    if below is None or head_role(lines[below].text) is None:
        return False
    near = [line.text for line in lines[max(0, first - _HEAD) : first] if line.cls == "p"]
    return any(role_of("head", text) == "project_name" for text in near)


def _next(lines: list[Line], i: int) -> int | None:
    """The next line that says something, where it can be a cell of the box."""
    while i < len(lines) and lines[i].cls == "B":
        i += 1
    if i >= len(lines) or lines[i].cls != "p" or is_heading(lines[i].text) or is_title(lines[i].text):
        return None
    return i


def _is_words(label: str, value: str) -> bool:
    """职能职责概述 and what is said of it, or 联系人 and a name: a box holds such pairs between its numbers."""
    return len(label) <= _LONGEST_LABEL and not any(c in label for c in "。,;:0123456789") and bool(value)


def read_pairs(rows: list[list[Atom]]) -> list[Form]:
    """The one form of a box."""
    builder = Builder()
    for label, value in rows:
        builder.grid([label, value])
        note_unit(builder.form, [label])
        if value.kind & (NUM | PCT | QTY):
            builder.form.pairs.append(("box", label, value, None))
    return builder.close()
