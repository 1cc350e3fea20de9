"""Figures of single projects, and their means, medians, quartiles and extremes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import Any

import pandas as pd

from esrdata.knowledge.formats import is_missing
from esrdata.portfolio import Portfolio
from esrdata.proofing.figure import Figure, Group, group_of
from esrdata.proofing.number import MONEY, PERCENT, PLAIN
from esrdata.stats import groups
from esrdata.tables.overview import overview

#: With more groups, quartiles of each are made only on request: nobody writes about each.
MANY = 400
#: Units of duration, in days.
_LENGTHS = (("days", 1.0), ("months", 365.25 / 12), ("years", 365.25))
_PEOPLE, _DAYS = "participants", "duration_days"
_AGGREGATES = ("mean", "median", "q1", "q3", "min", "max")


class Projects:
    """The sums, lengths and counts of single projects."""

    def __init__(self, portfolio: Portfolio, measures: Sequence[str]) -> None:
        self.portfolio, self.measures = portfolio, measures

    @cached_property
    def overview(self) -> pd.DataFrame:
        """One row per project with the columns to aggregate."""
        stages = product((*self.measures, _PEOPLE), ("planned", "realised"))
        names = ["project_code", "applicant_id", _DAYS, *(f"{m}_{stage}" for m, stage in stages)]
        return overview(self.portfolio.tables, only=names)[names]

    def of_project(self, code: str, group: Group) -> Iterator[Figure]:
        """The figures of one project."""
        rows = self.overview[self.overview["project_code"] == code]
        if len(rows) != 1:
            return
        row = rows.iloc[0]
        for measure in self.measures:
            sums = {stage: row[f"{measure}_{stage}"] for stage in ("planned", "realised")}
            for stage, value in sums.items():
                if not is_missing(value):
                    yield Figure(float(value), MONEY, "funding", "sum", "overview",
                                 f"{measure}_{stage}", group,
                                 stage=stage, measure=measure)  # fmt: skip
            planned, realised = sums["planned"], sums["realised"]
            if not is_missing(planned) and not is_missing(realised):
                yield Figure(float(planned - realised), MONEY, "funding", "gap", "overview",
                             f"{measure}_gap", group, measure=measure)  # fmt: skip
                if planned > 0:
                    yield Figure(100 * float(realised / planned), PERCENT, "funding", "ratio",
                                 "overview", f"{measure}_absorption", group,
                                 measure=measure)  # fmt: skip
        if not is_missing(row[_DAYS]):
            for unit, divided in _LENGTHS:
                yield Figure(float(row[_DAYS]) / divided, PLAIN, "duration", unit, "overview",
                             _DAYS, group)  # fmt: skip
        counts = self.portfolio.indicators
        counts = counts[counts["project_code"] == code]
        for count in counts.to_dict("records"):
            for column, part in (("total", ""), ("women", "women")):
                if not is_missing(count[column]):
                    what, stage = str(count["indicator"]), str(count["stage"])
                    name = "_".join(filter(None, (what, stage, part)))
                    yield Figure(float(count[column]), PLAIN, what, "count", "overview", name,
                                 group, stage=stage, part=part)  # fmt: skip

    def over(self, codes: "pd.Series[Any]", like: Figure) -> Figure:
        """A count or sum over some projects."""
        if like.kind == "count":
            return replace(like, value=float(codes.nunique()))
        rows = self.overview[self.overview["project_code"].isin(codes)]
        if like.column != "planned_all":
            rows = rows.dropna(subset=[f"{like.measure}_{s}" for s in ("planned", "realised")])
        return replace(like, value=float(rows[f"{like.measure}_{like.stage}"].sum()))

    def aggregates(self, by: tuple[str, ...]) -> Iterator[Figure]:
        """Means, medians, quartiles and extremes of sums and durations."""
        rows = self.overview
        if by:
            keys = groups.keys(self.portfolio, list(by))
            rows = keys.merge(rows, on="project_code", how="left")
            parts: Any = rows.groupby(list(by), dropna=False, sort=False)
        else:
            parts = [((), rows)]
        names = [str(name) for name in rows if name not in ("project_code", "applicant_id", *by)]
        for label, part in parts:
            group = group_of(by, label if isinstance(label, tuple) else (label,))
            n = part["applicant_id"].dropna().nunique()
            if n:
                # No applicant stated does not mean zero applicants.
                yield Figure(
                    float(n), PLAIN, "applicants", "count", "overview", "applicants", group
                )
            for name in names:
                values = part[name].dropna().astype(float)
                if not len(values):
                    continue
                found = dict(zip(_AGGREGATES, (
                    values.mean(), values.median(), values.quantile(0.25), values.quantile(0.75),
                    values.min(), values.max(),
                ), strict=True))  # fmt: skip
                for agg, value in found.items():
                    yield from self._aggregate(str(name), agg, float(value), group)
                if name.endswith("planned") and not name.startswith(_PEOPLE):
                    large = values[values >= 1_000_000]
                    measure = name.removesuffix("_planned")
                    yield Figure(float(len(large)), PLAIN, "projects", "count", "overview",
                                 "large", group, part="million", measure=measure)  # fmt: skip
                    yield Figure(100 * len(large) / len(values), PERCENT, "projects", "share",
                                 "overview", "large_share", group, part="million",
                                 measure=measure)  # fmt: skip
                    if values.sum() > 0:
                        yield Figure(100 * large.sum() / values.sum(), PERCENT, "funding", "share",
                                     "overview", "large_money", group, part="million",
                                     measure=measure)  # fmt: skip

    def _aggregate(self, name: str, agg: str, value: float, group: Group) -> Iterator[Figure]:
        if name == _DAYS:
            for unit, divided in _LENGTHS:
                yield Figure(value / divided, PLAIN, "duration", unit, "overview",
                             f"duration_{agg}", group, agg=agg)  # fmt: skip
            return
        measure, _, stage = name.rpartition("_")
        if measure == _PEOPLE:
            # Only the maximum: texts do not say which projects a mean of people is over.
            if agg == "max":
                yield Figure(value, PLAIN, _PEOPLE, "count", "overview", f"{agg} of {name}", group,
                             stage=stage, agg=agg)  # fmt: skip
            return
        yield Figure(value, MONEY, "funding", "sum", "overview", f"{agg} of {name}", group,
                     stage=stage, agg=agg, measure=measure)  # fmt: skip
