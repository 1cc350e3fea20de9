"""Charts of what applicants say of sustainability."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.knowledge.shelf import on_its_shelf
from esrdata.present.charts import style
from esrdata.present.charts.describe import Fact
from esrdata.present.charts.frame import Chart, documented, drawing
from esrdata.present.charts.marks import dumbbell, number_ticks
from esrdata.present.charts.rows import check

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_EFFECTS = ("direct", "indirect")
_NEEDS = ("dimension", "criterion", "effect", "n", "mean")
#: Points run from zero to this.
_MOST = 10


@documented("or has several groups")
@on_its_shelf
def sustainability(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw the mean score of each criterion and effect as a heat map.

    Parameters
    ----------
    table
        What `esrdata.stats.sustainability_profile` returned, one group of it.
    """
    from matplotlib.patches import Rectangle

    rows = _Rows(table, lang)
    drawn = drawing(
        "sustainability",
        table,
        lang,
        ax,
        labels=rows.labels,
        beside={wording.word("column.n", lang): rows.counts(lang)},
        with_title=with_title,
    )
    with drawn as chart:
        rows.embolden(chart)
        for place, means in zip(rows.places, rows.means, strict=True):
            y, high = chart.y[place], chart.heights[place] - 0.08
            for x, mean in enumerate(means):
                look, ink = _colours(mean)
                cell = Rectangle((x + 0.01, y - high / 2), 0.98, high, linewidth=0.6, **look)
                chart.ax.add_patch(cell)
                text = wording.number(mean, lang, 1)
                chart.ax.text(x + 0.5, y, text, ha="center", va="center_baseline", color=ink)
        chart.ax.set_xlim(0, len(_EFFECTS))
        heads = [wording.word(f"column.{effect}", lang) for effect in _EFFECTS]
        chart.ax.set_xticks([0.5 + x for x in range(len(_EFFECTS))], heads)
        chart.ax.tick_params(axis="x", top=False, labeltop=True, labelbottom=False, length=0, pad=5)
        rows.tell(chart)
    return chart.ax


@documented("or has several groups")
@on_its_shelf
def sustainability_effects(
    table: pd.DataFrame, *, ax: "Axes | None" = None, lang: str = "fi", with_title: bool = True
) -> "Axes":
    """Draw the mean direct and indirect score of each criterion side by side.

    Parameters
    ----------
    table
        As in `sustainability`.
    """
    rows = _Rows(table, lang)
    drawn = drawing(
        "sustainability_effects",
        table,
        lang,
        ax,
        labels=rows.labels,
        beside={wording.word("column.n", lang): rows.counts(lang)},
        with_title=with_title,
    )
    with drawn as chart:
        rows.embolden(chart)
        direct, indirect = ([means[place] for means in rows.means] for place in (0, 1))
        names = (wording.word("column.indirect", lang), wording.word("column.direct", lang))
        write = partial(wording.number, lang=lang, decimals=1)
        dumbbell(chart, indirect, direct, names, write, [chart.y[place] for place in rows.places])
        low, high = chart.ax.get_xlim()
        chart.ax.set_xlim(low, max(high, _MOST * 1.02))
        chart.ax.dataLim.intervalx = (0, _MOST)
        chart.ticks(partial(number_ticks, lang=lang))
        rows.tell(chart)
    return chart.ax


class _Rows:
    """Criteria under the names of their dimensions, in the order of the table."""

    def __init__(self, table: pd.DataFrame, lang: str) -> None:
        checked = check(table, "sustainability_profile", _NEEDS, lang)
        if checked.duplicated(["criterion", "effect"]).any():
            raise UsageError("The table has several groups: choose the rows of one to draw.")
        self.labels: list[str] = []
        self.heads: list[int] = []
        self.places: list[int] = []
        self.criteria: list[str] = []
        self.means: list[list[Any]] = []
        self.n: list[list[int]] = []
        cells = checked.set_index(["criterion", "effect"])
        means, counts = cells["mean"].to_dict(), cells["n"].to_dict()
        width = style.WIDTH * 0.5
        for dimension, part in checked.groupby("dimension", sort=False):
            self.heads.append(len(self.labels))
            head = wording.code_label("sustainability_dimensions", dimension, lang)
            self.labels.append(style.wrap(head, width * 0.9, bold=True))
            for criterion in part["criterion"].unique():
                self.places.append(len(self.labels))
                self.criteria.append(criterion)
                label = wording.code_label("sustainability_criteria", criterion, lang)
                self.labels.append(style.wrap(label, width))
                self.means.append([means.get((criterion, effect)) for effect in _EFFECTS])
                self.n.append([int(counts.get((criterion, effect), 0)) for effect in _EFFECTS])

    def counts(self, lang: str) -> list[str]:
        """How many projects stated a score; both numbers where the effects differ."""
        texts = dict.fromkeys(range(len(self.labels)), "")
        for place, n in zip(self.places, self.n, strict=True):
            texts[place] = "/".join(wording.number(x, lang) for x in dict.fromkeys(n))
        return list(texts.values())

    def embolden(self, chart: Chart) -> None:
        ticks = chart.ax.get_yticklabels()
        for place in self.heads:
            ticks[place].set_fontweight("bold")

    def tell(self, chart: Chart) -> None:
        """Say how many scores there are and whose, and which criterion is highest and lowest."""
        n = max(max(pair) for pair in self.n)
        chart.captions.append(wording.word("charts.sustainability.note", chart.lang, n=n))
        first = [means[0] for means in self.means]
        if any(wording.is_missing(mean) for means in self.means for mean in means):
            chart.captions.append(wording.word("charts.sustainability.missing", chart.lang))
        chart.facts = {"n": n, **self._extremes(first)}
        if len(chart.facts) == 1:
            chart.alt = "alt_nothing"

    def _extremes(self, means: Sequence[Any]) -> dict[str, Fact]:
        known = [
            (float(mean), criterion)
            for mean, criterion in zip(means, self.criteria, strict=True)
            if not wording.is_missing(mean)
        ]
        facts: dict[str, Fact] = {}
        if known:
            # Of equal ones the first on the form is told.
            for name, (mean, criterion) in (
                ("high", max(known, key=lambda pair: pair[0])),
                ("low", min(known, key=lambda pair: pair[0])),
            ):
                facts[name] = partial(wording.code_label, "sustainability_criteria", criterion)
                facts[f"{name}_mean"] = partial(wording.number, mean, decimals=1)
        return facts


def _colours(mean: Any) -> tuple[dict[str, Any], str]:
    """How a cell looks, and the colour of the number in it."""
    if wording.is_missing(mean):
        return {"facecolor": "white", "edgecolor": style.LINE, "hatch": "////"}, style.INK
    step = min(max(round(float(mean)), 0), _MOST)
    look = {"facecolor": style.SCALE[step], "edgecolor": style.LINE}
    return look, "#ffffff" if step >= 7 else style.INK
