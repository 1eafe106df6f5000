"""What a table cell holds: every kind of the glossary, and numbers only as printed."""

from __future__ import annotations

import pytest

from extractor.cellkinds import read_cell
from extractor.document import fold

CASES = [
    ("", "blank", None, None, None), ("—", "na", None, None, None), ("——", "na", None, None, None), ("/", "na", None, None, None),
    ("无", "na", None, None, None), ("100%", "num", "100", "%", None), ("2场", "num", "2", "场", None), ("63万元", "num", "63", "万元", None),
    ("737.26", "num", "737.26", None, None), ("1480.41", "num", "1480.41", None, None), ("52 万", "num", "52", "万", None),
    ("1,740,000.00", "num", "1740000.00", None, None), ("≥99%", "cmp", "99", "%", "≥"), ("＞90%", "cmp", "90", "%", ">"),
    ("=80%", "cmp", "80", "%", "="), ("不低于95%", "cmp", "95", "%", "≥"), ("控制在90万元以内", "cmp", "90", "万元", "≤"),
    ("≤2小时", "cmp", "2", "小时", "≤"), ("3次以上", "count_vague", "3", "次", "以上"), ("20余场次", "count_vague", "20", "场次", "余"),
    ("约300条", "count_vague", "300", "条", "约"), ("90%-100%", "range", None, "%", None), ("2022年1月-12月", "date", None, None, None),
    ("12月底前", "date", None, None, None), ("全年", "date", None, None, None), ("2023.6.15", "date", None, None, None),
    ("是", "bool", None, None, None), ("否", "bool", None, None, None), ("达成预期指标", "qual_tier", None, None, None),
    ("已完成", "qual_tier", None, None, None), ("有所提升", "qual_text", None, None, None), ("长期", "qual_text", None, None, None),
    ("培训4次，宣传1次", "multi", None, None, None), ("l00%", "unreadable", None, None, None), ("O.5", "unreadable", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "kind", "value", "unit", "comparator"), CASES)
def test_kinds(printed: str, kind: str, value: str | None, unit: str | None, comparator: str | None) -> None:
    reading = read_cell(fold(printed).replace(" ", ""))
    assert reading.kind == kind
    assert (None if reading.value is None else str(reading.value)) == value
    assert (reading.unit, reading.comparator) == (unit, comparator)
