"""When a contradiction is likelier a misreading than a mistake: a lost decimal point, a shifted column, rows not read."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractor.findings import Check
from extractor.identities import ONE
from extractor.records import replace

_WAN = Decimal(10000)
_TEN, _LEAST, _NEAR = Decimal(10), Decimal(5), Decimal("0.005")
_LOW, _HIGH = Decimal("0.7"), Decimal("1.3")
_HALF, _TWICE = Decimal("0.5"), Decimal(2)
_PLACES = 2  # further off, a misplaced point cannot be told from a part that does not belong


def power_of_ten(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two values are alike but for the place of the decimal point."""
    if not one or not other:
        return False
    ratio = abs(one / other)
    ratio = ratio if ratio >= ONE else ONE / ratio
    if ratio < _LEAST:
        return False
    nearest = _TEN ** int(ratio.log10().to_integral_value())
    return abs(ratio / nearest - ONE) <= _NEAR


def lost_point(parts: Iterable[Decimal], gap: Decimal, tolerance: Decimal) -> bool:
    """Whether one part with its decimal point elsewhere, but not without that part, would close the gap to the total."""
    for part in parts:
        if part and abs(part - gap) > tolerance:
            for places in range(1, _PLACES + 1):
                shift = _TEN**places
                moved = part / shift if gap > 0 else part * shift
                if abs(part - moved - gap) <= tolerance:
                    return True
    return False


def shifted(initial: Decimal | None, annual: Decimal | None, executed: Decimal | None) -> bool:
    """Whether a row's 年初 and 全年 add up to its 执行: then 调整 was read as 全年 and 全年 as 执行."""
    if not initial or annual is None or executed is None:
        return False
    return initial + annual == executed


def plausible(found: Decimal, expected: Decimal) -> bool:
    """Whether a sum of points may be a report's own slip: far from the whole, rows were lost or read twice."""
    return _LOW * expected <= found <= _HIGH * expected


def same_scale(one: Decimal, other: Decimal) -> bool:
    """Whether two prints may be the same quantity at all: neither is more than twice the other."""
    return _HALF * other <= one <= _TWICE * other


def in_doubt_of_unit(result: Check) -> Check:
    """Two amounts that differ by 万元 against 元 and nothing else say the same digits: the unit stands over the table, not beside them."""
    one, other = result.computed, result.reported
    if result.status != "fail" or not one or not other or max(one / other, other / one) != _WAN:
        return result
    reason = "数字一致，仅万元与元之差；表内金额单位未逐格写明，请核对表头单位"
    return replace(result, status="unverified", cause=None, reason=reason)
