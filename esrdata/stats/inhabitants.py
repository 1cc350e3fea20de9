"""Funding of regions by their inhabitants."""

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.knowledge.wording import sentence
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.made import statistic
from esrdata.stats.places import locations_summary
from esrdata.stats.population import Population, chosen, within
from esrdata.stats.reference import inhabitants, to_fill


@statistic
def per_inhabitant(
    portfolio: Portfolio,
    year: int | None = None,
    rule: str = "equal_split",
    *,
    population: Population | None = None,
) -> pd.DataFrame:
    """Tell the public funding of each region in euros per inhabitant.

    Parameters
    ----------
    portfolio
        The projects. Only some official project lists name places.
    year
        Whose inhabitants, at its end; None is the last year of the shelf within the programme
        period, which has to be one.
    rule
        What becomes of a project of several regions, as in `locations_summary`; an equal split
        is the default here, so that the regions add up to the whole.

    Returns
    -------
    DataFrame
        A row per region in Finnish alphabetical order: `name`, `nuts3`; `year`, `inhabitants`
        (Int64); `n` (Float64, projects, weighted by the rule); `planned`, `realised` (Float64,
        euros, public funding in total times the weight), each with `n_planned`, `n_realised` and
        `planned_per_inhabitant`, `realised_per_inhabitant` (Float64, euros). Missing where no
        project states the sum or the shelf lacks the inhabitants; not zero.

        Without a year, a portfolio of several periods, or of one of which the shelf has no
        inhabitants, has no rows, and `attrs` says so as `why_empty`.

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`, `rule`, `year`.

    Raises
    ------
    UsageError
        If the rule is unknown, or the shelf has no inhabitants of the year that was given: the
        sentence names the file to fill.

    Notes
    -----
    Inhabitants are those of the end of the year in the regional division of that time. Not for
    telling what reached people of the region: forms do not divide a project's money among its
    places.
    """
    about = chosen("per_inhabitant", population)
    counted, exclusions = within(portfolio, about)
    table = locations_summary(counted, "region", rule)
    places = table.attrs
    nation = table["level"] == "country"
    elsewhere = float(table.loc[nation, "n"].sum())
    table = table[~nation].reset_index(drop=True)
    of, why = _year(counted, year) if len(table) else (year, "")
    table = table[table["level"].notna() & (not why)].reset_index(drop=True)
    known = inhabitants().get(of, {}) if of is not None else {}
    people = table["name"].map(known).astype("Int64")
    figures = pd.DataFrame({"name": table["name"], "nuts3": table["nuts3"]})
    figures["year"] = pd.Series(of, index=table.index, dtype="Int64")
    figures["inhabitants"] = people
    figures["n"] = table["n"]
    for stage in ("planned", "realised"):
        figures[stage] = table[stage]
        figures[f"n_{stage}"] = table[f"n_{stage}"]
        figures[f"{stage}_per_inhabitant"] = (table[stage] / people).astype("Float64")
    return groups.annotate(
        figures,
        title="Public funding by region and inhabitant",
        population=places["population"],
        about=about,
        exclusions={
            **exclusions,
            **{row["reason"]: row["n"] for row in places["exclusions"]},
            "The project is of the whole country and names no region.": int(elsewhere),
            "The region's inhabitants are not on the shelf, so its sums are not divided.": int(
                people.isna().sum()
            ),
        },
        method=f"Inhabitants are those at the end of {of}. {places['method']}",
        rule=rule,
        year=of,
        **({"why_empty": why} if why else {}),
    )


def _year(portfolio: Portfolio, year: int | None) -> tuple[int | None, str]:
    """The year asked for, or the last of the shelf within the programme period; or why none."""
    known = sorted(inhabitants())
    if year is not None:
        if year not in known:
            raise UsageError(to_fill("inhabitants", str(year)))
        return year, ""
    periods = portfolio.projects["programme_period"].dropna().unique()
    if len(periods) != 1:
        return None, sentence("error.which_year", n=len(periods))
    (period,) = [row for row in load.codes("programme_periods") if row["code"] == periods[0]]
    first, last = (int(period[f"{side}_day"][:4]) for side in ("first", "last"))
    fitting = [year for year in known if first <= year <= last]
    if not fitting:
        return None, to_fill("inhabitants", f"{first}–{last}")
    return fitting[-1], ""
