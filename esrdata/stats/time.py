"""Projects by time: first and last days, and what ran in each year."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import load
from esrdata.portfolio import Portfolio
from esrdata.stats import groups
from esrdata.stats.facts import quantities
from esrdata.stats.made import statistic
from esrdata.stats.population import Population, of_population
from esrdata.stats.recording import current, note

_PLANNED = "public_total_planned"
_COLUMNS = [
    "programme_period",
    "fund",
    "priority_axis",
    "specific_objective",
    "authority",
    "start_date",
    "end_date",
    "status_code",
]
#: Why a project has no place in time.
UNDATED = ("The first or the last day is missing.", "The last day is before the first.")


@statistic
@of_population
def timeline(
    portfolio: Portfolio,
    *,
    amended: pd.DataFrame | None = None,
    population: Population | None = None,
) -> pd.DataFrame:
    """List projects with their first and last planned day, as for a Gantt chart.

    Parameters
    ----------
    amended
        What `amendments` returned without groups; its end before is put beside the end of now, so
        that extensions can be drawn.

    Returns
    -------
    DataFrame
        A row per project that has both days, by start, then end, then code: `project_code`, `name`,
        `programme_period`, `fund`, `priority_axis` (Int64), `specific_objective`, `authority`,
        `start_date`, `end_date`, `status_code`; `duration_days` (Int64, both days counted); with
        `amended` also `end_before` (date), missing where the former end is not known. Missing
        cells as in `projects`.

        `attrs`: `title`, `population`, `exclusions`, `method`.

    Raises
    ------
    UsageError
        If `amended` is no such table.

    Notes
    -----
    The days are those planned, of a Gantt chart (Gantt 1919, Organizing for Work); not for telling
    how long the work took.
    """
    dated, exclusions = _dated(portfolio)
    table = dated[["project_code", "name", *_COLUMNS]]
    days = (table["end_date"] - table["start_date"]).dt.days + 1
    table = table.assign(duration_days=days.astype("Int64"))
    if amended is not None:
        if not {"project_code", "end_before"} <= {*amended}:
            raise UsageError("The amended are a row per project, as amendments returns them.")
        ends = amended[["project_code", "end_before"]]
        table = table.merge(ends, on="project_code", how="left", validate="many_to_one")
        exclusions["The former last day is not known."] = int(table["end_before"].isna().sum())
    table = table.sort_values(["start_date", "end_date", "project_code"], ignore_index=True)
    return groups.annotate(
        table,
        title="Timeline of projects",
        population=f"Projects with a first and a last day: {len(table)}.",
        exclusions=exclusions,
        method="The first and the last day are those planned; the duration counts both.",
    )


@statistic
@of_population
def status_by_year(portfolio: Portfolio, *, population: Population | None = None) -> pd.DataFrame:
    """Count the projects that ran, started and ended in each calendar year.

    Returns
    -------
    DataFrame
        A row per year from the first start to the last end: `year`; `n_running` (projects with at
        least one planned day in the year), `n_started`, `n_ended` (planned last day in the year);
        `n_started_running`, `n_started_ended`, `n_started_interrupted` and
        `n_started_without_status` (those started in the year, by their status now; they add up to
        `n_started`), all Int64; `planned_started` (Float64, euros, planned public funding in total
        of those started) and `n_planned_started` (Int64, those that state it). A sum of no project
        is missing; counts are zero.

        `attrs`: `title`, `population`, `exclusions`, `method`.

    Notes
    -----
    Counts of spells by calendar year, a project counting in every year it touches; so `n_running`
    is no count of one day and does not add up over years. Not for telling what ended in fact: the
    days are those planned, of interrupted projects too.
    """
    dated, exclusions = _dated(portfolio)
    start, end = (dated[f"{side}_date"].dt.year.astype("int64") for side in ("start", "end"))
    years = pd.Index(range(start.min(), end.max() + 1) if len(dated) else [], dtype="int64")
    figures, _ = quantities(portfolio, [_PLANNED])
    planned = figures.loc[dated.index, _PLANNED]
    exclusions["The planned public funding is missing, so it is not summed."] = int(
        planned.isna().sum()
    )
    # Those that have begun by the end of a year, less those that ended before it.
    begun, over = (side.value_counts().reindex(years, fill_value=0) for side in (start, end))
    counts = {
        "n_running": begun.cumsum() - over.cumsum() + over,
        "n_started": begun,
        "n_ended": over,
    }
    status = dated["status_code"]
    known = {row["code"]: status.eq(row["code"]).fillna(False) for row in load.codes("status")}
    known["without_status"] = ~pd.DataFrame(known).any(axis=1)
    for code, condition in known.items():
        counts[f"n_started_{code}"] = start[condition].value_counts().reindex(years, fill_value=0)
    if current() is not None:
        _note_years(dated, start, end, planned, known)
    sums = planned.groupby(start).sum(min_count=1).reindex(years)
    table = pd.DataFrame({"year": years, **counts}, index=years).astype("Int64")
    table["planned_started"] = sums.astype("Float64")
    with_sum = planned.notna().groupby(start).sum().reindex(years, fill_value=0)
    table["n_planned_started"] = with_sum.astype("Int64")
    return groups.annotate(
        table.reset_index(drop=True),
        title="Projects by calendar year",
        population=f"Projects with a first and a last day: {len(dated)}.",
        exclusions=exclusions,
        method=(
            "A project runs in every year that has a day from its first to its last planned day. "
            "The status is that of now. Funding is planned public funding in total, in the year of "
            "the start."
        ),
    )


def _note_years(
    dated: pd.DataFrame,
    start: "pd.Series[int]",
    end: "pd.Series[int]",
    planned: "pd.Series[Any]",
    known: "Mapping[str, pd.Series[bool]]",
) -> None:
    """Say which projects each figure counts, to whoever records."""
    rows = dated[["project_code"]].assign(first=start, last=end)

    def runs(row: Mapping[str, Any]) -> "pd.Series[Any]":
        found: pd.Series[bool] = (rows["first"] <= row["year"]) & (rows["last"] >= row["year"])
        return found

    def starts(row: Mapping[str, Any]) -> "pd.Series[Any]":
        found: pd.Series[bool] = rows["first"] == row["year"]
        return found

    note("n_running", rows, where=runs)
    note("n_started", rows, where=starts)
    note("n_ended", rows, where=lambda row: rows["last"] == row["year"])
    for code, condition in known.items():
        note(f"n_started_{code}", rows, condition, where=starts)
    for column in ("planned_started", "n_planned_started"):
        note(column, rows, planned.notna(), where=starts)


def _dated(portfolio: Portfolio) -> tuple[pd.DataFrame, dict[str, int]]:
    """Projects with a first and a last day in this order, and how many are without."""
    projects = portfolio.projects
    start, end = projects["start_date"], projects["end_date"]
    missing, reverse = start.isna() | end.isna(), end < start
    found = (int(missing.sum()), int(reverse.sum()))
    return projects[~missing & ~reverse], dict(zip(UNDATED, found, strict=True))
