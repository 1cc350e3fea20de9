"""How many projects ran and started in each part of the time, and the stepped area of the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from esrdata.knowledge import formats, load
from esrdata.present.charts.sheet import Sheet

#: A status of fewer of the projects stands in words and is not drawn.
_RARE = 0.02


@dataclass(frozen=True)
class Picture:
    """Two series: what ran, with its days or years, and what started by status."""

    chart: str
    #: Beginning, end, value, and the day it is of; None for a year.
    running: list[tuple[float, float, int, Any]]
    years: list[int]
    started: dict[str, list[int]]

    @property
    def n(self) -> int:
        """Projects in all: each started once."""
        return sum(map(sum, self.started.values()))

    def sums(self) -> list[int]:
        """What started each year."""
        return [sum(counts) for counts in zip(*self.started.values(), strict=True)]

    def peak(self) -> tuple[float, float, int, Any]:
        """The first of the largest."""
        return max(self.running, key=lambda step: step[2])

    def alone(self) -> bool:
        """Whether one is larger than all others."""
        return [step[2] for step in self.running].count(self.peak()[2]) == 1

    def rare(self) -> list[str]:
        """Statuses that too few have to be drawn apart."""
        found = {code: sum(counts) for code, counts in self.started.items() if sum(counts)}
        return [code for code, n in found.items() if n < _RARE * self.n]

    def data(self) -> pd.DataFrame:
        """What is drawn: quarters, then years by status."""
        upper = [("running", day, None, n, None) for _, _, n, day in self.running]
        lower = [
            ("started", None, year, counts[at], None if code == codes()[-1] else code)
            for at, year in enumerate(self.years)
            for code, counts in self.started.items()
            if any(counts)
        ]
        found = pd.DataFrame([*upper, *lower], columns=["part", "date", "year", "n", "status_code"])
        return found.astype({"date": "datetime64[ns]", "year": "Int64"})


def of_dates(rows: pd.DataFrame) -> Picture:
    """What ran on the last day of each quarter, and what started each year by status."""
    start, end = (pd.to_datetime(rows[name]) for name in ("start_date", "end_date"))
    first, last = start.min().to_period("Q"), end.max().to_period("Q")
    steps = []
    # Sorted, so that those that began and those that were over are found by place.
    begun, over = start.sort_values().to_numpy(), end.sort_values().to_numpy()
    for quarter in pd.period_range(first, last, freq="Q"):
        day = quarter.end_time.normalize()
        n = int(begun.searchsorted(day.to_datetime64(), side="right"))
        n -= int(over.searchsorted(day.to_datetime64(), side="left"))
        at = quarter.year + (quarter.quarter - 1) / 4
        steps.append((at, at + 0.25, n, day))
    years = list(range(first.year, last.year + 1))
    status = rows["status_code"].astype(object)
    known = status.where(status.isin(codes()), codes()[-1])
    counted = pd.crosstab(start.dt.year, known)
    started = {
        code: [int(counted[code].get(year, 0)) if code in counted else 0 for year in years]
        for code in codes()
    }
    return Picture("timeline", steps, years, started)


def of_years(rows: pd.DataFrame) -> Picture:
    """What ran in each year, and what started by status."""
    years = [int(year) for year in rows["year"]]
    running = [
        (float(year), year + 1.0, int(n), None)
        for year, n in zip(years, rows["n_running"], strict=True)
    ]
    started = {code: [int(n) for n in rows[f"n_started_{code}"]] for code in codes()}
    return Picture("status_by_year", running, years, started)


def codes() -> list[str]:
    """Statuses of the shelf, and that of a project without one."""
    return [*(row["code"] for row in load.codes("status")), "without_status"]


def area(
    sheet: Sheet, steps: Sequence[tuple[float, float, int, Any]], x: Any, tall: float, *, label: Any
) -> None:
    """Draw a stepped area below what was drawn, with the largest step labelled.

    Parameters
    ----------
    sheet
        The sheet; its y is moved below the area.
    steps
        Beginning, end, value, and the day it is of.
    x
        Place of a beginning or an end in centimetres.
    tall
        Height in centimetres.
    label
        What is written over the largest step; None only marks it.
    """
    base = sheet.y + tall
    largest = max((step[2] for step in steps), default=0) or 1
    xs, ys = [], []
    for begin, finish, value, _ in steps:
        xs += [x(begin), x(finish)]
        ys += [base - tall * value / largest] * 2
    left, right = x(steps[0][0]), x(steps[-1][1])
    if label is not None:
        for value in _round(largest):
            y = base - tall * value / largest
            sheet.line([left, right], [y, y], "grid", 0.8, zorder=1)
            number = formats.number(value, sheet.lang)
            sheet.text(left + 0.05, y - 0.17, number, size="head", colour="soft")
    sheet.ax.fill_between(xs, ys, [base] * len(xs), color=sheet.colour("pale"), lw=0, zorder=1.5)
    sheet.line(xs, ys, "dark", 1.4, zorder=3)
    sheet.line([left, right], [base, base], "rule", 0.8)
    peak = max(steps, key=lambda step: step[2])
    at, y = x((peak[0] + peak[1]) / 2), base - tall * peak[2] / largest
    look: dict[str, Any] = {"markerfacecolor": sheet.colour("dark"), "zorder": 4}
    look["markeredgecolor"] = "white"
    sheet.ax.plot([at], [y], marker="o", markersize=5, linestyle="none", **look)
    if label is not None:
        text = label(peak)
        half = sheet.width_of(text, weight="semibold") / 2
        place = min(max(at, half), sheet.width - half)
        sheet.text(place, y - 0.3, text, weight="semibold", align="center")
    sheet.y = base


def small(
    sheet: Sheet, picture: Picture, left: float, room: float, top: float, tall: float
) -> None:
    """Draw what ran with its years at a place of its own; the next row is where it was."""
    first, last = picture.years[0], picture.years[-1] + 1

    def x(year: float) -> float:
        return left + (year - first) / (last - first) * room

    below, sheet.y = sheet.y, top
    area(sheet, picture.running, x, tall, label=None)
    write_years(sheet, picture.years, x, ticks=True)
    sheet.y = below


def _round(largest: int) -> list[int]:
    """One or two round numbers below the largest, for lines of a scale."""
    power = 10 ** (len(str(largest)) - 1)
    step = next(s for s in (power // 2 or 1, power, 2 * power, 5 * power) if largest / s <= 4)
    # Under the largest step its label needs its own space.
    return [n for n in range(step, largest, step) if n <= 0.85 * largest][-2:]


def write_years(sheet: Sheet, years: Sequence[int], x: Any, *, ticks: bool) -> None:
    """Write years below what was drawn, as many as there is room for."""
    wide = x(years[0] + 1) - x(years[0])
    widest = sheet.width_of(str(years[-1]), "head") + 0.15
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if n * wide >= widest)
    for at, year in enumerate(years):
        if ticks:
            sheet.line([x(year)] * 2, [sheet.y, sheet.y + 0.08], "rule", 0.8)
        if at % every == 0:
            # Where a year is narrower than its number, the first and the last stay under the area.
            half = sheet.width_of(str(year), "head") / 2
            place = min(max(x(year + 0.5), x(years[0]) + half), x(years[-1] + 1) - half)
            look: dict[str, Any] = {"size": "head", "colour": "soft", "align": "center"}
            sheet.text(place, sheet.y + 0.3, str(year), **look)
    sheet.y += 0.5
