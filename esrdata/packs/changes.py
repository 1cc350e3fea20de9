"""The figures that differ between two packs, and by which projects."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from esrdata.knowledge.formats import is_missing
from esrdata.packs.side import Side, as_json
from esrdata.stats.made_of import made_of
from esrdata.stats.tracing import trace

#: The columns that name a figure.
NAMING = ("statistic", "arguments", "group", "column")
# Sums that differ by less were added up in another order.
_LEAST = 1e-6


def figures_of_both(first: Side, second: Side) -> Iterator[tuple[Any, ...]]:
    """Figures of what was computed of both that differ, by the cells that name their rows."""
    for call in [one for one in first.calls if one in second.calls]:
        statistic, arguments = json.loads(call)
        tables = [side.table(call) for side in (first, second)]
        old, new = (_by_group(table, statistic) for table in tables)
        for group in dict.fromkeys([*old, *new]):
            was, now = old.get(group, {}), new.get(group, {})
            for column in dict.fromkeys([*was, *now]):
                before, after = was.get(column), now.get(column)
                change = None if before is None or after is None else after - before
                if before != after and (change is None or abs(change) > _LEAST):
                    yield statistic, as_json(arguments), group, column, before, after, change


def _by_group(table: pd.DataFrame | None, statistic: str) -> dict[str, dict[str, float | None]]:
    """Figures by row and column; a table with a row for each project has none of its own."""
    found: dict[str, dict[str, float | None]] = {}
    if table is None or "project_code" in table:
        return found
    figures = [
        str(name)
        for name in table
        if made_of(statistic, str(name)) is not None and pd.api.types.is_numeric_dtype(table[name])
    ]
    for row in table.to_dict("records"):
        found[_group(row, statistic)] = {
            name: None if is_missing(row[name]) else float(row[name]) for name in figures
        }
    return found


def _group(row: Mapping[Any, Any], statistic: str) -> str:
    named = {str(k): v for k, v in row.items() if made_of(statistic, str(k)) is None}
    return as_json({k: None if is_missing(v) else str(v) for k, v in named.items()})


def contributions(first: Side, second: Side, figures: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """By how much each project makes a sum or a count another."""
    for row in figures.to_dict("records"):
        made = made_of(row["statistic"], row["column"])
        if made is None or made.how not in ("sum", "count"):
            continue
        call = as_json([row["statistic"], json.loads(row["arguments"])])
        old, new = (_of_projects(side, call, row, made.how) for side in (first, second))
        changes = new.sub(old, fill_value=0.0)
        changes = changes[changes.abs() > _LEAST].sort_values(key=abs, ascending=False)
        for code, change in changes.items():
            yield *(row[name] for name in NAMING), code, float(change)


def _of_projects(side: Side, call: str, row: Mapping[Any, Any], how: str) -> "pd.Series[float]":
    """What each project is of a figure."""
    table = side.table(call)
    nothing = pd.Series(dtype=float)
    if table is None:
        return nothing
    groups = [_group(own, row["statistic"]) for own in table.to_dict("records")]
    if row["group"] not in groups:
        return nothing
    label = table.index[groups.index(row["group"])]
    traced = trace(table, label, row["column"], portfolio=side.portfolio)
    used = traced[traced["used"].astype(bool)]
    if how == "count":
        return pd.Series(1.0, index=used["project_code"].unique())
    weights = used["weight"].astype(float) if "weight" in used else 1.0
    values = used["value"].astype(float) * weights
    return values.groupby(used["project_code"]).sum()
