"""Indicators written as sentences: `数量指标：开展培训目标12次，实际完成14次，分值10分，得分10分。`"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import Document, Passage
from extractor.extract.rules.cells import cell_of, label_points
from extractor.extract.rules.lexicon import holds
from extractor.extract.rules.sentence_clauses import Found, Place, indicators_in
from extractor.patterns import lazy
from extractor.schema import OVERALL, Cell, Indicator
from extractor.segment.atoms import Atom, atom_of

_NUMBER = r"(?:#{1,6}\s*|\*\*)?(?:\([一二三四五六七八九十\d]{1,2}\)|[①-⑩]|[一二三四五六七八九十\d]{1,2}[、.]|[-*·]\s*)?\s*"
_SCORED = r"\(\s*\d+(?:\.\d+)?\s*分?\s*\)"
_END = r"(?:完成)?(?:情况)?(?:分析)?\s*(?:\*\*)?$"
_LEVEL1_WORD = r"(?:(?:项目)?总?产出|效益|效果|满意度|成本|过程|投入)(?:类|性)?"
_LEVEL1 = lazy(
    rf"^{_NUMBER}(?P<name>{_LEVEL1_WORD}(?:指标\s*(?:{_SCORED})?|\s*{_SCORED}))\s*{_END}"
    rf"|^{_NUMBER}(?P<bare>{_LEVEL1_WORD})(?:完成情况|情况分析|完成情况分析)\s*$"
    rf"|^(?:\([一二三四五六七八九十\d]{{1,2}}\)|\d{{1,2}}[、.])\s*(?P<word>{_LEVEL1_WORD})\s*$"
)
_LEVEL2_WORD = (
    r"(?:数量|质量|时效|进度|成本|经济成本|社会成本|生态环境成本|生态成本|经济效益|社会效益|生态效益|环境效益|可持续(?:影响|发展|效益)?|社会公众满意度|"
    r"社会公众或服务对象满意度|服务对象满意度|受益对象满意度|满意度|服务对象|群众满意度|产出数量|产出质量|产出时效|产出成本)(?:类)?"
)
_LEVEL2 = lazy(
    rf"^{_NUMBER}(?P<name>{_LEVEL2_WORD}(?:指标)?\s*(?:{_SCORED})?)\s*(?:完成情况(?:分析)?)?\s*[:：]\s*"
)
_LEVEL2_HEAD = lazy(rf"^{_NUMBER}(?P<name>{_LEVEL2_WORD}指标\s*(?:{_SCORED})?)\s*{_END}")
_GLUED_LABEL = lazy(rf"{_LEVEL2_WORD}指标.")
_BEHIND = lazy(
    rf"^{_NUMBER}(?P<level3>[^,;:()]{{2,40}}(?:\([^()]*\))?)\((?P<name>{_LEVEL2_WORD}(?:指标)?)\)\s*[:，,]?\s*"
)
_OTHER_HEAD = lazy(r"^(?:#{1,6}\s*)?(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))\s*\S")
_TITLE = lazy(
    r"^(?P<before>.*?)(?:19|20)\d{2}\s*年?度?\s*(?P<name>[^,。\s]{0,40}?)(?:项目)?(?:支出)?(?:预算)?绩效(?:目标)?自评(?:价)?(?:总?报告|情况)"
)
_PROJECT = lazy(r"^(?P<name>.{4,40}?(?:项目|经费|专项|资金|补助|补贴|工程))$")
_PLACE = lazy(r"^(?:[^\W\x00-\x7f]{2,3}(?:自治)?(?:省|市|县|(?<![社园校景灌库山小片新])区))+(?=.{4})")
_GENERAL = lazy(
    r"^(?:项目|重点|主要|其他|部门|本|各|专项|整体|资金|预算)|概况|情况|管理|使用|安排|存在|整体|部门"
)
# A passage without any of these prints neither a label nor a target nor a value.
_WORTH = (
    "指标", "目标", "计划", "实际", "完成", "≥", "≤", ">", "<", "=", "不少于", "不低于", "不超过", "大于", "小于", "产出", "效益", "效果", "满意", "成本",
    "过程", "投入", "数量", "质量", "时效", "进度", "服务对象", "可持续",
)  # fmt: skip
_OWN_HEAD = lazy(
    rf"^{_NUMBER}(?P<name>[^,;:。]{{4,40}}?(?:项目|经费|专项|补助资金|专项资金|补贴|工程))(?:绩效)?(?:自评)?(?:目标)?(?:完成)?(?:情况|结果)?[。:]?$"
)


def read_sentences(document: Document, passages: Sequence[Passage]) -> list[Indicator]:
    """Indicator rows found in prose, in order; none when no sentence gives an indicator with its values."""
    reader = _Reader(document)
    for passage in passages:
        reader.passage(passage)
    return reader.out


class _Reader:
    """Walks the passages; headings and labels in front of clauses say whose and which indicators follow."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.out: list[Indicator] = []
        self.scope = OVERALL
        self.level1: Atom | None = None
        self.headed: Atom | None = None  # a 二级 label that is a heading of its own
        self.level2: Atom | None = None  # the label in front of the sentence at hand

    def passage(self, passage: Passage) -> None:
        text = passage.text
        if len(text) < 60:
            self.notice(text.strip())
        if not holds(text, _WORTH):
            return
        self.level2 = self.headed
        for start, end in _clauses(text):
            self.clause(passage, start, end)

    def notice(self, text: str) -> None:
        """A title or a heading may name the project; a heading of another kind ends the list of indicators."""
        title = _TITLE.match(text)
        if title is not None and self.scope == OVERALL and "整体" not in text:
            self.scope = _project_name(title) or self.scope
        heading = _OWN_HEAD.match(text)
        if heading is not None and _OTHER_HEAD.match(text) and not _GENERAL.search(heading["name"]):
            self.scope, self.level1, self.headed = heading["name"], None, None
        elif _OTHER_HEAD.match(text) and "指标" not in text and not _LEVEL1.match(text):
            self.headed = None
            if not text.startswith("("):
                self.level1 = None

    def atom(self, passage: Passage, start: int, end: int) -> Atom:
        return atom_of(self.document, passage.parts(start, end))

    def clause(self, passage: Passage, start: int, end: int) -> None:
        piece = passage.text[start:end]
        first = _LEVEL1.match(piece.rstrip(": "))
        if first is not None:
            group = next(g for g in ("name", "bare", "word") if first[g])
            self.level1 = self.atom(passage, start + first.start(group), start + first.end(group))
            self.level2 = self.headed = None
            return
        head = _LEVEL2_HEAD.match(piece.rstrip(": "))
        if head is not None:
            self.level2 = self.headed = self.atom(
                passage, start + head.start("name"), start + head.end("name")
            )
            return
        label = _LEVEL2.match(piece)
        behind = _BEHIND.match(piece) if label is None else None
        name: Place | None = None
        if label is not None:
            self.level2 = self.atom(passage, start + label.start("name"), start + label.end("name"))
            start += label.end()
        elif behind is not None:
            self.level2 = self.atom(passage, start + behind.start("name"), start + behind.end("name"))
            name = start + behind.start("level3"), start + behind.end("level3")
            start += behind.end()
        for found in _found(passage.text, start, end, name):
            if self.accepted(passage.text, found):
                self.out.append(self.row(passage, found))

    def accepted(self, text: str, found: Found) -> bool:
        """Precision first: what is missing must be made up for by a label, and without any label everything must be said."""
        scored = found.points is not None or found.score is not None
        if found.name is None or _GLUED_LABEL.match(text[slice(*found.name)]):
            return False
        if self.level2 is None:
            return found.keyed and found.actual is not None and scored
        if found.target is None:
            return scored
        return found.actual is not None or scored or self.level1 is not None

    def row(self, passage: Passage, found: Found) -> Indicator:
        row_id = f"i{len(self.out) + 1}"
        anchor = passage.parts(*found.name)[0][0] if found.name else 0

        def cell(place: Place | None, role: str) -> Cell:
            ranges = passage.parts(*place) if place is not None else [(anchor, anchor)]
            return cell_of(self.document, atom_of(self.document, ranges), f"{row_id}.{role}")

        def label(atom: Atom | None, role: str) -> Cell | None:
            return cell_of(self.document, atom, f"{row_id}.{role}") if atom is not None else None

        return Indicator(
            id=row_id,
            table="",
            scope=self.scope,
            level1=label(self.level1, "level1"),
            level1_points=label_points(self.level1.text) if self.level1 is not None else None,
            level2=label(self.level2, "level2"),
            level3=cell(found.name, "level3"),
            target=cell(found.target, "target"),
            actual=cell(found.actual, "actual"),
            points=cell(found.points, "points"),
            score=cell(found.score, "score"),
            reason=cell(found.reason, "reason"),
        )


