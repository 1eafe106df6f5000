"""Tables whose tags were left in the text: tags separate cells, entities are white space, every position stays true."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.document import Document
from extractor.patterns import lazy
from extractor.segment.atoms import Atom, atom_of
from extractor.segment.lines import Line

_OPEN, _CLOSE = r"(?:<|&lt;)", r"(?:>|&gt;)"
_NAME = r"(?:table|tbody|thead|tfoot|colgroup|col|caption|tr|td|th|p|br|span|div|b|strong|font|o:p|u|i|em|sup|sub|a|img|hr|center|section|h[1-6]|li|ul|ol)"
_INSIDE = r"(?:\s(?:(?!&[lg]t;)[^<>])*)?/?"
RESIDUE = lazy(
    rf"{_OPEN}/?{_NAME}{_INSIDE}{_CLOSE}|&(?:nbsp|ensp|emsp|thinsp|ldquo|rdquo|quot|zwnj|#160|#xa0|#12288);?",
    re.IGNORECASE,
)
_ROWS = lazy(rf"{_OPEN}/?(?P<name>table|tbody|thead|tr|td|th)\b(?P<inside>{_INSIDE}){_CLOSE}", re.IGNORECASE)
_SPAN = lazy(r"(?P<which>col|row)span\s*=\s*[\"']?\s*(?P<count>\d{1,2})", re.IGNORECASE)
_IDLE = 12  # lines without a tag that a cell may run over


class _Cell(NamedTuple):
    start: int
    end: int
    columns: int
    rows: int


def has_rows(text: str) -> bool:
    """Whether a line holds the tag of a table, a row or a cell."""
    return ("<" in text or "&lt;" in text) and _ROWS.search(text) is not None


def residue_region(document: Document, lines: list[Line], first: int) -> tuple[int, list[list[Atom]] | None]:
    """One past the last line of the tagged table that begins at line `first`, and its rows if they are two or more."""
    last, idle, i = first + 1, 0, first
    while i < len(lines) and idle <= _IDLE:
        text = lines[i].text
        tag = has_rows(text)
        idle = 0 if tag else idle + 1
        last = i + 1 if tag else last
        i += 1
        if tag and re.search(rf"{_OPEN}/table\s*{_CLOSE}\s*$", text, re.IGNORECASE):
            break
    rows = _rows(document, lines[first].start, lines[last - 1].end)
    return last, rows if len(rows) > 1 else None


def _rows(document: Document, start: int, end: int) -> list[list[Atom]]:
    """Rows of atoms; places covered by a cell from above or from the left are empty, as in a printed table."""
    out: list[list[Atom]] = []
    covered: dict[int, int] = {}
    for cells in _cells(document.folded, start, end):
        row: list[Atom] = []
        below: dict[int, int] = {}
        queue = list(cells)
        while queue or any(column >= len(row) for column in covered):
            if len(row) in covered:
                at = queue[0].start if queue else row[-1].end if row else start
                row.append(atom_of(document, [(at, at)]))
            elif queue:
                cell = queue.pop(0)
                below |= dict.fromkeys(range(len(row), len(row) + cell.columns), cell.rows - 1)
                row.append(atom_of(document, untagged(document.folded, cell.start, cell.end)))
                row += [atom_of(document, [(cell.end, cell.end)]) for _ in range(cell.columns - 1)]
            else:
                break
        covered = {c: n for c, n in [*((c, n - 1) for c, n in covered.items()), *below.items()] if n > 0}
        out.append(row)
    return [row for row in out if row]


def _cells(folded: str, start: int, end: int) -> list[list[_Cell]]:
    """Cells per row, from where a cell's tag ends to where the next tag of the table begins."""
    rows: list[list[_Cell]] = [[]]
    opened: tuple[int, int, int] | None = None
    for tag in _ROWS.finditer(folded, start, end):
        name, closes = tag["name"].lower(), "/" in tag[0][:5]
        if opened is not None:
            rows[-1].append(_Cell(opened[0], tag.start(), opened[1], opened[2]))
            opened = None
        if name in ("td", "th") and not closes:
            spans = {m["which"].lower(): int(m["count"]) for m in _SPAN.finditer(tag["inside"])}
            opened = (tag.end(), max(1, spans.get("col", 1)), max(1, spans.get("row", 1)))
        elif name in ("tr", "table") and rows[-1]:
            rows.append([])
    if opened is not None:
        rows[-1].append(_Cell(opened[0], end, opened[1], opened[2]))
    return [row for row in rows if row]


def untagged(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of `folded[start:end]` between tags and entities; one empty range when nothing else is there."""
    out, at = [], start
    for tag in RESIDUE.finditer(folded, start, end):
        if folded[at : tag.start()].strip():
            out.append((at, tag.start()))
        at = tag.end()
    if folded[at:end].strip():
        out.append((at, end))
    return out or [(start, start)]


def without_residue(document: Document, rows: list[list[Atom]]) -> list[list[Atom]]:
    """Rows of any other region without the tags (`<br>`) and entities left inside their atoms."""
    return [[_clean(document, a) if "<" in a.text or "&" in a.text else a for a in row] for row in rows]


def _clean(document: Document, atom: Atom) -> Atom:
    ranges = [part for a, b in atom.parts for part in untagged(document.folded, a, b)]
    kept = [(a, b) for a, b in ranges if b > a]
    return (
        atom if kept == list(atom.parts) else atom_of(document, kept or [(atom.start, atom.start)], atom.gap)
    )
