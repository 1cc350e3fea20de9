"""Whether groups of projects differ in a figure."""

import itertools
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd

from esrdata.errors import UsageError
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import quantities, reason_of
from esrdata.stats.grouped import plain
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, checked, default, within
from esrdata.stats.recording import current, note
from esrdata.stats.who import Joining
from esrdata.tables.overview import population_of

_Figures = npt.NDArray[np.float64]
#: Pairs of groups up to this many pairs of values may have an exact p; it takes long for more.
EXACT = 10_000
_NO_TEST = {
    **dict.fromkeys(("test", "statistic", "df", "epsilon_squared", "p")),
    "n": 0,
    "share_tied": None,
    "heaping": None,
}
_PAIR = ("u", "p", "p_holm", "cliffs_delta", "delta_low", "delta_high")
NO_CAUSE = "A difference or an association does not tell of a cause."


@statistic
def compare_groups(
    portfolio: Portfolio,
    value: str,
    by: str,
    *,
    min_n: int = 5,
    pairs: bool = True,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Tell whether groups of projects differ in a figure, by the order of its values.

    Parameters
    ----------
    portfolio
        The projects. A priority axis has another meaning in another programme period: select one.
    value
        A figure of `Portfolio.overview`, such as ``public_total_absorption``.
    by
        One name that `groups.keys` takes. By region, projects of several regions are left out, for
        they would count twice.
    min_n
        Groups with fewer values are left out; at least 2.
    pairs
        Whether three or more groups are also compared two by two. Many groups make many pairs.
    population
        Whom the comparison is about; None is all projects, and where the figure is about some,
        as absorption about ended projects with both sums, these.

    Returns
    -------
    DataFrame
        A row per pair of groups, in the order of the groups: `group_a`, `group_b` (dtype of the
        key); `n_a`, `n_b` (Int64, projects with a value); `median_a`, `median_b` (Float64, in the
        unit of the figure); `u` (of group a), `p`, `p_holm` (adjusted for the number of pairs),
        `cliffs_delta` (from −1, all of a below all of b, to 1), `delta_low`, `delta_high` (95 %
        interval). Nothing is missing. Of three or more groups there is no row when `pairs` is
        false; nor is there any where fewer than two groups are large enough or all values are the
        same, and `attrs` says so as `why_empty`.

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`; `value`, `by`,
        `min_n`; the overall test: `test`, `statistic`, `df` and `epsilon_squared` (None for two
        groups), `p`, `n`; `groups` (each with group, n, median), `left_out` (group, n);
        `share_tied` (share of values equal to another one) and `heaping` (the commonest value and
        its share; None where no two are equal).

    Raises
    ------
    UsageError
        If a name is unknown, or `min_n` too low.

    Notes
    -----
    Two groups: the Mann–Whitney U test (Mann & Whitney 1947), two-sided; p is exact for small
    groups without ties, else normal, corrected for ties and continuity. Three or more: the
    Kruskal–Wallis test (1952), corrected for ties, with epsilon squared, H (n + 1) / (n² − 1)
    (Tomczak & Tomczak 2014, Trends in Sport Sciences 21), then every pair as above with p adjusted
    by Holm (1979, Scandinavian Journal of Statistics 6).

    Cliff's delta is P(a > b) − P(a < b), its variance the unbiased estimate of Cliff (1996,
    Ordinal Methods for Behavioral Data Analysis) and its interval the asymmetric one of Feng &
    Cliff (2004, Journal of Modern Applied Statistical Methods 3), with Student's t of n_a + n_b − 2
    degrees of freedom; where groups do not overlap, their equation 8.

    Not for telling of causes, nor of medians unless the groups' values are spread alike; rough
    where groups are small and most values tied. A portfolio that is a whole programme is no sample:
    p then only tells how surprising the difference is had chance dealt out the groups.
    """
    if not isinstance(by, str):
        raise UsageError("Groups are compared by one name, such as 'priority_axis'.")
    ensure_least(min_n, 2)
    about = checked(population).completed(population_of(value) or default("compare_groups"))
    portfolio, out = within(portfolio, about)
    keys = groups.keys(portfolio, by, rule="leave_out", **who)
    figures, without = quantities(portfolio, [value], about)
    rows = keys.merge(figures.assign(_without=without), on="project_code", how="left")
    keyed, valued = rows[by].notna(), rows[value].notna()
    sizes = rows[keyed & valued].groupby(by, sort=False)[value].size()
    kept = rows[keyed & valued & rows[by].isin(sizes[sizes >= min_n].index)]
    samples = {key: part.to_numpy(dtype=float) for key, part in kept.groupby(by, sort=False)[value]}
    why = _why_not(samples, sizes, value, by, min_n)
    compared = {} if why else samples
    table = _pairs(compared, rows[by].dtype, pairs or len(compared) == 2)
    overall = _overall(compared, table) if compared else {**_NO_TEST, "groups": _medians(samples)}
    n = sum(map(len, compared.values()))
    if current() is not None:
        members = rows[["project_code"]].assign(reason=reason_of(rows["_without"]))
        for side in ("a", "b"):
            group = f"group_{side}"
            note(f"n_{side}", members.assign(**{group: rows[by]}), valued, keys=[group])
    exclusions = {
        **out,
        **{row["reason"]: row["n"] for row in keys.attrs["exclusions"]},
        f"The project has no {by}.": int((~keyed).sum()),
        "What is counted does not apply to the project.": int((keyed & rows["_without"]).sum()),
        f"The {value} is missing.": int((keyed & ~valued & ~rows["_without"]).sum()),
        f"The group has fewer than {min_n} values.": int((keyed & valued).sum()) - len(kept),
        **({"The groups cannot be compared.": len(kept)} if why else {}),
    }
    return groups.annotate(
        table,
        title=f"Differences in {value} by {by}",
        population=f"Projects compared: {n}, in {len(compared)} groups.",
        about=about,
        exclusions=exclusions,
        method=" ".join(
            filter(None, (why or _method(overall, len(table)), keys.attrs["method"], NO_CAUSE))
        ),
        value=value,
        by=by,
        min_n=min_n,
        **overall,
        left_out=[{"group": plain(k), "n": int(n)} for k, n in sizes.items() if n < min_n],
        **({"why_empty": why} if why else {}),
    )


def ensure_least(min_n: int, least: int) -> None:
    """Raise where the least number of values is too low."""
    if min_n < least:
        raise UsageError(f"The least number of values, min_n, is {least} or more, not {min_n}.")


def _why_not(
    samples: "dict[Any, _Figures]", sizes: "pd.Series[int]", value: str, by: str, min_n: int
) -> str | None:
    """Why groups cannot be compared; None where they can."""
    if len(samples) < 2:
        largest = ", ".join(str(n) for n in sorted(sizes, reverse=True)[:3]) or "0"
        return (
            f"Comparing {value} by {by} takes two groups with at least {min_n} values each; groups "
            f"with as many: {len(samples)} (the largest have n = {largest})."
        )
    values = np.concatenate(list(samples.values()))
    if (values == values[0]).all():
        return f"All {len(values)} values of {value} are {values[0]:g}, so nothing can be compared."
    return None


def _medians(samples: "dict[Any, _Figures]") -> list[dict[str, Any]]:
    return [
        {"group": plain(key), "n": len(part), "median": float(np.median(part))}
        for key, part in samples.items()
    ]


def _pairs(samples: "dict[Any, _Figures]", dtype: Any, wanted: bool) -> pd.DataFrame:
    """A row per pair of groups."""
    rows = [
        {
            "group_a": a,
            "group_b": b,
            "n_a": len(samples[a]),
            "n_b": len(samples[b]),
            "median_a": np.median(samples[a]),
            "median_b": np.median(samples[b]),
            **_pair(samples[a], samples[b]),
        }
        for a, b in itertools.combinations(samples if wanted else (), 2)
    ]
    kinds = {"group_a": dtype, "group_b": dtype, "n_a": "Int64", "n_b": "Int64"}
    kinds |= dict.fromkeys(("median_a", "median_b", *_PAIR), "Float64")
    table = pd.DataFrame(rows).reindex(columns=list(kinds)).astype(kinds)
    table["p_holm"] = pd.array(_holm(table["p"].to_numpy(dtype=float)), dtype="Float64")
    return table


def _pair(a: _Figures, b: _Figures) -> dict[str, float]:
    """Mann–Whitney's test of two groups, and Cliff's delta with its interval."""
    from scipy import stats

    m, n = len(a), len(b)
    test = stats.mannwhitneyu(a, b, method="auto" if m * n <= EXACT else "asymptotic")
    # Where all values are one, no other order is further apart; scipy from 1.18 on says NaN there.
    p = float(test.pvalue) if np.ptp([*a, *b]) else 1.0
    # How far each value of one group dominates the other group, without the matrix of all pairs.
    below, up_to = (np.searchsorted(np.sort(b), a, side=side) for side in ("left", "right"))
    rows = (below + up_to - n) / n
    below_a, up_to_a = (np.searchsorted(np.sort(a), b, side=side) for side in ("left", "right"))
    others = (m - below_a - up_to_a) / m
    delta = float(rows.mean())
    t = float(stats.t.ppf(0.975, m + n - 2))
    if abs(delta) == 1:
        limit = (min(m, n) - t**2) / (min(m, n) + t**2)
        low, high = (limit, 1.0) if delta == 1 else (-1.0, -limit)
    else:
        unequal = m * n - (up_to - below).sum()
        spread = n**2 * ((rows - delta) ** 2).sum() + m**2 * ((others - delta) ** 2).sum()
        spread -= unequal - m * n * delta**2
        # The least that Cliff allows, for the unbiased estimate can be negative.
        variance = max(spread / (m * n * (m - 1) * (n - 1)), (1 - delta**2) / (m * n - 1))
        half = t * np.sqrt(variance * ((1 - delta**2) ** 2 + t**2 * variance))
        whole = 1 - delta**2 + t**2 * variance
        low, high = ((delta - delta**3 + side * half) / whole for side in (-1, 1))
    return {
        "u": float(test.statistic),
        "p": p,
        "cliffs_delta": delta,
        "delta_low": float(low),
        "delta_high": float(high),
    }


def _holm(p: _Figures) -> _Figures:
    """Adjust by Holm: the smallest p times the number of tests, the next times one less, so on."""
    order = np.argsort(p)
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1)
    return adjusted


def _overall(samples: "dict[Any, _Figures]", table: pd.DataFrame) -> dict[str, Any]:
    """The test of all groups at once, and what is to be known of its values."""
    from scipy import stats

    values, counts = np.unique(np.concatenate(list(samples.values())), return_counts=True)
    n = int(counts.sum())
    test: dict[str, Any] = {"test": "Mann–Whitney U", "df": None, "epsilon_squared": None}
    if len(samples) == 2:
        test |= {"statistic": float(table["u"].iloc[0]), "p": float(table["p"].iloc[0])}
    else:
        found = stats.kruskal(*samples.values())
        h = float(found.statistic)
        test |= {"test": "Kruskal–Wallis", "statistic": h, "p": float(found.pvalue)}
        test |= {"df": len(samples) - 1, "epsilon_squared": h * (n + 1) / (n**2 - 1)}
    commonest = int(counts.argmax())
    heaping = {"value": float(values[commonest]), "share": float(counts[commonest] / n)}
    return {
        **test,
        "n": n,
        "groups": _medians(samples),
        "share_tied": float(counts[counts > 1].sum() / n),
        "heaping": heaping if counts[commonest] > 1 else None,
    }


def _method(overall: dict[str, Any], n_pairs: int) -> str:
    """The method in sentences, with how far the values are tied."""
    sentences = [f"{overall['test']} test of all groups at once."]
    if overall["df"]:
        sentences.append("Epsilon squared is the size of the effect.")
    if n_pairs > 1:
        sentences.append("Pairs of groups: Mann–Whitney U test, p adjusted by Holm's method.")
    if n_pairs:
        sentences.append("Cliff's delta with the 95 % interval of Feng and Cliff (2004).")
    if heaping := overall["heaping"]:
        sentences.append(
            f"{overall['share_tied']:.0%} of the values equal another one, and the commonest, "
            f"{heaping['value']:g}, is {heaping['share']:.0%} of all; equal values share their "
            "mean rank, and p is corrected for them."
        )
    return " ".join([*sentences, *([] if heaping else ["No value equals another."])])
