"""Whom a statistic is about: the population asked for, or its own from `statistics.yml`."""

import inspect
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import wraps
from types import EllipsisType
from typing import Any, ParamSpec

import pandas as pd

from esrdata.errors import UsageError
from esrdata.portfolio import Portfolio
from esrdata.tables.kept import once
from esrdata.tables.lookup import among
from esrdata.tables.population import MISSING, Population, default, everyone, members_with
from esrdata.tables.stored import OnDemand

__all__ = [
    "MISSING",
    "Population",
    "checked",
    "chosen",
    "default",
    "everyone",
    "exclusions_of",
    "members_with",
    "of_population",
    "sentence_of",
    "within",
]

P = ParamSpec("P")
#: A status that was asked for by itself; an ellipsis where none was.
Status = str | Sequence[str] | None | EllipsisType


def chosen(
    statistic: str, population: Population | None, status: Status = ..., measure: str | None = None
) -> Population:
    """Decide whom a statistic is about.

    Parameters
    ----------
    statistic
        Whose default population stands where none was asked for, and what is not asked of it.
    population
        The one asked for.
    status
        Shorthand for the `statuses` of the default population; None for all.
    measure
        What the statistic needs the sums of; a condition where the population has no measure.

    Raises
    ------
    UsageError
        If both a population and a status are asked for, or the population is none.
    """
    asked = checked(population)
    if not isinstance(status, EllipsisType):
        if population is not None:
            raise UsageError("Give the statuses in the population, not as status beside it.")
        codes = (status,) if isinstance(status, str) else status
        asked = everyone() if codes is None else Population(statuses=tuple(codes))
    return asked.completed(default(statistic)).completed(Population(measure=measure))


def checked(population: Population | None) -> Population:
    """The population, or all projects where there is none; raise where it is something else."""
    if population is None:
        return Population()
    if not isinstance(population, Population):
        raise UsageError(f"A population is an esrdata.Population, not {population!r}.")
    return population


def exclusions_of(members: pd.DataFrame) -> dict[str, int]:
    """Why projects are out, and how many; zero tells that it was looked for."""
    return {row["reason"]: row["n"] for row in members.attrs["exclusions"]}


def within(portfolio: Portfolio, population: Population) -> tuple[Portfolio, dict[str, int]]:
    """Give a portfolio of the projects that count, and why the others do not, with numbers."""
    held, out = once([portfolio], ("within", population), lambda: _within(portfolio, population))
    return held, dict(out)


def _within(portfolio: Portfolio, population: Population) -> tuple[Portfolio, dict[str, int]]:
    members = population.members(portfolio)
    out = members["reason"].notna()
    if not out.any():
        return portfolio, exclusions_of(members)
    codes = members.loc[~out, "project_code"]
    tables = portfolio.tables

    def of_members(name: str) -> pd.DataFrame:
        table = tables[name]
        return table[among(table["project_code"], codes)] if "project_code" in table else table

    return Portfolio(OnDemand(tables, of_members), portfolio.base, portfolio.shelf), exclusions_of(
        members
    )


def of_population(function: Callable[P, pd.DataFrame]) -> Callable[P, pd.DataFrame]:
    """Let a statistic see only the projects of the `population` it is given, and say so.

    The statistic takes a `portfolio` and a `population`. The `attrs` of its table get
    `population_spec`; the conditions are added to `population`, and the reasons why projects are
    out stand first among `exclusions`.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
        given = signature.bind(*args, **kwargs)
        about = chosen(function.__name__, given.arguments.get("population"))
        portfolio, out = within(given.arguments["portfolio"], about)
        given.arguments["portfolio"] = portfolio
        table = function(*given.args, **given.kwargs)
        attrs = table.attrs
        attrs["population_spec"] = about.as_json()
        if about != Population():
            attrs["population"] = f"{attrs['population']} {about}"
        before = [{"reason": reason, "n": n} for reason, n in out.items()]
        attrs["exclusions"] = [*before, *attrs["exclusions"]]
        return table

    return run


def sentence_of(attrs: Mapping[Hashable | None, Any], lang: str) -> str:
    """Tell whom a statistics table is about, from its `attrs`."""
    return Population.from_json(attrs["population_spec"]).sentence(lang)
