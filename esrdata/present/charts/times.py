"""Charts of projects in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.knowledge import load, wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.describe import Fact
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.rows import MOST_ROWS, check, project_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: How the bars of each status look; statuses the shelf has and this has not look unknown.
_STATUSES: dict[str, dict[str, Any]] = {
    "ended": {"facecolor": style.REALISED, "edgecolor": style.REALISED},
    "running": {"facecolor": style.PALETTE[2], "edgecolor": style.REALISED},
    "interrupted": {
        "facecolor": style.PALETTE[3],
        "edgecolor": style.PLANNED_EDGE,
        "hatch": "//////",
    },
}
_NO_STATUS = {"facecolor": style.PLANNED, "edgecolor": style.PLANNED_EDGE}
_LONGER = {"facecolor": style.ALERT, "edgecolor": style.ALERT}
_SHORTER = {"facecolor": "white", "edgecolor": style.PLANNED_EDGE, "linestyle": (0, (2, 1.5))}
#: Heights of the axes in points: of thin lines at least, at most and for each, and of years.
_LEAST, _MOST, _LINE, _YEARS = 200.0, 420.0, 3.0, 230.0
#: Lines of text that must fit above each other where years are.
_LINES = 16


@documented()
@on_its_shelf
def timeline(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw the planned time of each project as a bar, and extensions after it.

    More than 40 projects are thin lines without names.

    Parameters
    ----------
    table
        What `esrdata.stats.timeline` returned; with `amended`, extensions are drawn.
    """
    needs = ("project_code", "name", "start_date", "end_date", "status_code", "duration_days")
    rows = check(table, "timeline", needs, lang)
    few = len(rows) <= MOST_ROWS
    labels = project_labels(rows) if few else []
    days = [wording.number(x, lang) for x in rows["duration_days"]] if few else []
    beside = {wording.word("charts.timeline.days", lang): days} if few else None
    height = None if few else _thin(len(rows))
    drawn = drawing(
        "timeline",
        table,
        lang,
        ax,
        labels=labels,
        beside=beside,
        height=height,
        with_title=with_title,
    )
    with drawn as chart, _hatched():
        counts = _spans(chart, rows)
        _calendar(chart, rows)
        kind = "note" if few else "lines"
        chart.captions.append(wording.word(f"charts.timeline.{kind}", lang, n=len(rows)))
        if few and labels == rows["project_code"].tolist():
            chart.captions.append(wording.word("charts.names_in_table", lang))
        if "end_before" in rows:
            unknown = int(rows["end_before"].isna().sum())
            chart.captions.append(wording.word("charts.timeline.amended", lang, unknown=unknown))
            chart.alt = "alt_amended"
        chart.facts = {
            "n": len(rows),
            "first": partial(wording.date, rows["start_date"].min()),
            "last": partial(wording.date, rows["end_date"].max()),
            "median": partial(wording.number, float(rows["duration_days"].median())),
            **counts,
        }
    return chart.ax


