"""All ways in which cells printed without a separator can be cut apart: one column after the other, nothing left over.

A cut never falls inside a run that only one cell can hold: a number keeps its decimals and its unit, no number begins with a
needless zero, words are cut only where the vocabulary knows the word. Which of the ways is right is decided by `solving`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from extractor.patterns import lazy

Place = tuple[int, int]
Reading = tuple[Place | None, ...]
LIMIT = 400  # more cuts than this are no cut
_STEPS = 20_000
AMOUNTS = frozenset(
    (
        "initial",
        "annual",
        "executed",
        "adjust",
        "prev_final",
        "budget_initial",
        "exec",
        "quota",
        "on_duty",
        "headcount",
        "retired",
        "other",
    )
)
Test = Callable[[Reading], bool]

UNIT = (
    r"(?:[百千万亿]*元(?:/(?:人|天|次|个|平方米|公里|吨|户|[\u4e00-\u9fff]{1,2}))?|%|‰|平方米|平方公里|立方米|公里|千米|公顷|个百分点|百分点|"
    r"百分比|人次|人天|场次|台次|车次|批次|班次|人|名|个|户|场|次|份|件|项|辆|台|条|篇|期|块|处|家|所|座|套|张|起|批|宗|幅|册|本|支|只|头|"
    r"万?亩|米|吨|天|月|年|小时|分钟|日|类|种|例|段|公斤|千克|间|层|村|镇|课时|学时|单|栋|棵|株|厘米|毫米|分贝|卷|㎡|m2|m|km|万人|万份|万)"
)
_TAIL = r"(?:及?以上|及?以下|以内|左右|之内|余[\u4e00-\u9fff]{1,2}|多[\u4e00-\u9fff]|余)"
COMPARE = r"(?:[≥≤><=═]{1,2}|不少于|不低于|不超过|不高于|不小于|不大于|大于等于|小于等于|大于或等于|小于或等于|大于|小于|高于|低于|控制在(?=\d)|达到(?=\d))"
_DATE_PART = r"(?:(?:19|20)\d{2}年(?:度|底|末)?(?:\d{1,2}月(?:\d{1,2}日)?(?:底|份|末|初)?)?|\d{1,2}月(?:\d{1,2}日)?(?:底|份|末|初)?)"
DATE = rf"{_DATE_PART}(?:[-~至到]{_DATE_PART})?(?:之?前|以前|内)?(?:完成)?"
_DOTTED = lazy(r"(?:19|20)\d{2}\.(?:1[0-2]|0?[1-9])")
TIER = (
    r"(?:达成预期指标|部分达成(?:预期|年度)指标并具有一定效果|部分达成预期指标|未达成(?:预期)?指标且效果较差|未达成预期指标|已完成|未完成|已达标|全部完成|"
    r"部分完成|基本完成|圆满完成|按期完成|按时完成|已达成|已实现|完成|达标)"
)
QUAL = (
    rf"(?:{TIER}|(?:有所|持续|不断|显著|明显|逐步|大幅|稳步|有效|进一步|全面|长期|基本|得到|切实|逐年)(?:提升|提高|改善|增强|促进|保障|完善|加强|降低|减少|"
    r"增加|增长|优化|推动|带动|维护|稳定|缓解|实现)|影响显著|效果显著|严格执行相关制度规定|符合(?:相关)?(?:要求|规定|标准|文件要求)|控制在预算内|"
    r"长期|全年|年内|年底|健全|良好|较好|明显|显著|有效|及时|按时|按期|合规|合格|优良|完善|规范|稳定|充分|是|否|无|有)"
)
_VALUE = lazy(rf"(?P<cmp>{COMPARE})?\s*(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)")
_AFTER = lazy(rf"\s?(?:{UNIT}{_TAIL}?|{_TAIL}|{UNIT})")
_QUAL = lazy(QUAL)
_DATES = lazy(DATE)
_NA = lazy(r"-{1,2}|/|\\|\*")
_AMOUNT = lazy(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_YEAR = lazy(r"(?:19|20)\d{2}")
_TEXT_RUN = lazy(r"[^\d\s]+")
_CJK = lazy(r"[\u4e00-\u9fff]")
_ZERO = lazy(r"-?0\d")


def readings(
    text: str,
    start: int,
    end: int,
    roles: tuple[str, ...],
    blank: frozenset[str] = frozenset(),
    test: Test | None = None,
) -> list[Reading]:
    """Every way to print `text[start:end]` in columns of `roles` that passes `test`, the columns in `blank` left empty.

    None when there are too many ways: then nothing decides between them.
    """
    out: list[Reading] = []
    dead: set[tuple[int, int]] = set()
    seen: dict[tuple[int, int], list[int | None]] = {}
    steps = 0

    def ends(at: int, k: int, cut: Reading) -> list[int | None]:
        if roles[k] in blank:
            return [None]
        if roles[k] == "actual":  # what may stand here depends on the target
            return list(_ends(text, at, end, roles[k], _previous(text, cut)))
        if (at, k) not in seen:
            seen[at, k] = list(_ends(text, at, end, roles[k], ""))
        return seen[at, k]

    def walk(at: int, k: int, cut: Reading) -> bool:
        nonlocal steps
        at = _skip(text, at, end)
        steps += 1
        if len(out) > LIMIT or steps > _STEPS or (at, k) in dead:
            return False
        if k == len(roles):
            if at == end and (test is None or test(cut)):
                out.append(cut)
            return at == end
        lived = False
        for stop in ends(at, k, cut):
            lived |= walk(at if stop is None else stop, k + 1, (*cut, None if stop is None else (at, stop)))
        if not lived and roles[k] != "actual":
            dead.add((at, k))
        return lived

    walk(start, 0, ())
    return out if len(out) <= LIMIT and steps <= _STEPS else []


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " \t\n":
        at += 1
    return at


def _previous(text: str, cut: Reading) -> str:
    last = cut[-1] if cut else None
    return text[last[0] : last[1]] if last else ""


def _ends(text: str, at: int, end: int, role: str, previous: str) -> Iterable[int | None]:
    """Where a cell of `role` that begins at `at` may end; None for an empty cell."""
    if role in ("points", "score", "deduct"):
        return [*_points(text, at, end), *(_marks(text, at, end) if role != "deduct" else [])]
    if role in AMOUNTS:
        return [*_amounts(text, at, end), *_marks(text, at, end)]
    if role == "rate":
        return _rates(text, at, end)
    if role in ("target", "actual"):
        return sorted(set(_values(text, at, end, role, previous)))
    if role == "level3":
        return _names(text, at, end)
    return _texts(text, at, end)


def _marks(text: str, at: int, end: int) -> list[int]:
    """Marks for `none`: one sign, or a dash of two."""
    match = _NA.match(text, at, end)
    return [] if match is None else list(range(at + 1, match.end() + 1))


def _truncations(text: str, at: int, end: int, digits: int, decimals: int) -> Iterator[int]:
    """Ends of every number without a needless zero that is a beginning of the digits printed at `at`."""
    k = at
    while k < end and k - at < digits and text[k].isdigit():
        k += 1
        if k - at > 1 and text[at] == "0":
            return
        if k >= end or text[k] != ".":
            yield k
            continue
        point = k + 1
        while point < end and text[point].isdigit() and point - k <= decimals:
            point += 1
            if point >= end or text[point] != ".":
                yield point
        return


def _points(text: str, at: int, end: int) -> Iterator[int]:
    for stop in _truncations(text, at, end, 3, 2):
        if Decimal(text[at:stop]) <= 100 and (stop >= end or text[stop] not in "%‰,"):
            yield stop
            if text[stop : stop + 1] == "分" and stop < end:
                yield stop + 1


def _amounts(text: str, at: int, end: int) -> Iterator[int]:
    grouped = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?").match(text, at, end)
    if grouped:
        yield grouped.end()
        return
    sign = 1 if text[at : at + 1] == "-" else 0
    for stop in _truncations(text, at + sign, end, 12, 6):
        if stop >= end or text[stop] not in "%‰":
            yield stop


def _rates(text: str, at: int, end: int) -> Iterator[int]:
    match = _AMOUNT.match(text, at, end)
    if (
        match
        and text[match.end() : match.end() + 1] == "%"
        and match.end() < end
        and not _ZERO.match(match[0])
    ):
        yield match.end() + 1
    elif match and "%" not in text[at:end]:
        yield from _truncations(text, at, end, 3, 2)


def _values(text: str, at: int, end: int, role: str, previous: str) -> Iterator[int]:
    """Targets and actual values: a number with its unit, a date, a word of the vocabulary, or the same words twice."""
    for pattern in (_DATES, _DOTTED):
        if match := pattern.match(text, at, end):
            yield match.end()
    if (match := _DOTTED.match(text, at, end)) and match[0][-2] == "1":
        yield match.end() - 1
    if match := _VALUE.match(text, at, end):
        yield from _numbers(text, match, end)
    if match := _QUAL.match(text, at, end):
        yield match.end()
    yield from _marks(text, at, end)
    if run := _TEXT_RUN.match(text, at, end):
        half = len(run[0]) // 2
        if role == "target" and len(run[0]) == 2 * half and run[0][:half] == run[0][half:]:
            yield at + half
        if role == "actual" and previous and run[0].startswith(previous) and _CJK.search(previous):
            yield at + len(previous)


def _numbers(text: str, match: re.Match[str], end: int) -> Iterator[int]:
    first, last = match.span("number")
    if _ZERO.match(text[first:last]):
        return
    after = _AFTER.match(text, last, end)
    if (
        after is not None
        and after[0].strip().startswith("年")
        and last - first > 3
        and not _YEAR.fullmatch(text[first:last])
    ):
        return
    if after is not None:
        yield after.end()
        return
    if last < end and text[last] not in " \n." and not text[last].isdigit() and not _opens(text, last, end):
        yield last
        return
    if "," in match["number"]:
        yield last
    else:
        yield from _truncations(text, first, last, 12, 6)


def _opens(text: str, at: int, end: int) -> bool:
    """Whether another value can begin at `at`."""
    return bool(re.compile(COMPARE).match(text, at, end) or _QUAL.match(text, at, end))


def _names(text: str, at: int, end: int) -> list[int]:
    """Ends of a name: before the first digit, comparison or known word outside brackets; the earliest word of those with one end."""
    ends: list[int] = []
    word_ends: set[int] = set()
    k, compare = at, re.compile(COMPARE)
    while k < end and not text[k].isdigit():
        if text[k] in "([":
            close = text.find(")" if text[k] == "(" else "]", k, end)
            k = close + 1 if close > 0 else k + 1
            continue
        if k - at > 1:
            word = _QUAL.match(text, k, end)
            doubled = _doubled(text, k, end)
            if compare.match(text, k, end):
                ends.append(k)
                break
            if doubled or (word and word.end() not in word_ends):
                ends.append(k)
            if word:
                word_ends.add(word.end())
        k += 1
    if k < end and text[k].isdigit() and k - at > 1 and k not in ends:
        ends.append(k)
    return [e for e in ends if len(_CJK.findall(text[at:e])) >= 2]


def _doubled(text: str, at: int, end: int) -> bool:
    run = _TEXT_RUN.match(text, at, end)
    half = len(run[0]) // 2 if run else 0
    return bool(run and half and run[0][:half] == run[0][half:] and len(run[0]) == 2 * half)


def _texts(text: str, at: int, end: int) -> list[int | None]:
    """Free text up to the end of the row, or nothing."""
    if at >= end:
        return [None]
    first = text[at]
    if first.isdigit() or first in ".%,=≥≤><" or len(_CJK.findall(text[at:end])) < 4:
        return [None]
    return [end]
