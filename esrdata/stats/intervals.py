"""Intervals that keep their word: of medians and quartiles by order, of shares by Wilson."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

#: The chance that an interval covers what it is of, at least.
LEVEL = 0.95
#: With fewer values the smallest and the greatest cover the median less often than `LEVEL`.
FEWEST = 6


def of_quantile(
    values: Sequence[float] | npt.NDArray[np.float64], q: float = 0.5, level: float = LEVEL
) -> tuple[float, float] | None:
    """The interval of a quantile between two of the values themselves.

    The number of values below the quantile is binomial whatever their distribution, so that two
    order statistics cover it with a known chance, which is at least `level`. Ties make the chance
    greater, never smaller.

    Parameters
    ----------
    values
        Without missing ones, in any order.
    q
        Which quantile: 0.5 is the median, 0.25 and 0.75 the quartiles.
    level
        The chance of covering it, at least.

    Returns
    -------
    tuple of float or None
        Lower and upper bound; None where no two values cover so often: below 6 values for the
        median, below 13 for a quartile.

    Notes
    -----
    Hahn & Meeker 1991, *Statistical Intervals*, section 5.2. The chances left out on both sides
    are each at most half of ``1 - level``.
    """
    from scipy.stats import binom

    ordered = np.sort(np.asarray(values, dtype=float))
    n, half = len(ordered), (1 - level) / 2
    # Rank l is covered from below unless fewer than l values lie below the quantile.
    below = binom.cdf(np.arange(n), n, q)
    lower = int(np.searchsorted(below, half, side="right"))
    upper = int(np.searchsorted(below, 1 - half, side="left")) + 1
    if lower < 1 or upper > n:
        return None
    return float(ordered[lower - 1]), float(ordered[upper - 1])


def of_share(count: int, n: int, level: float = LEVEL) -> tuple[float, float] | None:
    """Wilson's interval of a share.

    Parameters
    ----------
    count, n
        So many of so many.
    level
        The chance of covering the share, on average over shares.

    Returns
    -------
    tuple of float or None
        Lower and upper bound, within 0 and 1; None where ``n`` is 0.

    Notes
    -----
    Wilson 1927, *JASA* 22; recommended over the usual one by Brown, Cai & DasGupta 2001,
    *Statistical Science* 16.
    """
    if n == 0:
        return None
    from scipy.stats import norm

    z = float(norm.ppf(1 - (1 - level) / 2))
    share, extra = count / n, z * z / n
    centre = (share + extra / 2) / (1 + extra)
    half = z / (1 + extra) * math.sqrt(share * (1 - share) / n + extra / (4 * n))
    return max(centre - half, 0.0), min(centre + half, 1.0)
