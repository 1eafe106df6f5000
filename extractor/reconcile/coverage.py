"""RAT-04, RAT-10, RAT-12: the share of projects a unit says it evaluated, and their average score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import compress
from typing import NamedTuple

from extractor.document import Table
from extractor.findings import Check, Severity
from extractor.identities import HUNDRED, ZERO, check_rate, check_score, max_places, places
from extractor.reconcile.attachments import chosen
from extractor.reconcile.case import Case
from extractor.reconcile.doubt import same_scale
from extractor.reconcile.evaluated import Proof, counted, evaluated, proof_of_all
from extractor.reconcile.integrity import UNSURE, broken_rows
from extractor.reconcile.listing import printed_scores
from extractor.reconcile.lists import project_rows, stated_count
from extractor.reconcile.memo import per_case
from extractor.reconcile.registry import check, compared, line, passed, unverified
from extractor.reconcile.values import Value, comparable, digits_of, in_unit, number_of, of_cell, term
from extractor.schema import OVERALL, Figure, Project


class Listed(NamedTuple):
    """A 汇总表 with a printed coverage: its rows, which of them are scored, and the columns they fill."""

    table: Table
    claim: Value
    rows: tuple[Project, ...]
    scored: tuple[bool, ...]
    annual: tuple[Value, ...]
    executed: tuple[Value, ...]


@per_case
def _listed(case: Case) -> list[Listed]:
    """Every 汇总表 that prints a coverage."""
    out = []
    for table in case.report.tables:
        if table.kind != "project_summary":
            continue
        figures = [f for f in case.report.figures if f.table == table.id and f.metric == "selfeval_coverage"]
        figures = figures or _spoken(case, table)
        if len(figures) != 1:
            continue
        claim, rows, unit = (
            case.value_of(figures[0], "填报覆盖率"),
            project_rows(case, table),
            case.unit_of(table.id),
        )
        columns = []
        for name, role in (("annual", "全年预算数"), ("executed", "全年执行数")):
            values = (of_cell(getattr(row, name), f"“{row.name.text[:20]}”{role}", unit) for row in rows)
            columns.append(tuple(value for value in values if value is not None))
        scored = tuple(number_of(row.total_score) is not None for row in rows)
        if claim is not None and len(rows) > 1 and len(columns[0]) == len(rows):
            out.append(Listed(table, claim, tuple(rows), scored, columns[0], columns[1]))
    return out


def _spoken(case: Case, table: Table) -> list[Figure]:
    """The coverage a sentence gives, where the only list has a row for every project that other sentences count."""
    lists = [t for t in case.report.tables if t.kind == "project_summary"]
    claims = case.by_metric(("selfeval_coverage",))
    if len(lists) != 1 or len({f.amount.value for f in claims}) != 1:
        return []
    counts = {value.number for value in counted(case, claims[0])}
    return claims if counts == {Decimal(len(project_rows(case, table)))} else []


def _calibres(found: Listed) -> list[tuple[str, Decimal]]:
    """Every share that the columns of the list could mean (CHECKS 0.14)."""
    whole = sum((value.number for value in found.annual), ZERO)
    some = sum((value.number for value in compress(found.annual, found.scored)), ZERO)
    out = [("列入自评的项目全部计入", HUNDRED)]
    if whole:
        out.append(("不含未评分项目", some / whole * HUNDRED))
    out.append(("按项目个数", Decimal(sum(found.scored)) / len(found.rows) * HUNDRED))
    if len(found.executed) == len(found.rows) and any(value.number for value in found.executed):
        spent = sum((value.number for value in found.executed), ZERO)
        part = sum((value.number for value in compress(found.executed, found.scored)), ZERO)
        out.append(("按执行数", part / spent * HUNDRED))
    return out


def _fits(value: Decimal, claim: Decimal) -> bool:
    return check_rate(value, HUNDRED, claim, places(claim)).agreement != "fail"


@check("RAT-04", "自评覆盖率", "P1", "没有自评覆盖率，或没有可对照的项目金额")
def coverage(case: Case) -> Iterator[Check]:
    """A printed coverage fits one of the shares the report's own numbers give; all of them are named where none fits."""
    for found in _listed(case):
        calibres = _calibres(found)
        if any(_fits(value, found.claim.number) for _, value in calibres):
            yield passed("RAT-04", "与所列项目的一种口径相符", {"rate": found.claim})
            continue
        names = {"rate": found.claim} | {f"x{n}": value for n, value in enumerate(found.annual, 1)}
        part = [f"x{n}" for n, scored in enumerate(found.scored, 1) if scored] or ["x1 - x1"]
        whole = " + ".join(f"x{n}" for n in range(1, len(found.rows) + 1))
        formula = f"round(({' + '.join(part)}) / ({whole}) * 100, {max(2, places(found.claim.number))})"
        told = "；".join(
            f"{name}为{value.quantize(Decimal('0.01')):f}%" for name, value in dict(calibres).items()
        )
        yield line("RAT-04", "fail", names, formula=formula, reported=found.claim.number, reason=told)
    yield from _attached(case)
    for claim, proof in _understated(case):
        yield _all_evaluated(claim, proof) if isinstance(proof, Proof) else _told_whole(claim, proof)


