"""The words around a mark: the label to its left, the clause to its right, the sentence so far, and 分别 shared out."""

from __future__ import annotations

import re

from extractor.extract.rules.figures.marks import Line, Mark
from extractor.patterns import lazy

_BRACKETS = lazy(r"[()\"《》]")
_BOUNDS = frozenset(',;。:!?\n|\t"(《[]')
_STOP = lazy(r"[,;。:!?\n|\t)]")
_LEAD = lazy(
    r"^(?:[\s、,:;)*#]|后(?=全年|调整|预算|实际|共|总)|\((?:金额)?单位[^()]{0,8}\)|(?:其中|主要)?(?:包括|包含)|其中|分别(?:为|是)|具体(?:为|是)|主要(?:为|是|用于)|另外?有?|此外|"
    r"\(?\d{1,2}[.、)](?!\d+(?:[万亿%元人分]|\.\d))\s*|\(?[一二三四五六七八九十]{1,3}[、)]|[①-⑳]|[一二三四五六七八九]是|目标\d:)+"
)
# 项目支出主要用于A工作经费5万元,B…: the first of the projects stands behind what they divide.
_DIVIDED = ("项目支出", "项目经费", "项目资金", "专项经费", "专项支出", "专项资金")
_OPENED = lazy(rf"[^,;。:]{{0,12}}?(?:{'|'.join(_DIVIDED)})(?:主要)?(?:包括|包含|用于)(?=[^\s数额]{{4}})")
_TOTALS = frozenset(word + verb for word in ("合计", "共计", "总计", "累计") for verb in ("", "为", "达"))
_JOINS = ("以及", "和", "及", "与", "并", "而")
_TRAIL = lazy(
    r"(?:[\s:=≥≤<>\"~*]|为|是|达到|(?<!下)达|共计|合计|总计|累计|(?<!节)约|近|超过|超|至少|不低于|不少于|不高于|不超过|不足|低于|高于|仅|均在|均达|"
    r"均为|(?<!平)均|都|分别|大于|小于|等于|共(?!有)|到(?!位))+$"
)
_SERIES = frozenset(("、", ",", "和", "及", "与", "以及"))
_SHARED = lazy(r"分别([^,;。:、]{0,8})$")
_REACH = 400  # how far back in an endless sentence (a table on one line) words still govern
_YEARS = lazy(r"(?:20\d\d|上|本|去|当|前)年度?")
_ITEM = lazy(r"、|和|及|与|以及")


def pair(line: Line) -> None:
    """Find matching brackets and quotation marks; straight quotes alternate."""
    stack: list[tuple[str, int]] = []
    for match in _BRACKETS.finditer(line.text):
        at = match.start()
        char, printed = match[0], line.raw[at]
        closes = printed == "”" or (printed == '"' and any(c == '"' for c, _ in stack)) or char in ")》"
        if not closes:
            stack.append((char, at))
            continue
        want = {")": "(", "》": "《", '"': '"'}[char]
        for k in range(len(stack) - 1, -1, -1):
            if stack[k][0] == want:
                line.pairs[at] = stack[k][1]
                del stack[k:]
                break


def _walk(line: Line, at: int, floor: int) -> int:
    """The start of the phrase that ends at `at`: back to a boundary, over closed brackets and quotes."""
    text, stop = line.text, max(floor, at - 90)
    while at > stop:
        char = text[at - 1]
        opened = line.pairs.get(at - 1)
        if opened is not None and opened >= stop:
            at = opened
            continue
        if char in _BOUNDS:
            break
        at -= 1
    return at


def locate(line: Line, i: int) -> None:
    """Fill in the words that govern mark `i`."""
    text, mark = line.text, line.marks[i]
    floor = line.marks[i - 1].end if i else 0
    cut = 0
    if line.cuts:
        past = line.cut_at(mark.start)
        cut = line.cuts[past - 1][1] if past > line.cut_at(floor) else 0
        floor = max(floor, cut)
    at = _walk(line, mark.start, floor)
    end = mark.start
    start, stop = _trim(text, at, end)
    phrase = start, end
    mark.delim = text[at - 1] if at > floor else ""
    if start >= stop and text[start:end].strip() in _TOTALS:
        stop = end
    while start >= stop and at > floor and text[at - 1] in ":,(" and at - 1 > floor:
        if mark.delim == "(" and line.marks and i and text[floor : at - 1].strip() == "":
            break
        end = at - 1
        if text[end] == "," and i and _walk(line, end, floor) == floor:
            break
        at = _walk(line, end, floor)
        start, stop = _trim(text, at, end)
        mark.delim = text[at - 1] if at > floor else ""
    if start >= stop:
        start, stop = phrase
    start, mark.delim = _past_opening(text, start, stop, mark.delim)
    mark.label_start, mark.label_end, mark.label = start, max(start, stop), text[start:stop].strip()
    mark.gap = text[floor : mark.start]
    mark.repeats = bool(i) and text[floor : mark.start].strip() in (
        "(",
        ",折合",
        ",即",
        "(折合",
        "(即",
        "(合",
        ",合",
    )
    start = mark.start
    end = max(text.rfind("。", floor, start), text.rfind("!", floor, start), text.rfind("\n", floor, start))
    mark.sentence = max(end + 1, cut) or (line.marks[i - 1].sentence if i else 0)
    mark.before = text[max(mark.sentence, mark.start - _REACH) : mark.start]
    limit = line.marks[i + 1].start if i + 1 < len(line.marks) else len(text)
    stop_at = _STOP.search(text, mark.end, limit)
    limit = stop_at.start() if stop_at else limit
    mark.right = text[mark.end : limit]
    if not mark.label and mark.right and mark.unit != "%":
        mark.label, mark.label_start, mark.label_end = (
            mark.right[:20].strip(),
            mark.end,
            min(mark.end + 20, limit),
        )


