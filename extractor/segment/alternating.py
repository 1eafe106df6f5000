"""Amounts printed right behind their labels: 预算数：| 46.8 | 执行数：| 45.2, and below 其中：财政拨款 | 46.8 | 其中：财政拨款 | 45.2."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Document
from extractor.profiles.columns import clean_head, role_of
from extractor.segment.align import Column
from extractor.segment.atoms import (
    BLANK,
    FRAME,
    ITEM,
    NA,
    NUM,
    PCT,
    QTY,
    TEXT,
    Atom,
    atom_of,
    kind_of,
)
from extractor.segment.forms import Block, Builder, Row

_VALUE = NUM | PCT | QTY | NA
_ROLES = frozenset(("initial", "annual", "executed", "rate", "points", "score"))
_AMOUNTS = frozenset(("initial", "annual", "executed"))
_REST = ("其他", "其它")
_ARRIVED = ("到位数", "到位", "到位资金")

Pair = tuple[Atom, Atom | None]


def pairs_along(atoms: Sequence[Atom], i: int = 0, most: int = 8) -> tuple[list[Pair], int]:
    """Labels and the value right behind each, from atom `i` on; and where they end."""
    out: list[Pair] = []
    while i < len(atoms) and len(out) < most:
        atom = atoms[i]
        if atom.kind & BLANK:
            i += 1
            continue
        if not atom.kind & TEXT or atom.kind & _VALUE:
            break
        value = next((k for k in range(i + 1, min(i + 3, len(atoms))) if not atoms[k].kind & BLANK), None)
        if value is None or not atoms[value].kind & _VALUE:
            out.append((atom, None))
            i += 1
            continue
        out.append((atom, atoms[value]))
        i = value + 1
    if 1 < len(out) < most and i < len(atoms) and atoms[i].kind & PCT and _role(out[-1][0]) == "executed":
        return [*out, (atoms[i], atoms[i])], i + 1  # the head of this rate stands in the row above
    return out, i


def split_pieces(
    document: Document, atoms: Sequence[Atom], i: int = 0
) -> tuple[Atom | None, list[Pair], int]:
    """预算数：15万元 | 执行数：14.4万元 from atom `i` on: the words before the first label, the pairs, and where they end."""
    item: Atom | None = None
    out: list[Pair] = []
    while i < len(atoms):
        parts = [p for p in atoms[i].text.split(":") if p]
        label = parts[-2] if len(parts) > 1 else ""
        if (
            len(atoms[i].parts) > 1
            or role_of("money", label) not in _ROLES
            or not kind_of(parts[-1]) & _VALUE
        ):
            break
        start, end = atoms[i].parts[0]
        colons = [k for k in range(start, end) if document.folded[k] == ":"]
        if len(colons) != len(parts) - 1 or len(parts) > 3 or (len(parts) == 3 and out):
            break
        first = start
        if len(parts) == 3:
            item, first = atom_of(document, [(start, colons[0])]), colons[0] + 1
        out.append((atom_of(document, [(first, colons[-1])]), atom_of(document, [(colons[-1] + 1, end)])))
        i += 1
    return item, out, i


def opening_roles(pairs: Sequence[Pair]) -> tuple[str, ...] | None:
    """The roles of the labels that open such a block: all of them name amounts, rates or points of money, two of them amounts."""
    roles = [_role(label) for label, _ in pairs]
    known = tuple(role for role in roles if role is not None)
    if len(known) < len(roles) or not set(known) <= _ROLES | {"any"} or len(set(known)) < len(known):
        return None
    filled = sum(1 for _, value in pairs if value is not None)
    return known if len(set(known) & _AMOUNTS) > 1 and filled * 2 > len(pairs) else None


def _role(label: Atom) -> str | None:
    """The role of a label's amount: 到位数 is an amount of no column, a rate may stand without its label."""
    if label.kind & PCT:
        return "rate"
    return "any" if clean_head(label.text).endswith(_ARRIVED) else role_of("money", label.text)


def is_open(builder: Builder) -> bool:
    """Whether the block at hand was opened by labels with their amounts."""
    return builder.block is not None and builder.block.alternating


def open_block(builder: Builder, item: Atom | None, pairs: Sequence[Pair], roles: tuple[str, ...]) -> None:
    """Begin the block; its first row is what the labels that open it say, of the frame or the first label's name."""
    heads = [None if label is value else label for label, value in pairs]
    columns = (Column("item", None), *(Column(role, head) for role, head in zip(roles, heads, strict=True)))
    builder.header("money", columns, []).alternating = True
    values: Row = [item or pairs[0][0], *(value for _, value in pairs)]
    builder.row(values, builder.grid(_printed(item, pairs)))


def add_row(builder: Builder, pairs: Sequence[Pair]) -> bool:
    """A further row of the open block: one label, printed before each amount of it."""
    block = builder.block
    roles = [role_of("money", label.text) for label, _ in pairs]
    named = next((k for k, role in enumerate(roles) if role in _ROLES and role not in _AMOUNTS), len(pairs))
    if block is None or not _is_row(block, pairs[:named]):
        return False
    values: Row = [pairs[0][0], *(value for _, value in pairs[:named])]
    values += [None] * (len(block.columns) - len(values))
    for role, (_, value) in zip(roles[named:], pairs[named:], strict=True):
        if role is not None and (at := block.index(role)) is not None:
            values[at] = value
    builder.row(values, builder.grid(_printed(None, pairs)))
    return True


def _is_row(block: Block, pairs: Sequence[Pair]) -> bool:
    amounts = sum(1 for role in block.roles if role in _AMOUNTS or role == "any")
    names = {clean_head(label.text) for label, _ in pairs}
    first = pairs[0][0] if pairs else None
    item = first is not None and bool(
        first.kind & ITEM or "资金" in first.text or clean_head(first.text) in _REST
    )
    return item and len(names) == 1 and amounts <= len(pairs) < len(block.columns)


def _printed(item: Atom | None, pairs: Sequence[Pair]) -> Row:
    printed: Row = [item] if item is not None else []
    for label, value in pairs:
        printed += [label] if value is None or value is label else [label, value]
    return printed


def row_pairs(row: Sequence[Atom]) -> tuple[Atom | None, list[Pair]]:
    """The frame before the pairs of a printed row, and the pairs where the row holds nothing else."""
    filled = [a for a in row if a.text]
    item = None
    framed = len(filled) > 3 and bool(filled[0].kind & TEXT) and bool(filled[1].kind & TEXT)
    if framed and (filled[0].kind & FRAME or not filled[0].kind & ITEM):
        item, filled = filled[0], filled[1:]
    pairs, end = pairs_along(filled)
    return item, pairs if end == len(filled) else []
