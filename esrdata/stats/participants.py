"""Participants: how many were planned, how many there were, women among them, and the cost."""

from typing import Any, Unpack

import pandas as pd

from esrdata.portfolio import Portfolio
from esrdata.stats import groups, intervals
from esrdata.stats.facts import exact_sums
from esrdata.stats.grouped import By, Grouped
from esrdata.stats.indicators import STAGES, counts_of, figures_of
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population
from esrdata.stats.who import Joining

_NOT_PERSONS = (
    "Sums are of what projects report, not of individuals: the same person may take part in "
    "several projects."
)


# The sentences of `counts_of`, in the words for people.
_REASONS = (
    "Participants do not apply to the project.",
    "Participants do not apply, though a number above zero is stated; it is left out.",
    "It cannot be told whether participants apply.",
    "The planned number is missing though participants apply.",
    "The realised number is missing though participants apply.",
)


def _facts(portfolio: Portfolio) -> tuple[pd.DataFrame, dict[str, int]]:
    """Each project's participants, missing where they do not apply; why some are not counted."""
    facts, reasons = counts_of(portfolio, "participants")
    return facts, dict(zip(_REASONS, reasons.values(), strict=True))


def costs(
    portfolio: Portfolio, facts: pd.DataFrame, stage: str
) -> "tuple[pd.Series[Any], pd.Series[Any]]":
    """Sums and participants of the projects in which one had a cost; missing elsewhere.

    A project without participants, or without an exact sum above zero, has no cost; nor have actual
    participants of one that has not ended.
    """
    money, _ = exact_sums(portfolio, "public_total", stage)
    # What is spent and who took part grow while a project runs, and not at one pace.
    over = stage == "planned" or portfolio.projects["status_code"].eq("ended").fillna(False)
    return money.where(money > 0), facts[stage].where((facts[stage] > 0) & over)


@statistic
@of_population
def participants(
    portfolio: Portfolio,
    by: By = None,
    *,
    population: Population | None = None,
    **who: Unpack[Joining],
) -> pd.DataFrame:
    """Count participants planned and realised, women among them, and the cost of one.

    Returns
    -------
    DataFrame
        A row per group in natural order: a column per name; counts of projects (Int64): `n` (to
        which participants apply: so it is said, or a number is stated), `n_not_applicable`,
        `n_unknown` (it cannot be told; a list row has no such field), which add up to the group;
        `n_missing` (of the n, those with neither number), `n_planned`, `n_realised`, `n_both`.

        Participants (Int64): `planned`, `realised` (each over the projects that state it);
        `ratio` (Float64, realised / planned over the n_both); `women_planned`,
        `women_realised` and `womens_share_planned`, `womens_share_realised` (Float64, 0 to 1),
        all over the projects that state both women and the total, `n_women_planned` and
        `n_women_realised`.

        Cost of a participant (Float64, euros): `cost_per_planned`, the median over
        `cost_planned_n` projects of planned total public funding / planned participants, with
        quartiles `cost_planned_q1`, `cost_planned_q3` and the 95 % interval of the median
        `cost_planned_low`, `cost_planned_high`, missing below 6 projects; `cost_per_realised` and
        so on of realised ones in projects that have ended. Projects without participants, or
        without an exact sum above zero, have no cost.

        Figures of no project are missing, as are ratios to zero; counts are zero; a stated zero
        is a number. `attrs`: `title`, `population`, `exclusions` (a project can meet several
        reasons), `method`.

    Raises
    ------
    UsageError
        If a group is unknown.

    Notes
    -----
    Plain sums and medians of monitoring data as the form states them; the median, as a few
    projects with few participants have a very high cost.

    Not for counting persons, nor for comparing costs of unlike projects: a lecture and a year of
    coaching both have participants. Money buys other things too, so the cost is no unit price.
    """
    facts, exclusions = _facts(portfolio)
    for stage in STAGES:
        money, people = costs(portfolio, facts, stage)
        facts[f"cost_{stage}"] = money / people
        free = money.isna() & exact_sums(portfolio, "public_total", stage)[0].notna()
        called = {"planned": "planned", "realised": "actual"}[stage]
        exclusions[f"The {called} sum is not above zero, so that participants have no cost."] = int(
            (free & people.notna()).sum()
        )
    exclusions["The project has not ended, so that its actual participants have no cost."] = int(
        (portfolio.projects["status_code"].ne("ended").fillna(True) & facts["realised"].gt(0)).sum()
    )
    grouped = Grouped(portfolio, by, facts, who)
    rows, figures = grouped.rows, figures_of(grouped)
    for stage in STAGES:
        cost = rows[f"cost_{stage}"]
        figures[f"cost_per_{stage}"] = grouped.quantile(cost, 0.5)
        figures[f"cost_{stage}_q1"] = grouped.quantile(cost, 0.25)
        figures[f"cost_{stage}_q3"] = grouped.quantile(cost, 0.75)
        figures |= intervals.ends(f"cost_{stage}", *grouped.interval(cost))
        figures[f"cost_{stage}_n"] = grouped.count(cost.notna())
    method = (
        f"{_NOT_PERSONS} Women's shares are over projects that state both women and the total. "
        "The cost of a participant is the median over projects of total public funding divided by "
        "participants, for planned and actual figures separately, both above zero; actual ones "
        "of projects that have ended. "
        f"{intervals.METHOD}"
    )
    return groups.annotate(
        grouped.table(figures),
        title=grouped.title("Participants"),
        population=_population(portfolio, facts),
        exclusions=exclusions,
        method=f"{method} {grouped.method}".strip(),
    )


def _population(portfolio: Portfolio, facts: pd.DataFrame) -> str:
    n = int(facts["applies"].sum())
    return f"Projects: {len(portfolio)}; to which participants apply: {n}."


@statistic
@of_population
def participant_pairs(
    portfolio: Portfolio, *, population: Population | None = None
) -> pd.DataFrame:
    """Set planned and realised participants of each project side by side, for charts.

    Returns
    -------
    DataFrame
        A row per project that states either number, in the order of `projects`: `project_code`,
        `name`, `planned`, `realised` (Int64; missing where not stated, zero where zero is).
        Projects to which participants do not apply have no row. `attrs`: `title`, `population`,
        `exclusions`, `method`.

    Notes
    -----
    The numbers are those of the form; `participants` adds them up, and errors are its own.
    Not for telling a project's success: plans differ in how bold they are.
    """
    facts, exclusions = _facts(portfolio)
    facts["name"] = portfolio.projects["name"]
    stated = facts["planned"].notna() | facts["realised"].notna()
    return groups.annotate(
        facts.loc[stated, ["project_code", "name", *STAGES]].reset_index(drop=True),
        title="Participants of projects, planned and realised",
        population=f"{_population(portfolio, facts)} With a number: {int(stated.sum())}.",
        exclusions=exclusions,
        method=_NOT_PERSONS,
    )
