"""FMT-05 and FMT-08: amounts of several precisions, and parts listed as if they stood side by side."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.findings import Check
from extractor.identities import check_equal
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import numbered
from extractor.reconcile.values import Value, of_figure
from extractor.schema import OVERALL, Figure

_USUAL_PLACES, _LEAST_ODD, _WHOLE_YUAN = 2, 2, 4
_NEXT = 30
_COMMA_ONLY = frozenset(mark + "人员" + word for mark in ",、" for word in ("经费", "经费支出", "支出"))
_SUBORDINATE = ("其中", "包括", "含", "公用经费支出包", "(")


@check("FMT-05", "金额小数位不统一", "I", "没有以万元计的小数金额")
def decimal_places(case: Case) -> Iterator[Check]:
    """Amounts in 万元 of more than two places and not all the same; a dropped nought now and then is none."""
    amounts = [f for f in case.prose if f.amount.unit == "万元" and f.amount.decimals]
    odd = [
        value for f in amounts if f.amount.decimals > _USUAL_PLACES and (value := _as_printed(f)) is not None
    ]
    most = max((f.amount.decimals for f in amounts), default=0)
    shorter = sum(f.amount.decimals < most for f in amounts)
    mixed = shorter * _LEAST_ODD >= len(amounts) or (shorter and most > _WHOLE_YUAN)
    if mixed and (len(odd) >= _LEAST_ODD or (odd and most > _WHOLE_YUAN)):
        yield line("FMT-05", "fail", numbered("a", odd))
    elif amounts:
        yield passed("FMT-05", f"{len(amounts)}个金额小数位一致，或为两位以内")


def _as_printed(figure: Figure) -> Value | None:
    """An amount whose digits alone matter: what it is called may be doubtful."""
    value = of_figure(figure, figure.label)
    return None if value is None or set(figure.evidence.flags) - {"ocr"} else value._replace(certain=True)


@check("FMT-08", "表述歧义", "P2", "没有并列的基本支出和公用经费")
def side_by_side(case: Case) -> Iterator[Check]:
    """基本支出 and 公用经费 side by side below 其中, where only the first with 项目支出 makes up the total."""
    for basic in case.by_metric(("expenditure_basic",)):
        if (open_parts := _unmarked_parts(case, basic)) is not None:
            yield line(
                "FMT-08",
                "fail",
                open_parts,
                formula="basic + personnel + public",
                reported=basic.amount.value,
            )
            continue
        public = _following(case, basic)
        if public is None or "其中" not in case.words(case.sentence(basic.span)[0], basic.span.start):
            continue
        names = _reading(case, basic, public)
        if names is not None:
            yield line(
                "FMT-08", "fail", names, formula="basic + public + project", reported=names["total"].number
            )


def _unmarked_parts(case: Case, basic: Figure) -> dict[str, Value] | None:
    """人员经费 and 公用经费 that make up 基本支出 and stand behind it without a word that says so."""
    near = case.between(basic.span.end, basic.span.end + 2 * _NEXT)[:2]
    if [f.metric for f in near] != ["expenditure_personnel", "expenditure_public"] or basic.scope != OVERALL:
        return None
    between = case.words(basic.span.end, near[0].span.start)
    if between not in _COMMA_ONLY or any(f.stage != basic.stage for f in near):
        return None
    found = {
        "basic": case.value_of(basic, "基本支出"),
        "personnel": case.value_of(near[0], "人员经费"),
        "public": case.value_of(near[1], "公用经费"),
    }
    names = {name: value for name, value in found.items() if value is not None and value.unit == "万元"}
    if len(names) < len(found):
        return None
    parts = names["personnel"].number + names["public"].number
    return names if parts and check_equal(parts, names["basic"].number).agreement != "fail" else None


def _following(case: Case, basic: Figure) -> Figure | None:
    """公用经费 right after 基本支出, with nothing between that makes it a part, and no 人员经费 beside it."""
    near = case.between(basic.span.end, basic.span.end + _NEXT)
    public = (
        near[0] if near and near[0].metric == "expenditure_public" and near[0].stage == basic.stage else None
    )
    if public is None or public.scope != OVERALL:
        return None
    between = case.words(basic.span.end, public.span.start)
    if not between.startswith(",") or any(word in between for word in _SUBORDINATE):
        return None
    start, end = case.sentence(basic.span)
    beside = any(f.metric == "expenditure_personnel" for f in case.between(start, end))
    return None if beside else public


def _reading(case: Case, basic: Figure, public: Figure) -> dict[str, Value] | None:
    """Total, basic, public and project, when the total is basic and project alone."""
    stage = basic.stage
    totals = case.by_metric(("expenditure_total",), stage)
    projects = case.by_metric(("expenditure_project",), stage)
    for total in totals:
        for project in projects:
            found = {
                "total": case.value_of(total, "支出合计"),
                "basic": case.value_of(basic, "基本支出"),
                "public": case.value_of(public, "公用经费"),
                "project": case.value_of(project, "项目支出"),
            }
            names = {
                name: value for name, value in found.items() if value is not None and value.unit == "万元"
            }
            if len(names) == len(found) and _adds_up(names):
                return names
    return None


def _adds_up(names: dict[str, Value]) -> bool:
    both = names["basic"].number + names["project"].number
    agrees = check_equal(both, names["total"].number).agreement != "fail"
    return agrees and names["public"].number > 0
