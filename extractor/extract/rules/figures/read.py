"""The order of reading: quantities, their governing words, what each means, whose and of which year."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from extractor.amounts import base_value
from extractor.document import Document, Passage, Section, Span, fold, slices
from extractor.extract.rules.figures import clauses, people, ratings, traps
from extractor.extract.rules.figures.chains import settle_chains
from extractor.extract.rules.figures.lists import settle_lists
from extractor.extract.rules.figures.marks import FigureContext, Line, Mark, Reading, evidence_of, printed
from extractor.extract.rules.figures.money import read_money
from extractor.extract.rules.figures.names import Names, name_of_title
from extractor.extract.rules.figures.openings import budgeted_names, headings_in, opening_names
from extractor.extract.rules.figures.periods import period_of
from extractor.extract.rules.figures.scope import State, subject_of
from extractor.extract.rules.figures.subjects import NOTHING, Subject, governs, subjects_of
from extractor.patterns import lazy
from extractor.schema import Amount, Figure, Stage

_DIGITS_BELOW = lazy(r"[ \u3000]*\n\s*(?:-\s*\d{1,3}\s*-\s*\n\s*)?\d")
_HALVED = 0.5
_COMPARATOR = lazy(
    r"(≥|≤|>|<|=|不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|高于|低于|超过|约|近|至少|超) ?$"
)
_SIGNS = {
    "不低于": "≥", "不少于": "≥", "至少": "≥", "大于等于": "≥", "不高于": "≤", "不超过": "≤", "小于等于": "≤", "大于": ">", "高于": ">",
    "小于": "<", "低于": "<", "超过": ">", "超": ">", "近": "约",
}  # fmt: skip
_COMPARES = frozenset("≥≤><=于少高过约近超 ")  # what the words of _COMPARATOR end with
_BOUNDED = frozenset("及以左余")
_TAIL = lazy(r"(?:及)?(以上|以下|以内|左右|余)")
_FULL_STOP = lazy(r"\.(?!\d)(?:(?<=[^\x00-\x7f\u3001\u3002]\.)|(?<=[)%\"]\.))")
_TORN = (",", "、", "。", ";", ")", "%", ".", "元", "万元", "亿元", "人")
_GAP = 4  # line ends and blanks between two halves of a sentence
_SPACE = lazy(r"\s+")
_HEADING_NUMBER = lazy(r"^[\s#*]*(?:\(?[一二三四五六七八九十\d]+[)、.])?\s*")


def read_figures(
    document: Document, passages: Sequence[Passage], sections: Sequence[Section], context: FigureContext
) -> list[Figure]:
    """Every figure of the prose, in text order, with ids q1, q2 …; quantities that mean nothing to the report are `other`."""
    spoken = (*context.other_names, *_spoken(passages, sections, context))
    names = Names(context.project_names, passages, sections, spoken)
    subject = context.subject or subject_of(document, names)
    state = State(names, subject, context.fiscal_year, context.about_project)
    about = _governing(subjects_of(sections, names, context.about_project), passages)
    titles = {section.id: (section.title, _plain(section.title)) for section in sections}
    figures: list[Figure] = []
    could_be: dict[int, tuple[Stage, ...]] = {}
    unit: str | None = None
    last: Passage | None = None
    entered: Passage | None = None
    taken = _Places(context.taken)
    for passage in passages:
        text = passage.text
        unit = traps.caption_unit(text) or unit
        before, last = last, passage
        if not traps.may_hold_quantities(text) and not ratings.may_hold_grade(text):
            continue
        line = _line(document, passage, titles.get(passage.section, ("", "")), unit)
        if not line.marks:
            continue
        torn = before is not None and _broken_off(before, passage)
        if torn and before is entered and _near(before, passage):
            state.go_on(line)
        else:
            told = about.get(passage.section, NOTHING)
            state.enter(line, told._replace(project=told.project or _headed(before, passage, names)))
            state.torn = torn or _is_torn(text)
        entered = passage
        for mark in line.marks:
            reading = _reading(line, mark, state)
            if reading is not None and not taken.hold(passage, mark):
                if reading.open:
                    could_be[len(figures)] = reading.open
                figures.append(_figure(document, passage, mark, reading, state, len(figures), context.tabled))
    return settle_chains(settle_lists(figures, could_be, context.project_money))


def _spoken(
    passages: Sequence[Passage], sections: Sequence[Section], context: FigureContext
) -> Iterator[str]:
    """Names of projects that sentences begin with; what is budgeted under one project's heading is a part of it."""
    alone = context.about_project or context.subject is not None
    headed = {s.id for s in sections if alone or name_of_title(s.title) is not None}
    for passage in passages:
        text = passage.text
        if traps.may_hold_quantities(text):
            found = opening_names(text)
            if passage.section not in headed:
                found = chain(found, budgeted_names(text))
            yield from (text[start:end] for start, end in found)


