"""The glossary: every row of the domain's list is there, well formed, and found by its id and its printed names."""

from __future__ import annotations

import typing

import pytest

from extractor.metrics import METRICS, OTHER, by_id, named
from extractor.schema import Stage

STAGES = set(typing.get_args(Stage))
UNITS = {"人", "个", "万元", "%", "㎡", "辆", "分", "文本", "混合", "枚举"}


def test_ids_are_unique_and_looked_up() -> None:
    assert len(by_id) == len(METRICS)
    assert by_id["exec_rate"].name == "预算执行率"
    assert OTHER not in by_id


@pytest.mark.parametrize("metric", METRICS, ids=lambda m: m.id)
def test_a_row_is_complete(metric: typing.Any) -> None:
    assert metric.stage in STAGES
    assert metric.unit in UNITS
    assert all(metric)


def test_rates_scores_and_staff_have_their_stages() -> None:
    assert {m.stage for m in METRICS if m.unit == "%"} == {"rate"}
    assert by_id["staff_quota"].stage == "quota"
    assert by_id["total_score"].stage == "score"
    assert by_id["total_weight"].stage == "points"


def test_printed_names_find_their_metrics() -> None:
    assert [m.id for m in named("上年结转")] == ["carryover_in"]
    assert [m.id for m in named("“三公”经费")] == ["sangong_total"]
    assert named("没有这个指标") == ()
