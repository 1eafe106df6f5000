"""Headings as printed, and the sections they open: a tiling of the document's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import Document, Section, Span
from extractor.patterns import lazy
from extractor.segment.breaks import Piece, Wrap, ends_sentence, furniture_of, pieces_of, wrap_of
from extractor.segment.chapters import chapter_level
from extractor.segment.lines import ANNEX, TITLE

_CN = "一二三四五六七八九十〇零百"
_COUNT = frozenset(_CN + ",")
_RESIDUE = lazy(r"(?:\[bookmark:[^\]]*\]|\{[^{}]*_GoBack[^{}]*\}|[•●■◆▪►>]|\*\*|__|\\)\s*")
_HASHES = lazy(r"(#{1,6})(?!#)\s*")
_MARKERS = (
    (1, lazy(rf"第\s*(?:[{_CN}]{{1,3}}|\d{{1,2}})\s*(?:部分|章|篇)\s*[、.:]?")),
    (2, lazy(rf"第\s*(?:[{_CN}]{{1,3}}|\d{{1,2}})\s*节\s*[、.:]?")),
    (
        1,
        lazy(
            r"附\s{0,4}(?:件|表|录)?\s{0,4}(?:[一二三四五六七八九十]{1,2}|\d{1,2}(?:[-.]\d{1,2})*)\s*[、.:]?"
        ),
    ),
    # A scanned 一 arrives as a dash.
    (1, lazy(rf"(?:[{_CN}]{{1,3}}\s*[、.](?!\d)|-\s*、)")),
    (1, lazy(r"[一二三四五六七八九十]{1,2}(?:\s*,|\s+(?=[\u4e00-\u9fff]))")),
    (2, lazy(rf"(?:\(\s*[{_CN}]{{1,3}}\s*\)|[{_CN}]{{1,3}}\)|[\u3220-\u3229])\s*[、.]?")),
    (4, lazy(r"(?:\(\s*\d{1,2}\s*\)|\d{1,2}\)|[\u2474-\u2487])\s*[、.]?")),
    (5, lazy(r"[\u2460-\u2473\u2776-\u277f]\s*[、.]?")),
    (3, lazy(r"(?:\d{1,2}\s*[、.]\s*(?!\d)|\d{1,2}\s*[、.]\s*(?=(?:19|20)\d\d\s*年)|[\u2488-\u249b])")),
    (4, lazy(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2}){0,3}[、.]?\s*(?![\d.])(?=[\u4e00-\u9fff\"(])")),
)
_STARTS = frozenset("第附(-#*_[>{\\•●■◆▪►" + _CN + "0123456789") | {
    chr(c) for a, b in ((0x2460, 0x249C), (0x2776, 0x2780), (0x3220, 0x322A)) for c in range(a, b)
}
# What follows the marker of a counting sentence rather than of a heading.
_NO_TITLE = lazy(
    rf"[\d%‰,。;:、.)/~-]|是|[一二三四五六七八九十]级|[{_CN}]、|(?:[百千万亿]{{0,2}}元|人(?![员大才民力文])|个|倍|公里|亩|吨|月|日(?!常))"
)
_LEADERS = lazy(r"(?:[.…·]{3,}|-{4,}|_{4,})\s*\d{0,3}$|[\s\t]\d{1,3}$")
_CONTENTS = lazy(r"目\s*[录次]")
_FIGURES = lazy(r"\d\s*(?:[百千万亿]{0,2}元|%|人|个|次|户|项)")
_END = lazy(r"[。:;!?]")
_DUTY = lazy(r"负责|承担|承办|协助|完成(?!情况)|办理|拟订|研究|参与|贯彻|指导|督促|监督")
_LIMITS = {1: 50, 2: 45, 3: 36, 4: 36, 5: 30}


class Heading(NamedTuple):
    """A heading at a printed line: `title` is `[title_start, title_end)`; `run_in` when its text follows it."""

    at: int
    level: int
    number: str
    title_start: int
    title_end: int
    run_in: bool


def sections(document: Document, excluded: Sequence[tuple[int, int]]) -> tuple[Section, ...]:
    """The sections of the document: section 0 before the first heading, then one per heading, no gap between."""
    heads = headings(document, pieces_of(document, excluded))
    ends = [head.at for head in heads] + [len(document.text)]
    out = [Section(id="s0", level=0, number="", title="", span=Span(start=0, end=ends[0]))]
    above: list[tuple[int, str]] = []
    for k, head in enumerate(heads, 1):
        while above and above[-1][0] >= head.level:
            above.pop()
        parent = above[-1][1] if above else None
        above.append((head.level, f"s{k}"))
        title = document.text[head.title_start : head.title_end]
        span = Span(start=head.at, end=ends[k])
        out.append(
            Section(id=f"s{k}", parent=parent, level=head.level, number=head.number, title=title, span=span)
        )
    return tuple(out)


def headings(document: Document, pieces: Sequence[Piece]) -> list[Heading]:
    """All headings in order; the entries of a table of contents and running heads are none."""
    wrap = wrap_of(pieces)
    furniture = furniture_of(pieces)
    found: list[Heading] = []
    contents = -1
    for i, piece in enumerate(pieces):
        if contents < 0 and piece.text[0] == "目" and _CONTENTS.fullmatch(piece.text):
            contents = len(found)
            continue
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        head = heading_of(document, piece, following, wrap)
        if head is not None and (i not in furniture or head.number):
            found.append(head)
    return found if contents < 0 else _without_contents(document, found, contents)


def _without_contents(document: Document, found: list[Heading], first: int) -> list[Heading]:
    """`found` without the entries of a table of contents: the run that begins anew with its own first entry."""
    if first >= len(found):
        return found
    key = _key(document, found[first])
    again = next((k for k in range(first + 1, len(found)) if _key(document, found[k]) == key), first)
    return found[:first] + found[again:]


def _key(document: Document, head: Heading) -> tuple[str, str]:
    return head.number, document.folded[head.title_start : head.title_end].replace(" ", "")


def heading_of(
    document: Document, piece: Piece, following: Piece | None, wrap: Wrap | None
) -> Heading | None:
    """The heading that opens a printed line, or None."""
    text = piece.text
    if "\t" in text or "|" in text:
        return None
    if text[0] not in _STARTS:
        if len(text) > 80:
            return None
        level = 1 if ANNEX.match(text) or _is_form_title(text) else chapter_level(text)
        return None if level is None else _heading(document, piece, level, 0, 0, len(text), run_in=False)
    hashes, at = _skip_residue(text)
    if at >= len(text):
        return None
    for level, marker in _MARKERS:
        match = marker.match(text, at)
        if match:
            return _numbered(document, piece, level, match, hashes, following, wrap)
    return _unnumbered(document, piece, hashes, at)


def _is_form_title(text: str) -> bool:
    return (
        len(text) <= 60
        and text[-1] in "表)系一二三四五六七八九十0123456789"
        and TITLE.match(text) is not None
    )


def _skip_residue(text: str) -> tuple[int, int]:
    """The count of `#` and the offset of the first character that is text."""
    hashes, at = 0, 0
    while True:
        match = _RESIDUE.match(text, at) or (None if hashes else _HASHES.match(text, at))
        if match is None:
            return hashes, at
        if text[at] == "#":
            hashes = len(match[1])
        at = match.end()


def _unnumbered(document: Document, piece: Piece, hashes: int, at: int) -> Heading | None:
    """A Markdown heading by its `#`, else a form title or a standard title behind residue."""
    text = piece.text[at:]
    if hashes and (len(text) <= 100 or not ends_sentence(text)):
        return _heading(
            document,
            piece,
            chapter_level(text.rstrip("*_# ")) or hashes,
            at,
            at,
            len(piece.text),
            run_in=False,
        )
    if len(text) > 80:
        return None
    bare = text.rstrip("*_ ")
    level = 1 if ANNEX.match(bare) or (bare and _is_form_title(bare)) else chapter_level(bare)
    return None if level is None else _heading(document, piece, level, at, at, len(piece.text), run_in=False)


def _numbered(
    document: Document,
    piece: Piece,
    level: int,
    match: re.Match[str],
    hashes: int,
    following: Piece | None,
    wrap: Wrap | None,
) -> Heading | None:
    """The heading behind a number: short and alone on its line, or run in before its first 。 or ：."""
    text = piece.text
    start = match.end()
    while start < len(text) and text[start] in " *_\t":
        start += 1
    rest = text[start:].rstrip(" *_#\t")
    if not rest:
        alone = level <= 2 or text[match.start()] in "附第"
        return _heading(document, piece, level, match.start(), start, start, run_in=False) if alone else None
    if _NO_TITLE.match(rest) and not re.match(r"(?:19|20)\d\d\s*年", rest):
        return None
    if _LEADERS.search(rest[-60:]):
        return None
    end = _END.search(rest)
    if level == 1 and match[0].rstrip()[-1] in _COUNT and (end or "," in rest or not 3 <= len(rest) <= 25):
        return None
    if end is None or end.end() == len(rest):
        title = rest if end is None else rest[: end.start()]
        cut = wrap is not None and wrap.full(text) and following is not None and following.gap == 0
        if not hashes and (cut or not _stands_alone(title, rest, level, end is not None)):
            return None
        return _heading(document, piece, level, match.start(), start, start + len(title), run_in=False)
    title = rest[: end.start()]
    if end[0] in ";!?" or len(title) > 30 or "," in title or not title.strip():
        return None
    if level >= 3 and _FIGURES.search(title):
        return None
    return _heading(document, piece, level, match.start(), start, start + len(title), run_in=True)


def _stands_alone(title: str, rest: str, level: int, ended: bool) -> bool:
    """Whether a whole line is a title rather than an item of a list."""
    if len(title) > _LIMITS[level] or rest[-1] in ";!?":
        return False
    if ended and rest[-1] == "。" and (len(title) > 30 or "," in title or _DUTY.match(title)):
        return False
    return level <= 2 or not ("," in title or _FIGURES.search(title) or rest[-1] == ",")


def _heading(
    document: Document, piece: Piece, level: int, number_at: int, start: int, end: int, *, run_in: bool
) -> Heading:
    """The heading with its offsets in the document and the number as printed."""
    base, raw = piece.start, document.text
    number = raw[base + number_at : base + start].strip(" \t*_#\u3000\u00a0") if start > number_at else ""
    a, b = base + start, base + end
    while a < b and raw[b - 1] in " \t*_#:：。\u3000\u00a0":
        b -= 1
    return Heading(base, level, number, a, b, run_in)
