"""Marks that several charts draw."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from esrdata.knowledge import wording
from esrdata.present.charts import style
from esrdata.present.charts.frame import Chart

#: Space in points between a mark and its label.
_NEAR = 6.0
# Lines of the grid do not run through numbers.
_ON_WHITE: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}

HOLLOW: dict[str, Any] = {"marker": "o", "markerfacecolor": "white", "markeredgewidth": 1.3}
HOLLOW |= {"markeredgecolor": style.PLANNED_EDGE, "markersize": 7.5}
SOLID: dict[str, Any] = {"marker": "D", "color": style.REALISED, "markersize": 4.2}


def dumbbell(
    chart: Chart,
    first: Sequence[Any],
    second: Sequence[Any],
    names: tuple[str, str],
    write: Callable[[Any], str],
    rows: Sequence[float] | None = None,
) -> None:
    """Draw two numbers on each row, the first hollow and the second solid, and their labels.

    The lower one has its label on its left, the higher one on its right, so that they never meet.
    A missing number has no mark, and a row without numbers says so; zero is a mark at zero.
    """
    ax = chart.ax
    places = chart.y if rows is None else rows
    space: list[tuple[Any, float, float]] = []

    def label(x: Any, y: float, side: int) -> None:
        text = write(x)
        ax.annotate(
            text,
            (float(x), y),
            (side * _NEAR, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center_baseline",
            size=style.SMALL,
            bbox=_ON_WHITE,
        )
        room = style.width_of(text, style.SMALL) + _NEAR + 2
        space.append((x, _NEAR, room) if side > 0 else (x, room, _NEAR))

    for y, a, b in zip(places, first, second, strict=True):
        known = [x for x in (a, b) if not wording.is_missing(x)]
        if not known:
            not_known(chart, y)
            missing = wording.word("charts.not_known", chart.lang)
            space.append((0, _NEAR, style.width_of(missing)))
        if len(known) == 2:
            ax.plot([float(a), float(b)], [y, y], color=style.LINE, linewidth=2.5, zorder=1)
            label(min(known), y, -1)
        if known:
            label(max(known), y, 1)
    # The solid mark fits inside the hollow one, so that equal numbers are both seen.
    looks = (HOLLOW, SOLID)
    for series, name, look, order in zip((first, second), names, looks, (3, 4), strict=True):
        at = [
            (float(x), y) for y, x in zip(places, series, strict=True) if not wording.is_missing(x)
        ]
        xs, ys = ([p[0] for p in at], [p[1] for p in at])
        (line,) = ax.plot(xs, ys, linestyle="none", zorder=order, clip_on=False, **look)
        if at:
            chart.legend[name] = line
    chart.fit(space)
    ax.axvline(0, color=style.SOFT, linewidth=0.8, zorder=0.5)


def not_known(chart: Chart, y: float) -> None:
    """Write on a row without numbers that there are none."""
    chart.ax.annotate(
        wording.word("charts.not_known", chart.lang),
        (0, y),
        (4, 0),
        textcoords="offset points",
        va="center_baseline",
        size=style.SMALL,
        color=style.SOFT,
        style="italic",
        bbox=_ON_WHITE,
    )


def number_ticks(places: Sequence[float], lang: str) -> list[str]:
    """Write the ticks of an axis of plain numbers."""
    decimals = style.decimals_of(places)
    return [wording.number(place, lang, decimals) for place in places]


def note_missing(chart: Chart, rows: pd.DataFrame) -> None:
    """Say how many groups have no planned or no realised number."""
    for name in ("planned", "realised"):
        if missing := int(rows[name].isna().sum()):
            caption = wording.word(f"charts.without_{name}", chart.lang, n=missing)
            chart.captions.append(caption)
