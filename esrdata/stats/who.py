"""Who a project's organisation is, for statistics that group, count or rank by organisation."""

from typing import Any

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.tables import columns
from esrdata.tables.organisations import tables

#: Columns of `projects` that name an organisation, and the column of its id.
NAMED = {"applicant": "applicant_id", "authority": "authority_id"}
#: What becomes of units: a unit behind its body's full name counts as the body and one named alone
#: as itself; or all are themselves; or all are their bodies.
UNITS = ("named", "apart", "body")


def organisations(
    portfolio: Portfolio, column: str, *, units: str = "named", successors: bool = False
) -> "pd.Series[Any]":
    """The organisation of each project, by the name to show.

    Parameters
    ----------
    portfolio
        The projects.
    column
        ``applicant`` or ``authority``.
    units
        ``named``: what stands behind a body's full name counts as the body, a unit named alone as
        itself. ``apart``: every unit counts as itself. ``body``: every unit counts as its body.
    successors
        Whether an organisation counts as the one that came after it, where there is one alone.

    Returns
    -------
    Series of string
        In the order of `projects`; missing where the project names nobody. Two organisations of
        one name have their ids in brackets. `attrs["joined"]`: how many spellings each rule
        joined.

    Raises
    ------
    UsageError
        If the column or the choice of units is unknown.
    """
    if column not in NAMED:
        raise UsageError(unknown("column of organisations", column, list(NAMED)))
    if units not in UNITS:
        raise UsageError(unknown("choice of units", units, UNITS))
    known = _tables(portfolio)
    projects = known["projects"]
    ids = projects[NAMED[column]]
    table = known["organisations"].set_index("organisation_id")
    if units == "body":
        ids = ids.map(lambda key: _body(table, key), na_action="ignore")
    names = _labels(table)
    if successors:
        after = _successors()
        ids = ids.map(lambda key: _last(after, key), na_action="ignore")
        names |= {key: name for key, (_, name) in after.items() if key not in names}
        names |= {key: name for key, name in _listed().items() if key not in names}
    found = ids.map(names).astype("string")
    if units == "apart":
        spelt = known["organisation_names"].drop_duplicates("name").set_index("name")["unit"]
        unit = projects[column].map(spelt)
        found = found.where(unit.isna(), found + ", " + unit.astype("string"))
    found.attrs["joined"] = _joined(known, ids)
    return found.rename(column)


def _tables(portfolio: Portfolio) -> dict[str, pd.DataFrame]:
    """The tables of a portfolio, with organisations where an older one was saved without."""
    known = portfolio.tables
    if "organisations" in known:
        return known
    partners = known.get("partners", columns.frame("partners", []))
    return {**known, **tables.organisations(known["projects"], partners)}


def _joined(known: dict[str, pd.DataFrame], ids: "pd.Series[Any]") -> dict[str, int]:
    """How many spellings of these organisations each rule joined to another."""
    table = known["organisations"]
    several = table.loc[table["spellings"] > 1, "organisation_id"]
    wanted = several[several.isin(ids.dropna().unique())]
    names = known["organisation_names"]
    rules = names.loc[names["organisation_id"].isin(wanted), "rule"].fillna("spelling")
    counts = rules.str.split("|").explode().value_counts()
    order = [row["code"] for row in load.codes("organisation_rules")]
    return {rule: int(counts[rule]) for rule in order if rule in counts}


def _body(table: pd.DataFrame, key: str) -> str:
    """The body of a unit, however many units it is within."""
    seen = {key}
    while key in table.index and isinstance(parent := table.at[key, "parent_id"], str):
        if parent in seen:
            break
        seen.add(parent)
        key = parent
    return key


def _labels(table: pd.DataFrame) -> dict[str, str]:
    names = table["name"]
    twice = names.duplicated(keep=False)
    labels = names.where(~twice, names + " (" + table.index.astype("string") + ")")
    return {str(key): str(name) for key, name in labels.items()}


def _listed() -> dict[str, str]:
    return {
        f"{kind}:{row['code']}": row["label_fi"]
        for kind, name in (("known", "organisations"), ("authority", "authorities"))
        for row in load.codes(name)
    }


def _successors() -> dict[str, tuple[str, str]]:
    """Id to the id and name of the one organisation that came after it."""
    names = _listed()
    found = {}
    for row in load.codes("authority_successors"):
        after = row["successor"].split("|")
        # Divided among several, nobody can say who of them it is.
        if len(after) == 1:
            key = f"authority:{after[0]}"
            found[f"authority:{row['code']}"] = key, names[key]
    return found


def _last(after: dict[str, tuple[str, str]], key: str) -> str:
    seen = {key}
    while key in after and after[key][0] not in seen:
        key = after[key][0]
        seen.add(key)
    return key
