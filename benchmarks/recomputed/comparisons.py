"""Tests of groups, rank correlations and peers."""

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import stats as scipy_stats
from statsmodels.stats.multitest import multipletests

from esrdata import Portfolio, stats
from recomputed.facts import Facts, Key, Second, Value, between, plain, quantile, ratio
from recomputed.money import pairs
from recomputed.people import count_of

VALUES = (
    "public_total_absorption",
    "duration_days",
    "public_total_planned",
    "participants_planned",
)
GROUPS = ("fund", "programme_period", "status_code", "priority_axis", "region", "size_band")
PAIRS = (
    ("public_total_planned", "duration_days"),
    ("public_total_planned", "eu_and_state_absorption"),
    ("participants_planned", "public_total_planned"),
    ("duration_days", "participants_realised"),
)
# Rows of the matrix of all pairs of values that are in memory at a time.
AT_ONCE = 500


def seconds(portfolio: Portfolio, facts: Facts) -> Iterator[Second]:
    for value, by in itertools.product(VALUES, GROUPS):
        samples = grouped(facts, value, by)
        several = len({x for each in samples.values() for x in each}) > 1
        if len(samples) > 1 and several:
            yield compare_groups(portfolio, value, by, samples)
    for x, y in PAIRS:
        both = [(figure(facts, c, x), figure(facts, c, y)) for c in facts.projects]
        if sum(None not in pair for pair in both) >= 10:
            yield associations(portfolio, x, y, both)
    keys = {code: facts.keys(code, ALIKE)[0] for code in facts.projects}
    for code in list(keys)[:: max(1, len(keys) // 40)]:
        yield peers(portfolio, facts, code, keys)


def figure(facts: Facts, code: str, name: str) -> Value:
    """A figure of a project, as the overview has it."""
    if name == "duration_days":
        start, end = (facts.projects[code][f"{x}_date"] for x in ("start", "end"))
        # Whoever would end before the beginning has no length.
        return float((end - start).days + 1) if start and end and end >= start else None
    head, _, tail = name.rpartition("_")
    if head == "participants":
        return count_of(facts, code, head)[tail]
    if tail == "absorption":
        # Of projects that have ended, both sums stated exactly and the planned one above zero.
        planned, realised = pairs(facts, [code], head, "ended").get(code, (None, None))
        return ratio(realised, planned)
    return facts.sum(code, head, tail)


def grouped(facts: Facts, value: str, by: str, least: int = 5) -> dict[Any, list[float]]:
    found: dict[Any, list[float]] = {}
    for code in facts.projects:
        keys = facts.keys(code, [by])
        number = figure(facts, code, value)
        if len(keys) == 1 and keys[0][0] is not None and number is not None:
            found.setdefault(keys[0][0], []).append(float(number))
    return {key: each for key, each in found.items() if len(each) >= least}


def compare_groups(
    portfolio: Portfolio, value: str, by: str, samples: dict[Any, list[float]]
) -> Second:
    table = stats.compare_groups(portfolio, value, by)
    # Which of the two is a decides the sign, so the order is the library's.
    pairs = [(plain(a), plain(b)) for a, b in zip(table["group_a"], table["group_b"], strict=True)]
    rows: dict[Key, dict[str, Any]] = {
        (a, b): pair(np.array(samples[a]), np.array(samples[b])) for a, b in pairs
    }
    adjusted = multipletests([row["p"] for row in rows.values()], method="holm")[1]
    for row, p in zip(rows.values(), adjusted, strict=True):
        row["p_holm"] = float(p)
    everything = np.concatenate([np.array(each) for each in samples.values()])
    attrs: dict[str, Any] = {"n": len(everything)}
    if len(samples) > 2:
        h = kruskal([np.array(each) for each in samples.values()])
        n = len(everything)
        attrs |= {
            "statistic": h,
            "df": len(samples) - 1,
            "epsilon_squared": h / ((n**2 - 1) / (n + 1)),
        }
        attrs["p"] = float(scipy_stats.chi2.sf(h, len(samples) - 1))
    if len(rows) != math.comb(len(samples), 2):
        attrs["pairs"] = math.comb(len(samples), 2)
    asked = {"value": value, "by": by}
    return Second("compare_groups", asked, table, ["group_a", "group_b"], rows, attrs)


def kruskal(samples: list[Any]) -> float:
    """From mean ranks, over one less the share that ties take."""
    everything = np.concatenate(samples)
    n = len(everything)
    ranks = scipy_stats.rankdata(everything)
    ends = np.cumsum([len(each) for each in samples])
    parts = np.split(ranks, ends[:-1])
    h = 12 / (n * (n + 1)) * sum(len(p) * (p.mean() - (n + 1) / 2) ** 2 for p in parts)
    ties = np.unique(everything, return_counts=True)[1].astype(float)
    return float(h / (1 - (ties**3 - ties).sum() / (float(n) ** 3 - n)))


def pair(a: Any, b: Any) -> dict[str, Any]:
    m, n = len(a), len(b)
    row: dict[str, Any] = {"n_a": m, "n_b": n}
    row |= {"median_a": quantile(a.tolist(), 0.5), "median_b": quantile(b.tolist(), 0.5)}
    ranks = scipy_stats.rankdata(np.concatenate([a, b]))
    row["u"] = u = float(ranks[:m].sum() - m * (m + 1) / 2)
    row["p"] = mann_whitney(a, b, u)
    row["cliffs_delta"] = delta = 2 * u / (m * n) - 1
    row["delta_low"], row["delta_high"] = interval(a, b, delta)
    return row


def mann_whitney(a: Any, b: Any, u: float) -> float:
    m, n = len(a), len(b)
    ties = np.unique(np.concatenate([a, b]), return_counts=True)[1].astype(float)
    if m * n <= 10_000 and min(m, n) <= 8 and (ties == 1).all():
        return float(scipy_stats.mannwhitneyu(a, b, method="exact").pvalue)
    whole = m + n
    spread = m * n / 12 * (whole + 1 - (ties**3 - ties).sum() / (whole * (whole - 1)))
    z = (max(u, m * n - u) - m * n / 2 - 0.5) / math.sqrt(spread)
    return min(1.0, float(2 * scipy_stats.norm.sf(z)))


def interval(a: Any, b: Any, delta: float) -> tuple[float, float]:
    """Feng and Cliff's interval from the matrix of all pairs."""
    m, n = len(a), len(b)
    t = float(scipy_stats.t.ppf(0.975, m + n - 2))
    if abs(delta) == 1:
        limit = (min(m, n) - t * t) / (min(m, n) + t * t)
        return (limit, 1.0) if delta > 0 else (-1.0, -limit)
    of_a, of_b, unequal = np.empty(m), np.zeros(n), 0
    for first in range(0, m, AT_ONCE):
        signs = np.sign(np.subtract.outer(a[first : first + AT_ONCE], b))
        of_a[first : first + AT_ONCE] = signs.mean(axis=1)
        of_b += signs.sum(axis=0) / m
        unequal += int((signs != 0).sum())
    squares = unequal - m * n * delta**2
    variance = n**2 * ((of_a - delta) ** 2).sum() + m**2 * ((of_b - delta) ** 2).sum() - squares
    variance /= m * n * (m - 1) * (n - 1)
    variance = max(variance, (1 - delta**2) / (m * n - 1))
    root = t * math.sqrt(variance) * math.sqrt((1 - delta**2) ** 2 + t**2 * variance)
    below = 1 - delta**2 + t**2 * variance
    return (delta - delta**3 - root) / below, (delta - delta**3 + root) / below


def associations(portfolio: Portfolio, x: str, y: str, both: list[Any]) -> Second:
    known = np.array([pair for pair in both if None not in pair], dtype=float)
    n = len(known)
    if any(len({*known[:, side]}) < 2 for side in (0, 1)):
        # Of figures that are all alike there is no order.
        row = {"n": n, **dict.fromkeys(("rho", "p", "low", "high"))}
        table = stats.associations(portfolio, x, y)
        return Second("associations", {"x": x, "y": y}, table, ["x", "y"], {(x, y): row})
    ranks = [scipy_stats.rankdata(known[:, side]) for side in (0, 1)]
    rho = float(np.corrcoef(*ranks)[0, 1])
    t = rho * math.sqrt((n - 2) / (1 - rho**2))
    half = 1.959963984540054 * math.sqrt((1 + rho**2 / 2) / (n - 3))
    row = {
        "n": n,
        "rho": rho,
        "p": float(2 * scipy_stats.t.sf(abs(t), n - 2)),
        "low": math.tanh(math.atanh(rho) - half),
        "high": math.tanh(math.atanh(rho) + half),
    }
    table = stats.associations(portfolio, x, y)
    return Second("associations", {"x": x, "y": y}, table, ["x", "y"], {(x, y): row})


ALIKE = (
    "programme_period", "fund", "priority_axis", "specific_objective", "authority", "size_band",
)  # fmt: skip
MEASURES = (
    "public_total_planned", "public_total_absorption", "eu_and_state_absorption", "duration_days",
    "participants_planned", "participants_realised",
)  # fmt: skip


def peers(portfolio: Portfolio, facts: Facts, code: str, keys: dict[str, Key]) -> Second:
    own = keys[code]
    for end in range(len(ALIKE), 1, -1):
        chosen = [
            other
            for other, key in keys.items()
            if other != code
            and all(a is None or a == b for a, b in zip(own[:end], key, strict=False))
        ]
        if len(chosen) >= 5:
            break
    rows = {}
    for name in MEASURES:
        value = figure(facts, code, name)
        found = [figure(facts, other, name) for other in chosen]
        values = [float(x) for x in found if x is not None]
        row: dict[str, Any] = {"value": value, "n": len(values)}
        enough = values if len(values) >= 5 else []
        row |= {"median": quantile(enough, 0.5), "q1": quantile(enough, 0.25)}
        row |= {"q3": quantile(enough, 0.75), "percentile": None}
        row |= dict(zip(("median_low", "median_high"), between(enough, 0.5), strict=True))
        if enough and value is not None:
            below, equal = sum(x < value for x in values), values.count(value)
            row["percentile"] = 100 * (below + equal / 2) / len(values)
        rows[(name,)] = row
    table = stats.peers(portfolio, code, measures=MEASURES)
    return Second("peers", {"code": code}, table, ["measure"], rows)