def _governing(about: dict[str, Subject], passages: Sequence[Passage]) -> dict[str, Subject]:
    """`about` without the kinds of money that their sections do not keep to."""
    texts: dict[str, str] = {}
    for passage in passages:
        if about.get(passage.section, NOTHING).topic is not None:
            texts[passage.section] = texts.get(passage.section, "") + passage.text + "。"
    wide = (section for section, text in texts.items() if not governs(about[section].topic or "", text))
    return about | {section: about[section]._replace(topic=None) for section in wide}


def _broken_off(before: Passage, passage: Passage) -> bool:
    """Whether `passage` goes on with a sentence of `before` that a break cuts, so that both speak of the same."""
    text = before.text.rstrip()
    if before.section != passage.section or len(text) < 20 or not ("," in text or "。" in text):
        return False
    return (text[-1].isalnum() or text[-1] in ",、(.") and passage.text[:1] not in "(一二三四五六七八九十#*"


def _is_torn(text: str) -> bool:
    """Whether a passage can only be the rest of a sentence."""
    return text.startswith(_TORN) or (text[:2].isdigit() and text.startswith("万元,", 2))


def _near(before: Passage | None, passage: Passage) -> bool:
    """Whether nothing but a line end stands between two passages."""
    if before is None:
        return False
    _, start, length = before.pieces[-1]
    return passage.pieces[0][1] - start - length <= _GAP


def _headed(before: Passage | None, passage: Passage, names: Names) -> str | None:
    """The project that the line above names where that line is nothing but its name."""
    if before is None or before.section != passage.section or not 4 <= len(before.text) <= 40:
        return None
    name = name_of_title(before.text)
    if name is None or name != _plain(before.text) or before.text[-1] in "。;,!?":
        return None
    return names.canonical(name)


class _Places:
    """Places of the document that other records hold."""

    def __init__(self, places: Sequence[tuple[int, int]]) -> None:
        self.starts = [start for start, _ in places]
        self.ends = list(accumulate((end for _, end in places), max))

    def hold(self, passage: Passage, mark: Mark) -> bool:
        """Whether `mark` begins inside one of them."""
        if not self.starts:
            return False
        start = passage.parts(mark.start, mark.end)[0][0]
        at = bisect_right(self.starts, start)
        return at > 0 and start < self.ends[at - 1]


def _line(document: Document, passage: Passage, title: tuple[str, str], unit: str | None) -> Line:
    """The passage with its marks located; grade words stand among the quantities."""
    text = passage.text
    if "." in text:
        text = _FULL_STOP.sub("。", text)
    line = Line(text, text, False, title[0])
    line.marks = traps.marks_of(text, unit)
    graded = ratings.may_hold_grade(text)
    if not line.marks and not graded:
        return line
    line.cuts = headings_in(text)
    line.heading = bool(title[0]) and len(text) < 80 and _plain(text) == title[1]
    if "(" in text or '"' in text or "《" in text:
        line.raw = printed(document, passage)
        clauses.pair(line)
    for i in range(len(line.marks)):
        clauses.locate(line, i)
    clauses.share_out(line)
    if graded:
        for start, end, label_start, label_end in ratings.grades_of(line):
            mark = Mark(start, end, None, None, 0)
            mark.grade = True
            mark.label, mark.label_start, mark.label_end = text[label_start:label_end], label_start, label_end
            mark.sentence = text.rfind("。", 0, start) + 1
            mark.before = text[mark.sentence : start][-400:]
            line.marks.append(mark)
        line.marks.sort(key=lambda m: m.start)
    return line


