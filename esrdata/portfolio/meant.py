"""Explains names that a portfolio does not have, mostly pandas habits, in one sentence."""

from collections.abc import Mapping
from typing import NoReturn

import pandas as pd

from esrdata.errors import UnknownNameError, nearest
from esrdata.knowledge import load
from esrdata.knowledge.error_words import called
from esrdata.knowledge.wording import table_label
from esrdata.tables import columns
from esrdata.tables.overview import declared

# What to use here, and what other libraries and everyday speech call it.
_INSTEAD = {
    (
        "portfolio.overview().merge(other, on='project_code'), or of two portfolios "
        "esrdata.read([a, b])"
    ): "merge join",
    "portfolio[codes], a list of those to keep": "drop",
    "portfolio.project('S20405'), or portfolio.projects.loc": "loc",
    "portfolio.projects.iloc": "iloc",
    "portfolio.tables": "pop to_dict keys items values get",
    "copy.copy(portfolio)": "copy",
    "esrdata.stats.sample_cases(portfolio, 3)": "sample",
    "portfolio.projects['fund'].unique()": "unique",
    "portfolio.projects['project_code']": "codes",
    "len(portfolio)": "count size n",
    "portfolio.save(folder) or portfolio.to_excel(path)": "export",
    "esrdata.Population, which statistics take as population=": "population",
    "esrdata.report.write(portfolio, folder)": "report write",
    "esrdata.compare(portfolio, by=…)": "compare",
    "esrdata.charts, of a table that esrdata.stats gave": "plot charts",
    "esrdata.stats, such as esrdata.stats.absorption(portfolio)": "stats",
    "portfolio.select(fund='ESR')": "filter query where",
    "portfolio.save(folder)": "to_csv to_parquet to_json",
    "portfolio.overview(), which has a row per project": "to_frame to_pandas",
    "esrdata.read of both sources, such as esrdata.read([a, b])": "concat append",
    "portfolio.funding": "budget money",
    "portfolio.indicators": "people",
    "portfolio.narratives": "texts",
    "portfolio.issues": "errors findings warnings",
    "portfolio.locations": "places regions",
    "portfolio.organisations": "applicants beneficiaries",
}
_OTHERWISE = {name: here for here, names in _INSTEAD.items() for name in names.split()}


def meant(name: str, tables: Mapping[str, pd.DataFrame], own: list[str]) -> str:
    """The sentence for a name that a portfolio does not have.

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
    """The sentence for a key in brackets that is no table and no choice of projects."""
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
    """Tables by name; an unknown name raises an error with a full sentence."""

    def __missing__(self, key: object) -> NoReturn:
        raise UnknownNameError(no_table(key, self))
