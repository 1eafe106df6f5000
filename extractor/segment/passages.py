"""Paragraphs as they are read: sentences that a line or page break cuts are rejoined, every piece keeps its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractor.amounts import UNIT
from extractor.document import Document, Passage, Section
from extractor.patterns import lazy
from extractor.segment.breaks import Piece, Printed, Wrap, ends_sentence, printed_of
from extractor.segment.numerals import DIGITS, M, N, marked_numerals

_LIST = lazy(
    rf"(?:{N}{{1,3}}[、.)]|\([{N}\d]{{1,3}}\)|\d{{1,2}}[、)]|\d{{1,2}}\.(?!\d)|[-*+>]\s|\[bookmark|第[{N}\d]{{1,3}}(?:部分|章|节)|"
    r"附(?:件|表)\s*\d*[::\s]?)"
)
_BULLETS = frozenset("•●■◆▪□☑◆►#|") | {
    chr(c) for a, b in ((0x2460, 0x249C), (0x2776, 0x2780), (0x3220, 0x322A)) for c in range(a, b)
}
_SPACED_BULLETS = frozenset("·√○◇")
_LIST_STARTS = frozenset("(0123456789-*+>[第附" + DIGITS)
_FIRSTLY = ("首先", "其次", "再次", "最后")
_KEYED = lazy(r"(?:[^\W\da-zA-Z_]|[()/\s]){2,14}:")
_DATE = lazy(
    rf"(?:\d{{4}}|[{N}{M}○O]{{4}})\s*(?:年|[-./])\s*[\d{N}]{{1,3}}\s*(?:月|[-./])?\s*[\d{N}]{{0,3}}\s*日?"
)
_DATE_STARTS = frozenset("0123456789○O〇零" + DIGITS)
_QUANTITY = lazy(rf"[\d.,]+\s{{0,2}}{UNIT}")
_UNIT = lazy(rf"\s{{0,2}}{UNIT}")
_NUMBER_AT_END = lazy(r"(?<![\d.,])[\d.,]*\d$")
_WHOLE = lazy(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_OPEN = lazy(r"[(《\[][^()《》\[\]]{0,40}$")
_DANGLING = frozenset(",、(《[-/~和与及或在为了将对由从按于至")
_LEADING = frozenset(",。;:、!?)》]%")


def passages(
    document: Document,
    excluded: Sequence[tuple[int, int]],
    sections: Sequence[Section],
    printed: Printed | None = None,
) -> list[Passage]:
    """All text outside the excluded ranges, one passage per paragraph, in the order of their beginnings."""
    pieces, wrap, furniture = printed or printed_of(document, excluded)
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
    if last[-1].isdigit() and text[0] == "." and text[1:2].isdigit():
        return True
    if _opens_item(text) or _is_date(text):
        return False
    if last[-1].isdigit() and text[0].isdigit() and not (wrap and wrap.full(last)):
        return _cut_number(pieces[group[0]].text if len(group) == 1 else "", last, text)
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


def _cut_number(only: str, last: str, text: str) -> bool:
    """Whether a break cuts a number of a sentence: `在职5` and `4人`, `1,2` and `68公里`."""
    head, tail = _NUMBER_AT_END.search(last), _QUANTITY.match(text)
    if head is None or tail is None:
        return False
    if only and not (
        _is_prose(only, 8) or _is_list_of_values(only) or _goes_on(head[0], last, text[tail.end() :])
    ):
        return False
    digits = text[: next(k for k, c in enumerate(text) if not (c.isdecimal() or c in ".,"))]
    return _WHOLE.fullmatch(head[0] + digits) is not None


def _goes_on(number: str, last: str, rest: str) -> bool:
    """Whether words lead to the number and a sentence follows its unit: `全年支出1` and `603万元,较上年…`."""
    before = last[: -len(number)].rstrip()
    return (
        len(before) > 3
        and "\u4e00" <= before[-1] <= "\u9fff"
        and rest[:1] in ("", *",;。、()")
        and len(rest) > 8
    )


def _cut_sentence(only: str, last: str, text: str, skipped: bool) -> bool:
    """Whether, without a hard wrap to go by, `last` and `text` are halves of one sentence."""
    if text[0] in _LEADING:
        return True
    if _counts_off(text) or _is_keyed(text):
        return False
    dangling = last[-1] in _DANGLING
    quantity = text[0].isdigit() and _QUANTITY.match(text) is not None
    if only and not (
        _is_prose(only, 8 if skipped or dangling else 16) or (quantity and _is_list_of_values(only))
    ):
        return False
    if last[-1].isdigit() and _UNIT.match(text):
        return True
    if dangling or (")" in text and _OPEN.search(last)):
        return True
    if text[0].isdigit():
        return quantity or (text[-1] == "." and text[:-1].replace(",", "").isdecimal())
    if "a" <= text[0] <= "z":
        return True
    if not ("\u4e00" <= text[0] <= "\u9fff" or text[0] in "\"'([《"):
        return False
    return "。" in text or ";" in text or (skipped and "," in text) or text[-1].isdecimal()


def _opens_item(text: str) -> bool:
    """Whether a line opens with the number or the bullet of a list."""
    first = text[0]
    if first in _BULLETS or (first in _SPACED_BULLETS and text[1:2].isspace()):
        return True
    return first in _LIST_STARTS and _LIST.match(marked_numerals(text)) is not None


def _is_date(text: str) -> bool:
    """Whether a line is nothing but a date."""
    return len(text) <= 24 and text[0] in _DATE_STARTS and _DATE.fullmatch(marked_numerals(text)) is not None


def _counts_off(text: str) -> bool:
    """Whether a sentence opens with 一是, 第二, 首先."""
    if text[0] in DIGITS:
        return text[1:2] == "是"
    return text.startswith(_FIRSTLY) or (
        text[0] == "第" and text[1:2] in (*DIGITS,) and text[2:3] in (",", "是")
    )


def _is_keyed(text: str) -> bool:
    """Whether a line opens with a label and its colon."""
    return ":" in text[:15] and _KEYED.match(text) is not None


def _is_prose(line: str, least: int) -> bool:
    """Whether a line is part of a paragraph rather than a title, a label or a cell."""
    if "。" in line[:-1] or len(line) >= 60:
        return True
    return len(line) >= least and any(mark in line for mark in ",;") and not _is_keyed(line)


def _is_list_of_values(line: str) -> bool:
    """Whether a line goes on after its label and colon with more than one value: `甲项目:预算37万元,支出31`."""
    key = _KEYED.match(line)
    return key is not None and any(mark in line[key.end() :] for mark in ",;")


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
