"""What the pieces of a stream show before their rows are known: a cut row, a block of labels alone, where the second goal begins."""

from __future__ import annotations

from extractor.segment.atoms import NUM, PCT, QTY, Atom


def is_cut(row: list[list[Atom]]) -> bool:
    """Whether a number of a row opens a printed line: the line was cut inside the row, perhaps inside a number."""
    return any(a.gap and a.kind & (NUM | PCT | QTY) for cell in row for a in cell)


def only_labels(data: list[Atom], kind: str) -> bool:
    """Whether a block's labels were printed without its values: which value belongs to which cannot be known."""
    texts = sum(1 for a in data if a.text)
    numbers = sum(1 for a in data if a.kind & (NUM | PCT | QTY))
    return kind in ("indicator", "money") and texts > 5 and numbers * 20 < texts


def halfway(texts: list[Atom]) -> int:
    """Where the second of two goal texts begins: at a repeat of the first's opening, else in the middle by length."""
    if len(texts) == 1:
        return 1
    opening = texts[0].text[:4]
    for k in range(1, len(texts)):
        if texts[k].text.removeprefix("已")[:4] == opening:
            return k
    total, seen = sum(len(t.text) for t in texts), 0
    for k, text in enumerate(texts[:-1]):
        seen += len(text.text)
        if seen * 2 >= total:
            return k + 1
    return len(texts) - 1
