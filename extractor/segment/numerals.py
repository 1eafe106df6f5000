"""Chinese numerals made easy to match: every one of them as one of two marks, so that a pattern needs no set of hanzi.

A set of three hanzi costs a regular expression a map of all Unicode when it compiles; a person who reviews one report
waits for that. `N` stands for 一 to 十, `M` for 〇, 零 and 百; offsets stay true.
"""

from __future__ import annotations

N, M = "\x01", "\x02"  # the canonical text holds no control characters
ANY = f"[{N}{M}]"
DIGITS = "一二三四五六七八九十"
_MARKS = str.maketrans(dict.fromkeys(DIGITS, N) | dict.fromkeys("〇零百", M))
_LEAD = 32  # what a line's number, bracket and blanks may take


def marked_numerals(text: str, size: int = _LEAD) -> str:
    """The first `size` characters of `text` with each Chinese numeral as its mark."""
    return text[:size].translate(_MARKS)
