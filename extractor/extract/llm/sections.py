"""Sections whose heading does not say what they are for: a model says it, the section's own words must bear it out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import Document, Section, SectionRole, fold
from extractor.extract.llm.answers import SectionUses
from extractor.extract.llm.choices import SECTION_ROLES
from extractor.patterns import lazy
from extractor.records import replace

_SHOWN, _LEAST, _MOST, _DEEPEST, _QUOTED = 48, 20, 16, 2, 30
_SPACE = lazy(r"\s+")
# What a section of some use cannot do without; a role that no word of the section carries is not believed.
_CARRIED: dict[SectionRole, re.Pattern[str]] = {
    "overview": lazy(r"职责|职能|编制|机构|成立|下设|内设|位于|负责|立项|背景|依据|实施单位|项目"),
    "goal": lazy(r"目标|指标|任务|计划"),
    "funds": lazy(r"\d\s*[万亿]?元"),
    "work": lazy(r"自评|评价|小组|组织|方法|程序|收集|核实|打分"),
    "analysis": lazy(r"完成|实现|达到|达标|完成率|满意"),
    "results": lazy(r"成效|成果|完成|取得|获得|荣获|提升|改善|增强|建成"),
    "conclusion": lazy(r"得分|评分|等级|等次|结论|为优|为良"),
    "problems": lazy(r"问题|困难|短板|薄弱|滞后|制约|压力|原因|低于|有待|[未没缺欠差难慢迟漏错乱]|不(?!断)"),
    "measures": lazy(r"措施|建议|改进|整改|完善|加强|加大|强化|优化|规范|健全|提前|细化|下一步|今后|将"),
    "application": lazy(r"应用|运用|公开|公示|挂钩|网站|通报"),
    "annex": lazy(r"表|附"),
    "notes": lazy(r"说明|无"),
}


class Unnamed(NamedTuple):
    """A section that the rules could not name, with all below it: `[start, end)` and its folded words behind the heading."""

    section: Section
    title: str
    start: int
    end: int
    text: str


def unnamed(document: Document, sections: Sequence[Section]) -> tuple[Unnamed, ...]:
    """The outermost chapters without a role that stand in no section with one, and say something."""
    above = {section.id: section.parent for section in sections}
    named = {section.id for section in sections if section.role not in ("other", "title")}
    out: list[Unnamed] = []
    for at, section in enumerate(sections):
        if not 0 < section.level <= _DEEPEST or section.role != "other" or not section.title:
            continue
        if {*named, *(each.section.id for each in out)} & _ancestors(section.id, above):
            continue
        below = [s for s in sections[at + 1 :] if section.id in _ancestors(s.id, above)]
        end = below[-1].span.end if below else section.span.end
        words = _SPACE.sub("", document.folded[section.span.start : end])
        title = _SPACE.sub("", fold(section.title))
        body = words.split(title, 1)[-1]
        if len(body) >= _LEAST and title not in {each.title for each in out}:
            out.append(Unnamed(section, title, section.span.start, end, body))
    return tuple(out[:_MOST])


def _ancestors(section_id: str, above: dict[str, str | None]) -> set[str]:
    out: set[str] = set()
    parent = above[section_id]
    while parent is not None:
        out.add(parent)
        parent = above[parent]
    return out


def shown(found: Sequence[Unnamed]) -> str:
    """The headings with the beginning of what stands under them, counted."""
    return "\n".join(f"⟦{n}⟧{each.title}：{each.text[:_SHOWN]}" for n, each in enumerate(found, 1))


def with_roles(
    sections: Sequence[Section], found: Sequence[Unnamed], answer: SectionUses
) -> tuple[tuple[Section, ...], list[str]]:
    """The sections with the roles of an answer that their words carry, one each, and what was refused."""
    asked, count = {each.title: each for each in found}, Counter(item.t for item in answer.r)
    refused: list[str] = []
    roles: dict[str, SectionRole] = {}
    for item in answer.r:
        each, role = asked.get(item.t), SECTION_ROLES[item.u]
        reason = _wrong(each, role, count[item.t])
        if reason:
            refused.append(f"{item.t[:_QUOTED]} {item.u}：{reason}")
        elif each is not None and role != "other":
            roles[each.section.id] = role
    changed = (
        replace(section, role=roles[section.id], role_engine="llm") if section.id in roles else section
        for section in sections
    )
    return tuple(changed), refused


def _wrong(each: Unnamed | None, role: SectionRole, many: int) -> str | None:
    if each is None:
        return "没有这一节"
    if many > 1:
        return "同一节有多个用途"
    return None if role == "other" or _CARRIED[role].search(each.text) else "节内文字没有这层意思"
