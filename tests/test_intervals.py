"""Intervals of medians, quartiles and shares; ranks from tables of the binomial distribution."""

from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd
import pytest

from esrdata.explorer.data import _intervals
from esrdata.stats import intervals
from esrdata.stats.intervals import JOINT, of_quantile, of_share, places


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [
        # Of 6 values all lie on one side of the median with the chance 2 / 64 = 3.1 %.
        (6, 1, 6),
        # 2 / 256 for the outermost; the next would miss with 2 * 9 / 256 = 7.0 %.
        (8, 1, 8),
        # 2 * 10 / 512 = 3.9 %.
        (9, 2, 8),
        # The ranks of printed tables of the sign test.
        (10, 2, 9),
        (15, 4, 12),
        (20, 6, 15),
        (25, 8, 18),
    ],
)
def test_the_interval_of_a_median_has_the_ranks_of_the_sign_test(
    n: int, low: int, high: int
) -> None:
    values = np.random.default_rng(n).permutation(np.arange(1.0, n + 1))
    assert of_quantile(values) == (low, high)


def test_five_values_have_no_interval_of_the_median() -> None:
    # 2 / 32 = 6.3 % lies outside of all five.
    assert of_quantile([1, 2, 3, 4, 5]) is None
    assert of_quantile([]) is None


def test_quartiles_take_thirteen_values() -> None:
    # 0.75 to the 12th power is 3.2 %, to the 13th 2.4 %. Of 13 values more than six lie below the
    # lower quartile with 2.4 %, more than five with 8.0 %: ranks 1 and 7, mirrored 7 and 13.
    assert of_quantile(range(12), 0.25) is None
    assert of_quantile(range(1, 14), 0.25) == (1, 7)
    assert of_quantile(range(1, 14), 0.75) == (7, 13)


def test_equal_values_have_an_interval_without_width() -> None:
    assert of_quantile([1.0] * 6) == (1, 1)
    # Ranks 2 and 8 of nine.
    assert of_quantile([0.2, 1, 1, 1, 1, 1, 1, 1, 3]) == (1, 1)


def test_a_missing_value_is_no_value() -> None:
    with pytest.raises(ValueError, match="missing"):
        of_quantile([1, 2, 3, 4, 5, 6, float("nan")])


def test_wilson_by_hand() -> None:
    # z² = 3.841459. Centre (0.8 + 0.1920729) / 1.3841459 = 0.7167400, half
    # 1.959964 / 1.3841459 * √(0.016 + 3.841459 / 400) = 0.2265777.
    assert of_share(8, 10) == pytest.approx((0.490162, 0.943318), abs=1e-6)
    # Of none the upper bound is z² / (n + z²), of all the lower one the rest.
    assert of_share(0, 10) == pytest.approx((0, 3.841459 / 13.841459), abs=1e-6)
    assert of_share(10, 10) == pytest.approx((10 / 13.841459, 1), abs=1e-6)


def test_shares_of_fewer_than_six_have_no_interval() -> None:
    assert of_share(2, 5) is None
    assert of_share(0, 0) is None
    found = intervals.shares(
        "share", pd.Series([3, 0, 0], dtype="Int64"), pd.Series([6, 2, 0], dtype="Int64")
    )
    assert list(found) == ["share", "share_low", "share_high"]
    assert list(found["share"].fillna(-1)) == [0.5, 0, -1]
    assert list(found["share_low"].isna()) == [False, True, True]
    # The interval of one half is even about it.
    assert found["share_low"][0] + found["share_high"][0] == pytest.approx(1)


def test_groups_that_are_too_small_are_named() -> None:
    sizes = pd.Series([5, 6, 12, 13], dtype="Int64")
    assert intervals.missing(["a", "b", "c", "d"], sizes) == [
        {"group": "a", "reason": "An interval takes 6 values, and the group has 5."},
        {"group": "b", "reason": "An interval of a quartile takes 13 values, and the group has 6."},
        {
            "group": "c",
            "reason": "An interval of a quartile takes 13 values, and the group has 12.",
        },
    ]


def test_the_explorer_has_the_places_of_the_statistics() -> None:
    numbers, page = np.arange(1, 3001), _intervals(3000)
    asked: dict[str, dict[str, Any]] = {text: {"q": float(text)} for text in page["quantiles"]}
    assert set(asked) == {"0.25", "0.5", "0.75"}
    for name, choice in {**asked, "joint": {"level": JOINT}}.items():
        found = page["quantiles"].get(name, page["joint"])
        low, high = places(numbers, **choice)
        assert list(accumulate(found["low"])) == low.tolist(), name
        assert list(accumulate(found["high"])) == high.tolist(), name
