"""Facts of each project that statistics are made of."""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.tables.kept import once
from esrdata.tables.overview import declared, overview, population_of
from esrdata.tables.population import Population, stated_sums

STAGES = ("planned", "realised")
NOT_EXACT = "A sum is not stated exactly."


def ensure_known(kind: str, name: object, known: Sequence[str]) -> None:
    """Raise where a name is none of those known; the sentence has the nearest."""
    if name not in known:
        raise UsageError(unknown(kind, str(name), known))


def beside(portfolio: Portfolio, table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Columns of a table with a row per project, in the order and with the index of `projects`."""
    projects = portfolio.projects
    found = table.set_index("project_code")[list(columns)]
    return found.reindex(projects["project_code"]).set_axis(projects.index)


def exact_sums(
    portfolio: Portfolio, measure: str, stage: str
) -> "tuple[pd.Series[Any], pd.Series[Any]]":
    """The sum of each project, missing where it is not stated exactly, and whether it is so."""
    ensure_known("measure", measure, [row["code"] for row in load.codes("measures")])
    ensure_known("stage", stage, [row["code"] for row in load.codes("stages")])
    amounts, inexact = stated_sums(portfolio.tables, measure, stage)
    return amounts.mask(inexact), inexact


def quantities(
    portfolio: Portfolio, names: Iterable[str], population: Population | None = None
) -> "tuple[pd.DataFrame, pd.Series[bool]]":
    """Take figures of projects from the overview.

    Parameters
    ----------
    portfolio
        The projects.
    names
        Columns of the overview that count or measure something.
    population
        Whom absorption and the share paid are about, besides what they ask themselves; other
        figures are of all projects.

    Returns
    -------
    tuple
        `project_code` and the figures (Float64), rows as in `projects`; and for each row whether
        some of the figures are missing because their indicator does not apply: the zero of such
        a project is no count. A sum that is not stated exactly is missing, unless the population
        takes it.

    Raises
    ------
    UsageError
        If a name is no such column; the sentence names the nearest.
    """
    units = {
        name: spec.get("unit")
        for name, spec in declared(portfolio.tables).items()
        if spec["type"] in ("integer", "money", "number") and "codes" not in spec
    }
    asked = list(names)
    for name in asked:
        if name not in units:
            raise UsageError(unknown("figure", str(name), units))
    make = partial(_quantities, portfolio, asked, population)
    figures, without = once([portfolio], ("quantities", *asked, population), make)
    return figures.copy(), without


def _quantities(
    portfolio: Portfolio, asked: Sequence[str], population: Population | None
) -> "tuple[pd.DataFrame, pd.Series[bool]]":
    # Of jobs_created_planned_women the indicator is jobs_created.
    applies = {
        name: re.sub("_(planned|realised)(_women)?$", "", name) + "_applicable" for name in asked
    }
    wide = overview(portfolio.tables, population, only={"project_code", *asked, *applies.values()})
    table = wide[["project_code", *asked]].astype(dict.fromkeys(asked, "Float64"))
    without = pd.Series(False, index=wide.index)
    for name, applicable in applies.items():
        measure, _, stage = name.rpartition("_")
        if stage in STAGES and (population is None or population.exact):
            # What is no measure is stated nowhere.
            table[name] = table[name].mask(stated_sums(portfolio.tables, measure, stage)[1])
        if applicable in wide:
            refused = wide[applicable].eq(False).fillna(False).astype(bool)
            table[name] = table[name].mask(refused)
            without |= refused
    return table, without


def specs_of(names: Iterable[str], population: Population) -> dict[str, dict[str, Any]]:
    """The populations of figures that have their own within another, as JSON has them."""
    owns = {name: population_of(name) for name in names}
    return {
        name: population.completed(own).as_json() for name, own in owns.items() if own is not None
    }


def reason_of(without: "pd.Series[Any]") -> "pd.Series[Any]":
    """Why the projects do not count to which a figure does not apply; else missing."""
    reason = pd.Series("What is counted does not apply to the project.", index=without.index)
    return reason.astype("string").where(without.eq(True).fillna(False))
