"""Atoms: the smallest printed pieces a table is made of, each with its place and what it could be."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from extractor.document import Document, Span, span_of
from extractor.patterns import lazy
from extractor.segment.labels import (
    is_first_level,
    is_frame,
    is_item,
    is_like_level,
    is_second_level,
    is_total,
)

_SPACE = lazy(r"\s+")
_INNER = lazy(
    r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])|^\s+|\s+$|(?<=\d)\s+(?=%)|(?<=\d\.)\s+(?=\d)|(?<=[≥≤<>=])\s+"
)

(
    BLANK,
    NUM,
    PCT,
    QTY,
    NA,
    LEVEL1,
    LEVEL2,
    ITEM,
    TOTAL,
    TEXT,
    LONG,
    QUAL,
    DATE,
    FRAME,
    TINY,
    SIGN,
    SENTENCE,
    HIGH,
    NAMED,
    PAGE,
    LIKE_PAGE,
) = (1 << i for i in range(21))

_NUM = lazy(r"^-?[\d,]*\.?\d+分?$")
_HIGH = lazy(r"^(?:[5-9]\d|\d{3,})(?:\.\d+)?$")  # above what one row can be worth
_PCT = lazy(r"^[≥≤<>=═]*-?[\d.,]+%(?:以上|以下)?$")
_COMPARED = lazy(
    r"(?:[≥≤<>=═]+|不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|达到|约|近)?-?[\d,.]+"
)
_SHORT_LABEL = 3
_NO_UNIT = frozenset(",。;:、")
_GARBLED = lazy(r"^[≥≤<>=]?(?=\S*\d)[\dlIOo|.,]+%?$")  # OCR took a letter for a digit; still a number's place
_NAMED = lazy(r"^指标\d{1,2}(?:[:.、]|$)|^[★☆]+\D")  # how a 三级 cell begins and no other
_LETTERS = frozenset("ABCDEFG")
_CODED = lazy(r"^[A-G](\d{0,4})[.、:]?(?=[\u4e00-\u9fff]{2})")  # A决策, A1项目立项, A11立项依据
_SCORING = ("得满分", "计分", "不得分", "扣完为止")
_SCORED = lazy(r"得\d+%?分?[,;。]|扣\d+(?:\.\d+)?分")
_SIGNS = frozenset(
    ("定性", "定量", "正向", "反向", "正向指标", "反向指标", "大于等于", "小于等于", "大于", "小于", "等于", "不低于", "不高于", "不超过", "不少于")
)  # fmt: skip
_DATE_PARTS = "0123456789年月日./-~至到度底前之以内末初全上下半完成"


@lru_cache(maxsize=16384)
def _span(parts: tuple[tuple[int, int], ...]) -> Span:
    return span_of(list(parts))


class Atom(NamedTuple):
    """A printed piece: cleaned folded text, document ranges, blank lines before it, and its possible natures."""

    text: str
    parts: tuple[tuple[int, int], ...]
    gap: int
    kind: int

    @property
    def span(self) -> Span:
        """The place of the atom in the document."""
        return _span(self.parts)

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


def clean(text: str) -> str:
    """Folded text without layout white space; one blank stays between two ASCII words."""
    if text.isalnum():
        return text
    return _INNER.sub("", _SPACE.sub(" ", text))


def is_more(text: str) -> bool:
    """Whether a text is the …… by which a blank form says that rows may follow."""
    return text[:1] in "….·" and not text.strip("….·")


def _kind_of_text(text: str) -> int:
    bare = text.replace(" ", "")
    if is_more(bare):
        return TEXT | TINY | NAMED
    if not any("\u4e00" <= c <= "\u9fff" for c in bare):
        return TEXT | TINY
    named = bare[0] in "★☆" or bare.startswith("指标")
    kind = TEXT | NAMED if named and _NAMED.match(bare) else TEXT
    if len(bare) > 7 and ("," in bare or ";" in bare or "。" in bare):
        kind |= SENTENCE
    if len(bare) > 30 or (len(bare) > 8 and _tells_scoring(bare)):
        kind |= LONG
    elif len(bare) <= 4:
        kind |= TINY
    if len(bare) <= 24:
        kind |= _kind_of_label(bare)
    return kind | ITEM if is_item(bare) else kind


def _kind_of_label(bare: str) -> int:
    if bare[0] in _LETTERS and (coded := _CODED.match(bare)) is not None:
        return (LEVEL1, LEVEL2, 0)[min(2, len(coded[1]))]
    kind = TOTAL if is_total(bare) else 0
    if is_first_level(bare):
        kind |= LEVEL1
    if is_second_level(bare):
        kind |= LEVEL2
    elif not kind & LEVEL1 and is_like_level(bare):
        kind |= LEVEL1 | LEVEL2 if bare.endswith("分)") else LEVEL2
    if is_frame(bare):
        kind |= FRAME
    if len(bare) <= 10 and not any(c.isdigit() for c in bare):
        kind |= QUAL
    return kind


def is_coded(text: str) -> bool:
    """Whether a label begins with the code of its level: A.决策, A1.项目立项."""
    return text[:1] in _LETTERS and _CODED.match(text) is not None


def _tells_scoring(bare: str) -> bool:
    """Whether a text says how an indicator is scored."""
    if any(word in bare for word in _SCORING):
        return True
    return ("得" in bare or "扣" in bare) and _SCORED.search(bare) is not None


def _is_date(text: str) -> bool:
    """Whether a text is a day, a month, a year or a span of them: 2022年12月底前, 12月, 年内."""
    bare = text.removeprefix("截至").removeprefix("截止")
    if bare[:2] in ("19", "20") and bare[2:4].isdigit() and bare[4:5] in ("年", ".", "/", "-"):
        return len(bare) > 4 and not bare[5:].strip(_DATE_PARTS)
    month, mark, rest = bare.partition("月")
    if mark and len(month) <= 2 and month.isdigit():
        return len(rest) <= 10
    return bare in ("全年", "长期") or (bare[:2] in ("年底", "年内") and len(bare) <= 6)


def _is_quantity(text: str) -> bool:
    """Whether a text is one number, perhaps compared, with a short unit behind it."""
    match = _COMPARED.match(text)
    if match is None or len(text) - match.end() > 6:
        return False
    return not any(c in _NO_UNIT or c.isdigit() or c.isspace() for c in text[match.end() :])


def _kind_of_short(text: str) -> int:
    if not text.strip("-/\\*") or text in ("无", "不适用"):
        return NA
    if text in _SIGNS or (len(text) <= 2 and not text.strip("≥≤<>=═")):
        return SIGN | TEXT | TINY
    if _is_date(text):
        return DATE | QTY
    if not any(c.isdigit() for c in text):
        return _kind_of_text(text)
    if _NUM.match(text):
        return NUM | HIGH if _HIGH.match(text) else NUM
    if _PCT.match(text):
        return PCT
    if _GARBLED.match(text):
        return PCT if text.endswith("%") else NUM
    return QTY if _is_quantity(text) else _kind_of_text(text)


@lru_cache(maxsize=16384)
def _kind_of(text: str) -> int:
    return _kind_of_short(text)


def kind_of(text: str) -> int:
    """A bit mask of what cleaned text could be; every recogniser of tables works on these bits."""
    if not text:
        return BLANK
    return _kind_of(text) if len(text) <= 40 else TEXT | LONG | (ITEM if is_item(text) else 0)


@lru_cache(maxsize=16384)
def _read_short(piece: str) -> tuple[str, int]:
    text = clean(piece)
    return text, kind_of(text)


def _read(piece: str) -> tuple[str, int]:
    """The cleaned text of a stripped piece and what it could be; the same short cells come back in every row."""
    if len(piece) <= 40:
        return _read_short(piece)
    text = clean(piece)
    return text, kind_of(text)


def _atom_at(piece: str, at: int, gap: int) -> Atom:
    stripped = piece.strip()
    if not stripped:
        return Atom("", ((at, at),), gap, BLANK)
    text, kind = _read(stripped)
    if piece[0] != stripped[0]:
        at += piece.index(stripped[0])
    return Atom(text, ((at, at + len(stripped)),), gap, kind)


def split_atoms(document: Document, start: int, end: int, mark: str, gap: int = 0) -> list[Atom]:
    """The atoms between the marks in a stretch of the document."""
    out = []
    for piece in document.folded[start:end].split(mark):
        out.append(_atom_at(piece, start, gap))
        start += len(piece) + 1
    return out


def atom_of(document: Document, ranges: list[tuple[int, int]], gap: int = 0) -> Atom:
    """The atom over document ranges (white space at their ends is dropped; an empty one keeps a zero-length place)."""
    folded = document.folded
    if len(ranges) == 1:  # nearly all
        start, end = ranges[0]
        return _atom_at(folded[start:end], start, gap)
    parts = []
    for start, end in ranges:
        piece = folded[start:end]
        stripped = piece.strip()
        if stripped:
            at = start + len(piece) - len(piece.lstrip())
            parts.append((at, at + len(stripped)))
    if not parts:
        at = ranges[0][0]
        return Atom("", ((at, at),), gap, BLANK)
    text = clean("".join(folded[a:b] for a, b in parts))
    return Atom(text, tuple(parts), gap, kind_of(text))


def join(document: Document, atoms: list[Atom]) -> Atom:
    """One atom over several neighbours, in the order of the text."""
    if len(atoms) == 1:
        return atoms[0]
    return atom_of(document, sorted(part for atom in atoms for part in atom.parts), atoms[0].gap)


def unlabelled(atoms: list[Atom]) -> list[Atom]:
    """`atoms` in which a label that repeats the one right before it is plain words: the second print is a value."""
    out = list(atoms)
    for k in range(1, len(atoms)):
        atom = atoms[k]
        if atom.kind & LEVEL2 and len(atom.text) > _SHORT_LABEL and atom.text == atoms[k - 1].text:
            if atom.kind & LEVEL1 and k + 1 < len(atoms) and atoms[k + 1].kind & TEXT:
                continue  # 满意度指标 | 满意度指标 | 群众满意度: both levels are called so
            out[k] = atom._replace(kind=atom.kind & ~(LEVEL1 | LEVEL2) | QUAL)
        elif atom.kind & LEVEL2 and _named_and_valued(atoms, k):
            out[k] = atom._replace(
                kind=atom.kind & ~(LEVEL1 | LEVEL2) | (TEXT if out[k - 1].kind & LEVEL2 else QUAL)
            )
    return out


def _named_and_valued(atoms: list[Atom], k: int) -> bool:
    """Whether an atom belongs to a run of the same word behind a label: 可持续影响指标 | 可持续 | 可持续 | 可持续."""
    word, first = atoms[k].text, k
    while first and atoms[first - 1].text == word:
        first -= 1
    run = sum(1 for _ in takewhile(lambda atom: atom.text == word, atoms[first : first + 3]))
    before = atoms[first - 1] if first else None
    return run > 2 and before is not None and bool(before.kind & LEVEL2) and before.text.endswith("指标")
