"""Indicators written as sentences: `数量指标：开展培训目标12次，实际完成14次，分值10分，得分10分。`"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import Document, Passage
from extractor.extract.rules.cells import cell_of, label_points
from extractor.schema import OVERALL, Cell, Indicator
from extractor.segment.atoms import Atom, atom_of

_LEVEL1 = re.compile(r"^(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十\d]{1,2}[、.])?\s*(?P<name>(?:总?产出|效益|效果|满意度|成本|过程|投入)(?:类|性)?指标(?:完成情况|情况)?\s*(?:\(\s*\d+(?:\.\d+)?\s*分?\s*\))?)(?:完成情况|情况)?[。:]?$")
_LEVEL2 = re.compile(r"^(?:\([一二三四五六七八九十\d]{1,2}\)|[①-⑩]|[一二三四五六七八九十\d]{1,2}[、.]|[-*·]\s*)?\s*(?P<name>(?:数量|质量|时效|进度|成本|经济成本|社会成本|生态环境成本|经济效益|社会效益|生态效益|可持续(?:影响|发展)?|社会公众满意度|服务对象满意度|满意度|服务对象|群众满意度)(?:指标)?(?:\(\s*\d+(?:\.\d+)?\s*分\s*\))?)[:]\s*")
_TARGET = r"(?:年度|年初|预期|计划|设定|全年)?(?:目标值?|指标值|计划值?|计划完成|年度指标值|应完成)(?:为|是|:|设定为|达到)?\s*"
_ACTUAL = r"(?:全年|年末|本年|截至年底)?(?:实际(?:完成值?|完成率?|值|达到|为)?|完成值|完成)(?:为|是|了|:|情况为)?\s*"
_ITEM = re.compile(rf"^(?P<name>[^,;。]*?)[,(]?\s*{_TARGET}(?P<target>[^;。]+?)[,;)]\s*{_ACTUAL}(?P<actual>[^,;。()]+)")
_POINTS = re.compile(r"(?:指标)?(?:分值|权重|标准分|满分)(?:为|是|:)?\s*(\d+(?:\.\d+)?\s*分?)")
_SCORE = re.compile(r"(?<!总)(?:自评)?(?:得分|实得|得|扣后得)(?:为|是|:)?\s*(\d+(?:\.\d+)?\s*分?)")
_REASON = re.compile(r"(?:扣分原因|偏差原因|未完成原因|原因|主要原因|未达标原因)(?:分析)?(?:是|为|系|:)\s*(?P<reason>[^;。]+)")
_TITLE = re.compile(r"(?:19|20)\d{2}\s*年?度?\s*(?P<name>[^,。\s]{2,40}?)(?:项目)?(?:支出)?(?:预算)?绩效自评(?:价)?(?:总?报告|情况)")


def read_sentences(document: Document, passages: Sequence[Passage]) -> list[Indicator]:
    """Indicator rows found in prose, in order; none when no sentence names a 二级指标 with target and actual value."""
    out: list[Indicator] = []
    level1: Atom | None = None
    scope = OVERALL
    for passage in passages:
        text = passage.text
        if scope == OVERALL and len(text) < 60 and (title := _TITLE.search(text)) and "项目" in text and "整体" not in text:
            scope = title["name"]
        first = _LEVEL1.match(text.strip())
        if first:
            at = text.index(first["name"])
            level1 = atom_of(document, passage.parts(at, at + len(first["name"])))
            continue
        second = _LEVEL2.match(text)
        if second:
            out += _rows(document, passage, second, level1, scope, len(out) + 1)
    return out


def _rows(
    document: Document, passage: Passage, second: re.Match[str], level1: Atom | None, scope: str, first: int
) -> list[Indicator]:
    level2 = atom_of(document, passage.parts(second.start("name"), second.end("name")))
    out: list[Indicator] = []
    for start, end in _clauses(passage.text, second.end()):
        found = _item(document, passage, start, end, level1, level2, scope, f"i{first + len(out)}")
        if found is not None:
            out.append(found)
    return out


def _clauses(text: str, start: int) -> list[tuple[int, int]]:
    """Pieces between semicolons and full stops; brackets stay whole."""
    out, depth, at = [], 0, start
    for i in range(start, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if text[i] in ";。" and depth <= 0:
            out.append((at, i))
            at = i + 1
    return [*out, (at, len(text))]


def _item(
    document: Document, passage: Passage, start: int, end: int, level1: Atom | None, level2: Atom, scope: str, row_id: str
) -> Indicator | None:
    text = passage.text[start:end]
    match = _ITEM.match(text)
    if match is None or not match["name"].strip() or len(match["name"]) > 60:
        return None

    def cell(span: tuple[int, int] | None, role: str) -> Cell:
        if span is None:
            at = passage.parts(start, start + 1)[0][0]
            return cell_of(document, atom_of(document, [(at, at)]), f"{row_id}.{role}")
        return cell_of(document, atom_of(document, passage.parts(start + span[0], start + span[1])), f"{row_id}.{role}")

    rest = match.end("actual")
    points, score, reason = _POINTS.search(text, rest), _SCORE.search(text, rest), _REASON.search(text, rest)
    level1_points = label_points(level1.text) if level1 is not None else None
    return Indicator.model_validate(
        {
            "id": row_id,
            "table": "",
            "scope": scope,
            "level1": cell_of(document, level1, f"{row_id}.level1") if level1 is not None else None,
            "level1_points": level1_points,
            "level2": cell_of(document, level2, f"{row_id}.level2"),
            "level3": cell(_name_span(match), "level3"),
            "target": cell(match.span("target"), "target"),
            "actual": cell(match.span("actual"), "actual"),
            "points": cell(points.span(1) if points else None, "points"),
            "score": cell(score.span(1) if score else None, "score"),
            "reason": cell(reason.span("reason") if reason else None, "reason"),
        }
    )


def _name_span(match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span("name")
    text = match["name"]
    for ending in ("的年度", "的年初", "年度", "年初", "的", ",", "，"):
        if text.endswith(ending) and len(text) > len(ending) + 2:
            return start, end - len(ending)
    return start, end
