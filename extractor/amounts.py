"""The one number parser: a printed quantity becomes an exact Decimal with its unit and the precision the author printed.

Everything here runs on folded text (`document.fold`): digits, brackets and punctuation are half-width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.patterns import lazy

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\. ?\d+)?)"
CN_DIGITS = "零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"
_SCALES = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
MONEY_UNITS = {f"{scale}元": Decimal(factor) for scale, factor in _SCALES.items()}
_COUNTERS = (
    "平方米|平方公里|立方米|公里|千米|公顷|百分点|个百分点|人次|人天|场次|台次|车次|批次|班次|台套|台件|人|名|个|户|场|次|份|件|项|"
    "辆|台|条|篇|期|块|处|家|所|座|套|张|起|批|宗|幅|册|本|支|只|头|亩|米|吨|天|月|年|小时|分钟|日|期次|类|种|点|例|段|轮|㎡|m2|"
    "个月|公斤|千克|斤|升|间|层|村|镇|部|级|岁|倍|课时|学时|笔|单|栋|片|棵|株|根|艘|架|门|款|道|面|枚|位|对|组|队|届|卷|盏|口|眼|杆|架次"
)
_WORDS = "|".join(sorted((c for c in _COUNTERS.split("|") if len(c) > 1), key=len, reverse=True))
_CHARACTERS = "".join(c for c in _COUNTERS.split("|") if len(c) == 1)
UNIT = rf"(?:[余多]?[百千]?[万亿]{{0,2}}[余多]?(?:元(?:/[人天月年次])?|{_WORDS}|[{_CHARACTERS}])|[百千]?[万亿][余多]?|[余多]|%|‰|分)"
# A single digit is found far faster than the whole pattern, which then is tried only there; the sign is looked at last.
_DIGIT = lazy(r"\d")
_QUANTITY = lazy(rf"({NUMBER})(?: {{0,2}}({UNIT}))?")
_SIGNED = lazy(r"(?<![\w.)])-")
_NUMERAL = lazy(
    rf"[{CN_DIGITS}]{{1,9}}(?=[万亿余元])(?:万元|亿元|元|万余元|余万元)|百分之[{CN_DIGITS}]{{1,5}}"
)
_PERCENT = "百分之"
_NUMERALS = frozenset(CN_DIGITS)
_CN_VALUE = dict(
    zip("零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖", [0, 0, *range(1, 10), 2, *range(1, 10)], strict=True)
)
_CN_SCALE = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_STRIP_VAGUE = str.maketrans("", "", "余多 ")


class Quantity(NamedTuple):
    """A number with its unit at `[start, end)` of the scanned text; `value` is in `unit` as printed."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    decimals: int
    vague: str | None

    @property
    def base_value(self) -> Decimal | None:
        """The value in 元 / 人 / %, or None when the unit fixes no such base."""
        return base_value(self.value, self.unit)


def base_value(value: Decimal, unit: str | None) -> Decimal | None:
    """`value` of `unit` in 元, in plain count, or in %; None without a unit or with a doubled one (万万元)."""
    if unit is None:
        return None
    if unit in MONEY_UNITS:
        return value * MONEY_UNITS[unit]
    if unit == "%":
        return value
    if unit == "‰":
        return value / 10
    if unit in ("万", "亿"):
        return value * _SCALES[unit]
    if unit[0] in "万亿" and len(unit) > 1 and unit[1] not in "万亿元":
        return value * _SCALES[unit[0]]
    return None if "元" in unit else value


def is_money(unit: str | None) -> bool:
    """Whether `unit` is an amount of money (万 and 亿 alone are read as such only by context)."""
    return unit is not None and unit.endswith("元")


def decimal_of(number: str) -> Decimal:
    """The Decimal of a printed number: thousands separators and an inner space dropped, digits untouched."""
    if "," in number or " " in number:
        number = number.replace(",", "").replace(" ", "")
    return Decimal(number)


