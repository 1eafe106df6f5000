"""Counting words: the number formats of Word's lists."""

from __future__ import annotations

_PLAIN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
    (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_SPOKEN = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)  # fmt: skip
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))


def counted(number: int, style: str) -> str:
    """`number` in a `w:numFmt`; a format not known is printed in digits."""
    if number < 1 or number > 9999:
        return str(number)
    if style in _SPOKEN:
        return _chinese(number, _PLAIN, "十百千")
    if style in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _chinese(number, _LEGAL, "拾佰仟")
    if style in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_PLAIN[int(d)] for d in str(number))
    if style in _CIRCLED:
        return chr(0x245F + number) if number <= 20 else str(number)
    if style == "decimalEnclosedParen":
        return chr(0x2473 + number) if number <= 20 else f"({number})"
    if style == "decimalEnclosedFullstop":
        return chr(0x2487 + number) if number <= 20 else f"{number}."
    if style == "ideographEnclosedCircle":
        return chr(0x327F + number) if number <= 10 else str(number)
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(d) + 0xFEE0) for d in str(number))
    if style == "ideographTraditional":
        return _STEMS[number - 1] if number <= 10 else str(number)
    if style == "ideographZodiac":
        return _BRANCHES[number - 1] if number <= 12 else str(number)
    return _latin(number, style)


def _latin(number: int, style: str) -> str:
    if style in ("upperRoman", "lowerRoman"):
        out = ""
        for value, letters in _ROMAN:
            while number >= value:
                out, number = out + letters, number - value
        return out if style == "upperRoman" else out.lower()
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if style == "upperLetter" else letter.lower()
    if style == "decimalZero":
        return f"{number:02d}"
    return "" if style == "none" else str(number)


def _chinese(number: int, digits: str, units: str) -> str:
    """1 一, 10 十, 12 十二, 20 二十, 105 一百〇五."""
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + (units[power - 1] if power else "")
        gap = bool(out) and not digit
    return out[1:] if digits is _PLAIN and 10 <= number < 20 else out
