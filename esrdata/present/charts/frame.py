"""What every chart shares: rows of groups, the figure, its words, and what it says of itself.

A chart takes a finished statistics table and draws nothing that is not in it. To write one:

>>> def participants(table, *, ax=None, lang="fi", with_title=True):    # doctest: +SKIP
...     needs = ("n", "planned", "realised")
...     groups = group_rows(table, "participants", needs, lang)
...     drawn = drawing("participants", table, lang, ax, groups=groups, with_title=with_title)
...     with drawn as chart:
...         chart.ax.plot(groups.rows["planned"], chart.y, "o")         # rows from 0 downwards
...         chart.fit([(x, 20, 20) for x in groups.rows["planned"]])    # 20 points for labels
...         chart.captions.append(wording.word("charts.participants.note", lang))
...         chart.facts = {"planned": int(table["planned"].sum()), "n": 12}
...     return chart.ax

Its words are on the shelf: ``charts.participants.title``, and ``charts.participants.alt``, two
sentences with the names of the facts in braces. A fact is a number, a text, or a function of the
language, such as ``partial(style.money, 1234.5)``. Leaving the block writes the title and the
caption, gives the figure its size, and remembers what the chart shows for `alt_text` and `save`.
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from esrdata.errors import UsageError
from esrdata.knowledge import wording
from esrdata.present.charts import style
from esrdata.present.charts.describe import Fact, remember, told

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Rows drawn at most; the smallest groups are left out, and the caption says how many.
MOST_ROWS = 40
#: Space in points: around things, a line of headings, ticks and their name, title and caption.
_GAP, _HEAD, _TICKS, _AROUND = 6.0, 16.0, 32.0, 95.0
#: Space in points between the labels of rows, as it is and where there are many.
_ROW_GAPS = (7.0, 3.5)
#: Shares of the width that labels may take; a larger one only when the rows do not fit otherwise.
_LABELS = (0.36, 0.45, 0.52)
#: Width of the narrowest axes, and height of the lowest row, in points.
_NARROWEST, _LOWEST = 60.0, 9.0
_ROOM = style.TALLEST - _AROUND - _TICKS


@dataclass(frozen=True, slots=True)
class Groups:
    """The rows of a statistics table that are drawn, with their labels, in the table's order."""

    rows: pd.DataFrame
    labels: list[str]
    by: list[str]
    left_out: int
    #: What the rows have in common, and what tells them apart.
    subtitle: str


@dataclass(slots=True)
class Chart:
    """A chart being drawn."""

    ax: "Axes"
    lang: str
    #: Width of the axes in points, and of what stands on their left and right.
    width: float
    left: float
    right: float
    #: Places of the rows and their heights, in the units of y.
    y: list[float]
    heights: list[float]
    subtitle: str = ""
    #: Sentences under the axes, before that of the source.
    captions: list[str] = field(default_factory=list)
    #: What the sentences of `alt_text` say; `alt` names them under the chart's words.
    facts: Mapping[str, Fact] = field(default_factory=dict)
    alt: str = "alt"
    #: What stands for what, from the left: names and the artists drawn.
    legend: dict[str, Any] = field(default_factory=dict)

    def fit(self, marks: Iterable[tuple[Any, float, float]], zero: bool = True) -> None:
        """Choose the limits of x so that marks have space, in points, on their left and right."""
        known = [(float(x), a, b) for x, a, b in marks if not wording.is_missing(x)]
        known += [(0.0, 2.0, 2.0)] if zero or not known else []
        low, high = min(x for x, _, _ in known), max(x for x, _, _ in known)
        high = high if high > low else low + 1
        for _ in range(60):
            unit = (high - low) / self.width
            low = min(x - left * unit for x, left, _ in known)
            high = max(x + right * unit for x, _, right in known)
        self.ax.set_xlim(low, high)

    def ticks(self, write: Callable[[Sequence[float]], list[str]], most: int = 6) -> None:
        """Set ticks of x where there are data, written by a function of all their places."""
        from matplotlib.ticker import MaxNLocator

        low, high = self.ax.get_xlim()
        points = self.ax.dataLim.intervalx
        last = max(0.0, *points) if all(map(math.isfinite, points)) else high
        first = min(0.0, *points) if all(map(math.isfinite, points)) else low
        for count in range(most, 0, -1):
            found = MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]).tick_values(first, last)
            step = found[1] - found[0]
            places = [float(p) for p in found if max(low, first - step) <= p <= high]
            texts = write(places)
            if sum(style.width_of(text) + 2 * _GAP for text in texts) < self.width:
                break
        self.ax.set_xticks(places, texts)
        self.ax.grid(axis="x", color=style.LINE, linewidth=0.5, zorder=0)
        self.ax.set_axisbelow(True)


