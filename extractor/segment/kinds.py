"""What kind of block a row of column heads opens: indicators, a form's own money, a list of projects, base data."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.profiles.columns import clean_head
from extractor.segment.atoms import FRAME, ITEM, NUM, PCT, Atom

LEVELS = frozenset(("level1", "level2", "level3"))
VALUES = frozenset(("target", "actual", "points", "score"))
MONEY = frozenset(("initial", "annual", "executed"))
_COMPARED, _COMPARED_LEAST = frozenset(("frame", "target", "actual")), 4
_BY_YEAR = frozenset((*MONEY, "name", "adjust"))
_OF_PROJECTS = frozenset(("unit_name", "grade", "seq", "duty", "progress"))
_SCORED = frozenset(("points", "rate"))
_FUNDS = (
    "资金",
    "资金情况",
    "经费",
    "预算执行情况",
    "资金执行情况",
    "资金投入",
    "资金投入情况",
    "预算",
    "预算情况",
)
_ANYTHING = frozenset(
    ("项目", "指标", "内容", "名称", "指标名称", "项目内容", "经费项目", "支出项目", "类别")
)
_USE = frozenset(
    (
        "政策或重点任务",
        "任务名称",
        "主要任务",
        "任务",
        "具体任务",
        "重点任务",
        "资金用途",
        "支出内容",
        "用途",
        "主要任务名称",
        "年度主要任务",
        "支出用途",
        "使用方向",
    )
)


def kind_of_heads(
    family: str,
    known: Sequence[str],
    atoms: Sequence[Atom],
    roles: Sequence[str | None],
    before: Atom | None = None,
) -> str | None:
    """The kind of block whose heads are `atoms`, with `roles` in `family`; `before` is what stands left of them."""
    have = set(known)
    if family == "indicator":
        levels, values = have & LEVELS, have & VALUES
        named = "level3" in levels or len(levels) >= 2 or ("frame" in have and len(values) >= 3)
        named = named or (have >= _COMPARED and _names_indicators(atoms, roles))
        return "indicator" if named and len(values) >= 1 and len(have) >= 3 else None
    if family == "money":
        money = have & MONEY
        if "name" in have and (len(money) >= 1 and len(have) >= 3):
            return _of_names(known, atoms, roles, before)
        if len(money) >= 2 or (money and have & {"rate", "score"}):
            return "base" if "initial" not in have and _two_years(atoms) else "money"
        return None
    years = sum(1 for r in known if r in ("prev_final", "budget_initial", "exec"))
    staff = len(have & {"quota", "on_duty", "headcount", "retired", "rate"})
    other = sum(1 for r in known if r == "other")
    return "base" if years >= 2 or staff >= 2 or other >= 2 else None


def _names_indicators(atoms: Sequence[Atom], roles: Sequence[str | None]) -> bool:
    """Whether the only head of names is 绩效指标, without levels, beside a target and what became of it."""
    heads = [clean_head(a.text) for a, role in zip(atoms, roles, strict=False) if role == "frame"]
    return any(head.endswith("指标") for head in heads) and len({r for r in roles if r}) >= _COMPARED_LEAST


def _of_names(
    known: Sequence[str], atoms: Sequence[Atom], roles: Sequence[str | None], before: Atom | None
) -> str:
    """The kind of block whose amounts stand behind names: of projects, of tasks, of base data, or of the form's own money."""
    have = set(known)
    alone = len(known) == 1 + sum(r in MONEY for r in known)
    if alone and len(known) >= 5 and _two_years(atoms):
        return "yearly"
    at = next(k for k, role in enumerate(roles) if role == "name")
    head = clean_head(atoms[at].text)
    if head in _ANYTHING and have <= _BY_YEAR and known.count("name") == 1 and _two_years(atoms):
        return "base"
    if head in _ANYTHING and have >= _SCORED and not have & _OF_PROJECTS and known.count("name") == 1:
        return "money"  # a list of projects says what each got, not what its 执行率 counts for
    left = next((a for a in reversed(atoms[:at]) if a.text), before)
    if left is not None and not have & _OF_PROJECTS and known.count("name") == 1 and is_over_money(left):
        return "money"
    return "fund_use" if head in _USE or "duty" in have else "summary"


def is_over_money(atom: Atom) -> bool:
    """Whether a cell stands beside all rows of a form's money: 项目资金(万元), 债券资金情况(万元)."""
    if atom.kind & (NUM | PCT | ITEM) and not atom.kind & FRAME:
        return False
    return len(atom.text) <= 20 and clean_head(atom.text).endswith(_FUNDS)


def _two_years(atoms: Sequence[Atom]) -> bool:
    """Columns of different years (2021年决算数, 2022年预算数 …) make a 基础数据表."""
    return len({a.text[:4] for a in atoms if a.text[:2] in ("20", "19")}) >= 2
