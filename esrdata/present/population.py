"""The projects that a report is about, where it is about some only."""

from esrdata.knowledge import formats, load, wording
from esrdata.portfolio import Portfolio
from esrdata.present.charts.whom import how_chosen
from esrdata.selection import only
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
