"""Cells copied out of a workbook: a cell of several lines stands in quotation marks, and its row goes on behind the last of them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Document
from extractor.segment.atoms import Atom, atom_of, join, split_atoms
from extractor.segment.lines import Line

_MARK = '"'
_MOST = 12  # lines of one row


def quoted_rows(document: Document, lines: Sequence[Line]) -> dict[int, tuple[int, list[Atom]]]:
    """First line → (one past the last line, cells) of every row in which a quoted cell goes over several lines."""
    out: dict[int, tuple[int, list[Atom]]] = {}
    k = 0
    while k < len(lines):
        end = _end(document, lines, k)
        if end is not None:
            out[k] = end, _row(document, lines[k:end])
            k = end
        else:
            k += 1
    return out


def _end(document: Document, lines: Sequence[Line], first: int) -> int | None:
    """One past the line that closes the quotation which line `first` opens at the beginning of its last cell."""
    start = lines[first].start
    last = document.text.rfind("\t", start, lines[first].end) + 1 or start
    if not _is_open(document, lines[first]) or document.text[max(last, start)] != _MARK:
        return None
    for k in range(first + 1, min(first + _MOST, len(lines))):
        if _is_open(document, lines[k]):
            reopened = document.text.rfind("\t" + _MARK, lines[k].start, lines[k].end) >= 0
            closed = document.text.find(_MARK, lines[k].start, lines[k].end)
            ends = document.text[closed + 1 : closed + 2]
            if ends not in ("\t", "\n", "", "\r"):
                return None
            return k + 1 if not reopened else None
        if (
            document.text.count(_MARK, lines[k].start, lines[k].end)
            and _MARK + "\t" in document.text[lines[k].start : lines[k].end]
        ):
            continue  # closed, and another one opened
    return None


def _is_open(document: Document, line: Line) -> bool:
    return document.text.count(_MARK, line.start, line.end) % 2 == 1


def _row(document: Document, lines: Sequence[Line]) -> list[Atom]:
    cells: list[Atom] = []
    for line in lines:
        if line.cls == "B":
            continue
        pieces = split_atoms(document, line.start, line.end, "\t")
        cells = [*cells[:-1], join(document, [cells[-1], pieces[0]]), *pieces[1:]] if cells else pieces
    return [_bare(document, cell) for cell in cells]


def _bare(document: Document, cell: Atom) -> Atom:
    """The cell without the quotation marks around it."""
    if not (cell.text.startswith(_MARK) and cell.text.endswith(_MARK) and len(cell.text) > len(_MARK) * 2):
        return cell
    start, end = document.text.find(_MARK, cell.start), document.text.rfind(_MARK, 0, cell.end)
    return atom_of(document, [(max(a, start + 1), min(b, end)) for a, b in cell.parts], cell.gap)
