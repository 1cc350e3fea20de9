"""The best chain, on cases small enough to work out by hand."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esrdata.reading.form.alignment import best_chain


def flat(i: int, j: int) -> float:
    return 0.0


def chain(orders: list[int], worth: list[float] | None = None) -> tuple[list[int], list[int]]:
    return best_chain(orders, lambda i: worth[i] if worth else 1.0, flat)[:2]


@pytest.mark.parametrize(
    ("orders", "chosen", "doubtful"),
    [
        ([], [], []),
        ([3], [0], []),
        ([0, 1, 2], [0, 1, 2], []),
        # 7 stands too early: taking it would lose 1 and 2
        ([0, 7, 1, 2], [0, 2, 3], []),
        # 0 stands too late
        ([0, 1, 0, 2], [0, 1, 3], []),
        # two places for 1, equally good: the first, and it is said
        ([0, 1, 1, 2], [0, 1, 3], [1]),
        # the first 1 comes before 0, so only the second fits between
        ([1, 0, 1, 2], [1, 2, 3], []),
        # the whole form quoted in front of itself: each of the first is as good as the second
        ([0, 1, 0, 1], [0, 1], [0, 1]),
        # the same place of the form is never taken twice
        ([4, 4, 4], [0], [0]),
    ],
)
def test_order_decides(orders: list[int], chosen: list[int], doubtful: list[int]) -> None:
    assert chain(orders) == (chosen, doubtful)


def test_worth_decides_between_two_that_fit() -> None:
    assert chain([0, 1, 1, 2], [1, 1, 3, 1]) == ([0, 2, 3], [])
    assert chain([0, 1, 1, 2], [1, 3, 1, 1]) == ([0, 1, 3], [])


def test_one_of_great_worth_outweighs_two() -> None:
    assert chain([0, 5, 1, 2], [1, 9, 1, 1]) == ([0, 1], [])


def test_what_lies_between_counts() -> None:
    # between the first 1 and 2 lies what costs more than the second 1 does
    costs = {(1, 3): -2.0, (2, 3): -0.5}
    assert best_chain([0, 1, 1, 2], lambda i: 1.0, lambda i, j: costs.get((i, j), 0.0))[:2] == (
        [0, 2, 3],
        [],
    )


def test_the_beginning_and_the_end_count() -> None:
    # -1 is the beginning, 2 the end; what a chain leaves out at either side counts against it
    costs = {(-1, 0): 0.0, (-1, 1): -3.0, (0, 2): -1.0, (1, 2): 0.0, (-1, 2): -20.0}

    def between(i: int, j: int) -> float:
        return costs.get((i, j), 0.0)

    assert best_chain([0, 0], lambda i: 1.0, between)[:2] == ([0], [])
    costs[-1, 0] = -9.0
    assert best_chain([0, 0], lambda i: 1.0, between)[:2] == ([1], [])


def test_sums_of_tenths_tie() -> None:
    # 0.1 + (0.2 + 0.3) and 0.3 + (0.2 + 0.1) differ in binary, not for a person
    chosen, doubtful = chain([0, 1, 2, 0, 1, 2], [0.1, 0.2, 0.3, 0.3, 0.2, 0.1])
    assert (chosen, doubtful) == ([0, 1, 2], [0, 1, 2])


def test_candidates_without_a_rival_are_taken_whatever_they_cost() -> None:
    # What then stands under them unexplained is reported; as prose it would pass unseen.
    costs = {(0, 1): -9.0}
    in_order = best_chain([0, 1], lambda i: 1.0, lambda i, j: costs.get((i, j), 0.0))[:2]
    assert in_order == ([0, 1], [])


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), max_size=7))
def test_no_other_chain_is_worth_more(candidates: list[tuple[int, int]]) -> None:
    orders = [order for order, _ in candidates]
    worth = [float(w) for _, w in candidates]
    chosen, doubtful = chain(orders, worth)
    assert all(orders[a] < orders[b] for a, b in pairwise(chosen))
    assert set(doubtful) <= set(chosen)
    rising = [
        sum(worth[i] for i in some)
        for size in range(len(orders) + 1)
        for some in combinations(range(len(orders)), size)
        if all(orders[a] < orders[b] for a, b in pairwise(some))
    ]
    assert sum(worth[i] for i in chosen) == max(rising)
