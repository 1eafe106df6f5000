"""Excel's number format codes, taken apart: `_ * #,##0.00_ ;-0.0%;"无";@`."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from extractor.patterns import lazy

_TOKEN = lazy(
    r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)"
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>[eE][+-](?P<power>0+))|(?P<date>[yYmMdDhHsSeEgG]+)|(?P<digits>[0#?.,]+)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<plain>.)",
)
_CURRENCY = lazy(r"\$([^-]*)")
_ELAPSED = lazy(r"[hHmMsS]+")


class Part(Enum):
    """What stands at a place of a section."""

    DIGITS = 1
    TEXT = 2
    DATE = 3


class Piece(NamedTuple):
    """A place of a section: literal text, the number's digits, or a piece of a date."""

    kind: Part
    text: str = ""


class Section(NamedTuple):
    """One section of a format code: how numbers of one sign are shown."""

    parts: tuple[Piece, ...]
    decimals: int = 0
    least_decimals: int = 0
    least_whole: int = 1
    grouped: bool = False
    percents: int = 0
    thousands_off: int = 0
    exponent: int = 0
    dates: bool = False
    general: bool = False
    text_only: bool = False
    odd: bool = False  # conditions, fractions, Chinese numerals: shown as General


@lru_cache(maxsize=512)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format code."""
    return tuple(_section(part) for part in _split(code or "General")[:4])


def _split(code: str) -> list[str]:
    """The code at its semicolons, those in quotes aside."""
    out, quoted, skip = [""], False, False
    for c in code:
        if c == ";" and not quoted and not skip:
            out.append("")
            continue
        quoted ^= c == '"' and not skip
        skip = c == "\\" and not skip and not quoted
        out[-1] += c
    return out


def _section(code: str) -> Section:
    parts: list[Piece] = []
    digits, percents, exponent = "", 0, 0
    general = dates = text_only = odd = False
    for match in _TOKEN.finditer(code):
        kind, said = match.lastgroup, match[0]
        if match["power"]:
            exponent = len(match["power"])
        elif kind in ("quoted", "escaped", "plain"):
            parts.append(Piece(Part.TEXT, match[kind] or ""))
            odd |= said == "/" and bool(digits)
        elif kind == "space":
            parts.append(Piece(Part.TEXT, " "))
        elif kind == "percent":
            percents += 1
            parts.append(Piece(Part.TEXT, "%"))
        elif kind == "digits":
            if not dates or said not in (",", "."):
                digits += said
            parts.append(Piece(Part.DIGITS if not dates else Part.TEXT, said))
        elif kind in ("date", "half"):
            dates = True
            parts.append(Piece(Part.DATE, said))
        elif kind == "bracket":
            piece, strange = _bracket(match["bracket"])
            odd |= strange
            dates |= piece is not None and piece.kind is Part.DATE
            parts += [piece] if piece else []
        general |= kind == "general"
        text_only |= kind == "text"
    whole, _, fraction = digits.partition(".")
    bare = whole.rstrip(",")
    places = fraction.rstrip(",")
    return Section(
        tuple(parts),
        decimals=sum(c in "0#?" for c in places),
        least_decimals=places.count("0"),
        least_whole=bare.count("0"),
        grouped="," in bare,
        percents=percents,
        thousands_off=len(digits) - len(digits.rstrip(",")),
        exponent=exponent,
        dates=dates,
        general=general,
        text_only=text_only,
        odd=odd,
    )


def _bracket(inside: str) -> tuple[Piece | None, bool]:
    """What a bracket stands for: a currency sign, hours that go on beyond a day; and whether we cannot show it."""
    if inside.startswith("$"):
        match = _CURRENCY.match(inside)
        return (Piece(Part.TEXT, match[1]) if match else None), False
    if _ELAPSED.fullmatch(inside):
        return Piece(Part.DATE, f"[{inside}]"), False
    return None, inside[:1] in "<>=" or inside.upper().startswith("DBNUM")
