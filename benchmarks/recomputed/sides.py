"""Sides of comparisons, and their differences."""

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import stats as scipy_stats
from statsmodels.stats.proportion import confint_proportions_2indep

from esrdata import Portfolio, stats
from recomputed.comparisons import figure
from recomputed.facts import Facts, Second, Sum, between, quantile, ratio, total, wilson
from recomputed.money import pairs

BY = ("fund", "programme_period", "authority", "region")
# Figures, and the round value that some projects reach.
FIGURES = {"public_total_planned": 500_000, "duration_days": 1095}


def seconds(portfolio: Portfolio, facts: Facts) -> Iterator[Second]:
    for by in BY:
        sides: dict[str, list[str]] = {}
        for code in facts.projects:
            keys = facts.keys(code, [by])
            if len(keys) == 1 and keys[0][0] is not None:
                sides.setdefault(keys[0][0], []).append(code)
        if len(sides) < 2:
            continue
        for measure in ("public_total", "eu_and_state"):
            yield from of_pairs(portfolio, facts, by, measure, sides)
        for name in FIGURES:
            yield from of_figures(portfolio, facts, by, name, sides)
        yield from of_stopped(portfolio, facts, by, sides)


def of_pairs(
    portfolio: Portfolio, facts: Facts, by: str, measure: str, sides: dict[str, list[str]]
) -> Iterator[Second]:
    rows, each = {}, {}
    for side, group in sides.items():
        both = pairs(facts, group, measure, "ended")
        planned, realised = (total(pair[i] for pair in both.values()) for i in (0, 1))
        values = [pair[1] / pair[0] for pair in both.values()]
        each[side] = values, planned, realised
        rows[(side,)] = {
            "n": len(values),
            "n_excluded": len(group) - len(values),
            "planned": planned,
            "realised": realised,
            "ratio_of_sums": ratio(realised, planned),
            **_spread(values),
        }
        for name, counted in _counted(values).items():
            low, high = wilson(sum(counted), len(values))
            rows[(side,)] |= {
                f"n_{name}": sum(counted),
                f"share_{name}": ratio(sum(counted), len(values)),
                f"share_{name}_low": low,
                f"share_{name}_high": high,
            }
    table = stats.compare(portfolio, measure, by=by, against="each")
    asked = {"measure": measure, "by": by}
    yield Second("compare", asked, table, ["side"], rows)
    gaps: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one, other in _ordered(table):
        (x, planned, realised), (y, others_planned, others_realised) = each[one], each[other]
        if not x or not y:
            continue
        gaps[one, other, "planned"] = _gap(planned, others_planned)
        gaps[one, other, "realised"] = _gap(realised, others_realised)
        used = ratio(realised, planned), ratio(others_realised, others_planned)
        gaps[one, other, "ratio_of_sums"] = _gap(*used)
        gaps[one, other, "median"] = _medians(x, y)
        for name, counted in _counted(x).items():
            gaps[one, other, f"share_{name}"] = _shares(counted, _counted(y)[name])
    yield _differences(table, asked, gaps)


def of_figures(
    portfolio: Portfolio, facts: Facts, by: str, name: str, sides: dict[str, list[str]]
) -> Iterator[Second]:
    rows, each = {}, {}
    for side, group in sides.items():
        ended = [code for code in group if facts.projects[code]["status_code"] == "ended"]
        found = [figure(facts, code, name) for code in ended]
        values = [float(value) for value in found if value is not None]
        each[side] = values
        rows[(side,)] = {
            "n": len(values),
            "n_excluded": len(group) - len(values),
            "total": total(values),
            "mean": math.fsum(values) / len(values) if values else None,
            **_spread(values),
        }
        if values:
            reached = sum(_reached(values, name))
            low, high = wilson(reached, len(values))
            rows[(side,)] |= {
                "n_at_least": reached,
                "share_at_least": reached / len(values),
                "share_at_least_low": low,
                "share_at_least_high": high,
            }
    table = stats.compare(portfolio, name, by=by, against="each")
    asked = {"measure": name, "by": by}
    yield Second("compare", asked, table, ["side"], rows)
    gaps: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one, other in _ordered(table):
        x, y = each[one], each[other]
        if not x or not y:
            continue
        gaps[one, other, "total"] = _gap(total(x), total(y))
        gaps[one, other, "median"] = _medians(x, y)
        mean = _gap(math.fsum(x) / len(x), math.fsum(y) / len(y))
        if min(len(x), len(y)) >= 30 and (np.ptp(x) or np.ptp(y)):
            test = scipy_stats.ttest_ind(x, y, equal_var=False).confidence_interval(0.95)
            mean |= {"difference_low": float(test.low), "difference_high": float(test.high)}
        gaps[one, other, "mean"] = mean
        gaps[one, other, "share_at_least"] = _shares(_reached(x, name), _reached(y, name))
    yield _differences(table, asked, gaps)


