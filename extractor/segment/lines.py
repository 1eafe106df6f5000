"""Lines of the canonical text, each with the class that decides how it is read."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import role_of
from extractor.segment.numerals import DIGITS, N, marked_numerals


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_HEADING_STARTS = frozenset("#*(第" + DIGITS)
_HEADING = lazy(rf"(?:#{{1,6}}\s+|\*\*)?(?:{N}{{1,3}}[、.]|\({N}{{1,3}}\)|第{N}{{1,3}}(?:部分|章|节))\s*\S")
_FORMS = _listed("""
自评表 基础数据表 汇总表 申报表 评价表 评分表 打分表 目标表 情况表 统计表 明细表 得分表 完成表 评价指标体系 报告表 监控表 复核表 执行表 信息表
""")
_LONGEST_TITLE = 70
_LONGEST_REMARK = 32
_TAILS = _listed("""
填表人 填报人 填报单位负责人 制表人 单位负责人 审核人 经办人 联系人: 备注: 说明: 注: 注一 注二 注三 填报日期 填表日期 填报说明 部门负责人 财务负责人 项目负责人:
""")
_COUNT = "0123456789" + DIGITS
_RULE = lazy(r"^\|?[\s:|+\-=─━—]+\|?$")


NO_PAGE, LIKE_PAGE, PAGE_NUMBER = range(3)


class Line(NamedTuple):
    """A line: `[start, end)` without its newline, folded and stripped text, and its class.

    Classes: B blank, T cells separated by tabs, t one tab-led cell, P pipes, p plain.
    """

    start: int
    end: int
    text: str
    cls: str
    page: int = NO_PAGE  # whether a lone number may count the pages


_FOOTER = lazy(
    r"^(?:[-·\s]{1,4}\d{1,4}[-·\s]{1,4}|第\s*\d+\s*页(?:[\s,/]*共\s*\d+\s*页)?|\d+\s*/\s*共?\d+\s*页?)$"
)
_FOOTER_STARTS = frozenset("-·第0123456789")


_PAGES_BETWEEN = 4  # a page may print its number beside other words
# Characters of a page, and what the first numbered page may be called; a report of fewer pages is not doubted.
_SHORTEST_PAGE, _LONGEST_PAGE, _FIRST_PAGES, _LEAST_PAGES = 60, 3000, 2, 3


def lines_of(document: Document) -> list[Line]:
    """The lines that say something: page footers and the blank lines around them are left out."""
    lines = _all_lines(document)
    footers = {i for i, line in enumerate(lines) if line.cls == "p" and is_footer(line.text)}
    footers |= _counted_pages(lines)
    if not footers:
        return _suspected(lines)
    for i in sorted(footers):
        above, below = _blanks(lines, i, -1), _blanks(lines, i, 1)
        if above and below:  # a blank line on one side only ends a row or a paragraph
            footers.update(above)
            footers.update(below)
    return [line for i, line in enumerate(lines) if i not in footers]


def _blanks(lines: list[Line], i: int, step: int) -> list[int]:
    """The blank lines right above or below line `i`."""
    out = []
    k = i + step
    while 0 <= k < len(lines) and lines[k].cls == "B":
        out.append(k)
        k += step
    return out


def _counted_pages(lines: list[Line]) -> set[int]:
    """Lone numbers between the printed rows of tables where they count the pages: 1, 2, 3 …"""
    rows = sum(line.cls in "tTP" or "  " in line.text for line in lines)
    if rows < 3:
        return set()
    numbers = [
        (i, int(line.text.strip("-· ")))
        for i, line in enumerate(lines)
        if line.cls == "p" and len(line.text) <= 8 and line.text.strip("-· ").isdecimal()
    ]
    return _counted(numbers) if len(numbers) <= rows else set()


def _counted(numbers: list[tuple[int, int]]) -> set[int]:
    """The places of those of the (place, number) that count upwards as pages do; none where they do not count."""
    if len(numbers) < 3:
        return set()
    length: dict[int, int] = {}  # how long the longest count is that ends with a number, and where it stands
    place: dict[int, int] = {}
    before: dict[int, int | None] = {}
    for i, number in numbers:
        last = max(range(number - _PAGES_BETWEEN, number), key=lambda n: length.get(n, 0))
        if length.get(last, 0) + 1 > length.get(number, 0):
            length[number], before[i], place[number] = length.get(last, 0) + 1, place.get(last), i
    longest = max(length, key=lambda n: length[n])
    if length[longest] < 3 or length[longest] * 3 < len(numbers) * 2:
        return set()
    found = set()
    at: int | None = place[longest]
    while at is not None:
        found.add(at)
        at = before[at]
    return found


def _suspected(lines: list[Line]) -> list[Line]:
    """The lines, with those lone numbers marked that count 1, 2, 3 … from the first page to the last.

    Among cells printed one a line a page's number looks like a cell: only the row around it can tell.
    """
    places = [(line.start, int(line.text), i) for i, line in enumerate(lines) if _may_count(line)]
    if not places or max(number for _, number, _ in places) < _LEAST_PAGES:
        return lines
    counted = {int(lines[i].text): i for i in _count(places, lines[-1].end)}
    out = list(lines)
    for _, number, i in places:
        on = counted.get(number)
        if on is not None and counted.get(number - 1, 0) <= i <= counted.get(number + 1, len(lines)):
            out[i] = lines[i]._replace(page=PAGE_NUMBER if i == on else LIKE_PAGE)
    return out


def _may_count(line: Line) -> bool:
    text = line.text
    return line.cls == "p" and len(text) <= 3 and text.isascii() and text.isdigit() and text[0] != "0"


def _count(places: list[tuple[int, int, int]], end: int) -> list[int]:
    """The lines of the longest count through a text of `end` characters, in the most even steps; empty when none is long enough."""
    steps: dict[int, list[int]] = {}  # of each number, the places from which the first page is reached
    for at, (offset, number, _) in enumerate(places):
        first = offset <= _LONGEST_PAGE and number <= _FIRST_PAGES
        if first or _before(places, steps.get(number - 1, []), offset):
            steps.setdefault(number, []).append(at)
    last = [at for found in steps.values() for at in found if end - places[at][0] <= _LONGEST_PAGE]
    most = max((places[at][1] for at in last), default=0)
    if most < _LEAST_PAGES:
        return []
    page = end / most
    paths: dict[int, tuple[float, list[int]]] = {}
    for number in sorted(steps):
        for at in steps[number]:
            offset, line = places[at][0], places[at][2]
            ways = [paths[b] for b in _before(places, steps.get(number - 1, []), offset) if b in paths]
            cost, path = min(ways, key=lambda way: way[0], default=(0.0, []))
            uneven = abs(offset - number * page) / page
            paths[at] = cost + uneven, [*path, line]
    ends = [paths[at] for at in last if places[at][1] == most]
    return min(ends, key=lambda way: way[0])[1]


def _before(places: list[tuple[int, int, int]], found: list[int], offset: int) -> list[int]:
    """Those of the places `found`, in rising order, that lie one page before an offset."""
    key = [places[at][0] for at in found]
    return found[bisect_left(key, offset - _LONGEST_PAGE) : bisect_left(key, offset - _SHORTEST_PAGE)]


def is_footer(text: str) -> bool:
    """Whether a line is a page's number: - 3 -, 第3页 共10页, 3/10."""
    if len(text) >= 20 or text[0] not in _FOOTER_STARTS or not ("-" in text or "页" in text or "/" in text):
        return False
    return _FOOTER.match(text) is not None


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


