"""Portfolios that a report sets beside its own: what their files are called in it."""

import pandas as pd

from esrdata.portfolio import Portfolio
from esrdata.tables.origin import shortened


def in_short(portfolio: Portfolio) -> Portfolio:
    """The same with files that have whole paths called as in the manifest of the report.

    The tables of the report's own portfolio lie beside it and say where its files are; those of
    another do not, and its paths would be all that the report says of somebody's machine.
    """
    if portfolio.origin is None or not isinstance(portfolio.tables, dict):
        return portfolio
    names = [source.name for source in portfolio.origin.sources]
    place, rest = shortened(names)
    if place is not None:
        return portfolio
    known = dict(zip(names, rest, strict=True))
    tables = {name: _called(table, known) for name, table in portfolio.tables.items()}
    return Portfolio(tables, portfolio.base, portfolio.shelf, portfolio.origin)


def _called(table: pd.DataFrame, known: dict[str, str]) -> pd.DataFrame:
    if "file" not in table or table.empty:
        return table
    short = {file: _short(str(file), known) for file in table["file"].dropna().unique()}
    return table.assign(file=table["file"].map(short).astype(table["file"].dtype))


def _short(file: str, known: dict[str, str]) -> str:
    """A name of a file, or of one inside it, such as a member of a zip folder."""
    if file in known:
        return known[file]
    outer = next((name for name in known if file.startswith(f"{name}/")), None)
    return file if outer is None else known[outer] + file.removeprefix(outer)