def _found(text: str, start: int, end: int, name: Place | None) -> list[Found]:
    """The clause's indicators; `name` is the one printed in front of a bracketed label (`培训人数（数量指标）：目标…`)."""
    if name is None:
        return indicators_in(text, start, end)
    found = indicators_in(f"{text[:start]}{'指标'}{text[start:]}", start, end + 2)
    if len(found) != 1:
        return []
    only = found[0]
    only.name, only.target, only.actual = name, _back(only.target), _back(only.actual)
    only.points, only.score, only.reason = _back(only.points), _back(only.score), _back(only.reason)
    return found


def _back(place: Place | None) -> Place | None:
    return None if place is None else (place[0] - 2, place[1] - 2)


def _clauses(text: str) -> list[Place]:
    """Pieces between semicolons and full stops; brackets stay whole."""
    out, depth, at = [], 0, 0
    for i, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char in ";。" and depth <= 0:
            out.append((at, i))
            at = i + 1
    out.append((at, len(text)))
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in out if text[a:b].strip()]


def _project_name(title: re.Match[str]) -> str | None:
    """The project in a report's title, behind the year or between the place and the year."""
    for name in (title["name"], title["before"]):
        bare = _PLACE.sub("", name.strip("\"' "))
        match = _PROJECT.match(bare) or (
            _PROJECT.match(bare + "项目") if bare and bare == title["name"] and "项目" in title[0] else None
        )
        if match is not None and not _GENERAL.search(bare):
            return bare
    return None
