"""Printed rows (tab and pipe tables): each row is recognised for what it is and put into the form at hand."""

from __future__ import annotations

import re

from extractor.document import Document
from extractor.profiles.columns import is_word, role_of
from extractor.segment.align import Column, align, fit
from extractor.segment.atoms import (
    BLANK,
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
    TOTAL,
    Atom,
    atom_of,
    join,
)
from extractor.segment.costs import cost
from extractor.segment.forms import Builder, Form, Row
from extractor.segment.heads import columns_of, family_roles, goal_heads, is_goal, split_parent
from extractor.segment.lines import TAIL, TITLE
from extractor.segment.pairs import BY_NATURE, PAIR, UNIT, note_unit, split_pair

_LABELLED = re.compile(r"^(?P<label>[^:：]{2,16})[:：](?P<value>.+)$")
_GRADE = re.compile(r"(?:等级|等次|评价结果|评价结论|结果)[:：]|^(?:评价|自评|绩效|综合)*(?:等级|等次)$")
_NUMERIC = NUM | PCT | QTY


def read_rows(document: Document, rows: list[list[Atom]]) -> list[Form]:
    """The forms in a region of printed rows."""
    builder = Builder()
    i = 0
    rows = [_trim(row) for row in rows]
    while i < len(rows):
        i += _read_row(document, builder, rows, i)
    return builder.close()


def _trim(row: list[Atom]) -> list[Atom]:
    """A row without the empty cells that only pad the table's width, keeping one at most."""
    end = len(row)
    while end > 1 and not row[end - 1].text and not row[end - 2].text:
        end -= 1
    return row[:end] if len(row) > 12 else row


def _read_row(document: Document, builder: Builder, rows: list[list[Atom]], i: int) -> int:
    """Put row `i` where it belongs; returns how many rows were used."""
    row = rows[i]
    filled = [a for a in row if a.text]
    if not filled:
        if builder.block or builder.form.grid:
            builder.grid(list(row))
        return 1
    note_unit(builder.form, filled)
    first = filled[0]
    if len(filled) == 1 and (TITLE.match(first.text) or (first.text.endswith("表") and len(first.text) < 40)):
        builder.title(first)
        return 1
    if TAIL.match(first.text) and not (builder.block and len(filled) > 3):
        return 1
    used = _header(document, builder, rows, i)
    if used:
        return used
    if role_of("head", first.text) == "closing" and len(filled) < 4 and not any(a.kind & NUM for a in filled):
        builder.grid(list(row))
        builder.block = None
        return 1
    goal = goal_heads(row)
    if goal and len(filled) <= 5:
        builder.grid(list(row))
        builder.goal_columns, builder.block = goal, None
        return 1
    if _total(builder, row, filled) or _pairs(document, builder, row, filled) or _head(document, builder, row, filled):
        return 1
    if len(filled) == 2 and not builder.form.goals and builder.goal_columns is None and _lone_goal(builder, row, filled):
        return 1
    if builder.goal_columns is not None and _goal(builder, row, filled):
        return 1
    return _data(document, builder, rows, i)


def _header(document: Document, builder: Builder, rows: list[list[Atom]], i: int) -> int:
    """Column heads on one row, on two rows (年初|追加|小计 under 全年预算数), or after a frame cell of its own row."""
    row, used = rows[i], 1
    if len(row) == 1 and row[0].kind & FRAME and i + 1 < len(rows):
        found = family_roles(rows[i + 1])
        if found is None:
            return 0
        row, used = [row[0], *rows[i + 1]], 2
    heads: list[Row] = [list(r) for r in rows[i : i + used]]
    merged = _wrapped_head(document, row, rows[i + used]) if used == 1 and i + 1 < len(rows) else None
    if merged is not None:
        row, used = merged, 2
        heads.append(list(rows[i + 1]))
    found = family_roles(row)
    while found is None and i + used < len(rows) and used < 4 and _all_heads(row) and rows[i + used][0].gap and _all_heads(rows[i + used]):
        row, used = [*row, *rows[i + used]], used + 1
        heads.append(list(rows[i + used - 1]))
        found = family_roles(row)
    if found is None:
        return 0
    kind, roles = found
    while i + used < len(rows) and (more := _head_goes_on(kind, roles, rows[i + used])):
        row, roles, used = [*row, *rows[i + used]], [*roles, *more], used + 1
        heads.append(list(rows[i + used - 1]))
    if i + used < len(rows):
        split = _wrapped_head(document, rows[i + used], rows[i + used + 1]) if i + used + 1 < len(rows) else None
        lower = split or rows[i + used]
        below = _second_level(document, kind, row, lower)
        if below is not None:
            row, roles = below
            size = 2 if split else 1
            heads += [list(r) for r in rows[i + used : i + used + size]]
            used += size
    columns = columns_of(kind, row, roles)
    builder.header(kind, columns, heads)
    builder.form.header_rows += len(heads)
    for head in heads:
        builder.grid(head)
    return used


