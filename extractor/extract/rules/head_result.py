"""The score and grade of the whole report: from its own form, else from the sentence that states them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.amounts import NUMBER, decimal_of
from extractor.document import Document, Passage
from extractor.extract.rules.cells import cell_of
from extractor.extract.rules.head_opening import FormHead, HeadForms
from extractor.extract.rules.lexicon import Lexicon, holds
from extractor.patterns import lazy
from extractor.records import replace
from extractor.schema import OVERALL, Cell, Kind
from extractor.segment.atoms import atom_of

_GRADES = r"(?:优秀|优良|良好|中等|合格|不合格|较差|优|良|中|差)"
_LINK = r"(?:结果|分数|情况)? {0,3}(?:为|是|:|达到了?|达|共计?|合计|计|,)? {0,3}\"? {0,3}"
_SCORE = lazy(
    rf"(?P<label>(?:自我?评价?|评价|综合|最终|考核|绩效|评定|整体支出)*(?:总?得分|总?评分|总分|分值合计|评分结果|自评分数?|自评结果|评价分|综合分|评价结果|自评)){_LINK}(?P<score>{NUMBER}\s*分)(?![及以]|钟)"
)
_GRADE = lazy(
    rf"(?P<label>(?:自我?评价?|评价|综合|绩效|评定|评估|考核|总体|最终|整体)*(?:等级|等次|级别|档次|结果|结论|评价|评定|自评))(?:评定|确定|评|定|均)? {{0,3}}(?:为|是|属于?|达到|列为|:)? {{0,3}}[\"'“]?"
    rf"(?P<grade>{_GRADES})[\"'”]?(?:等次|等级|级|档)?(?=[\"'。,;、.)\s]|$)"
    rf"|(?P<label2>属于?|评为|定为|等级|为)\s*[\"'](?P<grade2>{_GRADES})[\"']"
)
# The patterns begin with optional words and are slow; these say in one glance whether they can match at all.
_WORTH = {
    _SCORE: lazy(r"\d\s*分"),
    _GRADE: lazy(rf"[价级次别档果论定评为于是:\"' ](?:{_GRADES})[\"'。,;、.)\s等级档]|(?:{_GRADES})$"),
}
_SCALE = lazy(
    r"[\d分)]\s*(?:及|\(含\)|含)?(?:以上|以下)|不足|[≥≤><]|-\s*\d+\s*分|标准[^,;。]{0,8}$|满分\D{0,6}100\D{0,3}$"
)
_ITEM = lazy(
    r"分值|权重|目标值|指标值|完成值|实际完成|目标\d|扣\s*\d|(?:数量|质量|时效|成本|效益|产出|满意度|过程|决策|投入)(?:指标)?[^,:]{0,8}$"
)
_ABOUT = ("自评", "评价", "绩效", "综合", "评分", "得分", "等级", "等次", "考核")
_STRONG = ("整体", "综合", "总得分", "总分", "最终", "总体")
_PROJECT = ("项目", "专项", "经费")
_WHOLE = ("整体", "部门", "单位", "综合各项", "总体", "全部")
_ALIEN = ("空气", "水质", "工程质量", "验收", "信用", "考核为", "文明", "上年", "去年", "年度考核")


def read_result(
    document: Document, passages: Sequence[Passage], kind: Kind, forms: HeadForms
) -> tuple[Cell | None, Cell | None]:
    """Score and grade of the report's own subject; a project's inside a department's report are not taken."""
    own = _own_form(kind, forms)
    score = _renamed(own.total_score, "head.total_score") if own else None
    grade = _renamed(own.grade, "head.grade") if own else None
    if kind in ("target", "unknown"):
        return score, grade
    whole = kind in ("department", "summary")
    projects = Lexicon(name for name in forms.project_names if len(name) > 3) if whole else None
    if score is None:
        score = _best(document, passages, projects, _SCORE, "head.total_score")
    if grade is None:
        grade = _best(document, passages, projects, _GRADE, "head.grade")
    return score, grade


def _own_form(kind: Kind, forms: HeadForms) -> FormHead | None:
    """The form of the report's own subject: the unit's, or the only project's."""
    closing = [form for form in forms.forms if form.total_score is not None or form.grade is not None]
    own = [form for form in closing if form.scope == OVERALL]
    if kind in ("department", "summary", "unknown"):
        return own[0] if own else None
    scopes = {form.scope for form in forms.forms if form.kind == "self_evaluation"}
    return closing[0] if closing and len(scopes) == 1 else (own[0] if own else None)


def _renamed(cell: Cell | None, cell_id: str) -> Cell | None:
    return replace(cell, id=cell_id) if cell is not None else None


def _best(
    document: Document,
    passages: Sequence[Passage],
    projects: Lexicon | None,
    pattern: re.Pattern[str],
    cell_id: str,
) -> Cell | None:
    """The statement that speaks most plainly of the whole; the first of equals. `projects` must not be meant."""
    best: tuple[int, list[tuple[int, int]]] | None = None
    for passage in passages:
        if not holds(passage.text, _ABOUT) or (projects is not None and _of_project(passage, projects)):
            continue
        for rank, start, end in _statements(passage, projects, pattern):
            if best is None or rank > best[0]:
                best = rank, passage.parts(start, end)
    return None if best is None else cell_of(document, atom_of(document, best[1]), cell_id)


def _of_project(passage: Passage, projects: Lexicon) -> bool:
    """Whether a paragraph opens as a project's own summary."""
    head = passage.text[:60]
    opens = head.split(":")[0] if ":" in head else ""
    return ("项目" in opens and "自评" in opens) or any(projects.at(head, 0))


def _statements(
    passage: Passage, projects: Lexicon | None, pattern: re.Pattern[str]
) -> Iterator[tuple[int, int, int]]:
    """(rank, start, end) of every score or grade in the paragraph that may be the report's."""
    text = passage.text
    if not _WORTH[pattern].search(text):
        return
    for match in pattern.finditer(text):
        group = next(g for g in ("score", "grade", "grade2") if g in pattern.groupindex and match[g])
        start, end = match.span(group)
        label = match["label"] or match["label2"] if group == "grade2" else match["label"]
        reach = max(0, match.start() - 200)
        floor = max(reach, *(text.rfind(end, reach, match.start()) + 1 for end in "。;!?"))
        before = text[floor : match.start()]
        if _SCALE.search(before[-14:]) or _SCALE.search(text[match.start() : start]) or holds(before, _ALIEN):
            continue
        if group == "score":
            if (
                not _valid(text[start:end])
                or _ITEM.search(before[-40:])
                or (label in ("得分", "评分") and not holds(before, _ABOUT))
            ):
                continue
        elif not holds(before + text[match.start() : start], _ABOUT) or text[end : end + 1] in "/、":
            continue
        if projects is not None and _names_project(before, label, projects):
            continue
        rank = (
            (2 if holds(label, _STRONG) else 0)
            + (2 if holds(before, _STRONG) else 0)
            + ("自评" in label or "评价" in label)
        )
        yield rank, start, end


def _valid(score: str) -> bool:
    """Whether a score can be one of a hundred points."""
    return decimal_of(score.rstrip("分 ")) <= 120


def _names_project(before: str, label: str, projects: Lexicon) -> bool:
    """Whether the sentence up to its score or grade speaks of one project rather than of the whole."""
    if any(projects.inside(before)):
        return True
    return holds(before + label, _PROJECT) and not holds(before + label, _WHOLE)
