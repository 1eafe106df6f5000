"""CON-10: a project the report calls secret and yet sets out; for inside eyes, and never a word of its content."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.document import Span
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case, bare_name
from extractor.reconcile.consistency import Names
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.values import Words
from extractor.schema import OVERALL

_SECRET = lazy(r"涉密|涉及国家秘密|涉及秘密|属于?(?:国家)?秘密")
_DENIED = lazy(r"(?:[不非未无]|没有)[^\W\d_]{0,4}$|是否$|[如若]$")
_OF_THINGS = lazy(r"检查|培训|制度|人员|载体|文件|会议|设备|计算机|机房|测评")
_CLOSED = lazy(r"^.{0,24}不(?:(?:予|作|做|宜|便|能|得|再|对外|向社会)*(?:公开|公示|评价|列示|披露)|作)")
_PROJECT = lazy(r"(?:此|本|该)?项目[^。;,]{0,8}$|^(?:的)?项目")
_BEFORE, _AFTER, _SHORT = 16, 40, 6


@check("CON-10", "涉密表述与公开内容", "P0", "没有涉密不公开的表述")
def secret_projects(case: Case) -> Iterator[Check]:
    """A project said to be secret and kept from the public, of which the annexes print targets and results."""
    for span in _statements(case):
        scopes = _scopes(case, span)
        forms = Names(form.scope for form in case.forms if form.rows)
        shown = [scope for scope in scopes if forms.find(scope)]
        alone = case.report.kind == "project" and len(case.forms) == 1 and bool(case.forms[0].rows)
        statement = Words(None, "涉密表述", (span,))
        if shown or alone:
            yield line("CON-10", "fail", {"statement": statement})
        elif scopes:
            yield passed("CON-10", "所称涉密项目未见自评表")
        else:
            yield unverified("CON-10", "涉密表述所指项目不明")


def _statements(case: Case) -> Iterator[Span]:
    """The word for secret, where the sentence says a project is and is not made public."""
    for match, span in case.found(_SECRET):
        before = case.plain_text[max(0, match.start() - _BEFORE) : match.start()]
        after = case.plain_text[match.end() : match.end() + _AFTER]
        clause = before.replace(";", "。").replace(",", "。").rsplit("。", 1)[-1]
        if _DENIED.search(clause) or _OF_THINGS.match(after) or case.in_table(span):
            continue
        if _CLOSED.match(after) and (_PROJECT.search(clause) or _PROJECT.search(after)):
            yield span


def _core(scope: str) -> str:
    """A project's name as sentences shorten it."""
    name = bare_name(scope)
    return name.removesuffix("项目") if len(name) > _SHORT else name


def _scopes(case: Case, span: Span) -> list[str]:
    """The projects that the sentence of a statement names, else those whose amounts stand in it or in its paragraph."""
    words = bare_name(case.sentence_words(span))
    named = [form.scope for form in case.forms if form.scope != OVERALL and _core(form.scope) in words]
    if named:
        return named
    for start, end in (case.sentence(span), case.paragraph(span)):
        found = [
            f.scope for f in case.between(start, end)
            if f.scope != OVERALL and f.metric in ("project_budget", "project_exec")
        ]  # fmt: skip
        if found:
            return list(dict.fromkeys(found))
    return []
