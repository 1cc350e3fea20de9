"""How far reading reached: which fields were read of how many projects."""

from collections.abc import Iterable
from typing import Unpack

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from esrdata.knowledge import load
from esrdata.knowledge.fields import list_name
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.grouped import By, Grouped
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population
from esrdata.stats.recording import current, note
from esrdata.stats.who import Joining

# Of several rows of one list the state that counts is the first of these: a failure is never
# hidden by what was read beside it.
_PLACE = ["file", "page", "line", "start", "end"]
_WORST_FIRST = ("unreadable", "read", "blank", "not_applicable", "absent")


@statistic
@of_population
def coverage(
    portfolio: Portfolio,
    by: By = "form",
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Tell how much was read: for each field of each form, of how many projects, and why not.

    Returns
    -------
    DataFrame
        A row per group and field, fields in the order of the documents: a column per name of
        `by`; `field` (dotted, as in `provenance`, but fields of a list under their common name:
        ``partners.0.name`` is ``partners.name``); `n` (Int64, projects of the group), `n_read`,
        `share` (Float64, 0 to 1, read of all), `n_blank`, `n_absent`, `n_not_applicable`,
        `n_unreadable` (Int64; the five states add up to n). A field of which no project of the
        group has a row has none here. Nothing is missing but the key of a group.
        `attrs`: `title`, `population`, `exclusions`, `method`.

    Raises
    ------
    UsageError
        If a group is unknown.

    Notes
    -----
    Counts of the states that `provenance` records. Of a project in several sources the one used
    counts. A list counts as read where any of its rows was, unless one could not be read; then it
    is unreadable. A project whose source says nothing of the field counts as absent.

    Not for telling whether what was read is right: see `issues` and `conflicts`.
    """
    used = _used(portfolio)
    grouped = Grouped(portfolio, by, portfolio.projects[["project_code"]], who)
    rows = grouped.numbered(used)
    # Fields in the order in which the projects of the group have them, by their codes: files may
    # come in any order, and a store has its own.
    by_code = np.lexsort((pd.factorize(rows["project_code"], sort=True)[0], rows["group"]))
    first = rows[["group", "field"]].iloc[by_code].drop_duplicates()
    counts = rows.groupby(["group", "field"], sort=False)["status"].value_counts().unstack()
    if current() is not None:
        _note(grouped, used, first)
    counts = counts.reindex(index=pd.MultiIndex.from_frame(first), columns=list(_WORST_FIRST))
    counts = counts.fillna(0).astype("Int64").add_prefix("n_")
    sizes = grouped.count(grouped.rows["project_code"].notna()).rename("n").rename_axis("group")
    table = counts.join(sizes).reset_index().join(grouped.heads, on="group")
    states = [f"n_{row['code']}" for row in load.codes("value_statuses")]
    known = table[[name for name in states if name != "n_absent"]].sum(axis=1)
    table["n_absent"] = table["n"] - known
    table["share"] = (table["n_read"] / table["n"]).astype("Float64")
    table["field"] = table["field"].astype("string")
    return groups.annotate(
        table[[*grouped.names, "field", "n", "n_read", "share", *states[1:]]],
        title=grouped.title("Coverage of fields"),
        population=f"Projects: {len(portfolio)}; fields: {used['field'].nunique()}.",
        exclusions={
            "The project has no row in provenance.": (
                len(portfolio) - used["project_code"].nunique()
            )
        },
        method=(
            "Of each project the source used for the field is counted, once for each field; a list "
            "is unreadable if any row of it is, and else read if any row is. What a source says "
            f"nothing of is absent. {grouped.method}"
        ).strip(),
    )


def _used(portfolio: Portfolio) -> pd.DataFrame:
    """The state of each project's fields by their common names, in the order of provenance."""
    rows = portfolio.provenance[["project_code", "field", "status", *_PLACE]]
    rows = rows.drop_duplicates(["project_code", "field"])
    # Fifteen fields of 20,000 projects: each name is looked at once.
    at, names = pd.factorize(rows["field"])
    common = [".".join(p for p in name.split(".") if not p.isdecimal()) for name in names]
    # A list is all of one source, so its further rows in other sources are evidence only.
    rows = rows.assign(list=_texts(map(list_name, names)).take(at), field=_texts(common).take(at))
    listed = rows[rows["list"].notna()]
    source = listed.groupby(["project_code", "list"])["file"].transform("first")
    rows = rows.drop(index=listed.index[listed["file"] != source])
    # Provenance names a role only where there is no such partner.
    partners = portfolio.partners[["project_code", "role"]].drop_duplicates().dropna()
    partners["field"] = "partners." + partners["role"]
    # Columns of nothing but missing cells keep their types.
    held = partners.assign(status="read").reindex(columns=rows.columns).astype(rows.dtypes)
    rows = pd.concat([rows, held], ignore_index=True)
    at, states = pd.factorize(rows["status"])
    rank = np.array([_WORST_FIRST.index(state) for state in states], dtype=int)
    worst = rows.assign(rank=rank[at]).sort_values("rank", kind="stable")
    worst = worst.drop_duplicates(["project_code", "field"]).sort_index()
    return worst[["project_code", "field", "status", *_PLACE]]


def _texts(values: Iterable[str | None]) -> ExtensionArray:
    return pd.array(list(values), dtype="string")


def _note(grouped: Grouped, used: pd.DataFrame, first: pd.DataFrame) -> None:
    """Say of which projects each figure counts the state of a field, to whoever records."""
    projects = grouped.rows[["project_code"]].assign(group=grouped.number)
    rows = projects.merge(first, on="group").merge(used, on=["project_code", "field"], how="left")
    rows["value"] = rows["status"] = rows["status"].fillna("absent")
    rows = rows.join(grouped.heads, on="group")
    keys = [*grouped.names, "field"]
    note("n", rows, keys=keys, placed=True)
    for row in load.codes("value_statuses"):
        held = rows["status"] == row["code"]
        note(f"n_{row['code']}", rows, held, keys=keys, placed=True)
