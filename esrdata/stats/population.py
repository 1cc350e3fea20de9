"""Whom a statistic is about: the population asked for, or its own from `statistics.yml`."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from types import EllipsisType
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.tables.population import MISSING, Population

__all__ = [
    "MISSING",
    "Population",
    "chosen",
    "default",
    "exclusions_of",
    "members_with",
    "sentence_of",
    "within",
]

#: A status that was asked for by itself; an ellipsis where none was.
Status = str | Sequence[str] | None | EllipsisType


def default(statistic: str) -> Population:
    """Give the population of a statistic where nobody asks for another."""
    return Population.from_json(load.statistics()["populations"][statistic])


def chosen(
    statistic: str, population: Population | None, status: Status = ..., measure: str | None = None
) -> Population:
    """Decide whom a statistic is about.

    Parameters
    ----------
    statistic
        Whose default population stands where none was asked for.
    population
        The one asked for.
    status
        Shorthand for the `statuses` of the default population.
    measure
        What the statistic needs the sums of; a condition where the population has no measure.

    Raises
    ------
    UsageError
        If both a population and a status are asked for, or the population is none.
    """
    if population is None:
        found = default(statistic)
        if not isinstance(status, EllipsisType):
            codes = (status,) if isinstance(status, str) else status
            found = replace(found, statuses=None if codes is None else tuple(codes))
    elif not isinstance(population, Population):
        raise UsageError(f"A population is an esrdata.Population, not {population!r}.")
    elif not isinstance(status, EllipsisType):
        raise UsageError("Give the statuses in the population, not as status beside it.")
    else:
        found = population
    return found if found.measure is not None else replace(found, measure=measure)


def members_with(portfolio: Portfolio, population: Population, measure: str) -> pd.DataFrame:
    """`Population.members` of those whose sums of a measure are there, whatever else is asked."""
    table = population.members(portfolio)
    if population.measure == measure:
        return table
    needs = Population(measure=measure, exact=population.exact, negative=population.negative)
    own = needs.members(portfolio)
    reasons = {row["reason"]: 0 for of in (table, own) for row in of.attrs["exclusions"]}
    table["reason"] = table["reason"].fillna(own["reason"])
    counts = table["reason"].value_counts()
    table.attrs["exclusions"] = [
        {"reason": reason, "n": int(counts.get(reason, 0))} for reason in reasons
    ]
    return table


def exclusions_of(members: pd.DataFrame) -> dict[str, int]:
    """Why projects are out, and how many; zero tells that it was looked for."""
    return {row["reason"]: row["n"] for row in members.attrs["exclusions"]}


def within(portfolio: Portfolio, population: Population) -> tuple[Portfolio, dict[str, int]]:
    """Give a portfolio of the projects that count, and why the others do not, with numbers."""
    members = population.members(portfolio)
    out = members["reason"].notna()
    if not out.any():
        return portfolio, exclusions_of(members)
    codes = members.loc[~out, "project_code"]
    tables = {
        name: table[table["project_code"].isin(codes)] if "project_code" in table else table
        for name, table in portfolio.tables.items()
    }
    return Portfolio(tables, portfolio.base, portfolio.shelf), exclusions_of(members)


def sentence_of(attrs: Mapping[Hashable | None, Any], lang: str) -> str:
    """Tell whom a statistics table is about, from its `attrs`."""
    return Population.from_json(attrs["population_spec"]).sentence(lang)
