"""The main figures of a report, worked out once for its first page and the titles of chapters."""

from functools import cached_property
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.portfolio import Portfolio
from esrdata.present.charts.spans import MONTH

#: What an axis is of.
AXES = ("programme_period", "fund", "priority_axis")


class Figures:
    """The main figures of a report, which its first page and the titles of its chapters tell."""

    def __init__(self, portfolio: Portfolio, overview: pd.DataFrame) -> None:
        self.portfolio, self.overview = portfolio, overview

    @cached_property
    def statistics(self) -> dict[str, pd.DataFrame]:
        """The tables that the main figures stand in."""
        of = self.portfolio
        return {
            "money": stats.planned_and_realised(of),
            "use": stats.absorption(of),
            "participants": stats.participants(of),
            "shares": stats.concentration(of),
        }

    @cached_property
    def money(self) -> dict[str, Any]:
        """Planned and realised of the projects that have both."""
        return self._first(self.statistics["money"])

    @property
    def so_far(self) -> bool:
        """Whether a project with both sums still runs, so that what was used may grow."""
        return self.running > 0

    @cached_property
    def running(self) -> int:
        """How many projects with both sums still run."""
        overview = self.overview
        both = overview["public_total_planned"].notna() & overview["public_total_realised"].notna()
        running = overview["status_code"].eq("running").fillna(False)
        return int((both & running).sum())

    @cached_property
    def use(self) -> dict[str, Any]:
        """Use of planned funding in projects that have ended."""
        return self._first(self.statistics["use"])

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Funding by beneficiary, largest first."""
        return self.statistics["shares"]

    @cached_property
    def axes(self) -> pd.DataFrame:
        """Planned and realised by priority axis, as far as sources tell of axes."""
        projects = self.portfolio.projects
        by = [name for name in AXES if projects[name].notna().any()]
        return stats.planned_and_realised(self.portfolio, by=by or None)

    @cached_property
    def ratios(self) -> pd.DataFrame:
        """Use of planned funding project by project."""
        return stats.ratios(self.portfolio)

    @cached_property
    def timeline(self) -> pd.DataFrame:
        """Projects with their days."""
        return stats.timeline(self.portfolio)

    @cached_property
    def participants(self) -> dict[str, Any]:
        """Participants planned and realised."""
        return self._first(self.statistics["participants"])

    @cached_property
    def peak(self) -> tuple[pd.Timestamp, int] | None:
        """The last day of a quarter on which more projects ran than on any other; how many did."""
        projects = self.portfolio.projects.dropna(subset=["start_date", "end_date"])
        if not len(projects):
            return None
        first, last = projects["start_date"].min(), projects["end_date"].max()
        days = pd.date_range(first, last + pd.offsets.QuarterEnd(1), freq="QE")
        starts = projects["start_date"].sort_values().to_numpy()
        ends = projects["end_date"].sort_values().to_numpy()
        running = starts.searchsorted(days, "right") - ends.searchsorted(days, "left")
        at = int(running.argmax())
        alone = int((running == running[at]).sum()) == 1
        return (days[at], int(running[at])) if running[at] and alone else None

    @cached_property
    def months(self) -> "pd.Series[Any]":
        """How many months projects last, first and last day included."""
        projects = self.portfolio.projects
        known = projects[["start_date", "end_date"]].dropna()
        days = (known["end_date"] - known["start_date"]).dt.days + 1
        return (days[days > 0] / MONTH).round().astype("int64").sort_values()

    @staticmethod
    def _first(table: pd.DataFrame) -> dict[str, Any]:
        return {str(name): value for name, value in table.iloc[0].items()} if len(table) else {}
