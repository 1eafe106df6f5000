"""Tables whose grid could not be recovered: runs of short lines in the prose, as pieces or as glued text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.document import Document, Passage, Span
from extractor.extract.llm.answers import BlockColumns, RowWords
from extractor.extract.llm.blocks import TOTAL, Line, Piece, piece_at
from extractor.extract.llm.choices import FUND_FIELDS, INDICATOR_FIELDS, POINTS, Role
from extractor.patterns import lazy

_STOP = lazy(r"[。;!?]|^[\s(]*[一二三四五六七八九十]+[、)]")
_GAP = lazy(r"\s*[\t|]\s*|\s{2,}|(?<=[\u4e00-\u9fff%\d]) (?=\S)")
_WORDS = lazy(r"得分|分值|权重|完成值|实际值|指标值|预算数|执行数|目标值|权值|打分|评分")
_SHORT, _LEAST, _NUMBERS = 40, 12, 4
_MOST, _SHOWN, _OPENING = 160, 48, 24
ROLES = {"指标": tuple(INDICATOR_FIELDS), "资金": tuple(FUND_FIELDS), "其他": ()}
_HELD, _REMARKS = frozenset(("一级", "二级")), frozenset(("原因", "无"))
_NUMERIC = frozenset(("年初", "全年", "执行"))
_WORDY = frozenset(("一级", "二级", "三级", "名称"))


class Run(NamedTuple):
    """A table of which only the pieces are known, in the order of the text; `glued` when pieces hold several cells."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    glued: bool

    @property
    def id(self) -> str:
        """How a chunk of it is called."""
        return f"{self.start}-{self.end}"


def runs(document: Document, passages: Sequence[Passage]) -> tuple[Run, ...]:
    """The runs of short lines that print numbers and the words of a table's head, a long one in several."""
    out: list[Run] = []
    for group in _groups(passages):
        pieces = tuple(piece for passage in group for piece in _pieces(document, passage))
        text = "".join(piece.text for piece in pieces)
        numbers = sum(piece.is_number for piece in pieces)
        glued = any(sum(c.isdigit() for c in p.text) > 5 and len(p.text) > 16 for p in pieces)
        if len(pieces) < (3 if glued else _LEAST) or not _WORDS.search(text):
            continue
        if numbers < _NUMBERS and not glued:
            continue
        step = _MOST if glued else len(pieces)  # glued pieces go out in full, of others the first few do
        out += [_run(pieces[at : at + step], glued) for at in range(0, len(pieces), step)]
    return tuple(out)


def _run(pieces: tuple[Piece, ...], glued: bool) -> Run:
    return Run(pieces[0].span.start, pieces[-1].span.end, pieces, glued)


def _groups(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    group: list[Passage] = []
    for passage in passages:
        if passage.text.strip() and len(passage.text) <= _SHORT and not _STOP.search(passage.text):
            group.append(passage)
            continue
        if len(group) > 2:
            yield group
        group = []
    if len(group) > 2:
        yield group


def _pieces(document: Document, passage: Passage) -> Iterator[Piece]:
    at = 0
    for gap in [*_GAP.finditer(passage.text), None]:
        stop = gap.start() if gap is not None else len(passage.text)
        text = passage.text[at:stop]
        if text.strip(" |\t"):
            lead = len(text) - len(text.lstrip(" |\t"))
            yield piece_at(document, passage.span(at + lead, at + len(text.rstrip(" |\t"))))
        at = gap.end() if gap is not None else stop


def shown(run: Run) -> str:
    """The pieces as a prompt shows them: all as they are printed, or the head and the first rows, counted."""
    if run.glued:
        return "\n".join(piece.text for piece in run.pieces)
    return " ".join(f"⟦{n}⟧{piece.text}" for n, piece in enumerate(run.pieces[:_SHOWN], 1))


def rows_by_columns(run: Run, answer: BlockColumns) -> tuple[list[Line], list[str]]:
    """The rows that the pieces behind the head make when its columns mean this; refused unless they do in exactly one way."""
    width, found = len(answer.c), []
    if answer.k == "其他" or not width:
        return [], []
    for head in range(width, min(len(run.pieces), _OPENING)):
        if not any(piece.is_number for piece in run.pieces[head - width : head]):
            found += _divided(run.pieces[head:], answer.c)
        if found and head == width:
            break  # the head opens the table; behind other words its place must be the only one
    if len(found) != 1:
        return [], [f"片段不能按这 {width} 列排成行" if not found else f"片段按这 {width} 列有几种排法"]
    return found[0], []


def _divided(pieces: Sequence[Piece], roles: Sequence[Role]) -> list[list[Line]]:
    """Up to two ways in which the pieces in front of a closing row, all of them, make two rows or more."""
    many = next((at for at, piece in enumerate(pieces) if TOTAL.match(piece.text)), len(pieces))
    least = max(2, sum(role not in _HELD | _REMARKS for role in roles))
    ways: list[list[list[Line]]] = [[] for _ in range(many)] + [[[]]]
    for at in range(many - 1, -1, -1):
        for stop in range(at + least, min(at + len(roles), many) + 1):
            line = _laid_out(pieces[at:stop], roles) if ways[stop] else None
            if line is not None:
                ways[at] = [*ways[at], *([line, *rest] for rest in ways[stop])][:2]
    return [rows for rows in ways[0] if len(rows) > 1]


def _laid_out(pieces: Sequence[Piece], roles: Sequence[Role]) -> Line | None:
    """The pieces in their columns: levels that hold from above may be left out in front, remarks at the end; None when that is in doubt."""
    lacking = len(roles) - len(pieces)
    finest = next((role for role in ("三级", "二级", "一级", "名称") if role in roles), None)
    may_lack = _HELD - {finest}
    found = []
    for front in range(lacking + 1) if pieces else ():
        back = lacking - front
        if set(roles[:front]) <= may_lack and set(roles[len(roles) - back :]) <= _REMARKS:
            line = (*[None] * front, *pieces, *[None] * back)
            if all(_may_be(piece, role) for piece, role in zip(line, roles, strict=True)):
                found.append(line)
    return found[0] if len(found) == 1 else None


def _may_be(piece: Piece | None, role: Role) -> bool:
    """Whether the print of a piece does not speak against its column."""
    if piece is None:
        return True
    if role in POINTS:
        return piece.is_number and piece.is_points
    return piece.is_number if role in _NUMERIC else not (role in _WORDY and piece.is_number)


def rows_by_words(document: Document, run: Run, answer: RowWords) -> tuple[list[Line], list[str]]:
    """The rows whose every text stands, letter for letter, in the run behind the one before it."""
    lines: list[Line] = []
    refused: list[str] = []
    at, width = run.start, len(ROLES.get(answer.k, ()))
    for row in answer.r:
        line: list[Piece | None] = []
        here = at
        for words in row[:width]:
            found = document.text.find(words, here, run.end) if words else here
            if found < 0:
                refused.append(f"“{words[:40]}”：原文此处没有")
                break
            line.append(piece_at(document, Span(start=found, end=found + len(words))) if words else None)
            here = found + len(words)
        else:
            if any(line) and len(row) <= width:
                lines.append(tuple(line))
                at = here
    return lines, refused
