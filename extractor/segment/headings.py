"""Headings as printed, and the sections they open: a tiling of the document's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import Document, Section, Span
from extractor.patterns import lazy
from extractor.segment.breaks import Piece, Printed, Wrap, ends_sentence, printed_of
from extractor.segment.chapters import chapter_level
from extractor.segment.lines import is_annex, is_title
from extractor.segment.numerals import ANY, DIGITS, M, N, marked_numerals
from extractor.segment.roles import role_of

_COUNT = frozenset((N, M, ","))
_RESIDUE = lazy(r"(?:\[bookmark:[^\]]*\]|\{[^{}]*_GoBack[^{}]*\}|[•●■◆▪►>]|\*\*|__|\\)\s*")
_HASHES = lazy(r"(#{1,6})(?!#)\s*")
_NUMBER = "0123456789"
_HANZI = rf"[^\W\da-zA-Z_]|{ANY}"


def _between(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


# Level, the characters its number can begin with, and the number; tried in this order on a line with marked numerals.
_MARKERS = (
    (1, "第", lazy(rf"第\s*(?:{ANY}{{1,3}}|\d{{1,2}})\s*(?:部分|章|篇)\s*[、.:]?")),
    (2, "第", lazy(rf"第\s*(?:{ANY}{{1,3}}|\d{{1,2}})\s*节\s*[、.:]?")),
    (
        1,
        "附",
        lazy(rf"附\s{{0,4}}(?:件|表|录)?\s{{0,4}}(?:{N}{{1,2}}|\d{{1,2}}(?:[-.]\d{{1,2}})*)\s*[、.:]?"),
    ),
    # A scanned 一 arrives as a dash.
    (1, N + M + "-", lazy(rf"(?:{ANY}{{1,3}}\s*[、.](?!\d)|-\s*、)")),
    (1, N, lazy(rf"{N}{{1,2}}(?:\s*,|\s+(?={_HANZI}))")),
    (
        2,
        "(" + N + M + _between(0x3220, 0x3229),
        lazy(rf"(?:\(\s*{ANY}{{1,3}}\s*\)|{ANY}{{1,3}}\)|[\u3220-\u3229])\s*[、.]?"),
    ),
    (
        4,
        "(" + _NUMBER + _between(0x2474, 0x2487),
        lazy(r"(?:\(\s*\d{1,2}\s*\)|\d{1,2}\)|[\u2474-\u2487])\s*[、.]?"),
    ),
    (5, _between(0x2460, 0x2473) + _between(0x2776, 0x277F), lazy(r"[\u2460-\u2473\u2776-\u277f]\s*[、.]?")),
    (
        3,
        _NUMBER + _between(0x2488, 0x249B),
        lazy(r"(?:\d{1,2}\s*[、.]\s*(?!\d)|\d{1,2}\s*[、.]\s*(?=(?:19|20)\d\d\s*年)|[\u2488-\u249b])"),
    ),
    (4, _NUMBER, lazy(rf"\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[、.]?\s*(?![\d.])(?={_HANZI}|[\"(])")),
)
_STARTS = frozenset("第附(-#*_[>{\\•●■◆▪►" + DIGITS + "〇零百" + _NUMBER) | {
    chr(c) for a, b in ((0x2460, 0x249C), (0x2776, 0x2780), (0x3220, 0x322A)) for c in range(a, b)
}
_RESIDUE_STARTS = frozenset("[{•●■◆▪►>*_\\#")
# What follows a number in a counting sentence rather than in a heading.
_COUNTING = frozenset("%‰,。;:、.)/~-是个倍亩吨月")
_COUNTED = lazy(rf"{N}级|{ANY}、|[{M}千]?[万亿]{{0,2}}元")
_PEOPLE = frozenset("员大才民力文")
_YEAR = lazy(r"(?:19|20)\d\d\s*年")
_LEADERS = lazy(r"(?:[.…·]{3,}|-{4,}|_{4,})\s*\d{0,3}$|[\s\t]\d{1,3}$")
_CONTENTS = lazy(r"目\s*[录次]")
_FIGURES = lazy(r"\d\s*(?:[百千]?[万亿]{0,2}元|%|人|个|次|户|项)")
_ENDS = "。:;!?"
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


def sections(
    document: Document, excluded: Sequence[tuple[int, int]], printed: Printed | None = None
) -> tuple[Section, ...]:
    """The sections of the document: section 0 before the first heading, then one per heading, no gap between."""
    heads = headings(document, printed or printed_of(document, excluded))
    ends = [head.at for head in heads] + [len(document.text)]
    out = [Section(id="s0", level=0, number="", title="", span=Span(start=0, end=ends[0]))]
    above: list[tuple[int, str]] = []
    for k, head in enumerate(heads, 1):
        while above and above[-1][0] >= head.level:
            above.pop()
        parent = above[-1][1] if above else None
        above.append((head.level, f"s{k}"))
        title = document.text[head.title_start : head.title_end]
        role = role_of(head.number, title)
        out.append(
            Section(
                id=f"s{k}",
                parent=parent,
                level=head.level,
                number=head.number,
                title=title,
                span=Span(start=head.at, end=ends[k]),
                role=role,
                role_engine=None if role == "other" else "rules",
            )
        )
    return tuple(out)


def headings(document: Document, printed: Printed) -> list[Heading]:
    """All headings in order; the entries of a table of contents and running heads are none."""
    pieces, wrap, furniture = printed
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
        level = 1 if is_annex(text) or _is_form_title(text) else chapter_level(text)
        return None if level is None else _heading(document, piece, level, 0, 0, len(text), run_in=False)
    hashes, at = _skip_residue(text)
    if at >= len(text):
        return None
    marks = marked_numerals(text, at + 32)
    for level, starts, marker in _MARKERS:
        if marks[at] in starts and (match := marker.match(marks, at)):
            return _numbered(document, piece, level, match, hashes, following, wrap)
    return _unnumbered(document, piece, hashes, at)


def _is_form_title(text: str) -> bool:
    return len(text) <= 60 and text[-1] in "表)系一二三四五六七八九十0123456789" and is_title(text)


def _skip_residue(text: str) -> tuple[int, int]:
    """The count of `#` and the offset of the first character that is text."""
    hashes, at = 0, 0
    while at < len(text) and text[at] in _RESIDUE_STARTS:
        if text[at] != "#":
            match = _RESIDUE.match(text, at)
        elif match := None if hashes else _HASHES.match(text, at):
            hashes = len(match[1])
        if match is None:
            break
        at = match.end()
    return hashes, at


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
    level = 1 if is_annex(bare) or (bare and _is_form_title(bare)) else chapter_level(bare)
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
    if _counts(rest) and not _YEAR.match(rest):
        return None
    if (rest[-1] in ".…·-_" or rest[-1].isdecimal()) and _LEADERS.search(rest[-60:]):
        return None
    end = min([at for mark in _ENDS if (at := rest.find(mark)) >= 0], default=len(rest))
    ended = end < len(rest)
    if level == 1 and match[0].rstrip()[-1] in _COUNT and (ended or "," in rest or not 3 <= len(rest) <= 25):
        return None
    title = rest[:end]
    if end + 1 >= len(rest):
        cut = wrap is not None and wrap.full(text) and following is not None and following.gap == 0
        if not hashes and (cut or not _stands_alone(title, rest, level, ended)):
            return None
        return _heading(document, piece, level, match.start(), start, start + len(title), run_in=False)
    if rest[end] in ";!?" or len(title) > 30 or "," in title or not title.strip():
        return None
    if level >= 3 and _FIGURES.search(title):
        return None
    return _heading(document, piece, level, match.start(), start, start + len(title), run_in=True)


def _counts(rest: str) -> bool:
    """Whether what follows a number makes it an amount or an item of a sentence: 12个, (一)是, 3人."""
    first = rest[0]
    if first in _COUNTING or first.isdecimal():
        return True
    if first == "人":
        return rest[1:2] not in _PEOPLE
    if first == "日":
        return rest[1:2] != "常"
    return rest.startswith("公里") or _COUNTED.match(marked_numerals(rest, 6)) is not None


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
