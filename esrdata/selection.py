"""Selects projects of a portfolio, and their rows in every table."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd
from pandas.api.types import is_list_like

from esrdata.errors import UsageError, nearest
from esrdata.knowledge import load
from esrdata.knowledge.error_words import unknown_column
from esrdata.knowledge.wording import sentence
from esrdata.tables.columns import columns
from esrdata.tables.lookup import among
from esrdata.tables.organisations.names import Names
from esrdata.tables.stored import OnDemand, Stored

Tables = Mapping[str, pd.DataFrame]
#: Levels of places by which projects can be chosen.
LEVELS = ("country", "region", "subregion", "municipality")
# At most so many existing values are listed.
_LISTED = 12
# Tables by file: complete for every file that a chosen project was read from.
_OF_FILES = ("files", "passages")
# Tables with rows of projects and of whole files.
_ALSO_OF_FILES = ("issues", "links")
# Tables of organisations, and the columns that refer to them.
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
    projects = tables["projects"]
    keep = pd.Series(True, index=projects.index)
    if mask is not None:
        keep &= _booleans(mask, projects["project_code"])
    for name, wanted in conditions.items():
        values = list(wanted) if is_list_like(wanted) else [wanted]  # type: ignore[call-overload]
        held = _held(tables, name)
        named = _named(tables, name)
        if named is not None:
            values = [one for value in values for one in _spellings(value, name, *named, tables)]
        elif len(projects):
            values = _as_held(name, values, tables)
        keep &= projects["project_code"].isin(held.index[held.isin(values)])
    return projects.loc[keep, "project_code"]


def _named(tables: Tables, column: str) -> "tuple[pd.DataFrame, pd.Series[str]] | None":
    """Names and shown names in a column of organisations; None for other columns."""
    key, projects = f"{column}_id", tables["projects"]
    if key not in projects or not {*_WHO} <= tables.keys():
        return None
    of = projects[[column, key]].dropna().drop_duplicates().set_axis(["name", "id"], axis=1)
    units = tables["organisation_names"].drop_duplicates(["name", "organisation_id"])
    units = units.rename(columns={"organisation_id": "id"})[["name", "id", "unit"]]
    shown = tables["organisations"].set_index("organisation_id")["name"]
    return of.merge(units, on=["name", "id"], how="left"), shown


def _spellings(
    value: object, column: str, of: pd.DataFrame, shown: "pd.Series[str]", tables: Tables
) -> list[object]:
    """All names of the organisation with this name; of a unit, the unit's names.

    Figures by applicant or authority count all of them under the shown name.
    """
    rows = of[of["name"] == value] if isinstance(value, str) else of[:0]
    if rows.empty and isinstance(value, str):
        ids = {*shown.index[shown == value], Names().identify(value).key}
        rows = pd.DataFrame({"id": sorted(ids & {*of["id"]}), "unit": None})
    if rows.empty:
        return _as_held(column, [value], tables) if len(tables["projects"]) else [value]
    found = set[object]()
    for row in rows.itertuples(index=False):
        same = of["id"] == row.id
        # The name shown for the whole organisation may be a unit's.
        if isinstance(row.unit, str) and shown.get(row.id) != value:
            same &= of["unit"] == row.unit
        found |= {*of.loc[same, "name"]}
    return sorted(found, key=str)


def _day(value: object) -> "pd.Timestamp | None":
    """A day given as text, or without hours."""
    try:
        return pd.Timestamp(dt.date.fromisoformat(str(value)))
    except ValueError:
        return None


def _typed(value: object) -> str:
    """A value as one would type it: a day without hours."""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def none_has(tables: Tables, name: str, values: Iterable[object]) -> UsageError:
    """The error for values that no project has: it gives them and the existing ones."""
    there = [_typed(value) for value in sorted(_held(tables, name).dropna().unique())]
    near = (nearest(str(value), there) for value in values) if len(there) > _LISTED else ()
    there = list(dict.fromkeys([*filter(None, near), *there]))
    names, more = ", ".join(there[:_LISTED]), len(there) - _LISTED
    if more > 0:
        names = sentence("format.more", names=names, n=more)
    value = " / ".join(map(str, values))
    return UsageError(sentence("error.none_has", column=name, value=value, known=names or "–"))


def places_of(places: pd.DataFrame, level: str) -> pd.DataFrame:
    """A row per project and place of a level of `locations`; spellings of a place are merged."""
    found = places.loc[places["level"] == level, ["project_code", "name"]]
    names = {name: _place(level, name) for name in found["name"].dropna().unique()}
    place = found["name"].map(names).astype("string")
    return found[["project_code"]].assign(**{level: place}).drop_duplicates()


def _place(level: str, name: str) -> str:
    """The Finnish label of a known place; other names unchanged."""
    listed = load.place_list(level)
    if listed is None:
        return name
    code = load.spellings(listed).get(load.fold(name))
    return next((row["label_fi"] for row in load.codes(listed) if row["code"] == code), name)


def _held(tables: Tables, name: str) -> "pd.Series[str]":
    """The values of a column or level of places, indexed by project code."""
    projects, places = tables["projects"], tables["locations"]
    if name in projects:
        return projects.set_index("project_code", drop=False)[name]
    if name in LEVELS:
        return places_of(places, name).set_index("project_code")[name]
    raise UsageError(unknown_column("column", name, [*projects, *LEVELS]))


def _as_held(name: str, values: Iterable[object], tables: Tables) -> list[object]:
    """Values as projects have them; other languages and short forms are found in the code list.

    A value of the list that no project has chooses none; one not in the list is an error.
    """
    held = _held(tables, name)
    there = set(held.dropna())
    return [
        value
        # Versions of pandas differ in whether a text, or a day without hours, equals a timestamp.
        if value in there or (not isinstance(value, str | dt.date) and held.isin([value]).any())
        else _of_list(name, value, there, tables)
        for value in values
    ]


def _of_list(name: str, value: object, there: set[Any], tables: Tables) -> object:
    """A value that no project has in this form."""
    listed = load.place_list(name)
    column = {"codes": listed} if listed is not None else columns("projects").get(name, {})
    if column.get("type") == "integer" and str(value).isdecimal() and int(str(value)) in there:
        return int(str(value))
    if column.get("type") == "date" and (day := _day(value)) in there:
        return day
    if there and "codes" in column:
        rows = {row["code"]: row for row in load.codes(column["codes"])}
        code = load.spellings(column["codes"]).get(load.fold(str(value)), str(value))
        if code in rows and listed is not None:
            return rows[code]["label_fi"]
        # Some columns hold text as written although they have a list.
        if code in there or (code in rows and not rows.keys().isdisjoint(map(str, there))):
            return code
    raise none_has(tables, name, [value])


def only(tables: Tables, codes: "pd.Series[str]") -> Tables:
    """Every table with the rows of these projects, and of the files they were read from.

    Of tables still on disk only those rows are read, when they are first used.
    """
    part = Part(tables, codes)
    return part if isinstance(tables, OnDemand) else dict(part)


class Part(OnDemand):
    """The tables of some projects, each made when it is first used."""

    def __init__(self, tables: Tables, codes: "pd.Series[str]") -> None:
        super().__init__(tables, lambda name: self._rows(name).reset_index(drop=True))
        self._tables, self._codes = tables, codes

    def _rows(self, name: str) -> pd.DataFrame:
        if name in _OF_FILES:
            table = self._tables[name]
            return table[among(table["file"], self._files)]
        if name in _WHO:
            table = self._tables[name]
            return table[among(table["organisation_id"], self._who)]
        if isinstance(self._tables, Stored) and name not in _ALSO_OF_FILES:
            return self._tables.rows(name, "project_code", list(self._codes))
        table = self._tables[name]
        kept = among(table["project_code"], self._codes)
        if name in _ALSO_OF_FILES:
            # A finding on a whole file, or a project that a web page only mentions.
            whole = table["project_code"].isna() & among(table["file"], self._files)
            kept |= whole.to_numpy(bool)
        at = kept.nonzero()[0]
        if len(at) and at[-1] - at[0] + 1 == len(at):
            # Rows of one project are adjacent: a slice copies nothing of a long table.
            return table.iloc[at[0] : at[-1] + 1]
        return table[kept]

    @cached_property
    def _files(self) -> frozenset[str]:
        """Files that the projects were read from."""
        return frozenset(self["provenance"]["file"].unique())

    @cached_property
    def _who(self) -> set[str]:
        """Ids of the organisations that the projects name, and of those units' bodies."""
        found = set(pd.concat([self[name][column] for name, column in _NAMING]).dropna())
        parents = self._tables["organisations"].set_index("organisation_id")["parent_id"].dropna()
        return found | set(parents[parents.index.isin(found)])


def _booleans(mask: Iterable[object], codes: "pd.Series[str]") -> "pd.Series[bool]":
    """A mask as booleans in the order of the projects."""
    if isinstance(mask, str):
        raise UsageError("Give a column and its value, such as portfolio.select(fund='ESR').")
    try:
        values = _ordered(mask, codes) if isinstance(mask, pd.Series) else list(mask)
        return pd.Series(values, index=codes.index).astype("boolean").fillna(False).astype(bool)
    except (TypeError, ValueError) as error:
        raise UsageError(
            f"The mask does not hold one true or false for each of the {len(codes)} projects: "
            "make it from `projects` or `overview()`."
        ) from error


def _ordered(mask: "pd.Series[Any]", codes: "pd.Series[str]") -> list[object]:
    """The values of a mask, ordered by its index of row numbers or project codes.

    Raises
    ------
    ValueError
        If its index is neither.
    """
    for index in (codes.index, codes):
        if set(mask.index) == set(index):
            return list(mask.reindex(index))
    raise ValueError("another index")
