"""Tests of ranks, intervals and quantiles beside `scipy.stats`, which a report does not import."""

import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from esrdata.stats import intervals
from esrdata.stats.ranks import kruskal_wallis, mann_whitney, spearman


def groups(seed: int, number: int) -> list[np.ndarray]:
    """Groups of 1 to 30 values, many of them equal in every second draw."""
    chance = np.random.default_rng(seed)
    wide = 6 if seed % 2 else 10**6
    return [chance.integers(0, wide, chance.integers(1, 31)).astype(float) for _ in range(number)]


@pytest.mark.parametrize("seed", range(60))
def test_two_groups_are_told_apart_as_by_scipy(seed: int) -> None:
    a, b = groups(seed, 2)
    for few, method in ((True, "auto"), (False, "asymptotic")):
        expected = stats.mannwhitneyu(a, b, method=method)
        assert mann_whitney(a, b, few=few) == pytest.approx(tuple(expected), rel=1e-12), method


def test_two_groups_of_one_value_are_not_told_apart() -> None:
    same = np.array([3.0, 3.0, 3.0])
    assert mann_whitney(same, same, few=True) == (4.5, 1.0)
    # By hand: of 1, 2, 3 beside 4, 5, 6 no value is above one of the other group; exactly, one of
    # 20 orders is so, and one the other way about.
    assert mann_whitney(same - 1, same + 1, few=False)[0] == 0.0
    u, p = mann_whitney(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0]), few=True)
    assert (u, p) == (0.0, pytest.approx(2 / 20))


@pytest.mark.parametrize("seed", range(60))
def test_several_groups_are_told_apart_as_by_scipy(seed: int) -> None:
    several = groups(seed, 3 + seed % 4)
    expected = stats.kruskal(*several)
    assert kruskal_wallis(several) == pytest.approx(tuple(expected), rel=1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_two_figures_go_together_as_by_scipy(seed: int) -> None:
    chance = np.random.default_rng(seed)
    n = int(chance.integers(4, 60))
    x = chance.integers(0, 9 if seed % 2 else 10**6, n).astype(float)
    y = x * chance.integers(-1, 2) + chance.integers(0, 9, n)
    expected = stats.spearmanr(x, y)
    assert spearman(x, y) == pytest.approx(tuple(expected), rel=1e-9, abs=1e-12)


def test_the_same_order_is_an_association_of_one() -> None:
    x = np.array([1.0, 2.0, 3.0, 7.0])
    assert spearman(x, x**2) == pytest.approx((1.0, 0.0), abs=1e-12)
    assert spearman(x, -x) == pytest.approx((-1.0, 0.0), abs=1e-12)


@pytest.mark.parametrize("q", [0.5, 0.25, 0.75, 0.1])
@pytest.mark.parametrize("level", [intervals.LEVEL, intervals.JOINT, 0.99])
def test_places_of_bounds_are_those_of_the_binomial_distribution(q: float, level: float) -> None:
    n = np.arange(1, 3_001)
    low, high = intervals.places(n, q, level)
    few = (1 - level) / 2
    assert (low == stats.binom.ppf(few, n, q) - 1).all()
    assert (high == stats.binom.isf(few, n, q)).all()


def test_the_bounds_of_a_share_are_wilsons() -> None:
    for n in (6, 7, 20, 333):
        for count in {0, 1, n // 3, n - 1, n}:
            found = stats.binomtest(count, n).proportion_ci(0.95, method="wilson")
            assert intervals.of_share(count, n) == pytest.approx((found.low, found.high))
    assert intervals.of_share(0, 9) == (0.0, pytest.approx(0.299145))
    assert intervals.of_share(5, 5) is None


def test_statistics_of_many_values_do_not_wait_for_the_whole_of_scipy() -> None:
    code = (
        "import numpy as np, sys; from esrdata.stats import intervals, ranks; "
        "a, b = np.arange(20.0), np.arange(30.0) + 5; "
        "ranks.mann_whitney(a, b, few=True); ranks.kruskal_wallis([a, b]); "
        "ranks.spearman(a, a % 7); intervals.of_quantile(a); intervals.of_share(3, 9); "
        "print('scipy.stats' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
