"""Charts of what changed between two portfolios."""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.frame import documented, drawing
from esrdata.present.charts.rows import check

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Days of a month on average.
MONTH = 365.25 / 12
#: Days that so many calendar months may be longer than so many months on average.
_UNEVEN = 3
#: Height of the axes in points, and the most bars.
_HEIGHT, _BARS = 160.0, 24


@documented("or neither end date of any project is known")
@on_its_shelf
def amendments(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw by how many months the ends of projects moved.

    Projects whose end did not change have no bar: they are told above, so that they do not dwarf
    the others.

    Parameters
    ----------
    table
        What `esrdata.stats.amendments` returned without `by`: a row per project.
    """
    import numpy as np

    days = check(table, "amendments(before, after)", ("project_code", "extension_days"), lang)[
        "extension_days"
    ]
    known = days.dropna().to_numpy(dtype=float)
    if not len(known):
        raise UsageError("No project of the table has both end dates, so there is nothing to draw.")
    moved = known[known != 0]
    counts = {
        "extended": int((known > 0).sum()),
        "shortened": int((known < 0).sum()),
        "unchanged": int((known == 0).sum()),
    }
    # Calendar months differ by a few days: six of them are 181 or 184.
    months = np.sign(moved) * np.maximum(np.abs(moved) - _UNEVEN, 0.5) / MONTH
    drawn = drawing("amendments", table, lang, ax, height=_HEIGHT, with_title=with_title)
    with drawn as chart:
        axes = chart.ax
        low, high = (min(0.0, *months), max(0.0, *months)) if len(months) else (0.0, 1.0)
        step = next((s for s in (1, 3, 6, 12, 24) if (high - low) / s <= _BARS), 60)
        edges = np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step
        bars, _ = np.histogram(months, edges)
        looks = {
            "extended": {"facecolor": style.REALISED, "edgecolor": style.REALISED},
            "shortened": {"facecolor": "white", "edgecolor": style.PLANNED_EDGE},
        }
        place: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "va": "bottom"}
        for left, n in zip(edges[:-1], bars, strict=True):
            name = "extended" if left >= 0 else "shortened"
            if n:
                middle = float(left + step / 2)
                look: dict[str, Any] = looks[name]
                bar = axes.bar(middle, int(n), step * 0.88, linewidth=1, **look)
                label = wording.word(f"charts.amendments.{name}", lang, n=counts[name])
                chart.legend.setdefault(label, bar)
                axes.annotate(wording.number(int(n), lang), (middle, int(n)), (0, 2), **place)
        axes.axvline(0, color=style.SOFT, linewidth=0.8)
        axes.axhline(0, color=style.SOFT, linewidth=0.8)
        axes.set_ylim(0, max(1, *map(int, bars)) * 1.12)
        axes.set_yticks([])
        every = step * next(k for k in (1, 2, 4, 8) if len(edges) / k <= 12)
        ticks = [float(t) for t in edges if t % every == 0]
        axes.set_xticks(ticks, [wording.number(t, lang) for t in ticks])
        axes.set_xlabel(wording.word("charts.amendments.months", lang))
        missing = int(days.isna().sum())
        note = {**counts, "n": len(known), "missing": missing}
        chart.captions.append(wording.word("charts.amendments.note", lang, **note))
        longer = known[known > 0]
        median = float(np.median(longer)) if len(longer) else None
        chart.facts = {"n": len(known), **counts, "median": partial(wording.number, median)}
    return chart.ax
