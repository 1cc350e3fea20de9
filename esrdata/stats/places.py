"""Projects and their funding by place."""

from typing import Any

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.selection import places_of
from esrdata.stats import groups
from esrdata.stats.facts import quantities
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population
from esrdata.stats.recording import note
from esrdata.tables.lookup import among

#: Levels of places that can be summed up, with what they are called in a sentence.
LEVELS = {"region": "regions", "subregion": "subregions", "municipality": "municipalities"}
#: Why a project is of no place.
NO_PLACE = "The project has no place, as in project lists."
OTHER_LEVEL = "The project has places but none of the level {level}."
_SUMS = {"planned": "public_total_planned", "realised": "public_total_realised"}


@statistic
@of_population
def locations_summary(
    portfolio: Portfolio,
    level: str = "region",
    rule: str = "full_count",
    *,
    population: Population | None = None,
) -> pd.DataFrame:
    """Count projects and their public funding by place.

    Parameters
    ----------
    portfolio
        The projects. Only some official project lists name places.
    level
        ``region``, ``subregion`` or ``municipality``.
    rule
        What becomes of a project of several places: ``full_count`` counts it in full in each, so
        that places add up to more than the whole; ``equal_split`` gives each an equal part;
        ``leave_out`` leaves it out. See `groups.keys`.

    Returns
    -------
    DataFrame
        A row per place in Finnish alphabetical order: `rule`; `level`; `name` (spellings of one
        region or municipality are one, other places are as written); `nuts3` (of regions, 2013
        version); `n` (Float64, projects, weighted by the rule); `n_several` (Int64, those of them
        that are also elsewhere); `planned`, `realised` (Float64, euros, public funding in
        total times the weight), each followed by `n_planned`, `n_realised` (Float64, weighted
        projects that state it); `median_planned` (Float64, euros: the median of whole projects,
        whatever the rule, missing where none states it). Last comes a row of the level ``country``
        without a name: projects of the whole country that name no place of the level.

        Where any project has a place, all regions of the shelf are there, with n zero where there
        are no projects; sums of no project are missing, not zero. `nuts3` is missing for what is
        no known region.

        `attrs`: `title`, `population`, `exclusions`, `method`, `rule`, `n_several`; `whole`: `n`
        (projects with a place), `planned` and `median_planned` of them, each counted once.

    Raises
    ------
    UsageError
        If the level or the rule is unknown.

    Notes
    -----
    Full counting and fractional counting as in publication statistics (Waltman & van Eck 2015,
    Journal of Informetrics 9). Not for telling where money was spent: the form does not divide a
    project's funding among its places, and an equal split is a convention.
    """
    if level not in LEVELS:
        raise UsageError(unknown("level", str(level), LEVELS))
    if rule not in groups.RULES:
        raise UsageError(unknown("rule", str(rule), groups.RULES))
    projects = portfolio.projects["project_code"]
    everywhere = portfolio.locations[among(portfolio.locations["project_code"], projects)]
    places = _places(portfolio, level)
    country = everywhere.loc[everywhere["level"] == "country", "project_code"].drop_duplicates()
    country = country[~country.isin(places["project_code"])]
    located = everywhere["project_code"].nunique()
    elsewhere = located - places["project_code"].nunique() - len(country)
    shares = places.groupby("project_code")["name"].transform("size")
    several = int(places.loc[shares > 1, "project_code"].nunique())
    weight = 1 / shares if rule == "equal_split" else 1.0
    places = places.assign(level=level, several=shares > 1, weight=weight)
    if rule == "leave_out":
        places = places[~places["several"]]
    nation = pd.DataFrame({"project_code": country, "level": "country"})
    rows = pd.concat([places, nation.assign(several=False, weight=1.0)], ignore_index=True)
    table = _by_place(rows, _listed(level, places, located), portfolio)
    table.insert(0, "rule", pd.Series(rule, index=table.index, dtype="string"))
    return groups.annotate(
        table,
        title=f"Projects by {level}",
        population=f"Projects with a place: {located} of {len(projects)}.",
        exclusions={
            NO_PLACE: len(projects) - located,
            OTHER_LEVEL.format(level=level): elsewhere,
            f"The project is of several {LEVELS[level]}.": several if rule == "leave_out" else 0,
        },
        method=(
            groups.RULES[rule].replace("regions", LEVELS[level])
            + f" Projects of several {LEVELS[level]}: {several}. Projects of the whole country that"
            f" name no {level} are in a row of their own. Funding is public funding in total."
        ),
        rule=rule,
        n_several=several,
        whole=_whole(portfolio, everywhere["project_code"]),
    )


