"""What one clause says of one indicator: name, target, actual value, points, score, reason, each with its place in the clause."""

from __future__ import annotations

import re

from extractor.patterns import lazy

Place = tuple[int, int]

_VALUE_WORD = r"(?:为|是|:|设定为|达到|要求|应达到)?\s*"
_TARGET = lazy(
    r"(?P<kw>(?:的|设定的)?(?:年度|年初|预期|计划|设定|全年|绩效|当年)*(?:目标值|指标值|计划值|计划数|目标数|计划完成数?|应完成数?|目标(?!任务|责任|管理|群众|明确|合理)|指标(?=为))"
    + _VALUE_WORD
    + r")(?P<value>[^\s:].*)$"
)
_PLANNED = lazy(
    r"^计划(?P<name>[^\W\x00-\x7f]{2,20}?)(?P<value>(?:[≥≤><=]=?|不少于|不低于|不超过)?\d[\d.,]*\s*[%\u4e00-\u9fff]{0,5})$"
)
_COMPARED = lazy(
    r"^(?P<name>[^\d≥≤><=]{2,40}?)(?P<value>(?:[≥≤><]=?|=|不少于|不低于|不超过|大于等于|小于等于)\s*\d[\d.,]*\s*[^\d,;。]{0,6})$"
)
_ACTUAL = lazy(
    r"^(?:截至[^,]{2,12},?)?(?:全年|年末|本年|年度|当年)?(?:"
    r"实际(?:完成(?:值|率|数|情况|了)?|达到|值|数|为|达(?=[\d≥]))?(?:为|是|了|:)?|(?:全年|年度)?完成值(?:为|是|:)?|(?:已|共|共计)?完成(?:了|:)?(?=[\d≥]))\s*(?P<value>[^\s:].*)$"
)
_DONE = lazy(r"^实际[^\W\x00-\x7f]{0,10}?(?P<value>[≥≤]?\d[\d.,]*\s*[^\d,;。()]{0,6})$")
_COUNTED = lazy(r"[≥≤><=]*\s*\d|不少于|不低于|不超过|大于|小于")
_COUNTED_AGAIN = lazy(
    r"[^\W\x00-\x7f]{1,10}?(?:为|是|了)?\s*(?P<value>(?:[≥≤]=?)?\d[\d.,]*\s*[^\d,;。()]{0,6})$"
)
_POINTS = lazy(r"(?:分值|权重|标准分|满分)(?:为|是|:)?\s*(?P<value>\d+(?:\.\d+)?\s*分?)(?!\d|%)")
_SCORE = lazy(
    r"(?<!总)(?:得分|实得分?|自评分|自评(?=\d)|扣后得|得(?=\d))(?:为|是|:)?\s*(?P<value>\d+(?:\.\d+)?\s*分?)(?!\d|%)"
)
_REASON = lazy(r"(?:扣分|偏差|未完成|未达标|失分|主要)?原因(?:分析)?(?:是|为|系|:)\s*(?P<value>.+)$")
_NOISE = lazy(r"^(?:其中:?|[①-⑩]|\(\d{1,2}\)|\d{1,2}[.、]\s*|[-*·]\s*|(?:三级)?指标(?:\d{1,2}|名称)?:|\"|')+")
_MARKED = lazy(r"目标|指标值|指标为|实际|分值|得分|权重|满分|完成值")
_TWO_VALUES = lazy(r"指标[值为]|目标值|实际|分值|得分|完成值")
_NUMBERED = lazy(r"\d,\d{3}(?!\d)")
_REMARK = 400  # characters of a remark in brackets at most
_NAME = lazy(r"[^\W\x00-\x7f]")


class Found:
    """Places of an indicator's parts; `keyed` when the target stands behind a word such as 目标值."""

    def __init__(self, name: Place | None = None, target: Place | None = None, keyed: bool = False) -> None:
        self.name, self.target, self.keyed = name, target, keyed
        self.actual: Place | None = None
        self.points: Place | None = None
        self.score: Place | None = None
        self.reason: Place | None = None

    @property
    def started(self) -> bool:
        """Whether a target or an actual value was met."""
        return self.target is not None or self.actual is not None


