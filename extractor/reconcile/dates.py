"""FMT-03: dates that no calendar has, and half a year in a report on a whole one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.days import days_in
from extractor.findings import Check
from extractor.patterns import lazy
from extractor.reconcile.case import Case
from extractor.reconcile.registry import check, line, passed
from extractor.reconcile.remarks import literal, numbered, spot
from extractor.reconcile.values import Words

_DATE = lazy(r"(?<!\d)((?:19|20)\d{2})年(\d{1,4})(月|日)(?:(\d{1,4})(日|号))?")
_HALF_YEAR = "上半年"
_PLAN = lazy(r"下半年|上半年和|至上半年|监控|截[至止]|同比|较")
_WHOLE = lazy(r"上半年,?(?:我|本|全|共|累计|组织|开展|完成|已)")
_MONTHS, _DAYS = 12, 31
_MONTH_AND_DAY = 4  # 2021年1231日: the sign of the month is lost


@check("FMT-03", "日期或期间错误", "P2", "没有写明年月日")
def impossible_dates(case: Case) -> Iterator[Check]:
    """A date whose month or day does not exist; a half-year's work told as the year's."""
    dates = list(_dates(case.plain_text))
    odd = dict.fromkeys(match[0] for match in dates if _impossible(match.groups()))
    wrong = [spot(span.start, span.end, "日期") for each in odd for span in literal(case, each)]
    halves = list(_half_years(case))
    if wrong:
        yield line("FMT-03", "fail", numbered("text", wrong))
    elif dates:
        yield passed("FMT-03", f"{len(dates)}处日期均存在")
    if halves:
        yield line("FMT-03", "fail", numbered("half", halves), severity="I")


def _dates(text: str) -> Iterator[re.Match[str]]:
    """Dates that begin with a year: the sign of the year is found far faster than four digits."""
    at = text.find("年")
    while at >= 0:
        match = _DATE.match(text, max(0, at - 4))
        if match is not None:
            yield match
        at = text.find("年", at + 1)


def _impossible(parts: tuple[str | None, ...]) -> bool:
    year, first, unit, day = int(parts[0] or 0), parts[1] or "", parts[2], parts[3]
    if unit == "日":
        return (
            len(first) == _MONTH_AND_DAY and 1 <= int(first[:2]) <= _MONTHS and 1 <= int(first[2:]) <= _DAYS
        )
    month = int(first)
    if not 1 <= month <= _MONTHS:
        return len(first) < 3 or day is not None
    return day is not None and not 1 <= int(day) <= days_in(year, month)


def _half_years(case: Case) -> Iterator[Words]:
    if _HALF_YEAR not in case.plain_text or case.report.kind not in ("department", "project", "summary"):
        return
    for match, span in case.found(_WHOLE):
        if not case.in_table(span) and not _PLAN.search(case.sentence_words(span)):
            yield spot(span.start, span.start + len(match[0]), "期间")