def _whole(portfolio: Portfolio, placed: "pd.Series[Any]") -> dict[str, Any]:
    """How many projects have a place, and their planned funding; None where nobody states it."""
    figures, _ = quantities(portfolio, [_SUMS["planned"]])
    sums = figures.loc[figures["project_code"].isin(placed), _SUMS["planned"]].dropna()
    return {
        "n": int(placed.nunique()),
        "planned": round(float(sums.sum()), 2) if len(sums) else None,
        "median_planned": float(sums.median()) if len(sums) else None,
    }


def _places(portfolio: Portfolio, level: str) -> pd.DataFrame:
    """A row per project and place of a level."""
    if level == "region":
        # Spellings of one region are one there.
        found = groups.keys(portfolio, "region").rename(columns={"region": "name"})
    else:
        found = places_of(portfolio.locations, level).rename(columns={level: "name"})
        found = found[found["project_code"].isin(portfolio.projects["project_code"])]
    return found.dropna().drop_duplicates(ignore_index=True)


def _listed(level: str, places: pd.DataFrame, located: int) -> pd.DataFrame:
    """The places of the result: of the projects, of the shelf, and the whole country."""
    codes = load.codes("regions") if level == "region" and located else ()
    nuts3 = {row["label_fi"]: row["nuts3"] for row in codes}
    names = list(dict.fromkeys([*nuts3, *places["name"]]))
    table = pd.DataFrame({"level": level, "name": pd.array(names, dtype="string")})
    table["nuts3"] = table["name"].map(nuts3)
    nation = pd.DataFrame({"level": ["country"] if located else []}, dtype="string")
    return pd.concat([groups.ordered(table.astype("string"), ["name"]), nation], ignore_index=True)


def _by_place(rows: pd.DataFrame, listed: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    """Weighted counts and sums beside the places listed."""
    figures, _ = quantities(portfolio, _SUMS.values())
    rows = rows.merge(figures, on="project_code", how="left")
    facts: dict[str, Any] = {"n": rows["weight"], "n_several": rows["several"].astype("Int64")}
    keys = ["level", "name"]
    note("n", rows, keys=keys)
    note("n_several", rows.drop(columns="weight"), rows["several"].astype(bool), keys=keys)
    for name, column in _SUMS.items():
        for noted in (name, f"n_{name}"):
            note(noted, rows, rows[column].notna(), keys=keys)
        facts[name] = rows[column] * rows["weight"]
        facts[f"n_{name}"] = rows["weight"].where(rows[column].notna(), 0.0)
    note("stated_planned", rows.drop(columns="weight"), rows[_SUMS["planned"]].notna(), keys=keys)
    places = [rows["level"].astype("string"), rows["name"].astype("string").rename("name")]
    sums = pd.DataFrame(facts).groupby(places, dropna=False).sum(min_count=1)
    sums["median_planned"] = rows[_SUMS["planned"]].groupby(places, dropna=False).median()
    table = listed.merge(sums.reset_index(), on=["level", "name"], how="left")
    counts = ["n", "n_several", "n_planned", "n_realised"]
    table[counts] = table[counts].fillna(0)
    kinds = {**dict.fromkeys([*facts, "median_planned"], "Float64"), "n_several": "Int64"}
    order = ["level", "name", "nuts3", "n", "n_several", "planned", "n_planned"]
    return table.astype(kinds)[[*order, "realised", "n_realised", "median_planned"]]
