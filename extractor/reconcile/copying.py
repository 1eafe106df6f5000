"""XDC-01: sixty and more characters on end that another unit's report prints too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from extractor.findings import Check
from extractor.reconcile.case import Case, squeeze
from extractor.reconcile.companions import Other
from extractor.reconcile.registry import check, line, passed, unverified
from extractor.reconcile.remarks import spot
from extractor.reconcile.values import Words

LEAST_RUN = 60
# Any run of LEAST_RUN characters holds one whole block, wherever it begins.
_BLOCK = LEAST_RUN // 2
# A run that this many of the batch print is the template's, or the bureau's own wording.
_TEMPLATE_SHARE = 3
_CITED = (
    "没有政府性基金",
    "没有使用政府性基金",
    "没有国有资本经营",
    "习近平",
    "党的二十大",
    "《中华人民共和国",
    "基本工资、津贴补贴",
    "主要职责",
    "附件:",
    "绩效自评表",
    "贯彻执行",
)


class Run(NamedTuple):
    """A shared passage: its place in the squeezed text, and whose it is too."""

    start: int
    end: int
    other: int


@check("XDC-01", "跨单位文本雷同", "P1", "没有可比对的正文")
def copied_passages(case: Case) -> Iterator[Check]:
    """Passages of the sentences that other reports of the batch print word for word, template text left out."""
    if len(case.prose_text) < LEAST_RUN:
        return
    others = case.companions.others
    if not others:
        yield unverified("XDC-01", "未提供其他单位的报告，未作比对")
        return
    text = case.prose_text
    runs = [run for n, other in enumerate(others) for run in shared_runs(text, _prose(other), n)]
    own = [run for run in _own(runs, len(others)) if not _is_cited(text[run.start : run.end])]
    found: dict[str, Words] = {}
    for run in own:
        place = _place(case, text[run.start : run.end])
        if place is not None:
            found[f"text{len(found) + 1}"] = place
    if found:
        yield line("XDC-01", "fail", found)
    else:
        yield passed("XDC-01", f"与{len(others)}份报告比对，未见连续{LEAST_RUN}字以上雷同")


def _prose(other: Other) -> str:
    """The sentences of another report, as `Case.prose_text` reads one's own."""
    text, at, parts = other.document.folded, 0, []
    for table in sorted(other.report.tables, key=lambda each: each.span.start):
        parts.append(text[at : max(table.span.start, at)])
        at = max(at, table.span.end)
    return squeeze("。".join((*parts, text[at:])))


def shared_runs(text: str, other: str, number: int) -> Iterator[Run]:
    """Maximal common runs of at least LEAST_RUN characters; time grows with the sum of the lengths."""
    blocks: dict[str, int] = {}
    for at in range(0, len(other) - _BLOCK + 1, _BLOCK):
        blocks.setdefault(other[at : at + _BLOCK], at)
    at = floor = 0
    while at + _BLOCK <= len(text):
        found = blocks.get(text[at : at + _BLOCK])
        if found is None:
            at += 1
            continue
        start, there = at, found
        while start > floor and there and text[start - 1] == other[there - 1]:
            start, there = start - 1, there - 1
        end, after = at + _BLOCK, found + _BLOCK
        while end < len(text) and after < len(other) and text[end] == other[after]:
            end, after = end + 1, after + 1
        if end - start >= LEAST_RUN:
            yield Run(start, end, number)
        at = floor = end


def _own(runs: list[Run], others: int) -> list[Run]:
    """Runs that few print, the longest of those that overlap, in the order of the text."""
    spread: Counter[int] = Counter()
    for run in runs:
        spread.update({run.start // _BLOCK + n for n in range((run.end - run.start) // _BLOCK)})
    few = [
        run for run in runs
        if others < _TEMPLATE_SHARE or spread[(run.start + run.end) // 2 // _BLOCK] < _TEMPLATE_SHARE
    ]  # fmt: skip
    out: list[Run] = []
    for run in sorted(few, key=lambda each: each.start - each.end):
        if all(run.end <= each.start or run.start >= each.end for each in out):
            out.append(run)
    return sorted(out, key=lambda each: each.start)


def _is_cited(passage: str) -> bool:
    return any(word in passage for word in _CITED)


def _place(case: Case, passage: str) -> Words | None:
    """A passage in the document; None where a table cuts it."""
    wanted = passage.strip("。")
    spans = (span for _, span in case.found(re.compile(re.escape(wanted))))
    span = next(spans, None)
    return None if span is None else spot(span.start, span.end, f"{len(wanted)}字")
