"""One wide row per project, from the tidy tables."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esrdata.knowledge import load
from esrdata.tables import columns


def overview(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put the figures of each project side by side.

    Parameters
    ----------
    tables
        The tables of a portfolio.

    Returns
    -------
    DataFrame
        One row per row of `projects`, columns as in `tables.yml` under `overview`. A figure that
        was not read is missing; absorption is missing where a part is, or where planned is zero.
    """
    projects = tables["projects"]
    codes = projects["project_code"]
    wide = projects.copy()
    for measure in (row["code"] for row in load.codes("measures")):
        for stage in ("planned", "realised"):
            wide[f"{measure}_{stage}"] = _cells(
                tables["funding"], codes, "amount_eur", measure=measure, stage=stage
            )
        planned = wide[f"{measure}_planned"].where(wide[f"{measure}_planned"] != 0)
        wide[f"{measure}_absorption"] = wide[f"{measure}_realised"] / planned
    people = tables["indicators"]
    for stage in ("planned", "realised"):
        chosen = {"indicator": "participants", "stage": stage}
        wide[f"participants_{stage}"] = _cells(people, codes, "total", **chosen)
        wide[f"participants_{stage}_women"] = _cells(people, codes, "women", **chosen)
        wide["participants_applicable"] = _cells(people, codes, "applicable", **chosen)
    wide["partner_count"] = _partner_count(tables, codes)
    days = (projects["end_date"] - projects["start_date"]).dt.days + 1
    wide["duration_days"] = days.astype("Int64")
    for dimension in (row["code"] for row in load.codes("sustainability_dimensions")):
        scores = tables["sustainability"].query("dimension == @dimension")
        means = scores.groupby("project_code")[["direct", "indirect"]].mean()
        for effect in ("direct", "indirect"):
            wide[f"{dimension}_{effect}"] = codes.map(means[effect])
    return columns.typed("overview", wide)


def _cells(
    table: pd.DataFrame, codes: "pd.Series[Any]", column: str, **chosen: str
) -> "pd.Series[Any]":
    """One column of the rows chosen, in the order of the projects."""
    rows = table
    for name, value in chosen.items():
        rows = rows[rows[name] == value]
    return codes.map(rows.set_index("project_code")[column]).astype(table[column].dtype)


def _partner_count(tables: Mapping[str, pd.DataFrame], codes: "pd.Series[Any]") -> "pd.Series[Any]":
    """Partners of each project; missing where its form has no place for them."""
    asked = tables["provenance"]["field"].str.startswith("partners.")
    with_place = tables["provenance"].loc[asked, "project_code"].unique()
    counts = tables["partners"].groupby("project_code").size()
    return codes.map(counts).fillna(0).where(codes.isin(with_place)).astype("Int64")
