"""Places, years and how far reading reached."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from esrdata import Portfolio, stats
from recomputed.facts import Facts, Second, codes, names, plain, quantile, total


def seconds(portfolio: Portfolio, facts: Facts) -> Iterator[Second]:
    for level in ("region", "subregion", "municipality"):
        for rule in ("full_count", "equal_split", "leave_out"):
            yield locations(portfolio, facts, level, rule)
    yield timeline(portfolio, facts)
    yield status_by_year(portfolio, facts)
    for by in ("form", None, "region"):
        yield coverage(portfolio, facts, by)


def locations(portfolio: Portfolio, facts: Facts, level: str, rule: str) -> Second:
    at: defaultdict[tuple[str, str | None], list[tuple[str, float, bool]]] = defaultdict(list)
    anywhere = False
    for code in facts.projects:
        places = facts.places.get(code, [])
        anywhere |= bool(places)
        if level == "region":
            found = facts.regions_of(code)
        else:
            found = list(dict.fromkeys(name for lev, name in places if lev == level and name))
        if not found and any(lev == "country" for lev, _ in places):
            at["country", None].append((code, 1.0, False))
        if len(found) > 1 and rule == "leave_out":
            continue
        for name in found:
            weight = 1 / len(found) if rule == "equal_split" else 1.0
            at[level, name].append((code, weight, len(found) > 1))
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    if anywhere:
        at["country", None]  # there even where no project is
        for row in codes("regions") if level == "region" else ():
            at[level, row["label_fi"]]
    for key, here in at.items():
        rows[key] = {
            "n": sum(weight for _, weight, _ in here),
            "n_several": sum(several for *_, several in here),
        }
        for stage in ("planned", "realised"):
            sums = [facts.stated.get((code, "public_total", stage)) for code, *_ in here]
            shares = [
                (amount * weight, weight)
                for amount, (_, weight, _) in zip(sums, here, strict=True)
                if amount is not None
            ]
            rows[key][stage] = total(amount for amount, _ in shares)
            rows[key][f"n_{stage}"] = sum(weight for _, weight in shares)
            if stage == "planned":
                rows[key]["median_planned"] = quantile(sums, 0.5)
    table = stats.locations_summary(portfolio, level=level, rule=rule)
    asked = {"level": level, "rule": rule}
    return Second("locations_summary", asked, table, ["level", "name"], rows)


def dated(facts: Facts) -> dict[str, tuple[Any, Any]]:
    found = {code: (row["start_date"], row["end_date"]) for code, row in facts.projects.items()}
    return {code: days for code, days in found.items() if None not in days and days[0] <= days[1]}


def timeline(portfolio: Portfolio, facts: Facts) -> Second:
    rows = {
        (code,): {"duration_days": (end - start) // timedelta(days=1) + 1, "start_date": start}
        | {"priority_axis": facts.projects[code]["priority_axis"]}
        for code, (start, end) in dated(facts).items()
    }
    return Second("timeline", {}, stats.timeline(portfolio), ["project_code"], rows)


def status_by_year(portfolio: Portfolio, facts: Facts) -> Second:
    days = dated(facts)
    first = min(start.year for start, _ in days.values())
    last = max(end.year for _, end in days.values())
    states = Counter((days[c][0].year, facts.projects[c]["status_code"]) for c in days)
    rows = {}
    for year in range(first, last + 1):
        begun = [code for code, (start, _) in days.items() if start.year == year]
        sums = [facts.stated.get((code, "public_total", "planned")) for code in begun]
        rows[(year,)] = {
            "n_running": sum(a.year <= year <= b.year for a, b in days.values()),
            "n_started": len(begun),
            "n_ended": sum(end.year == year for _, end in days.values()),
            "n_started_without_status": states[year, None],
            "planned_started": total(sums),
            "n_planned_started": sum(amount is not None for amount in sums),
            **{
                f"n_started_{state}": states[year, state]
                for state in ("running", "ended", "interrupted")
            },
        }
    return Second("status_by_year", {}, stats.status_by_year(portfolio), ["year"], rows)


def coverage(portfolio: Portfolio, facts: Facts, by: Any) -> Second:
    """Of a list the worst state of its rows in the source used counts."""
    worst = ["unreadable", "read", "blank", "not_applicable", "absent"]
    rows = portfolio.provenance[["project_code", "field", "file", "status"]]
    lists = {field.split(".")[0] for field in rows["field"].unique() if ".0." in field}
    seen: set[tuple[str, str]] = set()
    source: dict[tuple[str, str], str] = {}
    state: dict[tuple[str, str], str] = {}
    for code, field, file, status in rows.itertuples(index=False, name=None):
        if (code, field) in seen:
            continue
        seen.add((code, field))
        head = field.split(".")[0]
        if head in lists and source.setdefault((code, head), file) != file:
            continue
        common = ".".join(part for part in field.split(".") if not part.isdecimal())
        known = state.get((code, common), "absent")
        state[code, common] = min(known, status, key=worst.index)
    for row in portfolio.partners.to_dict("records"):
        if plain(row["role"]) is not None:
            key = (row["project_code"], f"partners.{row['role']}")
            state[key] = min(state.get(key, "absent"), "read", key=worst.index)
    by_project: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (code, field), status in state.items():
        by_project[code][field] = status
    found = {}
    for key, group in facts.groups(by).items():
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for code in group:
            for field, status in by_project[code].items():
                counts[field][status] += 1
        for field, statuses in counts.items():
            read, n = statuses["read"], len(group)
            others = {f"n_{s}": statuses[s] for s in worst[:4]}
            absent = n - sum(others.values())
            found[(*key, field)] = {"n": n, "share": read / n, "n_absent": absent, **others}
    table = stats.coverage(portfolio, by=by)
    return Second("coverage", {"by": by}, table, [*names(by), "field"], found)
