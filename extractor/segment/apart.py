"""Lines of words between the rows of one table: what a page prints again at its head, and the name of a section of rows."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import role_of
from extractor.segment.atoms import LEVEL1, kind_of
from extractor.segment.lines import Line, is_annex, is_heading, is_tail, is_title

_MARKS = {"T": "\t", "P": "|"}
_LEAST, _MOST, _LONGEST = 2, 4, 60  # marks of a row; lines of words, and how long one may be
_NEAR = 8  # rows that tell how wide a table is
_PAGE = 150  # lines a page may have: its head was printed no further above
_POINTS = lazy(r"\(\d+(?:\.\d+)?分?\)$")
_OPENING = frozenset(("project_name", "unit_name", "department"))


def goes_on(document: Document, lines: list[Line], first: int, i: int) -> int | None:
    """Where the table of `lines[first:i]` goes on behind the words that begin at `i`: a row of its width that opens no form."""
    cls = lines[first].cls if lines[first].cls == "P" else "T"
    above = [line for line in lines[max(first, i - _PAGE) : i] if line.cls == cls]
    widths = {_marks(document, line) for line in above[-_NEAR:]}
    words = 0
    for k in range(i, len(lines)):
        line = lines[k]
        if line.cls == "p":
            words += 1
            if words > _MOST or not _may_stand_between(lines, first, i, line):
                return None
        elif line.cls == cls:
            wide = _marks(document, line) in widths and _marks(document, line) >= _LEAST
            return k if wide and (_printed(above, line) or not _opens(line)) else None
        elif line.cls != "B":
            return None
    return None


def stands_apart(lines: Sequence[Line], first: int, i: int) -> bool:
    """Whether the plain line `i` below the first row of a table is a row of its own rather than the rest of the cell above."""
    text = lines[i].text
    named = bool(kind_of(text) & LEVEL1) and _POINTS.search(text) is not None
    return is_heading(text) or named or is_again(lines, first, i)


def is_again(lines: Sequence[Line], first: int, i: int) -> bool:
    """Whether a line was printed before, at the table or right above it: a page's head."""
    return any(line.cls == "p" and line.text == lines[i].text for line in _page_above(lines, first, i))


def _may_stand_between(lines: Sequence[Line], first: int, i: int, line: Line) -> bool:
    if any(each.text == line.text for each in _page_above(lines, first, i) if each.cls == "p"):
        return True  # a page's head
    if len(line.text) > _LONGEST or is_tail(line.text) or is_annex(line.text) or "。" in line.text:
        return False
    return not is_title(line.text)


def _page_above(lines: Sequence[Line], first: int, i: int) -> Sequence[Line]:
    return lines[max(0, first - _NEAR, i - _PAGE) : i]


def _printed(above: Sequence[Line], line: Line) -> bool:
    """Whether a row of heads is one that the page prints again."""
    return any(each.text == line.text for each in above)


def _opens(line: Line) -> bool:
    """Whether a row opens a form or a block: a label of a form's head, or nothing but column heads."""
    cells = [cell for each in line.text.split(_MARKS[line.cls]) if (cell := each.strip())]
    return not cells or role_of("head", cells[0]) in _OPENING or is_head_row(cells)


def is_head_row(cells: Sequence[str]) -> bool:
    """Whether nearly all cells of a row are column heads of one family."""
    filled = [text for cell in cells if (text := cell.strip())]
    return len(filled) > 2 and any(
        sum(role_of(family, cell) is not None for cell in filled) * 3 > len(filled) * 2
        for family in ("indicator", "money", "base")
    )


def _marks(document: Document, line: Line) -> int:
    """How many marks part the cells of a row."""
    return document.folded.count(_MARKS[line.cls], line.start, line.end)
