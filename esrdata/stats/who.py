"""Who a project's organisation is, for statistics that group, count or rank by organisation."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, TypedDict, Unpack

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.tables import columns
from esrdata.tables.kept import once
from esrdata.tables.organisations import tables
from esrdata.tables.organisations.join import names as reader

#: Columns of `projects` that name an organisation, and the column of its id.
NAMED = {"applicant": "applicant_id", "authority": "authority_id"}
#: What becomes of units: a unit behind its body's full name counts as the body and one named alone
#: as itself; or all are themselves; or all are their bodies.
UNITS = ("named", "apart", "body")
#: Id to the id and name of the one that it counts as.
_Next = Mapping[str, tuple[str, str]]


#: By the column of names: what each rule joined, and how many names any of them did.
Noted = dict[str, tuple[list[dict[str, Any]], int]]
_NOTED: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[Noted]:
    """Note what is joined while a statistic is made, and while those are that it asks."""
    outer, inner = _NOTED.get(), Noted()
    token = _NOTED.set(inner)
    try:
        yield inner
    finally:
        _NOTED.reset(token)
        if outer is not None:
            outer.update({column: found for column, found in inner.items() if column not in outer})


class Joining(TypedDict, total=False):
    """How organisations are counted; see `who_is_who`."""

    units: str
    successors: bool
    municipalities: int | None


@dataclass(frozen=True)
class Who:
    """The organisation of each project, in the order of `projects`.

    Attributes
    ----------
    names
        The name to show; missing where the project names nobody. Two organisations of one name
        have their business ids in brackets, or our own where these do not tell them apart.
    spellings
        The name as the project's source writes it.
    rules
        Codes of `organisation_rules`, divided by `|`: how this spelling, or this organisation, was
        joined to others; missing where it was not.
    """

    names: "pd.Series[Any]"
    spellings: "pd.Series[Any]"
    rules: "pd.Series[Any]"

    def joined(self, amounts: "pd.Series[Any]") -> list[dict[str, Any]]:
        """How many names and euros each rule joined, in the order of the shelf.

        Parameters
        ----------
        amounts
            Euros of the projects that count, with the index of `projects` or a part of it.

        Returns
        -------
        list of dict
            Of each rule `column` (which names were joined), `rule`, `names`, `projects` and
            `amount` in euros. A name that several rules joined stands in each. Whoever makes a
            statistic has the rows in the `attrs` of its table.
        """
        rows = pd.DataFrame(
            {"rule": self.rules.str.split("|"), "name": self.spellings, "amount": amounts}
        )
        rows = rows.loc[amounts.index].explode("rule").dropna(subset=["rule"])
        found = {str(rule): own for rule, own in rows.groupby("rule")}
        made = [
            {
                "column": str(self.names.name),
                "rule": rule,
                "names": int(found[rule]["name"].nunique()),
                "projects": len(found[rule]),
                "amount": round(float(found[rule]["amount"].sum()), 2),
            }
            for rule in (row["code"] for row in load.codes("organisation_rules"))
            if rule in found
        ]
        noted = _NOTED.get()
        if noted is not None:
            noted.setdefault(str(self.names.name), (made, rows["name"].nunique()))
        return made


def organisations(
    portfolio: Portfolio, column: str, **choices: Unpack[Joining]
) -> "pd.Series[Any]":
    """The organisation of each project, by the name to show; see `who_is_who`."""
    return who_is_who(portfolio, column, **choices).names


def who_is_who(
    portfolio: Portfolio,
    column: str,
    *,
    units: str = "named",
    successors: bool = False,
    municipalities: int | None = None,
) -> Who:
    """Say who the organisation of each project is, and how its names were joined.

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
    municipalities
        A year: a municipality counts as the one that it was a part of at the end of it, by the
        mergers on the shelf. None leaves each the name of its time.

    Raises
    ------
    UsageError
        If the column or the choice of units is unknown.
    """
    if column not in NAMED:
        raise UsageError(unknown("column of organisations", column, list(NAMED)))
    if units not in UNITS:
        raise UsageError(unknown("choice of units", units, UNITS))
    if not isinstance(successors, bool):
        # "no" would count as yes.
        raise UsageError(f"The argument successors is True or False, not {successors!r}.")
    if municipalities is not None and type(municipalities) is not int:
        raise UsageError(f"The argument municipalities is a year, not {municipalities!r}.")
    asked = ("who", column, units, successors, municipalities)
    make = partial(_who_is_who, portfolio, column, units, successors, municipalities)
    return once([portfolio], asked, make)


def _who_is_who(
    portfolio: Portfolio, column: str, units: str, successors: bool, municipalities: int | None
) -> Who:
    known = _tables(portfolio)
    projects = known["projects"]
    ids = projects[NAMED[column]]
    table = known["organisations"].set_index("organisation_id")
    names = _labels(table)
    spelt = known["organisation_names"].drop_duplicates("name").set_index("name")
    several = ids.map(table["spellings"] > 1).astype("boolean").fillna(False).astype(bool)
    # A column of nothing but missing cells is no text by itself.
    rules = projects[column].map(spelt["rule"]).astype("string").fillna("spelling")
    rules = rules.where(several, "")
    steps: list[tuple[str, _Next]] = []
    if units == "body":
        bodies = {key: _body(table, key) for key in ids.dropna().unique()}
        steps.append(("body", {key: (body, names[body]) for key, body in bodies.items()}))
    if successors:
        steps.append(("successor", _successors()))
    if municipalities is not None:
        steps.append(("merger", _mergers(municipalities)))
    for rule, after in steps:
        now = ids.map(lambda key, after=after: _last(after, key), na_action="ignore")
        changed = ids.notna() & now.ne(ids).fillna(False)
        rules = rules.mask(changed, rules + f"|{rule}")
        names |= {key: name for key, name in after.values() if key not in names}
        ids = now
    found = ids.map(names).astype("string")
    if units == "apart":
        unit = projects[column].map(spelt["unit"])
        found = found.where(unit.isna(), found + ", " + unit.astype("string"))
    rules = rules.str.strip("|")
    return Who(found.rename(column), projects[column], rules.mask(rules == ""))


def _tables(portfolio: Portfolio) -> Mapping[str, pd.DataFrame]:
    """The tables of a portfolio, with organisations where an older one was saved without."""
    known = portfolio.tables
    if "organisations" in known:
        return known
    partners = known.get("partners", columns.frame("partners", []))
    return {**known, **tables.organisations(known["projects"], partners)}


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
    names, own = table["name"], table["business_id"]
    twice = names.duplicated(keep=False)
    # A missing business id tells apart as well, where it is the only one.
    alone = ~table.duplicated(["name", "business_id"], keep=False)
    apart = own.where(alone, table.index.to_series().astype("string"))
    labels = names.where(~twice | apart.isna(), names + " (" + apart + ")")
    # A column of texts by itself gives them one by one.
    return dict(zip(map(str, labels.index.tolist()), map(str, labels.tolist()), strict=True))


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


def _mergers(year: int) -> dict[str, tuple[str, str]]:
    """Municipality to the id and name of the one that it was a part of at the end of a year."""
    read = reader().identify
    return {
        read(row["label_fi"]).key: (read(row["successor"]).key, row["successor"])
        for row in load.codes("municipality_mergers")
        if int(row["from_day"][:4]) <= year
    }


def _last(after: _Next, key: str) -> str:
    seen = {key}
    while key in after and after[key][0] not in seen:
        key = after[key][0]
        seen.add(key)
    return key
