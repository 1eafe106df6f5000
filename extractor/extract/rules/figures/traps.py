"""Which quantities of a passage are figures at all: not years, spans of time, codes, document or list numbers, names."""

from __future__ import annotations

from bisect import bisect_right

from extractor.amounts import Quantity, is_money, scan
from extractor.extract.rules.figures.marks import Mark
from extractor.extract.rules.lexicon import holds
from extractor.patterns import lazy

# 附1 部门…表: the number of an annex, and the first character of its title.
_ANNEX = lazy(r"(?:^|[\s。;,(])(?:附[件表录图]?|[表图]) ?$")
_HAS_QUANTITY = lazy(r"\d|元|百分之")
_TIME = frozenset(
    ("年", "月", "日", "天", "小时", "分钟", "个月", "岁", "级", "届", "点", "课时", "学时", "期次")
)
_TITLES = lazy(r"《[^《》]{0,120}》")
_LISTED = lazy(r"\d{1,2}\. ")
_CLAUSE_START = frozenset("。;:!?\n")
# 14分局, 3分会场: the word begins with 分, the number has no unit.
_FEN_WORDS = frozenset("局会类项管别批组期散布解步配中公院队析店红校支之册钟")
_YUAN_WORDS = frozenset("旦宵月化素件")
_EMPTY_NUMERALS = frozenset(("百", "千", "两", "一", "二", "三", "多"))
_UNIT_CAPTION = lazy(r"(?:金额)?单位[:为]? ?\(?((?:[百千万亿]|百万|千万)?元)")
_LABEL_UNIT = lazy(r"\(((?:万|亿|千)?元)\)[:为]? ?$")
_SCORE_LABELS = ("得分", "总分", "评分", "自评分", "总分值", "平均分")
_STAFF_LABELS = (
    "编制", "编制数", "编制人数", "人员编制", "在职人数", "在职人员", "实有人数", "退休人数", "离休人数", "退休人员", "离休人员",
)  # fmt: skip
_MONEY_LABEL = lazy(
    r"(?:支出|收入|预算|决算|经费|资金|数|额|拨款|结余|结转|执行|追加|支付|费)(?:数|额|总额|合计)?[:为是]* ?$"
)
_SERIES_GAPS = frozenset(
    left + join + right
    for left in ("", " ")
    for join in ("、", ",", "和", "及", "与", "以及", ";", "/")
    for right in ("", " ")
)
_SHARED_UNITS = frozenset(("%", "人", "分", "名", "个", "项"))
_DISTRIBUTING = ("分别", "依次", "各")
_DISTRIBUTED = lazy(r"分别[^。;]{0,12}$|(?:依次|各)[为是]?[^。;,]{0,4}$")
_FUND_WORD = lazy(
    r"(?:经费|资金|补助|补贴|预算|费|支出|投入|拨款|专项|工程|项目|款|活动|接待|调研|联络|资料)\D{0,4}$"
)


def may_hold_quantities(text: str) -> bool:
    """Whether `text` is worth scanning."""
    return _HAS_QUANTITY.search(text) is not None


def caption_unit(text: str) -> str | None:
    """The money unit that a caption such as 单位:万元 states."""
    if "单位" not in text:
        return None
    match = _UNIT_CAPTION.search(text)
    return match[1] if match else None


def marks_of(text: str, unit: str | None) -> list[Mark]:
    """The quantities of `text` that can be figures, in order; bare numbers only with a unit stated elsewhere."""
    titles = [m.span() for m in _TITLES.finditer(text)] if "《" in text else []
    kept: list[Mark] = []
    for quantity in _quantities(text):
        if titles and _within(titles, quantity.start):
            continue
        mark = _mark(text, quantity)
        if mark is not None:
            kept.append(mark)
    _share_units(text, kept, unit)
    return [mark for mark in kept if mark.unit is not None]


def _within(places: list[tuple[int, int]], at: int) -> bool:
    """Whether one of `places`, which are in order and apart, holds `at`."""
    past = bisect_right(places, (at, places[-1][1]))
    return past > 0 and at < places[past - 1][1]


