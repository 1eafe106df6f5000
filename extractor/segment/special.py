"""Tables that need a reader of their own before the usual delimiters are looked at: tags, keys and values, glued cells."""

from __future__ import annotations

from extractor.document import Document
from extractor.segment.atoms import Atom
from extractor.segment.forms import Form
from extractor.segment.glued import glued_region, read_glued
from extractor.segment.keyvalues import key_value_end, read_key_values
from extractor.segment.lines import Line
from extractor.segment.residue import has_rows, residue_region

Special = tuple[int, int, str, list[list[Atom]], bool]


def special_regions(document: Document, lines: list[Line]) -> dict[int, Special]:
    """First line → (first, last, kind, rows, hard) of every such table."""
    out: dict[int, Special] = {}
    i = floor = barren = untabled = 0
    while i < len(lines):
        line = lines[i]
        found: Special | None = None
        if i >= untabled and has_rows(line.text):
            untabled, rows = residue_region(document, lines, i)
            found = (i, untabled, "tags", rows, True) if rows is not None else None
        if found is None and line.cls == "p" and i >= barren and ":" in line.text:
            barren, pairs = key_value_end(
                document, lines, i
            )  # no form here is no form from its second line on
            found = (i, barren, "key_values", pairs, False) if pairs is not None else None
        if found is None and line.cls == "p" and "级指标" in line.text:
            glued = glued_region(document, lines, i, floor)
            found = (glued[0], glued[1], "glued", glued[2], False) if glued else None
        if found is not None:
            out[found[0]] = found
            floor = found[1]
        i = found[1] if found is not None else i + 1
    return out


def special_forms(document: Document, kind: str, rows: list[list[Atom]]) -> list[Form] | None:
    """The forms of a region that has its own reader."""
    if kind == "key_values":
        return read_key_values(rows)
    if kind == "glued":
        return read_glued(document, rows)
    return None
