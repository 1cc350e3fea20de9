"""How much of what was granted or planned was used."""

from typing import Any, Unpack

import pandas as pd

from esrdata.knowledge import load
from esrdata.knowledge.wording import code_label
from esrdata.portfolio import Portfolio
from esrdata.stats import groups, intervals
from esrdata.stats.facts import ensure_known
from esrdata.stats.grouped import By, Grouped
from esrdata.stats.made import statistic
from esrdata.stats.population import (
    Population,
    Status,
    chosen,
    exclusions_of,
    members_with,
    within,
)
from esrdata.stats.who import Joining
from esrdata.tables.population import stated_sums

_QUARTILES = "Quartiles are interpolated linearly (type 7 of Hyndman and Fan)."


def _facts(portfolio: Portfolio, population: Population, measure: str) -> pd.DataFrame:
    """Each project's sums and ratio, or why it has none; `exclusions` in `attrs`."""
    members = members_with(portfolio, population, measure)
    counts = members["reason"].isna()
    sums = {
        stage: stated_sums(portfolio.tables, measure, stage)[0].where(counts)
        for stage in ("planned", "realised")
    }
    return members.assign(**sums, ratio=sums["realised"] / sums["planned"])


@statistic
def absorption(
    portfolio: Portfolio,
    by: By = None,
    measure: str = "public_total",
    status: Status = ...,
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Tell how much of the planned funding was used: realised divided by planned.

    Parameters
    ----------
    measure
        A code of `measures`; planned is the sum granted for ``eu_and_state``.
    status
        Shorthand for a population of a code of `status`, several, or None for all projects, those
        without a status too.
    population
        Whom the figures are about; None is the projects that have ended. Without a measure of
        its own it has that of the ratio.

    Returns
    -------
    DataFrame
        A row per group in natural order: a column per name; `n` (Int64, projects in the ratio:
        they are of the population, both sums are stated exactly and the planned one is above
        zero); `n_excluded` (Int64, the other projects of the group); `planned`, `realised`
        (Float64, euros, sums over the n); `ratio_of_sums`, the absorption of the money;
        `median_ratio`, `q1`, `q3` (Float64, of the ratios of projects; 1 is all of it);
        `ci_low`, `ci_high` (Float64, 95 % confidence interval of the median), `q1_low`,
        `q1_high`, `q3_low`, `q3_high` (of the quartiles); `n_below_080`, `n_above_100` (Int64,
        projects with a ratio below 0.80 or above 1.00), `share_below_080`, `share_above_100`
        (Float64, 0 to 1, of the n) and their intervals `share_below_080_low` and so on.

        Sums, ratios, shares and quartiles of no project are missing, counts are zero. A stated
        zero is a value: a project that realised nothing has the ratio 0. Intervals are missing
        where fewer than 6 projects are in the ratio, those of quartiles where fewer than 13.

        `attrs`: `title`, `population`, `population_spec`, `exclusions` (projects, each once by
        its first reason), `method`, `measure`, `excluded_by_group` (`group`, `reason`, `n`),
        `intervals_missing` (`group`, `reason`).

    Raises
    ------
    UsageError
        If a group, the measure or a code of the population is unknown, or a status is given
        beside a population.

    Notes
    -----
    Absorption is realised over planned expenditure, as monitoring of the structural funds uses
    it. Intervals of the median and of quartiles lie between two of the ratios themselves, those of
    shares are Wilson's (`esrdata.stats.intervals`). They tell how a figure would vary if the
    projects were a random sample of many alike; where the portfolio is the whole programme, the
    figure itself is exact.

    Not for projects that still run, whose realised sums are still growing; nor for telling how
    well a project did: an unused grant may be a saving.
    """
    ensure_known("measure", measure, [row["code"] for row in load.codes("measures")])
    about = chosen("absorption", population, status, measure)
    facts = _facts(portfolio, about, measure)
    grouped = Grouped(portfolio, by, facts, who)
    rows, ratio = grouped.rows, grouped.rows["ratio"]
    figures = {"n": grouped.count(ratio.notna()), "n_excluded": grouped.count(ratio.isna())}
    figures |= {name: grouped.total(rows[name]) for name in ("planned", "realised")}
    figures["ratio_of_sums"] = figures["realised"] / figures["planned"]
    quantiles = {"median_ratio": 0.5, "q1": 0.25, "q3": 0.75}
    figures |= {name: grouped.quantile(ratio, q) for name, q in quantiles.items()}
    for name, q in zip(("ci", "q1", "q3"), quantiles.values(), strict=True):
        figures |= intervals.ends(name, *grouped.interval(ratio, q))
    for name, counted in (("below_080", ratio < 0.8), ("above_100", ratio > 1)):
        figures[f"n_{name}"] = grouped.count(counted)
        figures |= intervals.shares(f"share_{name}", figures[f"n_{name}"], figures["n"])
    heads = dict(zip(grouped.heads.index, grouped.as_json(), strict=True))
    why = rows.assign(group=grouped.number).groupby(["group", "reason"]).size()
    below_zero = int((facts["realised"] < 0).sum())
    method = (
        "Absorption is the realised sum divided by the planned one. ratio_of_sums weighs projects "
        f"by their money, median_ratio counts each as one. {intervals.METHOD} {_QUARTILES} "
        f"Realised sums below zero are kept as stated: {below_zero}."
    )
    return groups.annotate(
        grouped.table(figures),
        title=grouped.title(f"Absorption ({code_label('measures', measure, 'en')})"),
        population=_population(facts),
        about=about,
        exclusions=exclusions_of(facts),
        method=f"{method} {grouped.method}".strip(),
        measure=measure,
        excluded_by_group=[
            {"group": heads[number], "reason": reason, "n": n}
            for number, reason, n in why.reset_index().itertuples(index=False, name=None)
        ],
        intervals_missing=intervals.missing(grouped.as_json(), figures["n"]),
    )


def _population(facts: pd.DataFrame) -> str:
    n = int(facts["ratio"].notna().sum())
    return f"Projects: {len(facts)}; in the ratio: {n}."


@statistic
def ratios(
    portfolio: Portfolio,
    by: By = None,
    measure: str = "public_total",
    status: Status = ...,
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """List the projects behind `absorption`, for charts.

    Parameters
    ----------
    portfolio, by, measure, status, population
        As in `absorption`.

    Returns
    -------
    DataFrame
        A row per project in the ratio and group, in the order of the groups and then of
        `projects`: `project_code`, `name`, a column per name of `by`, `planned`, `realised`
        (Float64, euros), `ratio` (Float64, realised / planned). Nothing but `name` and the
        groups can be missing: a project without a ratio has no row. A project of several regions
        has a row in each. `attrs`: `title`, `population`, `population_spec`, `exclusions`,
        `method`, `measure`.

    Raises
    ------
    UsageError
        As in `absorption`.

    Notes
    -----
    Source and method are those of `absorption`. Not for adding up where groups are regions, for
    a project can have several rows.
    """
    ensure_known("measure", measure, [row["code"] for row in load.codes("measures")])
    about = chosen("ratios", population, status, measure)
    facts = _facts(portfolio, about, measure)
    grouped = Grouped(portfolio, by, facts, who)
    rows = grouped.rows[grouped.rows["ratio"].notna()]
    if "name" not in rows:
        rows = rows.merge(portfolio.projects[["project_code", "name"]], on="project_code")
    order = ["project_code", "name", *grouped.names, "planned", "realised", "ratio"]
    return groups.annotate(
        rows[list(dict.fromkeys(order))].reset_index(drop=True),
        title=grouped.title(f"Absorption of projects ({code_label('measures', measure, 'en')})"),
        population=_population(facts),
        about=about,
        exclusions=exclusions_of(facts),
        method=f"The ratio is realised divided by planned. {grouped.method}".strip(),
        measure=measure,
    )


@statistic
def planned_and_realised(
    portfolio: Portfolio,
    by: By = None,
    measure: str = "public_total",
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Set planned and realised sums side by side, by default whatever the status of projects.

    Parameters
    ----------
    portfolio, by, measure
        As in `absorption`.

    Returns
    -------
    DataFrame
        A row per group in natural order: a column per name; `n` (projects of the group),
        `n_planned`, `n_realised`, `n_both` (those with either sum, and with both; Int64);
        `planned`, `realised` (Float64, euros, sums over the projects with both, so that like
        stands beside like); `planned_all` (Float64, euros, over all with a planned sum). Sums of
        no project are missing, counts are zero; a stated zero is a sum. A sum not stated
        exactly counts as missing unless the population takes it. `attrs`: `title`, `population`,
        `population_spec`, `exclusions`, `method`, `measure`; `n_running`, how many of the projects
        with both sums still run, so that the realised one may grow; `once`, the number of projects
        and of those with both sums, each counted once though groups may overlap.

    Raises
    ------
    UsageError
        If a group, the measure or a code of the population is unknown.

    Notes
    -----
    Plain sums of what the sources state. Not for absorption where some projects still run: use
    `absorption`, which takes ended ones.
    """
    ensure_known("measure", measure, [row["code"] for row in load.codes("measures")])
    about = chosen("planned_and_realised", population)
    portfolio, out = within(portfolio, about)
    planned, roughly = _sums(portfolio, about, measure, "planned")
    realised, rough = _sums(portfolio, about, measure, "realised")
    codes = portfolio.projects["project_code"]
    facts = pd.DataFrame({"project_code": codes, "planned": planned, "realised": realised})
    grouped = Grouped(portfolio, by, facts, who)
    first, last = grouped.rows["planned"], grouped.rows["realised"]
    both = first.notna() & last.notna()
    figures = {
        "n": grouped.count(grouped.rows["project_code"].notna()),
        "n_planned": grouped.count(first.notna()),
        "n_realised": grouped.count(last.notna()),
        "n_both": grouped.count(both),
        "planned": grouped.total(first.where(both)),
        "realised": grouped.total(last.where(both)),
        "planned_all": grouped.total(first),
    }
    method = (
        "Planned and realised are added up over the projects that have both sums; planned_all over "
        "all that have a planned sum."
    )
    return groups.annotate(
        grouped.table(figures),
        title=grouped.title(f"Planned and realised ({code_label('measures', measure, 'en')})"),
        population=f"Projects: {len(portfolio)}.",
        about=about,
        exclusions={
            **out,
            "The planned sum is not stated exactly.": int(roughly.sum()),
            "The actual sum is not stated exactly.": int(rough.sum()),
            "The planned sum is missing.": int((planned.isna() & ~roughly).sum()),
            "The actual sum is missing.": int((realised.isna() & ~rough).sum()),
        },
        method=f"{method} {grouped.method}".strip(),
        measure=measure,
        n_running=_running(portfolio, planned.notna() & realised.notna()),
        # Each project once: groups that overlap do not tell.
        once={"n": len(portfolio), "n_both": int((planned.notna() & realised.notna()).sum())},
    )


def _running(portfolio: Portfolio, among: "pd.Series[Any]") -> int:
    """How many projects of a choice still run."""
    running = portfolio.projects["status_code"].eq("running").fillna(False)
    return int((running.to_numpy(dtype=bool) & among.to_numpy(dtype=bool)).sum())


def _sums(
    portfolio: Portfolio, population: Population, measure: str, stage: str
) -> "tuple[pd.Series[Any], pd.Series[Any]]":
    """The sums that the population takes, and which are missing for want of exactness."""
    amounts, inexact = stated_sums(portfolio.tables, measure, stage)
    left = inexact & population.exact
    return amounts.mask(left), left