def _quantities(text: str) -> list[Quantity]:
    """The scan, with a list number and the amount after it told apart (`1. 30万元` is not 1.30)."""
    if ". " not in text:
        return list(scan(text))
    out: list[Quantity] = []
    for quantity in scan(text):
        listed = _LISTED.match(text, quantity.start, quantity.end)
        if listed and (quantity.start == 0 or text[quantity.start - 1] in _CLAUSE_START):
            out.extend(scan(text, listed.end(), quantity.end))
        else:
            out.append(quantity)
    return out


def _mark(text: str, quantity: Quantity) -> Mark | None:
    start, end, value, unit, decimals, _ = quantity
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if unit in _TIME or before == "第" or _is_garbled(text, start, end, unit):
        return None
    if unit == "分" and after in _FEN_WORDS and after:
        return None
    if before in "附件表录图 " and before and _ANNEX.search(text, max(0, start - 4), start):
        return None
    if not text[start].isdigit() and text[start] != "-" and unit != "%":  # 数十万元, 千元, 一元化
        numeral = text[start:end].rstrip("余元万亿")
        if numeral in _EMPTY_NUMERALS or before in "数几多上近每" or (not numeral and unit):
            return None
    if unit == "元" and after and after in _YUAN_WORDS:
        return None
    if unit == "个" and text.startswith("工作日", end):
        return None
    if unit in ("万", "亿") and _FUND_WORD.search(text, max(0, start - 16), start) is None:
        return None
    if unit in ("万", "亿"):
        unit += "元"
    bare = unit is None
    if bare and after == "年":
        return None
    return Mark(start, end, value, unit, decimals, bare=bare)


def _is_garbled(text: str, start: int, end: int, unit: str | None) -> bool:
    """Whether Latin letters touch the digits: a misread number (1O0, l.5, 99.B4), a code, or a unit that we do not know; or a second
    decimal point does: numbers glued together (412.35430.60)."""
    if (
        unit is None
        and text[end : end + 1] == "."
        and text[end + 1 : end + 2].isdigit()
        and "." in text[start:end]
    ):
        return True
    if start > 1 and text[start - 1] == "." and text[start - 2].isdigit():
        return True
    left = start - 1 - (start > 1 and text[start - 1] in ".,")
    if left >= 0 and text[left].isascii() and text[left].isalpha():
        return True
    right = end + (text[end : end + 1] in (".", ","))
    after = text[right : right + 1]
    return unit is None and after.isascii() and after.isalpha()


def _share_units(text: str, marks: list[Mark], caption: str | None) -> None:
    """Give bare numbers the unit of their series (分别为10、20、30万元), their label, or the caption."""
    if all(mark.unit is not None for mark in marks):
        return
    distributed = _distributed(text, marks)
    for i in range(len(marks) - 1, -1, -1):
        mark = marks[i]
        if mark.unit is not None:
            continue
        left = text[max(0, mark.start - 24) : mark.start]
        named = left.removesuffix(" ")
        labelled = _LABEL_UNIT.search(named) if "元)" in named else None
        named = named.rstrip(":为是")
        if distributed[i] and i + 1 < len(marks) and _shared(text, mark, marks[i + 1]):
            mark.unit = marks[i + 1].unit
        elif labelled is not None:
            mark.unit = labelled[1]
        elif named.endswith(_SCORE_LABELS) and mark.value is not None and mark.value <= 1000:
            mark.unit = "分"
        elif named.endswith(_STAFF_LABELS):
            mark.unit = "人"
        elif caption and _MONEY_LABEL.search(left):
            mark.unit = caption


def _distributed(text: str, marks: list[Mark]) -> list[bool]:
    """For each mark whether its series (A、B、C) is told with 分别."""
    out: list[bool] = []
    for i, mark in enumerate(marks):
        if i and text[marks[i - 1].end : mark.start] in _SERIES_GAPS:
            out.append(out[-1])
        else:
            words = text[max(0, mark.start - 24) : mark.start]
            out.append(holds(words, _DISTRIBUTING) and _DISTRIBUTED.search(words) is not None)
    return out


def _shared(text: str, mark: Mark, following: Mark) -> bool:
    if text[mark.end : following.start] not in _SERIES_GAPS:
        return False
    return is_money(following.unit) or following.unit in _SHARED_UNITS
