"""What moved between an earlier list and the source used, within one portfolio."""

from typing import Any

import pandas as pd

from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.amendments import TOLERANCE
from esrdata.stats.columns import typed
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population

_END = "projects.end_date"
_SUMS = {
    "grant": "funding.eu_and_state.planned",
    "public_total": "funding.public_total.planned",
}
_FIELDS = {"end": _END, **_SUMS}
_OFFICIAL = ("description", "list")


@statistic
@of_population
def extensions(portfolio: Portfolio, *, population: Population | None = None) -> pd.DataFrame:
    """List projects whose end or money moved after an earlier project list.

    Parameters
    ----------
    portfolio
        Projects read from several sources: lists of different days, or lists and descriptions.
        For two portfolios see `amendments`.
    population
        Whom the table is about; None is all projects.

    Returns
    -------
    DataFrame
        A row per project of which anything moved, sorted by code: `project_code`, `name`;
        `day_before` (date, the day of the earlier list), `inferred` (boolean, whether that day is
        inferred and not stated), `source_before`, `source_after` (text, files); `end_before`,
        `end_after` (date), `extension_days` (Int64, negative when shortened); `grant_before`,
        `grant_after`, `grant_change`, `public_total_before`, `public_total_after`,
        `public_total_change` (Float64, euros; EU and state funding granted, planned public funding
        in total). What did not move is missing.

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`.

    Notes
    -----
    What is earlier is the oldest list with a day; what is later is the source that the tables use:
    a description, or a newer list. A description has no day and is taken to be newer than a list:
    where it was saved earlier an extension is a cut. Forms state the plan only, so that from a
    description alone no extension can be seen. Sums that differ by 0.50 € or less have not moved.
    """
    found = portfolio.conflicts
    found = found[found["field"].isin(list(_FIELDS.values()))]
    inferred = {row["code"] for row in load.codes("snapshot_bases") if row["inferred"] == "yes"}
    moved: dict[str, dict[str, Any]] = {}
    undated, others = set[str](), set[str]()
    for (code, field), rows in found.groupby(["project_code", "field"], sort=True):
        pair = _pair(rows)
        if isinstance(pair, str):
            (undated if pair == "undated" else others).add(str(code))
            continue
        name = next(part for part, of in _FIELDS.items() if of == field)
        before, after = pair
        change = _change(name, before["value"], after["value"])
        if change is None:
            continue
        day = {
            "day_before": before["snapshot"],
            "inferred": before["snapshot_basis"] in inferred,
            "source_before": before["file"],
            "source_after": after["file"],
        }
        moved.setdefault(str(code), day).update(change)
    names = portfolio.projects.set_index("project_code")["name"]
    table = typed(
        [{"project_code": code, "name": names.get(code), **row} for code, row in moved.items()],
        "extensions",
    )
    return groups.annotate(
        table,
        title="What moved after an earlier project list",
        population=f"Projects: {len(portfolio)}; of which something moved: {len(table)}.",
        exclusions={
            "The list that differs has no day.": len(undated),
            "Only sources that are no list or description differ, or of an uncertain value.": len(
                others
            ),
        },
        method=(
            "The oldest list with a day is compared with the source that is used; a description is "
            "taken to be newer than a list. Sums that differ by "
            f"{TOLERANCE:.2f} euros or less have not moved."
        ),
    )


def _pair(rows: pd.DataFrame) -> "tuple[pd.Series[Any], pd.Series[Any]] | str":
    """The earlier and the later value of a field, or why there are none."""
    after = rows[rows["rank"] == rows["rank"].min()].iloc[0]
    exact = rows["source"].isin(_OFFICIAL) & rows["qualifier"].isna()
    if after["source"] not in _OFFICIAL or pd.notna(after["qualifier"]):
        return "others"
    lists = rows[exact & (rows["source"] == "list") & (rows["rank"] != after["rank"])]
    if not len(lists):
        return "others"
    dated = lists[lists["snapshot"].notna()].sort_values("snapshot", kind="stable")
    if after["source"] == "list":
        # Of two lists both days decide which is the earlier.
        dated = dated[dated["snapshot"] < after["snapshot"]]
    return (dated.iloc[0], after) if len(dated) else "undated"


def _change(name: str, before: str, after: str) -> dict[str, Any] | None:
    """The columns of a field that moved; None where it did not."""
    if name == "end":
        first, last = pd.Timestamp(before), pd.Timestamp(after)
        return {"end_before": first, "end_after": last, "extension_days": (last - first).days}
    sums = float(before), float(after)
    change = round(sums[1] - sums[0], 2)
    if abs(change) <= TOLERANCE:
        return None
    return {f"{name}_before": sums[0], f"{name}_after": sums[1], f"{name}_change": change}
