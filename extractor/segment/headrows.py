"""Column heads in printed rows: on one row, over two, wrapped within their cells, or cut by blank lines."""

from __future__ import annotations

from extractor.document import Document
from extractor.profiles.columns import clean_head, is_word, role_of
from extractor.segment.align import Column
from extractor.segment.arranged import is_whole
from extractor.segment.atoms import (
    DATE,
    FRAME,
    ITEM,
    LEVEL1,
    LEVEL2,
    LONG,
    NA,
    NUM,
    PCT,
    QTY,
    TEXT,
    Atom,
    atom_of,
    join,
)
from extractor.segment.forms import Block, Builder, Row
from extractor.segment.heads import columns_of, family_roles, over_labels, split_parent

_NUMERIC = NUM | PCT | QTY
_LEVELS = frozenset(("level1", "level2", "level3"))
_NAMES = frozenset(("名称", "指标名称", "指标", "内容", "指标内容"))
_PARENTS = frozenset(("initial", "annual", "executed", "target", "adjust"))


def read_header(document: Document, builder: Builder, rows: list[list[Atom]], i: int) -> int:
    """Column heads on one row, on two rows (年初|追加|小计 under 全年预算数), or after a frame cell of its own row."""
    row, used = rows[i], 1
    lead = sum(1 for a in row if a.text) == 1 and bool(row[0].kind & FRAME) and i + 1 < len(rows)
    if lead and (len(row) == 1 or (len(row) < 4 and rows[i + 1][0].gap)):
        found = family_roles(rows[i + 1])
        if found is None:
            return 0
        row, used = [*row, *rows[i + 1]], 2
    heads: list[Row] = [list(r) for r in rows[i : i + used]]
    below = rows[i + 1] if used == 1 and i + 1 < len(rows) else None
    merged = None if below is None else _levels_below(row, below) or _wrapped_head(document, row, below)
    if merged is not None:
        row, used = merged, 2
        heads.append(list(rows[i + 1]))
    found = family_roles(row)
    while (
        found is None
        and i + used < len(rows)
        and used < 4
        and ((_all_heads(row) and _all_heads(rows[i + used])) or _base_cut(row, rows[i + used]))
        and (rows[i + used][0].gap or _short(row) or _short(rows[i + used]))
    ):
        row, used = [*_unpadded(row), *_unpadded(rows[i + used])], used + 1
        heads.append(list(rows[i + used - 1]))
        found = family_roles(row)
    if found is None:
        return 0
    kind, roles = found
    while i + used < len(rows) and (more := _head_goes_on(kind, roles, rows[i + used])):
        row, used = [*_unpadded(row), *more], used + 1
        family = kind if kind in ("indicator", "base") else "money"
        roles = [role_of(family, a.text) for a in row]
        heads.append(list(rows[i + used - 1]))
    if i + used < len(rows):
        split = (
            _wrapped_head(document, rows[i + used], rows[i + used + 1]) if i + used + 1 < len(rows) else None
        )
        lower = split or rows[i + used]
        second = _second_level(document, kind, row, lower)
        if second is not None:
            row, roles = second
            size = 2 if split else 1
            heads += [list(r) for r in rows[i + used : i + used + size]]
            used += size
    if kind == "money" and i + used < len(rows) and _unlabelled(row, roles, rows[i + used]):
        row, roles = [atom_of(document, [(row[0].start, row[0].start)]), *row], [None, *roles]
    _open_block(builder, kind, columns_of(kind, row, roles), heads)
    return used


def _open_block(builder: Builder, kind: str, columns: tuple[Column, ...], heads: list[Row]) -> None:
    """The block of these heads begins, unless they are those of the block at hand."""
    if builder.block is None or not is_again(builder.block, kind, columns):
        builder.header(kind, columns, heads)
        builder.form.header_rows += len(heads)
    for head in heads:
        builder.grid(head)


def is_again(block: Block, kind: str, columns: tuple[Column, ...]) -> bool:
    """Whether the heads are those of the block at hand, printed again at the head of a page."""
    told = [c.head.text for c in columns if c.head is not None and c.head.text]
    above = [c.head.text for c in block.columns if c.head is not None and c.head.text]
    return block.kind == kind and bool(block.rows) and told == above


