"""The canonical text every offset points into, and the 密级标志 that forbids keeping it."""

from __future__ import annotations

import re

from extractor.document import fold
from extractor.patterns import lazy

_BREAKS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_LAYOUT = ("\n", "\t", "\u3000", "\xa0")
_INVISIBLE = lazy(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_TOP = 1000
_BESIDE_MOST = 80
_LEVEL = r"(?:绝\s*密|[机機]\s*密|秘\s*密)"
_STAR = "[★☆✩✪✫✬✭✮✯✰✦✧✱✶✡⋆⭐🟉🟊🌟⭑⭒]\ufe0f?"
_TERM = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:年|个?月)|长\s*期|启\s*用\s*前"
_MARK = rf"{_LEVEL}\s*(?:{_STAR}\s*(?:{_TERM})?|[*∗﹡⁎]\s*(?:{_TERM}))"
# A mark stands free: a word before it makes it prose (商业秘密), a quotation mark makes it a mention.
_FREE = lazy(rf"(?<![\u4e00-\u9fff\"'《\[])(?<![\u4e00-\u9fff\"'《\[] ){_MARK}")
_LABEL = r"(?:密\s*级\s*:?\s*)?"
_BESIDE = r"(?:(?:No\.?|份\s*号\s*:?)?\s*\d{1,8}|特\s*急|加\s*急|平\s*急|急\s*件)"
_LINE = lazy(rf"[ \t#*|]*(?:{_BESIDE}[ \t|]+)?{_LABEL}{_MARK}(?:[ \t|]+{_BESIDE})?[ \t*|]*", re.IGNORECASE)
_BARE_LINE = lazy(rf"[ \t#*|\[(]*{_LABEL}{_LEVEL}\s*(?:{_TERM})?[ \t*|\])]*")


def canonical(text: str) -> str:
    """`text` with every line end as LF, BEL (a cell end of old Word files) as TAB, and no invisible characters."""
    for mark in _BREAKS:
        if mark in text:
            text = text.replace(mark, "\n")
    text = text.replace("\x07", "\t")
    seen = text
    for mark in _LAYOUT:
        seen = seen.replace(mark, "")
    return text if seen.isprintable() else _INVISIBLE.sub("", text)


def is_classified(text: str) -> bool:
    """Whether canonical `text` carries a 密级标志: near its top, or alone on a line; the mere words are none."""
    if not _names_level(text):
        return False
    folded = fold(text)
    top = folded[:_TOP]
    if _FREE.search(top) or any(_BARE_LINE.fullmatch(line) for line in top[: _TOP // 2].split("\n")[:12]):
        return True
    return any(_LINE.fullmatch(line) for line in _lines_with_mark(folded))


def _names_level(text: str) -> bool:
    """Whether a level word stands anywhere; the patterns of the marks are slow to compile and rarely needed."""
    at = text.find("密")
    while at >= 0:
        if text[max(0, at - _BESIDE_MOST) : at].rstrip()[-1:] in ("绝", "机", "機", "秘"):
            return True
        at = text.find("密", at + 1)
    return False


def _lines_with_mark(folded: str) -> list[str]:
    """The short lines that hold a level word."""
    out, at = [], folded.find("密")
    while at >= 0:
        start, end = folded.rfind("\n", max(0, at - 80), at) + 1, folded.find("\n", at, at + 80)
        if start or at < 80:
            out.append(folded[start : end if end >= 0 else at + 80])
        at = folded.find("密", at + 1)
    return out
