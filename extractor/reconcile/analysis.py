"""REA-09, 11 and 12: more staff than posts, analyses that name nothing, conclusions without evidence."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.document import Section
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.basetable import staff_cells
from extractor.reconcile.case import Case, bare_name, squeeze
from extractor.reconcile.doubt import power_of_ten
from extractor.reconcile.parts import ANALYSIS, end_of, heading
from extractor.reconcile.rates import percent_formula
from extractor.reconcile.registry import check, line, misread, passed, unverified
from extractor.reconcile.remarks import numbered, remark
from extractor.reconcile.rows import text_of
from extractor.reconcile.values import Value, Words, of_cell

_CONCLUSION = lazy(
    r"(?:满意[度率]|办结率)(?:、[^,。;]{0,8})?(?:均)?(?:达到?|为|在)?(?:了)?(?:100%|9[0-9](?:\.\d+)?%)"
)
_EVIDENCE = ("佐证", "证明材料", "支撑材料", "问卷", "调查", "台账", "附件")
_LEAST_ANALYSIS, _MOST_ANALYSIS, _LONGEST_TITLE = 15, 400, 45
_EXPLAINED_POSTS = lazy(r"超编|二级机构|所属事业|工勤|周转编|借调|编外|军转|实有编制|临聘")
_SHORT_NAME = 4


@check("REA-09", "超编", "P1", "没有同时列出编制数和在职人数")
def staff_above_posts(case: Case) -> Iterator[Check]:
    """More people on duty than posts; the sentences speak before the table, which may count the retired."""
    pair = _staff(case)
    if pair is None:
        return
    on_duty, quota = pair
    names = {"on_duty": on_duty, "quota": quota}
    if on_duty.number <= quota.number:
        yield passed("REA-09", "在职人数未超过编制数", names)
    elif _EXPLAINED_POSTS.search(case.prose_text) and "超编" in case.prose_text:
        yield unverified("REA-09", "报告对超编另有说明，请人工核对", names)
    elif any(f.stage == "quota" and (f.amount.value or 0) >= on_duty.number for f in case.prose):
        yield unverified("REA-09", "另列有不少于在职人数的编制数，口径待核实", names)
    else:
        more = on_duty.number - quota.number
        result = line("REA-09", "fail", names, formula=percent_formula("on_duty", "quota"), difference=more)
        yield misread(result) if power_of_ten(on_duty.number, quota.number) else result


def _staff(case: Case) -> tuple[Value, Value] | None:
    told = []
    for metric in ("staff_on_duty", "staff_quota"):
        found = {f.amount.value: f for f in case.by_metric((metric,))}
        told.append(next(iter(found.values())) if len(found) == 1 else None)
    if told[0] is not None and told[1] is not None:
        on_duty, quota = case.value_of(told[0], "在职人数"), case.value_of(told[1], "编制数")
        return None if on_duty is None or quota is None else (on_duty, quota)
    everyone = {f.amount.value for f in case.by_metric(("staff_total",))}
    for table in case.bases:
        cells = staff_cells(table.staff)
        posts, people = (
            of_cell(cells.get("quota"), "编制数", "人"),
            of_cell(cells.get("on_duty"), "在职人数", "人"),
        )
        if posts is not None and people is not None and posts.number > 0 and people.number not in everyone:
            return people, posts
    return None


@check("REA-11", "问题与改进空泛", "I", "没有分析问题或改进措施的章节")
def vague_analysis(case: Case) -> Iterator[Check]:
    """A chapter on problems or measures without a number, a project or an indicator, where points were lost."""
    names = _subjects(case)
    found: list[Words] = []
    doubtful: list[Words] = []
    seen = False
    for section in _leaves(case):
        if section.role not in ANALYSIS:
            continue
        text = case.words(section.span.start, end_of(case, section))
        body = text.split(squeeze(section.title), 1)[-1]
        if not len(body) >= _LEAST_ANALYSIS:
            continue
        seen = True
        bare = bare_name(body)
        vague = len(body) <= _MOST_ANALYSIS and not _numbers(body) and not any(name in bare for name in names)
        if vague:  # what only a model takes for such a chapter is not blamed
            (found if section.role_engine == "rules" else doubtful).append(heading(section))
    if found and _lost_something(case):
        yield line("REA-11", "fail", numbered("text", found))
    elif doubtful and _lost_something(case):
        told = "、".join(f"“{each.role}”" for each in doubtful)
        yield unverified("REA-11", f"{told}由模型判为问题或措施，未见具体内容，请人工核对")
    elif seen:
        yield passed("REA-11", "问题与改进章节有具体内容，或没有扣分项需要分析")


def _leaves(case: Case) -> Iterator[Section]:
    """Sections with a heading and without sections below them."""
    above = {section.parent for section in case.report.sections}
    for section in case.report.sections:
        if section.level and section.id not in above and len(section.title) <= _LONGEST_TITLE:
            yield section


def _numbers(body: str) -> bool:
    """Whether a quantity is printed: a year alone is none."""
    return (
        "%" in body
        or "万元" in body
        or any(c.isdigit() for c in body.replace("20", "", 1).split("年", 1)[-1])
    )


def _subjects(case: Case) -> list[str]:
    cells = [text_of(row.level3) for row in case.report.indicators] + [
        p.name.text for p in case.report.projects
    ]
    return [bare for text in dict.fromkeys(cells) if len(bare := bare_name(text)) >= _SHORT_NAME]


def _lost_something(case: Case) -> bool:
    return any(
        score.number < points.number for form in case.forms for points, score in form.own_scores.values()
    )


@check("REA-12", "结论缺少佐证", "I", "没有满意度、办结率等结论")
def unsupported_conclusions(case: Case) -> Iterator[Check]:
    """Conclusions in per cent in a report that names no evidence; for the reviewer alone (CHECKS 0.17)."""
    if "满意" not in case.prose_text and "办结率" not in case.prose_text:
        return
    found = len(_CONCLUSION.findall(case.prose_text))
    if found and not any(word in case.prose_text for word in _EVIDENCE):
        yield remark("REA-12", f"{found}处满意度、办结率等结论未见佐证说明")
    elif found:
        yield passed("REA-12", f"{found}处结论，文中提及佐证")
