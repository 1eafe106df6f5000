"""CON-09: how many offices a unit says it has, and how many it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.document import Span, fold
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case, squeeze
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.values import Value, Words
from extractor.schema import OVERALL, Figure

_SUFFIX = r"(?:办公室|研究室|[室部科处股组队所站局]|中心|支队|大队|党委|党总支|党支部|纪委|工会|团委)"
_NAMED = lazy(r"(?:内设机构|内设|科室|股室|机构)?(?:分别为|分别是|包括|即|为|[::])([^。;]{4,400})")
_HEADED = lazy(rf"(?:^|[。;])(?:下设|内设|设)?([^\W\d_、,:。;]{{1,16}}{_SUFFIX}):")
_SPLIT = lazy(r"[、,]")
_AND = lazy(r"[及和与]")
_OPEN = lazy(r"等\d*个?(?:科|股|处|内设|机构|部门|职能)?|其中|另")
_BRACKET = lazy(r"\([^)]*\)")
_OFFICE = lazy(rf"^[^\W\d_]{{1,18}}{_SUFFIX}$")
_BEFORE = lazy(r"(?:内设(?:机构)?|下设|设有)(?:有|为|包括)?([^。;:,()]{4,300}?)(?:共计|合计|一共|共)?$")
_REACH = 500
_LEAST = 3


@check("CON-09", "机构个数与列举", "P2", "没有写明内设机构个数，或没有逐一列举")
def offices(case: Case) -> Iterator[Check]:
    """内设机构N个 against the offices that the same sentence lists, or that head the paragraphs of the section before."""
    for figure in case.spoken_of(OVERALL):  # no word of another year: an office may be called 计划财务股
        if figure.metric != "dept_internal_count" or figure.period not in (None, case.year):
            continue
        value = case.value_of(figure, "内设机构个数")
        if value is None:
            continue
        listed, span = _listed(case, figure)
        if len(listed) < _LEAST:
            listed, span = _led(case, figure)
        if len(listed) < _LEAST:
            listed, span = _headed(case, figure)
        if len(listed) < _LEAST or span is None:
            continue
        names: dict[str, Value | Words] = {"count": value, "listed": Words(None, "列举的机构", (span,))}
        if len(listed) == value.number:
            yield passed("CON-09", f"列举{len(listed)}个，与所述个数一致")
        elif value.number < _LEAST or abs(len(listed) - value.number) > value.number / 2:
            yield unverified("CON-09", f"列举读到{len(listed)}个，与所述个数相差较大，可能未读全")
        else:
            reported = Decimal(len(listed))
            yield line(
                "CON-09", "fail", names, formula="count", reported=reported, reason=f"列举{len(listed)}个"
            )


def _listed(case: Case, figure: Figure) -> tuple[list[str], Span | None]:
    """The offices behind a count in its sentence: “内设机构5个：综合室、调研室…”."""
    start, end = figure.span.end, case.sentence(figure.span)[1]
    words = _BRACKET.sub("", case.words(start, max(end, start)))
    match = _NAMED.match(words) or re.match(r"[::,](?:分别为|包括|即)?(.{4,400})", words)
    if match is None or _OPEN.search(match[1]):
        return [], None
    names = _names(match[1].rstrip("。;"))
    if not all(_OFFICE.match(name) for name in names):
        return [], None
    return list(dict.fromkeys(names)), Span(start=start, end=end)


def _names(listed: str) -> list[str]:
    """The names of a list; “综合科和法规科” are two, “防火与安全股” is one."""
    out: list[str] = []
    for piece in filter(None, _SPLIT.split(listed)):
        halves = [half for half in _AND.split(piece, maxsplit=1) if half]
        out += halves if len(halves) > 1 and all(_OFFICE.match(half) for half in halves) else [piece]
    return out


def _led(case: Case, figure: Figure) -> tuple[list[str], Span | None]:
    """The offices in front of a count: “内设办公室、规划股、水资源股共3个股室”."""
    start = case.sentence(figure.span)[0]
    match = _BEFORE.search(case.words(start, figure.span.start))
    if match is None or _OPEN.search(match[1]):
        return [], None
    names = _names(match[1])
    if not all(_OFFICE.match(name) for name in names):
        return [], None
    return list(dict.fromkeys(names)), Span(start=start, end=figure.span.end)


def _headed(case: Case, figure: Figure) -> tuple[list[str], Span | None]:
    """The offices that a passage before the count describes one by one: “政治部：研究…。研究室：调研…。”."""
    section = next(
        (
            s for s in reversed(case.report.sections)
            if s.span.end <= figure.span.start and figure.span.start - s.span.end < _REACH * 4
        ),
        None,
    )  # fmt: skip
    if section is None:
        return [], None
    heading = squeeze(fold(section.number + section.title))
    words = case.words(section.span.start, section.span.end).removeprefix(heading)
    return list(dict.fromkeys(match[1] for match in _HEADED.finditer(words))), section.span