def _all_heads(row: list[Atom]) -> bool:
    """Whether a row holds nothing but column heads of an indicator block."""
    return all(a.text and (a.kind & FRAME or role_of("indicator", a.text)) for a in row)


def _head_goes_on(kind: str, roles: list[str | None], below: list[Atom]) -> list[str | None] | None:
    """Roles of the row below when it holds only further heads of the same block (a blank line cut the head row)."""
    family = "indicator" if kind == "indicator" else "money"
    more = [role_of(family, a.text) for a in below]
    if kind == "base" or len(below) > 6 or not below[0].gap or not all(more) or set(more) & set(roles):
        return None
    return more


def _wrapped_head(document: Document, row: list[Atom], below: list[Atom]) -> list[Atom] | None:
    """A head row broken over two lines: the pieces above and below make heads that the upper ones alone are not."""
    if len(below) != len(row) or len(row) < 3 or any((a.kind & _NUMERIC and not a.kind & DATE) or len(a.text) > 12 for a in (*row, *below)):
        return None
    if not any(a.text for a in below) or any(a.kind & (LEVEL1 | LEVEL2 | ITEM) and not a.kind & FRAME for a in row):
        return None
    atoms = [join(document, [a, b]) if a.text and b.text else (a if a.text else b) for a, b in zip(row, below, strict=True)]
    gained = kept = 0
    for above, under, whole in zip(row, below, atoms, strict=True):
        if not under.text:
            continue
        known = is_word(whole.text) or bool(whole.kind & FRAME)
        if not known:
            return None
        gained += above.text != "" and not is_word(above.text)
        kept += 1
    return atoms if gained and kept >= 2 else None


def _second_level(document: Document, kind: str, row: list[Atom], below: list[Atom]) -> tuple[list[Atom], list[str | None]] | None:
    """The lower row of a two-level head: its filled cells split a head of the upper row, its blanks inherit."""
    filled = [a for a in below if a.text]
    family = "money" if kind in ("money", "summary", "fund_use") else kind if kind == "indicator" else "base"
    data = NUM | PCT | QTY | LEVEL1 | LEVEL2 | ITEM | LONG
    if not filled or any(a.kind & data and not a.kind & DATE for a in filled):
        return None
    if len(filled) < len(row) and all(a.text and role_of(family, a.text) for a in row if a.text):
        upper = [Column(role_of(family, a.text) or "any", a) for a in row if a.text]
        lower = [Column(role_of(family, a.text) or "any", a) for a in filled]
        whole = split_parent([*upper, *lower])
        if len(whole) < len(upper) + len(lower) and len(below) != len(row):
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
    atoms = [*parents[:lead], *[a for a in below[lead : len(below) - trail]], *(parents[len(parents) - trail :] if trail else [])]
    return atoms, [role_of(family, a.text) if a.text else None for a in atoms]


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


def _total(builder: Builder, row: list[Atom], filled: list[Atom]) -> bool:
    """A 总分 row: only after indicators; in money blocks 合计 is an item."""
    lead = next((a for a in filled if not a.kind & FRAME or a.kind & TOTAL), filled[0])
    graded = bool(_GRADE.search(lead.text)) and len(filled) <= 4
    if "indicator" not in builder.form.kinds or not (lead.kind & TOTAL or graded):
        return False
    block = builder.form.blocks[-1]
    cells: Row = list(row)
    if block.kind == "indicator" and len(row) == len(block.columns):
        p, s = block.index("points"), block.index("score")
        numbers = [k for k, a in enumerate(row) if a.kind & NUM]
        if p is not None and s is not None and numbers and not set(numbers) <= {p, s} and len(numbers) > 2:
            cells = list(filled)
    builder.grid(list(row))
    builder.form.totals.append(cells)
    if lead.kind & TOTAL:
        builder.block = None
    return True


def _pairs(document: Document, builder: Builder, row: list[Atom], filled: list[Atom]) -> bool:
    """Key and value in one cell (一般公共预算：5.1), or label, number, label, number along a closing row."""
    kinds = builder.form.kinds
    if not kinds & {"money", "summary", "base", "indicator"}:
        return False
    context = next((a.text for a in filled if BY_NATURE.match(a.text)), None)
    matches = [PAIR.match(a.text) for a in filled]
    if context or (any(matches) and all(m or a.kind & FRAME for m, a in zip(matches, filled, strict=True)) and not any(a.kind & _NUMERIC for a in filled)):
        builder.grid(list(row))
        for atom, match in zip(filled, matches, strict=True):
            if match and (found := split_pair(document, atom)):
                builder.form.pairs.append(("money", *found, None))
        return True
    if "summary" not in kinds or builder.block is None or builder.block.kind != "summary":
        return False
    n = len(builder.block.columns)
    starts = [a for a in filled if a.kind & TEXT and not a.kind & NUM]
    if len(filled) >= n - 1 or not starts or filled[0] is not starts[0] or len(filled) > 8:
        return False
    numbers = [k for k, a in enumerate(filled) if a.kind & _NUMERIC]
    if not numbers or any(k == 0 or filled[k - 1].kind & _NUMERIC for k in numbers):
        return False
    builder.grid(list(row))
    for k in numbers:
        builder.form.pairs.append(("summary", filled[k - 1], filled[k], None))
    return True