@per_case
def _understated(case: Case) -> list[tuple[Value, Proof | Value]]:
    """Coverages below 100 % that sentences claim although a list says 100 % or the report shows every project as evaluated."""
    listed = {found.claim.ref for found in _listed(case)}
    whole = _listed_whole(case)
    out: list[tuple[Value, Proof | Value]] = []
    for figure in case.by_metric(("selfeval_coverage",)):
        claim = case.value_of(figure, "填报覆盖率")
        if claim is None or not claim.certain or claim.ref in listed or _fits(HUNDRED, claim.number):
            continue
        proof = whole or (proof_of_all(case, figure) if claim.number < HUNDRED else None)
        if proof is not None:
            out.append((claim, proof))
    return out


def _listed_whole(case: Case) -> Value | None:
    """The coverage of 100 % that a list of projects prints: every way of counting then gives the same."""
    kinds = {table.id: table.kind for table in case.report.tables}
    for figure in case.report.figures:
        if figure.metric == "selfeval_coverage" and figure.table and kinds[figure.table] == "project_summary":
            value = case.value_of(figure, "汇总表所填覆盖率")
            if value is not None and value.number == HUNDRED:
                return value
    return None


def _told_whole(claim: Value, table: Value) -> Check:
    names = {"rate": claim, "listed": table}
    return line("RAT-04", "fail", names, formula="listed", reported=claim.number, reason="汇总表填报100%")


def _all_evaluated(claim: Value, proof: Proof) -> Check:
    """The evaluated projects are all projects, by their money or by their number."""
    number = len(proof.projects)
    names = {"rate": claim, "all": proof.whole}
    names |= {f"x{n}": part for n, part in enumerate(proof.parts, 1)}
    names |= {f"s{n}": each.score for n, each in enumerate(proof.projects, 1)}
    unit = proof.whole.unit
    evaluated = " + ".join(term(f"x{n}", part, unit) for n, part in enumerate(proof.parts, 1)) or str(number)
    reason = f"列有自评得分的项目{number}个，" + (
        "金额合计即项目支出总额" if proof.parts else "即报告所称全部项目"
    )
    formula = f"round(({evaluated}) / all * 100, {max(2, places(claim.number))})"
    return line("RAT-04", "fail", names, formula=formula, reported=claim.number, reason=reason)


