"""What a printed table cell holds: one number, a comparison, a range, a vague count, a date, words, nothing.

The kinds are the closed list of the glossary (`value_kind`). Input is cleaned cell text: folded, layout white space removed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extractor.amounts import NUMBER, Quantity, scan
from extractor.patterns import lazy
from extractor.schema import CellKind

_NA = frozenset(("无", "不适用", "NA", "N/A"))
_COMPARATORS = {
    "≥": "≥", ">=": "≥", "=>": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥", "大于等于": "≥", "大于或等于": "≥", "高于等于": "≥",
    "≤": "≤", "<=": "≤", "=<": "≤", "不高于": "≤", "不超过": "≤", "不大于": "≤", "不多于": "≤", "小于等于": "≤", "小于或等于": "≤",
    "控制在": "≤", ">": ">", "大于": ">", "高于": ">", "超过": ">", "<": "<", "小于": "<", "低于": "<", "=": "=", "等于": "=", "达到": "=",
}  # fmt: skip
_COMPARATOR = "|".join(sorted((re.escape(c) for c in _COMPARATORS), key=len, reverse=True))
_SIMPLE = lazy(rf"^(?P<cmp>{_COMPARATOR})?(?P<about>约|近|大约|超)?(?P<rest>-?[\d].*)$")
_TAIL_VAGUE = {
    "以上": "以上",
    "及以上": "以上",
    "以下": "以下",
    "以内": "以下",
    "及以下": "以下",
    "左右": "约",
    "余": "余",
    "多": "余",
    "+": "以上",
}
_DATE = lazy(
    r"^(?:截至|截止)?(?:到|至)?(?:(?:19|20)\d{2}年(?:度)?(?:\d{1,2}月(?:\d{1,2}日|底|份)?)?|\d{1,2}月(?:\d{1,2}日|底|份)?|(?:19|20)\d{2}(?:[-/]\d{1,2}(?:[-/]\d{1,2})?|\.\d{1,2}\.\d{1,2})|年底|年末|全年|年内)"
    r"(?:[-~至到](?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底)?|前|之前|以前|内|底前|完成|底|前完成|底前完成)*$"
)
_RANGE = lazy(
    rf"^(?:{_COMPARATOR})?{NUMBER}(?P<u1>%|\w{{0,3}})[-~至](?P<two>{NUMBER})(?P<u2>%|[^\d]{{0,4}})$"
)
_LETTERS = ("l", "I", "O", "o", "|")
_MISREAD = lazy(r"^[≥≤><=]?(?=[^\s]*\d)[\d.,]*[lIOo|][\dlIOo|.,]*(?:%|万元|分)?$")  # OCR: l00%, O.5
_BOOL = frozenset(("是", "否", "有", "没有", "符合", "不符合", "合格", "不合格"))
_TIER = lazy(
    r"^(?:全部|基本|部分|已|未|按时|按期|按计划|及时|圆满|较好)?(?:达成|完成|达到|实现)(?:年度|年初)?(?:预期)?(?:指标|目标|任务)?"
    r"(?:并具有一定效果|且效果较差)?$|^(?:达标|未达标|已达标|效果较差|达成预期指标|部分达成预期指标并具有一定效果|未达成预期指标且效果较差)$"
)
_TIER_WORDS = ("达成", "完成", "达到", "实现", "达标", "效果较差")


class Reading(NamedTuple):
    """What a cell holds; `value` only when it holds exactly one number."""

    kind: CellKind
    value: Decimal | None = None
    unit: str | None = None
    comparator: str | None = None
    decimals: int = 0


_BLANK = Reading("blank")


def read_cell(text: str) -> Reading:
    """Classify cleaned cell text; a number is taken only as printed, never repaired."""
    if not text:
        return _BLANK
    return _short(text) if len(text) <= 24 else _read(text)


@lru_cache(maxsize=8192)
def _short(text: str) -> Reading:
    return _read(text)


def _read(text: str) -> Reading:
    if not text.strip("-/\\*") or (len(text) <= 3 and text.upper() in _NA):
        return Reading("na")
    if any(c in text for c in _LETTERS) and _MISREAD.match(text):
        return Reading("unreadable")
    if text in _BOOL:
        return Reading("bool")
    if _may_be_date(text) and _DATE.match(text):
        return Reading("date")
    if not any(c.isdigit() for c in text):
        if any(word in text for word in _TIER_WORDS) and _TIER.match(text):
            return Reading("qual_tier")
        quantities = list(scan(text)) if len(text) < 20 else []
        if len(quantities) == 1 and quantities[0].start == 0 and quantities[0].end == len(text):
            return _number(quantities[0], None)
        return Reading("qual_text")
    return _with_digits(text)


def _may_be_date(text: str) -> bool:
    """Whether a text can be a date at all: most cells cannot, and need no pattern to say so."""
    return "年" in text or "月" in text or "19" in text or "20" in text


def _with_digits(text: str) -> Reading:
    spans = ("-" in text[1:] or "~" in text or "至" in text) and "月" not in text and "日" not in text
    if spans and (ranged := _RANGE.match(text)):
        return Reading("range", unit=ranged["u2"] or None)
    quantities = list(scan(text))
    match = _SIMPLE.match(text)
    if match and quantities:
        reading = _simple(text, match, quantities[0])
        if reading is not None:
            return reading
    if len(quantities) > 1:
        return Reading("multi")
    if len(quantities) == 1:
        only = quantities[0]
        return Reading("qual_text", only.value, only.unit, None, only.decimals)
    return Reading("qual_text")


def _simple(text: str, match: re.Match[str], first: Quantity) -> Reading | None:
    """`[comparator][about] number unit [tail]`, the tail short and free of further digits."""
    if first.start != match.start("rest"):
        return None
    tail = text[first.end :]
    if any(c.isdigit() for c in tail) or len(tail) > 4:
        return None
    comparator = _COMPARATORS.get(match["cmp"]) if match["cmp"] else None
    vague = next((v for k, v in _TAIL_VAGUE.items() if tail.endswith(k)), None)
    vague = vague or ("余" if first.vague else None) or ("约" if match["about"] else None)
    unit = first.unit
    for ending in _TAIL_VAGUE:
        tail = tail.removesuffix(ending)
    if unit is None and tail:
        unit = tail
    if comparator:
        return Reading("cmp", first.value, unit, comparator, first.decimals)
    if vague:
        return Reading("count_vague", first.value, unit, vague, first.decimals)
    return Reading("num", first.value, unit, None, first.decimals)


def _number(quantity: Quantity, comparator: str | None) -> Reading:
    return Reading("num", quantity.value, quantity.unit, comparator, quantity.decimals)
