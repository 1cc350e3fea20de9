"""What somebody who knows pandas means by a name that a portfolio has not: one sentence."""

from collections.abc import Mapping
from typing import NoReturn

import pandas as pd

from esrdata.errors import UnknownNameError, nearest
from esrdata.knowledge import load
from esrdata.knowledge.wording import called, table_label
from esrdata.tables import columns
from esrdata.tables.overview import declared

# What other libraries and everyday speech call what is here under another name.
_OTHERWISE = {
    "merge": "portfolio.overview().merge(other, on='project_code'), or of two portfolios "
    "esrdata.read([a, b])",
    "join": "portfolio.overview().merge(other, on='project_code'), or of two portfolios "
    "esrdata.read([a, b])",
    "drop": "portfolio[codes], a list of those to keep",
    "loc": "portfolio.project('S20405'), or portfolio.projects.loc",
    "iloc": "portfolio.projects.iloc",
    "pop": "portfolio.tables",
    "copy": "copy.copy(portfolio)",
    "sample": "esrdata.stats.sample_cases(portfolio, 3)",
    "unique": "portfolio.projects['fund'].unique()",
    "codes": "portfolio.projects['project_code']",
    "count": "len(portfolio)",
    "size": "len(portfolio)",
    "n": "len(portfolio)",
    "export": "portfolio.save(folder) or portfolio.to_excel(path)",
    "population": "esrdata.Population, which statistics take as population=",
    "report": "esrdata.report.write(portfolio, folder)",
    "write": "esrdata.report.write(portfolio, folder)",
    "compare": "esrdata.compare(portfolio, by=…)",
    "plot": "esrdata.charts, of a table that esrdata.stats gave",
    "charts": "esrdata.charts, of a table that esrdata.stats gave",
    "stats": "esrdata.stats, such as esrdata.stats.absorption(portfolio)",
    "filter": "portfolio.select(fund='ESR')",
    "query": "portfolio.select(fund='ESR')",
    "where": "portfolio.select(fund='ESR')",
    "to_csv": "portfolio.save(folder)",
    "to_parquet": "portfolio.save(folder)",
    "to_json": "portfolio.save(folder)",
    "to_dict": "portfolio.tables",
    "to_frame": "portfolio.overview(), which has a row per project",
    "to_pandas": "portfolio.overview(), which has a row per project",
    "concat": "esrdata.read of both sources, such as esrdata.read([a, b])",
    "append": "esrdata.read of both sources, such as esrdata.read([a, b])",
    "keys": "portfolio.tables",
    "items": "portfolio.tables",
    "values": "portfolio.tables",
    "get": "portfolio.tables",
    "budget": "portfolio.funding",
    "money": "portfolio.funding",
    "people": "portfolio.indicators",
    "texts": "portfolio.narratives",
    "errors": "portfolio.issues",
    "findings": "portfolio.issues",
    "warnings": "portfolio.issues",
    "places": "portfolio.locations",
    "regions": "portfolio.locations",
    "applicants": "portfolio.organisations",
    "beneficiaries": "portfolio.organisations",
}


def meant(name: str, tables: Mapping[str, pd.DataFrame], own: list[str]) -> str:
    """The sentence of a name that a portfolio has not.

    Parameters
    ----------
    name
        What was asked for.
    tables
        The tables of the portfolio.
    own
        The names it has.
    """
    opening = f"A portfolio has no {name!r}"
    if name in _OTHERWISE:
        return f"{opening}: see {_OTHERWISE[name]}."
    if name in set(tables["projects"]["project_code"]):
        return f"{name!r} is a project and no table: portfolio.project({name!r})."
    for table, frame in tables.items():
        if name in frame and not columns.is_internal(table):
            return f"{opening} of its own, it is a column of {table}: portfolio.{table}[{name!r}]."
    for table in (one for one in tables if not columns.is_internal(one)):
        labels = [table_label(table, lang) for lang in load.LANGUAGES]
        if name.lower() != table and load.fold(name) in map(load.fold, labels):
            return f"{opening}: see portfolio.{table}."
    projects = [str(column) for column in tables["projects"]]
    column = called(name, projects) or next((c for c in projects if f"{c}s" == name), None)
    if column is not None:
        return f"{opening}; there is a column of projects: portfolio.projects[{column!r}]."
    if name in declared(tables):
        return f"{opening} of its own, it is a column of portfolio.overview()[{name!r}]."
    if name in load.statistics()["columns"]:
        return f"{opening}, it is a statistic: esrdata.stats.{name}(portfolio)."
    if hasattr(pd.DataFrame, name):
        return (
            f"A portfolio is several tables: for {name!r} take one of them, such as "
            f"portfolio.projects.{name}, or portfolio.overview() with a row per project."
        )
    near = nearest(name, own)
    if near is not None:
        return f"{opening}; the nearest is {near!r}."
    names = ", ".join(table for table in tables if not columns.is_internal(table))
    return f"{opening}; its tables are {names}."


def no_table(key: object, tables: Mapping[str, pd.DataFrame]) -> str:
    """The sentence of a key in brackets that is no table and no choice of projects."""
    if isinstance(key, str):
        return meant(key, tables, [name for name in tables if not columns.is_internal(name)])
    text = "In brackets stands the name of a table, a mask or a list of project codes, not "
    if isinstance(key, int | slice):
        return f"{text}{key!r}: rows by number are those of portfolio.projects.iloc."
    if isinstance(key, tuple) and key and key[0] in tables:
        brackets = "".join(f"[{part!r}]" for part in key)
        return f"{text}several of them: portfolio{brackets}."
    return f"{text}{'None' if key is None else f'a {type(key).__name__}'}."


class Named(dict[str, pd.DataFrame]):
    """Tables by their names; one that is not there is told in a sentence."""

    def __missing__(self, key: object) -> NoReturn:
        raise UnknownNameError(no_table(key, self))
