"""Arithmetic on printed decimals: tolerances of CHECKS 0.1, 0.2, section 1."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from extractor import identities as same

D = Decimal


def numbers(text: str) -> list[Decimal]:
    return [D(each) for each in text.split()]


@pytest.mark.parametrize(
    ("parts", "total", "digits", "agreement", "difference"),
    [
        ("397.46 193.82", "591.29", 2, "rounding", "0.01"),
        ("19.32 5.02 17.59 113.17 38.61", "193.82", 2, "fail", "0.11"),
        ("26 4 9 14.42 46.56", "100.98", 2, "fail", "1.00"),
        ("26.74 3.26 19.6 283.24 49.12", "381.96", 2, "pass", "0"),
        ("184.64 365.54", "550.28", 2, "fail", "0.10"),
        ("10 20 31", "60", 0, "rounding", "1"),
    ],
)
def test_sum(parts: str, total: str, digits: int, agreement: str, difference: str) -> None:
    outcome = same.check_sum(numbers(parts), D(total), digits)
    assert (outcome.agreement, outcome.difference) == (agreement, D(difference))


def test_the_tolerance_uses_the_precision_of_the_column_not_of_each_number() -> None:
    assert same.sum_tolerance(12, 2, 2) == D("0.065")
    column = numbers("31.5 61.45 106 500 23.88 56.01 683 42.7 89.28 27 48.3 29.8")
    assert same.check_sum(column, D("1699.19"), same.max_places(column)).agreement == "fail"


def test_a_difference_over_one_unit_but_within_the_tolerance_is_marked_wide() -> None:
    outcome = same.check_sum(numbers("1.33 1.33 1.33 1.33 1.33"), D("6.67"), 2)
    assert outcome.agreement == "rounding"
    assert outcome.wide


def test_no_table_rounded_by_the_rules_is_ever_called_wrong() -> None:
    dice = random.Random(7)
    for _ in range(2000):
        exact = [D(dice.randrange(1, 10**7)) / 10**4 for _ in range(dice.randrange(2, 30))]
        shown = [each.quantize(D("0.01"), ROUND_HALF_UP) for each in exact]
        total = sum(exact, D(0)).quantize(D("0.01"), ROUND_HALF_UP)
        assert same.check_sum(shown, total, 2).agreement != "fail"


def test_counts_have_no_rounding() -> None:
    assert same.check_sum(numbers("28 0 12"), D(41), 0, exact=True).agreement == "fail"


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("1480", "1480.41", "rounding"),
        ("42.97", "42.7", "fail"),
        ("278.5", "278.50", "pass"),
        ("1480", "1481", "fail"),
    ],
)
def test_two_prints_of_one_quantity(one: str, other: str, agreement: str) -> None:
    assert same.check_equal(D(one), D(other)).agreement == agreement


@pytest.mark.parametrize(
    ("part", "whole", "reported", "digits", "agreement", "cut"),
    [
        ("1480.41", "1699.19", "87", 2, "pass", False),
        ("10", "11", "90", None, "rounding", True),
        ("10", "11", "89", None, "fail", False),
        ("478", "500", "96.5", 0, "fail", False),
        ("61.54", "64.76", "95.02", 2, "rounding", True),
        ("1", "3", "33.4", 0, "rounding", False),
        ("550.28", "535.67", "100", 2, "fail", False),
    ],
)
def test_rate(part: str, whole: str, reported: str, digits: int | None, agreement: str, cut: bool) -> None:
    outcome = same.check_rate(D(part), D(whole), D(reported), digits)
    assert (outcome.agreement, outcome.truncated) == (agreement, cut)


def test_scores() -> None:
    assert same.proportional_score(D(10), D(80), D(79)) == D("9.875")
    assert same.check_score(D("9.875"), D(9), 0).agreement == "fail"
    assert same.check_score(D("9.8"), D(10), 0).agreement == "rounding"
    assert same.execution_score(D(10), D("102"), D(100)) == 10
    a_over_b, linear = same.reverse_scores(D(10), D(52), D("142.8"))
    assert (same.rounded(a_over_b, 2), linear) == (D("3.64"), 0)
    assert same.reverse_scores(D(10), D(0), D(0)) == (10, 10)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a + b", "550.18"),
        ("round(percent(a, a + b), 2)", "33.56"),
        ("min(a, b) - -1", "185.64"),
        ("max(a, b) / 2 * (1 + 1)", "365.54"),
        ("round(0.125, 2)", "0.13"),
    ],
)
def test_formula(formula: str, value: str) -> None:
    assert same.evaluate(formula, {"a": D("184.64"), "b": D("365.54")}) == D(value)


@pytest.mark.parametrize("formula", ["a +", "a ** 2", "open(a)", "c", "a b", "(a", "a; b", ""])
def test_a_formula_holds_nothing_but_arithmetic(formula: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        same.evaluate(formula, {"a": D(1), "b": D(2)})


def test_names_of_a_formula() -> None:
    assert same.names_in("round(percent(exec1, annual), 2) + exec1") == ("exec1", "annual")
