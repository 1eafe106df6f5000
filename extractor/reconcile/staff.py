"""SUM-12, CON-04: how many people a unit has, by kind and in its two places."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.document import Span
from extractor.findings import Check
from extractor.identities import check_sum
from extractor.patterns import lazy
from extractor.reconcile.basetable import staff_cells
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, compared, line, passed, unverified
from extractor.reconcile.values import Value, joined, of_cell
from extractor.reconcile.views import steady
from extractor.schema import Figure

_FAR = 3
_KINDS = ("staff_on_duty", "staff_lixiu", "staff_retired")
_ROLES = {
    "staff_total": "实有人数",
    "staff_on_duty": "在职人数",
    "staff_lixiu": "离休人数",
    "staff_retired": "退休人数",
}
# People who are neither on the establishment nor retired: with them the three kinds are not the whole.
_FURTHER = lazy(
    r"编外|临聘|聘用|借调|劳务派遣|派遣|合同制|公益性岗位|遗属|抚恤|退职|工勤|参公|事业编|其他人员|雇员|辅警|协管|见习|志愿"
)


@check("SUM-12", "人员构成合计", "P1", "没有同时列出实有、在职和离退休人数")
def staff_adds_up(case: Case) -> Iterator[Check]:
    """实有人数 is 在职 with 离休 and 退休, or 在职 alone, which is asked about (CHECKS 0.11)."""
    for total in case.by_metric(("staff_total",)):
        start, end = case.sentence(total.span)[0], _reach(case, total)
        near = [figure for figure in case.between(start, end) if figure.metric in _ROLES]
        parts = {figure.metric: figure for figure in near if figure is not total}
        whole = case.value_of(total, _ROLES["staff_total"])
        values = [v for kind in _KINDS if kind in parts and (v := case.value_of(parts[kind], _ROLES[kind]))]
        if whole is None or "staff_on_duty" not in parts or len(values) < 2 or len(near) != len(parts) + 1:
            continue
        yield _staff_line(whole, values, bool(_FURTHER.search(case.words(start, end))))
    yield from _posts_by_kind(case)


def _posts_by_kind(case: Case) -> Iterator[Check]:
    """编制32人,其中行政编制14人、事业编制18人: posts by kind that are more than all posts, or, all kinds told, fewer."""
    for total in case.by_metric(("staff_quota",)):
        start, end = total.span.end, case.sentence(total.span)[1]
        words = case.words(start, end)
        parts = [f for f in case.between(start, end) if f.stage == "quota" and f.metric != "staff_quota"]
        whole = case.value_of(total, "编制数")
        values = [v for f in parts if (v := case.value_of(f, f.label or "编制")) is not None]
        if whole is None or len(values) < 2 or len(values) != words.count("编制") or "其中" not in words[:4]:
            continue
        formula = " + ".join(f"x{n}" for n in range(1, len(values) + 1))
        names = {"total": whole} | {f"x{n}": value for n, value in enumerate(values, 1)}
        outcome = check_sum([value.number for value in values], whole.number, 0, exact=True)
        yield compared("SUM-12", outcome, formula, names, severity="P2", reason="编制数按类别列示")


def _reach(case: Case, total: Figure) -> int:
    """The end of a total's sentence, or of the next one where that begins with 其中."""
    _, end = case.sentence(total.span)
    if not case.words(end, end + 20).startswith(("其中", "包括")):
        return end
    return case.sentence(Span(start=end, end=end + 1))[1]


def _staff_line(whole: Value, values: list[Value], further: bool) -> Check:
    names = {"total": whole} | {f"x{n}": value for n, value in enumerate(values, 1)}
    formula = " + ".join(name for name in names if name != "total")
    outcome = check_sum([value.number for value in values], whole.number, 0, exact=True)
    if outcome.agreement == "pass":
        return compared("SUM-12", outcome, formula, names)
    if whole.number == values[0].number:
        reason = "实有人数等于在职人数，未含离退休人员"
        return compared("SUM-12", outcome, formula, names, severity="P2", reason=reason)
    if further:
        return unverified("SUM-12", "另有其他类别人员，分项可能不完整", names)
    return compared("SUM-12", outcome, formula, names)


@check("CON-04", "在职人数正文与表", "P1", "正文或基础数据表没有在职人数")
def on_duty_twice(case: Case) -> Iterator[Check]:
    """在职人数 of the sentences is that of the 基础数据表; where the table prints all people, the note says so."""
    figures = [figure for figure in case.by_metric(("staff_on_duty",)) if not case.narrowed(figure)]
    spoken = [value for figure in figures if (value := case.value_of(figure, "正文在职人数"))]
    if not spoken:
        return
    text = spoken[0]
    for other in spoken[1:]:
        text = joined(text, other) if other.number == text.number else text
    for base in case.bases:
        table = of_cell(staff_cells(base.staff).get("on_duty"), "基础数据表在职人数", "人")
        if table is None:
            continue
        names = {"text": text, "table": table}
        if len({value.number for value in spoken}) > 1:
            agreed = any(value.number == table.number for value in spoken)
            yield (
                passed("CON-04", "正文在职人数之一与表一致", names)
                if agreed
                else unverified("CON-04", "正文在职人数有几个不同的数，口径待核实", names)
            )
        elif text.number == table.number:
            yield passed("CON-04", "正文与表一致", names)
        elif not steady((text, table)) or not table.number < _FAR * text.number < _FAR * _FAR * table.number:
            yield unverified("CON-04", "人数读数存疑", names)
        else:
            yield line(
                "CON-04",
                "fail",
                names,
                formula="text",
                reported=table.number,
                reason=_with_retired(case, text, table),
            )


def _with_retired(case: Case, text: Value, table: Value) -> str | None:
    everyone = {figure.amount.value for figure in case.by_metric(("staff_total",))}
    retired = sum(
        (
            f.amount.value
            for f in case.by_metric(("staff_lixiu", "staff_retired"))
            if f.amount.value is not None
        ),
        0,
    )
    if table.number in everyone or (retired and table.number == text.number + retired):
        return "表列数疑将离退休人员计入"
    return None
