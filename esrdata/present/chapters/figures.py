"""The main figures of a report, worked out once for its first page and the titles of chapters."""

from functools import cached_property
from typing import Any

import pandas as pd

from esrdata import stats
from esrdata.portfolio import Portfolio
from esrdata.present.charts.running import of_dates
from esrdata.present.charts.spans import of_days
from esrdata.stats.facts import exact_sums

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
    def planned_alone(self) -> bool:
        """Whether sources tell what was planned, and of no project what came of it."""
        known = bool(self.money) and self.money["n_planned"] > 0 and self.money["planned_all"] > 0
        return known and bool(self.exact("realised").isna().all())

    @property
    def so_far(self) -> bool:
        """Whether a project with both sums still runs, so that what was used may grow."""
        return self.running > 0

    @property
    def running(self) -> int:
        """How many projects with both sums still run."""
        return int(self.statistics["money"].attrs["n_running"])

    @cached_property
    def both(self) -> "pd.Series[bool]":
        """Which projects state both sums exactly, and so are in what is planned and realised."""
        return self.exact("planned").notna() & self.exact("realised").notna()

    def exact(self, stage: str, measure: str = "public_total") -> "pd.Series[Any]":
        """The sum of each project, missing where it is not stated exactly."""
        return exact_sums(self.portfolio, measure, stage)[0]

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
        if not len(self.timeline):
            return None
        picture = of_dates(self.timeline)
        _, _, n, day = picture.peak()
        return (day, n) if n and picture.alone() else None

    @cached_property
    def months(self) -> tuple[int, int, int] | None:
        """Months that the shortest, the middle and the longest project last, both days included."""
        days = self.timeline["duration_days"]
        if not len(days):
            return None
        low, middle, high = (of_days(float(n)) for n in (days.min(), days.median(), days.max()))
        return low, middle, high

    @cached_property
    def over(self) -> bool:
        """Whether every project with days has ended: of others only the plan is known."""
        return bool(self.timeline["status_code"].eq("ended").fillna(False).all())

    @staticmethod
    def _first(table: pd.DataFrame) -> dict[str, Any]:
        return {str(name): value for name, value in table.iloc[0].items()} if len(table) else {}
