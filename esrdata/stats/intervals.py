"""Intervals that keep their word: of medians and quartiles by order, of shares by Wilson."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

#: The chance that an interval covers what it is of, at least.
LEVEL = 0.95
#: Two intervals of this level both hold with `LEVEL` at least.
JOINT = LEVEL**0.5
#: With fewer values the smallest and the greatest cover the median, or a quartile, less often than
#: `LEVEL`. Shares of fewer projects than have an interval of the median have none either: it would
#: be within the method and of no use.
FEWEST, FEWEST_OF_QUARTILE = 6, 13
#: The method in sentences.
METHOD = (
    "Intervals are of 95 %: those of medians and quartiles lie between two of the values "
    "themselves (order statistics), those of shares are Wilson's."
)


def of_quantile(
    values: "Sequence[float] | npt.NDArray[np.float64] | pd.Series[Any]",
    q: float = 0.5,
    level: float = LEVEL,
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
    Hahn & Meeker 1991, *Statistical Intervals*, section 5.2. The chances left out on both sides are
    each at most half of ``1 - level``.
    """
    known = np.sort(np.asarray(values, dtype=float))
    if np.isnan(known).any():
        raise ValueError("Leave missing values out before asking for their interval.")
    if not len(known):
        return None
    [low], [high] = places([len(known)], q, level)
    return None if low < 0 or high >= len(known) else (float(known[low]), float(known[high]))


def places(
    n: Sequence[int] | npt.NDArray[np.int_], q: float = 0.5, level: float = LEVEL
) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """Places of the bounds of a quantile's interval among so many rising values, from 0.

    A lower place below 0 or an upper one beyond the last value says that there is no interval.

    Parameters
    ----------
    n
        Numbers of values, each at least 1.
    q, level
        As in `of_quantile`.

    Returns
    -------
    tuple of arrays
        Lower and upper places, one for each number.
    """
    from scipy.stats import binom

    return lower_places(n, q, level), binom.isf((1 - level) / 2, n, q).astype(int)


def lower_places(
    n: Sequence[int] | npt.NDArray[np.int_], q: float = 0.5, level: float = LEVEL
) -> npt.NDArray[np.int_]:
    """Places of the lower bounds alone, as `places` has them."""
    from scipy.stats import binom

    lower: npt.NDArray[np.int_] = binom.ppf((1 - level) / 2, n, q).astype(int) - 1
    return lower


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
        Lower and upper bound, within 0 and 1; None where ``n`` is below 6.

    Notes
    -----
    Wilson 1927, *JASA* 22; recommended over the usual one by Brown, Cai & DasGupta 2001,
    *Statistical Science* 16. By `scipy.stats.binomtest`.
    """
    if n < FEWEST:
        return None
    from scipy.stats import binomtest

    found = binomtest(count, n).proportion_ci(level, method="wilson")
    return float(found.low), float(found.high)


def bounds(
    found: Iterable[tuple[float, float] | None], index: pd.Index
) -> "tuple[pd.Series[Any], pd.Series[Any]]":
    """Lower and upper bounds of intervals (Float64); missing where there is none."""
    pairs = [(None, None) if pair is None else pair for pair in found]
    low, high = (pd.Series([p[i] for p in pairs], index, dtype="Float64") for i in (0, 1))
    return low, high


def ends(name: str, low: "pd.Series[Any]", high: "pd.Series[Any]") -> "dict[str, pd.Series[Any]]":
    """Name the bounds of an interval as columns."""
    return {f"{name}_low": low, f"{name}_high": high}


def shares(name: str, counts: "pd.Series[Any]", n: "pd.Series[Any]") -> "dict[str, pd.Series[Any]]":
    """Shares and their intervals as three columns; a share of none is missing."""
    share = (counts / n.where(n > 0)).astype("Float64")
    found = (of_share(*pair) for pair in zip(counts, n, strict=True))
    return {name: share, **ends(name, *bounds(found, counts.index))}


def missing(groups: Iterable[Any], n: "pd.Series[Any]") -> list[dict[str, Any]]:
    """Which groups lack intervals, and why; `groups` as JSON has them, in the order of `n`."""
    return [
        {"group": group, "reason": _reason(int(size))}
        for group, size in zip(groups, n, strict=True)
        if size < FEWEST_OF_QUARTILE
    ]


def _reason(n: int) -> str:
    if n < FEWEST:
        return f"An interval takes {FEWEST} values, and the group has {n}."
    return f"An interval of a quartile takes {FEWEST_OF_QUARTILE} values, and the group has {n}."
