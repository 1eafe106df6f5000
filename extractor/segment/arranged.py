"""Columns in the order of the values below them, where heads were printed in another order or on two rows."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.patterns import lazy
from extractor.profiles.columns import clean_head, role_of
from extractor.segment.align import Column
from extractor.segment.atoms import ITEM, LEVEL1, LEVEL2, LONG, NA, NUM, PCT, QTY, TEXT, Atom

_LEVELS = frozenset(("level1", "level2", "level3"))
_VALUES = ("target", "actual", "points", "score")
_AMOUNTS = ("annual", "initial", "executed")
_COARSE, _FINE = (
    ("一级", "项目大类", "专项名称", "专项资金名称"),
    ("二级", "三级", "子项目", "明细", "项目名称"),
)
_COUNTS = lazy(r"\(\d+(?:\.\d+)?分\)$")
_MOST_PARTS = 12
_WHOLES = frozenset(("总额", "小计", "合计"))


def levels_first(columns: list[Column]) -> list[Column]:
    """A second row of heads that names the levels below a frame stands left of the values that the first row names."""
    lead = columns[:1] if columns[0].role == "frame" else []
    rest = columns[len(lead) :]
    roles = [column.role for column in rest]
    level = next((k for k, role in enumerate(roles) if role in _LEVELS), 0)
    before = [role for role in roles[:level] if role in _VALUES]
    if "target" not in before and len(before) < 2:
        return columns
    return [*lead, *(c for c in rest if c.role in _LEVELS), *(c for c in rest if c.role not in _LEVELS)]


def first_level(columns: list[Column]) -> list[Column]:
    """绩效指标 | 指标类型 | 指标名称: what stands left of the second level is the first."""
    roles = [column.role for column in columns]
    if roles[:3] != ["frame", "level2", "level3"] or "level1" in roles:
        return columns
    return [Column("level1", columns[0].head), *columns[1:]]


def numbers_from(atoms: Sequence[Atom], at: int) -> int:
    """How many numbers and dashes stand behind one another from atom `at` on."""
    end = at
    while end < len(atoms) and atoms[end].kind & (NUM | PCT | QTY | NA):
        end += 1
    return end - at


def settled(columns: list[Column]) -> list[Column]:
    """Columns of money of which two heads name the same: 年度预算 | 调整后预算 are the year's beginning and its end."""
    if [c.role for c in columns[:2]] == ["name", "name"]:  # 年度主要任务 beside its 任务名称
        columns = [Column("frame", columns[0].head), *columns[1:]]
    names = [k for k, c in enumerate(columns) if c.role == "name"]
    if len(names) == 2 and _is_finer(columns[names[1]], columns[names[0]]):
        columns = [Column("text", c.head) if k == names[0] else c for k, c in enumerate(columns)]
    annual = [k for k, c in enumerate(columns) if c.role == "annual"]
    if len(annual) != 2 or any(c.role == "initial" for c in columns):
        return columns
    first, second = (head.text if (head := columns[k].head) is not None else "" for k in annual)
    if "调整" not in second or "调整" in first:
        return columns
    out = list(columns)
    out[annual[0]] = Column("initial", columns[annual[0]].head)
    return out


def _is_finer(column: Column, other: Column) -> bool:
    """一级项目名称 | 二级项目名称: the rows are those of the second, below which the first is printed once."""
    heads = [clean_head(c.head.text) if c.head is not None else "" for c in (other, column)]
    return heads[0].startswith(_COARSE) and heads[1].startswith(_FINE)


def is_whole(text: str) -> bool:
    """Whether a head names the whole of an amount whose parts stand beside it: 总额."""
    return clean_head(text) in _WHOLES


def parts_below(atoms: Sequence[Atom], at: int, columns: list[Column]) -> tuple[list[Column], int]:
    """总额 | 财政拨款 below 预算金额: the whole takes the amount's column, its parts get columns of their own.

    Where several amounts have parts, their groups stand in the order of the amounts.
    """
    amounts = [k for k, c in enumerate(columns) if c.role in _AMOUNTS]
    groups: list[list[Atom]] = []
    for atom in atoms[at : at + _MOST_PARTS]:
        if atom.kind & (NUM | PCT) or not (is_whole(atom.text) or (groups and atom.kind & ITEM)):
            break
        if is_whole(atom.text):
            groups.append([])
        groups[-1].append(atom)
    taken = sum(len(group) for group in groups)
    following = atoms[at + taken] if at + taken < len(atoms) else None
    numbered = columns[0].role == "seq"
    if not amounts or not groups or min(len(group) for group in groups) < 2 or following is None:
        return columns, at
    if following.kind & (NUM | PCT) and not numbered:
        return columns, at
    if len(groups) == 1:
        amounts = [next(k for role in _AMOUNTS for k, c in enumerate(columns) if c.role == role)]
    if len(groups) != len(amounts):
        return columns, at
    out = list(columns)
    for k, group in sorted(zip(amounts, groups, strict=True), reverse=True, key=lambda each: each[0]):
        out[k + 1 : k + 1] = [Column("part", atom) for atom in group[1:]]
    return out, at + taken


