"""How far the place of a glued cell is known, carried by its atom to the contract's evidence."""

from __future__ import annotations

from extractor.document import Document
from extractor.schema import Evidence
from extractor.segment.atoms import Atom, atom_of

FORCED, LIKELY, UNREADABLE = 1 << 24, 1 << 25, 1 << 26
_EVIDENCE = (
    (UNREADABLE, Evidence(confidence=0.3, certain=False, flags=("glued", "unreadable"))),
    (LIKELY, Evidence(confidence=0.8, certain=False, flags=("glued",))),
    (FORCED, Evidence(confidence=0.95, flags=("glued",))),
)


def marked(document: Document, ranges: list[tuple[int, int]], mark: int) -> Atom:
    """The atom over `ranges` with a mark; an unreadable one has no other nature."""
    atom = atom_of(document, ranges)
    if not atom.text:
        return atom
    return atom._replace(kind=mark if mark == UNREADABLE else atom.kind | mark)


def glued_evidence(kind: int) -> Evidence | None:
    """Evidence of a cell that was cut out of glued text, None for any other."""
    return next((evidence for mark, evidence in _EVIDENCE if kind & mark), None)
