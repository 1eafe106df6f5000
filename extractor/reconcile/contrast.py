"""SCO-14, SCO-15: scores that stand far above the money spent, and scores that are all full."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.findings import Check
from extractor.identities import HUNDRED, ZERO
from extractor.reconcile.attainment import explained
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.forms import Form
from extractor.reconcile.listing import printed_scores
from extractor.reconcile.reasonableness import Explanations, Unspent
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.rows import text_of
from extractor.reconcile.values import Value, of_cell
from extractor.schema import OVERALL

_TEN = Decimal(10)
_FEW = 5


class Contrast(NamedTuple):
    """What a project scored out of what it could, and what it spent out of what it had."""

    name: str
    scores: tuple[Value, ...]
    full: tuple[Value, ...]
    out_of: Decimal
    annual: Value
    executed: Value
    beside: str

    @property
    def earned(self) -> Decimal:
        """The scored share in per cent."""
        return sum((value.number for value in self.scores), ZERO) / self.out_of * HUNDRED

    @property
    def spent(self) -> Decimal:
        """The spent share in per cent."""
        return self.executed.number / self.annual.number * HUNDRED


@check("SCO-14", "得分与执行率背离", "P2", "没有同时列出得分和执行数的项目")
def scores_above_spending(case: Case) -> Iterator[Check]:
    """A score rate that stands 20 points or more above the execution rate without a word on it (CHECKS 0.13)."""
    rows = [*_listed(case), *_formed(case)]
    apart = [row for row in rows if row.earned - row.spent >= case.profile.limits["score_gap"]]
    known = Explanations(case) if apart else None
    silent = [
        row for row in apart
        if known is not None and not known.cover(Unspent(row.name, row.annual, row.executed, row.beside))
    ]  # fmt: skip
    for row in silent:
        yield _apart_line(row)
    if rows:
        yield passed("SCO-14", "其余得分率与执行率相差不足20个百分点或已有说明")


def _apart_line(row: Contrast) -> Check:
    names = {"executed": row.executed, "annual": row.annual}
    names |= {f"s{n}": value for n, value in enumerate(row.scores, 1)}
    names |= {f"p{n}": value for n, value in enumerate(row.full, 1)}
    scored = " + ".join(name for name in names if name.startswith("s"))
    whole = " + ".join(name for name in names if name.startswith("p")) or f"{row.out_of:f}"
    formula = f"round(({scored}) / ({whole}) * 100 - executed / annual * 100, 2)"
    earned, spent = (f"{share.quantize(Decimal('0.01')):f}" for share in (row.earned, row.spent))
    return line(
        "SCO-14", "fail", names, formula=formula, reason=f"“{row.name}”得分率{earned}%、执行率{spent}%"
    )


def _listed(case: Case) -> Iterator[Contrast]:
    """Rows of a 汇总表, its score column out of 10 or of 100."""
    for table in case.report.tables:
        if table.kind != "project_summary":
            continue
        unit, scores = case.unit_of(table.id), printed_scores(case, table)
        numbers = [score.number for _, score in scores if score.number > 0]
        out_of = _TEN if numbers and max(numbers) <= _TEN else HUNDRED
        for project, score in scores:
            executed, annual = (
                of_cell(project.executed, "全年执行数", unit),
                of_cell(project.annual, "全年预算数", unit),
            )
            if executed is None or annual is None or annual.number <= 0:
                continue
            if score.number <= out_of and executed.number <= annual.number:
                yield Contrast(project.name.text, (score,), (), out_of, annual, executed, "")


def _formed(case: Case) -> Iterator[Contrast]:
    """Forms of projects that no list prints, and the unit's own."""
    listed = {bare_name(row.name.text) for row in case.report.projects if len(row.tables) > 1}
    for form in case.forms:
        row = form.total_row
        if (
            row is None
            or bare_name(form.scope) in listed
            or form.score_gaps
            or form.points_gaps
            or form.doubtful
        ):
            continue
        executed, annual = form.money(row.executed, "全年执行数"), form.money(row.annual, "全年预算数")
        whole = sum((value.number for value in form.points), ZERO)
        if executed is None or annual is None or annual.number <= 0 or not whole:
            continue
        name = "部门整体" if form.scope == OVERALL else form.scope
        yield Contrast(name, form.scores, form.points, whole, annual, executed, _reasons(form))


def _reasons(form: Form) -> str:
    return "".join(text_of(row.reason) for row in form.rows if explained(row))


@check("SCO-15", "满分趋同", "I", "没有足够的得分")
def all_full(case: Case) -> Iterator[Check]:
    """Nearly every row of a form with its full points: a line of the ledger, never a note (CHECKS 0.17)."""
    for form in case.forms:
        own = [form.own_scores[row.id] for row in form.rows if row.id in form.own_scores]
        full = [score for points, score in own if score.number == points.number]
        if len(own) < _FEW:
            continue
        if Decimal(len(full)) * HUNDRED < case.profile.limits["all_full"] * len(own):
            yield passed("SCO-15", f"{form.title}{len(own)}行中{len(full)}行满分")
            continue
        names = {f"x{n}": score for n, score in enumerate(full, 1)}
        reason = f"{form.title}{len(own)}行中{len(full)}行满分"
        yield line("SCO-15", "fail", names, formula=" + ".join(names), reason=reason)
