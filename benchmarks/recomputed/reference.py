"""Rates of frames, euros by inhabitant, shares paid so far, and what moved after a list."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from esrdata import Portfolio, stats
from recomputed.facts import Facts, Second, codes, plain, ratio, total
from recomputed.money import MEASURES, pairs

FRAMED = ("programme_period", "fund", "priority_axis")


def seconds(portfolio: Portfolio, facts: Facts) -> Iterator[Second]:
    for by in (list(FRAMED), ["programme_period", "fund"], ["fund"]):
        for measure in MEASURES:
            yield rates(portfolio, facts, by, measure)
    for rule in ("equal_split", "full_count", "leave_out"):
        for year in (None, 2008):
            yield per_inhabitant(portfolio, facts, year, rule)
    yield shares_used(portfolio, facts)
    yield extensions(portfolio)


def rates(portfolio: Portfolio, facts: Facts, by: list[str], measure: str) -> Second:
    frames: dict[tuple[Any, ...], float] = {}
    for row in sorted(codes("frames"), key=lambda row: row["year"]):
        if row["measure"] == measure:
            cell = row["programme_period"], row["fund"], int(row["priority_axis"])
            frames[cell] = float(row["value"])
    rows = {}
    for key, group in facts.groups(by).items():
        cells = {tuple(facts.projects[code][name] for name in FRAMED) for code in group}
        programmes = {cell[:2] for cell in cells}
        fitting = [
            value
            for cell, value in frames.items()
            if cell[:2] in programmes
            and all(cell[FRAMED.index(n)] == k for n, k in zip(by, key, strict=True))
        ]
        frame = sum(fitting) if all(cell in frames for cell in cells) else None
        sums = {
            stage: [x for x in (facts.sum(c, measure, stage) for c in group) if x is not None]
            for stage in ("planned", "realised")
        }
        reserved, paid = total(sums["planned"]), total(sums["realised"])
        both = pairs(facts, group, measure, "ended").values()
        rows[key] = {
            "n": len(group),
            "frame": frame,
            "n_reserved": len(sums["planned"]),
            "reserved": reserved,
            "n_paid": len(sums["realised"]),
            "paid": paid,
            "commitment_rate": ratio(reserved, frame),
            "payment_rate": ratio(paid, frame),
            "n_absorption": len(both),
            "absorption": ratio(total(p[1] for p in both), total(p[0] for p in both)),
        }
    if all(row["frame"] is None for row in rows.values()):
        rows = {}
    table = stats.rates(portfolio, by=by, measure=measure)
    return Second("rates", {"by": by, "measure": measure}, table, by, rows)


def per_inhabitant(portfolio: Portfolio, facts: Facts, year: int | None, rule: str) -> Second:
    labels = {row["code"]: row["label_fi"] for row in codes("regions")}
    people: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in codes("inhabitants"):
        people[int(row["year"])][labels[row["region"]]] = int(row["value"])
    periods = {row["programme_period"] for row in facts.projects.values()} - {None}
    of = year
    if year is None and len(periods) == 1:
        (period,) = (row for row in codes("programme_periods") if row["code"] in periods)
        first, last = (int(period[f"{side}_day"][:4]) for side in ("first", "last"))
        of = max((y for y in people if first <= y <= last), default=None)
    at: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for code in facts.projects:
        found = facts.regions_of(code)
        if len(found) > 1 and rule == "leave_out":
            continue
        for name in found:
            at[name].append((code, 1 / len(found) if rule == "equal_split" else 1.0))
    anywhere = any(facts.places.get(code) for code in facts.projects)
    rows = {}
    # Without a place anywhere, or a year, there is nothing to divide.
    for name in {*at, *labels.values()} if anywhere and of is not None else ():
        inhabitants = people[of].get(name)
        row: dict[str, Any] = {
            "year": of,
            "inhabitants": inhabitants,
            "n": sum(w for _, w in at[name]),
        }
        for stage in ("planned", "realised"):
            sums = [(facts.stated.get((c, "public_total", stage)), w) for c, w in at[name]]
            known = [(amount * w, w) for amount, w in sums if amount is not None]
            row[stage] = total(amount for amount, _ in known)
            row[f"n_{stage}"] = sum(w for _, w in known)
            row[f"{stage}_per_inhabitant"] = ratio(row[stage], inhabitants)
        rows[(name,)] = row
    table = stats.per_inhabitant(portfolio, year, rule)
    return Second("per_inhabitant", {"year": year, "rule": rule}, table, ["name"], rows)


def shares_used(portfolio: Portfolio, facts: Facts) -> Second:
    """What ended projects used of their plan, and what others have been paid so far."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {(code,): {} for code in facts.projects}
    for measure in MEASURES:
        both = pairs(facts, list(facts.projects), measure, None)
        for code, project in facts.projects.items():
            planned, realised = both.get(code, (None, None))
            ended = project["status_code"] == "ended"
            share = ratio(realised, planned)
            rows[(code,)] |= {
                f"{measure}_absorption": share if ended else None,
                f"{measure}_paid_share": None if ended else share,
            }
    return Second("overview", {}, portfolio.overview(), ["project_code"], rows)


def extensions(portfolio: Portfolio) -> Second:
    """From the evidence of all sources: what the oldest dated list and the source used say."""
    held = portfolio.conflicts().to_dict("records")
    by_value: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in held:
        by_value[row["project_code"], row["field"]].append({k: plain(v) for k, v in row.items()})
    names = {
        "projects.end_date": "end",
        "funding.eu_and_state.planned": "grant",
        "funding.public_total.planned": "public_total",
    }
    rows: defaultdict[tuple[str], dict[str, Any]] = defaultdict(dict)
    for (code, field), found in by_value.items():
        if field not in names:
            continue
        last = min(found, key=lambda row: row["rank"])
        if last["source"] not in ("description", "list") or last["qualifier"] is not None:
            continue
        earlier = [
            row
            for row in found
            if row["source"] == "list"
            and row["qualifier"] is None
            and row["snapshot"] is not None
            and row["rank"] != last["rank"]
            and (
                last["source"] != "list" or row["snapshot"] < (last["snapshot"] or row["snapshot"])
            )
        ]
        if not earlier:
            continue
        first = min(earlier, key=lambda row: row["snapshot"])
        name = names[field]
        if name == "end":
            a, b = (date.fromisoformat(str(row["value"])[:10]) for row in (first, last))
            rows[(code,)]["extension_days"] = (b - a).days
        elif abs(float(last["value"]) - float(first["value"])) > 0.5:
            a, b = float(first["value"]), float(last["value"])
            change = {f"{name}_before": a, f"{name}_after": b, f"{name}_change": round(b - a, 2)}
            rows[(code,)] |= change
    return Second("extensions", {}, stats.extensions(portfolio), ["project_code"], dict(rows))