def _attached(case: Case) -> Iterator[Check]:
    """A sentence that claims coverage, against the money of the project forms that came with the report."""
    forms = [form for form in case.forms if form.scope != OVERALL and form.total_row is not None]
    if any(table.kind == "project_summary" for table in case.report.tables):
        return  # the list itself shows which projects were evaluated
    claims = [
        f for f in case.prose if f.metric == "selfeval_coverage" and f.scope == OVERALL and case.of_year(f)
    ]
    if not forms or not claims:
        return
    claim = claims[0]
    whole = _claimed_whole(case, claim)
    rate = case.value_of(claim, "填报覆盖率")
    parts = [
        v
        for form in forms
        if form.total_row and (v := form.money(form.total_row.annual, f"“{form.scope}”全年预算数"))
    ]
    count = stated_count(case)
    if (
        whole is None
        or rate is None
        or len(parts) != len(forms)
        or not comparable((whole, *parts))
        or not whole.number
    ):
        return
    names = {"rate": rate, "whole": whole} | {f"x{n}": part for n, part in enumerate(parts, 1)}
    share = sum((in_unit(part, whole.unit) for part in parts), ZERO) / whole.number * HUNDRED
    if _fits(share, rate.number) or share > rate.number:
        yield passed("RAT-04", "所附项目自评表金额与覆盖率相符", names)
    elif count is None or count <= len(forms) or chosen(case) or not _steady(names.values()):
        yield unverified("RAT-04", "所附项目自评表未必是全部，覆盖率无法验证", names)
    else:
        added = " + ".join(term(f"x{n}", part, whole.unit) for n, part in enumerate(parts, 1))
        digits = max(2, places(rate.number))
        yield line(
            "RAT-04", "fail", names, formula=f"round(({added}) / whole * 100, {digits})", reported=rate.number,
            reason=f"报告称{count}个项目，所附项目自评表{len(forms)}张",
        )  # fmt: skip


def _steady(values: Iterable[Value]) -> bool:
    return all(value.certain and value.number > 0 for value in values)


def _claimed_whole(case: Case, claim: Figure) -> Value | None:
    """The project money that stands before a claim in its sentence."""
    start, _ = case.sentence(claim.span)
    before = [
        f for f in case.between(start, claim.span.start)
        if f.metric == "expenditure_project" and f.scope == OVERALL and f.stage != "rate"
    ]  # fmt: skip
    return case.value_of(before[-1], "项目支出总额") if before else None


@check("RAT-12", "公式错用", "P1", "没有与其他比率相同的自评覆盖率")
def wrong_ratio(case: Case) -> Iterator[Check]:
    """A coverage that no calibre gives but that is the execution rate of the same list was put in the wrong place."""
    for found in _listed(case):
        if any(_fits(value, found.claim.number) for _, value in _calibres(found)):
            yield passed("RAT-12", "覆盖率与自身公式相符", {"rate": found.claim})
            continue
        spent, budget = _list_totals(case)
        if spent is None or budget is None or not budget.number or not comparable((spent, budget)):
            continue
        names = {"executed": spent, "annual": budget, "rate": found.claim}
        digits = digits_of((spent, budget), budget.unit)
        outcome = check_rate(in_unit(spent, budget.unit), budget.number, found.claim.number, digits)
        if outcome.agreement == "pass":
            executed = term("executed", spent, budget.unit)
            formula = f"round(percent({executed}, annual), {max(2, places(found.claim.number))})"
            yield line(
                "RAT-12", "fail", names, formula=formula, reported=found.claim.number, tolerance=outcome.tolerance,
                reason="所填比率与预算执行率相同",
            )  # fmt: skip
    yield from _repeated_rates(case)


def _repeated_rates(case: Case) -> Iterator[Check]:
    """A coverage in a sentence that prints the very digits of the execution rate; without decimals this is only asked about."""
    listed = {found.claim.ref for found in _listed(case)}
    for figure in case.by_metric(("selfeval_coverage",)):
        claim = case.value_of(figure, "填报覆盖率")
        if claim is None or claim.ref in listed or claim.number >= HUNDRED:
            continue
        level: Severity | None = None if places(claim.number) else "P2"  # whole numbers may agree by chance
        for other in case.by_metric(("exec_rate", "expenditure_project"), "rate"):
            rate = case.value_of(other, "预算执行率")
            if rate is not None and rate.number == claim.number:
                names = {"rate": claim, "other": rate}
                yield line("RAT-12", "fail", names, severity=level, formula="other", reported=claim.number)
                break


def _list_totals(case: Case) -> tuple[Value | None, Value | None]:
    """Spending and budget of all projects as sentences print them, each with one value only."""
    out: list[Value | None] = []
    for stage, role in (("exec", "项目全年执行数"), ("budget_annual", "项目全年预算数")):
        values: dict[Decimal, Value] = {}
        for figure in case.by_metric(("expenditure_project", "exec_annual", "budget_annual"), stage):
            value = case.value_of(figure, role)
            if value is not None and value.yuan is not None:
                values[value.yuan] = value
        out.append(next(iter(values.values())) if len(values) == 1 else None)
    return out[0], out[1]