@documented()
@on_its_shelf
def status_by_year(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw how many projects started each year, by their status, and above how many ran.

    The two have scales of their own, what ran on a twin of the axes; each number is written beside
    its mark.

    Parameters
    ----------
    table
        What `esrdata.stats.status_by_year` returned.
    """
    statuses = {f"n_started_{code}": code for code in _codes()}
    needs = ("year", "n_running", "n_started", *statuses)
    rows = check(table, "status_by_year", needs, lang)
    years = [int(year) for year in rows["year"]]
    started, running = ([int(n) for n in rows[f"n_{name}"]] for name in ("started", "running"))
    drawn = drawing("status_by_year", table, lang, ax, height=_YEARS, with_title=with_title)
    with drawn as chart, _hatched():
        axes, base = chart.ax, [0] * len(rows)
        for column, code in statuses.items():
            counts = [int(n) for n in rows[column]]
            if any(counts):
                look = _STATUSES.get(code, _NO_STATUS)
                bars = axes.bar(years, counts, 0.72, base, linewidth=0.7, **look)
                chart.legend[_status(code, sum(counts), lang)] = bars
                base = [a + b for a, b in zip(base, counts, strict=True)]
        axes.set_xlim(min(years) - 0.6, max(years) + 0.6)
        twin: Any = axes.twinx()
        look = {"color": style.REALISED, "marker": "o", "markersize": 4, "linewidth": 1.4}
        twin.plot(years, running, **look)
        every = _number_years(chart, years, max(*started, *running))
        # Bars have the lower part and the line the upper one, with space for words between.
        for name, at, counts, (zero, high) in (
            ("started", axes, started, (0.0, 0.4)),
            ("running", twin, running, (0.535, 0.875)),
        ):
            whole = max(1, *counts) / (high - zero)
            at.set_ylim(-zero * whole, (1 - zero) * whole)
            at.axhline(0, color=style.SOFT, linewidth=0.8)
            at.set_yticks([])
            at.spines[:].set_visible(False)
            for year, n in list(zip(years, counts, strict=True))[::every]:
                place: dict[str, Any] = {"textcoords": "offset points", "size": style.SMALL}
                place["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
                label = wording.number(n, lang)
                at.annotate(label, (year, n), (0, 4), ha="center", va="bottom", **place)
            head = wording.word(f"charts.status_by_year.{name}", lang)
            place = {"xycoords": "axes fraction", "textcoords": "offset points"}
            at.annotate(head, (0, high), (0, 16), color=style.SOFT, va="bottom", **place)
        chart.y = [float(line) for line in range(_LINES)]
        n = sum(started)
        chart.captions.append(wording.word("charts.status_by_year.note", lang, n=n))
        chart.facts = {"n": n, "first": str(years[0]), "last": str(years[-1])}
        for name, counts in (("started", started), ("running", running)):
            best = str(years[counts.index(max(counts))])
            chart.facts = {**chart.facts, name: max(counts), f"year_{name}": best}
    return chart.ax


@contextmanager
def _hatched() -> Iterator[None]:
    """Hatch so that it is seen on a tint, in grey too."""
    import matplotlib

    with matplotlib.rc_context({"hatch.color": style.SOFT}):
        yield


def _codes() -> list[str]:
    """Statuses of the shelf, and that of a project without one."""
    return [*(row["code"] for row in load.codes("status")), "without_status"]


def _status(code: str, n: int, lang: str) -> str:
    """What a status is called in the legend, and how many there are."""
    without = code == "without_status"
    label = (
        wording.word("charts.no_status", lang)
        if without
        else wording.code_label("status", code, lang)
    )
    return f"{label}: {wording.number(n, lang)}"


def _thin(lines: int) -> float:
    """Height of axes with so many thin lines, in points."""
    return min(_MOST, max(_LEAST, _LINE * lines))


def _spans(chart: Chart, rows: pd.DataFrame) -> dict[str, Fact]:
    """Draw the bar or the line of each project; return how many were extended and shortened."""
    import numpy as np
    from matplotlib.patches import Patch

    y = np.array(chart.y or range(len(rows)), dtype=float)
    start = _days(rows["start_date"])
    # The last day is counted too.
    end = _days(rows["end_date"]) + 1
    former = _days(rows["end_before"]) + 1 if "end_before" in rows else np.full(len(y), np.nan)
    longer, shorter = former < end, former > end
    status = rows["status_code"].fillna("").to_numpy(dtype=object)
    known = _codes()
    codes = np.array([code if code in known else known[-1] for code in status], dtype=object)

    def draw(of: Any, first: Any, last: Any, look: dict[str, Any], high: float) -> None:
        if chart.y:
            width = last[of] - first[of]
            chart.ax.barh(y[of], width, high, first[of], linewidth=0.8, zorder=2, **look)
            return
        thick: dict[str, Any] = {
            "linewidth": max(0.3, 0.8 * _thin(len(y)) / len(y)),
            "rasterized": len(y) > 2000,
        }
        chart.ax.hlines(y[of], first[of], last[of], colors=_colour(look), **thick)

    def sample(look: dict[str, Any]) -> Patch:
        return Patch(linewidth=0.7, **look) if chart.y else Patch(facecolor=_colour(look))

    upto = np.maximum(start, np.where(longer, former, end))
    for code in known:
        if (of := codes == code).any():
            look = _STATUSES.get(code, _NO_STATUS)
            draw(of, start, upto, look, 0.62)
            chart.legend[_status(code, int(of.sum()), chart.lang)] = sample(look)
    counts = {"extended": int(longer.sum()), "shortened": int(shorter.sum())}
    for name, of, first, last, look in (
        ("extended", longer, upto, end, _LONGER),
        ("shortened", shorter, end, former, _SHORTER),
    ):
        if of.any():
            draw(of, first, last, look, 0.3)
            label = wording.word(f"charts.amendments.{name}", chart.lang, n=counts[name])
            chart.legend[label] = sample(look)
    if not chart.y:
        chart.ax.set_ylim(len(y) - 0.5, -0.5)
        chart.ax.set_yticks([])
    return dict(counts)


def _colour(look: dict[str, Any]) -> Any:
    """The colour of a thin line."""
    return look["edgecolor"] if look["facecolor"] == "white" else look["facecolor"]


def _days(dates: Any) -> Any:
    """Dates as days, which is what matplotlib makes of them; a missing one is NaN."""
    return ((dates - pd.Timestamp(0)) / pd.Timedelta(days=1)).to_numpy(dtype=float)


def _calendar(chart: Chart, rows: pd.DataFrame) -> None:
    """Let x run over whole calendar years, and number them where they begin."""
    ends = [rows[name] for name in ("end_date", "end_before") if name in rows]
    first = int(rows["start_date"].dt.year.min())
    last = int(max(end.dt.year.max() for end in ends if end.notna().any())) + 1
    widest = style.width_of(str(last)) + 8
    room = max(1, int(chart.width / widest))
    step = next(s for s in (1, 2, 5, 10, 25, 50, 100, 1000) if (last - first) / s <= room)
    years = range(first, last + 1)
    starts = pd.Series([pd.Timestamp(year, 1, 1) for year in years])
    places = dict(zip(years, _days(starts).tolist(), strict=True))
    # The last year is not cut where nothing stands beside.
    spare = max(0.0, widest / 2 - chart.right) / chart.width * (places[last] - places[first])
    chart.ax.set_xlim(places[first], places[last] + spare)
    labelled = years[::step]
    chart.ax.set_xticks([places[year] for year in labelled], [str(year) for year in labelled])
    chart.ax.grid(axis="x", color=style.LINE, linewidth=0.5, zorder=0)
    chart.ax.set_axisbelow(True)


def _number_years(chart: Chart, years: list[int], largest: int) -> int:
    """Number the years under bars; return that each so manieth year has its numbers."""
    wide = max(style.width_of(str(years[-1])), style.width_of(wording.number(largest, chart.lang)))
    room = chart.width / (years[-1] - years[0] + 1.2)
    every = int(-(-(wide + 4) // room))
    chart.ax.set_xticks(years[::every], [str(year) for year in years[::every]])
    return every
