"""Paragraphs as they are read: sentences that a line or page break cuts are rejoined, every piece keeps its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractor.amounts import UNIT
from extractor.document import Document, Passage, Section
from extractor.patterns import lazy
from extractor.segment.breaks import Piece, Wrap, ends_sentence, furniture_of, pieces_of, wrap_of

_CN = "一二三四五六七八九十"
_LIST = lazy(
    rf"(?:[{_CN}]{{1,3}}[、.)]|\([{_CN}\d]{{1,3}}\)|\d{{1,2}}[、)]|\d{{1,2}}\.(?!\d)|[\u2460-\u249b\u2776-\u277f\u3220-\u3229]|"
    r"[-*+•●■◆▪·□☑√○◇►>]\s|[•●■◆▪□☑◆►#|]|\[bookmark|第[一二三四五六七八九十\d]{1,3}(?:部分|章|节)|附(?:件|表)\s*\d*[:：\s]?)"
)
_FIRSTLY = lazy(rf"(?:[{_CN}]是|第[{_CN}][,是]|首先|其次|再次|最后)")
_KEYED = lazy(r"[\u4e00-\u9fff()/\s]{2,14}:")
_DATE = lazy(
    r"(?:\d{4}|[〇零一二三四五六七八九○O]{4})\s*(?:年|[-./])\s*[\d一二三四五六七八九十]{1,3}\s*(?:月|[-./])?\s*[\d一二三四五六七八九十]{0,3}\s*日?"
)
_QUANTITY = lazy(rf"[\d.,]+\s{{0,2}}{UNIT}")
_UNIT = lazy(rf"\s{{0,2}}{UNIT}")
_CJK = lazy(r"[\u4e00-\u9fff\"'(\[《]")
_OPEN = lazy(r"[(《\[][^()《》\[\]]{0,40}$")
_DANGLING = lazy(r"(?:[,、(《\[\-/~]|[的和与及或在为了将对由从按于至])$")
_LEADING = ",。;:、!?)》]%》"


def passages(
    document: Document, excluded: Sequence[tuple[int, int]], sections: Sequence[Section]
) -> list[Passage]:
    """All text outside the excluded ranges, one passage per paragraph, in the order of their beginnings."""
    pieces = pieces_of(document, excluded)
    wrap = wrap_of(pieces)
    furniture = furniture_of(pieces)
    opens = [section.span.start for section in sections]
    titled = {section.span.start: section.title for section in sections if section.level}
    inside = [bisect_right(opens, piece.start) - 1 for piece in pieces]
    starts = set(opens)
    indent = wrap is not None and sum(piece.indented for piece in pieces) * 5 < len(pieces) * 3
    groups: list[list[int]] = []
    current: list[int] | None = None
    skipped = False
    for i, piece in enumerate(pieces):
        if i in furniture and piece.start not in starts:
            groups.append([i])
            skipped = True
            if piece.gap < 0:
                current = None
            continue
        if (
            current is not None and piece.gap >= 0 and piece.start not in starts and not _is_title(document, pieces[current[-1]], titled)
            and _continues(pieces, current, piece, wrap, skipped, indent and piece.indented)
        ):  # fmt: skip
            current.append(i)
        else:
            current = [i]
            groups.append(current)
        skipped = False
    return [_passage([pieces[i] for i in group], sections[max(0, inside[group[0]])].id) for group in groups]


def _is_title(document: Document, piece: Piece, titled: dict[int, str]) -> bool:
    """Whether a line is a heading with nothing run in after it."""
    title = titled.get(piece.start)
    if title is None:
        return False
    return piece.end - document.text.index(title, piece.start) - len(title) < 4


def _continues(
    pieces: Sequence[Piece],
    group: list[int],
    piece: Piece,
    wrap: Wrap | None,
    skipped: bool,
    new_paragraph: bool,
) -> bool:
    """Whether `piece` goes on with the sentence that the last line of `group` breaks off."""
    last = pieces[group[-1]].text
    text = piece.text
    if last[-1] == "." and len(last) > 3 and last[-2].isdigit() and text[0].isdigit():
        return True
    if _LIST.match(text) or (len(text) <= 24 and _DATE.fullmatch(text)):
        return False
    if last[-1].isdigit() and text[0].isdigit() and not (wrap and wrap.full(last)):
        return False
    if (
        wrap is not None
        and wrap.full(last)
        and not new_paragraph
        and last[-1] not in "。!?"
        and (not piece.gap or skipped)
    ):
        return True
    if ends_sentence(last) or new_paragraph:
        return False
    return _cut_sentence(pieces[group[0]].text if len(group) == 1 else "", last, text, skipped)


def _cut_sentence(only: str, last: str, text: str, skipped: bool) -> bool:
    """Whether, without a hard wrap to go by, `last` and `text` are halves of one sentence."""
    if text[0] in _LEADING:
        return True
    if _FIRSTLY.match(text) or _KEYED.match(text):
        return False
    if only and not _is_prose(only, 8 if skipped or _DANGLING.search(last) else 16):
        return False
    if last[-1].isdigit() and _UNIT.match(text):
        return True
    if _DANGLING.search(last) or (_OPEN.search(last) and ")" in text):
        return True
    if text[0].isdigit():
        return _QUANTITY.match(text) is not None
    if "a" <= text[0] <= "z":
        return True
    return _CJK.match(text) is not None and ("。" in text or ";" in text or (skipped and "," in text))


def _is_prose(line: str, least: int) -> bool:
    """Whether a line is part of a paragraph rather than a title, a label or a cell."""
    if "。" in line[:-1] or len(line) >= 60:
        return True
    return len(line) >= least and any(mark in line for mark in ",;") and not _KEYED.match(line)


def _passage(pieces: Sequence[Piece], section: str) -> Passage:
    """The passage over its pieces; a blank that stands for no character keeps two numbers or words apart."""
    if len(pieces) == 1:
        only = pieces[0]
        return Passage(section, only.text, ((0, only.start, len(only.text)),))
    texts: list[str] = []
    places: list[tuple[int, int, int]] = []
    at = 0
    for piece in pieces:
        if texts and _needs_blank(texts[-1], piece.text):
            texts.append(" ")
            at += 1
        texts.append(piece.text)
        places.append((at, piece.start, len(piece.text)))
        at += len(piece.text)
    return Passage(section, "".join(texts), tuple(places))


def _needs_blank(left: str, right: str) -> bool:
    if right[0].isdigit():
        return left[-1] == "," or (left[-1].isalpha() and left[-1].isascii())
    return left[-1].isalpha() and left[-1].isascii() and right[0].isalpha() and right[0].isascii()
