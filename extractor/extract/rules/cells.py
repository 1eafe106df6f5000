"""Contract cells from atoms: the raw slices, the cleaned text, the number in it, and how sure we are."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from extractor.cellkinds import Reading, read_cell
from extractor.document import Document
from extractor.patterns import lazy
from extractor.records import replace
from extractor.schema import SURE, Cell, Evidence, Flag
from extractor.segment.atoms import Atom
from extractor.segment.grids import cell_text
from extractor.segment.marks import UNREADABLE, glued_evidence

_NORMALIZED = Evidence(grounding="NORMALIZED")
_INFERRED = Evidence(confidence=0.8, certain=False, flags=("inferred_column",))
_UNREADABLE = Evidence(confidence=0.3, certain=False, flags=("unreadable",))
_POINTS = lazy(r"(?<![A-Za-z\d.])(\d+(?:\.\d+)?)\s*分|[(\[](\d+(?:\.\d+)?)%?[)\]]")
# Letters among digits are misread ones or belong to a code; letters behind a number may be its unit (120km, 20m2).
_GARBLED = lazy(r"(?<![A-Za-z])(?!m[23])[A-Za-z]+[.,]?\d|\d[.,][A-Za-z]")


@lru_cache(maxsize=8192)
def _contents(
    raw: str, printed: str, kind: int, inferred: bool, flags: tuple[Flag, ...]
) -> tuple[Reading, str, Evidence]:
    """What a cell holds, its text, and how sure we are: the same wherever the same is printed."""
    reading = Reading("unreadable") if kind & UNREADABLE else _plain(read_cell(printed), printed)
    clean = cell_text(raw)
    evidence = SURE if clean == raw else _NORMALIZED
    if (glued := glued_evidence(kind)) is not None:
        evidence = replace(glued, grounding=evidence.grounding)
    elif reading.kind == "unreadable":
        evidence = _UNREADABLE
    elif inferred and printed:
        evidence = _INFERRED
    if flags:
        evidence = replace(evidence, flags=(*evidence.flags, *flags))
    return reading, clean, evidence


def _plain(reading: Reading, printed: str) -> Reading:
    """`reading` without a number that letters cut or stand in: 99.B4分, l.5, 1O0."""
    if reading.value is None or printed.isdigit() or not _GARBLED.search(printed):
        return reading
    return Reading("qual_text" if reading.kind == "qual_text" else "unreadable")


def cell_of(
    document: Document,
    atom: Atom,
    cell_id: str,
    *,
    unit: str | None = None,
    inferred: bool = False,
    flags: tuple[Flag, ...] = (),
) -> Cell:
    """The Cell of an atom; `unit` is the column's or caption's, used where the cell prints none."""
    text = document.text
    raw = text[atom.start : atom.end] if len(atom.parts) == 1 else "".join(text[a:b] for a, b in atom.parts)
    reading, clean, evidence = _contents(raw, atom.text, atom.kind, inferred, flags)
    return Cell(
        id=cell_id,
        raw=raw,
        text=clean,
        value=reading.value,
        unit=reading.unit or (unit if reading.value is not None else None),
        comparator=reading.comparator,
        kind=reading.kind,
        span=atom.span,
        evidence=evidence,
    )


def label_points(text: str) -> Decimal | None:
    """The points written inside a label: `产出指标(50分)` → 50."""
    match = _POINTS.search(text)
    return Decimal(match[1] or match[2]) if match else None