def group_rows(table: Any, statistics: str, needs: Sequence[str], lang: str) -> Groups:
    """Check a statistics table and choose the groups that are drawn.

    Parameters
    ----------
    table
        A statistics table: group columns up to the column `n`, then figures.
    statistics
        The function of `esrdata.stats` that makes such tables.
    needs
        Columns the chart draws; `n` is always among them.
    lang
        Language of the labels.

    Raises
    ------
    UsageError
        If it is another table, or has no rows.
    """
    checked = check(table, statistics, ("n", *needs), lang)
    by = [str(name) for name in checked.columns[: list(checked.columns).index("n")]]
    known = {k: v for k, v in checked.attrs.items() if k in ("programme_period", "fund")}
    records = [{**known, **row} for row in checked.to_dict("records")]
    # What is the same on every row is said once, above.
    same = [name for name in by if len(checked) > 1 and checked[name].nunique(dropna=False) == 1]
    whole = [
        style.group_label(row, [name for name in by if name not in same], lang) for row in records
    ]
    subtitle = _grouping(records[0], by, same, lang)
    largest = checked["n"].astype("Float64").fillna(-1).reset_index(drop=True)
    largest = largest.sort_values(ascending=False, kind="stable")
    for share in _LABELS:
        first = list(largest.index[:MOST_ROWS])
        labels = {at: style.wrap(whole[at], style.WIDTH * share) for at in first}
        while sum(_heights([labels[at] for at in first])) > _ROOM + 1:
            first.pop()
        if len(first) == len(labels):
            break
    kept = sorted(first)
    rows = checked.iloc[kept].reset_index(drop=True)
    return Groups(rows, [labels[at] for at in kept], by, len(checked) - len(kept), subtitle)


def project_labels(rows: pd.DataFrame, widest: float = _LABELS[-1]) -> list[str]:
    """Codes and names of projects, wrapped; the codes alone where names do not fit on a page.

    Parameters
    ----------
    rows
        A row per project, with `project_code` and `name`.
    widest
        Share of the width that labels may take.
    """
    codes = [str(code) for code in rows["project_code"]]
    whole = [
        code if wording.is_missing(name) else f"{code} {name}"
        for code, name in zip(codes, rows["name"], strict=True)
    ]
    for share in (share for share in _LABELS if share <= widest):
        labels = [style.wrap(text, style.WIDTH * share) for text in whole]
        if fits(labels):
            return labels
    return codes


def fits(labels: Sequence[str]) -> bool:
    """Tell whether rows with these labels fit on a page."""
    return sum(_heights(labels)) <= _ROOM + 1


def check(table: Any, statistics: str, needs: Sequence[str], lang: str) -> pd.DataFrame:
    """Check that a table is what a function of `esrdata.stats` returned, and has rows."""
    wording.word("charts.not_known", lang)  # an unknown language is told first
    made_by = f"give what esrdata.stats.{statistics} returned"
    if not isinstance(table, pd.DataFrame):
        raise UsageError(f"A {type(table).__name__} is not a statistics table: {made_by}.")
    lacking = [name for name in needs if name not in table]
    if lacking:
        raise UsageError(f"The table has no column {', '.join(lacking)}: {made_by}.")
    if table.empty:
        raise UsageError("The table has no rows, so there is nothing to draw.")
    return table


