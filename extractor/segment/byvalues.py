"""What the values below a column say of it where its head does not: the budget that the printed rates divide by, the results beside their targets."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.patterns import lazy
from extractor.segment.align import Column
from extractor.segment.atoms import NA, NUM, PCT, QTY, TEXT, Atom
from extractor.segment.forms import Block, Row
from extractor.segment.solving import money_holds, number_of

_UNKNOWN = frozenset(("any", "text", "blank", "label"))
_UNIT = lazy(r"[\d,.]+\s*([^\d\s]*)$")
_SHARE = lazy(r"率|度|比|系数|差")
_LEAST = 2  # rows


def settle(block: Block) -> None:
    """Give a column of no known head, or of a head that says two things, the role that its values prove."""
    if block.kind in ("money", "summary"):
        _settle_budget(block)
        _settle_rates(block)
    elif block.kind == "indicator":
        _settle_actual(block)
        _doubt_scores(block)


def _settle_budget(block: Block) -> None:
    """预算批复数 | 预算调整数 | 全年执行数 | 执行率: the adjusted budget, not the adjustment, where every rate divides by it."""
    rate, executed = block.index("rate"), block.index("executed")
    if rate is None or executed is None or "annual" in block.roles:
        return
    initial = block.index("initial")
    for k, column in enumerate(block.columns[:executed]):
        if column.role != "adjust" and (column.role not in _UNKNOWN or column.head is None):
            continue
        told = [_divides(row, k, executed, rate) for row in block.rows]
        if told.count(True) < 1 or False in told:
            continue
        if initial is None or False in [_divides(row, initial, executed, rate) for row in block.rows]:
            _rename(block, k, "annual")
            return


def _settle_rates(block: Block) -> None:
    """A lone 98 behind the amounts of a row without points is their rate where it is what they make, not a score."""
    columns = [block.index(role) for role in ("annual", "executed", "rate", "points", "score")]
    if any(k is None for k in columns):
        return
    annual, executed, rate, points, score = (k for k in columns if k is not None)
    for number, row in enumerate(block.rows):
        blank = all((atom := row[k]) is None or not atom.text for k in (rate, points))
        if (
            number in block.inferred
            and blank
            and _number(row[score])
            and _divides(row, annual, executed, score)
        ):
            row[rate], row[score] = row[score], None


def _divides(row: Row, whole: int, part: int, rate: int) -> bool | None:
    """Whether the printed rate of a row is `part`/`whole`; None where it prints no rate."""
    numbers = [_number(row[k]) for k in (whole, part, rate)]
    if any(number is None for number in numbers):
        return None
    annual, executed, share = (number for number in numbers if number is not None)
    if not annual and not executed:
        return None
    return money_holds({"annual": annual, "executed": executed, "rate": share})


def _number(atom: Atom | None) -> Decimal | None:
    return number_of(atom.text) if atom is not None and atom.kind & (NUM | PCT) else None


def _settle_actual(block: Block) -> None:
    """目标值 | 达到值 | 达到度: the results are what is counted as the targets are."""
    target = block.index("target")
    if target is None or "actual" in block.roles:
        return
    for k in range(target + 1, len(block.columns)):
        column = block.columns[k]
        if column.role not in _UNKNOWN or column.head is None or _SHARE.search(column.head.text):
            continue
        alike = [_alike(row[target], row[k]) for row in block.rows]
        if alike.count(True) >= _LEAST and alike.count(False) * 3 <= alike.count(True):
            _rename(block, k, "actual")
            return


def _doubt_scores(block: Block) -> None:
    """A score above its points between rows whose columns had to be inferred is likelier misread than given."""
    points, score = block.index("points"), block.index("score")
    if points is None or score is None or not block.inferred:
        return
    for number, row in enumerate(block.rows):
        counted, got = _number(row[points]), _number(row[score])
        if (
            counted is not None
            and got is not None
            and got > counted
            and {number - 1, number + 1} & block.inferred
        ):
            block.inferred.add(number)


def _alike(target: Atom | None, actual: Atom | None) -> bool | None:
    """Whether a result is counted as its target is: both in per cent, in one unit, or both in words."""
    if target is None or actual is None or not target.text or not actual.text or actual.kind & NA:
        return None
    share = bool(target.kind & PCT), bool(actual.kind & PCT)
    if any(share):
        return all(share)
    counted = bool(target.kind & (NUM | QTY)), bool(actual.kind & (NUM | QTY))
    if any(counted):
        return all(counted) and _unit(target.text) == _unit(actual.text)
    return bool(target.kind & actual.kind & TEXT)


def _unit(text: str) -> str:
    match: re.Match[str] | None = _UNIT.search(text)
    return match[1] if match is not None else ""


def _rename(block: Block, k: int, role: str) -> None:
    columns = list(block.columns)
    columns[k] = Column(role, columns[k].head)
    block.columns = tuple(columns)
    block.roles = tuple(column.role for column in columns)