@check("RAT-10", "自评平均分", "P1", "没有自评平均分，或没有可平均的得分")
def average(case: Case) -> Iterator[Check]:
    """自评平均分 over the projects the list counts as evaluated; unscored ones left out silently are asked about."""
    for table in case.report.tables:
        if table.kind != "project_summary":
            continue
        figures = [f for f in case.report.figures if f.table == table.id and f.metric == "selfeval_avg_score"]
        claim = case.value_of(figures[0], "填报平均分") if len(figures) == 1 else None
        scored = printed_scores(case, table) if claim is not None else []
        scores = [value for _, value in scored]
        if claim is not None and any(score.number > HUNDRED for score in (*scores, claim)):
            yield unverified("RAT-10", "得分大于100，读数存疑", {"rate": claim})
        elif claim is not None and (broken_rows(case, table) or _one_unread(case, table, claim, scored)):
            yield unverified("RAT-10", UNSURE, {"rate": claim})
        elif claim is not None and len(scores) > 1:
            yield _average_line(claim, scores, _evaluated(case, table, len(project_rows(case, table))))
    yield from _told_averages(case)


def _one_unread(case: Case, table: Table, claim: Value, scored: Sequence[tuple[Project, Value]]) -> bool:
    """Whether nothing stands in the score's place of one project and a score like the others' there gives the average."""
    rows = project_rows(case, table)
    missing = [row for row in rows if all(row is not each for each, _ in scored)]
    if len(missing) != 1 or (missing[0].total_score is not None and missing[0].total_score.text):
        return False
    implied = claim.number * len(rows) - sum((value.number for _, value in scored), ZERO)
    return bool(scored) and all(same_scale(implied, value.number) for _, value in scored)


def _told_averages(case: Case) -> Iterator[Check]:
    """An average that a sentence gives, where the report scores just as many projects as the sentence counts."""
    scores = [each.score for each in evaluated(case)]
    for figure in case.prose:
        claim = case.value_of(figure, "填报平均分") if figure.metric == "selfeval_avg_score" else None
        if claim is None or figure.period not in (None, case.year):
            continue
        counts = {
            f.amount.value
            for f in case.between(*case.sentence(figure.span))
            if f.metric == "project_count" and f.amount.value is not None
        }
        if counts == {Decimal(len(scores))} and len(case.report.projects) <= len(scores):
            if all(same_scale(score.number, claim.number) for score in scores):
                yield _average_line(claim, scores, len(scores))
            else:
                yield unverified("RAT-10", "各项目得分与平均分的分制不同，无法核对", {"rate": claim})


def _evaluated(case: Case, table: Table, rows: int) -> int:
    """How many projects the list says were evaluated; as many as it has rows where it says nothing else."""
    counts = {
        int(f.amount.value) for f in case.report.figures
        if f.table == table.id and f.metric == "project_count" and f.amount.value is not None
    }  # fmt: skip
    return counts.pop() if len(counts) == 1 else rows


def _average_line(claim: Value, scores: Sequence[Value], evaluated: int) -> Check:
    names = {"rate": claim} | {f"x{n}": score for n, score in enumerate(scores, 1)}
    total = sum((score.number for score in scores), ZERO)
    digits = max(2, max_places([claim.number]))
    added = " + ".join(name for name in names if name != "rate")
    results = []
    for count in dict.fromkeys((evaluated, len(scores))):
        if count < len(scores):
            continue
        outcome = check_score(total / count, claim.number, places(claim.number))
        results.append((count, outcome, f"round(({added}) / {count}, {digits})"))
    count, outcome, formula = results[0]
    if outcome.agreement != "fail":
        return compared("RAT-10", outcome, formula, names)
    reason = f"按{count}个项目平均"
    if len(results) > 1 and results[1][1].agreement != "fail":
        reason = f"自评项目{count}个，有得分的{len(scores)}个，平均分只按有得分的项目计算"
    return compared("RAT-10", outcome, formula, names, reason=reason)
