"""Dates and times as Excel shows them: days since 1899-12-30 (or 1904-01-01) in a format's pieces."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from extractor.load.xlsx.codes import Part, Piece, Section

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = "一二三四五六日"
_MOST_DAYS = 2_958_465
_DAY = 86_400


def date_shown(value: Decimal, section: Section, since_1904: bool) -> str | None:
    """The date that the number of days `value` stands for, None where no calendar has one."""
    if not 0 <= value <= _MOST_DAYS:
        return None
    days, part = divmod(value, 1)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if value >= 60 else 31)  # noqa: DTZ001
    moment = start + timedelta(days=int(days), seconds=int((part * _DAY).to_integral_value()))
    pieces = section.parts
    half = any(piece.kind is Part.DATE and "/" in piece.text for piece in pieces)
    out = []
    for n, piece in enumerate(pieces):
        out.append(_piece(moment, int(days), pieces, n, half) if piece.kind is Part.DATE else piece.text)
    return "".join(out).strip()


def _piece(moment: datetime, days: int, pieces: tuple[Piece, ...], n: int, half: bool) -> str:
    """One piece of a date; `m` between hours and seconds is minutes."""
    text = pieces[n].text
    letter, size = text.strip("[]")[0].lower(), len(text.strip("[]"))
    if "/" in text:
        late = moment.hour >= 12
        return ("下午" if late else "上午") if "午" in text else ("PM" if late else "AM")
    if letter in "ye":
        return f"{moment.year % 100:02d}" if letter == "y" and size <= 2 else str(moment.year)
    if letter == "m" and _is_minute(pieces, n):
        return _padded(moment.minute, size)
    if letter == "m":
        return (
            _MONTHS[moment.month - 1][: size if size == 3 else None]
            if size in (3, 4)
            else _padded(moment.month, size)
        )
    if letter == "d":
        return (
            _padded(moment.day, size)
            if size < 3
            else ("星期" if size > 3 else "周") + _WEEK[moment.weekday()]
        )
    if letter == "h":
        hours = moment.hour + (24 * days if text.startswith("[") else 0)
        return _padded((hours - 1) % 12 + 1 if half else hours, size)
    return _padded(moment.second, size) if letter == "s" else ""


def _is_minute(pieces: tuple[Piece, ...], n: int) -> bool:
    letters = [(k, p.text.strip("[]")[0].lower()) for k, p in enumerate(pieces) if p.kind is Part.DATE]
    before = next((letter for k, letter in reversed(letters) if k < n), "")
    after = next((letter for k, letter in letters if k > n), "")
    return before == "h" or after == "s"


def _padded(number: int, size: int) -> str:
    return f"{number:02d}" if size > 1 else str(number)
