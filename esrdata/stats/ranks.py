"""Tests of ranks for many values, as `scipy.stats` computes them.

A report needs four functions of `scipy.stats`, and importing it took a thirtieth of its time. Tests
hold these against it. Few values are tested exactly, by `scipy.stats` itself.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Figures: TypeAlias = "npt.NDArray[np.float64]"


def mann_whitney(a: Figures, b: Figures, *, few: bool) -> tuple[float, float]:
    """Mann and Whitney's U of the first of two groups, and its two-sided p.

    Parameters
    ----------
    a, b
        The values of each group.
    few
        Whether p is exact where no two values are equal and a group has at most eight.

    Notes
    -----
    Mann & Whitney 1947, *Annals of Mathematical Statistics* 18; else p is by the normal
    distribution, corrected for ties and for continuity.
    """
    from scipy.special import ndtr

    m, n = len(a), len(b)
    ranks, ties = _ranked([a, b])
    if few and min(m, n) <= 8 and not ties:
        from scipy.stats import mannwhitneyu

        exact = mannwhitneyu(a, b, method="exact")
        return float(exact.statistic), float(exact.pvalue)
    u = float(ranks[0].sum()) - m * (m + 1) / 2
    spread = np.sqrt(m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1))))
    # Where all values are one, no other order is further apart.
    z = (abs(u - m * n / 2) - 0.5) / spread if spread else 0.0
    return u, min(2 * float(ndtr(-z)), 1.0)


def kruskal_wallis(samples: Sequence[Figures]) -> tuple[float, float]:
    """Kruskal and Wallis' H of some groups, whose values are not all one, and its p.

    Notes
    -----
    Kruskal & Wallis 1952, *Journal of the American Statistical Association* 47; corrected for ties,
    p by chi-squared.
    """
    from scipy.special import chdtrc

    ranks, ties = _ranked(samples)
    n = sum(map(len, samples))
    squares = sum(float(own.sum()) ** 2 / len(own) for own in ranks)
    h = (12 / (n * (n + 1)) * squares - 3 * (n + 1)) / (1 - ties / (n**3 - n))
    return h, float(chdtrc(len(samples) - 1, h))


def spearman(x: Figures, y: Figures) -> tuple[float, float]:
    """Spearman's rank correlation of figures that vary, and its p by Student's t."""
    from scipy.special import stdtr

    rho = float(np.corrcoef(pd.Series(x).rank(), pd.Series(y).rank())[0, 1])
    freedom = len(x) - 2
    if abs(rho) >= 1:
        return rho, 0.0
    t = rho * np.sqrt(freedom / ((rho + 1) * (1 - rho)))
    return rho, 2 * float(stdtr(freedom, -abs(t)))


def _ranked(samples: Sequence[Figures]) -> tuple[list[Figures], float]:
    """The ranks of each group among all, and the sum of t³ − t of values that t have in common."""
    together = np.concatenate(list(samples))
    ranks = pd.Series(together).rank().to_numpy(dtype=float)
    _, times = np.unique(together, return_counts=True)
    times = times.astype(float)
    ends = np.cumsum([len(own) for own in samples])[:-1]
    return np.split(ranks, ends), float((times**3 - times).sum())
