"""A number as Excel shows it: its format's digits, thousands, percent sign, date or words around it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple

from extractor.load.package import attribute, child, integer, local
from extractor.load.xlsx.codes import Part, Section, sections_of
from extractor.load.xlsx.dates import date_shown

_GENERAL_DIGITS = 11  # what a cell of General format has room for
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: "¥#,##0;-¥#,##0;¥-", 43: "#,##0.00;-#,##0.00;-",
    44: "¥#,##0.00;-¥#,##0.00;¥-", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip


class Styles:
    """Which format code each style of a workbook has, and which of them draw a border."""

    def __init__(self, root: Any | None) -> None:
        formats = child(root, "numFmts") if root is not None else None
        own = {
            integer(attribute(each, "numFmtId"), 0): attribute(each, "formatCode") or "General"
            for each in (formats if formats is not None else ())
        }
        cells = child(root, "cellXfs") if root is not None else None
        styles = [each for each in (cells if cells is not None else ()) if local(each) == "xf"]
        numbers = [integer(attribute(each, "numFmtId"), 0) for each in styles]
        self.codes = [own.get(n) or _BUILT_IN.get(n, "General") for n in numbers]
        borders = child(root, "borders") if root is not None else None
        drawn = [
            any(attribute(side, "style") not in (None, "none") for side in each)
            for each in (borders if borders is not None else ())
        ]
        used = [integer(attribute(each, "borderId"), 0) for each in styles]
        self.ruled = {n for n, border in enumerate(used) if 0 <= border < len(drawn) and drawn[border]}


class Formats(NamedTuple):
    """The styles of a workbook, and the day its dates count from."""

    styles: Styles
    since_1904: bool


def shown(text: str, formats: Formats, style: int) -> str:
    """What a cell shows that stores the number `text`; what is no number is shown as it is."""
    codes = formats.styles.codes
    code = codes[style] if 0 <= style < len(codes) else "General"
    return _shown(text, code, formats.since_1904)


@lru_cache(maxsize=4096)
def _shown(text: str, code: str, since_1904: bool) -> str:
    if not text:
        return ""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 300:
        return text
    value = _fifteen(value)
    sections = sections_of(code)
    section = _chosen(sections, value)
    if section is None:
        return _general(value)
    if section.dates:
        return date_shown(value, section, since_1904) or _general(value)
    minus = value < 0 and section is not sections[1] if len(sections) > 1 else value < 0
    return ("-" if minus else "") + _filled(abs(value), section)


def _fifteen(value: Decimal) -> Decimal:
    """The value to fifteen digits: the others are noise of binary fractions."""
    if len(value.as_tuple().digits) <= 15:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 14), ROUND_HALF_UP)


def _chosen(sections: tuple[Section, ...], value: Decimal) -> Section | None:
    """The section for the sign of `value`; None stands for General."""
    if any(section.odd for section in sections):
        return None
    numeric = [section for section in sections if not section.text_only]
    if not numeric:
        return None
    if len(numeric) > 2 and value == 0:
        return numeric[2]
    found = numeric[1] if len(numeric) > 1 and value < 0 else numeric[0]
    return None if found.general else found


def _general(value: Decimal) -> str:
    """General format: as many digits as fit."""
    if value and not -10 < value.adjusted() < 11:
        return _scientific(value, 5, pad=2)
    whole = max(value.adjusted() + 1, 1)
    room = max(0, _GENERAL_DIGITS - 1 - whole)
    number = round_half_up(value, room)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Excel's rounding: halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _scientific(value: Decimal, decimals: int, pad: int) -> str:
    exponent = value.adjusted() if value else 0
    number = round_half_up(value.scaleb(-exponent), decimals)
    if abs(number) >= 10:
        exponent, number = exponent + 1, number / 10
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return f"{text}E{'-' if exponent < 0 else '+'}{abs(exponent):0{pad}d}"


def _filled(value: Decimal, section: Section) -> str:
    """The digits of `value` in the places of a section."""
    if section.exponent:
        number = _scientific(value, section.decimals, section.exponent)
    else:
        scaled = value.scaleb(2 * section.percents - 3 * section.thousands_off)
        number = _digits(round_half_up(scaled, section.decimals), section)
    out, placed = [], False
    for part in section.parts:
        if part.kind is Part.DIGITS:
            out.append("" if placed else number)
            placed = True
        else:
            out.append(part.text)
    return "".join(out).strip(" ")


def _digits(number: Decimal, section: Section) -> str:
    text = f"{number:f}"
    whole, _, fraction = text.partition(".")
    whole = whole.lstrip("0").rjust(section.least_whole, "0")
    while len(fraction) > section.least_decimals and fraction.endswith("0"):
        fraction = fraction[:-1]
    if section.grouped:
        lead = len(whole) % 3
        groups = [whole[:lead]] * bool(lead) + [whole[i : i + 3] for i in range(lead, len(whole), 3)]
        whole = ",".join(groups)
    return f"{whole}.{fraction}" if fraction or (section.decimals and section.least_decimals) else whole
