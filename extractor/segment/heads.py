"""Column heads: where a block of a form begins, in printed rows and in streams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.document import Document
from extractor.patterns import lazy
from extractor.profiles.columns import clean_head, is_word, role_of
from extractor.segment.align import Column
from extractor.segment.arranged import (
    by_place,
    first_level,
    is_whole,
    levels_first,
    named_beside,
    names_below,
    numbers_from,
    parts_below,
    settled,
)
from extractor.segment.atoms import BLANK, FRAME, ITEM, LEVEL1, NUM, PCT, TEXT, Atom, join
from extractor.segment.contents import content_heads, content_roles, with_second_level
from extractor.segment.kinds import LEVELS as _LEVELS
from extractor.segment.kinds import MONEY as _MONEY
from extractor.segment.kinds import VALUES as _VALUES
from extractor.segment.kinds import kind_of_heads

_YEARLY = _VALUES | _MONEY | {"rate"}
_YEAR = lazy(r"20\d\d")
_LONGEST_HEAD, _BLANKS_BETWEEN = 12, 3
_IN_UNIT = ("(万元)", "(元)")
_AMOUNT_ENDS = ("数", "额", "预算", "指标", "金额")


class Heads(NamedTuple):
    """The columns of a block, what kind of block it is, and how many atoms (or rows) its head took."""

    kind: str
    columns: tuple[Column, ...]
    used: int


def family_roles(atoms: Sequence[Atom]) -> tuple[str, list[str | None]] | None:
    """(block kind, role per atom) when the non-blank atoms of a row are column heads."""
    filled = [a for a in atoms if a.text]
    if len(filled) < 2 or any(a.kind & (NUM | PCT) for a in filled):
        return None
    if (told := content_roles(atoms)) is not None:
        return "indicator", told
    for family in ("indicator", "money", "base"):
        roles = [role_of(family, a.text) if a.text else None for a in atoms]
        known = [r for r in roles if r]
        if len(known) * 2 < len(filled):
            continue
        kind = kind_of_heads(family, known, atoms, roles)
        if kind:
            return kind, roles
    return None


def columns_of(kind: str, atoms: Sequence[Atom], roles: Sequence[str | None]) -> tuple[Column, ...]:
    """Columns for one printed head row; heads without a role get one from where they stand."""
    out: list[Column] = []
    over = over_labels(atoms, roles)
    first = next(
        (i for i, r in enumerate(roles) if r in _first_roles(kind) and i != over),
        len(roles),
    )
    for i, (atom, role) in enumerate(zip(atoms, roles, strict=True)):
        known = None if i == over else "item" if kind in ("money", "base") and role == "name" else role
        out.append(Column(known or _unnamed(kind, i, first, atom), atom if atom.text else None))
    if kind == "indicator":
        out = with_second_level(out) if any(c.role in _LEVELS for c in out) else _levels_by_place(out)
    if kind == "base" and not any(c.role in ("item", "name") for c in out):
        out[0] = Column("item", out[0].head)
    if kind == "indicator":
        out = by_place(one_target(level_points(named_beside(out))))
    return tuple(own_year(settled(out)) if kind in ("indicator", "money") else settled(out))


def one_target(columns: list[Column]) -> list[Column]:
    """指标值 | 绩效标准: of two targets the one that says 标准 tells how the other is judged."""
    targets = [k for k, c in enumerate(columns) if c.role == "target"]
    if len(targets) < 2:
        return columns
    heads = {k: head.text if (head := columns[k].head) is not None else "" for k in targets}
    judging = [k for k in targets if "标准" in heads[k] and "值" not in heads[k]]
    out = list(columns)
    for k in judging if len(judging) < len(targets) else ():
        out[k] = Column("criteria", columns[k].head)
    return out


def level_points(columns: list[Column]) -> list[Column]:
    """一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值: what stands right behind a level is what that level counts."""
    columns = _finest_level(columns)
    counted = [k for k in range(1, len(columns)) if columns[k].role in ("points", "score")]
    behind = [k for k in counted if columns[k - 1].role in ("level1", "level2")]
    named = [k for k in counted if columns[k - 1].role == "level3"]
    if not behind or len(counted) <= len(behind):
        return columns
    out = list(columns)
    for k in behind:
        out[k] = Column("level_points", columns[k].head)
    if named and counted[-1] != named[0] and not any(out[k].role == "points" for k in counted):
        out[named[0]] = Column("points", columns[named[0]].head)
    return out


def _finest_level(columns: list[Column]) -> list[Column]:
    """三级指标 | 权重 | 四级指标 | 权重: what is scored is the last level, the points before it are the level's above."""
    levels = [k for k, column in enumerate(columns) if column.role == "level3"]
    out = list(columns)
    for k in levels[:-1]:
        out[k] = Column("text", columns[k].head)
        if columns[k + 1].role == "points":
            out[k + 1] = Column("level_points", columns[k + 1].head)
    return out