def _head(document: Document, builder: Builder, row: list[Atom], filled: list[Atom]) -> bool:
    """Pairs of the form's head: label cell, value cell; or 标签：值 in one cell."""
    if builder.block is not None and builder.block.kind in ("indicator", "summary", "fund_use") and len(filled) > 2:
        return False
    first = filled[0]
    role = role_of("head", first.text)
    if role is None and first.kind & FRAME and len(filled) > 1:
        role = role_of("head", filled[1].text)
    if role is None:
        return _labelled_head(document, builder, row, filled)
    found, k = [], 0
    while k < len(filled):
        here = role_of("head", filled[k].text)
        if here is None and filled[k].kind & ITEM and k + 1 < len(filled) and filled[k + 1].kind & NUM:
            here = "other"
        if here is None:
            k += 1
            continue
        value = filled[k + 1] if k + 1 < len(filled) and role_of("head", filled[k + 1].text) in (None, "sub_name") else None
        if value is not None and role_of("head", value.text) == "sub_name":
            value = None
        found.append((here, filled[k], value))
        k += 2 if value is not None else 1
    for item in _preferred(found):
        builder.head(*item)
    builder.grid(list(row))
    return True


def _preferred(found: list[tuple[str, Atom, Atom | None]]) -> list[tuple[str, Atom, Atom | None]]:
    """A label without a value gives way to a later one of the same role (项目支出名称 | 专项名称 | 甲专项)."""
    valued = {role for role, _, value in found if value is not None}
    return [(r, label, v) for r, label, v in found if v is not None or r not in valued]


def _labelled_head(document: Document, builder: Builder, row: list[Atom], filled: list[Atom]) -> bool:
    done = False
    for atom in filled:
        match = _LABELLED.match(atom.text)
        role = role_of("head", match["label"]) if match else None
        if role is None or match is None or UNIT.match(match["value"]):
            return done
        start, end = atom.parts[0][0], atom.parts[-1][1]
        cut = start + re.search(r"[:：]", document.folded[start:end]).end()  # type: ignore[union-attr]
        label = atom_of(document, [(start, cut - 1)])
        builder.head(role, label, atom_of(document, [(cut, end)]))
        done = True
    if done:
        builder.grid(list(row))
    return done


def _lone_goal(builder: Builder, row: list[Atom], filled: list[Atom]) -> bool:
    """年度总体目标 and its text, in a form that has no 实际完成情况."""
    label, text = filled
    if not is_goal(label, "expected") or len(text.text) < 6 or text.kind & _NUMERIC or role_of("goal", text.text):
        return False
    builder.grid(list(row))
    builder.form.goals.append(("expected", text))
    return True


def _goal(builder: Builder, row: list[Atom], filled: list[Atom]) -> bool:
    """Texts under 预期目标 and 实际完成情况: by column when the row is as wide as its head, else in order."""
    assert builder.goal_columns is not None
    texts = [(k, a) for k, a in enumerate(row) if a.text and not (a.kind & FRAME and len(filled) > 1)]
    if not texts or any(a.kind & NUM for _, a in texts) or len(texts) > 4:
        builder.goal_columns = None
        return False
    builder.grid(list(row))
    expected, actual = builder.goal_columns
    if len(texts) == 1:
        k, atom = texts[0]
        builder.form.goals.append(("actual" if k >= actual else "expected", atom))
        return True
    middle = next((n for n, (k, _) in enumerate(texts) if k >= actual), None)
    if not middle:
        middle = (len(texts) + 1) // 2
    builder.form.goals += [("expected" if n < middle else "actual", a) for n, (_, a) in enumerate(texts)]
    return True


