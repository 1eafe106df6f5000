"""Tables that need a reader of their own before the usual delimiters are looked at: tags, keys and values, glued cells.

Tags and glued cells are rare; their readers are imported where the first sign of one is met.
"""

from __future__ import annotations

from extractor.document import Document
from extractor.segment.atoms import Atom
from extractor.segment.forms import Form
from extractor.segment.keyvalues import key_value_end, read_key_values
from extractor.segment.lines import Line
from extractor.segment.paired import is_label, paired_end, read_pairs

Special = tuple[int, int, str, list[list[Atom]], bool]


def special_regions(document: Document, lines: list[Line]) -> dict[int, Special]:
    """First line → (first, last, kind, rows, hard) of every such table."""
    out: dict[int, Special] = {}
    i = floor = barren = untabled = unpaired = 0
    tagged = "<" in document.folded or "&lt;" in document.folded
    while i < len(lines):
        line = lines[i]
        found: Special | None = None
        if tagged and i >= untabled and ("<" in line.text or "&lt;" in line.text):
            untabled, found = _tagged(document, lines, i, untabled)
        if found is None and line.cls == "p" and i >= barren and ":" in line.text:
            # no form here is no form from its second line on
            barren, found = _keyed(document, lines, i)
        if found is None and line.cls == "p" and i >= unpaired and is_label(line.text):
            unpaired, found = _paired(document, lines, i)
        if found is None and line.cls == "p" and "级指标" in line.text:
            found = _glued(document, lines, i, floor)
        if found is not None:
            out[found[0]] = found
            floor = found[1]
        i = found[1] if found is not None else i + 1
    return out


def _tagged(document: Document, lines: list[Line], i: int, untabled: int) -> tuple[int, Special | None]:
    from extractor.segment.residue import has_rows, residue_region  # noqa: PLC0415

    if not has_rows(lines[i].text):
        return untabled, None
    end, rows = residue_region(document, lines, i)
    return end, (i, end, "tags", rows, True) if rows is not None else None


def _keyed(document: Document, lines: list[Line], i: int) -> tuple[int, Special | None]:
    end, pairs = key_value_end(document, lines, i)
    return end, (i, end, "key_values", pairs, False) if pairs is not None else None


def _paired(document: Document, lines: list[Line], i: int) -> tuple[int, Special | None]:
    end, pairs = paired_end(document, lines, i)
    return end, (i, end, "pairs", pairs, False) if pairs is not None else None


def _glued(document: Document, lines: list[Line], i: int, floor: int) -> Special | None:
    from extractor.segment.glued import glued_region  # noqa: PLC0415

    found = glued_region(document, lines, i, floor)
    return (found[0], found[1], "glued", found[2], False) if found else None


def special_forms(document: Document, kind: str, rows: list[list[Atom]]) -> list[Form] | None:
    """The forms of a region that has its own reader."""
    if kind == "key_values":
        return read_key_values(rows)
    if kind == "pairs":
        return read_pairs(rows)
    if kind == "glued":
        from extractor.segment.glued import read_glued  # noqa: PLC0415

        return read_glued(document, rows)
    return None
