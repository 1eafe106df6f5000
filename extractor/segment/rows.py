"""Printed rows (tab and pipe tables): each row is recognised for what it is and put into the form at hand."""

from __future__ import annotations

import re

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import role_of
from extractor.segment.alternating import add_row, is_open, open_block, opening_roles, row_pairs, split_pieces
from extractor.segment.atoms import (
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
    join,
    unlabelled,
)
from extractor.segment.counted import closing_scores
from extractor.segment.folded import unfolded
from extractor.segment.forms import Block, Builder, Form, Row
from extractor.segment.goals import goal_heads, is_goal
from extractor.segment.headrows import read_header
from extractor.segment.kinds import is_over_money
from extractor.segment.lines import is_heading, is_tail, is_title
from extractor.segment.pairs import is_by_nature, is_pair, is_words_row, labelled_heads, note_unit, split_pair
from extractor.segment.placing import place
from extractor.segment.sectioned import is_section
from extractor.segment.turned import put_turned, turned_money
from extractor.segment.untabbed import untabbed

_GRADES = ("等级", "等次", "结果", "评价结论")
_GRADE = lazy(r"(?:等级|等次|评价结论|结果):|^(?:评价|自评|绩效|综合)*(?:等级|等次)$")
_NUMERIC = NUM | PCT | QTY
_ACROSS = 8  # rows of a table of money printed across


def read_rows(document: Document, rows: list[list[Atom]]) -> list[Form]:
    """The forms in a region of printed rows."""
    builder = Builder()
    rows = untabbed(document, unfolded(rows))
    i = 0
    while i < len(rows):
        i += _read_row(document, builder, rows, i)
    return builder.close()


def _read_row(document: Document, builder: Builder, rows: list[list[Atom]], i: int) -> int:
    """Put row `i` where it belongs; returns how many rows were used."""
    row = rows[i]
    filled = [a for a in row if a.text]
    if not filled:
        if builder.block or builder.form.grid:
            builder.grid(list(row))
        return 1
    nature = 0
    for atom in filled:
        nature |= atom.kind
    note_unit(builder.form, filled)
    first = filled[0]
    if len(filled) == 1 and (is_title(first.text) or (first.text.endswith("表") and len(first.text) < 40)):
        builder.title(first)
        return 1
    if is_tail(first.text) and not (builder.block and len(filled) > 3):
        return 1
    if _alternates(document, builder, row, nature):
        return 1
    headed = not nature & (NUM | PCT)  # no head of a column is a number
    if headed and (used := read_header(document, builder, rows, i) or _turned(builder, rows, i)):
        return used
    if len(filled) < 4 and not nature & NUM and role_of("head", first.text) == "closing":
        builder.grid(list(row))
        builder.block = None
        return 1
    goal = goal_heads(row) if headed and len(filled) <= 5 else None
    if goal:
        builder.grid(list(row))
        builder.goal_columns, builder.block = goal, None
        return 1
    if (
        _total(builder, row, filled)
        or _pairs(document, builder, row, filled, nature)
        or _head(document, builder, row, filled)
    ):
        return 1
    if (
        len(filled) == 2
        and not builder.form.goals
        and builder.goal_columns is None
        and _lone_goal(builder, row, filled)
    ):
        return 1
    if builder.goal_columns is not None and _goal(builder, row, filled):
        return 1
    return _data(document, builder, rows, i)


def _turned(builder: Builder, rows: list[list[Atom]], i: int) -> int:
    """How many rows a table of money printed across takes from row `i` on; 0 if none begins there."""
    lead = next((a for a in rows[i] if a.text), None)
    if lead is None or not is_over_money(lead):
        return 0
    near = [[a for a in row if a.text] for row in rows[i : i + _ACROSS]]
    found = turned_money([a for row in near for a in row], 0)
    if found is None:
        return 0
    put_turned(builder, found)
    used, taken = 0, 0
    while taken < found.end:
        taken += len(near[used])
        used += 1
    return used if taken == found.end else 0


def _alternates(document: Document, builder: Builder, row: list[Atom], nature: int) -> bool:
    """预算数：| 46.8 | 执行数：| 45.2: every amount behind its own label; below, each label twice."""
    item, pairs, _ = split_pieces(document, [a for a in row if a.text])
    if not pairs:
        if not (nature & _NUMERIC or is_open(builder)):
            return False
        item, pairs = row_pairs(row)
    if not pairs:
        return False
    if is_open(builder) and item is None and add_row(builder, pairs):
        return True
    roles = opening_roles(pairs)
    if roles is None:
        return False
    open_block(builder, item, pairs, roles)
    return True


def _total(builder: Builder, row: list[Atom], filled: list[Atom]) -> bool:
    """A 总分 row: only after indicators; in money blocks 合计 is an item."""
    lead = next((a for a in filled if not a.kind & FRAME or a.kind & TOTAL), filled[0])
    graded = len(filled) <= 4 and any(word in lead.text for word in _GRADES) and _GRADE.search(lead.text)
    if not (lead.kind & TOTAL or graded) or "indicator" not in builder.form.kinds:
        return False
    block = builder.form.blocks[-1]
    cells: Row = list(row)
    if block.kind == "indicator" and len(row) == len(block.columns):
        p, s = block.index("points"), block.index("score")
        numbers = [k for k, a in enumerate(row) if a.kind & NUM]
        astray = not set(numbers) <= {p, s} and closing_scores(block, list(row)) is None
        if p is not None and s is not None and astray and len(numbers) > 2:
            cells = list(filled)
    builder.grid(list(row))
    builder.form.totals.append(cells)
    if lead.kind & TOTAL:
        builder.block = None
    return True