@contextmanager
def drawing(
    name: str,
    table: pd.DataFrame,
    lang: str,
    ax: "Axes | None",
    *,
    groups: Groups | None = None,
    labels: Sequence[str] = (),
    heads: Collection[int] = (),
    beside: Mapping[str, Sequence[str]] | None = None,
    height: float | None = None,
    with_title: bool = True,
    **title: Fact,
) -> "Iterator[Chart]":
    """Give a chart to draw on, and finish it afterwards.

    Parameters
    ----------
    name
        Key of the chart's words under `charts`.
    table
        The statistics table, as given to the chart.
    lang
        Language of the chart.
    ax
        Axes to draw on: the chart takes their place with all its words, and needs no layout
        afterwards. None makes a figure.
    groups
        Rows of the chart, from the top.
    labels
        Labels of the rows where there are no groups, already wrapped.
    heads
        Places of the rows whose labels are bold.
    beside
        Columns of text on the right of the axes: their headings, and a text for each row.
    height
        Height of the axes in points where there are no rows.
    with_title
        False leaves title and subtitle out, for a report that has captions of its own.
    **title
        What the title has in braces.
    """
    import matplotlib.pyplot as plt

    columns = dict(beside or {})
    labels = groups.labels if groups else labels
    wide = [style.width_of(text, bold=at in heads) for at, text in enumerate(labels)]
    left = max(wide, default=24.0) + 2 * _GAP
    widths = [max(map(style.width_of, [head, *cells])) for head, cells in columns.items()]
    right = sum(widths) + 2 * _GAP * len(widths) + _GAP
    # Outside the style: the first figure of a session sets up the backend, which must outlive it.
    size = (style.WIDTH / 72, 4)
    made = None if ax is not None else plt.figure(figsize=size, facecolor="white")
    with style.styled():
        drawn = ax if ax is not None else cast("Figure", made).add_subplot()
        place = _place(drawn)
        width = (place[2] if made is None else style.WIDTH) - left - right
        if width < _NARROWEST:
            raise UsageError("The axes are too narrow for the chart: give wider ones, or none.")
        points = _heights(labels)
        # A row of the lowest kind is one unit high, and the first one is at zero.
        heights = [tall / min(points) for tall in points]
        ends = [*accumulate(heights, initial=-heights[0] / 2)] if heights else []
        y = [end - tall / 2 for end, tall in zip(ends[1:], heights, strict=True)]
        chart = Chart(drawn, lang, width, left, right, y, heights)
        finished = False
        try:
            if labels:
                drawn.set_yticks(chart.y, labels)
                for at in heads:
                    drawn.get_yticklabels()[at].set_fontweight("bold")
                drawn.set_ylim(ends[-1], ends[0])
            drawn.tick_params(length=0, pad=_GAP, labelsize=style.TEXT, labelfontfamily=style.FONT)
            drawn.tick_params(axis="x", colors=style.SOFT)
            drawn.spines[:].set_visible(False)
            if groups:
                chart.subtitle = groups.subtitle
            yield chart
            if groups and "region" in groups.by:
                chart.captions.append(wording.word("charts.groups_overlap", lang))
            if groups and groups.left_out:
                said = wording.word("charts.left_out", lang, n=groups.left_out)
                chart.captions.append(said)
            _write_beside(chart, columns, widths)
            head = wording.word(f"charts.{name}.title", lang, **told(title, lang))
            _finish(chart, table, made, height or sum(points), head if with_title else "")
            remember(drawn, chart=name, table=table, facts=chart.facts, sentence=chart.alt)
            finished = True
        finally:
            if made is not None and not finished:
                plt.close(made)


def _heights(labels: Sequence[str]) -> list[float]:
    """Heights of rows in points; closer together where they would not fit on a page."""
    lines = [_tall(label, style.TEXT) for label in labels]
    gap = min(_ROW_GAPS[0], max(_ROW_GAPS[1], (_ROOM - sum(lines)) / max(len(lines), 1)))
    return [line + gap for line in lines]


def _place(ax: "Axes") -> tuple[float, float, float, float]:
    """Where axes are in their figure: from the left, from below, width and height in points."""
    box, figure = ax.get_position(), cast("Figure", ax.get_figure(root=True))
    wide, tall = (inches * 72 for inches in figure.get_size_inches())
    return box.x0 * wide, box.y0 * tall, box.width * wide, box.height * tall


def _grouping(row: Mapping[Any, Any], by: Sequence[str], same: Sequence[str], lang: str) -> str:
    if not by:
        return ""
    names = [
        style.group_label(row, [name], lang) if name in same else style.group_heading(name, lang)
        for name in by
    ]
    return wording.word("charts.grouped", lang, names=", ".join(names))


