"""Small things that stand inside one cell: a unit of money, a label with its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import role_of
from extractor.segment.atoms import Atom, atom_of
from extractor.segment.forms import Form

UNIT = lazy(r"(?:单位|金额):?\(?(万元|元|亿元)|\((万元|亿元|元)\)|^(万元|元)$")
_FURTHER = lazy(r"\s{2,}[^\s:]{2,12}\s?:")
_PAIR = lazy(r"^.{2,40}?(?::\s*-?[\d,.]+\s*(?:万元|元|%|分)?|-?[\d,.]+\s*:)$")

_DIVIDED = lazy(r"按[^,。;:分]{2,8}(?<![得计扣折评记赋])分(?::|类|$)")


def is_pair(text: str) -> bool:
    """Whether a cell holds a label, a colon and a number."""
    return ":" in text and _PAIR.match(text) is not None


def is_by_nature(text: str) -> bool:
    """Whether a cell announces a division (按收入性质分), not how points are given (按考核得分折算)."""
    return text[:1] == "按" and "分" in text[3:10] and _DIVIDED.match(text) is not None


def is_words_row(text: str) -> bool:
    """Whether a label's row holds words instead of numbers: 厉行节约保障措施."""
    return text.endswith(("措施", "措施:", "情况说明"))


def labelled_heads(document: Document, atoms: Sequence[Atom]) -> list[tuple[str, Atom, Atom]]:
    """Role, label and value of the cells that hold 标签：值 of a form's head, as long as cells of that shape follow one another."""
    out = []
    for atom in atoms:
        label_text, colon, value = atom.text.partition(":")
        if not (colon and 2 <= len(label_text) <= 16 and value) or UNIT.match(value):
            break
        role = role_of("head", label_text)
        if role is None:
            continue
        start, end = atom.parts[0][0], atom.parts[-1][1]
        cut = document.folded.index(":", start, end) + 1
        if (further := _FURTHER.search(document.folded, cut, end)) is not None:
            end = further.start()
        label = atom_of(document, [(start, cut - 1)])
        out.append((role, label, atom_of(document, [(cut, end)])))
    return out


def note_unit(form: Form, filled: list[Atom]) -> None:
    """A unit printed in a cell holds for the form."""
    for atom in filled:
        if "元" in atom.text and len(atom.text) < 30 and (match := UNIT.search(atom.text)):
            form.unit = next(g for g in match.groups() if g)


def split_pair(document: Document, atom: Atom) -> tuple[Atom, Atom] | None:
    """Label and number of one cell as two atoms with their own places."""
    start, end = atom.parts[-1]
    text = document.folded[start:end]
    numbers = list(re.finditer(r"-?\d[\d,]*(?:\.\d+)?", text))
    if not numbers:
        return None
    number = numbers[-1]
    value = atom_of(document, [(start + number.start(), start + number.end())])
    label_parts = [*atom.parts[:-1], (start, start + number.start())]
    label = atom_of(document, [(a, b) for a, b in label_parts if b > a] or [(start, start)])
    return label, value
