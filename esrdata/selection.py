"""Some of the projects of a portfolio: which they are, and their rows of every table."""

from collections.abc import Iterable, Mapping

import pandas as pd
from pandas.api.types import is_list_like

from esrdata.errors import UsageError, unknown

Tables = Mapping[str, pd.DataFrame]
#: Places that projects can be chosen by.
LEVELS = ("country", "region", "subregion", "municipality")
# Tables of files: they stay whole for every file that a chosen project was read from.
_OF_FILES = ("files", "passages")
# Tables of organisations, and the columns that name one.
_WHO = ("organisations", "organisation_names")
_NAMING = (
    ("projects", "applicant_id"),
    ("projects", "authority_id"),
    ("partners", "organisation_id"),
)


def chosen(
    tables: Tables, mask: Iterable[object] | None, conditions: Mapping[str, object]
) -> "pd.Series[str]":
    """The codes of the projects that meet every condition; see `Portfolio.select`."""
    projects, places = tables["projects"], tables["locations"]
    keep = pd.Series(True, index=projects.index)
    if mask is not None:
        keep &= _booleans(mask, projects.index)
    for name, wanted in conditions.items():
        values = list(wanted) if is_list_like(wanted) else [wanted]  # type: ignore[call-overload]
        if name in projects:
            keep &= projects[name].isin(values)
        elif name in LEVELS:
            there = places[(places["level"] == name) & places["name"].isin(values)]
            keep &= projects["project_code"].isin(there["project_code"])
        else:
            raise UsageError(unknown("column", name, [*projects, *LEVELS]))
    return projects.loc[keep, "project_code"]


def only(tables: Tables, codes: "pd.Series[str]") -> dict[str, pd.DataFrame]:
    """Every table with the rows of these projects, and of whole files they were read from."""
    provenance = tables["provenance"]
    files = provenance.loc[provenance["project_code"].isin(codes), "file"].unique()
    who = _organisations(tables, codes)
    return {
        name: table[
            table["organisation_id"].isin(who) if name in _WHO else _kept(name, table, codes, files)
        ].reset_index(drop=True)
        for name, table in tables.items()
    }


def _organisations(tables: Tables, codes: "pd.Series[str]") -> set[str]:
    """Ids of all that some projects name, and of the bodies of their units."""
    named = [
        tables[name].loc[tables[name]["project_code"].isin(codes), column]
        for name, column in _NAMING
    ]
    found = set(pd.concat(named).dropna())
    parents = tables["organisations"].set_index("organisation_id")["parent_id"].dropna()
    return found | set(parents[parents.index.isin(found)])


def _kept(
    name: str, table: pd.DataFrame, codes: "pd.Series[str]", files: Iterable[str]
) -> "pd.Series[bool]":
    if name in _OF_FILES:
        return table["file"].isin(files)
    kept = table["project_code"].isin(codes)
    if "file" in table:
        # A finding of a whole file, a project that a web page only mentions.
        kept |= table["project_code"].isna() & table["file"].isin(files)
    return kept


def _booleans(mask: Iterable[object], index: pd.Index) -> "pd.Series[bool]":
    """A mask as booleans in the order of the projects."""
    try:
        if isinstance(mask, pd.Series) and set(mask.index) == set(index):
            values = mask.reindex(index)
        else:
            values = pd.Series(list(mask), index=index)
        return values.astype("boolean").fillna(False).astype(bool)
    except (TypeError, ValueError) as error:
        raise UsageError(
            f"The mask does not hold one true or false for each of the {len(index)} projects: "
            "make it from `projects` or `overview()`."
        ) from error