def over_labels(atoms: Sequence[Atom], roles: Sequence[str | None]) -> int | None:
    """The place of a 年度预算数（万元） that stands over the labels of a money block and is no column of values."""
    k = next((k for k, role in enumerate(roles) if role is not None), len(roles))
    if k == len(roles) or roles[k] not in _MONEY or roles[k] not in roles[k + 1 :]:
        return None
    if roles[k + 1] == roles[k] and "initial" not in roles and "调整" in atoms[k + 1].text:
        return None  # 年度预算 | 调整后预算
    return k if k == 0 or (k == 1 and atoms[k].text.endswith(_IN_UNIT)) else None


def own_year(columns: list[Column]) -> list[Column]:
    """2022年实际值 beside 2023年完成值: of two columns of one role the later year's is the report's, the other one history."""
    years = [_YEAR.match(c.head.text) if c.head is not None else None for c in columns]
    latest: dict[str, str] = {}
    for column, year in zip(columns, years, strict=True):
        if year is not None and column.role in _YEARLY:
            latest[column.role] = max(year[0], latest.get(column.role, ""))
    dated = [c.role for c in columns if c.role in latest]
    return [
        Column("criteria" if column.role in _VALUES else "any", column.head)
        if year is not None and dated.count(column.role) > 1 and year[0] < latest[column.role]
        else column
        for column, year in zip(columns, years, strict=True)
    ]


def _first_roles(kind: str) -> frozenset[str]:
    return (
        _LEVELS
        if kind == "indicator"
        else frozenset(
            (
                "initial",
                "annual",
                "executed",
                "adjust",
                "points",
                "rate",
                "quota",
                "on_duty",
                "prev_final",
                "budget_initial",
                "exec",
                "other",
                "headcount",
                "retired",
            )
        )
    )


def _unnamed(kind: str, i: int, first: int, atom: Atom) -> str:
    if i < first and kind in ("indicator", "money"):
        return "frame" if kind == "indicator" else "label"
    if not atom.text:
        return "blank"
    return "text" if i < first else "any"


def _levels_by_place(columns: list[Column]) -> list[Column]:
    """A head such as 绩效指标 over three columns: the three before the first value column are the levels."""
    first = next(i for i, c in enumerate(columns) if c.role in _VALUES)
    free = [k for k in range(first) if columns[k].role != "seq" and not _names_project(columns[k])][-3:]
    for k in range(first):
        if _names_project(columns[k]):
            columns[k] = Column("text", columns[k].head)
    for at, name in zip(free, ("level1", "level2", "level3")[3 - len(free) :], strict=True):
        columns[at] = Column(name, columns[at].head)
    return columns


def _names_project(column: Column) -> bool:
    return column.head is not None and role_of("money", column.head.text) == "name"