def decimals_of(number: str) -> int:
    """How many digits the author printed after the point."""
    _, _, tail = number.replace(" ", "").partition(".")
    return len(tail)


def chinese_value(numeral: str) -> Decimal | None:
    """The value of 三十五, 壹佰贰拾, 二〇; None when it is not a numeral."""
    if not any(c in _CN_SCALE for c in numeral):
        if not all(c in _CN_VALUE for c in numeral):
            return None
        return Decimal("".join(str(_CN_VALUE[c]) for c in numeral))
    total, digit = 0, None
    for c in numeral:
        if c in _CN_VALUE:
            digit = _CN_VALUE[c]
        else:
            total += (1 if digit is None else digit) * _CN_SCALE[c]
            digit = None
    return Decimal(total + (digit or 0))


def scan(folded: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every quantity of `folded[start:end]` in order, years, dates and list numbers included: the caller judges."""
    stop = len(folded) if end is None else end
    numerals = _numerals(folded, start, stop)
    if not numerals:
        yield from _digits(folded, start, stop)
        return
    digits = list(_digits(folded, start, stop))
    covered = {at for quantity in digits for at in range(quantity.start, quantity.end)}
    digits += [numeral for numeral in numerals if numeral.start not in covered]
    yield from sorted(digits, key=lambda quantity: quantity.start)


def _digits(folded: str, start: int, stop: int) -> Iterator[Quantity]:
    at = start
    while (digit := _DIGIT.search(folded, at, stop)) is not None:
        match = _QUANTITY.match(folded, digit.start(), stop)
        if match is None:  # a digit of another script's kind that the pattern has no use for
            at = digit.end()
            continue
        at = match.end()
        yield _quantity(match, folded, start)


def _quantity(match: re.Match[str], folded: str, floor: int) -> Quantity:
    begin, end = match.span()
    number, raw_unit = match[1], match[2]
    value = decimal_of(number)
    if begin > floor and folded[begin - 1] == "-" and _SIGNED.match(folded, begin - 1):
        begin -= 1
        value = -value
    point = number.find(".")
    decimals = 0 if point < 0 else len(number) - point - 1 - (number[point + 1] == " ")
    if raw_unit is None:
        return Quantity(begin, match.end(1), value, None, decimals, None)
    if "余" in raw_unit or "多" in raw_unit:
        vague = next(c for c in raw_unit if c in "余多")
        return Quantity(begin, end, value, raw_unit.translate(_STRIP_VAGUE) or None, decimals, vague)
    return Quantity(begin, end, value, raw_unit, decimals, None)


def _numerals(folded: str, start: int, stop: int) -> list[Quantity]:
    """Amounts and percentages written in Chinese numerals; only text with 元 or 百分之 is worth searching."""
    out: list[Quantity] = []
    if folded.find(_PERCENT, start, stop) < 0 and not _spells_amount(folded, start, stop):
        return out
    for match in _NUMERAL.finditer(folded, start, stop):
        words = match[0]
        percent = words.startswith(_PERCENT)
        numeral = words[len(_PERCENT) :] if percent else words.rstrip("万亿余元")
        value = chinese_value(numeral)
        if value is None:
            continue
        unit = "%" if percent else words[len(numeral) :].translate(_STRIP_VAGUE)
        out.append(Quantity(*match.span(), value, unit, 0, "余" if "余" in words else None))
    return out


def _spells_amount(folded: str, start: int, stop: int) -> bool:
    """Whether a numeral stands right before one 元 at least: 伍拾万元."""
    at = folded.find("元", start, stop)
    while at >= 0:
        if folded[max(start, at - 3) : at].rstrip("万亿余")[-1:] in _NUMERALS:
            return True
        at = folded.find("元", at + 1, stop)
    return False


def plain(value: Decimal) -> str:
    """A decimal as a person writes it, never in exponent form."""
    return format(value, "f")