def names_below(atoms: Sequence[Atom], at: int, columns: list[Column]) -> tuple[list[Column], int]:
    """名称 | 权重 once for each level in a second row of heads: what stands behind a name is what its level counts."""
    levels = [
        k for k, c in enumerate(columns) if c.role in _LEVELS or (c.role == "text" and c.head is not None)
    ]
    pairs = list(atoms[at : at + 2 * len(levels)])
    told = len(pairs) == 2 * len(levels) > 2 and all(
        clean_head(name.text) == "名称" and role_of("indicator", points.text) == "points"
        for name, points in zip(pairs[::2], pairs[1::2], strict=True)
    )
    if not told:
        return columns, at
    out = list(columns)
    for n, k in reversed(list(enumerate(levels))):
        role = "points" if n == len(levels) - 1 else "level_points"
        out[k + 1 : k + 1] = [Column(role, pairs[2 * n + 1])]
    return out, at + len(pairs)


def named_beside(columns: list[Column]) -> list[Column]:
    """指标类别 | 绩效指标 | 计划值: where no head names the third level, the 绩效指标 right of another level does."""
    roles = [column.role for column in columns]
    if "level3" in roles or not {"level1", "level2"} & set(roles):
        return columns
    last = max(k for k, role in enumerate(roles) if role in _LEVELS)
    beside = columns[last + 1] if last + 1 < len(columns) else None
    if (
        beside is None
        or beside.role != "frame"
        or beside.head is None
        or not beside.head.text.endswith("指标")
    ):
        return columns
    return [*columns[: last + 1], Column("level3", beside.head), *columns[last + 2 :]]


def by_place(columns: list[Column]) -> list[Column]:
    """The one head of no known word, where a form has no target or nothing that was done, by its neighbours."""
    unknown = [k for k, c in enumerate(columns) if c.role == "any" and c.head is not None]
    if len(unknown) != 1 or not 0 < unknown[0] < len(columns) - 1:
        return columns
    k, roles = unknown[0], {c.role for c in columns}
    before, after = columns[k - 1].role, columns[k + 1].role
    role = None
    if "target" not in roles and before in ("level3", "points") and after == "actual":
        role = "target"
    elif "actual" not in roles and before == "target" and after in ("points", "score"):
        role = "actual"
    return columns if role is None else [*columns[:k], Column(role, columns[k].head), *columns[k + 1 :]]


def with_second_levels(atoms: list[Atom], roles: Sequence[str]) -> list[Atom]:
    """`atoms` in which the first of two names between a 一级 label and a number is a 二级 label, whatever it is called."""
    if not {"level1", "level2"} <= set(roles) or "level3" not in roles:
        return atoms
    behind = roles[list(roles).index("level3") + 1 :][:1]
    numbers = NUM if behind == ("points",) else NUM | PCT | QTY
    out = list(atoms)
    for k in range(len(atoms) - 2):
        if (
            all(_COUNTS.search(a.text) and a.kind & LEVEL2 for a in atoms[k : k + 2])
            and atoms[k + 2].kind & TEXT
        ):
            out[k] = atoms[k]._replace(
                kind=atoms[k].kind & ~LEVEL2 | LEVEL1
            )  # two in a row that say what they count
    for k in range(len(atoms) - 3):
        level1, level2, level3, value = atoms[k : k + 4]
        names = all(
            a.kind & TEXT and not a.kind & (LEVEL1 | LEVEL2 | NUM | PCT | QTY | LONG)
            for a in (level2, level3)
        )
        content = all("满意" in a.text for a in (level1, level2, level3)) and bool(value.kind & numbers)
        first = k == 0 or "满意" not in atoms[k - 1].text
        if content and first and names and level1.kind & (LEVEL1 | LEVEL2):
            out[k] = level1._replace(kind=level1.kind & ~LEVEL2 | LEVEL1)
            out[k + 1] = level2._replace(kind=level2.kind | LEVEL2)
        elif level1.kind & LEVEL1 and not level1.kind & LEVEL2 and names and value.kind & numbers:
            out[k + 1] = level2._replace(kind=level2.kind | LEVEL2)
    return out
