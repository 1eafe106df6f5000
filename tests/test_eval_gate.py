"""The gate: no case of the fixed set falls below its own floor; floors only rise."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from eval.examine import Result
from eval.gate import MEASURES, falls, floors_of, measured, members, raised, read


@pytest.fixture(scope="module")
def baseline() -> dict[str, Any]:
    return read()


def test_no_case_falls_below_its_floor(baseline: dict[str, Any]) -> None:
    found = measured(members(baseline))
    assert len(found) <= 80
    pictures = [name for name, (_, result) in found.items() if result.form in ("scan", "png")]
    assert len(pictures) <= 3
    assert [str(fall) for fall in falls(baseline, found)] == []


def test_every_floor_is_of_a_measure_and_every_lowering_has_its_reason(baseline: dict[str, Any]) -> None:
    for case in baseline["cases"].values():
        assert set(case["floors"]) <= MEASURES.keys() and case["floors"]["f1.all"] > 0
    assert all(each["reason"].strip() for each in baseline["lowered"])


def result(right: float, wrong: float, accused: float = 0) -> Result:
    counts = {"value/all": [right, wrong, 0.0], "finding/accused": [accused, 1.0]}
    return Result("甲", "fixture", "txt", "k", counts=counts)


BASE: dict[str, Any] = {
    "drawn": [],
    "lowered": [],
    "cases": {"甲": {"file": "f", "floors": floors_of(result(9, 1))}},
}


@pytest.mark.parametrize(
    ("now", "fell"),
    [
        (("f", result(9, 1)), []),
        (("f", result(10, 0)), []),
        (("f", result(8, 2)), ["f1.all", "precision.all"]),
        (("f", result(9, 1, accused=1)), ["accused"]),
        (("g", result(10, 0)), [""]),
        (("f", Result("甲", "fixture", "txt", "k", state="crashed", error="boom")), [""]),
        (("f", Result("甲", "fixture", "txt", "k")), ["f1.all", "accused"]),
    ],
    ids=["same", "better", "worse value", "accusation", "another file", "crash", "nothing measured"],
)
def test_one_case_that_falls_is_named(now: tuple[str, Result], fell: list[str]) -> None:
    found = falls(BASE, {"甲": now})
    assert [fall.measure for fall in found] == [
        name for name in fell if name in ("", *BASE["cases"]["甲"]["floors"])
    ]
    assert all("甲" in str(fall) for fall in found)


def test_a_case_that_vanished_and_a_new_one_are_named() -> None:
    found = falls(BASE, {"乙": ("f", result(9, 1))})
    assert sorted(str(fall)[0] for fall in found) == ["乙", "甲"]


def test_floors_rise_and_sink_only_with_a_reason() -> None:
    better = raised(BASE, {"甲": ("f", result(10, 0))}, None)
    assert better["cases"]["甲"]["floors"]["f1.all"] == 1.0
    worse = {"甲": ("f", result(8, 2))}
    kept = raised(BASE, worse, None)
    assert kept["cases"] == BASE["cases"] and kept["lowered"] == []
    lowered = raised(copy.deepcopy(BASE), worse, "金标准改正")
    assert lowered["cases"]["甲"]["floors"]["f1.all"] == floors_of(worse["甲"][1])["f1.all"]
    assert {each["reason"] for each in lowered["lowered"]} == {"金标准改正"}
    changed = raised(BASE, {"甲": ("g", result(8, 2))}, None)
    assert changed["cases"]["甲"]["file"] == "g" and changed["lowered"] == []