def _past_opening(text: str, start: int, stop: int, delim: str) -> tuple[int, str]:
    """Where the name of a list's first item begins in the words that open the list, and what sets it off."""
    opened = _OPENED.match(text, start, stop) if "项" in text[start:stop] else None
    return (start, delim) if opened is None else (opened.end(), ":")


_RELATIONS = (
    "占",
    "为",
    "控制在",
    "相当于",
    "是",
    "达",
    "相",
    "比",
    "较",
    "同比",
    "与",
    "超过",
    "低于",
    "不超过",
    "完成",
    "未突破",
    "未超过",
    "未超出",
)
_RELATION = lazy(
    r"^(?!.*(?:增加|减少|增长|下降|[增减]))(?:占|为|控制在|相当于|是|达到?|(?:相)?[较比]|同比|与|超过|低于|不超过|未突破|未超[过出]|完成(?![预决]算|支[出付]|采购|投资|的))(?=[^,;。]{0,30}(?:预算|决算|支出|执行|采购|上年|去年|20\d\d年)[^,;。]{0,14}$)"
)
_PRICE_OF = lazy(r"^[该本此](?:项目)?(?:\([^()]*(?:\([^()]*\)[^()]*)?\))?(?=.)")


def relate(mark: Mark) -> None:
    """Take 占, 为, 较 … off the front of a label: they say that the amount is what another is measured by."""
    if not mark.label.startswith(_RELATIONS):
        return
    match = _RELATION.match(mark.label)
    if match is None:
        return
    mark.relation = match[0]
    rest = mark.label[match.end() :]
    owner = _PRICE_OF.match(rest)
    cut = match.end() + (owner.end() if owner else 0)
    mark.label = mark.label[cut:]
    mark.label_start += cut


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` without list numbers, connectives and verbs of equality at its ends."""
    piece = text[start:end]
    lead = _LEAD.match(piece)
    if lead:
        start += lead.end()
    if start and text[start - 1].isalnum():
        start += next((len(word) for word in _JOINS if text.startswith(word, start, end)), 0)
    piece = text[start:end]
    trail = _TRAIL.search(piece)
    return start, (start + trail.start() if trail else end)


def share_out(line: Line) -> None:
    """Give each member of a 甲、乙分别为A、B series its own noun (or its own year)."""
    marks = line.marks
    i = 0
    while i < len(marks):
        last = i
        while last + 1 < len(marks) and line.text[marks[last].end : marks[last + 1].start].strip() in _SERIES:
            last += 1
        if last > i:
            _share(line, marks[i : last + 1])
        i = last + 1


def _share(line: Line, series: list[Mark]) -> None:
    head = series[0]
    phrase = line.text[head.label_start : head.start]
    shared = _SHARED.search(phrase.rstrip(" :"))
    if shared is None:
        return
    verb = shared[1].strip("为是有达到 :")
    nouns = [(m.start(), m.end()) for m in re.finditer(r"[^、和及与以]+", phrase[: shared.start()])]
    nouns = [(a, b) for a, b in nouns if phrase[a:b].strip()]
    items = [phrase[a:b].strip() for a, b in nouns]
    if len(items) != len(series):
        for mark in series[1:]:
            mark.label, mark.label_start, mark.label_end = head.label, head.label_start, head.label_end
        return
    years = [_YEARS.match(item) for item in items]
    common = _YEARS.sub("", items[-1]).strip("的") if all(years) else ""
    for mark, item, (a, b), year in zip(series, items, nouns, years, strict=True):
        mark.label = (common or item) + verb
        mark.label_start, mark.label_end = head.label_start + a, head.label_start + b
        mark.year = year[0] if year and common else None