def _levels_below(row: list[Atom], below: list[Atom]) -> list[Atom] | None:
    """评价指标 over 一级指标 | 二级指标 | 三级指标: the levels stand in the row below, the values beside it."""
    levels = [a for a in below if a.text]
    if len(levels) < 2 or any(role_of("indicator", a.text) not in _LEVELS for a in levels):
        return None
    covered = 1
    while covered < min(len(levels), len(row)) and not row[covered].text:
        covered += 1
    values = row[covered:]
    known = [role for a in values if a.text and (role := role_of("indicator", a.text))]
    if (
        not row[0].text
        or role_of("indicator", row[0].text) in _LEVELS
        or len(known) < 2
        or set(known) & _LEVELS
    ):
        return None
    return [*levels, *values]


def _unlabelled(row: list[Atom], roles: list[str | None], below: list[Atom]) -> bool:
    """Whether heads of amounts were printed without the empty head above their labels: the row below has a cell more."""
    if len(below) < 3 or roles[0] is None or over_labels(row, roles) is not None:
        return False
    label, first = below[0], below[1]
    return bool(label.kind & TEXT and not label.kind & (_NUMERIC | NA) and first.kind & NUM)


def _short(row: list[Atom]) -> bool:
    """Whether a row prints less than a head row does."""
    return sum(1 for a in row if a.text) < 3


def _unpadded(row: list[Atom]) -> list[Atom]:
    """A row without the empty cells that only fill the table's width."""
    end = len(row)
    while end > 1 and not row[end - 1].text:
        end -= 1
    return row[:end]


def _base_cut(row: list[Atom], below: list[Atom]) -> bool:
    """Whether blank lines cut the heads of a block of 基础数据: 经费控制情况 | 2021年决算数, below 2022年预算数 | 2022年决算数."""
    first, *upper = _unpadded(row)
    heads = [*upper, *_unpadded(below)]
    return bool(first.text) and len(heads) > 1 and all(role_of("base", a.text) for a in heads)


def _all_heads(row: list[Atom]) -> bool:
    """Whether a row holds nothing but column heads of an indicator block or of a money block."""
    filled = [a for a in row if a.text]
    return bool(filled) and any(
        all(a.kind & FRAME or role_of(family, a.text) for a in filled) for family in ("indicator", "money")
    )


def _head_goes_on(kind: str, roles: list[str | None], below: list[Atom]) -> list[Atom] | None:
    """The row below when it holds only further heads of the same block (a line break cut the head row)."""
    family = kind if kind in ("indicator", "base") else "money"
    more = [a for a in below if a.text]
    found = {role_of(family, a.text) for a in more}
    if not 0 < len(more) < 7 or None in found:
        return None
    if kind == "base":  # years stand in its heads, and two of them may be of one stage
        return _unpadded(below) if below[0].gap and len(more) < 3 else None
    if found & set(roles):
        return None
    return (
        _unpadded(below) if below[0].gap or _short(below) or len(more) == len(_unpadded(below)) < 5 else None
    )


def _wrapped_head(document: Document, row: list[Atom], below: list[Atom]) -> list[Atom] | None:
    """A head row broken over two lines: the pieces above and below make heads that the upper ones alone are not."""
    if (
        len(below) != len(row)
        or len(row) < 3
        or any((a.kind & _NUMERIC and not a.kind & DATE) or len(a.text) > 12 for a in (*row, *below))
    ):
        return None
    if not any(a.text for a in below):
        return None
    atoms = [
        join(document, [a, b]) if a.text and b.text else (a if a.text else b)
        for a, b in zip(row, below, strict=True)
    ]
    labels = LEVEL1 | LEVEL2 | ITEM
    if any(
        a.kind & labels and not a.kind & FRAME and not is_word(w.text)
        for a, w in zip(row, atoms, strict=True)
    ):
        return None  # 资金使用 begins a head where 数 stands below it
    gained = kept = 0
    for above, under, whole in zip(row, below, atoms, strict=True):
        if not under.text:
            continue
        known = is_word(whole.text) or bool(whole.kind & FRAME) or role_of("money", whole.text) is not None
        if not known:
            return None
        gained += above.text != "" and not is_word(above.text)
        kept += 1
    headed = sum(1 for a in row if is_word(a.text)) > 2  # one head alone may be broken among whole ones
    return atoms if gained and (kept >= 2 or headed) else None


