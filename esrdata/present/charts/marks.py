"""Marks that several charts draw."""

from typing import Any

from esrdata.knowledge import wording
from esrdata.present.charts import style
from esrdata.present.charts.frame import Chart

# Lines of the grid do not run through numbers.
_ON_WHITE: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}


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
