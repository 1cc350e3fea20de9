"""Sums, ratios, concentration and amendments."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from esrdata import Portfolio, stats
from recomputed.facts import (
    Facts,
    Second,
    Sum,
    Value,
    between,
    codes,
    names,
    quantile,
    ratio,
    total,
    wilson,
)  # fmt: skip

BY: list[Any] = [
    None, "fund", ["programme_period", "fund", "priority_axis"], "authority", "start_year",
    "size_band", "status_code", "programme_section", "region", "applicant",
]  # fmt: skip
MEASURES = ("public_total", "eu_and_state")


def seconds(portfolio: Portfolio, facts: Facts) -> Iterator[Second]:
    for measure in MEASURES:
        for by in BY:
            for status in ("ended", None) if by in (None, "fund") else ("ended",):
                yield absorption(portfolio, facts, by, measure, status)
            yield planned_and_realised(portfolio, facts, by, measure)
            if by != "size_band":
                yield types_and_sizes(portfolio, facts, by, measure)
            yield constant_prices(portfolio, facts, by, measure)
        yield ratios(portfolio, facts, measure)
        for stage in ("planned", "realised"):
            for column in ("applicant", "authority", "business_id", "programme_section"):
                yield concentration(portfolio, facts, column, measure, stage)
    after = later(portfolio)
    for by in (None, "fund", ["programme_period", "priority_axis"]):
        yield amendments(portfolio, after, facts, Facts(after), by)


def pairs(
    facts: Facts, group: list[str], measure: str, status: str | None
) -> dict[str, tuple[float, float]]:
    """Planned and realised of the projects that have a ratio."""
    found = {}
    for code in group:
        planned, realised = (facts.sum(code, measure, stage) for stage in ("planned", "realised"))
        if status is not None and facts.projects[code]["status_code"] != status:
            continue
        if planned is not None and realised is not None and planned > 0:
            found[code] = planned, realised
    return found


def absorption(
    portfolio: Portfolio, facts: Facts, by: Any, measure: str, status: str | None
) -> Second:
    rows = {}
    for key, group in facts.groups(by).items():
        both = pairs(facts, group, measure, status)
        planned, realised = (total(pair[i] for pair in both.values()) for i in (0, 1))
        each = [pair[1] / pair[0] for pair in both.values()]
        rows[key] = {
            "n": len(both),
            "n_excluded": len(group) - len(both),
            "planned": planned,
            "realised": realised,
            "ratio_of_sums": ratio(realised, planned),
            "median_ratio": quantile(each, 0.5),
            "q1": quantile(each, 0.25),
            "q3": quantile(each, 0.75),
            "n_below_080": sum(value < 0.8 for value in each),
            "n_above_100": sum(value > 1 for value in each),
        }
        for name, q in (("ci", 0.5), ("q1", 0.25), ("q3", 0.75)):
            ends = between(each, q)
            rows[key] |= {f"{name}_low": ends[0], f"{name}_high": ends[1]}
        for name in ("below_080", "above_100"):
            count = rows[key][f"n_{name}"]
            ends = wilson(count, len(each))
            rows[key][f"share_{name}"] = ratio(count, len(each))
            rows[key] |= {f"share_{name}_low": ends[0], f"share_{name}_high": ends[1]}
    table = stats.absorption(portfolio, by=by, measure=measure, status=status)
    asked = {"by": by, "measure": measure, "status": status}
    return Second("absorption", asked, table, names(by), rows)


def ratios(portfolio: Portfolio, facts: Facts, measure: str) -> Second:
    both = pairs(facts, list(facts.projects), measure, "ended")
    rows = {
        (code,): {"planned": planned, "realised": realised, "ratio": realised / planned}
        for code, (planned, realised) in both.items()
    }
    table = stats.ratios(portfolio, measure=measure)
    return Second("ratios", {"measure": measure}, table, ["project_code"], rows)


def planned_and_realised(portfolio: Portfolio, facts: Facts, by: Any, measure: str) -> Second:
    rows = {}
    for key, group in facts.groups(by).items():
        sums = [[facts.sum(c, measure, s) for s in ("planned", "realised")] for c in group]
        both = [pair for pair in sums if None not in pair]
        rows[key] = {
            "n": len(group),
            "n_planned": sum(pair[0] is not None for pair in sums),
            "n_realised": sum(pair[1] is not None for pair in sums),
            "n_both": len(both),
            "planned": total(pair[0] for pair in both),
            "realised": total(pair[1] for pair in both),
            "planned_all": total(pair[0] for pair in sums),
        }
    table = stats.planned_and_realised(portfolio, by=by, measure=measure)
    asked = {"by": by, "measure": measure}
    return Second("planned_and_realised", asked, table, names(by), rows)


def types_and_sizes(portfolio: Portfolio, facts: Facts, by: Any, measure: str) -> Second:
    rows = {}
    bands = [row["code"] for row in codes("size_bands")]
    sizes = {code: facts.keys(code, ["size_band"])[0][0] for code in facts.projects}
    if None in sizes.values():
        bands.append(None)
    for key, group in facts.groups(by).items():
        whole = total(facts.sum(code, measure, "planned") for code in group)
        for band in bands:
            inside = [code for code in group if sizes[code] == band]
            sums = [facts.sum(code, measure, "planned") for code in inside]
            rows[(*key, band)] = {
                "n": len(inside),
                "share": len(inside) / len(group),
                "n_planned": sum(amount is not None for amount in sums),
                "amount": total(sums),
                "amount_share": ratio(total(sums), whole),
            }
    table = stats.types_and_sizes(portfolio, by=by, measure=measure)
    asked = {"by": by, "measure": measure}
    return Second("types_and_sizes", asked, table, [*names(by), "size_band"], rows)


def constant_prices(portfolio: Portfolio, facts: Facts, by: Any, measure: str) -> Second:
    """In prices of 2020; both series have 2010, from which year on the newer one counts."""
    read: dict[str, dict[int, float]] = {"2000=100": {}, "2010=100": {}}
    for row in codes("price_index"):
        read[row["series"]][int(row["year"])] = float(row["value"])
    old, new = read.values()
    index = {year: value * new[2010] / old[2010] for year, value in old.items()} | new
    level = {}
    for code, project in facts.projects.items():
        start, end = project["start_date"], project["end_date"]
        if start and end and end >= start:
            year = (start + (end - start) / 2).year
            if year in index:
                level[code] = index[2020] / index[year]
    rows = {}
    for key, group in facts.groups(by).items():
        rows[key] = {"n": len(group)}
        for stage in ("planned", "realised"):
            sums = {c: facts.sum(c, measure, stage) for c in group if c in level}
            known = {code: amount for code, amount in sums.items() if amount is not None}
            rows[key][f"n_{stage}"] = len(known)
            rows[key][stage] = total(known.values())
            rows[key][f"{stage}_constant"] = _exact([a * level[c] for c, a in known.items()])
    table = stats.constant_prices(portfolio, 2020, by=by, measure=measure)
    asked = {"by": by, "measure": measure}
    return Second("constant_prices", asked, table, names(by), rows)


def _exact(values: list[float]) -> Sum | None:
    """A sum that is not rounded: it is no sum of cents."""
    return Sum(math.fsum(values)) if values else None


def concentration(
    portfolio: Portfolio, facts: Facts, column: str, measure: str, stage: str
) -> Second:
    held: defaultdict[str, list[float]] = defaultdict(list)
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for code in facts.projects:
        amount, (name,) = facts.sum(code, measure, stage), facts.keys(code, [column])[0]
        if amount is not None and amount >= 0 and name is not None:
            folded = " ".join(name.split()).casefold()
            held[folded].append(amount)
            spelt[folded][name] += 1
    amounts = {name: math.fsum(each) for name, each in held.items()}
    whole = math.fsum(amounts.values())
    falling = sorted((round(amount, 2) for amount in amounts.values()), reverse=True)
    rows = {}
    for name, amount in amounts.items():
        shown = next(s for s, n in spelt[name].items() if n == max(spelt[name].values()))
        rows[(shown,)] = {
            "n": len(held[name]),
            "amount": Sum(round(amount, 2)),
            "share": ratio(amount, whole),
            "rank": falling.index(round(amount, 2)) + 1,
        }
    table = stats.concentration(portfolio, by=column, measure=measure, stage=stage)
    # The order of equal amounts is the library's; the sums so far are those of our own order.
    for place, shown in enumerate(table[column].tolist(), start=1):
        so_far = ratio(math.fsum(falling[:place]), whole)
        rows.setdefault((shown,), {})["cumulative_share"] = so_far
    x = np.array(falling)
    attrs: dict[str, Any] = {"n_beneficiaries": len(x)}
    if whole:
        # Half the relative mean difference, by the Lorenz curve's trapezia.
        lorenz = np.concatenate([[0], np.cumsum(x[::-1])]) / x.sum()
        attrs["gini"] = float(1 - (lorenz[1:] + lorenz[:-1]).sum() / len(x))
        attrs["hhi"] = math.fsum((value / whole) ** 2 for value in falling)
        attrs["share_top10"] = math.fsum(falling[:10]) / whole
    asked = {"by": column, "measure": measure, "stage": stage}
    return Second("concentration", asked, table, [column], rows, attrs)


def later(portfolio: Portfolio) -> Portfolio:
    """The portfolio as a later snapshot might have it: some ends, sums and states another."""
    tables = {name: table.copy() for name, table in portfolio.tables.items()}
    projects, funding = tables["projects"], tables["funding"]
    moved = projects.index % 7 == 3
    projects.loc[moved, "end_date"] += pd.to_timedelta(
        (projects.index[moved] % 400).to_numpy() - 90, unit="D"
    )
    projects.loc[projects.index % 11 == 5, "status_code"] = "ended"
    planned = (funding["stage"] == "planned") & (funding.index % 5 == 2)
    funding.loc[planned, "amount_eur"] = (funding.loc[planned, "amount_eur"] * 1.07 - 900).round(2)
    tables["projects"] = projects[projects.index % 13 != 4]
    return Portfolio(tables, portfolio.base)


def changes(facts: Facts, after: Facts, code: str) -> dict[str, Any]:
    """What changed of one project; missing where it cannot be compared."""
    was, now = facts.projects[code], after.projects[code]
    found: dict[str, Any] = {"extension_days": None}
    if was["end_date"] is not None and now["end_date"] is not None:
        found["extension_days"] = (now["end_date"] - was["end_date"]) // timedelta(days=1)
    for name, measure in (("grant", "eu_and_state"), ("public_total", "public_total")):
        first, last = (x.stated.get((code, measure, "planned")) for x in (facts, after))
        found |= {f"{name}_before": first, f"{name}_after": last, f"{name}_change": None}
        if first is not None and last is not None:
            found[f"{name}_change"] = round(last - first, 2)
    states = was["status_code"], now["status_code"]
    found["status_changed"] = None if None in states else states[0] != states[1]
    sums = [found[f"{name}_change"] for name in ("grant", "public_total")]
    known = [value != 0 for value in (found["extension_days"],) if value is not None]
    known += [abs(value) > 0.5 for value in sums if value is not None]
    found["amended"] = any(known) if known else None
    return found


def amendments(before: Portfolio, after: Portfolio, first: Facts, last: Facts, by: Any) -> Second:
    table = stats.amendments(before, after, by=by)
    both = [code for code in last.projects if code in first.projects]
    each = {code: changes(first, last, code) for code in both}
    if by is None:
        rows = {(code,): found for code, found in each.items()}
        return Second("amendments", {"by": by}, table, ["project_code"], rows)
    rows = {}
    for key, group in last.groups(by).items():
        found = [each[code] for code in group if code in each]
        if found:
            rows[key] = _summary(found)
    return Second("amendments", {"by": by}, table, names(by), rows)


def _summary(found: list[dict[str, Any]]) -> dict[str, Any]:
    days = [row["extension_days"] for row in found if row["extension_days"] is not None]
    summary: dict[str, Any] = {
        "n": len(found),
        "n_compared": sum(row["amended"] is not None for row in found),
        "n_amended": sum(row["amended"] is True for row in found),
        "n_end": len(days),
        "n_extended": sum(value > 0 for value in days),
        "n_shortened": sum(value < 0 for value in days),
        "median_extension_days": quantile([value for value in days if value > 0], 0.5),
        "n_status": sum(row["status_changed"] is not None for row in found),
        "n_status_changed": sum(row["status_changed"] is True for row in found),
    }
    for name in ("grant", "public_total"):
        known = [row for row in found if row[f"{name}_change"] is not None]
        changed: list[Value] = [row[f"{name}_change"] for row in known]
        summary[f"n_{name}"] = len(known)
        summary[f"n_{name}_raised"] = sum(value > 0.5 for value in changed if value is not None)
        summary[f"n_{name}_cut"] = sum(value < -0.5 for value in changed if value is not None)
        for part in ("before", "after", "change"):
            summary[f"{name}_{part}"] = total(row[f"{name}_{part}"] for row in known)
    return summary
