"""The order of reading: quantities, their governing words, what each means, whose and of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.amounts import base_value
from extractor.document import Document, Passage, Section, fold, slices
from extractor.extract.rules.figures import clauses, people, ratings, traps
from extractor.extract.rules.figures.marks import FigureContext, Line, Mark, Reading, printed
from extractor.extract.rules.figures.money import read_money
from extractor.extract.rules.figures.names import Names
from extractor.extract.rules.figures.periods import period_of
from extractor.extract.rules.figures.scope import State, heading_scopes, subject_of
from extractor.schema import Amount, Evidence, Figure

_COMPARATOR = re.compile(
    r"(≥|≤|>|<|=|不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|高于|低于|超过|约|近|至少|超) ?$"
)
_SIGNS = {
    "不低于": "≥", "不少于": "≥", "至少": "≥", "大于等于": "≥", "不高于": "≤", "不超过": "≤", "小于等于": "≤", "大于": ">", "高于": ">",
    "小于": "<", "低于": "<", "超过": ">", "超": ">", "近": "约",
}  # fmt: skip
_TAIL = re.compile(r"(?:及)?(以上|以下|以内|左右|余)")
_FULL_STOP = re.compile(r"(?<=[^\x00-\x7f\u3001\u3002])\.(?!\d)|(?<=[)%\"])\.(?!\d)")
_SPACE = re.compile(r"\s+")
_HEADING_NUMBER = re.compile(r"^[\s#*]*(?:\(?[一二三四五六七八九十\d]+[)、.])?\s*")


def read_figures(
    document: Document, passages: Sequence[Passage], sections: Sequence[Section], context: FigureContext
) -> list[Figure]:
    """Every figure of the prose, in text order, with ids q1, q2 …; quantities that mean nothing to the report are `other`."""
    names = Names(context.project_names, passages, sections)
    subject = context.subject or subject_of(document, names)
    state = State(names, subject, context.fiscal_year, scope=subject)
    scopes = heading_scopes(sections, names)
    titles = {section.id: section.title for section in sections}
    figures: list[Figure] = []
    unit: str | None = None
    for passage in passages:
        text = passage.text
        unit = traps.caption_unit(text) or unit
        if not traps.may_hold_quantities(text) and not ratings.may_hold_grade(text):
            continue
        line = _line(document, passage, titles.get(passage.section, ""), unit)
        if not line.marks:
            continue
        state.enter(line, *scopes.get(passage.section, (None, None)))
        for mark in line.marks:
            reading = _reading(line, mark, state)
            if reading is not None:
                figures.append(_figure(document, passage, mark, reading, state, len(figures) + 1))
    return figures


def _line(document: Document, passage: Passage, title: str, unit: str | None) -> Line:
    """The passage with its marks located; grade words stand among the quantities."""
    text = passage.text
    if "." in text:
        text = _FULL_STOP.sub("。", text)
    line = Line(text, text, False, title)
    line.marks = traps.marks_of(text, unit)
    graded = ratings.may_hold_grade(text)
    if not line.marks and not graded:
        return line
    line.heading = bool(title) and len(text) < 80 and _plain(text) == _plain(title)
    if "(" in text or '"' in text or "《" in text:
        line.raw = printed(document, passage)
        clauses.pair(line)
    for i in range(len(line.marks)):
        clauses.locate(line, i)
    clauses.share_out(line)
    if graded:
        for start, end, label_start, label_end in ratings.grades_of(line):
            sentence = text.rfind("。", 0, start) + 1
            before, label = text[sentence:start][-400:], text[label_start:label_end]
            mark = Mark(
                start,
                end,
                None,
                None,
                0,
                label=label,
                label_start=label_start,
                label_end=label_end,
                before=before,
                sentence=sentence,
            )
            mark.grade = True
            line.marks.append(mark)
        line.marks.sort(key=lambda m: m.start)
    return line


def _reading(line: Line, mark: Mark, state: State) -> Reading | None:
    member = state.at(line, mark)
    if line.heading and not mark.money:
        return None
    if mark.grade:
        reading = Reading("grade", "score", 1.0, state.scope)
    elif mark.money or mark.unit in ("元/人", "元/月", "元/次", "元/天", "元/年"):
        reading = read_money(line, mark, state, member)
    elif mark.unit in ("%", "‰", "百分点", "个百分点"):
        reading = ratings.read_rate(line, mark, state)
    elif mark.unit == "分":
        reading = ratings.read_score(line, mark, state)
    elif mark.unit in people.STAFF_UNITS or (mark.unit == "个" and "编制" in mark.label and not mark.right):
        reading = people.read_staff(mark, state)
    elif mark.unit in people.COUNT_UNITS:
        reading = people.read_count(mark, state, line.title)
    else:
        reading = Reading("other", "other", 0.8)
    state.told(mark, reading)
    return reading


def _figure(
    document: Document, passage: Passage, mark: Mark, reading: Reading, state: State, number: int
) -> Figure:
    span = passage.span(mark.start, mark.end)
    label = ""
    if mark.label_end > mark.label_start:
        label = "".join(
            "".join(document.text[a:b] for a, b in passage.parts(mark.label_start, mark.label_end)).split()
        )
    amount = Amount(
        raw=slices(document.text, span),
        value=mark.value,
        unit=mark.unit,
        decimals=mark.decimals,
        comparator=None if mark.grade else _comparator(passage.text, mark),
        base_value=None if mark.value is None else base_value(mark.value, mark.unit),
    )
    period = period_of(mark, state.fiscal_year)
    stage = reading.stage
    return Figure(
        id=f"q{number}",
        metric=reading.metric,
        label=label,
        scope=reading.scope or state.scope,
        stage=stage,
        period=period,
        amount=amount,
        span=span,
        section=passage.section or None,
        evidence=_evidence(reading.confidence),
    )


def _comparator(text: str, mark: Mark) -> str | None:
    before = _COMPARATOR.search(text, max(0, mark.start - 5), mark.start)
    if before:
        return _SIGNS.get(before[1], before[1])
    after = _TAIL.match(text, mark.end)
    if after:
        return {"左右": "约", "以内": "以下"}.get(after[1], after[1])
    return "余" if text[mark.start : mark.end].find("余") > 0 else None


@lru_cache(maxsize=32)
def _evidence(confidence: float) -> Evidence:
    return Evidence(confidence=confidence, certain=confidence >= 0.9)


def _plain(title: str) -> str:
    return _SPACE.sub("", _HEADING_NUMBER.sub("", fold(title))).rstrip("。:")
