"""INT-01 and FMT-01: the numbered chapters of a report, which of them are empty, and which numbers are missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extractor.amounts import CN_DIGITS, chinese_value
from extractor.document import Section, fold
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case, squeeze
from extractor.reconcile.memo import per_case
from extractor.reconcile.parts import without_analysis
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import numbered, spot
from extractor.reconcile.runin import run_in
from extractor.reconcile.values import Words

_FORMS = frozenset(("self_evaluation", "project_summary", "base_data"))
_ANNEX = lazy(r"^附(?:件|表|\d|:)|表(?:\([^)]*\))?$")
# A chapter of this kind is told in sentences; a form printed below it is an annex.
_TOLD = lazy(r"应用|公开|问题|原因|措施|建议|打算|经验|做法|概况|组织")
# What a unit may leave empty where it has nothing to say.
_OPTIONAL = lazy(r"^其[他它](?:需要|应当|有关|方面)?.{0,6}(?:说明|情况|事项|问题).{0,6}$|^附|^无$")
# How the chapters of these reports are called; an item of a numbered list is called otherwise.
_CALLED = lazy(
    r"(?:情况|分析|问题|原因|措施|建议|结论|应用|公开|概况|经验|做法|打算|结果|得分|情况的?说明)(?:\([^)]*\))?$"
)
_CAPTION = lazy(r"^[^。;]{0,60}表[^。;]{0,80}$")
_HASHES = lazy(
    r"^(#{1,6}) *(?:(\([一二三四五六七八九十]{1,3}\))|[一二三四五六七八九十]{1,3}、)", re.MULTILINE
)
_LONGEST_TITLE, _LEAST_BODY, _LEAST_LEAD = 45, 20, 100
_LEAST_WRITTEN, _MOST_NAMED = 2, 3
_ONES, _TEN = "一二三四五六七八九", 10


class Chapter(NamedTuple):
    """A heading with a Chinese number: where it stands, and what is printed under it before any annex."""

    number: int
    heading: Words
    body: str
    nested: bool
    closing: bool

    @property
    def written(self) -> bool:
        """Whether something is said under the heading."""
        return self.nested or len(self.body) >= _LEAST_BODY


@per_case
def chapters(case: Case) -> list[Chapter]:
    """The chapters 一、 二、 … whose headings stand as they were read, in the order printed."""
    sections, out = case.report.sections, []
    for at, section in enumerate(sections):
        number = _ordinal(section.number) if section.level == 1 and "、" in section.number else None
        heading = None if number is None else _heading(case, section)
        if number is None or heading is None:
            continue
        after = sections[at + 1] if at + 1 < len(sections) else None
        nested = after is not None and not _ends(section, after)
        body = _body(case, section, heading.spans[0].end)
        out.append(Chapter(number, heading, body, nested, after is None and not body))
    return out


def _ordinal(number: str) -> int | None:
    digits = number.strip("、.．()（） ")
    value = None if not digits or digits.strip(CN_DIGITS) else chinese_value(digits)
    return None if value is None else int(value)


def _ends(section: Section, after: Section) -> bool:
    """Whether the section after a chapter is no part of it: the next chapter, or an annex of a chapter of sentences."""
    if after.level > 1:
        return False
    annex = _ANNEX.search(fold(squeeze(after.number + after.title)))
    return bool(_ordinal(after.number) or (annex and _TOLD.search(section.title)))


def _heading(case: Case, section: Section) -> Words | None:
    text, start = case.document.text, section.span.start
    at = text.find(section.title, start, start + len(section.number) + len(section.title) + 40)
    if not section.title or at < 0:
        return None
    first = max(text.rfind(section.number, start, at), start)
    return spot(first, at + len(section.title), squeeze(section.number + section.title))


def _body(case: Case, section: Section, start: int) -> str:
    """The text of a chapter after its heading, up to a form where the chapter is one of sentences."""
    end, form = section.span.end, section.span.end
    if _TOLD.search(section.title):
        form = min(
            (t.span.start for t in case.report.tables if t.kind in _FORMS and start <= t.span.start < end),
            default=end,
        )
    rest = case.words(start, form).strip("。:#*.-_|")
    return "\f" if form < end and (not rest or _CAPTION.match(rest)) else rest


@check("INT-01", "必备章节空缺", "P1", "没有以中文数字编号的章节")
def required_chapters(case: Case) -> Iterator[Check]:
    """Chapters with nothing under their heading, and a whole report without a word on problems or measures (asked about at P2)."""
    yield from _empty(case)
    last, unknown = without_analysis(case)
    if last is not None and unknown:
        told = "、".join(f"“{each.role}”" for each in unknown[:_MOST_NAMED])
        yield unverified("INT-01", f"未见问题与改进措施的章节，{told}的用途未能判明，请人工核对")
    elif last is not None:
        yield line("INT-01", "fail", {"after": last}, severity="P2", reason="没有问题与改进措施的章节")


def _empty(case: Case) -> Iterator[Check]:
    """A chapter whose heading is printed with nothing under it, in a report whose other chapters are written."""
    found = chapters(case)
    if not found:
        yield from _empty_inside(case)
    empty = [each for each in found if not each.body.strip("\f") and not each.nested]
    if sum(each.written for each in found) < min(_LEAST_WRITTEN, max(1, len(found) - 1)):
        return
    if len(empty) > 2:
        yield unverified("INT-01", f"{len(empty)}个标题下均无文字，疑为目录或转换所致，请人工核对")
        return
    accused = [each.heading for each in empty if _lacks_words(case, each)]
    if accused:
        yield line("INT-01", "fail", numbered("text", accused))
    else:
        yield passed("INT-01", f"{len(found)}个章节下均有内容，或该章节可以不填")


def _empty_inside(case: Case) -> Iterator[Check]:
    """The one heading inside the line that another follows at once, where all others are written."""
    heads = run_in(case)
    empty = [before for before, after in pairwise(heads) if _follows(case, before.span.end, after.span.start)]
    if len(empty) == 1 and len(heads) > 2 * _LEAST_WRITTEN:
        span = empty[0].span
        if not _OPTIONAL.search(squeeze(empty[0].words).split("、", 1)[-1]):
            yield line("INT-01", "fail", {"text1": spot(span.start, span.end, empty[0].words)}, severity="P2")


def _follows(case: Case, end: int, start: int) -> bool:
    """Whether nothing but the rest of a title stands between two headings."""
    rest = case.document.folded[end:start].strip()
    return len(rest) < _LEAST_BODY and not any(character in "。,;:!? " for character in rest)


def _lacks_words(case: Case, chapter: Chapter) -> bool:
    """Whether an empty chapter is one that must be written, and neither cut off nor a line of a table of contents."""
    heading = fold(chapter.heading.role)
    title = heading.split("、", 1)[-1]
    if chapter.closing or len(title) > _LONGEST_TITLE or not _CALLED.search(title) or _OPTIONAL.search(title):
        return False
    return case.plain_text.count(heading) < 2


@check("FMT-01", "标题序号断裂或重复", "P2", "没有连续编号的章节")
def heading_numbers(case: Case) -> Iterator[Check]:
    """The numbers of the chapters follow one another, and headings of one kind stand on one level."""
    found = chapters(case) or _inside_lines(case)
    faults = [*_gaps(case, found), *_mixed_levels(case)]
    if faults:
        yield line("FMT-01", "fail", numbered("text", faults))
    elif len(found) > 2:
        yield passed("FMT-01", f"{len(found)}个章节编号连续")


def _inside_lines(case: Case) -> list[Chapter]:
    """The chapters of a text whose headings were run into its sentences."""
    listed = [(_ordinal(each.numeral), each) for each in run_in(case)]
    return [
        Chapter(number, spot(each.span.start, each.span.end, squeeze(each.words)), "", True, False)
        for number, each in listed
        if number is not None
    ]


def _gaps(case: Case, found: list[Chapter]) -> Iterator[Words]:
    """Missing and repeated numbers; a report whose numbers run backwards is several reports or none."""
    if len(found) < 3:
        return
    first, single = found[0], sum(each.number == 1 for each in found) < 2
    if 1 < first.number < _TEN and len(case.words(0, first.heading.spans[0].start)) >= _LEAST_LEAD:
        yield from _missing(case, range(1, first.number), first)
    for before, after in pairwise(found):
        if after.number == before.number and single and after.heading.role != before.heading.role:
            yield after.heading._replace(role=f"重复的“{after.heading.role}”")
        elif after.number > before.number + 1:
            yield from _missing(case, range(before.number + 1, after.number), after)


def _missing(case: Case, numbers: range, after: Chapter) -> Iterator[Words]:
    """The heading after a gap, when the missing numbers stand nowhere else in the text."""
    lost = [_numeral(number) for number in numbers if number < 2 * _TEN]
    lost = [numeral for numeral in lost if f"{numeral}、" not in case.plain_text]
    if lost and len(lost) < _TEN:
        yield after.heading._replace(role=f"“{after.heading.role}”之前缺“{'、'.join(lost)}”")


def _numeral(number: int) -> str:
    tens, ones = divmod(number, _TEN)
    return ("十" if tens else "") + (_ONES[ones - 1] if ones else "")


def _mixed_levels(case: Case) -> Iterator[Words]:
    """Headings of one kind of number with different marks of level, in a text that marks its levels."""
    if "\n#" not in case.document.folded:
        return
    marks: dict[bool, dict[str, Words]] = defaultdict(dict)
    for match in _HASHES.finditer(case.document.folded):
        kind = match[2] is not None
        end = case.document.folded.find("\n", match.start())
        role = squeeze(case.document.text[match.start() : end if end > 0 else match.end()].strip("# "))
        marks[kind].setdefault(match[1], spot(match.start(), match.end(), f"“{role[:24]}”与同类标题层级不同"))
    for levels in marks.values():
        if len(levels) > 1:
            yield list(levels.values())[1]