def _pairs(document: Document, builder: Builder, row: list[Atom], filled: list[Atom], nature: int) -> bool:
    """Key and value in one cell (一般公共预算：5.1), or label, number, label, number along a closing row."""
    kinds = builder.form.kinds
    if not kinds & {"money", "summary", "base", "indicator"}:
        return False
    by_nature = any(is_by_nature(a.text) for a in filled)
    matches = [is_pair(a.text) for a in filled] if by_nature or not nature & _NUMERIC else []
    if by_nature or (any(matches) and all(m or a.kind & FRAME for m, a in zip(matches, filled, strict=True))):
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
    if (
        builder.block is not None
        and builder.block.kind in ("indicator", "summary", "fund_use")
        and len(filled) > 2
    ):
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
        value = (
            filled[k + 1]
            if k + 1 < len(filled) and role_of("head", filled[k + 1].text) in (None, "sub_name")
            else None
        )
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
    found = labelled_heads(document, filled)
    for item in found:
        builder.head(*item)
    if found:
        builder.grid(list(row))
    return bool(found)


def _lone_goal(builder: Builder, row: list[Atom], filled: list[Atom]) -> bool:
    """年度总体目标 and its text, in a form that has no 实际完成情况."""
    label, text = filled
    if (
        not is_goal(label, "expected")
        or len(text.text) < 6
        or text.kind & _NUMERIC
        or role_of("goal", text.text)
    ):
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
    _, actual = builder.goal_columns
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
    if block is None or _section(builder, block, row) or _heads_base(block, row):
        builder.grid(list(row))
        return 1
    n = len(block.printed)
    used = 1
    while len(row) < n and i + used < len(rows):
        if _cut_number(row, rows[i + used], n, numbered=block.printed[0] == "seq"):
            row = [*row[:-1], join(document, [row[-1], rows[i + used][0]]), *rows[i + used][1:]]
            used += 1
        elif pieces := _completes(rows, i + used, row, n):
            row = [*row, *(a for piece in rows[i + used : i + used + pieces] for a in piece)]
            used += pieces
        else:
            break
    if block.kind == "indicator":
        row = unlabelled(row)
    filled = [a for a in row if a.text]
    if len(filled) == 1 and filled[0].kind & FRAME and len(row) < n:
        builder.grid(list(row))
        return used
    if not _belongs(block.kind, row, filled) or _is_of_words(block, filled):
        builder.grid(list(row))
        if len(filled) > 1:
            builder.block = None
        return used
    if (
        block.kind == "base"
        and len(filled) == 2
        and filled[1].kind & TEXT
        and not filled[1].kind & (_NUMERIC | NA)
    ):
        cells, inferred = [filled[0], filled[1], *([None] * (n - 2))], False
    else:
        cells, inferred = place(document, row, block.printed)
    at = builder.grid(list(row) if not inferred or len(row) >= n else cells)
    builder.row(cells, at, inferred=inferred)
    return used


def _section(builder: Builder, block: Block, row: list[Atom]) -> bool:
    """A row of nothing but a 一级 (二、产出指标(50分)) above rows that have no column for it."""
    filled = [a for a in row if a.text]
    if block.kind != "indicator" or len(filled) != 1 or not is_section(filled[0], block.printed):
        return False
    block.section()
    builder.row([filled[0], *([None] * len(block.printed))], len(builder.form.grid))
    return True


def _heads_base(block: Block, row: list[Atom]) -> bool:
    """Whether a row of base data is the heading of those below it: 一、人员情况, and nothing beside it."""
    filled = [a for a in row if a.text]
    return block.kind == "base" and len(filled) == 1 and is_heading(filled[0].text)


def _cut_number(row: list[Atom], following: list[Atom], n: int, *, numbered: bool) -> bool:
    """A row that a line or page break cut inside a number: `1863.` and `95` belong to one cell.

    No row but a numbered one begins with a number, and a cell that ends has its tab.
    """
    if not following or not row[-1].text or len(row) + len(following) - 1 > n:
        return False
    head, tail = row[-1].text, following[0].text
    if (
        (following[0].gap and numbered)
        or not (head[-1] == "." or head[-1].isdigit())
        or not re.match(r"^(?:\d+|\.?\d+)(?:\.\d+)?(?:%|\D{0,3})?$", tail)
    ):
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


def _is_of_words(block: Block, filled: list[Atom]) -> bool:
    """Whether a row below heads of money prints words under them and no number: 分配科学性 | 按因素法分配 | 无."""
    if block.kind != "money" or any(a.kind & (_NUMERIC | ITEM) for a in filled):
        return False
    return sum(1 for a in filled if a.kind & TEXT and not a.kind & (NA | FRAME)) > 1


def _belongs(kind: str, row: list[Atom], filled: list[Atom]) -> bool:
    if kind == "indicator":
        return not (len(filled) == 1 and filled[0].kind & LONG and len(row) == 1)
    return (
        any(a.kind & (_NUMERIC | NA) for a in filled)
        or len(row) > 2
        or (kind == "base" and (len(row) == 2 or is_words_row(filled[0].text)))
    )
