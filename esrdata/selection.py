"""Some of the projects of a portfolio: which they are, and their rows of every table."""

from collections.abc import Iterable, Mapping
from functools import cached_property

import pandas as pd
from pandas.api.types import is_list_like

from esrdata.errors import UsageError, unknown
from esrdata.tables.stored import OnDemand, Stored

Tables = Mapping[str, pd.DataFrame]
#: Places that projects can be chosen by.
LEVELS = ("country", "region", "subregion", "municipality")
# Tables of files: they stay whole for every file that a chosen project was read from.
_OF_FILES = ("files", "passages")
# Tables with rows of files beside those of projects.
_ALSO_OF_FILES = ("issues", "links")
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


def only(tables: Tables, codes: "pd.Series[str]") -> Tables:
    """Every table with the rows of these projects, and of whole files they were read from.

    Of tables that are still on disk only those rows are read, when they are asked for.
    """
    part = _Part(tables, codes)
    return part if isinstance(tables, OnDemand) else dict(part)


class _Part(OnDemand):
    """Tables of some projects."""

    def __init__(self, tables: Tables, codes: "pd.Series[str]") -> None:
        super().__init__(tables, lambda name: self._rows(name).reset_index(drop=True))
        self._tables, self._codes = tables, codes

    def _rows(self, name: str) -> pd.DataFrame:
        if name in _OF_FILES:
            table = self._tables[name]
            return table[table["file"].isin(self._files)]
        if name in _WHO:
            table = self._tables[name]
            return table[table["organisation_id"].isin(self._who)]
        if isinstance(self._tables, Stored) and name not in _ALSO_OF_FILES:
            return self._tables.rows(name, "project_code", list(self._codes))
        table = self._tables[name]
        kept = table["project_code"].isin(self._codes)
        if name in _ALSO_OF_FILES:
            # A finding of a whole file, a project that a web page only mentions.
            kept |= table["project_code"].isna() & table["file"].isin(self._files)
        return table[kept]

    @cached_property
    def _files(self) -> frozenset[str]:
        """Files that the projects were read from."""
        return frozenset(self["provenance"]["file"].unique())

    @cached_property
    def _who(self) -> set[str]:
        """Ids of all that the projects name, and of the bodies of their units."""
        found = set(pd.concat([self[name][column] for name, column in _NAMING]).dropna())
        parents = self._tables["organisations"].set_index("organisation_id")["parent_id"].dropna()
        return found | set(parents[parents.index.isin(found)])


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