def of_stopped(
    portfolio: Portfolio, facts: Facts, by: str, sides: dict[str, list[str]]
) -> Iterator[Second]:
    """Discontinued projects, of all whose status is known."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    each: dict[str, list[bool]] = {}
    for side, group in sides.items():
        states = [facts.projects[code]["status_code"] for code in group]
        stopped = [state == "interrupted" for state in states if isinstance(state, str)]
        each[side] = stopped
        rows[(side,)] = {"n": len(stopped), "n_excluded": len(group) - len(stopped)}
        if stopped:
            low, high = wilson(sum(stopped), len(stopped))
            rows[(side,)] |= {
                "n_at_least": sum(stopped),
                "share_at_least": sum(stopped) / len(stopped),
                "share_at_least_low": low,
                "share_at_least_high": high,
            }
    table = stats.compare(portfolio, "discontinued", by=by, against="each")
    asked = {"measure": "discontinued", "by": by}
    yield Second("compare", asked, table, ["side"], rows)
    gaps: dict[tuple[Any, ...], dict[str, Any]] = {
        (one, other, "share_at_least"): _shares(each[one], each[other])
        for one, other in _ordered(table)
        if each[one] and each[other]
    }
    yield _differences(table, asked, gaps)


def _spread(values: list[float]) -> dict[str, Any]:
    ends = between(values, 0.5)
    found: dict[str, Any] = {"median_low": ends[0], "median_high": ends[1]}
    return found | {
        name: quantile(values, q) for name, q in (("q1", 0.25), ("median", 0.5), ("q3", 0.75))
    }


def _counted(values: list[float]) -> dict[str, list[bool]]:
    return {"below_080": [v < 0.8 for v in values], "above_100": [v > 1 for v in values]}


def _reached(values: list[float], name: str) -> list[bool]:
    return [value >= FIGURES[name] for value in values]


def _shares(x: list[bool], y: list[bool]) -> dict[str, Any]:
    """Shares, with Newcombe's interval of their difference."""
    p, q = sum(x), sum(y)
    gap = _gap(p / len(x), q / len(y))
    if min(len(x), len(y)) >= 6:
        ends = confint_proportions_2indep(p, len(x), q, len(y), method="newcomb")
        gap |= {"difference_low": float(ends[0]), "difference_high": float(ends[1])}
    return gap


def _ordered(table: Any) -> Iterator[tuple[str, str]]:
    """Which of two is a decides the sign, so the order is the library's."""
    yield from itertools.combinations(list(dict.fromkeys(table["side"])), 2)


def _gap(a: Any, b: Any) -> dict[str, Any]:
    gap = Sum(a - b) if isinstance(a, Sum) else a - b
    return {"a": a, "b": b, "difference": gap, "difference_low": None, "difference_high": None}


def _medians(x: list[float], y: list[float]) -> dict[str, Any]:
    """Ends of the two intervals by order statistics, each at the root of 95 per cent."""
    gap = _gap(quantile(x, 0.5), quantile(y, 0.5))
    a, b = (between(values, 0.5, math.sqrt(0.95)) for values in (x, y))
    if None in (*a, *b) or a[0] is None or a[1] is None or b[0] is None or b[1] is None:
        return gap
    return gap | {"difference_low": a[0] - b[1], "difference_high": a[1] - b[0]}


def _differences(
    table: Any, asked: dict[str, Any], gaps: dict[tuple[Any, ...], dict[str, Any]]
) -> Second:
    found = stats.differences(table)
    return Second("differences", asked, found, ["side_a", "side_b", "figure"], gaps)