def _reading(line: Line, mark: Mark, state: State) -> Reading | None:
    if mark.money:
        clauses.relate(mark)
    member = state.at(line, mark)
    if line.heading and not mark.money:
        return None
    mark.period = period_of(mark, state.fiscal_year)
    if mark.grade:
        vague = state.nameless and "整体" not in mark.before
        reading = Reading("other" if vague else "grade", "score", 0.5 if vague else 1.0, state.scope)
    elif mark.money or mark.unit in ("元/人", "元/月", "元/次", "元/天", "元/年"):
        reading = read_money(line, mark, state, member)
    elif mark.unit in ("%", "‰", "百分点", "个百分点"):
        reading = ratings.read_rate(line, mark, state)
    elif mark.unit == "分":
        reading = ratings.read_score(line, mark, state)
    elif mark.unit in people.STAFF_UNITS or (mark.unit == "个" and "编制" in mark.label and not mark.right):
        reading = people.read_staff(mark, state)
    elif mark.unit in people.COUNT_UNITS:
        reading = people.read_count(mark, state, state.title)
    else:
        reading = Reading("other", "other", 0.8)
    if (
        reading.stage == "exec"
        and state.fiscal_year is not None
        and mark.period == str(state.fiscal_year - 1)
    ):
        reading = Reading(reading.metric, "prev_final", reading.confidence, reading.scope)
    state.told(mark, reading)
    return reading


def _figure(
    document: Document,
    passage: Passage,
    mark: Mark,
    reading: Reading,
    state: State,
    before: int,
    tabled: Sequence[int],
) -> Figure:
    text, label = document.text, ""
    if len(passage.pieces) == 1:
        at, source, _ = passage.pieces[0]
        shift = source - at
        span = Span(start=mark.start + shift, end=mark.end + shift)
        raw = text[span.start : span.end]
        if mark.label_end > mark.label_start:
            label = "".join(text[mark.label_start + shift : mark.label_end + shift].split())
    else:
        span = passage.span(mark.start, mark.end)
        raw = slices(text, span)
        if mark.label_end > mark.label_start:
            parts = passage.parts(mark.label_start, mark.label_end)
            label = "".join("".join(text[a:b] for a, b in parts).split())
    amount = Amount(
        raw=raw,
        value=mark.value,
        unit=mark.unit,
        decimals=mark.decimals,
        comparator=None if mark.grade else _comparator(passage.text, mark),
        base_value=None if mark.value is None else base_value(mark.value, mark.unit),
    )
    return Figure(
        id=f"q{before + bisect_right(tabled, span.start) + 1}",
        metric=reading.metric,
        label=label,
        scope=reading.scope or state.scope,
        stage=reading.stage,
        period=mark.period,
        amount=amount,
        span=span,
        section=passage.section or None,
        evidence=evidence_of(
            min(reading.confidence, _HALVED) if _goes_on(text, raw, span) else reading.confidence
        ),
    )


def _goes_on(text: str, raw: str, span: Span) -> bool:
    """Whether a bare number ends its line and, past a page's number, the next line begins with digits: it may be one of two halves."""
    return raw[-1:].isdigit() and _DIGITS_BELOW.match(text, span.end) is not None


def _comparator(text: str, mark: Mark) -> str | None:
    start, end = mark.start, mark.end
    if start and text[start - 1] in _COMPARES:
        before = _COMPARATOR.search(text, max(0, start - 5), start)
        if before:
            return _SIGNS.get(before[1], before[1])
    if text[end : end + 1] in _BOUNDED:
        after = _TAIL.match(text, end)
        if after:
            return {"左右": "约", "以内": "以下"}.get(after[1], after[1])
    return "余" if text.find("余", start, end) > start else None


def _plain(title: str) -> str:
    return _SPACE.sub("", _HEADING_NUMBER.sub("", fold(title))).rstrip("。:")