def _write_beside(
    chart: Chart, columns: Mapping[str, Sequence[str]], widths: Sequence[float]
) -> None:
    edge = 0.0
    look: dict[str, Any] = {"ha": "right", "textcoords": "offset points", "annotation_clip": False}
    for (head, cells), width in zip(columns.items(), widths, strict=True):
        edge += width + 2 * _GAP
        for y, cell in zip(chart.y, cells, strict=True):
            at: Any = ("axes fraction", "data")
            chart.ax.annotate(cell, (1, y), (edge, 0), xycoords=at, va="center_baseline", **look)
        top: dict[str, Any] = {"xycoords": "axes fraction", "va": "bottom", "color": style.SOFT}
        chart.ax.annotate(head, (1, 1), (edge, _GAP), **top, **look)


def _finish(
    chart: Chart, table: pd.DataFrame, made: "Figure | None", height: float, title: str
) -> None:
    """Write title and caption around the axes, and give a figure of our own its size."""
    ax, lang = chart.ax, chart.lang
    # On a screen letters stand on whole dots, which makes lines a little longer.
    room = 0.98 * (chart.width + chart.left + chart.right - _GAP)
    start = _GAP / 2 - chart.left
    ax.xaxis.label.set(size=style.TEXT, color=style.SOFT, family=style.FONT)
    own = table.attrs.get("source", {}).get(lang)
    service = wording.word("footer.source_service", lang)
    source = own or wording.word("footer.sources", lang, sources=service) + "."
    # A number does not begin a line alone.
    caption = re.sub(r" (?=\d)", "\u00a0", " ".join(chart.captions))
    notes = [style.wrap(text, room, style.SMALL) for text in (caption, source) if text]
    note = "\n".join(notes)
    numbered = ax.xaxis.get_tick_params().get("labelbottom", True)
    under = _TICKS if ax.get_xlabel() else _TICKS - 10 if numbered else _GAP
    above = _HEAD + _GAP + _legend(chart, start)
    heads = [
        (style.wrap(chart.subtitle, room) if title else "", style.TEXT, style.SOFT, False),
        (style.wrap(title, room, style.TITLE, True), style.TITLE, style.INK, True),
    ]
    look: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
    look |= {"ha": "left", "annotation_clip": False, "linespacing": style.LEADING}
    for text, size, colour, bold in heads:
        if text:
            weight = "bold" if bold else "normal"
            place = (start, above)
            ax.annotate(
                text, (0, 1), place, va="bottom", size=size, color=colour, weight=weight, **look
            )
            above += _tall(text, size) + 2
    size = style.SMALL
    ax.annotate(note, (0, 0), (start, -under), va="top", size=size, color=style.SOFT, **look)
    below = under + _tall(note, style.SMALL) + _GAP
    x, y, _, tall = (0.0, 0.0, 0.0, above + height + below) if made else _place(ax)
    if made:
        made.set_size_inches(style.WIDTH / 72, tall / 72)
    if tall - above - below < _LOWEST * max(len(chart.y), 1):
        raise UsageError("The axes are too low for the chart: give higher ones, or none.")
    wide, high = (
        inches * 72 for inches in cast("Figure", ax.get_figure(root=True)).get_size_inches()
    )
    inner = (x + chart.left, y + below, chart.width, tall - above - below)
    ax.set_position((inner[0] / wide, inner[1] / high, inner[2] / wide, inner[3] / high))


def _legend(chart: Chart, start: float) -> float:
    """Tell what the marks are, on the line of the headings if there is room, or above it."""
    from matplotlib.transforms import ScaledTranslation

    names, handles = list(chart.legend), list(chart.legend.values())
    if not names:
        return 0.0
    wide = sum(style.width_of(name) + 30 for name in names)
    # Headings of the columns beside may be wider than these.
    higher = 0.0 if wide <= chart.left + chart.width - 12 * _GAP else _HEAD - 3
    lines = math.ceil(wide / (chart.left + chart.width + chart.right))
    scale = cast("Figure", chart.ax.get_figure(root=True)).dpi_scale_trans
    corner = chart.ax.transAxes + ScaledTranslation(start / 72, (higher + 4) / 72, scale)
    chart.ax.legend(
        handles,
        names,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        bbox_transform=corner,
        ncols=math.ceil(len(names) / lines),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=1.2,
        handletextpad=0.4,
        columnspacing=1.4,
    )
    return higher + (lines - 1) * (_HEAD - 3)


def _tall(text: str, size: float) -> float:
    return (text.count("\n") + 1) * size * style.LEADING
