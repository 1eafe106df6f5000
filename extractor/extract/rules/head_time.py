"""Of which year a report speaks and when it was signed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractor.amounts import chinese_value
from extractor.days import days_in
from extractor.document import Document, Passage, Span, span_of
from extractor.extract.rules.head_opening import YEAR, Opening
from extractor.patterns import lazy
from extractor.segment.breaks import Piece

_YEARS = rf"(?:{YEAR})"
_DAYS = r"(?:\d{1,2}|[一-十四]{1,3})"  # the numerals lie there, and neither 年 nor 月 nor 日
DATE = lazy(
    rf"(?P<y>{_YEARS})\s*(?:年\s*(?P<m>{_DAYS})\s*月\s*(?:(?P<d>{_DAYS})(?:\s*[日号]|(?!\s*[\d个至年月份天~-])))?|(?P<s>[-./])\s*(?P<m2>\d{{1,2}})\s*(?P=s)\s*(?P<d2>\d{{1,2}})(?:\s*日)?)"
)
_KEY = lazy(r"(?:日期|时间)[\s|:]{0,12}")
_COVER_KEYS = ("报告", "编制", "评价", "自评", "撰写", "上报", "报送")
_FORM_KEYS = ("填报", "填表", "填写")
_CHAPTER = lazy(r"\s*(?:一、|目\s*录|(?:19|20)\d\d\s*年度)")
# A day that a line break or a misread digit cuts short is no day.
_CUT_DAY = lazy(r"\n\s*\d(?!\d)|[A-Za-z]|(?<=月)\s*\d")
_OFFICE_ENDS = frozenset("局会委室院校学心馆站所队部府厅处社司。")
_SIGNS = frozenset('"()*#')
_OF_YEAR = lazy(rf"(?P<y>{_YEARS})\s*年\s*度")
_YEAR_KEY = lazy(rf"(?:评价|预算|自评|所属|项目)?年度\s*:\s*(?P<y>{_YEARS})")
_YEAR_LINE = lazy(rf"^[|(\s]*(?P<y>{_YEARS})\s*年\s*度?[|)\s]*$")
_IN_YEAR = lazy(rf"(?P<y>{_YEARS})\s*年(?!\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日)")
_BARE = lazy(r"(?<!\d)(?P<y>20\d\d)(?=[^\W\x00-\x7f])(?!\s*[年号])")
_CAPTION = lazy(rf"\(\s*(?P<y>{_YEARS})\s*年度?\s*\)")


def read_year(
    document: Document, passages: list[Passage], opening: Opening
) -> tuple[int | None, Span | None]:
    """The year under review: from titles first, then captions of forms, then the year the text speaks of most."""
    for pattern, places in (
        (_OF_YEAR, opening.titles), (_YEAR_KEY, opening.lines), (_YEAR_LINE, opening.lines), (_IN_YEAR, opening.titles), (_BARE, opening.titles),
    ):  # fmt: skip
        for place in places:
            match = pattern.search(place.text)
            if match and (year := _year(match["y"])):
                return year, Span(start=place.start + match.start("y"), end=place.start + match.end("y"))
    caption = _CAPTION.search(document.folded)
    if caption and (year := _year(caption["y"])):
        return year, Span(start=caption.start("y"), end=caption.end("y"))
    return _spoken_year(passages)


def _year(printed: str) -> int | None:
    """The year as a number: 2022, 二〇二二, 二O二二."""
    digits = printed.replace("O", "〇").replace("○", "〇")
    value = int(digits) if digits.isdigit() and digits.isascii() else chinese_value(digits)
    return int(value) if value is not None and 1990 <= value <= 2099 else None


def _spoken_year(passages: list[Passage]) -> tuple[int | None, Span | None]:
    counts: Counter[int] = Counter()
    first: dict[int, Span] = {}
    for passage in passages[:60]:
        if "年" not in passage.text:
            continue
        for match in _IN_YEAR.finditer(passage.text[:5000]):
            year = _year(match["y"])
            if year is not None:
                whole = passage.text[match.end() : match.end() + 1] == "度"
                counts[year] += 2 if whole else 1
                first.setdefault(year, passage.span(*match.span("y")))
    if not counts:
        return None, None
    best = max(counts, key=lambda y: (counts[y], -first[y].start))
    return best, first[best]


def read_date(
    document: Document, opening: Opening, excluded_free: list[Piece]
) -> tuple[str | None, Span | None]:
    """The date of the report: on its cover, else under its signature, else the 填报日期 of a form."""
    candidates = [
        *_cover(opening), *_standing(opening.lines), *_signing(excluded_free), *_run_together(opening), *_filled_in(document),
    ]  # fmt: skip
    return candidates[0] if candidates else (None, None)


def _iso(match: re.Match[str]) -> str | None:
    """`2023-06-20`, or `2023-06` where no day is printed; None for a day that no calendar has."""
    year = _year(match["y"])
    month, day = _small(match["m"] or match["m2"]), _small(match["d"] or match["d2"])
    if year is None or month is None:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and not match["m2"] else None
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= days_in(year, month) else None


def _small(printed: str | None) -> int | None:
    if not printed:
        return None
    if printed.isdigit() and printed.isascii():
        return int(printed)
    value = chinese_value(printed)
    return None if value is None else int(value)


def _keyed(text: str, keys: tuple[str, ...], colon: bool) -> Iterator[re.Match[str]]:
    """Dates behind 填报日期 and its like."""
    for key in _KEY.finditer(text):
        if text.endswith(keys, 0, key.start()) and (not colon or ":" in key[0]):
            date = DATE.match(text, key.end())
            if date is not None:
                yield date


def _cover(opening: Opening) -> Iterator[tuple[str, Span]]:
    for line in opening.lines:
        match = next(_keyed(line.text[:300], _COVER_KEYS, colon=True), None)
        if match and (iso := _iso(match)):
            yield iso, Span(start=line.start + match.start(), end=line.start + match.end())


def _standing(pieces: tuple[Piece, ...] | list[Piece]) -> Iterator[tuple[str, Span]]:
    """Dates that are a whole line, or two lines of which the first breaks off after its year or month."""
    for piece, below in zip(pieces, [*pieces[1:], None], strict=False):
        text = piece.text.strip("#* ")
        if not text or len(text) > 24 or text[0] not in "12二":
            continue
        at = piece.start + piece.text.index(text)
        if (
            below is not None
            and len(below.text) < 12
            and below.text[-1] in "日号月"
            and text[-1] not in "日号"
        ):
            match = DATE.fullmatch(text + below.text)
            if match and (iso := _iso(match)):
                yield iso, span_of([(at, at + len(text)), (below.start, below.end)])
                continue
        match = DATE.fullmatch(text)
        if match and (iso := _iso(match)):
            yield iso, Span(start=at, end=at + len(text))


def _signing(pieces: list[Piece]) -> list[tuple[str, Span]]:
    """Standing dates of the whole report, the last first, then dates behind the name of an office that signs."""
    signed = []
    for piece in pieces:
        match = _signature(piece.text)
        if match and (iso := _iso(match)):
            signed.append((iso, Span(start=piece.start + match.start(), end=piece.start + match.end())))
    found = [*list(_standing(pieces))[::-1], *signed[::-1]]
    return [(iso, place) for iso, place in found if len(iso) == 10] or found


def _signature(text: str) -> re.Match[str] | None:
    """The date that ends a line, behind an office that signs; on a long line an annex may still follow."""
    long = len(text) > 60
    if len(text) < 10 or ("20" not in text and "年" not in text):
        return None
    if not long and (text[-1] not in "日号0123456789" or ":" in text):
        return None
    for date in DATE.finditer(text):
        before, after = text[: date.start()], text[date.end() :]
        if long:
            signed = before[-1:].isspace() or before[-1:] in _OFFICE_ENDS
            if signed and (not after or after.lstrip().startswith(("附件", "附表"))):
                return date
        elif not after and before[-1:].isspace() and 3 <= len(before) <= 41:
            named = all(c.isspace() or c in _SIGNS or "\u4e00" <= c <= "\u9fff" for c in before)
            return date if named else None
    return None


def _run_together(opening: Opening) -> Iterator[tuple[str, Span]]:
    """The cover date of a report whose cover and first chapter run together on one line."""
    for line in opening.lines[:3]:
        if len(line.text) > 100:
            text = line.text[:500]
            match = next((m for m in DATE.finditer(text) if _CHAPTER.match(text, m.end())), None)
            if match and (iso := _iso(match)):
                yield iso, Span(start=line.start + match.start(), end=line.start + match.end())


def _filled_in(document: Document) -> Iterator[tuple[str, Span]]:
    for match in _keyed(document.folded, _FORM_KEYS, colon=False):
        iso = _iso(match)
        if iso and not _CUT_DAY.match(document.folded, match.end()):
            yield iso, Span(start=match.start(), end=match.end())


def prose_pieces(document: Document, passages: list[Passage]) -> list[Piece]:
    """The printed lines the passages are made of."""
    folded = document.folded
    return [
        Piece(source, source + length, folded[source : source + length], 0, False)
        for passage in passages
        for _, source, length in passage.pieces
    ]
