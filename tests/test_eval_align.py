"""Rows are aligned by the assignment that makes them agree most."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from eval.measures.align import assign, cheapest

MATRIX = st.integers(1, 4).flatmap(
    lambda rows: st.integers(rows, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(-9, 9), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


@given(MATRIX)
def test_no_other_assignment_is_cheaper(cost: list[list[int]]) -> None:
    chosen = cheapest(cost)
    assert len(set(chosen)) == len(cost)
    best = min(
        sum(cost[i][j] for i, j in enumerate(columns))
        for columns in permutations(range(len(cost[0])), len(cost))
    )
    assert sum(cost[i][j] for i, j in enumerate(chosen)) == best


def test_the_sum_decides_not_the_first_come() -> None:
    greedy = {(0, 0): 3.0, (0, 1): 2.9, (1, 0): 2.9, (1, 1): 0.1}
    assert assign(greedy) == {0: 1, 1: 0}


def test_a_pair_that_is_not_named_is_never_made() -> None:
    assert assign({(0, 1): 1.0, (2, 1): 2.0}) == {2: 1}
    assert assign({}) == {}


@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(1, 9), max_size=14))
def test_components_do_not_change_the_sum(likeness: dict[tuple[int, int], int]) -> None:
    whole = [[-likeness.get((i, j), 0) for j in range(6)] + [0] * 6 for i in range(6)]
    best = -sum(whole[i][j] for i, j in enumerate(cheapest(whole)))
    assert sum(likeness[pair] for pair in assign(likeness).items()) == best
