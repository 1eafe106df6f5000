"""Cells that a narrow column or a page break cut: labels are put together again by vocabulary, numbers by their point."""

from __future__ import annotations

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import is_word
from extractor.segment.atoms import (
    BLANK,
    FRAME,
    ITEM,
    LEVEL1,
    LEVEL2,
    LONG,
    NUM,
    PCT,
    QTY,
    TOTAL,
    Atom,
    is_coded,
    is_more,
    join,
    kind_of,
)
from extractor.segment.labels import is_first_level, is_second_level

_MAX = 5
_LABEL = LEVEL1 | LEVEL2 | FRAME | TOTAL
_TAIL = lazy(
    r"^(?:指标|目标|情况|名称|资金|数|值|率|分|分析|措施|[(\[]\d+(?:\.\d+)?分?[)\]]|[(\[](?:万元|元|A|B|B/A|%)[)\]]|[(\[]盖章[)\]])$"
)
_POINTS_TAIL = lazy(r"^[(\[]\d+(?:\.\d+)?分?[)\]]$")  # (50分) belongs to a level, not to a column's head
_LEAD = lazy(r"^(?:年初|全年|年度|实际|调整后?|预期|一级|二级|三级|本年|项目资金|绩效自评)$")
_OPEN_NUMBER = lazy(r"^[≥≤<>=]*-?\d[\d,]*\.$")
_DIGITS = lazy(r"^\d+(?:%|[^\d\s]{0,4})$")


def rejoin(document: Document, atoms: list[Atom]) -> list[Atom]:
    """`atoms` with the pieces of one label or one number as one atom; an empty piece may stand between two of them."""
    out: list[Atom] = []
    i = 0
    while i < len(atoms):
        size = _number(atoms, i) or _bracket(atoms, i) or _label(atoms, i) or _item(atoms, i)
        if size > 1:
            out.append(join(document, [a for a in atoms[i : i + size] if a.text]))
        else:
            out.append(atoms[i])
        i += max(1, size)
    return out


def _number(atoms: list[Atom], i: int) -> int:
    """How many atoms make up a number cut behind its point."""
    if not _OPEN_NUMBER.match(atoms[i].text):
        return 0
    k = i + 1
    while k < len(atoms) and k - i < 3 and not atoms[k].text:
        k += 1
    return k - i + 1 if k < len(atoms) and _DIGITS.match(atoms[k].text) else 0


def _bracket(atoms: list[Atom], i: int) -> int:
    """How many atoms make up a label whose bracket a space cuts: `产出指标(50` and `分)`."""
    text = atoms[i].text
    if text.count("(") <= text.count(")") or len(text) > 16:
        return 0
    for size in (2, 3):
        if i + size > len(atoms) or not atoms[i + size - 1].text:
            return 0
        text += atoms[i + size - 1].text
        if text.count("(") == text.count(")"):
            return size if len(text) <= 24 else 0
    return 0


def _label(atoms: list[Atom], i: int) -> int:
    """How many atoms from `i` make up one label of the vocabulary that none of them is alone."""
    first = atoms[i]
    leads = _LEAD.match(first.text) is not None
    if not leads and (
        not first.text
        or is_more(first.text)
        or len(first.text) > 12
        or first.kind & (NUM | PCT | QTY | LONG | BLANK)
    ):
        return 0
    known = _known(first.text, first.kind) and not leads
    text, best, k, blank = first.text, 0, i + 1, False
    while k < len(atoms) and k - i < 2 * _MAX:
        atom = atoms[k]
        k += 1
        if not atom.text:
            if blank:
                break
            blank = True
            continue
        blank = False
        tail = _TAIL.match(atom.text) is not None and not (
            best and not kind_of(text) & (LEVEL1 | LEVEL2 | FRAME) and _POINTS_TAIL.match(atom.text)
        )
        if len(atom.text) > 12 or is_more(atom.text) or (atom.kind & (NUM | PCT | QTY) and not tail):
            break
        if not tail and (
            known or (_is_listed(atom) and _known(atom.text, atom.kind)) or (best and is_word(atom.text))
        ):
            break
        text += atom.text
        if len(text) > 24:
            break
        if _known(text, kind_of(text)):
            best = k - i
    return best


def _item(atoms: list[Atom], i: int) -> int:
    """Two where an item of money alone on its line goes on below, in front of its amounts: 其中:当年财政 and 拨款 46.5."""
    if i + 2 >= len(atoms):
        return 0
    first, rest, amount = atoms[i : i + 3]
    labels = ITEM | _LABEL | NUM | PCT | QTY | BLANK
    alone = bool(first.gap and rest.gap and not amount.gap)
    if not alone or first.kind & (NUM | PCT | QTY | FRAME | BLANK) or rest.kind & labels:
        return 0
    if not kind_of(first.text + rest.text) & ITEM:
        return 0
    return 2 if amount.kind & NUM and len(rest.text) <= 8 and not is_word(rest.text) else 0


def _is_listed(atom: Atom) -> bool:
    """Whether an atom is a level or an item of the vocabulary, not only formed like one: 意度指标 is the rest of another."""
    levels = atom.kind & (LEVEL1 | LEVEL2)
    text = atom.text
    return bool(atom.kind & ITEM) or bool(
        levels and (is_first_level(text) or is_second_level(text) or is_word(text) or is_coded(text))
    )


def _known(text: str, kind: int) -> bool:
    return bool(kind & _LABEL) or is_word(text)