def stream_heads(document: Document, atoms: Sequence[Atom], i: int) -> Heads | None:
    """The column heads that begin at atom `i` of a stream, or None."""
    if (places := content_heads(atoms, i)) is not None:
        row = atoms[i : places[2] + 1]
        spanned = columns_of("indicator", row, content_roles(row) or [])
        return Heads("indicator", (Column("frame", None), *spanned), len(row))
    for family in ("indicator", "money"):
        if role_of(family, atoms[i].text) is None and not _joined_role(document, family, atoms, i):
            continue
        columns, at = _without_part(*_collect(document, family, atoms, i), atoms)
        roles = [c.role for c in columns]
        before = next((a for a in reversed(atoms[max(0, i - _BLANKS_BETWEEN) : i]) if a.text), None)
        kind = kind_of_heads(family, roles, [c.head for c in columns if c.head], roles, before)
        if kind == "base":
            return _base_stream(atoms, i, named=roles[0] == "name")
        if kind in ("money", "fund_use") and columns[0].role == "unit_name":
            continue  # 部门名称 and its value: the form's head, right above its money
        if kind and len(columns) >= 3:
            columns = levels_first(_without_goals(split_parent(columns)))
            columns = own_year(
                by_place(one_target(level_points(named_beside(columns)))) if kind == "indicator" else columns
            )
            columns = columns if kind == "indicator" else settled(columns)
            if kind == "money":
                over = columns.pop(0).head if columns[0].role == "name" else None
                again = columns[0].role in _MONEY and columns[0].role in [c.role for c in columns[1:]]
                if over is None and again and numbers_from(atoms, at) != len(columns):
                    over = columns.pop(0).head  # 预算资金(万元) over the labels, not a column of values
                if (unknown := _unknown_before(atoms, i, columns)) is not None:
                    columns.insert(0, Column("any", unknown))
                columns[:0] = [Column("frame", None), Column("item", over)]
            elif kind == "indicator":
                if not any(c.role in _LEVELS for c in columns):
                    columns = _levels_by_place(columns)
                columns, at = names_below(atoms, at, columns)
                columns = [Column("frame", None), *first_level(columns)]
            if kind != "indicator":
                columns, at = parts_below(atoms, at, columns)
            return Heads(kind, tuple(columns), at - i)
    return _base_stream(atoms, i)


def _without_part(columns: list[Column], at: int, atoms: Sequence[Atom]) -> tuple[list[Column], int]:
    """The heads without a last 小计 whose own 财政拨款 follows: it opens the row of the parts of the amount above."""
    last = columns[-1] if columns else None
    if last is None or last.head is None or not is_whole(last.head.text) or at >= len(atoms):
        return columns, at
    above = any(column.role == last.role for column in columns[:-1])
    return (columns[:-1], at - 1) if above and atoms[at].kind & ITEM else (columns, at)


def _without_goals(columns: list[Column]) -> list[Column]:
    """The columns from 一级指标 on: what stands before it (年度目标 and its text) is the form's goals."""
    level = next((k for k, c in enumerate(columns) if c.role in _LEVELS), 0)
    begin = level - 1 if level and columns[level - 1].role == "frame" else level
    before = {c.role for c in columns[:begin]}
    return columns[begin:] if before and before <= {"target", "actual", "any", "frame"} else columns


def _unknown_before(atoms: Sequence[Atom], i: int, columns: Sequence[Column]) -> Atom | None:
    """A head of its own word right before the heads of a money block that name no 年初预算: its numbers are nobody else's."""
    if any(column.role == "initial" for column in columns) or columns[0].role not in ("annual", "executed"):
        return None
    before = next((a for a in reversed(atoms[max(0, i - _BLANKS_BETWEEN) : i]) if a.text), None)
    if before is None or not before.kind & TEXT or before.kind & (NUM | PCT | ITEM | FRAME | LEVEL1):
        return None
    return (
        before
        if clean_head(before.text).endswith(_AMOUNT_ENDS) and len(before.text) <= _LONGEST_HEAD
        else None
    )


_PARTS = {
    "annual": frozenset(("initial", "adjust", "annual")),
    "target": frozenset(("sign", "target", "unit")),
}


def split_parent(columns: list[Column]) -> list[Column]:
    """A second row of heads printed behind the first: 年初 | 追加 | 小计 take the place of the 全年预算数 above them."""
    for parent, parts in _PARTS.items():
        first = next((k for k, c in enumerate(columns) if c.role == parent), None)
        size = next((k for k, c in enumerate(reversed(columns)) if c.role not in parts), 0)
        lower = columns[len(columns) - size :]
        if first is None or first >= len(columns) - size or size < 2 or len({c.role for c in lower}) < size:
            continue
        return [*columns[:first], *lower, *columns[first + 1 : len(columns) - size]]
    return columns


