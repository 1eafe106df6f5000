"""INT-02, 03, 05 and 07: a self-evaluation without its forms, its total score, or a whole dimension."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.dimensions import dimension_of
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import literal, numbered, spot
from extractor.reconcile.rows import text_of
from extractor.reconcile.values import Value, Words, number_of, words_of
from extractor.schema import OVERALL

# Heads of a form or of indicators told in sentences: the form is there even if it could not be read.
_FORM_HEADS = ("一级指标二级指标", "二级指标三级指标", "一级指标|", "数量指标:", "质量指标:")
_FORM_HEAD = lazy(
    r"(?:^|[\t|])[ ]*(?:年度|实际|全年)?(?:指标值|完成值|目标值|业绩值|分值|得分)[ ]*(?:[\t|]|$)",
    re.MULTILINE,
)
_LEAST_REPORT = 500
_TITLE, _TITLED = 60, "自评报告"
# Who fills in a form signs below it: a report that ends so is all there.
_SIGNED, _LAST, _LEAST_WHOLE = lazy(r"填[表报]人"), 200, 150
_NAMED_FORM = "自评表"
_SCORING_TABLE = lazy(r"^[^。;；,，、]{0,40}(?:评分表|自评表|指标评价表)$")
_SCORE = lazy(
    r"(?:得分|总分|评分|分数|自评分|平均分|评定|打分)[^。;]{0,14}?(\d{2,3}(?:\.\d+)?)(?:分(?!以上|以下|值|钟)|[,。;)])"
)
_SETTING = lazy(r"权重|满分|设定|分值|共计100|以上|及格")
_FULL = "100"
# A cell, by tabs, bars or lines, in which nothing is printed.
_EMPTY_AFTER = lazy(
    r"[ \u3000]*(?:\t[ \u3000]*(?=[\t\n]|$)|\|[ \u3000]*\||\n\s*\n|[;；,，\s]{1,2}(?:自评)?得分[::：][ \u3000]*(?=[;；,，\n]|$))"
)
_BESIDE = 40
_LEAST_ROWS, _TEN = 5, 10
_WHOLES = frozenset((90, 100))
_OWN_STRUCTURE = lazy(r"投入|过程|决策|管理|履职|预算|运行|资金|目标设定|配置")


@check("INT-02", "应附表缺失", "P1", "不是给出自评结论的自评报告，或已附自评表")
def missing_forms(case: Case) -> Iterator[Check]:
    """A self-evaluation that states its result and prints neither a form nor a single indicator."""
    report = case.report
    verdict = report.grade or report.total_score
    scores = [f for f in case.prose if f.metric == "total_score" and f.stage == "score"]
    title = next(literal(case, _TITLED), None) if _signed_to_the_end(case) else None
    yield from _caption_alone(case)
    if not _is_report(case) or not (verdict or scores or title) or "自评" not in case.plain_text:
        return
    if report.indicators or any(table.kind == "self_evaluation" for table in report.tables):
        return
    told = next((word for word in _FORM_HEADS if word in case.plain_text), None)
    if told is None and (head := _FORM_HEAD.search(case.document.folded)) is not None:
        told = head[0].strip(" \t|")
    least = _LEAST_REPORT if title is None else _LEAST_WHOLE
    if told is not None or len(case.plain_text) < least or not _laid_out(case):
        reason = f"文中有“{told}”，自评表可能另附或未能读出" if told else "文字过短或没有分段，可能只是节选"
        yield unverified("INT-02", reason)
    else:
        lenient = report.total_score is not None or _scored_in_words(case) or _NAMED_FORM in case.plain_text
        places = [words_of(verdict, "自评结论")] if verdict is not None else []
        places += [spot(f.span.start, f.span.end, "自评结论") for f in scores]
        if title is not None:
            places.append(spot(title.start, title.end, "自评报告"))
        lenient = lenient or not (verdict or scores)
        yield line("INT-02", "fail", {"text": places[0]}, severity="P2" if lenient else "P1")


def _caption_alone(case: Case) -> Iterator[Check]:
    """A report whose last line is the caption of a scoring table that is not there."""
    text = case.document.text.rstrip()
    at = text.rfind("\n") + 1
    if case.report.indicators or any(table.kind == "self_evaluation" for table in case.report.tables):
        return
    written = len(case.plain_text) >= _LEAST_REPORT and _laid_out(case)
    if written and _SCORING_TABLE.search(text[at:].strip()):
        yield line("INT-02", "fail", {"text": spot(at, len(text), "表名之后没有表")}, severity="P2")


def _signed_to_the_end(case: Case) -> bool:
    """Whether a report calls itself one and ends with the names of those who filled it in."""
    return _TITLED in case.plain_text[:_TITLE] and bool(_SIGNED.search(case.plain_text[-_LAST:]))


def _is_report(case: Case) -> bool:
    """Whether the text is a self-evaluation report: without its form, the title alone may say so."""
    kind = case.report.kind
    return kind in ("department", "project", "summary") or (
        kind == "unknown" and _TITLED in case.plain_text[:_TITLE]
    )


def _laid_out(case: Case) -> bool:
    """Whether the headings survived: a text on one line has lost more than them."""
    return sum(section.level > 0 for section in case.report.sections) > 1


@check("INT-03", "项目自评表不全", "P1", "项目自评表是否齐全由CON-08一并核对")
def project_forms(_: Case) -> Iterator[Check]:
    """One fact has one code: which project forms are missing is told by CON-08 (CHECKS 0.16)."""
    yield from ()


@check("INT-05", "总分或等级缺失", "P1", "没有自评等级")
def missing_total(case: Case) -> Iterator[Check]:
    """A grade of the whole unit without any total score it could follow from."""
    grade = case.report.grade
    spoken = {figure.metric for figure in case.report.figures if figure.stage == "score"}
    if case.report.total_score is None and "total_score" not in spoken and not _scored_in_words(case):
        open_totals = [value for form in case.forms if (value := _open_total(case, form)) is not None]
        if open_totals:
            yield line("INT-05", "fail", numbered("form", open_totals), severity="P2")
            return
    if grade is None:
        return
    spoken = {
        figure.metric for figure in case.report.figures if figure.scope == OVERALL and figure.stage == "score"
    }
    own = case.overall_form
    scored = (
        case.report.total_score
        or "total_score" in spoken
        or (own is not None and own.scores)
        or _scored_in_words(case)
    )
    if scored or _every_project_scored(case):
        yield passed("INT-05", "等级有总分可对照")
    elif case.in_table(grade.span) or not _laid_out(case):
        yield unverified("INT-05", "等级印在表内或文字没有分段，总分可能未能读出")
    else:
        yield line("INT-05", "fail", {"text": words_of(grade, "自评等级")})


def _open_total(case: Case, form: Form) -> Value | None:
    """The points of a 总分 row whose score is printed empty although the rows above it are scored."""
    points = form.total_points
    if (
        points is None
        or form.total_score is not None
        or not form.scores
        or not points.spans
        or not points.certain
    ):
        return None
    after = case.document.text[points.spans[0].end :][:_BESIDE]
    return points.named(form.title) if _EMPTY_AFTER.match(after) else None


def _every_project_scored(case: Case) -> bool:
    scores = [number_of(project.total_score) for project in case.report.projects]
    return bool(scores) and all(score is not None and score > _TEN for score in scores)


def _scored_in_words(case: Case) -> bool:
    """Whether a sentence prints a score that was not read as the total."""
    for match in _SCORE.finditer(case.prose_text):
        setting = match[1] == _FULL and _SETTING.search(match[0])
        if not setting and not case.prose_text.startswith("以", match.end()):
            return True
    return False


@check("INT-07", "一级维度缺失", "I", "没有按产出、效益分类的自评表")
def missing_dimension(case: Case) -> Iterator[Check]:
    """A form of the usual structure without 产出, without 效益, or without the execution of the budget."""
    for form in case.forms:
        found = {dimension_of(row) for row in form.rows}
        if len(form.rows) < _LEAST_ROWS or not found & {"output", "benefit"} or not _complete(form):
            continue
        lacking = [name for key, name in (("output", "产出"), ("benefit", "效益")) if key not in found]
        if form.misses_execution and form.scope == OVERALL and not _execution_scored(case):
            lacking.append("预算执行率")
        if lacking:
            yield line(
                "INT-07", "fail", {"text1": _first_row(form)}, reason=f"{form.title}没有{'、'.join(lacking)}"
            )
        else:
            yield passed("INT-07", f"{form.title}维度齐全")


def _complete(form: Form) -> bool:
    """Whether all rows are there and of the usual structure: a row that was lost is no dimension that is missing."""
    if any(_OWN_STRUCTURE.search(text_of(row.level1)) or dimension_of(row) is None for row in form.rows):
        return False
    return not form.points_gaps and sum(value.number for value in form.points) in _WHOLES


def _execution_scored(case: Case) -> bool:
    return any(word in case.plain_text for word in ("执行率", "预算执行情况得", "预算执行得分"))


def _first_row(form: Form) -> Words:
    row = form.rows[0]
    cell = row.level1 or row.level2 or row.level3
    return spot(0, 0, form.title) if cell is None else words_of(cell, form.title)