def _second_level(
    document: Document, kind: str, row: list[Atom], below: list[Atom]
) -> tuple[list[Atom], list[str | None]] | None:
    """The lower row of a two-level head: its filled cells split a head of the upper row, its blanks inherit."""
    filled = [a for a in below if a.text]
    family = "money" if kind in ("money", "summary", "fund_use") else kind if kind == "indicator" else "base"
    data = NUM | PCT | QTY | LEVEL1 | LEVEL2 | ITEM | LONG
    if filled and len(below) <= len(row) and family == "money" and is_whole(filled[0].text):
        return _parts_of(row, below)
    if _names_below(row, below):
        below = [*below, *(atom_of(document, [(below[-1].end, below[-1].end)]) for _ in row[len(below) :])]
    if not filled or any(
        a.kind & data and not a.kind & DATE and role_of(family, a.text) is None for a in filled
    ):
        return None
    if len(filled) < len(row) and all(a.text and role_of(family, a.text) for a in row if a.text):
        upper = [Column(role_of(family, a.text) or "any", a) for a in row if a.text]
        lower = [Column(role_of(family, a.text) or "any", a) for a in filled]
        whole = split_parent([*upper, *lower])
        over = row[next(k for k, a in enumerate(below) if a.text)] if len(below) == len(row) else None
        astray = over is None or role_of(family, over.text) not in _PARENTS  # 年初预算数 stands below no 序号
        levels = any(c.role in _LEVELS for c in lower)  # they stand below their frame
        if len(whole) < len(upper) + len(lower) and astray and not levels:
            return [c.head or below[0] for c in whole], [c.role for c in whole]
    if len(filled) == len(below):
        return None
    if len(below) == len(row):
        return _same_width(document, family, row, below)
    if sum(1 for a in filled if role_of(family, a.text)) < max(1, len(filled) * 0.7):
        return None
    parents = [a for a in row if a.text] if len(row) < len(below) else row
    lead = next(k for k, a in enumerate(below) if a.text)
    trail = len(below) - 1 - max(k for k, a in enumerate(below) if a.text)
    if lead + trail + 1 > len(parents):
        return None
    atoms = [
        *parents[:lead],
        *below[lead : len(below) - trail],
        *(parents[len(parents) - trail :] if trail else []),
    ]
    return atoms, [role_of(family, a.text) if a.text else None for a in atoms]


def _names_below(row: list[Atom], below: list[Atom]) -> bool:
    """Whether 名称 | 权重 | 名称 | 权重 stand below heads that cover two columns each, in a row cut behind its last cell."""
    if not len(below) < len(row) or not any(not a.text for a in row[: len(below)]):
        return False
    return all(
        clean_head(a.text) in _NAMES if above.text else role_of("indicator", a.text) == "points"
        for a, above in zip(below, row, strict=False)
    )


def _parts_of(row: list[Atom], below: list[Atom]) -> tuple[list[Atom], list[str | None]] | None:
    """总额 | 财政拨款 | 其他资金 under each amount's head that covers them: the amount is the first, the rest are nobody's."""
    below = [*below, *row[len(below) :]] if len(below) < len(row) else below
    wholes = [k for k, a in enumerate(below) if a.text and row[k].text and is_whole(a.text)]
    parts = [k for k, a in enumerate(below) if a.text and a is not row[k] and k not in wholes]
    if any(role_of("money", row[k].text) is None for k in wholes) or any(row[k].text for k in parts):
        return None
    atoms = [below[k] if k in parts else above for k, above in enumerate(row)]
    return atoms, [
        None if k in parts else role_of("money", a.text) if a.text else None for k, a in enumerate(atoms)
    ]


def _same_width(
    document: Document, family: str, row: list[Atom], below: list[Atom]
) -> tuple[list[Atom], list[str | None]] | None:
    """Both levels are as wide as the table: 年初 below 预算数 reads 年初预算数, also where 预算数 covers its right neighbour."""
    atoms, roles, known = [], [], 0
    parent = ""
    for above, under in zip(row, below, strict=True):
        parent = above.text or parent
        if not under.text:
            atoms.append(above)
            roles.append(role_of(family, above.text) if above.text else None)
            continue
        role, alone = _lower_role(family, parent, under.text)
        if role is None and above.text and clean_head(under.text) in _NAMES:
            role = role_of(family, above.text)  # 名称 below 一级指标
        known += role is not None
        atoms.append(under if alone or not above.text else join(document, [above, under]))
        roles.append(role)
    filled = sum(1 for a in below if a.text)
    return (atoms, roles) if known >= max(1, filled * 0.6) else None


def _lower_role(family: str, parent: str, text: str) -> tuple[str | None, bool]:
    """The role of a lower head below `parent`, and whether it says everything by itself."""
    for whole in (text + parent, parent + text):
        if is_word(whole) and (role := role_of(family, whole)):
            return role, False
    if role := role_of(family, text):
        return role, is_word(text)
    return next((r for whole in (text + parent, parent + text) if (r := role_of(family, whole))), None), False
