"""The number parser: value, unit, precision and base as printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.amounts import base_value, chinese_value, decimal_of, decimals_of, scan
from extractor.document import fold


@pytest.mark.parametrize(
    ("text", "raw", "value", "unit", "base"),
    [
        ("支出535.67万元", "535.67万元", "535.67", "万元", "5356700"),
        ("计1,740,000.00元。", "1,740,000.00元", "1740000.00", "元", "1740000"),
        ("６４０．００万元", "６４０．００万元", "640.00", "万元", "6400000"),
        ("约1.2亿元", "1.2亿元", "1.2", "亿元", "120000000"),
        ("人员11人", "11人", "11", "人", "11"),
        ("资料10万余份", "10万余份", "10", "万份", "100000"),
        ("满意率95. 10%", "95. 10%", "95.10", "%", "95.10"),
        ("千分之五即5‰", "5‰", "5", "‰", "0.5"),
        ("增长3个百分点", "3个百分点", "3", "个百分点", "3"),
        ("三十五万元", "三十五万元", "35", "万元", "350000"),
        ("壹佰贰拾万元", "壹佰贰拾万元", "120", "万元", "1200000"),
        ("百分之八十五", "百分之八十五", "85", "%", "85"),
        ("补贴2元/人", "2元/人", "2", "元/人", None),
        ("共854万万元", "854万万元", "854", "万万元", None),
    ],
)
def test_one_quantity(text: str, raw: str, value: str, unit: str, base: str | None) -> None:
    (found,) = scan(fold(text))
    assert text[found.start : found.end] == raw
    assert (found.value, found.unit) == (Decimal(value), unit)
    assert found.base_value == (None if base is None else Decimal(base))


@pytest.mark.parametrize("text", ["共5，200人", "2022年，10人"])
def test_a_full_width_comma_may_separate_clauses(text: str) -> None:
    assert [q.unit for q in scan(fold(text))][-1] == "人"


def test_a_minus_sign_counts_only_where_it_is_one() -> None:
    assert next(scan("增减:-3.5万元")).value == Decimal("-3.5")
    assert [q.value for q in scan("附件1-2")] == [1, 2]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("二〇二二", 2022),
        ("两千", 2000),
        ("叁佰", 300),
        ("甲", None),
    ],
)
def test_chinese_numerals(numeral: str, value: int | None) -> None:
    assert chinese_value(numeral) == value


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False))
def test_the_printed_precision_is_kept(number: Decimal) -> None:
    printed = f"{number:,}"
    assert decimal_of(printed) == number
    assert decimals_of(printed) == 4


def test_a_number_without_unit_has_no_base() -> None:
    assert base_value(Decimal(5), None) is None
