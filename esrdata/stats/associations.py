"""Which figures of projects rise and fall together."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from esrdata.errors import UsageError
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.columns import typed
from esrdata.stats.comparison import NO_CAUSE, ensure_least
from esrdata.stats.facts import quantities, specs_of
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, chosen, within
from esrdata.stats.recording import current, note


@statistic
def associations(
    portfolio: Portfolio,
    x: str | Sequence[str],
    y: str | Sequence[str],
    *,
    min_n: int = 10,
    population: Population | None = None,
) -> pd.DataFrame:
    """Tell which figures of projects rise and fall together, by the order of their values.

    Parameters
    ----------
    x, y
        One or more figures of `Portfolio.overview` each; every x is paired with every y once, and
        none with itself.
    min_n
        The least number of projects with both values; at least 4.
    population
        Whom the pairs are about; None is all projects. A figure that is about some, as absorption
        about ended projects, is so here too.

    Returns
    -------
    DataFrame
        A row per pair: `x`, `y`; `n` (Int64, projects with both values); `rho`, from −1 to 1;
        `low`, `high`, its 95 % interval; `p`, two-sided and not adjusted for the number of pairs
        (Float64). With too few projects, or a figure that is the same in all of them, rho and the
        rest are missing; when rho is exactly −1 or 1 the interval is.

        `attrs`: `title`, `population`, `population_spec`, `exclusions` (per figure), `method`,
        `refused`: x, y, n and the reason of each pair where something is missing; `figures`: the
        populations of figures that have their own.

    Raises
    ------
    UsageError
        If a name is unknown, or no pair is left.

    Notes
    -----
    Spearman's rank correlation (1904, American Journal of Psychology 15), ties with their mean
    rank; p by Student's t. The interval is Fisher's z with the variance (1 + rho² / 2) / (n − 3) of
    Bonett & Wright (2000, Psychometrika 65); it is rough beyond a rho of 0.95.

    Not for telling of causes, nor of figures made of each other, such as an absorption and its own
    sums; two figures that rise and then fall together can have a rho of zero.
    """
    from scipy import stats

    ensure_least(min_n, 4)
    firsts, seconds = ([names] if isinstance(names, str) else list(names) for names in (x, y))
    names = list(dict.fromkeys([*firsts, *seconds]))
    about = chosen("associations", population)
    portfolio, out = within(portfolio, about)
    figures, _ = quantities(portfolio, names, about)
    asked: dict[frozenset[str], tuple[str, str]] = {}
    for pair in itertools.product(firsts, seconds):
        asked.setdefault(frozenset(pair), pair)
    pairs = [pair for both, pair in asked.items() if len(both) == 2]
    if not pairs:
        raise UsageError("Give two different figures, such as 'duration_days' and 'partner_count'.")
    rows, refused = [], []
    for one, other in pairs:
        both = figures[[one, other]].dropna()
        if current() is not None:
            members = figures[["project_code"]].assign(x=one, y=other)
            note("n", members, figures[[one, other]].notna().all(axis=1), keys=["x", "y"])
        n = len(both)
        row: dict[str, Any] = {"x": one, "y": other, "n": n}
        same = [name for name in (one, other) if n and both[name].nunique() == 1]
        reason = None
        if n < min_n:
            reason = f"Only {n} projects have both {one} and {other}; at least {min_n} are needed."
        elif same:
            reason = f"The {same[0]} is the same in all {n} projects."
        else:
            found = stats.spearmanr(*(both[name].to_numpy(dtype=float) for name in (one, other)))
            rho = float(found.statistic)
            row |= {"rho": rho, "p": float(found.pvalue)}
            if abs(rho) < 1 - 1e-12:  # but for rounding
                half = stats.norm.ppf(0.975) * np.sqrt((1 + rho**2 / 2) / (n - 3))
                row["low"], row["high"] = np.tanh(np.arctanh(rho) + np.array([-half, half]))
            else:
                reason = "The two orders are the same or opposite, so there is no interval."
        rows.append(row)
        if reason is not None:
            refused.append({"x": one, "y": other, "n": n, "reason": reason})
    return groups.annotate(
        typed(rows, "associations"),
        title="Associations of " + ", ".join(names),
        population=f"Projects: {len(figures)}; each pair counts those that have both values.",
        about=about,
        exclusions={
            **out,
            **{
                f"The {name} is missing or does not apply.": int(figures[name].isna().sum())
                for name in names
            },
        },
        method=(
            "Spearman's rank correlation with a 95 % interval by Fisher's z and the variance of "
            "Bonett and Wright (2000). p is not adjusted for the number of pairs. " + NO_CAUSE
        ),
        refused=refused,
        figures=specs_of(names, about),
    )