def is_heading(text: str) -> bool:
    """Whether a line opens with the number of a chapter: 一、, (二), 第三部分."""
    return text[:1] in _HEADING_STARTS and _HEADING.match(marked_numerals(text)) is not None


def is_title(text: str) -> bool:
    """Whether a line is the title of a form: its name, then at most a number or a remark in brackets."""
    if "表" not in text and "体系" not in text:
        return False
    if text[-1] != ")":
        name = text.rstrip(_COUNT)
        return len(text) - len(name) <= 2 and _names_form(name)
    at = text.find("(", max(0, len(text) - _LONGEST_REMARK))
    while at >= 0 and not _names_form(text[:at]):
        at = text.find("(", at + 1)
    return at >= 0


def _names_form(text: str) -> bool:
    name = text.rstrip()
    return len(name) <= _LONGEST_TITLE and name.endswith(_FORMS)


def is_annex(text: str) -> bool:
    """Whether a line says no more than 附件, 附表 or 附 and a number."""
    if text[:1] != "附":
        return False
    number = text[2:] if text[1:2] in ("件", "表") else text[1:]
    return not number.removesuffix(":").strip(" \t-." + _COUNT)


def is_tail(text: str) -> bool:
    """Whether a line stands below a form: who filled it in, and when."""
    return text.startswith(_TAILS) or (text[:1] == "注" and text[1:2].isdecimal())


def closes_table(text: str) -> bool:
    """Whether a plain line can only stand outside a table."""
    return is_tail(text) or is_annex(text) or (len(text) < 60 and (is_heading(text) or is_title(text)))


def head_role(text: str) -> tuple[str, str] | None:
    """(family, role) when a whole line is a column head of an indicator or money block."""
    if len(text) > 24 or len(text) < 2:
        return None
    for family in ("indicator", "money", "base"):
        role = role_of(family, text)
        if role is not None:
            return family, role
    return None