def indicators_in(text: str, start: int, end: int) -> list[Found]:
    """The indicators of the clause `text[start:end]`, in order; a clause that names none gives an empty list."""
    out: list[Found] = []
    now, waiting = Found(), None
    for low, high in _segments(text, start, end):
        reason = _REASON.search(text[low:high])
        if reason is not None:
            now.reason = (low + reason.start("value"), end)
            _scores(now, text, low, low + reason.start())
            break
        opened = _target(text, low, high, waiting)
        if opened is not None:
            if now.started:
                out.append(now)
            now, waiting = opened, None
            continue
        waiting = _more(now, text, low, high, waiting)
    if now.started:
        out.append(now)
    return [
        f
        for f in out
        if f.name is not None and not any(p and _TWO_VALUES.search(text, *p) for p in (f.target, f.actual))
    ]


def _segments(text: str, start: int, end: int) -> list[Place]:
    """Pieces between commas, and inside brackets that hold values; thousands separators and other brackets stay whole."""
    cuts: list[Place] = []
    at = k = start
    while k < end:
        char = text[k]
        if char == "(":
            close = text.find(")", k, min(end, k + _REMARK))
            if close > 0 and not _MARKED.search(text, k, close):
                k = close + 1
                continue
        if char in "()," and not (char == "," and _NUMBERED.match(text, k - 1)):
            cuts.append((at, k))
            at = k + 1
        elif (
            char == "实"
            and k > at
            and text.startswith(("实际完成", "实际值"), k)
            and _MARKED.search(text, at, k)
        ):
            cuts.append((at, k))
            at = k
        k += 1
    cuts.append((at, end))
    return [trimmed for a, b in cuts if (trimmed := _trim(text, a, b)) is not None]


def _trim(text: str, low: int, high: int) -> Place | None:
    while low < high and text[low] in " :\"'":
        low += 1
    while high > low and text[high - 1] in " \"'":
        high -= 1
    return (low, high) if low < high else None


def _target(text: str, low: int, high: int, waiting: Place | None) -> Found | None:
    """A piece that names an indicator (or follows its name) and gives its target."""
    piece = text[low:high]
    match = _TARGET.search(piece)
    if match is not None and not _ACTUAL.match(piece):
        name = _name(text, low, low + match.start()) or waiting
        value = _trim(text, low + match.start("value"), high)
        return Found(name=name, target=value, keyed=True) if name is not None else None
    match = _PLANNED.match(piece)
    if match is not None:
        return Found(
            name=_name(text, low + match.start("name"), low + match.end("name")),
            target=_of(match, low),
            keyed=True,
        )
    match = _COMPARED.match(piece)
    if match is not None and not _ACTUAL.match(piece):
        return Found(
            name=_name(text, low + match.start("name"), low + match.end("name")), target=_of(match, low)
        )
    return None


def _of(match: re.Match[str], low: int) -> Place:
    return low + match.start("value"), low + match.end("value")


def _name(text: str, low: int, high: int) -> Place | None:
    noise = _NOISE.match(text[low:high])
    place = _trim(text, low + (noise.end() if noise else 0), high)
    if place is None:
        return None
    low, high = place
    high -= text[low:high].endswith("的")
    return (low, high) if high - low <= 60 and len(_NAME.findall(text[low:high])) >= 2 else None


def _more(now: Found, text: str, low: int, high: int, waiting: Place | None) -> Place | None:
    """Actual value, points and score of the indicator at hand; any other piece may be the name of the next one."""
    piece = text[low:high]
    actual = _ACTUAL.match(piece) or (
        _DONE.match(piece) if now.target is not None and not now.keyed else None
    )
    scored = _scores(now, text, low, high)
    if actual is not None and now.actual is None and not (scored and _POINTS.match(piece)):
        if now.target is None:
            now.name = waiting
        now.actual = _number_of(now, text, _of(actual, low))
        return None
    return None if scored else _name(text, low, high)


def _number_of(now: Found, text: str, place: Place) -> Place:
    """`实际合格率为96%` beside a target in numbers: the value is the number, the words before it name it again."""
    if now.target is None or not _COUNTED.match(text, *now.target):
        return place
    match = _COUNTED_AGAIN.match(text, *place)
    return place if match is None else match.span("value")


def _scores(now: Found, text: str, low: int, high: int) -> bool:
    """Points and score printed in a piece, with or without 分."""
    points, score = _POINTS.search(text, low, high), _SCORE.search(text, low, high)
    if points is not None and now.points is None:
        now.points = points.span("value")
    if score is not None and now.score is None:
        now.score = score.span("value")
    return points is not None or score is not None
