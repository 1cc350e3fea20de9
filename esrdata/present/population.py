"""The projects that a report is about, where it is about some only."""

import pandas as pd

from esrdata.knowledge import formats, load, wording
from esrdata.portfolio import Portfolio
from esrdata.present.charts.whom import how_chosen
from esrdata.selection import only
from esrdata.tables.origin import shortened
from esrdata.tables.population import Population


def narrowed(portfolio: Portfolio, population: Population | None) -> Portfolio:
    """The portfolio with the projects of a population alone; itself where there is none."""
    if population is None:
        return portfolio
    members = population.members(portfolio)
    kept = members.loc[members["reason"].isna(), "project_code"]
    if len(kept) == len(members):
        return portfolio
    origin = (
        None if portfolio.origin is None else portfolio.origin.then(population=population.as_json())
    )
    return Portfolio(only(portfolio.tables, kept), portfolio.base, portfolio.shelf, origin)


def about(portfolio: Portfolio, population: Population | None, lang: str) -> list[str]:
    """Whom a report is about in sentences, and how many projects are out for which reason."""
    steps = [] if portfolio.origin is None else portfolio.origin.in_short()
    before = list(how_chosen(steps, lang))
    if population is None:
        return before
    out = [row for row in population.members(portfolio).attrs["exclusions"] if row["n"]]
    words = {entry["en"]: entry[lang] for entry in load.words()["population"]["reason"].values()}
    reasons = "; ".join(
        f"{(text := words[row['reason']])[:1].lower()}{text[1:].rstrip('.')} "
        f"({formats.number(row['n'], lang)})"
        for row in out
    )
    sentences = [population.sentence(lang)]
    if reasons:
        sentences.append(wording.word("population.left_out", lang, reasons=reasons))
    return [*before, " ".join(sentences)]


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
