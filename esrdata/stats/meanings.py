"""Codes that mean one thing in one period or fund and another in another, such as axes."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.portfolio import Portfolio
from esrdata.tables.population import Population

#: What tells the meanings of a code apart.
WITHIN = ("programme_period", "fund")


def told_apart_by(name: str) -> Iterator[str]:
    """The columns within which the codes of a column of projects have a meaning of their own."""
    codelist = load.table_specs()["projects"]["columns"].get(name, {}).get("codes")
    entry = load.codes(codelist)[0] if codelist else {}
    yield from (within for within in WITHIN if within in entry and within != name)


@on_its_shelf
def mixed(
    portfolio: Portfolio, names: Sequence[str], population: Population | None
) -> dict[str, list[str]]:
    """Of each name the codes that are one group here and mean several things, in order."""
    found = {}
    for name in names:
        apart = [within for within in told_apart_by(name) if within not in names]
        if not apart:
            continue
        projects = _asked(portfolio, [name, *apart], population).dropna()
        meanings = _meanings(name, projects)
        several = meanings.groupby(projects[name], sort=False).nunique()
        if codes := [str(code) for code, n in several.items() if n > 1]:
            found[name] = sorted(codes, key=lambda code: (len(code), code))
    return found


def in_common(portfolio: Portfolio, population: Population | None) -> dict[str, str]:
    """The programme period and the fund of all projects, where there is one."""
    projects = _asked(portfolio, [*WITHIN], population)
    found = {name: projects[name].unique() for name in WITHIN}
    return {name: str(one[0]) for name, one in found.items() if len(one) == 1 and pd.notna(one[0])}


def _asked(
    portfolio: Portfolio, names: Sequence[str], population: Population | None
) -> pd.DataFrame:
    """What columns of projects hold together in the periods and funds of a population."""
    projects = portfolio.projects[[*names]].drop_duplicates()
    if population is not None:
        for within, chosen in zip(WITHIN, (population.periods, population.funds), strict=True):
            if chosen is not None and within in projects:
                projects = projects[projects[within].isin(chosen)]
    return projects


def _meanings(name: str, rows: pd.DataFrame) -> "pd.Series[Any]":
    """What the code of each row means within its period and fund; itself where no list has it."""
    codelist = load.table_specs()["projects"]["columns"][name]["codes"]
    labels = {
        tuple(str(entry[column]) for column in ("code", *rows.columns[1:])): entry["label_fi"]
        for entry in load.codes(codelist)
    }
    keys = [tuple(map(str, row)) for row in rows.itertuples(index=False)]
    return pd.Series([labels.get(key, key) for key in keys], index=rows.index, dtype=object)
