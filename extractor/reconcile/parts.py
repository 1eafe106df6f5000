"""What the parts of a report are for, as their headings or a model say, and whether problems and measures are written of at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from extractor.document import Section, SectionRole, Span
from extractor.patterns import lazy
from extractor.reconcile.case import Case, bare_name, squeeze
from extractor.reconcile.memo import per_case
from extractor.reconcile.rows import text_of
from extractor.reconcile.values import Words
from extractor.schema import Indicator

ANALYSIS: frozenset[SectionRole] = frozenset(("problems", "measures"))
_TELLING: frozenset[SectionRole] = frozenset(
    ("overview", "goal", "funds", "work", "analysis", "results", "conclusion")
)
_CLOSING: frozenset[SectionRole] = frozenset(("application", "notes", "annex"))
# Problems and measures told under another heading.
_TOLD = lazy(
    r"问题|不足|困难|短板|薄弱|差距|欠缺|有待|不够|原因|改进|整改|措施|建议|下一?步|今后|偏差|未完成|未达"
)
_LEAST_TELLING, _LEAST_PROSE, _SHORT_NAME = 3, 800, 4


@per_case
def roles(case: Case) -> dict[str, SectionRole]:
    """The role of every section by its id; one whose heading names none has that of the section it stands in.

    A model that takes a section for problems or measures may acquit a report; whatever else it says stands for nothing here.
    """
    out: dict[str, SectionRole] = {}
    for section in case.report.sections:
        believed = section.role_engine == "rules" or section.role in ANALYSIS
        above = out.get(section.parent or "", "other")
        out[section.id] = section.role if believed else "other" if above == "title" else above
    return out


def role_at(case: Case, span: Span) -> SectionRole:
    """The role of the section that a place lies in."""
    section = case.section_at(span)
    return "other" if section is None else roles(case)[section.id]


def naming(case: Case, rows: Iterable[Indicator]) -> set[SectionRole]:
    """The roles of the sections whose sentences name the indicator of one of the rows."""
    names = {
        bare
        for row in rows
        if len(bare := bare_name(text_of(row.level3) or text_of(row.level2))) >= _SHORT_NAME
    }
    return {role for role, text in _written(case) if any(name in text for name in names)}


@per_case
def _written(case: Case) -> list[tuple[SectionRole, str]]:
    """What stands in the sentences of all sections of one role, in bare words."""
    found = roles(case)
    texts: dict[SectionRole, list[str]] = {}
    for section in case.report.sections:
        if section.level:
            words = case.words(section.span.start, end_of(case, section))
            texts.setdefault(found[section.id], []).append(bare_name(words))
    return [(role, "\n".join(own)) for role, own in texts.items()]


def end_of(case: Case, section: Section) -> int:
    """Where the sentences of a section end: at its first table, or with it."""
    starts = _tables(case)
    at = bisect_left(starts, section.span.start)
    return min(starts[at], section.span.end) if at < len(starts) else section.span.end


@per_case
def _tables(case: Case) -> list[int]:
    return sorted(table.span.start for table in case.report.tables)


def without_analysis(case: Case) -> tuple[Words | None, list[Words]]:
    """The last telling chapter of a whole report that nowhere writes of problems or measures, and the chapters of unknown use."""
    found = roles(case)
    if ANALYSIS & set(found.values()) or case.report.kind not in ("department", "project", "summary"):
        return None, []
    telling = [s for s in case.report.sections if found[s.id] in _TELLING and s.level == 1]
    if len({s.role for s in telling}) < _LEAST_TELLING or len(case.prose_text) < _LEAST_PROSE:
        return None, []
    if _TOLD.search(case.prose_text):
        return None, []
    last = telling[-1]
    if not any(found[s.id] in _CLOSING for s in case.report.sections if s.span.start > last.span.start):
        return None, []  # the end may be cut off
    return heading(last), list(_unknown(case))


def _unknown(case: Case) -> Iterator[Words]:
    """Chapters whose own heading does not say what they are for."""
    for section in case.report.sections:
        if section.level == 1 and section.role_engine != "rules" and section.title:
            yield heading(section)


def heading(section: Section) -> Words:
    """A heading as a check names it."""
    end = section.span.start + len(section.number) + len(section.title) + 1
    name = squeeze(section.number + section.title)
    return Words(None, name, (Span(start=section.span.start, end=min(end, section.span.end)),), True)
