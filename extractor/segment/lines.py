"""Lines of the canonical text, each with the class that decides how it is read."""

from __future__ import annotations

from typing import NamedTuple

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import role_of

HEADING = lazy(
    r"^(?:#{1,6}\s+|\*\*)?(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}(?:部分|章|节))\s*\S"
)
TITLE = lazy(
    r"^(?:附件|附表|附|表)?[\s\d\-:.、一二三四五六七八九十()]*.{0,60}?(?:自评表|基础数据表|汇总表|申报表|评价表|评分表|打分表|目标表|情况表|统计表|明细表|得分表|完成表|评价指标体系|报告表|监控表|复核表|执行表|信息表)(?:\s*\(.{0,30}\)|\s*[一二三四五六七八九十\d]{0,2})$"
)
ANNEX = lazy(r"^附(?:件|表)?\s*[\d一二三四五六七八九十]*(?:[\-.]\d+)?\s*[:：]?$")
TAIL = lazy(
    r"^(?:填表人|填报人|填报单位负责人|制表人|单位负责人|审核人|经办人|联系人[:：]|备注[:：]|说明[:：]|注[:：]|注[\d一二三]|填报日期|填表日期|填报说明|部门负责人|财务负责人|项目负责人[:：])"
)
_RULE = lazy(r"^\|?[\s:|+\-=─━—]+\|?$")


class Line(NamedTuple):
    """A line: `[start, end)` without its newline, folded and stripped text, and its class.

    Classes: B blank, T cells separated by tabs, t one tab-led cell, P pipes, p plain.
    """

    start: int
    end: int
    text: str
    cls: str


_FOOTER = lazy(
    r"^(?:[-·\s]{1,4}\d{1,4}[-·\s]{1,4}|第\s*\d+\s*页(?:[\s,/]*共\s*\d+\s*页)?|\d+\s*/\s*共?\d+\s*页?)$"
)


def lines_of(document: Document) -> list[Line]:
    """The lines that say something: page footers and the blank lines around them are left out."""
    lines = _all_lines(document)
    footers = {
        i
        for i, line in enumerate(lines)
        if line.cls == "p"
        and len(line.text) < 20
        and _FOOTER.match(line.text)
        and "\n" not in line.text
        and any(c in line.text for c in "-页/")
    }
    if not footers:
        return lines
    for i in sorted(footers):
        for step in (-1, 1):
            k = i + step
            while 0 <= k < len(lines) and lines[k].cls == "B":
                footers.add(k)
                k += step
    return [line for i, line in enumerate(lines) if i not in footers]


def _all_lines(document: Document) -> list[Line]:
    out, at = [], 0
    for raw in document.folded.split("\n"):
        end = at + len(raw)
        text = raw.strip()
        out.append(Line(at, end, text, _class(raw, text)))
        at = end + 1
    return out


def _class(raw: str, text: str) -> str:
    if "\t" in raw:
        led = raw.startswith("\t") or raw.lstrip(" ").startswith("\t")
        if led and "\t" not in text and raw.count("\t") == 1:
            return "t"
        return "T" if text or raw.count("\t") > 1 else "t"
    if not text:
        return "B"
    return "P" if "|" in text else "p"


def is_rule(text: str) -> bool:
    """Whether a line only draws a rule between rows."""
    return ("---" in text or ":-" in text or "-:" in text or "─" in text) and _RULE.match(text) is not None


def closes_table(text: str) -> bool:
    """Whether a plain line can only stand outside a table."""
    return bool(
        TAIL.match(text)
        or ANNEX.match(text)
        or (len(text) < 60 and (HEADING.match(text) or TITLE.match(text)))
    )


def head_role(text: str) -> tuple[str, str] | None:
    """(family, role) when a whole line is a column head of an indicator or money block."""
    if len(text) > 24 or len(text) < 2:
        return None
    for family in ("indicator", "money", "base"):
        role = role_of(family, text)
        if role is not None:
            return family, role
    return None