def _base_stream(atoms: Sequence[Atom], i: int, *, named: bool = False) -> Heads | None:
    """The heads of base data; the first may name what the rows are: 项目 | 2022年预算数 | 2022年决算数."""
    columns, at = [], i + named
    while at < len(atoms) and (role := role_of("base", atoms[at].text)):
        columns.append(Column(role, atoms[at]))
        at += 1
    kind = (
        kind_of_heads("base", [c.role for c in columns], atoms[i + named : at], [c.role for c in columns])
        if len(columns) >= 2
        else None
    )
    return Heads(kind, (Column("item", atoms[i] if named else None), *columns), at - i) if kind else None


def _joined_role(
    document: Document, family: str, atoms: Sequence[Atom], i: int
) -> tuple[str, int, Atom] | None:
    """A head printed in two or three pieces (年度 / 指标值): its role and how many pieces."""
    for size in (3, 2):
        pieces = list(atoms[i : i + size])
        if len(pieces) < size or any(not p.text or len(p.text) > 12 or p.kind & (NUM | PCT) for p in pieces):
            continue
        if all(role_of(family, p.text) for p in pieces):
            continue
        whole = join(document, pieces)
        role = role_of(family, whole.text)
        if role and not is_word(whole.text) and any(role_of(family, p.text) for p in pieces):
            continue
        if role and not (size == 3 and role_of(family, pieces[2].text) and role_of(family, pieces[0].text)):
            return role, size, whole
    return None


def _collect(document: Document, family: str, atoms: Sequence[Atom], i: int) -> tuple[list[Column], int]:
    columns: list[Column] = []
    at = i
    while at < len(atoms) and len(columns) < 16:
        atom = atoms[at]
        if atom.kind & BLANK:
            at += 1
            continue
        single = role_of(family, atom.text)
        joined = _joined_role(document, family, atoms, at)
        if joined and (single is None or _second_is_loose(family, atoms, at) or single == "frame"):
            columns.append(Column(joined[0], joined[2]))
            at += joined[1]
        elif single:
            columns.append(Column(single, atom))
            at += 1
        elif _stranger(family, atoms, at, len(columns) > 2) or (
            columns and _has_shares(columns[-1]) and _share(atoms, at)
        ):
            columns.append(Column("any", atom))
            at += 1
        else:
            break
    return columns, at


def _has_shares(column: Column) -> bool:
    """Whether 其中：财政拨款 may stand right behind a column: an amount, or another part of it."""
    return column.role in _MONEY or (column.head is not None and column.head.text.startswith("其中"))


def _share(atoms: Sequence[Atom], at: int) -> bool:
    """其中：财政拨款 right behind an amount's head, and no number behind it, is a head too."""
    following = next((a for a in atoms[at + 1 : at + 3] if a.text), None)
    return atoms[at].text.startswith("其中") and following is not None and not following.kind & (NUM | PCT)


def _second_is_loose(family: str, atoms: Sequence[Atom], at: int) -> bool:
    return (
        at + 1 < len(atoms)
        and role_of(family, atoms[at + 1].text) is None
        and not atoms[at + 1].kind & (LEVEL1 | ITEM)
    )


def _stranger(family: str, atoms: Sequence[Atom], at: int, late: bool) -> bool:
    """One unknown head between known ones is a column of its own."""
    atom = atoms[at]
    if not atom.kind & TEXT or len(atom.text) > 12 or atom.kind & (LEVEL1 | ITEM | FRAME):
        return False
    following = [a for a in atoms[at + 1 : at + 4] if a.text]
    known = [role_of(family, a.text) is not None for a in following]
    if len(known) < 2 or not known[0]:
        return late and known == [False, True, True] and not following[0].kind & (NUM | PCT | LEVEL1 | ITEM)
    return known[1] or (late and bool(following[1].kind & (NUM | ITEM)))
