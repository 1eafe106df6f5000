"""CON-11: one indicator printed in the unit's form and in a project's with different numbers."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.findings import Check
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.forms import Form
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.rows import name_of
from extractor.reconcile.targets import Judged
from extractor.reconcile.values import Value
from extractor.schema import OVERALL

# Shorter names (服务对象满意度, 资金支付及时率) rightly differ from project to project.
_SPECIFIC = 12


@check("CON-11", "同名指标跨表", "P1", "整体自评表与项目自评表没有同名的比率指标")
def same_indicator_twice(case: Case) -> Iterator[Check]:
    """A long, identical name of a rate has one target and one result in the unit's form and in its projects'."""
    whole = [form for form in case.forms if form.scope == OVERALL]
    others = [form for form in case.forms if form.scope != OVERALL]
    if len(whole) != 1 or not others:
        return
    known = {bare_name(name_of(found.row)): found for found in _rates(whole[0])}
    for form in others:
        for found in _rates(form):
            twin = known.get(bare_name(name_of(found.row)))
            if twin is not None:
                yield _line(form, found, twin)


def _rates(form: Form) -> Iterator[Judged]:
    for found in form.judged:
        rates = found.target.unit == found.actual.unit == "%"
        if (
            rates
            and len(bare_name(name_of(found.row))) >= _SPECIFIC
            and found.target.certain
            and found.actual.certain
        ):
            yield found


def _line(form: Form, found: Judged, twin: Judged) -> Check:
    name = name_of(found.row)
    names: dict[str, Value] = {
        "t1": twin.target.named(f"“{name}”指标值"), "a1": twin.actual.named("完成值"),
        "t2": found.target.named(f"{form.title}指标值"), "a2": found.actual.named("完成值"),
    }  # fmt: skip
    if (twin.wanted, twin.reached) == (found.wanted, found.reached):
        return passed("CON-11", f"{form.title}与整体自评表一致", names)
    wanted = twin.wanted != found.wanted
    formula, other = ("t1", found.target.number) if wanted else ("a1", found.actual.number)
    return line("CON-11", "fail", names, formula=formula, reported=other, reason=f"“{name}”")