def _data(document: Document, builder: Builder, rows: list[list[Atom]], i: int) -> int:
    """A data row: as printed when that fits its columns, else by the cheapest alignment."""
    row, block = rows[i], builder.block
    if block is None:
        builder.grid(list(row))
        return 1
    n = len(block.columns)
    roles = tuple(c.role for c in block.columns)
    used = 1
    while len(row) < n and i + used < len(rows):
        if _cut_number(row, rows[i + used], n):
            row = [*row[:-1], join(document, [row[-1], rows[i + used][0]]), *rows[i + used][1:]]
            used += 1
        elif pieces := _completes(rows, i + used, row, n):
            row = [*row, *(a for piece in rows[i + used : i + used + pieces] for a in piece)]
            used += pieces
        else:
            break
    filled = [a for a in row if a.text]
    if len(filled) == 1 and filled[0].kind & FRAME and len(row) < n:
        builder.grid(list(row))
        return used
    if not _belongs(block.kind, row, filled):
        builder.grid(list(row))
        if len(filled) > 1:
            builder.block = None
        return used
    if block.kind == "base" and len(filled) == 2 and filled[1].kind & TEXT and not filled[1].kind & (_NUMERIC | NA):
        cells, inferred = [filled[0], filled[1], *([None] * (n - 2))], False
    else:
        cells, inferred = place(document, row, roles)
    at = builder.grid(list(row) if not inferred or len(row) >= n else cells)
    builder.row(cells, at, inferred=inferred)
    return used


def _cut_number(row: list[Atom], following: list[Atom], n: int) -> bool:
    """A row that a line or page break cut inside a number: `1863.` and `95` belong to one cell."""
    if not following or not row[-1].text or len(row) + len(following) - 1 > n:
        return False
    head, tail = row[-1].text, following[0].text
    if following[0].gap or not (head[-1] == "." or head[-1].isdigit()) or not re.match(r"^\d+(?:%|\D{0,3})?$", tail):
        return False
    return head.endswith(".") or len(row) + len(following) - 1 == n


def _completes(rows: list[list[Atom]], i: int, row: list[Atom], n: int) -> int:
    """How many following pieces complete a tab-led row to exactly `n` cells (empty paragraphs ended cells before); else 0."""
    if len(row) < 2:
        return 0
    width, k = len(row), 0
    while width < n and k < 5 and i + k < len(rows):
        piece = rows[i + k]
        if len(piece) >= n - 1 or not piece[0].gap or piece[0].kind & TOTAL:
            return 0
        if k == 0 and piece[0].kind & (LEVEL1 | LEVEL2) and not row[-1].kind & LEVEL1:
            return 0
        width += len(piece)
        k += 1
    return k if width == n else 0


def _belongs(kind: str, row: list[Atom], filled: list[Atom]) -> bool:
    if kind == "indicator":
        return not (len(filled) == 1 and filled[0].kind & LONG and len(row) == 1)
    return any(a.kind & (_NUMERIC | NA) for a in filled) or len(row) > 2 or (kind == "base" and len(row) == 2)


def place(document: Document, row: list[Atom], roles: tuple[str, ...]) -> tuple[Row, bool]:
    """The cells of a row under its columns, and whether their columns had to be inferred."""
    n = len(roles)
    padded = list(row[:n]) if all(not a.text for a in row[n:]) else None
    printed, missing = 99.0, 0
    if padded is not None:
        printed = fit(padded, roles)
        missing = sum(1 for r in roles[len(padded) :] if r not in _OPTIONAL)
        if printed < 4.0 and not missing:
            return _filled_up(padded, 0, n), False
    shift, shifted = _shift(row, roles)
    if shift and shifted < 3.0 and shifted + 2.0 < printed + 1.5 * missing:
        return _filled_up(row, shift, n), True
    filled = [a for a in row if not a.kind & BLANK]
    aligned = align(filled, roles, one_row=True, join_cost=4.0)
    if padded is not None and printed + 1.5 * missing <= aligned.cost + 3.0:
        return _filled_up(padded, 0, n), False
    cells: Row = [join(document, cell) if cell else None for cell in aligned.rows[0]] if aligned.rows else [None] * n
    return cells, True


_OPTIONAL = ("reason", "blank", "frame", "any", "criteria", "deduct", "grade")


def _filled_up(row: list[Atom], shift: int, n: int) -> Row:
    """`row` moved right by `shift` columns and cut or filled to `n` cells."""
    cells: Row = [*([None] * shift), *row[: n - shift]]
    return [*cells, *([None] * (n - len(cells)))]


def _shift(row: list[Atom], roles: tuple[str, ...]) -> tuple[int, float]:
    """How far right the row as a whole fits its columns best, where leading merged cells were not printed; and the fit."""
    last = max((k for k, a in enumerate(row) if a.text), default=0)
    best = (0, 99.0)
    for shift in range(1, len(roles) - last):
        lead = sum(cost(role, BLANK) for role in roles[:shift])
        value = lead + fit(row[: len(roles) - shift], roles[shift:])
        value += sum(cost(role, BLANK) for role in roles[shift + len(row) :])
        if value < best[1]:
            best = (shift, value)
    return best


def other_columns(width: int) -> tuple[Column, ...]:
    """Columns of a table nobody knows."""
    return tuple(Column("any", None) for _ in range(width))
