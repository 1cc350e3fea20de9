"""Figures of the sides of a comparison, and the differences between two of them."""

import itertools
from typing import Any

import numpy as np
import pandas as pd

from esrdata.stats import difference, intervals
from esrdata.stats.sides import FIGURE, PAIR, SHARE, Sides, numbers

#: Each side against each other one, or against all the others together.
EACH, REST = "each", "rest"
#: Shares of the plan: below the one and above the other projects are far from it.
BELOW, ABOVE = 0.8, 1.0


def of_side(rows: pd.DataFrame, kind: str, reach: float | None) -> dict[str, Any]:
    """The figures of one side."""
    values = numbers(rows["value"])
    n = len(values)
    found: dict[str, Any] = {"n": n, "n_excluded": len(rows) - n}
    if not n:
        counts = [f"n_{name}" for name in _shares(values, kind, reach)]
        return found | dict.fromkeys(counts, 0)
    if kind == PAIR:
        planned, realised = numbers(rows["planned"]), numbers(rows["realised"])
        found |= {"planned": round(planned.sum(), 2), "realised": round(realised.sum(), 2)}
        found["ratio_of_sums"] = realised.sum() / planned.sum()
    elif kind == FIGURE:
        found |= {"total": round(values.sum(), 2), "mean": values.mean()}
    for name, counted in _shares(values, kind, reach).items():
        count = int(counted.sum())
        found |= {f"n_{name}": count, f"share_{name}": count / n}
        found |= _ends(f"share_{name}", intervals.of_share(count, n))
    if kind == SHARE:
        return found
    found["q1"], found["median"], found["q3"] = np.quantile(values, [0.25, 0.5, 0.75])
    return found | _ends("median", intervals.of_quantile(values))


def _ends(name: str, bounds: tuple[float, float] | None) -> dict[str, float]:
    return {} if bounds is None else {f"{name}_low": bounds[0], f"{name}_high": bounds[1]}


def _shares(values: difference.Values, kind: str, reach: float | None) -> dict[str, Any]:
    """Which projects are far from their plan, or reach the round value of a figure."""
    if kind == PAIR:
        return {"below_080": values < BELOW, "above_100": values > ABOVE}
    return {} if reach is None else {"at_least": values >= reach}


def of_pairs(
    sides: Sides, facts: pd.DataFrame, kind: str, reach: float | None, way: str
) -> list[dict[str, Any]]:
    """The differences of every pair of sides that is asked for."""
    parts = {label: facts[facts["side"] == label] for label in sides.labels}
    pairs: list[tuple[str, str | None]]
    if way == EACH:
        pairs = list(itertools.combinations(sides.labels, 2))
    elif way == REST:
        pairs = [(label, None) for label in sides.labels]
    else:
        pairs = [(label, way) for label in sides.labels if label != way]
    rows = []
    for a, b in pairs:
        other = parts[b] if b is not None else facts[facts["side"] != a]
        gaps = _between(parts[a], other, kind, reach, sides.paired)
        rows += [{"figure": name, "side_a": a, "side_b": b, **gap} for name, gap in gaps.items()]
    return rows


def _gap(a: float, b: float, bounds: difference.Bounds, rule: str | None) -> dict[str, Any]:
    low, high = (None, None) if bounds is None else bounds
    found: dict[str, Any] = {"a": float(a), "b": float(b), "difference": float(a - b)}
    found |= {"difference_low": low, "difference_high": high}
    return found | {"rule": None if bounds is None else rule}


def _between(
    a: pd.DataFrame, b: pd.DataFrame, kind: str, reach: float | None, paired: bool
) -> dict[str, dict[str, Any]]:
    """Differences of other projects, or of the same, each with its own change.

    None where a side has no figures.
    """
    if paired:
        a, b = (part[part["value"].notna()].sort_values("project_code") for part in (a, b))
    x, y = numbers(a["value"]), numbers(b["value"])
    if not len(x) or not len(y):
        return {}
    of_shares = difference.of_paired_shares if paired else difference.of_shares
    rule = "newcombe_paired" if paired else "newcombe"
    first, second = (_shares(values, kind, reach) for values in (x, y))
    shares = {
        f"share_{name}": _gap(p.mean(), q.mean(), of_shares(p, q), rule)
        for (name, p), q in zip(first.items(), second.values(), strict=True)
    }
    if kind == SHARE:
        return shares
    bounds = None if paired else difference.of_medians(x, y)
    medians = {"median": _gap(np.median(x), np.median(y), bounds, "joint")}
    if paired:
        change = _gap(np.median(x - y), 0, difference.of_paired_values(x - y), "order_statistics")
        # It has no value on either side.
        medians["median_change"] = change | {"a": None, "b": None}
    if kind == FIGURE:
        of_means = difference.of_paired_means if paired else difference.of_means
        whole = {
            "total": _gap(round(x.sum(), 2), round(y.sum(), 2), None, None),
            "mean": _gap(x.mean(), y.mean(), of_means(x, y), "student" if paired else "welch"),
        }
    else:
        whole = _of_sums(a, b)
    return {**whole, **medians, **shares}


def _of_sums(a: pd.DataFrame, b: pd.DataFrame) -> dict[str, dict[str, Any]]:
    (p, r), (q, s) = (
        [float(numbers(rows[name]).sum().round(2)) for name in ("planned", "realised")]
        for rows in (a, b)
    )
    return {
        "planned": _gap(p, q, None, None),
        "realised": _gap(r, s, None, None),
        "ratio_of_sums": _gap(r / p, s / q, None, None),
    }
