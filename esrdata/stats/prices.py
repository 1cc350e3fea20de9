"""Sums of different years in the prices of one year."""

from typing import Any, Unpack

import pandas as pd

from esrdata.errors import UsageError, unknown
from esrdata.knowledge.wording import code_label
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import exact_sums
from esrdata.stats.grouped import By, Grouped
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, chosen, within
from esrdata.stats.recording import current, note
from esrdata.stats.reference import prices, spans, to_fill
from esrdata.stats.who import Joining

#: Which year of a project its sums are taken to be of.
WHEN = {
    "middle": "the year of the middle day of its planned time",
    "start": "the year of its planned first day",
    "end": "the year of its planned last day",
}


@statistic
def constant_prices(
    portfolio: Portfolio,
    year: int,
    by: By = None,
    measure: str = "public_total",
    *,
    when: str = "middle",
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Add up the sums of projects in the prices of one year.

    Parameters
    ----------
    year
        In whose prices.
    measure
        A code of `measures`.
    when
        Sources do not tell in which years a project's money was used, so that the year of its sums
        is a decision: ``middle`` is that of the middle day of the planned time, ``start`` and
        ``end`` those of its first and last day.

    Returns
    -------
    DataFrame
        A row per group in natural order: a column per name; `n` (Int64, projects of the group);
        `n_planned`, `n_realised` (Int64, those whose sum is stated exactly and whose year is in
        the index); `planned`, `realised` (Float64, euros, sums of these as stated) and
        `planned_constant`, `realised_constant` (Float64, the same in the prices of the year). Sums
        of no project are missing. Where the shelf has prices of no year of the projects there is
        no row, and `attrs` names the file to fill as `why_empty`.

        `attrs`: `title`, `population`, `population_spec`, `exclusions`, `method`, `measure`,
        `price_year`, `when`, `index` (year and index of each year used).

    Raises
    ------
    UsageError
        If a group, the measure or `when` is unknown, or the shelf has no prices of the year: the
        sentence names the file to fill.

    Notes
    -----
    Sum × index of the year asked for / index of the sum's year, by the consumer price index of
    Statistics Finland (series of 2000 and of 2010 joined in 2010; with one decimal it is good to
    about one in a thousand). What projects buy is mostly work, whose price moves otherwise than
    that of consumption.
    """
    if when not in WHEN:
        raise UsageError(unknown("year of a sum", when, WHEN))
    index = prices()
    if year not in index:
        raise UsageError(to_fill("price_index", str(year)))
    about = chosen("constant_prices", population)
    counted, exclusions = within(portfolio, about)
    years = _years(counted, when)
    known = years.isin(list(index)).fillna(False)
    priceless = bool(years.notna().any()) and not known.any()
    why = to_fill("price_index", spans(set(years.dropna()))) if priceless else ""
    level = years.map({of: index[year] / value for of, value in index.items()}).astype("Float64")
    facts = counted.projects[["project_code"]].copy()
    for stage in ("planned", "realised"):
        sums, _ = exact_sums(counted, measure, stage)
        facts[stage] = sums.where(level.notna())
        facts[f"{stage}_constant"] = sums * level
        exclusions[f"The {stage} sum is missing or not stated exactly."] = int(sums.isna().sum())
    exclusions["The dates that give the year of the sums are missing."] = int(years.isna().sum())
    exclusions["The shelf has no price index of the year of the sums."] = int(
        (years.notna() & ~known).sum()
    )
    grouped = Grouped(counted, by, facts, who)
    if current() is not None:
        levelled = facts[["project_code"]].assign(weight=level)
        rows = grouped.rows.merge(levelled, on="project_code", how="left")
        for stage in ("planned", "realised"):
            note(f"{stage}_at_level", rows, rows[stage].notna(), keys=grouped.names)
    figures: dict[str, pd.Series[Any]] = {"n": grouped.count(grouped.rows["project_code"].notna())}
    for stage in ("planned", "realised"):
        figures[f"n_{stage}"] = grouped.count(grouped.rows[stage].notna())
        for name in (stage, f"{stage}_constant"):
            figures[name] = grouped.total(grouped.rows[name])
    used = sorted({year, *(int(of) for of in years[known].unique())})
    table = grouped.table(figures)
    return groups.annotate(
        table.iloc[:0] if priceless else table,
        title=grouped.title(f"{code_label('measures', measure, 'en')} in prices of {year}"),
        population=f"Projects: {len(counted)}.",
        about=about,
        exclusions=exclusions,
        method=(
            f"The sums of a project are taken to be of {WHEN[when]}, and brought to the prices of "
            f"{year} by the price index. {grouped.method}"
        ).strip(),
        measure=measure,
        price_year=year,
        when=when,
        index=[{"year": of, "index": round(index[of], 4)} for of in used],
        **({"why_empty": why} if why else {}),
    )


def _years(portfolio: Portfolio, when: str) -> "pd.Series[Any]":
    start, end = (portfolio.projects[f"{side}_date"] for side in ("start", "end"))
    # A middle between days the wrong way round is no day of the project.
    middle = (start + (end - start) / 2).where(end >= start)
    days = {"start": start, "middle": middle, "end": end}[when]
    years: pd.Series[Any] = days.dt.year.astype("Int64")
    return years
