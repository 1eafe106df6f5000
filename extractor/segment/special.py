"""Tables that need a reader of their own before the usual delimiters are looked at: tags, keys and values, glued cells."""

from __future__ import annotations

from extractor.document import Document
from extractor.segment.atoms import Atom
from extractor.segment.forms import Form
from extractor.segment.keyvalues import key_value_end, read_key_values
from extractor.segment.lines import Line
from extractor.segment.residue import has_rows, residue_region

Special = tuple[int, int, str, list[list[Atom]], bool]


def special_regions(document: Document, lines: list[Line]) -> dict[int, Special]:
    """First line → (first, last, kind, rows, hard) of every such table."""
    out: dict[int, Special] = {}
    i = 0
    while i < len(lines):
        found = _special_at(document, lines, i)
        if found is not None:
            out[found[0]] = found
        i = found[1] if found is not None else i + 1
    return out


def _special_at(document: Document, lines: list[Line], i: int) -> Special | None:
    line = lines[i]
    if line.cls == "B":
        return None
    if has_rows(line.text):
        tagged = residue_region(document, lines, i)
        if tagged is not None:
            return i, tagged[0], "tags", tagged[1], True
    if line.cls == "p" and ":" in line.text:
        pairs = key_value_end(document, lines, i)
        if pairs is not None:
            return i, pairs[0], "key_values", pairs[1], False
    return None


def special_forms(kind: str, rows: list[list[Atom]]) -> list[Form] | None:
    """The forms of a region that has its own reader."""
    if kind == "key_values":
        return read_key_values(rows)
    return None
