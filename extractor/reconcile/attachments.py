"""CON-08: the forms a report says it carries against those that came with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractor.document import Span, fold
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.consistency import Names
from extractor.reconcile.forms import Form
from extractor.reconcile.lists import project_rows, stated_count
from extractor.reconcile.memo import per_case
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import places_of
from extractor.reconcile.values import Value, Words
from extractor.schema import OVERALL, Figure

_CHOSEN = lazy(
    r"抽取|选取|重点(?:项目|评价)|部分项目|抽查|择优|另行报送|另附|已报送|已上传|在线(?:报送|填报|提交)|系统[^。;]{0,8}(?:报送|填报|提交|上报)|"
    r"不再附|未附|只附|仅附|只包括"
)
_LIST = lazy(r"附(?:件(?:目录)?|[表录](?=[::])|(?=[::]))[::]?(?:\d|[一二三四五六七八九十])[-.、\d].{0,400}")
_ITEM = lazy(r"(?:\d{4}年度?)?([^\d、。;:,()-]{0,24}?(?:自评表|基础数据表|汇总表))")
_LAST = 400


@check("CON-08", "附件清单与实附", "P1", "报告未列附件，也未写明项目个数")
def forms_attached(case: Case) -> Iterator[Check]:
    """A project form for every project the report counts (CHECKS 0.16), and every form its list of annexes names."""
    forms = [form for form in case.forms if form.scope != OVERALL and form.tables]
    count = _count(case)
    if count is not None and forms and case.report.kind != "project":
        yield _projects_line(case, forms, count)
    yield from _annexes(case)


@per_case
def chosen(case: Case) -> bool:
    """Whether the report says that only some forms come with it."""
    return bool(_CHOSEN.search(case.prose_text))


def _count(case: Case) -> Value | None:
    """How many projects there are, as the report says."""
    stated = stated_count(case)
    figures: Iterable[Figure] = (f for f in case.report.figures if f.metric == "project_count")
    found = next((f for f in figures if stated is not None and f.amount.value == Decimal(stated)), None)
    return case.value_of(found, "项目个数") if found is not None else None


def _projects_line(case: Case, forms: list[Form], count: Value) -> Check:
    scopes = Names(form.scope for form in forms)
    absent = [(name, span) for name, span in named_projects(case) if scopes.find(name) is None]
    names: dict[str, Value | Words] = {"count": count}
    names |= {f"m{n}": Words(None, name, (span,)) for n, (name, span) in enumerate(absent, 1)}
    missing = count.number - len(forms)
    if missing <= 0:
        return passed("CON-08", f"项目{count.number:f}个，附项目自评表{len(forms)}张", {"count": count})
    if chosen(case) or not count.certain:
        return unverified("CON-08", "报告可能只附部分项目的自评表", {"count": count})
    if any(_stands_alone(case, name) for name, _ in absent):
        return unverified(
            "CON-08", "未读到的项目名称另有一处单独成行，其自评表可能未能读出", {"count": count}
        )
    if len(absent) > missing:
        names = {"count": count}
    return line(
        "CON-08",
        "fail",
        names,
        formula=f"count - {len(forms)}",
        reason=f"附项目自评表{len(forms)}张",
        tolerance=Decimal(0),
    )


def _stands_alone(case: Case, name: str) -> bool:
    """Whether a project's name fills a line outside all tables, as the cell of a form does that came apart."""
    text = case.document.folded
    for at in places_of(case, fold(name)):
        line = text[text.rfind("\n", 0, at) + 1 : (text + "\n").find("\n", at)].strip()
        if line == fold(name) and case.table_at(Span(start=at, end=at + 1)) is None:
            return True
    return False


@per_case
def named_projects(case: Case) -> list[tuple[str, Span]]:
    """Every project the report names: rows of its lists, else projects of its sentences, a longer name for a shorter."""
    rows = [
        (project.name.text, project.name.span)
        for table in case.report.tables if table.kind == "project_summary"
        for project in project_rows(case, table)
    ]  # fmt: skip
    if rows:
        return rows
    found: dict[str, tuple[str, Span]] = {}
    for figure in case.prose:
        if figure.metric not in ("project_budget", "project_exec") or figure.scope == OVERALL:
            continue
        name = bare_name(figure.scope)
        if not any(name in known or known in name for known in found):
            found[name] = (figure.scope, figure.span)
    return list(found.values())


def _annexes(case: Case) -> Iterator[Check]:
    """A form of the list of annexes whose title stands nowhere else, where no table of its kind was read."""
    text, kinds = case.plain_text, {str(table.kind) for table in case.report.tables}
    for match, span in case.found(_LIST):
        titles = dict.fromkeys(item[1] for item in _ITEM.finditer(match[0][:_LAST]))
        absent = [title for title in titles if text.count(title) == 1 and not _kind_read(title, kinds)]
        names = {f"m{n}": Words(None, title, (span,)) for n, title in enumerate(absent, 1)}
        if len(titles) < 2:
            continue
        if absent and case.report.tables:
            yield line("CON-08", "fail", names, reason="附件目录所列")
        elif not absent:
            yield passed("CON-08", f"附件目录所列{len(titles)}种表均已收到")
        else:
            yield unverified("CON-08", "材料中没有读到任何表")
        return


def _kind_read(title: str, kinds: set[str]) -> bool:
    wanted = (
        "base_data" if "基础数据" in title else "project_summary" if "汇总" in title else "self_evaluation"
    )
    return wanted in kinds
